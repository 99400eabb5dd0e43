//! Which conditions choose rows and which do not.

use super::*;

#[test]
fn conditions_that_choose() {
    for condition in [
        "id = 1",
        "id = $1",
        "status = 'x'",
        "status LIKE 'x%'",
        "id IN (1, 2, 3)",
        "id = ANY($1)",
        "id BETWEEN 1 AND 10",
        "id > 5 AND id < 10",
        "total IS NULL",
        "lower(status) = 'x'",
        "status = 'a' OR status = 'b'",
        "id = 1 OR (status = 'x' AND total > 5)",
        "NOT (status <> 'x')",
        "id IN (SELECT order_id FROM items)",
        "customer IN (SELECT id FROM customers WHERE email = 'x')",
        "EXISTS (SELECT 1 FROM items i WHERE i.order_id = orders.id)",
        "NOT EXISTS (SELECT 1 FROM items i WHERE i.order_id = orders.id)",
        "id IN (SELECT id FROM orders ORDER BY id LIMIT 10)",
        "id IN (SELECT o.id FROM orders o WHERE o.status = 'x')",
        "id = (SELECT max(id) FROM orders)",
        "false",
        "1 = 0",
        "id IS NULL",
        "status IS NOT NULL",
        "(id, customer) = (1, 2)",
        "ctid = '(0,1)'",
        "customer + 1 = 5",
        "coalesce(status, '') = ''",
        "(status = 'x') IS TRUE",
        "id BETWEEN $1 AND $2",
        "id >= 100 AND id < 1100",
        "id = ANY(ARRAY(SELECT order_id FROM items))",
        "id IN (SELECT id FROM orders WHERE status = 'x' LIMIT 1000)",
        "id NOT IN (SELECT order_id FROM items)",
        "status ^@ 'x'",
        "starts_with(status, 'x')",
        "left(status, 2) = 'ab'",
        "customer = (SELECT max(id) FROM customers WHERE email = 'x')",
        "status SIMILAR TO 'a%'",
        "id <@ int8range(1, 100)",
        "id <@ '[1,100)'::int8range",
        "id <@ $1",
        "total <@ numrange(5, NULL)",
        "id <@ int8multirange(int8range(1, 5))",
        "id <@ '{[5,10),[20,21)}'::int8multirange",
        "id IN (SELECT unnest($1::int8[]))",
        "id IN (SELECT * FROM unnest($1))",
        "id IN (SELECT (x->>'id')::int8 FROM jsonb_array_elements($1) x)",
        "id IN (SELECT unnest(string_to_array($1, ','))::int8)",
        "id IN (SELECT abs(5))",
        "customer <= $1",
        "customer > 25",
        "customer < 1700000000",
        "status <> trim(status)",
        "int8eq(id, 5)",
        "texteq(status, 'x')",
        "textlike(status, 'x%')",
        "elem_contained_by_range(id, int8range(1, 100))",
        "id IN (SELECT o.id FROM orders o JOIN items i ON i.order_id = o.id)",
        "id IN (SELECT i.order_id FROM items i LEFT JOIN orders o ON o.id = i.order_id WHERE o.id IS NULL)",
        "id IN (SELECT i FROM JSON_TABLE($1, '$[*]' COLUMNS (i int8 PATH '$')) j)",
    ] {
        let sql = format!("DELETE FROM orders WHERE {condition}");
        assert!(!has_risk(&sql, RiskKind::AlwaysTrue), "{sql}");
        assert!(facts(&sql).opaque.is_empty(), "{sql}: {:?}", facts(&sql).opaque);
    }
    for sql in [
        "DELETE FROM customers WHERE seen < '-infinity'",
        "UPDATE orders t SET status = u.s FROM unnest($1::int8[], $2::text[]) AS u(id, s) WHERE t.id = u.id",
        "DELETE FROM orders t USING unnest($1::int8[]) u WHERE t.id = u",
        "DELETE FROM orders t USING unnest('{1,2}'::int8[]) AS u(id) WHERE t.id = u.id",
        "DELETE FROM orders t USING ROWS FROM (unnest($1::int8[]), unnest($2::text[])) AS u(id, s) WHERE t.id = u.id",
        "WITH u AS (SELECT unnest($1) AS id) DELETE FROM orders t USING u WHERE t.id = u.id",
        "UPDATE orders t SET status = u.s FROM jsonb_to_recordset($1) AS u(id int8, s text) WHERE t.id = u.id",
        "UPDATE orders t SET status = 'x' FROM jsonb_array_elements($1::jsonb -> 'ids') x WHERE t.id = (x ->> 'id')::int8",
        "MERGE INTO orders t USING unnest($1::int8[]) u(id) ON t.id = u.id WHEN MATCHED THEN UPDATE SET status = 'x'",
        "DELETE FROM customers WHERE seen <@ tstzrange(now() - interval '1 day', now())",
        "DELETE FROM customers WHERE seen <@ tstzrange(NULL, '2001-01-01')",
        "DELETE FROM customers WHERE seen <@ '[2001-01-01,infinity)'::tstzrange",
        "DELETE FROM booked WHERE during && tstzrange(now(), NULL)",
        "DELETE FROM booked WHERE during @> now()",
        "DELETE FROM booked WHERE upper_inf(during)",
        "UPDATE orders o SET status = 'x' FROM (SELECT id, row_number() OVER (PARTITION BY status ORDER BY id) n FROM orders) d WHERE o.id = d.id AND d.n > 1",
        "DELETE FROM booked WHERE tags <@ ARRAY['a', 'b']",
        "DELETE FROM booked WHERE tags && '{a,b}'",
        "DELETE FROM booked WHERE place <@ '((0,0),(1,1))'::box",
        "DELETE FROM customers WHERE seen < now() - interval '30 days'",
        "DELETE FROM kept_by_time WHERE at < now() - interval '10 years'",
        "DELETE FROM kept_by_time WHERE at < '2000-01-01'",
        "DELETE FROM customers WHERE profile @> '{\"a\": 1}'",
        "UPDATE orders SET status = 'x' FROM customers c WHERE c.id = orders.customer AND c.email = 'x'",
        "UPDATE orders o SET total = v.t FROM (VALUES (1, 2)) v(id, t) WHERE o.id = v.id",
        "UPDATE orders SET status = 'x' WHERE CURRENT OF c",
        "DELETE FROM customers a USING customers b WHERE a.id = b.id AND b.email = 'x'",
        "WITH q AS (SELECT order_id FROM items) DELETE FROM orders USING q WHERE orders.id = q.order_id",
        "MERGE INTO orders o USING customers c ON o.customer = c.id AND c.email = 'x' WHEN MATCHED THEN DELETE",
        "WITH q AS (SELECT id FROM customers WHERE email = 'x') MERGE INTO orders o USING q ON o.customer = q.id WHEN MATCHED THEN DELETE",
        "MERGE INTO orders o USING (SELECT id FROM customers WHERE email = 'x') c ON o.customer = c.id WHEN MATCHED THEN DELETE",
        "WITH q AS (SELECT id FROM orders WHERE status = 'x') DELETE FROM orders USING q WHERE orders.id = q.id",
        "MERGE INTO orders o USING customers c ON o.customer = c.id WHEN MATCHED AND c.email = 'x' THEN DELETE",
    ] {
        assert!(!has_risk(sql, RiskKind::AlwaysTrue), "{sql}");
        assert!(!has_risk(sql, RiskKind::NoWhere), "{sql}");
    }
}

#[test]
fn conditions_that_choose_nothing() {
    for condition in [
        "1=1",
        "true",
        "id=id",
        "id IS NOT NULL",
        "id>-1",
        "id > 0",
        "id <> 0",
        "id <@ int8range(NULL, NULL)",
        "int8range(NULL,NULL) @> id",
        "id <@ '{(,)}'::int8multirange",
        "id <@ int8range(0, NULL)",
        "id <@ int8range(0, 100000000)",
        "id <@ '(,)'",
        "id <@ '[0,99999999]'::int8range",
        "id <@ '{(,5),[5,)}'::int8multirange",
        "id <@ '{[0,5),[5,100000000)}'::int8multirange",
        "id <@ (int8range(NULL, 5) + int8range(5, NULL))",
        "id <@ CASE WHEN true THEN '(,)'::int8range END",
        "id <@ (SELECT int8range(NULL, NULL))",
        "id <@ range_merge(int8range(NULL, 5), int8range(6, NULL))",
        "id <@ int8multirange(int8range(NULL, 5), int8range(5, NULL))",
        "total > '-infinity'",
        "total < 'Infinity'::float8",
        "total >= -'inf'::float8",
        "total BETWEEN '-infinity' AND 'infinity'",
        "EXISTS(SELECT 1)",
        "'a'='a'",
        "NOT false",
        "id IN (SELECT id FROM orders)",
        "random()>=0",
        "status = 'x' OR NOT status = 'x'",
        "status = 'x' OR status <> 'x'",
        "status IS NULL OR status IS NOT NULL",
        "total > 5 OR total <= 5",
        "coalesce(id, 1) = id",
        "id*0 = 0",
        "id - id = 0",
        "length(status) >= 0",
        "status LIKE '%'",
        "status ~ '.*'",
        "customer >= 0",
        "id = 1 OR true",
        "id = ANY(SELECT id FROM orders)",
        "id <= (SELECT max(id) FROM orders)",
        "CASE WHEN id = 1 THEN true ELSE true END",
        "EXISTS (SELECT 1 FROM orders o WHERE o.id = orders.id)",
        "(SELECT true)",
        "$1",
        "(id = id) = true",
        "NOT (id <> id)",
        "(id IS NOT NULL) IS TRUE",
        "id = id + 0",
        "orders IS NOT NULL",
        "id::text LIKE '%%'",
        "id IN (id)",
        "'true'::boolean",
        "id NOT IN (-5)",
        "id BETWEEN id AND id",
        "nullif(id, id) IS NULL",
        "id IN (SELECT generate_series(1, 1000000))",
        "id IN (SELECT generate_series(1, 1000000)::int8)",
        "customer > 0",
        "customer >= 1",
        "customer > -5",
        "customer < 2147483647",
        "customer < 1000000",
        "status <> status || 'x'",
        "int8eq(id, id)",
        "int8gt(id, 0)",
        "int84gt(id, 0)",
        "int8ne(id, 0)",
        "textlike(status, '%')",
        "record_eq(ROW(id), ROW(id))",
        "starts_with(status, left(status, 1))",
        "elem_contained_by_range(id, '(,)'::int8range)",
        "range_contains_elem('(,)'::int8range, id)",
        "NOT isempty(int8range(id, id, '[]'))",
        "upper_inf(int8range(id, NULL))",
        "status IS NORMALIZED",
        "md5(status) > ''",
        "id::int::bool",
        "customer > ANY ('{-1}')",
        "id IN (SELECT c.id FROM orders c LEFT JOIN customers d ON c.customer = d.id)",
        "id IN (SELECT c.id FROM orders c JOIN customers d ON true)",
        "id IN (SELECT id FROM (SELECT id, row_number() OVER () n FROM orders) q WHERE n >= 1)",
        "id IN (SELECT generate_series(1, 1000000) FROM (VALUES (1)) v)",
        "id IN (SELECT g FROM generate_series(1, 1000000) g, (VALUES (1)) v)",
        "id IN (SELECT unnest(ARRAY(SELECT id FROM orders)))",
        "id IN (SELECT unnest(array_positions(array_fill(0, ARRAY[100000]), 0)))",
        "id IN (SELECT * FROM unnest((SELECT array_agg(id) FROM orders)))",
        "id IN (SELECT unnest(ARRAY[orders.id]))",
        "tableoid IS NOT NULL",
        "id IN (SELECT id FROM orders LIMIT 100000000)",
        "ctid IS NOT NULL",
        "(orders).id = orders.id",
        "id = (SELECT orders.id)",
        "id = (SELECT max(x) FROM (VALUES (orders.id)) v(x))",
        "id IN (SELECT orders.id FROM items)",
        "id = ANY(ARRAY(SELECT id FROM orders))",
        "id = ANY((SELECT array_agg(id) FROM orders)::int[])",
        "id IN (SELECT id FROM orders ORDER BY id LIMIT 1000)",
        "id IN (SELECT id FROM orders WHERE status <> '')",
        "status IN (SELECT status FROM items)",
        "tableoid = 'orders'::regclass",
        "pg_typeof(id) = 'int4'::regtype",
        "status SIMILAR TO '%'",
        "status ^@ ''",
        "starts_with(status, '')",
        "position('' in status) = 1",
        "status >= ''",
        "'x' <> status",
        "status NOT IN ('x')",
        "sign(id) IN (-1, 0, 1)",
        "(id = 5) IN (true, false)",
        "id = ALL(ARRAY[]::int[])",
        "id NOT IN (SELECT 1 WHERE false)",
        "id NOT IN (SELECT order_id FROM items WHERE false)",
        "id BETWEEN -10 AND 1000000",
        "id > 0 AND id < 1e9",
        "ctid > '(0,0)' AND ctid < '(99999,1)'",
        "ctid BETWEEN '(0,0)' AND '(99999,1)'",
        "left(status, 0) = ''",
    ] {
        let sql = format!("DELETE FROM orders WHERE {condition}");
        assert!(has_risk(&sql, RiskKind::AlwaysTrue), "{sql}");
    }
    for sql in [
        "DELETE FROM orders",
        "UPDATE orders SET status = 'x'",
        "DELETE FROM orders USING customers",
        "MERGE INTO orders USING (SELECT 1) s ON false WHEN NOT MATCHED BY SOURCE THEN DELETE",
        "WITH x AS (DELETE FROM customers RETURNING 1) SELECT count(*) FROM x",
    ] {
        assert!(has_risk(sql, RiskKind::NoWhere), "{sql}");
    }
    for sql in [
        "DELETE FROM orders a USING orders b WHERE a.id = b.id",
        "DELETE FROM orders t USING (SELECT id FROM orders) c WHERE c.id = t.id AND c.id > 0",
        "DELETE FROM orders t USING (SELECT id, true AS ok FROM orders) c WHERE c.id = t.id AND c.ok",
        "DELETE FROM orders t USING (SELECT id, row_number() OVER (ORDER BY id) n FROM orders) c WHERE c.id = t.id AND c.n > 0",
        "MERGE INTO orders t USING (SELECT id FROM orders) c ON c.id = t.id AND c.id > 0 WHEN MATCHED THEN DELETE",
        "DELETE FROM orders t USING orders u LEFT JOIN customers c ON false WHERE t.id = u.id AND c.id IS NULL",
        "DELETE FROM customers WHERE seen > to_timestamp('-infinity')",
        "DELETE FROM customers WHERE isfinite(seen)",
        "DELETE FROM customers WHERE (seen, interval '1d') OVERLAPS ('-infinity'::timestamptz, 'infinity'::timestamptz)",
        "DELETE FROM customers WHERE timestamptz_le(seen, 'infinity')",
        "DELETE FROM orders t USING generate_series(1, 100000) u WHERE t.id = u",
        "DELETE FROM orders t USING unnest(ARRAY(SELECT id FROM orders)) u WHERE t.id = u",
        "DELETE FROM orders t USING orders o, unnest(ARRAY[o.id]) u WHERE t.id = u",
        "MERGE INTO orders USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
        "MERGE INTO orders a USING orders b ON a.id = b.id WHEN MATCHED THEN UPDATE SET status = 'x'",
        "UPDATE customers SET email=NULL WHERE id>0",
        "MERGE INTO orders o USING customers c ON o.customer = c.id WHEN MATCHED THEN DELETE",
        "WITH x AS (SELECT id FROM orders) DELETE FROM orders USING x WHERE orders.id = x.id",
        "DELETE FROM orders WHERE id IN (WITH x AS (SELECT id FROM orders) SELECT id FROM x)",
    ] {
        assert!(has_risk(sql, RiskKind::AlwaysTrue), "{sql}");
    }
}

/// Whether a conflict may update every row.
fn updates_all(sql: &str) -> bool {
    let facts = facts(sql);
    assert!(facts.opaque.is_empty(), "{sql}: {:?}", facts.opaque);
    facts.accesses.iter().any(|access| access.verb == model::facts::Verb::Update && access.unbounded)
}

#[test]
fn ranges_without_ends_choose_nothing() {
    for condition in [
        "seen > '-infinity'",
        "seen < 'infinity'",
        "seen <@ tstzrange(NULL, NULL)",
        "seen <@ tstzrange('-infinity', 'infinity')",
        "seen <@ '[-infinity,infinity]'",
    ] {
        let sql = format!("DELETE FROM customers WHERE {condition}");
        assert!(has_risk(&sql, RiskKind::AlwaysTrue), "{sql}");
    }
    for condition in [
        "during && tstzrange(NULL, NULL)",
        "during <@ '(,)'",
        "during @> 'empty'",
        "during @> tstzrange(NULL, NULL) OR during @> 'empty'",
    ] {
        let sql = format!("DELETE FROM booked WHERE {condition}");
        assert!(has_risk(&sql, RiskKind::AlwaysTrue), "{sql}");
    }
}

#[test]
fn a_conflict_with_rows_of_the_table_itself_updates_all() {
    for source in [
        "SELECT * FROM kept",
        "TABLE kept",
        "SELECT id, 'x' FROM kept k, (VALUES (1)) v",
        "SELECT id, 'x' FROM kept LIMIT 100000",
        "SELECT i, 'x' FROM generate_series(1, 100000) i",
        "SELECT generate_series(1, 100000)::int4, 'x'",
        "SELECT s, 'x' FROM (SELECT id AS s FROM kept) q",
        "SELECT * FROM unnest(ARRAY(SELECT id FROM kept))",
        "WITH s AS (SELECT * FROM kept) SELECT * FROM s",
        "VALUES (1, 'x') UNION SELECT * FROM kept",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 100000) SELECT n, 'x' FROM r",
    ] {
        let all = format!("INSERT INTO kept (id, name) {source} ON CONFLICT (id) DO UPDATE SET name = 'x'");
        assert!(updates_all(&all), "{all}");
        assert!(updates_all(&format!("{all} WHERE kept.id = excluded.id")), "{all} …");
        assert!(!updates_all(&format!("{all} WHERE kept.id = 5")), "{all} …");
    }
    let with = "WITH s AS (SELECT * FROM kept) INSERT INTO kept (id, name) SELECT * FROM s";
    assert!(updates_all(&format!("{with} ON CONFLICT (id) DO UPDATE SET name = 'x'")));
}

#[test]
fn a_conflict_with_rows_that_are_given_updates_some() {
    for source in [
        "VALUES (1, 'x'), (2, 'y')",
        "VALUES ($1, $2)",
        "SELECT $1, $2",
        "SELECT 1, upper('x') WHERE NOT EXISTS (SELECT FROM kept WHERE id = 1)",
        "SELECT id, label FROM items",
        "SELECT * FROM unnest($1::int4[], $2::text[])",
        "SELECT i, n FROM jsonb_to_recordset($1) AS r(i int4, n text)",
        "WITH s AS (SELECT id, label FROM items) SELECT * FROM s",
        "SELECT * FROM kept WHERE id = 5",
        "SELECT * FROM kept LIMIT 10",
    ] {
        let some = format!(
            "INSERT INTO kept (id, name) {source} ON CONFLICT (id) DO UPDATE SET name = excluded.name"
        );
        assert!(!updates_all(&some), "{some}");
    }
    assert!(!updates_all("INSERT INTO kept DEFAULT VALUES ON CONFLICT (id) DO UPDATE SET name = 'x'"));
}

#[test]
fn a_column_that_is_not_there_is_told_and_nothing_else() {
    for sql in ["DELETE FROM orders WHERE nosuch = 1", "UPDATE orders SET status = 'x' WHERE nosuch = 1"] {
        assert!(!has_risk(sql, RiskKind::AlwaysTrue), "{sql}");
        let missing = facts(sql).opaque.iter().map(|opaque| opaque.missing).collect::<Vec<_>>();
        assert_eq!(missing, [Some(model::facts::Missing::Column)], "{sql}");
    }
    assert!(has_risk("DELETE FROM orders WHERE id = id", RiskKind::AlwaysTrue));
}
