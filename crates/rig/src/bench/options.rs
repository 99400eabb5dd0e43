//! The command line of `./bench`.

use std::path::PathBuf;

use super::case::Case;
use crate::{Error, Result};

/// What `./bench --help` prints.
pub(super) const HELP: &str = "\
Measures what the gate costs beside no proxy, a bare TCP relay and PgBouncer, in one run.

Usage: ./bench [--quick] [--json] [--out FILE] [--only CASE,...] [--rounds N] [--secs N] [--regime WORD]
       ./bench --labels [...]   how well columns are labelled: see `./bench --labels --help`

  --quick         one client, four short rounds, the deciding regime only: under five minutes
  --json          print one JSON object instead of the tables
  --out FILE      write the tables to FILE too
  --only CASES    only these, separated by commas; a part of a name is enough, such as `simple`
  --rounds N      rounds, in each of which every contender is measured once, in a new order [5; quick 4]
  --secs N        seconds of each measurement [2; quick 1]
  --regime WORD   pinned, unpinned or both [both; quick: pinned where it is permitted]
  --help          this text

Cases:";

/// The checked command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Options {
    /// Only what the JSON object needs.
    pub(super) quick: bool,
    /// Print the object.
    pub(super) json: bool,
    /// Where else the tables go.
    pub(super) out: Option<PathBuf>,
    /// What is measured.
    pub(super) cases: Vec<Case>,
    /// How often.
    pub(super) rounds: u32,
    /// How long.
    pub(super) seconds: u32,
    /// In which regimes.
    pub(super) regimes: Regimes,
}

/// Which regimes are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Regimes {
    /// Pinned where that is permitted, and unpinned.
    Both,
    /// Pinned where that is permitted, else unpinned.
    Deciding,
    /// Pinned or nothing.
    Pinned,
    /// Unpinned.
    Unpinned,
}

impl Options {
    /// Reads the arguments; `None` when help is wanted.
    ///
    /// # Errors
    /// When an argument is unknown or its value is none.
    pub(super) fn parse(arguments: &[String]) -> Result<Option<Self>> {
        let (mut quick, mut json, mut out, mut only) = (false, false, None, None);
        let (mut rounds, mut seconds, mut regimes) = (None, None, None);
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || {
                rest.next()
                    .ok_or_else(|| Error::new(format!("`{argument}` wants a value: see `./bench --help`")))
            };
            match argument.as_str() {
                "--help" | "-h" => return Ok(None),
                "--quick" => quick = true,
                "--json" => json = true,
                "--out" => out = Some(PathBuf::from(value()?)),
                "--only" => only = Some(matching(value()?)?),
                "--rounds" => rounds = Some(count(argument, value()?)?),
                "--secs" => seconds = Some(count(argument, value()?)?),
                "--regime" => regimes = Some(regime(value()?)?),
                _ => return Err(Error::new(format!("unknown argument `{argument}`: see `./bench --help`"))),
            }
        }
        let whole = if quick { Case::quick() } else { Case::all() };
        Ok(Some(Self {
            quick,
            json,
            out,
            cases: only.unwrap_or(whole),
            rounds: rounds.unwrap_or(if quick { 4 } else { 5 }),
            seconds: seconds.unwrap_or(if quick { 1 } else { 2 }),
            regimes: regimes.unwrap_or(if quick { Regimes::Deciding } else { Regimes::Both }),
        }))
    }
}

/// The help with the names of all cases.
pub(super) fn help() -> String {
    Case::all().iter().fold(HELP.to_owned(), |text, case| format!("{text}\n  {:<14}  {case}", case.word()))
}

fn matching(words: &str) -> Result<Vec<Case>> {
    let words: Vec<_> = words.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
    let all = Case::all();
    if let Some(unknown) = words.iter().find(|word| !all.iter().any(|case| case.word().contains(**word))) {
        return Err(Error::new(format!("no case is called `{unknown}`: see `./bench --help`")));
    }
    let cases: Vec<_> =
        all.into_iter().filter(|case| words.iter().any(|word| case.word().contains(word))).collect();
    if cases.is_empty() { Err(Error::new("`--only` names no case: see `./bench --help`")) } else { Ok(cases) }
}

fn count(name: &str, value: &str) -> Result<u32> {
    match value.parse() {
        Ok(count @ 1..=600) => Ok(count),
        _ => Err(Error::new(format!("`{name}` wants a number from 1 to 600"))),
    }
}

fn regime(word: &str) -> Result<Regimes> {
    match word {
        "both" => Ok(Regimes::Both),
        "pinned" => Ok(Regimes::Pinned),
        "unpinned" => Ok(Regimes::Unpinned),
        _ => Err(Error::new("`--regime` wants `pinned`, `unpinned` or `both`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Option<Options>> {
        Options::parse(&line.split_ascii_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn quick_is_short() {
        let quick = parse("--quick --json").unwrap().unwrap();
        assert!(quick.quick && quick.json);
        assert_eq!((quick.cases, quick.rounds, quick.regimes), (Case::quick(), 4, Regimes::Deciding));
        let whole = parse("").unwrap().unwrap();
        assert_eq!((whole.cases, whole.rounds, whole.regimes), (Case::all(), 5, Regimes::Both));
    }

    #[test]
    fn a_part_of_a_name_is_enough() {
        let cases = parse("--only simple-1,copy").unwrap().unwrap().cases;
        assert_eq!(cases, [Case::Select { prepared: false, clients: 1 }, Case::Copy]);
        assert_eq!(parse("--only prepared").unwrap().unwrap().cases.len(), 3);
    }

    #[test]
    fn mistakes_are_named() {
        for (line, word) in [
            ("--fast", "`--fast`"),
            ("--rounds", "`--rounds` wants a value"),
            ("--rounds 0", "1 to 600"),
            ("--only nothing", "`nothing`"),
            ("--only ,", "names no case"),
            ("--regime half", "`both`"),
        ] {
            let message = parse(line).unwrap_err().to_string();
            assert!(message.contains(word), "{line}: {message}");
        }
    }

    #[test]
    fn help_names_every_case() {
        assert_eq!(parse("--quick --help").unwrap(), None);
        let text = help();
        assert!(Case::all().iter().all(|case| text.contains(&case.word())));
    }
}
