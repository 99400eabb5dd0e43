//! The bench's own small clients, each run as a process of its own so that it can be put into a regime.
//!
//! They talk to the bench by lines on standard input and output, and never measure anyone but themselves:
//! - `connects ADDRESS USER DATABASE`: says `ready`; for each line `MILLISECONDS` logs in and out for so long and
//!   says `COUNT NANOSECONDS`;
//! - `idle ADDRESS USER DATABASE`: for each line `COUNT` opens sessions until there are so many, each of which has
//!   run one statement, and says `COUNT`;
//! - `fdatasync FOLDER`: for each line `COUNT` appends so many blocks to a preallocated file there, each made durable,
//!   and says the median's `NANOSECONDS`.
//!
//! The password comes in `PGPASSWORD`. Each ends when its input does.

use std::fs::OpenOptions;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use super::login::Login;
use super::sample::median;
use crate::error::Context;
use crate::{Error, Result};

/// Log-ins before the first counted one: the server's caches and the client's keys are then warm.
const WARM_LOG_INS: usize = 20;
/// What a batch of a busy ledger is about as long as.
const BLOCK_BYTES: usize = 4096;
/// The file is this many blocks long and then begun again.
const BLOCKS: usize = 4096;

/// Runs the probe that `arguments` name, until standard input ends.
///
/// # Errors
/// When the arguments name none, or what it does fails.
pub(super) fn run(arguments: &[String]) -> Result<()> {
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["connects", address, user, database] => connects(&mut login(address, user, database)),
        ["idle", address, user, database] => idle(&mut login(address, user, database)),
        ["fdatasync", folder] => fdatasync(Path::new(folder)),
        _ => Err(Error::new("no such probe")),
    }
}

fn login(address: &str, user: &str, database: &str) -> Login {
    Login::new(address, user, database, &std::env::var("PGPASSWORD").unwrap_or_default())
}

fn connects(login: &mut Login) -> Result<()> {
    for _ in 0..WARM_LOG_INS {
        login.open()?.close()?;
    }
    say("ready")?;
    each_line(|milliseconds| {
        let (start, length) = (Instant::now(), Duration::from_millis(milliseconds));
        let mut count = 0_u64;
        while start.elapsed() < length {
            login.open()?.close()?;
            count += 1;
        }
        say(&format!("{count} {}", start.elapsed().as_nanos()))
    })
}

fn idle(login: &mut Login) -> Result<()> {
    let mut sessions = Vec::new();
    each_line(|count| {
        while (sessions.len() as u64) < count {
            let mut session = login.open()?;
            session.run("SELECT abalance FROM pgbench_accounts WHERE aid = 1")?;
            sessions.push(session);
        }
        say(&sessions.len().to_string())
    })
}

fn fdatasync(folder: &Path) -> Result<()> {
    let path = folder.join("fdatasync.probe");
    let mut file = OpenOptions::new().create(true).write(true).truncate(true).open(&path).context(disk)?;
    let block = [0x5a; BLOCK_BYTES];
    for _ in 0..BLOCKS {
        file.write_all(&block).context(disk)?;
    }
    file.sync_all().context(disk)?;
    let mut at = 0;
    each_line(|count| {
        let mut nanos = Vec::new();
        for _ in 0..count {
            if at == BLOCKS {
                at = 0;
            }
            file.seek(SeekFrom::Start((at * BLOCK_BYTES) as u64)).context(disk)?;
            at += 1;
            file.write_all(&block).context(disk)?;
            let start = Instant::now();
            file.sync_data().context(disk)?;
            nanos.push(start.elapsed().as_nanos() as f64);
        }
        say(&format!("{:.0}", median(&nanos).unwrap_or(0.0)))
    })?;
    std::fs::remove_file(path).context(disk)
}

fn disk() -> String {
    "cannot write to the disk that is measured".into()
}

fn each_line(mut act: impl FnMut(u64) -> Result<()>) -> Result<()> {
    for line in std::io::stdin().lines() {
        let line = line.context(|| "cannot read what is asked".into())?;
        act(line.trim().parse().map_err(|_| Error::new("a probe is asked by numbers"))?)?;
    }
    Ok(())
}

fn say(line: &str) -> Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "{line}").and_then(|()| out.flush()).context(|| "nobody listens".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_probe_is_refused() {
        for arguments in [&[][..], &["idle"], &["spin", "x"]] {
            let arguments: Vec<_> = arguments.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(run(&arguments).unwrap_err().to_string(), "no such probe");
        }
    }
}
