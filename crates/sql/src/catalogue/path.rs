//! A search path's text, as the server takes it apart.

use std::sync::Arc;

/// The schemas of a `search_path` value in order, unquoted and folded as the server folds them; `None` when the
/// server would refuse it. `$user` stays in place; an empty text is an empty path, as is a single `""`.
#[must_use]
pub fn split_path(text: &str) -> Option<Vec<Arc<str>>> {
    let mut all: Vec<Arc<str>> = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    if rest.is_empty() {
        return Some(all);
    }
    loop {
        let name;
        (name, rest) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_name(quoted)?,
            None => {
                let end = rest.find(|c: char| c == ',' || is_space(c)).unwrap_or(rest.len());
                let (name, rest) = rest.split_at_checked(end)?;
                // The server folds what is ASCII; what is not it folds only in single-byte encodings.
                if name.is_empty() {
                    return None;
                }
                (name.to_ascii_lowercase(), rest)
            }
        };
        all.push(cut(&name).into());
        rest = rest.trim_start_matches(is_space);
        if rest.is_empty() {
            // An entry without a name finds nothing; it is how an empty path is written.
            all.retain(|name| !name.is_empty());
            return Some(all);
        }
        rest = rest.strip_prefix(',')?.trim_start_matches(is_space);
    }
}

/// The name behind an opening quote, and what follows its closing one.
fn quoted_name(text: &str) -> Option<(String, &str)> {
    let mut name = String::new();
    let mut rest = text;
    loop {
        let (part, after) = rest.split_once('"')?;
        name.push_str(part);
        match after.strip_prefix('"') {
            Some(more) => {
                name.push('"');
                rest = more;
            }
            None => return Some((name, after)),
        }
    }
}

/// Names are cut to 63 bytes, at a character's boundary.
fn cut(name: &str) -> &str {
    let mut end = name.len().min(63);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.get(..end).unwrap_or(name)
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{b}')
}

#[cfg(test)]
mod tests {
    use super::split_path;

    fn split(text: &str) -> Option<Vec<String>> {
        split_path(text).map(|all| all.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_path_is_taken_apart_as_the_server_does() {
        let some = |names: &[&str]| Some(names.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(split(r#""$user", public"#), some(&["$user", "public"]));
        assert_eq!(split("$user,PUBLIC"), some(&["$user", "public"]));
        assert_eq!(split(r#" "A ""b""" ,Ünter "#), some(&["A \"b\"", "Ünter"]));
        assert_eq!(split(r#""""#), some(&[]));
        assert_eq!(split(""), some(&[]));
        assert_eq!(split("a,"), None);
        assert_eq!(split("a b"), None);
        assert_eq!(split(r#""a"#), None);
        assert_eq!(split(&"é".repeat(40)), some(&["é".repeat(31).as_str()]));
    }
}
