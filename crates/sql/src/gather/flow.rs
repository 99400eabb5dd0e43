//! Where a value comes from: the columns that it depends on and how, and what is known of its inside when it is a
//! row. It never knows the value.

use std::sync::Arc;

use model::facts::Derivation;

use super::Source;

/// Where one value comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    /// Sorted by source, one line each.
    uses: Vec<(Source, Derivation)>,
    opaque: bool,
    /// Those of them that say which of several values it is; sorted.
    deciders: Vec<Source>,
    /// What is known about the value's type.
    pub(crate) shape: Shape,
}

/// What is known about a value's type.
#[derive(Clone, Debug, Default)]
pub(crate) enum Shape {
    /// Nothing.
    #[default]
    Unknown,
    /// Its type's OID.
    Type(u32),
    /// A row with these columns; the second is its type's OID, or 0.
    Row(Arc<[Column]>, u32),
    /// A row that may have any column; each comes from all that the row comes from.
    Open,
}

/// A named value: a column of a table, sub-select or result.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) name: Arc<str>,
    pub(crate) flow: Flow,
}

impl Flow {
    /// A value that is a column, unchanged.
    pub(crate) fn copy(source: Source, shape: Shape) -> Self {
        Self { uses: vec![(source, Derivation::Copy)], shape, ..Self::default() }
    }

    /// A value that may depend on anything.
    pub(crate) fn unknown() -> Self {
        Self { opaque: true, shape: Shape::Open, ..Self::default() }
    }

    /// A value of this type that depends on nothing.
    pub(crate) fn of_type(oid: u32) -> Self {
        Self { shape: if oid == 0 { Shape::Unknown } else { Shape::Type(oid) }, ..Self::default() }
    }

    pub(crate) fn uses(&self) -> impl Iterator<Item = (Source, Derivation)> + '_ {
        self.uses.iter().copied()
    }

    /// How many columns it depends on.
    pub(crate) fn len(&self) -> usize {
        self.uses.len()
    }

    pub(crate) fn is_opaque(&self) -> bool {
        self.opaque
    }

    pub(crate) fn set_opaque(&mut self) {
        self.opaque = true;
    }

    /// The type's OID, where it is known; 0 else.
    pub(crate) fn type_oid(&self) -> u32 {
        match self.shape {
            Shape::Type(oid) | Shape::Row(_, oid) => oid,
            Shape::Unknown | Shape::Open => 0,
        }
    }

    /// Whether it is a row as one value.
    pub(crate) fn is_row(&self) -> bool {
        matches!(self.shape, Shape::Row(..))
    }

    /// Whether it is a column, or one of several, unchanged.
    pub(crate) fn is_bare(&self) -> bool {
        !self.uses.is_empty()
            && !self.opaque
            && self.uses.iter().all(|(_, derivation)| *derivation == Derivation::Copy)
    }

    /// Whether it depends on nothing that is stored.
    pub(crate) fn is_constant(&self) -> bool {
        self.uses.is_empty() && !self.opaque
    }

    /// Whether an expression chose it: neither a column as it is stored nor the same for all rows.
    pub(crate) fn is_chosen(&self) -> bool {
        !self.is_bare() && !self.is_constant()
    }

    /// What it depends on says which of several values something is.
    #[must_use]
    pub(crate) fn deciding(mut self) -> Self {
        self.deciders = self.uses.iter().map(|(source, _)| *source).collect();
        self
    }

    /// Whether something says which of several values it is.
    pub(crate) fn is_decided(&self) -> bool {
        !self.deciders.is_empty()
    }

    /// Only what says which of several values it is.
    pub(crate) fn decided(&self) -> Self {
        let uses = self.deciders.iter().map(|source| (*source, Derivation::Derived)).collect();
        Self { uses, opaque: self.opaque, ..Self::default() }
    }

    /// It may come from there as well. The shape stays.
    pub(crate) fn add(&mut self, other: &Self) {
        self.opaque |= other.opaque;
        if other.uses.is_empty() {
            return;
        }
        if !other.deciders.is_empty() {
            self.deciders.extend_from_slice(&other.deciders);
            self.deciders.sort_unstable();
            self.deciders.dedup();
        }
        if self.uses.is_empty() {
            self.uses.clone_from(&other.uses);
            return;
        }
        if other.uses.len() == 1 {
            if let Some((source, derivation)) = other.uses.first() {
                self.insert(*source, *derivation);
            }
            return;
        }
        let mut merged = Vec::with_capacity(self.uses.len().saturating_add(other.uses.len()));
        let mut left = self.uses.iter().copied().peekable();
        let mut right = other.uses.iter().copied().peekable();
        loop {
            let next = match (left.peek().copied(), right.peek().copied()) {
                (None, None) => break,
                (Some(_), None) => left.next(),
                (None, Some(_)) => right.next(),
                (Some(a), Some(b)) if a.0 == b.0 => {
                    let _ = (left.next(), right.next());
                    Some((a.0, a.1.max(b.1)))
                }
                (Some(a), Some(b)) if a.0 < b.0 => left.next(),
                (Some(_), Some(_)) => right.next(),
            };
            merged.extend(next);
        }
        self.uses = merged;
    }

    /// It comes from this column as well.
    pub(crate) fn insert(&mut self, source: Source, derivation: Derivation) {
        match self.uses.binary_search_by_key(&source, |(known, _)| *known) {
            Ok(at) => {
                if let Some(known) = self.uses.get_mut(at) {
                    known.1 = known.1.max(derivation);
                }
            }
            Err(at) => self.uses.insert(at, (source, derivation)),
        }
    }

    /// A value computed from this one, of a type that is not known.
    #[must_use]
    pub(crate) fn derived(mut self) -> Self {
        for (_, derivation) in &mut self.uses {
            *derivation = Derivation::Derived;
        }
        self.shape = Shape::Unknown;
        self
    }

    /// A value that is `own`, unchanged, or something given, as other columns decide. `None`: it comes from more than these.
    pub(crate) fn kept(&self, own: &Self) -> Option<Self> {
        let mut kept = self.decided();
        kept.add(own);
        let is_all = self
            .uses
            .iter()
            .all(|(source, _)| kept.uses.binary_search_by_key(source, |(known, _)| *known).is_ok());
        (is_all && !self.opaque).then(|| kept.shaped(self.shape.clone()))
    }

    /// The same value with something known put to it.
    #[must_use]
    pub(crate) fn extended(mut self) -> Self {
        for (_, derivation) in &mut self.uses {
            *derivation = Derivation::Extended;
        }
        self
    }

    /// The same value with another shape.
    #[must_use]
    pub(crate) fn shaped(self, shape: Shape) -> Self {
        Self { shape, ..self }
    }
}

impl Column {
    pub(crate) fn new(name: impl Into<Arc<str>>, flow: Flow) -> Self {
        Self { name: name.into(), flow }
    }
}
