//! Asking a server as the gate itself, outside of any session: one text whose answer is COPY data. It understands no
//! more of the protocol than that, and never sends what a client wrote.

use tokio::io::AsyncReadExt;
use wire::postgres::backend::{self, Message};
use wire::postgres::encode;
use wire::postgres::frame::HEADER_BYTES;

use super::login::refused;
use super::{Connected, UpstreamError};
use crate::packet::{PacketError, write};

/// Bytes asked for at once.
const CHUNK: usize = 64 * 1024;

/// The most bytes that are read of an answer after it was too long.
const BEYOND_MAX: usize = 64 << 20;

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum AskError {
    /// The server failed, or refused.
    Upstream(UpstreamError),
    /// The answer is longer than it may be, and was read to its end.
    Long,
    /// The same, and it was not: the connection is of no further use.
    Endless,
}

/// Runs a text and returns all of its COPY data. A connection on which this was dropped half-way, or failed for another
/// reason than that the server refused or the answer was [too long](AskError::Long), is of no further use.
///
/// # Errors
/// The server's first error, or that the answer has more than `bytes_max`.
pub(crate) async fn copy_out(
    connected: &mut Connected,
    text: &str,
    bytes_max: usize,
) -> Result<Vec<u8>, AskError> {
    let Connected { stream, rest: incoming, .. } = connected;
    let mut request = Vec::new();
    encode::query(&mut request, text.as_bytes())
        .map_err(|_| UpstreamError::Protocol("nothing: the question is too long"))?;
    write(stream, &request).await.map_err(UpstreamError::from)?;
    let mut out = Vec::new();
    let mut failed = None;
    let mut long = false;
    let mut beyond = 0_usize;
    loop {
        let mut used = 0;
        while let Some(bytes) = incoming.get(used..) {
            let header = backend::peek(bytes).map_err(PacketError::Frame).map_err(UpstreamError::from)?;
            let Some(header) = header else { break };
            if header.total() > bytes_max {
                return Err(AskError::Endless);
            }
            let Some(body) = bytes.get(HEADER_BYTES..header.total()) else { break };
            used = used.saturating_add(header.total());
            let message = backend::decode(header.tag, body)
                .map_err(|_| UpstreamError::Protocol("a message that cannot be decoded"))?;
            match message {
                // The rest is read all the same, so that the connection can be asked again; an endless one is not.
                Message::CopyData(line) if long || out.len().saturating_add(line.len()) > bytes_max => {
                    (long, out) = (true, Vec::new());
                    beyond = beyond.saturating_add(line.len());
                    if beyond > BEYOND_MAX {
                        return Err(AskError::Endless);
                    }
                }
                Message::CopyData(line) => out.extend_from_slice(line),
                // The first says why; the server is asked again only once it is ready.
                Message::ErrorResponse(fields) => failed = failed.or_else(|| Some(refused(fields))),
                Message::ReadyForQuery { .. } => {
                    incoming.drain(..used);
                    return match failed {
                        Some(error) => Err(error.into()),
                        None if long => Err(AskError::Long),
                        None => Ok(out),
                    };
                }
                Message::CopyOutResponse(_)
                | Message::CopyDone
                | Message::CommandComplete { .. }
                | Message::NoticeResponse(_)
                | Message::NotificationResponse { .. }
                | Message::ParameterStatus { .. } => {}
                _ => return Err(UpstreamError::Protocol("something else than COPY data").into()),
            }
        }
        incoming.drain(..used);
        incoming.reserve(CHUNK);
        if stream.read_buf(incoming).await.map_err(UpstreamError::from)? == 0 {
            if let Some(error) = failed {
                return Err(error.into());
            }
            return Err(UpstreamError::Packet(PacketError::Gone).into());
        }
    }
}

/// Says good-bye, so that the server does not log a lost connection.
pub(crate) async fn farewell(mut connected: Connected) {
    let mut request = Vec::new();
    encode::terminate(&mut request);
    // Whether it hears that does not matter.
    let _ = write(&mut connected.stream, &request).await;
}

impl From<UpstreamError> for AskError {
    fn from(error: UpstreamError) -> Self {
        Self::Upstream(error)
    }
}

impl std::fmt::Display for AskError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Upstream(error) => error.fmt(f),
            Self::Long | Self::Endless => f.write_str("the answer is too long"),
        }
    }
}
