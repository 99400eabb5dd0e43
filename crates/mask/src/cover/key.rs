//! The tenant's key, and what is derived from it: one key for each semantic domain. It never leaves this room.

use std::collections::HashMap;
use std::fmt;
use std::sync::{PoisonError, RwLock};

use hmac::{Hmac, Mac};
use model::Class;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::label::Told;
use crate::scan::Scanner;

/// What tokens and format-preserving numbers are keyed with: whoever knows it can tell which value a token stands for.
pub struct Key(Zeroizing<[u8; 32]>);

/// What covers share: the tenant's key, and what looks through texts.
pub struct Kit {
    key: Key,
    scanner: Scanner,
    /// What keys of documents say, as far as they came before.
    keys: RwLock<HashMap<Box<[u8]>, Told>>,
}

/// Keys of documents that are remembered, each with the one above it; with more all are forgotten.
const KEYS_MAX: usize = 10_000;
/// The longest of them, with the one above it.
const KEY_BYTES: usize = 200;

/// The key of one semantic domain: the same value has the same token in all columns of a class, and another one
/// in columns of other classes.
#[derive(Clone)]
pub(super) struct Domain(Hmac<Sha256>);

impl Key {
    /// Takes 32 bytes that were drawn at random.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The key of the domain that `class` names.
    pub(super) fn domain(&self, class: Option<Class>) -> Domain {
        let name = class.map_or("unlabelled", Class::as_str);
        let mut derived = begin(&self.0);
        // The purpose and its version, then each part with its length: no two inputs read the same.
        fields(&mut derived, &[b"tollhouse mask 1", name.as_bytes()]);
        let derived = Zeroizing::new(<[u8; 32]>::from(derived.finalize().into_bytes()));
        Domain(begin(&derived))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Kit {
    /// With a tenant's key.
    #[must_use]
    pub fn new(key: Key, scanner: Scanner) -> Self {
        Self { key, scanner, keys: RwLock::default() }
    }

    /// What looks through texts.
    #[must_use]
    pub fn scanner(&self) -> &Scanner {
        &self.scanner
    }

    pub(super) fn domain(&self, class: Option<Class>) -> Domain {
        self.key.domain(class)
    }

    /// What a key of a document says for sure of what stands under it, given the key above.
    pub(super) fn told(&self, key: &[u8], above: Option<&[u8]>) -> Told {
        // What is no text names nothing.
        let read = |key| std::str::from_utf8(key).ok();
        let judge = || read(key).map_or_else(Told::default, |key| Told::of(key, above.and_then(read)));
        // With a zero in a key two ways could be one; a long one is data.
        let mut room = [0; KEY_BYTES];
        let both = above.map_or(Some(key), |above| joined(above, key, &mut room));
        let Some(both) = both.filter(|_| key.len() <= KEY_BYTES && !key.contains(&0)) else { return judge() };
        let known = self.keys.read().unwrap_or_else(PoisonError::into_inner).get(both).copied();
        if let Some(known) = known {
            return known;
        }
        let told = judge();
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= KEYS_MAX {
            keys.clear();
        }
        keys.insert(both.into(), told);
        told
    }
}

impl fmt::Debug for Kit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kit(…)")
    }
}

impl Domain {
    /// What stands for these parts: as good as drawn at random to whoever lacks the key, and always the same.
    pub(super) fn tag(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = self.0.clone();
        fields(&mut mac, parts);
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Domain(…)")
    }
}

fn begin(key: &[u8; 32]) -> Hmac<Sha256> {
    // HMAC pads a key with zeroes to its block: a whole block is the form that cannot be refused.
    let mut block = Zeroizing::new([0; 64]);
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    Hmac::new(&(*block).into())
}

/// A key behind the one above it.
fn joined<'r>(above: &[u8], key: &[u8], room: &'r mut [u8; KEY_BYTES]) -> Option<&'r [u8]> {
    let end = above.len() + 1 + key.len();
    let both = room.get_mut(..end).filter(|_| !above.contains(&0))?;
    both.get_mut(..above.len())?.copy_from_slice(above);
    both.get_mut(above.len() + 1..)?.copy_from_slice(key);
    Some(both)
}

fn fields(mac: &mut Hmac<Sha256>, parts: &[&[u8]]) {
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_apart_and_nothing_is_printed() {
        let key = Key::new([7; 32]);
        let tag = |class| key.domain(class).tag(&[b"a", b"bc"]);
        assert_eq!(tag(Some(Class::Email)), tag(Some(Class::Email)));
        assert_ne!(tag(Some(Class::Email)), tag(Some(Class::Phone)));
        assert_ne!(tag(Some(Class::Email)), tag(None));
        let domain = key.domain(None);
        assert_ne!(domain.tag(&[b"ab", b"c"]), domain.tag(&[b"a", b"bc"]));
        assert_eq!(format!("{key:?} {domain:?}"), "Key(…) Domain(…)");
    }
}
