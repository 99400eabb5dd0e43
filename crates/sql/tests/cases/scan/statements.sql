==== none
 ; -- nothing
;; /* ; */
----
statements 0
Punctuation ;
LineComment -- nothing
Punctuation ;
Punctuation ;
BlockComment /* ; */

==== one, two, three
select 1; select ';'; ; insert into t values (1);
----
statements 3
Word select
Number 1
Punctuation ;
Word select
String ';'
Punctuation ;
Punctuation ;
Word insert
Word into
Word t
Word values
Punctuation (
Number 1
Punctuation )
Punctuation ;

==== a rule's actions are in parentheses
create rule r as on insert to t do also (delete from a; delete from b); select 1
----
statements 2
Word create
Word rule
Word r
Word as
Word on
Word insert
Word to
Word t
Word do
Word also
Punctuation (
Word delete
Word from
Word a
Punctuation ;
Word delete
Word from
Word b
Punctuation )
Punctuation ;
Word select
Number 1

==== a body
create or replace function f(begin int) returns int begin atomic select case when true then 1 end; select 1 end; end; select 2
----
statements 2
Word create
Word or
Word replace
Word function
Word f
Punctuation (
Word begin
Word int
Punctuation )
Word returns
Word int
Word begin
Word atomic
Word select
Word case
Word when
Word true
Word then
Number 1
Word end
Punctuation ;
Word select
Number 1
Word end
Punctuation ;
Word end
Punctuation ;
Word select
Number 2

==== a body with names that look like words
CREATE PROCEDURE p() BEGIN ATOMIC SELECT t.end FROM t; SELECT begin atomic FROM t; SELECT 1 AS "end"; END; SELECT 2
----
statements 2
Word CREATE
Word PROCEDURE
Word p
Punctuation (
Punctuation )
Word BEGIN
Word ATOMIC
Word SELECT
Word t
Punctuation .
Word end
Word FROM
Word t
Punctuation ;
Word SELECT
Word begin
Word atomic
Word FROM
Word t
Punctuation ;
Word SELECT
Number 1
Word AS
QuotedName "end"
Punctuation ;
Word END
Punctuation ;
Word SELECT
Number 2

==== a body in a body
create function f() returns int begin atomic create function g() returns int begin atomic select 1; end; select 2; end; select 3
----
statements 2
Word create
Word function
Word f
Punctuation (
Punctuation )
Word returns
Word int
Word begin
Word atomic
Word create
Word function
Word g
Punctuation (
Punctuation )
Word returns
Word int
Word begin
Word atomic
Word select
Number 1
Punctuation ;
Word end
Punctuation ;
Word select
Number 2
Punctuation ;
Word end
Punctuation ;
Word select
Number 3

==== no body
create function f() returns int language sql as 'begin; atomic;'; begin; select 1; end
----
statements 4
Word create
Word function
Word f
Punctuation (
Punctuation )
Word returns
Word int
Word language
Word sql
Word as
String 'begin; atomic;'
Punctuation ;
Word begin
Punctuation ;
Word select
Number 1
Punctuation ;
Word end

==== a transaction is no body
create table begin (atomic int); begin; end; create index on t (a); select begin atomic; select 1
----
statements 6
Word create
Word table
Word begin
Punctuation (
Word atomic
Word int
Punctuation )
Punctuation ;
Word begin
Punctuation ;
Word end
Punctuation ;
Word create
Word index
Word on
Word t
Punctuation (
Word a
Punctuation )
Punctuation ;
Word select
Word begin
Word atomic
Punctuation ;
Word select
Number 1

==== parentheses that never close
select (1; select 2
----
statements 1
Word select
Punctuation (
Number 1
Punctuation ;
Word select
Number 2

==== parentheses that never opened
select 1); select 2
----
statements 2
Word select
Number 1
Punctuation )
Punctuation ;
Word select
Number 2
