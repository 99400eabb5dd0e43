//! Every byte of a client's belongs to a statement or is refused: bytes seen = bytes accounted.

use ledger::leaf::Leaf;
use wire::postgres::{Kind, encode};

use crate::client::Client;
use crate::house::{House, until};

type Script = fn(&mut Client);

/// Sessions of every kind, good ones and bad ones.
const SESSIONS: [(&str, Script); 12] = [
    ("nothing", |_| {}),
    ("simple", |client| {
        client.query("SELECT 1; SELECT 2");
        client.query("SELECT 1/0");
        client.say(encode::terminate);
    }),
    ("extended", |client| {
        client.say(|out| {
            encode::parse(out, b"s", b"SELECT $1::text", &[]).unwrap();
            encode::describe(out, Kind::Statement, b"s").unwrap();
            encode::bind(out, b"", b"s", &[], [Some(&b"value"[..])], &[]).unwrap();
            encode::execute(out, b"", 0).unwrap();
            encode::close(out, Kind::Statement, b"s").unwrap();
            encode::sync(out);
        });
        client.ready();
    }),
    ("skipped", |client| {
        client.say(|out| {
            super::extended::run(out, "SELEKT", &[]);
            super::extended::run(out, "SELECT 1", &[Some(&[b'x'; 100_000])]);
            encode::query(out, b"SELECT 'skipped as well'").unwrap();
            encode::sync(out);
        });
        client.ready();
    }),
    ("large values", |client| {
        client.say(|out| {
            super::extended::run(
                out,
                "SELECT length($1), $2::text IS NULL",
                &[Some(&[b'x'; 3_000_000]), None],
            );
            encode::sync(out);
        });
        client.ready();
    }),
    ("copy", |client| {
        client.query("CREATE TEMP TABLE t (a text)");
        client.say(|out| {
            encode::query(out, b"COPY t FROM STDIN").unwrap();
            encode::copy_data(out, &[b'y'; 1_000_000]).unwrap();
            encode::copy_done(out);
        });
        client.ready();
    }),
    ("copy without a copy", |client| {
        client.say(|out| {
            encode::query(out, b"COPY nowhere FROM STDIN").unwrap();
            encode::copy_data(out, &[b'y'; 300_000]).unwrap();
            encode::copy_fail(out, b"never mind").unwrap();
        });
        client.ready();
    }),
    ("refused", |client| {
        let mut body = 957_u32.to_be_bytes().to_vec();
        body.extend_from_slice(&[0; 6]);
        client.say(|out| encode::message(out, b'F', &body).unwrap());
        client.ready();
        client.query(&format!("SELECT '{}'", "x".repeat(200_000)));
    }),
    ("bytes behind the last word", |client| {
        client.say(|out| {
            encode::query(out, b"SELECT 1").unwrap();
            encode::terminate(out);
            out.extend_from_slice(&[b'z'; 1000]);
        });
    }),
    ("unknown type", |client| client.send(b"\x7f\0\0\0\x10and what follows")),
    ("cut off in a message", |client| client.send(b"Q\0\0\0\xffSELECT")),
    ("cut off in a large value", |client| {
        client.say(|out| {
            encode::parse(out, b"", b"SELECT $1::text", &[]).unwrap();
            let mut bind = Vec::new();
            encode::bind(&mut bind, b"", b"", &[], [Some(&[b'x'; 500_000][..])], &[]).unwrap();
            out.extend_from_slice(&bind[..300_000]);
        });
    }),
];

#[test]
fn bytes_seen_are_bytes_accounted_after_every_kind_of_session() {
    let house = House::planned(|plan| plan.limit("statement_bytes_max", "\"128KiB\""));
    let (seen, accounted) =
        ("tollhouse_client_bytes_total{kind=\"seen\"}", "tollhouse_client_bytes_total{kind=\"accounted\"}");
    let mut before = 0;
    for (name, script) in SESSIONS {
        let mut client = house.session();
        script(&mut client);
        client.stream.half_close();
        client.rest();
        drop(client);
        until("the session to be over", || house.metric("tollhouse_sessions") == 0);
        assert_eq!(house.metric(seen), house.metric(accounted), "{name}");
        assert!(house.metric(seen) > before || name == "nothing", "{name}: nothing was counted");
        before = house.metric(seen);
    }
    // The ledger has the same sums.
    until("the same sum in the ledger", || {
        let entries = house.ledger().entries();
        let of = |leaf: &Leaf| if let Leaf::SessionClosed(closed) = leaf { closed.bytes_in } else { 0 };
        entries.iter().map(|entry| of(&entry.leaf)).sum::<u64>() == before
    });
    house.is_well();
}
