//! How guards are evaded: each attempt through the gate, by its number in the catalogue of evasions (`tests/evasion`).
//!
//! What holds for a refused text: it had no effect (looked at past the gate), it was answered by a well-formed error
//! that names its rule, the session works afterwards, the ledger has verdict, rule and objects, and the harmless twin
//! of the text passes. On each server, in the simple and the extended protocol.

mod case;
mod empty;
mod fixture;
mod run;

use case::Case;
pub(crate) use fixture::Guarded;
pub(crate) use run::{Way, error};

/// Every file of the folder is run, and every attempt in it.
#[test]
fn no_guard_is_evaded() {
    let cases = Case::all();
    assert!(cases.len() >= 30, "{} files", cases.len());
    let mut findings = Vec::new();
    let mut attempts = 0;
    for guarded in Guarded::each() {
        let mut refusals = Vec::new();
        for case in &cases {
            run::case(&guarded, case, &mut refusals, &mut findings);
        }
        run::recorded(&guarded, &refusals, &mut findings);
        attempts += refusals.len();
        guarded.house.is_well();
    }
    println!("{} files, {attempts} texts refused", cases.len());
    assert!(findings.is_empty(), "{} findings\n{}", findings.len(), findings.join("\n"));
}
