//! Which columns of the row of a trigger a body looks at: `NEW.a` and `OLD.a` wherever they are not assigned. A row that is only
//! given back, or compared with the other one, tells nothing of a column.

use super::reader::Reader;

impl Reader<'_> {
    /// Notes what the whole body looks at. It may have been read to its end already.
    pub(super) fn row(&mut self) {
        self.at = 0;
        let assigned = std::mem::take(&mut self.assigned);
        while !self.is_at_end() {
            let is_row = matches!(self.name_at(0).as_deref(), Some("new" | "old"));
            if is_row && !assigned.contains(&self.at) {
                match self.name_at(2).filter(|_| self.is_next(".")) {
                    Some(column) => self.program.sets.reads.push(column),
                    None if self.is_given_back() || self.is_compared() => {}
                    None => self.program.sets.reads_all = true,
                }
            }
            self.skip_token();
        }
        self.program.sets.reads.sort_unstable();
        self.program.sets.reads.dedup();
    }

    fn is_given_back(&self) -> bool {
        self.is_behind(1, "return")
    }

    /// `NEW IS DISTINCT FROM OLD`, `ROW(NEW.*) IS DISTINCT FROM ROW(OLD.*)`
    fn is_compared(&self) -> bool {
        let mut next = if self.is_next(".") { 3 } else { 1 };
        let mut before = 1;
        if self.is_at(next, ")") && self.is_behind(1, "(") {
            next += 1;
            before = if self.is_behind(2, "row") { 3 } else { 2 };
        }
        ["is", "=", "<>", "!="].iter().any(|word| self.is_at(next, word))
            || ["from", "=", "<>", "!="].iter().any(|word| self.is_behind(before, word))
    }
}
