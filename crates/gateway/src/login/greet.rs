//! The first bytes: TLS or not, a cancel request, or the wish to log in.

use std::sync::Arc;

use model::{Refusal, Sqlstate};
use tokio::io::AsyncWriteExt;
use tokio_rustls::TlsAcceptor;
use wire::postgres::startup::{Startup, Version};

use super::Denied;
use crate::packet::{Incoming, PacketError};
use crate::settings::{Listener, ListenerTls};
use crate::stream::{Plain, Stream};

/// The first byte of a TLS handshake record: direct TLS, without SSLRequest (PostgreSQL 17 and later).
const TLS_HANDSHAKE: u8 = 0x16;

/// What a connection turned out to be.
#[derive(Debug)]
pub(crate) enum Greeted {
    /// A wish to log in.
    Session(Greeting),
    /// A cancel request.
    Cancel { process_id: u32, secret: Vec<u8>, stream: Stream },
    /// Nobody: it closed, or never spoke our protocol.
    Nobody,
}

/// A wish to log in.
#[derive(Debug)]
pub(crate) struct Greeting {
    pub(crate) stream: Stream,
    pub(crate) incoming: Incoming,
    pub(crate) version: Version,
    /// The start-up parameters, in order, checked to be UTF-8.
    pub(crate) parameters: Vec<(String, String)>,
    /// `_pq_.` options, none of which the gate knows.
    pub(crate) protocol_options: Vec<String>,
    /// The channel binding of the certificate that the client was shown.
    pub(crate) channel_binding: Option<Vec<u8>>,
}

/// A start-up packet, owned.
enum Packet {
    Ssl,
    Gss,
    Cancel(u32, Vec<u8>),
    Message(Version, Option<Vec<(String, String)>>, Vec<String>),
}

impl Greeting {
    /// A start-up parameter; the last one counts, as at the server.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().rev().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// Reads what a new connection wants.
///
/// # Errors
/// When the listener does not take it.
pub(crate) async fn greet(stream: Plain, listener: &Listener) -> Result<Greeted, Box<Denied>> {
    let mut incoming = Incoming::default();
    let mut stream = stream;
    let (mut asked_ssl, mut asked_gss) = (false, false);
    if begins_with_tls(&stream).await {
        let Some(tls) = &listener.tls else { return Ok(Greeted::Nobody) };
        let Some(secured) = accept(stream, tls, true).await else { return Ok(Greeted::Nobody) };
        return inside(secured, tls).await;
    }
    loop {
        match incoming.startup(&mut stream, packet).await {
            Ok(Packet::Ssl) if !asked_ssl => {
                asked_ssl = true;
                if !incoming.is_empty() {
                    return Err(denied(Some(stream.without_tls()), injected(), "bytes behind SSLRequest"));
                }
                match (&listener.tls, &stream) {
                    (Some(tls), Plain::Tcp(_)) => {
                        if stream.write_all(b"S").await.is_err() {
                            return Ok(Greeted::Nobody);
                        }
                        let Some(secured) = accept(stream, tls, false).await else {
                            return Ok(Greeted::Nobody);
                        };
                        return inside(secured, tls).await;
                    }
                    _ => {
                        if stream.write_all(b"N").await.is_err() {
                            return Ok(Greeted::Nobody);
                        }
                    }
                }
            }
            Ok(Packet::Gss) if !asked_gss => {
                asked_gss = true;
                if !incoming.is_empty() {
                    return Err(denied(Some(stream.without_tls()), injected(), "bytes behind GSSENCRequest"));
                }
                if stream.write_all(b"N").await.is_err() {
                    return Ok(Greeted::Nobody);
                }
            }
            Ok(Packet::Ssl | Packet::Gss) => {
                return Err(denied(Some(stream.without_tls()), repeated(), "repeated encryption request"));
            }
            Ok(Packet::Cancel(process_id, secret)) => {
                return Ok(Greeted::Cancel { process_id, secret, stream: stream.without_tls() });
            }
            Ok(Packet::Message(version, parameters, options)) => {
                let local = matches!(stream, Plain::Unix(_));
                let stream = stream.without_tls();
                if !listener.plaintext && !local {
                    return Err(denied(Some(stream), needs_tls(), "no TLS"));
                }
                return greeting(stream, incoming, version, parameters, options, None);
            }
            Err(error) => return failed(Some(stream.without_tls()), &error),
        }
    }
}

/// The start-up inside of TLS, where nothing may be negotiated any more.
async fn inside(mut stream: Stream, tls: &ListenerTls) -> Result<Greeted, Box<Denied>> {
    let mut incoming = Incoming::default();
    match incoming.startup(&mut stream, packet).await {
        Ok(Packet::Message(version, parameters, options)) => {
            greeting(stream, incoming, version, parameters, options, tls.channel_binding.clone())
        }
        Ok(Packet::Cancel(process_id, secret)) => Ok(Greeted::Cancel { process_id, secret, stream }),
        Ok(Packet::Ssl | Packet::Gss) => {
            Err(denied(Some(stream), repeated(), "encryption request inside of TLS"))
        }
        Err(error) => failed(Some(stream), &error),
    }
}

fn greeting(
    stream: Stream,
    incoming: Incoming,
    version: Version,
    parameters: Option<Vec<(String, String)>>,
    protocol_options: Vec<String>,
    channel_binding: Option<Vec<u8>>,
) -> Result<Greeted, Box<Denied>> {
    let Some(parameters) = parameters else {
        let refusal = Refusal::new(Sqlstate::new(b"22021"), "a start-up parameter is not valid UTF-8");
        return Err(denied(Some(stream), refusal, "start-up parameter not UTF-8"));
    };
    Ok(Greeted::Session(Greeting {
        stream,
        incoming,
        version,
        parameters,
        protocol_options,
        channel_binding,
    }))
}

fn packet(startup: &Startup<'_>) -> Packet {
    match startup {
        Startup::SslRequest => Packet::Ssl,
        Startup::GssEncRequest => Packet::Gss,
        Startup::CancelRequest { process_id, secret } => Packet::Cancel(*process_id, secret.to_vec()),
        Startup::Message { version, parameters } => {
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
            let pairs: Option<Vec<_>> = parameters
                .filter(|(name, _)| !name.starts_with(b"_pq_."))
                .map(|(name, value)| Some((text(name)?, text(value)?)))
                .collect();
            let options = parameters
                .protocol_options()
                .map(|name| String::from_utf8_lossy(name).into_owned())
                .collect();
            Packet::Message(*version, pairs, options)
        }
    }
}

async fn begins_with_tls(stream: &Plain) -> bool {
    match stream {
        Plain::Tcp(stream) => {
            let mut first = [0_u8];
            matches!(stream.peek(&mut first).await, Ok(1)) && first == [TLS_HANDSHAKE]
        }
        Plain::Unix(_) => false,
    }
}

/// The TLS handshake. With direct TLS the client must name our protocol, so that a stray HTTPS client, or an
/// attack by way of one, gets nowhere (PostgreSQL manual, 54.2.9).
async fn accept(stream: Plain, tls: &ListenerTls, direct: bool) -> Option<Stream> {
    let stream = TlsAcceptor::from(Arc::clone(&tls.config)).accept(stream).await.ok()?;
    let named = stream.get_ref().1.alpn_protocol() == Some(b"postgresql");
    (named || !direct).then(|| Stream::TlsServer(Box::new(stream)))
}

fn failed(stream: Option<Stream>, error: &PacketError) -> Result<Greeted, Box<Denied>> {
    match error {
        PacketError::Startup(error) => Err(denied(stream, error.refusal(), "malformed start-up packet")),
        PacketError::Gone | PacketError::Io(_) | PacketError::Frame(_) | PacketError::Long => {
            Ok(Greeted::Nobody)
        }
    }
}

fn denied(stream: Option<Stream>, refusal: Refusal, reason: &'static str) -> Box<Denied> {
    Box::new(Denied { stream, out: Vec::new(), refusal, reason, principal: None, database: None })
}

fn injected() -> Refusal {
    Refusal::new(Sqlstate::new(b"08P01"), "received unencrypted data after an encryption request")
        .detail("this could be an attempt to slip in commands before TLS begins")
        .hint("if this happens again, the client or something between is broken or hostile")
}

fn repeated() -> Refusal {
    Refusal::new(Sqlstate::new(b"08P01"), "an encryption request that comes too late or twice")
}

fn needs_tls() -> Refusal {
    Refusal::new(Sqlstate::new(b"28000"), "this listener takes connections with TLS only")
        .hint("connect with `sslmode=require`, better `sslmode=verify-full`")
}
