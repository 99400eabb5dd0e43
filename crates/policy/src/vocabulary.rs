//! The words of the schema as numbers and Cedar names: actions with their groups, types, attributes of the context.
//! A test holds them equal to the schema's text. It never judges.

use cedar_policy::{EntityId, EntityTypeName, EntityUid, Schema};
use model::facts::Verb;

/// The schema's text.
pub const SCHEMA: &str = include_str!("../../../policies/tollhouse.cedarschema");

/// The action of opening a session.
pub(crate) const CONNECT: &str = "connect";
/// The action of seeing a labelled column's values.
pub(crate) const REVEAL: &str = "reveal";
/// The action of choosing rows by them.
pub(crate) const PROBE: &str = "probe";
/// Actions that no statement has.
pub(crate) const OTHERS: [&str; 5] = [CONNECT, REVEAL, PROBE, "review", "undo"];

/// The groups of actions above an action.
pub(crate) fn groups(action: &str) -> &'static [&'static str] {
    match Verb::parse(action) {
        None => &[],
        Some(Verb::Select | Verb::CopyOut | Verb::Explain) => &["read", "statement"],
        Some(Verb::Insert | Verb::Update | Verb::Delete | Verb::Merge | Verb::Truncate | Verb::CopyIn) => {
            &["write", "statement"]
        }
        Some(Verb::Create | Verb::Alter | Verb::Drop | Verb::Grant) => &["define", "statement"],
        Some(Verb::Set | Verb::Lock | Verb::Other) => &["steer", "statement"],
        Some(Verb::Call | Verb::Opaque) => &["statement"],
    }
}

/// All actions that can be asked, each with one bit.
pub(crate) fn actions() -> impl Iterator<Item = (u32, &'static str)> {
    let words = Verb::ALL.into_iter().map(Verb::as_str).chain(OTHERS);
    words.enumerate().map(|(place, word)| (1 << place, word))
}

/// The bit of an action.
pub(crate) fn bit(action: &str) -> u32 {
    actions().find(|(_, word)| *word == action).map_or(0, |(bit, _)| bit)
}

/// The names of the types that requests are made of, ready to be cloned.
#[derive(Clone, Debug)]
pub(crate) struct Types {
    pub(crate) action: EntityTypeName,
    pub(crate) group: EntityTypeName,
    pub(crate) human: EntityTypeName,
    pub(crate) agent: EntityTypeName,
    pub(crate) service: EntityTypeName,
    pub(crate) environment: EntityTypeName,
    pub(crate) target: EntityTypeName,
    pub(crate) schema: EntityTypeName,
    pub(crate) relation: EntityTypeName,
    pub(crate) column: EntityTypeName,
    pub(crate) function: EntityTypeName,
    pub(crate) class: EntityTypeName,
}

impl Types {
    /// `None` never happens: the words are Cedar identifiers.
    pub(crate) fn new() -> Option<Self> {
        let name = |word: &str| word.parse().ok();
        Some(Self {
            action: name("Action")?,
            group: name("Group")?,
            human: name("Human")?,
            agent: name("Agent")?,
            service: name("Service")?,
            environment: name("Environment")?,
            target: name("Target")?,
            schema: name("Schema")?,
            relation: name("Relation")?,
            column: name("Column")?,
            function: name("Function")?,
            class: name("Class")?,
        })
    }
}

/// An entity's name.
pub(crate) fn uid(of: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(of.clone(), EntityId::new(id))
}

/// The schema, or why its text is none: a broken build that a test notices.
pub(crate) fn schema() -> Result<Schema, String> {
    Schema::from_cedarschema_str(SCHEMA).map(|(schema, _)| schema).map_err(|error| error.to_string())
}

/// An attribute of the context. Only those that some rule reads are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Attribute {
    Command,
    Verbs,
    Risks,
    About,
    Guarded,
    Functions,
    Opaque,
    Statements,
    Limit,
    Parameters,
    Object,
    ObjectColumns,
    Purpose,
    Environment,
    Target,
    Time,
    Hour,
    Weekday,
    OnBehalfOf,
    Agent,
    Class,
    SecretGrade,
    Probe,
    Revealed,
    Session,
}

impl Attribute {
    pub(crate) const ALL: [(Self, &'static str); 24] = [
        (Self::Command, "command"),
        (Self::Verbs, "verbs"),
        (Self::Risks, "risks"),
        (Self::About, "about"),
        (Self::Guarded, "guarded"),
        (Self::Functions, "functions"),
        (Self::Opaque, "opaque"),
        (Self::Statements, "statements"),
        (Self::Limit, "limit"),
        (Self::Parameters, "parameters"),
        (Self::Object, "object"),
        (Self::Purpose, "purpose"),
        (Self::Environment, "environment"),
        (Self::Target, "target"),
        (Self::Time, "time"),
        (Self::Hour, "hour"),
        (Self::Weekday, "weekday"),
        (Self::OnBehalfOf, "on_behalf_of"),
        (Self::Agent, "agent"),
        (Self::Class, "class"),
        (Self::SecretGrade, "secret_grade"),
        (Self::Probe, "probe"),
        (Self::Revealed, "revealed"),
        (Self::Session, "session"),
    ];
}

/// Attributes of the context.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attributes(u32);

impl Attributes {
    /// All of them.
    pub(crate) const ALL: Self = Self(u32::MAX);

    pub(crate) fn add(&mut self, attribute: Attribute) {
        self.0 |= 1 << attribute as u8;
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(crate) fn has(self, attribute: Attribute) -> bool {
        self.0 & (1 << attribute as u8) != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the answer may be another for another statement of the same session.
    pub(crate) fn reads_facts(self) -> bool {
        let session = [
            Attribute::Purpose,
            Attribute::Environment,
            Attribute::Target,
            Attribute::Time,
            Attribute::Hour,
            Attribute::Weekday,
            Attribute::OnBehalfOf,
            Attribute::Agent,
            Attribute::Class,
            Attribute::SecretGrade,
            Attribute::Probe,
            Attribute::Revealed,
            Attribute::Session,
        ];
        Attribute::ALL.iter().any(|(attribute, _)| self.has(*attribute) && !session.contains(attribute))
    }

    /// Whether the answer may be another when time has passed.
    pub(crate) fn reads_time(self) -> bool {
        [Attribute::Time, Attribute::Hour, Attribute::Weekday].into_iter().any(|it| self.has(it))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn actions_and_their_groups_are_the_schemas() {
        let schema = schema().unwrap();
        let entities = schema.action_entities().unwrap();
        let types = Types::new().unwrap();
        let groups_of_all: BTreeSet<&str> = actions().flat_map(|(_, word)| groups(word)).copied().collect();
        let words: BTreeSet<&str> = actions().map(|(_, word)| word).chain(groups_of_all).collect();
        let written: BTreeSet<String> = schema.actions().map(|uid| uid.id().unescaped().to_owned()).collect();
        assert_eq!(words, written.iter().map(String::as_str).collect());
        for (_, word) in actions() {
            let above: BTreeSet<String> = entities
                .ancestors(&uid(&types.action, word))
                .unwrap()
                .map(|uid| uid.id().unescaped().to_owned())
                .collect();
            assert_eq!(above, groups(word).iter().map(|&group| group.to_owned()).collect(), "{word}");
        }
        assert_eq!(actions().count(), 23);
        assert!(actions().all(|(bit, _)| bit.count_ones() == 1));
    }

    #[test]
    fn classes_are_the_schemas() {
        let written = SCHEMA.split("entity Class enum [").nth(1).unwrap().split(']').next().unwrap();
        let written: Vec<&str> = written.split(',').map(|word| word.trim().trim_matches('"')).collect();
        assert_eq!(written, model::Class::ALL.map(model::Class::as_str));
    }

    #[test]
    fn attributes_are_the_schemas() {
        let context = SCHEMA.split("type Context = {").nth(1).unwrap().split("};").next().unwrap();
        let written: Vec<&str> = context
            .lines()
            .filter_map(|line| line.split("//").next()?.split(':').next())
            .map(|name| name.trim().trim_end_matches('?'))
            .filter(|name| !name.is_empty())
            .collect();
        assert_eq!(written, Attribute::ALL.map(|(_, name)| name));
    }
}
