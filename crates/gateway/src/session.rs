//! One connection from its first byte to its last, as one task.

use std::sync::Arc;

use journal::Journal;
use ledger::Part;
use ledger::entry::{self, SessionOpened, Tls};
use model::{Durability, Refusal, SessionId, Sqlstate};
use tokio::io::AsyncWriteExt;
use wire::postgres::Status;
use wire::postgres::encode::{self, Severity};

use crate::admit::{Admitted, Applicant, admit};
use crate::clock;
use crate::closing::Closing;
use crate::gate::Gate;
use crate::listen::Waiting;
use crate::login::{self, Denied, Desk, Greeted, Login};
use crate::packet::write;
use crate::peer::{Peer, Room};
use crate::record::Recorder;
use crate::refused::RefusedOne;
use crate::registry::{Full, Member, NewSession, Place};
use crate::relay::{Relay, Start};
use crate::settings::{Listener, Settings};
use crate::stream::{Plain, Stream};
use crate::upstream::{self, Connected, Wanted};

/// A session ready to work.
struct Begun {
    relay: Relay,
    closing: Closing,
}

/// Serves one connection. The task owns both sockets; when it ends, nothing of the session is left.
pub(crate) async fn serve(
    gate: Arc<Gate>,
    listener: Arc<Listener>,
    stream: Plain,
    peer: Peer,
    (place, room): (Place, Room),
    waiting: Waiting,
) {
    // The log-in's state is large and short-lived: its memory is given back before the session goes to work.
    let begun = Box::pin(begin(&gate, &listener, stream, peer, room)).await;
    drop((waiting, listener, gate));
    if let Some(Begun { relay, mut closing }) = begun {
        let (closed, recorder, member) = relay.run().await;
        closing.reason = closed.reason.as_str();
        closing.statements = closed.statements;
        closing.bytes_in = closed.bytes_in;
        closing.bytes_out = closed.bytes_out;
        drop(recorder);
        if closed.running {
            // Nobody waits for it any more: the server need not finish it.
            let _ = member.handle.canceller.cancel().await;
        }
        drop(closing);
        drop(member);
    }
    drop(place);
}

async fn begin(
    gate: &Arc<Gate>,
    listener: &Listener,
    stream: Plain,
    peer: Peer,
    room: Room,
) -> Option<Begun> {
    let settings = gate.settings();
    let deadline = tokio::time::Instant::now() + settings.limits.login_timeout;
    let login =
        tokio::time::timeout_at(deadline, log_in(gate, listener, &settings, stream, peer, room)).await;
    let login = match login {
        Ok(Ok(login)) => login?,
        Ok(Err(denied)) => {
            deny(gate, *denied, peer).await;
            return None;
        }
        Err(_) => {
            gate.refused(refused_one(peer, None, None, Sqlstate::new(b"57014"), "log-in took too long"));
            return None;
        }
    };
    Box::pin(open(gate, listener, &settings, login, (peer, deadline))).await
}

/// `None`: it was a cancel request, or nobody.
async fn log_in(
    gate: &Arc<Gate>,
    listener: &Listener,
    settings: &Settings,
    stream: Plain,
    peer: Peer,
    room: Room,
) -> Result<Option<Login>, Box<Denied>> {
    match login::greet(stream, listener).await? {
        Greeted::Nobody => Ok(None),
        Greeted::Cancel { process_id, secret, mut stream } => {
            cancel(gate, process_id, &secret).await;
            // The client waits for this to know that its request was dealt with.
            let _ = stream.shutdown().await;
            Ok(None)
        }
        Greeted::Session(greeting) if room == Room::Cancel => Err(Box::new(Denied {
            refusal: too_many(gate.sessions_max(&settings.limits)),
            reason: "limit sessions_max",
            principal: greeting.parameter("user").map(str::to_owned),
            database: greeting.parameter("database").map(str::to_owned),
            out: Vec::new(),
            stream: Some(greeting.stream),
        })),
        Greeted::Session(greeting) => {
            let desk = Desk {
                settings,
                throttle: &gate.throttle,
                mock_secret: &gate.mock_secret,
                address: peer.ip(),
            };
            login::log_in(greeting, &desk, clock::now()).await.map(Some)
        }
    }
}

async fn cancel(gate: &Gate, process_id: u32, secret: &[u8]) {
    let Some(handle) = gate.registry.cancel(process_id, secret) else { return };
    gate.metrics.cancels.inc();
    if let Err(error) = handle.canceller.cancel().await {
        tracing::warn!(session = %handle.id, %error, "a cancel request did not reach the server");
    }
}

/// Connects upstream and records the session; from then on it may work.
async fn open(
    gate: &Arc<Gate>,
    listener: &Listener,
    settings: &Arc<Settings>,
    login: Login,
    (peer, deadline): (Peer, tokio::time::Instant),
) -> Option<Begun> {
    let id = SessionId(rand::random());
    let tls = login.stream.tls();
    let Login {
        stream,
        rest,
        version,
        principal,
        credential,
        target,
        database,
        settings: wanted,
        asserted,
        out,
    } = login;
    let claim = (principal.name.to_string(), target.name.to_string());
    let no = |stream: Stream, out: Vec<u8>, refusal: Refusal, reason: &'static str| Denied {
        stream: Some(stream),
        out,
        refusal,
        reason,
        principal: Some(claim.0.clone()),
        database: Some(claim.1.clone()),
    };
    let applicant = Applicant {
        principal: &principal,
        target: &target,
        database: &database,
        purpose: asserted.purpose.as_deref(),
        settings: with_name(wanted, &target, &principal.name, id),
    };
    let admitted = match admit(gate, settings, applicant, (clock::now(), deadline)).await {
        Ok(admitted) => admitted,
        Err((refusal, reason)) => {
            deny(gate, no(stream, out, refusal, reason), peer).await;
            return None;
        }
    };
    let Admitted { judge, view, limits, settings: wanted } = admitted;
    let wanted = Wanted { database, settings: wanted, version };
    let connected = match upstream::connect(&target, &wanted, &gate.keys).await {
        Ok(connected) => connected,
        Err(error) => {
            tracing::warn!(session = %id, principal = %principal.name, target = %target.name, %error, "no session with the database");
            deny(gate, no(stream, out, error.refusal(&target.name), "database not reached"), peer).await;
            return None;
        }
    };
    let Connected { stream: server, rest: server_rest, reports, notices, canceller } = connected;
    let now = clock::now();
    let new = NewSession {
        id,
        secret_bytes: if version.has_long_secrets() { 32 } else { 4 },
        principal: Arc::clone(&principal),
        token: credential.token.clone(),
        credential: credential.digest,
        target: target.name.clone(),
        expires: credential.expires,
        canceller,
        now,
    };
    let member = match gate.registry.enter(new, settings.limits.sessions_per_principal_max) {
        Ok(member) => member,
        Err(Full::Principal) => {
            deny(
                gate,
                no(stream, out, too_many_of_principal(settings), "limit sessions_per_principal_max"),
                peer,
            )
            .await;
            return None;
        }
    };
    // Configuration may have changed since the log-in began; from here on the registry's sweep sees the session.
    gate.check_one(&member.handle);
    let mut part = Vec::new();
    entry::write_asserted(&asserted, &mut part);
    let asserted_part =
        (!asserted.is_empty()).then(|| Part::store(ledger::PartName::Asserted, gate.journal.salt(), &part));
    let address = peer.to_string();
    let config = hex(&settings.hash);
    let opened = SessionOpened {
        at: now,
        session: id,
        principal: principal.name.as_str(),
        principal_kind: principal.kind,
        groups: &principal.groups,
        on_behalf_of: principal.on_behalf_of.as_ref().map(model::Name::as_str),
        credential: credential.token.as_ref().map_or("scram", model::Name::as_str),
        method: credential.method.as_str(),
        target: target.name.as_str(),
        environment: target.environment,
        database: &wanted.database,
        address: &address,
        tls: tls.map(|(version, cipher)| Tls { version, cipher }),
        listener: listener.name.as_str(),
        config: &config,
        asserted: asserted_part,
    };
    if let Err(why) = recorded(&gate.journal, &opened, target.durability).await {
        deny(gate, no(stream, out, crate::record::refusal_for(&why), "ledger not writable"), peer).await;
        return None;
    }
    let closing = Closing::new(gate, id, Arc::clone(&principal), target.name.clone(), now);
    let recorder = Recorder::new(
        gate.journal.clone(),
        id,
        principal,
        target,
        asserted,
        asserted_part.map(Part::to_known),
        settings.parameters,
    );
    let mut client = stream;
    let mut closing = closing;
    if welcome(&mut client, out, &member, &reports, &notices).await.is_err() {
        closing.reason = "client gone";
        return None;
    }
    gate.metrics.sessions_opened.inc();
    let relay = Relay::new(Start {
        client,
        server,
        client_rest: rest,
        server_rest,
        member,
        recorder,
        metrics: Arc::clone(&gate.metrics),
        limits: engine::Limits {
            names_max: settings.limits.prepared_max,
            pipeline_max: settings.limits.pipeline_max,
            rows_max: limits.rows_max,
            result_bytes_max: limits.bytes_max,
        },
        masks: gate.masks(settings),
        view,
        judge,
        statement_bytes_max: settings.limits.statement_bytes_max,
    });
    Some(Begun { relay, closing })
}

async fn recorded(
    journal: &Journal,
    opened: &SessionOpened<'_>,
    durability: Durability,
) -> Result<ledger::Receipt, journal::Unavailable> {
    let appended = journal.append(opened, durability)?;
    match appended.receipt {
        Some(receipt) => Ok(receipt),
        None => journal.durable(appended.index).await,
    }
}

/// The end of the client's log-in: everything in one write.
async fn welcome(
    client: &mut Stream,
    mut out: Vec<u8>,
    member: &Member,
    reports: &[(Vec<u8>, Vec<u8>)],
    notices: &[u8],
) -> std::io::Result<()> {
    let wrong = |_| std::io::Error::other("a report that cannot be passed on");
    for (name, value) in reports {
        encode::parameter_status(&mut out, name, value).map_err(wrong)?;
    }
    encode::backend_key_data(&mut out, member.handle.process_id, member.handle.secret()).map_err(wrong)?;
    out.extend_from_slice(notices);
    encode::ready_for_query(&mut out, Status::Idle);
    write(client, &out).await
}

/// Tells the client and the ledger.
async fn deny(gate: &Gate, denied: Denied, peer: Peer) {
    let Denied { stream, mut out, refusal, reason, principal, database } = denied;
    gate.refused(refused_one(peer, principal, database, refusal.code, reason));
    if let Some(mut stream) = stream {
        encode::error_response(&mut out, &refusal, Severity::Fatal);
        // A client that does not read is not waited for.
        let say = async {
            let _ = write(&mut stream, &out).await;
            let _ = stream.shutdown().await;
        };
        let _ = tokio::time::timeout(std::time::Duration::from_secs(2), say).await;
    }
}

fn refused_one(
    peer: Peer,
    principal: Option<String>,
    target: Option<String>,
    code: Sqlstate,
    reason: &'static str,
) -> RefusedOne {
    let address = peer.ip().map_or_else(|| "unix".to_owned(), |ip| ip.to_string());
    RefusedOne { address, principal, target, code, reason }
}

fn too_many(most: usize) -> Refusal {
    Refusal::new(Sqlstate::new(b"53300"), "the gate has as many sessions as it may have")
        .detail(format!("limit `sessions_max`, or that of open files: {most}"))
        .hint("try again later, or ask whoever runs the gate to raise the limit")
}

fn too_many_of_principal(settings: &Settings) -> Refusal {
    Refusal::new(Sqlstate::new(b"53300"), "you have as many sessions as one principal may have")
        .detail(format!("limit `sessions_per_principal_max`: {}", settings.limits.sessions_per_principal_max))
        .hint("close sessions that you do not need, or ask whoever runs the gate to raise the limit")
}

/// The client's own `application_name` if it sends one, else who it is; a target may force the latter.
fn with_name(
    mut settings: Vec<(String, String)>,
    target: &crate::settings::Target,
    principal: &model::Name,
    id: SessionId,
) -> Vec<(String, String)> {
    let is_name = |name: &str| name.eq_ignore_ascii_case("application_name");
    if target.application_name_forced {
        settings.retain(|(name, _)| !is_name(name));
    }
    if !settings.iter().any(|(name, value)| is_name(name) && !value.is_empty()) {
        settings.push(("application_name".to_owned(), format!("{principal} {id}")));
    }
    settings
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
