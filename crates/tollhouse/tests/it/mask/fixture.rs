//! Two worlds, each a database with a gate of its own before it, and who comes to them.

use std::sync::OnceLock;

use rig::canary::{Canaries, Canary};
use rig::gate::{Gate, Principal, Token};

use super::people::World;
use crate::client::{Client, Login};
use crate::house::{ALICE, House, ROLE, ROLE_PASSWORD, Shared, judged};

/// What `carol` may do: everything, and see everything. Nobody else is permitted anything beyond the packs.
const CAROL: &str =
    "@id(\"rig/carol\")\n@lift(\"*\")\npermit (principal == Human::\"carol\", action, resource);\n";
const CAROLS: &str = "carol's pass";

/// Extensions that hold more functions to try, where the server has them.
const EXTENSIONS: [&str; 7] =
    ["pg_trgm", "hstore", "citext", "fuzzystrmatch", "pgcrypto", "intarray", "tablefunc"];

/// A checksum of everything that an attempt could have left behind.
const LOOK: &str = "SELECT md5(concat_ws('|',
    (SELECT string_agg(c::text, ',' ORDER BY id) FROM customers c), (SELECT string_agg(o::text, ',' ORDER BY id) FROM orders o),
    (SELECT string_agg(l::text, ',') FROM l), (SELECT string_agg(l2::text, ',') FROM l2), (SELECT string_agg(n::text, ',' ORDER BY id) FROM narrow n),
    (SELECT string_agg(i::text, ',' ORDER BY ssn) FROM idents i), (SELECT string_agg(v::text, ',' ORDER BY id) FROM visits v),
    (SELECT string_agg(a::text, ',' ORDER BY id) FROM accounts a), (SELECT string_agg(r::text, ',' ORDER BY id) FROM regional r),
    (SELECT last_value || ' ' || is_called FROM sq),
    (SELECT string_agg(concat(relname, relkind), ',' ORDER BY relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
    (SELECT string_agg(proname, ',' ORDER BY oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace),
    (SELECT string_agg(attrelid::regclass || '.' || attname, ',' ORDER BY attrelid, attnum) FROM pg_attribute
        WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)),
    (SELECT count(*) FROM pg_largeobject_metadata), (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal),
    (SELECT count(*) FROM pg_rewrite), (SELECT count(*) FROM pg_description WHERE objoid > 16383)))";

/// A gate before one world.
pub(crate) struct Hidden {
    pub(crate) house: House,
}

/// The same server with both.
pub(crate) struct Worlds {
    pub(crate) real: Hidden,
    pub(crate) other: Hidden,
}

impl Worlds {
    /// On this server. Objects have the same OIDs in both.
    pub(crate) fn on(shared: &'static Shared) -> Self {
        let real = shared.database();
        let sql = |database: &str, text: &str| {
            shared.server.sql(database, text).unwrap();
        };
        sql(&real, "GRANT ALL ON SCHEMA public TO gate");
        for extension in EXTENSIONS {
            if has(shared, &real, extension) {
                sql(&real, &format!("CREATE EXTENSION {extension}"));
            }
        }
        sql(&real, include_str!("fixture.sql"));
        let other = format!("{real}_other");
        sql("postgres", &format!("CREATE DATABASE {other} TEMPLATE {real} OWNER {ROLE}"));
        for (database, world) in [(&real, World::Real), (&other, World::Other)] {
            sql(database, &format!("SET ROLE gate; {}", world.customers()));
            sql(database, include_str!("rows.sql"));
        }
        Self { real: Hidden::before(shared, real), other: Hidden::before(shared, other) }
    }

    /// The server's major version.
    pub(crate) fn major(&self) -> u32 {
        self.real.house.shared.server.install().major()
    }

    /// Whether the server has this extension.
    pub(crate) fn has(&self, extension: &str) -> bool {
        has(self.real.house.shared, &self.real.house.database, extension)
    }
}

fn has(shared: &Shared, database: &str, extension: &str) -> bool {
    let count = format!("SELECT count(*) FROM pg_available_extensions WHERE name = '{extension}'");
    shared.server.value(database, &count).unwrap() == "1"
}

impl Hidden {
    fn before(shared: &'static Shared, database: String) -> Self {
        let token = Token::new("k1").unwrap();
        let plan = judged()
            .target(shared.target(&database).set("environment", "dev"))
            .principal(Principal::human("alice", "shop").password(ALICE).set("groups", vec!["engineering"]))
            .principal(Principal::human("carol", "shop").password(CAROLS))
            .principal(Principal::agent("bot", "shop", "alice").token(&token))
            .rules("carol", CAROL);
        let gate = Gate::start(plan).unwrap();
        Self { house: House::of(gate, database, shared, token) }
    }

    /// A session of this kind of principal's: `human`, `agent`, `carol`, or past the gate.
    pub(crate) fn session(&self, who: &str) -> Client {
        let watched = |mut client: Client| {
            client.ear.also(watched());
            client
        };
        match who {
            "human" => watched(self.house.session()),
            "agent" => watched(self.house.bot_session()),
            "carol" => self.house.log_in(&Login::new("carol", CAROLS, "shop")).pardoned(),
            _ => {
                let server = &self.house.shared.server;
                let login = Login::new(ROLE, ROLE_PASSWORD, &self.house.database);
                Client::tcp((server.host(), server.port())).log_in(&login).unwrap().pardoned()
            }
        }
    }

    /// What attempts could have left behind.
    pub(crate) fn look(&self) -> String {
        self.house.value(LOOK)
    }
}

/// The same, for whole sessions. Without the first: some harmless twins count, and so do its digits.
fn watched() -> &'static Canaries {
    static WATCHED: OnceLock<Canaries> = OnceLock::new();
    WATCHED.get_or_init(|| Canaries::of(all().split_off(1)))
}

/// What nobody but `carol` may be told.
pub(crate) fn canaries() -> Canaries {
    Canaries::of(all())
}

fn all() -> Vec<Canary> {
    vec![
        Canary::text("ssn", "123-45-6789"),
        Canary::text("second ssn", "536-90-4399"),
        Canary::text("email", "alice@example.com"),
        Canary::text("card", &World::Real.card(1)),
        Canary::text("name", "Alice Quistgaard"),
        Canary::text("address in notes", "quist.private@example.net"),
        Canary::text("address in json", "alice.json@example.org"),
        Canary::date("dob", (1987, 3, 14)),
        Canary::amount("salary", 8_765_437),
    ]
}
