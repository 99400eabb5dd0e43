==== none
 ; -- nothing
;; /* ; */
----
?
==== one, two, three
select 1; select ';'; ; insert into t values (1);
----
?
==== a rule's actions are in parentheses
create rule r as on insert to t do also (delete from a; delete from b); select 1
----
?
==== a body
create or replace function f(begin int) returns int begin atomic select case when true then 1 end; select 1 end; end; select 2
----
?
==== a body with names that look like words
CREATE PROCEDURE p() BEGIN ATOMIC SELECT t.end FROM t; SELECT begin atomic FROM t; SELECT 1 AS "end"; END; SELECT 2
----
?
==== a body in a body
create function f() returns int begin atomic create function g() returns int begin atomic select 1; end; select 2; end; select 3
----
?
==== no body
create function f() returns int language sql as 'begin; atomic;'; begin; select 1; end
----
?
==== a transaction is no body
create table begin (atomic int); begin; end; create index on t (a); select begin atomic; select 1
----
?
==== parentheses that never close
select (1; select 2
----
?
==== parentheses that never opened
select 1); select 2
----
?
