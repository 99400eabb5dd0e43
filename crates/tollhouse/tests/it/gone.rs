//! Somebody goes away in the middle: the client, or the server.

use wire::postgres::encode;

use crate::house::{House, until};
use rig::postgres::{Server, Settings};

#[test]
fn a_server_side_kill_looks_like_one() {
    for house in House::each() {
        let mut client = house.session();
        let process = client.query("SELECT pg_backend_pid()").value();
        house.sql(&format!("SELECT pg_terminate_backend({process})"));
        assert_eq!(client.rest().line(), "E(FATAL 57P01)", "the server's own word, then the end");

        // In the middle of a transaction, and of a statement.
        let mut client = house.session();
        let process = client.query("SELECT pg_backend_pid()").value();
        client.query("BEGIN");
        client.say(|out| encode::query(out, b"SELECT pg_sleep(600)").unwrap());
        until("the statement to run", || {
            house.value(&format!("SELECT state FROM pg_stat_activity WHERE pid = {process}")) == "active"
        });
        house.sql(&format!("SELECT pg_terminate_backend({process})"));
        assert_eq!(client.rest().line(), "T E(FATAL 57P01)");
        assert_eq!(house.ledger().result("SELECT pg_sleep(600)"), "error 57P01");
        house.is_well();
    }
}

#[test]
fn a_server_that_crashes_ends_the_session_with_an_unknown_outcome() {
    // A server of its own: the others' must not die.
    let install = crate::house::server().server.install();
    let mut server = Server::start(install, Settings::new()).unwrap();
    let secret = crate::house::ROLE_PASSWORD;
    server
        .sql("postgres", &format!("CREATE ROLE gate LOGIN PASSWORD {}", rig::postgres::literal(secret)))
        .unwrap();
    let target =
        rig::gate::Target::new("shop", rig::gate::Upstream::tcp(&server, "postgres", "gate", secret));
    let gate = rig::gate::Gate::start(
        crate::house::plan()
            .target(target)
            .principal(rig::gate::Principal::human("alice", "shop").password(crate::house::ALICE)),
    )
    .unwrap();
    let login = crate::client::Login::new("alice", crate::house::ALICE, "shop");
    let connect = || crate::client::Client::tcp(("127.0.0.1", gate.port())).log_in(&login);
    let mut idle = connect().unwrap();
    let mut busy = connect().unwrap();
    busy.query("BEGIN");
    busy.say(|out| encode::query(out, b"SELECT pg_sleep(600)").unwrap());
    until("the statement to run", || {
        server
            .value("postgres", "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)'")
            .unwrap()
            == "1"
    });
    server.kill9().unwrap();
    // A server process that is killed says nothing; one that notices the death of its parent may.
    for client in [&mut idle, &mut busy] {
        let line = client.rest().line();
        assert!(["", "T", "E(FATAL 57P01)", "T E(FATAL 57P01)"].contains(&line.as_str()), "{line}");
    }
    let ledger = crate::ledger::Ledger::at(&gate.ledger());
    let result = ledger.result("SELECT pg_sleep(600)");
    assert!(["unknown", "error 57P01"].contains(&result.as_str()), "{result}");
    // Nobody there: a clean answer that names the target alone.
    let refused = connect().err().unwrap();
    assert_eq!((refused.severity.as_str(), refused.code.as_str()), ("FATAL", "08006"));
    let said = format!("{refused:?}");
    assert!(said.contains("`shop`") && !said.contains("127.0.0.1") && !said.contains("gate`"), "{said}");
    // And back again.
    server.restart().unwrap();
    assert_eq!(connect().unwrap().line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
}

#[test]
fn a_client_that_vanishes_in_a_copy_leaves_nothing_behind() {
    for house in House::each() {
        let mut client = house.session();
        client.query("CREATE TABLE t (a int)");
        client.say(|out| encode::query(out, b"COPY t FROM STDIN").unwrap());
        client.until(b'G');
        client.say(|out| encode::copy_data(out, b"1\n2\n").unwrap());
        // And half a message.
        client.send(b"d\0\0\x01\x00123");
        drop(client);
        house.wait_for_no_upstream();
        assert_eq!(house.value("SELECT count(*) FROM t"), "0");
        let result = house.ledger().result("COPY t FROM STDIN");
        assert!(result == "unknown" || result.starts_with("error"), "{result}");
        house.is_well();
    }
}

#[test]
fn a_client_that_vanishes_in_a_statement_has_it_ended() {
    for house in House::each() {
        let mut client = house.session();
        client.query("CREATE TABLE t (a int)");
        client.say(|out| {
            encode::query(out, b"INSERT INTO t SELECT 1 FROM pg_sleep(600)").unwrap();
        });
        let running =
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'INSERT INTO t%'";
        until("the statement to run", || house.value(running) == "1");
        drop(client);
        house.wait_for_no_upstream();
        assert_eq!(house.value("SELECT count(*) FROM t"), "0");
        let result = house.ledger().result("INSERT INTO t SELECT 1 FROM pg_sleep(600)");
        assert!(["unknown", "cancelled 57014"].contains(&result.as_str()), "{result}");
        until("the session to be over", || house.metric("tollhouse_sessions") == 0);
    }
}

#[test]
fn a_transaction_of_a_client_that_vanishes_is_rolled_back() {
    for house in House::each() {
        let mut client = house.session();
        client.query("CREATE TABLE t (a int)");
        client.query("BEGIN; INSERT INTO t VALUES (1)");
        drop(client);
        house.wait_for_no_upstream();
        assert_eq!(house.value("SELECT count(*) FROM t"), "0");
    }
}

#[test]
fn a_half_closed_client_gets_its_answers() {
    for house in House::each() {
        let mut client = house.session();
        client.say(|out| encode::query(out, b"SELECT 'late' FROM pg_sleep(0.3)").unwrap());
        client.stream.half_close();
        assert_eq!(client.rest().line(), "T D(late) C(SELECT 1) Z(I)");
        assert_eq!(house.ledger().result("SELECT 'late' FROM pg_sleep(0.3)"), "ok");
        house.wait_for_no_upstream();
    }
}

#[test]
fn a_client_that_says_good_bye_in_a_statement_lets_it_run() {
    let house = House::new();
    let mut client = house.session();
    client.query("CREATE TABLE t (a int)");
    client.say(|out| {
        encode::query(out, b"INSERT INTO t SELECT 1 FROM pg_sleep(0.3)").unwrap();
        encode::terminate(out);
    });
    drop(client);
    assert_eq!(house.ledger().result("INSERT INTO t SELECT 1 FROM pg_sleep(0.3)"), "ok");
    assert_eq!(house.value("SELECT count(*) FROM t"), "1");
}
