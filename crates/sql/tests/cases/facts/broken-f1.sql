==== the bound of a partition is computed at once
CREATE TEMP TABLE n1 PARTITION OF events FOR VALUES IN (set_config('standard_conforming_strings', 'off', false))
----
command CREATE TABLE
create pg_temp.n1 written(action, at, id)
alter public.events rows(1000000)
set
risk guarded_setting standard_conforming_strings
then lost(reading)
then table pg_temp.n1 (id, at, action)

==== from and to as well
CREATE TABLE n1 PARTITION OF events FOR VALUES FROM (purge()) TO (MAXVALUE)
----
command CREATE TABLE
delete public.customers unbounded rows(20000)
create public.n1 written(action, at, id)
alter public.events rows(1000000)
call public.purge()
risk no_where public.customers
risk user_function public.purge
then table public.n1 (id, at, action)

==== literals and limits are nothing
CREATE TABLE n1 PARTITION OF events FOR VALUES FROM (MINVALUE) TO ('2024-01-01'::timestamptz)
----
command CREATE TABLE
create public.n1 written(action, at, id)
alter public.events rows(1000000)
then table public.n1 (id, at, action)

==== and when one is attached
ALTER TABLE events ATTACH PARTITION audit FOR VALUES FROM ('2024-01-01') TO (purge())
----
command ALTER TABLE
delete public.customers unbounded rows(20000)
alter public.audit
alter public.events rows(1000000)
alter public.events_2024 rows(400000)
call public.purge()
risk no_where public.customers
risk long_lock public.audit
risk long_lock public.events
risk user_function public.purge
then table public.events_2024 changed
then table public.events changed

==== attached with literals
ALTER TABLE events ATTACH PARTITION audit FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
----
command ALTER TABLE
alter public.audit
alter public.events rows(1000000)
alter public.events_2024 rows(400000)
risk long_lock public.audit
risk long_lock public.events
then table public.events_2024 changed
then table public.events changed

==== a partition key of expressions runs for each new row
CREATE TABLE n (a text) PARTITION BY LIST ((set_config('standard_conforming_strings', a, false)))
----
command CREATE TABLE
create public.n written(a)
set
risk guarded_setting standard_conforming_strings
then lost(reading)
then table public.n (a)

==== one of columns does not
CREATE TABLE n (a text, b int) PARTITION BY RANGE (a, (b * 2))
----
command CREATE TABLE
create public.n written(a, b)
then table public.n (a, b)

==== expressions of exclude
CREATE TEMP TABLE n (a int, EXCLUDE USING btree ((pg_ls_dir(a::text)) WITH =))
----
command CREATE TABLE
create pg_temp.n written(a)
call pg_catalog.pg_ls_dir(text)
risk file pg_ls_dir
then table pg_temp.n (a)

==== and without
CREATE TEMP TABLE n (a int, EXCLUDE USING btree ((abs(a)) WITH =))
----
command CREATE TABLE
create pg_temp.n written(a)
then table pg_temp.n (a)

==== a column of a domain reads values into it
CREATE TEMP TABLE n (a dom)
----
command CREATE TABLE
delete public.audit unbounded
create pg_temp.n written(a)
call public.wipe(int4)
risk no_where public.audit
risk user_function public.wipe
then table pg_temp.n (a)

==== of one without checks
CREATE TEMP TABLE n (a plain, b serial, c numeric(4, 2)[])
----
command CREATE TABLE
create pg_temp.n written(a, b, c)
then table pg_temp.n (a, b, c)

==== like takes the domain and the default with it
CREATE TEMP TABLE n (LIKE doms INCLUDING DEFAULTS)
----
command CREATE TABLE
delete public.audit unbounded
create pg_temp.n written(d, id)
call public.double(int4)
call public.wipe(int4)
risk no_where public.audit
risk user_function public.wipe
then table pg_temp.n (id, d)

==== a column that is added
ALTER TABLE audit ADD COLUMN d dom DEFAULT 1
----
command ALTER TABLE
delete public.audit unbounded
alter public.audit written(d)
call public.wipe(int4)
risk no_where public.audit
risk user_function public.wipe
then table public.audit changed

==== a column that becomes a domain
ALTER TABLE audit ALTER COLUMN id TYPE dom
----
command ALTER TABLE
delete public.audit unbounded
alter public.audit written(id)
call public.wipe(int4)
risk no_where public.audit
risk rewrite public.audit
risk long_lock public.audit
risk user_function public.wipe
then table public.audit changed

==== and one that becomes what nobody made
ALTER TABLE audit ALTER COLUMN id TYPE int4
----
command ALTER TABLE
alter public.audit written(id)
risk rewrite public.audit
risk long_lock public.audit
then table public.audit changed

==== parameters of a domain
PREPARE p (dom) AS SELECT $1
----
command PREPARE
delete public.audit unbounded
select
other
call public.wipe(int4)
risk no_where public.audit
risk user_function public.wipe
parameters 1
prepares SELECT

==== parameters of the server's types
PREPARE p (int) AS SELECT $1
----
command PREPARE
select
other
parameters 1
prepares SELECT

==== composite types and domains of domains
CREATE TYPE c AS (a dom); CREATE DOMAIN d AS dom
----
-- 1
command CREATE TYPE
delete public.audit unbounded
create type public.c
call public.wipe(int4)
risk no_where public.audit
risk user_function public.wipe
then type public.c (a)
-- 2
command CREATE DOMAIN
delete public.audit unbounded
create type public.d
call public.wipe(int4)
risk no_where public.audit
risk code public.d
risk user_function public.wipe
then type public.d with any column

==== a type that the session made runs what nobody kept
CREATE TYPE c AS (a int); SELECT '(1)'::c
----
-- 1
command CREATE TYPE
create type public.c
then type public.c (a)
-- 2
select
risk user_function c
returns c<-?

==== a constraint that is not enforced
ALTER TABLE orders ALTER CONSTRAINT k NOT ENFORCED
----
command ALTER TABLE
alter public.orders rows(90000)
risk destructive public.orders

==== one that is deferred
ALTER TABLE orders ALTER CONSTRAINT k DEFERRABLE INITIALLY DEFERRED
----
command ALTER TABLE
alter public.orders rows(90000)

==== a sequence begins again
ALTER SEQUENCE numbers RESTART WITH 1
----
command ALTER SEQUENCE
alter sequence public.numbers
risk destructive public.numbers

==== or ends
ALTER SEQUENCE numbers MAXVALUE 5
----
command ALTER SEQUENCE
alter sequence public.numbers
risk destructive public.numbers

==== or has another cache
ALTER SEQUENCE numbers CACHE 20
----
command ALTER SEQUENCE
alter sequence public.numbers

==== an enum's value has another name
ALTER TYPE feeling RENAME VALUE 'a' TO 'b'
----
command ALTER TYPE
alter type public.feeling
risk destructive public.feeling

==== an enum has one more
ALTER TYPE feeling ADD VALUE 'c'
----
command ALTER TYPE
alter type public.feeling

==== an expression is dropped
ALTER TABLE orders ALTER total DROP EXPRESSION
----
command ALTER TABLE
alter public.orders rows(90000) written(total)
risk destructive public.orders

==== a dictionary of files
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = ispell, DictFile = x, AffFile = x)
----
command CREATE TEXT SEARCH
create other public.d
risk file public.d

==== a dictionary without
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple)
----
command CREATE TEXT SEARCH
create other public.d

==== the columns of a table made of others keep their types
CREATE TEMP TABLE n AS SELECT d FROM doms
----
command CREATE TABLE AS
select public.doms read(d)
delete public.audit unbounded
create pg_temp.n written(d)
call public.wipe(int4)
risk no_where public.audit
risk no_limit public.doms
risk user_function public.wipe
then table pg_temp.n (d)

==== and of the server's types run nothing
CREATE TEMP TABLE n AS SELECT id FROM doms
----
command CREATE TABLE AS
select public.doms read(id)
create pg_temp.n written(id)
risk no_limit public.doms
then table pg_temp.n (id)

==== a table that the session made can be changed at once
CREATE TABLE n (a int, b text); CREATE INDEX ON n (a); ALTER TABLE n ADD UNIQUE (b); ALTER TABLE n ALTER b SET NOT NULL, ALTER b TYPE varchar(9), ADD FOREIGN KEY (a) REFERENCES customers (id)
----
-- 1
command CREATE TABLE
create public.n written(a, b)
then table public.n (a, b)
-- 2
command CREATE INDEX
create public.n rows(0) where(a)
risk long_lock public.n
-- 3
command ALTER TABLE
alter public.n rows(0)
risk long_lock public.n
-- 4
command ALTER TABLE
select public.customers rows(20000) where(id)
alter public.n rows(0) written(b)
risk rewrite public.n
risk long_lock public.n
then table public.n changed

==== one that was there has its rows
CREATE INDEX ON customers (status)
----
command CREATE INDEX
create public.customers rows(20000) where(status)
risk long_lock public.customers

==== what is not there is not destroyed
DROP TABLE IF EXISTS nothing; DROP TABLE IF EXISTS shop.nothing; DROP SCHEMA IF EXISTS nothing CASCADE; DROP FUNCTION IF EXISTS nothing(int); DROP TYPE IF EXISTS nothing
----
-- 1
command DROP TABLE
drop
-- 2
command DROP TABLE
drop
-- 3
command DROP SCHEMA
drop
-- 4
command DROP FUNCTION
drop
-- 5
command DROP TYPE
drop
stale

==== and what is there is
DROP TABLE IF EXISTS shop.product; DROP SCHEMA IF EXISTS shop CASCADE; DROP FUNCTION IF EXISTS purge(); DROP FUNCTION IF EXISTS purge(int)
----
-- 1
command DROP TABLE
drop shop.product rows(400)
risk destructive shop.product
then table shop.product gone
-- 2
command DROP SCHEMA
drop schema shop
risk cascade shop
risk destructive shop
then schema .shop gone
-- 3
command DROP FUNCTION
drop function public.purge()
risk destructive public.purge()
then function public.purge changed
-- 4
command DROP FUNCTION
drop function public.purge
risk destructive public.purge
then function public.purge changed
stale

==== also when the session made it
CREATE TABLE n (); DROP TABLE IF EXISTS n; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; DROP FUNCTION IF EXISTS f()
----
-- 1
command CREATE TABLE
create public.n
then table public.n ()
-- 2
command DROP TABLE
drop public.n
risk destructive public.n
then table public.n gone
-- 3
command CREATE FUNCTION
create function public.f
risk code public.f
then function public.f with any column
-- 4
command DROP FUNCTION
drop function public.f
risk destructive public.f
then function public.f changed
stale

==== the default of a domain runs later
ALTER DOMAIN plain SET DEFAULT pg_ls_dir('.')
----
command ALTER DOMAIN
alter type public.plain
call pg_catalog.pg_ls_dir(text)
risk file pg_ls_dir
risk code public.plain

==== or is a literal, or none
ALTER DOMAIN plain SET DEFAULT 1; ALTER DOMAIN plain DROP DEFAULT
----
-- 1
command ALTER DOMAIN
alter type public.plain
risk code public.plain
-- 2
command ALTER DOMAIN
alter type public.plain
risk code public.plain

==== a copy that counts with the other's sequence
CREATE TEMP TABLE n (LIKE counted INCLUDING DEFAULTS)
----
command CREATE TABLE
create pg_temp.n written(a, id)
risk side_effect nextval
then table pg_temp.n (id, a)

==== and one that does not
CREATE TEMP TABLE n (LIKE counted INCLUDING INDEXES)
----
command CREATE TABLE
create pg_temp.n written(a, id)
then table pg_temp.n (id, a)

==== a range with functions of somebody's own
CREATE TYPE r AS RANGE (subtype = int, subtype_diff = double)
----
command CREATE TYPE
create type public.r
risk code public.r
then type public.r with any column

==== and one without
CREATE TYPE r AS RANGE (subtype = int, collation = "C")
----
command CREATE TYPE
create type public.r
then type public.r with any column
