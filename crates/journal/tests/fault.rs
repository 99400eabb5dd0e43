//! The journal with its threads, on disks that fail and in processes that are killed: who waits gets an answer,
//! what was acknowledged is there, and it goes on by itself.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "these are tests")]

#[path = "../../ledger/tests/memory/mod.rs"]
mod memory;

use journal::{Health, Journal, KeyFiles, Options, Unavailable, read_vkey};
use ledger::entry::{Action, Decision, Ending, Outcome};
use ledger::{Part, PartName, Signer, Trouble, verify};
use memory::{Memory, SIGNER, vkey};
use model::{Durability, SessionId, StatementId, Timestamp, Verdict};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

/// Nothing here takes longer unless it hangs.
const HANG: Duration = Duration::from_secs(30);

fn options(folder: &Path) -> Options {
    Options {
        retry_delay: Duration::from_millis(5),
        checkpoint_delay: Duration::from_millis(5),
        segment_bytes: 64 << 10,
        ..Options::new(folder, "PeterNeumann")
    }
}

fn on(storage: &Arc<Memory>) -> Journal {
    let keys = KeyFiles { signer: Signer::new(SIGNER).unwrap(), vkey: vkey(), parameter: [1; 32] };
    Journal::open_on(Arc::clone(storage), keys, &options(Path::new("")), Timestamp(1)).unwrap().0
}

fn decision(journal: &Journal, number: u64) -> Result<u64, Unavailable> {
    let text = Part::store(PartName::Text, journal.salt(), b"select 1");
    let entry = Decision {
        at: Timestamp(number),
        id: StatementId { session: SessionId(7), number },
        action: Action::Query,
        principal: "alice",
        on_behalf_of: None,
        target: "shop",
        verdict: Verdict::Allow,
        rules: &[],
        shadow: &[],
        facts: &[],
        policy: None,
        policy_version: 0,
        prepared: None,
        fingerprint: None,
        text: Some(text),
        parameters: None,
        asserted: None,
    };
    Ok(journal.append(&entry, Durability::Strict)?.index)
}

fn outcome(journal: &Journal, number: u64) -> Result<u64, Unavailable> {
    let entry = Outcome {
        at: Timestamp(number),
        id: StatementId { session: SessionId(7), number },
        principal: "alice",
        target: "shop",
        ending: Ending::Ok,
        sqlstate: None,
        tags: &[],
        commands: 1,
        rows: 0,
        bytes: 0,
        bytes_in: 0,
        duration_us: 1,
        masked: &[],
    };
    Ok(journal.append(&entry, Durability::Relaxed)?.index)
}

/// Repeats until it holds; the other thread makes it so.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !holds() {
        assert!(begin.elapsed() < HANG, "{what} does not come");
        std::thread::yield_now();
    }
}

#[test]
fn a_disk_that_fails_to_sync_refuses_new_statements_and_recovers_by_itself() {
    let storage = Memory::new();
    let journal = on(&storage);
    let first = decision(&journal, 1).unwrap();
    assert!(journal.wait_durable(first).unwrap().durable());
    storage.fail_syncs(usize::MAX);
    let second = decision(&journal, 2).unwrap();
    assert_eq!(journal.wait_durable(second), Err(Unavailable::Failing(Trouble::Io)));
    assert!(matches!(journal.health(), Health::Failing { what: Trouble::Io, .. }));
    let refused = decision(&journal, 3).unwrap_err();
    assert_eq!(refused.sqlstate().to_string(), "58030");
    // What runs already may still be closed.
    let closed = outcome(&journal, 1).unwrap();
    storage.heal();
    until("recovery", || journal.health() == Health::Ok);
    assert!(journal.wait_durable(closed).unwrap().durable());
    let third = decision(&journal, 3).unwrap();
    assert!(journal.wait_durable(third).is_ok());
    let size = journal.checkpoint().unwrap();
    journal.close().unwrap();
    assert_eq!(size, 5);
    assert_eq!(verify(&*storage, &vkey(), None).map(|v| (v.size, v.unsigned)), Ok((5, 0)));
}

#[test]
fn a_full_disk_is_told_apart_and_recovers_too() {
    for failing in [Memory::fail_writes, Memory::fail_seals] {
        let storage = Memory::new();
        let journal = on(&storage);
        failing(&storage, usize::MAX);
        let trouble =
            |journal: &Journal| matches!(journal.health(), Health::Failing { what: Trouble::DiskFull, .. });
        let _ = decision(&journal, 1).unwrap();
        until("trouble", || trouble(&journal));
        assert_eq!(decision(&journal, 2).unwrap_err().sqlstate().to_string(), "53100");
        storage.heal();
        until("recovery", || journal.health() == Health::Ok);
        let index = decision(&journal, 2).unwrap();
        assert!(journal.wait_durable(index).is_ok());
        assert_eq!(journal.checkpoint().unwrap(), 3);
        assert_eq!(verify(&*storage, &vkey(), None).map(|v| v.size), Ok(3));
    }
}

#[test]
fn a_journal_that_is_closed_while_it_fails_does_not_hang() {
    for failing in [Memory::fail_syncs, Memory::fail_writes, Memory::fail_seals] {
        let storage = Memory::new();
        let journal = on(&storage);
        failing(&storage, usize::MAX);
        let _ = decision(&journal, 1).unwrap();
        assert!(journal.close().is_err());
        assert_eq!(decision(&journal, 2), Err(Unavailable::Closed));
        assert_eq!(journal.health(), Health::Closed);
        storage.heal();
        let again = on(&storage);
        assert_eq!(again.health(), Health::Ok);
    }
}

struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn who_waits_is_woken_by_durability_and_by_failure() {
    let storage = Memory::new();
    let journal = on(&storage);
    for (failures, durable) in [(0, true), (usize::MAX, false)] {
        storage.fail_syncs(failures);
        let count = Arc::new(Count(AtomicUsize::new(0)));
        let waker = Waker::from(Arc::clone(&count));
        let mut cx = Context::from_waker(&waker);
        let index = decision(&journal, 1).unwrap();
        match journal.poll_durable(index, &mut cx) {
            Poll::Ready(answer) => assert_eq!(answer.is_ok(), durable),
            Poll::Pending => {
                until("a wake", || count.0.load(Ordering::SeqCst) > 0);
                let Poll::Ready(answer) = journal.poll_durable(index, &mut cx) else {
                    panic!("woken too early")
                };
                assert_eq!(answer.is_ok(), durable);
            }
        }
    }
    storage.heal();
}

/// Not a test: the process that the next test kills.
#[test]
#[ignore = "run by the test below, in a process of its own"]
fn child() {
    let folder = std::env::var("LEDGER").unwrap();
    let (journal, _) = Journal::open(&options(Path::new(&folder)), Timestamp(1)).unwrap();
    for number in 1.. {
        let index = decision(&journal, number).unwrap();
        let receipt = journal.wait_durable(index).unwrap();
        println!("acknowledged {}", receipt.index());
        outcome(&journal, number).unwrap();
    }
}

#[test]
fn a_killed_process_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    let mut acknowledged = 0;
    for lines in [1, 40, 3, 200, 77, 12] {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child", "--ignored", "--nocapture", "--test-threads=1"])
            .env("LEDGER", &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let told = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let told = told.filter_map(|line| line.split_once("acknowledged ")?.1.parse::<u64>().ok());
        acknowledged = told.take(lines).last().unwrap().max(acknowledged);
        // SIGKILL, wherever the child is now.
        child.kill().unwrap();
        child.wait().unwrap();
        let key = read_vkey(&path.join("ledger.pub")).unwrap();
        let storage = journal::FileStorage::new(&path);
        let seen = ledger::Reader::new(&storage).unwrap();
        assert!(seen.size() > acknowledged, "{} of {acknowledged}", seen.size());
        if seen.checkpoint().is_some() {
            let verified = verify(&storage, &key, None).unwrap();
            assert!(verified.size + verified.unsigned > acknowledged);
        }
        let (journal, opened) = Journal::open(&options(&path), Timestamp(2)).unwrap();
        assert!(opened.size > acknowledged && !opened.clean);
        journal.close().unwrap();
        assert!(verify(&storage, &key, None).unwrap().unsigned == 0);
    }
}
