==== locks of a view made here
CREATE TEMP VIEW n AS SELECT * FROM customers; LOCK TABLE n
----
-- 1
command CREATE VIEW
select public.customers rows(20000) read(created_at, email, full_name, id, ssn, status)
create view pg_temp.n
then view pg_temp.n (id, full_name, email, ssn, status, created_at)
-- 2
command LOCK TABLE
lock view pg_temp.n
opaque unknown object: what `pg_temp.n` locks is not known to the gate yet

==== locks of a table made here
CREATE TEMP TABLE n (a int); LOCK TABLE n
----
-- 1
command CREATE TABLE
create pg_temp.n written(a)
then table pg_temp.n (a)
-- 2
command LOCK TABLE
lock pg_temp.n

==== locks of a view
LOCK TABLE names
----
command LOCK TABLE
lock public.customers rows(20000)
lock view public.names
risk long_lock public.customers
risk long_lock public.names

==== locks of a table
LOCK TABLE customers
----
command LOCK TABLE
lock public.customers rows(20000)
risk long_lock public.customers

==== locks of a view made anew
CREATE OR REPLACE VIEW names AS SELECT id, full_name FROM customers; LOCK TABLE names IN SHARE MODE
----
-- 1
command CREATE VIEW
select public.customers rows(20000) read(full_name, id)
create view public.names
risk destructive public.names
then view public.names (id, full_name)
-- 2
command LOCK TABLE
lock view public.names
risk long_lock public.names
opaque unknown object: what `public.names` locks is not known to the gate yet

==== an index with a function behind a point
DO $$ DECLARE a int[]; BEGIN a[1][.5 + purge()] := 1; END $$
----
command DO
delete public.customers unbounded rows(20000)
call public.purge()
risk no_where public.customers
risk dynamic_sql DO
risk user_function DO

==== an index without
DO $$ DECLARE a int[]; r customers%ROWTYPE; BEGIN a[1][r.id] := 1; a[1:2] := ARRAY[1, 2]; END $$
----
command DO
call
risk dynamic_sql DO

==== a direction with a cast
DO $$ DECLARE c CURSOR FOR SELECT 1; v int; BEGIN OPEN c; FETCH ABSOLUTE 1::dom FROM c INTO v; END $$
----
command DO
call
risk dynamic_sql DO
risk user_function DO
opaque body: in the body of `DO`: a FETCH has an expression
then lost(hidden)

==== a direction without
DO $$ DECLARE c CURSOR FOR SELECT 1; v int; BEGIN OPEN c; FETCH ABSOLUTE 1 FROM c INTO v; MOVE c; FETCH RELATIVE -1 FROM c INTO v; CLOSE c; END $$
----
command DO
call
risk dynamic_sql DO

==== types of columns
DO $$ DECLARE a customers.id%TYPE; b shop.product.price%TYPE := 1; r customers%ROWTYPE; p pg_class%ROWTYPE; o pg_class.oid%TYPE; d a%TYPE; BEGIN r.id := 1; END $$
----
command DO
call
risk dynamic_sql DO

==== types of columns that nobody knows
DO $$ DECLARE v nowhere.a%TYPE := 1; BEGIN END $$
----
command DO
call
risk dynamic_sql DO
risk user_function DO
opaque body: in the body of `DO`: `nowhere` is not known to the gate yet

==== the same row by another name
DELETE FROM customers WHERE id = (SELECT customers.id)
----
delete public.customers unbounded rows(20000) read(id) where(id)
risk always_true public.customers

==== a row of another table
DELETE FROM customers WHERE id = (SELECT customer_id FROM orders WHERE orders.id = 5)
----
select public.orders rows(90000) read(customer_id) where(customer_id, id)
delete public.customers rows(20000) where(id)

==== the table's own rows by a query of WITH
WITH x AS (SELECT id FROM customers) DELETE FROM customers USING x WHERE customers.id = x.id
----
select public.customers rows(20000) read(id) where(id)
delete public.customers unbounded rows(20000) where(id)
risk always_true public.customers

==== another table's rows by a query of WITH
WITH x AS (SELECT customer_id FROM orders) DELETE FROM customers USING x WHERE customers.id = x.customer_id
----
select public.orders rows(90000) read(customer_id) where(customer_id)
delete public.customers rows(20000) where(id)

==== a wide range of a key
DELETE FROM customers WHERE id BETWEEN -10 AND 1000000
----
delete public.customers unbounded rows(20000) where(id)
risk always_true public.customers

==== a small range of a key
DELETE FROM customers WHERE id BETWEEN 10 AND 20
----
delete public.customers rows(20000) where(id)

==== all that another table has
MERGE INTO customers c USING orders o ON c.id = o.customer_id WHEN MATCHED THEN DELETE
----
select public.orders rows(90000) where(customer_id)
delete public.customers unbounded rows(20000)
merge public.customers rows(20000) where(id)
risk always_true public.customers

==== some that another table has
MERGE INTO customers c USING orders o ON c.id = o.customer_id WHEN MATCHED AND o.status = 'x' THEN DELETE
----
select public.orders rows(90000) where(customer_id, status)
delete public.customers rows(20000)
merge public.customers rows(20000) where(id)
