//! A row that is too long to be held: of cells that are masked whole only a beginning is kept, which is all that their masks
//! need, and the rest of the row as it came. It covers nothing.

/// A row with something to cover is held up to this size, without what is masked whole; a longer one ends its statement.
/// A cell that is cut in the middle cannot be covered, and the row's columns stand in the way of each other.
pub(super) const ROW_MAX: usize = 64 * 1024 * 1024;

/// So much of a cell that is masked whole is kept: how a date is written shows at its front.
const FRONT_MAX: usize = 64;

/// A row that is under way.
#[derive(Debug)]
pub(super) struct LongRow {
    /// By column, whether it is masked whole.
    skips: Vec<bool>,
    column: usize,
    /// What is left of the row: lengths are those of what is kept.
    kept: Vec<u8>,
    /// Bytes of a number that are there already.
    number: Vec<u8>,
    /// Bytes of the cell in hand that are still to come, to be kept or not.
    keep: usize,
    skip: usize,
}

impl LongRow {
    pub(super) fn new(skips: Vec<bool>) -> Self {
        Self { skips, column: 0, kept: Vec::new(), number: Vec::new(), keep: 0, skip: 0 }
    }

    /// Takes the next bytes of the row's body. `false`: what has to be kept is too long.
    pub(super) fn feed(&mut self, mut bytes: &[u8]) -> bool {
        while !bytes.is_empty() {
            let (now, rest) = match (self.keep, self.skip) {
                (0, 0) => bytes.split_at(self.wants().min(bytes.len())),
                (0, skip) => bytes.split_at(skip.min(bytes.len())),
                (keep, _) => bytes.split_at(keep.min(bytes.len())),
            };
            bytes = rest;
            if self.keep > 0 {
                self.kept.extend_from_slice(now);
                self.keep = self.keep.saturating_sub(now.len());
            } else if self.skip > 0 {
                self.skip = self.skip.saturating_sub(now.len());
            } else {
                self.number.extend_from_slice(now);
                if !self.counted() {
                    return false;
                }
            }
        }
        true
    }

    /// The row's body without what is masked whole. Whether it is a row at all shows when it is covered.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.kept.append(&mut self.number);
        self.kept
    }

    /// Bytes of the number in hand that are still to come: how many columns there are, or how long a cell is.
    fn wants(&self) -> usize {
        let size: usize = if self.kept.is_empty() { 2 } else { 4 };
        size.saturating_sub(self.number.len()).max(1)
    }

    /// Takes a number once all of it is there; whether what it announces can be kept.
    fn counted(&mut self) -> bool {
        if self.kept.is_empty() {
            if self.number.len() == 2 {
                self.kept.append(&mut self.number);
            }
            return true;
        }
        let Some(length) = self.number.first_chunk::<4>() else { return true };
        // Below zero it is NULL, which has no bytes.
        let all = usize::try_from(i32::from_be_bytes(*length)).unwrap_or(0);
        let skips = self.skips.get(self.column).is_some_and(|skips| *skips);
        self.keep = if skips { all.min(FRONT_MAX) } else { all };
        self.skip = all.saturating_sub(self.keep);
        match i32::try_from(self.keep) {
            Ok(kept) if all > 0 => self.kept.extend_from_slice(&kept.to_be_bytes()),
            _ => self.kept.extend_from_slice(length),
        }
        self.number.clear();
        self.column = self.column.saturating_add(1);
        self.kept.len().saturating_add(self.keep) <= ROW_MAX
    }
}

#[cfg(test)]
mod tests {
    use wire::postgres::encode;

    use super::*;

    fn row(cells: &[Option<&[u8]>]) -> Vec<u8> {
        let mut out = Vec::new();
        encode::data_row(&mut out, cells.iter().copied()).unwrap();
        out.split_off(5)
    }

    #[test]
    fn what_is_masked_whole_is_not_kept_however_it_comes() {
        let long = vec![b'x'; 300_000];
        let body = row(&[Some(b"7"), Some(&long), None, Some(b""), Some(&long), Some(b"end")]);
        let kept = row(&[Some(b"7"), Some(&long[..FRONT_MAX]), None, Some(b""), Some(&long), Some(b"end")]);
        let skips = vec![false, true, true, true, false, true];
        for piece in [1, 3, 7, 4_096, body.len()] {
            let mut row = LongRow::new(skips.clone());
            assert!(body.chunks(piece).all(|piece| row.feed(piece)));
            assert!(row.keep == 0 && row.skip == 0);
            assert_eq!(row.finish(), kept, "in pieces of {piece}");
        }
    }

    #[test]
    fn what_must_be_kept_is_bounded() {
        let head = |length: i32| [&1_u16.to_be_bytes()[..], &length.to_be_bytes()].concat();
        let most = i32::try_from(ROW_MAX).unwrap();
        assert!(LongRow::new(vec![true]).feed(&head(i32::MAX)), "masked whole");
        assert!(LongRow::new(vec![false]).feed(&head(most - 6)));
        assert!(!LongRow::new(vec![false]).feed(&head(most - 5)));
        assert!(!LongRow::new(vec![]).feed(&head(most)), "more columns than were described");
    }

    #[test]
    fn a_broken_row_stays_broken() {
        let mut row = LongRow::new(vec![true, true]);
        assert!(row.feed(&[0, 2, 0, 0, 0, 1, b'x', 0, 0]));
        assert_eq!(row.finish(), [0, 2, 0, 0, 0, 1, b'x', 0, 0]);
        let mut row = LongRow::new(vec![true]);
        assert!(row.feed(&[0]));
        assert_eq!(row.finish(), [0]);
    }
}
