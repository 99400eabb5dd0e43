==== begin
BEGIN
----
command BEGIN
other
then begin

==== begin read write (B145)
BEGIN READ WRITE
----
command BEGIN
other
risk read_write transaction_read_only
then begin

==== start read only
START TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY
----
command START TRANSACTION
other
then begin

==== commit and chain
COMMIT AND CHAIN
----
command COMMIT
other
then commit { chain: true }

==== rollback to a savepoint
SAVEPOINT a; ROLLBACK TO a; RELEASE a
----
-- 1
command SAVEPOINT
other
then savepoint("a")
-- 2
command ROLLBACK
other
then rollbackto("a")
-- 3
command RELEASE
other
then release("a")

==== two-phase
PREPARE TRANSACTION 'x'
----
command PREPARE TRANSACTION
other
risk two_phase x
then detach

==== commit prepared
COMMIT PREPARED 'x'
----
command COMMIT PREPARED
other
risk two_phase x

==== standard_conforming_strings
SET standard_conforming_strings = off
----
set
risk guarded_setting standard_conforming_strings
then lost(reading)

==== standard_conforming_strings to what it is
SET standard_conforming_strings TO 'on'
----
set

==== names in quotes and capitals
SET "Standard_Conforming_Strings" TO off
----
set
risk guarded_setting standard_conforming_strings
then lost(reading)

==== client_encoding (B127)
SET NAMES 'GBK'
----
set
risk guarded_setting client_encoding
then lost(reading)

==== client_encoding to what it is
SET client_encoding = 'UTF-8'
----
set

==== set role (B139)
SET ROLE other
----
set
risk identity role
then lost(identity)

==== set local role (B139)
SET LOCAL ROLE other
----
set
risk identity role
then lost(identity)

==== reset role (B139)
RESET ROLE
----
command RESET
set
risk identity role

==== session authorization (B140)
SET SESSION AUTHORIZATION app; RESET SESSION AUTHORIZATION; SELECT 1
----
-- 1
set
risk identity session_authorization
then lost(identity)
-- 2
command RESET
set
risk identity session_authorization
opaque state: the session changed its role; open a new session
-- 3
select
opaque state: the session changed its role; open a new session
returns "?column?"<-

==== search path
SET search_path = shop, public
----
set
risk setting search_path
then path shop, public

==== search path before the built-ins (B079)
SET search_path = public, pg_catalog
----
set
risk guarded_setting search_path
then path public, pg_catalog

==== search path of a string is one schema
SET search_path = 'a,b'
----
set
risk setting search_path
then path a,b

==== empty search path
SET LOCAL search_path TO ''
----
set
risk setting search_path
then path  local

==== set schema
SET SCHEMA 'shop'
----
set
risk setting search_path
then path shop

==== reset search path
RESET search_path
----
command RESET
set
risk setting search_path
then path default

==== read write characteristics
SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE
----
set
risk read_write transaction_read_only

==== transaction_read_only off
SET transaction_read_only = off
----
set
risk read_write transaction_read_only

==== transaction_read_only on
SET default_transaction_read_only = on
----
set

==== statement_timeout
SET statement_timeout = 0
----
set
risk guarded_setting statement_timeout

==== row_security
SET row_security = off
----
set
risk guarded_setting row_security

==== replication role
SET session_replication_role = replica
----
set
risk guarded_setting session_replication_role

==== preload
SET local_preload_libraries = 'x'
----
set
risk guarded_setting local_preload_libraries

==== debug_ settings
SET debug_print_rewritten = on
----
set
risk guarded_setting debug_print_rewritten

==== log_ settings
RESET log_statement
----
command RESET
set
risk guarded_setting log_statement

==== messages
SET client_min_messages = debug5
----
set
risk guarded_setting client_min_messages

==== messages as they were
RESET client_min_messages
----
command RESET
set
risk setting client_min_messages

==== messages by a value that only the server knows
SELECT set_config('client_min_messages', $1, false)
----
select
set
risk guarded_setting client_min_messages
returns set_config<-
parameters 1

==== fewer messages
SET client_min_messages = warning
----
set

==== application_name
SET application_name = 'psql'
----
set

==== time zone
SET TIME ZONE 'UTC'
----
set

==== custom setting
SET app.tenant = '7'
----
set
risk setting app.tenant

==== reset all
RESET ALL
----
command RESET
set
risk setting all
then path default

==== show
SHOW search_path
----
command SHOW
other
returns search_path<-

==== discard all
DISCARD ALL
----
command DISCARD ALL
set
risk setting all
then path default
then discardtemp

==== discard temp
DISCARD TEMP
----
command DISCARD TEMP
set
then discardtemp

==== prepare and execute (B184)
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

==== prepare with parameters
PREPARE d (int) AS UPDATE customers SET status = 'x' WHERE id = $1
----
command PREPARE
update public.customers rows(20000) written(status) where(id)
other
parameters 1
prepares UPDATE

==== execute of another text's
EXECUTE d(1)
----
command EXECUTE
other
then execute("d")

==== deallocate
DEALLOCATE ALL
----
command DEALLOCATE ALL
other

==== declare and fetch (B077)
DECLARE c CURSOR WITH HOLD FOR SELECT ssn FROM customers; FETCH ALL FROM c; MOVE c; CLOSE c
----
-- 1
command DECLARE CURSOR
select public.customers rows(20000) read(ssn)
other
risk no_limit public.customers
prepares SELECT
-- 2
command FETCH
other
returns ssn<-public.customers.ssn copy
then fetch("c")
-- 3
command MOVE
other
then fetch("c")
-- 4
command CLOSE CURSOR
other

==== fetch from an unknown cursor (B076)
FETCH ALL FROM rc
----
command FETCH
other
then fetch("rc")

==== listen
LISTEN k; UNLISTEN *
----
-- 1
command LISTEN
other
-- 2
command UNLISTEN
other

==== notify
NOTIFY k, 'x'
----
command NOTIFY
other
risk side_effect notify k

==== set constraints
SET CONSTRAINTS ALL DEFERRED
----
command SET CONSTRAINTS
other

==== what a text takes back
CREATE TEMP TABLE l (a int); ROLLBACK; SELECT * FROM l
----
-- 1
command CREATE TABLE
create pg_temp.l written(a)
then table pg_temp.l (a)
-- 2
command ROLLBACK
other
then rollback { chain: false }
-- 3
select pg_temp.l read(a)
opaque state: the text takes back what names stood for; send the rest by itself
returns a<-pg_temp.l.a copy

==== a path that ends with the transaction
BEGIN; SET LOCAL search_path = shop; SELECT * FROM product; COMMIT; SELECT * FROM product
----
-- 1
command BEGIN
other
then begin
-- 2
set
risk setting search_path
then path shop local
-- 3
select shop.product rows(400) read(id, name, price)
risk no_limit shop.product
returns id<-shop.product.id copy; name<-shop.product.name copy; price<-shop.product.price copy
-- 4
command COMMIT
other
then commit { chain: false }
-- 5
select shop.product rows(400) read(id, name, price)
risk no_limit shop.product
opaque state: the text takes back what names stood for; send the rest by itself
returns id<-shop.product.id copy; name<-shop.product.name copy; price<-shop.product.price copy

==== a path inside of a text
SET search_path = shop; SELECT name FROM product
----
-- 1
set
risk setting search_path
then path shop
-- 2
select shop.product rows(400) read(name)
risk no_limit shop.product
returns name<-shop.product.name copy

==== empty
 ; -- nothing
----
nothing

==== set_config of a path, as dumps begin
SELECT pg_catalog.set_config('search_path', '', false)
----
select
set
risk setting search_path
returns set_config<-
then path

==== a setting that not every server has, as pg_dump writes it
SELECT set_config(name, 'view, foreign-table', false) FROM pg_settings WHERE name = 'restrict_nonsystem_relation_kind'
----
select view pg_catalog.pg_settings read(name) where(name)
set
risk guarded_setting restrict_nonsystem_relation_kind
returns set_config<-pg_catalog.pg_settings.name derived

==== the same for a setting that is guarded
SELECT set_config(name, 'x', false) FROM pg_settings WHERE name = 'role'
----
select view pg_catalog.pg_settings read(name) where(name)
set
risk identity role
returns set_config<-pg_catalog.pg_settings.name derived
then lost(identity)

==== any setting
SELECT set_config(name, 'x', false) FROM pg_settings
----
select view pg_catalog.pg_settings read(name)
set
risk guarded_setting set_config
risk identity set_config
returns set_config<-pg_catalog.pg_settings.name derived
then lost(identity)

==== a setting chosen outside, and another inside
SELECT set_config(name, (SELECT set_config(name, 'x', false) FROM pg_settings LIMIT 1), false) FROM pg_settings WHERE name = 'work_mem'
----
select view pg_catalog.pg_settings read(name) where(name)
set
risk guarded_setting set_config
risk identity set_config
returns set_config<-pg_catalog.pg_settings.name derived
then lost(identity)
then lost(identity)
