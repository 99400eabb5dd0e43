==== prepared statements
PREPARE Foo (int) AS SELECT $1; EXECUTE foo(1); deallocate prepare "Foo"; DEALLOCATE foo; DEALLOCATE PREPARE ALL; DEALLOCATE ALL; DEALLOCATE "all"; DEALLOCATE prepare
----
statements 8
statement 0 Prepare("foo")
statement 1 Execute("foo")
statement 2 Deallocate(Some("Foo"))
statement 3 Deallocate(Some("foo"))
statement 4 Deallocate(None)
statement 5 Deallocate(None)
statement 6 Deallocate(Some("all"))
statement 7 Deallocate(Some("prepare"))
Word PREPARE
Word Foo
Punctuation (
Word int
Punctuation )
Word AS
Word SELECT
Parameter $1
Punctuation ;
Word EXECUTE
Word foo
Punctuation (
Number 1
Punctuation )
Punctuation ;
Word deallocate
Word prepare
QuotedName "Foo"
Punctuation ;
Word DEALLOCATE
Word foo
Punctuation ;
Word DEALLOCATE
Word PREPARE
Word ALL
Punctuation ;
Word DEALLOCATE
Word ALL
Punctuation ;
Word DEALLOCATE
QuotedName "all"
Punctuation ;
Word DEALLOCATE
Word prepare

==== two-phase commit is no prepared statement
PREPARE TRANSACTION 'x'; PREPARE transaction AS SELECT 1
----
statements 2
statement 1 Prepare("transaction")
Word PREPARE
Word TRANSACTION
String 'x'
Punctuation ;
Word PREPARE
Word transaction
Word AS
Word SELECT
Number 1

==== executed behind EXPLAIN
EXPLAIN EXECUTE a; EXPLAIN (ANALYZE, COSTS off) EXECUTE b(1); explain analyze verbose execute c; explain select 1
----
statements 4
statement 0 Execute("a")
statement 1 Execute("b")
statement 2 Execute("c")
Word EXPLAIN
Word EXECUTE
Word a
Punctuation ;
Word EXPLAIN
Punctuation (
Word ANALYZE
Punctuation ,
Word COSTS
Word off
Punctuation )
Word EXECUTE
Word b
Punctuation (
Number 1
Punctuation )
Punctuation ;
Word explain
Word analyze
Word verbose
Word execute
Word c
Punctuation ;
Word explain
Word select
Number 1

==== cursors
DECLARE c BINARY CURSOR WITH HOLD FOR SELECT 1; FETCH c; FETCH FORWARD 10 FROM c; MOVE ALL IN "C"; FETCH NEXT c; CLOSE c; CLOSE ALL
----
statements 7
statement 0 Declare { name: "c", hold: true }
statement 1 Fetch("c")
statement 2 Fetch("c")
statement 3 Fetch("C")
statement 4 Fetch("c")
statement 5 Close(Some("c"))
statement 6 Close(None)
Word DECLARE
Word c
Word BINARY
Word CURSOR
Word WITH
Word HOLD
Word FOR
Word SELECT
Number 1
Punctuation ;
Word FETCH
Word c
Punctuation ;
Word FETCH
Word FORWARD
Number 10
Word FROM
Word c
Punctuation ;
Word MOVE
Word ALL
Word IN
QuotedName "C"
Punctuation ;
Word FETCH
Word NEXT
Word c
Punctuation ;
Word CLOSE
Word c
Punctuation ;
Word CLOSE
Word ALL

==== channels
LISTEN A; NOTIFY a, 'payload'; UNLISTEN a; UNLISTEN *
----
statements 4
statement 0 Listen("a")
statement 1 Notify("a")
statement 2 Unlisten(Some("a"))
statement 3 Unlisten(None)
Word LISTEN
Word A
Punctuation ;
Word NOTIFY
Word a
Punctuation ,
String 'payload'
Punctuation ;
Word UNLISTEN
Word a
Punctuation ;
Word UNLISTEN
Operator *

==== discard
DISCARD ALL; DISCARD PLANS; discard temp
----
statements 3
statement 0 DiscardAll
statement 1 Discard
statement 2 Discard
Word DISCARD
Word ALL
Punctuation ;
Word DISCARD
Word PLANS
Punctuation ;
Word discard
Word temp

==== settings
SET a = 1; SET LOCAL search_path TO shop, public; SET SESSION app.Tenant = 'x''y'; SET standard_conforming_strings = off; SET statement_timeout TO DEFAULT
----
statements 5
statement 0 Set { name: "a", value: Some("1") }
statement 1 Set { name: "search_path", value: None }
statement 2 Set { name: "app.tenant", value: Some("x'y") }
statement 3 Set { name: "standard_conforming_strings", value: Some("off") }
statement 4 Set { name: "statement_timeout", value: None }
Word SET
Word a
Operator =
Number 1
Punctuation ;
Word SET
Word LOCAL
Word search_path
Word TO
Word shop
Punctuation ,
Word public
Punctuation ;
Word SET
Word SESSION
Word app
Punctuation .
Word Tenant
Operator =
String 'x''y'
Punctuation ;
Word SET
Word standard_conforming_strings
Operator =
Word off
Punctuation ;
Word SET
Word statement_timeout
Word TO
Word DEFAULT

==== settings of other spelling
SET NAMES 'UTF8'; SET TIME ZONE 'UTC'; SET ROLE bob; SET SESSION AUTHORIZATION DEFAULT; SET SESSION SESSION AUTHORIZATION 'bob'; SET LOCAL ROLE NONE; SET SCHEMA 'shop'; SET XML OPTION DOCUMENT; SET TRANSACTION READ ONLY; SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY; SET CONSTRAINTS ALL DEFERRED
----
statements 11, suspicious
statement 0 Set { name: "client_encoding", value: Some("UTF8") }
statement 1 Set { name: "timezone", value: Some("UTC") }
statement 2 Set { name: "role", value: Some("bob") }
statement 3 Set { name: "session_authorization", value: None }
statement 4 Set { name: "session_authorization", value: Some("bob") }
statement 5 Set { name: "role", value: Some("none") }
statement 6 Set { name: "search_path", value: Some("shop") }
statement 7 Set { name: "xmloption", value: Some("document") }
Word SET
Word NAMES
String 'UTF8'
Punctuation ;
Word SET
Word TIME
Word ZONE
String 'UTC'
Punctuation ;
Word SET
Word ROLE
Word bob
Punctuation ;
Word SET
Word SESSION
Word AUTHORIZATION
Word DEFAULT
Punctuation ;
Word SET
Word SESSION
Word SESSION
Word AUTHORIZATION
String 'bob'
Punctuation ;
Word SET
Word LOCAL
Word ROLE
Word NONE
Punctuation ;
Word SET
Word SCHEMA
String 'shop'
Punctuation ;
Word SET
Word XML
Word OPTION
Word DOCUMENT
Punctuation ;
Word SET
Word TRANSACTION
Word READ
Word ONLY
Punctuation ;
Word SET
Word SESSION
Word CHARACTERISTICS
Word AS
Word TRANSACTION
Word READ
Word ONLY
Punctuation ;
Word SET
Word CONSTRAINTS
Word ALL
Word DEFERRED

==== reset
RESET ALL; RESET role; RESET SESSION AUTHORIZATION; RESET TIME ZONE; RESET app.tenant
----
statements 5, suspicious
statement 0 Reset(None)
statement 1 Reset(Some("role"))
statement 2 Reset(Some("session_authorization"))
statement 3 Reset(Some("timezone"))
statement 4 Reset(Some("app.tenant"))
Word RESET
Word ALL
Punctuation ;
Word RESET
Word role
Punctuation ;
Word RESET
Word SESSION
Word AUTHORIZATION
Punctuation ;
Word RESET
Word TIME
Word ZONE
Punctuation ;
Word RESET
Word app
Punctuation .
Word tenant

==== names in unicode and with comments between
PREPARE /* a */ U&"d\0061t" AS SELECT 1; EXECUTE U&"d!0061t" UESCAPE '!'
----
statements 2
statement 0 Prepare("dat")
statement 1 Execute("dat")
Word PREPARE
BlockComment /* a */
UnicodeName U&"d\0061t"
Word AS
Word SELECT
Number 1
Punctuation ;
Word EXECUTE
UnicodeName U&"d!0061t"
Word UESCAPE
String '!'

==== what does not lead a statement does not touch
SELECT prepare, execute FROM listen WHERE set = 1; INSERT INTO t SELECT 'PREPARE x'; UPDATE t SET a = 1
----
statements 3
Word SELECT
Word prepare
Punctuation ,
Word execute
Word FROM
Word listen
Word WHERE
Word set
Operator =
Number 1
Punctuation ;
Word INSERT
Word INTO
Word t
Word SELECT
String 'PREPARE x'
Punctuation ;
Word UPDATE
Word t
Word SET
Word a
Operator =
Number 1
