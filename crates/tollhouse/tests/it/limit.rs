//! Limits refuse, each with its reason, and what is within them goes on.

use std::io::Read;
use std::time::{Duration, Instant};

use ledger::leaf::Leaf;
use rig::gate::{Principal, Target, Upstream};
use wire::postgres::encode;

use crate::client::{Client, Login};
use crate::house::{House, until};
use crate::server::{Peer, listen};

#[test]
fn a_text_over_the_limit_is_refused_and_the_session_lives_on() {
    let house = House::planned(|plan| plan.limit("statement_bytes_max", "\"64KiB\""));
    let mut client = house.session();
    let long = format!("SELECT '{}'", "x".repeat(70_000));
    let answer = client.query(&long);
    assert_eq!(answer.line(), "E(54000) Z(I)");
    assert!(answer.error().detail.contains("statement_bytes_max"), "{:?}", answer.error());
    assert_eq!(client.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
    // In a pipeline it fails like any statement: the rest up to Sync is passed over.
    client.query("CREATE TABLE t (a int)");
    client.say(|out| {
        super::extended::run(out, "SELECT 2", &[]);
        encode::parse(out, b"", long.as_bytes(), &[]).unwrap();
        super::extended::run(out, "INSERT INTO t VALUES (1)", &[]);
        encode::sync(out);
        super::extended::run(out, "SELECT 3", &[]);
        encode::sync(out);
    });
    assert_eq!(client.ready().line(), "1 2 D(2) C(SELECT 1) E(54000) Z(I)");
    assert_eq!(client.ready().line(), "1 2 D(3) C(SELECT 1) Z(I)");
    client.query("BEGIN");
    assert_eq!(client.line(&long), "E(54000) Z(E)");
    assert_eq!(client.line("ROLLBACK"), "C(ROLLBACK) Z(I)");
    assert_eq!(house.value("SELECT count(*) FROM t"), "0");
    // Values are not texts.
    client.say(|out| {
        super::extended::run(out, "SELECT length($1)", &[Some(&[b'x'; 200_000])]);
        encode::sync(out);
    });
    assert_eq!(client.ready().line(), "1 2 D(200000) C(SELECT 1) Z(I)");
    client.bye();
    let refused = house.ledger().settled();
    let refused = refused.iter().filter(|pair| pair.decision.verdict == "refuse").count();
    assert_eq!(refused, 3);
}

#[test]
fn sessions_are_limited_by_principal_and_in_all() {
    let house =
        House::planned(|plan| plan.limit("sessions_per_principal_max", "2").limit("sessions_max", "3"));
    let (one, two) = (house.session(), house.session());
    let refused = house.knock().log_in(&house.alice()).err().unwrap();
    assert_eq!((refused.severity.as_str(), refused.code.as_str()), ("FATAL", "53300"));
    assert!(refused.detail.contains("sessions_per_principal_max"), "{refused:?}");
    // The place of the refused one is free when its connection is over.
    let mut bot = None;
    until("a place for the agent", || {
        bot = house.knock_tls().log_in(&house.bot()).ok();
        bot.is_some()
    });
    let mut bot = bot.unwrap();
    let refused = house.knock().log_in(&house.alice()).err().unwrap();
    assert!(refused.code == "53300" && refused.detail.contains("`sessions_max`"), "{refused:?}");
    assert_eq!(bot.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
    one.bye();
    until("a place", || house.metric("tollhouse_sessions") == 2);
    until("a session", || house.knock().log_in(&house.alice()).is_ok());
    drop(two);
}

#[test]
fn connections_that_never_log_in_are_closed_and_keep_nobody_out() {
    let house =
        House::planned(|plan| plan.limit("login_timeout", "\"2s\"").limit("logins_per_address_max", "30"));
    let begin = Instant::now();
    // Some say nothing, some a byte, some half a log-in.
    let mut slow: Vec<Client> = (0..20).map(|_| house.knock()).collect();
    for (number, client) in slow.iter_mut().enumerate() {
        match number % 4 {
            0 => {}
            1 => client.send(&[0]),
            2 => client.send(&house.alice().bytes()[..20]),
            _ => client.send(&house.alice().bytes()),
        }
    }
    assert_eq!(house.session().line("SELECT 'in'"), "T D(in) C(SELECT 1) Z(I)");
    // A byte now and then is no progress.
    while begin.elapsed() < Duration::from_secs(1) {
        for client in &mut slow[4..8] {
            client.send(&[0]);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    for client in &mut slow {
        client.raw_rest();
    }
    assert!(begin.elapsed() >= Duration::from_secs(1), "they had their time");
    house.ledger().wait("the reason", |entry| match &entry.leaf {
        Leaf::SessionRefused(refused) if refused.reason == "log-in took too long" => Some(()),
        _ => None,
    });
    house.is_well();
}

/// What the gate asks a database before the first session there is part of that session's log-in: nobody waits for it
/// longer, whatever the server takes.
#[test]
fn a_catalogue_that_does_not_come_ends_the_log_in_in_time() {
    let hosts = [format!("127.0.0.1:{}", listen(Peer::wait))];
    let silent = Upstream::hosts(&hosts, "nowhere", "gate", "secret").set("tls", "disable");
    let house = House::planned(|plan| {
        plan.limit("login_timeout", "\"5s\"")
            .target(Target::new("silent", silent.set("connect_timeout", "1h")))
            .principal(Principal::human("carol", "silent").password("carol's"))
    });
    let report = house.knock().log_in(&Login::new("carol", "carol's", "silent")).err().unwrap();
    assert_eq!((report.severity.as_str(), report.code.as_str()), ("FATAL", "08006"), "{report:?}");
    house.ledger().wait("the reason", |entry| match &entry.leaf {
        Leaf::SessionRefused(refused) if refused.reason == "catalogue not read" => Some(()),
        _ => None,
    });
    house.is_well();
}

#[test]
fn one_address_has_only_so_many_log_ins_under_way() {
    let house = House::planned(|plan| plan.limit("logins_per_address_max", "5"));
    let mut waiting: Vec<Client> = (0..5).map(|_| house.knock()).collect();
    for client in &mut waiting {
        client.send(&house.alice().bytes());
        client.until(b'R');
    }
    let mut over = house.knock();
    let mut byte = [0];
    assert!(matches!(over.stream.read(&mut byte), Ok(0) | Err(_)), "closed without a word");
    // One gives up, and there is room again.
    drop(waiting.pop());
    until("room", || house.knock().log_in(&house.alice()).is_ok());
    // Sessions do not count.
    let sessions: Vec<Client> = (0..8)
        .map(|_| {
            let mut session = None;
            until("room", || {
                session = house.knock().log_in(&house.alice()).ok();
                session.is_some()
            });
            session.unwrap()
        })
        .collect();
    assert_eq!(sessions.len(), 8);
}

#[test]
fn an_idle_session_ends_and_a_busy_one_does_not() {
    let house = House::planned(|plan| plan.limit("idle_timeout", "\"1s\""));
    let mut idle = house.session();
    let mut busy = house.session();
    busy.say(|out| encode::query(out, b"SELECT 'done' FROM pg_sleep(2.5)").unwrap());
    assert_eq!(idle.rest().line(), "E(FATAL 57P05)");
    assert_eq!(busy.ready().line(), "T D(done) C(SELECT 1) Z(I)");
    // Only now it begins to idle: several of the gate's looks at it pass.
    std::thread::sleep(Duration::from_millis(600));
    assert_eq!(busy.line("SELECT 'still here'"), "T D(still here) C(SELECT 1) Z(I)");
    assert_eq!(busy.rest().line(), "E(FATAL 57P05)");
}
