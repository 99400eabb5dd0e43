==== a user mapping keeps its user only
CREATE USER MAPPING FOR alice SERVER far OPTIONS (user 'alice', password 'hunter2', passcode 'x', "sslpassword" 'y')
----
CREATE USER MAPPING FOR alice SERVER far OPTIONS (user 'alice', password '[redacted]', passcode '[redacted]', "sslpassword" '[redacted]')

==== a user mapping altered
ALTER USER MAPPING FOR PUBLIC SERVER far OPTIONS (SET password 'hunter2', ADD user 'bob', DROP other)
----
ALTER USER MAPPING FOR PUBLIC SERVER far OPTIONS (SET password '[redacted]', ADD user 'bob', DROP other)

==== a server keeps what is known to be plain
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db.internal', port '5432', dbname 'shop', apikey 'x', mystery 'y')
----
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db.internal', port '5432', dbname 'shop', apikey '[redacted]', mystery '[redacted]')

==== a wrapper and a foreign table
CREATE FOREIGN DATA WRAPPER w OPTIONS (credentials '{"a": "b"}'); CREATE FOREIGN TABLE t (a int OPTIONS (column_name 'b')) SERVER far OPTIONS (table_name 't', s3_thing 'x')
----
CREATE FOREIGN DATA WRAPPER w OPTIONS (credentials '[redacted]'); CREATE FOREIGN TABLE t (a int OPTIONS (column_name 'b')) SERVER far OPTIONS (table_name 't', s3_thing '[redacted]')

==== a subscription's connection
CREATE SUBSCRIPTION s CONNECTION 'host=far user=rep' PUBLICATION p WITH (slot_name = 'kept')
----
CREATE SUBSCRIPTION s CONNECTION '[redacted]' PUBLICATION p WITH (slot_name = 'kept')

==== a subscription altered, the connection behind a comment
ALTER SUBSCRIPTION s CONNECTION /* moved */ 'service=far'
----
ALTER SUBSCRIPTION s CONNECTION /* moved */ '[redacted]'

==== dblink
SELECT * FROM dblink('host=far dbname=shop user=gate password=hunter2', 'SELECT id FROM orders') AS t(id int)
----
SELECT * FROM dblink('[redacted]', 'SELECT id FROM orders') AS t(id int)

==== dblink without a secret
SELECT * FROM dblink('far_server', 'SELECT id FROM orders WHERE state = ''new''') AS t(id int)
----
SELECT * FROM dblink('far_server', 'SELECT id FROM orders WHERE state = ''new''') AS t(id int)

==== addresses
SELECT dblink_connect('c', 'postgresql://gate:hunter2@far/shop?sslmode=require'), 'https://example.com/a@b', 'see http://example.com:8080/'
----
SELECT dblink_connect('c', '[redacted]'), 'https://example.com/a@b', 'see http://example.com:8080/'

==== a setting with a connection string
ALTER SYSTEM SET primary_conninfo = 'host=far password=hunter2'
----
ALTER SYSTEM SET primary_conninfo = '[redacted]'
