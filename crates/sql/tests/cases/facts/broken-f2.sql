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
