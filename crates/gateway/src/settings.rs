//! What the gate is told to do: configuration after every check, ready to be used. Holds no file paths and no
//! raw text; whoever reads files elevates them into these types. A value of [`Settings`] is a promise that all
//! names resolve, all certificates load and no secret has a way out through `Debug` or a serializer.

use std::collections::HashMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use mask::cover::Mask;
use model::{Class, Durability, Environment, Name, ParameterRecord, Principal, Timestamp};

/// The whole checked configuration.
#[derive(Debug)]
pub struct Settings {
    /// SHA-256 of the configuration file's bytes: which configuration an entry was made under.
    pub hash: [u8; 32],
    /// Where clients come in. At least one.
    pub listeners: Vec<Arc<Listener>>,
    /// Where `/metrics`, `/healthz` and `/readyz` are served.
    pub admin: Option<SocketAddr>,
    /// The databases behind the gate, by name.
    pub targets: HashMap<Name, Arc<Target>>,
    /// Who may come in, by name.
    pub accounts: HashMap<Name, Arc<Account>>,
    /// How parameter values are recorded.
    pub parameters: ParameterRecord,
    /// Classes that are masked in another way than by default.
    pub masks: HashMap<Class, Mask>,
    /// Named limits.
    pub limits: Limits,
    /// What everything is judged by. Rules that do not check are here as a set that refuses everything.
    pub rules: Arc<policy::Rules>,
    /// The files that the rules were made of, packs first.
    pub policy_sources: Vec<policy::Source>,
}

/// One place where clients come in.
#[derive(Debug)]
pub struct Listener {
    /// Its name in logs and ledger.
    pub name: Name,
    /// Its address.
    pub address: ListenAddress,
    /// The server's side of TLS; `None` when the listener has no certificate.
    pub tls: Option<ListenerTls>,
    /// Whether a client may come without TLS. Tokens are refused there all the same.
    pub plaintext: bool,
}

/// A listener's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenAddress {
    /// IPv4 or IPv6.
    Tcp(SocketAddr),
    /// A Unix socket's path.
    Unix(PathBuf),
}

/// The server's side of TLS towards clients.
pub struct ListenerTls {
    /// TLS 1.2 and later; ALPN `postgresql`.
    pub config: Arc<rustls::ServerConfig>,
    /// The digest of the certificate for SCRAM's channel binding (RFC 5929, tls-server-end-point); `None`
    /// when the certificate's algorithm defines none, so that SCRAM-SHA-256-PLUS is not offered.
    pub channel_binding: Option<Vec<u8>>,
}

/// One database behind the gate.
#[derive(Debug)]
pub struct Target {
    /// Its name.
    pub name: Name,
    /// Where it lives.
    pub environment: Environment,
    /// When its decision entries must be on disk.
    pub durability: Durability,
    /// Whether the upstream's `application_name` is always principal and session id.
    pub application_name_forced: bool,
    /// Whether what is labelled is masked there.
    pub masks: bool,
    /// Start-up options that clients may set beside the built-in ones; `*` as the only one allows all but those
    /// that would make gate and server read a text differently.
    pub startup_options: Vec<String>,
    /// What people said of single columns.
    pub corrections: Vec<Correction>,
    /// How to reach it.
    pub upstream: Upstream,
}

/// What somebody said that a column holds. It is kept by numbers, so that it outlives renames.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The database; `None`: the target's own.
    pub database: Option<String>,
    /// `pg_class.oid` of its table.
    pub relation: u32,
    /// `pg_attribute.attnum`.
    pub column: i16,
    /// Its name when that was said, for people.
    pub name: String,
    /// What it holds; `None`: nothing sensitive.
    pub class: Option<Class>,
    /// Why.
    pub reason: String,
}

/// How to reach a database.
#[derive(Debug)]
pub struct Upstream {
    /// The servers, tried in order. At least one.
    pub hosts: Vec<Host>,
    /// The database's name there.
    pub database: String,
    /// The role that the gate logs in as.
    pub user: String,
    /// The role's password.
    pub password: Option<Secret>,
    /// TLS towards the server; `None` = never.
    pub tls: Option<UpstreamTls>,
    /// Which server of several will do.
    pub session_attrs: SessionAttrs,
    /// How long one connection attempt may take.
    pub connect_timeout: Duration,
}

/// One server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Host {
    /// Host name or address, and port.
    Tcp {
        /// DNS name or IP address.
        host: String,
        /// TCP port.
        port: u16,
    },
    /// The full path of the server's Unix socket.
    Unix(PathBuf),
}

/// TLS towards a server.
pub struct UpstreamTls {
    /// Roots, verification mode and client certificate are inside.
    pub config: Arc<rustls::ClientConfig>,
}

/// libpq's `target_session_attrs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionAttrs {
    /// Any server that answers.
    Any,
    /// Accepts writes: not in recovery and not read-only by default.
    ReadWrite,
    /// Does not accept writes.
    ReadOnly,
    /// Not in recovery.
    Primary,
    /// In recovery.
    Standby,
    /// In recovery if there is one, else any.
    PreferStandby,
}

/// A principal with its credentials and reach.
#[derive(Debug)]
pub struct Account {
    /// Who it is.
    pub principal: Arc<Principal>,
    /// The targets that it may reach.
    pub targets: Vec<Name>,
    /// Its password's verifier.
    pub scram: Option<wire::auth::scram::Verifier>,
    /// Its tokens.
    pub tokens: Vec<Token>,
}

/// A token's verifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The part of the token that is no secret.
    pub id: Name,
    /// SHA-256 of the whole token.
    pub hash: [u8; 32],
    /// From when on it is worth nothing.
    pub expires: Option<Timestamp>,
}

/// Named limits, each with its reason. A limit refuses; it never skips a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Sessions at once. Each needs two file descriptors.
    pub sessions_max: usize,
    /// Sessions of one principal at once, so that one runaway pool cannot shut out the rest.
    pub sessions_per_principal_max: usize,
    /// Connections that have not logged in yet, per source address: slowloris.
    pub logins_per_address_max: usize,
    /// How long start-up and log-in may take, without the time to reach the server.
    pub login_timeout: Duration,
    /// How long a session may idle outside of a statement; `None` = for ever.
    pub idle_timeout: Option<Duration>,
    /// The longest statement text, in bytes. The text is held whole, since what is judged and recorded must be
    /// exactly what runs; everything else streams.
    pub statement_bytes_max: usize,
    /// Parsed statements and open portals that one session may keep, so that the gate's memory stays bounded.
    pub prepared_max: usize,
    /// Messages sent to the server whose answers are still to come: the deepest pipeline.
    pub pipeline_max: usize,
    /// How long sessions may go on after SIGTERM before they are ended.
    pub drain_timeout: Duration,
}

/// A secret: no `Display`, no serializer, wiped when dropped.
pub struct Secret(zeroize::Zeroizing<String>);

impl Default for Limits {
    fn default() -> Self {
        Self {
            sessions_max: 5_000,
            sessions_per_principal_max: 1_000,
            logins_per_address_max: 200,
            login_timeout: Duration::from_secs(10),
            idle_timeout: None,
            statement_bytes_max: 16 << 20,
            prepared_max: 10_000,
            pipeline_max: 100_000,
            drain_timeout: Duration::from_secs(30),
        }
    }
}

impl Secret {
    /// Takes the text.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(zeroize::Zeroizing::new(text))
    }

    /// Shows the text to whoever must send it. Never log what this returns.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl fmt::Debug for ListenerTls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListenerTls")
            .field("channel_binding", &self.channel_binding.is_some())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for UpstreamTls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpstreamTls").finish_non_exhaustive()
    }
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix(path) => path.display().fmt(f),
        }
    }
}
