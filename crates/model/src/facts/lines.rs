//! Facts as lines: for the ledger, for people, and for whoever searches either. Deterministic: equal facts are equal
//! lines. Never holds a value of the statement; names stand as SQL would need them, without control characters.

use std::fmt::Write as _;

use super::{Columns, Derivation, Facts, Object, ObjectKind, Output, Verb};

/// About how long a line may become before it goes on in another one that begins alike: well below what the ledger
/// holds of a line, so that no column is cut off.
const LINE_BYTES: usize = 800;

impl Facts {
    /// What was found out, one line each; `docs/reference/ledger.md` lists their forms.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::with_capacity(8);
        let said = |verb: &Verb| verb.as_str().eq_ignore_ascii_case(self.command);
        if !self.command.is_empty() && !self.verbs.iter().any(said) && self.verbs != [Verb::Opaque] {
            lines.push(format!("command {}", self.command));
        }
        for access in &self.accesses {
            let mut first = format!("{} {}", access.verb.as_str(), object(&access.object));
            if access.unbounded {
                first.push_str(" unbounded");
            }
            if let Some(rows) = access.rows {
                let _ = write!(first, " rows({rows})");
            }
            columns(&first, &access.columns, &mut lines);
        }
        for verb in &self.verbs {
            let told = self.accesses.iter().any(|access| access.verb == *verb)
                || (*verb == Verb::Call && !self.calls.is_empty())
                || (*verb == Verb::Opaque && !self.opaque.is_empty());
            if !told {
                lines.push(verb.as_str().to_owned());
            }
        }
        lines.extend(self.calls.iter().map(|call| format!("call {}", name(call))));
        for risk in &self.risks {
            let about =
                if risk.about.is_empty() { String::new() } else { format!(" {}", plain(&risk.about)) };
            lines.push(format!("risk {}{about}", risk.kind.as_str()));
        }
        lines.extend(self.opaque.iter().map(|why| format!("opaque {}: {}", why.kind, plain(&why.reason))));
        if let Some(all) = &self.outputs {
            outputs(all, &mut lines);
        }
        lines.extend(self.limit.map(|limit| format!("limit {limit}")));
        if self.parameters > 0 {
            lines.push(format!("parameters {}", self.parameters));
        }
        lines
    }
}

/// An object with its kind, unless it is a table.
fn object(object: &Object) -> String {
    match object.kind {
        ObjectKind::Table => name(object),
        kind => format!("{} {}", kind.as_str(), name(object)),
    }
}

fn name(object: &Object) -> String {
    let own = match object.name.split_once('(') {
        Some((own, arguments)) if object.kind == ObjectKind::Function => {
            format!("{}({}", identifier(own), plain(arguments))
        }
        _ => identifier(&object.name),
    };
    if object.schema.is_empty() { own } else { format!("{}.{own}", identifier(&object.schema)) }
}

/// Says which columns are used how, behind `first`; in several lines where there are many.
fn columns(first: &str, columns: &Columns, lines: &mut Vec<String>) {
    let mut line = first.to_owned();
    for (word, names) in
        [("read", &columns.read), ("written", &columns.written), ("where", &columns.predicate)]
    {
        let mut open = false;
        for column in names {
            let column = identifier(column);
            if line.len() + column.len() > LINE_BYTES && line.len() > first.len() {
                if open {
                    line.push(')');
                }
                lines.push(std::mem::replace(&mut line, first.to_owned()));
                open = false;
            }
            let _ = if open { write!(line, ", {column}") } else { write!(line, " {word}({column}") };
            open = true;
        }
        if open {
            line.push(')');
        }
    }
    lines.push(line);
}

/// Says where each column of the result comes from; in several lines where there are many.
fn outputs(outputs: &[Output], lines: &mut Vec<String>) {
    let mut line = String::from("returns");
    for output in outputs {
        let mut text = format!("{}<-", identifier(&output.name));
        for (at, used) in output.uses.iter().enumerate() {
            let how = match used.derivation {
                Derivation::Copy => "copy",
                Derivation::Extended => "extended",
                Derivation::Derived => "derived",
            };
            let comma = if at > 0 { ", " } else { "" };
            let _ = write!(text, "{comma}{}.{} {how}", plain(&used.column.of), identifier(&used.column.name));
        }
        if output.opaque {
            text.push('?');
        }
        if line.len() + text.len() > LINE_BYTES && line != "returns" {
            lines.push(std::mem::replace(&mut line, String::from("returns")));
        }
        let _ = if line == "returns" { write!(line, " {text}") } else { write!(line, "; {text}") };
    }
    lines.push(line);
}

/// A name as SQL needs it: in quotes unless it is small letters, digits, `_` and `$`.
fn identifier(name: &str) -> String {
    let small = |c: char| c == '_' || (c.is_alphanumeric() && !c.is_uppercase());
    let plainly = name.starts_with(|c: char| small(c) && !c.is_ascii_digit())
        && name.chars().all(|c| small(c) || c == '$');
    if plainly { name.to_owned() } else { format!("\"{}\"", plain(&name.replace('"', "\"\""))) }
}

/// A text without control characters, so that it stays one line.
fn plain(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.to_owned();
    }
    text.chars()
        .flat_map(|c| if c.is_control() { c.escape_default().collect::<Vec<_>>() } else { vec![c] })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::facts::{Access, ColumnId, Opaque, Risk, RiskKind, Use};

    fn table(schema: &str, name: &str, kind: ObjectKind) -> Object {
        Object { kind, schema: schema.into(), name: name.into(), oid: 1 }
    }

    fn names(names: &[&str]) -> Vec<Arc<str>> {
        names.iter().map(|name| Arc::from(*name)).collect()
    }

    fn output(name: &str, column: &str, derivation: Derivation) -> Output {
        let column = ColumnId { relation: 1, number: 1, of: "public.customers".into(), name: column.into() };
        Output { name: name.into(), uses: vec![Use { column, derivation }], opaque: false, whole_row: false }
    }

    #[test]
    fn a_select_says_what_it_reads_and_returns() {
        let facts = Facts {
            command: "SELECT",
            verbs: vec![Verb::Select, Verb::Lock],
            accesses: vec![Access {
                verb: Verb::Select,
                object: table("public", "customers", ObjectKind::Table),
                columns: Columns {
                    read: names(&["email", "id"]),
                    written: vec![],
                    predicate: names(&["ssn"]),
                    ..Columns::default()
                },
                unbounded: false,
                rows: Some(200),
            }],
            outputs: Some(
                [
                    output("email", "email", Derivation::Copy),
                    output("U", "email", Derivation::Derived),
                    Output { name: "n".into(), uses: vec![], opaque: true, whole_row: false },
                ]
                .into(),
            ),
            calls: vec![table("public", "F(integer, \"T\")", ObjectKind::Function)],
            risks: vec![Risk { kind: RiskKind::NoLimit, about: "public.customers".into() }],
            limit: Some(10),
            parameters: 2,
            ..Facts::default()
        };
        assert_eq!(
            facts.lines(),
            [
                "select public.customers rows(200) read(email, id) where(ssn)",
                "lock",
                "call public.\"F\"(integer, \"T\")",
                "risk no_limit public.customers",
                "returns email<-public.customers.email copy; \"U\"<-public.customers.email derived; n<-?",
                "limit 10",
                "parameters 2",
            ]
        );
    }

    #[test]
    fn a_command_is_said_when_its_verb_does_not_say_it() {
        let facts = Facts {
            command: "DROP VIEW",
            verbs: vec![Verb::Drop],
            accesses: vec![Access {
                verb: Verb::Drop,
                object: table("", "a \"b\"\nrisk x", ObjectKind::View),
                columns: Columns::default(),
                unbounded: true,
                rows: None,
            }],
            ..Facts::default()
        };
        assert_eq!(facts.lines(), ["command DROP VIEW", r#"drop view "a ""b""\nrisk x" unbounded"#]);
        let opaque = Facts::opaque("syntax", "it does not\nparse");
        assert_eq!(opaque.lines(), [r"opaque syntax: it does not\nparse"]);
        let mixed =
            Facts { opaque: vec![Opaque { kind: "body", reason: "x".into(), missing: None }], ..facts };
        assert_eq!(mixed.lines().last().unwrap(), "opaque body: x");
        assert!(Facts::default().lines().is_empty());
    }

    #[test]
    fn many_columns_take_several_lines_and_none_is_lost() {
        let many: Vec<String> = (0..500).map(|n| format!("column_{n:03}")).collect();
        let columns: Vec<Arc<str>> = many.iter().map(|name| Arc::from(name.as_str())).collect();
        let facts = Facts {
            command: "SELECT",
            verbs: vec![Verb::Select],
            accesses: vec![Access {
                verb: Verb::Select,
                object: table("public", "wide", ObjectKind::Table),
                columns: Columns { read: columns.clone(), predicate: columns, ..Columns::default() },
                unbounded: false,
                rows: None,
            }],
            outputs: Some(many.iter().map(|name| output(name, name, Derivation::Copy)).collect()),
            ..Facts::default()
        };
        let lines = facts.lines();
        assert!(lines.iter().all(|line| line.len() < LINE_BYTES + 100));
        for name in &many {
            assert_eq!(
                lines.iter().map(|line| line.matches(name.as_str()).count()).sum::<usize>(),
                4,
                "{name}"
            );
        }
        for line in &lines {
            assert!(line.starts_with("select public.wide ") || line.starts_with("returns column"), "{line}");
            assert_eq!(line.matches('(').count(), line.matches(')').count(), "{line}");
        }
    }
}
