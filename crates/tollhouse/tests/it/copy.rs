//! COPY both ways, and all the ways in which it ends early.

use wire::postgres::encode;

use crate::client::Client;
use crate::house::House;

fn data(out: &mut Vec<u8>, text: &str) {
    encode::copy_data(out, text.as_bytes()).unwrap();
}

fn table(house: &House) -> Client {
    let mut client = house.session();
    client.query("CREATE TABLE t (a int)");
    client
}

fn count(client: &mut Client) -> String {
    client.query("SELECT count(*) FROM t").value()
}

#[test]
fn copy_in_and_out_work_in_both_protocols() {
    for house in House::each() {
        let mut client = table(&house);
        client.say(|out| encode::query(out, b"COPY t FROM STDIN").unwrap());
        assert_eq!(client.until(b'G').line(), "G");
        client.say(|out| {
            data(out, "1\n2\n");
            data(out, "3\n");
            encode::copy_done(out);
        });
        assert_eq!(client.ready().line(), "C(COPY 3) Z(I)");

        client.say(|out| {
            super::extended::run(out, "COPY t FROM STDIN", &[]);
            encode::sync(out);
        });
        assert_eq!(client.until(b'G').line(), "1 2 G");
        client.say(|out| {
            data(out, "4\n");
            encode::copy_done(out);
            encode::sync(out);
        });
        // libpq's way: the Sync before the data is dropped by the server, the one behind it counts.
        assert_eq!(client.ready().line(), "C(COPY 1) Z(I)");

        assert_eq!(client.line("COPY t TO STDOUT"), "H d(1) d(2) d(3) d(4) c C(COPY 4) Z(I)");
        client.say(|out| {
            super::extended::run(out, "COPY (SELECT 9) TO STDOUT", &[]);
            encode::sync(out);
        });
        assert_eq!(client.ready().line(), "1 2 H d(9) c C(COPY 1) Z(I)");
        client.bye();

        let outcome = house.ledger().statement("COPY t TO STDOUT").outcome.unwrap();
        assert_eq!(outcome.rows, 4);
        assert!(outcome.bytes > 0, "{outcome:?}");
        let pairs = house.ledger().settled();
        let copied = pairs.iter().find(|pair| pair.text.as_deref() == Some("COPY t FROM STDIN")).unwrap();
        let outcome = copied.outcome.as_ref().unwrap();
        assert_eq!(outcome.rows, 3);
        assert!(outcome.bytes_in >= 6 + 2 * 5, "COPY data belong to their statement: {outcome:?}");
        house.is_well();
    }
}

#[test]
fn a_client_can_give_up_a_copy() {
    for house in House::each() {
        let mut client = table(&house);
        for _ in 0..2 {
            client.say(|out| encode::query(out, b"COPY t FROM STDIN").unwrap());
            client.until(b'G');
            client.say(|out| {
                data(out, "1\n");
                encode::copy_fail(out, b"no more").unwrap();
            });
            assert_eq!(client.ready().line(), "E(57014) Z(I)");
        }
        client.say(|out| {
            super::extended::run(out, "COPY t FROM STDIN", &[]);
            encode::flush(out);
        });
        client.until(b'G');
        client.say(|out| {
            encode::copy_fail(out, b"no more").unwrap();
            encode::sync(out);
        });
        assert_eq!(client.ready().line(), "E(57014) Z(I)");
        assert_eq!(count(&mut client), "0");
    }
}

#[test]
fn a_copy_that_fails_half_way_leaves_the_session_in_order() {
    for house in House::each() {
        let mut client = table(&house);
        client.say(|out| encode::query(out, b"COPY t FROM STDIN").unwrap());
        client.until(b'G');
        client.say(|out| data(out, "1\nnot a number\n"));
        assert_eq!(client.until(b'E').line(), "E(22P02)");
        // The client has not noticed yet: more data, the end, and at once the next query.
        client.say(|out| {
            data(out, "2\n");
            encode::copy_done(out);
            encode::query(out, b"SELECT 'next'").unwrap();
        });
        assert_eq!(client.ready().line(), "Z(I)");
        assert_eq!(client.ready().line(), "T D(next) C(SELECT 1) Z(I)");

        // The same without waiting for anything at all.
        client.say(|out| {
            encode::query(out, b"COPY t FROM STDIN").unwrap();
            data(out, "wrong\n");
            encode::copy_done(out);
            encode::query(out, b"SELECT 'after'").unwrap();
        });
        assert_eq!(client.ready().line(), "G E(22P02) Z(I)");
        assert_eq!(client.ready().line(), "T D(after) C(SELECT 1) Z(I)");
        assert_eq!(count(&mut client), "0");
        client.bye();
        house.is_well();
    }
}

#[test]
fn data_for_a_copy_that_never_begins_are_dropped() {
    for house in House::each() {
        let mut client = table(&house);
        for _ in 0..3 {
            client.say(|out| {
                encode::query(out, b"COPY nowhere FROM STDIN").unwrap();
                data(out, "1\n");
                encode::copy_done(out);
            });
            assert_eq!(client.ready().line(), "E(42P01) Z(I)");
            assert_eq!(client.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
        }
        // In the extended protocol, with libpq's Sync ahead of the data.
        client.say(|out| {
            super::extended::run(out, "COPY nowhere FROM STDIN", &[]);
            encode::sync(out);
            data(out, "1\n");
            encode::copy_done(out);
            encode::sync(out);
        });
        assert_eq!(client.ready().line(), "1 2 E(42P01) Z(I)");
        assert_eq!(client.ready().line(), "Z(I)");
        assert_eq!(client.line("SELECT 2"), "T D(2) C(SELECT 1) Z(I)");
    }
}

#[test]
fn data_sent_ahead_of_the_servers_word_are_taken() {
    for house in House::each() {
        let mut client = table(&house);
        client.say(|out| {
            encode::query(out, b"COPY t FROM STDIN").unwrap();
            data(out, "1\n");
            encode::copy_done(out);
            encode::query(out, b"SELECT 'x'").unwrap();
        });
        assert_eq!(client.ready().line(), "G C(COPY 1) Z(I)");
        assert_eq!(client.ready().line(), "T D(x) C(SELECT 1) Z(I)");
        client.say(|out| {
            super::extended::run(out, "COPY t FROM STDIN", &[]);
            encode::sync(out);
            data(out, "2\n3\n");
            encode::copy_done(out);
            encode::sync(out);
        });
        assert_eq!(client.ready().line(), "1 2 G C(COPY 2) Z(I)");
        // Two in one text.
        client.say(|out| {
            encode::query(out, b"COPY t FROM STDIN; COPY t FROM STDIN").unwrap();
            data(out, "4\n");
            encode::copy_done(out);
            data(out, "5\n");
            encode::copy_done(out);
        });
        assert_eq!(client.ready().line(), "G C(COPY 1) G C(COPY 1) Z(I)");
        assert_eq!(count(&mut client), "5");
    }
}

#[test]
fn a_statement_during_copy_ends_the_session_as_the_server_would() {
    for house in House::each() {
        let mut client = table(&house);
        client.say(|out| encode::query(out, b"COPY t FROM STDIN").unwrap());
        client.until(b'G');
        client.say(|out| {
            data(out, "1\n");
            encode::query(out, b"SELECT 1").unwrap();
        });
        let answer = client.rest();
        assert_eq!(answer.error().code, "08P01");
        assert_eq!(answer.0.last().unwrap().report().unwrap().severity, "FATAL");
        let mut client = house.session();
        assert_eq!(count(&mut client), "0");
    }
}
