//! How COPY … TO STDOUT writes its rows, as its options say. Whether the options fit each other is the server's to
//! say: what it refuses sends no row.

use std::borrow::Cow;

use model::facts::Output;

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
    /// These, by their places among what is copied.
    Columns(Box<[usize]>),
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

    /// `outputs` is what is copied, as far as it is known.
    pub(super) fn of(statement: &nodes::CopyStmt, outputs: Option<&[Output]>) -> Self {
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
            let name = option.defname().unwrap_or_default();
            let mut word = || {
                let word = word(option.arg());
                // The server reads every value in some way: what it reads it as decides where cells end.
                out.unsure |= word.is_none();
                word
            };
            match name {
                "format" => match word().as_deref() {
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
                "force_quote" => out.force_quote = forced(option.arg(), outputs),
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
        // The server takes the end of a line for a quote; a cell that is NULL looks like one that is quoted then.
        out.unsure |= [&out.quote, &out.escape].iter().any(|mark| matches!(&***mark, "\n" | "\r"));
        out
    }
}

/// An option's value as the server reads it (`defGetString`). `None`: nobody can tell.
fn word(node: Node<'_>) -> Option<Cow<'_, str>> {
    let text = match node {
        Node::TypeName(name) => name.names().iter().next_back()?.sval()?,
        Node::String(text) => text.sval()?,
        Node::A_Star(_) => "*",
        Node::Integer(number) => return Some(number.ival.to_string().into()),
        Node::Float(number) => number.fval()?,
        // Names of a list are read as one with dots.
        Node::NodeList(list) => {
            let names: Option<Vec<&str>> = list.iter().map(Node::as_str).collect();
            return Some(names?.join(".").into());
        }
        _ => return None,
    };
    Some(text.into())
}

/// The columns that are quoted always. Of several with one name the server means the first; who is not found may be any.
fn forced(node: Node<'_>, outputs: Option<&[Output]>) -> ForceQuote {
    let (Node::NodeList(list), Some(outputs)) = (node, outputs) else { return ForceQuote::All };
    let place = |name: Node<'_>| {
        let name = name.as_str()?;
        outputs.iter().position(|output| &*output.name == name)
    };
    list.iter().map(place).collect::<Option<_>>().map_or(ForceQuote::All, ForceQuote::Columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::View;
    use crate::catalogue::builtin;

    fn copy(options: &str) -> CopyOut {
        let text = format!("COPY (SELECT 1 AS a, 2 AS b, 3 AS a) TO STDOUT ({options})");
        let analysis = crate::analyze(text.as_bytes(), &builtin(18), &View::default());
        analysis.statements[0].copy.clone().expect(options)
    }

    #[test]
    fn values_of_options_are_read_as_the_server_reads_them() {
        for (options, delimiter, null) in [
            ("FORMAT csv", ",", ""),
            ("FORMAT csv, DELIMITER 5, NULL -7", "5", "-7"),
            ("FORMAT (csv), DELIMITER *, NULL 1.50", "*", "1.50"),
            ("FORMAT csv, DELIMITER (x), NULL (a, \"B\")", "x", "a.B"),
            ("FORMAT csv, DELIMITER x, NULL int", "x", "int"),
            ("DELIMITER '|', NULL true", "|", "true"),
        ] {
            let copy = copy(options);
            assert_eq!((&*copy.delimiter, &*copy.null, copy.unread()), (delimiter, null, None), "{options}");
        }
        assert_eq!(copy("ENCODING (latin1)").unread(), Some(Unread::Encoding("latin1".into())));
        for options in
            ["FORMAT csv, NULL", "FORMAT csv, QUOTE E'\\n'", "FORMAT csv, ESCAPE E'\\r'", "DELIMITER"]
        {
            assert_eq!(copy(options).unread(), Some(Unread::Option), "{options}");
        }
    }

    #[test]
    fn columns_that_are_always_quoted_are_known_by_their_places() {
        let forced = |options: &str| copy(&format!("FORMAT csv, FORCE_QUOTE {options}")).force_quote;
        assert_eq!(forced("*"), ForceQuote::All);
        assert_eq!(forced("(b, a)"), ForceQuote::Columns([1, 0].into()));
        assert_eq!(forced("(b, c)"), ForceQuote::All);
        assert_eq!(copy("FORMAT csv").force_quote, ForceQuote::None);
    }

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
