//! How many sessions the process' file descriptors suffice for. A gate that runs out of them cannot write its ledger
//! either, and then refuses everybody's statements; so connections are counted before that.

/// Descriptors of a session: the client's socket and the server's.
const OF_SESSION: usize = 2;

/// Descriptors kept for all else: the ledger's files, listeners, cancel requests, clients that are only told to go.
const RESERVE: usize = 128;

/// Sessions that the limit of open files allows; where the system does not tell it, any number.
pub(crate) fn sessions_max() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    sessions_of(&limits).unwrap_or(usize::MAX)
}

/// `Max open files   <soft>   <hard>   files`. An unlimited number is none, and reads as `None`.
fn sessions_of(limits: &str) -> Option<usize> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    let files: usize = line.split_whitespace().next()?.parse().ok()?;
    Some((files.saturating_sub(RESERVE) / OF_SESSION).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soft_limit_counts() {
        let limits = "Limit   Soft Limit   Hard Limit   Units\nMax open files   1024   524288   files\n";
        assert_eq!(sessions_of(limits), Some(448));
        assert_eq!(sessions_of("Max open files   64   64   files"), Some(1));
        assert_eq!(sessions_of("Max open files   unlimited   unlimited   files"), None);
        assert_eq!(sessions_of(""), None);
    }
}
