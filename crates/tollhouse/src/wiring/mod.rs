//! Where the rooms are plugged together: configuration, ledger and gateway become one running process.

mod log;
mod reload;

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use gateway::{Bound, By, Gate, Memory, Secrets, admin};
use journal::{Journal, Options};
use sha2::{Digest, Sha256};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::config::{LedgerSettings, Loaded};
use crate::rules::Set;

/// Serves until SIGTERM or SIGINT.
pub(crate) fn serve(path: &Path, loaded: Loaded) -> anyhow::Result<()> {
    log::begin(loaded.log);
    let journal = open(&loaded.ledger)?;
    // Listening, reloading and the admin pages need one thread; sessions have their own.
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start threads")?;
    let served = runtime.block_on(run(path, loaded, journal.clone()));
    // Sessions are over by now; what is left are look-ups that nobody waits for.
    runtime.shutdown_background();
    let closed = journal.close();
    served?;
    closed.context("the ledger's last entries could not be written")
}

fn open(ledger: &LedgerSettings) -> anyhow::Result<Journal> {
    let mut options = Options::new(&ledger.directory, &ledger.origin);
    options.key = Some(ledger.key.clone());
    env!("CARGO_PKG_VERSION").clone_into(&mut options.version);
    let (journal, opened) = Journal::open(&options, crate::config::now())
        .with_context(|| format!("cannot open the ledger in `{}`", ledger.directory.display()))?;
    tracing::info!(directory = %ledger.directory.display(), ?opened, "ledger open");
    Ok(journal)
}

async fn run(path: &Path, loaded: Loaded, journal: Journal) -> anyhow::Result<()> {
    let Loaded { settings, files, rules, ledger, .. } = loaded;
    tell(&rules);
    let listeners = settings.listeners.clone();
    let admin_address = settings.admin;
    // They stay the same for this ledger, and nothing can be told from one about the key.
    let derived = |purpose: &[u8]| {
        Sha256::new().chain_update(purpose).chain_update(journal.parameter_key()).finalize().into()
    };
    let secrets = Secrets { mock: derived(b"tollhouse/mock/1\0"), mask: derived(b"tollhouse/mask/1\0") };
    let memory = Memory::of_ledger(&ledger.directory);
    let gate = Gate::new(settings, journal, secrets, memory).context("the ledger does not take entries")?;

    let (stop, stopped) = watch::channel(false);
    let mut bound = Vec::new();
    for listener in listeners {
        let address = listener.address.to_string();
        let name = listener.name.clone();
        let listener = Bound::bind(listener)
            .with_context(|| format!("listener `{name}` cannot listen on `{address}`"))?;
        tracing::info!(listener = %name, address = %listener.address(), "listening");
        bound.push(listener);
    }
    let mut tasks = tokio::task::JoinSet::new();
    if let Some(address) = admin_address {
        let listener =
            admin::bind(address).await.with_context(|| format!("`admin` cannot listen on `{address}`"))?;
        let address = listener.local_addr().unwrap_or(address);
        tracing::info!(%address, "admin listening");
        let mut stopped = stopped.clone();
        let gate = Arc::clone(&gate);
        tasks.spawn(async move {
            let until = async move {
                let _ = stopped.wait_for(|stop| *stop).await;
            };
            if let Err(error) = admin::serve(listener, gate, until).await {
                tracing::error!(%error, "the admin listener failed");
            }
        });
    }
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for SIGINT")?;
    let in_force = reload::InForce { files, rules };
    tasks.spawn(reload::watch(Arc::clone(&gate), path.to_owned(), in_force, stopped.clone())?);
    let serving = Arc::clone(&gate).serve(bound, stopped);
    tokio::pin!(serving);
    tokio::select! {
        served = &mut serving => served.context("no threads for sessions")?,
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("told to stop");
    let _ = stop.send(true);
    tokio::select! {
        served = &mut serving => served.context("no threads for sessions")?,
        // A second signal is meant.
        _ = terminate.recv() => tracing::warn!("told to stop again: not waiting for sessions"),
        _ = interrupt.recv() => tracing::warn!("told to stop again: not waiting for sessions"),
    }
    tasks.shutdown().await;
    tracing::info!("stopped");
    Ok(())
}

/// Says what is wrong with the rules, if anything.
fn tell(rules: &Set) {
    let problems = rules.rules.problems();
    for problem in problems {
        tracing::error!("{problem}");
    }
    if !problems.is_empty() {
        tracing::error!("the rules have errors: everything is refused until they are corrected");
    }
}

/// Reads the configuration and the rules again and puts both in force. A wrong configuration leaves the old one in
/// force, and the old rules with it; wrong rules refuse everything.
fn reload(gate: &Gate, path: &Path, by: By, before: &Set) -> Option<reload::InForce> {
    match crate::config::load_again(path, Some(before)) {
        Ok(loaded) => {
            if !Arc::ptr_eq(&loaded.rules.rules, &before.rules) {
                tell(&loaded.rules);
            }
            let changes = gate.reload(loaded.settings, by);
            if !changes.is_empty() {
                tracing::info!(?changes, "new configuration in force");
            }
            Some(reload::InForce { files: loaded.files, rules: loaded.rules })
        }
        Err(error) => {
            gate.reload_failed();
            tracing::error!(%error, "the new configuration has errors: the old one stays in force");
            None
        }
    }
}
