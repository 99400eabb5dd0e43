//! Operators that extensions and others bring beside the server's own.

use super::*;
use crate::catalogue::Catalogue;

const BROUGHT: &str = "\
domain public.citext text
enum public.vector
enum public.odd
function public.vector_eq(a public.vector, b public.vector) returns bool immutable c extension:vector
function public.odd_eq(a text, b public.odd) returns bool volatile plpgsql as BEGIN RETURN true; END
function public.citext_eq(a public.citext, b public.citext) returns bool immutable c extension:citext
operator public.= public.vector public.vector public.vector_eq
operator public.= public.citext public.citext public.citext_eq
table public.people(id int4 pk, email text, handle varchar, salary numeric, nick public.citext, v public.vector)
cast text public.vector public.vector_eq
";

fn brought(more: &str) -> Catalogue {
    builtin(18).with_tables(&format!("{BROUGHT}{more}")).expect("the objects can be read")
}

/// The columns that are looked up, and what is called.
fn uses(catalogue: &Catalogue, condition: &str) -> (Vec<String>, Vec<String>) {
    let sql = format!("SELECT id FROM people WHERE {condition}");
    let analysis = crate::analyze(sql.as_bytes(), catalogue, &View::default());
    let facts = &analysis.statements.first().expect("one statement").facts;
    assert!(facts.opaque.is_empty(), "{sql}: {:?}", facts.opaque);
    let columns = &facts.accesses.first().expect("it reads").columns;
    let looked = columns.lookup.iter().filter(|name| !columns.partial.contains(name));
    let calls = facts.calls.iter().map(|called| called.full_name());
    (looked.map(ToString::to_string).collect(), calls.collect())
}

#[test]
fn columns_of_the_servers_types_are_compared_by_the_server() {
    let catalogue = brought("");
    for condition in
        ["email = 'x'", "email = $1", "email IN ('a', 'b')", "email = ANY(ARRAY['a'])", "'x' = email"]
    {
        assert_eq!(uses(&catalogue, condition), (vec!["email".into()], vec![]), "{condition}");
    }
    assert_eq!(uses(&catalogue, "handle = 'x'"), (vec!["handle".into()], vec![]));
    assert_eq!(uses(&catalogue, "salary = 5"), (vec!["salary".into()], vec![]));
    assert_eq!(uses(&catalogue, "salary = 1.5"), (vec!["salary".into()], vec![]));
}

#[test]
fn what_takes_the_columns_very_type_may_be_meant() {
    let catalogue = brought("operator public.= text public.odd public.odd_eq\n");
    let (looked, calls) = uses(&catalogue, "email = $1");
    assert!(
        looked.is_empty() && calls.iter().any(|called| called.starts_with("public.odd_eq")),
        "{looked:?} {calls:?}"
    );
    let (looked, _) = uses(&catalogue, "v = 'x'");
    assert!(looked.is_empty(), "{looked:?}");
    let (looked, _) = uses(&catalogue, "nick = 'x'");
    assert_eq!(looked, ["nick"], "texts whose case does not matter are compared as others are");
}
