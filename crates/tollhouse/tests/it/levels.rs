//! Evasions that need more than one text: names shared by both levels of the protocol, cursors,
//! sessions under way (B077, B152 to B164, B191 of the catalogue of evasions, as far as guards are concerned).

use wire::postgres::{Kind, encode};

use crate::client::Client;
use crate::evasion::{Guarded, error};

const EMPTYING: &str = "DELETE FROM customers";

fn none() -> std::iter::Empty<Option<&'static [u8]>> {
    std::iter::empty()
}

/// Sends messages with a Sync; the whole answer.
fn say(client: &mut Client, write: impl FnOnce(&mut Vec<u8>)) -> crate::packet::Answer {
    client.say(|out| {
        write(out);
        encode::sync(out);
    });
    client.ready()
}

#[track_caller]
fn nothing_happened(guarded: &Guarded, before: &str, client: Client) {
    let mut client = client;
    if client.line("SELECT 1").contains("E(25P02)") {
        client.query("ROLLBACK");
    }
    assert_eq!(client.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
    client.bye();
    assert_eq!(guarded.look(), before);
}

#[test]
fn b152_parse_in_one_cycle_and_execute_in_the_next() {
    for guarded in Guarded::each() {
        let before = guarded.look();
        let mut client = guarded.session("human");
        let parsed = say(&mut client, |out| encode::parse(out, b"s", EMPTYING.as_bytes(), &[]).unwrap());
        assert_eq!(parsed.error().code, "TH001");
        let run = say(&mut client, |out| {
            encode::bind(out, b"", b"s", &[], none(), &[]).unwrap();
            encode::execute(out, b"", 0).unwrap();
        });
        assert_eq!(run.error().code, "26000", "what was refused does not exist");
        nothing_happened(&guarded, &before, client);
    }
}

#[test]
fn b154_prepared_by_sql_and_bound_by_the_protocol() {
    for guarded in Guarded::each() {
        let before = guarded.look();
        let mut client = guarded.session("human");
        assert_eq!(client.query("PREPARE s1 AS DELETE FROM customers").error().code, "TH001");
        let run = say(&mut client, |out| {
            encode::bind(out, b"", b"s1", &[], none(), &[]).unwrap();
            encode::execute(out, b"", 0).unwrap();
        });
        assert!(error(&run).is_some());
        // The harmless twin works across both levels, in both directions.
        assert_eq!(client.line("PREPARE s2 AS SELECT 2"), "C(PREPARE) Z(I)");
        let run = say(&mut client, |out| {
            encode::bind(out, b"", b"s2", &[], none(), &[]).unwrap();
            encode::execute(out, b"", 0).unwrap();
        });
        assert_eq!(run.line(), "2 D(2) C(SELECT 1) Z(I)");
        say(&mut client, |out| encode::parse(out, b"s3", b"SELECT 3", &[]).unwrap());
        assert_eq!(client.line("EXECUTE s3"), "T D(3) C(SELECT 1) Z(I)");
        nothing_happened(&guarded, &before, client);
    }
}

#[test]
fn b158_a_name_that_means_something_else_now() {
    for guarded in Guarded::each() {
        let before = guarded.look();
        let mut client = guarded.session("human");
        client.query("PREPARE k AS SELECT 1");
        client.query("DEALLOCATE k");
        assert_eq!(client.query("PREPARE k AS DELETE FROM customers").error().code, "TH001");
        assert!(error(&client.query("EXECUTE k")).is_some());
        say(&mut client, |out| encode::parse(out, b"k", b"SELECT 4", &[]).unwrap());
        assert_eq!(client.line("EXECUTE k"), "T D(4) C(SELECT 1) Z(I)");
        client.query("DISCARD ALL");
        assert!(error(&client.query("EXECUTE k")).is_some());
        nothing_happened(&guarded, &before, client);
    }
}

#[test]
fn b164_what_is_skipped_after_an_error_changes_no_names() {
    for guarded in Guarded::each() {
        let before = guarded.look();
        let mut client = guarded.session("human");
        say(&mut client, |out| encode::parse(out, b"k", b"SELECT 'old'", &[]).unwrap());
        let answer = say(&mut client, |out| {
            encode::parse(out, b"", b"SELECT nothing", &[]).unwrap();
            encode::close(out, Kind::Statement, b"k").unwrap();
            encode::parse(out, b"k", EMPTYING.as_bytes(), &[]).unwrap();
        });
        assert!(error(&answer).is_some());
        let run = say(&mut client, |out| {
            encode::bind(out, b"", b"k", &[], none(), &[]).unwrap();
            encode::execute(out, b"", 0).unwrap();
        });
        assert_eq!(run.line(), "2 D(old) C(SELECT 1) Z(I)");
        // And the other way round: the refusal is the error.
        let answer = say(&mut client, |out| {
            encode::parse(out, b"", EMPTYING.as_bytes(), &[]).unwrap();
            encode::close(out, Kind::Statement, b"k").unwrap();
        });
        assert_eq!(answer.line(), "E(TH001) Z(I)");
        let run = say(&mut client, |out| {
            encode::bind(out, b"", b"k", &[], none(), &[]).unwrap();
            encode::execute(out, b"", 0).unwrap();
        });
        assert_eq!(run.line(), "2 D(old) C(SELECT 1) Z(I)");
        nothing_happened(&guarded, &before, client);
    }
}

#[test]
fn b077_and_b157_cursors_of_both_levels() {
    for guarded in Guarded::each() {
        let before = guarded.look();
        let mut client = guarded.session("human");
        client.query("BEGIN");
        assert_eq!(
            client.line("DECLARE c CURSOR FOR SELECT id FROM customers WHERE id = 7"),
            "C(DECLARE CURSOR) Z(T)"
        );
        assert_eq!(client.line("FETCH ALL FROM c"), "T D(7) C(FETCH 1) Z(T)");
        let bound = say(&mut client, |out| {
            encode::parse(out, b"", b"SELECT 5", &[]).unwrap();
            encode::bind(out, b"pp", b"", &[], none(), &[]).unwrap();
        });
        assert_eq!(bound.line(), "1 2 Z(T)");
        assert_eq!(client.line("FETCH ALL FROM pp"), "T D(5) C(FETCH 1) Z(T)");
        client.query("COMMIT");
        nothing_happened(&guarded, &before, client);
    }
}

#[test]
fn b191_a_transaction_goes_on_without_what_was_refused() {
    for guarded in Guarded::each() {
        let before = guarded.look();
        let mut client = guarded.session("human");
        client.query("BEGIN");
        client.query("INSERT INTO actions VALUES (900, 'x', 'y')");
        client.query("SAVEPOINT s");
        assert_eq!(client.line(EMPTYING), "E(TH001) Z(E)");
        assert_eq!(client.line("ROLLBACK TO s"), "C(ROLLBACK) Z(T)");
        assert_eq!(client.query("SELECT count(*) FROM actions WHERE id = 900").value(), "1");
        assert_eq!(client.line("ROLLBACK"), "C(ROLLBACK) Z(I)");
        nothing_happened(&guarded, &before, client);
    }
}
