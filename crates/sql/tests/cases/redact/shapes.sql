==== an AWS key and its secret
COPY t FROM 's3://x' CREDENTIALS 'aws_access_key_id=AKIAIOSFODNN7EXAMPLE'; SELECT 'AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'kept'
----
COPY t FROM 's3://x' CREDENTIALS '[redacted]'; SELECT '[redacted]', '[redacted]', 'kept'

==== a JSON web token
SELECT verify('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl'), eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl
----
SELECT verify('[redacted]'), '[redacted]'

==== a token of ours, quoted and bare
SELECT 'tollhouse_k3v9_4bJx0123456789abcdefgh'; tollhouse_k3v9_4bJx0123456789abcdefgh
----
SELECT '[redacted]'; '[redacted]'

==== a table of ours is no token
SELECT 'tollhouse_ledger_entries_of_yesterday' FROM tollhouse_ledger_entries_of_yesterday
----
SELECT 'tollhouse_ledger_entries_of_yesterday' FROM tollhouse_ledger_entries_of_yesterday

==== a bearer token
SELECT http_get('https://api.example.com', 'Authorization: Bearer abcdef123456'), 'the bearer of bad news'
----
SELECT http_get('https://api.example.com', '[redacted]'), 'the bearer of bad news'

==== a private key
INSERT INTO keys VALUES ('-----BEGIN RSA PRIVATE KEY-----
MIIEpAIBAAKCAQEA
-----END RSA PRIVATE KEY-----', 'kept')
----
INSERT INTO keys VALUES ('[redacted]', 'kept')

==== a private key without quotes
SELECT
-----BEGIN PRIVATE KEY-----
MIIEpAIBAAKCAQEA
-----END PRIVATE KEY-----
FROM t
----
SELECT
'[redacted]'
FROM t

==== an address without quotes
connect to postgres://gate:hunter2@far/shop please
----
connect to postgres://'[redacted]'@far/shop please

==== comments
SELECT 1 -- the password is: hunter2
, 2 /* api_key = abc */, 3 /* ALTER ROLE bob PASSWORD 'hunter2' */, 4 -- reset the password soon
/* SELECT pgp_sym_encrypt(d, 'key') */
----
SELECT 1 --[redacted]
, 2 /*[redacted]*/, 3 /*[redacted]*/, 4 -- reset the password soon
/*[redacted]*/

==== a comment that nobody closed
SELECT 1 /* password: hunter2
----
SELECT 1 '[redacted]'

==== a quote that nobody closed
SELECT 'kept', E'secret: \
----
SELECT 'kept', '[redacted]'

==== nothing of a secret in an unclosed text
SELECT 'it''s
----
SELECT 'it''s
