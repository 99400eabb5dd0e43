//! Lists: which columns are secret by their position, the options of foreign things, and the depth of parentheses.

use super::{Armed, Walk};
use crate::Token;
use crate::redact::options::is_plain;
use crate::word::{inside, one_of};

/// Columns whose position can be remembered; a secret further on counts as in the last.
const COLUMNS_MAX: u32 = 63;

/// Which columns of a list, by position, are secret.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    pub(super) depth: usize,
    index: u32,
    secret: u64,
    /// Nothing but names and commas was there.
    names_only: bool,
}

impl Columns {
    fn bit(&self) -> u64 {
        1 << self.index.min(COLUMNS_MAX)
    }

    /// The column in hand is a secret.
    pub(super) fn mark(&mut self) {
        self.secret |= self.bit();
    }

    /// Whether the column in hand is a secret.
    pub(super) fn is_secret(&self) -> bool {
        self.secret & self.bit() != 0
    }
}

impl Walk<'_> {
    pub(super) fn option_key(&mut self, word: &[u8]) {
        if let Some((owner, depth, plain)) = &mut self.options
            && *depth == self.depth
            && !one_of(word, &["add", "set", "drop"])
        {
            let word = if word.first() == Some(&b'"') { inside(word, 1) } else { word };
            *plain = is_plain(*owner, word);
        }
    }

    pub(super) fn punctuation(&mut self, token: Token) {
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

    pub(super) fn close(&mut self) {
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

    pub(super) fn comma(&mut self) {
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

    pub(super) fn mark_impure(&mut self) {
        if let Some(names) = &mut self.names {
            names.names_only = false;
        }
    }
}
