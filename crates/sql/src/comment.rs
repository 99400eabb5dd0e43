//! What the comments of a text assert about it: `/*key='value',key='value'*/` as sqlcommenter writes them
//! (<https://google.github.io/sqlcommenter/spec/>). Evidence about the client, never authority.

use crate::{Kind, Lexer};

/// The pairs read of one text. sqlcommenter writes fewer than ten; who writes more wants something else.
const PAIRS_MAX: usize = 32;
/// The bytes of a key or value, as written. A `traceparent` has 55, W3C allows 512 for a `tracestate`.
const BYTES_MAX: usize = 1024;

/// One `key='value'` of a comment, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// The key, such as `traceparent` or `purpose`.
    pub key: String,
    /// The value.
    pub value: String,
}

/// The assertions of all comments of `text`, in order; at most 32, and none longer than 1,024 bytes as written.
#[must_use]
pub fn asserted_comments(text: &[u8]) -> Vec<Assertion> {
    let mut found = Vec::new();
    for token in Lexer::new(text).filter(|token| token.kind == Kind::BlockComment) {
        collect(token.of(text), &mut found);
    }
    found
}

/// Adds what one block comment, its delimiters included, asserts. A comment that is not wholly of this form
/// asserts nothing.
pub(crate) fn collect(comment: &[u8], found: &mut Vec<Assertion>) {
    let content = comment.strip_prefix(b"/*").and_then(|rest| rest.strip_suffix(b"*/")).unwrap_or_default();
    if memchr::memmem::find(content, b"='").is_none() {
        return;
    }
    let before = found.len();
    let mut rest = content.trim_ascii();
    while let Some((assertion, behind)) = pair(rest) {
        if found.len() < PAIRS_MAX {
            found.extend(assertion);
        }
        rest = behind.trim_ascii_start();
        if rest.is_empty() {
            return;
        }
        match rest.strip_prefix(b",") {
            Some(next) => rest = next.trim_ascii_start(),
            None => break,
        }
    }
    found.truncate(before);
}

/// One pair and what is behind it. The pair is `None` when it is too long to be kept.
fn pair(text: &[u8]) -> Option<(Option<Assertion>, &[u8])> {
    let equals = memchr::memchr(b'=', text)?;
    let key = text.get(..equals)?.trim_ascii();
    let plain =
        !key.is_empty() && key.iter().all(|byte| byte.is_ascii_graphic() && !b"'\",*/".contains(byte));
    let value = text.get(equals + 1..)?.strip_prefix(b"'").filter(|_| plain)?;
    let mut end = 0;
    loop {
        end += memchr::memchr2(b'\'', b'\\', value.get(end..)?)?;
        if value.get(end) == Some(&b'\'') {
            break;
        }
        end += 2;
    }
    let (value, behind) = (value.get(..end)?, value.get(end + 1..)?);
    let kept = key.len() <= BYTES_MAX && value.len() <= BYTES_MAX;
    let assertion = kept.then(|| Assertion { key: decode(key), value: decode(value) });
    Some((assertion, behind))
}

/// Takes off the backslashes of meta characters and the percent encoding, in this order, as the specification
/// parses.
fn decode(encoded: &[u8]) -> String {
    let mut plain = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some((&first, behind)) = rest.split_first() {
        rest = behind;
        match (first, behind) {
            (b'\\', [escaped, further @ ..]) => {
                plain.push(*escaped);
                rest = further;
            }
            (b'%', [high, low, further @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16).unwrap_or(0) as u8;
                plain.push(digit(high) << 4 | digit(low));
                rest = further;
            }
            _ => plain.push(first),
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        asserted_comments(text.as_bytes()).into_iter().map(|pair| (pair.key, pair.value)).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn pairs_are_decoded() {
        let text = "select 1 /*action='%2Fparam*d',purpose='it\\'s%20mine', traceparent='00-ab-cd-01'*/";
        let expected = [("action", "/param*d"), ("purpose", "it's mine"), ("traceparent", "00-ab-cd-01")];
        assert_eq!(read(text), pairs(&expected));
    }

    #[test]
    fn other_comments_and_literals_assert_nothing() {
        for text in [
            "select 1 -- purpose='x'",
            "select '/*purpose=''x''*/'",
            "select $$/*purpose='x'*/$$",
            "/* purpose = 'x' */ select 1",
            "/*purpose='x' and more*/ select 1",
            "/*purpose='x*/ select 1",
            "/*='x'*/ select 1",
            "/*a='1',*/ select 1",
            "/*purpose='x'",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    #[test]
    fn numbers_and_lengths_are_bounded() {
        let many: Vec<String> = (0..100).map(|n| format!("k{n}='v'")).collect();
        assert_eq!(read(&format!("/*{}*/", many.join(","))).len(), PAIRS_MAX);
        let long = format!("/*a='{}',b='2'*/", "x".repeat(BYTES_MAX + 1));
        assert_eq!(read(&long), pairs(&[("b", "2")]));
    }
}
