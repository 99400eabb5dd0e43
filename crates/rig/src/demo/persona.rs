//! The people, the agent and the service of the demo.

use sha2::{Digest, Sha256};

use super::state::Secrets;
use crate::Result;
use crate::gate::{Principal, Token, verifier};

/// The gate's name for the sample database.
pub(super) const TARGET: &str = "shop";

/// Who comes to the gate.
pub(super) struct Persona {
    /// The principal's name.
    pub(super) name: &'static str,
    /// Who that is, in a few words.
    pub(super) who: &'static str,
    kind: Kind,
}

enum Kind {
    Human { group: &'static str },
    Agent { on_behalf_of: &'static str },
    Service,
}

/// Everyone, in the order of the tour.
pub(super) const ALL: [Persona; 5] = [
    Persona { name: "alice", who: "an engineer", kind: Kind::Human { group: "engineering" } },
    Persona { name: "dana", who: "the DBA", kind: Kind::Human { group: "dba" } },
    Persona { name: "carol", who: "compliance", kind: Kind::Human { group: "compliance" } },
    Persona {
        name: "support-bot",
        who: "an AI agent that acts for alice",
        kind: Kind::Agent { on_behalf_of: "alice" },
    },
    Persona { name: "etl", who: "a nightly pipeline", kind: Kind::Service },
];

impl Persona {
    /// Whether it logs in with a token instead of a password.
    pub(super) fn has_token(&self) -> bool {
        !matches!(self.kind, Kind::Human { .. })
    }

    /// A new secret for it.
    pub(super) fn new_secret(&self) -> Result<String> {
        if self.has_token() { Ok(Token::new("demo")?.secret) } else { crate::gate::random_word() }
    }

    /// Its section of the configuration.
    pub(super) fn principal(&self, secrets: &Secrets) -> Principal {
        let secret = secrets.of(self.name);
        let principal = match self.kind {
            Kind::Human { group } => Principal::human(self.name, TARGET).set("groups", vec![group]),
            Kind::Agent { on_behalf_of } => Principal::agent(self.name, TARGET, on_behalf_of),
            Kind::Service => Principal::service(self.name, TARGET),
        };
        if self.has_token() {
            return principal.token(&Token { id: "demo".into(), secret: secret.into(), expires: None });
        }
        // From the secret, so that the configuration is the same at each start and no change is recorded.
        let salt = Sha256::digest(format!("tollhouse demo {} {secret}", self.name));
        principal.verifier(&verifier(secret, salt.get(..16).unwrap_or_default()))
    }
}
