-- What stands in the database before the gate does: the table of the catalogue of evasions, and whatever is made of it.
-- Everything belongs to the gate's role, so that nothing but the gate stands between a text and its effect.
SET ROLE gate;
CREATE TABLE customers (id int PRIMARY KEY, full_name text, email text, ssn text, card text, dob date, salary numeric, notes text, profile jsonb) WITH (autovacuum_enabled = off);
CREATE INDEX ON customers (lower(email));
CREATE STATISTICS customers_mcv (mcv) ON ssn, email FROM customers;

-- Nothing of a person's.
CREATE TYPE level AS ENUM ('basic', 'silver', 'gold');
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers ON DELETE CASCADE, status text, sku text, level level, quantity int);
CREATE TABLE digits (d int PRIMARY KEY, word text);

-- Other types and shapes of the same.
CREATE DOMAIN ssn_text AS text CHECK (length(VALUE) < 40);
CREATE DOMAIN whole AS int;
CREATE TYPE person AS (full_name text, ssn text);
CREATE TABLE contacts (id int PRIMARY KEY, ident ssn_text, emails text[], holder person, born tstzrange, raw_ssn bytea);
CREATE TABLE regional (region text, ssn text, id int) PARTITION BY LIST (region);
CREATE TABLE regional_north PARTITION OF regional FOR VALUES IN ('north');
CREATE TABLE regional_south PARTITION OF regional FOR VALUES IN ('south');
CREATE TABLE being (id int, ssn text);
CREATE TABLE employee (grade int) INHERITS (being);
CREATE TABLE idents (ssn text PRIMARY KEY, grade int);
CREATE TABLE visits (id int PRIMARY KEY, who text REFERENCES idents (ssn));
CREATE TABLE accounts (id int PRIMARY KEY, email text, folded text GENERATED ALWAYS AS (lower(email)) STORED, initial text GENERATED ALWAYS AS (substr(email, 1, 3)) STORED);

-- Empty, to copy into.
CREATE TABLE l (s text);
CREATE TABLE l2 (id int PRIMARY KEY, s text);
CREATE TABLE narrow (id int PRIMARY KEY, code text CHECK (length(code) < 5), n int NOT NULL);
CREATE SEQUENCE sq;
CREATE TABLE r0 (a text);
CREATE RULE telling AS ON INSERT TO r0 DO INSTEAD SELECT ssn FROM customers;

CREATE VIEW v_plain AS SELECT id, ssn FROM customers;
CREATE VIEW v_renamed AS SELECT id, ssn AS colour FROM customers;
CREATE VIEW v2 AS SELECT upper(ssn) u FROM customers;
CREATE VIEW v_nested AS SELECT u || '' AS shade FROM v2;
CREATE VIEW v_star AS SELECT c.* FROM customers c;
CREATE VIEW v_union AS SELECT id, ssn AS a FROM customers UNION ALL SELECT id, status FROM orders;
CREATE VIEW v_json AS SELECT id, row_to_json(c) AS doc FROM customers c;
CREATE VIEW v_row AS SELECT c FROM customers c;
CREATE VIEW v_barrier WITH (security_barrier) AS SELECT id, ssn AS hue FROM customers WHERE id < 100;
CREATE VIEW v_public AS SELECT id, status FROM orders;
CREATE MATERIALIZED VIEW m_plain AS SELECT id, ssn AS s FROM customers WITH NO DATA;
CREATE MATERIALIZED VIEW m_made AS SELECT id, replace(ssn, '-', '') AS s FROM customers WITH NO DATA;
CREATE MATERIALIZED VIEW m_part AS SELECT id, reverse(card) AS rc, substr(card, 1, 12) AS head, substr(email, 2) AS tail FROM customers WITH NO DATA;

CREATE FUNCTION get_customer(int) RETURNS customers LANGUAGE sql STABLE AS 'SELECT * FROM customers WHERE id = $1';
CREATE FUNCTION get_ssn(int) RETURNS text LANGUAGE sql STABLE AS 'SELECT ssn FROM customers WHERE id = $1';
CREATE FUNCTION get_text(int) RETURNS text LANGUAGE plpgsql STABLE AS 'BEGIN RETURN (SELECT c::text FROM customers c WHERE id = $1); END';
CREATE FUNCTION get_json(int) RETURNS json LANGUAGE plpgsql STABLE AS 'DECLARE j json; BEGIN SELECT row_to_json(c) INTO j FROM customers c WHERE id = $1; RETURN j; END';
CREATE FUNCTION get_made(int) RETURNS text LANGUAGE plpgsql STABLE AS 'DECLARE t text; BEGIN EXECUTE ''SELECT s'' || ''sn FROM customers WHERE id = '' || $1 INTO t; RETURN t; END';
CREATE FUNCTION get_definer(int) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS 'SELECT ssn FROM customers WHERE id = $1';
CREATE FUNCTION get_table() RETURNS TABLE (code text) LANGUAGE sql STABLE AS 'SELECT ssn FROM customers';
CREATE FUNCTION get_rows() RETURNS SETOF record LANGUAGE sql STABLE AS 'SELECT id, ssn FROM customers';
CREATE FUNCTION get_out(int, OUT a text, OUT b int) LANGUAGE plpgsql STABLE AS 'BEGIN SELECT ssn, id INTO a, b FROM customers WHERE id = $1; END';
CREATE FUNCTION get_atomic(int) RETURNS text LANGUAGE sql STABLE BEGIN ATOMIC SELECT ssn FROM customers WHERE id = $1; END;
CREATE FUNCTION get_fixed(int) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ssn FROM customers WHERE id = $1';
CREATE FUNCTION get_status(int) RETURNS text LANGUAGE sql STABLE AS 'SELECT status FROM orders WHERE id = $1';
CREATE FUNCTION shout(t text) RETURNS bool LANGUAGE plpgsql COST 0.0000001 AS 'BEGIN RAISE NOTICE ''%'', t; RETURN true; END';
CREATE FUNCTION fail_with(t text) RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no'' USING DETAIL = t, HINT = t, COLUMN = t, TABLE = t, CONSTRAINT = t; END';
CREATE FUNCTION fail_inside(int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT ssn::int FROM customers WHERE id = $1); END';
CREATE FUNCTION open_cursor() RETURNS refcursor LANGUAGE plpgsql AS 'DECLARE r refcursor := ''rc''; BEGIN OPEN r FOR SELECT ssn FROM customers; RETURN r; END';
CREATE FUNCTION keep_text(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1 || $2';
CREATE AGGREGATE glue (text) (SFUNC = keep_text, STYPE = text, INITCOND = '');
CREATE OPERATOR #@ (LEFTARG = text, RIGHTARG = text, FUNCTION = keep_text);
CREATE PROCEDURE tell(INOUT t text) LANGUAGE plpgsql AS 'BEGIN SELECT ssn INTO t FROM customers WHERE id = 1; END';

-- A trigger of somebody's that puts hidden values into a row.
CREATE TABLE marks (id int PRIMARY KEY, state text, word text);
CREATE FUNCTION mark() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.state := (SELECT reverse(ssn) FROM customers WHERE id = NEW.id); RETURN NEW; END';
CREATE TRIGGER mark BEFORE INSERT OR UPDATE ON marks FOR EACH ROW EXECUTE FUNCTION mark();
