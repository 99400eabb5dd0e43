==== a column compared and set
UPDATE users SET password = 'hunter2', name = 'bob' WHERE api_key = 'abc' AND city = 'Bonn'
----
UPDATE users SET password = '[redacted]', name = 'bob' WHERE api_key = '[redacted]' AND city = 'Bonn'

==== functions between
UPDATE users SET password = encode(digest('hunter2', 'sha256'), 'hex') WHERE name = 'bob' AND lower(secret) IN ('a', 'b') OR x = 'y'
----
UPDATE users SET password = encode(digest('[redacted]', '[redacted]'), '[redacted]') WHERE name = 'bob' AND lower(secret) IN ('[redacted]', '[redacted]') OR x = 'y'

==== columns by position
INSERT INTO users (id, name, password, city) VALUES (1, 'bob', 'hunter2', 'Bonn'), (2, 'eve', 'hunter3', 'Köln') ON CONFLICT (name) DO UPDATE SET city = 'Ulm'
----
INSERT INTO users (id, name, password, city) VALUES (1, 'bob', '[redacted]', 'Bonn'), (2, 'eve', '[redacted]', 'Köln') ON CONFLICT (name) DO UPDATE SET city = 'Ulm'

==== columns by position, in a common table expression
WITH new(name, token) AS (VALUES ('bob', 'hunter2')) SELECT * FROM new WHERE name = 'bob'
----
WITH new(name, token) AS (VALUES ('bob', '[redacted]')) SELECT * FROM new WHERE name = 'bob'

==== columns by position, in an update
UPDATE users SET (name, password) = ('bob', 'hunter2'), (a, passwd) = ROW('x', 'hunter3') WHERE city = 'Bonn'
----
UPDATE users SET (name, password) = ('bob', '[redacted]'), (a, passwd) = ROW('x', '[redacted]') WHERE city = 'Bonn'

==== columns filled by a query
INSERT INTO users (name, password) SELECT 'bob', 'hunter2' WHERE true; SELECT 'kept'
----
INSERT INTO users (name, password) SELECT '[redacted]', '[redacted]' WHERE true; SELECT 'kept'

==== keys of JSON and settings
SELECT json_build_object('user', 'bob', 'password', 'hunter2', 'city', 'Bonn'), set_config('app.api_key', 'abc', false), data->>'token' = 'abc'
----
SELECT json_build_object('user', 'bob', 'password', '[redacted]', 'city', 'Bonn'), set_config('app.api_key', '[redacted]', false), data->>'token' = '[redacted]'

==== JSON text
INSERT INTO hooks (body) VALUES ('{"user": "bob", "password": "hunter2"}'), ('{"user": "bob"}')
----
INSERT INTO hooks (body) VALUES ('[redacted]'), ('{"user": "bob"}')

==== pgcrypto
SELECT pgp_sym_encrypt('data', 'key'), crypt('hunter2', gen_salt('bf')), hmac('d', 'k', 'sha256'), encrypt('d', 'k', 'aes'), length('kept')
----
SELECT pgp_sym_encrypt('[redacted]', '[redacted]'), crypt('[redacted]', gen_salt('[redacted]')), hmac('[redacted]', '[redacted]', '[redacted]'), encrypt('[redacted]', '[redacted]', '[redacted]'), length('kept')

==== numbers of tokens are numbers
UPDATE runs SET token_count = 42, max_tokens = 100 WHERE name = 'run'; CREATE TABLE u (password varchar(20) NOT NULL DEFAULT 'x')
----
UPDATE runs SET token_count = 42, max_tokens = 100 WHERE name = 'run'; CREATE TABLE u (password varchar(20) NOT NULL DEFAULT '[redacted]')

==== a file's name is no value of the table's
COPY tokens TO '/tmp/out.csv'
----
COPY tokens TO '/tmp/out.csv'

==== words that only sound like it
SELECT passenger, compass, 'passenger', primary_key, secretary FROM tickets WHERE note = 'my passport'
----
SELECT passenger, compass, 'passenger', primary_key, secretary FROM tickets WHERE note = 'my passport'

==== settings of the session
SET app.api_token TO 'abc'; SET search_path TO 'shop'
----
SET app.api_token TO '[redacted]'; SET search_path TO 'shop'
