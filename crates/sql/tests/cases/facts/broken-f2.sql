==== a function as a field of a joined text
SELECT ('/etc/passwd' || '').pg_read_file
----
select
call pg_catalog.pg_read_file(text)
risk file pg_read_file
returns pg_read_file<-?

==== a function as a field of a literal
SELECT ('x').pg_read_file
----
select
call pg_catalog.pg_read_file(text)
risk file pg_read_file
returns pg_read_file<-?

==== a function as a field of an element
SELECT (ARRAY['x'::text])[1].pg_read_file
----
select
call pg_catalog.pg_read_file(text)
risk file pg_read_file
returns pg_read_file<-?

==== a function as a field of a call
SELECT (upper('.')).pg_ls_dir
----
select
call pg_catalog.pg_ls_dir(text)
risk file pg_ls_dir
returns pg_ls_dir<-?

==== a function as a field of a sum
SELECT (1 + 1).pg_sleep
----
select
call pg_catalog.pg_sleep(float8)
risk wait pg_sleep
returns pg_sleep<-

==== a field that no function is named after
SELECT (c).email FROM (SELECT c FROM customers c WHERE id = 1) q
----
select public.customers rows(20000) read(created_at, email, full_name, id, ssn, status) where(id)
returns email<-public.customers.id derived, public.customers.full_name derived, public.customers.email derived, public.customers.ssn derived, public.customers.status derived, public.customers.created_at derived

==== an upsert of the table into itself
INSERT INTO orders SELECT * FROM orders ON CONFLICT (id) DO UPDATE SET status = 'paid'
----
select public.orders rows(90000) read(customer_id, id, status, total)
insert public.orders rows(90000) written(customer_id, id, status, total) where(id)
update public.orders unbounded rows(90000) written(status)
risk no_where public.orders

==== an upsert of rows that a function makes up
INSERT INTO orders (id, customer_id) SELECT n, 1 FROM generate_series(1, 1000000) n ON CONFLICT (id) DO UPDATE SET status = 'paid'
----
insert public.orders rows(90000) written(customer_id, id) where(id)
update public.orders unbounded rows(90000) written(status)
risk no_where public.orders

==== an upsert of one row
INSERT INTO orders (id, customer_id) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET status = 'paid'
----
insert public.orders rows(90000) written(customer_id, id) where(id)
update public.orders rows(90000) written(status)

==== an upsert of rows that are given
INSERT INTO orders (id, status, customer_id) SELECT i, s, 1 FROM unnest($1::int8[], $2::text[]) AS u(i, s) ON CONFLICT (id) DO UPDATE SET status = excluded.status
----
insert public.orders rows(90000) read(status) written(customer_id, id, status) where(id)
update public.orders rows(90000) written(status)
parameters 2

==== json read into a type that nobody knows
SELECT jsonb_populate_record((array_agg(o))[1], '{}') FROM orders o WHERE id = 1
----
select public.orders rows(90000) read(customer_id, id, status, total) where(id)
risk user_function jsonb_populate_record
returns jsonb_populate_record<-public.orders.id derived, public.orders.customer_id derived, public.orders.total derived, public.orders.status derived

==== json read into a type that runs nothing
SELECT * FROM jsonb_populate_recordset(NULL::orders, $1)
----
select
returns id<-; customer_id<-; total<-; status<-
parameters 1

==== a join by a name
SELECT o.id FROM orders o JOIN customers c USING (id) WHERE o.id = 1
----
select public.customers rows(20000) where(id)
select public.orders rows(90000) read(id) where(id)
returns id<-public.orders.id copy

==== a lock through a view that the session made
CREATE TEMP VIEW n AS SELECT * FROM orders; SELECT * FROM n FOR UPDATE
----
-- 1
command CREATE VIEW
select public.orders rows(90000) read(customer_id, id, status, total)
create view pg_temp.n
then view pg_temp.n (id, customer_id, total, status)
-- 2
select view pg_temp.n read(customer_id, id, status, total)
lock view pg_temp.n
opaque unknown object: what `pg_temp.n` locks is not known to the gate yet
returns id<-pg_temp.n.id copy?; customer_id<-pg_temp.n.customer_id copy?; total<-pg_temp.n.total copy?; status<-pg_temp.n.status copy?

==== reading a view that the session made
CREATE TEMP VIEW n AS SELECT * FROM orders; SELECT * FROM n LIMIT 1
----
-- 1
command CREATE VIEW
select public.orders rows(90000) read(customer_id, id, status, total)
create view pg_temp.n
then view pg_temp.n (id, customer_id, total, status)
-- 2
select view pg_temp.n read(customer_id, id, status, total)
returns id<-pg_temp.n.id copy?; customer_id<-pg_temp.n.customer_id copy?; total<-pg_temp.n.total copy?; status<-pg_temp.n.status copy?
limit 1

==== a lock of a table that the session made
CREATE TEMP TABLE n AS SELECT 1 AS a; SELECT * FROM n FOR UPDATE
----
-- 1
command CREATE TABLE AS
create pg_temp.n written(a)
select
then table pg_temp.n (a)
-- 2
select pg_temp.n read(a)
lock pg_temp.n
returns a<-pg_temp.n.a copy

==== a sequence that the session made
CREATE TEMP SEQUENCE q; SELECT nextval('q')
----
-- 1
command CREATE SEQUENCE
create sequence pg_temp.q
then sequence pg_temp.q (last_value, log_cnt, is_called)
-- 2
update sequence pg_temp.q
select
returns nextval<-

==== rows put into a table stay out of those that inherit from it
INSERT INTO events (id, at) VALUES (1, now())
----
insert public.events rows(1000000) written(at, id)

==== rows deleted from a table are also those of its children
DELETE FROM events WHERE id = 1
----
delete public.events rows(1000000) where(id)
delete public.events_2024 rows(400000)
