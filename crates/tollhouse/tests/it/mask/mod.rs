//! That nothing sensitive leaves: each attempt through the gate, by its number in the catalogue of evasions
//! (`tests/mask`), by a person and by an agent who may not see what is behind, on each server, in the simple and the
//! extended protocol, in text and binary.
//!
//! What holds of each: no canary is in what came back, in no spelling; the answer is the same, byte by byte, when what
//! is hidden is something else; who may see it gets the server's own answer; and the harmless twin passes. Nothing is
//! declared: what is sensitive is found by the gate.

mod case;
mod fixture;
mod guess;
pub(crate) mod heard;
mod people;
mod run;

use case::Case;
use fixture::{Worlds, canaries};
use run::{Findings, Sessions};

use crate::house::{bytes_below, holds, servers};

/// Every file of the folder is run, and every attempt in it.
#[test]
#[ignore = "takes minutes"]
fn nothing_leaves() {
    let only = std::env::var("MASK_CASE").unwrap_or_default();
    let cases: Vec<Case> = Case::all().into_iter().filter(|case| case.id.starts_with(&only)).collect();
    let run = |shared| {
        let worlds = Worlds::on(shared);
        let canaries = canaries();
        let mut findings = Findings::default();
        let (mut real, mut other) = (Sessions::of(&worlds.real), Sessions::of(&worlds.other));
        let mut before = worlds.real.look();
        for case in &cases {
            for attempt in &case.attempt {
                if let Some(why) = &attempt.open {
                    println!("{}: open: {why}", case.id);
                    continue;
                }
                run::attempt(&worlds, (&mut real, &mut other), &canaries, &case.id, attempt, &mut findings);
            }
            let after = worlds.real.look();
            if after != before {
                findings.lines.push(format!("{} {}: something stayed behind", case.id, worlds.major()));
            }
            before = after;
        }
        let ledger = bytes_below(&worlds.real.house.gate.ledger());
        if holds(&ledger, b"536-90-4399") {
            findings.lines.push(format!("{}: a value is in the ledger", worlds.major()));
        }
        worlds.real.house.is_well();
        worlds.other.house.is_well();
        findings
    };
    let findings: Vec<Findings> = std::thread::scope(|scope| {
        let runs: Vec<_> = servers().iter().map(|shared| scope.spawn(move || run(shared))).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    let tried: usize = findings.iter().map(|findings| findings.tried).sum();
    let lines: Vec<String> = findings.into_iter().flat_map(|findings| findings.lines).collect();
    println!("{} files, {tried} attempts", cases.len());
    assert!(!cases.is_empty() && tried > 0);
    assert!(lines.is_empty(), "{} findings\n{}", lines.len(), lines.join("\n"));
}
