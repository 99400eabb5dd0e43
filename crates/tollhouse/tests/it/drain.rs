//! SIGTERM: sessions end where no transaction is broken, and at the deadline wherever they are.

use std::time::{Duration, Instant};

use ledger::leaf::Leaf;
use rig::process::Signal;
use wire::postgres::encode;

use crate::house::{House, until};

#[test]
fn idle_sessions_end_and_a_transaction_may_finish() {
    for mut house in House::each() {
        let mut idle = house.session();
        let mut busy = house.session();
        busy.query("CREATE TABLE t (a int)");
        busy.query("BEGIN");
        house.gate.signal(Signal::TERM).unwrap();
        assert_eq!(idle.rest().line(), "E(FATAL 57P01)");
        // No new ones; the one in a transaction has its statements.
        until("the door to close", || std::net::TcpStream::connect(house.address()).is_err());
        assert_eq!(busy.line("INSERT INTO t VALUES (1)"), "C(INSERT 0 1) Z(T)");
        assert_eq!(busy.line("COMMIT"), "C(COMMIT) Z(I)");
        assert_eq!(busy.rest().line(), "E(FATAL 57P01)");
        let mut status = None;
        until("the gate to end", || {
            status = house.gate.ended().unwrap();
            status.is_some()
        });
        assert!(status.unwrap().success());
        assert_eq!(house.value("SELECT count(*) FROM t"), "1");
        house.ledger().verify();
        let reasons: Vec<String> = house
            .ledger()
            .entries()
            .iter()
            .filter_map(|entry| match &entry.leaf {
                Leaf::SessionClosed(closed) => Some(closed.reason.clone()),
                _ => None,
            })
            .collect();
        assert_eq!(reasons, ["gate stopping", "gate stopping"]);
        assert_eq!(house.ledger().result("COMMIT"), "ok");
    }
}

#[test]
fn the_deadline_ends_what_does_not_end() {
    let mut house = House::planned(|plan| plan.limit("drain_timeout", "\"1s\""));
    let mut open = house.session();
    let mut running = house.session();
    open.query("BEGIN");
    running.say(|out| encode::query(out, b"SELECT pg_sleep(600)").unwrap());
    let active =
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query = 'SELECT pg_sleep(600)'";
    until("the statement to run", || house.value(active) == "1");
    let begin = Instant::now();
    house.gate.signal(Signal::TERM).unwrap();
    assert_eq!(open.rest().line(), "E(FATAL 57P01)");
    assert_eq!(running.rest().line(), "E(FATAL 57P01)");
    assert!(begin.elapsed() >= Duration::from_secs(1), "they had their time");
    until("the gate to end", || house.gate.ended().unwrap().is_some());
    house.wait_for_no_upstream();
    assert_eq!(house.ledger().result("SELECT pg_sleep(600)"), "unknown");
    house.ledger().verify();
}

#[test]
fn a_stopping_gate_says_that_it_is_not_ready() {
    let mut house = House::new();
    let (status, _) = rig::gate::get(house.gate.admin_port(), "/healthz").unwrap();
    assert_eq!(status, 200);
    assert!(house.gate.is_ready());
    let mut busy = house.session();
    busy.query("BEGIN");
    house.gate.signal(Signal::TERM).unwrap();
    until("readiness to turn", || !house.gate.is_ready());
    // A second signal is meant: it does not wait for the transaction.
    house.gate.signal(Signal::TERM).unwrap();
    until("the gate to end", || house.gate.ended().unwrap().is_some());
    busy.rest();
}
