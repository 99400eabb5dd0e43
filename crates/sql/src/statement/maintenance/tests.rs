//! What housekeeping runs and locks beyond what it names.

use std::sync::LazyLock;

use model::facts::{Facts, Verb};

use crate::catalogue::{Catalogue, builtin};
use crate::view::View;

const SCHEMA: &str = "
public.orders(id int4 pk, total int4)
public.indexed(id int4 pk, total int4)
public.parted(id int4)
public.part(id int4) inherits public.parted
schema other
other.plain(id int4)
index public.by_total on public.indexed
view public.totals(total int4) as SELECT orders.total FROM public.orders
view public.all_totals(total int4) as SELECT totals.total FROM public.totals WHERE totals.total IN (SELECT parted.id FROM public.parted)
function public.purge(a int4) returns int4 immutable sql as DELETE FROM public.orders RETURNING 1
runs public.indexed public.purge
runs public.part public.purge
";

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| builtin(18).with_tables(SCHEMA).unwrap_or_else(|error| panic!("{error:?}")));

fn facts(text: &str) -> Facts {
    let analysis = crate::analyze(text.as_bytes(), &CATALOGUE, &View::default());
    Facts::clone(&analysis.statements[0].facts)
}

#[test]
fn functions_of_index_expressions_run() {
    for text in [
        "ANALYZE indexed",
        "ANALYZE",
        "VACUUM (ANALYZE) indexed",
        "VACUUM FULL parted",
        "CLUSTER indexed USING by_total",
        "CLUSTER",
        "REINDEX TABLE indexed",
        "REINDEX INDEX by_total",
        "REINDEX INDEX CONCURRENTLY by_total",
        "REINDEX SCHEMA public",
        "REINDEX TABLE parted",
    ] {
        assert!(facts(text).verbs.contains(&Verb::Delete), "{text}");
    }
    for text in
        ["ANALYZE orders", "REINDEX TABLE orders", "VACUUM", "REINDEX SCHEMA other", "ANALYZE other.plain"]
    {
        let found = facts(text);
        assert_eq!(found.verbs.contains(&Verb::Delete), text == "VACUUM", "{text}");
        assert!(found.opaque.is_empty(), "{text}");
    }
}

#[test]
fn a_lock_reaches_what_a_view_reads() {
    let locked = |text: &str| -> Vec<String> {
        let found = facts(text);
        assert!(found.opaque.is_empty(), "{text}");
        let locks = found.accesses.iter().filter(|access| access.verb == Verb::Lock);
        let mut names: Vec<String> = locks.map(|access| access.object.name.to_string()).collect();
        names.sort();
        names
    };
    assert_eq!(locked("LOCK TABLE orders"), ["orders"]);
    assert_eq!(locked("LOCK TABLE totals IN SHARE MODE"), ["orders", "totals"]);
    assert_eq!(locked("LOCK TABLE all_totals"), ["all_totals", "orders", "part", "parted", "totals"]);
}
