//! The text of SCRAM messages: attributes of one letter, `=` and a value, in a fixed order (RFC 5802, section 7).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::ScramError;

/// One side's part of the conversation's nonce: printable ASCII without comma.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nonce(String);

impl Nonce {
    /// Makes it of 18 random bytes, as PostgreSQL does.
    #[must_use]
    pub fn from_bytes(random: &[u8; 18]) -> Self {
        Self(STANDARD.encode(random))
    }

    /// Checks a text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (!text.is_empty() && text.bytes().all(|byte| matches!(byte, 0x21..=0x7e) && byte != b','))
            .then(|| Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A message as text.
pub(super) fn text(message: &[u8]) -> Result<&str, ScramError> {
    let text = std::str::from_utf8(message).map_err(|_| ScramError::Malformed("it is not UTF-8"))?;
    if text.contains('\0') { Err(ScramError::Malformed("it has a NUL character")) } else { Ok(text) }
}

/// Takes the attribute `letter` off the front: its value, and what follows the comma (`None`: it is the last one).
pub(super) fn attribute<'a>(
    message: &'a str,
    letter: char,
    missing: &'static str,
) -> Result<(&'a str, Option<&'a str>), ScramError> {
    let value = message.strip_prefix(letter).and_then(|rest| rest.strip_prefix('='));
    let value = value.ok_or(ScramError::Malformed(missing))?;
    Ok(value.split_once(',').map_or((value, None), |(value, rest)| (value, Some(rest))))
}

/// Bytes as base64.
pub(super) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Base64 as bytes: with padding, without white space, in the one spelling that each value has.
pub(super) fn decode(text: &str) -> Result<Vec<u8>, ScramError> {
    STANDARD.decode(text).map_err(|_| ScramError::Malformed("a value is not base64"))
}

/// Base64 of a key, a proof or a signature.
pub(super) fn decode_32(text: &str) -> Result<[u8; 32], ScramError> {
    decode(text)?.try_into().map_err(|_| ScramError::Malformed("a value does not have 32 bytes"))
}
