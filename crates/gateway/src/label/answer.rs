//! What the server answered, read into evidence. Values stay in rooms that are overwritten when they are dropped.

use std::collections::HashMap;
use std::sync::Arc;

use mask::label::{Sampled, Samples};
use sql::catalogue::{Catalogue, Relation};
use zeroize::{Zeroize, Zeroizing};

/// What is known of tables beside their definitions.
#[derive(Debug, Default)]
pub(super) struct Details {
    pub(super) tables: HashMap<u32, TableDetail>,
    pub(super) columns: HashMap<(u32, i16), ColumnDetail>,
    /// Foreign keys: who refers by which columns, to whom by which.
    pub(super) references: Vec<((u32, i16), (u32, i16))>,
}

/// What is known of a table.
#[derive(Debug, Default)]
pub(super) struct TableDetail {
    /// Whether its rows may be read, all of them.
    pub(super) is_readable: bool,
    pub(super) comment: Option<Arc<str>>,
}

/// What is known of a column.
#[derive(Debug, Default)]
pub(super) struct ColumnDetail {
    pub(super) is_readable: bool,
    pub(super) length: Option<u32>,
    pub(super) comment: Option<Arc<str>>,
    pub(super) samples: Samples,
}

/// Reads what [`super::question::of_statistics`] yields. What cannot be read is left out: less is known then.
pub(super) fn statistics(text: &[u8]) -> Details {
    let mut details = Details::default();
    for line in lines(text) {
        let mut fields = line.split('\t');
        let Some(kind) = fields.next() else { continue };
        let _ = match kind {
            "table" => details.table(fields),
            "column" => details.column(fields),
            "refers" => details.refers(fields),
            "statistics" => details.statistics(fields),
            "value" => details.value(fields),
            _ => None,
        };
    }
    details
}

type Fields<'a> = std::str::Split<'a, char>;

impl Details {
    /// Adds what another answer said.
    pub(super) fn join(&mut self, other: Self) {
        self.tables.extend(other.tables);
        self.columns.extend(other.columns);
        // Every answer has all of them.
        self.references = other.references;
    }

    /// Whether the server's statistics have values of all columns of the table that values tell of.
    pub(super) fn has_values(&self, catalogue: &Catalogue, relation: &Relation) -> bool {
        relation.columns.iter().filter(|column| super::question::is_telling(catalogue, column)).all(
            |column| {
                let detail = self.columns.get(&(relation.oid, column.number));
                detail.is_some_and(|detail| !detail.samples.values.is_empty())
            },
        )
    }

    fn table(&mut self, mut fields: Fields<'_>) -> Option<()> {
        let oid = fields.next()?.parse().ok()?;
        let is_readable = fields.next()? == "t";
        self.tables.insert(oid, TableDetail { is_readable, comment: text(fields.next()?) });
        Some(())
    }

    fn column(&mut self, mut fields: Fields<'_>) -> Option<()> {
        let detail = self.columns.entry(place(&mut fields)?).or_default();
        detail.is_readable = fields.next()? == "t";
        detail.length = fields.next()?.parse().ok();
        detail.comment = text(fields.next()?);
        Some(())
    }

    fn refers(&mut self, mut fields: Fields<'_>) -> Option<()> {
        let from: u32 = fields.next()?.parse().ok()?;
        let columns = fields.next()?;
        let to: u32 = fields.next()?.parse().ok()?;
        for (mine, theirs) in columns.split(' ').zip(fields.next()?.split(' ')) {
            self.references.push(((from, mine.parse().ok()?), (to, theirs.parse().ok()?)));
        }
        Some(())
    }

    fn statistics(&mut self, mut fields: Fields<'_>) -> Option<()> {
        let detail = self.columns.entry(place(&mut fields)?).or_default();
        detail.samples.nulls = fields.next()?.parse().ok();
        detail.samples.distinct = fields.next()?.parse().ok();
        Some(())
    }

    fn value(&mut self, mut fields: Fields<'_>) -> Option<()> {
        let detail = self.columns.entry(place(&mut fields)?).or_default();
        let share = fields.next()?.parse().ok();
        let value = cell(fields.nth(2)?)?;
        detail.samples.values.push(Sampled { text: value, share });
        Some(())
    }
}

fn place(fields: &mut Fields<'_>) -> Option<(u32, i16)> {
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

fn text(field: &str) -> Option<Arc<str>> {
    cell(field).map(Arc::from)
}

/// Reads what [`super::question::of_rows`] yields, for this many columns: of each its samples.
pub(super) fn rows(answer: &[u8], columns: usize) -> Vec<Samples> {
    let mut cells: Vec<Vec<Zeroizing<String>>> = (0..columns).map(|_| Vec::new()).collect();
    let mut count = 0_usize;
    for line in lines(answer) {
        count = count.saturating_add(1);
        for (column, field) in cells.iter_mut().zip(line.split('\t')) {
            column.extend(cell(field).map(|value| Zeroizing::new(value.into_string())));
        }
    }
    cells.into_iter().map(|values| counted(values, count)).collect()
}

fn counted(mut values: Vec<Zeroizing<String>>, rows: usize) -> Samples {
    let some = values.len();
    values.sort_unstable_by(|a, b| a.as_str().cmp(b.as_str()));
    let mut seen: Vec<(Zeroizing<String>, usize)> = Vec::new();
    for value in values {
        match seen.last_mut() {
            Some((last, times)) if last.as_str() == value.as_str() => *times = times.saturating_add(1),
            _ => seen.push((value, 1)),
        }
    }
    let part = |part: usize, all: usize| short(part) / short(all).max(1.0);
    Samples {
        nulls: (rows > 0).then(|| part(rows.saturating_sub(some), rows)),
        distinct: (some > 0).then(|| -part(seen.len(), some)),
        values: seen
            .into_iter()
            .map(|(mut value, times)| Sampled {
                text: std::mem::take(&mut *value).into_boxed_str(),
                share: Some(part(times, rows)),
            })
            .collect(),
    }
}

fn short(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

/// Forgets an answer.
pub(super) fn forget(mut answer: Vec<u8>) {
    answer.zeroize();
}

/// Lines that are text; in a database in SQL_ASCII some may be none.
fn lines(text: &[u8]) -> impl Iterator<Item = &str> {
    text.split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .filter_map(|line| std::str::from_utf8(line).ok())
}

/// Takes COPY's escapes back; `None` for NULL.
fn cell(field: &str) -> Option<Box<str>> {
    if field == "\\N" {
        return None;
    }
    // As long as it may get, so that nothing is left behind in a room that grew.
    let mut out = String::with_capacity(field.len());
    let mut letters = field.chars();
    while let Some(letter) = letters.next() {
        out.push(match letter {
            '\\' => match letters.next()? {
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\u{b}',
                other => other,
            },
            other => other,
        });
    }
    Some(out.into_boxed_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_into_evidence() {
        let text = "table\t20000\tt\t\\N\ncolumn\t20000\t2\tt\t40\twhere\\tto\nrefers\t20001\t2 3\t20000\t1 2\n\
            statistics\t20000\t2\t0.25\t2\t\\N\t\\N\nvalue\t20000\t2\t0.5\t\\N\t1\ta\\\\b\nvalue\t20000\t2\t0.25\t\\N\t2\tc\n\
            value\t20000\nnonsense\n";
        let details = statistics(text.as_bytes());
        assert!(details.tables[&20_000].is_readable);
        let column = &details.columns[&(20_000, 2)];
        assert_eq!((column.length, column.comment.as_deref()), (Some(40), Some("where\tto")));
        assert_eq!(details.references, [((20_001, 2), (20_000, 1)), ((20_001, 3), (20_000, 2))]);
        let values: Vec<(&str, Option<f32>)> =
            column.samples.values.iter().map(|value| (&*value.text, value.share)).collect();
        assert_eq!(values, [("a\\b", Some(0.5)), ("c", Some(0.25))]);
        assert_eq!(column.samples.nulls, Some(0.25));
    }

    #[test]
    fn equal_values_of_rows_count_together() {
        let read = rows(b"x\t\\N\nx\ty\n", 2);
        let [first, second] = &*read else { panic!("{read:?}") };
        assert_eq!(first.values.len(), 1);
        assert_eq!((first.distinct, first.nulls), (Some(-0.5), Some(0.0)));
        assert_eq!((second.values.len(), second.nulls), (1, Some(0.5)));
        assert!(rows(b"", 1)[0].values.is_empty());
    }
}
