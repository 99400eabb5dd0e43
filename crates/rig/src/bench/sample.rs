//! Numbers from many rounds: medians, percentiles, and what pgbench's per-transaction logs say.
//!
//! Never measures anything itself.

/// The middle of `values`; `None` of nothing.
pub(super) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (lower, upper) = (sorted.get(sorted.len().checked_sub(1)? / 2)?, sorted.get(sorted.len() / 2)?);
    Some(f64::midpoint(*lower, *upper))
}

/// The value below which the share `rank` (0 to 1) of `values` lies; `None` of nothing.
///
/// `values` are whole numbers, as pgbench's logs give microseconds, and thousands of them are equal. So the answer lies
/// between whole numbers, as far into the step of equal ones as the rank is: else two contenders that differ by 2 %
/// would often look the same, or 1 µs apart.
pub(super) fn percentile(values: &mut [f64], rank: f64) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let below = values.len() as f64 * rank;
    let at = *values.get((below as usize).min(values.len().checked_sub(1)?))?;
    let first = values.partition_point(|value| *value < at);
    let behind = values.partition_point(|value| *value <= at);
    Some(at - 0.5 + (below - first as f64) / (behind - first) as f64)
}

/// A transaction out of pgbench's log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Transaction {
    /// When it ended: microseconds since 1970.
    pub(super) ended_us: u64,
    /// How long it took, in microseconds.
    pub(super) latency_us: f64,
}

/// Reads one line of pgbench's per-transaction log: client, number, latency in µs, script, seconds, microseconds.
/// `None` for a transaction that failed or was skipped.
pub(super) fn transaction(line: &str) -> Option<Transaction> {
    let mut words = line.split_ascii_whitespace();
    let latency_us = words.nth(2)?.parse().ok()?;
    let seconds: u64 = words.nth(1)?.parse().ok()?;
    let microseconds: u64 = words.next()?.parse().ok()?;
    Some(Transaction { ended_us: seconds * 1_000_000 + microseconds, latency_us })
}

/// A small generator (xorshift64*) for the order of contenders: any order will do, as long as it changes.
pub(super) struct Shuffle(u64);

impl Shuffle {
    /// Another order for another seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// Mixes `items`.
    pub(super) fn mix<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            self.0 ^= self.0 >> 12;
            self.0 ^= self.0 << 25;
            self.0 ^= self.0 >> 27;
            let draw = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
            items.swap(end, usize::try_from(draw).unwrap_or(0) % (end + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0]), Some(3.0));
        assert_eq!(median(&[9.0, 1.0, 4.0]), Some(4.0));
        assert_eq!(median(&[9.0, 1.0, 4.0, 6.0]), Some(5.0));
    }

    #[test]
    fn percentiles_lie_between_whole_numbers() {
        let mut steps = [50.0, 40.0, 40.0, 40.0];
        assert_eq!(percentile(&mut steps, 0.5), Some(39.5 + 2.0 / 3.0));
        let mut values: Vec<f64> = (0..100).rev().map(f64::from).collect();
        assert_eq!(percentile(&mut values, 0.5), Some(49.5));
        assert_eq!(percentile(&mut values, 1.0), Some(99.5));
        assert_eq!(percentile(&mut [7.0; 10], 0.5), Some(7.0));
        assert_eq!(percentile(&mut [], 0.5), None);
    }

    #[test]
    fn reads_pgbench_logs() {
        let read = transaction("3 199 2241 0 1175850568 995598").unwrap();
        assert_eq!(read, Transaction { ended_us: 1_175_850_568_995_598, latency_us: 2241.0 });
        assert_eq!(transaction("0 1 failed 0 1175850568 995598"), None);
        assert_eq!(transaction("0 1 22"), None);
    }

    #[test]
    fn mixing_keeps_all_and_changes_the_order() {
        let mut shuffle = Shuffle::new(42);
        let mut orders = std::collections::BTreeSet::new();
        for _ in 0..200 {
            let mut items = [1, 2, 3, 4];
            shuffle.mix(&mut items);
            orders.insert(items);
            items.sort_unstable();
            assert_eq!(items, [1, 2, 3, 4]);
        }
        assert_eq!(orders.len(), 24);
    }
}
