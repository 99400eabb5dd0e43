//! Reading and writing single messages while a session begins, on either side. Slow and simple; the relay has
//! its own way. A reading future that is dropped loses nothing: what was read stays in [`Incoming`].

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use wire::postgres::frame::{FrameError, HEADER_BYTES, Header};
use wire::postgres::startup::{self, Startup, StartupError};

/// The longest message taken from anybody who has not logged in yet, or from a server that has not let us in. A
/// long NOTICE or a client's SCRAM message stays far below.
const BODY_MAX: u32 = 65_536;

/// Bytes asked for at once.
const CHUNK: usize = 4096;

/// Bytes received and not yet used.
#[derive(Debug, Default)]
pub(crate) struct Incoming {
    bytes: Vec<u8>,
}

/// One message.
#[derive(Debug)]
pub(crate) struct Packet {
    /// Its tag.
    pub(crate) tag: u8,
    /// Its body.
    pub(crate) body: Vec<u8>,
}

/// Why a message could not be had.
#[derive(Debug)]
pub(crate) enum PacketError {
    /// The peer is gone.
    Gone,
    /// What came is no message.
    Frame(FrameError),
    /// What came is no start-up packet.
    Startup(StartupError),
    /// Longer than anything that may come here.
    Long,
    /// The stream failed.
    Io(io::Error),
}

impl Incoming {
    /// Whether nothing came that was not used.
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// What came and was not used.
    pub(crate) fn into_rest(self) -> Vec<u8> {
        self.bytes
    }

    /// Reads one message; `peek` is the direction's own header reader, which knows tags and limits.
    ///
    /// # Errors
    /// When the stream ends or fails, or holds something else.
    pub(crate) async fn packet<S: AsyncRead + Unpin>(
        &mut self,
        stream: &mut S,
        peek: fn(&[u8]) -> Result<Option<Header>, FrameError>,
    ) -> Result<Packet, PacketError> {
        loop {
            if let Some(header) = peek(&self.bytes).map_err(PacketError::Frame)? {
                if header.length > BODY_MAX {
                    return Err(PacketError::Long);
                }
                if let Some(body) = self.bytes.get(HEADER_BYTES..header.total()) {
                    let packet = Packet { tag: header.tag, body: body.to_vec() };
                    self.bytes.drain(..header.total());
                    return Ok(packet);
                }
            }
            self.more(stream).await?;
        }
    }

    /// Reads one start-up packet and gives it to `with`.
    ///
    /// # Errors
    /// When the stream ends or fails, or holds something else.
    pub(crate) async fn startup<S: AsyncRead + Unpin, T>(
        &mut self,
        stream: &mut S,
        with: impl FnOnce(&Startup<'_>) -> T,
    ) -> Result<T, PacketError> {
        loop {
            if let Some((packet, used)) = startup::decode(&self.bytes).map_err(PacketError::Startup)? {
                let out = with(&packet);
                self.bytes.drain(..used);
                return Ok(out);
            }
            self.more(stream).await?;
        }
    }

    async fn more<S: AsyncRead + Unpin>(&mut self, stream: &mut S) -> Result<(), PacketError> {
        self.bytes.reserve(CHUNK);
        match stream.read_buf(&mut self.bytes).await {
            Ok(0) => Err(PacketError::Gone),
            Ok(_) => Ok(()),
            Err(error) => Err(PacketError::Io(error)),
        }
    }
}

/// Writes bytes and flushes them.
///
/// # Errors
/// When the stream fails.
pub(crate) async fn write<S: AsyncWrite + Unpin>(stream: &mut S, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(bytes).await?;
    stream.flush().await
}

impl std::fmt::Display for PacketError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Gone => f.write_str("the connection was closed"),
            Self::Frame(error) => error.fmt(f),
            Self::Startup(error) => error.fmt(f),
            Self::Long => f.write_str("the message is too long"),
            Self::Io(error) => error.fmt(f),
        }
    }
}
