//! Waiting for something that another process does: ask again until it holds or a deadline passes. Never a bare sleep.

use std::time::{Duration, Instant};

use crate::{Error, Result};

/// The pause between two questions. Short, since what is waited for mostly happens within tens of milliseconds.
const PAUSE: Duration = Duration::from_millis(5);

/// Asks `question` until it answers `Some`, and returns that answer.
///
/// # Errors
/// The question's own error at once, or one that names `what` after `limit`.
pub fn until<T>(what: &str, limit: Duration, mut question: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(answer) = question()? {
            return Ok(answer);
        }
        if Instant::now() >= deadline {
            return Err(Error::new(format!("waited {} s in vain for {what}", limit.as_secs())));
        }
        std::thread::sleep(PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_until_there_is_an_answer() {
        let mut left = 3;
        let answer = until("zero", Duration::from_secs(60), || {
            left -= 1;
            Ok((left == 0).then_some("there"))
        });
        assert_eq!(answer.unwrap(), "there");
    }

    #[test]
    fn says_what_it_waited_for() {
        let error = until::<()>("rain", Duration::ZERO, || Ok(None)).unwrap_err();
        assert_eq!(error.to_string(), "waited 0 s in vain for rain");
    }

    #[test]
    fn an_error_ends_the_wait() {
        let error = until::<()>("rain", Duration::from_secs(60), || Err(Error::new("drought"))).unwrap_err();
        assert_eq!(error.to_string(), "drought");
    }
}
