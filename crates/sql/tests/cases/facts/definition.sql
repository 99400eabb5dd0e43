==== create table
CREATE TABLE t (a int PRIMARY KEY, b text DEFAULT 'x' CHECK (b <> ''), c timestamptz DEFAULT now())
----
command CREATE TABLE
create public.t written(a, b, c)
then table public.t (a, b, c)

==== create and use
CREATE TABLE t (a int); INSERT INTO t VALUES (1); SELECT a FROM t; DROP TABLE t
----
-- 1
command CREATE TABLE
create public.t written(a)
then table public.t (a)
-- 2
insert public.t written(a)
-- 3
select public.t read(a)
returns a<-public.t.a copy
-- 4
command DROP TABLE
drop public.t
risk destructive public.t
then table public.t gone

==== temporary table
CREATE TEMP TABLE l (a int) ON COMMIT DROP; DROP TABLE l
----
-- 1
command CREATE TABLE
create pg_temp.l written(a)
then table pg_temp.l (a) until commit
-- 2
command DROP TABLE
drop pg_temp.l
then table pg_temp.l gone

==== in another schema
CREATE TABLE shop.t (LIKE public.customers INCLUDING ALL)
----
command CREATE TABLE
create shop.t written(created_at, email, full_name, id, ssn, status)
then table shop.t (id, full_name, email, ssn, status, created_at)

==== like, inherits
CREATE TABLE t (x int, LIKE orders) INHERITS (customers)
----
command CREATE TABLE
create public.t written(created_at, customer_id, email, full_name, id, ssn, status, total, x)
alter public.customers rows(20000)
then table public.t (id, full_name, email, ssn, status, created_at, x, customer_id, total)

==== partition of
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')
----
command CREATE TABLE
create public.events_2025 written(action, at, id)
alter public.events rows(1000000)
then table public.events_2025 (id, at, action)

==== references
CREATE TABLE t (c int REFERENCES customers (id))
----
command CREATE TABLE
select public.customers rows(20000) where(id)
create public.t written(c)
then table public.t (c)

==== if not exists
CREATE TABLE IF NOT EXISTS customers (id int)
----
command CREATE TABLE
create public.customers written(id)

==== create table as (B059)
CREATE TABLE copy AS SELECT id, ssn AS nickname FROM customers
----
command CREATE TABLE AS
select public.customers rows(20000) read(id, ssn)
create public.copy written(id, nickname)
risk no_limit public.customers
then table public.copy (id, nickname)

==== select into
SELECT id, ssn INTO TEMP copy FROM customers
----
command SELECT INTO
select public.customers rows(20000) read(id, ssn)
create pg_temp.copy written(id, ssn)
risk no_limit public.customers
then table pg_temp.copy (id, ssn)

==== create table as execute
CREATE TABLE copy AS EXECUTE p(1)
----
command CREATE TABLE AS
create public.copy
other
then execute("p")
then table public.copy with any column

==== materialized view
CREATE MATERIALIZED VIEW m AS SELECT id FROM customers WITH NO DATA
----
command CREATE MATERIALIZED VIEW
select public.customers rows(20000) read(id)
create materialized view public.m written(id)
risk no_limit public.customers
then materialized view public.m (id)

==== refresh
REFRESH MATERIALIZED VIEW totals
----
command REFRESH MATERIALIZED VIEW
select public.orders rows(90000) read(customer_id, total) where(customer_id)
alter materialized view public.totals
risk rewrite public.totals
risk long_lock public.totals

==== refresh concurrently
REFRESH MATERIALIZED VIEW CONCURRENTLY totals
----
command REFRESH MATERIALIZED VIEW
select public.orders rows(90000) read(customer_id, total) where(customer_id)
alter materialized view public.totals

==== view
CREATE VIEW v (x) AS SELECT ssn FROM customers
----
command CREATE VIEW
select public.customers rows(20000) read(ssn)
create view public.v
then view public.v (x)

==== replace a view (B188)
CREATE OR REPLACE VIEW names AS SELECT id, ssn AS full_name FROM customers
----
command CREATE VIEW
select public.customers rows(20000) read(id, ssn)
create view public.names
risk destructive public.names
then view public.names (id, full_name)

==== a temporary view that hides a table (B142)
CREATE TEMP VIEW customers AS SELECT id, ssn AS nickname FROM public.customers; SELECT nickname FROM customers
----
-- 1
command CREATE VIEW
select public.customers rows(20000) read(id, ssn)
create view pg_temp.customers
then view pg_temp.customers (id, nickname)
-- 2
select customers
opaque unknown object: `customers` is not known to the gate yet
returns nickname<-?
stale

==== delete through a view of the session's own
CREATE TEMP VIEW v AS SELECT * FROM customers; DELETE FROM v
----
-- 1
command CREATE VIEW
select public.customers rows(20000) read(created_at, email, full_name, id, ssn, status)
create view pg_temp.v
then view pg_temp.v (id, full_name, email, ssn, status, created_at)
-- 2
delete view pg_temp.v unbounded
risk no_where pg_temp.v
opaque unknown object: what `pg_temp.v` writes to is not known to the gate yet

==== drop table
DROP TABLE customers
----
command DROP TABLE
drop public.customers rows(20000)
risk destructive public.customers
then table public.customers gone

==== drop cascade
DROP TABLE customers, orders CASCADE
----
command DROP TABLE
drop public.customers rows(20000)
drop public.orders rows(90000)
risk cascade public.customers
risk cascade public.orders
risk destructive public.customers
risk destructive public.orders
then table public.customers gone
then table public.orders gone

==== drop what is not there
DROP TABLE nothing
----
command DROP TABLE
drop nothing
risk destructive nothing
opaque unknown object: `nothing` is not known to the gate yet
then table .nothing gone
stale

==== drop if exists what is not there
DROP TABLE IF EXISTS nothing
----
command DROP TABLE
drop
stale

==== drop schema (B188)
DROP SCHEMA public CASCADE
----
command DROP SCHEMA
drop schema public
risk cascade public
risk destructive public
then schema .public gone

==== drop index
DROP INDEX customers_email
----
command DROP INDEX
drop index public.customers_email
risk destructive public.customers_email
risk long_lock public.customers_email
then index public.customers_email gone

==== drop index concurrently
DROP INDEX CONCURRENTLY customers_email
----
command DROP INDEX
drop index public.customers_email
risk destructive public.customers_email
then index public.customers_email gone

==== drop function
DROP FUNCTION double(int)
----
command DROP FUNCTION
drop function public.double(int4)
risk destructive public.double(int4)
then function public.double changed

==== drop view
DROP VIEW names
----
command DROP VIEW
drop view public.names
risk destructive public.names
then view public.names gone

==== drop trigger
DROP TRIGGER t ON customers
----
command DROP TRIGGER
drop public.customers rows(20000)
risk destructive public.customers
risk code public.customers

==== drop policy
DROP POLICY p ON customers
----
command DROP POLICY
drop public.customers rows(20000)
risk destructive public.customers
risk privilege public.customers

==== drop owned (B188)
DROP OWNED BY app CASCADE
----
command DROP OWNED
drop other app
risk cascade app
risk destructive app
risk privilege app

==== reassign owned
REASSIGN OWNED BY app TO other
----
command REASSIGN OWNED
drop other app
risk privilege app

==== drop database
DROP DATABASE shop
----
command DROP DATABASE
drop other shop
risk destructive shop

==== drop role
DROP ROLE app
----
command DROP ROLE
drop other app
risk destructive app
risk privilege app

==== truncate
TRUNCATE customers
----
command TRUNCATE TABLE
truncate public.customers unbounded rows(20000)
risk destructive public.customers
risk long_lock public.customers

==== truncate cascade (B188)
TRUNCATE TABLE events, orders RESTART IDENTITY CASCADE
----
command TRUNCATE TABLE
truncate public.events unbounded rows(1000000)
truncate public.events_2024 unbounded rows(400000)
truncate public.orders unbounded rows(90000)
risk cascade public.events
risk cascade public.orders
risk destructive public.events
risk destructive public.orders
risk long_lock public.events
risk long_lock public.orders

==== truncate only
TRUNCATE ONLY events
----
command TRUNCATE TABLE
truncate public.events unbounded rows(1000000)
risk destructive public.events
risk long_lock public.events

==== index
CREATE INDEX i ON customers (lower(email)) WHERE status = 'x'
----
command CREATE INDEX
create public.customers rows(20000) where(email, status)
risk long_lock public.customers
then index public.i with any column

==== index concurrently
CREATE UNIQUE INDEX CONCURRENTLY ON customers (email)
----
command CREATE INDEX
create public.customers rows(20000) where(email)

==== sequence
CREATE SEQUENCE s; SELECT nextval('s')
----
-- 1
command CREATE SEQUENCE
create sequence public.s
then sequence public.s (last_value, log_cnt, is_called)
-- 2
update sequence public.s
select
returns nextval<-

==== types
CREATE TYPE pair AS (a int, b text); CREATE TYPE mood AS ENUM ('x'); CREATE DOMAIN d AS text CHECK (VALUE <> '')
----
-- 1
command CREATE TYPE
create type public.pair
then type public.pair (a, b)
-- 2
command CREATE TYPE
create type public.mood
then type public.mood with any column
-- 3
command CREATE DOMAIN
create type public.d
risk code public.d
then type public.d with any column

==== rename a table
ALTER TABLE customers RENAME TO c; SELECT id FROM c; SELECT id FROM customers
----
-- 1
command ALTER TABLE
alter public.customers rows(20000)
risk destructive public.customers
then table public.customers gone
then table public.c (id, full_name, email, ssn, status, created_at)
-- 2
select public.c read(id)
returns id<-public.c.id copy
-- 3
select customers
opaque unknown object: `customers` is not known to the gate yet
returns id<-?
stale

==== rename a column
ALTER TABLE customers RENAME ssn TO nickname
----
command ALTER TABLE
alter public.customers rows(20000) written(ssn)
risk destructive public.customers
then table public.customers changed

==== set schema
ALTER TABLE customers SET SCHEMA archive
----
command ALTER TABLE
alter public.customers rows(20000)
risk destructive public.customers
then table public.customers gone
then table archive.customers (id, full_name, email, ssn, status, created_at)

==== comment
COMMENT ON TABLE customers IS 'x'
----
command COMMENT
create public.customers

==== comment on a column
COMMENT ON COLUMN customers.ssn IS 'DROP TABLE customers'
----
command COMMENT
create public.customers

==== security label
SECURITY LABEL ON TABLE customers IS 'x'
----
command SECURITY LABEL
create public.customers
risk privilege public.customers

==== create schema with tables
CREATE SCHEMA s CREATE TABLE t (a int) CREATE VIEW v AS SELECT a FROM t
----
command CREATE SCHEMA
select s.t read(a)
create s.t written(a)
create view s.v
create schema s
then schema .s with any column
then table s.t (a)
then view s.v (a)

==== statistics (B113)
CREATE STATISTICS s (mcv) ON email, status FROM customers
----
command CREATE STATISTICS
create public.customers where(email, status)

==== nothing but the session's own can be meant
DROP TABLE IF EXISTS pg_temp.tmp_ids; DROP TABLE IF EXISTS tmp_ids; DROP VIEW IF EXISTS pg_temp.tmp_ids CASCADE
----
-- 1
command DROP TABLE
drop pg_temp.tmp_ids
-- 2
command DROP TABLE
drop
-- 3
command DROP VIEW
drop view pg_temp.tmp_ids
stale
