//! Cursors: what runs when one is opened.

use super::reader::{Read, Reader};

impl Reader<'_> {
    /// `OPEN name [[NO] SCROLL] FOR {query | EXECUTE …};` or `OPEN name [(value, …)];`
    pub(super) fn open(&mut self) -> Read {
        self.name()?;
        self.skip("no");
        self.skip("scroll");
        if self.skip("for") {
            if self.skip("execute") {
                return self.dynamic(&[";"]);
            }
            let query = self.until(&[";"])?;
            return self.sql(query.text);
        }
        let values = self.until(&[";"])?;
        self.values(values.text)
    }

    /// The values that a cursor is opened with: `(1, key := 2)`, or nothing.
    pub(super) fn values(&mut self, text: &str) -> Read {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        let inside =
            text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).ok_or("a cursor's values")?;
        if inside.contains(":=") || inside.contains("=>") {
            // Named values read as the arguments of a call; `num_nulls` takes any number of anything.
            return Err("a cursor's values have names");
        }
        if inside.trim().is_empty() { Ok(()) } else { self.expression(inside) }
    }

    /// `FETCH [direction] [FROM] name [INTO …];` and MOVE. A direction may hold an expression.
    pub(super) fn fetch(&mut self) -> Read {
        let piece = self.until(&[";"])?;
        if piece.has_brackets { Err("a FETCH has an expression") } else { Ok(()) }
    }
}
