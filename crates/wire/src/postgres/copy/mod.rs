//! The rows of a COPY TO, cell by cell, in its three formats (manual, `COPY`, "File Formats"), with some cells replaced.
//!
//! It never says which cells. Reading is strict: rows that are not written exactly as PostgreSQL writes them are an error,
//! and the caller ends the COPY; a row that is read otherwise than the client reads it would show what is hidden.

mod binary;
mod csv;
#[cfg(test)]
mod tests;
mod text;

use super::error::{DecodeError, Reason};
use super::row::{self, Cell};
use csv::Marks;

/// How rows are written, from the COPY statement's options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyShape {
    /// Lines with delimiters and backslashes.
    Text {
        /// Between cells; a tab unless the statement says otherwise.
        delimiter: u8,
        /// What stands for NULL; `\N` unless the statement says otherwise.
        null: Box<[u8]>,
        /// Whether the first line has the columns' names.
        header: bool,
    },
    /// Lines with delimiters and quotes.
    Csv {
        /// Between cells; a comma unless the statement says otherwise.
        delimiter: u8,
        /// What stands, unquoted, for NULL; nothing unless the statement says otherwise.
        null: Box<[u8]>,
        /// `"` unless the statement says otherwise.
        quote: u8,
        /// What stands before a quote inside quotes: the quote itself unless the statement says otherwise.
        escape: u8,
        /// Which columns are quoted whatever they hold; NULL never is.
        force_quote: ForceQuote,
        /// Whether the first line has the columns' names.
        header: bool,
    },
    /// PostgreSQL's binary format.
    Binary,
}

/// Columns of CSV that are quoted whatever they hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForceQuote {
    /// All.
    All,
    /// These, by their places; the rest is quoted where it has to be.
    Columns(Box<[usize]>),
}

/// Where the rows of one COPY stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Its header is to come.
    Header,
    Rows,
    /// Its trailer was there.
    Ended,
}

/// Rewrites the rows of one COPY.
#[derive(Debug)]
pub struct CopyRows {
    shape: CopyShape,
    place: Place,
    /// One value as it is meant, and what is shown instead: reused from row to row.
    value: Vec<u8>,
    shown: Vec<u8>,
}

impl CopyShape {
    /// Text as COPY writes it without options.
    #[must_use]
    pub fn text() -> Self {
        Self::Text { delimiter: b'\t', null: b"\\N"[..].into(), header: false }
    }

    /// CSV as COPY writes it without further options.
    #[must_use]
    pub fn csv() -> Self {
        Self::Csv {
            delimiter: b',',
            null: [].into(),
            quote: b'"',
            escape: b'"',
            force_quote: ForceQuote::Columns([].into()),
            header: false,
        }
    }
}

impl CopyRows {
    /// Before the first byte.
    #[must_use]
    pub fn new(shape: CopyShape) -> Self {
        let place = match shape {
            CopyShape::Text { header: false, .. } | CopyShape::Csv { header: false, .. } => Place::Rows,
            _ => Place::Header,
        };
        Self { shape, place, value: Vec::new(), shown: Vec::new() }
    }

    /// Appends a CopyData like the one with this body, tag and length included, with cells replaced, as
    /// [`row::rewrite`] does. Its body is whole rows, as PostgreSQL sends them.
    ///
    /// # Errors
    /// When it is not whole rows of exactly these columns in this shape. Nothing is appended then.
    pub fn rewrite<P>(
        &mut self,
        body: &[u8],
        plan: &[Option<P>],
        out: &mut Vec<u8>,
        mut cover: impl FnMut(&P, Option<&[u8]>, &mut Vec<u8>) -> Cell,
    ) -> Result<(), DecodeError> {
        let start = out.len();
        out.extend_from_slice(b"d\0\0\0\0");
        let scratch = Scratch { value: &mut self.value, shown: &mut self.shown };
        let done = match &self.shape {
            CopyShape::Text { delimiter, null, .. } => {
                text::rows(*delimiter, null, &mut self.place, scratch, body, plan, out, &mut cover)
            }
            CopyShape::Csv { delimiter, null, quote, escape, force_quote, .. } => {
                let marks =
                    Marks { delimiter: *delimiter, null, quote: *quote, escape: *escape, force_quote };
                csv::rows(&marks, &mut self.place, scratch, body, plan, out, &mut cover)
            }
            CopyShape::Binary => binary::rows(&mut self.place, body, plan, out, &mut cover),
        };
        let done = done.and_then(|()| row::close(start, "CopyData", out));
        if done.is_err() {
            out.truncate(start);
        }
        done
    }

    /// Whether `stays` holds for each cell of a CopyData with this body that has a plan, asked as [`row::stays`] asks: then the
    /// message can go on as it is. Otherwise, and after an error, nothing of it has been read. Binary rows never stay.
    ///
    /// # Errors
    /// When it is not whole rows of exactly these columns in this shape.
    pub fn stays<P>(
        &mut self,
        body: &[u8],
        plan: &[Option<P>],
        mut stays: impl FnMut(&P, Option<&[u8]>) -> bool,
    ) -> Result<bool, DecodeError> {
        let (before, mut all) = (self.place, true);
        let scratch = Scratch { value: &mut self.value, shown: &mut self.shown };
        let mut ask = |plan: &P, value: Option<&[u8]>, _: &mut Vec<u8>| {
            all = all && stays(plan, value);
            Cell::Kept
        };
        let done = match &self.shape {
            CopyShape::Text { delimiter, null, .. } => {
                text::rows(*delimiter, null, &mut self.place, scratch, body, plan, &mut Nowhere, &mut ask)
            }
            CopyShape::Csv { delimiter, null, quote, escape, force_quote, .. } => {
                let marks =
                    Marks { delimiter: *delimiter, null, quote: *quote, escape: *escape, force_quote };
                csv::rows(&marks, &mut self.place, scratch, body, plan, &mut Nowhere, &mut ask)
            }
            CopyShape::Binary => return Ok(false),
        };
        if done.is_err() || !all {
            self.place = before;
        }
        done.map(|()| all)
    }

    /// The COPY is said to be done.
    ///
    /// # Errors
    /// When its format has an end that was not there.
    pub fn end(&self) -> Result<(), DecodeError> {
        match (&self.shape, self.place) {
            (CopyShape::Binary, Place::Header | Place::Rows) => Err(fail(Reason::Truncated)),
            _ => Ok(()),
        }
    }
}

/// Whether this text, given as NULL to a COPY in text format, may be what a value is written as: nobody can tell the two apart
/// then. CSV quotes such a value.
#[must_use]
pub fn may_be_a_value(null: &[u8]) -> bool {
    let bare = [(b"(", b")"), (b"<", b">"), (b"[", b"]")]
        .iter()
        .find_map(|(open, close)| null.strip_prefix(*open)?.strip_suffix(*close))
        .unwrap_or(null);
    // A backslash is written twice, so none begins `\N`; the other two say nothing, or that there is nothing.
    !(null == b"\\N" || null.is_empty() || bare.eq_ignore_ascii_case(b"null"))
}

/// Where rows are written to.
trait Out {
    fn byte(&mut self, byte: u8);
    fn bytes(&mut self, bytes: &[u8]);
}

impl Out for Vec<u8> {
    fn byte(&mut self, byte: u8) {
        self.push(byte);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

/// For who only wants to know.
struct Nowhere;

impl Out for Nowhere {
    fn byte(&mut self, _: u8) {}
    fn bytes(&mut self, _: &[u8]) {}
}

/// Buffers that are reused.
struct Scratch<'a> {
    value: &'a mut Vec<u8>,
    shown: &'a mut Vec<u8>,
}

fn fail(reason: Reason) -> DecodeError {
    DecodeError { message: "CopyData", reason }
}

/// A byte where none of its kind may stand.
fn unexpected(byte: u8) -> DecodeError {
    fail(Reason::Value { field: "byte", value: i64::from(byte) })
}

/// Another number of columns than was said.
fn columns(seen: usize) -> DecodeError {
    fail(Reason::Value { field: "number of columns", value: i64::try_from(seen).unwrap_or(i64::MAX) })
}
