//! The ledger as an auditor reads it: who, for whom, what, with which values, and what came of it.

use ledger::leaf::Leaf;
use wire::postgres::encode;

use crate::house::{House, bytes_below, holds, server};

#[test]
fn every_statement_has_a_decision_and_then_its_outcome() {
    for house in House::each() {
        let mut client = house.bot_session();
        client.query("CREATE TABLE t (a int, b text)");
        client.query("INSERT INTO t VALUES (1, 'x'), (2, 'y')");
        client.query("SELECT a FROM t");
        client.query("SELECT 1/0");
        client.query("SELEKT");
        client.say(|out| {
            super::extended::run(
                out,
                "UPDATE t SET b = $1 WHERE a = $2::int",
                &[Some(b"canary value"), Some(b"2")],
            );
            encode::sync(out);
        });
        client.ready();
        client.bye();

        let ledger = house.ledger();
        let pairs = ledger.settled();
        let lines: Vec<String> = pairs.iter().map(crate::ledger::Pair::line).collect();
        assert_eq!(
            lines,
            [
                "allow query `CREATE TABLE t (a int, b text)` ok",
                "allow query `INSERT INTO t VALUES (1, 'x'), (2, 'y')` ok",
                "allow query `SELECT a FROM t` ok",
                "allow query `SELECT 1/0` error 22012",
                "allow query `SELEKT` error 42601",
                "allow prepare `UPDATE t SET b = $1 WHERE a = $2::int` open",
                "allow execute `UPDATE t SET b = $1 WHERE a = $2::int` ok",
            ]
        );
        for pair in &pairs {
            let decision = &pair.decision;
            let who =
                (decision.principal.as_str(), decision.on_behalf_of.as_deref(), decision.target.as_str());
            assert_eq!(who, ("bot", Some("alice"), "shop"));
            assert!(decision.fingerprint.is_some(), "{decision:?}");
            if let Some(ended) = pair.ended_at {
                assert!(pair.decided_at < ended, "the decision comes first");
            }
        }
        let numbers: Vec<u64> = pairs.iter().map(|pair| pair.decision.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7]);
        let select = pairs[2].outcome.as_ref().unwrap();
        assert_eq!((select.rows, select.commands), (2, 1));
        assert_eq!(pairs[6].decision.prepared, Some(6), "an execution names what prepared it");

        // Times never go back, and the session's own entries stand around its statements.
        let entries = ledger.entries();
        assert!(entries.windows(2).all(|two| two[0].leaf.at() <= two[1].leaf.at()));
        let opened =
            entries.iter().position(|entry| matches!(entry.leaf, Leaf::SessionOpened(_))).unwrap() as u64;
        assert!(opened < pairs[0].decided_at);
        let closed = ledger.wait("the session's end", |entry| match &entry.leaf {
            Leaf::SessionClosed(closed) => Some(closed.clone()),
            _ => None,
        });
        assert_eq!((closed.reason.as_str(), closed.statements), ("terminate", 7));
        assert!(closed.bytes_in > 0 && closed.bytes_out > 0, "{closed:?}");
    }
}

#[test]
fn texts_that_differ_in_values_only_have_one_fingerprint() {
    let house = House::new();
    let mut client = house.session();
    for text in ["SELECT 1 + 2", "select  3+4 -- more", "SELECT 1 - 2"] {
        client.query(text);
    }
    client.bye();
    let prints: Vec<_> =
        house.ledger().settled().iter().map(|pair| pair.decision.fingerprint.clone().unwrap()).collect();
    assert_eq!(prints[0], prints[1]);
    assert_ne!(prints[0], prints[2]);
}

/// Runs a statement with a value that is easy to find again.
fn with_value(how: &str, value: &[u8]) -> (House, String) {
    let house = House::with(server(), |plan| plan.parameters(how));
    let mut client = house.session();
    client.say(|out| {
        super::extended::run(out, "SELECT length($1)", &[Some(value)]);
        super::extended::run(out, "SELECT length($1)", &[Some(value)]);
        super::extended::run(out, "SELECT length($1)", &[None]);
        encode::sync(out);
    });
    client.ready();
    client.bye();
    let pairs = house.ledger().settled();
    let recorded: Vec<String> = pairs.iter().filter_map(|pair| pair.parameters.clone()).collect();
    assert_eq!(recorded.len(), 3);
    assert_eq!(recorded[0], recorded[1], "equal values can be found");
    assert_eq!(recorded[2], "[null]");
    (house, recorded[0].clone())
}

#[test]
fn values_are_recorded_as_the_configuration_says() {
    let value = b"a canary of a value";
    let (house, recorded) = with_value("hash", value);
    assert!(recorded.contains("\"hash\""), "{recorded}");
    assert!(!holds(&bytes_below(&house.gate.ledger()), value), "a value is in the clear");
    let (house, recorded) = with_value("omit", value);
    assert!(recorded.contains("\"bytes\":19") && !recorded.contains("hash"), "{recorded}");
    assert!(!holds(&bytes_below(&house.gate.ledger()), value), "a value is in the clear");
    let (_house, recorded) = with_value("plain", value);
    assert!(recorded.contains("a canary of a value"), "{recorded}");
    // A value that streams is recorded like one that is held.
    let long = vec![b'v'; 300_000];
    let (_house, recorded) = with_value("hash", &long);
    assert!(recorded.contains("\"bytes\":300000") && recorded.contains("\"hash\""), "{recorded}");
}

#[test]
fn the_ledger_verifies_after_a_busy_day() {
    let mut house = House::new();
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let house = &house;
            scope.spawn(move || {
                let mut client = house.session();
                for number in 0..200 {
                    assert_eq!(client.query(&format!("SELECT {worker} * {number}")).column().len(), 1);
                }
                client.bye();
            });
        }
    });
    house.ledger().settled();
    house.gate.stop().unwrap();
    house.ledger().verify();
    assert_eq!(house.ledger().pairs().len(), 800);
    // The next start goes on where this one stopped.
    house.gate.restart().unwrap();
    house.session().bye();
    house.gate.stop().unwrap();
    house.ledger().verify();
}

#[test]
fn a_second_gate_on_the_same_ledger_does_not_start() {
    let house = House::new();
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(house.gate.configuration()).unwrap();
    let (clients, admin) = rig::port::two().unwrap();
    let other = text
        .replace("directory = \"ledger\"", &format!("directory = \"{}\"", house.gate.ledger().display()))
        .replace(&house.gate.port().to_string(), &clients.to_string())
        .replace(&house.gate.admin_port().to_string(), &admin.to_string())
        .replace("password_file = \"", &format!("password_file = \"{}/", house.gate.folder().display()));
    let file = folder.path().join("tollhouse.toml");
    std::fs::write(&file, other).unwrap();
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let output = house.gate.tollhouse(&["serve", "--config", &file.display().to_string()]).output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(!output.status.success() && said.contains("another process has the ledger"), "{said}");
    house.is_well();
}
