//! The two doors. Bytes reach the server only with a permit and the ledger's receipt for it, or with a carry;
//! they reach the client only with a cover, or as a refusal. There is no third door: the streams are private here.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use engine::{Carry, Covered, Permit};
use ledger::Receipt;
use model::Refusal;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use wire::postgres::encode::{self, Severity};

use crate::stream::Stream;

/// Bytes that the peer has not taken are kept up to about this much; then nothing more is read from the other
/// side. A buffer that grew beyond it is given back as soon as it is empty.
const KEPT: usize = 8 * 1024;

/// What lets bytes through to the server.
#[derive(Debug)]
pub(crate) enum Cleared {
    /// They belong to statements decided before, or have no effect of their own.
    Carried(Carry),
    /// They hold decided statements, and the decisions are recorded.
    Recorded(Permit, Receipt),
}

/// The door to the server.
#[derive(Debug)]
pub(crate) struct Upstream {
    pipe: Pipe,
    /// A write failed. What the server still had to say can be read; nothing more is written.
    deaf: bool,
}

/// The door to the client.
#[derive(Debug)]
pub(crate) struct Downstream(Pipe);

/// A stream with bytes that it has not taken yet.
#[derive(Debug)]
struct Pipe {
    stream: Stream,
    out: Vec<u8>,
    sent: usize,
    unflushed: bool,
}

impl Upstream {
    pub(crate) fn new(stream: Stream) -> Self {
        Self { pipe: Pipe::new(stream), deaf: false }
    }

    /// Sends bytes that are cleared.
    pub(crate) fn send(&mut self, cx: &mut Context<'_>, cleared: Cleared, bytes: &[u8]) {
        // The proofs are used up here, whatever becomes of the bytes.
        match cleared {
            Cleared::Carried(carry) => drop(carry),
            Cleared::Recorded(permit, receipt) => drop((permit, receipt)),
        }
        if !self.deaf && self.pipe.send(cx, bytes).is_err() {
            self.deafened();
        }
    }

    /// Sends a Sync of the client's that was held back.
    pub(crate) fn sync(&mut self, cx: &mut Context<'_>, carry: Carry) {
        let mut bytes = Vec::new();
        encode::sync(&mut bytes);
        self.send(cx, Cleared::Carried(carry), &bytes);
    }

    /// Asks the server to answer what it has: a message of the gate's own, without effect.
    pub(crate) fn flush_request(&mut self) {
        encode::flush(&mut self.pipe.out);
    }

    pub(crate) fn poll_read(&mut self, cx: &mut Context<'_>, buf: &mut [u8]) -> Poll<io::Result<usize>> {
        self.pipe.poll_read(cx, buf)
    }

    /// Writes what is kept; whether something went out.
    pub(crate) fn drain(&mut self, cx: &mut Context<'_>) -> bool {
        if self.is_drained() {
            return false;
        }
        match self.pipe.poll_drain(cx) {
            Poll::Pending => false,
            Poll::Ready(Ok(moved)) => moved,
            Poll::Ready(Err(_)) => {
                self.deafened();
                true
            }
        }
    }

    pub(crate) fn poll_shutdown(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.pipe.stream).poll_shutdown(cx)
    }

    pub(crate) fn is_drained(&self) -> bool {
        self.deaf || self.pipe.is_drained()
    }

    /// Whether more may be read for it.
    pub(crate) fn has_room(&self) -> bool {
        !self.deaf && self.pipe.out.len() <= KEPT
    }

    fn deafened(&mut self) {
        self.deaf = true;
        self.pipe.out = Vec::new();
        self.pipe.sent = 0;
    }
}

impl Downstream {
    pub(crate) fn new(stream: Stream) -> Self {
        Self(Pipe::new(stream))
    }

    /// Sends bytes of the server's that the client may see.
    pub(crate) fn send(&mut self, cx: &mut Context<'_>, covered: Covered, bytes: &[u8]) -> io::Result<()> {
        let _proof = covered;
        self.0.send(cx, bytes)
    }

    /// Sends what may be shown of a message, made anew, together with what leaves next.
    ///
    /// # Errors
    /// What `write` says; nothing of it leaves then.
    pub(crate) fn put<E>(
        &mut self,
        covered: Covered,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> Result<usize, E> {
        let _proof = covered;
        let before = self.0.out.len();
        let written = write(&mut self.0.out);
        if written.is_err() {
            self.0.out.truncate(before);
        }
        written.map(|()| self.0.out.len().saturating_sub(before))
    }

    /// So many bytes are about to be made anew: room for them is made once, not by and by.
    #[inline]
    pub(crate) fn make_room(&mut self, bytes: usize) {
        if self.0.out.capacity() == 0 {
            self.0.out.reserve(bytes);
        }
    }

    /// Sends a refusal.
    pub(crate) fn refuse(&mut self, refusal: &Refusal, severity: Severity) {
        encode::error_response(&mut self.0.out, refusal, severity);
    }

    pub(crate) fn poll_read(&mut self, cx: &mut Context<'_>, buf: &mut [u8]) -> Poll<io::Result<usize>> {
        self.0.poll_read(cx, buf)
    }

    pub(crate) fn poll_drain(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        self.0.poll_drain(cx)
    }

    pub(crate) fn poll_shutdown(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0.stream).poll_shutdown(cx)
    }

    pub(crate) fn is_drained(&self) -> bool {
        self.0.is_drained()
    }

    pub(crate) fn has_room(&self) -> bool {
        self.0.out.len() <= KEPT
    }
}

impl Pipe {
    fn new(stream: Stream) -> Self {
        Self { stream, out: Vec::new(), sent: 0, unflushed: false }
    }

    fn is_drained(&self) -> bool {
        self.out.is_empty() && !self.unflushed
    }

    /// Writes what the stream takes at once and keeps the rest.
    fn send(&mut self, cx: &mut Context<'_>, mut bytes: &[u8]) -> io::Result<()> {
        if self.out.is_empty() && !bytes.is_empty() {
            match Pin::new(&mut self.stream).poll_write(cx, bytes) {
                Poll::Ready(Ok(0)) => return Err(io::ErrorKind::WriteZero.into()),
                Poll::Ready(Ok(taken)) => {
                    self.unflushed = self.stream.needs_flush();
                    bytes = bytes.get(taken..).unwrap_or_default();
                }
                Poll::Ready(Err(error)) => return Err(error),
                Poll::Pending => {}
            }
        }
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    /// Writes what is kept. `true`: something went out.
    fn poll_drain(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<bool>> {
        let mut progress = false;
        while let Some(rest) = self.out.get(self.sent..).filter(|rest| !rest.is_empty()) {
            match ready!(Pin::new(&mut self.stream).poll_write(cx, rest))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                taken => self.sent = self.sent.saturating_add(taken),
            }
            self.unflushed = self.stream.needs_flush();
            progress = true;
        }
        self.sent = 0;
        if self.out.capacity() > KEPT {
            self.out = Vec::new();
        } else {
            self.out.clear();
        }
        if self.unflushed {
            ready!(Pin::new(&mut self.stream).poll_flush(cx))?;
            self.unflushed = false;
            progress = true;
        }
        Poll::Ready(Ok(progress))
    }

    fn poll_read(&mut self, cx: &mut Context<'_>, buf: &mut [u8]) -> Poll<io::Result<usize>> {
        let mut buf = ReadBuf::new(buf);
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buf))?;
        Poll::Ready(Ok(buf.filled().len()))
    }
}
