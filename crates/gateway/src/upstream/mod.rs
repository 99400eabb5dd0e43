//! Towards the databases: connect, log in, cancel. What goes wrong here is told to the client by what failed,
//! never by host, role or secret; the log has the rest.

mod ask;
mod cancel;
mod connect;
mod error;
mod keys;
mod login;

use wire::postgres::startup::Version;

use crate::settings::{SessionAttrs, Target};
use crate::stream::Stream;

pub(crate) use ask::{AskError, copy_out, farewell};
pub(crate) use cancel::Canceller;
pub(crate) use error::UpstreamError;
pub(crate) use keys::KeyCache;

/// What is asked of the server beside the target's own data.
#[derive(Debug)]
pub(crate) struct Wanted {
    /// The database; the target's own unless the client named another.
    pub(crate) database: String,
    /// Start-up settings, in order; a later one wins.
    pub(crate) settings: Vec<(String, String)>,
    /// The protocol version to ask for.
    pub(crate) version: Version,
}

/// A server that let us in and is ready.
#[derive(Debug)]
pub(crate) struct Connected {
    pub(crate) stream: Stream,
    /// What it sent behind ReadyForQuery.
    pub(crate) rest: Vec<u8>,
    /// Its reports, in order.
    pub(crate) reports: Vec<(Vec<u8>, Vec<u8>)>,
    /// Notices that it sent meanwhile, as whole messages.
    pub(crate) notices: Vec<u8>,
    /// How to cancel.
    pub(crate) canceller: Canceller,
}

impl Connected {
    /// The last report of this name.
    pub(crate) fn report(&self, name: &[u8]) -> Option<&[u8]> {
        self.reports.iter().rev().find(|(found, _)| found == name).map(|(_, value)| value.as_slice())
    }

    fn is(&self, attrs: SessionAttrs) -> Result<bool, UpstreamError> {
        if attrs == SessionAttrs::Any {
            return Ok(true);
        }
        // PostgreSQL 14 and later report both; nothing needs to be asked.
        let standby = self.report(b"in_hot_standby").ok_or(UpstreamError::Old)? == b"on";
        let read_only = standby || self.report(b"default_transaction_read_only") == Some(b"on");
        Ok(match attrs {
            SessionAttrs::Any => true,
            SessionAttrs::ReadWrite => !read_only,
            SessionAttrs::ReadOnly => read_only,
            SessionAttrs::Primary => !standby,
            SessionAttrs::Standby | SessionAttrs::PreferStandby => standby,
        })
    }

    /// Whether gate and server read texts alike.
    fn reads_as_we_do(&self) -> Result<(), UpstreamError> {
        let strings = self.report(b"standard_conforming_strings");
        let encoding = self.report(b"client_encoding");
        if strings.is_some_and(|value| value != b"on") {
            return Err(UpstreamError::Reading("standard_conforming_strings"));
        }
        if encoding.is_some_and(|value| !sql::startup::is_read(value)) {
            return Err(UpstreamError::Reading("client_encoding"));
        }
        Ok(())
    }
}

/// Connects to the first server of the target that will do.
///
/// # Errors
/// The last server's error, when none will do.
pub(crate) async fn connect(
    target: &Target,
    wanted: &Wanted,
    keys: &KeyCache,
) -> Result<Connected, UpstreamError> {
    let attrs = target.upstream.session_attrs;
    let passes: &[SessionAttrs] = if attrs == SessionAttrs::PreferStandby {
        &[SessionAttrs::Standby, SessionAttrs::Any]
    } else {
        &[attrs]
    };
    let mut last = UpstreamError::None;
    for attrs in passes {
        for host in &target.upstream.hosts {
            let attempt = async {
                let (stream, address) = connect::open(&target.upstream, host).await?;
                login::log_in(stream, address, target, wanted, keys).await
            };
            let connected = match tokio::time::timeout(target.upstream.connect_timeout, attempt).await {
                Ok(answer) => answer,
                Err(_) => Err(UpstreamError::TimeOut),
            };
            match connected {
                Ok(connected) => match connected.is(*attrs) {
                    Ok(true) => return connected.reads_as_we_do().map(|()| connected),
                    Ok(false) => last = UpstreamError::Attrs,
                    Err(error) => last = error,
                },
                // A server that is there and says no will say no again: another one of the same cluster as well.
                Err(error @ UpstreamError::Refused { .. }) if !error.is_passing() => return Err(error),
                Err(error) => {
                    tracing::warn!(target = %target.name, ?host, %error, "a database server cannot be used");
                    last = error;
                }
            }
        }
    }
    Err(last)
}
