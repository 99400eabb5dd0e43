//! Where outputs come from: truths written by hand.

use model::facts::Missing;

use super::*;

#[track_caller]
fn holds(sql: &str, expected: &[&str]) {
    assert_eq!(lineage(sql), expected, "{sql}");
}

#[test]
fn plain_columns_keep_their_origin() {
    holds("SELECT ssn AS x FROM customers WHERE id=1", &["x < customers.ssn"]);
    holds("SELECT c.ssn FROM public.customers c", &["ssn < customers.ssn"]);
    holds("SELECT public.customers.ssn FROM customers", &["ssn < customers.ssn"]);
    holds("SELECT SSN, \"ssn\" FROM customers", &["ssn < customers.ssn", "ssn < customers.ssn"]);
    holds("TABLE log", &["at < log.at", "msg < log.msg"]);
    holds("SELECT ctid, tableoid FROM log", &["ctid < log.ctid", "tableoid < log.tableoid"]);
}

#[test]
fn expressions_derive() {
    holds("SELECT ssn::varchar(20) FROM customers", &["ssn < customers.ssn*"]);
    holds(
        "SELECT reverse(ssn), substr(ssn, 1, 5) FROM customers",
        &["reverse < customers.ssn*", "substr < customers.ssn*"],
    );
    holds(
        "SELECT string_agg(ssn, ',' ORDER BY dob) FROM customers",
        &["string_agg < customers.ssn*, customers.dob*"],
    );
    holds("SELECT CASE WHEN ssn LIKE '1%' THEN 'T' ELSE 'F' END FROM customers", &["case < customers.ssn*"]);
    holds("SELECT (ARRAY['a','b'])[substr(ssn,1,1)::int+1] FROM customers", &["array < customers.ssn*"]);
    holds("SELECT first_value(ssn) OVER (ORDER BY id) FROM customers", &["first_value < customers.ssn*"]);
    holds("SELECT count(*) FILTER (WHERE ssn = '1') FROM customers", &["count < customers.ssn*"]);
    holds("SELECT count(*) FROM customers", &["count <"]);
    holds("SELECT coalesce(ssn, card) FROM customers", &["coalesce < customers.ssn*, customers.card*"]);
    holds(
        "SELECT greatest(ssn, 'a'), nullif(ssn, card), ssn IS NULL FROM customers",
        &[
            "greatest < customers.ssn*",
            "nullif < customers.ssn*, customers.card*",
            "?column? < customers.ssn*",
        ],
    );
    holds("SELECT ssn COLLATE \"C\" FROM customers", &["ssn < customers.ssn"]);
    holds("SELECT 1 + 2, $1, now(), current_user", &["?column? <", "?column? <", "now <", "current_user <"]);
}

#[test]
fn sub_selects_pass_on() {
    holds("SELECT (SELECT ssn FROM customers WHERE id=1)", &["ssn < customers.ssn"]);
    holds("VALUES ((SELECT ssn FROM customers WHERE id=1)), ('x')", &["column1 < customers.ssn"]);
    holds("SELECT ARRAY(SELECT ssn FROM customers)", &["array < customers.ssn*"]);
    holds("SELECT EXISTS(SELECT ssn FROM customers)", &["exists <"]);
    holds(
        "SELECT id IN (SELECT customer FROM orders) FROM customers",
        &["?column? < customers.id*, orders.customer*"],
    );
    holds(
        "SELECT * FROM (SELECT ssn AS a, id FROM customers) q(x)",
        &["x < customers.ssn", "id < customers.id"],
    );
    holds("SELECT (SELECT c.ssn) FROM customers c", &["ssn < customers.ssn"]);
}

#[test]
fn stars_and_aliases_shift_no_column() {
    holds("SELECT * FROM log AS l(a) WHERE a IS NULL", &["a < log.at", "msg < log.msg"]);
    holds("SELECT l.* FROM log l, parts p", &["at < log.at", "msg < log.msg"]);
    holds(
        "SELECT * FROM parts a JOIN parts b USING (id)",
        &["id < parts.id", "region < parts.region", "region < parts.region"],
    );
    holds(
        "SELECT * FROM log NATURAL JOIN parts",
        &["at < log.at", "msg < log.msg", "id < parts.id", "region < parts.region"],
    );
    holds("SELECT id FROM customers a FULL JOIN items b USING (id)", &["id < customers.id, items.id"]);
    holds("SELECT id FROM customers a RIGHT JOIN items b USING (id)", &["id < items.id"]);
    holds("SELECT j.b FROM (log l CROSS JOIN parts p) AS j(a, b)", &["b < log.msg"]);
    holds("SELECT u.id FROM customers a JOIN items b USING (id) AS u", &["id < customers.id"]);
}

#[test]
fn whole_rows_are_all_columns() {
    holds("SELECT l FROM log l", &["l < log.at*, log.msg*"]);
    holds("SELECT to_jsonb(l)->>'msg' FROM log l", &["?column? < log.at*, log.msg*"]);
    holds("SELECT json_agg(l) FROM log l", &["json_agg < log.at*, log.msg*"]);
    holds(
        "SELECT (c).ssn, ssn(c), c.ssn FROM customers c",
        &["ssn < customers.ssn", "ssn < customers.ssn", "ssn < customers.ssn"],
    );
    holds("SELECT (l).* FROM log l", &["at < log.at", "msg < log.msg"]);
    holds("SELECT row(l.*) FROM log l", &["row < log.at*, log.msg*"]);
    holds(
        "SELECT (json_populate_record(NULL::customers, json_build_object('full_name', c.ssn))).full_name FROM customers c",
        &["full_name < customers.ssn*"],
    );
}

#[test]
fn with_queries() {
    holds("WITH q AS (SELECT ssn FROM customers) SELECT * FROM q", &["ssn < customers.ssn"]);
    holds("WITH customers AS (SELECT 1 AS ssn) SELECT ssn FROM customers", &["ssn <"]);
    holds("WITH customers AS (SELECT 1 AS ssn) SELECT ssn FROM public.customers", &["ssn < customers.ssn"]);
    holds(
        "WITH RECURSIVE q(z,n) AS (SELECT ssn,1 FROM customers UNION ALL SELECT z,n+1 FROM q WHERE n<2) SELECT z FROM q",
        &["z < customers.ssn"],
    );
    holds(
        "WITH RECURSIVE q(a,b) AS (SELECT ssn, card FROM customers UNION ALL SELECT b, a FROM q) SELECT a FROM q",
        &["a < customers.ssn, customers.card"],
    );
    holds(
        "WITH RECURSIVE a AS (SELECT * FROM b), b AS (SELECT msg FROM log) SELECT * FROM a",
        &["msg < log.msg"],
    );
    holds(
        "WITH d AS (DELETE FROM customers WHERE id=1 RETURNING ssn) SELECT * FROM d",
        &["ssn < customers.ssn"],
    );
    holds(
        "WITH RECURSIVE q AS (SELECT id, region FROM parts UNION ALL SELECT q.id, p.region FROM q, parts p)
         SEARCH DEPTH FIRST BY id SET o CYCLE region SET c USING p SELECT o, c, p FROM q",
        &["o < parts.id*", "c < parts.region*", "p < parts.region*"],
    );
}

#[test]
fn set_operations_go_by_position() {
    holds(
        "SELECT ssn, 1 FROM customers UNION SELECT msg, 2 FROM log",
        &["ssn < customers.ssn, log.msg", "?column? <"],
    );
    holds("SELECT ssn FROM customers EXCEPT SELECT msg FROM log", &["ssn < customers.ssn"]);
    holds("SELECT 'x' INTERSECT SELECT ssn FROM customers", &["?column? < customers.ssn"]);
    holds("(SELECT msg FROM log LIMIT 1) UNION ALL VALUES ('a') ORDER BY 1", &["msg < log.msg"]);
}

#[test]
fn functions_in_from() {
    holds("SELECT v FROM customers c, LATERAL (VALUES (c.ssn)) t(v)", &["v < customers.ssn"]);
    holds(
        "SELECT x.* FROM customers c, jsonb_to_record(c.profile) AS x(ssn text)",
        &["ssn < customers.profile*"],
    );
    holds("SELECT d FROM generate_series(0, 9) d", &["d <"]);
    holds("SELECT * FROM unnest(ARRAY[1], ARRAY['a']) WITH ORDINALITY AS u(a, b, o)", &["a <", "b <", "o <"]);
    holds("SELECT m[1] FROM (SELECT regexp_matches(ssn, '(.)') m FROM customers) q", &["m < customers.ssn*"]);
    holds(
        "SELECT key, value FROM customers c, jsonb_each(to_jsonb(c.ssn))",
        &["key < customers.ssn*", "value < customers.ssn*"],
    );
    holds(
        "SELECT x FROM customers, XMLTABLE('/r' PASSING xmlelement(name r, ssn) COLUMNS x text PATH '.')",
        &["x < customers.ssn*"],
    );
    holds(
        "SELECT t.a FROM customers, JSON_TABLE(profile, '$[*]' COLUMNS (a text PATH '$.a', NESTED PATH '$.b' COLUMNS (b int PATH '$'))) t",
        &["a < customers.profile*"],
    );
    holds("SELECT * FROM ROWS FROM (generate_series(1,2), generate_series(1,3)) AS r(a,b)", &["a <", "b <"]);
    holds(
        "SELECT JSON_OBJECT('a': ssn), JSON_ARRAYAGG(ssn) FROM customers",
        &["json_object < customers.ssn*", "json_arrayagg < customers.ssn*"],
    );
}

#[test]
fn views_are_looked_through() {
    holds("SELECT n FROM names", &["n < customers.full_name*"]);
    holds("SELECT s FROM over", &["s < customers.ssn"]);
    holds("SELECT over FROM over", &["over < customers.ssn*"]);
    assert_eq!(
        accesses("SELECT id FROM simple WHERE id = 1"),
        ["select customers read[id] predicate[id]", "select simple read[id] predicate[id]",]
    );
    assert_eq!(
        accesses("SELECT id FROM names"),
        ["select customers read[id] predicate[card]", "select names read[id]",]
    );
}

#[test]
fn generated_columns_come_from_others() {
    holds("SELECT twice FROM items", &["twice < items.price*, items.twice"]);
    holds("COPY items (label) TO STDOUT", &["label < items.label"]);
    let plain = ["id < items.id", "order_id < items.order_id", "label < items.label", "price < items.price"];
    holds("COPY items TO STDOUT", &plain);
    assert_eq!(
        accesses("COPY items FROM STDIN").first().map(String::as_str),
        Some("insert items written[id,label,order_id,price]")
    );
}

#[test]
fn conditions_are_not_results() {
    assert_eq!(
        accesses("SELECT full_name FROM customers WHERE ssn LIKE '1%' ORDER BY dob LIMIT 1"),
        ["select customers read[full_name] predicate[dob,ssn]"]
    );
    assert_eq!(
        accesses("SELECT salary FROM customers GROUP BY 1 HAVING max(ssn) > '1'"),
        ["select customers read[salary] predicate[salary,ssn]"]
    );
    assert_eq!(
        accesses(
            "SELECT DISTINCT ON (email) notes AS n FROM customers WINDOW w AS (PARTITION BY card) ORDER BY n"
        ),
        ["select customers read[notes] predicate[card,email,notes]"]
    );
}

#[test]
fn what_is_not_known_is_opaque() {
    let missing = |sql: &str| facts(sql).opaque.iter().map(|opaque| opaque.missing).collect::<Vec<_>>();
    for (sql, what) in [
        ("SELECT nope FROM customers", Missing::Column),
        ("SELECT 1 FROM nope", Missing::Relation),
        ("SELECT 1 FROM nowhere.nope", Missing::Relation),
        ("DROP TABLE nope", Missing::Relation),
        ("INSERT INTO customers (nope) VALUES (1)", Missing::Column),
        ("SELECT nope(1)", Missing::Function),
        ("DROP FUNCTION nope(int)", Missing::Function),
        ("SELECT 1::nope", Missing::Type),
        ("SELECT n.id FROM customers", Missing::Relation),
    ] {
        assert_eq!(missing(sql), [Some(what)], "{sql}");
    }
    // One of the session's own of that name may be meant, which only the server knows.
    let analysis = crate::analyze(
        b"CREATE TEMP TABLE customers (a int); SELECT * FROM customers",
        catalogue(),
        &View::default(),
    );
    assert!(analysis.statements[1].facts.opaque.iter().any(|opaque| opaque.missing.is_none()));
    assert!(facts("SELECT nope FROM customers").opaque.iter().any(|opaque| opaque.kind == "unknown object"));
    assert!(facts("SELECT 1 FROM nope").opaque.iter().any(|opaque| opaque.kind == "unknown object"));
    assert!(facts("SELECT nope(1)").opaque.iter().any(|opaque| opaque.kind == "unknown object"));
}

#[test]
fn long_chains_are_walked() {
    let sum = vec!["id"; 4_000].join(" + ");
    holds(&format!("SELECT {sum} FROM customers"), &["?column? < customers.id*"]);
    let union = vec!["SELECT msg FROM log"; 2_000].join(" UNION ALL ");
    holds(&union, &["msg < log.msg"]);
}

#[test]
fn hostile_shapes_are_refused_or_walked_in_time() {
    let nested = (0..60).fold("SELECT 1 AS a".to_owned(), |inner, level| {
        format!("WITH RECURSIVE q{level} AS (SELECT 1 AS a UNION ALL SELECT x.a FROM q{level}, ({inner}) x) SELECT a FROM q{level}")
    });
    let _ = facts(&nested);
    let deep = format!("SELECT {}1{}", "(SELECT ".repeat(150), ")".repeat(150));
    let _ = facts(&deep);
    let rows = format!("SELECT {} FROM customers c", vec!["to_jsonb(c)"; 20_000].join(","));
    let _ = facts(&rows);
    let wide = format!(
        "DELETE FROM orders WHERE {} = {}",
        vec!["id"; 3_000].join("+"),
        vec!["total"; 3_000].join("+")
    );
    assert!(has_risk(&wide, RiskKind::AlwaysTrue));
}

#[test]
fn only_what_reads_rows_selects() {
    use model::facts::Verb;
    assert_eq!(facts("INSERT INTO log VALUES (now(), 'x')").verbs, [Verb::Insert]);
    assert_eq!(facts("SELECT 1").verbs, [Verb::Select]);
    assert_eq!(
        facts("DELETE FROM log WHERE msg = (SELECT ssn FROM customers LIMIT 1)").verbs,
        [Verb::Select, Verb::Delete]
    );
}

#[test]
fn what_compares_old_and_new_is_told_by_nothing() {
    let told =
        lineage("SELECT n_live_tup, n_tup_upd, n_tup_hot_upd, n_tup_newpage_upd FROM pg_stat_user_tables");
    let opaque: Vec<bool> = told.iter().map(|line| line.contains('?')).collect();
    assert_eq!(opaque, [false, false, true, true], "{told:?}");
    assert!(lineage("SELECT n_tup_hot_upd AS n FROM pg_stat_xact_user_tables")[0].starts_with("n?"));
    assert!(lineage("SELECT pg_stat_get_xact_tuples_hot_updated(1) AS n")[0].starts_with("n?"));
}
