//! A body's tokens, and reading up to a word or sign outside of brackets, as the server's PL/pgSQL does.

use crate::lexer::{Kind, Lexer, Token};

use super::{Declared, Misread, Program, Step};

/// The deepest nesting of blocks and loops that is followed; people nest five deep.
const DEPTH_MAX: u16 = 200;

pub(super) struct Reader<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    pub(super) at: usize,
    /// Where targets of assignments stand.
    pub(super) assigned: Vec<usize>,
    /// How many conditions, loops and exception handlers are around.
    pub(super) conditions: u16,
    depth: u16,
    /// A RETURN, EXIT or RAISE may have ended it before what follows.
    pub(super) left: bool,
    /// The parameters of the function.
    parameters: Vec<String>,
    pub(super) program: Program,
}

/// A piece of the text that ended at a word or sign.
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    /// What ended it, folded.
    pub(super) stop: &'static str,
    /// Its only token is a string.
    pub(super) literal: Option<String>,
}

pub(super) type Read<T = ()> = Result<T, Misread>;

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, parameters: Vec<String>) -> Read<Self> {
        let mut lexer = Lexer::new(text.as_bytes());
        let tokens = lexer.by_ref().filter(|token| !token.kind.is_comment()).collect();
        if lexer.malformed() {
            return Err("its text is malformed");
        }
        let program = Program::default();
        let assigned = Vec::new();
        Ok(Self { text, tokens, at: 0, assigned, conditions: 0, depth: 0, left: false, parameters, program })
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    fn token(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at.saturating_add(ahead))
    }

    fn spelled(&self, token: &Token) -> &'t str {
        self.text.get(token.start..token.end).unwrap_or_default()
    }

    /// Whether the token is this sign or unquoted word (given in lower case).
    pub(super) fn is_at(&self, ahead: usize, word: &str) -> bool {
        self.token(ahead).is_some_and(|token| {
            matches!(token.kind, Kind::Word | Kind::Punctuation | Kind::Operator)
                && self.spelled(token).eq_ignore_ascii_case(word)
        })
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.is_at(0, word)
    }

    pub(super) fn is_next(&self, word: &str) -> bool {
        self.is_at(1, word)
    }

    /// Steps over the word or sign, if it is there.
    pub(super) fn skip(&mut self, word: &str) -> bool {
        let there = self.is(word);
        self.at += usize::from(there);
        there
    }

    pub(super) fn skip_any(&mut self, words: &[&'static str]) -> Option<&'static str> {
        words.iter().copied().find(|word| self.skip(word))
    }

    pub(super) fn expect(&mut self, word: &str) -> Read {
        if self.skip(word) { Ok(()) } else { Err("a word that its language asks for is missing") }
    }

    pub(super) fn skip_token(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// A name, folded or unquoted.
    pub(super) fn name(&mut self) -> Read<String> {
        let name = self.name_at(0).ok_or("a name is missing")?;
        self.at += 1;
        Ok(name)
    }

    pub(super) fn name_at(&self, ahead: usize) -> Option<String> {
        let token = self.token(ahead)?;
        let spelled = self.spelled(token);
        match token.kind {
            Kind::Word => Some(spelled.to_ascii_lowercase()),
            Kind::QuotedName => Some(spelled.get(1..spelled.len().checked_sub(1)?)?.replace("\"\"", "\"")),
            _ => None,
        }
    }

    /// Whether an assignment begins here: a target (`a`, `a.b`, `a[i].b`) that is followed by `:=` or `=`.
    pub(super) fn is_assignment(&self) -> bool {
        let is_target = |token: &Token| matches!(token.kind, Kind::Word | Kind::QuotedName | Kind::Parameter);
        self.token(0).is_some_and(is_target) && self.assigns().is_some()
    }

    fn assigns(&self) -> Option<()> {
        let (mut at, mut depth) = (1_usize, 0_usize);
        loop {
            if depth == 0 && (self.is_at(at, ":=") || self.is_at(at, "=")) {
                return Some(());
            }
            if self.is_at(at, "[") {
                depth += 1;
            } else if self.is_at(at, "]") {
                depth = depth.checked_sub(1)?;
            } else if depth == 0 {
                if !self.is_at(at, ".") || self.name_at(at.saturating_add(1)).is_none() {
                    return None;
                }
                at += 1;
            } else if self.token(at).is_none() || self.is_at(at, ";") {
                return None;
            }
            at += 1;
        }
    }

    /// A name, or a parameter by its number.
    pub(super) fn name_or_parameter(&mut self) -> Read {
        if self.token(0).is_some_and(|token| token.kind == Kind::Parameter) {
            self.at += 1;
            return Ok(());
        }
        self.name().map(drop)
    }

    /// What is assigned from here on may be the row of a trigger, or a column of it.
    pub(super) fn sets(&mut self) {
        if self.name_at(0).as_deref() != Some("new") {
            return;
        }
        self.assigned.push(self.at);
        match self.name_at(2).filter(|_| self.is_at(1, ".")) {
            Some(column) => self.program.sets.columns.push(column),
            None => self.program.sets.all = true,
        }
    }

    /// A text in which the row of a trigger may be assigned in some other way.
    pub(super) fn may_set(&mut self, text: &str) {
        let mut words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        self.program.sets.all |= words.any(|word| word.eq_ignore_ascii_case("new"));
    }

    /// The text up to the first of `stops` outside of brackets, stepping over it.
    pub(super) fn until(&mut self, stops: &[&'static str]) -> Read<Piece<'t>> {
        let first = self.at;
        let start = self.token(0).map_or(self.text.len(), |token| token.start);
        let (mut depth, mut end) = (0_usize, start);
        loop {
            let Some(token) = self.token(0).copied() else { return Err("it ends too early") };
            if depth == 0
                && let Some(stop) = stops.iter().copied().find(|stop| self.is(stop))
            {
                let literal = self.literal(first);
                self.at += 1;
                let text = self.text.get(start..end).unwrap_or_default();
                return Ok(Piece { text, stop, literal });
            }
            if self.is("(") || self.is("[") {
                depth += 1;
            } else if self.is(")") || self.is("]") {
                depth = depth.checked_sub(1).ok_or("a bracket is closed that was not opened")?;
            } else if self.is(";") {
                return Err("a statement ends too early");
            }
            end = token.end;
            self.at += 1;
        }
    }

    /// The content of the string between `first` and here, when there is one token and it is a plain string.
    fn literal(&self, first: usize) -> Option<String> {
        let token = self.tokens.get(first).filter(|_| self.at == first.saturating_add(1))?;
        let spelled = self.spelled(token);
        match token.kind {
            // Two strings on two lines are one token; what lies between is not part of the text.
            Kind::String if !spelled.contains('\n') => {
                Some(spelled.get(1..spelled.len().checked_sub(1)?)?.replace("''", "'"))
            }
            Kind::DollarString => {
                let tag = spelled.get(1..)?.find('$')?.saturating_add(2);
                Some(spelled.get(tag..spelled.len().checked_sub(tag)?)?.to_owned())
            }
            _ => None,
        }
    }

    /// The text up to the `;` of a command, without the targets of its INTO.
    pub(super) fn command(&mut self) -> Read<String> {
        let start = self.token(0).map_or(self.text.len(), |token| token.start);
        let imports = self.is("import");
        let (mut from, mut text) = (start, String::new());
        let mut into = false;
        while !self.is(";") {
            if self.is_at_end() {
                return Err("it ends too early");
            }
            if self.is("begin") && self.is_next("atomic") {
                return Err("it makes a function");
            }
            let inserts = self.at > 0 && (self.was("insert") || self.was("merge"));
            if self.is("into") && !inserts && !imports {
                if into {
                    return Err("it has INTO twice");
                }
                into = true;
                let begin = self.token(0).map_or(start, |token| token.start);
                text.push_str(self.text.get(from..begin).unwrap_or_default());
                self.at += 1;
                self.targets()?;
                from = self.token(0).map_or(self.text.len(), |token| token.start);
                continue;
            }
            self.at += 1;
        }
        let end = self.token(0).map_or(self.text.len(), |token| token.start);
        text.push_str(self.text.get(from..end).unwrap_or_default());
        self.at += 1;
        Ok(text)
    }

    fn was(&self, word: &str) -> bool {
        self.is_behind(1, word)
    }

    /// Whether so many tokens before this one stands this sign or unquoted word.
    pub(super) fn is_behind(&self, many: usize, word: &str) -> bool {
        self.at.checked_sub(many).and_then(|at| self.tokens.get(at)).is_some_and(|token| {
            matches!(token.kind, Kind::Word | Kind::Punctuation | Kind::Operator)
                && self.spelled(token).eq_ignore_ascii_case(word)
        })
    }

    /// `[STRICT] a, b.c, d[1]`: the targets of INTO, and of a loop.
    pub(super) fn targets(&mut self) -> Read<Vec<String>> {
        self.skip("strict");
        let mut names = Vec::new();
        loop {
            self.sets();
            if self.token(0).is_some_and(|token| token.kind == Kind::Parameter) {
                self.at += 1;
            } else {
                names.push(self.name()?);
            }
            loop {
                if self.skip(".") {
                    self.name()?;
                } else if self.skip("[") {
                    let index = self.until(&["]"])?;
                    self.expression(index.text)?;
                } else {
                    break;
                }
            }
            if !self.skip(",") {
                return Ok(names);
            }
        }
    }

    pub(super) fn declare(&mut self, name: String, row_of: Option<String>) {
        self.program.names.push(Declared { name, row_of });
    }

    pub(super) fn is_declared(&self, name: &str) -> bool {
        self.program.names.iter().any(|declared| declared.name == name)
    }

    /// Whether it is a parameter of the function.
    pub(super) fn is_parameter(&self, name: &str) -> bool {
        self.parameters.iter().any(|parameter| parameter == name)
    }

    /// A query or command.
    pub(super) fn sql(&mut self, text: impl Into<String>) -> Read {
        let text = text.into();
        if text.trim().is_empty() {
            return Err("a query is missing");
        }
        let sure = self.conditions == 0 && !self.left;
        self.program.steps.push(Step::Sql { text, sure });
        Ok(())
    }

    /// An expression: the server runs it as a SELECT.
    pub(super) fn expression(&mut self, text: &str) -> Read {
        if text.trim().is_empty() {
            return Err("an expression is missing");
        }
        self.sql(format!("SELECT {text}"))
    }

    /// A part that is not sure to be reached, or not only once.
    pub(super) fn maybe<T>(&mut self, part: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        self.conditions = self.conditions.saturating_add(1);
        let read = self.deeper(part);
        self.conditions = self.conditions.saturating_sub(1);
        read
    }

    pub(super) fn deeper<T>(&mut self, part: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth >= DEPTH_MAX {
            return Err("it is nested too deep");
        }
        self.depth = self.depth.saturating_add(1);
        let read = stacker::maybe_grow(64 * 1024, 1024 * 1024, || part(self));
        self.depth = self.depth.saturating_sub(1);
        read
    }
}
