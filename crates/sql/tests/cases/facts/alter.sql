==== add a column
ALTER TABLE customers ADD COLUMN x int
----
command ALTER TABLE
alter public.customers rows(20000) written(x)
then table public.customers changed

==== add a column with a steady default
ALTER TABLE customers ADD x timestamptz NOT NULL DEFAULT now()
----
command ALTER TABLE
alter public.customers rows(20000) written(x)
then table public.customers changed

==== add a column with a volatile default
ALTER TABLE customers ADD x float DEFAULT random()
----
command ALTER TABLE
alter public.customers rows(20000) written(x)
risk rewrite public.customers
risk long_lock public.customers
then table public.customers changed

==== add a serial column
ALTER TABLE customers ADD x serial
----
command ALTER TABLE
alter public.customers rows(20000) written(x)
risk rewrite public.customers
risk long_lock public.customers
then table public.customers changed

==== add a generated column
ALTER TABLE customers ADD x text GENERATED ALWAYS AS (lower(email)) STORED
----
command ALTER TABLE
alter public.customers rows(20000) written(x) where(email)
risk rewrite public.customers
risk long_lock public.customers
then table public.customers changed

==== drop a column (B188)
ALTER TABLE customers DROP COLUMN ssn CASCADE
----
command ALTER TABLE
alter public.customers rows(20000) written(ssn)
drop public.customers rows(20000)
risk cascade public.customers
risk destructive public.customers
then table public.customers changed

==== type (B188)
ALTER TABLE customers ALTER COLUMN ssn TYPE int USING 0
----
command ALTER TABLE
alter public.customers rows(20000) written(ssn)
risk destructive public.customers
risk rewrite public.customers
risk long_lock public.customers
then table public.customers changed

==== type without using
ALTER TABLE customers ALTER ssn TYPE varchar(20)
----
command ALTER TABLE
alter public.customers rows(20000) written(ssn)
risk rewrite public.customers
risk long_lock public.customers
then table public.customers changed

==== set not null
ALTER TABLE customers ALTER email SET NOT NULL
----
command ALTER TABLE
alter public.customers rows(20000) written(email)
risk long_lock public.customers

==== drop not null
ALTER TABLE customers ALTER full_name DROP NOT NULL
----
command ALTER TABLE
alter public.customers rows(20000) written(full_name)

==== default
ALTER TABLE customers ALTER status SET DEFAULT 'new'
----
command ALTER TABLE
alter public.customers rows(20000) written(status)
then table public.customers changed

==== foreign key
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers (id)
----
command ALTER TABLE
select public.customers rows(20000) where(id)
alter public.orders rows(90000) where(customer_id)
risk long_lock public.orders

==== foreign key not valid
ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID
----
command ALTER TABLE
select public.customers rows(20000) where(id)
alter public.orders rows(90000) where(customer_id)

==== validate
ALTER TABLE orders VALIDATE CONSTRAINT f
----
command ALTER TABLE
alter public.orders rows(90000)

==== check
ALTER TABLE orders ADD CHECK (total > 0)
----
command ALTER TABLE
alter public.orders rows(90000) where(total)
risk long_lock public.orders

==== unique
ALTER TABLE orders ADD UNIQUE (total)
----
command ALTER TABLE
alter public.orders rows(90000) where(total)
risk long_lock public.orders

==== unique of an index
ALTER TABLE customers ADD UNIQUE USING INDEX customers_email
----
command ALTER TABLE
alter public.customers rows(20000)

==== drop constraint
ALTER TABLE orders DROP CONSTRAINT f
----
command ALTER TABLE
alter public.orders rows(90000)
risk destructive public.orders

==== owner
ALTER TABLE customers OWNER TO app
----
command ALTER TABLE
alter public.customers rows(20000)
risk privilege public.customers

==== row security
ALTER TABLE customers DISABLE ROW LEVEL SECURITY
----
command ALTER TABLE
alter public.customers rows(20000)
risk privilege public.customers

==== triggers
ALTER TABLE customers DISABLE TRIGGER ALL
----
command ALTER TABLE
alter public.customers rows(20000)
risk code public.customers
then table public.customers changed

==== logged
ALTER TABLE customers SET UNLOGGED
----
command ALTER TABLE
alter public.customers rows(20000)
risk destructive public.customers
risk rewrite public.customers
risk long_lock public.customers

==== options
ALTER TABLE customers SET (fillfactor = 70)
----
command ALTER TABLE
alter public.customers rows(20000)

==== attach
ALTER TABLE events ATTACH PARTITION events_2024 DEFAULT
----
command ALTER TABLE
alter public.events rows(1000000)
alter public.events_2024 rows(400000)
risk long_lock public.events
risk long_lock public.events_2024
then table public.events_2024 changed
then table public.events changed

==== detach
ALTER TABLE events DETACH PARTITION events_2024
----
command ALTER TABLE
alter public.events rows(1000000)
alter public.events_2024 rows(400000)
risk destructive public.events
risk destructive public.events_2024
risk long_lock public.events
then table public.events_2024 changed
then table public.events changed

==== inherit
ALTER TABLE events_2024 NO INHERIT events
----
command ALTER TABLE
alter public.events rows(1000000)
alter public.events_2024 rows(400000)
risk destructive public.events_2024
then table public.events changed
then table public.events_2024 changed

==== a temporary table
CREATE TEMP TABLE l (a int); ALTER TABLE l ALTER a TYPE text USING 'x'; SELECT b FROM l
----
-- 1
command CREATE TABLE
create pg_temp.l written(a)
then table pg_temp.l (a)
-- 2
command ALTER TABLE
alter pg_temp.l rows(0) written(a)
then table pg_temp.l changed
-- 3
select pg_temp.l read(b)
returns b<-pg_temp.l.b copy

==== several commands
ALTER TABLE IF EXISTS ONLY customers ADD a int, DROP ssn, ALTER email SET NOT NULL
----
command ALTER TABLE
alter public.customers rows(20000) written(a, email, ssn)
drop public.customers rows(20000)
risk destructive public.customers
risk long_lock public.customers
then table public.customers changed

==== view options
ALTER VIEW names SET (security_invoker = false)
----
command ALTER VIEW
alter view public.names
risk privilege public.names

==== domain
ALTER DOMAIN d ADD CHECK (VALUE <> '')
----
command ALTER DOMAIN
alter type d
risk long_lock d
risk code d
opaque unknown object: `d` is not known to the gate yet
stale

==== enum
ALTER TYPE mood ADD VALUE 'y'
----
command ALTER TYPE
alter type mood
opaque unknown object: `mood` is not known to the gate yet
stale
