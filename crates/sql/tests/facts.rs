//! The case files of analysis: a text, and what is found out about each of its statements. `BLESS=1` rewrites
//! expectations; then read every line of the difference.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its set-up as well")]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use sql::catalogue::{Catalogue, builtin};
use sql::{Effect, MadeState, View};

/// The tables that the cases are about.
const TABLES: &str = "\
schema shop
schema archive
public.customers(id int4 pk, full_name text not null, email text unique, ssn text, status text, created_at timestamptz default now()) rows 20000
public.orders(id int8 pk, customer_id int4 not null, total numeric, status text) rows 90000
public.events(id int8 pk, at timestamptz not null, action text) rows 1000000
public.events_2024(id int8, at timestamptz, action text) rows 400000 inherits public.events
public.audit(id int8 pk, action text, at timestamptz)
shop.product(id int4 pk, name text, price numeric) rows 400
view public.names(id int4, full_name text) as SELECT customers.id, customers.full_name FROM public.customers
materialized view public.totals(customer_id int4, total numeric) as SELECT orders.customer_id, sum(orders.total) AS total FROM public.orders GROUP BY orders.customer_id
sequence public.numbers
index public.customers_email on public.customers
function public.purge() returns void volatile plpgsql as BEGIN DELETE FROM public.customers; END
function public.run(query text) returns void volatile plpgsql as BEGIN EXECUTE query; END
function public.double(n int4) returns int4 immutable sql as SELECT n * 2
procedure public.clean() returns void plpgsql as BEGIN TRUNCATE public.orders; END
function public.wipe(n int4) returns bool immutable plpgsql as BEGIN DELETE FROM public.audit; RETURN true; END
domain public.dom int4 checks public.wipe
domain public.plain int4
enum public.feeling
public.counted(id int8 default nextval('public.numbers'::regclass), a text)
public.doms(id int8 pk, d public.dom default public.double(1))
";

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| builtin(18).with_tables(TABLES).unwrap());

fn effect(effect: &Effect) -> Option<String> {
    Some(match effect {
        Effect::Definition => return None,
        Effect::Object(made) => {
            let state = match &made.state {
                MadeState::Present(Some(columns)) => format!("({})", columns.join(", ")),
                MadeState::Present(None) => "with any column".to_owned(),
                MadeState::Changed => "changed".to_owned(),
                MadeState::Gone => "gone".to_owned(),
            };
            let until = if made.until_commit { " until commit" } else { "" };
            format!("{} {}.{} {state}{until}", made.kind.as_str(), made.schema, made.name)
        }
        Effect::Path { path, local } => {
            let path = path.as_ref().map_or("default".to_owned(), |path| path.join(", "));
            format!("path {path}{}", if *local { " local" } else { "" })
        }
        other => format!("{other:?}").to_lowercase(),
    })
}

fn told(text: &str, view: &View) -> String {
    let analysis = sql::analyze(text.as_bytes(), &CATALOGUE, view);
    let mut said = String::new();
    for (number, statement) in analysis.statements.iter().enumerate() {
        if analysis.statements.len() > 1 {
            let _ = writeln!(said, "-- {}", number + 1);
        }
        for line in statement.facts.lines() {
            let _ = writeln!(said, "{line}");
        }
        for effect in statement.effects.iter().filter_map(effect) {
            let _ = writeln!(said, "then {effect}");
        }
        if let Some(prepared) = &statement.prepares {
            let _ = writeln!(said, "prepares {}", prepared.facts.command);
        }
    }
    if analysis.stale {
        said.push_str("stale\n");
    }
    if said.is_empty() {
        said.push_str("nothing\n");
    }
    said
}

#[test]
fn facts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/facts");
    cases::run(folder, "sql", |input| told(input.trim_end_matches('\n'), &View::default()));
}

#[test]
fn a_text_is_analyzed_the_same_way_twice() {
    let text = "CREATE TABLE t (a int); INSERT INTO t VALUES (1); DROP TABLE t";
    assert_eq!(told(text, &View::default()), told(text, &View::default()));
}

#[test]
fn a_lost_session_is_opaque() {
    for lost in [sql::Lost::Reading, sql::Lost::Identity, sql::Lost::Path, sql::Lost::Hidden] {
        let view = View { lost: Some(lost), ..View::default() };
        let analysis = sql::analyze(b"SELECT 1", &CATALOGUE, &view);
        assert!(!analysis.statements.is_empty());
        assert!(analysis.statements.iter().all(|statement| !statement.facts.opaque.is_empty()), "{lost:?}");
    }
}

#[test]
fn limits_are_opaque_and_quick() {
    let deep = format!("SELECT {}1{}", "(".repeat(5_000), ")".repeat(5_000));
    let arms = "SELECT 1 UNION ALL ".repeat(100_000) + "SELECT 1";
    let comments = "/*".repeat(20_000);
    for text in [deep, arms, comments] {
        let analysis = sql::analyze(text.as_bytes(), &CATALOGUE, &View::default());
        let kinds: Vec<_> = analysis.statements.iter().flat_map(|one| &one.facts.opaque).collect();
        assert!(kinds.iter().all(|opaque| opaque.kind == "limit") && !kinds.is_empty(), "{kinds:?}");
    }
}
