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
    /// A function that takes a key, or a statement that takes a connection string or options.
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

/// One bit for each rare byte that is looked for; no bit for all others.
const ANCHORS: [u16; 256] = neighbours(0);
/// The bits of the rare bytes that a byte may stand behind, next to them and one further on.
const BEHIND: [[u16; 256]; 2] = [neighbours(1), neighbours(2)];
/// The bits of the rare bytes that a byte may stand before, if nothing is asked of what is behind them.
const BEFORE: [[u16; 256]; 2] = [neighbours(-1), neighbours(-2)];

/// Where the signs of a rare byte begin.
const GROUPS: [u16; 256] = groups();

/// The first suspicion in `text`.
#[inline]
pub(crate) fn suspect(text: &[u8]) -> Option<Suspicion> {
    let hit = next(text)?;
    let reveals = !matches!(hit.sign, Sign::Name | Sign::Context);
    Some(Suspicion { start: hit.start, end: hit.end, reveals })
}

#[inline]
fn next(text: &[u8]) -> Option<Hit> {
    for (at, &byte) in text.iter().enumerate() {
        let anchor = entry(&ANCHORS, byte);
        if anchor != 0 && may(text, at, anchor) {
            let hit = hit(text, at, byte);
            if hit.is_some() {
                return hit;
            }
        }
    }
    None
}

/// All hits in `text`, in the order of their rare bytes.
pub(crate) fn hits(text: &[u8]) -> impl Iterator<Item = Hit> {
    text.iter().enumerate().filter_map(|(at, &byte)| {
        let anchor = entry(&ANCHORS, byte);
        if anchor != 0 && may(text, at, anchor) { hit(text, at, byte) } else { None }
    })
}

/// Whether the two neighbours of a rare byte on one side are among those that are looked for.
#[inline]
fn may(text: &[u8], at: usize, anchor: u16) -> bool {
    let byte = |at: usize| text.get(at).copied().unwrap_or(0);
    let [next, second] = &BEHIND;
    let [last, other] = &BEFORE;
    anchor & entry(next, byte(at + 1)) & entry(second, byte(at + 2)) != 0
        || anchor & entry(last, byte(at.wrapping_sub(1))) & entry(other, byte(at.wrapping_sub(2))) != 0
}

#[cold]
fn hit(text: &[u8], at: usize, byte: u8) -> Option<Hit> {
    let folded = byte.to_ascii_lowercase();
    let group = SIGNS.get(usize::from(entry(&GROUPS, folded))..).unwrap_or_default();
    group.iter().take_while(|sign| sign.0 == folded).find_map(|&(_, before, behind, sign)| {
        let start = at.checked_sub(before.len())?;
        let end = at + 1 + behind.len();
        let matches = text.get(at + 1..end)?.eq_ignore_ascii_case(behind.as_bytes())
            && text.get(start..at)?.eq_ignore_ascii_case(before.as_bytes());
        matches.then_some(Hit { sign, start, end })
    })
}

#[inline]
fn entry(table: &[u16; 256], byte: u8) -> u16 {
    #[expect(clippy::indexing_slicing, reason = "the table has an entry for each value of a byte")]
    table[byte as usize]
}

/// The bytes at `place` from the rare byte: 0 itself, 1 and 2 behind it, -1 and -2 before it.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, and no index is out of bounds")]
const fn neighbours(place: i8) -> [u16; 256] {
    let mut table = [0; 256];
    let mut bit = 0_u16;
    let mut at = 0;
    while at < SIGNS.len() {
        let (anchor, before, behind, _) = SIGNS[at];
        // The signs are grouped by their rare byte; each group has the next bit.
        if at == 0 || SIGNS[at - 1].0 != anchor {
            bit = if bit == 0 { 1 } else { bit << 1 };
            assert!(bit != 0, "more rare bytes than bits");
        }
        let byte = match (place, before.as_bytes(), behind.as_bytes()) {
            (0, _, _) => Some(anchor),
            (1, _, [next, _, ..]) | (2, _, [_, next, ..]) => Some(*next),
            (-1, [.., last], []) | (-2, [.., last, _], []) => Some(*last),
            _ => None,
        };
        if let Some(byte) = byte {
            table[byte.to_ascii_lowercase() as usize] |= bit;
            table[byte.to_ascii_uppercase() as usize] |= bit;
        }
        at += 1;
    }
    table
}

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, and no index is out of bounds")]
const fn groups() -> [u16; 256] {
    let mut table = [0; 256];
    let mut at = SIGNS.len();
    while at > 0 {
        at -= 1;
        table[SIGNS[at].0 as usize] = at as u16;
    }
    table
}
