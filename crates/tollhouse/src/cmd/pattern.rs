//! Patterns of names on the command line: `destructive/*`.

/// Whether `text` is what `pattern` means: `*` stands for anything, also for nothing.
pub(crate) fn glob(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(rest) = pieces.next().and_then(|head| text.strip_prefix(head)) else { return false };
    let Some(tail) = pieces.next_back() else { return rest.is_empty() };
    let Some(mut rest) = rest.strip_suffix(tail) else { return false };
    pieces.all(|piece| match rest.split_once(piece) {
        Some((_, behind)) => {
            rest = behind;
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_means_what_it_says() {
        for (pattern, text, fits) in [
            ("a/b", "a/b", true),
            ("a/b", "a/bc", false),
            ("a/*", "a/b", true),
            ("*", "", true),
            ("*drop*", "destructive/drop-table", true),
            ("d*/*-table", "destructive/drop-table", true),
            ("*b*b", "ab", false),
            ("ab*ba", "aba", false),
        ] {
            assert_eq!(glob(pattern, text), fits, "{pattern} {text}");
        }
    }
}
