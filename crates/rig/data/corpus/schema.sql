-- The database that the corpora run against: small, with every kind of object that a name can stand for.
SET client_min_messages = warning;
CREATE TYPE mood AS ENUM ('calm', 'busy', 'lost');
CREATE TYPE point2 AS (x int, y int);
CREATE DOMAIN mail AS text CHECK (VALUE LIKE '%@%');

CREATE TABLE customers (
    id int PRIMARY KEY, full_name text, email text, ssn text, card text, dob date, salary numeric, notes text, profile jsonb
);
CREATE TABLE orders (
    id int PRIMARY KEY, customer_id int REFERENCES customers ON DELETE CASCADE, placed_at timestamptz NOT NULL,
    status text NOT NULL DEFAULT 'new', total numeric, note text
);
CREATE TABLE products (
    id int PRIMARY KEY, sku text UNIQUE, name text NOT NULL, price numeric, tags text[] DEFAULT '{}', attrs jsonb DEFAULT '{}'
);
CREATE TABLE items (
    order_id int REFERENCES orders ON DELETE CASCADE, line int, product_id int REFERENCES products, qty int, price numeric,
    PRIMARY KEY (order_id, line)
);
CREATE TABLE staff (id int PRIMARY KEY, name text, boss int, salary numeric, dept text, hired date, feels mood, mail mail);
CREATE TABLE audit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz DEFAULT now(), what text, who text DEFAULT current_user);
CREATE TABLE places (id int PRIMARY KEY, pos point2, tags text[], doc xml);
CREATE TABLE animals (id int, name text);
CREATE TABLE dogs (breed text) INHERITS (animals);
CREATE TABLE events (id int, at date NOT NULL, kind text, payload jsonb) PARTITION BY RANGE (at);
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE l (s text, n int);
CREATE TABLE r0 (a text, b int);
CREATE TABLE "Odd Name" ("Id" int, "from" text, "ünï" text);
CREATE TABLE made (a int, b int, c int GENERATED ALWAYS AS (a + b) STORED, d int DEFAULT 7);
CREATE SEQUENCE sq;
CREATE SCHEMA hr;
CREATE TABLE hr.pay (staff_id int PRIMARY KEY, amount numeric, iban text);
CREATE TABLE hr.customers (id int, alias text);

INSERT INTO customers SELECT i, 'Name ' || i, 'u' || i || '@example.com', '900-00-' || lpad(i::text, 4, '0'), '4000' || i,
    date '1980-01-01' + i, 1000 + i, 'note ' || i, jsonb_build_object('k', i, 'v', ARRAY[i, i + 1]) FROM generate_series(1, 60) i;
INSERT INTO orders SELECT i, 1 + i % 60, timestamptz '2026-01-01 00:00+00' + i * interval '1 hour', (ARRAY['new', 'paid', 'sent'])[1 + i % 3], i * 10,
    NULL FROM generate_series(1, 120) i;
INSERT INTO products SELECT i, 'sku' || i, 'Product ' || i, i * 1.5, ARRAY['t' || i % 3], '{"a": 1}' FROM generate_series(1, 20) i;
INSERT INTO items SELECT o, n, 1 + (o + n) % 20, n, o * 1.0 FROM generate_series(1, 120) o, generate_series(1, 2) n;
INSERT INTO staff SELECT i, 'Staff ' || i, NULLIF(i / 2, 0), 100 * i, (ARRAY['a', 'b'])[1 + i % 2], date '2020-01-01' + i, 'calm', 's@x'
    FROM generate_series(1, 12) i;
INSERT INTO places SELECT i, ROW(i, -i)::point2, ARRAY['p'], NULL FROM generate_series(1, 5) i;
INSERT INTO animals VALUES (1, 'cat'), (2, 'cow');
INSERT INTO dogs VALUES (3, 'rex', 'corgi');
INSERT INTO events SELECT i, date '2025-06-01' + 20 * i, 'k' || i % 2, '{"x": 1}' FROM generate_series(1, 20) i;
INSERT INTO l VALUES ('a', 1), ('b', 2);
INSERT INTO "Odd Name" VALUES (1, 'f', 'u');
INSERT INTO made (a, b) VALUES (1, 2);
INSERT INTO hr.pay SELECT i, 10 * i, 'XX' || i FROM generate_series(1, 12) i;
INSERT INTO hr.customers VALUES (1, 'one');

CREATE VIEW v_customer AS SELECT id, upper(full_name) AS name, email, ssn AS nick FROM customers;
CREATE VIEW v_order AS
    SELECT o.id, o.status, c.email AS mail, sum(i.qty * i.price) AS total, count(*) AS lines
    FROM orders o JOIN customers c ON c.id = o.customer_id JOIN items i ON i.order_id = o.id
    GROUP BY o.id, o.status, c.email;
CREATE VIEW v_chain AS
    WITH RECURSIVE up (id, name, top) AS (
        SELECT id, name, id FROM staff WHERE boss IS NULL
        UNION ALL SELECT s.id, s.name, u.top FROM staff s JOIN up u ON s.boss = u.id
    ) SELECT * FROM up;
CREATE VIEW v_both AS SELECT id, full_name AS who FROM customers UNION ALL SELECT id, name FROM staff;
CREATE VIEW v_top AS SELECT * FROM v_order WHERE total > 100;
CREATE VIEW v_safe WITH (security_barrier) AS SELECT id, full_name FROM customers WHERE salary < 5000;
CREATE VIEW v_new AS SELECT id, customer_id, status, note FROM orders WHERE status = 'new' WITH LOCAL CHECK OPTION;
CREATE VIEW v_star AS SELECT c.*, o.total FROM customers c LEFT JOIN orders o ON o.customer_id = c.id;
CREATE VIEW v_instead AS SELECT id, s.name, p.amount FROM staff s JOIN hr.pay p ON p.staff_id = s.id;
CREATE MATERIALIZED VIEW mv_sales AS SELECT product_id, sum(qty) AS sold FROM items GROUP BY product_id;
CREATE INDEX ON customers (lower(email));

CREATE FUNCTION get_customer(wanted int) RETURNS customers LANGUAGE sql STABLE AS $$ SELECT * FROM customers WHERE id = wanted $$;
CREATE FUNCTION names() RETURNS TABLE (id int, who text) LANGUAGE sql STABLE AS $$ SELECT id, full_name FROM customers $$;
CREATE FUNCTION total_of(wanted int) RETURNS numeric LANGUAGE sql STABLE
    BEGIN ATOMIC SELECT sum(total) FROM orders WHERE customer_id = wanted; END;
CREATE FUNCTION plus_one(a int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT a + 1 $$;
CREATE FUNCTION twice(a text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN a || a; END $$;
CREATE FUNCTION bump(wanted int) RETURNS int LANGUAGE plpgsql AS $$
BEGIN UPDATE products SET price = price + 1 WHERE id = wanted; RETURN wanted; END $$;
CREATE FUNCTION wipe() RETURNS void LANGUAGE sql AS $$ DELETE FROM l $$;
CREATE FUNCTION run(command text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE command; END $$;
CREATE PROCEDURE clear_notes() LANGUAGE plpgsql AS $$ BEGIN UPDATE customers SET notes = NULL; END $$;
CREATE FUNCTION joined(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT $1 || '#' || $2 $$;
CREATE OPERATOR #% (LEFTARG = text, RIGHTARG = text, FUNCTION = joined);
CREATE AGGREGATE all_text (text) (SFUNC = joined, STYPE = text);
CREATE FUNCTION note_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO audit (what) VALUES ('price of ' || NEW.id); RETURN NEW; END $$;
CREATE TRIGGER note_price AFTER UPDATE OF price ON products FOR EACH ROW EXECUTE FUNCTION note_price();
CREATE FUNCTION instead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN UPDATE staff SET name = NEW.name WHERE id = NEW.id; UPDATE hr.pay SET amount = NEW.amount WHERE staff_id = NEW.id; RETURN NEW; END $$;
CREATE TRIGGER instead INSTEAD OF UPDATE ON v_instead FOR EACH ROW EXECUTE FUNCTION instead();
CREATE RULE also AS ON INSERT TO r0 DO ALSO INSERT INTO audit (what) VALUES (NEW.a);
CREATE RULE instead AS ON DELETE TO r0 DO INSTEAD UPDATE l SET n = n + 1 WHERE s = OLD.a;
ANALYZE;
