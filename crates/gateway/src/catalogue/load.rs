//! One load of a database's catalogue: a connection of the gate's own, what it is asked, and the snapshot. It knows
//! nothing of who waits for it.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use model::{Name, Refusal, Sqlstate};
use sha2::{Digest, Sha256};
use sql::catalogue::{Catalogue, Part, System, Unreadable, load_script};
use wire::postgres::startup::Version;

use super::line::{Held, Line};
use crate::label::{self, Before, Learned, Memory};
use crate::settings::{Correction, Target};
use crate::upstream::{self, AskError, Connected, KeyCache, UpstreamError, Wanted};

/// A load may take this long in all, the server as long per statement. A catalogue of 100,000 relations takes seconds.
const TIME_OUT: Duration = Duration::from_secs(60);

/// The most bytes of a catalogue's text: some 500,000 relations.
const BYTES_MAX: usize = 256 << 20;

/// What the server itself brings is read again after this long: superusers can change it in place.
const SYSTEM_AGE_MAX: Duration = Duration::from_secs(3_600);

/// Why there is no catalogue, or no newer one.
#[derive(Clone, Debug)]
pub(crate) enum Unavailable {
    /// The server could not be asked.
    Server(Arc<AskError>),
    /// It answered something that is no catalogue.
    Unreadable(Unreadable),
    /// It took too long.
    TimeOut,
    /// The gate is stopping.
    Closed,
}

/// What servers bring themselves, by the digest of its text: databases of one version share it.
#[derive(Debug, Default)]
pub(super) struct Systems {
    known: Mutex<HashMap<[u8; 32], System>>,
}

/// Different ones kept for sharing: more than versions that anybody runs beside each other.
const SYSTEMS_MAX: usize = 16;

impl Systems {
    fn read(&self, text: &str) -> Result<System, Unavailable> {
        // Whom it was read as stands in the first line, and does not matter here.
        let digest: [u8; 32] = Sha256::digest(text.split_once('\n').map_or(text, |(_, rest)| rest)).into();
        if let Some(system) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&digest) {
            return Ok(system.clone());
        }
        let system = System::from_text(text)?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= SYSTEMS_MAX {
            known.clear();
        }
        Ok(known.entry(digest).or_insert(system).clone())
    }
}

/// What one load leaves for the next.
#[derive(Debug)]
pub(super) struct Kept {
    system: System,
    /// The server's version as it reports it: another one brings other things.
    server: Vec<u8>,
    since: Instant,
    /// The digest of the text that the snapshot was made from.
    digest: [u8; 32],
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) learned: Arc<Learned>,
}

/// What all loads share.
#[derive(Clone, Copy)]
pub(super) struct With<'a> {
    pub(super) keys: &'a KeyCache,
    pub(super) systems: &'a Systems,
    /// What was found out about columns, also before this gate began.
    pub(super) memory: &'a Arc<Memory>,
}

/// Loads. When nothing has changed since `before`, its snapshot is the answer, so that what was remembered under its
/// version stays good.
pub(super) async fn load(
    target: &Target,
    database: &str,
    with: With<'_>,
    before: Option<&Kept>,
    version: impl Fn() -> u64,
) -> Result<Kept, Unavailable> {
    let work = async {
        let mut connected = connect(target, database, with.keys).await?;
        let answer = questions(&mut connected, with.systems, before).await?;
        let known = Known { target, memory: with.memory, said: &said(target, database) };
        let kept = answer.read(&mut connected, before, known, version).await;
        upstream::farewell(connected).await;
        kept
    };
    tokio::time::timeout(TIME_OUT, work).await.unwrap_or(Err(Unavailable::TimeOut))
}

/// The same for one of loads that follow each other: over the connection that `line` holds, or a new one, which is given
/// back to be held for the next.
pub(super) async fn load_again(
    target: &Arc<Target>,
    (line, database): (&Line, &str),
    with: With<'_>,
    before: Option<&Kept>,
    version: impl Fn() -> u64,
) -> Result<(Kept, Option<Held>), Unavailable> {
    let said = said(target, database);
    let known = Known { target, memory: with.memory, said: &said };
    let work = async {
        if let Some(mut held) = line.take(target).await {
            match questions(&mut held.connected, with.systems, before).await {
                Ok(answer) => {
                    let kept = answer.read(&mut held.connected, before, known, version).await?;
                    return Ok((kept, Some(held)));
                }
                // The server may have ended it meanwhile: a new one says whether it is well.
                Err(Unavailable::Server(error)) if matches!(*error, AskError::Upstream(_)) => {}
                Err(error) => return Err(error),
            }
        }
        let mut held = Held::open(target, database, with.keys).await?;
        let answer = questions(&mut held.connected, with.systems, before).await?;
        Ok((answer.read(&mut held.connected, before, known, version).await?, Some(held)))
    };
    tokio::time::timeout(TIME_OUT, work).await.unwrap_or(Err(Unavailable::TimeOut))
}

/// What people said of the columns of a database.
fn said(target: &Target, database: &str) -> Vec<Correction> {
    let of = |said: &&Correction| said.database.as_deref().unwrap_or(&target.upstream.database) == database;
    target.corrections.iter().filter(of).cloned().collect()
}

/// What is known of the columns of a target's database beside what the server says.
#[derive(Clone, Copy)]
struct Known<'a> {
    target: &'a Target,
    memory: &'a Arc<Memory>,
    said: &'a [Correction],
}

/// What a server said.
struct Answer {
    /// What it brings, and since when that is known.
    system: (System, Instant),
    version: Vec<u8>,
    own: String,
}

async fn questions(
    connected: &mut Connected,
    systems: &Systems,
    before: Option<&Kept>,
) -> Result<Answer, Unavailable> {
    let version = connected.report(b"server_version").unwrap_or_default().to_vec();
    let known = before.filter(|kept| kept.server == version && kept.since.elapsed() < SYSTEM_AGE_MAX);
    let system = match known {
        Some(kept) => (kept.system.clone(), kept.since),
        None => (systems.read(&ask(connected, Part::System).await?)?, Instant::now()),
    };
    Ok(Answer { system, version, own: ask(connected, Part::Own).await? })
}

impl Answer {
    /// Makes the snapshot, and finds out what its columns hold.
    async fn read(
        self,
        connected: &mut Connected,
        before: Option<&Kept>,
        Known { target, memory, said }: Known<'_>,
        version: impl Fn() -> u64,
    ) -> Result<Kept, Unavailable> {
        let Self { system: (system, since), version: server, own } = self;
        let digest: [u8; 32] = Sha256::digest(own.as_bytes()).into();
        // The same over what the server brings, which was not read again.
        let same = before.filter(|kept| kept.since == since && kept.digest == digest);
        let catalogue = match same {
            Some(kept) => Arc::clone(&kept.catalogue),
            None => Arc::new(Catalogue::over(&system, &own, version())?),
        };
        let learned = match same.filter(|kept| !kept.learned.is_old() && kept.learned.was_told(said)) {
            Some(kept) => Arc::clone(&kept.learned),
            None => {
                let learned = before.map(|kept| &*kept.learned);
                let before = Before { target: &target.name, learned, memory, said };
                Arc::new(label::learn(connected, &catalogue, before, version).await?)
            }
        };
        Ok(Kept { system, server, since, digest, catalogue, learned })
    }
}

pub(super) async fn connect(
    target: &Target,
    database: &str,
    keys: &KeyCache,
) -> Result<Connected, Unavailable> {
    let settings = [("client_encoding", "UTF8"), ("application_name", "tollhouse catalogue")];
    let wanted = Wanted {
        database: database.to_owned(),
        settings: settings.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        version: Version::V3_0,
    };
    upstream::connect(target, &wanted, keys).await.map_err(|error| AskError::Upstream(error).into())
}

/// Asks for one part in one consistent look. The limits are the gate's own, whatever the role's are.
pub(super) async fn ask(connected: &mut Connected, part: Part) -> Result<String, Unavailable> {
    let text = format!(
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \
         SET LOCAL statement_timeout = '{}s'; SET LOCAL lock_timeout = '1s'; SET LOCAL jit = off;\n{}; COMMIT",
        TIME_OUT.as_secs(),
        load_script(part).trim_end().trim_end_matches(';')
    );
    let answer = upstream::copy_out(connected, &text, BYTES_MAX).await?;
    // A database in SQL_ASCII may hold names that are no UTF-8: no text of a session can name those.
    Ok(match String::from_utf8(answer) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    })
}

impl Unavailable {
    /// What a client is told.
    pub(crate) fn refusal(&self, target: &Name) -> Refusal {
        let why = match self {
            Self::Server(error) => match &**error {
                AskError::Upstream(UpstreamError::Refused { sqlstate, .. })
                    if !matches!(sqlstate.as_str(), "3D000" | "53300")
                        && !sqlstate.as_str().starts_with("28") =>
                {
                    "the server refused to say"
                }
                AskError::Upstream(error) => return error.refusal(target),
                AskError::Long | AskError::Endless => "there are too many",
            },
            Self::Unreadable(_) => "the server's answer is not understood",
            Self::TimeOut => "the server took too long",
            Self::Closed => "the gate is stopping",
        };
        Refusal::new(
            Sqlstate::new(b"08006"),
            format!("the gate cannot read what tables and functions target `{target}` has: {why}"),
        )
        .hint("try again, or ask whoever runs the gate; its log has the reason")
    }
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Server(error) => error.fmt(f),
            Self::Unreadable(error) => error.fmt(f),
            Self::TimeOut => f.write_str("reading the catalogue took too long"),
            Self::Closed => f.write_str("the gate is stopping"),
        }
    }
}

impl From<AskError> for Unavailable {
    fn from(error: AskError) -> Self {
        Self::Server(Arc::new(error))
    }
}

impl From<Unreadable> for Unavailable {
    fn from(error: Unreadable) -> Self {
        Self::Unreadable(error)
    }
}
