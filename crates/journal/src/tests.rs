//! The journal on real files: open, append, close, open again.

use crate::{Health, Journal, OpenError, Options};
use ledger::entry::{Action, Decision, Ending, Outcome};
use ledger::{Part, PartName};
use model::{Durability, SessionId, StatementId, Timestamp, Verdict};

fn decision<'a>(number: u64, text: Part<'a>) -> Decision<'a> {
    Decision {
        at: Timestamp(1_000_000 + number),
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
    }
}

fn outcome(number: u64) -> Outcome<'static> {
    Outcome {
        at: Timestamp(2_000_000 + number),
        id: StatementId { session: SessionId(7), number },
        principal: "alice",
        target: "shop",
        ending: Ending::Ok,
        sqlstate: None,
        tags: &["SELECT 1"],
        commands: 1,
        rows: 1,
        bytes: 60,
        bytes_in: 20,
        duration_us: 900,
        masked: &[],
    }
}

#[test]
fn a_ledger_is_made_written_closed_and_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options::new(folder.path().join("ledger"), "example.com/log");
    let (journal, opened) = Journal::open(&options, Timestamp(1)).unwrap();
    assert_eq!((opened.size, opened.clean), (0, true));
    for number in 1..=600 {
        let part = Part::store(PartName::Text, journal.salt(), b"select 1");
        let durability = if number % 100 == 0 { Durability::Strict } else { Durability::Relaxed };
        let appended = journal.append(&decision(number, part), durability).unwrap();
        assert_eq!(appended.receipt.is_some(), durability == Durability::Relaxed);
        if durability == Durability::Strict {
            assert!(journal.wait_durable(appended.index).unwrap().durable());
        }
        if number != 600 {
            journal.append(&outcome(number), Durability::Relaxed).unwrap();
        }
    }
    assert_eq!(journal.checkpoint().unwrap(), 1200);
    assert_eq!(journal.health(), Health::Ok);
    assert!(matches!(Journal::open(&options, Timestamp(2)), Err(OpenError::Locked(_))));
    journal.close().unwrap();
    drop(journal);
    let (journal, opened) = Journal::open(&options, Timestamp(3)).unwrap();
    assert_eq!((opened.size, opened.clean, opened.unknown, opened.truncated_bytes), (1200, false, 1, 0));
    journal.close().unwrap();
    let (_journal, opened) = Journal::open(&options, Timestamp(4)).unwrap();
    assert_eq!((opened.size, opened.clean), (1203, true));
}
