//! Logging in at a server: SCRAM with or without channel binding, md5, a password inside TLS.

use wire::auth::scram::{self, ClientFirst, ServerProved};
use wire::auth::{channel_binding, md5};
use wire::postgres::backend::{self, Authentication, Message};
use wire::postgres::{ErrorFields, Texts, encode};

use super::connect::Place;
use super::{Canceller, Connected, KeyCache, UpstreamError, Wanted};
use crate::packet::{Incoming, Packet, write};
use crate::settings::{Secret, Target};
use crate::stream::Stream;

/// A server that sends more than this before it is ready never will be.
const MESSAGES_MAX: usize = 1_000;

/// Logs in on an open stream.
pub(crate) async fn log_in(
    stream: Stream,
    place: Place,
    target: &Target,
    wanted: &Wanted,
    keys: &KeyCache,
) -> Result<Connected, UpstreamError> {
    let mut login = Login { stream, incoming: Incoming::default(), seen: 0 };
    login.start(target, wanted).await?;
    login.authenticate(target, keys).await?;
    login.become_ready(target, place).await
}

struct Login {
    stream: Stream,
    incoming: Incoming,
    seen: usize,
}

impl Login {
    async fn start(&mut self, target: &Target, wanted: &Wanted) -> Result<(), UpstreamError> {
        let mut out = Vec::new();
        let own = [("user", target.upstream.user.as_str()), ("database", wanted.database.as_str())];
        let settings = wanted.settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let pairs = own.into_iter().chain(settings).map(|(name, value)| (name.as_bytes(), value.as_bytes()));
        encode::startup_message(&mut out, wanted.version, pairs)
            .map_err(|_| UpstreamError::Protocol("nothing: the start-up settings are too long"))?;
        Ok(write(&mut self.stream, &out).await?)
    }

    async fn authenticate(&mut self, target: &Target, keys: &KeyCache) -> Result<(), UpstreamError> {
        let upstream = &target.upstream;
        loop {
            let packet = self.next().await?;
            match decode(&packet)? {
                Message::Authentication(Authentication::Ok) => return Ok(()),
                Message::Authentication(Authentication::Md5Password { salt }) => {
                    let password = password(upstream.password.as_ref())?;
                    let answer = md5::answer(upstream.user.as_bytes(), password.as_bytes(), salt);
                    self.answer(|out| encode::password(out, answer.as_bytes())).await?;
                }
                Message::Authentication(Authentication::CleartextPassword) => {
                    if !matches!(self.stream, Stream::TlsClient(_) | Stream::Unix(_)) {
                        return Err(UpstreamError::Method("a password in the clear without TLS"));
                    }
                    let password = password(upstream.password.as_ref())?;
                    self.answer(|out| encode::password(out, password.as_bytes())).await?;
                }
                Message::Authentication(Authentication::Sasl { mechanisms }) => {
                    let proved = self.scram(mechanisms, password(upstream.password.as_ref())?, keys).await?;
                    drop(proved);
                }
                Message::Authentication(_) => {
                    return Err(UpstreamError::Method("a way to log in that the gate does not have"));
                }
                Message::NegotiateProtocolVersion { .. } | Message::NoticeResponse(_) => {}
                _ => return Err(UpstreamError::Protocol("no authentication request")),
            }
        }
    }

    /// Ends only when the server has proved that it knows the password too.
    async fn scram(
        &mut self,
        mechanisms: Texts<'_>,
        password: &str,
        keys: &KeyCache,
    ) -> Result<ServerProved, UpstreamError> {
        let end_point = self.certificate().and_then(|certificate| channel_binding(&certificate).ok());
        let (mechanism, binding) = scram::choose(mechanisms, end_point)
            .ok_or(UpstreamError::Method("a SASL mechanism that the gate does not have"))?;
        let (first, message) = ClientFirst::new(binding, &scram::Nonce::from_bytes(&rand::random()));
        self.answer(|out| {
            encode::sasl_initial_response(out, mechanism.as_str().as_bytes(), Some(message.as_bytes()))
        })
        .await?;
        let packet = self.next().await?;
        let Message::Authentication(Authentication::SaslContinue(message)) = decode(&packet)? else {
            return Err(UpstreamError::Protocol("no SASL challenge"));
        };
        let last = first.server_first(message)?;
        let keys = keys.keys(password, last.salt(), last.iterations()).await?;
        let (verify, message) = last.answer(&keys);
        self.answer(|out| encode::sasl_response(out, message.as_bytes())).await?;
        let packet = self.next().await?;
        let Message::Authentication(Authentication::SaslFinal(message)) = decode(&packet)? else {
            return Err(UpstreamError::Protocol("no SASL outcome"));
        };
        Ok(verify.server_final(message)?)
    }

    async fn become_ready(mut self, target: &Target, place: Place) -> Result<Connected, UpstreamError> {
        let mut reports = Vec::new();
        let mut notices = Vec::new();
        let mut key = None;
        loop {
            let packet = self.next().await?;
            match decode(&packet)? {
                Message::ParameterStatus { name, value } => reports.push((name.to_vec(), value.to_vec())),
                Message::BackendKeyData { process_id, secret } => key = Some((process_id, secret.to_vec())),
                Message::NoticeResponse(_) => {
                    // It was one message a moment ago, so it is one again.
                    let _ = encode::message(&mut notices, packet.tag, &packet.body);
                }
                Message::NegotiateProtocolVersion { .. } => {}
                Message::ReadyForQuery { .. } => break,
                _ => return Err(UpstreamError::Protocol("something else than reports after log-in")),
            }
        }
        let canceller = Canceller::new(place, target.upstream.tls.as_ref(), key);
        Ok(Connected { stream: self.stream, rest: self.incoming.into_rest(), reports, notices, canceller })
    }

    async fn next(&mut self) -> Result<Packet, UpstreamError> {
        self.seen = self.seen.saturating_add(1);
        if self.seen > MESSAGES_MAX {
            return Err(UpstreamError::Protocol("messages without end"));
        }
        let packet = self.incoming.packet(&mut self.stream, backend::peek).await?;
        if packet.tag == b'E' {
            return Err(match decode(&packet)? {
                Message::ErrorResponse(fields) => refused(fields),
                _ => UpstreamError::Protocol("an error that is none"),
            });
        }
        Ok(packet)
    }

    async fn answer(
        &mut self,
        encode: impl FnOnce(&mut Vec<u8>) -> Result<(), encode::EncodeError>,
    ) -> Result<(), UpstreamError> {
        let mut out = Vec::new();
        encode(&mut out).map_err(|_| UpstreamError::Method("a password that the protocol cannot carry"))?;
        Ok(write(&mut self.stream, &out).await?)
    }

    fn certificate(&self) -> Option<Vec<u8>> {
        let Stream::TlsClient(stream) = &self.stream else { return None };
        let (_, connection) = stream.get_ref();
        Some(connection.peer_certificates()?.first()?.to_vec())
    }
}

fn decode(packet: &Packet) -> Result<Message<'_>, UpstreamError> {
    backend::decode(packet.tag, &packet.body)
        .map_err(|_| UpstreamError::Protocol("a message that cannot be decoded"))
}

fn password(password: Option<&Secret>) -> Result<&str, UpstreamError> {
    password.map(Secret::reveal).ok_or(UpstreamError::Method("a password, and the target has none"))
}

/// The server's own error.
pub(super) fn refused(fields: ErrorFields<'_>) -> UpstreamError {
    let field = |letter| fields.field(letter).map(|text| String::from_utf8_lossy(text).into_owned());
    UpstreamError::Refused {
        sqlstate: fields
            .field(b'C')
            .and_then(model::Sqlstate::parse)
            .unwrap_or(model::Sqlstate::new(b"XX000")),
        message: field(b'M').unwrap_or_default(),
        more: [field(b'D'), field(b'H')],
    }
}
