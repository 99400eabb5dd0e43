//! What is copied where.

use super::*;

/// `log.msg < customers.ssn*` per column that values go into.
fn flows(sql: &str) -> Vec<String> {
    let facts = facts(sql);
    assert!(facts.opaque.is_empty(), "{sql}: {:?}", facts.opaque);
    let flows = facts.flows.iter().map(|flow| {
        let uses: Vec<String> = flow
            .uses
            .iter()
            .map(|one| {
                let derived = if one.derivation == Derivation::Derived { "*" } else { "" };
                let of = one.column.of.strip_prefix("public.").unwrap_or(&one.column.of);
                format!("{of}.{}{derived}", one.column.name)
            })
            .collect();
        let opaque = if flow.opaque { "?" } else { "" };
        format!("{}.{}{opaque} < {}", flow.into.name, flow.column, uses.join(", "))
    });
    flows.collect()
}

#[track_caller]
fn holds(sql: &str, expected: &[&str]) {
    assert_eq!(flows(sql), expected, "{sql}");
}

#[test]
fn writes_say_where_values_go() {
    holds("INSERT INTO log (msg) SELECT ssn FROM customers", &["log.msg < customers.ssn"]);
    holds("INSERT INTO log (msg) VALUES ((SELECT upper(ssn) FROM customers))", &["log.msg < customers.ssn*"]);
    holds(
        "INSERT INTO customers (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET notes = customers.ssn RETURNING notes",
        &["customers.notes < customers.ssn"],
    );
    holds("UPDATE customers SET notes = ssn WHERE id = 1", &["customers.notes < customers.ssn"]);
    holds("UPDATE customers SET email = lower(email) WHERE id = 1", &["customers.email < customers.email*"]);
    holds(
        "UPDATE log SET (at, msg) = (SELECT seen, ssn FROM customers) WHERE msg = 'x'",
        &["log.at < customers.seen", "log.msg < customers.ssn"],
    );
    holds(
        "UPDATE log SET msg = c.ssn FROM customers c WHERE c.id = 1 AND msg = 'x'",
        &["log.msg < customers.ssn"],
    );
    holds(
        "MERGE INTO customers t USING (SELECT 1 id) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET notes = ssn",
        &["customers.notes < customers.ssn"],
    );
    holds(
        "MERGE INTO log t USING customers s ON t.msg = s.email WHEN NOT MATCHED THEN INSERT (msg) VALUES (s.ssn)",
        &["log.msg < customers.ssn"],
    );
    holds(
        "WITH x AS (INSERT INTO log (msg) SELECT ssn FROM customers RETURNING msg) SELECT 1",
        &["log.msg < customers.ssn"],
    );
    holds(
        "INSERT INTO simple (id, secret) SELECT id, email FROM customers",
        &[
            "customers.id < customers.id",
            "customers.ssn < customers.email",
            "simple.id < customers.id",
            "simple.secret < customers.email",
        ],
    );
}

#[test]
fn what_is_made_of_a_query_is_filled_by_it() {
    holds("CREATE TEMP TABLE l AS SELECT ssn s, 1 AS n FROM customers", &["l.s < customers.ssn"]);
    holds("SELECT upper(ssn) AS u INTO l FROM customers", &["l.u < customers.ssn*"]);
    holds("CREATE MATERIALIZED VIEW l (x) AS SELECT ssn FROM customers", &["l.x < customers.ssn"]);
    holds("CREATE TABLE l AS SELECT ssn FROM customers WITH NO DATA", &[]);
    holds("PREPARE p AS SELECT ssn s FROM customers; ", &[]);
    holds("CREATE TABLE l AS EXECUTE p", &["l.? < "]);
    holds(
        "ALTER TABLE customers ALTER COLUMN notes TYPE text USING ssn",
        &["customers.notes < customers.ssn"],
    );
    holds(
        "ALTER TABLE customers ADD COLUMN z text GENERATED ALWAYS AS (upper(ssn)) STORED",
        &["customers.z < customers.ssn*"],
    );
}

#[test]
fn what_comes_with_the_statement_is_copied_from_nowhere() {
    holds("INSERT INTO log (msg) VALUES ('x'), ($1)", &[]);
    holds("UPDATE customers SET notes = 'x' || $1 WHERE id = 1", &[]);
    holds("SELECT ssn FROM customers", &[]);
    holds("CREATE VIEW w AS SELECT ssn FROM customers", &[]);
}

#[test]
fn functions_that_keep_or_tell_what_they_are_given() {
    holds("SELECT pg_notify('k', ssn) FROM customers", &["pg_notify(text, text). < customers.ssn"]);
    holds(
        "SELECT setval('sq', replace(ssn, '-', '')::bigint) FROM customers",
        &["setval(regclass, int8). < customers.ssn*"],
    );
    holds(
        "SELECT set_config('a.b', ssn, false) FROM customers",
        &["set_config(text, text, bool). < customers.ssn"],
    );
    let locks = flows("SELECT pg_advisory_lock(replace(ssn, '-', '')::bigint) FROM customers");
    assert!(locks.iter().any(|flow| flow.starts_with("pg_advisory_lock(int8)")), "{locks:?}");
    holds("SELECT upper(ssn), tidy(ssn) FROM customers", &[]);
    holds("SELECT leak(ssn) FROM customers", &["leak(text). < customers.ssn"]);
    holds("SELECT id FROM customers WHERE leak(ssn)", &["leak(text). < customers.ssn"]);
    // Nobody follows a body's variables: whatever it reads may be in what it writes.
    holds("SELECT move_all()", &["log.msg < customers.ssn*"]);
}
