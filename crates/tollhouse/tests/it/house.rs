//! What most tests begin with: a shared server, a database of the test's own, and a gate before it.

use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use rig::certificate::Authority;
use rig::gate::{Gate, Plan, Principal, Target, Token, Upstream};
use rig::postgres::{Server, Settings, Tls, ensure, literal};

use crate::canary;
use crate::client::{Client, Login, trust};
use crate::ledger::Ledger;

/// How long a test waits for what another process does, on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// The password of `alice`.
pub(crate) const ALICE: &str = "alice's pass";
/// The role that the gate logs in as, and its password.
pub(crate) const ROLE: &str = "gate";
pub(crate) const ROLE_PASSWORD: &str = "the gate's own secret";

/// A server that all tests of this program share.
pub(crate) struct Shared {
    pub(crate) server: Server,
    /// The authority of its certificate and of its clients'; `None` when it does not speak TLS.
    pub(crate) authority: Option<Authority>,
}

/// A gate with one target `shop` and a human `alice`, and the database behind it.
pub(crate) struct House {
    pub(crate) gate: Gate,
    pub(crate) database: String,
    pub(crate) shared: &'static Shared,
    pub(crate) token: Token,
    /// What the gate wrote down may have planted values: the test typed them.
    pub(crate) pardoned: AtomicBool,
}

/// The servers: PostgreSQL 15 and 18, as far as the machine can have them.
pub(crate) fn servers() -> &'static [Shared] {
    static SERVERS: OnceLock<Vec<Shared>> = OnceLock::new();
    SERVERS.get_or_init(|| {
        let installs = [15, 18].into_iter().filter_map(|major| {
            ensure(major).inspect_err(|error| eprintln!("skipped: PostgreSQL {major}: {error}")).ok()
        });
        let servers: Vec<Shared> = installs.map(|install| Shared::start(&install)).collect();
        assert!(!servers.is_empty(), "no PostgreSQL server to test with");
        servers
    })
}

/// The one that tests use that need no more than any.
pub(crate) fn server() -> &'static Shared {
    &servers()[0]
}

/// The one that speaks TLS.
pub(crate) fn tls_server() -> Option<&'static Shared> {
    let found = servers().iter().find(|shared| shared.authority.is_some());
    if found.is_none() {
        eprintln!("skipped: no server here speaks TLS");
    }
    found
}

impl Shared {
    fn start(install: &rig::postgres::Install) -> Self {
        let mut settings = Settings::new().hba("host all md5er 127.0.0.1/32 md5");
        let mut authority = None;
        if install.has_server_tls() {
            let own = Authority::new("servers").unwrap();
            let tls = Tls {
                pair: own.server(&["localhost", "127.0.0.1"]).unwrap(),
                client_authority: Some(own.certificate().into()),
            };
            settings = settings.tls(tls).hba("hostssl all certain 127.0.0.1/32 cert");
            authority = Some(own);
        }
        let server = Server::start(install, settings).unwrap();
        let role = format!("CREATE ROLE {ROLE} LOGIN PASSWORD {}", literal(ROLE_PASSWORD));
        server.sql("postgres", &role).unwrap();
        server.sql("postgres", "GRANT pg_signal_backend TO gate").unwrap();
        server.sql("postgres", "CREATE ROLE certain LOGIN; CREATE ROLE stranger NOLOGIN").unwrap();
        server
            .sql("postgres", "SET password_encryption = md5; CREATE ROLE md5er LOGIN PASSWORD 'md5 secret'")
            .unwrap();
        let template = format!("CREATE DATABASE {} IS_TEMPLATE true", canary::TEMPLATE);
        server.sql("postgres", &template).unwrap();
        server.sql(canary::TEMPLATE, canary::ROWS).unwrap();
        let closed = format!("ALTER DATABASE {} ALLOW_CONNECTIONS false", canary::TEMPLATE);
        server.sql("postgres", &closed).unwrap();
        Self { server, authority }
    }

    /// A new database that the gate's role owns, with the planted rows.
    pub(crate) fn database(&self) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let create = format!("CREATE DATABASE {name} OWNER {ROLE} TEMPLATE {}", canary::TEMPLATE);
        self.server.sql("postgres", &create).unwrap();
        name
    }

    /// The target `shop` on this server, over its Unix socket.
    pub(crate) fn target(&self, database: &str) -> Target {
        Target::new("shop", Upstream::socket(&self.server, database, ROLE, ROLE_PASSWORD))
    }
}

/// A plan that lets clients in without TLS, permits everything, and runs the program under test.
pub(crate) fn plan() -> Plan {
    judged().everything()
}

/// The same with the rules that come with the gate and no others.
pub(crate) fn judged() -> Plan {
    Plan::new().plaintext().binary(env!("CARGO_BIN_EXE_tollhouse"))
}

impl House {
    /// With a gate that somebody started, before a database of a server.
    pub(crate) fn of(gate: Gate, database: String, shared: &'static Shared, token: Token) -> Self {
        Self { gate, database, shared, token, pardoned: AtomicBool::new(false) }
    }

    /// Behind any server, everything at its default but plaintext.
    pub(crate) fn new() -> Self {
        Self::on(server())
    }

    /// One for each server.
    pub(crate) fn each() -> impl Iterator<Item = Self> {
        servers().iter().map(Self::on)
    }

    /// Behind this server.
    pub(crate) fn on(shared: &'static Shared) -> Self {
        Self::with(shared, |plan| plan)
    }

    /// The same with a plan that is changed first.
    pub(crate) fn planned(change: impl FnOnce(Plan) -> Plan) -> Self {
        Self::with(server(), change)
    }

    /// Behind this server, with a plan that is changed first.
    pub(crate) fn with(shared: &'static Shared, change: impl FnOnce(Plan) -> Plan) -> Self {
        Self::with_target(shared, |target| target, change)
    }

    /// The same, with the target changed too.
    pub(crate) fn with_target(
        shared: &'static Shared,
        target: impl FnOnce(Target) -> Target,
        change: impl FnOnce(Plan) -> Plan,
    ) -> Self {
        let database = shared.database();
        let token = Token::new("k1").unwrap();
        let plan = plan()
            .target(target(shared.target(&database)))
            .principal(Principal::human("alice", "shop").password(ALICE).set("groups", vec!["engineering"]))
            .principal(Principal::agent("bot", "shop", "alice").token(&token));
        let gate = Gate::start(change(plan)).unwrap();
        Self::of(gate, database, shared, token)
    }

    /// Where clients connect.
    pub(crate) fn address(&self) -> (&'static str, u16) {
        ("127.0.0.1", self.gate.port())
    }

    /// How alice logs in.
    pub(crate) fn alice(&self) -> Login {
        Login::new("alice", ALICE, "shop")
    }

    /// How the agent logs in, inside of TLS.
    pub(crate) fn bot(&self) -> Login {
        Login::new("bot", &self.token.secret, "shop")
    }

    /// A connection without TLS and without a log-in.
    pub(crate) fn knock(&self) -> Client {
        Client::tcp(self.address())
    }

    /// A connection with TLS and without a log-in.
    pub(crate) fn knock_tls(&self) -> Client {
        Client::tls(self.address(), trust(self.gate.authority(), &["postgresql"]))
    }

    /// Alice's session without TLS.
    pub(crate) fn session(&self) -> Client {
        self.log_in(&self.alice())
    }

    /// Anybody's session without TLS.
    pub(crate) fn log_in(&self, login: &Login) -> Client {
        self.knock().log_in(login).unwrap_or_else(|report| panic!("{report:?}\n{}", self.gate.log()))
    }

    /// The agent's session.
    pub(crate) fn bot_session(&self) -> Client {
        self.knock_tls()
            .log_in(&self.bot())
            .unwrap_or_else(|report| panic!("{report:?}\n{}", self.gate.log()))
    }

    /// SQL past the gate, as the superuser.
    pub(crate) fn sql(&self, text: &str) -> Vec<rig::postgres::Row> {
        self.shared.server.sql(&self.database, text).unwrap()
    }

    /// One value past the gate.
    pub(crate) fn value(&self, text: &str) -> String {
        self.shared.server.value(&self.database, text).unwrap()
    }

    /// What the gate recorded.
    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::at(&self.gate.ledger())
    }

    /// One of the gate's metrics.
    pub(crate) fn metric(&self, name: &str) -> u64 {
        metric(&self.gate, name)
    }

    /// Sessions at the server that came through the gate.
    pub(crate) fn upstream_sessions(&self) -> String {
        self.value(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = 'gate' AND datname = current_database()",
        )
    }

    /// Waits until the server has no session of this gate's.
    pub(crate) fn wait_for_no_upstream(&self) {
        until("the upstream sessions to end", || self.upstream_sessions() == "0");
    }

    /// The gate neither panicked nor found a bug in itself, and serves others.
    pub(crate) fn is_well(&self) {
        let log = self.gate.log();
        for word in ["panicked", "this is a bug"] {
            assert!(!log.contains(word), "{log}");
        }
        assert_eq!(self.session().line("SELECT 'well'"), "T D(well) C(SELECT 1) Z(I)");
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if !self.pardoned.load(Ordering::Relaxed) && !std::thread::panicking() {
            let found = canary::written(self);
            assert!(found.is_empty(), "the gate wrote down what it read of columns: {found:?}");
        }
    }
}

/// One of a gate's metrics, by the beginning of its line: `tollhouse_sessions` or with its label.
pub(crate) fn metric(gate: &Gate, name: &str) -> u64 {
    let text = gate.metrics().unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.map_or(0, |value| value.trim().parse().expect("a whole number"))
}

/// Waits until something holds.
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    rig::wait::until(what, PATIENCE, || Ok(holds().then_some(()))).unwrap();
}

/// All bytes of all files below a folder.
pub(crate) fn bytes_below(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // A file may be sealed and removed between the two looks.
        bytes.extend(if path.is_dir() {
            bytes_below(&path)
        } else {
            std::fs::read(&path).unwrap_or_default()
        });
    }
    bytes
}

/// Whether `bytes` hold `wanted`.
pub(crate) fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
