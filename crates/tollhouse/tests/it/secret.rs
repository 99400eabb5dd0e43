//! Secrets in statements: they reach the server, and nothing that the gate writes.

use wire::postgres::encode;

use crate::house::{ALICE, House, ROLE_PASSWORD, bytes_below, holds};

#[test]
fn secrets_are_in_no_file_of_the_ledger_and_in_no_log() {
    for house in House::each() {
        // The role that does this must be allowed to.
        house.sql("ALTER ROLE gate CREATEROLE");
        let role = format!("role_{}", house.database);
        let mut client = house.session();
        let texts = [
            format!("CREATE ROLE {role} LOGIN PASSWORD 'canary-one'"),
            format!("ALTER ROLE {role} PASSWORD 'canary-two'; SELECT 1"),
            format!("alter user {role} encrypted password $x$canary-three$x$"),
            "SELECT 'postgresql://gate:canary-four@db.example/shop'".to_owned(),
            // A statement that fails is recorded too.
            format!("ALTER ROLE {role} PASSWORD 'canary-five' NONSENSE"),
        ];
        for text in &texts {
            client.query(text);
        }
        client.say(|out| {
            super::extended::run(out, &format!("ALTER ROLE {role} PASSWORD 'canary-six'"), &[]);
            encode::sync(out);
        });
        client.ready();
        client.bye();
        let pairs = house.ledger().settled();
        assert!(pairs.len() == 7, "{pairs:?}");
        assert!(pairs[0].text.as_deref().unwrap().contains(&format!("CREATE ROLE {role} LOGIN PASSWORD")));
        assert_eq!(pairs[0].result(), "ok");

        let mut written = bytes_below(&house.gate.ledger());
        written.extend(house.gate.log().into_bytes());
        for number in ["one", "two", "three", "four", "five", "six"] {
            assert!(!holds(&written, format!("canary-{number}").as_bytes()), "canary-{number} was written");
        }
        for secret in [ALICE, ROLE_PASSWORD, &house.token.secret] {
            assert!(!holds(&written, secret.as_bytes()), "a secret was written");
        }
        // The server has the last one: it was the record that was changed, not the statement.
        let stored =
            house.value(&format!("SELECT rolpassword IS NOT NULL FROM pg_authid WHERE rolname = '{role}'"));
        assert_eq!(stored, "t");
        house.sql(&format!("DROP ROLE {role}"));
    }
}

#[test]
fn the_log_has_no_statement_texts() {
    let house = House::planned(|plan| plan.environment("TOLLHOUSE_LOG", "trace"));
    let mut client = house.session();
    client.query("SELECT 'canary in a text'");
    client.query("SELECT canary_in_an_error");
    client.say(|out| {
        super::extended::run(out, "SELECT $1::text", &[Some(b"canary in a value")]);
        encode::sync(out);
    });
    client.ready();
    client.bye();
    house.ledger().settled();
    let log = house.gate.log();
    assert!(!log.contains("canary"), "{log}");
}
