//! The statements of PL/pgSQL that are not conditions or loops.

use super::Step;
use super::reader::{Piece, Read, Reader};

/// Reads one kind of statement.
type Arm<R> = fn(&mut R) -> Read;

impl Reader<'_> {
    /// Statements up to a word that ends them, which stays.
    pub(super) fn statements(&mut self) -> Read {
        const ENDS: [&str; 6] = ["end", "else", "elsif", "elseif", "when", "exception"];
        loop {
            if self.is_at_end() {
                return Err("it ends too early");
            }
            if ENDS.iter().any(|word| self.is(word)) && !self.is_assignment() {
                return Ok(());
            }
            self.statement()?;
        }
    }

    fn statement(&mut self) -> Read {
        self.labels()?;
        if self.is_assignment() {
            return self.assign();
        }
        let words: &[(&str, Arm<Self>)] = &[
            ("if", Self::if_),
            ("case", Self::case),
            ("loop", Self::loop_),
            ("while", Self::while_),
            ("for", Self::for_),
            ("foreach", Self::foreach),
            ("exit", Self::leave),
            ("continue", Self::leave),
            ("return", Self::return_),
            ("raise", Self::raise),
            ("assert", Self::assert),
            ("perform", Self::perform),
            ("execute", Self::execute),
            ("get", Self::rest),
            ("open", Self::open),
            ("fetch", Self::fetch),
            ("move", Self::fetch),
            ("close", Self::rest),
            ("commit", Self::transaction),
            ("rollback", Self::transaction),
            ("null", Self::rest),
        ];
        if self.is("declare") || self.is("begin") {
            self.block()?;
            return self.expect(";");
        }
        match words.iter().find(|(word, _)| self.is(word)) {
            Some((_, read)) => {
                self.skip_token();
                read(self)
            }
            None => {
                // What a procedure gives back it puts into its arguments.
                let calls = self.is("call");
                let text = self.command()?;
                if calls {
                    self.may_set(&text);
                }
                self.sql(text)
            }
        }
    }

    fn assign(&mut self) -> Read {
        // A name, or a parameter by its number.
        self.sets();
        self.skip_token();
        loop {
            if self.skip(".") {
                self.name()?;
            } else if self.skip("[") {
                // The index of an element is an expression as well, and so are both of a slice.
                let mut stop = ":";
                while stop == ":" {
                    let index = self.until(&[":", "]"])?;
                    stop = index.stop;
                    if !index.text.trim().is_empty() {
                        self.expression(index.text)?;
                    }
                }
            } else {
                break;
            }
        }
        if !self.skip(":=") {
            self.expect("=")?;
        }
        let value = self.until(&[";"])?;
        self.expression(value.text)
    }

    /// What holds no SQL: GET DIAGNOSTICS, CLOSE, NULL.
    fn rest(&mut self) -> Read {
        let rest = self.until(&[";"])?;
        self.may_set(rest.text);
        Ok(())
    }

    fn leave(&mut self) -> Read {
        self.left = true;
        if self.until(&[";", "when"])?.stop == "when" {
            let condition = self.until(&[";"])?;
            self.expression(condition.text)?;
        }
        Ok(())
    }

    fn return_(&mut self) -> Read {
        if self.skip("query") {
            if self.skip("execute") {
                return self.dynamic(&[";"]);
            }
            let query = self.until(&[";"])?;
            return self.sql(query.text);
        }
        let next = self.skip("next");
        let value = self.until(&[";"])?;
        if !value.text.trim().is_empty() {
            let is_the_row =
                ["new", "old", "null"].iter().any(|word| value.text.trim().eq_ignore_ascii_case(word));
            self.program.sets.all |= !is_the_row;
            self.expression(value.text)?;
        }
        self.left |= !next;
        Ok(())
    }

    /// `RAISE [level] ['format' [, expression …] | condition | SQLSTATE 'code'] [USING option = expression, …];`
    fn raise(&mut self) -> Read {
        let level = self.skip_any(&["exception", "warning", "notice", "info", "log", "debug"]);
        self.left |= level.is_none_or(|level| level == "exception");
        let mut piece = self.until(&[",", ";", "using"])?;
        let mut using = false;
        loop {
            match piece.stop {
                ";" => return Ok(()),
                "using" => using = true,
                _ => {}
            }
            if using {
                self.name()?;
                if !self.skip("=") {
                    self.expect(":=")?;
                }
            }
            piece = self.until(if using { &[",", ";"] } else { &[",", ";", "using"] })?;
            self.expression(piece.text)?;
        }
    }

    fn assert(&mut self) -> Read {
        let condition = self.until(&[";"])?;
        self.expression(condition.text)
    }

    fn perform(&mut self) -> Read {
        let query = self.until(&[";"])?;
        self.expression(query.text)
    }

    fn execute(&mut self) -> Read {
        self.dynamic(&[";"])
    }

    /// `expression [INTO [STRICT] target, …] [USING expression, …]` and what ends it. EXECUTE itself is stepped over.
    pub(super) fn dynamic(&mut self, ends: &[&'static str]) -> Read {
        let mut stops = vec!["into", "using"];
        stops.extend_from_slice(ends);
        let made = self.until(&stops)?;
        self.made_at_run_time(&made)?;
        let mut stop = made.stop;
        while !ends.contains(&stop) {
            if stop == "into" {
                self.targets()?;
                stop = self.until(&stops)?.stop;
            } else {
                let values = self.until(&stops)?;
                self.expression(values.text)?;
                stop = values.stop;
            }
        }
        Ok(())
    }

    fn made_at_run_time(&mut self, made: &Piece<'_>) -> Read {
        self.program.steps.push(Step::Dynamic { known: made.literal.is_some() });
        match &made.literal {
            Some(text) => self.sql(text.clone()),
            None => self.expression(made.text),
        }
    }

    fn transaction(&mut self) -> Read {
        self.program.steps.push(Step::Transaction);
        self.rest()
    }
}
