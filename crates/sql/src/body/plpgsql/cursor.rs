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

    /// `FETCH [direction] [{FROM | IN}] name [INTO …];` and MOVE. A direction may hold an expression: a number and a
    /// variable are understood.
    pub(super) fn fetch(&mut self) -> Read {
        let mut piece = self.until(&["from", "in", "into", ";"])?;
        if matches!(piece.stop, "from" | "in") {
            let mut words = piece.text.split_whitespace();
            let direction = words.next().unwrap_or_default().to_ascii_lowercase();
            let named = matches!(
                direction.as_str(),
                "next" | "prior" | "first" | "last" | "absolute" | "relative" | "forward" | "backward"
            );
            let number =
                if named { words.collect::<Vec<_>>().join(" ") } else { piece.text.trim().to_owned() };
            if !is_plain(&number) {
                return Err("a FETCH has an expression");
            }
            self.name_or_parameter()?;
            piece = self.until(&["into", ";"])?;
            if !piece.text.is_empty() {
                return Err("a FETCH is not understood");
            }
        } else if !is_plain(piece.text) && !piece.text.starts_with(['"', '$']) {
            return Err("a FETCH is not understood");
        }
        if piece.stop == "into" {
            self.targets()?;
            return self.expect(";");
        }
        Ok(())
    }
}

/// A whole number or a word, or nothing.
fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).map(str::trim_start);
    match digits {
        Some(digits) => !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()),
        None => text.chars().all(|c| c.is_alphanumeric() || c == '_'),
    }
}
