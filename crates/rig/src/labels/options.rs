//! The command line of `./bench --labels`.

use super::vocabulary::Split;
use crate::{Error, Result};

/// What `./bench --labels --help` prints.
pub(super) const HELP: &str = "\
Measures how well columns and cells are labelled: precision and recall with 95 % intervals.

Usage: ./bench --labels [--split dev|test] [--tables N] [--seed N] [--mistakes] [--json]

  --split WORD  only this half of the names and of the real schemas; recognisers are improved by `dev` and judged by
                `test` [both]
  --tables N    tables of each split [600]
  --seed N      which tables [1]
  --mistakes    list wrong answers of `dev`, most frequent first; those of `test` are not listed
  --json        print one JSON object instead of the tables
  --help        this text

Needs no PostgreSQL. How it measures, and what was measured, is in docs/labels.md.";

/// The checked command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Options {
    pub(super) split: Option<Split>,
    pub(super) tables: u32,
    pub(super) seed: u64,
    pub(super) mistakes: bool,
    pub(super) json: bool,
}

impl Options {
    /// Reads the arguments; `None` when help is wanted.
    ///
    /// # Errors
    /// When an argument is unknown or its value is none.
    pub(super) fn parse(arguments: &[String]) -> Result<Option<Self>> {
        let mut options = Self { split: None, tables: 600, seed: 1, mistakes: false, json: false };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || {
                rest.next().ok_or_else(|| {
                    Error::new(format!("`{argument}` wants a value: see `./bench --labels --help`"))
                })
            };
            match argument.as_str() {
                "--help" | "-h" => return Ok(None),
                "--mistakes" => options.mistakes = true,
                "--json" => options.json = true,
                "--split" => {
                    options.split = match value()?.as_str() {
                        "dev" => Some(Split::Dev),
                        "test" => Some(Split::Test),
                        _ => return Err(Error::new("`--split` wants `dev` or `test`")),
                    }
                }
                "--tables" => match value()?.parse() {
                    Ok(tables @ 1..=20_000) => options.tables = tables,
                    _ => return Err(Error::new("`--tables` wants a number from 1 to 20000")),
                },
                "--seed" => match value()?.parse() {
                    Ok(seed) => options.seed = seed,
                    Err(_) => return Err(Error::new("`--seed` wants a number")),
                },
                _ => {
                    return Err(Error::new(format!(
                        "unknown argument `{argument}`: see `./bench --labels --help`"
                    )));
                }
            }
        }
        Ok(Some(options))
    }

    /// The splits that are measured.
    pub(super) fn splits(self) -> Vec<Split> {
        self.split.map_or_else(|| vec![Split::Dev, Split::Test], |split| vec![split])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Option<Options>> {
        Options::parse(&line.split_ascii_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn arguments_are_read_and_mistakes_named() {
        let options = parse("--split test --tables 9 --json").unwrap().unwrap();
        assert_eq!((options.splits(), options.tables, options.json), (vec![Split::Test], 9, true));
        assert_eq!(parse("").unwrap().unwrap().splits().len(), 2);
        assert_eq!(parse("--help").unwrap(), None);
        for (line, word) in
            [("--split all", "`dev`"), ("--tables 0", "20000"), ("--fast", "`--fast`"), ("--seed", "wants")]
        {
            assert!(parse(line).unwrap_err().to_string().contains(word), "{line}");
        }
    }
}
