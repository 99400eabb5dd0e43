//! Which names of its session a statement touches on the level of SQL: prepared statements, cursors, channels,
//! settings. The protocol's own statements and portals share these name spaces, so who keeps a session's state
//! needs to know. Read from the first words of a statement only; what functions do is not seen here.

use crate::word::{fold, name, one_of, pack, same};
use crate::{Kind, Lexer, Token};

/// A setting's value that is longer than this is not copied; none that matters to a session is.
const VALUE_BYTES_MAX: usize = 1024;

/// One statement's touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionTouch {
    /// Which statement of the text, counted from 0, empty ones left out.
    pub statement: u32,
    /// What it does.
    pub touch: Touch,
}

/// What a statement does to the names of its session. Names are as the server stores them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touch {
    /// `PREPARE name …` (`PREPARE TRANSACTION` is none).
    Prepare(String),
    /// `EXECUTE name`, also behind `EXPLAIN`.
    Execute(String),
    /// `DEALLOCATE name`; `None` is `ALL`.
    Deallocate(Option<String>),
    /// `DISCARD ALL`: everything below and all prepared statements, cursors, channels and settings.
    DiscardAll,
    /// `DISCARD PLANS`, `SEQUENCES`, `TEMP`: no name goes away that the protocol knows.
    Discard,
    /// `DECLARE name … CURSOR`.
    Declare {
        /// Its name.
        name: String,
        /// WITH HOLD: it outlives the transaction that makes it.
        hold: bool,
    },
    /// `CLOSE name`; `None` is `ALL`.
    Close(Option<String>),
    /// `FETCH … name` or `MOVE … name`.
    Fetch(String),
    /// `LISTEN name`.
    Listen(String),
    /// `UNLISTEN name`; `None` is `*`.
    Unlisten(Option<String>),
    /// `NOTIFY name`.
    Notify(String),
    /// `SET [SESSION | LOCAL] name …`, with `SET NAMES`, `TIME ZONE`, `SCHEMA`, `ROLE`, `SESSION AUTHORIZATION` and
    /// `XML OPTION` under the names of the settings that they stand for.
    Set {
        /// The setting.
        name: String,
        /// Its value, if it is one word, number or plain string of at most 1,024 bytes. May be a secret.
        value: Option<String>,
    },
    /// `RESET name`; `None` is `ALL`.
    Reset(Option<String>),
}

/// The words that begin a statement that touches the session.
const LEADS: [&str; 14] = [
    "prepare",
    "execute",
    "explain",
    "deallocate",
    "discard",
    "declare",
    "close",
    "fetch",
    "move",
    "listen",
    "unlisten",
    "notify",
    "set",
    "reset",
];
/// Their first eight bytes, since every statement is compared with them.
const PACKED: [u64; 14] = packed_leads();

/// The touch of the statement whose first token is `first`. Reads on only if that is one of the few words.
#[inline]
pub(crate) fn read(text: &[u8], first: Token) -> Option<Touch> {
    if first.kind != Kind::Word {
        return None;
    }
    let packed = fold(pack(first.of(text)));
    let lead = PACKED.iter().position(|&lead| lead == packed)?;
    touch(text, first, lead)
}

#[cold]
fn touch(text: &[u8], first: Token, lead: usize) -> Option<Touch> {
    let lead = LEADS.get(lead).filter(|word| same(first.of(text), word))?;
    Reader { text, tokens: Lexer::at(text, first.end), ahead: None }.touch(lead)
}

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, and no index is out of bounds")]
const fn packed_leads() -> [u64; LEADS.len()] {
    let mut packed = [0; LEADS.len()];
    let mut at = 0;
    while at < LEADS.len() {
        let word = LEADS[at].as_bytes();
        let mut byte = if word.len() < 8 { word.len() } else { 8 };
        while byte > 0 {
            byte -= 1;
            packed[at] = packed[at] << 8 | word[byte] as u64;
        }
        at += 1;
    }
    packed
}

struct Reader<'a> {
    text: &'a [u8],
    tokens: Lexer<'a>,
    ahead: Option<Token>,
}

impl<'a> Reader<'a> {
    fn touch(&mut self, lead: &str) -> Option<Touch> {
        match lead {
            "prepare" => self.prepare(),
            "execute" => self.name().map(Touch::Execute),
            "explain" => self.explain(),
            "deallocate" => self.deallocate().map(Touch::Deallocate),
            "discard" => Some(if self.peeks(&["all"]) { Touch::DiscardAll } else { Touch::Discard }),
            "declare" => self.declare(),
            "close" => self.name_or("all").map(Touch::Close),
            "fetch" | "move" => self.last_name().map(Touch::Fetch),
            "listen" => self.name().map(Touch::Listen),
            "unlisten" if self.peek().is_some_and(|t| t.of(self.text) == b"*") => Some(Touch::Unlisten(None)),
            "unlisten" => self.name().map(|channel| Touch::Unlisten(Some(channel))),
            "notify" => self.name().map(Touch::Notify),
            "reset" => self.reset(),
            _ => self.set(),
        }
    }

    fn prepare(&mut self) -> Option<Touch> {
        let name = self.name()?;
        let transaction = name == "transaction" && self.peek().is_some_and(|token| token.kind.is_string());
        (!transaction).then_some(Touch::Prepare(name))
    }

    /// What stands between the name and FOR are options.
    fn declare(&mut self) -> Option<Touch> {
        let name = self.name()?;
        let mut hold = false;
        while !self.peeks(&["for"]) {
            let token = self.next()?;
            hold |= token.of(self.text).eq_ignore_ascii_case(b"with") && self.peeks(&["hold"]);
        }
        Some(Touch::Declare { name, hold })
    }

    /// PREPARE is noise here, unless no name follows: then it is the name.
    fn deallocate(&mut self) -> Option<Option<String>> {
        if self.skips("prepare") && !self.peek().is_some_and(Self::is_name) {
            return Some(Some("prepare".to_owned()));
        }
        self.name_or("all")
    }

    fn explain(&mut self) -> Option<Touch> {
        if self.peek()?.of(self.text) == b"(" {
            while self.next()?.of(self.text) != b")" {}
        }
        while self.peeks(&["analyze", "analyse", "verbose"]) {
            self.next();
        }
        if !self.peeks(&["execute"]) {
            return None;
        }
        self.next();
        self.name().map(Touch::Execute)
    }

    /// FETCH and MOVE have the cursor's name as their last word, whatever direction is before it.
    fn last_name(&mut self) -> Option<String> {
        let mut last = None;
        while let Some(token) = self.next() {
            match token.of(self.text) {
                b";" => break,
                _ if Self::is_name(token) => last = Some(token),
                _ => {}
            }
        }
        name(self.text, last?, b'\\')
    }

    fn set(&mut self) -> Option<Touch> {
        let mut setting = self.dotted_name()?;
        // `SET SESSION AUTHORIZATION` and `SET SESSION CHARACTERISTICS` are words of their own.
        let own = ["authorization", "characteristics"];
        let scope = setting == "local" || setting == "session" && !self.peeks(&own);
        if scope && self.peek().is_some_and(Self::is_name) && !self.peeks(&["to"]) {
            setting = self.dotted_name()?;
        }
        if setting == "session" && self.peeks(&own) {
            setting = format!("session {}", self.name()?);
        }
        let stands_for = match &*setting {
            "transaction" | "constraints" | "session characteristics" | "catalog" => return None,
            "session authorization" => Some("session_authorization"),
            "role" => Some("role"),
            "names" => Some("client_encoding"),
            "schema" => Some("search_path"),
            "time" if self.skips("zone") => Some("timezone"),
            "xml" if self.skips("option") => Some("xmloption"),
            _ => None,
        };
        if self.peeks(&["to"]) || self.peek().is_some_and(|token| token.of(self.text) == b"=") {
            self.next();
        }
        let value = self.value();
        Some(Touch::Set { name: stands_for.map_or(setting, str::to_owned), value })
    }

    fn reset(&mut self) -> Option<Touch> {
        let setting = self.dotted_name()?;
        let setting = match &*setting {
            "all" => return Some(Touch::Reset(None)),
            "session" if self.peeks(&["authorization"]) => "session_authorization".to_owned(),
            "time" if self.peeks(&["zone"]) => "timezone".to_owned(),
            _ => setting,
        };
        Some(Touch::Reset(Some(setting)))
    }

    fn dotted_name(&mut self) -> Option<String> {
        let mut whole = self.name()?;
        while self.peek().is_some_and(|token| token.of(self.text) == b".") {
            self.next();
            whole.push('.');
            whole.push_str(&self.name()?);
        }
        Some(whole)
    }

    /// The value of a setting if it is one token and the statement ends behind it.
    fn value(&mut self) -> Option<String> {
        let token = self.next()?;
        let spelled = token.of(self.text);
        if spelled.len() > VALUE_BYTES_MAX {
            return None;
        }
        let value = match token.kind {
            Kind::Word if one_of(spelled, &["default"]) => return None,
            Kind::Number => spelled.to_vec(),
            Kind::String => crate::word::undouble(crate::word::inside(spelled, 1), b'\'').into_owned(),
            _ => name(self.text, token, b'\\')?.into_bytes(),
        };
        let ends = self.peek().is_none_or(|token| token.of(self.text) == b";");
        ends.then(|| String::from_utf8_lossy(&value).into_owned())
    }

    fn name(&mut self) -> Option<String> {
        let token = self.next()?;
        if !Self::is_name(token) {
            return None;
        }
        let escape = if token.kind == Kind::UnicodeName { self.escape() } else { b'\\' };
        name(self.text, token, escape)
    }

    /// `UESCAPE '!'` behind a `U&"…"`, read and taken; else the backslash.
    fn escape(&mut self) -> u8 {
        if !self.skips("uescape") {
            return b'\\';
        }
        self.next()
            .and_then(|token| crate::word::inside(token.of(self.text), 1).first().copied())
            .unwrap_or(b'\\')
    }

    /// A name, or `None` inside for the keyword that stands for all of them.
    fn name_or(&mut self, all: &str) -> Option<Option<String>> {
        if self.peeks(&[all]) {
            return Some(None);
        }
        self.name().map(Some)
    }

    fn is_name(token: Token) -> bool {
        matches!(token.kind, Kind::Word | Kind::QuotedName | Kind::UnicodeName)
    }

    fn skips(&mut self, word: &str) -> bool {
        let found = self.peeks(&[word]);
        if found {
            self.next();
        }
        found
    }

    fn peeks(&mut self, words: &[&str]) -> bool {
        self.peek().is_some_and(|token| token.kind == Kind::Word && one_of(token.of(self.text), words))
    }

    fn peek(&mut self) -> Option<Token> {
        if self.ahead.is_none() {
            self.ahead = self.tokens.find(|token| !token.kind.is_comment());
        }
        self.ahead
    }

    fn next(&mut self) -> Option<Token> {
        self.peek();
        self.ahead.take()
    }
}

#[cfg(test)]
mod tests;
