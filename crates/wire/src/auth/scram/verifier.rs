//! What a server keeps of a password: enough to check it, not enough to use it.
//!
//! The text form is PostgreSQL's own (`pg_authid.rolpassword`), so verifiers can be carried over as they are.

use std::fmt;
use std::str::FromStr;

use zeroize::Zeroizing;

use super::keys::{ClientKeys, hmac};
use super::text::{decode, decode_32, encode};
use super::{Mechanism, ScramError};

/// A stored verifier: `SCRAM-SHA-256$<iterations>:<salt>$<stored key>:<server key>`, the last three in base64.
#[derive(Clone)]
pub struct Verifier {
    pub(super) iterations: u32,
    pub(super) salt: Vec<u8>,
    pub(super) stored: Zeroizing<[u8; 32]>,
    pub(super) server: Zeroizing<[u8; 32]>,
    /// False for a mock: no proof is ever accepted.
    pub(super) genuine: bool,
}

/// The text is no verifier. It never says what was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifierError;

impl Verifier {
    /// Makes the verifier of a password with a fresh random salt; PostgreSQL's salts have 16 bytes.
    ///
    /// # Errors
    /// When `iterations` is 0 or above [`super::ITERATIONS_MAX`].
    pub fn create(password: &[u8], salt: &[u8], iterations: u32) -> Result<Self, ScramError> {
        let keys = ClientKeys::derive(password, salt, iterations)?;
        Ok(Self {
            iterations,
            salt: salt.to_vec(),
            stored: keys.stored(),
            server: keys.server,
            genuine: true,
        })
    }

    /// The found verifier, or for an unknown name a mock that nothing satisfies.
    ///
    /// A mock's salt depends on the gate's secret and the name only, so that asking twice tells nothing; it is made in
    /// both cases, so that the time tells nothing. `iterations` should be what real verifiers have.
    #[must_use]
    pub fn or_mock(found: Option<&Self>, secret: &[u8; 32], name: &[u8], iterations: u32) -> Self {
        let mock = Self::mock(secret, name, iterations);
        found.cloned().unwrap_or(mock)
    }

    fn mock(secret: &[u8; 32], name: &[u8], iterations: u32) -> Self {
        let salt = hmac(secret, &[b"mock salt\0", name]);
        Self {
            iterations,
            salt: salt.iter().copied().take(16).collect(),
            stored: Zeroizing::new(hmac(secret, &[b"mock stored key\0", name])),
            server: Zeroizing::new(hmac(secret, &[b"mock server key\0", name])),
            genuine: false,
        }
    }

    /// The iterations.
    #[must_use]
    pub fn iterations(&self) -> u32 {
        self.iterations
    }
}

impl FromStr for Verifier {
    type Err = VerifierError;

    fn from_str(text: &str) -> Result<Self, VerifierError> {
        parse(text).ok_or(VerifierError)
    }
}

fn parse(text: &str) -> Option<Verifier> {
    let (mechanism, rest) = text.split_once('$')?;
    let (head, keys) = rest.split_once('$')?;
    let (iterations, salt) = head.split_once(':')?;
    let (stored, server) = keys.split_once(':')?;
    let digits = !iterations.is_empty() && iterations.bytes().all(|byte| byte.is_ascii_digit());
    let iterations = iterations.parse().ok().filter(|iterations| digits && *iterations > 0)?;
    let salt = decode(salt).ok().filter(|salt| !salt.is_empty())?;
    let key = |text| decode_32(text).ok().map(Zeroizing::new);
    let (stored, server) = (key(stored)?, key(server)?);
    let genuine = mechanism == Mechanism::Sha256.as_str();
    genuine.then_some(Verifier { iterations, salt, stored, server, genuine })
}

/// The text to store. It is a secret too: whoever has it can pose as the server, and try passwords.
impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (salt, stored, server) = (encode(&self.salt), encode(&*self.stored), encode(&*self.server));
        write!(f, "{}${}:{salt}${stored}:{server}", Mechanism::Sha256.as_str(), self.iterations)
    }
}

/// Shows the iterations only.
impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verifier({} iterations, ..)", self.iterations)
    }
}

impl fmt::Display for VerifierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "this is no SCRAM verifier: it reads `SCRAM-SHA-256$<iterations>:<salt>$<stored key>:<server key>`; \
             `tollhouse principal password` makes one",
        )
    }
}

impl std::error::Error for VerifierError {}
