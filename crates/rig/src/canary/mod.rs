//! Finds values that must not leave, in whatever a gate sent: plain, re-spelled, encoded, or cut over cells and rows.
//!
//! It only looks. It knows no protocol: whoever read the messages hands over their bytes and the cells of each result.

mod form;

use std::collections::BTreeSet;

use form::{Form, Kind, plain_digits};

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

/// All that must not be seen, by how its forms begin, so that bytes are gone through once.
pub struct Canaries {
    forms: Vec<(&'static str, Form)>,
    /// Which forms of a kind begin with these two bytes.
    starts: [Vec<Vec<usize>>; 3],
}

impl Canaries {
    /// These.
    #[must_use]
    pub fn of(canaries: Vec<Canary>) -> Self {
        let all = canaries
            .into_iter()
            .flat_map(|canary| canary.forms.into_iter().map(move |form| (canary.name, form)));
        let forms: Vec<(&'static str, Form)> = all.collect();
        let mut starts = [(); 3].map(|()| vec![Vec::new(); 1 << 16]);
        for (at, (_, form)) in forms.iter().enumerate() {
            let place = form.bytes.first_chunk().map(|two| usize::from(u16::from_be_bytes(*two)));
            let kind = starts.get_mut(form.kind as usize);
            if let Some(forms) = place.and_then(|place| kind?.get_mut(place)) {
                forms.push(at);
            }
        }
        Self { forms, starts }
    }

    /// Which canaries are in what was sent, and in which form: `ssn reversed`.
    #[must_use]
    pub fn search(&self, heard: &Heard) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.look(&heard.bytes, false, &mut found);
        for rows in &heard.results {
            let cells: Vec<&[u8]> = rows.iter().flatten().flatten().map(Vec::as_slice).collect();
            self.look_at_cells(&cells, &mut found);
            let width = rows.iter().map(Vec::len).max().unwrap_or_default();
            for at in 0..if width > 1 { width } else { 0 } {
                let column = rows.iter().filter_map(|row| row.get(at).and_then(Option::as_deref));
                self.look_at_cells(&column.collect::<Vec<&[u8]>>(), &mut found);
            }
        }
        found
    }

    /// Looks at cells put together, and at the characters that they give as numbers.
    fn look_at_cells(&self, cells: &[&[u8]], found: &mut BTreeSet<String>) {
        self.look(&cells.concat(), true, found);
        let characters: Vec<u8> = cells.iter().filter_map(|cell| character(cell)).collect();
        self.look(&characters, true, found);
    }

    /// Looks at bytes as they are, and as somebody would read them who looks closely.
    fn look(&self, bytes: &[u8], split: bool, found: &mut BTreeSet<String>) {
        // Without NUL bytes and line ends: wide encodings and wrapped ones.
        let dense: Vec<u8> =
            bytes.iter().copied().filter(|byte| !matches!(byte, 0 | b'\n' | b'\r')).collect();
        self.pass(&dense.to_ascii_lowercase(), Kind::AnyCase, split, found);
        self.pass(&plain_digits(&String::from_utf8_lossy(bytes)), Kind::Loose, split, found);
        // Bytes that are no text may have NULs of their own.
        self.pass(bytes, Kind::Exact, split, found);
        self.pass(&dense, Kind::Exact, split, found);
    }

    fn pass(&self, hay: &[u8], kind: Kind, split: bool, found: &mut BTreeSet<String>) {
        let Some(starts) = self.starts.get(kind as usize) else { return };
        for (at, two) in hay.windows(2).enumerate() {
            let &[one, two] = two else { continue };
            let Some(forms) = starts.get(usize::from(u16::from_be_bytes([one, two]))) else { continue };
            for (name, form) in forms.iter().filter_map(|at| self.forms.get(*at)) {
                let here = hay.get(at..).is_some_and(|hay| hay.starts_with(&form.bytes));
                if here && !(split && form.counts) {
                    found.insert(format!("{name} {}", form.name));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
