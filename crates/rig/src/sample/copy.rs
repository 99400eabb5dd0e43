//! Rows in the text format of PostgreSQL's COPY.

use std::fmt::Display;

/// A `COPY … FROM stdin` block that is being written.
pub(super) struct Copy<'a> {
    out: &'a mut String,
    rows: usize,
}

/// One row that is being written. A finished one has called `end`.
pub(super) struct Row<'a, 'b> {
    copy: &'a mut Copy<'b>,
    is_first: bool,
}

impl<'a> Copy<'a> {
    /// Begins a block for these columns (`"table (a, b)"`).
    pub(super) fn begin(out: &'a mut String, columns: &str) -> Self {
        out.push_str("COPY ");
        out.push_str(columns);
        out.push_str(" FROM stdin;\n");
        Self { out, rows: 0 }
    }

    /// Begins a row.
    pub(super) fn row(&mut self) -> Row<'_, 'a> {
        self.rows += 1;
        Row { copy: self, is_first: true }
    }

    /// Ends the block and says how many rows it has.
    pub(super) fn finish(self) -> usize {
        self.out.push_str("\\.\n");
        self.rows
    }
}

impl Row<'_, '_> {
    /// A value by its text.
    pub(super) fn put(mut self, value: impl Display) -> Self {
        self.separate();
        let text = value.to_string();
        for c in text.chars() {
            match c {
                '\\' => self.copy.out.push_str("\\\\"),
                '\n' => self.copy.out.push_str("\\n"),
                '\r' => self.copy.out.push_str("\\r"),
                '\t' => self.copy.out.push_str("\\t"),
                c => self.copy.out.push(c),
            }
        }
        self
    }

    /// A value or NULL.
    pub(super) fn maybe(self, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.put(value),
            None => self.null(),
        }
    }

    /// NULL.
    pub(super) fn null(mut self) -> Self {
        self.separate();
        self.copy.out.push_str("\\N");
        self
    }

    /// The end of the row.
    pub(super) fn end(self) {
        self.copy.out.push('\n');
    }

    fn separate(&mut self) {
        if !self.is_first {
            self.copy.out.push('\t');
        }
        self.is_first = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_are_escaped() {
        let mut out = String::new();
        let mut copy = Copy::begin(&mut out, "t (a, b, c)");
        copy.row().put("a\tb\\n\nc").null().put(3).end();
        assert_eq!(copy.finish(), 1);
        assert_eq!(out, "COPY t (a, b, c) FROM stdin;\na\\tb\\\\n\\nc\t\\N\t3\n\\.\n");
    }
}
