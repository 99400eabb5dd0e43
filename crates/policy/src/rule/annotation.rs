//! What stands before a rule with an `@`: its name, its words for people, and what its effect is beyond permit and
//! forbid. Anything else that begins with an `@` is a problem, so that a misspelt `@shadwo` is not a real forbid.

use std::sync::Arc;

use cedar_policy::{Effect, Policy};
use model::Sqlstate;

use crate::limits::SessionLimits;

/// A rule's annotations, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Annotations {
    pub(crate) id: Arc<str>,
    pub(crate) message: Option<Arc<str>>,
    pub(crate) hint: Option<Arc<str>>,
    pub(crate) severity: Severity,
    pub(crate) hold: Option<Arc<str>>,
    pub(crate) shadow: bool,
    pub(crate) code: Option<Sqlstate>,
    pub(crate) lift: Vec<Pattern>,
    pub(crate) limits: Option<SessionLimits>,
    /// On a permit of `reveal`: it reveals only what this mask shows.
    pub(crate) mask: Option<Arc<str>>,
}

/// How bad what a rule forbids is. Of several reasons for a refusal the worst speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A nuisance.
    Low,
    /// The usual.
    #[default]
    Medium,
    /// Damage is likely.
    High,
    /// Damage cannot be undone.
    Critical,
}

/// Rule names as `@lift` writes them: a whole name, or its beginning and a `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern(String);

const KNOWN: [&str; 11] =
    ["id", "message", "hint", "severity", "hold", "shadow", "code", "lift", "limits", "mask", "description"];
/// A name for people and ledger; longer ones do not fit a line.
const ID_LENGTH_MAX: usize = 64;
/// A sentence; what is longer nobody reads in a terminal.
const TEXT_LENGTH_MAX: usize = 300;

impl Severity {
    /// The word in rules.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Low, Self::Medium, Self::High, Self::Critical].into_iter().find(|s| s.as_str() == word)
    }
}

impl Pattern {
    /// Whether it means the rule of this name.
    pub(crate) fn meets(&self, id: &str) -> bool {
        match self.0.strip_suffix('*') {
            Some(start) => id.starts_with(start),
            None => id == self.0,
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is wrong with an annotation, and what to do.
pub(crate) type Fault = (String, Option<String>);

impl Annotations {
    /// Reads a rule's annotations.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub(crate) fn read(policy: &Policy) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        for (name, _) in policy.annotations().filter(|(name, _)| !KNOWN.contains(name)) {
            let known = KNOWN.map(|known| format!("`@{known}`")).join(", ");
            faults.push((format!("there is no annotation `@{name}`"), Some(format!("these are: {known}"))));
        }
        let mut reader = Reader { policy, faults };
        let annotations = Self {
            id: reader.id(),
            message: reader.sentence("message"),
            hint: reader.sentence("hint"),
            severity: reader.severity(),
            hold: reader.hold(),
            shadow: reader.shadow(),
            code: reader.code(),
            lift: reader.lift(),
            limits: reader.limits(),
            mask: reader.mask(),
        };
        if reader.faults.is_empty() { Ok(annotations) } else { Err(reader.faults) }
    }
}

struct Reader<'a> {
    policy: &'a Policy,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    fn fault(&mut self, message: impl Into<String>, hint: &str) {
        self.faults.push((message.into(), Some(hint.to_owned())));
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        self.policy.annotation(name)
    }

    /// The value of an annotation that only rules of one effect may have.
    fn only(&mut self, name: &str, effect: Effect) -> Option<&'a str> {
        let value = self.text(name)?;
        if self.policy.effect() == effect {
            return Some(value);
        }
        let hint = format!("only a {effect} can have it");
        self.fault(format!("`@{name}` says nothing on this rule"), &hint);
        None
    }

    fn mask(&mut self) -> Option<Arc<str>> {
        let word = self.only("mask", Effect::Permit)?;
        if word.is_empty() || word.len() > TEXT_LENGTH_MAX {
            self.fault("`@mask` names no mask", "write a mask's word: `last4`, `token`, `generalise`");
            return None;
        }
        Some(word.into())
    }

    fn id(&mut self) -> Arc<str> {
        let Some(id) = self.text("id") else {
            self.fault("a rule has no name", "write `@id(\"file/what-it-does\")` before it");
            return "".into();
        };
        let word = |part: &str| {
            part.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.'))
                && part.bytes().next().is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        let parts: Vec<&str> = id.split('/').collect();
        if id.len() > ID_LENGTH_MAX || parts.len() != 2 || !parts.iter().all(|part| word(part)) {
            let hint =
                "a name is `file/what-it-does`: two words of a-z, 0-9, -, _ and . with a slash between them";
            self.fault(format!("`{}` is no name of a rule", id.escape_debug()), hint);
        } else if parts.first() == Some(&"policy") {
            self.fault(
                format!("`{id}` is a name that the gate keeps for itself"),
                "begin it with another word",
            );
        }
        id.into()
    }

    fn sentence(&mut self, name: &str) -> Option<Arc<str>> {
        let text = self.text(name)?;
        let plain = !text.trim().is_empty() && text.trim() == text && !text.chars().any(char::is_control);
        if !plain || text.len() > TEXT_LENGTH_MAX {
            self.fault(format!("`@{name}` is no sentence"), "write one line of at most 300 bytes");
        }
        Some(text.into())
    }

    fn severity(&mut self) -> Severity {
        let Some(word) = self.only("severity", Effect::Forbid) else { return Severity::default() };
        Severity::parse(word).unwrap_or_else(|| {
            self.fault(
                format!("`{}` is no severity", word.escape_debug()),
                "it is low, medium, high or critical",
            );
            Severity::default()
        })
    }

    fn hold(&mut self) -> Option<Arc<str>> {
        let group = self.only("hold", Effect::Forbid)?;
        if model::Name::new(group).is_err() {
            let hint = "name the group that reviews: `@hold(\"data-owners\")`";
            self.fault(format!("`{}` is no name of a group", group.escape_debug()), hint);
        }
        Some(group.into())
    }

    fn shadow(&mut self) -> bool {
        let Some(value) = self.only("shadow", Effect::Forbid) else { return false };
        if !value.is_empty() {
            self.fault("`@shadow` takes no value", "take the rule out, or write `@shadow` alone");
        }
        true
    }

    fn code(&mut self) -> Option<Sqlstate> {
        let text = self.only("code", Effect::Forbid)?;
        // Classes 00 to 03 mean success, a warning, no data: a client would not take them for an error.
        let code = Sqlstate::parse(text.as_bytes())
            .filter(|_| !["00", "01", "02", "03"].iter().any(|class| text.starts_with(class)));
        if code.is_none() {
            let hint = "it is five characters of 0-9 and A-Z, and not of the classes 00 to 03";
            self.fault(format!("`{}` is no SQLSTATE of an error", text.escape_debug()), hint);
        }
        code
    }

    fn lift(&mut self) -> Vec<Pattern> {
        let Some(text) = self.only("lift", Effect::Permit) else { return Vec::new() };
        let mut patterns = Vec::new();
        for part in text.split(',').map(str::trim) {
            let body = part.strip_suffix('*').unwrap_or(part);
            if part.is_empty() || body.contains('*') {
                let hint = "name rules of the packs, separated by commas: `destructive/drop, session/*`";
                self.fault(format!("`{}` is no name of a rule", part.escape_debug()), hint);
            } else {
                patterns.push(Pattern(part.to_owned()));
            }
        }
        patterns
    }

    fn limits(&mut self) -> Option<SessionLimits> {
        let text = self.only("limits", Effect::Permit)?;
        match SessionLimits::parse(text) {
            Ok(limits) => Some(limits),
            Err(message) => {
                let hint = "limits are `statement_timeout=30s lock_timeout=5s \
                            idle_in_transaction_session_timeout=60s transaction_timeout=1h rows=100000 bytes=256MiB`";
                self.fault(message, hint);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Annotations, Vec<String>> {
        let policy = Policy::parse(None, text).unwrap();
        Annotations::read(&policy).map_err(|faults| faults.into_iter().map(|(message, _)| message).collect())
    }

    const SCOPE: &str = "(principal, action, resource);";

    #[test]
    fn everything_is_read() {
        let forbid = read(&format!(
            "@id(\"a/b\") @message(\"no\") @hint(\"ask\") @severity(\"high\") @hold(\"owners\") @shadow \
             @code(\"TH003\") forbid{SCOPE}"
        ))
        .unwrap();
        assert_eq!((&*forbid.id, forbid.hold.as_deref(), forbid.shadow), ("a/b", Some("owners"), true));
        assert_eq!(forbid.severity, Severity::High);
        let permit =
            read(&format!("@id(\"a/b\") @lift(\"x/*, y/z\") @limits(\"rows=5\") permit{SCOPE}")).unwrap();
        assert_eq!(permit.lift.len(), 2);
        assert!(permit.lift[0].meets("x/q") && !permit.lift[0].meets("xq") && permit.lift[1].meets("y/z"));
        assert_eq!(permit.limits.and_then(|limits| limits.rows_max), Some(5));
    }

    #[test]
    fn what_is_misspelt_is_a_problem() {
        for (text, message) in [
            ("forbid", "a rule has no name"),
            ("@id(\"a\") forbid", "`a` is no name of a rule"),
            ("@id(\"A/b\") forbid", "`A/b` is no name of a rule"),
            ("@id(\"policy/b\") forbid", "`policy/b` is a name that the gate keeps for itself"),
            ("@id(\"a/b\") @shadwo forbid", "there is no annotation `@shadwo`"),
            ("@id(\"a/b\") @shadow(\"yes\") forbid", "`@shadow` takes no value"),
            ("@id(\"a/b\") @shadow permit", "`@shadow` says nothing on this rule"),
            ("@id(\"a/b\") @hold(\"Data Owners\") forbid", "`Data Owners` is no name of a group"),
            ("@id(\"a/b\") @severity(\"bad\") forbid", "`bad` is no severity"),
            ("@id(\"a/b\") @code(\"00000\") forbid", "`00000` is no SQLSTATE of an error"),
            ("@id(\"a/b\") @code(\"th001\") forbid", "`th001` is no SQLSTATE of an error"),
            ("@id(\"a/b\") @lift(\"*/x\") permit", "`*/x` is no name of a rule"),
            ("@id(\"a/b\") @lift(\"*\") forbid", "`@lift` says nothing on this rule"),
            ("@id(\"a/b\") @limits(\"rows=x\") permit", "`x` is no value of the limit `rows`"),
            ("@id(\"a/b\") @message(\"\") forbid", "`@message` is no sentence"),
            ("@id(\"a/b\") @hint(\"two\\nlines\") forbid", "`@hint` is no sentence"),
        ] {
            assert_eq!(read(&format!("{text}{SCOPE}")), Err(vec![message.to_owned()]), "{text}");
        }
    }
}
