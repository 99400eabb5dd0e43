//! Lineage, reads, predicates and writes against the server's own analysed and rewritten tree. Nothing may be missed;
//! what analysis says beyond the server is counted and shown.

use std::collections::{BTreeMap, BTreeSet};

use model::facts::{Facts, Verb};
use rig::oracle::{Answer, Columns, Truth, ask};
use sql::{View, analyze};

use crate::house::{DATABASE, House, ROLE};

/// At least so many queries must have been compared on each version.
const COMPARED_MIN: usize = 1_000;

/// What a server brings itself has OIDs below this.
const FIRST_OWN: u32 = 16_384;

/// `relation.column`s by OID and number.
struct Names(BTreeMap<(u32, i16), String>);

/// What came of it all.
#[derive(Default)]
struct Count {
    compared: usize,
    refused: usize,
    opaque: usize,
    columns: usize,
    beyond: usize,
    exact: usize,
}

impl Names {
    fn of(house: &House) -> Self {
        let rows = house
            .server
            .sql(
                DATABASE,
                "SELECT attrelid, attnum, attrelid::regclass || '.' || attname FROM pg_attribute WHERE NOT attisdropped",
            )
            .unwrap();
        let row = |row: Vec<Option<String>>| {
            let mut values = row.into_iter().flatten();
            let mut next = || values.next().unwrap();
            ((next().parse().unwrap(), next().parse().unwrap()), next())
        };
        Self(rows.into_iter().map(row).collect())
    }

    /// Whole rows become all of their columns. What the server's own views are made of is not looked into: reading
    /// one is the view's access, and dangerous ones are dangers by their name.
    fn spread(&self, columns: &Columns) -> BTreeSet<String> {
        columns
            .iter()
            .filter(|(relation, _)| *relation >= FIRST_OWN)
            .flat_map(|(relation, number)| {
                let all = self.0.range((*relation, i16::MIN)..=(*relation, i16::MAX));
                all.filter(move |((_, own), _)| own == number || (*number == 0 && *own > 0))
            })
            .map(|(_, name)| name.clone())
            .collect()
    }

    fn ours(&self, relation: u32, column: &str) -> String {
        let of = self.0.range((relation, i16::MIN)..=(relation, i16::MAX)).next();
        let relation = of.and_then(|(_, name)| name.rsplit_once('.')).map_or("?", |(relation, _)| relation);
        format!("{relation}.{column}")
    }
}

/// What we say that a statement does with columns, by what it does with them.
struct Ours {
    reads: BTreeSet<String>,
    predicates: BTreeSet<String>,
    writes: BTreeSet<String>,
    targets: BTreeSet<(u32, Verb)>,
}

impl Ours {
    fn of(facts: &Facts, names: &Names) -> Self {
        let mut ours = Self {
            reads: BTreeSet::new(),
            predicates: BTreeSet::new(),
            writes: BTreeSet::new(),
            targets: BTreeSet::new(),
        };
        for access in &facts.accesses {
            let oid = access.object.oid;
            ours.targets.insert((oid, access.verb));
            let name = |column: &std::sync::Arc<str>| names.ours(oid, column);
            ours.reads.extend(access.columns.read.iter().map(name));
            ours.predicates.extend(access.columns.predicate.iter().map(name));
            ours.writes.extend(access.columns.written.iter().map(name));
        }
        ours
    }
}

/// What the server has and we have not, one line each.
fn misses(truth: &Truth, facts: &Facts, names: &Names, count: &mut Count) -> Vec<String> {
    let ours = Ours::of(facts, names);
    let mut misses = Vec::new();
    let sets = [
        ("read", &truth.reads, &ours.reads),
        ("predicate", &truth.predicates, &ours.predicates),
        ("written", &truth.writes, &ours.writes),
    ];
    for (what, theirs, ours) in sets {
        let theirs = names.spread(theirs);
        misses.extend(theirs.difference(ours).map(|column| format!("{what} {column}")));
        count.columns += theirs.len();
    }
    for (relation, command) in &truth.targets {
        let verb = match command {
            2 => Verb::Update,
            3 => Verb::Insert,
            4 => Verb::Delete,
            _ => Verb::Merge,
        };
        let told = facts.verbs.contains(&verb) && ours.targets.iter().any(|(own, _)| own == relation);
        if !told {
            misses.push(format!("{verb:?} of relation {relation}"));
        }
    }
    match (&truth.outputs, &facts.outputs) {
        (None, _) => {}
        (Some(_), None) => misses.push("all outputs".into()),
        (Some(theirs), Some(outputs)) if theirs.len() != outputs.len() => {
            misses.push(format!("{} outputs, not {}", theirs.len(), outputs.len()));
        }
        (Some(theirs), Some(outputs)) => {
            let mut exact = true;
            for (number, (theirs, output)) in theirs.iter().zip(outputs.iter()).enumerate() {
                let theirs = names.spread(theirs);
                let own: BTreeSet<String> =
                    output.uses.iter().map(|one| names.ours(one.column.relation, &one.column.name)).collect();
                if !output.opaque {
                    let missed = theirs.difference(&own);
                    misses.extend(missed.map(|column| format!("output {} <- {column}", number + 1)));
                }
                let beyond = own.difference(&theirs).count();
                count.beyond += beyond;
                exact &= beyond == 0 && !output.opaque;
            }
            count.exact += usize::from(exact);
        }
    }
    misses
}

#[test]
fn nothing_that_the_server_reads_is_missed() {
    let made = rig::corpus::queries(1, 1_500);
    let queries: Vec<&str> =
        rig::corpus::collected().into_iter().chain(made.iter().map(String::as_str)).collect();
    let mut wrong = Vec::new();
    for house in House::each() {
        let names = Names::of(&house);
        let before = format!("SET SESSION AUTHORIZATION {ROLE};");
        let answers = ask(&house.server, DATABASE, &before, &queries).unwrap();
        let mut count = Count::default();
        for (query, answer) in queries.iter().zip(&answers) {
            let truth = match answer {
                Answer::Known(truth) => truth,
                Answer::Error(_) => {
                    count.refused += 1;
                    continue;
                }
                Answer::Unreadable(what) => panic!("{query}: {what}"),
            };
            let analysis = analyze(query.as_bytes(), &house.catalogue, &View::default());
            assert_eq!(analysis.statements.len(), 1, "{query}");
            let facts = &analysis.statements[0].facts;
            if !facts.opaque.is_empty() {
                count.opaque += 1;
                eprintln!("{} opaque {:?}\n    {query}", house.major(), facts.opaque);
                continue;
            }
            count.compared += 1;
            for miss in misses(truth, facts, &names, &mut count) {
                wrong.push(format!("{} {miss}\n    {query}", house.major()));
            }
        }
        println!(
            "PostgreSQL {}: {} queries compared ({} that the server refuses, {} opaque to us), {} columns; \
             outputs exact in {}, {} uses beyond the server's",
            house.major(),
            count.compared,
            count.refused,
            count.opaque,
            count.columns,
            count.exact,
            count.beyond
        );
        assert!(count.compared >= COMPARED_MIN, "only {} queries compared", count.compared);
        assert!(count.opaque * 100 <= count.compared, "{} of {} opaque", count.opaque, count.compared);
    }
    assert!(wrong.is_empty(), "{} misses\n{}", wrong.len(), wrong.join("\n"));
}
