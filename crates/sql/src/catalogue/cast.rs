//! The casts of a catalogue: what runs when a value of one type becomes one of another. It knows nothing of where values
//! stand.

use std::collections::HashMap;

use super::Catalogue;
use crate::function::{FIRST_OWN, is_looked_into};

/// The functions of casts by the type that they are from.
pub(super) type Sources = HashMap<u32, Vec<u32>>;

impl Catalogue {
    /// The function of the cast between two types, if there is such a cast; 0 = it needs none.
    #[must_use]
    pub fn cast(&self, from: u32, to: u32) -> Option<u32> {
        self.layers().into_iter().find_map(|layer| layer.casts.get(&(from, to)).copied())
    }

    /// The functions of all casts to a type that somebody made; the server's own casts only compute.
    #[must_use]
    pub fn own_casts_to(&self, to: u32) -> Vec<u32> {
        let mut found: Vec<u32> = self
            .own_casts()
            .filter(|(_, target, _)| *target == to)
            .map(|(_, _, function)| function)
            .collect();
        found.sort_unstable();
        found
    }

    /// Whether there is any of those.
    pub(crate) fn has_own_casts(&self) -> bool {
        self.layers().into_iter().any(|layer| !layer.own_casts.is_empty())
    }

    /// All casts whose functions somebody made: from, to, function.
    pub fn own_casts(&self) -> impl Iterator<Item = (u32, u32, u32)> {
        self.layers().into_iter().flat_map(|layer| layer.own_casts.iter().copied())
    }

    /// The functions of the casts from a type that somebody made, apart from those that extensions bring.
    pub(crate) fn casts_from(&self, from: u32) -> &[u32] {
        self.sources().get(&from).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether there is any of those: most databases have none.
    pub(crate) fn has_casts_from_own(&self) -> bool {
        !self.sources().is_empty()
    }

    fn sources(&self) -> &Sources {
        self.sources.get_or_init(|| {
            let mut sources = Sources::new();
            for (from, _, function) in self.own_casts() {
                let known = self.function_by_oid(function);
                if from >= FIRST_OWN && known.is_none_or(|one| one.extension.is_none() && is_looked_into(one))
                {
                    sources.entry(from).or_default().push(function);
                }
            }
            sources
        })
    }
}
