//! One byte stream to a client or a server: TCP or Unix socket, with or without TLS. Nothing here knows a protocol.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpStream, UnixStream};

/// A byte stream. TLS states are boxed, so that an idle session without TLS stays small.
#[derive(Debug)]
pub(crate) enum Stream {
    /// Plain TCP.
    Tcp(TcpStream),
    /// A Unix socket.
    Unix(UnixStream),
    /// TLS, we are the server.
    TlsServer(Box<tokio_rustls::server::TlsStream<Plain>>),
    /// TLS, we are the client.
    TlsClient(Box<tokio_rustls::client::TlsStream<Plain>>),
}

/// A stream before TLS.
#[derive(Debug)]
pub(crate) enum Plain {
    /// TCP.
    Tcp(TcpStream),
    /// A Unix socket.
    Unix(UnixStream),
}

/// A peer that vanished without a FIN is found after this long: idle 15 s, then 3 probes 8 s apart. With the time that a
/// session lingers for its outcomes behind it, that is within a minute.
const KEEPALIVE_IDLE: Duration = Duration::from_secs(15);
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(8);
const KEEPALIVE_PROBES: u32 = 3;
/// The same for a peer that we send to and that acknowledges nothing.
const USER_TIMEOUT: Duration = Duration::from_secs(40);

impl Plain {
    /// Sets what every TCP connection of the gate has: no delay, keepalive, user timeout.
    ///
    /// # Errors
    /// When the system refuses an option.
    pub(crate) fn tcp(stream: TcpStream) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        let socket = socket2::SockRef::from(&stream);
        socket.set_tcp_keepalive(
            &socket2::TcpKeepalive::new()
                .with_time(KEEPALIVE_IDLE)
                .with_interval(KEEPALIVE_INTERVAL)
                .with_retries(KEEPALIVE_PROBES),
        )?;
        socket.set_tcp_user_timeout(Some(USER_TIMEOUT))?;
        Ok(Self::Tcp(stream))
    }

    /// The stream without TLS.
    pub(crate) fn without_tls(self) -> Stream {
        match self {
            Self::Tcp(stream) => Stream::Tcp(stream),
            Self::Unix(stream) => Stream::Unix(stream),
        }
    }
}

macro_rules! each {
    ($self:ident, $stream:ident => $body:expr) => {
        match $self.get_mut() {
            Self::Tcp($stream) => $body,
            Self::Unix($stream) => $body,
            Self::TlsServer($stream) => $body,
            Self::TlsClient($stream) => $body,
        }
    };
}

macro_rules! either {
    ($self:ident, $stream:ident => $body:expr) => {
        match $self.get_mut() {
            Self::Tcp($stream) => $body,
            Self::Unix($stream) => $body,
        }
    };
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        each!(self, stream => Pin::new(stream).poll_read(cx, buf))
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        each!(self, stream => Pin::new(stream).poll_write(cx, buf))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        each!(self, stream => Pin::new(stream).poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        each!(self, stream => Pin::new(stream).poll_shutdown(cx))
    }
}

impl AsyncRead for Plain {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        either!(self, stream => Pin::new(stream).poll_read(cx, buf))
    }
}

impl AsyncWrite for Plain {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        either!(self, stream => Pin::new(stream).poll_write(cx, buf))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        either!(self, stream => Pin::new(stream).poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        either!(self, stream => Pin::new(stream).poll_shutdown(cx))
    }
}

impl Stream {
    /// Whether written bytes may stay in a buffer of ours until flushed.
    pub(crate) fn needs_flush(&self) -> bool {
        matches!(self, Self::TlsServer(_) | Self::TlsClient(_))
    }

    /// TLS version and cipher towards a client, in rustls' names.
    pub(crate) fn tls(&self) -> Option<(&'static str, &'static str)> {
        let Self::TlsServer(stream) = self else { return None };
        let (_, connection) = stream.get_ref();
        let version = connection.protocol_version()?.as_str()?;
        let cipher = connection.negotiated_cipher_suite()?.suite().as_str()?;
        Some((version, cipher))
    }
}
