//! Transcripts: bytes of one direction, and the messages that they are. Each is read at once and byte by byte.

use wire::postgres::{backend, frame::Header, frontend, startup};

use crate::{notation, print};

#[test]
fn transcripts() {
    cases::run(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases"), "wire", |input| {
        let (direction, bytes) = input.split_once('\n').unwrap();
        let bytes = notation::bytes(bytes);
        let at_once = Driver::new(direction).feed(&bytes).finish();
        let by_bytes =
            bytes.iter().fold(Driver::new(direction), |driver, byte| driver.feed(&[*byte])).finish();
        assert_eq!(at_once, by_bytes, "the pieces must not matter");
        at_once
    });
}

/// What a relay does with bytes as they come, without the relaying.
struct Driver {
    /// What the next bytes are: `start`, `client` or `server`; after a start-up message `start` becomes `client`.
    direction: String,
    waiting: Vec<u8>,
    lines: Vec<String>,
    failed: bool,
}

impl Driver {
    fn new(direction: &str) -> Self {
        Self { direction: direction.to_owned(), waiting: Vec::new(), lines: Vec::new(), failed: false }
    }

    fn feed(mut self, bytes: &[u8]) -> Self {
        self.waiting.extend(bytes);
        while !self.failed {
            match self.next() {
                Ok(Some((line, used))) => {
                    self.lines.push(line);
                    self.waiting.drain(..used);
                }
                Ok(None) => break,
                Err(line) => {
                    self.lines.push(format!("error: {line}"));
                    self.failed = true;
                }
            }
        }
        self
    }

    fn next(&mut self) -> Result<Option<(String, usize)>, String> {
        let bytes = self.waiting.as_slice();
        let framed = |header: Header| header.split(bytes).map(|(body, _)| (header.tag, body, header.total()));
        match self.direction.as_str() {
            "start" => {
                let Some((packet, used)) = startup::decode(bytes).map_err(|error| error.to_string())? else {
                    return Ok(None);
                };
                let line = print::startup(&packet);
                if matches!(packet, startup::Startup::Message { .. }) {
                    self.direction = "client".to_owned();
                }
                Ok(Some((line, used)))
            }
            "client" => {
                let header = frontend::peek(bytes).map_err(|error| error.to_string())?;
                let Some((tag, body, used)) = header.and_then(framed) else { return Ok(None) };
                let message = frontend::decode(tag, body).map_err(|error| error.to_string())?;
                Ok(Some((print::client(&message), used)))
            }
            "server" => {
                let header = backend::peek(bytes).map_err(|error| error.to_string())?;
                let Some((tag, body, used)) = header.and_then(framed) else { return Ok(None) };
                let message = backend::decode(tag, body).map_err(|error| error.to_string())?;
                Ok(Some((print::server(&message), used)))
            }
            other => panic!("the first line says `start`, `client` or `server`, not `{other}`"),
        }
    }

    fn finish(mut self) -> String {
        if !self.failed && !self.waiting.is_empty() {
            self.lines.push(format!("{} bytes wait", self.waiting.len()));
        }
        self.lines.join("\n")
    }
}
