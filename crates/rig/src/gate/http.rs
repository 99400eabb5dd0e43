//! One HTTP GET to a loopback port, for `/readyz` and `/metrics`.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use crate::error::Context;
use crate::{Error, Result};

/// A gate that does not answer within this time does not answer.
const LIMIT: Duration = Duration::from_secs(10);

/// Asks 127.0.0.1 for a path; status and body.
///
/// # Errors
/// When there is no answer, or one that is not HTTP.
pub fn get(port: u16, path: &str) -> Result<(u16, String)> {
    let failed = || format!("no answer from `127.0.0.1:{port}{path}`");
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).context(failed)?;
    stream.set_read_timeout(Some(LIMIT)).context(failed)?;
    // HTTP/1.0: the answer ends with the connection and is never in chunks.
    write!(stream, "GET {path} HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n").context(failed)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).context(failed)?;
    parse(&String::from_utf8_lossy(&answer)).ok_or_else(|| Error::new(failed()))
}

fn parse(answer: &str) -> Option<(u16, String)> {
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, body.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read() {
        assert_eq!(
            parse("HTTP/1.0 503 Busy\r\nA: b\r\n\r\nno\r\n\r\nmore"),
            Some((503, "no\r\n\r\nmore".into()))
        );
        assert_eq!(parse("SSH-2.0"), None);
    }
}
