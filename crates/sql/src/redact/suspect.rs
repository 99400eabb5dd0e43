//! The cheap look that every text gets: is there anything in it that could belong to a secret? It looks for rare
//! letters first and at their neighbours only then. It knows no tokens, so nothing escapes it by being quoted,
//! commented out or misspelt.

use crate::scan::Suspicion;

/// What raised a suspicion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// A word for a secret, such as `password` or `api_key`: the secret is what follows it.
    Name,
    /// `://`: an address may hold a password.
    Address,
    /// `AKIA`: an AWS access key.
    AwsKey,
    /// `eyJ`: the base64 of `{"`, so a JSON web token.
    JsonWebToken,
    /// `bearer`.
    Bearer,
    /// `tollhouse_` or another issuer's prefix.
    Token,
    /// `PRIVATE KEY` of a PEM block.
    PrivateKey,
    /// The name of a function that takes a key, or of a statement that takes a connection string or options.
    Context,
}

/// A place that raised a suspicion.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) sign: Sign,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The words that are looked for: a byte that is rare in SQL, what stands before it and behind it (small
/// letters), and what they are a sign of.
const SIGNS: &[(u8, &str, &str, Sign)] = &[
    (b'p', "", "ass", Sign::Name),
    (b'p', "", "wd", Sign::Name),
    (b'p', "", "sw", Sign::Name),
    (b'p', "", "gp_", Sign::Context),
    (b'p', "wra", "per", Sign::Context),
    (b'p', "ma", "ping", Sign::Context),
    (b'k', "a", "ia", Sign::AwsKey),
    (b'k', "to", "en", Sign::Name),
    (b'k', "private ", "ey", Sign::PrivateKey),
    (b'k', "api ", "ey", Sign::Name),
    (b'k', "access ", "ey", Sign::Name),
    (b'k', "_", "ey", Sign::Name),
    (b'k', "-", "ey", Sign::Name),
    (b'k', "api", "ey", Sign::Name),
    (b'k', "access", "ey", Sign::Name),
    (b'k', "private", "ey", Sign::Name),
    (b'j', "ey", "", Sign::JsonWebToken),
    (b'b', "", "earer", Sign::Bearer),
    (b'b', "d", "link", Sign::Context),
    (b'c', "se", "ret", Sign::Name),
    (b'c', "", "redential", Sign::Name),
    (b'c', "", "rypt", Sign::Context),
    (b'c', "hma", "", Sign::Context),
    (b'c', "", "onnection", Sign::Context),
    (b'_', "tollhouse", "", Sign::Token),
    (b'_', "ghp", "", Sign::Token),
    (b'_', "gho", "", Sign::Token),
    (b'_', "ghs", "", Sign::Token),
    (b'_', "github_pat", "", Sign::Token),
    (b'_', "sk_live", "", Sign::Token),
    (b'v', "ser", "er", Sign::Context),
    (b'z', "authori", "ation", Sign::Name),
    (b':', "", "//", Sign::Address),
];

const ANCHORS: [bool; 256] = anchors();

/// The first suspicion in `text`.
#[inline]
pub(crate) fn suspect(text: &[u8]) -> Option<Suspicion> {
    next(text, 0).map(|hit| Suspicion { start: hit.start, end: hit.end })
}

/// The first hit whose rare byte is at `from` or later.
#[inline]
pub(crate) fn next(text: &[u8], from: usize) -> Option<Hit> {
    let rest = text.get(from..)?;
    for (offset, &byte) in rest.iter().enumerate() {
        if is_anchor(byte)
            && let Some(hit) = hit(text, from + offset, byte)
        {
            return Some(hit);
        }
    }
    None
}

/// All hits in `text`, in the order of their rare bytes.
pub(crate) fn hits(text: &[u8]) -> impl Iterator<Item = Hit> {
    let anchored = text.iter().enumerate().filter(|(_, byte)| is_anchor(**byte));
    anchored.filter_map(|(at, &byte)| hit(text, at, byte))
}

fn hit(text: &[u8], at: usize, byte: u8) -> Option<Hit> {
    let folded = byte.to_ascii_lowercase();
    SIGNS.iter().find_map(|&(anchor, before, behind, sign)| {
        if anchor != folded {
            return None;
        }
        let start = at.checked_sub(before.len())?;
        let end = at + 1 + behind.len();
        let matches = text.get(at + 1..end)?.eq_ignore_ascii_case(behind.as_bytes())
            && text.get(start..at)?.eq_ignore_ascii_case(before.as_bytes());
        matches.then_some(Hit { sign, start, end })
    })
}

#[inline]
fn is_anchor(byte: u8) -> bool {
    #[expect(clippy::indexing_slicing, reason = "the table has an entry for each value of a byte")]
    let anchor = ANCHORS[byte as usize];
    anchor
}

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, and no index is out of bounds")]
const fn anchors() -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < SIGNS.len() {
        let anchor = SIGNS[at].0;
        table[anchor.to_ascii_lowercase() as usize] = true;
        table[anchor.to_ascii_uppercase() as usize] = true;
        at += 1;
    }
    table
}
