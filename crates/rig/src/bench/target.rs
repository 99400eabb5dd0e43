//! What the gate is to reach, each target as one line of a catalogue.
//!
//! Ratios are to the bare relay of the same round unless the text says otherwise.

use super::case::{Case, Hides, Metric};
use super::contender::Kind;
use super::results::Results;
use super::wide;

/// More than the noise of a pinned run: where nothing may be lost, this much cannot be told from nothing.
const NOISE: f64 = 0.05;

/// One thing to reach.
pub(super) struct Target {
    /// What is compared.
    pub(super) text: String,
    /// What it may be.
    pub(super) bound: Bound,
    /// Digits behind the point, and the unit.
    pub(super) shown: (usize, &'static str),
    measured: Measured,
}

/// Works a number out of what one regime yielded; `None` when a part of it was not measured.
type Measured = Box<dyn Fn(&Results, &str) -> Option<f64>>;

/// What a number may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bound {
    /// This or less.
    AtMost(f64),
    /// This or more.
    AtLeast(f64),
}

impl Bound {
    /// Whether `value` keeps it.
    pub(super) fn holds(self, value: f64) -> bool {
        match self {
            Self::AtMost(limit) => value <= limit,
            Self::AtLeast(limit) => value >= limit,
        }
    }
}

impl Target {
    /// All, in the order of the table.
    pub(super) fn all() -> Vec<Self> {
        use Bound::{AtLeast, AtMost};
        let select = |prepared, clients| Case::Select { prepared, clients };
        let gate = |case| (case, Kind::Tollhouse);
        let relay = |case| (case, Kind::Relay);
        let mut all = Vec::new();
        all.push(ratio(
            "CPU per query, simple, one text again and again",
            AtMost(1.25),
            Metric::ProxyUs,
            gate(Case::Repeated),
            relay(Case::Repeated),
        ));
        // Simple texts of pgbench have ever new literals.
        for (prepared, word, most) in [(false, "simple", 1.50), (true, "prepared", 1.20)] {
            let (one, many) = (select(prepared, 1), select(prepared, 32));
            all.push(ratio(
                &format!("CPU per query, {word}"),
                AtMost(most),
                Metric::ProxyUs,
                gate(one),
                relay(one),
            ));
            all.push(ratio(
                &format!("p50, {word}, 1 client"),
                AtMost(1.10),
                Metric::P50Us,
                gate(one),
                relay(one),
            ));
            all.push(Self {
                text: format!("`strict` − `relaxed` − one fdatasync, p50, {word}, 1 client"),
                bound: AtMost(60.0),
                shown: (0, " µs"),
                measured: Box::new(move |results, regime| {
                    let strict = (one, Kind::Strict);
                    let added = results.difference(regime, Metric::P50Us, strict, (one, Kind::Tollhouse))?;
                    Some(added - results.median(regime, Case::Fdatasync, Kind::Disk, Metric::P50Us)?)
                }),
            });
            let text = format!("`strict` ÷ `relaxed`, queries a second, {word}, 32 clients");
            all.push(ratio(&text, AtLeast(0.5), Metric::PerSecond, (many, Kind::Strict), gate(many)));
        }
        let (stream, copy) = (Case::Stream, Case::Copy);
        all.push(ratio(
            "stream of 100,000 rows, MB/s",
            AtLeast(0.97),
            Metric::MbPerSecond,
            gate(stream),
            relay(stream),
        ));
        all.push(figure("the same, CPU per row", AtMost(65.0), (0, " ns"), stream, Metric::ProxyNsPerRow));
        all.push(ratio("COPY out, MB/s", AtLeast(0.97), Metric::MbPerSecond, gate(copy), relay(copy)));
        all.extend(masks());
        all.push(figure("CPU per log-in", AtMost(0.3), (3, " ms"), Case::Connects, Metric::ProxyMs));
        all.push(figure(
            "memory per idle session",
            AtMost(24.0),
            (1, " KiB"),
            Case::Idle,
            Metric::SessionKib,
        ));
        let one = select(false, 1);
        let text = "CPU per query beside 1,000 idle sessions ÷ without";
        all.push(ratio(text, AtMost(1.0 + NOISE), Metric::ProxyUs, gate(Case::Crowd), gate(one)));
        for clients in [1, 8] {
            let case = select(false, clients);
            let text =
                format!("200 targets, 2,000 principals ÷ one of each, queries a second, {}", plural(clients));
            all.push(ratio(&text, AtLeast(1.0 - NOISE), Metric::PerSecond, (case, Kind::Many), gate(case)));
        }
        all
    }

    /// What was measured in a regime; `None` when a part of it was not.
    pub(super) fn measured(&self, results: &Results, regime: &str) -> Option<f64> {
        (self.measured)(results, regime)
    }

    /// A value with its unit.
    pub(super) fn show(&self, value: f64) -> String {
        let (digits, unit) = self.shown;
        format!("{value:.digits$}{unit}")
    }
}

/// What masks may cost.
fn masks() -> Vec<Target> {
    use Bound::{AtLeast, AtMost};
    let of = |hides, kind| (Case::Wide(hides), kind);
    let against = |hides, least, text: &str| {
        let both = (of(hides, Kind::Tollhouse), of(hides, Kind::Relay));
        ratio(text, AtLeast(least), Metric::MbPerSecond, both.0, both.1)
    };
    let added = move |results: &Results, regime: &str| {
        let (one, none) = (of(Hides::One, Kind::Tollhouse), of(Hides::Nothing, Kind::Tollhouse));
        results.difference(regime, Metric::ProxyNsPerRow, one, none)
    };
    vec![
        against(Hides::Nothing, 0.97, "100,000 rows of 10 columns, none masked, MB/s"),
        Target {
            text: "the same, 1 masked − none masked, CPU per row".to_owned(),
            bound: AtMost(80.0),
            shown: (0, " ns"),
            measured: Box::new(added),
        },
        against(Hides::Three, 0.90, "the same, 3 masked, MB/s"),
        Target {
            text: "texts looked through in a second of CPU".to_owned(),
            bound: AtLeast(200.0),
            shown: (0, " MB"),
            measured: Box::new(wide::scanned),
        },
        figure("labels of 2,000 columns", AtMost(10.0), (1, " s"), Case::Labels, Metric::Seconds),
        figure(
            "the same, the server's CPU, of a core's minute",
            AtMost(1.0),
            (2, " %"),
            Case::Labels,
            Metric::ServerPercent,
        ),
    ]
}

fn ratio(text: &str, bound: Bound, metric: Metric, of: (Case, Kind), to: (Case, Kind)) -> Target {
    let measured = Box::new(move |results: &Results, regime: &str| results.ratio(regime, metric, of, to));
    Target { text: text.to_owned(), bound, shown: (3, " ×"), measured }
}

fn figure(text: &str, bound: Bound, shown: (usize, &'static str), case: Case, metric: Metric) -> Target {
    let measured = Box::new(move |results: &Results, regime: &str| {
        results.median(regime, case, Kind::Tollhouse, metric)
    });
    Target { text: text.to_owned(), bound, shown, measured }
}

fn plural(clients: u32) -> String {
    if clients == 1 { "1 client".to_owned() } else { format!("{clients} clients") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_hold_at_their_edge() {
        assert!(Bound::AtMost(1.15).holds(1.15) && !Bound::AtMost(1.15).holds(1.1501));
        assert!(Bound::AtLeast(0.97).holds(0.97) && !Bound::AtLeast(0.97).holds(0.9699));
    }

    #[test]
    fn strict_is_judged_beside_the_disk() {
        let case = Case::Select { prepared: false, clients: 1 };
        let mut results = Results::default();
        let mut add = |case, kind, value| results.add("pinned", case, kind, 1, vec![(Metric::P50Us, value)]);
        add(case, Kind::Tollhouse, 50.0);
        add(case, Kind::Strict, 210.0);
        let all = Target::all();
        let target = all.iter().find(|target| target.text.contains("fdatasync, p50, simple")).unwrap();
        assert_eq!(target.measured(&results, "pinned"), None);
        results.add("pinned", Case::Fdatasync, Kind::Disk, 1, vec![(Metric::P50Us, 110.0)]);
        assert_eq!(target.measured(&results, "pinned"), Some(50.0));
        assert!(target.bound.holds(50.0));
    }

    #[test]
    fn each_target_has_its_own_words() {
        let all = Target::all();
        let texts: std::collections::BTreeSet<_> = all.iter().map(|target| target.text.as_str()).collect();
        assert_eq!(texts.len(), all.len());
    }
}
