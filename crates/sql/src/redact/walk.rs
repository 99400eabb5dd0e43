//! The close look at a suspicious text: its tokens in order, with what names a secret, what takes one, and what
//! shows itself to be one.

use super::name::{is_password, is_secret, takes_key};
use super::options::{Owner, is_plain, owner};
use super::shape::{self, Content};
use super::suspect::{Sign, hits};
use super::{LITERAL, Span};
use crate::word::{inside, one_of, same};
use crate::{Kind, Lexer, Token};

/// Dollar quotes within dollar quotes: a DO block that creates a function that runs a text is three.
const NESTING_MAX: usize = 4;
/// The first words of a statement that are kept, enough for `ALTER SERVER name OPTIONS` and its kin.
const LEAD_WORDS: usize = 5;
/// Columns whose position can be remembered; a secret further on counts as in the last.
const COLUMNS_MAX: u32 = 63;

/// Words that may stand between a name and its value.
const LINKS: &[&str] = &[
    "to",
    "in",
    "like",
    "ilike",
    "is",
    "not",
    "null",
    "distinct",
    "from",
    "any",
    "all",
    "array",
    "similar",
    "with",
    "default",
    "encrypted",
    "text",
    "varchar",
    "some",
];
/// Words that end what a name began, though a parenthesis may follow them.
const ENDS: &[&str] = &[
    "and",
    "or",
    "values",
    "select",
    "where",
    "on",
    "using",
    "returning",
    "set",
    "as",
    "when",
    "then",
    "else",
    "case",
    "order",
    "group",
    "by",
    "join",
    "having",
    "limit",
    "exists",
    "check",
    "references",
    "options",
];
/// What code in a dollar quote begins with. Anything else in one is data.
const CODE: &[&str] = &[
    "begin", "declare", "select", "insert", "update", "delete", "merge", "with", "create", "alter", "drop",
    "perform", "execute", "return", "values", "do", "call", "grant", "revoke", "set", "copy", "truncate",
    "comment", "if", "raise",
];

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

/// Which columns of a list, by position, are secret.
#[derive(Clone, Copy, Debug)]
struct Columns {
    depth: usize,
    index: u32,
    secret: u64,
    /// Nothing but names and commas was there.
    names_only: bool,
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
            names.secret |= 1 << names.index.min(COLUMNS_MAX);
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

    fn option_key(&mut self, word: &[u8]) {
        if let Some((owner, depth, plain)) = &mut self.options
            && *depth == self.depth
            && !one_of(word, &["add", "set", "drop"])
        {
            let word = if word.first() == Some(&b'"') { inside(word, 1) } else { word };
            *plain = is_plain(*owner, word);
        }
    }

    fn number(&mut self, token: Token) {
        self.mark_impure();
        // Deeper in parentheses it is the length of a type.
        if matches!(self.armed, Armed::Value { number: true, depth, .. } if self.depth <= depth) {
            self.spans.push(Span { start: token.start, end: token.end, instead: LITERAL });
        }
    }

    fn string(&mut self, token: Token, next: Option<Token>) {
        self.opaque.push((token.start, token.end));
        self.mark_impure();
        let of_row = self.row.is_some_and(|row| row.secret & 1 << row.index.min(COLUMNS_MAX) != 0);
        let of_option = self.options.is_some_and(|(_, _, plain)| !plain);
        if self.armed != Armed::No || of_row || of_option {
            self.satisfy();
            return self.hide(token, next);
        }
        let spelled = token.of(self.text);
        let first_quote = memchr::memchr2(b'\'', b'$', spelled).unwrap_or(0);
        let content = inside(spelled, first_quote + 1);
        if is_secret(content) && content.iter().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(b)) {
            let number = is_password(content);
            self.armed = Armed::Value { depth: self.depth, comma: true, number, word: false };
            return;
        }
        if self.aws && shape::is_aws_secret(content) {
            return self.hide(token, next);
        }
        if token.kind == Kind::DollarString {
            return self.dollar(token, next);
        }
        match shape::content(content) {
            Content::Secret => self.hide(token, next),
            Content::Announces if self.is_misquoted(token, next) => {
                self.spans.push(Span { start: token.start, end: self.text.len(), instead: LITERAL });
            }
            Content::Announces => self.armed = Armed::Statement,
            Content::Plain => {}
        }
    }

    /// Whether a literal that ends in `PASSWORD ` has something behind it that no text has there which is put
    /// together on purpose: then its closing quote was meant to open the password.
    fn is_misquoted(&self, token: Token, next: Option<Token>) -> bool {
        let dangles = token.of(self.text).iter().rev().nth(1).is_some_and(u8::is_ascii_whitespace);
        let commented = self.comment == Some(token.end);
        let follows = next.is_some_and(|next| match next.kind {
            Kind::Operator => next.of(self.text) != b"||",
            Kind::Punctuation => !matches!(next.of(self.text), b"," | b")" | b"::"),
            _ => true,
        });
        dangles && (commented || follows)
    }

    /// A dollar quote is code, which is walked like the text around it, or data.
    fn dollar(&mut self, token: Token, next: Option<Token>) {
        let spelled = token.of(self.text);
        let delimiter = memchr::memchr(b'$', spelled.get(1..).unwrap_or_default()).map_or(0, |at| at + 2);
        let end = spelled.len().saturating_sub(delimiter);
        let body = spelled.get(delimiter..end).unwrap_or_default();
        let first = Lexer::new(body).find(|token| !token.kind.is_comment());
        let code = first.is_some_and(|first| one_of(first.of(body), CODE) || first.of(body) == b"<<");
        let within = if code { secrets(body, self.nesting + 1) } else { None };
        match within {
            Some(spans) => {
                let at = token.start + delimiter;
                let moved = spans.into_iter().map(|s| Span { start: s.start + at, end: s.end + at, ..s });
                self.spans.extend(moved);
            }
            None if code && super::suspect(body).is_none() => {}
            None if code => self.hide(token, next),
            None => match shape::content(body) {
                Content::Secret => self.hide(token, next),
                Content::Announces => self.armed = Armed::Statement,
                Content::Plain => {}
            },
        }
    }

    fn comment(&mut self, token: Token) {
        self.opaque.push((token.start, token.end));
        if shape::content(token.of(self.text)) == Content::Secret {
            let instead: &[u8] =
                if token.kind == Kind::LineComment { b"--[redacted]" } else { b"/*[redacted]*/" };
            self.spans.push(Span { start: token.start, end: token.end, instead });
        }
    }

    fn punctuation(&mut self, token: Token) {
        match token.of(self.text) {
            b"(" => {
                self.depth += 1;
                let open = Columns { depth: self.depth, index: 0, secret: 0, names_only: true };
                if let (Some(secret), None) = (self.columns, &self.row) {
                    self.row = Some(Columns { secret, ..open });
                }
                self.names = Some(open);
            }
            b")" => self.close(),
            b"," => self.comma(),
            b";" => {
                self.depth = 0;
                self.armed = Armed::No;
                self.lead.clear();
                (self.names, self.columns, self.row, self.options) = (None, None, None, None);
            }
            b"." => {
                if matches!(self.armed, Armed::Value { .. }) {
                    self.armed = Armed::No;
                }
            }
            _ => self.mark_impure(),
        }
    }

    fn close(&mut self) {
        let closing = self.depth;
        self.depth = self.depth.saturating_sub(1);
        match &mut self.armed {
            Armed::Value { depth, .. } => *depth = (*depth).min(self.depth),
            Armed::Argument { depth } if self.depth <= *depth => self.armed = Armed::No,
            _ => {}
        }
        match self.row {
            Some(row) if row.depth == closing => self.row = None,
            Some(_) => {}
            None => self.columns = None,
        }
        if self.options.is_some_and(|(_, depth, _)| depth == closing) {
            self.options = None;
        }
        if let Some(names) = self.names.take()
            && names.depth == closing
            && names.names_only
            && names.secret != 0
        {
            self.columns = Some(names.secret);
            if names.index > 0 && matches!(self.armed, Armed::Value { .. }) {
                self.armed = Armed::No;
            }
        }
    }

    fn comma(&mut self) {
        for list in [&mut self.names, &mut self.row].into_iter().flatten() {
            if list.depth == self.depth {
                list.index += 1;
            }
        }
        if let Armed::Value { depth, comma, .. } = &mut self.armed
            && self.depth <= *depth
        {
            if *comma { *comma = false } else { self.armed = Armed::No }
        }
        if let Some((_, depth, plain)) = &mut self.options
            && *depth == self.depth
        {
            *plain = false;
        }
    }

    /// A value was there: what follows is one only if it is written like one.
    fn satisfy(&mut self) {
        if let Armed::Value { number, word, .. } = &mut self.armed {
            (*number, *word) = (false, false);
        }
    }

    fn mark_impure(&mut self) {
        if let Some(names) = &mut self.names {
            names.names_only = false;
        }
    }

    /// Replaces a token. Something that sticks to it means that the quotes are not where the writer thought:
    /// then nothing behind it can be trusted.
    fn hide(&mut self, token: Token, next: Option<Token>) {
        let sticks = next.is_some_and(|next| {
            let kind = matches!(next.kind, Kind::Word | Kind::Number | Kind::QuotedName | Kind::Other);
            next.start == token.end && (kind || next.kind.is_string())
        });
        let sticks = sticks || self.comment == Some(token.end);
        let end = if sticks { self.text.len() } else { token.end };
        self.spans.push(Span { start: token.start, end, instead: LITERAL });
    }

    /// Keys and tokens that stand bare in the text.
    fn outside(&mut self) {
        self.opaque.sort_unstable();
        let mut opaque = self.opaque.iter().peekable();
        let mut covered = 0;
        for hit in hits(self.text) {
            while opaque.next_if(|(_, end)| *end <= hit.start).is_some() {}
            let within = opaque.peek().is_some_and(|(start, _)| *start <= hit.start);
            if hit.start < covered || within && hit.sign != Sign::PrivateKey {
                continue;
            }
            if let Some((start, end)) = shape::reveals(self.text, hit) {
                covered = end;
                if !within || self.in_line_comment(start) {
                    self.spans.push(Span { start, end, instead: LITERAL });
                }
            }
        }
    }

    /// A PEM block outside of quotes begins with what the lexer takes for a comment.
    fn in_line_comment(&self, start: usize) -> bool {
        let begins = self.opaque.binary_search_by_key(&start, |&(from, _)| from).is_ok();
        begins && self.text.get(start..start + 2) == Some(b"--")
    }
}

fn links(word: &[u8], calls: bool) -> bool {
    one_of(word, LINKS) || calls && !one_of(word, ENDS)
}
