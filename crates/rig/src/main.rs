//! `tollhouse-rig`: the development commands behind `./demo`, `./bench` and `./test`. Not part of the product.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
The development commands of Tollhouse.

Usage: tollhouse-rig COMMAND [ARGUMENT…]

Commands:
  demo      a server with a sample database and a gate before it (`./demo`)
  bench     what the gate costs beside its peers (`./bench`)
  labels    how well columns are labelled (`./bench --labels`)
  matrix    real clients, directly and through the gate (`matrix --help`)
  drivers   the suites that drivers bring, directly and through the gate (`drivers --help`)
  ensure    get the PostgreSQL servers that the live tests need: `ensure 15 18`
  sample    print the sample database as a script for psql
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("--help", [].as_slice()),
    };
    let result = match command {
        "demo" => rig::demo::run(rest, project().join(".demo")),
        "bench" => rig::bench::run(rest).map(|()| ExitCode::SUCCESS),
        "labels" => rig::labels::run(rest).map(|()| ExitCode::SUCCESS),
        rig::bench::PROBE => rig::bench::probe(rest).map(|()| ExitCode::SUCCESS),
        "matrix" => rig::matrix::run(rest),
        "drivers" => rig::matrix::run_drivers(rest),
        "ensure" => ensure(rest),
        "sample" => {
            print!("{}", rig::sample::script().text);
            Ok(ExitCode::SUCCESS)
        }
        "--help" | "-h" => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        other => {
            eprintln!("tollhouse-rig: unknown command `{other}`; `tollhouse-rig --help` shows all");
            Ok(ExitCode::from(2))
        }
    };
    result.unwrap_or_else(|error| {
        eprintln!("tollhouse-rig: {error}");
        ExitCode::FAILURE
    })
}

/// Gets each version; prints one line each, and what cannot be had is told and counted in the exit code.
fn ensure(versions: &[String]) -> rig::Result<ExitCode> {
    let mut missing = 0;
    for version in versions {
        let Ok(major) = version.parse() else {
            eprintln!("tollhouse-rig: `{version}` is no major version, such as 15");
            return Ok(ExitCode::from(2));
        };
        match rig::postgres::ensure(major) {
            Ok(install) => println!("PostgreSQL {}: {}", install.version(), install.bin().display()),
            Err(error) => {
                println!("PostgreSQL {major}: skipped: {error}");
                missing += 1;
            }
        }
    }
    Ok(if missing == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The project's folder: this program is only ever run from its checkout.
fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new(".")).to_owned()
}
