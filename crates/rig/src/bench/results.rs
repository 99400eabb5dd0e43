//! All samples of a run, and what is asked of them: medians, and ratios between contenders of the same round.
//!
//! Knows no target and no table.

use std::collections::BTreeMap;

use super::case::{Case, Metric};
use super::contender::Kind;
use super::measure::Sample;
use super::sample::median;

/// What was measured, by regime, case, contender and round.
#[derive(Default)]
pub(super) struct Results {
    samples: BTreeMap<(&'static str, Case, Kind), BTreeMap<u32, Sample>>,
    failures: BTreeMap<(&'static str, Case, Kind), String>,
    absent: BTreeMap<Kind, String>,
}

impl Results {
    /// Keeps what one round yielded.
    pub(super) fn add(&mut self, regime: &'static str, case: Case, kind: Kind, round: u32, sample: Sample) {
        self.samples.entry((regime, case, kind)).or_default().insert(round, sample);
    }

    /// Notes that a contender could not do a case.
    pub(super) fn fail(&mut self, regime: &'static str, case: Case, kind: Kind, why: String) {
        self.failures.insert((regime, case, kind), why);
    }

    /// Notes that a contender is not here.
    pub(super) fn miss(&mut self, kind: Kind, why: String) {
        self.absent.insert(kind, why);
    }

    /// Contenders that are not here, and why.
    pub(super) fn absent(&self) -> impl Iterator<Item = (Kind, &str)> {
        self.absent.iter().map(|(kind, why)| (*kind, why.as_str()))
    }

    /// What could not be measured, and why: regime, case, contender, reason.
    pub(super) fn failures(&self) -> impl Iterator<Item = (&'static str, Case, Kind, &str)> {
        self.failures.iter().map(|((regime, case, kind), why)| (*regime, *case, *kind, why.as_str()))
    }

    /// Contenders that have samples of a case.
    pub(super) fn kinds(&self, regime: &str, case: Case) -> Vec<Kind> {
        let here =
            |(at, of, kind): &(&'static str, Case, Kind)| (*at == regime && *of == case).then_some(*kind);
        self.samples.keys().filter_map(here).collect()
    }

    /// The median over the rounds.
    pub(super) fn median(&self, regime: &str, case: Case, kind: Kind, metric: Metric) -> Option<f64> {
        median(&self.rounds(regime, case, kind, metric).into_values().collect::<Vec<_>>())
    }

    /// The median of the ratios that the rounds had one by one: a slow minute of the machine hits both alike.
    pub(super) fn ratio(
        &self,
        regime: &str,
        metric: Metric,
        of: (Case, Kind),
        to: (Case, Kind),
    ) -> Option<f64> {
        self.paired(regime, metric, of, to, |of, to| of / to)
    }

    /// The median of the differences that the rounds had one by one.
    pub(super) fn difference(
        &self,
        regime: &str,
        metric: Metric,
        of: (Case, Kind),
        to: (Case, Kind),
    ) -> Option<f64> {
        self.paired(regime, metric, of, to, |of, to| of - to)
    }

    fn paired(
        &self,
        regime: &str,
        metric: Metric,
        of: (Case, Kind),
        to: (Case, Kind),
        compare: fn(f64, f64) -> f64,
    ) -> Option<f64> {
        let others = self.rounds(regime, to.0, to.1, metric);
        let both = |(round, value): (u32, f64)| others.get(&round).map(|other| compare(value, *other));
        median(&self.rounds(regime, of.0, of.1, metric).into_iter().filter_map(both).collect::<Vec<_>>())
    }

    fn rounds(&self, regime: &str, case: Case, kind: Kind, metric: Metric) -> BTreeMap<u32, f64> {
        let same = |((at, of, who), _): &(&(&'static str, Case, Kind), _)| {
            *at == regime && *of == case && *who == kind
        };
        let value = |(round, sample): (&u32, &Sample)| {
            sample.iter().find(|(of, _)| *of == metric).map(|(_, value)| (*round, *value))
        };
        self.samples
            .iter()
            .find(same)
            .into_iter()
            .flat_map(|(_, rounds)| rounds.iter().filter_map(value))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASE: Case = Case::Select { prepared: false, clients: 1 };

    #[test]
    fn ratios_are_taken_round_by_round() {
        let mut results = Results::default();
        // The machine was ten times slower in round 2, for both.
        for (round, relay, gate) in [(1, 10.0, 11.0), (2, 100.0, 120.0), (3, 10.0, 11.5)] {
            results.add("pinned", CASE, Kind::Relay, round, vec![(Metric::P50Us, relay)]);
            results.add("pinned", CASE, Kind::Tollhouse, round, vec![(Metric::P50Us, gate)]);
        }
        results.add("pinned", CASE, Kind::Tollhouse, 4, vec![(Metric::P50Us, 1e9)]);
        let (gate, relay) = ((CASE, Kind::Tollhouse), (CASE, Kind::Relay));
        assert_eq!(results.ratio("pinned", Metric::P50Us, gate, relay), Some(1.15));
        assert_eq!(results.difference("pinned", Metric::P50Us, gate, relay), Some(1.5));
        assert_eq!(results.median("pinned", CASE, Kind::Relay, Metric::P50Us), Some(10.0));
        assert_eq!(results.ratio("unpinned", Metric::P50Us, gate, relay), None);
        assert_eq!(results.ratio("pinned", Metric::ProxyUs, gate, relay), None);
        assert_eq!(results.kinds("pinned", CASE), [Kind::Relay, Kind::Tollhouse]);
    }
}
