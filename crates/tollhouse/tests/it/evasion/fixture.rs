//! The table that everybody is after, made past the gate, and a gate with its own rules only before it.

use rig::gate::{Gate, Principal, Token};

use crate::client::Client;
use crate::house::{ALICE, House, Shared, judged, servers};

/// Belongs to the gate's role, so that nothing but the gate stands between a text and its effect.
const FIXTURE: &str = "
    SET ROLE gate;
    CREATE TABLE customers (id int PRIMARY KEY, full_name text, email text, ssn text, card text, dob date, salary numeric, notes text, profile jsonb);
    INSERT INTO customers SELECT i, 'Name ' || i, 'u' || i || '@example.com', '900-00-' || lpad(i::text, 4, '0'), '4000' || i,
        date '1980-01-01' + i, 1000 + i, 'note ' || i, '{}' FROM generate_series(1, 200) i;
    UPDATE customers SET ssn = '123-45-6789', email = 'alice@example.com' WHERE id = 1;
    CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers ON DELETE CASCADE, total numeric);
    INSERT INTO orders SELECT i, i, i FROM generate_series(1, 50) i;
    CREATE TABLE actions (id int PRIMARY KEY, action text, note text);
    INSERT INTO actions SELECT i, 'delete', 'DROP TABLE customers' FROM generate_series(1, 5) i;
    CREATE TABLE logs (at date, line text) PARTITION BY RANGE (at);
    CREATE TABLE logs_2025 PARTITION OF logs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
    INSERT INTO logs VALUES ('2025-02-02', 'x');
    CREATE TABLE parent (id int); CREATE TABLE child () INHERITS (parent); INSERT INTO child VALUES (1);
    CREATE VIEW v_customers AS SELECT id, full_name, notes FROM customers;
    CREATE SEQUENCE sq;
    CREATE FUNCTION wipe() RETURNS void LANGUAGE sql AS 'DELETE FROM public.customers';
    CREATE FUNCTION wipe_too() RETURNS int LANGUAGE plpgsql AS 'BEGIN DELETE FROM public.customers; RETURN 1; END';
    CREATE FUNCTION run(command text) RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE command; END';
    CREATE PROCEDURE wipe_all() LANGUAGE sql AS 'DELETE FROM public.customers';
    CREATE FUNCTION joined(text, text) RETURNS text LANGUAGE plpgsql AS 'BEGIN EXECUTE ''DELETE FROM customers''; RETURN $1; END';
    CREATE OPERATOR #% (LEFTARG = text, RIGHTARG = text, FUNCTION = joined);
    CREATE TABLE bait (a text); CREATE RULE wiping AS ON INSERT TO bait DO ALSO DELETE FROM customers;
    ANALYZE;
";

/// Everything that an attempt could have changed, as one value.
const LOOK: &str = "SELECT md5(concat_ws('|',
    (SELECT string_agg(c::text, ',' ORDER BY id) FROM customers c), (SELECT string_agg(o::text, ',' ORDER BY id) FROM orders o),
    (SELECT string_agg(a::text, ',' ORDER BY id) FROM actions a), (SELECT count(*) FROM logs), (SELECT count(*) FROM parent), (SELECT count(*) FROM bait),
    (SELECT last_value FROM sq),
    (SELECT string_agg(concat(relname, relkind, relowner, relacl, relrowsecurity, relnatts, relhastriggers), ',' ORDER BY oid) FROM pg_class
        WHERE relnamespace::regnamespace::text IN ('public', 'hr')),
    (SELECT string_agg(attrelid::text || attname || atttypid || attisdropped, ',' ORDER BY attrelid, attnum) FROM pg_attribute
        WHERE attrelid > 16383 AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)),
    (SELECT string_agg(concat(oid, proname, prosrc, prosecdef, proconfig), ',' ORDER BY oid) FROM pg_proc WHERE oid > 16383 AND pronamespace::regnamespace::text NOT LIKE 'pg_temp%'),
    (SELECT string_agg(nspname, ',' ORDER BY nspname) FROM pg_namespace WHERE nspname NOT LIKE 'pg_%'),
    (SELECT string_agg(s::text, ',' ORDER BY s::text) FROM pg_db_role_setting s WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))),
    (SELECT count(*) FROM pg_largeobject_metadata), (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal),
    (SELECT count(*) FROM pg_rewrite), (SELECT count(*) FROM pg_policy), (SELECT count(*) FROM pg_extension),
    (SELECT count(*) FROM pg_publication), (SELECT count(*) FROM pg_auth_members WHERE roleid::regrole::text NOT LIKE 'role_test_%')))";

/// A gate that judges, before the fixture in production.
pub(crate) struct Guarded {
    pub(crate) house: House,
}

impl Guarded {
    /// One for each server.
    pub(crate) fn each() -> impl Iterator<Item = Self> {
        servers().iter().map(Self::on)
    }

    /// Before this server.
    pub(crate) fn on(shared: &'static Shared) -> Self {
        let database = shared.database();
        shared.server.sql(&database, "GRANT ALL ON SCHEMA public TO gate").unwrap();
        shared.server.sql(&database, FIXTURE).unwrap();
        let token = Token::new("k1").unwrap();
        let plan = judged()
            .target(shared.target(&database).set("environment", "production"))
            .principal(Principal::human("alice", "shop").password(ALICE).set("groups", vec!["engineering"]))
            .principal(Principal::agent("bot", "shop", "alice").token(&token));
        let gate = Gate::start(plan).unwrap();
        Self { house: House::of(gate, database, shared, token) }
    }

    /// The server's major version.
    pub(crate) fn major(&self) -> u32 {
        self.house.shared.server.install().major()
    }

    /// A session of this kind of principal's.
    pub(crate) fn session(&self, who: &str) -> Client {
        if who == "agent" { self.house.bot_session() } else { self.house.session() }
    }

    /// A checksum of all that could have been changed. Roles are the server's: those that other tests make are left out.
    pub(crate) fn look(&self) -> String {
        self.house.value(LOOK)
    }
}
