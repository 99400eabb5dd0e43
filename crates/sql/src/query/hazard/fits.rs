//! Constants with which a function holds for every value that an expression may choose, NULL or not: the server does not look at
//! them where the value is NULL, so that one which never fits would tell whether it is. What is not known to fit does not.

use super::{is_length, is_literal, text};
use crate::parse::Node;
use crate::query::constant::whole_number;

const DATE: u32 = 1082;
const INTERVAL: u32 = 1186;
/// `timestamp`, `timestamptz`
const STAMPS: [u32; 2] = [1114, 1184];
/// `int2`, `int4`, `int8`, `numeric`, `float4`, `float8`
const NUMBERS: [u32; 6] = [21, 23, 20, 1700, 700, 701];

/// Whether a function holds with these other arguments, for whatever value of this type.
pub(super) fn fits(name: &str, arguments: &[Node<'_>], kind: u32) -> bool {
    let at = |place: usize| arguments.get(place).copied();
    let word = |place: usize| at(place).and_then(text).unwrap_or_default();
    let counts = |node: Node<'_>| whole_number(node).is_some_and(|number| (1..=10_000).contains(&number));
    let rest = |from: usize| arguments.iter().copied().skip(from);
    match name {
        // They are called for NULL as well.
        "lag" | "lead" | "nth_value" => true,
        "left" | "right" => rest(1).all(is_literal),
        "lpad" | "rpad" => at(1).is_some_and(is_length) && rest(2).all(is_literal),
        "split_part" => rest(1).all(is_literal) && at(2).is_some_and(counts),
        "overlay" => at(1).is_some_and(is_literal) && rest(2).all(counts),
        "substr" | "substring" => match arguments {
            [_, from] => whole_number(*from).is_some() || text(*from).is_some_and(is_pattern),
            [_, from, count] => is_literal(*from) && text(*from).is_none() && is_length(*count),
            _ => false,
        },
        _ if name.starts_with("regexp_") => {
            let flags = if matches!(name, "regexp_replace" | "regexp_matches") { "gi" } else { "i" };
            let given = usize::from(name == "regexp_replace") + 2;
            is_pattern_at(at(1))
                && (given == 2 || at(2).is_some_and(is_literal))
                && rest(given).all(|node| {
                    counts(node)
                        || text(node).is_some_and(|text| text.chars().all(|flag| flags.contains(flag)))
                })
        }
        "encode" => matches!(word(1), "hex" | "base64" | "escape"),
        "digest" | "hmac" => {
            let last = arguments.last().copied().and_then(text).unwrap_or_default();
            matches!(last, "md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512")
                && rest(1).all(is_literal)
        }
        "extract" | "date_part" => is_field(word(0), kind),
        "to_char" => match kind {
            DATE => true,
            kind if STAMPS.contains(&kind) => true,
            kind if NUMBERS.contains(&kind) => {
                let picture = word(1).trim_start_matches("FM");
                !picture.is_empty()
                    && picture.matches('.').count() <= 1
                    && picture.chars().all(|c| matches!(c, '0' | '9' | '.' | ','))
            }
            _ => false,
        },
        "to_tsvector" | "phraseto_tsquery" => arguments.len() == 1 || matches!(word(0), "simple" | "english"),
        _ => false,
    }
}

/// Whether every value of a type has this field.
fn is_field(field: &str, kind: u32) -> bool {
    let is_moment = kind == DATE || STAMPS.contains(&kind);
    let has_time = kind == INTERVAL || STAMPS.contains(&kind);
    match field {
        "year" | "month" | "day" | "quarter" | "decade" | "century" | "millennium" | "epoch" => {
            is_moment || kind == INTERVAL
        }
        "week" | "dow" | "doy" | "isodow" | "isoyear" => is_moment,
        "hour" | "minute" | "second" => has_time,
        _ => false,
    }
}

fn is_pattern_at(node: Option<Node<'_>>) -> bool {
    node.and_then(text).is_some_and(is_pattern)
}

/// Whether a text is a regular expression for sure, of the plain kind.
pub(super) fn is_pattern(text: &str) -> bool {
    const ESCAPED: &str = "dDwWsS.\\-/()[]{}*+?|^$@";
    let mut letters = text.chars().peekable();
    let mut open = 0_usize;
    let mut before = Before::Nothing;
    while let Some(letter) = letters.next() {
        before = match letter {
            '^' | '$' => Before::Whole,
            '|' if before != Before::Nothing => Before::Nothing,
            '\\' => match letters.next() {
                Some(escaped) if ESCAPED.contains(escaped) => Before::One,
                _ => return false,
            },
            '[' if is_class(&mut letters) => Before::One,
            '(' => {
                if letters.peek() == Some(&'?') && (letters.next(), letters.next()).1 != Some(':') {
                    return false;
                }
                open += 1;
                Before::Nothing
            }
            ')' if open > 0 && before != Before::Nothing => {
                open -= 1;
                Before::One
            }
            '*' | '+' | '?' if before == Before::One => {
                if letters.peek() == Some(&'?') {
                    letters.next();
                }
                Before::Whole
            }
            '{' if before == Before::One && is_count(&mut letters) => Before::Whole,
            '|' | '[' | ')' | ']' | '{' | '}' | '*' | '+' | '?' => return false,
            _ => Before::One,
        };
    }
    open == 0 && (before != Before::Nothing || text.is_empty())
}

/// What stands before a letter of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The beginning, of the pattern, a group or a branch.
    Nothing,
    /// Something that can be repeated.
    One,
    /// Something that cannot.
    Whole,
}

/// Reads the rest of `{…}`: one number of two digits.
fn is_count(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    let mut digits = 0_u8;
    loop {
        match letters.next() {
            Some('}') => return digits > 0,
            Some(digit) if digit.is_ascii_digit() && digits < 2 => digits += 1,
            _ => return false,
        }
    }
}

/// Reads the rest of `[…]`: letters, digits and signs one by one, and the three ranges that everybody writes.
fn is_class(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    if letters.peek() == Some(&'^') {
        letters.next();
    }
    let mut any = false;
    loop {
        match letters.next() {
            Some(']') => return any,
            Some('\\') => match letters.next() {
                Some('d' | 's' | 'w' | '.' | '-' | '\\' | ']' | '[') => {}
                _ => return false,
            },
            Some('[' | '-') | None => return false,
            Some(first) => {
                if letters.peek() == Some(&'-') {
                    letters.next();
                    match (first, letters.next()) {
                        ('a', Some('z')) | ('A', Some('Z')) | ('0', Some('9')) => {}
                        _ => return false,
                    }
                }
            }
        }
        any = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_patterns_are_told_from_what_may_not_be_one() {
        for text in [
            "",
            "^1",
            "[^0-9]",
            r"\d{3}-\d+",
            r"^(\+49|0)[ /]?\d*?$",
            "(?:a|b)+",
            "[a-zA-Z0-9_.]+@",
            r"\s+$",
            "a.c, d",
            r"[\d\s]",
        ] {
            assert!(is_pattern(text), "{text}");
        }
        for text in [
            "(",
            ")",
            "[",
            "[]",
            "a)",
            "(a",
            "*",
            "a**",
            "a{",
            "a{1000}",
            "a{2,1}",
            "[z-a]",
            "[[:nope:]]",
            "\\",
            r"\q",
            r"\1",
            "***:x",
            "(?=a)",
            "(?<x>a)",
            "a|*",
            "()",
            "x{}",
            "(*)",
            "^*",
        ] {
            assert!(!is_pattern(text), "{text}");
        }
    }
}
