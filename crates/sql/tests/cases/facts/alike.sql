==== alike 1
SELECT 'DROP TABLE customers'
----
select
returns "?column?"<-

==== alike 2
SELECT 1 -- DROP TABLE customers
----
select
returns "?column?"<-

==== alike 3
SELECT 1 /* TRUNCATE customers */
----
select
returns "?column?"<-

==== alike 4
SELECT $$DELETE FROM customers$$
----
select
returns "?column?"<-

==== alike 5
SELECT E'\'; DELETE FROM customers --'
----
select
returns "?column?"<-

==== alike 6
SELECT id FROM audit WHERE action = 'delete' LIMIT 5
----
select public.audit read(id) where(action)
returns id<-public.audit.id copy
limit 5

==== alike 7
SELECT id FROM audit WHERE action IN ('drop', 'truncate') LIMIT 5
----
select public.audit read(id) where(action)
returns id<-public.audit.id copy
limit 5

==== alike 8
SELECT "at" AS "drop" FROM audit WHERE id = 1
----
select public.audit read(at) where(id)
returns drop<-public.audit.at copy

==== alike 9
SELECT count(*) AS truncate FROM audit WHERE id = 1
----
select public.audit where(id)
returns truncate<-

==== alike 10
SELECT id FROM customers WHERE status = 'deleted' LIMIT 10
----
select public.customers rows(20000) read(id) where(status)
returns id<-public.customers.id copy
limit 10

==== alike 11
SELECT id FROM customers WHERE id = 1 FOR UPDATE
----
select public.customers rows(20000) read(id) where(id)
lock public.customers rows(20000)
returns id<-public.customers.id copy

==== alike 12
SELECT id FROM customers WHERE id = $1 FOR SHARE
----
select public.customers rows(20000) read(id) where(id)
lock public.customers rows(20000)
returns id<-public.customers.id copy
parameters 1

==== alike 13
SELECT date_trunc('day', at) FROM events WHERE id = 1
----
select public.events rows(1000000) read(at) where(id)
returns date_trunc<-public.events.at derived

==== alike 14
SELECT trunc(total) FROM orders WHERE id = 1
----
select public.orders rows(90000) read(total) where(id)
returns trunc<-public.orders.total derived

==== alike 15
SELECT replace(full_name, 'delete', '') FROM customers WHERE id = 1
----
select public.customers rows(20000) read(full_name) where(id)
returns replace<-public.customers.full_name derived

==== alike 16
SELECT id FROM customers WHERE full_name LIKE '%; DROP TABLE%' LIMIT 1
----
select public.customers rows(20000) read(id) where(full_name)
returns id<-public.customers.id copy
limit 1

==== alike 17
WITH deleted AS (SELECT id FROM audit WHERE action = 'delete') SELECT count(*) FROM deleted
----
select public.audit read(id) where(action)
returns count<-

==== alike 18
WITH d AS (SELECT 1 AS n) SELECT n FROM d
----
select
returns n<-

==== alike 19
CREATE TEMP TABLE l (a int); INSERT INTO l VALUES (1); TRUNCATE l; DELETE FROM l; DROP TABLE l
----
-- 1
command CREATE TABLE
create pg_temp.l written(a)
then table pg_temp.l (a)
-- 2
insert pg_temp.l written(a)
-- 3
command TRUNCATE TABLE
truncate pg_temp.l unbounded
-- 4
delete pg_temp.l unbounded
risk no_where pg_temp.l
-- 5
command DROP TABLE
drop pg_temp.l
then table pg_temp.l gone

==== alike 20
CREATE TEMP TABLE l AS SELECT id FROM customers WHERE id < 10; SELECT * FROM l; DROP TABLE l
----
-- 1
command CREATE TABLE AS
select public.customers rows(20000) read(id) where(id)
create pg_temp.l written(id)
then table pg_temp.l (id)
-- 2
select pg_temp.l read(id)
returns id<-pg_temp.l.id copy
-- 3
command DROP TABLE
drop pg_temp.l
then table pg_temp.l gone

==== alike 21
CREATE TEMP TABLE l (a int) ON COMMIT DROP
----
command CREATE TABLE
create pg_temp.l written(a)
then table pg_temp.l (a) until commit

==== alike 22
EXPLAIN DELETE FROM customers WHERE id = 1
----
explain public.customers rows(20000) where(id)
returns "QUERY PLAN"<-

==== alike 23
EXPLAIN SELECT id FROM customers WHERE id = 1
----
explain public.customers rows(20000) read(id) where(id)
returns "QUERY PLAN"<-

==== alike 24
EXPLAIN (ANALYZE, BUFFERS) SELECT id FROM customers WHERE id = 1
----
select public.customers rows(20000) read(id) where(id)
explain
returns "QUERY PLAN"<-

==== alike 25
PREPARE s AS SELECT id FROM customers WHERE id = $1; EXECUTE s(1); DEALLOCATE s
----
-- 1
command PREPARE
select public.customers rows(20000) read(id) where(id)
other
parameters 1
prepares SELECT
-- 2
command EXECUTE
select public.customers rows(20000) read(id) where(id)
other
returns id<-public.customers.id copy
then execute("s")
-- 3
command DEALLOCATE
other

==== alike 26
BEGIN; SELECT 1; COMMIT
----
-- 1
command BEGIN
other
then begin
-- 2
select
returns "?column?"<-
-- 3
command COMMIT
other
then commit { chain: false }

==== alike 27
BEGIN READ ONLY; SELECT id FROM customers WHERE id = 1; ROLLBACK
----
-- 1
command BEGIN
other
then begin
-- 2
select public.customers rows(20000) read(id) where(id)
returns id<-public.customers.id copy
-- 3
command ROLLBACK
other
then rollback { chain: false }

==== alike 28
SAVEPOINT a; RELEASE a
----
-- 1
command SAVEPOINT
other
then savepoint("a")
-- 2
command RELEASE
other
then release("a")

==== alike 29
SHOW search_path
----
command SHOW
other
returns search_path<-

==== alike 30
SET application_name = 'drop table'
----
set

==== alike 31
SET TIME ZONE 'UTC'
----
set

==== alike 32
SET search_path = shop; SELECT name FROM product WHERE id = 1
----
-- 1
set
risk setting search_path
then path shop
-- 2
select shop.product rows(400) read(name) where(id)
returns name<-shop.product.name copy

==== alike 33
LISTEN truncate
----
command LISTEN
other

==== alike 34
VALUES ('delete'), ('drop')
----
select
returns column1<-

==== alike 35
TABLE shop.product LIMIT 3
----
select shop.product rows(400) read(id, name, price)
returns id<-shop.product.id copy; name<-shop.product.name copy; price<-shop.product.price copy
limit 3

==== alike 36
SELECT * FROM (SELECT 'drop' AS x) y
----
select
returns x<-

==== alike 37
SELECT double(2)
----
select
call public.double(int4)
returns double<-

==== alike 38
SELECT id, row_number() OVER (ORDER BY id) FROM customers WHERE status = 'x' LIMIT 3
----
select public.customers rows(20000) read(id) where(id, status)
returns id<-public.customers.id copy; row_number<-
limit 3

==== alike 39
SELECT id FROM customers WHERE EXISTS (SELECT 1 FROM orders WHERE orders.customer_id = customers.id) LIMIT 3
----
select public.customers rows(20000) read(id) where(id)
select public.orders rows(90000) where(customer_id)
returns id<-public.customers.id copy
limit 3

==== alike 40
SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.id = 1
----
select public.customers rows(20000) where(id)
select public.orders rows(90000) read(id) where(customer_id)
returns id<-public.orders.id copy

==== alike 41
INSERT INTO audit (id, action) VALUES (1, 'DELETE FROM customers')
----
insert public.audit written(action, id)

==== alike 42
INSERT INTO audit (id, action) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING
----
insert public.audit written(action, id) where(id)
parameters 2

==== alike 43
UPDATE orders SET status = 'dropped' WHERE id = 1
----
update public.orders rows(90000) written(status) where(id)

==== alike 44
UPDATE customers SET email = 'a@b' WHERE id = $1
----
update public.customers rows(20000) written(email) where(id)
parameters 1

==== alike 45
DELETE FROM orders WHERE id = 1
----
delete public.orders rows(90000) where(id)

==== alike 46
DELETE FROM orders WHERE id IN (1, 2, 3)
----
delete public.orders rows(90000) where(id)

==== alike 47
COMMENT ON TABLE audit IS 'DROP TABLE customers'
----
command COMMENT
create public.audit

==== alike 48
COPY (SELECT id FROM customers WHERE id = 1) TO STDOUT
----
command COPY
select public.customers rows(20000) read(id) where(id)
copy_out
returns id<-public.customers.id copy

==== alike 49
DECLARE c CURSOR FOR SELECT id FROM customers WHERE id = 1; FETCH 1 FROM c; CLOSE c
----
-- 1
command DECLARE CURSOR
select public.customers rows(20000) read(id) where(id)
other
prepares SELECT
-- 2
command FETCH
other
returns id<-public.customers.id copy
then fetch("c")
-- 3
command CLOSE CURSOR
other

==== alike 50
SELECT relname FROM pg_class WHERE relname = 'truncate'
----
select pg_catalog.pg_class rows(420) read(relname) where(relname)
returns relname<-pg_catalog.pg_class.relname copy

==== alike 51
SELECT current_user, current_schema(), version()
----
select
returns current_user<-; current_schema<-; version<-

==== alike 52
DELETE FROM orders WHERE customer_id = 5 AND status = 'x'
----
delete public.orders rows(90000) where(customer_id, status)

==== alike 53
SELECT nextval('numbers')
----
update sequence public.numbers
select
returns nextval<-
