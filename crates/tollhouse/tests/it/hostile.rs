//! A hostile server: whatever it sends, its client gets a clean error, the session ends, and the gate serves others.

use model::{Refusal, Sqlstate};
use wire::postgres::encode::{self, Severity};
use wire::postgres::{CopyFormat, Status};

use crate::packet::Report;
use crate::server::{Besieged, Peer};

/// What a report must never tell: where the server is, who the gate is there, and its secret.
pub(crate) fn tells_nothing(report: &Report) {
    let said = format!("{report:?}");
    for word in ["127.0.0.1", "hostile", "10.9.8.7", "db-internal"] {
        assert!(!said.contains(word), "{said}");
    }
}

fn row(out: &mut Vec<u8>) {
    encode::data_row(out, [Some(&b"1"[..])]).unwrap();
}

#[test]
fn what_breaks_the_protocol_ends_the_session_with_a_clean_error() {
    type Say = fn(&mut Vec<u8>);
    const WORDS: [(&str, Say); 17] = [
        ("a negative length", |out| out.extend_from_slice(b"D\xff\xff\xff\xff")),
        ("a length below its own", |out| out.extend_from_slice(b"D\0\0\0\x03")),
        ("2 GiB of a row", |out| out.extend_from_slice(b"D\x7f\xff\xff\xff")),
        ("a huge ReadyForQuery", |out| out.extend_from_slice(b"Z\x3f\xff\xff\xff")),
        ("an unknown type", |out| out.extend_from_slice(b"\x07\0\0\0\x04")),
        ("a row before its description", row),
        ("readiness twice", |out| {
            encode::ready_for_query(out, Status::Idle);
            encode::ready_for_query(out, Status::Idle);
        }),
        ("a demand for a password", encode::authentication_cleartext_password),
        ("success at logging in", encode::authentication_ok),
        ("another cancel key", |out| encode::backend_key_data(out, 1, &[0; 4]).unwrap()),
        ("another version", |out| {
            encode::negotiate_protocol_version(out, wire::postgres::startup::Version::V3_0, []).unwrap();
        }),
        ("COPY both ways", |out| encode::copy_both_response(out, CopyFormat::Text, &[]).unwrap()),
        ("a function's result", |out| encode::function_call_response(out, None).unwrap()),
        ("ParseComplete for a query", encode::parse_complete),
        ("COPY data without a COPY", |out| encode::copy_data(out, b"x").unwrap()),
        ("a status that is none", |out| encode::message(out, b'Z', b"X").unwrap()),
        ("a description with a lie about its count", |out| {
            encode::message(out, b'T', &[0xff, 0xff, b'a', 0]).unwrap();
        }),
    ];
    // The number of the word comes as the query's length.
    let besieged = Besieged::by(|peer: &mut Peer| {
        peer.let_in();
        let length = peer.read();
        if let Some((_, say)) = length.checked_sub(1).and_then(|number| WORDS.get(number)) {
            peer.send(say);
        }
        peer.wait();
    });
    for (number, (name, _)) in WORDS.iter().enumerate() {
        let mut client = besieged.log_in().unwrap();
        client.say(|out| encode::query(out, " ".repeat(number).as_bytes()).unwrap());
        let answer = client.rest();
        let report = answer.error();
        assert_eq!(
            (report.severity.as_str(), report.code.as_str()),
            ("FATAL", "08P01"),
            "{name}: {report:?}"
        );
        tells_nothing(&report);
        besieged.is_well();
    }
}

#[test]
fn unasked_words_end_an_idle_session() {
    let besieged = Besieged::by(|peer| {
        peer.let_in();
        peer.send(|out| encode::ready_for_query(out, Status::Idle));
        peer.wait();
    });
    let mut client = besieged.log_in().unwrap();
    assert_eq!(client.rest().line(), "E(FATAL 08P01)");
    besieged.is_well();
}

#[test]
fn a_start_up_without_end_is_given_up() {
    let besieged = Besieged::by(|peer| {
        peer.startup();
        peer.send(encode::authentication_ok);
        let mut status = Vec::new();
        encode::parameter_status(&mut status, b"a", b"b").unwrap();
        while peer.raw(&status) {}
    });
    let report = besieged.log_in().err().unwrap();
    assert_eq!((report.severity.as_str(), report.code.as_str()), ("FATAL", "08006"));
    tells_nothing(&report);
    besieged.is_well();
}

#[test]
fn a_server_that_says_nothing_is_given_up() {
    let besieged =
        Besieged::with(Peer::wait, |upstream| upstream.set("tls", "disable").set("connect_timeout", "1s"));
    let report = besieged.log_in().err().unwrap();
    assert_eq!((report.severity.as_str(), report.code.as_str()), ("FATAL", "08006"));
    tells_nothing(&report);
    besieged.is_well();
}

#[test]
fn nonsense_during_log_in_is_a_clean_error() {
    type Say = fn(&mut Vec<u8>);
    let words: [(&str, Say); 7] = [
        ("a negative length", |out| out.extend_from_slice(b"R\xff\xff\xff\xff\0\0\0\0")),
        ("a huge length", |out| out.extend_from_slice(b"R\x7f\xff\xff\xff\0\0\0\0")),
        ("HTTP", |out| out.extend_from_slice(b"HTTP/1.1 400 Bad Request\r\n\r\n")),
        ("readiness without a log-in", |out| encode::ready_for_query(out, Status::Idle)),
        ("a way to log in that nobody has", |out| encode::message(out, b'R', &[0, 0, 0, 99]).unwrap()),
        ("a mechanism that nobody has", |out| {
            encode::authentication_sasl(out, [&b"SCRAM-SHA-1"[..]]).unwrap();
        }),
        ("a password in the clear", encode::authentication_cleartext_password),
    ];
    for (name, say) in words {
        let besieged = Besieged::by(move |peer| {
            peer.startup();
            peer.send(say);
            peer.wait();
        });
        let report = besieged.log_in().err().unwrap();
        assert_eq!(report.severity, "FATAL", "{name}");
        assert!(report.code.starts_with("08"), "{name}: {report:?}");
        tells_nothing(&report);
        besieged.is_well();
    }
}

#[test]
fn an_answer_to_sslrequest_that_is_none_is_a_clean_error() {
    for answer in [&b"X"[..], b"E\0\0\0\x10SERROR\0\0", b"N", b"Sgarbage instead of a handshake", b""] {
        let besieged = Besieged::with(
            move |peer| {
                peer.startup();
                peer.raw(answer);
            },
            |upstream| upstream.set("tls", "require"),
        );
        let report = besieged.log_in().err().unwrap();
        assert_eq!((report.severity.as_str(), report.code.as_str()), ("FATAL", "08006"), "{answer:?}");
        tells_nothing(&report);
        besieged.is_well();
    }
}

#[test]
fn a_refusal_by_the_server_does_not_tell_where_and_who() {
    for code in [*b"28000", *b"28P01", *b"3D000", *b"53300", *b"XX000"] {
        let besieged = Besieged::by(move |peer| {
            peer.startup();
            let message =
                "no pg_hba.conf entry for host \"10.9.8.7\", user \"hostile_role\", database \"hostile_db\"";
            let refusal = Refusal::new(Sqlstate::parse(&code).unwrap(), message)
                .detail("db-internal says no to hostile_role")
                .hint("ask db-internal");
            peer.send(|out| encode::error_response(out, &refusal, Severity::Fatal));
        });
        let report = besieged.log_in().err().unwrap();
        assert_eq!(report.severity, "FATAL");
        tells_nothing(&report);
        besieged.is_well();
    }
}

#[test]
fn a_server_that_reads_texts_differently_is_not_used() {
    for (name, value) in [("standard_conforming_strings", "off"), ("client_encoding", "GBK")] {
        let besieged = Besieged::by(move |peer| {
            peer.startup();
            peer.send(|out| {
                encode::authentication_ok(out);
                encode::parameter_status(out, name.as_bytes(), value.as_bytes()).unwrap();
                encode::ready_for_query(out, Status::Idle);
            });
            peer.wait();
        });
        let report = besieged.log_in().err().unwrap();
        assert_eq!((report.severity.as_str(), report.code.as_str()), ("FATAL", "55000"));
        assert!(report.detail.contains(name), "{report:?}");
        besieged.is_well();
    }
}

#[test]
fn a_server_that_stops_in_the_middle_of_a_row_ends_the_session() {
    let besieged = Besieged::by(|peer| {
        peer.let_in();
        peer.read();
        peer.send(|out| {
            encode::row_description(out, []).unwrap();
            out.extend_from_slice(b"D\0\x10\0\0\0\x01half of it");
        });
    });
    let mut client = besieged.log_in().unwrap();
    client.say(|out| encode::query(out, b"SELECT 1").unwrap());
    let bytes = client.raw_rest();
    assert!(crate::house::holds(&bytes, b"half of it"), "what came was passed on");
    assert!(!crate::house::holds(&bytes, b"FATAL"), "no message within a message");
    assert_eq!(besieged.house.ledger().result("SELECT 1"), "unknown");
    besieged.is_well();
}
