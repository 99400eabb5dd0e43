//! Entries about sessions: opened, closed, refused.

use super::FIRST_VERSION;
use crate::draft::{Draft, Encode, Mark, TooLarge};
use crate::part::{Part, Parts};
use model::{Environment, Name, PrincipalKind, SessionId, Sqlstate, Timestamp};

/// What is known of a session's TLS.
#[derive(Clone, Copy, Debug)]
pub struct Tls<'a> {
    /// Such as `TLSv1.3`.
    pub version: &'a str,
    /// Such as `TLS13_AES_256_GCM_SHA384`.
    pub cipher: &'a str,
}

/// `session.opened`: a principal was identified and reached a target.
#[derive(Clone, Copy, Debug)]
pub struct SessionOpened<'a> {
    /// When.
    pub at: Timestamp,
    /// The session.
    pub session: SessionId,
    /// Who, verified.
    pub principal: &'a str,
    /// What kind of principal.
    pub principal_kind: PrincipalKind,
    /// The groups of the principal.
    pub groups: &'a [Name],
    /// The human that an agent acts for.
    pub on_behalf_of: Option<&'a str>,
    /// Which credential was used: `scram` or the token's id, never a secret.
    pub credential: &'a str,
    /// How: `scram-sha-256`, `scram-sha-256-plus` or `token`.
    pub method: &'a str,
    /// The target.
    pub target: &'a str,
    /// Where the target lives.
    pub environment: Environment,
    /// The database name at the upstream server.
    pub database: &'a str,
    /// The client's address, such as `192.0.2.7:49152`, or `unix`.
    pub address: &'a str,
    /// TLS towards the client, if any.
    pub tls: Option<Tls<'a>>,
    /// The listener's name.
    pub listener: &'a str,
    /// The hash of the configuration in force.
    pub config: &'a str,
    /// What the client says about itself.
    pub asserted: Option<Part<'a>>,
}

/// `session.closed`: the end of a session that was opened.
#[derive(Clone, Copy, Debug)]
pub struct SessionClosed<'a> {
    /// When.
    pub at: Timestamp,
    /// The session.
    pub session: SessionId,
    /// Who.
    pub principal: &'a str,
    /// The target.
    pub target: &'a str,
    /// Why it ended: one word or two, such as `terminate` or `idle`.
    pub reason: &'a str,
    /// How many statements it had.
    pub statements: u64,
    /// Bytes from the client.
    pub bytes_in: u64,
    /// Bytes to the client.
    pub bytes_out: u64,
    /// How long it lived, in microseconds.
    pub duration_us: u64,
}

/// `session.refused`: connections that did not become sessions. Repeats within a window are one entry.
#[derive(Clone, Copy, Debug)]
pub struct SessionRefused<'a> {
    /// When the entry was made; the window ends here.
    pub at: Timestamp,
    /// The client's address.
    pub address: &'a str,
    /// Who the client claimed to be. Not verified; cut to [`crate::CLAIM_BYTES_MAX`].
    pub principal: Option<&'a str>,
    /// The target that it asked for, as claimed.
    pub target: Option<&'a str>,
    /// The code that the client got.
    pub code: Sqlstate,
    /// Why, for the reader of the ledger.
    pub reason: &'a str,
    /// How many such connections the entry stands for, at least 1.
    pub count: u64,
    /// The length of the window, in microseconds; 0 for a single one.
    pub window_us: u64,
}

impl Encode for SessionOpened<'_> {
    fn opening(&self) -> bool {
        true
    }

    fn encode(&self, draft: &mut Draft) -> Result<(), TooLarge> {
        let parts = Parts { asserted: self.asserted, ..Parts::default() };
        draft.write(Mark::Plain, &parts, |leaf| {
            leaf.text("address", self.address);
            leaf.number("at", self.at.0);
            leaf.text("config", self.config);
            leaf.text("credential", self.credential);
            leaf.claim("database", self.database);
            leaf.text("environment", self.environment.as_str());
            if !self.groups.is_empty() {
                // A type of the model's own: the list is written as it is, names are short and checked.
                let groups: Vec<&str> = self.groups.iter().map(Name::as_str).collect();
                leaf.list("groups", &groups);
            }
            leaf.text("kind", "session.opened");
            leaf.text("listener", self.listener);
            leaf.text("method", self.method);
            leaf.text_if("on_behalf_of", self.on_behalf_of);
            parts.write(leaf);
            leaf.text("principal", self.principal);
            leaf.text("principal_kind", self.principal_kind.as_str());
            leaf.hex("session", &self.session.0.to_be_bytes());
            leaf.text("target", self.target);
            if let Some(tls) = self.tls {
                leaf.object("tls", |object| {
                    object.text("cipher", tls.cipher);
                    object.text("version", tls.version);
                });
            }
            leaf.number("v", FIRST_VERSION);
        })
    }
}

impl Encode for SessionClosed<'_> {
    fn encode(&self, draft: &mut Draft) -> Result<(), TooLarge> {
        draft.write(Mark::Plain, &Parts::default(), |leaf| {
            leaf.number("at", self.at.0);
            leaf.number("bytes_in", self.bytes_in);
            leaf.number("bytes_out", self.bytes_out);
            leaf.number("duration_us", self.duration_us);
            leaf.text("kind", "session.closed");
            leaf.text("principal", self.principal);
            leaf.claim("reason", self.reason);
            leaf.hex("session", &self.session.0.to_be_bytes());
            leaf.number("statements", self.statements);
            leaf.text("target", self.target);
            leaf.number("v", FIRST_VERSION);
        })
    }
}

impl Encode for SessionRefused<'_> {
    fn encode(&self, draft: &mut Draft) -> Result<(), TooLarge> {
        draft.write(Mark::Plain, &Parts::default(), |leaf| {
            leaf.text("address", self.address);
            leaf.number("at", self.at.0);
            leaf.text("code", self.code.as_str());
            leaf.number("count", self.count);
            leaf.text("kind", "session.refused");
            if let Some(principal) = self.principal {
                leaf.claim("principal", principal);
            }
            leaf.claim("reason", self.reason);
            if let Some(target) = self.target {
                leaf.claim("target", target);
            }
            leaf.number("v", FIRST_VERSION);
            leaf.number("window_us", self.window_us);
        })
    }
}
