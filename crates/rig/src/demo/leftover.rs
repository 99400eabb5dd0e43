//! What a demo that was killed together with its watchers may have left running. Found by its own files, and ended only
//! when its command line still names the demo's folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::process::{Signal, send};
use crate::{Result, wait};

/// A server writes all its buffers before it ends.
const PATIENCE: Duration = Duration::from_secs(30);

/// Ends a gate whose files are in `folder` and servers whose files are in `servers`, if they still run.
pub(super) fn end(folder: &Path, servers: &[PathBuf]) -> Result<()> {
    let gate = folder.join("gate");
    end_one(&gate.join("pid"), &gate.join("tollhouse.toml"), Signal::TERM)?;
    for server in servers {
        let data = server.join("data");
        end_one(&data.join("postmaster.pid"), &data, Signal::INT)?;
    }
    Ok(())
}

/// The file's first line is a process; `mark` is a word of its command line.
fn end_one(file: &Path, mark: &Path, signal: Signal) -> Result<()> {
    let Some(process) =
        fs::read_to_string(file).ok().and_then(|text| text.lines().next()?.trim().parse().ok())
    else {
        return Ok(());
    };
    if !runs(process, mark) {
        return Ok(());
    }
    super::print::step(&format!("ending process {process}, which the last demo left"));
    send(process, signal)?;
    wait::until("what the last demo left to end", PATIENCE, || Ok((!runs(process, mark)).then_some(())))
}

fn runs(process: u32, mark: &Path) -> bool {
    let words = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
    words.split(|byte| *byte == 0).any(|word| word == mark.as_os_str().as_encoded_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    #[test]
    fn only_what_is_ours_is_ended() {
        let folder = tempfile::tempdir().unwrap();
        let gate = folder.path().join("gate");
        fs::create_dir(&gate).unwrap();
        let start = |mark: &Path| {
            let mut command = Command::new("/bin/sh");
            command
                .args(["-c", "while :; do sleep 1; done"])
                .arg("sh")
                .arg(mark)
                .process_group(0)
                .spawn()
                .unwrap()
        };
        let mut ours = start(&gate.join("tollhouse.toml"));
        let mut stranger = start(Path::new("/elsewhere/tollhouse.toml"));

        fs::write(gate.join("pid"), stranger.id().to_string()).unwrap();
        end(folder.path(), &[]).unwrap();
        assert!(stranger.try_wait().unwrap().is_none());
        stranger.kill().unwrap();
        stranger.wait().unwrap();

        fs::write(gate.join("pid"), ours.id().to_string()).unwrap();
        let id = ours.id();
        let waiter = std::thread::spawn(move || ours.wait().unwrap());
        end(folder.path(), &[]).unwrap();
        assert!(crate::process::ended_by(waiter.join().unwrap(), Signal::TERM), "{id}");
    }
}
