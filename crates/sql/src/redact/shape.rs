//! Secrets that are known by their shape, wherever they stand, and secrets that a text announces inside of itself
//! (`password=…`). Each look is bounded, so that a hostile text costs no more than a multiple of its length.

use super::name;
use super::suspect::{Hit, Sign, hits};

/// How far around a word its name reaches.
const NAME_REACH: usize = 64;
/// How far behind `://` a password is looked for.
const ADDRESS_REACH: usize = 256;
/// How far before `PRIVATE KEY` its `-----BEGIN` may stand.
const PEM_REACH: usize = 32;
/// The shortest random part of a token.
const TOKEN_BYTES_MIN: usize = 16;

/// What the inside of a literal or a comment says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Nothing of note.
    Plain,
    /// It holds a secret.
    Secret,
    /// It ends in, or has a placeholder for, a secret that another literal of the statement may hold.
    Announces,
}

/// Looks into a literal or comment.
pub(super) fn content(bytes: &[u8]) -> Content {
    let last_quote = memchr::memrchr2(b'\'', b'$', bytes).unwrap_or(0);
    let mut found = Content::Plain;
    for hit in hits(bytes) {
        let says = match hit.sign {
            Sign::Name => announced(bytes, hit),
            Sign::Context if quotes(bytes, hit, last_quote) => Content::Secret,
            _ if reveals(bytes, hit).is_some() => Content::Secret,
            _ => Content::Plain,
        };
        match says {
            Content::Secret => return Content::Secret,
            Content::Announces => found = says,
            Content::Plain => {}
        }
    }
    found
}

/// The offsets of a secret that shows itself: a key, a token, the password in an address.
pub(super) fn reveals(text: &[u8], hit: Hit) -> Option<(usize, usize)> {
    match hit.sign {
        Sign::AwsKey => aws_key(text, hit),
        Sign::JsonWebToken => json_web_token(text, hit),
        Sign::Bearer => bearer(text, hit),
        Sign::Token => token(text, hit),
        Sign::Address => address(text, hit),
        Sign::PrivateKey => private_key(text, hit),
        Sign::Name | Sign::Context => None,
    }
}

/// Whether `bytes` could be an AWS secret access key: 40 characters of base64.
pub(super) fn is_aws_secret(bytes: &[u8]) -> bool {
    bytes.len() == 40 && bytes.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
}

fn aws_key(text: &[u8], hit: Hit) -> Option<(usize, usize)> {
    let end = hit.end + 16;
    let key = text.get(hit.start..end)?;
    let sound = key.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    (sound && !follows(text, hit.start, is_base64_url)).then_some((hit.start, end))
}

fn json_web_token(text: &[u8], hit: Hit) -> Option<(usize, usize)> {
    if text.get(hit.start..hit.end)? != b"eyJ" || follows(text, hit.start, is_base64_url) {
        return None;
    }
    let header = run(text, hit.end, is_base64_url);
    let payload = run(text, header + 1, is_base64_url);
    let sound = text.get(header) == Some(&b'.') && header - hit.end >= 8 && payload > header + 8;
    let end = if text.get(payload) == Some(&b'.') { run(text, payload + 1, is_base64_url) } else { payload };
    sound.then_some((hit.start, end))
}

fn bearer(text: &[u8], hit: Hit) -> Option<(usize, usize)> {
    let start = run(text, hit.end, |b| b.is_ascii_whitespace());
    if start == hit.end {
        return None;
    }
    let end = run(text, start, |b| is_base64_url(b) || b".~+/=".contains(&b));
    let value = text.get(start..end)?;
    let random = value.len() >= TOKEN_BYTES_MIN || value.len() >= 8 && value.iter().any(u8::is_ascii_digit);
    random.then_some((start, end))
}

/// `tollhouse_<id>_<secret>`, and the tokens of other issuers, which have no id.
fn token(text: &[u8], hit: Hit) -> Option<(usize, usize)> {
    if follows(text, hit.start, is_base64_url) {
        return None;
    }
    let end = run(text, hit.end, is_base64_url);
    let mut secret = text.get(hit.end..end)?;
    if text.get(hit.start..hit.end)?.eq_ignore_ascii_case(b"tollhouse_") {
        let id = memchr::memchr(b'_', secret)?;
        secret = secret.get(id + 1..)?;
    }
    // A table of ours has a name of small letters; a random text of this length has something else in it.
    let random = secret.iter().any(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    (random && secret.len() >= TOKEN_BYTES_MIN).then_some((hit.start, end))
}

/// `scheme://user:password@host`: what is between `://` and the last `@`.
fn address(text: &[u8], hit: Hit) -> Option<(usize, usize)> {
    let reach = text.len().min(hit.end + ADDRESS_REACH);
    let whole = text.get(hit.end..reach)?;
    let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'\'' | b'"' | b'<' | b'>');
    let length = whole.iter().position(ends).unwrap_or(whole.len());
    let authority = whole.get(..length)?;
    let at = memchr::memrchr(b'@', authority)?;
    let colon = memchr::memchr(b':', authority)?;
    (colon + 1 < at).then_some((hit.end, hit.end + at))
}

/// A PEM block, to its end marker or else to the end of the text.
fn private_key(text: &[u8], hit: Hit) -> Option<(usize, usize)> {
    let near = text.get(hit.start.saturating_sub(PEM_REACH)..hit.start)?;
    let begin = memchr::memmem::rfind(near, b"-----BEGIN")?;
    let start = hit.start - near.len() + begin;
    let rest = text.get(hit.end..)?;
    let end = memchr::memmem::find(rest, b"-----END").and_then(|marker| {
        let behind = rest.get(marker + 8..)?;
        Some(hit.end + marker + 8 + memchr::memmem::find(behind, b"-----")? + 5)
    });
    Some((start, end.unwrap_or(text.len())))
}

/// What follows a word for a secret: `password=x`, `"api_key": "x"`, `PASSWORD 'x'`, or a place for it.
fn announced(bytes: &[u8], hit: Hit) -> Content {
    let part = |b: u8| is_base64_url(b);
    let start = (hit.start.saturating_sub(NAME_REACH)..hit.start)
        .rev()
        .find(|&at| !bytes.get(at).copied().is_some_and(part))
        .map_or(hit.start.saturating_sub(NAME_REACH), |at| at + 1);
    let end = run(bytes.get(..bytes.len().min(hit.end + NAME_REACH)).unwrap_or_default(), hit.end, part);
    let name = bytes.get(start..end).unwrap_or_default();
    let spaced = bytes.get(hit.start..hit.end).is_some_and(|word| word.contains(&b' '));
    if !(spaced || name::is_secret(name) || name.eq_ignore_ascii_case(b"authorization")) {
        return Content::Plain;
    }
    let behind = bytes.get(end..).unwrap_or_default();
    let closes = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'\'' | b'"' | b'\\' | b']');
    let skipped = behind.iter().take(NAME_REACH).take_while(|b| closes(b)).count();
    match behind.get(skipped..).unwrap_or_default() {
        [b':', b':', ..] => Content::Plain,
        [b'=' | b':', value @ ..] => value_of(value),
        [b'i' | b'I', b's' | b'S', b':', value @ ..] if name::is_password(name) => value_of(value),
        value if !name::is_password(name) || skipped == 0 => {
            if value.is_empty() && skipped > 0 {
                Content::Announces
            } else {
                Content::Plain
            }
        }
        // `PASSWORD 'x'` has its quote among what was skipped; without one a word of prose follows.
        value => {
            let between = behind.get(..skipped).unwrap_or_default();
            let spaces = between.first().is_some_and(u8::is_ascii_whitespace);
            let quoted = between.iter().any(|b| matches!(b, b'\'' | b'"'))
                || matches!(value, [b'e' | b'E' | b'n' | b'N', b'\'', ..] | [b'u' | b'U', b'&', b'\'', ..]);
            let place = value.is_empty() || is_placeholder(value);
            match (spaces && place, spaces && (quoted || value.starts_with(b"$"))) {
                (true, _) => Content::Announces,
                (_, true) => Content::Secret,
                _ => Content::Plain,
            }
        }
    }
}

fn value_of(value: &[u8]) -> Content {
    let opens = |b: &u8| {
        b.is_ascii_whitespace() || matches!(b, b'=' | b'>' | b':' | b'\'' | b'"' | b'\\' | b'(' | b'[')
    };
    let skipped = value.iter().take(NAME_REACH).take_while(|b| opens(b)).count();
    match value.get(skipped..).unwrap_or_default() {
        [] => Content::Announces,
        value if is_placeholder(value) => Content::Announces,
        [b',' | b';' | b')' | b'}' | b'&' | b']', ..] => Content::Plain,
        _ => Content::Secret,
    }
}

/// `%L`, `%1$s`, `$1`, `?`: what a later literal or parameter fills in.
fn is_placeholder(value: &[u8]) -> bool {
    match value {
        [b'%', b'L' | b's' | b'I', ..] | [b'?', ..] => true,
        [b'%' | b'$', digit, ..] => digit.is_ascii_digit(),
        _ => false,
    }
}

/// A function that takes a key with a quote behind its parenthesis, or CONNECTION and a quote, in SQL inside of a
/// literal or a comment.
fn quotes(bytes: &[u8], hit: Hit, last_quote: usize) -> bool {
    let reach = bytes.get(..bytes.len().min(hit.end + NAME_REACH)).unwrap_or_default();
    let name_end = run(reach, hit.end, |b| b.is_ascii_alphanumeric() || b == b'_');
    let next = run(reach, name_end, |b| b.is_ascii_whitespace());
    let word = bytes.get(hit.start..hit.end).unwrap_or_default();
    match reach.get(next) {
        Some(b'(') => (name::takes_key(word) || word.eq_ignore_ascii_case(b"pgp_")) && last_quote > next,
        Some(b'\'') => word.eq_ignore_ascii_case(b"connection"),
        _ => false,
    }
}

fn is_base64_url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// The first offset from `at` on whose byte does not satisfy `of`.
fn run(text: &[u8], at: usize, of: impl Fn(u8) -> bool) -> usize {
    at + text.get(at..).unwrap_or_default().iter().take_while(|byte| of(**byte)).count()
}

/// Whether the byte before `at` satisfies `of`.
fn follows(text: &[u8], at: usize, of: impl Fn(u8) -> bool) -> bool {
    at.checked_sub(1).and_then(|before| text.get(before)).is_some_and(|byte| of(*byte))
}
