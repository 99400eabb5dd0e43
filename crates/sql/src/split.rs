//! Where a statement ends: at a `;` outside of parentheses and outside of the body of a routine.
//!
//! More exact than psql, which counts every BEGIN, CASE and END: a body begins with `BEGIN ATOMIC` behind
//! `CREATE [OR REPLACE] FUNCTION | PROCEDURE`, and it ends with an `END` that stands where a statement would
//! begin, since the grammar closes every statement of a body with `;` and no statement there begins with `END`.

use crate::word::{one_of, same};
use crate::{Kind, Token};

/// Takes tokens one by one, comments left out.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Splitter {
    parentheses: usize,
    bodies: usize,
    lead: Lead,
}

/// What a token is to its statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The first of a statement.
    First,
    /// A later one.
    Within,
    /// The `;` behind a statement, or behind nothing.
    End,
}

/// How far the first words of a statement are those that create a routine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Lead {
    #[default]
    Start,
    Create,
    CreateOr,
    CreateOrReplace,
    /// It creates a routine.
    Routine,
    /// The last word was its BEGIN.
    Begin,
    /// It does not.
    Other,
}

impl Splitter {
    #[inline]
    pub(crate) fn place(&mut self, text: &[u8], token: Token) -> Place {
        let place = if self.lead == Lead::Start && self.bodies == 0 { Place::First } else { Place::Within };
        match token.kind {
            Kind::Word if self.lead != Lead::Other => self.word(token.of(text)),
            Kind::Punctuation => return self.punctuation(token.of(text), place),
            _ if self.lead != Lead::Routine => self.lead = Lead::Other,
            _ => {}
        }
        place
    }

    fn punctuation(&mut self, mark: &[u8], place: Place) -> Place {
        match mark {
            b";" if self.parentheses > 0 => return place,
            b";" => {
                self.lead = Lead::Start;
                return if self.bodies == 0 { Place::End } else { Place::Within };
            }
            b"(" => self.parentheses += 1,
            b")" => self.parentheses = self.parentheses.saturating_sub(1),
            _ => {}
        }
        self.lead =
            if matches!(self.lead, Lead::Routine | Lead::Begin) { Lead::Routine } else { Lead::Other };
        place
    }

    fn word(&mut self, word: &[u8]) {
        self.lead = match self.lead {
            Lead::Start if same(word, "create") => Lead::Create,
            Lead::Start if self.bodies > 0 && same(word, "end") => {
                self.bodies -= 1;
                Lead::Other
            }
            Lead::Create if same(word, "or") => Lead::CreateOr,
            Lead::CreateOr if same(word, "replace") => Lead::CreateOrReplace,
            Lead::Create | Lead::CreateOrReplace if one_of(word, &["function", "procedure"]) => Lead::Routine,
            Lead::Routine | Lead::Begin if self.parentheses == 0 && same(word, "begin") => Lead::Begin,
            Lead::Begin if same(word, "atomic") => {
                self.bodies += 1;
                Lead::Start
            }
            Lead::Routine | Lead::Begin => Lead::Routine,
            _ => Lead::Other,
        };
    }
}
