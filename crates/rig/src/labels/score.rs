//! Counting: precision, recall and F1 of each class and of all, with Wilson's 95 % intervals.
//!
//! It knows no column; it is given what was true and what was said.

use std::collections::BTreeMap;

use model::Class;

use super::column::Truth;

/// How often a class was found, missed, and said wrongly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) found: u64,
    pub(super) missed: u64,
    pub(super) wrong: u64,
}

/// A share, and between what it lies with 95 % confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Share {
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Share {
    /// `some` of `all` with Wilson's interval (1927); `None` of nothing.
    pub(super) fn of(some: u64, all: u64) -> Option<Self> {
        const Z: f64 = 1.959_963_984_540_054;
        if all == 0 {
            return None;
        }
        let (some, all) = (exact(some), exact(all));
        let share = some / all;
        let spread = Z * Z / all;
        let middle = (share + spread / 2.0) / (1.0 + spread);
        let half = Z / (1.0 + spread) * (share * (1.0 - share) / all + Z * Z / (4.0 * all * all)).sqrt();
        Some(Self { value: share, low: (middle - half).max(0.0), high: (middle + half).min(1.0) })
    }
}

/// Counts here are far below 2^32.
fn exact(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

impl Tally {
    /// Of what there was, how much was found.
    pub(super) fn recall(self) -> Option<Share> {
        Share::of(self.found, self.found + self.missed)
    }

    /// Of what was said, how much was right.
    pub(super) fn precision(self) -> Option<Share> {
        Share::of(self.found, self.found + self.wrong)
    }

    /// The harmonic mean of both.
    pub(super) fn f1(self) -> Option<f64> {
        let all = 2 * self.found + self.missed + self.wrong;
        (all > 0).then(|| exact(2 * self.found) / exact(all))
    }

    fn add(&mut self, other: Self) {
        self.found += other.found;
        self.missed += other.missed;
        self.wrong += other.wrong;
    }
}

/// The counts of one group of questions.
#[derive(Clone, Debug, Default)]
pub(super) struct Scores {
    /// By class.
    pub(super) classes: BTreeMap<Class, Tally>,
    /// Whether it is hidden at all, whatever it is taken for. What is only looked through is not hidden, unless it is text.
    pub(super) hidden: Tally,
    /// Questions.
    pub(super) asked: u64,
    /// Of them those about something sensitive.
    pub(super) sensitive: u64,
    /// Hidden as a precaution, since nothing is known: not counted as found, nor as wrong.
    pub(super) precautions: u64,
}

impl Scores {
    /// Counts an answer: `said` is the class that it was taken for.
    pub(super) fn count(&mut self, truth: &Truth, said: Option<Class>) {
        if truth.classes.is_empty() && said.is_some_and(|said| truth.also_right.contains(&said)) {
            return;
        }
        self.asked += 1;
        let right = said.is_some_and(|said| truth.classes.contains(&said));
        if let Some(class) = truth.classes.first() {
            self.sensitive += 1;
            let tally = self.classes.entry(*class).or_default();
            match right {
                true => tally.found += 1,
                false => tally.missed += 1,
            }
        }
        if let Some(said) = said.filter(|_| !right) {
            self.classes.entry(said).or_default().wrong += 1;
        }
        match (truth.classes.is_empty(), said.is_some_and(|said| right || said != Class::FreeText)) {
            (false, true) => self.hidden.found += 1,
            (false, false) => self.hidden.missed += 1,
            (true, true) => self.hidden.wrong += 1,
            (true, false) => {}
        }
    }

    /// All classes together.
    pub(super) fn micro(&self) -> Tally {
        let mut sum = Tally::default();
        self.classes.values().for_each(|tally| sum.add(*tally));
        sum
    }

    /// The means over the classes that were asked for: precision, recall and F1.
    pub(super) fn macros(&self) -> Option<(f64, f64, f64)> {
        let met: Vec<&Tally> = self.classes.values().filter(|tally| tally.found + tally.missed > 0).collect();
        let mean = |of: &dyn Fn(&Tally) -> f64| {
            met.iter().map(|tally| of(tally)).sum::<f64>() / exact(met.len() as u64)
        };
        (!met.is_empty()).then(|| {
            (
                mean(&|tally| tally.precision().map_or(0.0, |share| share.value)),
                mean(&|tally| tally.recall().map_or(0.0, |share| share.value)),
                mean(&|tally| tally.f1().unwrap_or(0.0)),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 0.000_5
    }

    #[test]
    fn intervals_are_wilsons() {
        // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        for (some, all, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let share = Share::of(some, all).unwrap();
            assert!(close(share.low, low) && close(share.high, high), "{some} of {all}: {share:?}");
        }
        assert_eq!(Share::of(0, 0), None);
    }

    #[test]
    fn a_wrong_class_is_missed_there_and_wrong_here() {
        let mut scores = Scores::default();
        let truth = |classes: &[Class]| Truth::of(classes, &[]);
        scores.count(&truth(&[Class::Email]), Some(Class::Email));
        scores.count(&truth(&[Class::Email]), Some(Class::Phone));
        scores.count(&truth(&[Class::Email]), None);
        scores.count(&truth(&[Class::Phone]), Some(Class::FreeText));
        scores.count(&truth(&[]), Some(Class::Phone));
        scores.count(&truth(&[]), None);
        assert_eq!(scores.classes[&Class::Email], Tally { found: 1, missed: 2, wrong: 0 });
        assert_eq!(scores.classes[&Class::Phone], Tally { found: 0, missed: 1, wrong: 2 });
        assert_eq!(scores.hidden, Tally { found: 2, missed: 2, wrong: 1 });
        assert_eq!(scores.micro(), Tally { found: 1, missed: 3, wrong: 3 });
        assert_eq!((scores.asked, scores.sensitive), (6, 4));
        assert!(close(scores.micro().f1().unwrap(), 2.0 / 8.0));
        let (precision, recall, _) = scores.macros().unwrap();
        assert!(close(precision, 0.5) && close(recall, 1.0 / 6.0), "{precision} {recall}");
    }

    #[test]
    fn what_is_right_as_well_is_no_mistake() {
        let mut scores = Scores::default();
        scores.count(&Truth::of(&[Class::NationalId], &[Class::TaxId]), Some(Class::TaxId));
        let template = Truth { classes: vec![], also_right: vec![Class::FreeText] };
        scores.count(&template, Some(Class::FreeText));
        scores.count(&template, Some(Class::Email));
        assert_eq!(scores.classes[&Class::NationalId], Tally { found: 1, missed: 0, wrong: 0 });
        assert_eq!(scores.classes[&Class::Email], Tally { found: 0, missed: 0, wrong: 1 });
        assert_eq!(scores.asked, 2);
    }
}
