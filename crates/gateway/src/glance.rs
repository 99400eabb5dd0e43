//! One look at a database's catalogue, for a command that judges statements and runs none. Sessions do not use it:
//! theirs are shared and kept fresh.

use std::sync::Arc;

use model::Refusal;
use sql::catalogue::Catalogue;
use tokio::sync::watch;

use crate::catalogue::{Catalogues, Watch};
use crate::label::{Learned, Memory};
use crate::settings::Target;

/// Reads which tables, views and functions a target's database has, as the gate's own role sees them.
///
/// # Errors
/// When the server cannot be asked: what a client would be told.
pub async fn read_catalogue(target: &Arc<Target>, database: &str) -> Result<Arc<Catalogue>, Refusal> {
    at(target, database, Memory::default(), |_, catalogue| catalogue).await
}

/// The same, with what was found out about its columns, now and before.
///
/// # Errors
/// When the server cannot be asked: what a client would be told.
pub async fn read_labels(
    target: &Arc<Target>,
    database: &str,
    memory: Memory,
) -> Result<(Arc<Catalogue>, Option<Arc<Learned>>), Refusal> {
    at(target, database, memory, |looked, catalogue| (catalogue, looked.learned())).await
}

/// Loads a database's catalogue once, and looks at it with what was found out about it.
///
/// # Errors
/// When the server cannot be asked: what a client would be told.
pub(crate) async fn at<T>(
    target: &Arc<Target>,
    database: &str,
    memory: Memory,
    look: impl FnOnce(&Arc<Watch>, Arc<Catalogue>) -> T,
) -> Result<T, Refusal> {
    let catalogues = Arc::new(Catalogues::new(Arc::new(memory)));
    // Held until the end: loads go on for as long as somebody could still stop them.
    let (_stop, stopped) = watch::channel(false);
    let looked = catalogues.of(target, database);
    tokio::select! {
        read = looked.ready() => read.map(|catalogue| look(&looked, catalogue)).map_err(|error| {
            tracing::warn!(target = %target.name, database, %error, "a catalogue could not be read");
            error.refusal(&target.name)
        }),
        () = Arc::clone(&catalogues).serve(stopped) => Err(crate::catalogue::Unavailable::Closed.refusal(&target.name)),
    }
}
