//! `./demo --check`: a house for a while, the tour through it, and what the ledger says afterwards.

use std::process::ExitCode;
use std::time::Instant;

use super::client::Client;
use super::house::House;
use super::judged;
use super::ledger::Ledger;
use super::state::Secrets;
use super::{print, tour};
use crate::Result;

/// What has been tried so far.
#[derive(Default)]
pub(super) struct Report {
    passed: usize,
    failed: usize,
}

/// The outcome of one step: a good one with what to show, or what was wrong.
pub(super) type Outcome = Result<String, String>;

impl Report {
    /// Prints one step and counts it.
    pub(super) fn step(&mut self, name: &str, outcome: Outcome) {
        let (is_good, detail) = match outcome {
            Ok(detail) => (true, detail),
            Err(detail) => (false, detail),
        };
        if is_good {
            self.passed += 1
        } else {
            self.failed += 1
        }
        print::outcome(is_good, name, &print::harmless(&detail));
    }
}

/// Plays it. Exit code 0 when every step went well.
pub(super) fn run() -> Result<ExitCode> {
    let start = Instant::now();
    let secrets = Secrets::new()?;
    let mut house = House::open_for_a_while(&secrets)?;
    let client = Client::new(house.gate.port(), house.gate.authority(), &house.passwords)?;
    let mut report = Report::default();
    print::heading("The tour");
    tour::play(&mut report, &house, &client);
    print::heading("What the ledger says, while the gate runs");
    Ledger::of(&house.gate).told(&mut report);
    judged::told(&mut report, &house.gate);
    let kept = Ledger::of(&house.gate).checkpoint().unwrap_or_default();
    // What an auditor is given is at rest.
    house.gate.stop()?;
    print::heading("Whether it would notice");
    Ledger::of(&house.gate).tampered(&mut report, &kept);
    if report.failed > 0 {
        print::heading("The gate's log ends");
        let log = house.gate.log();
        let lines: Vec<&str> = log.lines().collect();
        let tail = lines.get(lines.len().saturating_sub(20)..).unwrap_or_default();
        tail.iter().for_each(|line| print::say(&format!("  {}", print::harmless(line))));
    }
    house.close()?;
    let seconds = start.elapsed().as_secs();
    print::say(&format!("\ndemo check: {} passed, {} failed in {seconds} s", report.passed, report.failed));
    Ok(if report.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
