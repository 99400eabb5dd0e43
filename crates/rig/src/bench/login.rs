//! A raw PostgreSQL client: logs in with SCRAM-SHA-256 over plain TCP, runs a query without looking at its rows, leaves.
//!
//! It exists because a benchmark of log-ins must not measure its own client: it derives the password's keys once per
//! salt and starts no process per connection. Never for anything else: no TLS, no types, no channel binding.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::error::Context;
use crate::{Error, Result};

/// Nobody answers slower than this without being broken.
const PATIENCE: Duration = Duration::from_secs(60);
/// No message that is met here is longer; a longer one is nonsense.
const MESSAGE_BYTES_MAX: usize = 1 << 20;

/// Who logs in where. The keys derived from the password are kept between log-ins.
pub(super) struct Login {
    address: String,
    user: String,
    database: String,
    password: String,
    keys: HashMap<(String, u32), Keys>,
    log_ins: u64,
}

#[derive(Clone, Copy)]
struct Keys {
    client: [u8; 32],
    stored: [u8; 32],
}

/// One open session.
pub(super) struct Session {
    stream: TcpStream,
    body: Vec<u8>,
}

impl Login {
    /// Nothing is connected yet. `address` is host:port.
    pub(super) fn new(address: &str, user: &str, database: &str, password: &str) -> Self {
        let [address, user, database, password] = [address, user, database, password].map(str::to_owned);
        Self { address, user, database, password, keys: HashMap::new(), log_ins: 0 }
    }

    /// Opens a session, up to its first ReadyForQuery.
    ///
    /// # Errors
    /// When the server cannot be reached, refuses, or asks for anything but SCRAM-SHA-256 or nothing.
    pub(super) fn open(&mut self) -> Result<Session> {
        let stream = TcpStream::connect(&self.address).context(|| "cannot connect".into())?;
        stream
            .set_nodelay(true)
            .and_then(|()| stream.set_read_timeout(Some(PATIENCE)))
            .context(|| "cannot set a socket up".into())?;
        let mut session = Session { stream, body: Vec::new() };
        let mut start = 196_608_u32.to_be_bytes().to_vec();
        for word in ["user", &self.user, "database", &self.database, "application_name", "bench", ""] {
            start.extend_from_slice(word.as_bytes());
            start.push(0);
        }
        session.send(None, &start)?;
        self.log_ins += 1;
        let nonce = STANDARD.encode(Sha256::digest(format!("{}/{}", std::process::id(), self.log_ins)));
        let bare = format!("n=,r={nonce}");
        loop {
            let kind = session.receive()?;
            if kind == b'Z' {
                return Ok(session);
            }
            if kind != b'R' {
                continue;
            }
            let (code, rest) = session.body.split_at_checked(4).ok_or_else(odd)?;
            match code {
                [0, 0, 0, 0 | 12] => {}
                [0, 0, 0, 10] => {
                    let first = format!("n,,{bare}");
                    let mut body = b"SCRAM-SHA-256\0".to_vec();
                    body.extend_from_slice(&u32::try_from(first.len()).map_err(|_| odd())?.to_be_bytes());
                    body.extend_from_slice(first.as_bytes());
                    session.send(Some(b'p'), &body)?;
                }
                [0, 0, 0, 11] => {
                    let challenge = String::from_utf8(rest.to_vec()).map_err(|_| odd())?;
                    let answer = self.answer(&bare, &challenge)?;
                    session.send(Some(b'p'), answer.as_bytes())?;
                }
                _ => return Err(Error::new("the server asks for another way to log in than SCRAM-SHA-256")),
            }
        }
    }

    /// SCRAM's client-final-message (RFC 5802, section 3) to a server-first-message.
    fn answer(&mut self, bare: &str, challenge: &str) -> Result<String> {
        let part = |name: &str| challenge.split(',').find_map(|part| part.strip_prefix(name)).ok_or_else(odd);
        let (nonce, salt) = (part("r=")?, part("s=")?);
        let rounds: u32 = part("i=")?.parse().map_err(|_| odd())?;
        let keys = match self.keys.get(&(salt.to_owned(), rounds)) {
            Some(keys) => *keys,
            None => {
                let keys = Keys::derive(&self.password, &STANDARD.decode(salt).map_err(|_| odd())?, rounds);
                self.keys.insert((salt.to_owned(), rounds), keys);
                keys
            }
        };
        let last = format!("c=biws,r={nonce}");
        let signature = mac(&keys.stored, format!("{bare},{challenge},{last}").as_bytes());
        let proof: Vec<u8> = keys.client.iter().zip(signature).map(|(key, bit)| key ^ bit).collect();
        Ok(format!("{last},p={}", STANDARD.encode(proof)))
    }
}

impl Keys {
    fn derive(password: &str, salt: &[u8], rounds: u32) -> Self {
        let salted = pbkdf2::pbkdf2_hmac_array::<Sha256, 32>(password.as_bytes(), salt, rounds);
        let client = mac(&salted, b"Client Key");
        Self { client, stored: Sha256::digest(client).into() }
    }
}

impl Session {
    /// Runs `sql` by the simple protocol and reads past its answer.
    ///
    /// # Errors
    /// When the server answers with an error or is gone.
    pub(super) fn run(&mut self, sql: &str) -> Result<()> {
        self.send(Some(b'Q'), format!("{sql}\0").as_bytes())?;
        while self.receive()? != b'Z' {}
        Ok(())
    }

    /// Says goodbye and waits until the other side has closed too, so that nothing of it runs on.
    ///
    /// # Errors
    /// When the goodbye could not be sent.
    pub(super) fn close(mut self) -> Result<()> {
        self.send(Some(b'X'), &[])?;
        // A reset is as good an end as a close.
        while matches!(self.stream.read(&mut [0; 64]), Ok(1..)) {}
        Ok(())
    }

    fn send(&mut self, kind: Option<u8>, body: &[u8]) -> Result<()> {
        let length = u32::try_from(body.len() + 4).map_err(|_| odd())?;
        let mut message = Vec::with_capacity(body.len() + 5);
        message.extend(kind);
        message.extend_from_slice(&length.to_be_bytes());
        message.extend_from_slice(body);
        self.stream.write_all(&message).context(|| "cannot send to the server".into())
    }

    /// Reads one message into `body` and answers its type.
    fn receive(&mut self) -> Result<u8> {
        let mut head = [0; 5];
        self.stream.read_exact(&mut head).context(lost)?;
        let [kind, length @ ..] = head;
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        let length = length.checked_sub(4).filter(|length| *length <= MESSAGE_BYTES_MAX).ok_or_else(odd)?;
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body).context(lost)?;
        if kind == b'E' {
            let words: Vec<_> = self.body.split(|byte| *byte == 0).map(String::from_utf8_lossy).collect();
            let message =
                words.iter().find_map(|word| word.strip_prefix('M')).unwrap_or("an error without words");
            return Err(Error::new(format!("the server says: {message}")));
        }
        Ok(kind)
    }
}

fn mac(key: &[u8; 32], text: &[u8]) -> [u8; 32] {
    // A key of one block's length or less goes in as it is: HMAC takes any.
    let mut block = [0; 64];
    for (to, from) in block.iter_mut().zip(key) {
        *to = *from;
    }
    let mut mac = <Hmac<Sha256> as Mac>::new(&block.into());
    mac.update(text);
    mac.finalize().into_bytes().into()
}

fn lost() -> String {
    "the server has gone".into()
}

fn odd() -> Error {
    Error::new("the server's answer is not as the protocol says")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7677, section 3: user `user`, password `pencil`. The example's header has the user's name in it.
    #[test]
    fn answers_as_the_rfc_does() {
        let mut login = Login::new("127.0.0.1:1", "user", "", "pencil");
        let bare = "n=user,r=rOprNGfwEbeRWgbNEkqO";
        let nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        let challenge = format!("r={nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        let answer = login.answer(bare, &challenge).unwrap();
        assert_eq!(answer, format!("c=biws,r={nonce},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="));
        assert_eq!(login.keys.len(), 1);
        assert_eq!(login.answer(bare, &challenge).unwrap(), answer);
        assert_eq!(login.keys.len(), 1);
    }

    #[test]
    fn a_challenge_with_a_part_missing_is_refused() {
        let mut login = Login::new("127.0.0.1:1", "user", "", "pencil");
        for challenge in ["", "r=x,s=W22Z", "r=x,i=1", "r=x,s=!,i=1", "r=x,s=W22Z,i=many"] {
            assert!(login.answer("n=,r=x", challenge).is_err(), "{challenge}");
        }
    }
}
