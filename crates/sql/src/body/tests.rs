//! What calling functions does, by what stands in their bodies.

use std::sync::LazyLock;

use model::facts::{Derivation, Facts, RiskKind, Verb};

use crate::catalogue::{Catalogue, builtin};
use crate::view::{Effect, Lost, View};
use crate::{Analysis, analyze};

const SCHEMA: &str = "
public.customers(id int4 pk, full_name text, ssn text, email text)
public.orders(id int4 pk, customer_id int4, total int4)
shop.customers(id int4 pk, nickname text)
function public.add(a int4, b int4) returns int4 volatile sql as SELECT a + b
function public.dollar(int4) returns int4 volatile sql as SELECT $1 * 2
function public.ssn_of(key int4) returns text volatile sql as SELECT ssn FROM customers WHERE id = key
function public.outer_ssn(key int4) returns text volatile sql as SELECT public.ssn_of(key)
function public.purge() returns void volatile sql as DELETE FROM customers
function public.even(n int4) returns bool volatile sql as SELECT n = 0 OR public.odd(n - 1)
function public.odd(n int4) returns bool volatile sql as SELECT n <> 0 AND public.even(n - 1) OR exists(SELECT FROM orders)
function public.pl_add(a int4) returns int4 volatile plpgsql as DECLARE n int := a; BEGIN IF n > 1 THEN n := n + 1; END IF; RETURN n; END
function public.pl_name(key int4) returns text volatile plpgsql as DECLARE r customers%ROWTYPE; BEGIN SELECT * INTO r FROM customers c WHERE c.id = pl_name.key; RETURN r.full_name; END
function public.pl_close() returns void volatile plpgsql as BEGIN UPDATE orders SET total = 0; PERFORM public.purge(); END
function public.run(q text) returns void volatile plpgsql as BEGIN EXECUTE q; END
function public.run_fixed() returns void volatile plpgsql as BEGIN EXECUTE 'TRUNCATE public.orders'; END
function public.broken() returns void volatile plpgsql as BEGIN this is not PL
function public.missing() returns int4 volatile sql as SELECT count(*) FROM nowhere
function public.py() returns int4 volatile plpython3u as return 1
function public.perl() returns int4 stable plperl as return 1
function public.temporary() returns void volatile plpgsql as BEGIN CREATE TEMP TABLE scratch (a int); INSERT INTO scratch VALUES (1); END
function public.hiding() returns void volatile plpgsql as BEGIN IF random() > 0.5 THEN CREATE TEMP TABLE customers (a int); END IF; END
function public.moving() returns void volatile plpgsql as BEGIN PERFORM set_config('search_path', 'shop', false); END
function public.sleepy() returns void volatile sql as SELECT pg_sleep(1)
function public.reader() returns text volatile sql as SELECT query_to_xml('x', true, true, '')
function public.stamp() returns trigger volatile plpgsql as BEGIN NEW.total := NEW.total + 1; INSERT INTO public.customers (id) VALUES (NEW.id); RETURN NEW; END
trigger public.orders insert execute public.stamp
";

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| builtin(18).with_tables(SCHEMA).unwrap_or_else(|error| panic!("{error:?}")));

fn analysis(text: &str) -> Analysis {
    analyze(text.as_bytes(), &CATALOGUE, &View::default())
}

fn facts(text: &str) -> Facts {
    let analysis = analysis(text);
    assert_eq!(analysis.statements.len(), 1, "{text}");
    Facts::clone(&analysis.statements[0].facts)
}

fn effects(text: &str) -> Vec<Effect> {
    analysis(text).statements[0].effects.clone()
}

fn has(facts: &Facts, kind: RiskKind) -> bool {
    facts.risks.iter().any(|risk| risk.kind == kind)
}

fn touched(facts: &Facts) -> Vec<(Verb, String)> {
    facts.accesses.iter().map(|access| (access.verb, access.object.full_name())).collect()
}

fn uses(facts: &Facts) -> Vec<String> {
    let outputs = facts.outputs.as_deref().unwrap_or_default();
    outputs
        .iter()
        .flat_map(|output| &output.uses)
        .map(|one| {
            assert_eq!(one.derivation, Derivation::Derived);
            format!("{}.{}", one.column.of, one.column.name)
        })
        .collect()
}

#[test]
fn a_body_that_only_computes_is_harmless() {
    for text in ["SELECT public.add(1, 2)", "SELECT public.dollar(2)", "SELECT public.pl_add(2)"] {
        let facts = facts(text);
        assert_eq!((&facts.risks[..], &facts.opaque[..]), (&[][..], &[][..]), "{text}");
        assert!(facts.is_read_only() && facts.accesses.is_empty(), "{text}");
        assert_eq!(facts.calls.len(), 1, "{text}");
    }
}

#[test]
fn what_a_body_reads_is_read_and_may_be_in_the_result() {
    for (text, column) in [
        ("SELECT public.ssn_of(1)", "public.customers.ssn"),
        ("SELECT public.outer_ssn(1)", "public.customers.ssn"),
        ("SELECT public.pl_name(1)", "public.customers.full_name"),
    ] {
        let facts = facts(text);
        assert!(facts.is_read_only(), "{text}");
        assert!(facts.opaque.is_empty(), "{text}: {:?}", facts.opaque);
        assert!(touched(&facts).contains(&(Verb::Select, "public.customers".into())), "{text}");
        assert!(!has(&facts, RiskKind::UserFunction), "{text}");
        assert!(uses(&facts).contains(&column.to_owned()), "{text}: {:?}", uses(&facts));
        assert!(facts.outputs.as_deref().unwrap().iter().all(|output| !output.opaque), "{text}");
    }
}

#[test]
fn what_a_body_writes_is_written() {
    let purge = facts("SELECT public.purge()");
    assert!(touched(&purge).contains(&(Verb::Delete, "public.customers".into())));
    assert!(purge.accesses.iter().any(|access| access.unbounded));
    assert!(purge.verbs.contains(&Verb::Call) && has(&purge, RiskKind::UserFunction));
    let close = facts("SELECT public.pl_close()");
    assert!(touched(&close).contains(&(Verb::Delete, "public.customers".into())), "through another function");
    assert!(touched(&close).contains(&(Verb::Update, "public.orders".into())));
}

#[test]
fn recursion_ends_and_misses_nothing() {
    for text in ["SELECT public.even(1)", "SELECT public.odd(1)", "SELECT public.even(1), public.odd(1)"] {
        assert!(touched(&facts(text)).contains(&(Verb::Select, "public.orders".into())), "{text}");
    }
    let path = Some([std::sync::Arc::from("public")].into());
    let view = View { path, ..View::default() };
    // Whichever is asked for first: nothing is remembered under this path yet.
    for text in ["SELECT odd(1)", "SELECT even(1)"] {
        let analysis = analyze(text.as_bytes(), &CATALOGUE, &view);
        assert!(touched(&analysis.statements[0].facts).contains(&(Verb::Select, "public.orders".into())));
    }
}

#[test]
fn sql_made_at_run_time_could_be_anything() {
    let run = facts("SELECT public.run('x')");
    assert!(has(&run, RiskKind::DynamicSql) && has(&run, RiskKind::UserFunction));
    assert!(run.outputs.unwrap()[0].opaque);
    assert_eq!(effects("SELECT public.run('x')"), [Effect::Lost(Lost::Hidden)]);
    let fixed = facts("SELECT public.run_fixed()");
    assert!(has(&fixed, RiskKind::DynamicSql));
    assert!(touched(&fixed).contains(&(Verb::Truncate, "public.orders".into())));
    assert_eq!(effects("SELECT public.run_fixed()"), []);
}

#[test]
fn a_body_that_is_not_understood_is_opaque() {
    for text in ["SELECT public.broken()", "SELECT public.missing()"] {
        let analysis = analysis(text);
        let facts = &analysis.statements[0].facts;
        assert_eq!(facts.opaque[0].kind, "body", "{text}");
        assert!(has(facts, RiskKind::UserFunction), "{text}");
        assert!(!analysis.stale, "{text}: a newer catalogue has the same body");
    }
}

#[test]
fn other_languages_are_not_read() {
    let python = facts("SELECT public.py()");
    assert!(has(&python, RiskKind::UserFunction) && has(&python, RiskKind::NativeCode));
    let perl = facts("SELECT public.perl()");
    assert!(has(&perl, RiskKind::UserFunction) && !has(&perl, RiskKind::NativeCode));
}

#[test]
fn temporary_objects_of_a_body_are_the_sessions() {
    let made = effects("SELECT public.temporary()");
    assert!(matches!(&made[..], [Effect::Object(made)] if &*made.name == "scratch"), "{made:?}");
    assert!(facts("SELECT public.temporary()").opaque.is_empty());
    assert!(effects("SELECT public.hiding()").contains(&Effect::Lost(Lost::Hidden)));
    assert!(effects("SELECT public.moving()").contains(&Effect::Lost(Lost::Path)));
}

#[test]
fn a_body_is_read_under_the_path_of_its_caller() {
    let view = View { path: Some([std::sync::Arc::from("shop")].into()), ..View::default() };
    let analysis = analyze(b"SELECT public.purge()", &CATALOGUE, &view);
    let facts = &analysis.statements[0].facts;
    assert!(touched(facts).contains(&(Verb::Delete, "shop.customers".into())));
}

#[test]
fn dangers_of_built_in_functions_pass_through() {
    assert!(has(&facts("SELECT public.sleepy()"), RiskKind::Wait));
    assert!(has(&facts("SELECT public.reader()"), RiskKind::SqlFromString));
    assert!(!has(&facts("SELECT public.sleepy()"), RiskKind::UserFunction));
}

#[test]
fn a_trigger_does_what_its_function_does() {
    let insert = facts("INSERT INTO public.orders (id) VALUES (1)");
    assert!(touched(&insert).contains(&(Verb::Insert, "public.customers".into())), "{insert:?}");
    assert!(insert.opaque.is_empty(), "{:?}", insert.opaque);
}

#[test]
fn a_do_block_is_dynamic_and_what_it_does_is_known() {
    let block = facts("DO $$ BEGIN DELETE FROM public.orders; END $$");
    assert!(has(&block, RiskKind::DynamicSql) && has(&block, RiskKind::NoWhere));
    assert!(touched(&block).contains(&(Verb::Delete, "public.orders".into())));
    assert_eq!(effects("DO $$ BEGIN DELETE FROM public.orders; END $$"), []);
    let hidden = "DO $$ BEGIN EXECUTE 'DR' || 'OP TABLE customers'; END $$";
    assert_eq!(effects(hidden), [Effect::Lost(Lost::Hidden)]);
    assert!(has(&facts(hidden), RiskKind::UserFunction));
    assert_eq!(facts("DO LANGUAGE plpython3u 'x'").opaque[0].kind, "body");
    assert!(has(&facts("DO 'BEGIN PERFORM public.purge(); END'"), RiskKind::NoWhere));
}

#[test]
fn a_path_is_followed_only_where_it_is_sure_to_be_set() {
    let set = |path: &str| effects(&format!("SELECT set_config('search_path', {path}"));
    assert!(
        matches!(&set("'', false)")[..], [Effect::Path { path: Some(path), local: false }] if path.is_empty())
    );
    for path in [
        "'shop', false) WHERE false",
        "'shop', false) LIMIT 0",
        "'shop', random() > 1)",
        "lower('X'), false)",
    ] {
        assert_eq!(set(path), [Effect::Lost(Lost::Path)], "{path}");
    }
    assert_eq!(
        effects("SELECT set_config(n, 'x', false) FROM (VALUES ('role')) v(n)"),
        [Effect::Lost(Lost::Identity)]
    );
    assert_eq!(effects("SELECT set_config('timezone', 'UTC', false)"), []);
}

#[test]
fn a_body_cannot_hide_a_table_behind_one_that_it_may_not_have_made() {
    for body in [
        "IF false THEN CREATE TEMP TABLE orders (id int); END IF; DELETE FROM orders;",
        "BEGIN CREATE TEMP TABLE orders AS SELECT 1 / 0; EXCEPTION WHEN others THEN NULL; END; DELETE FROM orders;",
        "IF false THEN PERFORM set_config('search_path', 'shop', false); END IF; DELETE FROM customers;",
    ] {
        let facts = facts(&format!("DO $$ BEGIN {body} END $$"));
        assert_eq!(facts.opaque.first().map(|opaque| opaque.kind), Some("body"), "{body}");
    }
    let own = |name: &str| {
        facts(&format!("DO $$ BEGIN CREATE TEMP TABLE {name} (id int); DELETE FROM {name}; END $$"))
    };
    assert!(own("scratch").opaque.is_empty());
    assert!(!own("orders").opaque.is_empty(), "the name stands for two tables");
}
