//! Notices that the configuration or the rules changed: by SIGHUP, or by looking at their files.

use std::future::Future;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use gateway::{By, Gate};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::rules::Set;

/// How often the files are looked at. Looking works with every editor, mount and link, and with it a withdrawn
/// credential ends its sessions, and a new rule is in force, well within a second.
const LOOK: Duration = Duration::from_millis(100);

/// How many looks wait for files to come to rest: an editor that writes in place should not leave the gate with half
/// of its rules, which would refuse everything.
const RESTLESS_MAX: u32 = 3;

/// What the gate goes by now.
pub(super) struct InForce {
    /// The configuration and every file that it names.
    pub(super) files: Vec<PathBuf>,
    /// The rules.
    pub(super) rules: Set,
}

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
    mut now: InForce,
    mut stopped: watch::Receiver<bool>,
) -> anyhow::Result<impl Future<Output = ()> + Send> {
    let mut hangup = signal(SignalKind::hangup()).context("cannot listen for SIGHUP")?;
    let mut seen = look(&now.files);
    let mut last = seen.clone();
    let mut restless = 0;
    Ok(async move {
        let mut tick = tokio::time::interval(LOOK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let by = tokio::select! {
                _ = tick.tick() => By::File,
                _ = hangup.recv() => By::Sighup,
                _ = stopped.wait_for(|stop| *stop) => return,
            };
            let looks = look(&now.files);
            if by == By::File {
                if looks == seen {
                    (last, restless) = (looks, 0);
                    continue;
                }
                if looks != last && restless < RESTLESS_MAX {
                    (last, restless) = (looks, restless + 1);
                    continue;
                }
            }
            (seen, last, restless) = (looks.clone(), looks, 0);
            let (gate, path, rules) = (Arc::clone(&gate), path.clone(), now.rules.clone());
            // Reading files and checking certificates blocks.
            let loaded = tokio::task::spawn_blocking(move || super::reload(&gate, &path, by, &rules)).await;
            if let Ok(Some(loaded)) = loaded {
                let others = loaded.files != now.files;
                now = loaded;
                if others {
                    seen = look(&now.files);
                    last.clone_from(&seen);
                }
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
