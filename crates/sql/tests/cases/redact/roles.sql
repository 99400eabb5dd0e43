==== a role's password
CREATE ROLE bob LOGIN PASSWORD 'hunter2' VALID UNTIL '2030-01-01'
----
CREATE ROLE bob LOGIN PASSWORD '[redacted]' VALID UNTIL '2030-01-01'

==== encrypted, in any case, with a comment between
alter user "Bob" with encrypted Password /* new */ 'hunter2' connection limit 5
----
alter user "Bob" with encrypted Password /* new */ '[redacted]' connection limit 5

==== a verifier, as psql's \password sends it
ALTER USER bob PASSWORD 'SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy'
----
ALTER USER bob PASSWORD '[redacted]'

==== no password
ALTER ROLE bob PASSWORD NULL VALID UNTIL 'infinity'
----
ALTER ROLE bob PASSWORD NULL VALID UNTIL 'infinity'

==== escape strings and unicode strings
ALTER ROLE bob PASSWORD E'hun\'ter2'; ALTER ROLE bob PASSWORD U&'hunt\0065r2'; CREATE GROUP g PASSWORD N'x'
----
ALTER ROLE bob PASSWORD '[redacted]'; ALTER ROLE bob PASSWORD '[redacted]'; CREATE GROUP g PASSWORD '[redacted]'

==== dollar quotes
ALTER ROLE bob PASSWORD $$hunter2$$; ALTER ROLE bob PASSWORD $x$hun$$ter2$x$
----
ALTER ROLE bob PASSWORD '[redacted]'; ALTER ROLE bob PASSWORD '[redacted]'

==== a continued string
ALTER ROLE bob PASSWORD 'hun'
  -- on the next line
  'ter2' LOGIN
----
ALTER ROLE bob PASSWORD '[redacted]' LOGIN

==== forgotten quotes
ALTER ROLE bob PASSWORD hunter2 VALID UNTIL 'infinity'; ALTER ROLE bob PASSWORD "hunter2"; ALTER ROLE bob PASSWORD 12345
----
ALTER ROLE bob PASSWORD '[redacted]' VALID UNTIL 'infinity'; ALTER ROLE bob PASSWORD '[redacted]'; ALTER ROLE bob PASSWORD '[redacted]'

==== a parameter is no secret
ALTER ROLE bob PASSWORD $1 VALID UNTIL $2
----
ALTER ROLE bob PASSWORD $1 VALID UNTIL $2

==== an unterminated password
ALTER ROLE bob PASSWORD 'hunter2
----
ALTER ROLE bob PASSWORD '[redacted]'

==== a quote inside of the password
ALTER ROLE bob PASSWORD 'it's mine' LOGIN
----
ALTER ROLE bob PASSWORD '[redacted]'

==== two quotes inside of the password
ALTER ROLE bob PASSWORD 'it's mi'ne'
----
ALTER ROLE bob PASSWORD '[redacted]'

==== two statements in one text
SELECT 'kept'; ALTER ROLE bob PASSWORD 'hunter2'; SELECT 'kept too'
----
SELECT 'kept'; ALTER ROLE bob PASSWORD '[redacted]'; SELECT 'kept too'

==== how passwords are hashed is no secret
SET password_encryption = 'scram-sha-256'; ALTER ROLE bob SET password_encryption TO 'md5'
----
SET password_encryption = 'scram-sha-256'; ALTER ROLE bob SET password_encryption TO 'md5'

==== a quote before it all that opened nothing, and a password that looks like a comment
SELECT 'it's; ALTER ROLE bob PASSWORD '--hunter2'
----
SELECT 'it's; ALTER ROLE bob PASSWORD '[redacted]'

==== the same with an escape string, a password that looks like an operator, and quotes that come out even
SELECT E'; ALTER ROLE bob PASSWORD '-hunter2'; SELECT 'x''
----
SELECT '[redacted]'
