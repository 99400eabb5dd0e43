//! What queries read, write and give back, with hand-written truth.

mod bound;
mod call;
mod flow;
mod hazard;
mod lineage;
mod meant;
mod older;
mod probe;
mod standing;
mod unseen;
mod write;

use std::sync::OnceLock;

use model::facts::{Derivation, Facts, RiskKind, Verb};

use crate::catalogue::{Catalogue, builtin};
use crate::view::View;

const TABLES: &str = "\
table public.customers(id int4 pk, full_name text, email text not null, ssn text, card text, dob date, salary numeric, notes text, profile jsonb, seen timestamptz not null) rows 200
domain public.mail text
table public.contacts(id int4 pk, mail public.mail)
table public.orders(id int8 pk, customer int4 not null, total numeric, status text) rows 1000
table public.items(id int8 pk, order_id int8, label text, price numeric default 0, twice numeric generated price * 2)
table public.kept_by_time(at timestamptz pk, msg text)
table public.booked(id int8 pk, during tstzrange not null, tags text[], place point)
table public.log(at timestamptz, msg text)
table public.parts(id int4, region text)
table public.parts_eu(id int4, region text) inherits public.parts
view public.names(id int4, n text) as SELECT customers.id, upper(customers.full_name) AS n FROM public.customers WHERE (customers.card IS NOT NULL)
function public.leak(t text) returns bool volatile plpgsql as BEGIN INSERT INTO log VALUES (now(), t); RETURN true; END
function public.tell(n int4) returns text stable sql as SELECT ssn FROM public.customers WHERE id = n
function public.made(n int4) returns text stable plpgsql as DECLARE t text; BEGIN EXECUTE 'SELECT s' || 'sn FROM customers' INTO t; RETURN t; END
function public.tidy(t text) returns text immutable sql as SELECT upper(t)
function public.move_all() returns void volatile plpgsql as DECLARE v text; BEGIN SELECT ssn INTO v FROM customers; INSERT INTO log(msg) VALUES (v); END
view public.simple(id int4, secret text) as SELECT customers.id, customers.ssn AS secret FROM public.customers
view public.over(s text) as SELECT simple.secret AS s FROM public.simple
table public.split(id int4, region text)
table public.split_eu(id int4, region text) partitions public.split
table public.kept(id int4 pk, name text)
table public.follows(id int8 pk, kept int4) cascades public.kept
table public.beyond(id int8 pk, follows int8) cascades public.follows
table public.ruled(id int4, v text)
rule public.ruled CREATE RULE r AS ON INSERT TO public.ruled DO INSTEAD SELECT customers.ssn FROM public.customers
rule public.ruled CREATE RULE d AS ON DELETE TO public.ruled DO INSTEAD DELETE FROM public.log WHERE (log.msg = old.v)
";

fn catalogue() -> &'static Catalogue {
    static ONE: OnceLock<Catalogue> = OnceLock::new();
    ONE.get_or_init(|| builtin(18).with_tables(TABLES).expect("the tables can be read"))
}

fn facts(sql: &str) -> Facts {
    let analysis = crate::analyze(sql.as_bytes(), catalogue(), &View::default());
    let one = analysis.statements.first().expect("there is a statement");
    Facts::clone(&one.facts)
}

/// `name < customers.ssn, customers.id*` per output; `*` = computed from it, `?` = opaque.
fn lineage(sql: &str) -> Vec<String> {
    let facts = facts(sql);
    assert!(facts.opaque.is_empty(), "{sql}: {:?}", facts.opaque);
    let outputs = facts.outputs.expect("it gives rows back");
    outputs
        .iter()
        .map(|output| {
            let uses: Vec<String> = output
                .uses
                .iter()
                .map(|one| {
                    let derived = if one.derivation == Derivation::Derived { "*" } else { "" };
                    let of = one.column.of.strip_prefix("public.").unwrap_or(&one.column.of);
                    format!("{of}.{}{derived}", one.column.name)
                })
                .collect();
            let opaque = if output.opaque { "?" } else { "" };
            format!("{}{opaque} < {}", output.name, uses.join(", ")).trim_end().to_owned()
        })
        .collect()
}

/// `select public.customers read[…] written[…] predicate[…] all` per access.
fn accesses(sql: &str) -> Vec<String> {
    let facts = facts(sql);
    assert!(facts.opaque.is_empty(), "{sql}: {:?}", facts.opaque);
    facts
        .accesses
        .iter()
        .map(|access| {
            let mut line = format!("{} {}", access.verb.as_str(), access.object.name);
            for (word, columns) in [
                ("read", &access.columns.read),
                ("written", &access.columns.written),
                ("predicate", &access.columns.predicate),
            ] {
                if !columns.is_empty() {
                    line.push_str(&format!(" {word}[{}]", columns.join(",")));
                }
            }
            if access.unbounded {
                line.push_str(" all");
            }
            line
        })
        .collect()
}

fn has_risk(sql: &str, kind: RiskKind) -> bool {
    facts(sql).risks.iter().any(|risk| risk.kind == kind)
}
