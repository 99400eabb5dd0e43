//! How COPY … TO STDOUT writes its rows, as its options say. Whether the options fit each other is the server's to
//! say: what it refuses sends no row.

use crate::parse::{Node, nodes};
use crate::startup::is_utf8;

/// How rows are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyOut {
    /// Lines of text, lines of CSV, or binary.
    pub format: CopyFormat,
    /// What stands between two fields: one byte. Not of binary.
    pub delimiter: Box<str>,
    /// What stands for NULL. Not of binary.
    pub null: Box<str>,
    /// CSV's quote: one byte.
    pub quote: Box<str>,
    /// What makes a quote in a quoted field: one byte.
    pub escape: Box<str>,
    /// Whether the first line has the columns' names.
    pub header: bool,
    /// The columns that CSV always quotes.
    pub force_quote: ForceQuote,
    /// The encoding, when it is not the session's: the gate reads UTF-8 alone.
    pub encoding: Option<Box<str>>,
    /// An option that is not known, or a value that could not be read: how the rows look is not known.
    pub unsure: bool,
}

/// What of a COPY's options keeps the gate from reading its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// This encoding, which is not UTF-8.
    Encoding(Box<str>),
    /// An option or value that is not known.
    Option,
}

/// The format of COPY.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyFormat {
    /// Lines of text.
    Text,
    /// Lines of CSV.
    Csv,
    /// Binary.
    Binary,
}

/// Which columns CSV always quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForceQuote {
    /// None.
    None,
    /// All.
    All,
    /// These, by name.
    Columns(Vec<Box<str>>),
}

impl CopyOut {
    /// What keeps the gate from reading rows that are written so; `None`: nothing.
    #[must_use]
    pub fn unread(&self) -> Option<Unread> {
        match &self.encoding {
            _ if self.unsure => Some(Unread::Option),
            Some(name) if !is_utf8(name) => Some(Unread::Encoding(name.clone())),
            _ => None,
        }
    }

    pub(super) fn of(statement: &nodes::CopyStmt) -> Self {
        let mut format = CopyFormat::Text;
        let (mut delimiter, mut null, mut quote, mut escape) = (None, None, None, None);
        let mut out = Self {
            format,
            delimiter: "\t".into(),
            null: "\\N".into(),
            quote: "\"".into(),
            escape: "\"".into(),
            header: false,
            force_quote: ForceQuote::None,
            encoding: None,
            unsure: false,
        };
        for option in statement.options() {
            let word = || word(option.arg());
            match option.defname().unwrap_or_default() {
                "format" => match word() {
                    Some("text") => format = CopyFormat::Text,
                    Some("csv") => format = CopyFormat::Csv,
                    Some("binary") => format = CopyFormat::Binary,
                    _ => out.unsure = true,
                },
                "delimiter" => delimiter = word(),
                "null" => null = word(),
                "quote" => quote = word(),
                "escape" => escape = word(),
                "encoding" => out.encoding = word().map(Into::into),
                "header" => match option.arg() {
                    // Of itself it means yes.
                    Node::None => out.header = true,
                    arg => match super::super::setting::truth(arg) {
                        Some(truth) => out.header = truth,
                        None => out.unsure = true,
                    },
                },
                "force_quote" => {
                    out.force_quote = match option.arg() {
                        Node::A_Star(_) => ForceQuote::All,
                        Node::NodeList(list) => ForceQuote::Columns(
                            list.iter().filter_map(Node::as_str).map(Into::into).collect(),
                        ),
                        _ => ForceQuote::All,
                    }
                }
                // They are about what is read.
                "freeze" | "force_not_null" | "force_null" | "on_error" | "log_verbosity"
                | "reject_limit" | "default" => {}
                _ => out.unsure = true,
            }
        }
        out.format = format;
        if format == CopyFormat::Csv {
            out.delimiter = ",".into();
            out.null = "".into();
        }
        for (given, kept) in [(delimiter, &mut out.delimiter), (null, &mut out.null), (quote, &mut out.quote)]
        {
            if let Some(given) = given {
                *kept = given.into();
            }
        }
        out.escape = escape.map_or_else(|| out.quote.clone(), Into::into);
        out
    }
}

/// An option's value as a word.
fn word(node: Node<'_>) -> Option<&str> {
    match node {
        Node::TypeName(name) => name.names().iter().next_back().and_then(|name| name.sval()),
        other => other.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::View;
    use crate::catalogue::builtin;

    #[test]
    fn only_rows_in_utf_8_by_known_options_are_read() {
        let unread = |options: &str| {
            let text = format!("COPY (SELECT 1) TO STDOUT ({options})");
            let analysis = crate::analyze(text.as_bytes(), &builtin(18), &View::default());
            analysis.statements[0].copy.as_ref().expect(options).unread()
        };
        for options in ["FORMAT csv", "ENCODING 'UTF8'", "ENCODING 'utf-8', HEADER", "ENCODING 'Unicode'"] {
            assert_eq!(unread(options), None, "{options}");
        }
        for name in ["LATIN1", "SQL_ASCII", "GBK", "UTF-16", "utf8mb"] {
            let options = format!("FORMAT binary, ENCODING '{name}'");
            assert_eq!(unread(&options), Some(Unread::Encoding(name.into())));
        }
        assert_eq!(unread("FORMAT parquet"), Some(Unread::Option));
        assert_eq!(unread("fast"), Some(Unread::Option));
    }
}
