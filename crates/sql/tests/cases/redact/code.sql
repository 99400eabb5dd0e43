==== a DO block
DO $$ BEGIN EXECUTE 'ALTER ROLE bob PASSWORD ''hunter2'''; PERFORM set_config('a.city', 'Bonn', true); END $$
----
DO $$ BEGIN EXECUTE '[redacted]'; PERFORM set_config('a.city', 'Bonn', true); END $$

==== a DO block, put together
DO $body$ DECLARE p text := 'kept'; BEGIN EXECUTE 'ALTER ROLE bob PASSWORD ' || quote_literal('hunter2'); RAISE NOTICE 'done'; END $body$
----
DO $body$ DECLARE p text := 'kept'; BEGIN EXECUTE 'ALTER ROLE bob PASSWORD ' || quote_literal('[redacted]'); RAISE NOTICE 'done'; END $body$

==== a DO block with a format
DO $$ BEGIN EXECUTE format('ALTER ROLE %I PASSWORD %L', 'bob', 'hunter2'); END $$; SELECT 'kept'
----
DO $$ BEGIN EXECUTE format('ALTER ROLE %I PASSWORD %L', '[redacted]', '[redacted]'); END $$; SELECT 'kept'

==== a function in a function
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $a$ BEGIN EXECUTE $b$ ALTER ROLE bob PASSWORD 'hunter2' $b$; PERFORM 'kept'; END $a$
----
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $a$ BEGIN EXECUTE $b$ ALTER ROLE bob PASSWORD '[redacted]' $b$; PERFORM 'kept'; END $a$

==== a variable
DO $$ DECLARE v_password text := 'hunter2'; v_city text := 'Bonn'; BEGIN NULL; END $$
----
DO $$ DECLARE v_password text := '[redacted]'; v_city text := 'Bonn'; BEGIN NULL; END $$

==== a dynamic statement with a parameter
DO $$ BEGIN EXECUTE 'SELECT 1 FROM users WHERE password = $1' USING 'hunter2'; PERFORM 'kept'; END $$
----
DO $$ BEGIN EXECUTE 'SELECT 1 FROM users WHERE password = $1' USING '[redacted]'; PERFORM 'kept'; END $$

==== another language
CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS $$
import os
password = "hunter2"
return 1
$$
----
CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS '[redacted]'

==== a connection string in dollar quotes
SELECT dblink_connect($$host=far password=hunter2$$), $$kept$$
----
SELECT dblink_connect('[redacted]'), $$kept$$

==== a body of SQL
CREATE FUNCTION f() RETURNS text BEGIN ATOMIC SELECT crypt('hunter2', gen_salt('bf')); SELECT 'kept'; END
----
CREATE FUNCTION f() RETURNS text BEGIN ATOMIC SELECT crypt('[redacted]', gen_salt('[redacted]')); SELECT 'kept'; END

==== code that is not whole
DO $$ BEGIN EXECUTE 'ALTER ROLE bob PASSWORD ''hunter2''; END $$; SELECT 'kept'
----
DO '[redacted]'; SELECT 'kept'
