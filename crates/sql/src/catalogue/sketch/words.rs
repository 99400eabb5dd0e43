//! Taking the lines of a sketch apart: entries, brackets, lists. Knows nothing of what they say.

/// The entries of a text with their first line's number.
pub(super) fn entries(text: &str) -> Vec<(String, usize)> {
    let mut all: Vec<(String, usize)> = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        if line.trim().is_empty() || line.starts_with("--") {
            continue;
        }
        match all.last_mut() {
            Some((last, _)) if line.starts_with([' ', '\t']) => {
                last.push('\n');
                last.push_str(line.trim());
            }
            _ => all.push((line.trim().to_owned(), number)),
        }
    }
    all
}

/// What stands in the brackets that a text begins with, and what follows.
pub(super) fn bracketed(text: &str) -> Option<(&str, &str)> {
    let end = depths(text).find(|(_, letter, depth)| *letter == ')' && *depth == 0)?.0;
    Some((text.get(1..end)?, text.get(end.saturating_add(1)..)?))
}

/// A list's items: commas inside of brackets and strings do not count.
pub(super) fn split(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut from = 0;
    for (at, letter, depth) in depths(text) {
        if letter == ',' && depth == 0 {
            all.extend(text.get(from..at));
            from = at.saturating_add(1);
        }
    }
    all.extend(text.get(from..));
    all.into_iter().map(str::trim).filter(|item| !item.is_empty()).collect()
}

/// Each letter outside of strings with the depth of brackets that it leaves behind.
fn depths(text: &str) -> impl Iterator<Item = (usize, char, usize)> {
    let (mut depth, mut quoted) = (0_usize, false);
    text.char_indices().filter_map(move |(at, letter)| {
        match letter {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth = depth.saturating_add(1),
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        (!quoted).then_some((at, letter, depth))
    })
}
