//! From a host's name to a stream, with TLS if the target has it.

use std::net::SocketAddr;

use rustls_pki_types::ServerName;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};
use tokio_rustls::TlsConnector;
use wire::postgres::encode;

use super::UpstreamError;
use crate::settings::{Host, Upstream, UpstreamTls};
use crate::stream::{Plain, Stream};

/// Where a stream leads, so that a cancel request can go to the very same server.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// The address that the name resolved to, and the name for the certificate.
    Tcp(SocketAddr, String),
    /// The socket's path.
    Unix(std::path::PathBuf),
}

/// Opens a stream to one host, trying each of its addresses.
pub(crate) async fn open(upstream: &Upstream, host: &Host) -> Result<(Stream, Place), UpstreamError> {
    match host {
        Host::Unix(path) => {
            let place = Place::Unix(path.clone());
            Ok((open_place(upstream.tls.as_ref(), &place).await?, place))
        }
        Host::Tcp { host, port } => {
            let addresses =
                tokio::net::lookup_host((host.as_str(), *port)).await.map_err(UpstreamError::Connect)?;
            let mut last = UpstreamError::None;
            for address in addresses {
                let place = Place::Tcp(address, host.clone());
                match open_place(upstream.tls.as_ref(), &place).await {
                    Ok(stream) => return Ok((stream, place)),
                    Err(error) => last = error,
                }
            }
            Err(last)
        }
    }
}

/// Opens a stream to one address. Unix sockets have no TLS, as with libpq.
pub(crate) async fn open_place(tls: Option<&UpstreamTls>, place: &Place) -> Result<Stream, UpstreamError> {
    match place {
        Place::Unix(path) => {
            UnixStream::connect(path).await.map(Stream::Unix).map_err(UpstreamError::Connect)
        }
        Place::Tcp(address, name) => {
            let stream = TcpStream::connect(address).await.map_err(UpstreamError::Connect)?;
            let stream = Plain::tcp(stream).map_err(UpstreamError::Connect)?;
            match tls {
                None => Ok(stream.without_tls()),
                Some(tls) => start_tls(stream, tls, name).await,
            }
        }
    }
}

async fn start_tls(mut stream: Plain, tls: &UpstreamTls, name: &str) -> Result<Stream, UpstreamError> {
    let mut request = Vec::new();
    encode::ssl_request(&mut request);
    stream.write_all(&request).await?;
    // Exactly one byte is read: what an attacker put behind it in the clear goes into the handshake and breaks it.
    let mut answer = [0_u8];
    stream.read_exact(&mut answer).await?;
    match answer {
        [b'S'] => {}
        [b'N'] => return Err(UpstreamError::NoTls),
        _ => return Err(UpstreamError::Protocol("no answer to SSLRequest")),
    }
    let name = ServerName::try_from(name.to_owned())
        .map_err(|_| UpstreamError::Tls(std::io::Error::other("the host is no valid server name")))?;
    let connector = TlsConnector::from(std::sync::Arc::clone(&tls.config));
    let stream = connector.connect(name, stream).await.map_err(UpstreamError::Tls)?;
    Ok(Stream::TlsClient(Box::new(stream)))
}
