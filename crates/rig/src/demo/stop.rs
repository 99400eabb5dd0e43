//! Waiting for Ctrl-C, SIGTERM, or for something to fail.

use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::Result;
use crate::error::Context;

/// How often what runs is looked after.
const LOOK: Duration = Duration::from_millis(500);

/// Listens for the wish to stop.
pub(super) struct Stop {
    runtime: Runtime,
    interrupt: Signal,
    terminate: Signal,
    hang_up: Signal,
}

impl Stop {
    /// From now on these signals end [`Stop::wait`] and nothing else.
    pub(super) fn listen() -> Result<Self> {
        let failed = || "cannot listen for signals".to_owned();
        let runtime = Builder::new_current_thread().enable_all().build().context(failed)?;
        let guard = runtime.enter();
        let interrupt = signal(SignalKind::interrupt()).context(failed)?;
        let terminate = signal(SignalKind::terminate()).context(failed)?;
        let hang_up = signal(SignalKind::hangup()).context(failed)?;
        drop(guard);
        Ok(Self { runtime, interrupt, terminate, hang_up })
    }

    /// Waits for a signal (`None`) or for `failure` to tell what failed.
    pub(super) fn wait(
        mut self,
        mut failure: impl FnMut() -> Result<Option<String>>,
    ) -> Result<Option<String>> {
        self.runtime.block_on(async {
            let mut look = tokio::time::interval(LOOK);
            loop {
                tokio::select! {
                    _ = self.interrupt.recv() => return Ok(None),
                    _ = self.terminate.recv() => return Ok(None),
                    _ = self.hang_up.recv() => return Ok(None),
                    _ = look.tick() => {
                        if let Some(reason) = failure()? {
                            return Ok(Some(reason));
                        }
                    }
                }
            }
        })
    }
}
