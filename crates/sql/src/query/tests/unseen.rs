//! What runs without being named: defaults of arguments, checks of what a function gives, event triggers, what compares.

use super::*;

const OWN: &str = "\
table public.log(id int4)
table public.t(id int4 pk, n int4)
function public.note() returns int4 volatile plpgsql as BEGIN INSERT INTO public.log VALUES (1); RETURN 1; END
function public.check(n int4) returns bool volatile plpgsql as BEGIN INSERT INTO public.log VALUES (n); RETURN true; END
domain public.dom int4 checks public.check
function public.given(a int4, b int4 default public.note()) returns int4 immutable sql as SELECT 1
function public.around(a int4 default public.around(), b int4 default public.around()) returns int4 immutable sql as SELECT 1
function public.next(a int8 default nextval('public.s'::regclass)) returns int8 immutable sql as SELECT 1
function public.secret(a text default public.tell(1)) returns text immutable sql as SELECT a
function public.pair() returns record immutable sql gives:public.dom as SELECT 1, 2
function public.tells() returns int4 immutable sql as SELECT public.given(1)
procedure public.does(a int4 default public.note()) returns void sql as SELECT 1
sequence public.s
materialized view public.m(n int4) as SELECT public.note() AS n FROM public.t
";

fn own(more: &str) -> Catalogue {
    builtin(18).with_tables(&format!("{TABLES}{OWN}{more}")).expect("the objects can be read")
}

fn lines(catalogue: &Catalogue, sql: &str) -> Vec<String> {
    let analysis = crate::analyze(sql.as_bytes(), catalogue, &View::default());
    analysis.statements.iter().flat_map(|one| one.facts.lines()).collect()
}

#[test]
fn defaults_of_arguments_run_where_a_call_leaves_them_out() {
    let catalogue = own("");
    let writes = |sql: &str| lines(&catalogue, sql).iter().any(|line| line.starts_with("insert public.log"));
    for sql in [
        "SELECT public.given(1)",
        "SELECT public.given(a => 1)",
        "SELECT * FROM public.given(1)",
        "SELECT public.tells()",
        "CALL public.does()",
        "INSERT INTO public.t SELECT public.given(1)",
    ] {
        assert!(writes(sql), "{sql}: {:?}", lines(&catalogue, sql));
    }
    for sql in ["SELECT public.given(1, 2)", "SELECT public.given(b => 1, a => 2)", "CALL public.does(1)"] {
        assert!(!writes(sql), "{sql}");
    }
    let next = lines(&catalogue, "SELECT public.next()");
    assert!(next.iter().any(|line| line.contains("nextval") || line.contains("public.s")), "{next:?}");
    assert!(next.len() > lines(&catalogue, "SELECT public.next(1)").len(), "{next:?}");
    let given = crate::analyze(b"SELECT public.secret()", &catalogue, &View::default());
    let output =
        given.statements[0].facts.outputs.as_ref().map(|outputs| outputs[0].clone()).expect("a column");
    assert!(output.opaque || output.uses.iter().any(|used| &*used.column.name == "ssn"), "{output:?}");
    // One that calls itself ends.
    assert!(!lines(&catalogue, "SELECT public.around()").is_empty());
}

#[test]
fn statistics_tell_by_their_columns() {
    for sql in [
        "SELECT * FROM pg_stats",
        "SELECT s FROM pg_stats s",
        "SELECT histogram_bounds FROM pg_stats WHERE tablename = 't'",
        "SELECT pid FROM pg_stat_activity WHERE query LIKE '%x%'",
        "TABLE pg_stat_activity",
        "SELECT stavalues1 FROM pg_statistic",
        "SELECT statement FROM pg_prepared_statements",
        "EXPLAIN SELECT query FROM pg_stat_activity",
        "PREPARE p AS SELECT query FROM pg_stat_activity",
    ] {
        assert!(has_risk(sql, RiskKind::Statistics), "{sql}");
    }
    for sql in [
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()",
        "SELECT pid, state, query_start, wait_event FROM pg_stat_activity",
        "SELECT attname, n_distinct, null_frac FROM pg_stats WHERE tablename = 'posts'",
    ] {
        assert!(!has_risk(sql, RiskKind::Statistics), "{sql}");
    }
}

#[test]
fn what_a_function_gives_is_checked() {
    let catalogue = own("");
    let given = lines(&catalogue, "SELECT * FROM public.pair() AS p(a public.dom, b int4)");
    assert!(given.iter().any(|line| line.starts_with("insert public.log")), "{given:?}");
    let given = lines(&catalogue, "SELECT public.pair()");
    assert!(given.iter().any(|line| line.starts_with("insert public.log")), "{given:?}");
}

#[test]
fn a_materialized_view_that_is_filled_again_runs_its_query() {
    let catalogue = own("");
    let filled = lines(&catalogue, "REFRESH MATERIALIZED VIEW public.m");
    for line in ["insert public.log", "select public.t", "call"] {
        assert!(filled.iter().any(|given| given.starts_with(line)), "{line}: {filled:?}");
    }
    let emptied = lines(&catalogue, "REFRESH MATERIALIZED VIEW public.m WITH NO DATA");
    assert!(!emptied.iter().any(|line| line.starts_with("insert public.log")), "{emptied:?}");
    let loses = |lines: &[String]| lines.iter().any(|line| line.starts_with("risk destructive"));
    assert!(loses(&emptied) && !loses(&filled), "{emptied:?}");
    assert!(loses(&lines(&catalogue, "ALTER TABLE public.t SET UNLOGGED")));
    assert!(!loses(&lines(&catalogue, "ALTER TABLE public.t SET LOGGED")));
}

#[test]
fn what_is_defined_sets_off_event_triggers() {
    let guard = "function public.guard() returns event_trigger volatile plpgsql as \
        BEGIN INSERT INTO public.log VALUES (2); END\nevent public.guard";
    let (without, with) = (own(""), own(guard));
    for sql in [
        "CREATE TABLE public.new (id int)",
        "DROP TABLE public.t",
        "ALTER TABLE public.t ADD COLUMN z int",
        "GRANT SELECT ON public.t TO PUBLIC",
        "COMMENT ON TABLE public.t IS 'x'",
        "SELECT 1 AS one INTO public.new",
        "CREATE TEMP TABLE l AS SELECT 1",
    ] {
        let writes =
            |catalogue| lines(catalogue, sql).iter().any(|line| line.starts_with("insert public.log"));
        assert!(writes(&with) && !writes(&without), "{sql}: {:?}", lines(&with, sql));
    }
    for sql in ["SELECT 1", "SET work_mem = '1MB'", "BEGIN", "INSERT INTO public.t VALUES (1)"] {
        assert_eq!(lines(&with, sql), lines(&without, sql), "{sql}");
    }
}

#[test]
fn event_triggers_count_for_what_they_fire_for() {
    let with = |on: &str| {
        own(&format!(
            "function public.guard() returns event_trigger volatile plpgsql as \
            BEGIN INSERT INTO public.log VALUES (2); END\nprocedure public.makes() returns void plpgsql as \
            BEGIN CREATE EXTENSION hstore; END\nevent public.guard {on}"
        ))
    };
    let writes = |catalogue: &Catalogue, sql: &str| {
        lines(catalogue, sql).iter().any(|line| line.starts_with("insert public.log"))
    };
    let cases: [(&str, &[&str], &[&str]); 6] = [
        (
            "ddl_command_end CREATE EXTENSION",
            &["CREATE EXTENSION hstore", "CALL public.makes()", "ALTER EXTENSION hstore UPDATE"],
            &[
                "CREATE TEMP TABLE x AS SELECT 1 a",
                "SELECT 1 AS a INTO public.x",
                "GRANT SELECT ON public.t TO PUBLIC",
            ],
        ),
        (
            "ddl_command_end CREATE TABLE AS, ALTER TABLE",
            &[
                "CREATE TEMP TABLE x AS SELECT 1 a",
                "ALTER TABLE public.t ADD z int",
                "ALTER INDEX public.t RENAME TO z",
            ],
            &[
                "CREATE TABLE public.x (a int)",
                "SELECT 1 AS a INTO public.x",
                "COMMENT ON TABLE public.t IS 'x'",
            ],
        ),
        (
            "sql_drop",
            &["DROP TABLE public.t", "ALTER TABLE public.t DROP n", "DROP OWNED BY somebody"],
            &[
                "CREATE TABLE public.x (a int)",
                "CREATE OR REPLACE VIEW public.v AS SELECT 1",
                "COMMENT ON TABLE public.t IS 'x'",
            ],
        ),
        (
            "sql_drop DROP TABLE",
            &["DROP TABLE public.t"],
            &["DROP VIEW public.m", "ALTER TABLE public.t DROP n"],
        ),
        (
            "table_rewrite",
            &["ALTER TABLE public.t ALTER n TYPE int8"],
            &[
                "DROP TABLE public.t",
                "CREATE INDEX ON public.t (n)",
                "REFRESH MATERIALIZED VIEW public.m WITH NO DATA",
            ],
        ),
        ("ddl_command_end DROP FUNCTION", &["DROP ROUTINE public.note()"], &["DROP TABLE public.t"]),
    ];
    for (on, fires, quiet) in cases {
        let catalogue = with(on);
        for sql in fires {
            assert!(writes(&catalogue, sql), "{on}: {sql}: {:?}", lines(&catalogue, sql));
        }
        for sql in quiet {
            assert!(!writes(&catalogue, sql), "{on}: {sql}: {:?}", lines(&catalogue, sql));
        }
        assert_eq!(
            Catalogue::from_text(&catalogue.to_text()).expect("a text").to_text(),
            catalogue.to_text()
        );
    }
}

#[test]
fn conditions_and_statistics_run_where_they_are_asked() {
    let writes = |kind: &str, sql: &str| {
        let catalogue = own(&format!(
            "table public.u(id int4 pk, n int4) partitions public.t\nruns public.t public.note {kind}"
        ));
        lines(&catalogue, sql).iter().any(|line| line.starts_with("insert public.log"))
    };
    for sql in [
        "INSERT INTO public.t VALUES (1)",
        "COPY public.t FROM STDIN",
        "CREATE TABLE public.p PARTITION OF public.t DEFAULT",
    ] {
        assert!(writes("condition", sql), "{sql}");
    }
    for sql in ["ANALYZE public.t", "VACUUM", "REINDEX TABLE public.t", "CREATE TEMP TABLE l (LIKE public.t)"]
    {
        assert!(!writes("condition", sql) && writes("", sql), "{sql}");
    }
    for sql in [
        "ALTER TABLE public.t ADD z int DEFAULT random() * 5",
        "ALTER TABLE public.t ADD z serial",
        "ALTER TABLE public.t ADD z public.dom",
        "ALTER TABLE public.t ALTER n TYPE int8",
    ] {
        assert!(writes("", sql), "{sql}");
    }
    assert!(!writes("", "ALTER TABLE public.t ADD z int DEFAULT 5"));
    for sql in ["ANALYZE public.t", "VACUUM ANALYZE"] {
        assert!(writes("statistics", sql), "{sql}");
    }
    for sql in ["INSERT INTO public.t VALUES (1)", "REINDEX TABLE public.t", "SELECT n FROM public.t"] {
        assert!(!writes("statistics", sql), "{sql}");
    }
}

#[test]
fn copy_runs_what_insert_and_select_run() {
    let catalogue = own(
        "function public.noted() returns int4 volatile plpgsql as BEGIN INSERT INTO public.log VALUES (2); RETURN NULL; END\n\
        table public.checked(id int4, d public.dom)\n\
        table public.given(id int4, n int4 default public.note())\n\
        table public.made(id int4, n int4 generated public.note())\n\
        table public.whole(id int4)\n\
        table public.part(id int4) partitions public.whole\n\
        trigger public.part insert execute public.noted\n\
        trigger public.t truncate execute public.noted\n\
        table public.first(id int4 pk)\n\
        table public.second(id int4) refers public.first\n\
        trigger public.second truncate execute public.noted\n",
    );
    for sql in ["checked", "checked (id)", "given (id)", "made (id)", "whole"] {
        let (copy, insert) =
            (format!("COPY public.{sql} FROM STDIN"), format!("INSERT INTO public.{sql} VALUES (1)"));
        for sql in [copy, insert] {
            let lines = lines(&catalogue, &sql);
            assert!(lines.iter().any(|line| line.starts_with("insert public.log")), "{sql}: {lines:?}");
        }
    }
    let whole = lines(&catalogue, "COPY public.whole FROM STDIN");
    for line in ["insert public.whole", "copy_in public.whole", "insert public.part", "copy_in public.part"] {
        assert!(whole.iter().any(|given| given.starts_with(line)), "{line}: {whole:?}");
    }
    // A rule does not see what is copied.
    let ruled = own(
        "table public.r(id int4)\nrule public.r CREATE RULE r AS ON INSERT TO public.r DO ALSO INSERT INTO public.log VALUES (1)",
    );
    assert!(
        lines(&ruled, "INSERT INTO public.r VALUES (1)")
            .iter()
            .any(|line| line.starts_with("insert public.log"))
    );
    assert!(
        !lines(&ruled, "COPY public.r FROM STDIN").iter().any(|line| line.starts_with("insert public.log"))
    );
    for sql in ["TRUNCATE public.t", "TRUNCATE public.first CASCADE"] {
        let lines = lines(&catalogue, sql);
        assert!(lines.iter().any(|line| line.starts_with("insert public.log")), "{sql}: {lines:?}");
    }
    assert!(
        !lines(&catalogue, "TRUNCATE public.whole").iter().any(|line| line.starts_with("insert public.log"))
    );
}

#[test]
fn a_plan_computes_what_does_not_change() {
    let catalogue = own(
        "function public.pure(n int4) returns int4 immutable plpgsql as BEGIN PERFORM public.note(); RETURN n; END",
    );
    let writes = |sql: &str| lines(&catalogue, sql).iter().any(|line| line.starts_with("insert public.log"));
    assert!(writes("EXPLAIN SELECT public.pure(1) FROM public.t"));
    assert!(writes("EXPLAIN ANALYZE SELECT public.note()") && !writes("EXPLAIN SELECT public.note()"));
}

#[test]
fn what_a_session_made_and_nobody_names_counts_in_what_follows() {
    let catalogue = own("enum public.en");
    let last = |sql: &str| {
        let analysis = crate::analyze(sql.as_bytes(), &catalogue, &View::default());
        let facts = analysis.statements.last().map(|one| one.facts.clone()).expect("a statement");
        facts.risks.iter().any(|risk| risk.kind == RiskKind::UserFunction)
    };
    let (cast, security) = (
        "CREATE CAST (public.en AS int) WITH FUNCTION public.f(public.en) AS IMPLICIT",
        "ALTER TABLE public.t ENABLE ROW LEVEL SECURITY",
    );
    let (policy, event) = (
        "CREATE POLICY p ON public.t USING (true)",
        "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION public.guard()",
    );
    for (before, after) in [
        (cast, "SELECT 'a'::public.en + 1"),
        (cast, "INSERT INTO public.t VALUES (1)"),
        (
            "CREATE OPERATOR CLASS o DEFAULT FOR TYPE public.en USING btree AS FUNCTION 1 f(public.en, public.en)",
            "SELECT 1",
        ),
        (security, "SELECT * FROM public.t"),
        (security, "COPY public.t TO STDOUT"),
        (policy, "UPDATE public.t SET n = 1 WHERE id = 1"),
        (event, "CREATE TABLE public.x (a int)"),
    ] {
        assert!(!last(after), "{after}");
        assert!(last(&format!("{before}; {after}")), "{before}; {after}");
    }
    for (before, after) in [
        (cast, "COMMIT"),
        (security, "SELECT * FROM public.log"),
        ("ALTER TABLE public.t DISABLE ROW LEVEL SECURITY", "SELECT * FROM public.t"),
        (event, "SELECT * FROM public.t"),
    ] {
        assert!(!last(&format!("{before}; {after}")), "{before}; {after}");
    }
}

#[test]
fn what_compares_runs_wherever_rows_are() {
    let compare = "function public.cmp(a int4, b int4) returns int4 immutable plpgsql as \
        BEGIN INSERT INTO public.log VALUES (3); RETURN 0; END\ncompares public.cmp";
    let catalogue = own(compare);
    for sql in [
        "SELECT n FROM public.t ORDER BY n",
        "INSERT INTO public.t VALUES (1)",
        "CREATE INDEX ON public.t (n)",
    ] {
        let lines = lines(&catalogue, sql);
        assert!(lines.iter().any(|line| line.starts_with("insert public.log")), "{sql}: {lines:?}");
    }
    assert_eq!(lines(&catalogue, "COMMIT"), lines(&own(""), "COMMIT"));
}

#[test]
fn what_stands_in_a_new_schema_is_made_in_the_order_of_the_server() {
    let catalogue = own("");
    let text =
        "CREATE SCHEMA n CREATE VIEW v AS SELECT id FROM t CREATE TABLE t (id int) CREATE INDEX ON t (id)";
    let made = lines(&catalogue, text);
    for line in ["create n.t", "create view n.v", "select n.t read(id)"] {
        assert!(made.iter().any(|given| given.starts_with(line)), "{line}: {made:?}");
    }
    assert!(!made.iter().any(|line| line.contains("public.t")), "{made:?}");
    let analysis = crate::analyze(text.as_bytes(), &catalogue, &View::default());
    assert!(!analysis.stale && analysis.statements[0].facts.opaque.is_empty(), "{made:?}");
}
