//! A private server with a role and a database of the matrix, and a gate before it: what `matrix` runs on when it is not
//! told where to connect.

use std::path::Path;

use super::dsn::Dsn;
use crate::Result;
use crate::certificate::Authority;
use crate::error::Context;
use crate::gate::{Gate, Plan, Principal, Target, Upstream};
use crate::postgres::{Server, Settings, Tls, ensure, newest_or_get};

/// The name of the role, the database, the principal and the target alike, so that messages with names in them match.
const NAME: &str = "matrix";
const PASSWORD: &str = "matrix-secret";
/// Two rows that nobody may reach through the gate, in a schema of their own. The clients make and drop the others.
const GUARDED: &str = "create schema refusals; create table refusals.guarded (id int primary key, note text); \
    insert into refusals.guarded values (1, 'a'), (2, 'b'); grant usage on schema refusals to matrix; \
    grant all on refusals.guarded to matrix";
/// It is about statements only: who may not see all columns, if only those of one table, is shown less of every error.
const RULE: &str = "@id(\"matrix/refusals\")\n\
    forbid (principal, action in Action::\"statement\", resource in Schema::\"matrix/refusals\");\n";

/// What a statement names so that it fails when it is read, and with which code: on one side by a rule of the gate, on
/// the other because the server has no such table. Everything else that a client sees must be the same.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refused {
    pub(super) relation: &'static str,
    pub(super) code: &'static str,
}

/// Refused by the gate.
pub(super) const BY_THE_GATE: Refused = Refused { relation: "refusals.guarded", code: "TH001" };
/// Refused by the server.
pub(super) const BY_THE_SERVER: Refused = Refused { relation: "refusals.absent", code: "42P01" };

/// The running pair.
pub(super) struct Stage {
    /// The server itself.
    pub(super) direct: Dsn,
    /// The gate before it.
    pub(super) gate: Dsn,
    // Dropped in this order: the gate before its server.
    running: Gate,
    server: Server,
    _folder: tempfile::TempDir,
}

impl Stage {
    /// Starts both. `major` chooses the server's version; without it, 15 where it can be had, else the newest.
    ///
    /// # Errors
    /// When a server or the gate cannot be had or does not start.
    pub(super) fn start(major: Option<u32>) -> Result<Self> {
        let install = match major {
            Some(major) => ensure(major)?,
            None => ensure(15).or_else(|_| newest_or_get())?,
        };
        let authority = Authority::new("matrix")?;
        let folder = tempfile::tempdir().context(|| "cannot make a folder".into())?;
        let root = folder.path().join("ca.crt");
        std::fs::write(&root, authority.certificate()).context(|| "cannot write a certificate".into())?;
        let mut settings = Settings::new().set("max_connections", "150");
        if install.has_server_tls() {
            settings = settings
                .tls(Tls { pair: authority.server(&["localhost", "127.0.0.1"])?, client_authority: None });
        }
        let server = Server::start(&install, settings)?;
        server.sql("postgres", &format!("create role {NAME} login password '{PASSWORD}'"))?;
        server.sql("postgres", &format!("create database {NAME} owner {NAME}"))?;
        server.sql(NAME, GUARDED)?;
        let upstream = if install.has_server_tls() {
            Upstream::tls(&server, NAME, NAME, PASSWORD, authority.certificate())
        } else {
            Upstream::tcp(&server, NAME, NAME, PASSWORD)
        };
        // What is compared is the wire: rules would refuse what the scripts do, and are no part of it, but for the one
        // that the steps on refusals are about.
        let mut plan = Plan::new()
            .everything()
            .rules("refusals", RULE)
            .target(Target::new(NAME, upstream))
            .principal(Principal::service(NAME, NAME).password(PASSWORD));
        if !install.has_server_tls() {
            // Clients word the end of a session by its transport: both sides have the same one.
            plan = plan.plaintext();
        }
        let gate = Gate::start(plan)?;
        let login = Dsn::parse(&format!("host=127.0.0.1 user={NAME} password={PASSWORD} dbname={NAME}"))?;
        let direct = login.clone().set("port", &server.port().to_string())?;
        let through = login.set("port", &gate.port().to_string())?;
        let (direct, through) = if install.has_server_tls() {
            let verified = |dsn: Dsn, root: &Path| {
                dsn.set("sslmode", "verify-full")?.set("sslrootcert", &root.display().to_string())
            };
            (verified(direct, &root)?, verified(through, gate.authority())?)
        } else {
            (direct.set("sslmode", "disable")?, through.set("sslmode", "disable")?)
        };
        Ok(Self { direct, gate: through, running: gate, server, _folder: folder })
    }

    /// Whether nothing of a refused statement has reached the table that it named.
    ///
    /// # Errors
    /// When the server cannot be asked.
    pub(super) fn is_untouched(&self) -> Result<bool> {
        let content = "select string_agg(id || note, ' ' order by id) from refusals.guarded";
        Ok(self.server.value(NAME, content)? == "1a 2b")
    }

    /// All that the gate logged.
    pub(super) fn gate_log(&self) -> String {
        self.running.log()
    }
}
