//! Blocks and what they declare.

use super::Step;
use super::reader::{Read, Reader};

impl Reader<'_> {
    /// `#variable_conflict use_column` and its like, ahead of everything. Which of a variable and a column a name
    /// means changes nothing here: both are taken to be used.
    pub(super) fn directives(&mut self) -> Read {
        while self.skip("#") {
            self.name()?;
            self.name()?;
        }
        Ok(())
    }

    /// `<<label>>`
    pub(super) fn labels(&mut self) -> Read {
        while self.skip("<<") {
            let label = self.name()?;
            self.declare(label, None);
            self.expect(">>")?;
        }
        Ok(())
    }

    /// `[DECLARE …] BEGIN … [EXCEPTION WHEN … THEN …] END [label]`, without the `;` behind it.
    pub(super) fn block(&mut self) -> Read {
        self.deeper(|reader| {
            if reader.skip("declare") {
                while !reader.is("begin") {
                    if !reader.skip("declare") {
                        reader.declaration()?;
                    }
                }
            }
            reader.expect("begin")?;
            reader.block_body()
        })
    }

    fn block_body(&mut self) -> Read {
        let first = self.program.steps.len();
        self.statements()?;
        if self.skip("exception") {
            // What went before may have failed, or been undone.
            for step in self.program.steps.iter_mut().skip(first) {
                if let Step::Sql { sure, .. } = step {
                    *sure = false;
                }
            }
            while self.skip("when") {
                self.until(&["then"])?;
                self.maybe(Self::statements)?;
            }
        }
        self.expect("end")?;
        if !self.is(";") && !self.is_at_end() {
            self.name()?;
        }
        Ok(())
    }

    /// `name [CONSTANT] type [COLLATE c] [NOT NULL] [:= expression];`, a cursor, or an alias.
    fn declaration(&mut self) -> Read {
        let name = self.name()?;
        if self.skip("alias") {
            let of = self.until(&[";"])?;
            self.may_set(of.text);
            self.declare(name, None);
            return Ok(());
        }
        if self.is("cursor") || self.is("scroll") || self.is("no") && self.is_next("scroll") {
            return self.cursor(name);
        }
        self.skip("constant");
        let mut piece = self.until(&[";", ":=", "=", "default", "not", "collate"])?;
        let kind = piece.text.trim();
        if kind.is_empty() {
            return Err("a variable has no type");
        }
        let row_of = row_of(kind);
        self.type_of(kind)?;
        while piece.stop != ";" {
            let stop = piece.stop;
            if stop == "not" {
                self.expect("null")?;
            }
            piece = self.until(&[";", ":=", "=", "default", "not"])?;
            if matches!(stop, ":=" | "=" | "default") {
                if piece.stop != ";" {
                    // An expression may have `=`, `NOT` and `DEFAULT` inside.
                    let rest = self.until(&[";"])?;
                    let whole = format!("{} {} {}", piece.text, piece.stop, rest.text);
                    self.expression(&whole)?;
                    break;
                }
                self.expression(piece.text)?;
            }
        }
        self.declare(name, row_of);
        Ok(())
    }

    /// A declared type: reading a value into it may run something.
    fn type_of(&mut self, kind: &str) -> Read {
        if kind.eq_ignore_ascii_case("record") {
            return Ok(());
        }
        let Some((of, row)) = borrowed(kind) else { return self.expression(&format!("NULL::{kind}")) };
        if kind.contains("--") || kind.contains("/*") {
            return Err("a type has a comment inside");
        }
        let of = of.trim();
        if of.starts_with('$') {
            return Ok(());
        }
        // What a column holds, its whole row holds.
        let relation = match (last_dot(of), row) {
            (_, true) => of,
            (Some(dot), false) => {
                let relation = of.get(..dot).unwrap_or_default().trim();
                if self.is_declared(&relation.to_ascii_lowercase()) {
                    return Err("a type is that of a variable's field");
                }
                relation
            }
            // The type of a variable that was declared was counted there; older servers also take a type's name.
            (None, false) => {
                let name = of.to_ascii_lowercase();
                if self.is_parameter(&name) || self.is_declared(&name) {
                    return Ok(());
                }
                of
            }
        };
        self.expression(&format!("NULL::{relation}"))
    }

    /// `[[NO] SCROLL] CURSOR [(a type, …)] {FOR | IS} query;`
    fn cursor(&mut self, name: String) -> Read {
        self.skip("no");
        self.skip("scroll");
        self.expect("cursor")?;
        if self.skip("(") {
            loop {
                let parameter = self.name()?;
                self.declare(parameter, None);
                let kind = self.until(&[",", ")"])?;
                self.type_of(kind.text.trim())?;
                if kind.stop == ")" {
                    break;
                }
            }
        }
        if !self.skip("for") {
            self.expect("is")?;
        }
        let query = self.until(&[";"])?;
        // It runs when it is opened.
        self.maybe(|reader| reader.sql(query.text))?;
        self.declare(name, None);
        Ok(())
    }
}

/// The relation of `relation%ROWTYPE`.
fn row_of(kind: &str) -> Option<String> {
    let (relation, word) = kind.split_once('%')?;
    word.trim().eq_ignore_ascii_case("rowtype").then(|| relation.trim().to_owned())
}

/// What stands before `%TYPE` or `%ROWTYPE`, and whether it is the latter.
fn borrowed(kind: &str) -> Option<(&str, bool)> {
    let (of, rest) = kind.rsplit_once('%')?;
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let word = rest.get(..end)?;
    let row = word.eq_ignore_ascii_case("rowtype");
    (row || word.eq_ignore_ascii_case("type")).then_some((of, row))
}

/// The last dot outside of quotes.
fn last_dot(name: &str) -> Option<usize> {
    let mut quoted = false;
    let mut last = None;
    for (at, c) in name.char_indices() {
        quoted ^= c == '"';
        if c == '.' && !quoted {
            last = Some(at);
        }
    }
    last
}
