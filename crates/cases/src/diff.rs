//! The difference of two texts by lines: what is the same at both ends is cut to a little context.

/// Lines of context around what differs.
const CONTEXT: usize = 3;

/// `-` lines were expected, `+` lines were given.
pub(crate) fn lines(expected: &str, given: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), given.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let mut out = Vec::new();
    let mut add =
        |mark: char, lines: &[&str]| out.extend(lines.iter().map(|line| format!("  {mark} {line}")));
    add(' ', old.get(head.saturating_sub(CONTEXT)..head).unwrap_or_default());
    add('-', old.get(head..old.len() - tail).unwrap_or_default());
    add('+', new.get(head..new.len() - tail).unwrap_or_default());
    add(' ', old.get(old.len() - tail..(old.len() - tail + CONTEXT).min(old.len())).unwrap_or_default());
    out.join("\n")
}
