//! Caps on what one statement returns: the rest goes nowhere, and an error says so.

use model::{Refusal, Sqlstate, Timestamp};

use crate::answer::Answer;
use crate::cover::Covers;
use crate::expect::{Expect, Running};
use crate::permit::Covered;
use crate::session::Session;
use crate::step::Limits;

/// What to do with a row, or a piece of COPY data.
#[derive(Debug)]
#[must_use]
pub enum Row {
    /// Pass it on.
    Pass(Covered),
    /// Cover its cells by [`Session::covers`], and pass on what that leaves.
    Cover,
    /// It is the first over a cap: pass nothing on, and make the server stop.
    Cut,
    /// It is one more over a cap.
    Drop,
}

impl Session {
    /// Counts a row, or a piece of COPY data, of `bytes` bytes. The one message that comes by the million has a
    /// way of its own.
    ///
    /// # Errors
    /// When no statement is under way that could return rows.
    #[inline]
    pub fn row(&mut self, bytes: u64) -> std::result::Result<Row, &'static str> {
        let running = match self.expected.front_mut() {
            Some(Expect::Query(running)) if running.described => running,
            Some(Expect::Execute(running)) => {
                if !running.chosen && !running.shows.is_clear() {
                    running.cover_execution(&self.masks)?;
                }
                running
            }
            _ => return Err("a row that no statement asked for"),
        };
        let row = running.row(bytes, &self.limits, self.muted);
        Ok(self.cut_alone(row))
    }

    /// Telling the server to stop may hit what it does next: it is told only when nothing stands behind.
    fn cut_alone(&self, row: Row) -> Row {
        let alone = || {
            let mut behind = self.expected.iter().skip(1);
            // What stands behind an execution in its segment is passed over after an error anyway.
            if matches!(self.expected.front(), Some(Expect::Execute(_))) {
                behind.by_ref().find(|expect| matches!(expect, Expect::Sync));
            }
            behind.next().is_none()
        };
        match row {
            Row::Cut if !alone() => Row::Drop,
            row => row,
        }
    }

    /// Whether rows that come now may have to be covered, so that they must be there whole.
    #[inline]
    #[must_use]
    pub fn hides_rows(&self) -> bool {
        match self.expected.front() {
            Some(Expect::Query(running) | Expect::Execute(running)) => {
                running.covers.is_some() || !running.chosen && !running.shows.is_clear()
            }
            _ => false,
        }
    }

    /// A row that has to be covered and is too long for that: the statement ends there.
    pub fn too_long(&mut self, most: usize) -> Row {
        if let Some(running) = self.expected.front_mut().and_then(Expect::running)
            && running.cut.is_none()
        {
            running.cut = Some(Box::new(long_refusal(most)));
            return self.cut_alone(Row::Cut);
        }
        Row::Drop
    }

    /// What covers the row in hand, when [`Session::row`] said so.
    #[must_use]
    pub fn covers(&self) -> Option<&Covers> {
        match self.expected.front()? {
            Expect::Query(running) | Expect::Execute(running) => running.covers.as_deref(),
            _ => None,
        }
    }

    /// The same for a piece of COPY data.
    ///
    /// # Errors
    /// When no COPY is under way.
    pub fn copy_data(&mut self, bytes: u64) -> std::result::Result<Row, &'static str> {
        match self.expected.front_mut().and_then(Expect::running) {
            // A piece of text or CSV is a row; one of the binary form nearly always is.
            Some(running) if running.described => {
                let row = running.row(bytes, &self.limits, self.muted);
                Ok(self.cut_alone(row))
            }
            _ => Err("CopyData outside of COPY"),
        }
    }

    /// A statement was over a cap and the server completed it before it could be stopped. The client hears of an
    /// error, and then nothing until it is ready again.
    pub(crate) fn cut_off(&mut self, refusal: Box<Refusal>, now: Timestamp) -> Answer {
        if let Some(running) = self.expected.front_mut().and_then(Expect::running) {
            running.sqlstate = Some(refusal.code);
        }
        self.muted = true;
        if matches!(self.expected.front(), Some(Expect::Execute(_))) {
            let _ = self.execution_over(now);
            // What the client sends behind an error is passed over up to its Sync.
            self.skipping = !self.expected.iter().any(|expect| matches!(expect, Expect::Sync));
        }
        Answer::Refusal(Covered::PASS, refusal)
    }
}

impl Running {
    #[inline]
    fn row(&mut self, bytes: u64, limits: &Limits, muted: bool) -> Row {
        if muted || self.cut.is_some() {
            return Row::Drop;
        }
        let rows = self.rows_now.saturating_add(1);
        let bytes = self.bytes_out.saturating_add(bytes);
        let over = limits
            .rows_max
            .filter(|most| rows > *most)
            .map(|most| ("rows", most))
            .or_else(|| limits.result_bytes_max.filter(|most| bytes > *most).map(|most| ("bytes", most)));
        match over {
            None => {
                self.rows_now = rows;
                self.bytes_out = bytes;
                if self.covers.is_some() { Row::Cover } else { Row::Pass(Covered::PASS) }
            }
            Some((what, most)) => {
                self.cut = Some(Box::new(cap_refusal(what, most)));
                Row::Cut
            }
        }
    }
}

fn long_refusal(most: usize) -> Refusal {
    Refusal::new(
        Sqlstate::new(b"54000"),
        "a row of the result is too long for what is masked in it to be hidden",
    )
    .detail(format!("limit: {most} bytes for a row with a masked column"))
    .hint("ask for less of it: name only the columns that you need")
}

fn cap_refusal(what: &'static str, most: u64) -> Refusal {
    Refusal::new(
        Sqlstate::new(b"TH007"),
        format!("the result is larger than the {most} {what} that you may read at once"),
    )
    .detail(format!("limit `{what}`: {most} for one statement, set by the rule that lets you connect"))
    .hint("ask for less: add a LIMIT or a narrower WHERE, or aggregate in the database")
}
