//! Notices that the configuration changed: by SIGHUP, or by looking at its files.

use std::future::Future;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use gateway::{By, Gate};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// How often the files are looked at. Looking works with every editor, mount and link, and with it a withdrawn
/// credential ends its sessions well within a second.
const LOOK: Duration = Duration::from_millis(250);

/// A file as far as a change of it can be seen from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    device: u64,
    inode: u64,
    size: u64,
    changed: (i64, i64),
}

/// Watches until `stopped`.
pub(super) fn watch(
    gate: Arc<Gate>,
    path: PathBuf,
    mut files: Vec<PathBuf>,
    mut stopped: watch::Receiver<bool>,
) -> anyhow::Result<impl Future<Output = ()> + Send> {
    let mut hangup = signal(SignalKind::hangup()).context("cannot listen for SIGHUP")?;
    let mut seen = look(&files);
    Ok(async move {
        let mut tick = tokio::time::interval(LOOK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let by = tokio::select! {
                _ = tick.tick() => By::File,
                _ = hangup.recv() => By::Sighup,
                _ = stopped.wait_for(|stop| *stop) => return,
            };
            let now = look(&files);
            if by == By::File && now == seen {
                continue;
            }
            seen = now;
            let (gate, path) = (Arc::clone(&gate), path.clone());
            // Reading files and checking certificates blocks.
            let loaded = tokio::task::spawn_blocking(move || super::reload(&gate, &path, by)).await;
            if let Ok(Some(now)) = loaded
                && now != files
            {
                files = now;
                seen = look(&files);
            }
        }
    })
}

fn look(files: &[PathBuf]) -> Vec<Option<Look>> {
    let look = |path: &PathBuf| {
        let meta = std::fs::metadata(path).ok()?;
        Some(Look {
            device: meta.dev(),
            inode: meta.ino(),
            size: meta.size(),
            changed: (meta.ctime(), meta.ctime_nsec()),
        })
    };
    files.iter().map(look).collect()
}
