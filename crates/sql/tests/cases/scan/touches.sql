==== prepared statements
PREPARE Foo (int) AS SELECT $1; EXECUTE foo(1); deallocate prepare "Foo"; DEALLOCATE foo; DEALLOCATE PREPARE ALL; DEALLOCATE ALL; DEALLOCATE "all"; DEALLOCATE prepare
----
?
==== two-phase commit is no prepared statement
PREPARE TRANSACTION 'x'; PREPARE transaction AS SELECT 1
----
?
==== executed behind EXPLAIN
EXPLAIN EXECUTE a; EXPLAIN (ANALYZE, COSTS off) EXECUTE b(1); explain analyze verbose execute c; explain select 1
----
?
==== cursors
DECLARE c BINARY CURSOR WITH HOLD FOR SELECT 1; FETCH c; FETCH FORWARD 10 FROM c; MOVE ALL IN "C"; FETCH NEXT c; CLOSE c; CLOSE ALL
----
?
==== channels
LISTEN A; NOTIFY a, 'payload'; UNLISTEN a; UNLISTEN *
----
?
==== discard
DISCARD ALL; DISCARD PLANS; discard temp
----
?
==== settings
SET a = 1; SET LOCAL search_path TO shop, public; SET SESSION app.Tenant = 'x''y'; SET standard_conforming_strings = off; SET statement_timeout TO DEFAULT
----
?
==== settings of other spelling
SET NAMES 'UTF8'; SET TIME ZONE 'UTC'; SET ROLE bob; SET SESSION AUTHORIZATION DEFAULT; SET SESSION SESSION AUTHORIZATION 'bob'; SET LOCAL ROLE NONE; SET SCHEMA 'shop'; SET XML OPTION DOCUMENT; SET TRANSACTION READ ONLY; SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY; SET CONSTRAINTS ALL DEFERRED
----
?
==== reset
RESET ALL; RESET role; RESET SESSION AUTHORIZATION; RESET TIME ZONE; RESET app.tenant
----
?
==== names in unicode and with comments between
PREPARE /* a */ U&"d\0061t" AS SELECT 1; EXECUTE U&"d!0061t" UESCAPE '!'
----
?
==== what does not lead a statement does not touch
SELECT prepare, execute FROM listen WHERE set = 1; INSERT INTO t SELECT 'PREPARE x'; UPDATE t SET a = 1
----
?
