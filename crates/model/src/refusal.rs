//! A refusal: a normal answer, not a failure of the gate.

use std::borrow::Cow;
use std::fmt;

/// A five-character condition code (PostgreSQL's appendix A; the gate's own are in `docs/reference/codes.md`).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sqlstate([u8; 5]);

/// One plain sentence, a code, the rule, and the next step. Good for a person and for a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The code.
    pub code: Sqlstate,
    /// One sentence: lower case, no full stop, never a secret.
    pub message: Cow<'static, str>,
    /// The rule or limit that refused, and the object it met.
    pub detail: Option<Cow<'static, str>>,
    /// What to do next.
    pub hint: Option<Cow<'static, str>>,
}

impl Sqlstate {
    /// `00000`, successful completion.
    pub const SUCCESS: Self = Self(*b"00000");
    /// `57014`, query cancelled.
    pub const QUERY_CANCELED: Self = Self(*b"57014");

    /// A code known when the program is written.
    #[must_use]
    pub const fn new(code: &'static [u8; 5]) -> Self {
        Self(*code)
    }

    /// Reads a code: five characters of `0-9 A-Z`.
    #[must_use]
    pub fn parse(text: &[u8]) -> Option<Self> {
        let code: [u8; 5] = text.try_into().ok()?;
        code.iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()).then_some(Self(code))
    }

    /// The five characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Both constructors admit ASCII only, so this never falls back.
        std::str::from_utf8(&self.0).unwrap_or("XX000")
    }
}

impl Refusal {
    /// A refusal without detail and hint.
    #[must_use]
    pub fn new(code: Sqlstate, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into(), detail: None, hint: None }
    }

    /// Adds the rule or limit.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Adds the next step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Sqlstate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Sqlstate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlstates_are_five_digits_or_capitals() {
        assert_eq!(Sqlstate::parse(b"42P01").map(|s| s.to_string()), Some("42P01".to_owned()));
        for bad in [&b""[..], b"4200", b"420000", b"42p01", b"42 01", b"\xff2P01"] {
            assert_eq!(Sqlstate::parse(bad), None);
        }
    }
}
