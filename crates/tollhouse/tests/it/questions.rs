//! A server that answers the gate's own questions as it likes: its clients get a clean error before a session begins, and
//! nobody else is harmed.

use model::{Refusal, Sqlstate};
use wire::postgres::encode::{self, Severity};
use wire::postgres::{CopyFormat, Status};

use crate::hostile::tells_nothing;
use crate::house::PATIENCE;
use crate::packet::Report;
use crate::server::{Besieged, Peer};

fn is_refused(besieged: &Besieged) -> Report {
    let report = besieged.log_in().err().expect("nobody is let in without a catalogue");
    assert_eq!((report.severity.as_str(), report.code.as_str()), ("FATAL", "08006"), "{report:?}");
    tells_nothing(&report);
    report
}

/// All of an answer, with these lines.
fn lines(out: &mut Vec<u8>, lines: &[&[u8]]) {
    encode::copy_out_response(out, CopyFormat::Text, &[0]).unwrap();
    lines.iter().for_each(|line| encode::copy_data(out, line).unwrap());
    encode::copy_done(out);
    encode::command_complete(out, b"COPY 1").unwrap();
    encode::ready_for_query(out, Status::Idle);
}

#[test]
fn nonsense_is_a_clean_error() {
    type Say = fn(&mut Vec<u8>);
    let words: [(&str, Say); 11] = [
        ("a negative length", |out| out.extend_from_slice(b"d\xff\xff\xff\xff")),
        ("2 GiB of data", |out| out.extend_from_slice(b"d\x7f\xff\xff\xff")),
        ("an unknown type", |out| out.extend_from_slice(b"\x07\0\0\0\x04")),
        ("rows", |out| encode::data_row(out, [Some(&b"1"[..])]).unwrap()),
        ("a demand for a password", encode::authentication_cleartext_password),
        ("a demand for data", |out| encode::copy_in_response(out, CopyFormat::Text, &[]).unwrap()),
        ("an error", |out| {
            let refusal = Refusal::new(Sqlstate::new(b"42501"), "hostile_role may not, says db-internal");
            encode::error_response(out, &refusal, Severity::Error);
            encode::ready_for_query(out, Status::Idle);
        }),
        ("nothing", |out| lines(out, &[])),
        ("an empty line", |out| lines(out, &[b"\n"])),
        ("words", |out| lines(out, &[b"there are no tables at 127.0.0.1\n"])),
        ("no UTF-8", |out| lines(out, &[b"\xff\xfe\t\\N\t\xc0\x80\n", b"\0\0"])),
    ];
    for (name, say) in words {
        let besieged = Besieged::by_answers(move |peer: &mut Peer| {
            peer.let_in();
            peer.read();
            peer.send(say);
            peer.wait();
        });
        let report = is_refused(&besieged);
        assert!(report.message.contains("`shop`"), "{name}: {report:?}");
        besieged.is_well();
    }
}

#[test]
fn an_end_in_the_middle_is_a_clean_error_and_asked_for_again() {
    let besieged = Besieged::by_answers(|peer: &mut Peer| {
        peer.let_in();
        peer.read();
        peer.send(|out| out.extend_from_slice(b"d\0\x10\0\0half of it"));
    });
    is_refused(&besieged);
    is_refused(&besieged);
    besieged.is_well();
}

#[test]
fn an_endless_answer_is_given_up() {
    let besieged = Besieged::by_answers(|peer: &mut Peer| {
        peer.let_in();
        peer.read();
        let mut data = Vec::new();
        encode::copy_out_response(&mut data, CopyFormat::Text, &[0]).unwrap();
        peer.raw(&data);
        data.clear();
        encode::copy_data(&mut data, &[b'x'; 1 << 20]).unwrap();
        while peer.raw(&data) {}
    });
    // A log-in does not wait for the whole limit on a slow machine: it is refused, and a later one hears the load's own end.
    let load_ends = || Ok(is_refused(&besieged).message.contains("too many").then_some(()));
    rig::wait::until("the load to end by its limit", PATIENCE * 3, load_ends).unwrap();
    besieged.is_well();
}

/// The gate has a minute of patience for a server that was let in once.
#[test]
#[ignore = "takes a minute: ./test --faults"]
fn silence_is_given_up_and_others_are_served_meanwhile() {
    let besieged = Besieged::by_answers(|peer: &mut Peer| {
        peer.let_in();
        peer.read();
        peer.wait();
    });
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| is_refused(&besieged));
        let others = || {
            besieged.is_well();
            Ok(waiting.is_finished().then_some(()))
        };
        rig::wait::until("the gate to give up", 3 * PATIENCE, others).unwrap();
        assert!(waiting.join().unwrap().message.contains("too long"));
    });
    besieged.is_well();
}
