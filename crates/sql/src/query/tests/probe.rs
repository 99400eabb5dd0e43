//! Which columns are only looked up, and which are probed by more.

use super::*;

/// The columns of `customers` that are probed, and those that are only looked up.
fn uses(sql: &str) -> (Vec<String>, Vec<String>) {
    let facts = facts(sql);
    assert!(facts.opaque.is_empty(), "{sql}: {:?}", facts.opaque);
    let (mut probed, mut lookup) = (Vec::new(), Vec::new());
    for access in facts.accesses.iter().filter(|access| &*access.object.name == "customers") {
        probed.extend(access.columns.probed().map(ToString::to_string));
        lookup.extend(access.columns.lookup.iter().map(ToString::to_string));
        assert!(access.columns.lookup.iter().all(|name| access.columns.predicate.contains(name)), "{sql}");
    }
    (probed, lookup)
}

#[track_caller]
fn looks_up(sql: &str, columns: &[&str]) {
    let (probed, lookup) = uses(sql);
    assert_eq!(lookup, columns, "{sql}");
    assert!(probed.is_empty(), "{sql}: probes {probed:?}");
}

#[track_caller]
fn probes(sql: &str, columns: &[&str]) {
    assert_eq!(uses(sql).0, columns, "{sql}");
}

/// How each access to `customers` uses its columns.
fn columns_of(sql: &str) -> Vec<model::facts::Columns> {
    let of_customers = facts(sql).accesses.into_iter().filter(|access| &*access.object.name == "customers");
    of_customers.map(|access| access.columns).collect()
}

#[test]
fn comparing_with_constants_looks_up() {
    for condition in [
        "ssn = 'x'",
        "ssn = $1",
        "$1 = ssn",
        "'x' = ssn",
        "ssn IN ('x', $1)",
        "ssn = ANY('{x,y}'::text[])",
        "ssn = ANY(ARRAY['x', $1])",
        "ssn IS NULL",
        "ssn IS NOT NULL",
        "ssn = $1::text",
        "ssn = 'x' || $1",
        "lower(ssn) = lower($1)",
        "ssn::text = 'x'",
        "ssn COLLATE \"C\" = 'x'",
        "ssn = 'x' COLLATE pg_catalog.\"de-x-icu\"",
        "(ssn) = ('x')",
        "ssn IS NOT DISTINCT FROM $1",
        "ssn = md5('x')",
        "ssn = concat('x', $1)",
        "ssn = date_trunc('day', now())::text",
        "c.ssn = 'x' OR c.ssn = 'y'",
        "(ssn = 'x' AND ssn = 'y') OR ssn IS NULL",
    ] {
        looks_up(&format!("SELECT id FROM customers c WHERE {condition}"), &["ssn"]);
        looks_up(&format!("UPDATE customers c SET notes = 'n' WHERE {condition}"), &["ssn"]);
        looks_up(&format!("SELECT 1 FROM orders o JOIN customers c ON {condition}"), &["ssn"]);
    }
    looks_up("SELECT * FROM customers WHERE (id, ssn) = (1, 'x')", &["id", "ssn"]);
    looks_up("SELECT * FROM customers WHERE (id, ssn) IN ((1, 'x'), (2, $1))", &["id", "ssn"]);
    looks_up("SELECT * FROM (SELECT ssn AS s FROM customers) q WHERE s = 'x'", &["ssn"]);
    looks_up("DELETE FROM customers WHERE ssn = 'x'", &["ssn"]);
    looks_up("INSERT INTO customers (id, ssn) VALUES (1, $1) ON CONFLICT (ssn) DO NOTHING", &["ssn"]);
    looks_up("INSERT INTO customers (id, ssn) VALUES (1, $1) ON CONFLICT DO NOTHING", &["id"]);
}

#[test]
fn all_else_probes() {
    for condition in [
        "ssn LIKE '1%'",
        "ssn ~ '^1'",
        "ssn < '5'",
        "ssn <> 'x'",
        "NOT ssn = 'x'",
        "ssn BETWEEN '1' AND '2'",
        "substr(ssn, 1, 1) = '1'",
        "ssn::varchar(1) = '1'",
        "left(ssn, 1) IN ('1', '2')",
        "ssn || 'x' = 'y'",
        "ssn = ANY(SELECT lpad(g::text, 9, '0') FROM generate_series(1, 5) g)",
        "ssn = ANY(ARRAY(SELECT g::text FROM generate_series(1, 5) g))",
        "ssn IN (SELECT msg FROM log)",
        "ssn = (SELECT max(msg) FROM log)",
        "CASE WHEN ssn LIKE '1%' THEN true ELSE false END",
        "ssn = ssn || ''",
        "coalesce(ssn, 'a') = 'a'",
        "length(ssn) = 3",
        // Another value for each row.
        "ssn = 'x' || lastval()::text",
        "ssn = random()::text",
        "ssn = current_setting('my.q')",
        "ssn = clock_timestamp()::text",
        // Lists in lists, of as many members as nobody knows.
        "ssn = ANY(ARRAY[string_to_array($1, ',')])",
    ] {
        probes(&format!("SELECT id FROM customers WHERE {condition}"), &["ssn"]);
        probes(&format!("SELECT id FROM customers WHERE {condition} AND ssn = 'x'"), &["ssn"]);
    }
    probes("SELECT count(*) FROM customers GROUP BY ssn", &["ssn"]);
    probes("SELECT id FROM customers ORDER BY ssn", &["ssn"]);
    probes("SELECT DISTINCT ssn FROM customers", &["ssn"]);
    probes("SELECT rank() OVER (ORDER BY ssn) FROM customers", &["ssn"]);
    probes("SELECT count(*) FROM customers GROUP BY id HAVING max(ssn) = 'x'", &["ssn"]);
    probes("SELECT o.id FROM orders o JOIN customers c ON c.ssn = o.status", &["ssn"]);
    probes("SELECT a.id FROM customers a JOIN customers b ON a.ssn = b.ssn", &["ssn"]);
    probes("SELECT a.id FROM customers a, customers b WHERE a.ssn = b.ssn", &["ssn"]);
    probes("SELECT id FROM customers WHERE ssn = email", &["email", "ssn"]);
    // Values from a list of rows, however it is made, may be all that there are.
    probes("SELECT c.id FROM customers c, generate_series(1, 999) g WHERE c.ssn = g::text", &["ssn"]);
    probes("SELECT c.id FROM customers c JOIN (VALUES ('1'), ('2')) d(v) ON c.ssn = d.v", &["ssn"]);
    probes("SELECT c.id FROM customers c, LATERAL (SELECT 'x' AS v) d WHERE c.ssn = v", &["ssn"]);
    probes(
        "INSERT INTO customers (id, ssn) SELECT g, g::text FROM generate_series(1, 99) g ON CONFLICT (ssn) DO NOTHING",
        &["ssn"],
    );
    probes("SELECT ssn FROM customers EXCEPT SELECT 'x'", &["ssn"]);
    probes("SELECT id FROM customers WHERE (id, substr(ssn, 1, 1)) = (1, 'x')", &["id", "ssn"]);
    probes(
        "SELECT string_agg(id::text, ',') FROM (SELECT id, substr(ssn, 1, 1) c FROM customers
         UNION ALL SELECT -d, d::text FROM generate_series(0, 9) d) q GROUP BY c",
        &["ssn"],
    );
    probes("SELECT * FROM (SELECT upper(ssn) || '' AS s FROM customers) q WHERE s = 'x'", &["ssn"]);
    probes(
        "INSERT INTO customers (id, ssn) SELECT id, msg FROM log, parts ON CONFLICT (ssn) DO NOTHING",
        &["ssn"],
    );
}

#[test]
fn beside_a_key_of_their_table_columns_choose_nothing() {
    for sql in [
        "SELECT id, ssn, count(*) FROM customers GROUP BY id, ssn",
        "SELECT ssn, id, count(*) FROM customers GROUP BY 1, 2",
        "SELECT c.ssn, count(o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.ssn",
        "SELECT c.ssn FROM customers AS c(k) GROUP BY k, c.ssn",
    ] {
        let all = columns_of(sql);
        assert!(!all.is_empty(), "{sql}");
        for columns in all {
            assert!(columns.beside.iter().any(|name| &**name == "ssn"), "{sql}: {columns:?}");
            assert!(!columns.probed().any(|name| &**name == "ssn"), "{sql}: {columns:?}");
            assert!(!columns.lookup.iter().any(|name| &**name == "ssn"), "{sql}: {columns:?}");
        }
    }
    for sql in [
        // The key of another one of the two.
        "SELECT a.id, b.ssn FROM customers a, customers b GROUP BY a.id, b.ssn",
        "SELECT DISTINCT o.id, c.ssn FROM customers c JOIN orders o ON o.id <> c.id",
        // The rows of a DISTINCT may come in the order of all that it compares.
        "SELECT DISTINCT id, ssn FROM customers",
        // Not a key, or not all of it, or not alone.
        "SELECT full_name, ssn FROM customers GROUP BY full_name, ssn",
        "SELECT id, ssn FROM customers GROUP BY GROUPING SETS ((id), (ssn))",
        "SELECT id, ssn FROM customers GROUP BY CUBE (id, ssn)",
        "SELECT id + 0, ssn FROM customers GROUP BY id + 0, ssn",
        "SELECT id, upper(ssn) FROM customers GROUP BY id, upper(ssn)",
        "SELECT id, ssn FROM customers GROUP BY id, ssn HAVING ssn > 'x'",
        "SELECT id, ssn FROM customers GROUP BY id, ssn ORDER BY ssn",
        "SELECT DISTINCT ON (ssn) id, ssn FROM customers",
        "SELECT id, ssn FROM (SELECT 1 AS id, ssn FROM customers) q GROUP BY id, ssn",
        "SELECT c.id, c.ssn FROM customers AS c(a, b, ssn, id) GROUP BY c.id, c.ssn",
        "SELECT id, ssn FROM customers UNION SELECT id, ssn FROM customers",
    ] {
        let all = columns_of(sql);
        let probed = all
            .iter()
            .any(|columns| columns.probed().any(|name| ["ssn", "email", "card"].contains(&&**name)));
        assert!(probed, "{sql}: {all:?}");
    }
    // Looked up as well: that counts.
    for columns in columns_of("SELECT id, ssn FROM customers WHERE ssn = 'x' GROUP BY id, ssn") {
        assert!(columns.lookup.iter().any(|name| &**name == "ssn"), "{columns:?}");
    }
}

#[test]
fn comparing_in_the_output_alone_chooses_no_row() {
    probes("SELECT CASE WHEN ssn LIKE '12%' THEN 'T' ELSE 'F' END FROM customers", &[]);
    probes("SELECT ssn = 'x', ssn < 'y' FROM customers", &[]);
}

#[test]
fn what_a_view_chooses_by_nobody_can_vary() {
    looks_up("SELECT n FROM names", &["card"]);
    // But what is asked of it can.
    probes("SELECT id FROM names WHERE n = 'x'", &["full_name"]);
    looks_up("SELECT id FROM simple WHERE secret = 'x'", &["ssn"]);
    probes("SELECT id FROM simple WHERE secret LIKE 'x%'", &["ssn"]);
}

#[test]
fn each_value_that_is_compared_is_a_guess() {
    for (sql, guesses) in [
        ("SELECT id FROM customers WHERE ssn = 'x'", 1),
        ("SELECT id FROM customers WHERE ssn = 'x' OR ssn = 'y'", 2),
        ("SELECT id FROM customers WHERE ssn IN ('a', 'b', $1)", 3),
        ("SELECT id FROM customers WHERE ssn = ANY('{a,b,c,d}')", 4),
        ("SELECT id FROM customers WHERE ssn = ANY(ARRAY['a', 'b'])", 2),
        ("SELECT id FROM customers WHERE ssn = ANY(ARRAY['{a,b,c}'::text[]])", 3),
        ("SELECT id FROM customers WHERE ssn = ANY(ARRAY['{a,b,c}', '{d}'])", 4),
        ("SELECT id FROM customers WHERE ssn = ANY(ARRAY[ARRAY['a', 'b'], ARRAY['c', 'd']])", 4),
        ("SELECT id FROM customers WHERE ssn = ANY(ARRAY['a'::text, 'b'::varchar])", 2),
        ("SELECT id FROM customers WHERE ssn = ANY(ARRAY['{a,b}'::text::text[]])", 2),
        ("INSERT INTO customers (id, ssn) VALUES (1, 'a'), (2, 'b') ON CONFLICT (ssn) DO NOTHING", 2),
        ("SELECT id FROM customers WHERE id IN (1, 2, 3, 4) AND ssn = 'x'", 1),
    ] {
        let found =
            columns_of(sql).into_iter().flat_map(|columns| columns.lookup.into_iter().zip(columns.guesses));
        let found: Vec<u32> =
            found.filter(|(name, _)| &**name == "ssn").map(|(_, guesses)| guesses).collect();
        assert_eq!(found, [guesses], "{sql}");
    }
}

#[test]
fn under_somebodys_collation_much_is_alike() {
    for condition in [
        "ssn = '123456789' COLLATE loose",
        "ssn COLLATE public.loose = 'x'",
        "ssn IN ('x' COLLATE loose)",
        "ssn COLLATE \"de-x-icu\" = 'x'",
        "ssn = 'x'::public.mail",
        "ssn = ANY('{x}'::public.mail[])",
    ] {
        probes(&format!("SELECT id FROM customers WHERE {condition}"), &["ssn"]);
    }
}

#[test]
fn a_list_that_comes_with_the_statement_is_as_many_guesses_as_it_has() {
    let lists = |sql: &str| -> Vec<Vec<(String, u16)>> {
        let named = |columns: model::facts::Columns| {
            columns.lists.into_iter().map(|(name, list)| (name.to_string(), list)).collect::<Vec<_>>()
        };
        columns_of(sql).into_iter().map(named).filter(|lists| !lists.is_empty()).collect()
    };
    let ssn = |list| ("ssn".to_owned(), list);
    for (condition, found) in [
        ("ssn = ANY($1)", vec![ssn(1)]),
        ("ssn = ANY($2::text[])", vec![ssn(2)]),
        ("lower(ssn) = ANY($1::varchar[]::text[])", vec![ssn(1)]),
        ("ssn = ANY($1) OR ssn = ANY($2)", vec![ssn(1), ssn(2)]),
        // A parameter among members may be a list itself.
        ("ssn = ANY(ARRAY[$1, $2::text])", vec![ssn(1), ssn(2)]),
        ("ssn = ANY(ARRAY[ARRAY['a'], $1])", vec![ssn(1)]),
        ("ssn = ANY(ARRAY[$1::text[]])", vec![ssn(1)]),
    ] {
        let sql = format!("SELECT id FROM customers WHERE {condition}");
        looks_up(&sql, &["ssn"]);
        assert_eq!(lists(&sql), [found], "{condition}");
    }
    for sql in [
        "SELECT id FROM customers WHERE ssn = $1 OR ssn IN ($2, $3)",
        // What is computed from one, or another type made of it, may have any number.
        "SELECT id FROM customers WHERE ssn = ANY(string_to_array($1, ','))",
        "SELECT id FROM customers WHERE ssn = ANY($1::text::text[])",
        "SELECT id FROM customers WHERE ssn = ANY($1::_text)",
        "SELECT id FROM customers WHERE ssn = ANY(ARRAY[$1::_text])",
        "SELECT id FROM customers WHERE ssn = ANY(ARRAY['{a,b}'::_text])",
        // Whose parameters these are nobody counts.
        "PREPARE p(text[]) AS SELECT id FROM customers WHERE ssn = ANY($1)",
        "DECLARE c CURSOR FOR SELECT id FROM customers WHERE ssn = ANY($1)",
    ] {
        assert!(lists(sql).is_empty(), "{sql}");
        let found = columns_of(sql).into_iter().flat_map(|columns| columns.lookup);
        assert_eq!(found.count() == 1, sql.contains("$2, $3"), "{sql}");
    }
}
