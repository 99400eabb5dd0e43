//! What the columns of a database hold, as far as is known. A snapshot that whoever labels makes and sessions read.

use std::collections::HashMap;
use std::sync::Arc;

use model::Class;

/// What a column holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Nothing that needs covering: numbers, states, codes.
    #[default]
    Clear,
    /// Nothing that is known to need covering, in a type that can hold anything: its values are looked through.
    Text,
    /// Text or JSON in which nothing was found so far: its values are looked through when they leave as they are.
    Plain,
    /// Values of a class.
    Is(Class),
    /// Values that were made of values of these classes, which is never none: nothing of them is shown in part.
    Made(Arc<[Class]>),
    /// JSON whose values under these paths are of these classes; the rest is looked through.
    Json(Arc<[Place]>),
    /// Nobody has looked at it yet: covered whole.
    New,
}

/// A place in JSON: steps as SQL's paths write them (`$.contact.email`), and what stands there.
pub type Place = (Box<str>, Class);

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// `pg_attribute.attnum`.
    pub number: i16,
    /// Its name when it was looked at.
    pub name: Arc<str>,
    /// What it holds.
    pub standing: Standing,
}

/// The labels of one database at one moment.
#[derive(Debug, Default)]
pub struct Labels {
    /// Grows with every change; never the same for different content in one process.
    pub version: u64,
    relations: HashMap<u32, Arc<[Column]>>,
    hides: bool,
}

/// Relations below this OID are the server's own (`FirstNormalObjectId`): their columns describe objects. Those of them
/// that hold values (statistics, other sessions' texts) are guarded by rules.
const FIRST_OWN: u32 = 16_384;

/// A column of a class stands for one that nobody has looked at when rules are asked: what opens a door.
pub const UNSEEN: Class = Class::Secret;

impl Labels {
    /// Labels of these relations, by OID.
    #[must_use]
    pub fn new(version: u64, relations: HashMap<u32, Arc<[Column]>>) -> Self {
        let hides = relations
            .values()
            .flat_map(|columns| columns.iter())
            .any(|column| column.standing.class().is_some());
        Self { version, relations, hides }
    }

    /// The columns of a relation; `None` when nobody has looked at it.
    #[must_use]
    pub fn relation(&self, oid: u32) -> Option<&Arc<[Column]>> {
        self.relations.get(&oid)
    }

    /// Whether any column has a label.
    #[must_use]
    pub fn hides(&self) -> bool {
        self.hides
    }

    /// All relations that were looked at, in no order.
    pub fn relations(&self) -> impl Iterator<Item = (u32, &Arc<[Column]>)> {
        self.relations.iter().map(|(oid, columns)| (*oid, columns))
    }

    /// What a column holds. `number` 0 stands for any of the relation's columns.
    #[must_use]
    pub fn of(&self, relation: u32, number: i16) -> Standing {
        match relation {
            // What a session has made by itself holds what it put there, and sources that are covered do not flow.
            0 => return Standing::Text,
            oid if oid < FIRST_OWN => return Standing::Clear,
            _ => {}
        }
        if number < 0 {
            return Standing::Clear;
        }
        let Some(columns) = self.relations.get(&relation) else { return Standing::New };
        if number == 0 {
            let hides = columns.iter().any(|column| column.standing.class().is_some());
            return if hides { Standing::New } else { Standing::Text };
        }
        let found = columns.iter().find(|column| column.number == number);
        found.map_or(Standing::New, |column| column.standing.clone())
    }
}

impl Standing {
    /// All classes that rules have to show before it is shown.
    #[must_use]
    pub fn classes(&self) -> Vec<Class> {
        match self {
            Self::Json(places) => places.iter().map(|(_, class)| *class).collect(),
            Self::Made(classes) => classes.to_vec(),
            other => other.class().into_iter().collect(),
        }
    }

    /// The class that rules are asked about; `None` for what is not covered as a whole.
    #[must_use]
    pub fn class(&self) -> Option<Class> {
        match self {
            Self::Is(class) => Some(*class),
            Self::New => Some(UNSEEN),
            Self::Json(places) => gravest(places.iter().map(|(_, class)| *class)),
            Self::Made(classes) => gravest(classes.iter().copied()),
            Self::Clear | Self::Text | Self::Plain => None,
        }
    }
}

/// The one that tells most: who may not see that may not choose by the whole either.
fn gravest(classes: impl Iterator<Item = Class>) -> Option<Class> {
    classes.max_by_key(|class| (class.is_secret_grade(), *class != Class::FreeText))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_has_looked_at_is_covered() {
        let column = |number, standing| Column { number, name: "c".into(), standing };
        let table: Arc<[Column]> = [column(1, Standing::Clear), column(2, Standing::Is(Class::Email))].into();
        let labels = Labels::new(1, HashMap::from([(20_000, table)]));
        assert_eq!(labels.of(20_000, 1), Standing::Clear);
        assert_eq!(labels.of(20_000, 2), Standing::Is(Class::Email));
        assert_eq!(labels.of(20_000, 3), Standing::New, "a column that appeared since");
        assert_eq!(labels.of(20_000, 0), Standing::New, "a whole row");
        assert_eq!(labels.of(20_000, -1), Standing::Clear, "a system column");
        assert_eq!(labels.of(20_001, 1), Standing::New, "a table that appeared since");
        assert_eq!(labels.of(1_259, 2), Standing::Clear, "the server's own");
        assert_eq!(labels.of(0, 1), Standing::Text, "the session's own");
    }
}
