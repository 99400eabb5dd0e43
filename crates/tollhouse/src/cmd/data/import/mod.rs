//! What a file says of columns: a CSV of ours, or a data contract. Everything that is wrong with the file is told with
//! its place; it never knows which columns there are, and changes nothing.

mod contract;
mod list;
mod word;
mod yaml;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail};
use model::Class;

pub(super) use self::word::Words;

/// How large a file may be. Contracts are written by people, and parsed files take many times their size.
const FILE_MAX: u64 = 8 << 20;

/// A place in the file, counted from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    pub(super) line: u64,
    /// In a CSV the number of the field.
    pub(super) column: u64,
}

/// Something that is wrong with the file, or worth knowing of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remark {
    pub(super) at: At,
    pub(super) what: String,
}

/// One column that the file speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) at: At,
    /// The names that its table may have, the likelier first, each with its schema when the file says one.
    pub(super) tables: Vec<(Option<String>, String)>,
    pub(super) column: String,
    pub(super) class: Option<Class>,
    pub(super) reason: Option<String>,
    /// The words of the file that became the class, when they were others.
    pub(super) from: Option<String>,
}

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) entries: Vec<Entry>,
    /// Worth knowing.
    pub(super) notes: Vec<Remark>,
    /// Wrong: while there is one, nothing is done.
    pub(super) problems: Vec<Remark>,
}

impl Said {
    fn problem(&mut self, at: At, what: impl Into<String>) {
        self.problems.push(Remark { at, what: what.into() });
    }

    fn note(&mut self, at: At, what: impl Into<String>) {
        self.notes.push(Remark { at, what: what.into() });
    }
}

/// Reads a file by the kind that its name tells.
///
/// # Errors
/// When it cannot be read at all, is too large, or has a name that tells no kind.
pub(super) fn read(path: &Path, words: &Words) -> anyhow::Result<Said> {
    let shown = path.display();
    let kind = path.extension().and_then(|kind| kind.to_str()).map(str::to_ascii_lowercase);
    let read: fn(&str, &Words) -> Said = match kind.as_deref() {
        Some("csv") => |text, _| list::read(text),
        Some("yaml" | "yml" | "json") => contract::read,
        _ => bail!(
            "`{shown}` is of no known kind; its name ends in `.csv`, or in `.yaml`, `.yml`, `.json` for a data contract"
        ),
    };
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(|| format!("cannot open `{shown}`"))?;
    file.take(FILE_MAX + 1).read_to_end(&mut bytes).with_context(|| format!("cannot read `{shown}`"))?;
    if bytes.len() as u64 > FILE_MAX {
        bail!("`{shown}` is larger than {} MiB; import it in parts", FILE_MAX >> 20);
    }
    let Ok(text) = String::from_utf8(bytes) else { bail!("`{shown}` is not UTF-8; write it anew in UTF-8") };
    // Spreadsheets put a byte order mark before the first name.
    Ok(read(text.strip_prefix('\u{feff}').unwrap_or(&text), words))
}

/// The names that a table may have by a text that may hold its schema, or a database and its schema.
fn names(text: &str, schema: Option<&str>) -> Vec<(Option<String>, String)> {
    let plain = (schema.map(str::to_owned), text.to_owned());
    match text.rsplit_once('.') {
        Some((before, table)) if !before.is_empty() && !table.is_empty() => {
            let own = before.rsplit_once('.').map_or(before, |(_, own)| own);
            vec![(Some(own.to_owned()), table.to_owned()), plain]
        }
        _ => vec![plain],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_told_by_the_name_and_the_size_has_an_end() {
        let folder = tempfile::tempdir().unwrap();
        let read = |name: &str, text: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            read(&path, &Words::default()).map_err(|error| error.to_string())
        };
        assert_eq!(read("a.CSV", b"\xef\xbb\xbftable,column,class\nt,c,email\n").unwrap().entries.len(), 1);
        assert!(read("a.txt", b"").unwrap_err().contains("no known kind"));
        assert!(read("a.csv", &[0xff]).unwrap_err().contains("UTF-8"));
        assert!(read("a.csv", &vec![b'x'; FILE_MAX as usize + 1]).unwrap_err().contains("larger than 8 MiB"));
        assert!(super::read(&folder.path().join("b.csv"), &Words::default()).is_err());
    }

    #[test]
    fn a_name_may_hold_a_schema() {
        let named = |schema: &str, table: &str| (Some(schema.to_owned()), table.to_owned());
        assert_eq!(names("t", None), [(None, "t".to_owned())]);
        assert_eq!(names("s.t", None), [named("s", "t"), (None, "s.t".to_owned())]);
        assert_eq!(names("d.s.t", Some("x")), [named("s", "t"), named("x", "d.s.t")]);
        assert_eq!(names(".t", None), [(None, ".t".to_owned())]);
    }

    #[test]
    fn the_examples_of_the_manual_are_taken() {
        let manual = include_str!("../../../../../../docs/masks.md");
        let example =
            |kind: &str| manual.split(&format!("```{kind}\n")).nth(1).unwrap().split("```").next().unwrap();
        let list = list::read(example("csv"));
        let contract = contract::read(example("yaml"), &Words::default());
        let classes = |said: &Said| {
            assert_eq!(said.problems, []);
            said.entries.iter().map(|one| one.class).collect::<Vec<_>>()
        };
        assert_eq!(classes(&list), [Some(Class::SpecialCategory), None]);
        assert_eq!(
            classes(&contract),
            [Some(Class::Email), Some(Class::Secret), Some(Class::SpecialCategory)]
        );
    }
}
