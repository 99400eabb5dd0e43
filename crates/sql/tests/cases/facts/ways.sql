==== way 1
TRUNCATE customers
----
command TRUNCATE TABLE
truncate public.customers unbounded rows(20000)
risk destructive public.customers
risk long_lock public.customers

==== way 2
WITH d AS (DELETE FROM customers RETURNING 1) SELECT count(*) FROM d
----
delete public.customers unbounded rows(20000)
select
risk no_where public.customers
returns count<-

==== way 3
MERGE INTO customers c USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE
----
delete public.customers unbounded rows(20000)
merge public.customers rows(20000)
risk always_true public.customers

==== way 4
DROP TABLE customers; CREATE TABLE customers (id int)
----
-- 1
command DROP TABLE
drop public.customers rows(20000)
risk destructive public.customers
then table public.customers gone
-- 2
command CREATE TABLE
create public.customers written(id)
then table public.customers (id)

==== way 5
ALTER TABLE customers RENAME TO old; CREATE TABLE customers (LIKE old)
----
-- 1
command ALTER TABLE
alter public.customers rows(20000)
risk destructive public.customers
then table public.customers gone
then table public.old (id, full_name, email, ssn, status, created_at)
-- 2
command CREATE TABLE
create public.customers written(created_at, email, full_name, id, ssn, status)
then table public.customers (id, full_name, email, ssn, status, created_at)

==== way 6
CREATE RULE r AS ON UPDATE TO orders DO ALSO DELETE FROM customers; UPDATE orders SET total = 0 WHERE id = 1
----
-- 1
command CREATE RULE
delete public.customers unbounded rows(20000)
create public.orders rows(90000)
risk no_where public.customers
risk code public.orders
then table public.orders changed
-- 2
update public.orders rows(90000) written(total) where(id)
risk user_function public.orders

==== way 7
CREATE TRIGGER t AFTER INSERT ON audit EXECUTE FUNCTION purge(); INSERT INTO audit VALUES (1)
----
-- 1
command CREATE TRIGGER
create public.audit
call public.purge()
risk code public.audit
then table public.audit changed
-- 2
insert public.audit written(id)
risk user_function public.audit

==== way 8
SELECT purge()
----
delete public.customers unbounded rows(20000)
select
call public.purge()
risk no_where public.customers
risk user_function public.purge
returns purge<-

==== way 9
SELECT run('DELETE FROM customers')
----
select
call public.run(text)
risk dynamic_sql public.run
risk user_function public.run
returns run<-?
then lost(hidden)

==== way 10
DO $$ BEGIN EXECUTE 'DEL' || 'ETE FROM customers'; END $$
----
command DO
call
risk dynamic_sql DO
risk user_function DO
then lost(hidden)

==== way 11
CALL clean()
----
truncate public.orders unbounded rows(90000)
call public.clean()
risk destructive public.orders
risk long_lock public.orders
risk user_function public.clean
returns ""<-

==== way 12
COPY audit FROM PROGRAM 'psql -c "delete from customers"'
----
command COPY
insert public.audit written(action, at, id)
copy_in public.audit written(action, at, id)
risk program COPY

==== way 13
ALTER TABLE events DETACH PARTITION events_2024; DROP TABLE events_2024
----
-- 1
command ALTER TABLE
alter public.events rows(1000000)
alter public.events_2024 rows(400000)
risk destructive public.events
risk destructive public.events_2024
risk long_lock public.events
then table public.events_2024 changed
then table public.events changed
-- 2
command DROP TABLE
drop public.events_2024 rows(400000)
risk destructive public.events_2024
then table public.events_2024 gone

==== way 14
DELETE FROM ONLY events; DELETE FROM events_2024
----
-- 1
delete public.events unbounded rows(1000000)
risk no_where public.events
-- 2
delete public.events rows(1000000)
delete public.events_2024 unbounded rows(400000)
risk no_where public.events_2024

==== way 15
PREPARE d AS DELETE FROM customers; EXECUTE d
----
-- 1
command PREPARE
delete public.customers unbounded rows(20000)
other
risk no_where public.customers
prepares DELETE
-- 2
command EXECUTE
delete public.customers unbounded rows(20000)
other
risk no_where public.customers
then execute("d")

==== way 16
EXPLAIN (ANALYZE) DELETE FROM customers
----
delete public.customers unbounded rows(20000)
explain
risk no_where public.customers
returns "QUERY PLAN"<-

==== way 17
UPDATE customers SET id = id + 1000000
----
update public.customers unbounded rows(20000) read(id) written(id)
risk no_where public.customers
risk key_update public.customers

==== way 18
DELETE FROM names
----
select public.customers rows(20000)
delete public.customers unbounded rows(20000)
delete view public.names unbounded
risk no_where public.names

==== way 19
DELETE FROM customers a USING customers b WHERE a.id = b.id
----
select public.customers rows(20000) where(id)
delete public.customers unbounded rows(20000) where(id)
risk always_true public.customers

==== way 20
DECLARE c CURSOR FOR SELECT * FROM customers; DELETE FROM customers WHERE CURRENT OF c
----
-- 1
command DECLARE CURSOR
select public.customers rows(20000) read(created_at, email, full_name, id, ssn, status)
other
risk no_limit public.customers
prepares SELECT
-- 2
delete public.customers rows(20000)

==== way 21
DELETE FROM customers WHERE id IN (SELECT id FROM customers)
----
select public.customers rows(20000) read(id) where(id)
delete public.customers unbounded rows(20000) where(id)
risk always_true public.customers

==== way 22
DELETE FROM customers WHERE true OR id = 1
----
delete public.customers unbounded rows(20000) where(id)
risk always_true public.customers

==== way 23
COPY (DELETE FROM customers RETURNING *) TO STDOUT
----
command COPY
delete public.customers unbounded rows(20000) read(created_at, email, full_name, id, ssn, status)
copy_out
risk no_where public.customers
returns id<-public.customers.id copy; full_name<-public.customers.full_name copy; email<-public.customers.email copy; ssn<-public.customers.ssn copy; status<-public.customers.status copy; created_at<-public.customers.created_at copy

==== way 24
CREATE TABLE gone AS WITH d AS (DELETE FROM customers RETURNING *) SELECT * FROM d
----
command CREATE TABLE AS
delete public.customers unbounded rows(20000) read(created_at, email, full_name, id, ssn, status)
create public.gone written(created_at, email, full_name, id, ssn, status)
select
risk no_where public.customers
then table public.gone (id, full_name, email, ssn, status, created_at)

==== way 25
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

==== way 26
INSERT INTO audit (action) WITH d AS (DELETE FROM customers RETURNING full_name) SELECT full_name FROM d
----
insert public.audit written(action)
delete public.customers unbounded rows(20000) read(full_name)
risk no_where public.customers

==== way 27
DROP SCHEMA public CASCADE
----
command DROP SCHEMA
drop schema public
risk cascade public
risk destructive public
then schema .public gone

==== way 28
UPDATE customers SET full_name = '', email = NULL, ssn = NULL
----
update public.customers unbounded rows(20000) written(email, full_name, ssn)
risk no_where public.customers
