//! Names of statements and portals while their answers are still to come.
//!
//! A client may pipeline: it uses a name before the server has said whether the name was made. A change counts
//! for certain only when the server confirms it, so each name has what is confirmed and what is announced.
//! Within one segment of a pipeline (up to its Sync) the announced value is the right one to look at: had the
//! announcing message failed, the server would pass over the user as well. Past a Sync that no longer holds, and
//! the only right answer is to wait.

use std::collections::HashMap;

/// What the server keeps of a name, of the protocol's as of SQL's (NAMEDATALEN less one): two names that begin with
/// the same 63 bytes are one.
const NAME_BYTES: usize = 63;

/// A name as the server stores it. `None`: that cannot be told, since the server counts the bytes in an encoding of
/// its own, in which only ASCII surely has the same length.
pub(crate) fn stored(name: &[u8]) -> Option<&[u8]> {
    match name.split_at_checked(NAME_BYTES) {
        None | Some((_, [])) => Some(name),
        Some((kept, _)) => kept.is_ascii().then_some(kept),
    }
}

/// What a look-up finds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found<T> {
    /// This value, or that there is none.
    Certain(Option<T>),
    /// An earlier segment's change is not confirmed yet: ask again after the next answer.
    Wait,
}

/// One name space.
#[derive(Debug)]
pub(crate) struct Names<T> {
    /// The unnamed one, apart because almost every driver uses it and it needs no hashing.
    unnamed: Slot<T>,
    named: HashMap<Box<[u8]>, Slot<T>>,
}

#[derive(Debug)]
struct Slot<T> {
    confirmed: Option<T>,
    /// The segment and value of the last change announced.
    announced: Option<(u64, Option<T>)>,
    /// Changes announced and not answered.
    unanswered: u32,
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self { confirmed: None, announced: None, unanswered: 0 }
    }
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self { unnamed: Slot::default(), named: HashMap::new() }
    }
}

impl<T: Clone> Names<T> {
    /// How many names are in use.
    pub(crate) fn len(&self) -> usize {
        self.named.len()
    }

    /// The client announced that `name` shall be `value` (`None`: forgotten).
    pub(crate) fn announce(&mut self, segment: u64, name: &[u8], value: Option<T>) {
        let slot = self.slot(name);
        slot.announced = Some((segment, value));
        slot.unanswered = slot.unanswered.saturating_add(1);
    }

    /// The value of the change announced last became known in full.
    pub(crate) fn amend(&mut self, name: &[u8], value: T) {
        if let Some((_, announced)) = &mut self.slot(name).announced {
            *announced = Some(value);
        }
    }

    /// The server confirmed the oldest announced change of `name`.
    pub(crate) fn confirm(&mut self, name: &[u8], value: Option<T>) {
        let slot = self.slot(name);
        slot.confirmed = value;
        Self::answered(slot);
        self.tidy(name);
    }

    /// The server passed over or refused the oldest announced change of `name`.
    pub(crate) fn withdraw(&mut self, name: &[u8]) {
        Self::answered(self.slot(name));
        self.tidy(name);
    }

    /// What `name` stands for in `segment`.
    pub(crate) fn find(&self, segment: u64, name: &[u8]) -> Found<T> {
        let slot = if name.is_empty() { Some(&self.unnamed) } else { self.named.get(name) };
        match slot {
            None => Found::Certain(None),
            Some(Slot { announced: Some((at, value)), .. }) if *at == segment => {
                Found::Certain(value.clone())
            }
            Some(Slot { announced: Some(_), .. }) => Found::Wait,
            Some(Slot { confirmed, .. }) => Found::Certain(confirmed.clone()),
        }
    }

    /// Sets `name` without a protocol message: SQL did it.
    pub(crate) fn set(&mut self, name: &[u8], value: Option<T>) {
        self.slot(name).confirmed = value;
        self.tidy(name);
    }

    /// A simple query drops what is unnamed.
    pub(crate) fn forget_unnamed(&mut self) {
        self.unnamed.confirmed = None;
    }

    /// Everything confirmed is gone (DEALLOCATE ALL for statements, CLOSE ALL for portals).
    pub(crate) fn forget_confirmed(&mut self) {
        self.unnamed.confirmed = None;
        self.retain_named(|_| false);
    }

    /// Of what is confirmed and has a name only this stays, as `keep` leaves it (end of transaction for portals).
    pub(crate) fn retain_named(&mut self, mut keep: impl FnMut(&mut T) -> bool) {
        if !self.named.is_empty() {
            self.named.retain(|_, slot| {
                if !slot.confirmed.as_mut().is_some_and(&mut keep) {
                    slot.confirmed = None;
                }
                slot.unanswered > 0 || slot.confirmed.is_some()
            });
        }
    }

    fn slot(&mut self, name: &[u8]) -> &mut Slot<T> {
        if name.is_empty() {
            return &mut self.unnamed;
        }
        if !self.named.contains_key(name) {
            self.named.insert(name.into(), Slot::default());
        }
        // The entry was made just above; the unnamed slot is never reached.
        self.named.get_mut(name).unwrap_or(&mut self.unnamed)
    }

    fn answered(slot: &mut Slot<T>) {
        slot.unanswered = slot.unanswered.saturating_sub(1);
        if slot.unanswered == 0 {
            slot.announced = None;
        }
    }

    fn tidy(&mut self, name: &[u8]) {
        let idle = self.named.get(name).is_some_and(|slot| slot.confirmed.is_none() && slot.unanswered == 0);
        if idle {
            self.named.remove(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_announced_name_counts_in_its_own_segment_only() {
        let mut names = Names::default();
        names.announce(0, b"s", Some(1));
        assert_eq!(names.find(0, b"s"), Found::Certain(Some(1)));
        assert_eq!(names.find(1, b"s"), Found::Wait);
        names.confirm(b"s", Some(1));
        assert_eq!(names.find(1, b"s"), Found::Certain(Some(1)));
    }

    #[test]
    fn a_change_that_the_server_passed_over_never_happened() {
        let mut names = Names::default();
        names.announce(0, b"s", Some(1));
        names.confirm(b"s", Some(1));
        names.announce(1, b"s", None);
        names.announce(1, b"s", Some(2));
        names.withdraw(b"s");
        names.withdraw(b"s");
        assert_eq!(names.find(2, b"s"), Found::Certain(Some(1)));
    }

    #[test]
    fn names_are_as_long_as_the_server_keeps_them() {
        let long = [b'n'; 64];
        assert_eq!(stored(&long), Some(&long[..63]));
        assert_eq!(stored(&long[..63]), Some(&long[..63]));
        assert_eq!(stored("é".repeat(31).as_bytes()), Some("é".repeat(31).as_bytes()));
        assert_eq!(stored("é".repeat(32).as_bytes()), None, "in LATIN1 this has 32 bytes");
    }

    #[test]
    fn forgotten_names_cost_nothing() {
        let mut names: Names<u8> = Names::default();
        names.announce(0, b"a", Some(1));
        names.confirm(b"a", Some(1));
        names.announce(0, b"b", Some(2));
        names.forget_confirmed();
        assert_eq!(names.len(), 1, "the unanswered one stays");
        names.withdraw(b"b");
        assert_eq!(names.len(), 0);
    }
}
