//! What a client sends before the first tagged message: requests for encryption, a cancel request, or the start-up
//! message with the version and the session's first parameters (manual, sections 54.2 and 54.7).
//!
//! It never judges a parameter; it takes exactly the layouts that the server takes (`ProcessStartupPacket`), and is
//! stricter in one thing: a request for encryption has no bytes behind its code.

use std::fmt;

use model::{Refusal, Sqlstate};

pub use super::options::{OptionsError, options};
use super::reader::Reader;

/// The largest length word less four: the server's `MAX_STARTUP_PACKET_LENGTH`.
pub const LENGTH_MAX: usize = 10_000;
/// The most bytes of a cancel request's secret (protocol 3.2).
pub const SECRET_MAX: usize = 256;

pub(super) const CANCEL: u32 = 80_877_102;
pub(super) const SSL: u32 = 80_877_103;
pub(super) const GSS_ENC: u32 = 80_877_104;

/// A protocol version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// 3 since 2003.
    pub major: u16,
    /// 0, or 2 since PostgreSQL 18. 1 was never spoken, 9999 is sent to keep servers from rusting shut.
    pub minor: u16,
}

/// A client's first packet.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Startup<'a> {
    /// May we speak TLS? The answer is one byte: `S` or `N`.
    SslRequest,
    /// May we speak GSSAPI encryption? The answer is one byte: `G` or `N`.
    GssEncRequest,
    /// Cancel what a session is doing. There is no answer.
    CancelRequest {
        /// The session's process, as its BackendKeyData said.
        process_id: u32,
        /// The session's secret, 1 to 256 bytes. Compare it in constant time.
        secret: &'a [u8],
    },
    /// Begin a session.
    Message {
        /// The version that the client asks for; its major part is 3.
        version: Version,
        /// What it says of itself.
        parameters: Parameters<'a>,
    },
}

/// A start-up message's parameters, in the client's order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Parameters<'a>(&'a [u8]);

/// Why bytes are no start-up packet. The connection ends with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartupError {
    /// The length word is negative, too small or beyond [`LENGTH_MAX`].
    Length(i32),
    /// A version with another major part than 3, or a request code that nobody knows.
    Version(Version),
    /// The packet is not laid out as its code asks.
    Layout(&'static str),
}

impl Version {
    /// 3.0, spoken by everything since PostgreSQL 7.4.
    pub const V3_0: Self = Self { major: 3, minor: 0 };
    /// 3.2, since PostgreSQL 18: cancel keys of variable length.
    pub const V3_2: Self = Self { major: 3, minor: 2 };

    /// Reads the word: major in the upper 16 bits, minor in the lower.
    #[must_use]
    pub const fn from_word(word: u32) -> Self {
        let [a, b, c, d] = word.to_be_bytes();
        Self { major: u16::from_be_bytes([a, b]), minor: u16::from_be_bytes([c, d]) }
    }

    /// The word.
    #[must_use]
    pub const fn word(self) -> u32 {
        let ([a, b], [c, d]) = (self.major.to_be_bytes(), self.minor.to_be_bytes());
        u32::from_be_bytes([a, b, c, d])
    }

    /// The version to speak with a client that asks for this one: this one, but not beyond 3.2. When it differs, the
    /// client is told by NegotiateProtocolVersion.
    #[must_use]
    pub fn served(self) -> Self {
        self.min(Self::V3_2)
    }

    /// Whether a cancel key may be longer than four bytes.
    #[must_use]
    pub fn has_long_secrets(self) -> bool {
        self >= Self::V3_2
    }
}

/// Reads the packet at the front of `bytes`, and how many bytes it takes. `None`: it is not all there yet.
///
/// # Errors
/// As soon as the bytes that are there rule out every packet: a length is judged before what it announces has come.
pub fn decode(bytes: &[u8]) -> Result<Option<(Startup<'_>, usize)>, StartupError> {
    let Some((word, rest)) = bytes.split_first_chunk::<4>() else { return Ok(None) };
    let word = i32::from_be_bytes(*word);
    let length = usize::try_from(word).ok().and_then(|word| word.checked_sub(4));
    let Some(length) = length.filter(|length| (4..=LENGTH_MAX).contains(length)) else {
        return Err(StartupError::Length(word));
    };
    let Some((body, _)) = rest.split_at_checked(length) else { return Ok(None) };
    Ok(Some((packet(body, word)?, length + 4)))
}

fn packet(body: &[u8], word: i32) -> Result<Startup<'_>, StartupError> {
    let Some((code, rest)) = body.split_first_chunk::<4>() else { return Err(StartupError::Length(word)) };
    let code = u32::from_be_bytes(*code);
    match (code, Version::from_word(code)) {
        (SSL, _) if rest.is_empty() => Ok(Startup::SslRequest),
        (GSS_ENC, _) if rest.is_empty() => Ok(Startup::GssEncRequest),
        (SSL | GSS_ENC, _) => Err(StartupError::Layout("unexpected bytes in an encryption request")),
        (CANCEL, _) => match rest.split_first_chunk::<4>() {
            Some((process_id, secret)) if (1..=SECRET_MAX).contains(&secret.len()) => {
                Ok(Startup::CancelRequest { process_id: u32::from_be_bytes(*process_id), secret })
            }
            _ => Err(StartupError::Layout("invalid length of cancel key")),
        },
        (_, version) if version.major == 3 => {
            Parameters::new(rest).map(|parameters| Startup::Message { version, parameters })
        }
        (_, version) => Err(StartupError::Version(version)),
    }
}

impl<'a> Parameters<'a> {
    /// Checks the layout once: names and values in turn, each with its NUL, then one NUL as the last byte.
    fn new(bytes: &'a [u8]) -> Result<Self, StartupError> {
        const LAST: StartupError =
            StartupError::Layout("invalid startup packet layout: expected terminator as last byte");
        let mut reader = Reader::new("StartupMessage", bytes);
        while !reader.text().map_err(|_| LAST)?.is_empty() {
            reader.text().map_err(|_| LAST)?;
        }
        reader.end().map_err(|_| LAST)?;
        Ok(Self(bytes))
    }

    /// The value of `name`. When it is sent twice the last one counts, as with the server; see [`Self::duplicate`].
    #[must_use]
    pub fn get(self, name: &[u8]) -> Option<&'a [u8]> {
        self.filter(|(found, _)| *found == name).last().map(|(_, value)| value)
    }

    /// A name that is sent more than once.
    #[must_use]
    pub fn duplicate(self) -> Option<&'a [u8]> {
        let mut names: Vec<&[u8]> = self.map(|(name, _)| name).collect();
        names.sort_unstable();
        names.windows(2).find_map(|pair| match pair {
            [a, b] if a == b => Some(*a),
            _ => None,
        })
    }

    /// The protocol's own options, to be named in NegotiateProtocolVersion: no version so far knows any.
    pub fn protocol_options(self) -> impl Iterator<Item = &'a [u8]> {
        self.map(|(name, _)| name).filter(|name| name.starts_with(b"_pq_."))
    }
}

impl<'a> Iterator for Parameters<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let mut reader = Reader::new("StartupMessage", self.0);
        let name = reader.text().ok().filter(|name| !name.is_empty())?;
        let value = reader.text().ok()?;
        self.0 = reader.rest();
        Some((name, value))
    }
}

impl StartupError {
    /// What to answer with, in the server's words.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        let code = match self {
            Self::Version(_) => Sqlstate::new(b"0A000"),
            Self::Length(_) | Self::Layout(_) => Sqlstate::new(b"08P01"),
        };
        Refusal::new(code, self.to_string())
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl fmt::Display for StartupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(_) => f.write_str("invalid length of startup packet"),
            Self::Version(version) => {
                let (first, last) = (Version::V3_0, Version::V3_2);
                write!(f, "unsupported frontend protocol {version}: server supports {first} to {last}")
            }
            Self::Layout(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for StartupError {}

/// Shows the kind, never the secret.
impl fmt::Debug for Startup<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SslRequest => f.write_str("SslRequest"),
            Self::GssEncRequest => f.write_str("GssEncRequest"),
            Self::CancelRequest { process_id, .. } => write!(f, "CancelRequest({process_id})"),
            Self::Message { version, parameters } => {
                write!(f, "Message({version}, {} parameters)", parameters.count())
            }
        }
    }
}

/// Shows how many there are, never a value: some clients put secrets there.
impl fmt::Debug for Parameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Parameters({})", self.count())
    }
}
