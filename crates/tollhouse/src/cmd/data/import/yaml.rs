//! A YAML file as a tree with places. What could make a small file large (aliases) or one text mean two things (a name
//! twice) is refused; tags are ignored. Never knows what the file is about.

use std::borrow::Cow;
use std::collections::HashSet;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::{At, Remark};
use crate::config::printable;

/// How deep lists and maps may lie in each other.
const DEPTH_MAX: usize = 64;

/// One node.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) at: At,
    pub(super) kind: Kind,
}

/// What it is.
#[derive(Debug)]
pub(super) enum Kind {
    Text(String),
    /// Nothing, or a plain `null`.
    Null,
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    /// What a map has under this name.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let Kind::Map(pairs) = &self.kind else { return None };
        pairs.iter().find(|(key, _)| key == name).map(|(_, node)| node)
    }

    /// The text under this name.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Self::as_text)
    }

    /// Its text.
    pub(super) fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The list under this name; nothing is an empty one.
    pub(super) fn list(&self, name: &str) -> &[Self] {
        match self.get(name).map(|node| &node.kind) {
            Some(Kind::List(nodes)) => nodes,
            _ => &[],
        }
    }
}

/// A list or map that has not come to its end.
struct Open {
    at: At,
    kind: Kind,
    /// The name of the value that comes next in a map, and all that came.
    name: Option<String>,
    names: HashSet<String>,
}

/// Reads the only document of a text.
///
/// # Errors
/// The first thing that is wrong: behind it nothing can be told for sure.
pub(super) fn read(text: &str) -> Result<Node, Remark> {
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| Remark {
            at: At { line: error.marker().line() as u64, column: error.marker().col() as u64 + 1 },
            what: format!("this is not YAML: {}", printable(error.info())),
        })?;
        let at = place(&span);
        let wrong = |what: &str| Err(Remark { at, what: what.to_owned() });
        let node = match event {
            Event::Alias(_) => {
                return wrong("aliases (`*name`) are not followed; write out what it stands for");
            }
            Event::Scalar(text, style, _, _) => Node { at, kind: scalar(text, style) },
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                if open.len() == DEPTH_MAX {
                    return wrong("this lies too deep");
                }
                let list = matches!(event, Event::SequenceStart(..));
                let kind = if list { Kind::List(Vec::new()) } else { Kind::Map(Vec::new()) };
                open.push(Open { at, kind, name: None, names: HashSet::new() });
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(done) => Node { at: done.at, kind: done.kind },
                None => return wrong("this is not YAML"),
            },
            Event::DocumentStart(_) if root.is_some() => {
                return wrong("the file holds several documents; part them");
            }
            _ => continue,
        };
        match open.last_mut() {
            Some(parent) => put(parent, node)?,
            None => root = Some(node),
        }
    }
    root.ok_or_else(|| Remark { at: At { line: 1, column: 1 }, what: "the file is empty".to_owned() })
}

fn put(parent: &mut Open, node: Node) -> Result<(), Remark> {
    match &mut parent.kind {
        Kind::List(nodes) => nodes.push(node),
        Kind::Map(pairs) => match parent.name.take() {
            Some(name) => pairs.push((name, node)),
            None => {
                let Kind::Text(name) = node.kind else {
                    return Err(Remark { at: node.at, what: "a name is a text".to_owned() });
                };
                if !parent.names.insert(name.clone()) {
                    let what = format!("`{}` is there twice", printable(&name));
                    return Err(Remark { at: node.at, what });
                }
                parent.name = Some(name);
            }
        },
        Kind::Text(_) | Kind::Null => {}
    }
    Ok(())
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> Kind {
    if style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL") {
        Kind::Null
    } else {
        Kind::Text(text.into_owned())
    }
}

fn place(span: &Span) -> At {
    At { line: span.start.line() as u64, column: span.start.col() as u64 + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> (u64, u64, String) {
        let remark = read(text).unwrap_err();
        (remark.at.line, remark.at.column, remark.what)
    }

    #[test]
    fn nodes_have_places() {
        let root = read("a: x\nb:\n  - c: 'null'\n    d: null\n  - [e, \"f\"]\n").unwrap();
        assert_eq!(root.text("a"), Some("x"));
        let [first, second] = root.list("b") else { panic!("{root:?}") };
        assert_eq!(
            (first.at, first.text("c"), first.text("d")),
            (At { line: 3, column: 5 }, Some("null"), None)
        );
        let Kind::List(inner) = &second.kind else { panic!("{second:?}") };
        assert_eq!(inner.iter().filter_map(Node::as_text).collect::<Vec<_>>(), ["e", "f"]);
        assert_eq!((root.list("a").len(), root.list("absent").len()), (0, 0));
    }

    #[test]
    fn json_is_read_as_well() {
        let root = read(r#"{"a": [{"b": "c"}], "d": true}"#).unwrap();
        assert_eq!((root.list("a")[0].text("b"), root.text("d")), (Some("c"), Some("true")));
    }

    #[test]
    fn what_grows_or_means_two_things_is_refused() {
        assert!(matches!(wrong("a: &x 1\nb: *x\n"), (2, 4, what) if what.starts_with("aliases")));
        assert!(matches!(wrong("a: 1\na: 2\n"), (2, 1, what) if what == "`a` is there twice"));
        assert!(matches!(wrong("a: 1\n---\nb: 2\n"), (2, _, what) if what.contains("several documents")));
        assert!(wrong(&"[".repeat(DEPTH_MAX + 1)).2.contains("too deep"));
        assert!(read(&"[".repeat(1_000_000)).is_err());
        assert!(wrong("[a, b]: c\n").2.contains("a name is a text"));
        assert!(wrong("a: [1, 2\nb: }").2.starts_with("this is not YAML"));
        assert_eq!(wrong("").2, "the file is empty");
    }
}
