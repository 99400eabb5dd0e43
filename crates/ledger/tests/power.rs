//! Crashes, power cuts and failing disks at every step: nothing acknowledged is lost, no two checkpoints disagree,
//! and the ledger verifies afterwards.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "these are tests")]

mod memory;

use ledger::{Trouble, verify};
use memory::{Life, Memory, leaves, push, vkey};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Step {
    Append(u64),
    /// Written, not yet sealed, then the process is gone.
    WriteOnly(u64),
    FailSync(usize),
    FailWrite(usize),
    FailSeal(usize),
    /// Written without success, then the power goes.
    FailAndCut(u64, u64),
    Checkpoint,
    Kill,
    PowerCut(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (1..90u64).prop_map(Step::Append),
        1 => (1..20u64).prop_map(Step::WriteOnly),
        1 => (1..3usize).prop_map(Step::FailSync),
        1 => (1..3usize).prop_map(Step::FailWrite),
        1 => (1..4usize).prop_map(Step::FailSeal),
        1 => (1..20u64, any::<u64>()).prop_map(|(n, seed)| Step::FailAndCut(n, seed)),
        3 => Just(Step::Checkpoint),
        1 => Just(Step::Kill),
        2 => any::<u64>().prop_map(Step::PowerCut),
    ]
}

/// SplitMix64: enough chance for which pieces reach the disk.
fn random(mut seed: u64) -> impl FnMut() -> u64 {
    move || {
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// The leaves that entries have by their index.
fn expected(count: u64) -> Vec<Vec<u8>> {
    let mut batch = ledger::Pending::new(0);
    let mut life = Life::begin(&Memory::new()).unwrap();
    (0..count).for_each(|_| push(&mut batch));
    life.append(batch);
    leaves(&life.storage)
}

fn reborn(life: Life) -> Result<Life, TestCaseError> {
    let acknowledged = life.size();
    let storage = life.storage;
    let next = Life::begin(&storage).map_err(|e| TestCaseError::fail(format!("does not open: {e}")))?;
    prop_assert!(next.size() >= acknowledged, "{} of {acknowledged} entries are left", next.size());
    Ok(next)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_acknowledged_is_lost(steps in proptest::collection::vec(step(), 1..40)) {
        let mut life = Life::begin(&Memory::new()).unwrap();
        let mut checkpoints = Vec::new();
        for step in steps {
            match step {
                Step::Append(n) => {
                    let batch = life.batch(n);
                    life.append(batch);
                }
                Step::WriteOnly(n) => {
                    life.storage.heal();
                    let mut batch = life.batch(n);
                    while life.writer.write(&mut batch).is_err() {}
                    let acknowledged = batch.next();
                    life = reborn(life)?;
                    prop_assert!(life.size() >= acknowledged);
                }
                Step::FailSync(n) => life.storage.fail_syncs(n),
                Step::FailWrite(n) => life.storage.fail_writes(n),
                Step::FailSeal(n) => life.storage.fail_seals(n),
                Step::FailAndCut(n, seed) => {
                    life.storage.fail_syncs(1);
                    let mut batch = life.batch(n);
                    prop_assert!(life.writer.write(&mut batch).is_err());
                    life.storage.power_cut(random(seed));
                    life.storage.heal();
                    life = reborn(life)?;
                }
                Step::Checkpoint => checkpoints.push(life.checkpoint()),
                Step::Kill | Step::PowerCut(_) => {
                    if let Step::PowerCut(seed) = step {
                        life.storage.power_cut(random(seed));
                    }
                    life.storage.heal();
                    life = reborn(life)?;
                }
            }
        }
        let batch = life.batch(1);
        life.append(batch);
        life.checkpoint();
        let size = life.size();
        prop_assert_eq!(leaves(&life.storage), expected(size));
        for checkpoint in &checkpoints {
            let verified = verify(&*life.storage, &vkey(), Some(checkpoint));
            prop_assert_eq!(verified.map(|v| (v.size, v.unsigned)), Ok((size, 0)));
        }
    }
}

#[test]
fn segments_are_let_go_and_open_statements_are_carried_over() {
    let storage = Memory::new();
    let mut life = Life::begin(&storage).unwrap();
    for _ in 0..300 {
        // Decisions only: an entry that closes nothing takes the place of each outcome.
        let mut batch = life.batch(1);
        batch.push(&memory::plain(life.size()));
        life.append(batch);
        life.checkpoint();
    }
    let segments: Vec<String> = storage.paths().into_iter().filter(|path| path.ends_with(".seg")).collect();
    assert!(segments.len() < 30 && segments[0] != "segment/00000000000000000000.seg", "{segments:?}");
    let next = Life::begin(&storage).unwrap();
    let numbers: Vec<u64> = next.open.iter().map(|id| id.number).collect();
    assert_eq!(numbers, (1..=300).collect::<Vec<u64>>());
    assert_eq!(verify(&*storage, &vkey(), None).map(|v| v.size), Ok(600));
}

#[test]
fn a_second_writer_is_found_before_it_does_harm() {
    let storage = Memory::new();
    let mut one = Life::begin(&storage).unwrap();
    let batch = one.batch(3);
    one.append(batch);
    one.checkpoint();
    let mut two = Life::begin(&storage).unwrap();
    let batch = two.batch(2);
    two.append(batch);
    two.checkpoint();
    let batch = one.batch(9);
    one.append(batch);
    let error = one.sealer.checkpoint(&one.signer).unwrap_err();
    assert_eq!(error.trouble, Trouble::Corrupt);
    assert!(error.message.contains("another process"), "{error}");
}
