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
