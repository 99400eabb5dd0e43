//! Which tables and functions there are, for a command: a catalogue's file, what a server brings by itself, or a live
//! database that is asked once. Sessions have their own, kept fresh by the gate.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use gateway::settings::Target;
use model::Refusal;
use sql::catalogue::{Catalogue, builtin};

/// Reads a catalogue's file.
///
/// # Errors
/// When it cannot be read or is none.
pub(super) fn file(path: &Path) -> anyhow::Result<Catalogue> {
    let shown = path.display();
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read the catalogue `{shown}`"))?;
    Catalogue::from_text(&text).with_context(|| format!("`{shown}` is no catalogue"))
}

/// What a case sees: the objects that it sketches, above those of a file or of a server's own.
///
/// # Errors
/// When either cannot be read.
pub(super) fn sketched(base: Option<&Path>, server: u32, tables: &str) -> anyhow::Result<Catalogue> {
    let base = match base {
        Some(path) => file(path)?,
        None => builtin(server),
    };
    base.with_tables(tables).map_err(|error| anyhow::anyhow!("`tables`: {error}"))
}

/// Asks a target's database.
///
/// # Errors
/// When it cannot be asked, with the next step.
pub(super) fn live(target: &Arc<Target>, database: &str) -> anyhow::Result<Arc<Catalogue>> {
    asked(gateway::read_catalogue(target, database))
}

/// What a live database says.
///
/// # Errors
/// When it cannot be asked, with the next step.
pub(super) fn asked<T>(answer: impl Future<Output = Result<T, Refusal>>) -> anyhow::Result<T> {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start threads")?;
    runtime.block_on(answer).map_err(|refusal| {
        let hint = refusal.hint.as_deref().unwrap_or("see `tollhouse check`");
        anyhow::anyhow!("{}; {hint}, or give a catalogue's file with `--catalogue`", refusal.message)
    })
}
