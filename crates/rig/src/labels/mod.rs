//! `./bench --labels`: how well columns and cells are labelled, measured.
//!
//! Tables are made from a seed, with names and values of 34 classes in eight languages and of everything that looks like them;
//! beside them stand schemas of real programs, labelled by hand. Each is judged as the gate judges it. No server is asked. It
//! is no test: a missed target is printed, not an error.

mod column;
mod land;
mod measure;
mod options;
mod programs;
mod real;
mod report;
mod score;
mod style;
mod table;
mod value;
mod vocabulary;

use measure::Measured;
use options::{HELP, Options};
use vocabulary::Split;

use crate::Result;

/// Runs `./bench --labels` with these arguments.
///
/// # Errors
/// When the arguments are wrong.
pub fn run(arguments: &[String]) -> Result<()> {
    let Some(options) = Options::parse(arguments)? else {
        println!("{HELP}");
        return Ok(());
    };
    let mut parts: Vec<(String, Measured)> = Vec::new();
    for split in options.splits() {
        let keep = options.mistakes && split == Split::Dev;
        parts.push((split.to_string(), measure::generated(split, options.seed, options.tables, keep)));
        parts.extend(
            real::measure(split).into_iter().map(|(name, one)| (format!("{split}, real: {name}"), one)),
        );
    }
    if options.json {
        println!("{}", report::object(&parts));
        return Ok(());
    }
    for (name, one) in &parts {
        println!("{}", report::tables(name, one));
        if options.mistakes {
            print!("{}", report::mistakes(&one.mistakes));
        }
    }
    Ok(())
}
