//! Calls that do not look like calls: fields that are functions, casts that are written nowhere.

use super::*;
use crate::catalogue::Catalogue;

/// Functions that delete, and what leads to them.
const OWN: &str = "\
schema x
table x.gone(id int4)
table x.t(id int4 pk, b int4)
function x.wipet(r x.t) returns int4 volatile plpgsql as BEGIN DELETE FROM x.gone; RETURN 1; END
function x.one(v x.t) returns int4 volatile sql as SELECT v.wipet
function x.two(v x.t) returns int4 volatile sql as SELECT $1.wipet
function x.three(v x.t) returns int4 volatile sql as SELECT ($1).wipet
function x.four(v x.t) returns int4 volatile plpgsql as BEGIN RETURN (v).wipet; END
function x.five(v x.t) returns int4 volatile sql as SELECT v.b
";

fn own() -> &'static Catalogue {
    static ONE: OnceLock<Catalogue> = OnceLock::new();
    ONE.get_or_init(|| builtin(18).with_tables(OWN).expect("the objects can be read"))
}

/// Whether a statement empties `x.gone`, or nobody can tell what it does.
fn wipes(sql: &str) -> bool {
    let view =
        View { path: Some(std::sync::Arc::from(["x".into(), "pg_catalog".into()])), ..View::default() };
    let analysis = crate::analyze(sql.as_bytes(), own(), &view);
    let facts = &analysis.statements.first().expect("there is a statement").facts;
    assert!(facts.opaque.is_empty(), "{sql}: {:?}", facts.opaque);
    facts
        .accesses
        .iter()
        .any(|access| &*access.object.name == "gone" && access.verb != model::facts::Verb::Select)
}

#[test]
fn a_field_of_an_unknown_value_may_be_a_call() {
    for call in [
        "SELECT (array_agg(t))[1].wipet FROM t",
        "SELECT (ARRAY[t])[1].wipet FROM t",
        "SELECT (f).wipet FROM unnest(ARRAY(SELECT t FROM t)) f",
        "SELECT (SELECT t FROM t LIMIT 1).wipet",
        "SELECT (coalesce(t, t)).wipet FROM t",
        "SELECT (CASE WHEN true THEN t END).wipet FROM t",
        "SELECT one(t) FROM t",
        "SELECT two(t) FROM t",
        "SELECT three(t) FROM t",
        "SELECT four(t) FROM t",
    ] {
        assert!(wipes(call), "{call}");
    }
    for field in [
        "SELECT (array_agg(t))[1].b FROM t",
        "SELECT (ARRAY[t])[1].b FROM t",
        "SELECT (f).b FROM unnest(ARRAY(SELECT t FROM t)) f",
        "SELECT five(t) FROM t",
    ] {
        assert!(!wipes(field), "{field}");
    }
}
