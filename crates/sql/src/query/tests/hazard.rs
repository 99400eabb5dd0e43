//! What can fail, depending on values.

use super::*;

/// The columns of `customers` and `orders` whose values may decide whether the statement fails.
fn partial(sql: &str) -> Vec<String> {
    let facts = facts(sql);
    assert!(facts.opaque.is_empty(), "{sql}: {:?}", facts.opaque);
    facts.accesses.iter().flat_map(|access| &access.columns.partial).map(ToString::to_string).collect()
}

#[track_caller]
fn holds(value: &str) {
    let sql = format!("SELECT {value} FROM customers");
    assert!(partial(&sql).is_empty(), "{sql}: {:?}", partial(&sql));
}

#[track_caller]
fn tells_ssn(value: &str) {
    let found = partial(&format!("SELECT {value} FROM customers"));
    assert!(found.iter().any(|column| column == "ssn"), "{value}: {found:?}");
}

#[track_caller]
fn fails(value: &str, columns: &[&str]) {
    let sql = format!("SELECT {value} FROM customers");
    assert_eq!(partial(&sql), columns, "{sql}");
}

#[test]
fn total_functions_hold() {
    for value in [
        "upper(ssn), lower(ssn), reverse(ssn), length(ssn), md5(ssn)",
        "substr(ssn, 1, 5), substring(ssn from 2 for 3), left(ssn, 3), right(ssn, 4), lpad(ssn, 20)",
        "translate(ssn, '0123456789', 'abcdefghij'), replace(ssn, '-', '')",
        "encode(ssn::bytea, 'hex'), encode(ssn::bytea, 'base64')",
        "ssn::int, ssn::text, ssn::varchar(20), ssn::json, email::bool, upper(ssn)::varchar(3)",
        "string_agg(ssn, ','), array_agg(ssn), json_object_agg(id, ssn), count(ssn), min(ssn), max(dob)",
        "sum(salary), avg(salary), percentile_cont(0.5) WITHIN GROUP (ORDER BY salary)",
        "first_value(ssn) OVER (), lag(ssn) OVER (ORDER BY id), lead(ssn, 2) OVER (ORDER BY id)",
        "to_json(customers), to_jsonb(ssn), json_build_object('a', ssn), row_to_json(customers)",
        "to_jsonb(customers)->>'ssn', profile->'a'->>'b', profile #>> '{a,b}', profile @> '{}'",
        "concat(ssn, email), concat_ws(',', ssn), format('%s-%L', ssn, id), coalesce(ssn, 'x'), nullif(ssn, 'x')",
        "ssn || 'x', 'a' || ssn || email || id",
        "CASE WHEN ssn LIKE '12%' THEN 'T' ELSE 'F' END",
        "CASE WHEN ssn LIKE '12%' THEN upper(email) ELSE left(email, 3) || '…' END",
        "ssn = 'x', ssn < 'y', ssn IN ('a', 'b'), ssn ~ '^1', ssn ILIKE 'a%', ssn IS NULL, ssn BETWEEN 'a' AND 'b'",
        "salary * 12, salary / 12, salary + 1, salary * 1.1, id + 1, -salary, abs(salary), round(salary, 2)",
        "age(dob)",
        "extract(year FROM dob)",
        "date_trunc('year', dob)",
        "to_char(dob, 'YYYY')",
        "now() - seen",
        "seen::date, id::bigint, id::numeric, salary::text",
        "(ssn, id), ARRAY[ssn, email], row(ssn), greatest(ssn, email)",
        "xmlelement(name r, ssn), xmlparse(document ssn)",
        "string_to_array(ssn, '-'), (string_to_array(ssn, '-'))[1], split_part(ssn, '-', 1)",
    ] {
        holds(value);
    }
}

#[test]
fn what_is_not_known_to_hold_may_fail() {
    for value in [
        "1 / (CASE WHEN ssn LIKE '1%' THEN 0 ELSE 1 END)",
        "power(1e300, ascii(ssn) - 100)",
        "substr(ssn, 1, 1)::int",
        "chr(ascii(ssn) + 1)",
        "to_date(ssn, 'YYYY'), to_number(ssn, '9')",
        "repeat(ssn, 1000000)",
        "substr('abc', 1, ascii(ssn) - 50)",
        "upper(ssn)::int",
        "(ssn || '')::date",
        "substr(ssn, 1, 1)::bool",
        "replace(ssn, '-', '')::bigint",
        "split_part('a-b', '-', ascii(ssn))",
        "ssn LIKE '1\\'",
        "'x' LIKE ssn",
        "'x' ~ ssn",
        "tidy(ssn)",
        "ARRAY[string_to_array(ssn, '-'), ARRAY['a']]",
        "array_agg(string_to_array(ssn, '-'))",
        "json_build_object(nullif(ssn, 'x'), 1)",
        "xmlparse(document ssn || '<')",
        "pg_sleep(ascii(ssn))",
        "format(ssn, 1)",
        "(string_to_array(ssn, '-'))::int[]",
    ] {
        fails(value, &["ssn"]);
    }
    fails("salary * 1e131000", &["salary"]);
    fails("salary * salary", &["salary"]);
    fails("id * 1000", &["id"]);
    fails("1 / salary", &["salary"]);
    fails("dob + 2147000000", &["dob"]);
    fails("dob + ascii(ssn)", &["dob", "ssn"]);
    fails("salary / 0", &["salary"]);
    fails("sum(salary)::int", &["salary"]);
    fails("avg(salary)::numeric(4,0), max(ssn)::bigint", &["salary", "ssn"]);
    fails("extract(epoch FROM dob)::int", &["dob"]);
    fails("dob + interval '100000 years'", &["dob"]);
    fails("sum(salary * 1e100)::float8", &["salary"]);
    fails("sqrt(salary), ln(salary)", &["salary"]);
}

#[test]
fn what_a_tables_owner_has_defined_fails_for_nobody_else() {
    let own = "table public.made(id int4 pk, email text, salary numeric, is_corporate bool generated (email ~~ '%@x.com'::text), \
               yearly numeric generated (salary * (12)::numeric), year int4 generated ((salary)::integer))";
    let catalogue = builtin(18).with_tables(own).expect("a table");
    for sql in [
        "SELECT is_corporate, yearly, year FROM made",
        "SELECT * FROM made",
        "INSERT INTO made (id, email) VALUES (1, 'x')",
        "UPDATE made SET email = 'x' WHERE id = 1",
    ] {
        let analysis = crate::analyze(sql.as_bytes(), &catalogue, &View::default());
        let facts = &analysis.statements.first().expect("one statement").facts;
        let tells = facts.accesses.iter().any(|access| {
            !access.columns.partial.is_empty()
                || access.columns.lookup.iter().any(|name| &**name != "id")
                || facts.blind
        });
        assert!(!tells && facts.opaque.is_empty(), "{sql}: {:?}", facts.accesses);
    }
}

#[test]
fn days_and_domains_hold_as_what_they_are_made_of() {
    holds("dob + 1, dob - 30, 7 + dob");
    for value in ["'x' || mail, mail || mail", "ARRAY[mail]", "array_agg(mail)", "mail::varchar"] {
        let sql = format!("SELECT {value} FROM contacts");
        assert!(partial(&sql).is_empty(), "{sql}: {:?}", partial(&sql));
    }
    assert_eq!(partial("SELECT (mail || 'x')::int FROM contacts"), ["mail"]);
    assert_eq!(partial("SELECT mail || string_to_array(mail, '-') FROM contacts"), ["mail"]);
}

#[test]
fn what_holds_for_columns_need_not_hold_for_what_is_chosen() {
    for value in [
        "abs(CASE WHEN ssn LIKE '1%' THEN '-2147483648'::int ELSE 1 END)",
        "-(CASE WHEN ssn LIKE '1%' THEN '-2147483648'::int ELSE 1 END)",
        "'infinity'::date - (CASE WHEN ssn LIKE '1%' THEN 'infinity'::date ELSE '2001-01-01'::date END)",
        "age(now(), CASE WHEN ssn LIKE '1%' THEN 'infinity'::timestamptz ELSE now() END)",
        "sum(CASE WHEN ssn LIKE '1%' THEN '1.7e308'::float8 ELSE '0'::float8 END)",
        "(CASE WHEN ssn LIKE '1%' THEN '5874897-12-31'::date ELSE '2001-01-01'::date END)::timestamp",
        "replace(replace(left(ssn, 1), '1', lpad('1', 10000, '1')), '1', lpad('1', 10000, '1'))",
        "percentile_cont(CASE WHEN ssn LIKE '1%' THEN 2 ELSE 0.5 END) WITHIN GROUP (ORDER BY id)",
        "(CASE WHEN ssn LIKE '1%' THEN ROW(1) ELSE ROW(1, 2) END) = (SELECT ROW(1, 3))",
        "(SELECT ROW(1, 3)) IS DISTINCT FROM CASE WHEN ssn LIKE '1%' THEN ROW(1) ELSE ROW(1, 2) END",
        "greatest(CASE WHEN ssn LIKE '1%' THEN ROW(1) ELSE ROW('a') END, ROW(2))",
        "max(CASE WHEN ssn LIKE '1%' THEN ROW(1) ELSE ROW('a') END)",
        "(CASE WHEN ssn LIKE '1%' THEN '1e400'::numeric ELSE 1 END) < 1::float8",
        "(CASE WHEN ssn LIKE '1%' THEN '1e400'::numeric ELSE 1 END) IN (1::float8)",
        "1::float8 BETWEEN (CASE WHEN ssn LIKE '1%' THEN '1e400'::numeric ELSE 1 END) AND 2",
        "nullif(CASE WHEN ssn LIKE '1%' THEN '1e400'::numeric ELSE 1 END, 1::float8)",
        "coalesce(CASE WHEN ssn LIKE '1%' THEN '1e400'::numeric ELSE 1 END, 1::float8)",
        "CASE WHEN id = 1 THEN 1::float8 ELSE (CASE WHEN ssn LIKE '1%' THEN '1e400'::numeric ELSE 1 END) END",
        "greatest(CASE WHEN ssn LIKE '1%' THEN '1e400'::numeric ELSE 1 END, 1::float8)",
        "ARRAY[CASE WHEN ssn LIKE '1%' THEN '1e400'::numeric ELSE 1 END, 1::float8]",
        "coalesce(CASE WHEN ssn LIKE '1%' THEN '5874897-12-31'::date ELSE '2001-01-01'::date END, now())",
        "to_char(CASE WHEN ssn LIKE '1%' THEN '5874897-12-31'::date ELSE '2001-01-01'::date END, 'YYYY')",
        "(CASE WHEN ssn LIKE '1%' THEN '5000000000'::int8 ELSE 1 END) = 1::oid",
        "max(CASE WHEN ssn LIKE '1%' THEN ARRAY[ROW(1)] ELSE ARRAY[ROW(1, 2)] END)",
        "(CASE WHEN ssn LIKE '1%' THEN ARRAY[ROW(1)] ELSE ARRAY[ROW(1, 2)] END) = ARRAY[ROW(1, 3)]",
        "customers = (SELECT c FROM customers c WHERE id = 1)",
        "array_positions(CASE WHEN ssn LIKE '1%' THEN '{{1}}'::int[] ELSE '{1}'::int[] END, 1)",
        "array_remove(CASE WHEN ssn LIKE '1%' THEN '{{1}}'::int[] ELSE '{1}'::int[] END, 1)",
        "ARRAY(SELECT CASE WHEN ssn LIKE '1%' THEN '{1}'::int[] ELSE '{1,2}'::int[] END)",
        r#"jsonb_agg(CASE WHEN ssn LIKE '1%' THEN '"\u0000"'::json ELSE '1'::json END)"#,
        r#"jsonb_build_array(CASE WHEN ssn LIKE '1%' THEN '"\u0000"'::json ELSE '1'::json END)"#,
        r#"jsonb_build_object('a', CASE WHEN ssn LIKE '1%' THEN '"\u0000"'::json ELSE '1'::json END)"#,
        r#"to_jsonb(ROW(CASE WHEN ssn LIKE '1%' THEN '"\u0000"'::json ELSE '1'::json END))"#,
        r#"to_jsonb(ARRAY[CASE WHEN ssn LIKE '1%' THEN '"\u0000"'::json ELSE '1'::json END])"#,
        r#"JSON_ARRAY(CASE WHEN ssn LIKE '1%' THEN '"\u0000"'::json ELSE '1'::json END RETURNING jsonb)"#,
        r#"json_extract_path_text(CASE WHEN ssn LIKE '1%' THEN '"\u0000"'::json ELSE '1'::json END, 'a')"#,
        r#"(CASE WHEN ssn LIKE '1%' THEN '{"a":"\u0000"}'::json ELSE '{}'::json END) ->> 'a'"#,
        r#"(CASE WHEN ssn LIKE '1%' THEN '{"a":"\u0000"}'::json ELSE '{}'::json END) #>> '{a}'"#,
        "sum(CASE WHEN ssn LIKE '1%' THEN '9e131071'::numeric ELSE 0 END)",
        "ceil(CASE WHEN ssn LIKE '1%' THEN '9e131071'::numeric ELSE 0 END)",
        "bpchar(CASE WHEN ssn LIKE '1%' THEN 'abc' ELSE 'a' END, 5, false), bpchar(ssn, 13, false)",
        "(CASE WHEN ssn LIKE '1%' THEN '294276-12-31'::timestamp ELSE now()::timestamp END)::timestamptz",
        "xmlelement(name a, CASE WHEN ssn LIKE '1%' THEN 'infinity'::date ELSE '2001-01-01'::date END)",
        "xmlserialize(document CASE WHEN ssn LIKE '1%' THEN 'a'::xml ELSE '<a/>'::xml END AS text)",
        "JSON_ARRAY(CASE WHEN ssn LIKE '1%' THEN '{' ELSE '1' END FORMAT JSON)",
        "JSON_SERIALIZE(CASE WHEN ssn LIKE '1%' THEN '{' ELSE '1' END)",
        "JSON_OBJECT('a': ssn RETURNING varchar(12))",
        "xmlserialize(content ssn::xml AS varchar(1))",
        "-(CASE WHEN ssn LIKE '1%' THEN interval '-2147483648 months' ELSE interval '1 day' END)",
        "(CASE WHEN ssn LIKE '1%' THEN box '((1e308,1e308),(0,0))' ELSE box '((1,1),(0,0))' END) = box '((1,1),(0,0))'",
        "JSON_OBJECT('123-45-6789': 1, ssn: 2 WITH UNIQUE KEYS)",
        "json_object_agg_unique(ssn, 1)",
        "replace('aaa', 'a', CASE WHEN ssn LIKE '1%' THEN 'b' END)",
        "plainto_tsquery(CASE WHEN ssn LIKE '1%' THEN 'b' END)",
    ] {
        tells_ssn(value);
    }
    for path in ["strict $.a", "$ ? (@.email starts with \"a\").nokey", "$.a.double()"] {
        fails(&format!("jsonb_path_exists(profile, '{path}')"), &["profile"]);
    }
    holds("jsonb_path_exists(profile, '$.plan'), jsonb_path_exists(profile, '$ ? (@.a == 1)', '{}', true)");
    holds(
        "sum(salary), jsonb_agg(notes), profile->>'x', jsonb_build_object('a', email), to_jsonb(upper(ssn))",
    );
    holds(
        "round(avg(salary), 2), sum(salary * 12), sum(coalesce(salary, 0)), avg(extract(year FROM age(dob)))",
    );
    holds(
        "array_remove(string_to_array(ssn, '-'), ''), sum(salary::float8), max(CASE WHEN id > 5 THEN salary ELSE 0 END)",
    );
    holds("salary < 1.5::float8, coalesce(dob, now()), (CASE WHEN ssn LIKE '1%' THEN 1 ELSE 2 END) < id");
    holds("coalesce(nullif(ssn, ''), 'x'), (CASE WHEN ssn LIKE '1%' THEN 'a' ELSE 'b' END) IN ('a', 'b')");
    holds(
        "current_date - dob, extract(year FROM current_date) - extract(year FROM dob), dob + interval '1 year'",
    );
    holds("date_part('year', age(dob))::int, floor(extract(year FROM age(dob)))::int, id * 1.1");
    holds(
        "avg(salary)::float, round(avg(salary)::numeric, 2), sum(salary)::bigint, sum(salary)::numeric, avg(id)::float8",
    );
    holds("max(upper(ssn)), count(nullif(ssn, '')), JSON_ARRAY(ssn RETURNING jsonb), lower(trim(ssn))");
    holds("-id, abs(id), dob - date '2000-01-01', dob::timestamp, replace(ssn, 'a', 'bb'), age(now(), dob)");
    holds("replace(replace(ssn, ' ', ''), '-', ''), sum(CASE WHEN ssn LIKE '1%' THEN 1 ELSE 0 END)");
}

#[test]
fn what_decides_whether_something_fails_is_told_by_it() {
    for value in [
        "CASE WHEN ssn LIKE '1%' THEN 1 / (id - id) ELSE 0 END",
        "CASE WHEN ssn LIKE '1%' THEN 1 / $1::int ELSE 0 END",
        "CASE WHEN ssn LIKE '1%' THEN full_name::int END",
        "CASE WHEN ssn LIKE '1%' THEN (SELECT 1 FROM generate_series(1, 2)) END",
        "CASE WHEN ssn LIKE '1%' THEN pg_sleep(1) END",
        "CASE WHEN ssn LIKE '1%' THEN regexp_replace(full_name, '(', '') END",
        "CASE WHEN ssn LIKE '1%' THEN substr(full_name, 1, -1) END",
        "ssn LIKE '1%' AND 1 / (id - id) = 1",
        "ssn LIKE '1%' OR full_name::int = 1",
        "coalesce(CASE WHEN ssn LIKE '1%' THEN NULL ELSE 1 END, 1 / (id - id))",
        "left(ssn, 1) IN ('1', (1 / (id - id))::text)",
        "left(ssn, 1) BETWEEN '2' AND (1 / (id - id))::text",
        "ssn BETWEEN '2' AND set_config('my.q', 'x', false)",
        "(left(ssn, 1), 1) = ('2', 1 / (id - id))",
        "(left(ssn, 1), 1) < ('2', length(set_config('my.q', 'x', false)))",
        "(left(ssn, 1), 1 / (id - id)) IS DISTINCT FROM ('2', 1)",
        "(left(ssn, 1), 1) IN (('2', 1 / (id - id)))",
        "(left(ssn, 1), 1) || '' IN ('2', (1 / (id - id))::text)",
        "(CASE WHEN ssn LIKE '1%' THEN ARRAY[1] END)[1 / (id - id)]",
        "ROW(nullif(left(ssn, 1), '2'), 1 / (id - id)) IS NULL",
        "left(ssn, 1) <> ALL (VALUES ('1'), ((1 / (id - id))::text))",
        "left(ssn, 1) <> ALL (SELECT full_name FROM customers)",
        "ssn = ANY (SELECT full_name FROM customers)",
        "CASE WHEN ssn LIKE '1%' THEN lpad('x', 200000000) END",
        "CASE WHEN ssn LIKE '1%' THEN md5(lpad(id::text, 10000)) END",
        "md5(CASE WHEN ssn LIKE '1%' THEN full_name END)",
    ] {
        tells_ssn(value);
    }
    for value in [
        "email IN ('a', 'b'), (id, salary) = (1, 1 / 1), profile['a'], ssn BETWEEN 'a' AND 'b'",
        "(ssn, id) = ('a', 1), ROW(ssn, id) IS NULL",
        "id IN (1, 1 / 1), (string_to_array(ssn, '-'))[id]",
    ] {
        holds(value);
    }
    // A look-up tells no more than it would in a WHERE.
    let facts = facts("SELECT CASE WHEN ssn = 'x' THEN full_name::int END FROM customers");
    let columns = &facts.accesses.first().expect("it reads").columns;
    assert_eq!((columns.partial.len(), columns.lookup.len()), (0, 1));
}

#[test]
fn how_many_rows_there_are_may_tell_values() {
    for sql in [
        "SELECT id, generate_series(1, ascii(ssn)) FROM customers",
        "SELECT 1 FROM customers c, generate_series(1, ascii(c.ssn))",
        "SELECT regexp_matches(ssn, '^1') FROM customers",
        "SELECT jsonb_path_query(to_jsonb(ssn), '$.*') FROM customers",
        "SELECT x FROM customers, XMLTABLE('/r' PASSING xmlelement(name r, ssn) COLUMNS x text PATH '.')",
        "SELECT unnest(string_to_array(ssn, '-')) FROM customers",
    ] {
        let facts = facts(sql);
        assert!(
            facts.accesses.iter().any(|access| access.columns.counted.iter().any(|c| &**c == "ssn")),
            "{sql}"
        );
    }
    let quiet = facts("SELECT upper(ssn), generate_series(1, 3) FROM customers");
    assert!(quiet.accesses.iter().all(|access| access.columns.counted.is_empty()));
}

#[test]
fn constants_that_never_fit_tell_what_is_null() {
    const CHOSEN: &str = "CASE WHEN ssn LIKE '1%' THEN full_name END";
    for call in [
        "split_part({}, ',', 0)",
        "lpad({}, 2000000000)",
        "{} ~ '('",
        "{} SIMILAR TO '('",
        "substring({}, '(')",
        "regexp_replace({}, '(', '')",
        "regexp_replace({}, 'a', '', 'nonsense')",
        "regexp_match({}, 'a', 'g')",
        "encode({}::bytea, 'nonsense')",
        "date_trunc('nonsense', CASE WHEN ssn LIKE '1%' THEN now() END)",
        "extract(nonsense FROM CASE WHEN ssn LIKE '1%' THEN now() END)",
        "extract(hour FROM CASE WHEN ssn LIKE '1%' THEN dob END)",
        "to_char(CASE WHEN ssn LIKE '1%' THEN 1 END, 'RN99TH#EEEE9')",
        "width_bucket(CASE WHEN ssn LIKE '1%' THEN 'NaN'::float8 ELSE '1'::float8 END, 0, 1, 5)",
        "set_masklen(CASE WHEN ssn LIKE '1%' THEN '1.1.1.1'::inet ELSE '::1'::inet END, 64)",
    ] {
        tells_ssn(&call.replace("{}", CHOSEN));
    }
    for value in [
        "split_part(lower(email), '@', 2), regexp_replace(coalesce(ssn, ''), '[^0-9]', '', 'g')",
        "extract(year FROM age(dob)), date_part('month', age(dob)), to_char(dob::timestamp, 'YYYY-MM')",
        "lpad(id::text, 5, '0'), lpad(upper(ssn), 9, '*'), left(lower(ssn), -2), upper(email) ~ '^A.*@'",
        "substring(lower(email) from '@(.*)$'), encode(sha256(ssn::bytea), 'hex'), substr(lower(ssn), 2, 3)",
        "regexp_match(lower(ssn), '\\d+'), to_tsvector('english', coalesce(notes, '')), to_char(salary::float8, 'FM999,990.00')",
    ] {
        holds(value);
    }
}

#[test]
fn how_large_a_number_is_is_told_by_what_it_fits_into() {
    for value in ["salary::int2", "salary::int", "salary::numeric(4, 0)", "salary::bigint", "salary::money"] {
        fails(value, &["salary"]);
    }
    fails("ssn::numeric(9, 0)", &["ssn"]);
    fails("id::smallint", &["id"]);
    holds(
        "salary::float8, salary::text, salary::numeric, id::bigint, id::float8, id::bool, id::numeric, ssn::int",
    );
}
