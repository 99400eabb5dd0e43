//! Reading leaves back, field by field. A field that is not known here is an error, since versions are closed:
//! what comes later has another version. What earlier versions wrote is read as ever.

use crate::body::Malformed;
use crate::draft::Mark;
use crate::entry::{FIRST_VERSION, VERSION};
use crate::json;
use crate::part::PartName;
use model::{Commitment, SessionId, StatementId};
use serde::{Deserialize, Serialize};

/// An entry as its leaf says it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "kind")]
#[expect(missing_docs, reason = "kinds and fields are those of `entry` and of the reference, word for word")]
pub enum Leaf {
    #[serde(rename = "session.opened")]
    SessionOpened(SessionOpened),
    #[serde(rename = "session.closed")]
    SessionClosed(SessionClosed),
    #[serde(rename = "session.refused")]
    SessionRefused(SessionRefused),
    #[serde(rename = "statement.decision")]
    Decision(Decision),
    #[serde(rename = "statement.outcome")]
    Outcome(Outcome),
    #[serde(rename = "config.changed")]
    ConfigChanged(ConfigChanged),
    #[serde(rename = "policy.loaded")]
    PolicyLoaded(PolicyLoaded),
    #[serde(rename = "policy.refused")]
    PolicyRefused(PolicyRefused),
    #[serde(rename = "principal.changed")]
    PrincipalChanged(PrincipalChanged),
    #[serde(rename = "token.changed")]
    TokenChanged(TokenChanged),
    #[serde(rename = "ledger.opened")]
    LedgerOpened(LedgerOpened),
    #[serde(rename = "ledger.recovered")]
    LedgerRecovered(LedgerRecovered),
}

/// The reference to a part in a leaf.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PartRef {
    /// How many bytes the part has.
    pub bytes: u64,
    /// The commitment, 64 hexadecimal digits.
    pub commitment: String,
    /// Whether the bytes are stored with an earlier entry.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub known: bool,
}

/// The parts that a leaf refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PartRefs {
    /// What the client asserts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asserted: Option<PartRef>,
    /// The parameters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<PartRef>,
    /// The text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<PartRef>,
}

/// TLS as a leaf says it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "fields are those of `entry::Tls`")]
pub struct Tls {
    pub cipher: String,
    pub version: String,
}

/// Declares the structs of leaves: fields in the order of their keys, optional ones left out when absent.
macro_rules! leaves {
    ($($(#[$doc:meta])* $name:ident { $($field:ident : $type:ty,)* ? { $($maybe:ident : $of:ty,)* } })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
        #[serde(deny_unknown_fields)]
        #[expect(missing_docs, reason = "fields are those of `entry`, word for word")]
        pub struct $name {
            pub v: u64,
            pub at: u64,
            $(pub $field: $type,)*
            $(#[serde(default, skip_serializing_if = "Option::is_none")] pub $maybe: Option<$of>,)*
        }
    )*};
}

leaves! {
    /// `session.opened`.
    SessionOpened {
        address: String, config: String, credential: String, database: String, environment: String,
        listener: String, method: String, principal: String, principal_kind: String, session: String, target: String,
        ? { groups: Vec<String>, on_behalf_of: String, parts: PartRefs, tls: Tls, }
    }
    /// `session.closed`.
    SessionClosed {
        bytes_in: u64, bytes_out: u64, duration_us: u64, principal: String, reason: String, session: String,
        statements: u64, target: String,
        ? {}
    }
    /// `session.refused`.
    SessionRefused {
        address: String, code: String, count: u64, reason: String, window_us: u64,
        ? { principal: String, target: String, }
    }
    /// `statement.decision`.
    Decision {
        action: String, number: u64, principal: String, session: String, target: String, verdict: String,
        ? {
            facts: Vec<String>, fingerprint: String, on_behalf_of: String, parts: PartRefs, policy: String,
            policy_version: u64, prepared: u64, rules: Vec<String>, shadow: Vec<String>,
        }
    }
    /// `statement.outcome`.
    Outcome {
        bytes: u64, bytes_in: u64, commands: u64, duration_us: u64, number: u64, principal: String, result: String,
        rows: u64, session: String, target: String,
        ? { masked: Vec<String>, sqlstate: String, tags: Vec<String>, }
    }
    /// `config.changed`.
    ConfigChanged { by: String, hash: String, ? { before: String, changes: Vec<String>, } }
    /// `policy.loaded`.
    PolicyLoaded { by: String, policy: String, policy_version: u64, ? { files: Vec<String>, } }
    /// `policy.refused`.
    PolicyRefused { by: String, policy: String, policy_version: u64, ? { files: Vec<String>, problems: Vec<String>, } }
    /// `principal.changed`.
    PrincipalChanged { by: String, change: String, name: String, ? {} }
    /// `token.changed`.
    TokenChanged { by: String, change: String, name: String, principal: String, ? {} }
    /// `ledger.opened`.
    LedgerOpened { origin: String, size: u64, version: String, ? {} }
    /// `ledger.recovered`.
    LedgerRecovered { size: u64, truncated_bytes: u64, unknown: u64, ? {} }
}

impl Leaf {
    /// Reads a leaf of any version so far.
    ///
    /// # Errors
    /// When it is no such leaf, has fields that its version does not have, or is not the canonical spelling.
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        let value: serde_json::Value = serde_json::from_slice(bytes).map_err(|_| Malformed)?;
        let mut canonical = Vec::with_capacity(bytes.len());
        json::canonical(&value, &mut canonical).ok_or(Malformed)?;
        if canonical != bytes {
            return Err(Malformed);
        }
        let leaf: Self = serde_json::from_value(value).map_err(|_| Malformed)?;
        if leaf.has_its_version() { Ok(leaf) } else { Err(Malformed) }
    }

    /// Whether its version is one that writes this kind with these members.
    fn has_its_version(&self) -> bool {
        match self {
            Self::Decision(l) if l.v == FIRST_VERSION => {
                l.facts.is_none() && l.policy.is_none() && l.policy_version.is_none() && l.shadow.is_none()
            }
            Self::Outcome(l) => l.v == if l.masked.is_some() { VERSION } else { FIRST_VERSION },
            Self::Decision(_) | Self::PolicyLoaded(_) | Self::PolicyRefused(_) => self.version() == VERSION,
            _ => self.version() == FIRST_VERSION,
        }
    }

    fn version(&self) -> u64 {
        match self {
            Self::SessionOpened(l) => l.v,
            Self::SessionClosed(l) => l.v,
            Self::SessionRefused(l) => l.v,
            Self::Decision(l) => l.v,
            Self::Outcome(l) => l.v,
            Self::ConfigChanged(l) => l.v,
            Self::PolicyLoaded(l) => l.v,
            Self::PolicyRefused(l) => l.v,
            Self::PrincipalChanged(l) => l.v,
            Self::TokenChanged(l) => l.v,
            Self::LedgerOpened(l) => l.v,
            Self::LedgerRecovered(l) => l.v,
        }
    }

    /// When, in microseconds since 1970.
    #[must_use]
    pub fn at(&self) -> u64 {
        match self {
            Self::SessionOpened(l) => l.at,
            Self::SessionClosed(l) => l.at,
            Self::SessionRefused(l) => l.at,
            Self::Decision(l) => l.at,
            Self::Outcome(l) => l.at,
            Self::ConfigChanged(l) => l.at,
            Self::PolicyLoaded(l) => l.at,
            Self::PolicyRefused(l) => l.at,
            Self::PrincipalChanged(l) => l.at,
            Self::TokenChanged(l) => l.at,
            Self::LedgerOpened(l) => l.at,
            Self::LedgerRecovered(l) => l.at,
        }
    }

    /// The kind's word.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SessionOpened(_) => "session.opened",
            Self::SessionClosed(_) => "session.closed",
            Self::SessionRefused(_) => "session.refused",
            Self::Decision(_) => "statement.decision",
            Self::Outcome(_) => "statement.outcome",
            Self::ConfigChanged(_) => "config.changed",
            Self::PolicyLoaded(_) => "policy.loaded",
            Self::PolicyRefused(_) => "policy.refused",
            Self::PrincipalChanged(_) => "principal.changed",
            Self::TokenChanged(_) => "token.changed",
            Self::LedgerOpened(_) => "ledger.opened",
            Self::LedgerRecovered(_) => "ledger.recovered",
        }
    }

    /// The parts that it refers to.
    #[must_use]
    pub fn parts(&self) -> Vec<(PartName, &PartRef)> {
        let parts = match self {
            Self::SessionOpened(l) => l.parts.as_ref(),
            Self::Decision(l) => l.parts.as_ref(),
            _ => None,
        };
        let Some(parts) = parts else { return Vec::new() };
        PartName::ALL.into_iter().filter_map(|name| Some((name, parts.part(name)?))).collect()
    }

    /// What it opens or closes.
    ///
    /// # Errors
    /// When the session's id is none.
    pub fn mark(&self) -> Result<Mark, Malformed> {
        Ok(match self {
            Self::Decision(l) if l.verdict == "allow" && l.action != "prepare" => {
                Mark::Opens(statement_id(&l.session, l.number)?)
            }
            Self::Outcome(l) => Mark::Closes(statement_id(&l.session, l.number)?),
            _ => Mark::Plain,
        })
    }

    /// The statement that it is about.
    #[must_use]
    pub fn statement(&self) -> Option<StatementId> {
        match self {
            Self::Decision(l) => statement_id(&l.session, l.number).ok(),
            Self::Outcome(l) => statement_id(&l.session, l.number).ok(),
            _ => None,
        }
    }

    /// The session that it is about.
    #[must_use]
    pub fn session(&self) -> Option<SessionId> {
        SessionId::parse(match self {
            Self::SessionOpened(l) => &l.session,
            Self::SessionClosed(l) => &l.session,
            Self::Decision(l) => &l.session,
            Self::Outcome(l) => &l.session,
            _ => return None,
        })
    }

    /// The principal that it is about, verified or, for a refused session, claimed.
    #[must_use]
    pub fn principal(&self) -> Option<&str> {
        match self {
            Self::SessionOpened(l) => Some(&l.principal),
            Self::SessionClosed(l) => Some(&l.principal),
            Self::SessionRefused(l) => l.principal.as_deref(),
            Self::Decision(l) => Some(&l.principal),
            Self::Outcome(l) => Some(&l.principal),
            Self::PrincipalChanged(l) => Some(&l.name),
            Self::TokenChanged(l) => Some(&l.principal),
            _ => None,
        }
    }

    /// The target that it is about.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        match self {
            Self::SessionOpened(l) => Some(&l.target),
            Self::SessionClosed(l) => Some(&l.target),
            Self::SessionRefused(l) => l.target.as_deref(),
            Self::Decision(l) => Some(&l.target),
            Self::Outcome(l) => Some(&l.target),
            _ => None,
        }
    }
}

impl PartRefs {
    fn part(&self, name: PartName) -> Option<&PartRef> {
        match name {
            PartName::Asserted => self.asserted.as_ref(),
            PartName::Parameters => self.parameters.as_ref(),
            PartName::Text => self.text.as_ref(),
        }
    }
}

impl PartRef {
    /// The commitment's bytes.
    ///
    /// # Errors
    /// When the text is not 64 lower-case hexadecimal digits.
    pub fn commitment(&self) -> Result<Commitment, Malformed> {
        let mut bytes = [0; 32];
        let (pairs, rest) = self.commitment.as_bytes().as_chunks::<2>();
        if pairs.len() != bytes.len() || !rest.is_empty() {
            return Err(Malformed);
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = nibble(*high)? << 4 | nibble(*low)?;
        }
        Ok(Commitment(bytes))
    }
}

fn nibble(digit: u8) -> Result<u8, Malformed> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(Malformed),
    }
}

fn statement_id(session: &str, number: u64) -> Result<StatementId, Malformed> {
    Ok(StatementId { session: SessionId::parse(session).ok_or(Malformed)?, number })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OPENED: &str =
        r#"{"at":1,"kind":"ledger.opened","origin":"example.com/log","size":0,"v":1,"version":"0.1.0"}"#;

    #[test]
    fn a_leaf_is_read_strictly() {
        assert_eq!(Leaf::read(OPENED.as_bytes()).unwrap().kind(), "ledger.opened");
        for bad in [
            OPENED.replace("\"v\":1", "\"v\":2"),
            OPENED.replace("\"size\":0,", ""),
            OPENED.replace("\"size\":0", "\"size\":\"0\""),
            OPENED.replace("{\"at\"", "{\"aa\":1,\"at\""),
            OPENED.replace("\"at\":1", "\"at\": 1"),
            OPENED.replace("ledger.opened", "ledger.closed"),
        ] {
            assert!(Leaf::read(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_version_has_its_own_members_and_no_later_ones() {
        let decision = r#"{"action":"query","at":1,"kind":"statement.decision","number":1,"principal":"a","session":"0000000000000001","shadow":["x"],"target":"t","v":2,"verdict":"allow"}"#;
        assert!(Leaf::read(decision.as_bytes()).is_ok());
        let first = decision.replace("\"v\":2", "\"v\":1");
        assert!(Leaf::read(first.as_bytes()).is_err());
        assert!(Leaf::read(first.replace("\"shadow\":[\"x\"],", "").as_bytes()).is_ok());
        let held = Leaf::read(decision.replace("allow", "hold").as_bytes()).unwrap();
        assert_eq!(held.mark().unwrap(), Mark::Plain, "what is held does not run");
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in ".{0,60}") {
            let _ = Leaf::read(&bytes);
            let _ = Leaf::read(OPENED.replace("example.com/log", &text).as_bytes());
        }
    }
}
