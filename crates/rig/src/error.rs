//! What went wrong in the rig, as one sentence with its cause behind it. Nothing here is matched on: a person reads it.

use std::error::Error as StdError;
use std::fmt;

/// The rig's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One sentence, and the error that caused it.
pub struct Error {
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// An error that says `message`.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), source: None }
    }

    /// An error that says `message`, caused by `source`.
    pub fn because(message: impl Into<String>, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { message: message.into(), source: Some(source.into()) }
    }
}

/// Adds what was being done to an error.
pub(crate) trait Context<T> {
    /// Replaces the error with one that says `message` and keeps the old one as its source.
    fn context(self, message: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: Into<Box<dyn StdError + Send + Sync>>> Context<T> for std::result::Result<T, E> {
    fn context(self, message: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|error| Error::because(message(), error))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        let mut next = self.source();
        while let Some(error) = next {
            // Our own errors already print what is behind them.
            write!(f, ": {error}")?;
            next = if error.is::<Error>() { None } else { error.source() };
        }
        Ok(())
    }
}

/// Test frameworks print errors by `Debug`; a person reads those lines too.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_chain_is_printed_once() {
        let io = std::io::Error::other("disk on fire");
        let inner = Err::<(), _>(io).context(|| "cannot read `a`".into()).unwrap_err();
        let outer = Err::<(), _>(inner).context(|| "cannot start".into()).unwrap_err();
        assert_eq!(outer.to_string(), "cannot start: cannot read `a`: disk on fire");
        assert_eq!(format!("{outer:?}"), outer.to_string());
    }
}
