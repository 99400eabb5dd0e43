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
risk user_function nowhere
opaque body: in the body of `DO`: `nowhere` is not known to the gate yet
