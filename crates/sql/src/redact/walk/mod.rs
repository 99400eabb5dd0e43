//! The close look at a suspicious text: its tokens in order, with what names a secret, what takes one, and what
//! shows itself to be one.

mod list;
mod literal;
mod words;

use super::name::{is_password, is_secret, takes_key};
use super::options::{Owner, owner};
use super::suspect::{Sign, hits};
use super::{LITERAL, Span};
use crate::word::{inside, one_of, same};
use crate::{Kind, Lexer, Token};
use list::Columns;
use words::links;

/// Dollar quotes within dollar quotes: a DO block that creates a function that runs a text is three.
const NESTING_MAX: usize = 4;
/// The first words of a statement that are kept, enough for `ALTER SERVER name OPTIONS` and its kin.
const LEAD_WORDS: usize = 5;

/// What the next string is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Armed {
    /// Nothing special.
    No,
    /// The value of a name for a secret, which stood at this depth of parentheses.
    Value {
        depth: usize,
        /// A comma may come between (the name is itself an argument), and has not yet.
        comma: bool,
        /// A number is one too.
        number: bool,
        /// Even an unquoted word is one: `PASSWORD` in `CREATE ROLE`.
        word: bool,
    },
    /// An argument of a function that takes keys, called at this depth.
    Argument { depth: usize },
    /// Part of a statement that puts a secret together.
    Statement,
}

struct Walk<'a> {
    text: &'a [u8],
    nesting: usize,
    spans: Vec<Span>,
    /// Where literals and comments lie: what is outside of them is searched for shapes of its own.
    opaque: Vec<(usize, usize)>,
    aws: bool,
    depth: usize,
    armed: Armed,
    lead: Vec<Vec<u8>>,
    /// The list of names that is open.
    names: Option<Columns>,
    /// The secret columns of the list of names that closed last, if what followed may be its values.
    columns: Option<u64>,
    /// The row of values that is open.
    row: Option<Columns>,
    options: Option<(Owner, usize, bool)>,
    /// Where the first comment between the token in hand and the next one begins.
    comment: Option<usize>,
}

/// Where the secrets of `text` are. `None`: the text cannot be read, or nests deeper than anyone writes, so all of
/// it must count as secret.
pub(super) fn secrets(text: &[u8], nesting: usize) -> Option<Vec<Span>> {
    if nesting > NESTING_MAX {
        return None;
    }
    let mut walk = Walk {
        text,
        nesting,
        spans: Vec::new(),
        opaque: Vec::new(),
        aws: hits(text).any(|hit| hit.sign == Sign::AwsKey),
        depth: 0,
        armed: Armed::No,
        lead: Vec::new(),
        names: None,
        columns: None,
        row: None,
        options: None,
        comment: None,
    };
    let mut lexer = Lexer::new(text);
    let mut ahead = walk.next(&mut lexer);
    while let Some(token) = ahead {
        ahead = walk.next(&mut lexer);
        walk.token(token, ahead);
    }
    walk.outside();
    lexer.closed().then_some(walk.spans)
}

impl Walk<'_> {
    /// The next token that is no comment; comments are looked into on the way.
    fn next(&mut self, lexer: &mut Lexer<'_>) -> Option<Token> {
        let mut first = None;
        loop {
            let token = lexer.next();
            match token {
                Some(token) if token.kind.is_comment() => {
                    first = first.or(Some(token.start));
                    self.comment(token);
                }
                _ => {
                    self.comment = first;
                    return token;
                }
            }
        }
    }

    fn token(&mut self, token: Token, next: Option<Token>) {
        match token.kind {
            Kind::Word | Kind::QuotedName | Kind::UnicodeName => self.word(token, next),
            Kind::Number => self.number(token),
            Kind::Punctuation => self.punctuation(token),
            Kind::Operator => {
                self.mark_impure();
                if token.of(self.text) != b"=" {
                    self.columns = None;
                }
            }
            kind if kind.is_string() => self.string(token, next),
            _ => {
                self.mark_impure();
                self.satisfy();
            }
        }
    }

    fn word(&mut self, token: Token, next: Option<Token>) {
        let word = token.of(self.text);
        if self.lead.len() < LEAD_WORDS {
            self.lead.push(word.to_ascii_lowercase());
        }
        if let Armed::Value { word: true, .. } = self.armed {
            self.armed = Armed::No;
            if !same(word, "null") {
                return self.hide(token, next);
            }
        }
        self.option_key(word);
        let calls = next.is_some_and(|token| token.of(self.text) == b"(");
        let connection = same(word, "connection") && next.is_some_and(|token| token.kind.is_string());
        let copies = self.depth == 0 && self.lead.first().is_some_and(|verb| verb == b"copy");
        let plain = if token.kind == Kind::QuotedName { inside(word, 1) } else { word };
        if (is_secret(plain) || connection) && !copies {
            self.name(plain);
        } else if calls && takes_key(word) {
            if matches!(self.armed, Armed::No | Armed::Value { .. }) {
                self.armed = Armed::Argument { depth: self.depth };
            }
        } else if matches!(self.armed, Armed::Value { .. }) && !links(word, calls) {
            self.armed = Armed::No;
        }
        if same(word, "values") {
            // What was open is not the row but the parenthesis around all of them.
            self.row = None;
        }
        if calls && same(word, "options") {
            self.options = owner(&self.lead).map(|owner| (owner, self.depth + 1, false));
        }
        if one_of(word, &["select", "table"]) && self.columns.take().is_some() {
            // The values of a secret column come from a query: positions are of no help.
            self.armed = Armed::Statement;
        } else if !one_of(word, &["values", "row", "as", "overriding", "system", "user", "value"]) {
            self.columns = None;
        }
    }

    /// Arms for what follows a name for a secret, and remembers its position if it is in a list of names.
    fn name(&mut self, word: &[u8]) {
        if let Some(names) = &mut self.names
            && names.depth == self.depth
        {
            names.mark();
        }
        if matches!(self.armed, Armed::No | Armed::Value { .. }) {
            let role = matches!(&*self.lead, [verb, noun, third, ..]
                if one_of(verb, &["create", "alter"]) && one_of(noun, &["role", "user", "group"]) && third != b"mapping");
            self.armed = Armed::Value {
                depth: self.depth,
                comma: false,
                number: is_password(word),
                word: role && same(word, "password"),
            };
        }
    }

    fn number(&mut self, token: Token) {
        self.mark_impure();
        // Deeper in parentheses it is the length of a type.
        if matches!(self.armed, Armed::Value { number: true, depth, .. } if self.depth <= depth) {
            self.spans.push(Span { start: token.start, end: token.end, instead: LITERAL });
        }
    }

    /// A value was there: what follows is one only if it is written like one.
    fn satisfy(&mut self) {
        if let Armed::Value { number, word, .. } = &mut self.armed {
            (*number, *word) = (false, false);
        }
    }
}
