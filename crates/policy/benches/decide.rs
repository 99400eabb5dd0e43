//! What a decision costs that no cache answers, with the packs alone and among 200 rules. Compare ratios, not times.

#![expect(missing_docs, reason = "criterion's macros make functions without any")]
#![expect(clippy::panic, reason = "a bench that cannot be set up has nothing to measure")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use model::facts::{Access, Columns, Facts, Object, ObjectKind, Risk, RiskKind, Verb};
use model::{Environment, Name, Principal, PrincipalKind, Timestamp};
use policy::{Asked, Rules, Source};

fn name(text: &str) -> Name {
    Name::new(text).unwrap_or_else(|error| panic!("{error}"))
}

fn principal(of: &str, kind: PrincipalKind, on_behalf_of: Option<&str>) -> Principal {
    let groups = vec![name("engineering"), name("on-call")];
    Principal { name: name(of), kind, groups, on_behalf_of: on_behalf_of.map(name) }
}

fn access(verb: Verb, table: &str) -> Access {
    Access {
        verb,
        object: Object { kind: ObjectKind::Table, schema: "public".into(), name: table.into(), oid: 16_384 },
        columns: Columns { read: vec!["id".into(), "email".into()], ..Columns::default() },
        unbounded: false,
        rows: Some(200),
    }
}

/// A select, a join of five tables, and a delete without a WHERE.
fn statements() -> [(&'static str, Facts); 3] {
    let select = Facts {
        command: "SELECT",
        verbs: vec![Verb::Select],
        accesses: vec![access(Verb::Select, "orders")],
        ..Facts::default()
    };
    let join = Facts {
        accesses: ["a", "b", "c", "d", "e"].map(|table| access(Verb::Select, table)).into(),
        ..select.clone()
    };
    let delete = Facts {
        command: "DELETE",
        verbs: vec![Verb::Delete],
        accesses: vec![Access { unbounded: true, ..access(Verb::Delete, "orders") }],
        risks: vec![Risk { kind: RiskKind::NoWhere, about: "public.orders".into() }],
        ..Facts::default()
    };
    [("select", select), ("join of 5", join), ("delete all", delete)]
}

/// The packs and as many own rules as make 200: as teams write them, by group, table, time and purpose.
fn two_hundred() -> Vec<Source> {
    let mut sources = Rules::packs();
    let packs = Rules::check(&sources).map_or(0, |rules| rules.list().len());
    let mut text = String::new();
    for at in packs..200 {
        let scope = match at % 4 {
            0 => format!("principal in Group::\"team-{at}\", action in Action::\"write\", resource in Schema::\"shop/s{at}\""),
            1 => format!("principal, action in Action::\"read\", resource == Relation::\"shop/public.t{at}\""),
            2 => "principal in Group::\"engineering\", action == Action::\"select\", resource in Target::\"shop\"".to_owned(),
            _ => "principal, action, resource in Environment::\"production\"".to_owned(),
        };
        // Some that are told by a word or a risk, and as many that Cedar has to evaluate.
        let condition = match at % 7 {
            0 => format!("context.purpose == \"p{at}\""),
            1 => format!("context.object.read.contains(\"secret{at}\")"),
            2 => "context.risks.contains(\"program\") && context.statements > 1".to_owned(),
            3 => format!("context.hour < 6 && context.weekday == {}", 1 + at % 7),
            4 => format!("context has limit && context.limit > {}", 1000 + at),
            5 => format!("context.object has rows && context.object.rows > {}", 1_000_000 + at),
            _ => format!(
                "!(context.session.database like \"s*\") || context.object.name like \"private_{at}*\""
            ),
        };
        text.push_str(&format!("@id(\"own/r{at}\") forbid({scope}) when {{ {condition} }};\n"));
    }
    sources.push(Source { name: "own.cedar".to_owned(), text, pack: false });
    sources
}

fn decide(criterion: &mut Criterion) {
    let human = principal("alice", PrincipalKind::Human, None);
    let agent = principal("bot", PrincipalKind::Agent, Some("alice"));
    let target = name("shop");
    for (set, sources) in [("packs", Rules::packs()), ("200 rules", two_hundred())] {
        let rules = Rules::check(&sources).unwrap_or_else(|problems| panic!("{problems:?}"));
        for (what, facts) in statements() {
            for (who, principal, human) in [("human", &human, None), ("agent", &agent, Some(&human))] {
                let asked = Asked {
                    principal,
                    human,
                    target: &target,
                    environment: Environment::Production,
                    database: "shop",
                    statements: &[&facts],
                    named: &[],
                    purpose: None,
                    now: Timestamp(1_772_445_600_000_000),
                };
                criterion.bench_function(&format!("{set}, {who}: {what}"), |bencher| {
                    bencher.iter(|| rules.decide(black_box(&asked)));
                });
            }
        }
    }
}

criterion_group!(benches, decide);
criterion_main!(benches);
