//! Who is it? A password by SCRAM, or a token inside TLS. Unknown names and wrong secrets get the same answer
//! after the same time.

use std::sync::Arc;
use std::time::Duration;

use hmac::{Hmac, Mac};
use model::{Name, Refusal, Sqlstate, Timestamp};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use wire::auth::scram::{self, Mechanism, ScramError, ServerFirst, Verifier};
use wire::postgres::encode::{self, EncodeError};
use wire::postgres::frontend;

use super::{Denied, Desk, Greeting};
use crate::clock;
use crate::packet::{PacketError, write};
use crate::settings::{Account, Token};

/// A client whose identity is proved. Only this file makes one.
#[derive(Debug)]
pub(super) struct Proved {
    pub(super) greeting: Greeting,
    pub(super) account: Arc<Account>,
    pub(super) credential: Credential,
    pub(super) out: Vec<u8>,
}

/// What identity was proved with.
#[derive(Clone, Debug)]
pub(crate) struct Credential {
    pub(crate) method: Method,
    /// The token's id.
    pub(crate) token: Option<Name>,
    /// A digest of what the secret was checked against: when that changes, the session ends.
    pub(crate) digest: [u8; 32],
    pub(crate) expires: Option<Timestamp>,
}

/// How identity was proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Scram,
    ScramPlus,
    Token,
}

/// Why it was not proved.
enum Failure {
    /// The client closed, or broke the stream.
    Gone,
    /// It sent what cannot be a proof.
    Malformed(Refusal),
    /// The secret is wrong, or the name unknown.
    Wrong(&'static str),
}

impl Method {
    /// The word of the ledger.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Scram => "scram-sha-256",
            Self::ScramPlus => "scram-sha-256-plus",
            Self::Token => "token",
        }
    }
}

/// Lets the client prove who it is.
pub(super) async fn prove(
    mut greeting: Greeting,
    desk: &Desk<'_>,
    now: Timestamp,
) -> Result<Proved, Box<Denied>> {
    let Some(user) = greeting.parameter("user").filter(|user| !user.is_empty()).map(str::to_owned) else {
        let refusal = Refusal::new(Sqlstate::new(b"28000"), "no user name in the start-up packet")
            .hint("connect with your principal's name as user");
        return Err(denied(greeting, refusal, "no user", None));
    };
    let mut out = Vec::new();
    if let Err(error) = negotiate(&greeting, &mut out) {
        return Err(denied(
            greeting,
            Refusal::new(Sqlstate::new(b"08P01"), error.to_string()),
            "protocol options",
            None,
        ));
    }
    let account = desk.settings.accounts.get(user.as_str()).cloned();
    let by_token = greeting.stream.tls().is_some() && asks_for_token(account.as_deref(), &user, desk);
    let answer = if by_token {
        token(&mut greeting, &mut out, account.as_deref()).await
    } else {
        password(&mut greeting, &mut out, account.as_deref(), &user, desk).await
    };
    match (answer, account) {
        (Ok(credential), Some(account)) => {
            desk.throttle.succeeded(&user, desk.address);
            encode::authentication_ok(&mut out);
            Ok(Proved { greeting, account, credential, out })
        }
        (Ok(_), None) => Err(fail(greeting, user, "unknown principal", desk, now).await),
        (Err(Failure::Gone), _) => {
            let refusal = Refusal::new(Sqlstate::new(b"08006"), "the client closed the connection");
            let mut denied = denied(greeting, refusal, "client gone before log-in", Some(user));
            denied.stream = None;
            Err(denied)
        }
        (Err(Failure::Malformed(refusal)), _) => {
            Err(denied(greeting, refusal, "malformed log-in", Some(user)))
        }
        (Err(Failure::Wrong(_)), None) => Err(fail(greeting, user, "unknown principal", desk, now).await),
        (Err(Failure::Wrong(reason)), Some(_)) => Err(fail(greeting, user, reason, desk, now).await),
    }
}

/// Tells a client that asks for more than we speak what we do speak (manual, 54.2.1).
fn negotiate(greeting: &Greeting, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let served = greeting.version.served();
    if served == greeting.version && greeting.protocol_options.is_empty() {
        return Ok(());
    }
    let options: Vec<&[u8]> = greeting.protocol_options.iter().map(String::as_bytes).collect();
    encode::negotiate_protocol_version(out, served, options)
}

/// Whether the name is asked for a token. Unknown names are asked for one as often as not where tokens are in
/// use, so that the question does not tell which names exist.
fn asks_for_token(account: Option<&Account>, user: &str, desk: &Desk<'_>) -> bool {
    let only_tokens = |account: &Account| account.scram.is_none() && !account.tokens.is_empty();
    match account {
        Some(account) => only_tokens(account),
        None => {
            let in_use = desk.settings.accounts.values().any(|account| only_tokens(account));
            in_use && mock(desk.mock_secret, user).first().is_some_and(|byte| byte & 1 == 1)
        }
    }
}

async fn password(
    greeting: &mut Greeting,
    out: &mut Vec<u8>,
    account: Option<&Account>,
    user: &str,
    desk: &Desk<'_>,
) -> Result<Credential, Failure> {
    let found = account.and_then(|account| account.scram.as_ref());
    let verifier = Verifier::or_mock(found, desk.mock_secret, user.as_bytes(), scram::ITERATIONS);
    let server = ServerFirst::new(greeting.channel_binding.clone());
    let offered = server.mechanisms().iter().map(|mechanism| mechanism.as_str().as_bytes());
    encode::authentication_sasl(out, offered).map_err(|_| Failure::Gone)?;
    let body = exchange(greeting, out).await?;
    let (name, first) = frontend::sasl_initial(&body).map_err(|error| Failure::Malformed(error.refusal()))?;
    let mechanism = Mechanism::parse(name)
        .ok_or_else(|| malformed("the client chose a mechanism that was not offered"))?;
    let first = first.ok_or_else(|| malformed("the client sent no first SCRAM message"))?;
    let nonce = scram::Nonce::from_bytes(&rand::random());
    let (server, answer) =
        server.client_first(mechanism, first, &verifier, &nonce).map_err(|error| judged(&error))?;
    encode::authentication_sasl_continue(out, answer.as_bytes()).map_err(|_| Failure::Gone)?;
    let body = exchange(greeting, out).await?;
    let (verified, answer) = server.client_final(&body).map_err(|error| judged(&error))?;
    encode::authentication_sasl_final(out, answer.as_bytes()).map_err(|_| Failure::Gone)?;
    let method = if verified.is_bound() { Method::ScramPlus } else { Method::Scram };
    Ok(Credential { method, token: None, digest: digest_of_password(&verifier), expires: None })
}

async fn token(
    greeting: &mut Greeting,
    out: &mut Vec<u8>,
    account: Option<&Account>,
) -> Result<Credential, Failure> {
    encode::authentication_cleartext_password(out);
    let body = exchange(greeting, out).await?;
    let token = frontend::password(&body).map_err(|error| Failure::Malformed(error.refusal()))?;
    let hash: [u8; 32] = Sha256::digest(token).into();
    // All are compared, found or not, so that the time does not tell which.
    let mut found: Option<&Token> = None;
    for token in account.map(|account| account.tokens.as_slice()).unwrap_or_default() {
        if bool::from(token.hash.ct_eq(&hash)) {
            found = Some(token);
        }
    }
    let token = found.ok_or(Failure::Wrong("wrong token"))?;
    if token.expires.is_some_and(|expires| expires <= clock::now()) {
        return Err(Failure::Wrong("expired token"));
    }
    Ok(Credential {
        method: Method::Token,
        token: Some(token.id.clone()),
        digest: token.hash,
        expires: token.expires,
    })
}

/// Sends what is to be sent and reads the client's answer, a message of type `p`.
async fn exchange(greeting: &mut Greeting, out: &mut Vec<u8>) -> Result<Vec<u8>, Failure> {
    write(&mut greeting.stream, out).await.map_err(|_| Failure::Gone)?;
    out.clear();
    match greeting.incoming.packet(&mut greeting.stream, frontend::peek).await {
        Ok(packet) if packet.tag == b'p' => Ok(packet.body),
        Ok(packet) if packet.tag == b'X' => Err(Failure::Gone),
        Ok(_) => Err(malformed("expected a password message")),
        Err(PacketError::Frame(error)) => Err(Failure::Malformed(error.refusal())),
        Err(_) => Err(Failure::Gone),
    }
}

/// The one answer to a wrong secret and to an unknown name, after a wait that grows with the failures before.
async fn fail(
    greeting: Greeting,
    user: String,
    reason: &'static str,
    desk: &Desk<'_>,
    now: Timestamp,
) -> Box<Denied> {
    let wait = desk.throttle.failed(&user, desk.address, now);
    if wait > Duration::ZERO {
        tokio::time::sleep(wait).await;
    }
    let refusal =
        Refusal::new(Sqlstate::new(b"28P01"), format!("password authentication failed for user `{user}`"))
            .hint("check the principal's name and its secret; tokens are taken inside of TLS only");
    denied(greeting, refusal, reason, Some(user))
}

fn denied(
    greeting: Greeting,
    refusal: Refusal,
    reason: &'static str,
    principal: Option<String>,
) -> Box<Denied> {
    let database = greeting.parameter("database").map(str::to_owned);
    Box::new(Denied { stream: Some(greeting.stream), out: Vec::new(), refusal, reason, principal, database })
}

fn malformed(what: &'static str) -> Failure {
    Failure::Malformed(Refusal::new(Sqlstate::new(b"08P01"), what))
}

fn judged(error: &ScramError) -> Failure {
    match error {
        ScramError::Proof => Failure::Wrong("wrong password"),
        error => Failure::Malformed(Refusal::new(error.sqlstate(), error.to_string())),
    }
}

/// What a session remembers of the password's verifier.
pub(crate) fn digest_of_password(verifier: &Verifier) -> [u8; 32] {
    Sha256::digest(verifier.to_string()).into()
}

fn mock(secret: &[u8; 32], user: &str) -> [u8; 32] {
    // A key of any length is fine for HMAC; this one has 32 bytes.
    match Hmac::<Sha256>::new_from_slice(secret) {
        Ok(mut mac) => {
            mac.update(b"method\0");
            mac.update(user.as_bytes());
            mac.finalize().into_bytes().into()
        }
        Err(_) => [0; 32],
    }
}
