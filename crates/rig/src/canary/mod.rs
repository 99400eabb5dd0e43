//! Finds values that must not leave, in whatever a gate sent: plain, re-spelled, encoded, or cut over cells and rows.
//!
//! It only looks. It knows no protocol: whoever read the messages hands over their bytes and the cells of each result.

mod form;

use std::collections::BTreeSet;

use form::{Form, plain_digits};

/// A value that must not be seen.
pub struct Canary {
    name: &'static str,
    forms: Vec<Form>,
}

/// What was sent to one client.
#[derive(Default)]
pub struct Heard {
    /// The messages as they came, one behind the other.
    pub bytes: Vec<u8>,
    /// The rows of each result, cell by cell; NULL is `None`.
    pub results: Vec<Vec<Vec<Option<Vec<u8>>>>>,
}

impl Canary {
    /// A text: a number with its separators, an address, a name.
    #[must_use]
    pub fn text(name: &'static str, value: &str) -> Self {
        Self { name, forms: form::text(value) }
    }

    /// A day, as year, month and day.
    #[must_use]
    pub fn date(name: &'static str, (year, month, day): (i32, u32, u32)) -> Self {
        Self { name, forms: form::date(year, month, day) }
    }

    /// An amount with two decimal places, in hundredths.
    #[must_use]
    pub fn amount(name: &'static str, hundredths: u64) -> Self {
        Self { name, forms: form::amount(hundredths) }
    }
}

/// Which canaries are in what was sent, and in which form: `ssn reversed`.
#[must_use]
pub fn search(canaries: &[Canary], heard: &Heard) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut look = |hay: &Hay, split: bool| {
        for canary in canaries {
            for form in &canary.forms {
                if !(split && form.counts) && hay.holds(form) {
                    found.insert(format!("{} {}", canary.name, form.name));
                }
            }
        }
    };
    look(&Hay::new(&heard.bytes), false);
    for rows in &heard.results {
        for row in rows {
            look(&Hay::new(&row.iter().flatten().flatten().copied().collect::<Vec<u8>>()), true);
            let characters: Vec<u8> = row.iter().flatten().filter_map(|cell| character(cell)).collect();
            look(&Hay::new(&characters), true);
        }
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        for at in 0..width {
            let column = || rows.iter().filter_map(|row| row.get(at).and_then(Option::as_deref));
            look(&Hay::new(&column().flatten().copied().collect::<Vec<u8>>()), true);
            look(&Hay::new(&column().filter_map(character).collect::<Vec<u8>>()), true);
        }
    }
    found
}

/// The rows of COPY data in text or CSV, cut at the usual delimiters.
#[must_use]
pub fn lines(data: &[u8]) -> Vec<Vec<Option<Vec<u8>>>> {
    let cells = |line: &[u8]| {
        line.split(|byte| matches!(byte, b'\t' | b',' | b'|')).map(|cell| Some(cell.to_vec())).collect()
    };
    data.split(|byte| *byte == b'\n').map(cells).collect()
}

/// The character that a cell gives as its number.
fn character(cell: &[u8]) -> Option<u8> {
    let number: u32 = std::str::from_utf8(cell).ok()?.trim().parse().ok()?;
    u8::try_from(number).ok().filter(|code| (32..127).contains(code))
}

/// Bytes as they are, and as somebody would read them who looks closely.
struct Hay {
    raw: Vec<u8>,
    /// Without NUL bytes and line ends: wide encodings and wrapped ones.
    dense: Vec<u8>,
    /// The same in lower case.
    lower: Vec<u8>,
    /// Letters and digits only, full-width ones as the usual ones.
    loose: Vec<u8>,
}

impl Hay {
    fn new(bytes: &[u8]) -> Self {
        let dense: Vec<u8> =
            bytes.iter().copied().filter(|byte| !matches!(byte, 0 | b'\n' | b'\r')).collect();
        let lower = dense.to_ascii_lowercase();
        let loose = plain_digits(&String::from_utf8_lossy(bytes));
        Self { raw: bytes.to_vec(), dense, lower, loose }
    }

    fn holds(&self, form: &Form) -> bool {
        match form.kind {
            // Bytes that are no text may have NULs of their own.
            form::Kind::Exact => within(&self.dense, &form.bytes) || within(&self.raw, &form.bytes),
            form::Kind::AnyCase => within(&self.lower, &form.bytes),
            form::Kind::Loose => within(&self.loose, &form.bytes),
        }
    }
}

fn within(hay: &[u8], needle: &[u8]) -> bool {
    let Some((first, rest)) = needle.split_first() else {
        return false;
    };
    let mut hay = hay;
    while let Some(at) = hay.iter().position(|byte| byte == first) {
        let (_, behind) = hay.split_at(at + 1);
        if behind.starts_with(rest) {
            return true;
        }
        hay = behind;
    }
    false
}

#[cfg(test)]
mod tests;
