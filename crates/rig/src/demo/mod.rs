//! `./demo`: a private server with the sample shop, a gate before it, and the lines to connect with. Or, with `--check`,
//! the tour of all that, played by itself.
//!
//! Everything that it starts ends with it. What it keeps is in one folder, so that the next start is fast.

mod check;
mod client;
mod house;
mod judged;
mod ledger;
mod leftover;
mod masked;
mod persona;
mod print;
mod state;
mod stop;
mod tour;
mod welcome;

use std::path::PathBuf;
use std::process::ExitCode;

use crate::Result;

/// The help; `./demo` prints the same file before anything is built.
const HELP: &str = include_str!("help.txt");

/// Runs the demo with the arguments behind `demo`. `folder` is kept unless `TOLLHOUSE_DEMO_DIR` says otherwise.
///
/// # Errors
/// When something cannot be started; what did start has been stopped.
pub fn run(arguments: &[String], folder: PathBuf) -> Result<ExitCode> {
    let mut is_fresh = false;
    let mut is_check = false;
    for argument in arguments {
        match argument.as_str() {
            "--fresh" => is_fresh = true,
            "--check" => is_check = true,
            "--help" | "-h" => {
                print!("{HELP}");
                return Ok(ExitCode::SUCCESS);
            }
            other => {
                eprintln!("demo: unknown option `{other}`; `./demo --help` shows all");
                return Ok(ExitCode::from(2));
            }
        }
    }
    if is_check {
        return check::run();
    }
    let folder = std::env::var_os("TOLLHOUSE_DEMO_DIR").map_or(folder, PathBuf::from);
    stay(folder, is_fresh)
}

/// Starts everything, says so, and waits for the end.
fn stay(folder: PathBuf, is_fresh: bool) -> Result<ExitCode> {
    let Some(mut state) = state::State::open(folder, is_fresh)? else { return Ok(ExitCode::FAILURE) };
    // Before anything starts, so that a Ctrl-C meanwhile waits for its turn and stops what was started.
    let stop = stop::Stop::listen()?;
    let mut house = house::House::open(&mut state)?;
    welcome::print(&house, &state)?;
    let reason = stop.wait(|| house.failure())?;
    print::say("");
    match &reason {
        None => print::step("stopping"),
        Some(reason) => print::problem(reason),
    }
    house.close()?;
    print::step("stopped; `./demo` starts it again with the same data and ledger");
    Ok(if reason.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
