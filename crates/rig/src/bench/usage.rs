//! What a process has used so far, read from Linux's `/proc`: CPU time to the nanosecond, and memory.
//!
//! Never signals or changes a process.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::time::Duration;

/// Nanoseconds in one tick of `/proc/PID/stat`: Linux shows 100 ticks a second to programs everywhere.
const NANOS_PER_TICK: u64 = 10_000_000;

/// CPU time that a process had used at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Usage {
    /// Nanoseconds on a CPU, by thread (`/proc/PID/task/TID/schedstat`).
    threads: BTreeMap<u32, u64>,
    /// User and system time of the process with its ended threads, in ticks (`/proc/PID/stat`).
    ticks: u64,
}

impl Usage {
    /// Reads the usage of process `pid`.
    ///
    /// # Errors
    /// When there is no such process, or it may not be read.
    pub(super) fn of(pid: u32) -> io::Result<Self> {
        let mut threads = BTreeMap::new();
        for entry in fs::read_dir(format!("/proc/{pid}/task"))? {
            let entry = entry?;
            let Some(thread) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
                continue;
            };
            // A thread may end between being listed and being read; `stat` below still counts it.
            let Ok(text) = fs::read_to_string(entry.path().join("schedstat")) else { continue };
            if let Some(nanos) = text.split_ascii_whitespace().next().and_then(|word| word.parse().ok()) {
                threads.insert(thread, nanos);
            }
        }
        let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
        let ticks = ticks(&stat).ok_or_else(|| invalid("stat"))?;
        Ok(Self { threads, ticks })
    }

    /// CPU time used between `earlier` and now.
    ///
    /// By the threads' own nanoseconds; when a thread has ended meanwhile, by the coarser ticks, which keep its share.
    pub(super) fn since(&self, earlier: &Self) -> Duration {
        if earlier.threads.keys().any(|thread| !self.threads.contains_key(thread)) {
            return Duration::from_nanos(self.ticks.saturating_sub(earlier.ticks) * NANOS_PER_TICK);
        }
        let used =
            |(thread, now): (&u32, &u64)| now.saturating_sub(*earlier.threads.get(thread).unwrap_or(&0));
        Duration::from_nanos(self.threads.iter().map(used).sum())
    }
}

/// Proportional set size of process `pid` in KiB: its own memory, and its share of what it has in common with others.
///
/// # Errors
/// When there is no such process, or it may not be read.
pub(super) fn memory_kib(pid: u32) -> io::Result<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
    pss_kib(&text).ok_or_else(|| invalid("smaps_rollup"))
}

/// CPU time of those children of process `pid` that have ended and been waited for.
///
/// # Errors
/// When there is no such process, or it may not be read.
pub(super) fn reaped(pid: u32) -> io::Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let ticks = two(&stat, 13).ok_or_else(|| invalid("stat"))?;
    Ok(Duration::from_nanos(ticks * NANOS_PER_TICK))
}

/// `pid` and all processes below it.
///
/// # Errors
/// When `/proc` cannot be read.
pub(super) fn family(pid: u32) -> io::Result<Vec<u32>> {
    let mut parents: Vec<(u32, u32)> = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let Some(child) = entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        let Ok(stat) = fs::read_to_string(format!("/proc/{child}/stat")) else { continue };
        if let Some(parent) =
            fields(&stat).and_then(|mut fields| fields.nth(1)).and_then(|word| word.parse().ok())
        {
            parents.push((parent, child));
        }
    }
    let mut family = vec![pid];
    let mut at = 0;
    while let Some(parent) = family.get(at).copied() {
        family.extend(parents.iter().filter(|(of, _)| *of == parent).map(|(_, child)| *child));
        at += 1;
    }
    Ok(family)
}

/// The fields of `stat` from the third (state) on; the second, the name in brackets, may have any character.
fn fields(stat: &str) -> Option<std::str::SplitAsciiWhitespace<'_>> {
    stat.rsplit_once(')').map(|(_, rest)| rest.split_ascii_whitespace())
}

fn ticks(stat: &str) -> Option<u64> {
    two(stat, 11)
}

/// User and system time, which stand side by side.
fn two(stat: &str, behind: usize) -> Option<u64> {
    let mut fields = fields(stat)?.skip(behind);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

fn pss_kib(rollup: &str) -> Option<u64> {
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}

fn invalid(file: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("`{file}` of a process is not as Linux writes it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usage(threads: &[(u32, u64)], ticks: u64) -> Usage {
        Usage { threads: threads.iter().copied().collect(), ticks }
    }

    #[test]
    fn reads_stat_behind_a_name_with_brackets() {
        let stat = "7 (a) b) S 1 7 7 0 -1 4194304 100 0 0 0 25 17 3 4 20 0 4 0 1 2 3";
        assert_eq!((ticks(stat), two(stat, 13)), (Some(42), Some(7)));
        assert_eq!(ticks("7 (cut) S 1"), None);
    }

    #[test]
    fn reads_the_proportional_set_size() {
        let rollup =
            "00400000-7ffd [rollup]\nRss:            9000 kB\nPss:            1234 kB\nPss_Dirty: 9 kB\n";
        assert_eq!(pss_kib(rollup), Some(1234));
        assert_eq!(pss_kib("Rss: 1 kB\n"), None);
    }

    #[test]
    fn new_threads_count_whole() {
        let before = usage(&[(1, 100), (2, 200)], 0);
        let after = usage(&[(1, 150), (2, 200), (3, 30)], 0);
        assert_eq!(after.since(&before), Duration::from_nanos(80));
    }

    #[test]
    fn an_ended_thread_falls_back_to_ticks() {
        let before = usage(&[(1, 100), (2, 200)], 5);
        let after = usage(&[(1, 150)], 7);
        assert_eq!(after.since(&before), Duration::from_millis(20));
    }

    #[test]
    fn this_process_has_used_something() {
        let pid = std::process::id();
        let before = Usage::of(pid).unwrap();
        assert!(!before.threads.is_empty());
        assert!(Usage::of(pid).unwrap().since(&before) < Duration::from_secs(3600));
        assert!(memory_kib(pid).unwrap() > 100);
        assert_eq!(family(pid).unwrap().first(), Some(&pid));
    }
}
