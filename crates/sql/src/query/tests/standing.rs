//! Casts from types that somebody made count wherever a value of such a type stands.

use super::*;
use crate::catalogue::Catalogue;

const OWN: &str = "\
table public.log(n int4)
table public.t(id int4 pk, n int4)
enum public.en
enum public.calm
enum public.brought
enum public.made
table public.ten(id int4 pk, e public.en)
table public.nested(id int4, row public.ten, many public.en[])
table public.quiet(id int4 pk, c public.calm, b public.brought, m public.made)
function public.e2i(e public.en) returns int4 volatile plpgsql as BEGIN INSERT INTO public.log VALUES (1); RETURN 1; END
function public.e2j(e public.en) returns json volatile plpgsql as BEGIN INSERT INTO public.log VALUES (1); RETURN '1'; END
function public.c2i(e public.calm) returns int4 immutable sql as SELECT 1
function public.b2t(e public.brought) returns text immutable c extension:somebody
function public.i2m(n int4) returns public.made volatile plpgsql as BEGIN INSERT INTO public.log VALUES (1); RETURN 'a'; END
function public.gives(n int4) returns public.en immutable sql as SELECT 'a'::public.en
function public.takes(e public.en) returns int4 immutable sql as SELECT 1
cast public.en int4 public.e2i
cast public.en json public.e2j
cast public.calm int4 public.c2i
cast public.brought text public.b2t
cast int4 public.made public.i2m
";

fn own() -> Catalogue {
    builtin(18).with_tables(OWN).expect("the objects can be read")
}

/// The facts of all statements of a text.
fn lines(catalogue: &Catalogue, sql: &str) -> Vec<String> {
    let analysis = crate::analyze(sql.as_bytes(), catalogue, &View::default());
    analysis.statements.iter().flat_map(|one| one.facts.lines()).collect()
}

fn writes(lines: &[String]) -> bool {
    lines.iter().any(|line| line.starts_with("insert public.log"))
}

#[test]
fn whatever_the_server_makes_of_it() {
    let catalogue = own();
    for sql in [
        "PREPARE p(int) AS SELECT $1; EXECUTE p('a'::en)",
        "PREPARE p(en) AS SELECT to_json($1)",
        "EXPLAIN ANALYZE EXECUTE p('a'::en)",
        "SELECT count(*) FILTER (WHERE e) FROM ten",
        "SELECT * FROM XMLTABLE('/r' PASSING '<r/>' COLUMNS a int PATH 'x' DEFAULT 'a'::en)",
        "SELECT * FROM XMLTABLE(XMLNAMESPACES('a'::en AS x), '/r' PASSING '<r/>' COLUMNS a int)",
        "SELECT to_json(e) FROM ten",
        "SELECT row_to_json(ten) FROM ten",
        "SELECT json_agg(x) FROM (TABLE ten) x",
        "SELECT to_jsonb(row), array_to_json(many) FROM nested",
        "SELECT json_build_object('a', e) FROM ten",
        "SELECT jsonb_build_array(VARIADIC ARRAY[e]) FROM ten",
        "SELECT to_json(ARRAY(SELECT ten FROM ten))",
        "SELECT JSON_OBJECT('a': e), JSON_ARRAY(e), JSON_ARRAYAGG(e) FROM ten",
        "SELECT JSON_VALUE('{}', '$.a' PASSING e AS x) FROM ten",
        "SELECT to_json((row).e) FROM nested",
        "SELECT to_json(gives(1))",
        "SELECT takes($1), to_json($1)",
        "SELECT 1 FROM t LIMIT 'a'::en",
        "SELECT 1 FROM t OFFSET 'a'::en",
        "SELECT 1 FROM t TABLESAMPLE bernoulli('a'::en)",
        "SELECT 1 FROM t TABLESAMPLE system(50) REPEATABLE ('a'::en)",
        "SELECT xmlparse(content e), xmlpi(name x, e), xmlconcat(e, e) FROM ten",
        "SELECT xmlroot('<a/>', version e), xmlserialize(content e AS text), e IS DOCUMENT FROM ten",
        "COPY t FROM STDIN WHERE 'a'::en",
        "CREATE TEMP TABLE x (a int DEFAULT 'a'::en)",
        "CREATE TEMP TABLE x (a int, CHECK ('a'::en))",
        "CREATE TEMP TABLE x (a int, b int GENERATED ALWAYS AS ('a'::en) STORED)",
        "CREATE TABLE p1 PARTITION OF t FOR VALUES FROM ('a'::en) TO (90)",
        "CREATE TEMP TABLE x (a int); COPY x FROM STDIN WHERE 'a'::en",
        "CREATE TEMP TABLE x (a int); CREATE INDEX ON x (a) WHERE 'a'::en",
        "CREATE TEMP TABLE x (a int); ALTER TABLE x ADD COLUMN q int DEFAULT 'a'::en",
        "CREATE TEMP TABLE x (a int); ALTER TABLE x ADD CHECK ('a'::en)",
        "CREATE TEMP TABLE x (a int); INSERT INTO x VALUES ('a'::en)",
        "CREATE TEMP TABLE x (a int); INSERT INTO x SELECT * FROM ten",
        "CREATE TEMP TABLE x (e en)",
        "CREATE TEMP TABLE x (LIKE ten)",
        "CREATE TEMP TABLE x AS TABLE ten",
        "SELECT 1 FROM ten a JOIN ten b USING (e)",
        "UPDATE ten SET id = 1 WHERE id = 2 RETURNING *",
        "SELECT ROW(1, 'a'::en)::ten, to_jsonb(ROW('a'::en))",
        "INSERT INTO nested (id, row.id) VALUES (2, 'a'::en)",
        "VALUES (1) LIMIT 'a'::en",
        "SELECT 1 UNION ALL SELECT 2 LIMIT (SELECT 'a'::en)",
    ] {
        let lines = lines(&catalogue, sql);
        assert!(writes(&lines), "{sql}: {lines:?}");
    }
    let given = crate::parameters(
        &[catalogue.type_named(&View::default(), None, "en").expect("a type").oid],
        &catalogue,
        &View::default(),
    );
    assert!(given.is_some_and(|facts| writes(&facts.lines())));
}

#[test]
fn what_only_computes_or_is_brought_by_an_extension_does_nothing() {
    let catalogue = own();
    for sql in [
        "SELECT c, to_json(c), b, b::text, xmlconcat(b, b) FROM quiet LIMIT 5",
        "SELECT * FROM quiet",
        "SELECT id FROM ten LIMIT 1",
        "INSERT INTO ten (id) VALUES (1)",
        "SELECT to_json(t), row_to_json(t), json_build_object('a', n) FROM t",
        "CREATE TEMP TABLE x (c calm, b brought DEFAULT 'a', a int DEFAULT 5)",
        "CREATE TEMP TABLE x (a int); INSERT INTO x VALUES ('5'), ($1), (5)",
        "EXECUTE p('5', $1, now())",
        "COPY t FROM STDIN WHERE n > 5",
        "SELECT * FROM t TABLESAMPLE bernoulli(5) LIMIT 5 OFFSET $1",
        "SELECT count(*) FILTER (WHERE n > 5) FROM t",
        "INSERT INTO t VALUES (1, 2)",
        "SELECT id FROM t WHERE n = '5' AND n IN (1, 2) AND n::text || 'x' = $1",
        "SELECT relname FROM pg_class WHERE relname = 'x' AND relkind IN ('r')",
        "SELECT id FROM t WHERE nosuch = 1 ORDER BY nosuch",
    ] {
        let lines = lines(&catalogue, sql);
        let risky = |line: &String| line.starts_with("risk user_function") || line.starts_with("call");
        let calls = lines.iter().filter(|line| !line.contains("b2t")).any(risky);
        assert!(!writes(&lines) && !calls, "{sql}: {lines:?}");
    }
}

#[test]
fn casts_to_what_somebody_made_run_where_such_a_value_is_asked_for() {
    let catalogue = own();
    for sql in [
        "EXECUTE p(5)",
        "CREATE TEMP TABLE x (m made DEFAULT 5)",
        "CREATE TEMP TABLE x (m made); INSERT INTO x VALUES (5)",
        "CREATE TEMP TABLE x (LIKE quiet)",
        "CREATE TEMP TABLE x AS SELECT m FROM quiet",
        "INSERT INTO quiet (m) SELECT id FROM t",
    ] {
        let lines = lines(&catalogue, sql);
        assert!(writes(&lines), "{sql}: {lines:?}");
    }
    for sql in ["EXECUTE p('5')", "SELECT m FROM quiet", "INSERT INTO t (n) VALUES (5)"] {
        let lines = lines(&catalogue, sql);
        assert!(!writes(&lines), "{sql}: {lines:?}");
    }
}

#[test]
fn what_a_plan_computes_counts_for_who_reads() {
    let catalogue = builtin(18)
        .with_tables(
            "\
table public.log(n int4)
table public.t(id int4 pk, n int4)
table public.whole(id int4) by id
table public.part(id int4) partitions public.whole
table public.plain(id int4)
table public.later(id int4)
table public.counted(id int4)
view public.v(n int4) as SELECT t.n FROM public.t
function public.imm(n int4) returns int4 immutable plpgsql as BEGIN INSERT INTO public.log VALUES (1); RETURN n; END
function public.pure(n int4) returns int4 immutable plpgsql as BEGIN RETURN n; END
function public.looks(n int4) returns int4 immutable sql as SELECT n FROM public.log
function public.vol(n int4) returns int4 volatile plpgsql as BEGIN INSERT INTO public.log VALUES (1); RETURN n; END
function public.brought(n int4) returns int4 immutable c extension:somebody
runs public.t public.imm
runs public.part public.imm
runs public.counted public.imm statistics
runs public.plain public.pure
runs public.plain public.looks
runs public.plain public.brought
runs public.later public.vol
",
        )
        .expect("the objects can be read");
    for sql in ["SELECT * FROM t", "SELECT n FROM v", "SELECT id FROM whole WHERE id = 3", "TABLE counted"] {
        let lines = lines(&catalogue, sql);
        assert!(writes(&lines), "{sql}: {lines:?}");
    }
    let explained = lines(&catalogue, "EXPLAIN SELECT * FROM t");
    assert!(explained.iter().any(|line| line.starts_with("risk user_function")), "{explained:?}");
    for sql in ["SELECT * FROM plain", "SELECT * FROM later", "EXPLAIN SELECT * FROM plain"] {
        let lines = lines(&catalogue, sql);
        let has = |word: &str| lines.iter().any(|line| line.starts_with(word));
        assert!(!writes(&lines) && !has("call") && !has("risk user_function"), "{sql}: {lines:?}");
    }
}
