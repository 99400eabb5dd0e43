==== a comment before (B124)
-- hi
DELETE FROM customers
----
delete public.customers unbounded rows(20000)
risk no_where public.customers

==== a block comment before (B124)
/* hi */ DELETE FROM customers
----
delete public.customers unbounded rows(20000)
risk no_where public.customers

==== nested comments (B125)
SELECT /* /* */ 'x' */ ssn FROM customers
----
select public.customers rows(20000) read(ssn)
risk no_limit public.customers
returns ssn<-public.customers.ssn copy

==== unicode names (B128)
SELECT U&"s\0073n" FROM U&"c!0075stomers" UESCAPE '!'
----
select public.customers rows(20000) read(ssn)
risk no_limit public.customers
returns ssn<-public.customers.ssn copy

==== split words (B130)
DROP	TABLE
 customers
----
command DROP TABLE
drop public.customers rows(20000)
risk destructive public.customers
then table public.customers gone

==== where in a comment (B131)
DELETE FROM customers /* where id = 1 */
----
delete public.customers unbounded rows(20000)
risk no_where public.customers

==== an operator by its schema (B133)
SELECT ssn OPERATOR(pg_catalog.||) '' FROM customers
----
select public.customers rows(20000) read(ssn)
risk no_limit public.customers
returns "?column?"<-public.customers.ssn derived

==== an unknown operator (B133)
SELECT 1 OPERATOR(public.#%) ssn FROM customers
----
select public.customers rows(20000) read(ssn)
risk no_limit public.customers
opaque unknown object: `public.#%` is not known to the gate yet
returns "?column?"<-public.customers.ssn derived?
stale

==== a look-alike name (B137)
SELECT id FROM customеrs
----
select customеrs
opaque unknown object: `customеrs` is not known to the gate yet
returns id<-?
stale

==== syntax
SELEC 1
----
opaque syntax: the text is not valid PostgreSQL at line 1, column 1
then lost(hidden)

==== unclosed
SELECT 'x
----
opaque syntax: the text is not valid PostgreSQL at line 1, column 8
then lost(hidden)

==== a zero-width character (B137)
SELECT id FROM cust​omers
----
select "cust​omers"
opaque unknown object: `cust​omers` is not known to the gate yet
returns id<-?
stale

==== quoted names are exact
SELECT id FROM "Customers"
----
select "Customers"
opaque unknown object: `Customers` is not known to the gate yet
returns id<-?
stale

==== names fold
SELECT ID FROM CUSTOMERS WHERE id = 1
----
select public.customers rows(20000) read(id) where(id)
returns id<-public.customers.id copy

==== nextval is an update of its sequence
SELECT nextval('shop.customer_id_seq'), nextval('no such')
----
select
update
risk side_effect nextval
opaque unknown object: `customer_id_seq` is not known to the gate yet
returns nextval<-; nextval<-
stale
