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
                let derived = match one.derivation {
                    Derivation::Copy => "",
                    Derivation::Extended => "+",
                    Derivation::Derived => "*",
                };
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
fn what_execute_is_given_goes_into_parameters() {
    holds("EXECUTE p(tell(1))", &["parameters of p. < customers.id*, customers.ssn*"]);
    let shown: &[&str] =
        &["a plan. < customers.id*, customers.ssn*", "parameters of p. < customers.id*, customers.ssn*"];
    holds("EXPLAIN EXECUTE p(1, upper(tell(1)))", shown);
    holds("EXPLAIN ANALYZE EXECUTE p(tell(1))", shown);
    assert!(facts("EXECUTE p(made(1))").flows.iter().any(|flow| flow.opaque));
    assert!(facts("EXPLAIN EXECUTE p(made(1))").flows.iter().any(|flow| flow.opaque));
    holds("EXECUTE p('a', lower('A'), 1 + 1, now(), tidy('x'), '2020-01-01'::date)", &[]);
    holds("EXPLAIN EXECUTE p('a', tidy('x'))", &[]);
    // They are computed even where nothing else is run.
    assert!(has_risk("EXPLAIN EXECUTE p(leak('x'))", RiskKind::UserFunction));
    assert!(accesses("EXPLAIN EXECUTE p(leak('x'))").contains(&"insert log written[at,msg]".to_owned()));
}

#[test]
fn what_a_plan_shows_of_functions_goes_there() {
    let told: &[&str] = &["a plan. < customers.id*, customers.ssn*"];
    holds("EXPLAIN SELECT tell(1)", told);
    holds("EXPLAIN ANALYZE SELECT upper(tell(1))", told);
    holds("EXPLAIN SELECT 1 FROM generate_series(1, length(tell(1)))", told);
    holds("EXPLAIN WITH q AS MATERIALIZED (SELECT tell(1)) SELECT 1 FROM q", told);
    assert!(facts("EXPLAIN SELECT made(1)").flows.iter().any(|flow| flow.opaque));
    holds("EXPLAIN SELECT ssn, upper(email), tidy(ssn), now() FROM customers", &[]);
    holds("EXPLAIN SELECT count(*) FROM customers", &[]);
    holds("SELECT tell(1)", &[]);
    let shown = |sql: &str| crate::explained(&facts(sql), catalogue(), &View::default());
    assert_eq!(shown("SELECT tell(1)").flows, facts("EXPLAIN SELECT tell(1)").flows);
    let plain = shown("SELECT ssn FROM customers WHERE id = 1");
    assert!(plain.flows.is_empty() && plain.verbs.contains(&Verb::Explain));
}

#[test]
fn bounds_of_partitions_are_kept() {
    holds(
        "CREATE TABLE s1 PARTITION OF split FOR VALUES IN ('a', tell(1))",
        &["s1. < customers.id*, customers.ssn*"],
    );
    holds(
        "CREATE TABLE s1 PARTITION OF split FOR VALUES FROM (tell(1)) TO (MAXVALUE)",
        &["s1. < customers.id*, customers.ssn*"],
    );
    holds(
        "CREATE TABLE s1 PARTITION OF split FOR VALUES FROM (MINVALUE) TO (upper(tell(1)))",
        &["s1. < customers.id*, customers.ssn*"],
    );
    holds(
        "ALTER TABLE split ATTACH PARTITION kept FOR VALUES IN (tell(1))",
        &["kept. < customers.id*, customers.ssn*", "split.id < kept.id", "split.name < kept.name"],
    );
    assert!(
        facts("CREATE TABLE s1 PARTITION OF split FOR VALUES IN (made(1))")
            .flows
            .iter()
            .any(|flow| flow.opaque)
    );
    holds("CREATE TABLE s1 PARTITION OF split FOR VALUES IN ('a', tidy('x'), now()::date::text)", &[]);
    holds("CREATE TABLE s1 PARTITION OF split FOR VALUES WITH (modulus 2, remainder 0)", &[]);
    holds(
        "ALTER TABLE split ATTACH PARTITION kept DEFAULT",
        &["split.id < kept.id", "split.name < kept.name"],
    );
}

#[test]
fn what_comes_with_the_statement_is_copied_from_nowhere() {
    holds("INSERT INTO log (msg) VALUES ('x'), ($1)", &[]);
    holds("UPDATE customers SET notes = 'x' || $1 WHERE id = 1", &[]);
    holds("SELECT ssn FROM customers", &[]);
    holds("ALTER TABLE log ALTER msg SET DEFAULT 'x' || now()", &[]);
    holds(
        "CREATE TABLE n (a int DEFAULT 7 CHECK (a > 0), b text GENERATED ALWAYS AS (upper('x')) STORED)",
        &[],
    );
    holds("CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a + 1'", &[]);
    holds("CREATE FUNCTION f(a int) RETURNS int BEGIN ATOMIC SELECT a + 1; END", &[]);
    holds("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN new.a := 1; RETURN new; END'", &[]);
}

#[test]
fn definitions_carry_what_they_show_later() {
    holds("CREATE VIEW w AS SELECT ssn FROM customers", &["w.ssn < customers.ssn"]);
    holds("CREATE TEMP VIEW w AS SELECT ssn FROM customers", &["w.ssn < customers.ssn"]);
    holds("CREATE OR REPLACE VIEW w (a) AS SELECT upper(ssn) FROM customers", &["w.a < customers.ssn*"]);
    holds("ALTER TABLE log ALTER msg SET DEFAULT tell(1)", &["log.msg < customers.id*, customers.ssn*"]);
    holds("CREATE TABLE n (a text DEFAULT tell(1))", &["n.a < customers.id*, customers.ssn*"]);
    holds("ALTER TABLE log ADD COLUMN a text DEFAULT tell(1)", &["log.a < customers.id*, customers.ssn*"]);
    holds("ALTER TABLE customers RENAME ssn TO nick", &["customers. < customers.ssn"]);
    for text in [
        "ALTER TABLE customers RENAME TO others",
        "ALTER TABLE customers SET SCHEMA other",
        "CREATE TRIGGER t BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION tidy()",
        "CREATE RULE r AS ON UPDATE TO customers DO ALSO SELECT 1",
    ] {
        let found = flows(text);
        assert!(found.iter().any(|flow| flow.contains("customers.ssn")), "{text}: {found:?}");
    }
    holds(
        "ALTER TABLE split ATTACH PARTITION parts FOR VALUES IN ('x')",
        &["split.id < parts.id", "split.region < parts.region"],
    );
    for text in [
        "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT ssn FROM customers'",
        "CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT ssn FROM customers LIMIT 1); END'",
        "CREATE FUNCTION f() RETURNS text RETURN (SELECT ssn FROM customers LIMIT 1)",
        "CREATE FUNCTION f() RETURNS text BEGIN ATOMIC SELECT ssn FROM customers; END",
        "CREATE FUNCTION f(n int) RETURNS text LANGUAGE sql AS 'SELECT tell(n)'",
        "CREATE FUNCTION f() RETURNS text LANGUAGE sql SET search_path = \"a, place\", public AS 'SELECT ssn FROM customers'",
        "CREATE PROCEDURE p(INOUT t text) LANGUAGE plpgsql AS 'BEGIN SELECT ssn INTO t FROM customers; END'",
    ] {
        let found = flows(text);
        assert!(found.iter().any(|flow| flow.contains("customers.ssn")), "{text}: {found:?}");
    }
    for text in [
        "CREATE FUNCTION f(t text) RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE t; END'",
        "CREATE FUNCTION f() RETURNS text LANGUAGE plpython3u AS 'return 1'",
        "ALTER VIEW names RENAME TO others",
        "ALTER FUNCTION tidy(text) RENAME TO other",
        "ALTER SCHEMA public RENAME TO other",
        "DO $$ BEGIN EXECUTE 'INSERT INTO log SELECT now(), s' || 'sn FROM customers'; END $$",
    ] {
        let facts = facts(text);
        assert!(facts.flows.iter().any(|flow| flow.opaque), "{text}: {:?}", facts.flows);
    }
}

#[test]
fn choosing_by_what_nobody_can_trace_is_told() {
    for text in [
        "SELECT 1 WHERE made(1) LIKE '1%'",
        "SELECT id FROM orders WHERE status = made(1)",
        "SELECT 1 / length(made(1))",
        "SELECT generate_series(1, ascii(made(1)))",
        "SELECT id FROM orders ORDER BY made(id)",
    ] {
        assert!(facts(text).blind, "{text}");
    }
    for text in [
        "SELECT made(1)",
        "SELECT id FROM orders WHERE status = 'x' ORDER BY id",
        "SELECT relname FROM pg_class WHERE pg_table_is_visible(oid) AND relnamespace = 'public'::regnamespace",
        "SELECT id FROM customers WHERE ssn = $1",
        "SELECT 1 WHERE current_setting('search_path') = 'x'",
    ] {
        assert!(!facts(text).blind, "{text}");
    }
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

#[test]
fn what_is_put_to_a_column_is_told_from_what_changes_it() {
    let is = |column: &str, values: &[&str], how: &str| {
        for value in values {
            let sql = format!("UPDATE customers SET {column} = {value} WHERE id = 1");
            holds(&sql, &[&format!("customers.{column} < customers.{column}{how}")]);
        }
    };
    let lines = [
        "notes || E'\\n-- closed'",
        "notes || E'\\n' || $1",
        "coalesce(notes, '') || E'\\n' || now()::text || $1",
        "$1 || E'\\n' || notes",
        "concat(notes, E'\\n', $1)",
        "concat_ws(E'\\n', notes, $1)",
        "customers.notes || E'\\n closed'",
        "notes || E'\\nx'::text || 5",
    ];
    is("notes", &lines, "+");
    let changes = [
        "notes || '0'",
        "notes || ' x'",
        "notes || $1",
        "'4' || notes",
        "concat(notes, $1)",
        "concat_ws(' ', notes, $1)",
        "left(notes, 3) || E'\\n'",
        "notes || E'\\n' || left(notes, 3)",
        "'x' || notes",
        "coalesce(notes, 'x') || E'\\n'",
        "replace(notes, 'a', E'\\n')",
        "notes || E'\\n5'::int",
        "notes || E'\\n5'::int::text",
        "E'x\\n'::varchar(1) || notes",
        "concat(notes, E'\\n5'::int)",
        "concat_ws(E'\\n5\\n'::int::text, notes, 'x')",
    ];
    is("notes", &changes, "*");
    is("profile", &["profile || '{\"tier\": 1}'", "jsonb_set(profile, '{tier}', to_jsonb($1::text))"], "+");
    is(
        "profile",
        &["profile || '[1]'", "profile || $1", "jsonb_set(profile, '{a,b}', '1')", "profile - 'a'"],
        "*",
    );
    let email = "UPDATE customers SET email = notes || E'\\nx' WHERE id = 1";
    holds(email, &["customers.email < customers.notes*"]);
}

#[test]
fn what_is_assigned_itself_or_something_given_stays() {
    for value in [
        "coalesce($1, email)",
        "coalesce('x@y.de', email)",
        "coalesce(nullif($1, ''), email)",
        "CASE WHEN email IS NULL THEN 'x' ELSE email END",
        "coalesce(email, '')",
    ] {
        let sql = format!("UPDATE customers SET email = {value} WHERE id = 1");
        holds(&sql, &["customers.email < customers.email"]);
    }
    for value in [
        "CASE id WHEN 7 THEN 'x' ELSE email END",
        "CASE WHEN id = $1 THEN $2 WHEN id = 3 THEN 'x' ELSE email END",
    ] {
        let sql = format!("UPDATE customers SET email = {value} WHERE id IN (7, 8)");
        holds(&sql, &["customers.email < customers.id*, customers.email"]);
    }
    let upsert = "INSERT INTO customers (id, email) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE \
                  SET email = coalesce(EXCLUDED.email, customers.email)";
    holds(upsert, &["customers.email < customers.email"]);
    for (value, from) in [
        ("coalesce($1, upper(email))", "customers.email*"),
        ("CASE WHEN ssn LIKE '1%' THEN 'x' ELSE email END", "customers.email, customers.ssn*"),
        ("CASE WHEN email LIKE 'a%' THEN 'x' ELSE email END", "customers.email*"),
        ("coalesce(notes, email)", "customers.email*, customers.notes*"),
        ("nullif(email, 'x')", "customers.email*"),
    ] {
        let sql = format!("UPDATE customers SET email = {value} WHERE id = 1");
        holds(&sql, &[&format!("customers.email < {from}")]);
    }
}

#[test]
fn what_a_session_has_made_is_called_as_it_likes() {
    let flows = |made: &str, sql: &str| {
        let mut view = View::default();
        for effect in crate::analyze(made.as_bytes(), catalogue(), &view).statements.remove(0).effects {
            view.apply(&effect);
        }
        crate::analyze(sql.as_bytes(), catalogue(), &view).statements.remove(0).facts.flows.clone()
    };
    let made = "CREATE TABLE public.fresh (id int, note text)";
    for sql in ["ALTER TABLE public.fresh RENAME TO old", "ALTER TABLE public.fresh RENAME note TO words"] {
        assert!(flows(made, sql).is_empty(), "{sql}");
        let sql = sql.replace("fresh", "customers").replace("note ", "ssn ");
        assert!(!flows(made, &sql).is_empty(), "{sql}");
    }
}
