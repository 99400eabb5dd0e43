//! What can go wrong between the gate and a database, and what the client is told of it.

use std::fmt;
use std::io;

use model::{Name, Refusal, Sqlstate};
use wire::auth::scram::ScramError;

use crate::packet::PacketError;

/// Why there is no session with the database.
#[derive(Debug)]
pub(crate) enum UpstreamError {
    /// No server was tried.
    None,
    /// The host's name does not resolve, or nobody listens there.
    Connect(io::Error),
    /// It took too long.
    TimeOut,
    /// The server does not do TLS.
    NoTls,
    /// The TLS handshake failed, or the certificate is not what it should be.
    Tls(io::Error),
    /// The server went away or sent nonsense.
    Packet(PacketError),
    /// The server sent something else than it may.
    Protocol(&'static str),
    /// SCRAM failed.
    Scram(ScramError),
    /// The server wants a way to log in that the gate does not have or may not use here.
    Method(&'static str),
    /// The server said no.
    Refused {
        /// Its code.
        sqlstate: Sqlstate,
        /// Its message.
        message: String,
        /// Its detail and hint.
        more: [Option<String>; 2],
    },
    /// No server has the wanted `target_session_attrs`.
    Attrs,
    /// The server does not say whether it takes writes.
    Old,
    /// The server's setting of this name makes it read texts differently from the gate.
    Reading(&'static str),
}

impl UpstreamError {
    /// Whether another server may do better.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::Refused { sqlstate, .. } => matches!(sqlstate.as_str().get(..2), Some("57" | "53" | "08")),
            _ => true,
        }
    }

    /// What the client is told. Errors about settings that the client itself sent are the server's own words.
    pub(crate) fn refusal(&self, target: &Name) -> Refusal {
        let unreachable = Sqlstate::new(b"08006");
        let what = match self {
            Self::None | Self::Connect(_) => "nobody answers there",
            Self::TimeOut => "it did not answer in time",
            Self::NoTls => "it does not offer TLS, which the gate demands",
            Self::Tls(_) => "its TLS certificate or handshake is not acceptable",
            Self::Packet(_) | Self::Protocol(_) => "it does not speak the protocol properly",
            Self::Attrs | Self::Old => "no server has the wanted `target_session_attrs`",
            Self::Reading(setting) => {
                return Refusal::new(
                    Sqlstate::new(b"55000"),
                    format!("the database of target `{target}` reads statements differently from the gate"),
                )
                .detail(format!("its setting `{setting}` is not the standard one"))
                .hint("whoever runs the gate must reset it for the gate's role or database");
            }
            Self::Scram(_) | Self::Method(_) => {
                return Refusal::new(Sqlstate::new(b"08004"), format!("the gate could not log in at the database of target `{target}`"))
                    .hint("whoever runs the gate must look at the target's credentials; the gate's log has the reason");
            }
            Self::Refused { sqlstate, message, more } => return refused(*sqlstate, message, more, target),
        };
        Refusal::new(unreachable, format!("the database of target `{target}` cannot be used: {what}"))
            .hint("try again, or ask whoever runs the gate; its log has the reason")
    }
}

fn refused(sqlstate: Sqlstate, message: &str, more: &[Option<String>; 2], target: &Name) -> Refusal {
    match sqlstate.as_str() {
        // About the client's own start-up settings, or about the server's state: nothing of the gate's is in it.
        "22023" | "42704" | "42602" | "42501" | "57P01" | "57P02" | "57P03" | "22P02" => {
            let mut refusal = Refusal::new(sqlstate, message.to_owned());
            let [detail, hint] = more.clone();
            refusal.detail = detail.map(Into::into);
            refusal.hint = hint.map(Into::into);
            refusal
        }
        "3D000" => Refusal::new(sqlstate, format!("target `{target}` has no such database"))
            .hint("name a database that is there, or the target alone for its own; whoever runs the gate sets `upstream.database`"),
        "53300" => {
            Refusal::new(sqlstate, format!("the database of target `{target}` has no free connection"))
                .hint("try again later")
        }
        code if code.starts_with("28") => Refusal::new(
            Sqlstate::new(b"08004"),
            format!("the gate could not log in at the database of target `{target}`"),
        )
        .hint("whoever runs the gate must look at the target's credentials; the gate's log has the reason"),
        _ => Refusal::new(sqlstate, format!("the database of target `{target}` refused the connection"))
            .hint("the gate's log has the reason"),
    }
}

impl fmt::Display for UpstreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("no server was tried"),
            Self::Connect(error) => write!(f, "connecting failed: {error}"),
            Self::TimeOut => f.write_str("connecting took too long"),
            Self::NoTls => f.write_str("the server does not offer TLS"),
            Self::Tls(error) => write!(f, "TLS failed: {error}"),
            Self::Packet(error) => write!(f, "log-in failed: {error}"),
            Self::Protocol(what) => write!(f, "log-in failed: the server sent {what}"),
            Self::Scram(error) => write!(f, "SCRAM failed: {error}"),
            Self::Method(what) => write!(f, "the server asks for {what}"),
            Self::Refused { sqlstate, message, .. } => write!(f, "the server refused: {sqlstate} {message}"),
            Self::Attrs => f.write_str("the server has not the wanted target_session_attrs"),
            Self::Old => {
                f.write_str("the server does not report whether it takes writes (PostgreSQL 14 and later do)")
            }
            Self::Reading(setting) => write!(f, "the server's {setting} differs from the standard"),
        }
    }
}

impl From<PacketError> for UpstreamError {
    fn from(error: PacketError) -> Self {
        Self::Packet(error)
    }
}

impl From<ScramError> for UpstreamError {
    fn from(error: ScramError) -> Self {
        Self::Scram(error)
    }
}

impl From<io::Error> for UpstreamError {
    fn from(error: io::Error) -> Self {
        Self::Packet(PacketError::Io(error))
    }
}
