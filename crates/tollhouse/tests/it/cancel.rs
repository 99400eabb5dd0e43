//! Cancel requests: the right session's statement, by the gate's own keys.

use wire::postgres::encode;

use crate::client::Client;
use crate::house::{House, until};

fn cancel(mut connection: Client, process_id: u32, secret: &[u8]) {
    connection.say(|out| encode::cancel_request(out, process_id, secret).unwrap());
    assert_eq!(connection.rest().line(), "", "a cancel request has no answer but the end");
}

/// Begins a statement that sleeps, and waits until the server runs it.
fn sleep(house: &House, client: &mut Client, mark: &str) {
    let text = format!("SELECT pg_sleep(600) /* {mark} */");
    client.say(|out| encode::query(out, text.as_bytes()).unwrap());
    let running =
        format!("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query = '{text}'");
    until("the statement to run", || house.value(&running) == "1");
}

#[test]
fn the_owners_statement_is_cancelled_and_no_other() {
    for house in House::each() {
        let (mut mine, mut other) = (house.session(), house.session());
        sleep(&house, &mut mine, "mine");
        sleep(&house, &mut other, "other");
        let (process_id, secret) = mine.key.clone();
        cancel(house.knock(), process_id, &secret);
        assert_eq!(mine.ready().line(), "T E(57014) Z(I)");
        assert_eq!(mine.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
        let still = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%(600) /* other%' \
                 AND pid <> pg_backend_pid()";
        assert_eq!(house.value(still), "1");
        let (process_id, secret) = other.key.clone();
        cancel(house.knock_tls(), process_id, &secret);
        assert_eq!(other.ready().line(), "T E(57014) Z(I)");
        assert_eq!(house.ledger().result("SELECT pg_sleep(600) /* mine */"), "cancelled 57014");
        assert_eq!(house.metric("tollhouse_cancels_total"), 2);
        house.is_well();
    }
}

#[test]
fn wrong_keys_are_ignored_and_the_servers_own_never_seen() {
    for house in House::each() {
        let mut client = house.session();
        let own = client.query("SELECT pg_backend_pid()").value();
        assert_eq!(
            own,
            client.key.0.to_string(),
            "the server's process id, so that notifications can be told apart"
        );
        sleep(&house, &mut client, "guarded");
        let (process_id, secret) = client.key.clone();
        let mut near = secret.clone();
        near[3] ^= 1;
        let long = [&secret[..], &[0; 28]].concat();
        for (process_id, secret) in [
            (process_id, &near[..]),
            (process_id, &secret[..3]),
            (process_id, &long[..]),
            (process_id ^ 1, &secret[..]),
            (process_id, &[0; 4]),
        ] {
            cancel(house.knock(), process_id, secret);
        }
        assert_eq!(house.metric("tollhouse_cancels_total"), 0);
        cancel(house.knock(), process_id, &secret);
        assert_eq!(client.ready().line(), "T E(57014) Z(I)");
    }
}

#[test]
fn long_keys_of_protocol_3_2_cancel_too() {
    for house in House::each() {
        let mut client = house.log_in(&house.alice().version(3, 2));
        sleep(&house, &mut client, "long");
        let (process_id, secret) = client.key.clone();
        assert_eq!(secret.len(), 32);
        cancel(house.knock(), process_id, &secret[..4]);
        assert_eq!(house.metric("tollhouse_cancels_total"), 0);
        cancel(house.knock_tls(), process_id, &secret);
        assert_eq!(client.ready().line(), "T E(57014) Z(I)");
    }
}

#[test]
fn a_cancel_that_comes_too_late_harms_nothing() {
    let house = House::new();
    let mut client = house.session();
    let (process_id, secret) = client.key.clone();
    for _ in 0..20 {
        client.say(|out| encode::query(out, b"SELECT 1").unwrap());
        cancel(house.knock(), process_id, &secret);
        // It may hit the statement or nothing; never the next one, which begins when the request is dealt with.
        let answer = client.ready().line();
        assert!(
            ["T D(1) C(SELECT 1) Z(I)", "T D(1) E(57014) Z(I)", "T E(57014) Z(I)", "E(57014) Z(I)"]
                .contains(&answer.as_str()),
            "{answer}"
        );
    }
    let line = client.line("SELECT 2");
    assert!(line.contains("Z(I)"), "{line}");
    client.bye();
    cancel(house.knock(), process_id, &secret);
    house.is_well();
}

#[test]
fn a_gate_that_is_full_still_takes_cancel_requests() {
    let house = House::planned(|plan| plan.limit("sessions_max", "1"));
    let mut client = house.session();
    sleep(&house, &mut client, "full");
    let (process_id, secret) = client.key.clone();
    cancel(house.knock(), process_id, &secret);
    assert_eq!(client.ready().line(), "T E(57014) Z(I)");
}
