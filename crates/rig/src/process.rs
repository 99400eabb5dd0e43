//! A process that we started and that does not outlive us, whatever happens to us.
//!
//! Beside each process runs a watcher: a shell that reads from a pipe whose other end only we hold. When we die in any
//! way (a panic, `kill -9`, a static that is never dropped), the pipe closes and the watcher ends the process and removes
//! its folder. Processes are only ever ended by their own id.

use std::fs;
use std::io::Write;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

pub use rustix::process::Signal;
use rustix::process::{Pid, kill_process};

use crate::error::Context;
use crate::{Error, Result, wait};

/// How long a process that was asked to go may take before it is killed. Generous: two cores are shared by many tests.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the watcher runs: `$1` process id, `$2` a word of its command line that proves that it still is the same process,
/// `$3` the signal, `$4` the folder to remove or nothing.
const WATCH: &str = r#"
read -r word && [ "$word" = done ] && exit 0
same() { tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -qF -- "$2"; }
if same "$1" "$2"; then
  kill -s "$3" "$1" 2>/dev/null
  n=0
  while same "$1" "$2" && [ $n -lt 100 ]; do sleep 0.05; n=$((n + 1)); done
  same "$1" "$2" && kill -s KILL "$1" 2>/dev/null
fi
[ -n "$4" ] && rm -rf -- "$4"
exit 0
"#;

/// A running process and its watcher.
#[derive(Debug)]
pub struct Process {
    child: Child,
    watcher: Child,
    last: Signal,
}

impl Process {
    /// Starts `command` in a process group of its own.
    ///
    /// `mark` is a word of its command line that no other process has (its data folder, its configuration file). `last`
    /// is the signal that ends it when we drop it or die; `remove` is a folder to delete should we die first.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub fn start(command: &mut Command, mark: &str, last: Signal, remove: Option<&Path>) -> Result<Self> {
        let program = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .context(|| format!("cannot start `{program}`"))?;
        match watch(child.id(), mark, last, remove) {
            Ok(watcher) => Ok(Self { child, watcher, last }),
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(error)
            }
        }
    }

    /// The process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, if it has.
    ///
    /// # Errors
    /// When the kernel does not say.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().context(|| "cannot ask after a process".into())
    }

    /// Sends a signal. Nothing happens when the process is gone.
    ///
    /// # Errors
    /// When the kernel refuses.
    pub fn signal(&mut self, signal: Signal) -> Result<()> {
        if self.ended()?.is_some() {
            return Ok(());
        }
        send(self.child.id(), signal)
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// When it still runs after `limit`.
    pub fn wait(&mut self, limit: Duration) -> Result<ExitStatus> {
        wait::until("a process to end", limit, || self.ended())
    }

    /// Sends `signal`, waits for the end, and kills it when it does not come.
    ///
    /// # Errors
    /// When the kernel refuses.
    pub fn stop(&mut self, signal: Signal) -> Result<ExitStatus> {
        self.signal(signal)?;
        match self.wait(PATIENCE) {
            Ok(status) => Ok(status),
            Err(_) => self.kill(),
        }
    }

    /// Kills the process and every process that it started, at once and without warning, as a crash would.
    ///
    /// # Errors
    /// When they do not go.
    pub fn kill(&mut self) -> Result<ExitStatus> {
        let family = descendants(self.child.id());
        self.signal(Signal::KILL)?;
        let status = self.wait(PATIENCE)?;
        for id in &family {
            let _ = send(*id, Signal::KILL);
        }
        wait::until("killed processes to go", PATIENCE, || {
            Ok(family
                .iter()
                .all(|id| !Path::new(&format!("/proc/{id}")).exists() || is_zombie(*id))
                .then_some(()))
        })?;
        Ok(status)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let last = self.last;
        let _ = self.stop(last);
        if let Some(mut pipe) = self.watcher.stdin.take() {
            let _ = pipe.write_all(b"done\n");
        }
        let _ = self.watcher.wait();
    }
}

/// Whether `status` says that the process was ended by `signal`.
#[must_use]
pub fn ended_by(status: ExitStatus, signal: Signal) -> bool {
    status.signal() == Some(signal.as_raw())
}

/// Sends a signal to one process by its id.
///
/// # Errors
/// When the kernel refuses, for instance since the process is gone.
pub fn send(id: u32, signal: Signal) -> Result<()> {
    let pid = i32::try_from(id).ok().and_then(Pid::from_raw).ok_or_else(|| Error::new("not a process id"))?;
    kill_process(pid, signal).context(|| format!("cannot signal process {id}"))
}

fn watch(id: u32, mark: &str, last: Signal, remove: Option<&Path>) -> Result<Child> {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", WATCH, "rig-watch", &id.to_string(), mark, &last.as_raw().to_string()]);
    command.arg(remove.unwrap_or(Path::new("")));
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .current_dir("/");
    command.spawn().context(|| "cannot start a watcher".into())
}

/// The processes that `root` started, and theirs. Read from `/proc`; what ends meanwhile is left out.
fn descendants(root: u32) -> Vec<u32> {
    let pairs: Vec<(u32, u32)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let id: u32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
            Some((id, parent(id)?))
        })
        .collect();
    let mut found = vec![root];
    let mut next = 0;
    while let Some(parent) = found.get(next).copied() {
        found.extend(pairs.iter().filter(|pair| pair.1 == parent).map(|pair| pair.0));
        next += 1;
    }
    found.remove(0);
    found
}

fn stat_fields(id: u32) -> Option<(char, u32)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name in parentheses may hold anything, so read behind the last one.
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace();
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}

fn parent(id: u32) -> Option<u32> {
    stat_fields(id).map(|fields| fields.1)
}

fn is_zombie(id: u32) -> bool {
    stat_fields(id).is_none_or(|fields| fields.0 == 'Z')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sleeper(mark: &str) -> Process {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "while :; do sleep 1; done", mark]);
        Process::start(&mut command, mark, Signal::TERM, None).unwrap()
    }

    fn is_gone(id: u32) -> Result<Option<()>> {
        Ok(is_zombie(id).then_some(()))
    }

    #[test]
    fn a_dropped_process_ends() {
        let process = sleeper("rig-test-dropped");
        let id = process.id();
        drop(process);
        wait::until("the process to end", PATIENCE, || is_gone(id)).unwrap();
    }

    #[test]
    fn the_watcher_ends_a_process_that_nobody_drops() {
        let folder = tempfile::tempdir().unwrap().keep();
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "while :; do sleep 1; done", "rig-test-orphan"]);
        let mut child = command.process_group(0).spawn().unwrap();
        let mut watcher = watch(child.id(), "rig-test-orphan", Signal::TERM, Some(&folder)).unwrap();
        // What the kernel does to our end of the pipe when we are killed.
        drop(watcher.stdin.take());
        assert!(ended_by(child.wait().unwrap(), Signal::TERM));
        watcher.wait().unwrap();
        assert!(!folder.exists());
    }

    #[test]
    fn the_watcher_spares_a_process_that_is_not_ours() {
        let mut child = Command::new("sleep").arg("1000").process_group(0).spawn().unwrap();
        let mut watcher = watch(child.id(), "a word that it does not have", Signal::TERM, None).unwrap();
        drop(watcher.stdin.take());
        watcher.wait().unwrap();
        assert!(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
    }

    #[test]
    fn kill_takes_the_children_along() {
        let mut process = sleeper("rig-test-family");
        let id = process.id();
        let child = wait::until("a child", PATIENCE, || Ok(descendants(id).first().copied())).unwrap();
        assert!(ended_by(process.kill().unwrap(), Signal::KILL));
        wait::until("the child to end", PATIENCE, || is_gone(child)).unwrap();
    }
}
