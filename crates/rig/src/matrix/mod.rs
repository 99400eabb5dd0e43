//! The live client matrix: real clients run the same steps directly and through the gate, and must see the same.
//!
//! The clients are programs in `clients/`, each prints one line a step; here they are supplied, run and compared. What
//! cannot be the same is in `clients/known-differences.txt` with its reason. `drivers` runs the suites that drivers bring.

mod client;
mod compare;
mod drivers;
mod dsn;
mod options;
mod stage;
mod supply;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use self::client::{Ready, Unready};
use self::compare::{Known, Verdict, compare};
use self::dsn::Dsn;
use self::options::{HELP, Options};
use self::stage::{BY_THE_GATE, BY_THE_SERVER, Refused, Stage};
use crate::Result;
use crate::error::Context;

pub use self::drivers::run as run_drivers;

/// How many steps passed, failed and were skipped: the last line that each suite prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    passed: usize,
    failed: usize,
    skipped: usize,
}

impl Count {
    /// Prints it; the exit code says whether something failed.
    fn close(self) -> ExitCode {
        println!("{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped);
        if self.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// `tollhouse-rig matrix …`; ends with `N passed, N failed, N skipped` and fails when a step failed.
///
/// # Errors
/// When the command line is wrong, or no server or gate can be started.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    let Some(options) = Options::parse(arguments)? else {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    let clients = project().join("clients");
    let list = clients.join("known-differences.txt");
    let text = fs::read_to_string(&list).context(|| format!("cannot read `{}`", list.display()))?;
    let known = Known::parse(if options.twice { "" } else { &text })?;
    let stage = if options.addresses.is_none() { Some(Stage::start(options.major)?) } else { None };
    let (direct, gate) = match (&options.addresses, &stage) {
        (Some((direct, gate)), _) => (direct, gate),
        (None, Some(stage)) => (&stage.direct, &stage.gate),
        (None, None) => return Err(crate::Error::new("no server to run on")),
    };
    let gate = if options.twice { direct } else { gate };
    // Somebody else's gate has no rule for them.
    let refused = stage.as_ref().map(|_| BY_THE_SERVER);
    let sides = [
        Side { name: "directly", dsn: direct, refused },
        match options.twice {
            true => Side { name: "directly again", dsn: direct, refused },
            false => Side { name: "through the gate", dsn: gate, refused: refused.map(|_| BY_THE_GATE) },
        },
    ];
    let folder = tempfile::tempdir().context(|| "cannot make a folder".into())?;
    let kept = std::env::var_os("MATRIX_KEEP").map(PathBuf::from);
    let folder = kept.as_deref().unwrap_or(folder.path());
    fs::create_dir_all(folder).context(|| format!("cannot make `{}`", folder.display()))?;
    let mut count = Count::default();
    for client in options.clients {
        match client.ready(&clients) {
            Ok(ready) => {
                let ready = if options.quick { ready.small() } else { ready };
                match both(client.name(), &ready, &sides, folder, &known) {
                    Ok(verdict) => tell(&verdict, &mut count),
                    Err(error) => {
                        println!("  ✗ {}: {error}", client.name());
                        count.failed += 1;
                    }
                }
            }
            Err(Unready::Missing(error)) => {
                println!("{}: skipped: {error}", client.name());
                count.skipped += 1;
            }
            Err(Unready::Broken(error)) => {
                println!("  ✗ {}: {error}", client.name());
                count.failed += 1;
            }
        }
    }
    if let Some(stage) = &stage
        && !stage.is_untouched()?
    {
        println!("  ✗ a refused statement has changed the table that it named");
        count.failed += 1;
    }
    if let (Some(folder), Some(stage)) = (kept, stage) {
        let log = folder.join("gate.log");
        fs::write(&log, stage.gate_log()).context(|| format!("cannot write `{}`", log.display()))?;
    }
    Ok(count.close())
}

/// Where a client runs.
struct Side<'a> {
    name: &'static str,
    dsn: &'a Dsn,
    refused: Option<Refused>,
}

/// Runs a client on both sides.
fn both(name: &str, ready: &Ready, sides: &[Side<'_>; 2], folder: &Path, known: &Known) -> Result<Verdict> {
    let run = |number: usize, side: &Side<'_>| {
        let start = Instant::now();
        let text = ready.run(side.dsn, side.refused, &folder.join(format!("{name}-{number}")))?;
        println!(
            "{name}: {} steps {} in {:.1} s",
            text.lines().count(),
            side.name,
            start.elapsed().as_secs_f64()
        );
        Ok::<_, crate::Error>(text)
    };
    let [direct, other] = sides;
    let (one, two) = (run(0, direct)?, run(1, other)?);
    Ok(compare(&one, &alike(&two, other.dsn, direct.dsn), known))
}

/// Messages name the role and the database; a principal and a target may have other names.
fn alike(transcript: &str, from: &Dsn, to: &Dsn) -> String {
    let mut text = transcript.to_owned();
    for (what, word) in [("user", "user"), ("role", "user"), ("database", "dbname")] {
        if from.word(word) != to.word(word) {
            for quote in ["\"", "\\\""] {
                let name = |dsn: &Dsn| format!("{what} {quote}{}{quote}", dsn.word(word));
                text = text.replace(&name(from), &name(to));
            }
        }
    }
    text
}

fn tell(verdict: &Verdict, count: &mut Count) {
    for (step, direct, gate) in &verdict.different {
        println!("  ✗ {step}\n      directly: {direct}\n      gate:     {gate}");
    }
    for (step, reason) in &verdict.known {
        println!("  – {step}: differs, as it must: {reason}");
    }
    for step in &verdict.stale {
        println!("  ! {step}: listed as a known difference, but it is the same: take it off the list");
    }
    if verdict.same.is_empty() && verdict.different.is_empty() {
        println!("  ✗ no step was run");
        count.failed += 1;
    }
    count.passed += verdict.same.len();
    count.failed += verdict.different.len();
    count.skipped += verdict.known.len();
}

/// The project's folder: the rig is only ever run from its checkout.
fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new(".")).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_names_are_made_alike_and_nothing_else() {
        let direct = Dsn::parse("user=postgres dbname=postgres").unwrap();
        let gate = Dsn::parse("user=alice dbname=shop").unwrap();
        let text = r#"failed for user "alice" of database "shop": alice, "alice""#;
        let wanted = r#"failed for user "postgres" of database "postgres": alice, "alice""#;
        assert_eq!(alike(text, &gate, &direct), wanted);
        assert_eq!(alike(r#"role \"alice\""#, &gate, &direct), r#"role \"postgres\""#);
    }

    #[test]
    fn the_list_of_known_differences_is_well_formed() {
        let text = fs::read_to_string(project().join("clients/known-differences.txt")).unwrap();
        assert!(Known::parse(&text).is_ok());
    }
}
