//! Bodies, and the SQL that stands in them.

use super::*;

fn texts(body: &str) -> Vec<String> {
    let program = read(body, Vec::new()).unwrap_or_else(|error| panic!("{error}: {body}"));
    let text = |step| match step {
        Step::Sql { text, .. } => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Step::Dynamic { known } => format!("dynamic {known}"),
        Step::Transaction => "transaction".into(),
    };
    program.steps.into_iter().map(text).collect()
}

#[test]
fn every_query_and_expression_is_found() {
    let body = "
        #variable_conflict use_column
        <<outside>>
        DECLARE
            n constant int := f(1) + 1;
            r customers%ROWTYPE;
            k shop.customers.id%TYPE;
            c CURSOR (key int) FOR SELECT * FROM t WHERE id = key;
            a text[] NOT NULL DEFAULT ARRAY['x'];
        BEGIN
            n := (SELECT count(*) FROM a); -- a comment; with a semicolon
            a[g(1)] = 'x';
            a[1][.5 + g(2)] := 'x';
            a[g(3) : r.id].b := 'x';
            IF n > 1 THEN DELETE FROM x; ELSIF h() THEN NULL; ELSE PERFORM p(n) FROM q; END IF;
            CASE n WHEN 1, 2 THEN INSERT INTO y VALUES (1); ELSE RAISE NOTICE 'n % %', n, k(n); END CASE;
            FOR i IN REVERSE 10..l(1) BY 2 LOOP UPDATE z SET v = i; END LOOP;
            FOR r IN SELECT * FROM customers LOOP CONTINUE WHEN r.id = 1; END LOOP;
            FOR s IN c(n) LOOP NULL; END LOOP;
            FOREACH n IN ARRAY ids() LOOP EXIT; END LOOP;
            <<again>> WHILE w() LOOP NULL; END LOOP again;
            SELECT id, name INTO STRICT r.id, n FROM customers WHERE id = 1;
            INSERT INTO y SELECT 1 RETURNING id INTO n;
            OPEN c(m(1));
            FETCH NEXT FROM c INTO r;
            FETCH c INTO r.id, a[g(4)];
            FETCH ABSOLUTE -1 FROM c INTO r;
            MOVE FORWARD n IN c;
            CLOSE c;
            GET DIAGNOSTICS n = ROW_COUNT;
            BEGIN
                TRUNCATE t;
            EXCEPTION WHEN unique_violation OR others THEN
                RAISE EXCEPTION USING message = why(), hint = 'x';
            END;
            RETURN QUERY SELECT * FROM last;
            RETURN;
        END outside;";
    let expected = [
        "SELECT NULL::int",
        "SELECT f(1) + 1",
        "SELECT NULL::customers",
        "SELECT NULL::shop.customers",
        "SELECT NULL::int",
        "SELECT * FROM t WHERE id = key",
        "SELECT NULL::text[]",
        "SELECT ARRAY['x']",
        "SELECT (SELECT count(*) FROM a)",
        "SELECT g(1)",
        "SELECT 'x'",
        "SELECT 1",
        "SELECT .5 + g(2)",
        "SELECT 'x'",
        "SELECT g(3)",
        "SELECT r.id",
        "SELECT 'x'",
        "SELECT n > 1",
        "DELETE FROM x",
        "SELECT h()",
        "SELECT p(n) FROM q",
        "SELECT n",
        "SELECT 1, 2",
        "INSERT INTO y VALUES (1)",
        "SELECT n",
        "SELECT k(n)",
        "SELECT 10",
        "SELECT l(1)",
        "SELECT 2",
        "UPDATE z SET v = i",
        "SELECT * FROM customers",
        "SELECT r.id = 1",
        "SELECT n",
        "SELECT ids()",
        "SELECT w()",
        "SELECT id, name FROM customers WHERE id = 1",
        "INSERT INTO y SELECT 1 RETURNING id",
        "SELECT m(1)",
        "SELECT g(4)",
        "TRUNCATE t",
        "SELECT why()",
        "SELECT 'x'",
        "SELECT * FROM last",
    ];
    assert_eq!(texts(body), expected);
}

#[test]
fn sql_made_at_run_time_is_named_and_a_literal_is_followed() {
    let body = "BEGIN EXECUTE 'DROP ' || name INTO a USING b, f(c); EXECUTE 'TRUNCATE t';
        FOR r IN EXECUTE $q$SELECT 1$q$ USING x LOOP NULL; END LOOP;
        RETURN QUERY EXECUTE make(); OPEN c FOR EXECUTE q; END";
    let expected = [
        "dynamic false",
        "SELECT 'DROP ' || name",
        "SELECT b, f(c)",
        "dynamic true",
        "TRUNCATE t",
        "dynamic true",
        "SELECT 1",
        "SELECT x",
        "dynamic false",
        "SELECT make()",
        "dynamic false",
        "SELECT q",
    ];
    assert_eq!(texts(body), expected);
}

#[test]
fn what_stands_under_a_condition_is_not_sure() {
    let body =
        "BEGIN CREATE TEMP TABLE a (); IF x THEN CREATE TEMP TABLE b (); RETURN; END IF; DROP TABLE a; END";
    let sure: Vec<bool> = read(body, Vec::new())
        .unwrap()
        .steps
        .iter()
        .map(|step| matches!(step, Step::Sql { sure: true, .. }))
        .collect();
    assert_eq!(sure, [true, true, false, false]);
}

#[test]
fn what_is_not_understood_is_an_error() {
    for body in [
        "",
        "SELECT 1",
        "BEGIN",
        "BEGIN SELECT 1 END",
        "BEGIN IF a THEN END",
        "BEGIN x := ; END",
        "BEGIN x := ); END",
        "BEGIN NULL; END; DROP TABLE t",
        "BEGIN FETCH RELATIVE f(1) FROM c INTO x; END",
        "BEGIN FETCH ABSOLUTE 1::d FROM c INTO x; END",
        "BEGIN MOVE ABSOLUTE r.f FROM c; END",
        "BEGIN FETCH FORWARD 1 + 1 FROM c; END",
        "BEGIN FETCH c + 1; END",
        "BEGIN x := 'unclosed; END",
        "DECLARE x; BEGIN END",
    ] {
        assert!(read(body, Vec::new()).is_err(), "{body}");
    }
    assert!(read(&"BEGIN ".repeat(10_000), Vec::new()).is_err());
}

#[test]
fn what_is_assigned_to_the_row_of_a_trigger_is_told() {
    let sets = |body: &str| {
        let sets = read(body, Vec::new()).unwrap().sets;
        (sets.all, sets.columns)
    };
    let none = (false, Vec::new());
    let whole = (true, Vec::new());
    let column = |name: &str| (false, vec![name.to_owned()]);
    for (body, expected) in [
        ("BEGIN x := NEW.a; new_a := 1; RETURN NEW; END", none.clone()),
        ("BEGIN RETURN NULL; END", none.clone()),
        ("BEGIN IF NEW.a THEN RETURN OLD; END IF; RETURN new; END", none.clone()),
        ("BEGIN NEW.a := 1; RETURN NEW; END", column("a")),
        ("BEGIN \"new\".\"A b\" = 1; RETURN NEW; END", column("A b")),
        ("BEGIN SELECT 1 INTO STRICT x, NEW.a; RETURN NEW; END", column("a")),
        ("BEGIN EXECUTE 'SELECT 1' INTO NEW.a; RETURN NEW; END", column("a")),
        ("BEGIN FETCH c INTO NEW.a; RETURN NEW; END", column("a")),
        ("BEGIN NEW.a[1] := 1; RETURN NEW; END", column("a")),
        ("BEGIN NEW := r; RETURN NEW; END", whole.clone()),
        ("BEGIN RETURN r; END", whole.clone()),
        ("BEGIN RETURN (1, 2); END", whole.clone()),
        ("BEGIN FOR NEW IN SELECT 1 LOOP NULL; END LOOP; RETURN NEW; END", whole.clone()),
        ("BEGIN FOREACH NEW.a IN ARRAY x LOOP NULL; END LOOP; RETURN NEW; END", whole.clone()),
        ("BEGIN CALL p(NEW.a); RETURN NEW; END", whole.clone()),
        ("BEGIN GET DIAGNOSTICS NEW.a = ROW_COUNT; RETURN NEW; END", whole.clone()),
        ("DECLARE n ALIAS FOR NEW; BEGIN n.a := 1; RETURN n; END", whole),
    ] {
        assert_eq!(sets(body), expected, "{body}");
    }
}
