//! What must hold for any text: analysis never fails, says the same thing twice, and says something of every
//! statement. The fuzz target calls this with new bytes, the tests of `sql` with the corpus.

use std::sync::LazyLock;

use sql::View;
use sql::catalogue::{Catalogue, builtin};

const TABLES: &str = "\
public.customers(id int4 pk, full_name text not null, email text unique, ssn text) rows 20000
public.orders(id int8 pk, customer_id int4, total numeric, status text)
view public.names(id int4, full_name text) as SELECT customers.id, customers.full_name FROM public.customers
function public.purge() returns void volatile plpgsql as BEGIN DELETE FROM public.customers; END
";

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| builtin(18).with_tables(TABLES).expect("the tables are right"));

/// A text is analyzed, and again as the session that it leaves behind would read it.
pub fn analyze(bytes: &[u8]) {
    let mut view = View::default();
    let first = sql::analyze(bytes, &CATALOGUE, &view);
    let second = sql::analyze(bytes, &CATALOGUE, &view);
    assert_eq!(first.statements.len(), second.statements.len());
    for (one, other) in first.statements.iter().zip(&second.statements) {
        assert_eq!(one.facts, other.facts);
        assert!(!one.facts.verbs.is_empty() || one.facts.command == "SELECT", "{:?}", one.facts);
        assert_eq!(one.facts.opaque.is_empty(), !one.facts.verbs.contains(&model::facts::Verb::Opaque));
        assert!(one.span.end <= bytes.len());
        one.effects.iter().for_each(|effect| view.apply(effect));
    }
    let _ = sql::analyze(bytes, &CATALOGUE, &view);
}
