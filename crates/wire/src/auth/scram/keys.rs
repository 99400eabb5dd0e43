//! From a password to keys: SASLprep, PBKDF2 and the two HMACs (RFC 5802, section 3). The dear part of SCRAM.

use std::borrow::Cow;

use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize as _, Zeroizing};

use super::ScramError;

/// The iterations of new verifiers: PostgreSQL's default.
pub const ITERATIONS: u32 = 4096;
/// The most iterations that a server may ask for: about a second of one core. It bounds what a hostile one can cost.
pub const ITERATIONS_MAX: u32 = 1_000_000;

/// What a client needs of a password for one salt and one count of iterations. Keep it: PBKDF2 is paid once per
/// password and salt, not per log-in.
#[derive(Clone)]
pub struct ClientKeys {
    pub(super) client: Zeroizing<[u8; 32]>,
    pub(super) server: Zeroizing<[u8; 32]>,
}

impl ClientKeys {
    /// Derives the keys; takes milliseconds.
    ///
    /// # Errors
    /// When `iterations` is 0 or above [`ITERATIONS_MAX`].
    pub fn derive(password: &[u8], salt: &[u8], iterations: u32) -> Result<Self, ScramError> {
        if !(1..=ITERATIONS_MAX).contains(&iterations) {
            return Err(ScramError::Iterations);
        }
        let prepared = prepare(password);
        let mut salted = Zeroizing::new([0; 32]);
        pbkdf2::pbkdf2_hmac::<Sha256>(&prepared, salt, iterations, &mut *salted);
        let key = |name: &[u8]| Zeroizing::new(hmac(&salted, &[name]));
        Ok(Self { client: key(b"Client Key"), server: key(b"Server Key") })
    }

    /// The key that a server stores.
    pub(super) fn stored(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(sha256(&*self.client))
    }
}

/// Shows nothing.
impl std::fmt::Debug for ClientKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClientKeys(..)")
    }
}

/// SASLprep; what cannot be prepared is taken as it is, as PostgreSQL does on both sides.
fn prepare(password: &[u8]) -> Zeroizing<Vec<u8>> {
    let prepared = std::str::from_utf8(password).ok().and_then(|text| stringprep::saslprep(text).ok());
    Zeroizing::new(match prepared {
        // An empty result would be an empty password; PostgreSQL refuses to prepare to nothing.
        Some(text) if !text.is_empty() => match text {
            Cow::Borrowed(text) => text.as_bytes().to_vec(),
            Cow::Owned(text) => text.into_bytes(),
        },
        _ => password.to_vec(),
    })
}

pub(super) fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC pads a short key with zeros to the hash's block; done here, the key always has the length that is asked for.
    let mut block = [0; 64];
    if let Some(head) = block.first_chunk_mut() {
        *head = *key;
    }
    let mut mac = Hmac::<Sha256>::new(&block.into());
    block.zeroize();
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

pub(super) fn xor(a: &[u8; 32], b: &[u8; 32]) -> [u8; 32] {
    let mut out = *a;
    out.iter_mut().zip(b).for_each(|(out, b)| *out ^= b);
    out
}
