//! Entries about the gate itself: configuration, rules, principals, tokens, the ledger.

use super::{FIRST_VERSION, VERSION};
use crate::draft::{Draft, Encode, Mark, TooLarge};
use crate::part::Parts;
use model::Timestamp;

/// `config.changed`: a configuration came into force.
#[derive(Clone, Copy, Debug)]
pub struct ConfigChanged<'a> {
    /// When.
    pub at: Timestamp,
    /// The hash of the new configuration.
    pub hash: &'a str,
    /// The hash of the one before.
    pub before: Option<&'a str>,
    /// What brought it: `start`, `sighup` or `file`.
    pub by: &'a str,
    /// What changed, one line each, without secrets.
    pub changes: &'a [String],
}

/// `policy.loaded`: a rule set came into force.
#[derive(Clone, Copy, Debug)]
pub struct PolicyLoaded<'a> {
    /// When.
    pub at: Timestamp,
    /// The hash of the set, as decisions name it.
    pub policy: [u8; 32],
    /// Which load this is, counted from 1 since the gate started, as decisions name it.
    pub policy_version: u64,
    /// What brought it: `start`, `sighup` or `file`.
    pub by: &'a str,
    /// The names of its files, packs first.
    pub files: &'a [String],
}

/// `policy.refused`: a rule set does not check. From here on everything is refused, until one that checks is
/// loaded.
#[derive(Clone, Copy, Debug)]
pub struct PolicyRefused<'a> {
    /// When.
    pub at: Timestamp,
    /// The hash of the set that refuses everything, as decisions name it.
    pub policy: [u8; 32],
    /// Which load this is, counted from 1 since the gate started, as decisions name it.
    pub policy_version: u64,
    /// What brought it: `start`, `sighup` or `file`.
    pub by: &'a str,
    /// The names of its files, packs first.
    pub files: &'a [String],
    /// What is wrong with it, one line each.
    pub problems: &'a [String],
}

/// `principal.changed`: a principal was added, changed or removed.
#[derive(Clone, Copy, Debug)]
pub struct PrincipalChanged<'a> {
    /// When.
    pub at: Timestamp,
    /// The principal.
    pub name: &'a str,
    /// What: `added`, `changed` or `removed`, and what of it.
    pub change: &'a str,
    /// What brought it: `start`, `sighup`, `file` or who.
    pub by: &'a str,
}

/// `token.changed`: a token was added, changed or removed.
#[derive(Clone, Copy, Debug)]
pub struct TokenChanged<'a> {
    /// When.
    pub at: Timestamp,
    /// The token's id, never the token.
    pub name: &'a str,
    /// Whose token.
    pub principal: &'a str,
    /// What: `added`, `changed` or `removed`, and what of it.
    pub change: &'a str,
    /// What brought it.
    pub by: &'a str,
}

/// `ledger.opened`: a process took the ledger.
#[derive(Clone, Copy, Debug)]
pub struct LedgerOpened<'a> {
    /// When.
    pub at: Timestamp,
    /// The version of the program.
    pub version: &'a str,
    /// The ledger's name in checkpoints.
    pub origin: &'a str,
    /// How many entries there were before this one.
    pub size: u64,
}

/// `ledger.recovered`: the process before did not end by itself.
#[derive(Clone, Copy, Debug)]
pub struct LedgerRecovered {
    /// When.
    pub at: Timestamp,
    /// Bytes of an unfinished record at the end that were cut off. None of them was ever acknowledged.
    pub truncated_bytes: u64,
    /// How many statements had no outcome and were given the outcome `unknown`.
    pub unknown: u64,
    /// How many entries there were before the recovery.
    pub size: u64,
}

impl Encode for ConfigChanged<'_> {
    fn encode(&self, draft: &mut Draft) -> Result<(), TooLarge> {
        draft.write(Mark::Plain, &Parts::default(), |leaf| {
            leaf.number("at", self.at.0);
            leaf.text_if("before", self.before);
            leaf.text("by", self.by);
            leaf.list("changes", self.changes);
            leaf.text("hash", self.hash);
            leaf.text("kind", "config.changed");
            leaf.number("v", FIRST_VERSION);
        })
    }
}

impl Encode for PolicyLoaded<'_> {
    fn encode(&self, draft: &mut Draft) -> Result<(), TooLarge> {
        draft.write(Mark::Plain, &Parts::default(), |leaf| {
            leaf.number("at", self.at.0);
            leaf.text("by", self.by);
            leaf.list("files", self.files);
            leaf.text("kind", "policy.loaded");
            leaf.hex("policy", &self.policy);
            leaf.number("policy_version", self.policy_version);
            leaf.number("v", VERSION);
        })
    }
}

impl Encode for PolicyRefused<'_> {
    fn encode(&self, draft: &mut Draft) -> Result<(), TooLarge> {
        draft.write(Mark::Plain, &Parts::default(), |leaf| {
            leaf.number("at", self.at.0);
            leaf.text("by", self.by);
            leaf.list("files", self.files);
            leaf.text("kind", "policy.refused");
            leaf.hex("policy", &self.policy);
            leaf.number("policy_version", self.policy_version);
            leaf.lines("problems", self.problems);
            leaf.number("v", VERSION);
        })
    }
}

impl Encode for PrincipalChanged<'_> {
    fn encode(&self, draft: &mut Draft) -> Result<(), TooLarge> {
        draft.write(Mark::Plain, &Parts::default(), |leaf| {
            leaf.number("at", self.at.0);
            leaf.text("by", self.by);
            leaf.claim("change", self.change);
            leaf.text("kind", "principal.changed");
            leaf.text("name", self.name);
            leaf.number("v", FIRST_VERSION);
        })
    }
}

impl Encode for TokenChanged<'_> {
    fn encode(&self, draft: &mut Draft) -> Result<(), TooLarge> {
        draft.write(Mark::Plain, &Parts::default(), |leaf| {
            leaf.number("at", self.at.0);
            leaf.text("by", self.by);
            leaf.claim("change", self.change);
            leaf.text("kind", "token.changed");
            leaf.text("name", self.name);
            leaf.text("principal", self.principal);
            leaf.number("v", FIRST_VERSION);
        })
    }
}

impl Encode for LedgerOpened<'_> {
    fn encode(&self, draft: &mut Draft) -> Result<(), TooLarge> {
        draft.write(Mark::Plain, &Parts::default(), |leaf| {
            leaf.number("at", self.at.0);
            leaf.text("kind", "ledger.opened");
            leaf.claim("origin", self.origin);
            leaf.number("size", self.size);
            leaf.number("v", FIRST_VERSION);
            leaf.text("version", self.version);
        })
    }
}

impl Encode for LedgerRecovered {
    fn encode(&self, draft: &mut Draft) -> Result<(), TooLarge> {
        draft.write(Mark::Plain, &Parts::default(), |leaf| {
            leaf.number("at", self.at.0);
            leaf.text("kind", "ledger.recovered");
            leaf.number("size", self.size);
            leaf.number("truncated_bytes", self.truncated_bytes);
            leaf.number("unknown", self.unknown);
            leaf.number("v", FIRST_VERSION);
        })
    }
}
