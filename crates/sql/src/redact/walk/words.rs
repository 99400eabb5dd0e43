//! The words that decide how far a name reaches, and what is code.

use crate::word::one_of;

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

/// Whether a name's value may still come behind `word`. `calls`: a parenthesis follows it.
pub(super) fn links(word: &[u8], calls: bool) -> bool {
    one_of(word, LINKS) || calls && !one_of(word, ENDS)
}

/// Whether a dollar quote whose first token is `first` holds code.
pub(super) fn begins_code(first: &[u8]) -> bool {
    one_of(first, CODE) || first == b"<<"
}
