==== copy out
COPY customers TO STDOUT
----
command COPY
select public.customers rows(20000) read(created_at, email, full_name, id, ssn, status)
copy_out public.customers rows(20000) read(created_at, email, full_name, id, ssn, status)
risk no_limit public.customers
returns id<-public.customers.id copy; full_name<-public.customers.full_name copy; email<-public.customers.email copy; ssn<-public.customers.ssn copy; status<-public.customers.status copy; created_at<-public.customers.created_at copy

==== copy columns
COPY customers (id, email) TO STDOUT (FORMAT csv)
----
command COPY
select public.customers rows(20000) read(email, id)
copy_out public.customers rows(20000) read(email, id)
risk no_limit public.customers
returns id<-public.customers.id copy; email<-public.customers.email copy

==== copy a query
COPY (SELECT ssn FROM customers) TO STDOUT
----
command COPY
select public.customers rows(20000) read(ssn)
copy_out
risk no_limit public.customers
returns ssn<-public.customers.ssn copy

==== copy in
COPY customers FROM STDIN
----
command COPY
insert public.customers rows(20000) written(created_at, email, full_name, id, ssn, status)
copy_in public.customers written(created_at, email, full_name, id, ssn, status)

==== copy in with where
COPY customers (id) FROM STDIN WHERE id > 5
----
command COPY
insert public.customers rows(20000) written(id)
copy_in public.customers written(id)

==== copy to a file
COPY customers TO '/var/tmp/x'
----
command COPY
select public.customers rows(20000) read(created_at, email, full_name, id, ssn, status)
copy_out public.customers rows(20000) read(created_at, email, full_name, id, ssn, status)
risk no_limit public.customers
risk file /var/tmp/x

==== copy from a program (B193)
COPY customers FROM PROGRAM 'rm -rf x'
----
command COPY
insert public.customers rows(20000) written(created_at, email, full_name, id, ssn, status)
copy_in public.customers written(created_at, email, full_name, id, ssn, status)
risk program COPY

==== copy of a delete
COPY (DELETE FROM customers RETURNING id) TO STDOUT
----
command COPY
delete public.customers unbounded rows(20000) read(id)
copy_out
risk no_where public.customers
returns id<-public.customers.id copy

==== explain
EXPLAIN DELETE FROM customers
----
explain public.customers rows(20000)
returns "QUERY PLAN"<-

==== explain analyze
EXPLAIN ANALYZE DELETE FROM customers
----
delete public.customers unbounded rows(20000)
explain
risk no_where public.customers
returns "QUERY PLAN"<-

==== explain analyze as an option
EXPLAIN (ANALYZE, VERBOSE) DELETE FROM customers
----
delete public.customers unbounded rows(20000)
explain
risk no_where public.customers
returns "QUERY PLAN"<-

==== explain analyze off
EXPLAIN (ANALYZE off) DELETE FROM customers
----
explain public.customers rows(20000)
returns "QUERY PLAN"<-

==== explain analyze 1
EXPLAIN (COSTS off, ANALYZE 1) DELETE FROM customers
----
delete public.customers unbounded rows(20000)
explain
risk no_where public.customers
returns "QUERY PLAN"<-

==== explain create table as
EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1 AS a
----
create public.t written(a)
select
explain
returns "QUERY PLAN"<-
then table public.t (a)

==== do (B070)
DO $$ BEGIN EXECUTE 'DR'||'OP TABLE customers'; END $$
----
command DO
call
risk dynamic_sql DO
risk user_function DO
then lost(hidden)

==== do in plain sight
DO $$ BEGIN DELETE FROM customers; END $$
----
command DO
delete public.customers unbounded rows(20000)
call
risk no_where public.customers
risk dynamic_sql DO
risk user_function DO

==== do in another language
DO LANGUAGE plpython3u 'x'
----
command DO
call
risk dynamic_sql DO
risk native_code plpython3u
risk user_function DO
opaque body: in the body of `DO`: `plpython3u` is not read by the gate
then lost(hidden)

==== call
CALL clean()
----
truncate public.orders unbounded rows(90000)
call public.clean()
risk destructive public.orders
risk long_lock public.orders
risk user_function public.clean
returns ""<-

==== create function (B071)
CREATE FUNCTION pg_temp.f() RETURNS SETOF text LANGUAGE sql AS 'select ssn from customers'
----
command CREATE FUNCTION
create function pg_temp.f
risk code pg_temp.f
then function pg_temp.f with any column

==== security definer
CREATE OR REPLACE FUNCTION double(n int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN 1; END'
----
command CREATE FUNCTION
create function public.double
risk destructive public.double
risk privilege public.double
risk code public.double
then function public.double with any column

==== in C
CREATE FUNCTION f() RETURNS int LANGUAGE C AS 'x'
----
command CREATE FUNCTION
create function public.f
risk code public.f
risk native_code public.f
then function public.f with any column

==== trigger (B196)
CREATE TRIGGER t BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION purge(); UPDATE customers SET status = 'x' WHERE id = 1
----
-- 1
command CREATE TRIGGER
create public.customers rows(20000)
call public.purge()
risk code public.customers
then table public.customers changed
-- 2
update public.customers rows(20000) written(status) where(id)
risk user_function public.customers

==== rule
CREATE RULE r AS ON INSERT TO audit DO ALSO DELETE FROM customers
----
command CREATE RULE
delete public.customers unbounded rows(20000)
create public.audit
risk no_where public.customers
risk code public.audit
then table public.audit changed

==== policy (B196)
CREATE POLICY p ON customers USING (status = 'x')
----
command CREATE POLICY
create public.customers rows(20000) where(status)
risk privilege public.customers
risk code public.customers
then other .public.customers changed

==== event trigger (B196)
CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION purge()
----
command CREATE EVENT TRIGGER
create other e
call public.purge()
risk code e
then other .event trigger changed

==== grant
GRANT SELECT (id), UPDATE ON customers, shop.product TO app WITH GRANT OPTION
----
grant public.customers
grant shop.product
risk privilege public.customers
risk privilege shop.product

==== grant on schemas
GRANT USAGE ON SCHEMA public, shop TO app
----
grant schema public
grant schema shop
risk privilege public
risk privilege shop

==== grant on all tables
GRANT SELECT ON ALL TABLES IN SCHEMA public TO app
----
grant schema public
risk privilege public

==== grant on a function
REVOKE EXECUTE ON FUNCTION double(int), purge() FROM PUBLIC CASCADE
----
command REVOKE
grant function public.double(int4)
grant function public.purge()
risk cascade public.double(int4)
risk cascade public.purge()
risk privilege public.double(int4)
risk privilege public.purge()

==== grant a role
GRANT admin TO app
----
command GRANT ROLE
grant other admin
risk privilege admin

==== default privileges
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO app
----
command ALTER DEFAULT PRIVILEGES
grant
risk privilege default privileges

==== create role
CREATE ROLE app LOGIN PASSWORD 'secret' SUPERUSER
----
command CREATE ROLE
create other app
risk privilege app

==== alter role set
ALTER ROLE app SET search_path = shop
----
command ALTER ROLE
alter other app
risk configuration search_path

==== alter database set
ALTER DATABASE shop SET statement_timeout = 0
----
command ALTER DATABASE
alter other shop
risk configuration statement_timeout

==== alter system (B193)
ALTER SYSTEM SET archive_command = 'rm'
----
command ALTER SYSTEM
alter other system
risk configuration archive_command

==== extension (B193)
CREATE EXTENSION plpython3u
----
command CREATE EXTENSION
create other plpython3u
risk code plpython3u
risk native_code plpython3u

==== load (B193)
LOAD 'x'
----
command LOAD
alter
risk native_code x

==== language
CREATE LANGUAGE plperlu
----
command CREATE EXTENSION
create other plperlu
risk code plperlu
risk native_code plperlu

==== server
CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'x')
----
command CREATE SERVER
create other s
risk network s

==== user mapping
CREATE USER MAPPING FOR app SERVER s OPTIONS (password 'secret')
----
command CREATE USER MAPPING
create other s
risk privilege app
risk privilege s
risk network s

==== foreign table
CREATE FOREIGN TABLE IF NOT EXISTS shop.far (a int) SERVER s
----
command CREATE FOREIGN TABLE
create foreign table shop.far
risk network s
then foreign table shop.far with any column

==== import
IMPORT FOREIGN SCHEMA public FROM SERVER s INTO shop
----
command IMPORT FOREIGN SCHEMA
create schema shop
risk network s
then lost(hidden)

==== publication
CREATE PUBLICATION p FOR TABLE customers
----
command CREATE PUBLICATION
create other p
copy_out public.customers rows(20000) read(created_at, email, full_name, id, ssn, status)
risk replication p

==== publication of all
CREATE PUBLICATION p FOR ALL TABLES
----
command CREATE PUBLICATION
create other p
copy_out other "all tables"
risk replication p

==== subscription
CREATE SUBSCRIPTION s CONNECTION 'host=x password=secret' PUBLICATION p
----
command CREATE SUBSCRIPTION
create other s
risk network s
risk replication s

==== lock (B194)
LOCK TABLE customers
----
command LOCK TABLE
lock public.customers rows(20000)
risk long_lock public.customers

==== lock as dumps do
LOCK TABLE customers IN ACCESS SHARE MODE
----
command LOCK TABLE
lock public.customers rows(20000)

==== vacuum
VACUUM customers
----
command VACUUM
other public.customers rows(20000)

==== vacuum full
VACUUM (FULL, ANALYZE) customers
----
command VACUUM
other public.customers rows(20000)
risk rewrite public.customers
risk long_lock public.customers

==== analyze
ANALYZE customers
----
command ANALYZE
other public.customers rows(20000)

==== cluster
CLUSTER customers USING customers_email
----
command CLUSTER
alter public.customers rows(20000) where(created_at, email, full_name, id, ssn, status)
risk rewrite public.customers
risk long_lock public.customers

==== reindex
REINDEX TABLE customers
----
command REINDEX
alter public.customers rows(20000)
risk long_lock public.customers

==== reindex concurrently
REINDEX INDEX CONCURRENTLY customers_email
----
command REINDEX
alter index public.customers_email

==== checkpoint
CHECKPOINT
----
command CHECKPOINT
other
risk side_effect checkpoint

==== tablespace
CREATE TABLESPACE t LOCATION '/x'
----
command CREATE TABLESPACE
create other t
risk file t

==== operator (B074)
CREATE OPERATOR public.## (LEFTARG = int, FUNCTION = double)
----
command CREATE OPERATOR
create other public."##"
risk code public.##

==== cast (B074)
CREATE CAST (text AS int) WITHOUT FUNCTION
----
command CREATE CAST
create other public.cast
risk code public.cast
then other .cast changed

==== aggregate (B074)
CREATE AGGREGATE a (int) (SFUNC = double, STYPE = int)
----
command CREATE AGGREGATE
create other public.a
risk code public.a
