//! `kill -9` under load, at moments that nobody chose: what was acknowledged is in the ledger, and the ledger verifies.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use ledger::leaf::Leaf;
use wire::postgres::encode;

use crate::client::Client;
use crate::house::{House, until};
use crate::ledger::Entry;

/// What a writer knows of its own statements: each has a number that no other has.
#[derive(Default)]
struct History {
    next: AtomicU64,
    /// Acknowledged ones.
    done: Mutex<Vec<u64>>,
    /// Sent, and the gate died before an answer came.
    open: Mutex<Vec<u64>>,
}

fn text(number: u64) -> String {
    format!("INSERT INTO t VALUES ({number})")
}

/// Writes until the connection breaks, in turn by each way that there is to run a statement.
fn write(client: &mut Client, history: &History) {
    loop {
        let number = history.next.fetch_add(1, Ordering::Relaxed);
        let text = text(number);
        if number.is_multiple_of(2) {
            client.say(|out| encode::query(out, text.as_bytes()).unwrap());
        } else {
            client.say(|out| {
                super::extended::run(out, &text, &[]);
                encode::sync(out);
            });
        }
        // The end may come inside of a message.
        let line = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| client.ready().line()));
        match line {
            Ok(line) if line.ends_with("C(INSERT 0 1) Z(I)") => history.done.lock().unwrap().push(number),
            _ => {
                history.open.lock().unwrap().push(number);
                return;
            }
        }
    }
}

/// Kills the gate `times` times under load, and looks at everything after each.
fn kill(times: u32) {
    // The promise is two seconds; a build without optimisation reads a full segment back several times slower.
    const RESTART: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });
    const WRITERS: usize = 3;
    let mut house = House::new();
    house.session().query("CREATE TABLE t (a bigint)");
    let history = History::default();
    let mut entries = Vec::new();
    for time in 0..times {
        std::thread::scope(|scope| {
            for _ in 0..WRITERS {
                let mut client = house.session();
                let history = &history;
                scope.spawn(move || write(&mut client, history));
            }
            // Random by the nanosecond, up to 60 ms of work.
            let nanos = u64::from(rand::random::<u32>()) % 60_000_000;
            std::thread::sleep(Duration::from_nanos(nanos));
            rig::process::send(house.gate.id().unwrap(), rig::process::Signal::KILL).unwrap();
        });
        house.gate.kill9().unwrap();
        house.wait_for_no_upstream();
        let begin = Instant::now();
        house.gate.restart().unwrap();
        assert!(begin.elapsed() <= RESTART, "kill {time}: a restart took {:?}", begin.elapsed());
        entries.extend(house.ledger().entries_from(entries.len() as u64));
        look(&house, &history, &entries);
    }
    house.gate.stop().unwrap();
    house.ledger().verify();
    let verify = house.gate.tollhouse(&["ledger", "verify", "--ledger", "ledger"]).output().unwrap();
    assert!(verify.status.success(), "{}", String::from_utf8_lossy(&[verify.stdout, verify.stderr].concat()));
}

/// Holds the ledger against the writers' history and the table.
fn look(house: &House, history: &History, entries: &[Entry]) {
    let pairs = crate::ledger::pairs(entries);
    let by_text: BTreeMap<&str, &crate::ledger::Pair> = pairs
        .iter()
        .filter(|pair| pair.decision.action != "prepare")
        .filter_map(|pair| Some((pair.text.as_deref()?, pair)))
        .collect();
    for number in history.done.lock().unwrap().iter() {
        let pair = by_text.get(text(*number).as_str());
        assert!(pair.is_some(), "statement {number} was acknowledged and is not in the ledger");
    }
    // What the table has was decided first, acknowledged or not.
    for row in house.sql("SELECT a FROM t") {
        let number: u64 = row[0].as_deref().unwrap().parse().unwrap();
        assert!(by_text.contains_key(text(number).as_str()), "statement {number} ran without an entry");
    }
    // Nothing stays open: whoever died with the gate is unknown.
    for pair in by_text.values() {
        assert!(pair.outcome.is_some(), "no outcome: {}", pair.line());
    }
    let recoveries = entries.iter().filter(|entry| matches!(entry.leaf, Leaf::LedgerRecovered(_))).count();
    let opened = entries.iter().filter(|entry| matches!(entry.leaf, Leaf::LedgerOpened(_))).count();
    assert_eq!(recoveries + 1, opened, "each crash is an entry");
    // A statement that nobody heard of again has the outcome that the server gave it, or none that anybody knows.
    for number in history.open.lock().unwrap().iter() {
        if let Some(pair) = by_text.get(text(*number).as_str()) {
            assert!(["ok", "unknown", "skipped"].contains(&pair.result().as_str()), "{}", pair.line());
        }
    }
}

#[test]
fn five_kills_lose_nothing_that_was_acknowledged() {
    kill(5);
}

#[test]
#[ignore = "takes minutes: ./test --faults"]
fn two_hundred_kills_lose_nothing_that_was_acknowledged() {
    kill(200);
}

#[test]
fn a_kill_while_nothing_happens_loses_nothing() {
    let mut house = House::new();
    house.session().query("SELECT 'before'");
    house.ledger().statement("SELECT 'before'");
    house.gate.kill9().unwrap();
    house.gate.restart().unwrap();
    assert_eq!(house.ledger().result("SELECT 'before'"), "ok");
    until("the old session's end at the server", || house.upstream_sessions() == "0");
    house.is_well();
}
