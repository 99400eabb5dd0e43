//! The two regimes in which everything is measured, and how processes are put into them.
//!
//! `pinned`: client, proxy and server share one core with real-time priority, so that latency is the sum of CPU times
//! and nobody else on the machine disturbs. `unpinned`: as the machine schedules, what a person sees.
//! Works by util-linux' `taskset` and `chrt`, on named processes only.

use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::error::Context;
use crate::{Error, Result};

/// How processes are scheduled while they are measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Regime {
    /// All on one core, first come first served, before everybody else on the machine.
    Pinned {
        /// The core's number.
        core: u32,
    },
    /// As the machine does by itself.
    Unpinned {
        /// The cores that this process may use, as `taskset` writes them.
        cores: String,
    },
}

impl Regime {
    /// The regime that leaves the machine alone.
    ///
    /// # Errors
    /// When the cores that may be used cannot be read.
    pub(super) fn unpinned() -> Result<Self> {
        Ok(Self::Unpinned { cores: allowed_cores()? })
    }

    /// The pinned regime on the last core that may be used.
    ///
    /// # Errors
    /// When this user or machine permits no real-time priority.
    pub(super) fn pinned() -> Result<Self> {
        let core = last_core(&allowed_cores()?).ok_or_else(|| Error::new("no core may be used"))?;
        let regime = Self::Pinned { core };
        let output = regime
            .wrap(&Command::new("true"))
            .stdin(Stdio::null())
            .output()
            .context(|| "cannot run `taskset`".into())?;
        if output.status.success() {
            return Ok(regime);
        }
        Err(Error::new(String::from_utf8_lossy(&output.stderr).trim().replace('\n', "; ")))
    }

    /// The word for tables and options.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Pinned { .. } => "pinned",
            Self::Unpinned { .. } => "unpinned",
        }
    }

    /// The same command, run in this regime; the process keeps its id. Streams and folder are the caller's to set.
    pub(super) fn wrap(&self, command: &Command) -> Command {
        let mut wrapped = match self {
            Self::Pinned { core } => {
                let mut wrapped = Command::new("taskset");
                wrapped.args(["-c", &core.to_string(), "chrt", "-r", "1"]).arg(command.get_program());
                wrapped
            }
            Self::Unpinned { .. } => Command::new(command.get_program()),
        };
        wrapped.args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => wrapped.env(name, value),
                None => wrapped.env_remove(name),
            };
        }
        wrapped
    }

    /// Puts running processes, with all their threads, into this regime; what they start later inherits it.
    ///
    /// # Errors
    /// When one that still runs could not be moved.
    pub(super) fn apply(&self, processes: &[u32]) -> Result<()> {
        for id in processes {
            let id = id.to_string();
            match self {
                Self::Pinned { core } => {
                    run(&id, "taskset", &["-a", "-c", "-p", &core.to_string(), &id])?;
                    run(&id, "chrt", &["-a", "-r", "-p", "1", &id])?;
                }
                Self::Unpinned { cores } => {
                    run(&id, "taskset", &["-a", "-c", "-p", cores, &id])?;
                    run(&id, "chrt", &["-a", "-o", "-p", "0", &id])?;
                }
            }
        }
        Ok(())
    }
}

impl fmt::Display for Regime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pinned { core } => {
                write!(f, "pinned: client, proxy and server on core {core} with real-time priority")
            }
            Self::Unpinned { cores } => write!(f, "unpinned: on cores {cores}, as the machine schedules"),
        }
    }
}

fn run(id: &str, program: &str, arguments: &[&str]) -> Result<()> {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .context(|| format!("cannot run `{program}`"))?;
    // A server's short-lived children may have ended since they were listed.
    if output.status.success() || !Path::new("/proc").join(id).exists() {
        return Ok(());
    }
    Err(Error::new(format!("`{program}`: {}", String::from_utf8_lossy(&output.stderr).trim())))
}

fn allowed_cores() -> Result<String> {
    let status = std::fs::read_to_string("/proc/self/status").context(|| "cannot read own status".into())?;
    allowed(&status).map(str::to_owned).ok_or_else(|| Error::new("the cores that may be used are not known"))
}

fn allowed(status: &str) -> Option<&str> {
    status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:")).map(str::trim)
}

fn last_core(list: &str) -> Option<u32> {
    list.rsplit([',', '-']).next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_last_core() {
        assert_eq!(allowed("Name:\tx\nCpus_allowed_list:\t0-1,4\n"), Some("0-1,4"));
        assert_eq!(last_core("0-1,4"), Some(4));
        assert_eq!(last_core("0-15"), Some(15));
        assert_eq!(last_core("3"), Some(3));
        assert_eq!(last_core(""), None);
    }

    #[test]
    fn a_pinned_command_keeps_arguments_and_variables() {
        let mut command = Command::new("/bin/true");
        command.arg("-x").env("A", "1").env_remove("B");
        let wrapped = Regime::Pinned { core: 1 }.wrap(&command);
        let words: Vec<_> = wrapped.get_args().map(|word| word.to_string_lossy().into_owned()).collect();
        assert_eq!(wrapped.get_program(), "taskset");
        assert_eq!(words, ["-c", "1", "chrt", "-r", "1", "/bin/true", "-x"]);
        assert_eq!(wrapped.get_envs().count(), 2);
    }

    #[test]
    fn a_process_that_has_ended_is_no_failure() {
        let mut child = Command::new("true").spawn().unwrap();
        child.wait().unwrap();
        Regime::unpinned().unwrap().apply(&[child.id()]).unwrap();
    }
}
