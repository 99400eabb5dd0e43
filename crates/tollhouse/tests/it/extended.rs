//! The extended protocol: names, partial execution, pipelines, errors up to Sync.

use wire::postgres::{Kind, encode};

use crate::client::Client;
use crate::house::House;

/// Parse, Bind, Execute of one text with text parameters, unnamed.
pub(crate) fn run(out: &mut Vec<u8>, text: &str, values: &[Option<&[u8]>]) {
    encode::parse(out, b"", text.as_bytes(), &[]).unwrap();
    encode::bind(out, b"", b"", &[], values.iter().copied(), &[]).unwrap();
    encode::execute(out, b"", 0).unwrap();
}

fn synced(client: &mut Client, write: impl FnOnce(&mut Vec<u8>)) -> String {
    client.say(|out| {
        write(out);
        encode::sync(out);
    });
    client.ready().line()
}

#[test]
fn named_and_unnamed_statements_work() {
    for house in House::each() {
        let mut client = house.session();
        let line = synced(&mut client, |out| {
            encode::parse(out, b"add", b"SELECT $1::int + $2::int", &[]).unwrap();
            encode::describe(out, Kind::Statement, b"add").unwrap();
        });
        assert_eq!(line, "1 t T Z(I)");
        let line = synced(&mut client, |out| {
            encode::bind(out, b"p", b"add", &[], [Some(&b"2"[..]), Some(b"3")], &[]).unwrap();
            encode::describe(out, Kind::Portal, b"p").unwrap();
            encode::execute(out, b"p", 0).unwrap();
            encode::close(out, Kind::Portal, b"p").unwrap();
        });
        assert_eq!(line, "2 T D(5) C(SELECT 1) 3 Z(I)");
        let line = synced(&mut client, |out| {
            // Binary: four bytes each way.
            let two = 2_i32.to_be_bytes();
            encode::bind(out, b"", b"add", &[1], [Some(&two[..]), None], &[1]).unwrap();
            encode::execute(out, b"", 0).unwrap();
            encode::close(out, Kind::Statement, b"add").unwrap();
        });
        assert_eq!(line, "2 D(NULL) C(SELECT 1) 3 Z(I)");
        let line = synced(&mut client, |out| encode::bind(out, b"", b"add", &[], [], &[]).unwrap());
        assert_eq!(line, "E(26000) Z(I)");
        client.bye();

        let pairs = house.ledger().settled();
        let executed: Vec<_> = pairs.iter().filter(|pair| pair.decision.action == "execute").collect();
        assert_eq!(executed.len(), 2);
        for pair in executed {
            assert_eq!(pair.text.as_deref(), Some("SELECT $1::int + $2::int"));
            assert!(pair.parameters.is_some(), "{pair:?}");
        }
    }
}

#[test]
fn a_portal_can_be_read_in_parts() {
    for house in House::each() {
        let mut client = house.session();
        client.say(|out| {
            encode::query(out, b"BEGIN").unwrap();
            encode::parse(out, b"", b"SELECT generate_series(1, 5)", &[]).unwrap();
            encode::bind(out, b"five", b"", &[], [], &[]).unwrap();
            encode::execute(out, b"five", 2).unwrap();
            encode::sync(out);
            encode::execute(out, b"five", 2).unwrap();
            encode::execute(out, b"five", 2).unwrap();
            encode::sync(out);
        });
        assert_eq!(client.ready().line(), "C(BEGIN) Z(T)");
        assert_eq!(client.ready().line(), "1 2 D(1) D(2) s Z(T)");
        assert_eq!(client.ready().line(), "D(3) D(4) s D(5) C(SELECT 1) Z(T)");
        assert_eq!(client.line("ROLLBACK"), "C(ROLLBACK) Z(I)");
        client.bye();
        let pairs = house.ledger().settled();
        let rows: Vec<u64> = pairs
            .iter()
            .filter(|pair| pair.decision.action == "execute")
            .filter_map(|pair| Some(pair.outcome.as_ref()?.rows))
            .collect();
        assert_eq!(rows, [2, 2, 1], "each execution has its own rows");
    }
}

#[test]
fn after_an_error_everything_up_to_sync_is_passed_over() {
    for house in House::each() {
        let mut client = house.session();
        client.query("CREATE TABLE t (a int)");
        let line = synced(&mut client, |out| {
            run(out, "INSERT INTO t VALUES (1)", &[]);
            // Volatile, so that it fails when it runs and not when it is planned.
            run(out, "SELECT 1/(random()*0)::int", &[]);
            run(out, "INSERT INTO t VALUES (2)", &[]);
        });
        assert_eq!(line, "1 2 C(INSERT 0 1) 1 2 E(22012) Z(I)");
        // An error outside of a statement: what follows is skipped too, and the session goes on.
        let line = synced(&mut client, |out| {
            encode::describe(out, Kind::Statement, b"none").unwrap();
            run(out, "INSERT INTO t VALUES (3)", &[]);
        });
        assert_eq!(line, "E(26000) Z(I)");
        // The client learns of the error and goes on sending before it syncs.
        client.say(|out| {
            run(out, "SELEKT", &[]);
            encode::flush(out);
        });
        assert_eq!(client.until(b'E').line(), "E(42601)");
        assert_eq!(synced(&mut client, |out| run(out, "INSERT INTO t VALUES (4)", &[])), "Z(I)");
        assert_eq!(client.line("SELECT count(*) FROM t"), "T D(0) C(SELECT 1) Z(I)");
        client.bye();

        let ledger = house.ledger();
        let executed: Vec<String> = ledger
            .settled()
            .iter()
            .filter(|pair| pair.decision.action == "execute")
            .map(|pair| format!("{} {}", pair.text.as_deref().unwrap_or("-"), pair.result()))
            .collect();
        assert_eq!(
            executed,
            [
                "INSERT INTO t VALUES (1) error 40000",
                "SELECT 1/(random()*0)::int error 22012",
                "INSERT INTO t VALUES (2) skipped",
                "INSERT INTO t VALUES (3) skipped",
                "SELEKT skipped",
            ]
        );
    }
}

#[test]
fn a_pipeline_of_ten_thousand_messages_is_answered_in_order() {
    const EACH: usize = 2_500;
    for house in House::each() {
        let mut client = house.session();
        let mut bytes = Vec::new();
        encode::parse(&mut bytes, b"s", b"SELECT $1::int", &[]).unwrap();
        for number in 0..EACH {
            let text = number.to_string();
            encode::bind(&mut bytes, b"", b"s", &[], [Some(text.as_bytes())], &[]).unwrap();
            encode::execute(&mut bytes, b"", 0).unwrap();
            encode::close(&mut bytes, Kind::Portal, b"").unwrap();
            encode::sync(&mut bytes);
        }
        // All is sent before the first answer is read.
        client.send(&bytes);
        for number in 0..EACH {
            let first = if number == 0 { "1 " } else { "" };
            assert_eq!(client.ready().line(), format!("{first}2 D({number}) C(SELECT 1) 3 Z(I)"));
        }
        client.bye();
        let pairs = house.ledger().settled();
        assert_eq!(pairs.iter().filter(|pair| pair.result() == "ok").count(), EACH);
    }
}

#[test]
fn a_short_pipeline_limit_slows_down_and_refuses_nothing() {
    let house = House::planned(|plan| plan.limit("pipeline_max", "10"));
    let mut client = house.session();
    client.say(|out| {
        for number in 0..200 {
            run(out, &format!("SELECT {number}"), &[]);
        }
        encode::sync(out);
    });
    let answer = client.ready();
    assert_eq!(answer.column(), (0..200).map(|number| number.to_string()).collect::<Vec<_>>());
}

#[test]
fn names_made_by_sql_and_by_the_protocol_are_the_same() {
    for house in House::each() {
        let mut client = house.session();
        client.query("PREPARE made AS SELECT 'by SQL', $1::int");
        let line = synced(&mut client, |out| {
            encode::bind(out, b"", b"made", &[], [Some(&b"7"[..])], &[]).unwrap();
            encode::execute(out, b"", 0).unwrap();
        });
        assert_eq!(line, "2 D(by SQL,7) C(SELECT 1) Z(I)");
        synced(&mut client, |out| encode::parse(out, b"kept", b"SELECT 'by Parse'", &[]).unwrap());
        assert_eq!(client.line("EXECUTE kept"), "T D(by Parse) C(SELECT 1) Z(I)");
        // One packet: the name changes its meaning between two uses.
        client.say(|out| {
            encode::query(out, b"DEALLOCATE made; PREPARE made AS SELECT 'again'").unwrap();
            encode::bind(out, b"", b"made", &[], [], &[]).unwrap();
            encode::execute(out, b"", 0).unwrap();
            encode::sync(out);
        });
        assert_eq!(client.ready().line(), "C(DEALLOCATE) C(PREPARE) Z(I)");
        assert_eq!(client.ready().line(), "2 D(again) C(SELECT 1) Z(I)");
        client.bye();

        let executed: Vec<Option<String>> = house
            .ledger()
            .settled()
            .into_iter()
            .filter(|pair| pair.decision.action == "execute")
            .map(|pair| pair.text)
            .collect();
        assert_eq!(
            executed,
            [
                Some("PREPARE made AS SELECT 'by SQL', $1::int".to_owned()),
                Some("DEALLOCATE made; PREPARE made AS SELECT 'again'".to_owned()),
            ]
        );
    }
}

#[test]
fn too_many_names_are_refused_and_the_session_lives_on() {
    let house = House::planned(|plan| plan.limit("prepared_max", "3"));
    let mut client = house.session();
    for name in ["a", "b", "c"] {
        let line = synced(&mut client, |out| encode::parse(out, name.as_bytes(), b"SELECT 1", &[]).unwrap());
        assert_eq!(line, "1 Z(I)");
    }
    let line = synced(&mut client, |out| encode::parse(out, b"d", b"SELECT 1", &[]).unwrap());
    assert_eq!(line, "E(53400) Z(I)");
    assert_eq!(client.line("DEALLOCATE a"), "C(DEALLOCATE) Z(I)");
    let line = synced(&mut client, |out| encode::parse(out, b"d", b"SELECT 1", &[]).unwrap());
    assert_eq!(line, "1 Z(I)");
    assert_eq!(client.line("EXECUTE d"), "T D(1) C(SELECT 1) Z(I)");
}

/// Each `DEALLOCATE ALL` makes the Bind behind it wait, and the server must be asked anew each time.
#[test]
fn a_pipeline_may_wait_more_than_once() {
    for house in House::each() {
        let mut client = house.session();
        let line = synced(&mut client, |out| {
            encode::query(out, b"PREPARE a AS SELECT 1").unwrap();
            for _ in 0..3 {
                run(out, "DEALLOCATE ALL", &[]);
            }
            run(out, "SELECT 7", &[]);
        });
        assert_eq!(line, "C(PREPARE) Z(I)");
        assert_eq!(
            client.ready().line(),
            "1 2 C(DEALLOCATE ALL) 1 2 C(DEALLOCATE ALL) 1 2 C(DEALLOCATE ALL) 1 2 D(7) C(SELECT 1) Z(I)"
        );
        client.bye();
    }
}

/// The server keeps 63 bytes of a name: what is recorded is what runs under it.
#[test]
fn long_names_and_cursors_are_recorded_with_what_runs() {
    for house in House::each() {
        let mut client = house.session();
        let (one, two) = (format!("{}1", "n".repeat(63)), format!("{}2", "n".repeat(63)));
        let line = synced(&mut client, |out| {
            encode::parse(out, one.as_bytes(), b"SELECT 'shown'", &[]).unwrap();
            encode::close(out, Kind::Statement, two.as_bytes()).unwrap();
            encode::parse(out, two.as_bytes(), b"SELECT 'hidden'", &[]).unwrap();
            encode::bind(out, b"", one.as_bytes(), &[], [], &[]).unwrap();
            encode::execute(out, b"", 0).unwrap();
        });
        assert_eq!(line, "1 3 1 2 D(hidden) C(SELECT 1) Z(I)");
        client.say(|out| encode::query(out, b"BEGIN").unwrap());
        assert_eq!(client.ready().line(), "C(BEGIN) Z(T)");
        let line = synced(&mut client, |out| {
            encode::parse(out, b"", b"SELECT 'shown'", &[]).unwrap();
            encode::bind(out, b"c", b"", &[], [], &[]).unwrap();
        });
        assert_eq!(line, "1 2 Z(T)");
        let declared = "CLOSE c; DECLARE c CURSOR FOR SELECT 'hidden'";
        client.say(|out| encode::query(out, declared.as_bytes()).unwrap());
        assert_eq!(client.ready().line(), "C(CLOSE CURSOR) C(DECLARE CURSOR) Z(T)");
        let line = synced(&mut client, |out| encode::execute(out, b"c", 0).unwrap());
        assert_eq!(line, "D(hidden) C(SELECT 1) Z(T)");
        client.bye();

        let pairs = house.ledger().settled();
        let executed: Vec<_> = pairs
            .iter()
            .filter(|pair| pair.decision.action == "execute")
            .filter_map(|pair| pair.text.as_deref())
            .collect();
        assert_eq!(executed, ["SELECT 'hidden'", declared]);
    }
}
