//! What is found out about a column, and why. Nothing here ever holds a value.

use std::fmt;
use std::sync::Arc;

use model::Class;

use crate::cover::Mask;

/// Places of one JSON column that were ever found to hold a class: with more of them it is hidden as a whole.
const PLACES_MAX: usize = 1_000;

/// What a column holds, as far as can be told.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// Nothing that needs hiding.
    Clear {
        /// Why that is thought.
        why: Vec<Reason>,
    },
    /// One class.
    Labelled(Label),
    /// Perhaps this class; covered until a person has judged.
    Unsure(Label),
    /// JSON of which some paths hold classes.
    Paths {
        /// What stands for the column when it is seen as a whole: the gravest of its paths.
        whole: Label,
        /// Which path holds what; what is on no listed path is scanned.
        paths: Vec<(JsonPath, Label)>,
    },
}

impl Finding {
    /// The label of the column as a whole.
    #[must_use]
    pub fn label(&self) -> Option<&Label> {
        match self {
            Self::Clear { .. } => None,
            Self::Labelled(label) | Self::Unsure(label) | Self::Paths { whole: label, .. } => Some(label),
        }
    }

    /// What holds when this is found after `before`: values come and go, and who can change them could take a label away.
    #[must_use]
    pub fn after(self, before: &Self) -> Self {
        match (self, before) {
            (Self::Paths { whole, mut paths }, Self::Paths { whole: graver, paths: more }) => {
                let known = paths.len();
                let is_new = |path: &JsonPath| paths.iter().take(known).all(|(known, _)| known != path);
                let gone: Vec<_> = more.iter().filter(|(path, _)| is_new(path)).cloned().collect();
                paths.extend(gone);
                let is_graver = graver.class.is_secret_grade() && !whole.class.is_secret_grade();
                let whole = if is_graver { graver.clone() } else { whole };
                if paths.len() > PLACES_MAX { Self::Labelled(whole) } else { Self::Paths { whole, paths } }
            }
            (now, before) if before.outlives(&now) => before.clone(),
            (now, _) => now,
        }
    }

    /// Whether this, found before, holds in the place of what is found `now`. What opens doors is not taken for something
    /// lesser, and what is hidden whole not for something of which a part is shown: rows that somebody adds could say so.
    fn outlives(&self, now: &Self) -> bool {
        let Some(label) = self.label().filter(|_| !self.is_precaution()) else { return false };
        match now.label().filter(|_| !now.is_precaution()) {
            None => true,
            Some(new) => {
                label.class.is_secret_grade() && !new.class.is_secret_grade()
                    || shows(label.class) < shows(new.class)
                    || matches!((self, now), (Self::Labelled(_), Self::Paths { .. }))
            }
        }
    }

    /// Whether nothing at all was known, so that the label is no more than a precaution.
    #[must_use]
    pub fn is_precaution(&self) -> bool {
        matches!(self, Self::Unsure(label) if label.why.contains(&Reason::NothingKnown))
    }
}

/// How much is seen of values of a class: nothing, a part, or all but what is found in them.
fn shows(class: Class) -> u8 {
    match Mask::default_for(class) {
        Mask::Full => 0,
        Mask::Scan => 2,
        _ => 1,
    }
}

/// A class that a column has.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The class.
    pub class: Class,
    /// How sure that is, in percent.
    pub confidence: u8,
    /// What spoke for it, and against it.
    pub why: Vec<Reason>,
}

/// A place in JSON: keys and list elements from the outside in. Keys that are themselves data are written as [`Step::Any`].
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonPath(pub Vec<Step>);

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The value of this key.
    Key(Arc<str>),
    /// The value of any key, where keys are data.
    Any,
    /// Every element of a list.
    Element,
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        self.0.iter().try_for_each(|step| match step {
            Step::Key(key)
                if key.chars().all(|letter| letter.is_alphanumeric() || letter == '_') && !key.is_empty() =>
            {
                write!(f, ".{key}")
            }
            Step::Key(key) => write!(f, ".\"{key}\""),
            Step::Any => f.write_str(".*"),
            Step::Element => f.write_str("[*]"),
        })
    }
}

/// One thing that spoke for a label or against it.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// The name of the column says so.
    Name {
        /// The words of it that do.
        words: Box<str>,
    },
    /// The name says something that is not sensitive.
    HarmlessName {
        /// The words of it that do.
        words: Box<str>,
    },
    /// The domain's name, or the owner's comment.
    Described,
    /// The table is about persons.
    Persons,
    /// The table is about things.
    Things,
    /// What else the table has.
    Neighbours,
    /// The type can hold nothing else.
    Type,
    /// Values have a shape.
    Values {
        /// Which.
        shape: &'static str,
        /// How many do.
        matching: u32,
        /// Of how many.
        seen: u32,
    },
    /// Values do not look like what the name says.
    Contradicted,
    /// Another column that this one is made of or refers to.
    Linked {
        /// How.
        by: super::Link,
    },
    /// It was found before, and what told it may be gone.
    Before,
    /// Neither the name nor any value says anything, and the type can hold anything.
    NothingKnown,
    /// Somebody said so.
    Said {
        /// Why.
        because: Box<str>,
    },
    /// The type can hold nothing of concern.
    HarmlessType,
    /// Values were seen, and none looks like any class.
    HarmlessValues {
        /// How many.
        seen: u32,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name { words } => write!(f, "the name says `{words}`"),
            Self::HarmlessName { words } => write!(f, "the name says `{words}`, which is not sensitive"),
            Self::Described => f.write_str("its comment or domain says so"),
            Self::Persons => f.write_str("the table is about persons"),
            Self::Things => f.write_str("the table is about things"),
            Self::Neighbours => f.write_str("other columns of the table are of the same kind"),
            Self::Type => f.write_str("its type holds nothing else"),
            Self::Values { shape, matching, seen } => {
                write!(f, "{matching} of {seen} different values look like `{shape}`")
            }
            Self::Contradicted => f.write_str("its values do not look like what its name says"),
            Self::Linked { by } => write!(f, "{by}"),
            Self::Before => f.write_str("it was found to be so before; if it is not, say so by `data label`"),
            Self::NothingKnown => f.write_str("nothing is known of it yet, and its type can hold anything"),
            Self::Said { because } => write!(f, "somebody said so: {because}"),
            Self::HarmlessType => f.write_str("its type holds nothing of concern"),
            Self::HarmlessValues { seen } => write!(f, "none of {seen} different values looks sensitive"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labelled(class: Class) -> Finding {
        Finding::Labelled(Label { class, confidence: 80, why: vec![Reason::Before] })
    }

    fn document(whole: Class, keys: &[&str]) -> Finding {
        let label = |class| Label { class, confidence: 80, why: Vec::new() };
        let path = |key: &&str| (JsonPath(vec![Step::Key((*key).into())]), label(Class::Phone));
        Finding::Paths { whole: label(whole), paths: keys.iter().map(path).collect() }
    }

    #[test]
    fn a_document_keeps_the_places_that_it_ever_had() {
        let (now, before) = (document(Class::Phone, &["b", "c"]), document(Class::Secret, &["a", "b"]));
        assert_eq!(now.after(&before), document(Class::Secret, &["b", "c", "a"]));
        let many: Vec<String> = (0..PLACES_MAX).map(|number| number.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let whole = document(Class::Email, &many).after(&document(Class::Phone, &["one more"]));
        assert!(matches!(whole, Finding::Labelled(Label { class: Class::Email, .. })));
    }

    #[test]
    fn what_was_found_outlives_its_values_and_no_other_label() {
        let clear = Finding::Clear { why: vec![Reason::HarmlessValues { seen: 9 }] };
        let nothing = Label { class: Class::FreeText, confidence: 20, why: vec![Reason::NothingKnown] };
        let precaution = Finding::Unsure(nothing);
        let (email, phone) = (labelled(Class::Email), labelled(Class::Phone));
        let (card, secret) = (labelled(Class::CardNumber), labelled(Class::Secret));
        assert!(email.outlives(&clear) && email.outlives(&precaution));
        assert!(!email.outlives(&phone) && !email.outlives(&secret) && !card.outlives(&secret));
        assert!(secret.outlives(&phone), "what opens a door");
        let (name, text) = (labelled(Class::PersonName), labelled(Class::FreeText));
        assert!(
            name.outlives(&text) && email.outlives(&text) && name.outlives(&card),
            "of which more is shown"
        );
        assert!(!text.outlives(&name) && !email.outlives(&name) && !name.outlives(&labelled(Class::Health)));
        assert!(labelled(Class::PersonName).outlives(&document(Class::Email, &["a"])));
        assert!(!clear.outlives(&precaution) && !precaution.outlives(&clear) && !clear.outlives(&email));
    }
}
