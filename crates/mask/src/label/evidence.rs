//! What is known of a table when its columns are judged. Whoever fills this in reads catalogues and samples; the values are
//! dropped and overwritten with the evidence.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroize;

/// A table and its columns.
#[derive(Debug)]
pub struct TableEvidence {
    /// Its schema.
    pub schema: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// What its owner wrote about it.
    pub comment: Option<Arc<str>>,
    /// Its columns, in any order; findings come in the same.
    pub columns: Vec<ColumnEvidence>,
}

/// A column.
#[derive(Debug, Default)]
pub struct ColumnEvidence {
    /// Its name.
    pub name: Arc<str>,
    /// Its type as `format_type` writes it without modifiers: `text`, `text[]`, `public.citext`; of a domain the base type;
    /// for a type that is a list of words `enum`.
    pub type_name: Arc<str>,
    /// The name of the domain, when the type is one.
    pub domain: Option<Arc<str>>,
    /// What its owner wrote about it.
    pub comment: Option<Arc<str>>,
    /// The most characters that it takes.
    pub length: Option<u32>,
    /// Whether no value occurs twice.
    pub unique: bool,
    /// Whether it is the primary key or a part of it.
    pub key: bool,
    /// Values seen in it.
    pub samples: Samples,
    /// About how many rows the table has.
    pub rows: Option<u64>,
}

/// Values seen in a column, each once. Overwritten when dropped; `Debug` tells how many, never which.
#[derive(Default)]
pub struct Samples {
    /// The values as the server prints them; of an array each the whole array.
    pub values: Vec<Sampled>,
    /// The share of rows that hold NULL.
    pub nulls: Option<f32>,
    /// About how many different values there are; negative means this share of the rows, as the server's statistics do.
    pub distinct: Option<f32>,
}

/// A value.
pub struct Sampled {
    /// As the server prints it.
    pub text: Box<str>,
    /// The share of rows that hold it, where the statistics say.
    pub share: Option<f32>,
}

impl Samples {
    /// Values without statistics about them.
    pub fn of<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        let values = values.into_iter().map(|text| Sampled { text: text.into(), share: None }).collect();
        Self { values, nulls: None, distinct: None }
    }
}

impl Drop for Sampled {
    fn drop(&mut self) {
        std::mem::take(&mut self.text).into_string().zeroize();
    }
}

impl fmt::Debug for Sampled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sampled").field("bytes", &self.text.len()).field("share", &self.share).finish()
    }
}

impl fmt::Debug for Samples {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Samples")
            .field("values", &self.values.len())
            .field("nulls", &self.nulls)
            .field("distinct", &self.distinct)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_never_printed() {
        let samples = Samples::of(["alice@example.com"]);
        assert!(!format!("{samples:?} {:?}", samples.values).contains("alice"));
    }
}
