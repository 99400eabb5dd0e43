//! A CSV of columns and what they hold, as `tollhouse data label --import` takes it. Every field that cannot be taken is
//! told by its line and name; nothing is guessed.

use csv::{ReaderBuilder, StringRecord, Trim};
use model::Class;

use super::{At, Entry, Said, names};
use crate::cmd::data::label::class;
use crate::config::printable;

/// The names of fields: schema and reason may be left out.
const FIELDS: [&str; 5] = ["schema", "table", "column", "class", "reason"];

/// Where each field is.
struct Header([Option<usize>; FIELDS.len()]);

impl Header {
    fn read(record: &StringRecord, said: &mut Said) -> Self {
        let mut places = [None; FIELDS.len()];
        for (number, name) in record.iter().enumerate() {
            let at = At { line: 1, column: number as u64 + 1 };
            let place =
                FIELDS.iter().position(|field| *field == name).and_then(|field| places.get_mut(field));
            match place {
                Some(place @ None) => *place = Some(number),
                Some(Some(_)) => said.problem(at, format!("`{name}` is a field twice")),
                None => said.problem(
                    at,
                    format!("`{}` is no field; there are {}", printable(name), FIELDS.join(", ")),
                ),
            }
        }
        for (field, place) in FIELDS.iter().zip(places) {
            if place.is_none() && !matches!(*field, "schema" | "reason") {
                let what =
                    format!("the first line names no `{field}`; it is `schema,table,column,class,reason`");
                said.problem(At { line: 1, column: 1 }, what);
            }
        }
        Self(places)
    }

    /// A field's text, none when it is empty, and its number.
    fn field<'a>(&self, record: &'a StringRecord, name: &str) -> (Option<&'a str>, u64) {
        let place = FIELDS.iter().zip(self.0).find(|(field, _)| **field == name).and_then(|(_, place)| place);
        let text = place.and_then(|place| record.get(place)).filter(|text| !text.is_empty());
        (text, place.map_or(1, |place| place as u64 + 1))
    }
}

/// Reads a whole file.
pub(super) fn read(text: &str) -> Said {
    let mut said = Said::default();
    let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(record) => Header::read(record, &mut said),
        Err(error) => {
            broken(&error, &mut said);
            return said;
        }
    };
    if !said.problems.is_empty() {
        return said;
    }
    for record in reader.records() {
        match record {
            Ok(record) => entry(&header, &record, &mut said),
            Err(error) => broken(&error, &mut said),
        }
    }
    said
}

fn entry(header: &Header, record: &StringRecord, said: &mut Said) {
    let line = record.position().map_or(1, csv::Position::line);
    let mut missing = false;
    let mut needed = |name: &str| {
        let (text, column) = header.field(record, name);
        if text.is_none() {
            missing = true;
            said.problem(At { line, column }, format!("`{name}` is empty"));
        }
        (text.unwrap_or_default(), At { line, column })
    };
    let ((table, at), (column, _), (word, place)) = (needed("table"), needed("column"), needed("class"));
    if missing {
        return;
    }
    let found: Option<Class> = match class(word) {
        Ok(found) => found.0,
        Err(what) => return said.problem(place, what),
    };
    let schema = header.field(record, "schema").0;
    said.entries.push(Entry {
        at,
        tables: schema
            .map_or_else(|| names(table, None), |own| vec![(Some(own.to_owned()), table.to_owned())]),
        column: column.to_owned(),
        class: found,
        reason: header.field(record, "reason").0.map(str::to_owned),
        from: None,
    });
}

fn broken(error: &csv::Error, said: &mut Said) {
    let line = error.position().map_or(1, csv::Position::line);
    let what = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!(
                "this line has {len} fields, the first {expected_len}; put texts with commas into double quotes"
            )
        }
        _ => "this line is not CSV".to_owned(),
    };
    said.problem(At { line, column: 1 }, what);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_name_columns_with_their_class_and_reason() {
        let said = read(
            "schema, table,column,class,reason\nshop,customer,email,email,\n,product,code,none,\"ours, not a person's\"\n,shop.staff,pay,salary,\n",
        );
        assert_eq!(said.problems, []);
        let short: Vec<_> =
            said.entries.iter().map(|one| (&*one.column, one.class, one.reason.as_deref())).collect();
        assert_eq!(
            short,
            [
                ("email", Some(Class::Email), None),
                ("code", None, Some("ours, not a person's")),
                ("pay", Some(Class::Salary), None)
            ]
        );
        let tables: Vec<_> = said.entries.iter().map(|one| one.tables.first().cloned().unwrap()).collect();
        let named = |schema: Option<&str>, table: &str| (schema.map(str::to_owned), table.to_owned());
        assert_eq!(
            tables,
            [named(Some("shop"), "customer"), named(None, "product"), named(Some("shop"), "staff")]
        );
        assert_eq!(said.entries.iter().map(|one| one.at.line).collect::<Vec<_>>(), [2, 3, 4]);
    }

    #[test]
    fn every_wrong_line_is_told_with_its_place() {
        let said = read("table,column,class\na,b,emial\n,b,email\na,b\n\"c\nd\",e,\nf,g,phone\n");
        let told: Vec<_> =
            said.problems.iter().map(|one| (one.at.line, one.at.column, one.what.as_str())).collect();
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(matches!(told[0], (2, 3, what) if what.starts_with("there is no class `emial`")), "{told:?}");
        assert_eq!(told[1], (3, 1, "`table` is empty"));
        assert!(matches!(told[2], (4, 1, what) if what.contains("2 fields, the first 3")), "{told:?}");
        assert_eq!(told[3], (5, 3, "`class` is empty"));
        assert_eq!(said.entries.len(), 1);
    }

    #[test]
    fn a_header_is_needed_and_known_whole() {
        for (text, count) in
            [("", 3), ("a,b,email\n", 6), ("table,column,class,clas\n", 1), ("table,table,column,class\n", 1)]
        {
            assert_eq!(read(text).problems.len(), count, "{text}: {:?}", read(text).problems);
        }
        assert!(read("table,column,class\n").entries.is_empty());
    }
}
