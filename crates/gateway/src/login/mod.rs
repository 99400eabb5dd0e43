//! From a fresh connection to a principal that has proved who it is and may reach its target.
//!
//! Each step is a value that the next is made from: [`greet::Greeted`], [`prove::Proved`], [`Login`]. Nothing here
//! speaks to a database.

mod ask;
mod greet;
mod prove;

use std::net::IpAddr;
use std::sync::Arc;

use model::{Asserted, Principal, Refusal, Timestamp};
use wire::postgres::startup::Version;

use crate::settings::{Settings, Target};
use crate::stream::Stream;
use crate::throttle::Throttle;

pub(crate) use greet::{Greeted, Greeting, greet};
pub(crate) use prove::{Credential, digest_of_password as digest_of};

/// A principal that may reach a target.
#[derive(Debug)]
pub(crate) struct Login {
    pub(crate) stream: Stream,
    /// Bytes that came with the last message.
    pub(crate) rest: Vec<u8>,
    pub(crate) version: Version,
    pub(crate) principal: Arc<Principal>,
    pub(crate) credential: Credential,
    pub(crate) target: Arc<Target>,
    /// The database at the target.
    pub(crate) database: String,
    /// Settings for the server, in order.
    pub(crate) settings: Vec<(String, String)>,
    /// What the client says about itself.
    pub(crate) asserted: Asserted,
    /// What still has to be sent to the client: the end of its log-in.
    pub(crate) out: Vec<u8>,
}

/// What a log-in needs beside the connection.
#[derive(Debug)]
pub(crate) struct Desk<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) throttle: &'a Throttle,
    /// Makes answers for unknown names that look like those for known ones.
    pub(crate) mock_secret: &'a [u8; 32],
    pub(crate) address: Option<IpAddr>,
}

/// A connection that becomes no session.
#[derive(Debug)]
pub(crate) struct Denied {
    /// Where to say so, if the client is still there and understands.
    pub(crate) stream: Option<Stream>,
    /// What still has to be sent before the refusal.
    pub(crate) out: Vec<u8>,
    /// What the client is told.
    pub(crate) refusal: Refusal,
    /// What the ledger is told: why, really.
    pub(crate) reason: &'static str,
    /// Who the client claimed to be.
    pub(crate) principal: Option<String>,
    /// The database that it asked for.
    pub(crate) database: Option<String>,
}

/// Lets a greeted client prove who it is and say what it wants.
///
/// # Errors
/// When it cannot, may not, or wants what it cannot have.
pub(crate) async fn log_in(
    greeting: Greeting,
    desk: &Desk<'_>,
    now: Timestamp,
) -> Result<Login, Box<Denied>> {
    let proved = prove::prove(greeting, desk, now).await?;
    ask::ask(proved, desk.settings)
}
