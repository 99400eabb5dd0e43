//! What it costs to understand a text that nobody sent before, as applications send them. `cargo bench -p tollhouse-sql`.

#![expect(missing_docs, reason = "criterion's macros make functions without any")]
#![expect(clippy::panic, reason = "a bench that cannot be set up has nothing to measure")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use sql::View;
use sql::catalogue::builtin;

const TABLES: &str = "\
public.pgbench_accounts(aid int4 pk, bid int4, abalance int4, filler bpchar) rows 100000
public.customers(id int8 pk, email text unique, full_name text, city text, created_at timestamptz) rows 200000
public.orders(id int8 pk, customer_id int8, total numeric, status text, created_at timestamptz) rows 900000";

const TEXTS: [(&str, &str); 5] = [
    ("by key", "SELECT abalance FROM pgbench_accounts WHERE aid = 48213;"),
    ("update", "UPDATE pgbench_accounts SET abalance = abalance + -2911 WHERE aid = 48213;"),
    (
        "insert",
        "INSERT INTO orders (customer_id, total, status, created_at) VALUES (81, 19.90, 'new', now()) RETURNING id",
    ),
    (
        "join",
        "SELECT c.full_name, count(*), sum(o.total) FROM customers c JOIN orders o ON o.customer_id = c.id \
         WHERE o.created_at >= now() - interval '30 days' AND o.status IN ('paid', 'sent') GROUP BY c.id \
         ORDER BY sum(o.total) DESC LIMIT 20",
    ),
    (
        "mapper",
        "SELECT t0.id AS a_1, t0.email AS a_2, t0.full_name AS a_3, t0.city AS a_4, t0.created_at AS a_5 FROM customers t0 \
         WHERE (t0.email = $1 OR t0.email = lower('A@example.com')) AND t0.id > 5 ORDER BY t0.id ASC LIMIT 50 OFFSET 100",
    ),
];

fn texts(criterion: &mut Criterion) {
    let catalogue = builtin(180_000).with_tables(TABLES).unwrap_or_else(|error| panic!("{error:?}"));
    let view = View::default();
    let mut group = criterion.benchmark_group("analyze");
    for (name, text) in TEXTS {
        let opaque = sql::analyze(text.as_bytes(), &catalogue, &view)
            .statements
            .iter()
            .any(|one| !one.facts.opaque.is_empty());
        assert!(!opaque, "{name} is not understood");
        group.bench_function(name, |bench| {
            bench.iter(|| sql::analyze(black_box(text.as_bytes()), &catalogue, &view));
        });
    }
    group.finish();
}

criterion_group!(benches, texts);
criterion_main!(benches);
