-- The rows of what is made of `customers`, the same in both worlds but for what they take from it.
INSERT INTO orders SELECT i, i, (ARRAY['open', 'paid', 'sent'])[1 + i % 3], 'SKU-' || lpad(i::text, 5, '0'),
    (ARRAY['basic', 'silver', 'gold'])[1 + i % 3]::level, 1 + i % 9 FROM generate_series(1, 60) i;
INSERT INTO digits SELECT i, (ARRAY['nought', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'])[i + 1] FROM generate_series(0, 9) i;
INSERT INTO contacts SELECT id, ssn, ARRAY[email, 'x' || email], ROW(full_name, ssn)::person,
    tstzrange(dob::timestamp AT TIME ZONE 'UTC', (dob + 1)::timestamp AT TIME ZONE 'UTC'), ssn::bytea FROM customers;
INSERT INTO regional SELECT CASE WHEN id % 2 = 0 THEN 'north' ELSE 'south' END, ssn, id FROM customers;
INSERT INTO being SELECT id, ssn FROM customers WHERE id % 2 = 0;
INSERT INTO employee SELECT id, ssn, id % 5 FROM customers WHERE id % 2 = 1;
INSERT INTO idents SELECT ssn, id % 7 FROM customers;
INSERT INTO visits SELECT id, ssn FROM customers;
INSERT INTO accounts (id, email) SELECT id, email FROM customers;
INSERT INTO narrow SELECT i, 'c' || i, i FROM generate_series(1, 20) i;
REFRESH MATERIALIZED VIEW m_plain;
REFRESH MATERIALIZED VIEW m_made;
REFRESH MATERIALIZED VIEW m_part;
ANALYZE;
