==== a temporary table with another's name: which of the two a statement means may change behind the gate's back
CREATE TEMP TABLE customers (id int); DELETE FROM customers WHERE id = 1
----
-- 1
command CREATE TABLE
create pg_temp.customers written(id)
then table pg_temp.customers (id)
-- 2
delete customers
opaque unknown object: `customers` is not known to the gate yet
stale

==== who says which of the two is understood
CREATE TEMP TABLE customers (id int); DELETE FROM pg_temp.customers WHERE id = 1
----
-- 1
command CREATE TABLE
create pg_temp.customers written(id)
then table pg_temp.customers (id)
-- 2
delete pg_temp.customers where(id)

==== a temporary type with a table's name
CREATE TYPE pg_temp.customers AS ENUM ('a'); DELETE FROM customers WHERE id = 1
----
-- 1
command CREATE TYPE
create type pg_temp.customers
then type pg_temp.customers with any column
-- 2
delete customers
opaque unknown object: `customers` is not known to the gate yet
stale

==== the temporary schema by its number, behind others
CREATE TEMP TABLE customers (id int); SET search_path = public, pg_temp_3; DELETE FROM customers WHERE id = 1
----
-- 1
command CREATE TABLE
create pg_temp.customers written(id)
then table pg_temp.customers (id)
-- 2
set
risk setting search_path
then path public, pg_temp_3
-- 3
delete public.customers rows(20000) where(id)

==== a temporary table with a name of its own
CREATE TEMP TABLE scratch (id int); DELETE FROM scratch WHERE id = 1
----
-- 1
command CREATE TABLE
create pg_temp.scratch written(id)
then table pg_temp.scratch (id)
-- 2
delete pg_temp.scratch where(id)
