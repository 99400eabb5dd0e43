//! Credentials for tests and the demo: SCRAM verifiers and tokens, made apart from the code under test.

use std::fs::File;
use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::Result;
use crate::error::Context;

/// PostgreSQL's own number of iterations.
const ITERATIONS: u32 = 4096;

/// A token: what the client sends and what the configuration holds.
#[derive(Clone, Debug)]
pub struct Token {
    /// The part that is no secret.
    pub id: String,
    /// The whole token, as a client sends it.
    pub secret: String,
    /// RFC 3339 time, or `None` for never.
    pub expires: Option<String>,
}

impl Token {
    /// A new token.
    ///
    /// # Errors
    /// When the machine has no randomness.
    pub fn new(id: &str) -> Result<Self> {
        let secret = format!("tollhouse_{id}_{}", URL_SAFE_NO_PAD.encode(random::<32>()?));
        Ok(Self { id: id.into(), secret, expires: None })
    }

    /// The same token, worth nothing from this time (RFC 3339) on.
    #[must_use]
    pub fn expires(mut self, time: &str) -> Self {
        self.expires = Some(time.into());
        self
    }

    /// `sha256:` and the hash of the whole token.
    #[must_use]
    pub fn hash(&self) -> String {
        let hash = Sha256::digest(self.secret.as_bytes());
        hash.iter().fold(String::from("sha256:"), |text, byte| format!("{text}{byte:02x}"))
    }
}

/// The verifier of a password (RFC 5802, in PostgreSQL's form). The password must be plain ASCII: it is not normalised.
#[must_use]
pub fn verifier(password: &str, salt: &[u8]) -> String {
    let salted = pbkdf2::pbkdf2_hmac_array::<Sha256, 32>(password.as_bytes(), salt, ITERATIONS);
    let stored = Sha256::digest(keyed(&salted, b"Client Key"));
    let server = keyed(&salted, b"Server Key");
    let (salt, stored, server) = (STANDARD.encode(salt), STANDARD.encode(stored), STANDARD.encode(server));
    format!("SCRAM-SHA-256${ITERATIONS}:{salt}${stored}:{server}")
}

/// A word of 22 characters with 128 bits of randomness: a password for copy and paste.
///
/// # Errors
/// When the machine has no randomness.
pub fn random_word() -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(random::<16>()?).replace(['-', '_'], "x"))
}

fn keyed(key: &[u8; 32], text: &[u8]) -> [u8; 32] {
    // HMAC takes keys of any length, so there is nothing to refuse.
    Hmac::<Sha256>::new_from_slice(key)
        .map(|mac| mac.chain_update(text).finalize().into_bytes().into())
        .unwrap_or_default()
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    let mut source = File::open("/dev/urandom").context(|| "cannot open `/dev/urandom`".into())?;
    source.read_exact(&mut bytes).context(|| "cannot read `/dev/urandom`".into())?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verifier_is_postgresqls() {
        // RFC 7677's example: password `pencil`, salt `W22ZaJ0SNY7soEsUEjb6gQ==`; the keys are those of its exchange.
        let salt = STANDARD.decode("W22ZaJ0SNY7soEsUEjb6gQ==").unwrap();
        assert_eq!(
            verifier("pencil", &salt),
            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:\
             wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
        );
    }

    #[test]
    fn a_token_carries_its_id_and_is_one_of_a_kind() {
        let (a, b) = (Token::new("k3v9").unwrap(), Token::new("k3v9").unwrap());
        assert!(a.secret.starts_with("tollhouse_k3v9_") && a.secret.len() == 15 + 43, "{}", a.secret);
        assert_ne!(a.hash(), b.hash());
        assert_eq!(a.hash().len(), 7 + 64);
    }
}
