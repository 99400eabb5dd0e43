//! PostgreSQL's text form of its own trees (`nodeToString`), as `debug_print_rewritten` logs it. Reads any version's: a
//! node is a name with named fields. It knows nothing of what the fields mean.

use std::fmt;

/// One value of a tree.
#[derive(Clone, PartialEq, Eq)]
pub enum Tree {
    /// `{VAR :varno 1 …}`: the name, and the fields in order. A field may have several values.
    Node(String, Vec<(String, Vec<Tree>)>),
    /// `(…)`; a list of numbers begins with `i`, `o` or `b`.
    List(Vec<Tree>),
    /// Anything else, unescaped; `<>` is [`Tree::Nothing`].
    Word(String),
    /// `<>`
    Nothing,
}

/// Trees deeper than this are not looked at.
const DEPTH_MAX: usize = 2_000;

impl Tree {
    /// Reads one value. `None` when the text is not one.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut tokens = tokens(text);
        tokens.reverse();
        let tree = value(&mut tokens, 0)?;
        tokens.is_empty().then_some(tree)
    }

    /// The node's name; empty for anything else.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Node(name, _) => name,
            _ => "",
        }
    }

    /// A field's first value; nothing where there is none.
    #[must_use]
    pub fn at(&self, field: &str) -> &Self {
        self.fields()
            .iter()
            .find(|(name, _)| name == field)
            .and_then(|(_, values)| values.first())
            .unwrap_or(&NOTHING)
    }

    /// A node's fields.
    #[must_use]
    pub fn fields(&self) -> &[(String, Vec<Self>)] {
        match self {
            Self::Node(_, fields) => fields,
            _ => &[],
        }
    }

    /// A list's items; none for anything else.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// A field that is a number; 0 where there is none.
    #[must_use]
    pub fn number(&self, field: &str) -> i64 {
        self.word(field).parse().unwrap_or(0)
    }

    /// A field that is a word; empty where there is none.
    #[must_use]
    pub fn word(&self, field: &str) -> &str {
        match self.at(field) {
            Self::Word(word) => word,
            _ => "",
        }
    }

    /// The numbers of a list such as `(i 1 2)` or `(o 16384)`.
    #[must_use]
    pub fn numbers(&self) -> Vec<i64> {
        self.items()
            .iter()
            .filter_map(|item| match item {
                Self::Word(word) => word.parse().ok(),
                _ => None,
            })
            .collect()
    }

    /// Whether it is `<>`.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::Nothing
    }
}

static NOTHING: Tree = Tree::Nothing;

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Node(name, _) => write!(f, "{{{name} …}}"),
            Self::List(items) => f.debug_list().entries(items).finish(),
            Self::Word(word) => f.write_str(word),
            Self::Nothing => f.write_str("<>"),
        }
    }
}

/// Cuts at white space and brackets that no backslash precedes.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut escaped = false;
    for letter in text.chars() {
        if escaped {
            word.push(letter);
            escaped = false;
            continue;
        }
        match letter {
            // The mark stays: an escaped `<>` or `(` is a word, whatever it looks like.
            '\\' => escaped = true,
            ' ' | '\n' | '\t' | '\r' | '(' | ')' | '{' | '}' => {
                if !word.is_empty() {
                    tokens.push(std::mem::take(&mut word));
                }
                if !letter.is_whitespace() {
                    tokens.push(letter.to_string());
                }
            }
            _ => word.push(letter),
        }
    }
    if !word.is_empty() {
        tokens.push(word);
    }
    tokens
}

fn value(tokens: &mut Vec<String>, depth: usize) -> Option<Tree> {
    if depth > DEPTH_MAX {
        return None;
    }
    let token = tokens.pop()?;
    match token.as_str() {
        "{" => {
            let name = tokens.pop()?;
            let mut fields: Vec<(String, Vec<Tree>)> = Vec::new();
            loop {
                let next = tokens.last()?;
                if next == "}" {
                    tokens.pop();
                    return Some(Tree::Node(name, fields));
                }
                if let Some(field) = next.strip_prefix(':') {
                    fields.push((field.to_owned(), Vec::new()));
                    tokens.pop();
                } else {
                    let value = value(tokens, depth + 1)?;
                    // A node whose fields have no names (such as a raw literal) has values only.
                    match fields.last_mut() {
                        Some((_, values)) => values.push(value),
                        None => fields.push((String::new(), vec![value])),
                    }
                }
            }
        }
        "(" => {
            let mut items = Vec::new();
            loop {
                if tokens.last()? == ")" {
                    tokens.pop();
                    return Some(Tree::List(items));
                }
                items.push(value(tokens, depth + 1)?);
            }
        }
        "<>" => Some(Tree::Nothing),
        ")" | "}" => None,
        _ => Some(Tree::Word(token)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_lists_and_words_are_told_apart() {
        let tree = Tree::read(
            "({VAR :varno 1 :alias <> :colnames (\"a\\ b\" \"c\") :constvalue 4 [ 1 0 ]} (i 1 -2))",
        );
        let tree = tree.expect("a tree");
        let [var, numbers] = tree.items() else { panic!("{tree:?}") };
        assert_eq!((var.name(), var.number("varno")), ("VAR", 1));
        assert!(var.at("alias").is_nothing());
        assert_eq!(var.at("colnames").items().len(), 2);
        assert_eq!(var.at("colnames").items().first(), Some(&Tree::Word("\"a b\"".into())));
        assert_eq!(numbers.numbers(), [1, -2]);
    }

    #[test]
    fn half_a_tree_is_none() {
        for text in ["", "(", "{VAR :varno 1", ")", "1 2", "{VAR} }"] {
            assert!(Tree::read(text).is_none(), "{text:?}");
        }
    }
}
