//! What is measured, and what each measurement yields. One variant = one case = one table.
//!
//! Knows nothing of how a case is run.

use std::fmt;

/// How many sessions are left idle.
pub(super) const IDLE_SESSIONS: u64 = 1000;
/// How many rows one stream has.
pub(super) const STREAM_ROWS: u64 = 100_000;
/// How many columns are looked at for labels.
pub(super) const LABEL_COLUMNS: usize = 2000;

/// One thing to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Case {
    /// One disk's answer to a small durable append, beside which strict durability is judged. Of no contender.
    Fdatasync,
    /// pgbench select-only: simple, nearly every text is one that was never seen.
    Select {
        /// Extended protocol with prepared statements, else simple queries.
        prepared: bool,
        /// Sessions at once.
        clients: u32,
    },
    /// One query with one text, again and again, simple, by one client: what is remembered of a text pays here.
    Repeated,
    /// pgbench select-only by one client, simple, while `IDLE_SESSIONS` others are open and idle.
    Crowd,
    /// A `SELECT` of `STREAM_ROWS` rows.
    Stream,
    /// A `SELECT` of as many rows of ten columns, of which the gate hides something.
    Wide(Hides),
    /// `COPY … TO STDOUT` of a million rows.
    Copy,
    /// One log-in after the other, each with its goodbye.
    Connects,
    /// Memory of a session that has run a statement and is now idle.
    Idle,
    /// Finding out what the columns of a database with `LABEL_COLUMNS` of them hold.
    Labels,
}

/// What the gate hides of a row of ten columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hides {
    /// Nothing, and nothing is looked through: what the others are compared with.
    Nothing,
    /// Nothing, but six texts are looked through, since nobody has said what they hold.
    Unlabelled,
    /// A text column.
    One,
    /// Three text columns.
    Three,
    /// What is found in a text of some 200 bytes.
    Findings,
}

/// One number that a case yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Metric {
    /// Median latency, microseconds.
    P50Us,
    /// The latency that one in a hundred exceeds, microseconds.
    P99Us,
    /// Queries, or log-ins, a second.
    PerSecond,
    /// The proxy's CPU time per query, microseconds.
    ProxyUs,
    /// Payload messages, millions of bytes a second.
    MbPerSecond,
    /// The proxy's CPU time per row, nanoseconds.
    ProxyNsPerRow,
    /// The proxy's CPU time per 10⁹ bytes, seconds.
    ProxySecondsPerGb,
    /// The proxy's CPU time per log-in, milliseconds.
    ProxyMs,
    /// The proxy's memory per session, KiB.
    SessionKib,
    /// How long it takes, seconds.
    Seconds,
    /// The server's CPU time as a share of a core's minute, percent.
    ServerPercent,
}

const SIMPLE: [u32; 3] = [1, 8, 32];

impl Case {
    /// All, in the order of the tables.
    pub(super) fn all() -> Vec<Self> {
        let select = |prepared| SIMPLE.map(|clients| Self::Select { prepared, clients });
        let mut all = vec![Self::Fdatasync];
        all.extend(select(false).into_iter().chain([Self::Repeated]).chain(select(true)));
        all.extend([Self::Crowd, Self::Stream, Self::Copy]);
        all.extend(Hides::ALL.map(Self::Wide));
        all.extend([Self::Labels, Self::Connects, Self::Idle]);
        all
    }

    /// Those of `--quick`.
    pub(super) fn quick() -> Vec<Self> {
        let select = |prepared| Self::Select { prepared, clients: 1 };
        let mut quick = vec![select(false), Self::Repeated, select(true), Self::Stream, Self::Copy];
        quick.extend(Hides::ALL.map(Self::Wide));
        quick.extend([Self::Labels, Self::Connects, Self::Idle]);
        quick
    }

    /// The word for `--only` and progress, such as `simple-8`.
    pub(super) fn word(self) -> String {
        match self {
            Self::Fdatasync => "fdatasync".into(),
            Self::Select { prepared, clients } => {
                format!("{}-{clients}", if prepared { "prepared" } else { "simple" })
            }
            Self::Repeated => "repeated".into(),
            Self::Crowd => "crowd".into(),
            Self::Stream => "stream".into(),
            Self::Wide(Hides::Nothing) => "unmasked".into(),
            Self::Wide(Hides::Unlabelled) => "unlabelled".into(),
            Self::Wide(Hides::One) => "masked-1".into(),
            Self::Wide(Hides::Three) => "masked-3".into(),
            Self::Wide(Hides::Findings) => "scanned".into(),
            Self::Labels => "labels".into(),
            Self::Copy => "copy".into(),
            Self::Connects => "connects".into(),
            Self::Idle => "idle".into(),
        }
    }

    /// What it yields, the leading number first.
    pub(super) fn metrics(self) -> &'static [Metric] {
        match self {
            Self::Fdatasync => &[Metric::P50Us],
            Self::Select { .. } | Self::Repeated | Self::Crowd => {
                &[Metric::P50Us, Metric::P99Us, Metric::PerSecond, Metric::ProxyUs]
            }
            Self::Stream | Self::Wide(_) => &[Metric::MbPerSecond, Metric::ProxyNsPerRow],
            Self::Labels => &[Metric::Seconds, Metric::ServerPercent],
            Self::Copy => &[Metric::MbPerSecond, Metric::ProxySecondsPerGb],
            Self::Connects => &[Metric::PerSecond, Metric::ProxyMs],
            Self::Idle => &[Metric::SessionKib],
        }
    }
}

impl Hides {
    /// All, in the order of the tables.
    pub(super) const ALL: [Self; 5] =
        [Self::Nothing, Self::Unlabelled, Self::One, Self::Three, Self::Findings];
}

impl Metric {
    /// Whether tables show its ratio to the relay: tails are too restless for one.
    pub(super) fn is_compared(self) -> bool {
        self != Self::P99Us
    }

    /// The head of its column.
    pub(super) fn head(self) -> &'static str {
        match self {
            Self::P50Us => "p50 µs",
            Self::P99Us => "p99 µs",
            Self::PerSecond => "per second",
            Self::ProxyUs => "proxy µs/query",
            Self::MbPerSecond => "MB/s",
            Self::ProxyNsPerRow => "proxy ns/row",
            Self::ProxySecondsPerGb => "proxy s/GB",
            Self::ProxyMs => "proxy ms/log-in",
            Self::SessionKib => "proxy KiB/session",
            Self::Seconds => "s",
            Self::ServerPercent => "server's CPU, % of a core's minute",
        }
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fdatasync => f.write_str("one durable append to the ledger's disk"),
            Self::Select { prepared, clients } => {
                let kind = if *prepared { "prepared" } else { "simple" };
                let plural = if *clients == 1 { "" } else { "s" };
                write!(f, "select-only, {kind}, {clients} client{plural}")
            }
            Self::Repeated => f.write_str("one query again and again, simple, 1 client"),
            Self::Crowd => write!(f, "select-only, simple, 1 client beside {IDLE_SESSIONS} idle sessions"),
            Self::Stream => write!(f, "SELECT of {STREAM_ROWS} rows"),
            Self::Wide(Hides::Nothing) => write!(f, "{STREAM_ROWS} rows of 10 columns, none masked"),
            Self::Wide(Hides::Unlabelled) => {
                write!(f, "{STREAM_ROWS} rows of 10 columns, 6 short texts looked through")
            }
            Self::Wide(Hides::One) => write!(f, "{STREAM_ROWS} rows of 10 columns, 1 masked"),
            Self::Wide(Hides::Three) => write!(f, "{STREAM_ROWS} rows of 10 columns, 3 masked"),
            Self::Wide(Hides::Findings) => write!(f, "{STREAM_ROWS} rows of 10 columns, 1 looked through"),
            Self::Labels => write!(f, "labels of {LABEL_COLUMNS} columns"),
            Self::Copy => f.write_str("COPY TO STDOUT of 1000000 rows"),
            Self::Connects => f.write_str("log-ins, one after the other"),
            Self::Idle => write!(f, "memory with {IDLE_SESSIONS} idle sessions"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_case_has_its_own_word_and_a_leading_number() {
        let all = Case::all();
        let words: std::collections::BTreeSet<_> = all.iter().map(|case| case.word()).collect();
        assert_eq!(words.len(), all.len());
        assert!(all.iter().all(|case| !case.metrics().is_empty()));
        assert!(Case::quick().iter().all(|case| all.contains(case)));
    }
}
