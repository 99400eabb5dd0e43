//! What is true of a column, against which its judgement is held.

use std::fmt;

use model::Class;

/// What kind of question a column asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// Its name says what it holds.
    Named,
    /// Its name says nothing; its values tell.
    Meaningless,
    /// Its name says something else; its values tell.
    Hostile,
    /// A key within JSON.
    Json,
    /// A column of a real schema: name and type alone.
    Real,
}

impl Group {
    /// All that the generator makes.
    #[cfg(test)]
    pub(super) const MADE: [Self; 4] = [Self::Named, Self::Meaningless, Self::Hostile, Self::Json];
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Named => "names that say something",
            Self::Meaningless => "meaningless names",
            Self::Hostile => "misleading names",
            Self::Json => "keys of JSON",
            Self::Real => "real schemas",
        })
    }
}

/// What a column holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Truth {
    /// The classes that are right, the first of which it counts for; none when it holds nothing sensitive.
    pub(super) classes: Vec<Class>,
    /// Of what holds nothing sensitive: what is no mistake either, and is not counted.
    pub(super) also_right: Vec<Class>,
}

impl Truth {
    /// A truth of these classes.
    pub(super) fn of(classes: &[Class], also: &[Class]) -> Self {
        let mut all = classes.to_vec();
        all.extend(also.iter().filter(|class| !classes.contains(class)));
        Self { classes: all, also_right: Vec::new() }
    }
}

/// A value, and what was planted in it when it is a text.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) planted: Vec<(Class, String)>,
}

/// A column and what is true of it.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) type_name: &'static str,
    pub(super) length: Option<u32>,
    pub(super) group: Group,
    pub(super) truth: Truth,
    /// Of JSON its keys.
    pub(super) keys: Vec<(String, Truth)>,
    /// Values that it was not judged by.
    pub(super) cells: Vec<Cell>,
}
