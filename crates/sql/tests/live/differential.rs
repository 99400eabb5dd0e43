//! What facts say against what the server did: a statement that only reads leaves every checksum as it was, and one
//! that writes changes nothing outside of what it is said to write.

use std::collections::{BTreeMap, BTreeSet};

use model::facts::{Facts, ObjectKind, RiskKind, Verb};
use sql::{View, analyze};

use crate::effect::{Effect, run};
use crate::house::House;

/// At least so many statements are compared on each version.
const STATEMENTS_MIN: usize = 2_000;

/// With one of these the facts say themselves that they may not tell everything, and default rules refuse.
const TELLING: [RiskKind; 13] = [
    // Reaches what it does not name.
    RiskKind::Cascade,
    RiskKind::DynamicSql,
    RiskKind::SqlFromString,
    RiskKind::File,
    RiskKind::Program,
    RiskKind::Network,
    RiskKind::Replication,
    RiskKind::LargeObject,
    RiskKind::SideEffect,
    RiskKind::UserFunction,
    RiskKind::NativeCode,
    RiskKind::UnknownCursor,
    RiskKind::SystemWrite,
];

/// Statements that name none of the objects that they reach, and the rules that refuse them by default.
const LISTED: [(&str, &str); 1] = [("DROP OWNED", "destructive/drop")];

/// Statistics of the planner are no data.
const STATISTICS: [&str; 2] = ["pg_catalog.pg_statistic", "pg_catalog.pg_statistic_ext_data"];

/// All that the statements of a text are said to do.
struct Told {
    facts: Vec<Facts>,
}

impl Told {
    /// Why the facts are not to be relied on, in their own words.
    fn doubt(&self) -> Option<String> {
        let opaque =
            self.facts.iter().flat_map(|facts| &facts.opaque).map(|why| format!("opaque {}", why.kind));
        let risks = self.facts.iter().flat_map(|facts| &facts.risks);
        let risks = risks
            .filter(|risk| TELLING.contains(&risk.kind))
            .map(|risk| format!("risk {}", risk.kind.as_str()));
        let commands = self.facts.iter().map(|facts| facts.command);
        let listed = commands.flat_map(|own| LISTED.iter().filter(move |(command, _)| own == *command));
        opaque.chain(risks).chain(listed.map(|(command, rule)| format!("{command}: {rule}"))).next()
    }

    fn verbs(&self) -> BTreeSet<Verb> {
        self.facts.iter().flat_map(|facts| facts.verbs.iter().copied()).collect()
    }

    /// A type or schema that is defined anew makes rows read differently that nobody wrote.
    fn defines_type(&self) -> bool {
        let accesses = self.facts.iter().flat_map(|facts| &facts.accesses);
        accesses
            .filter(|access| matches!(access.object.kind, ObjectKind::Type | ObjectKind::Schema))
            .any(|access| matches!(access.verb, Verb::Alter | Verb::Drop))
    }

    fn is_read_only(&self) -> bool {
        self.facts.iter().all(Facts::is_read_only)
    }

    /// The objects that are written, as `schema.name`.
    fn written(&self) -> BTreeSet<String> {
        self.facts
            .iter()
            .flat_map(|facts| &facts.accesses)
            .filter(|access| !access.verb.is_read_only())
            .map(|access| access.object.full_name())
            .collect()
    }
}

/// What the facts did not say, if anything.
fn disagreement(told: &Told, effect: &Effect) -> Vec<String> {
    let mut found = Vec::new();
    if !effect.ran {
        return found;
    }
    if told.is_read_only() {
        let all =
            effect.tables.iter().chain(&effect.contents).chain(&effect.catalogues).chain(&effect.sequences);
        let all = all.filter(|name| !STATISTICS.contains(&name.as_str()));
        found.extend(all.map(|name| format!("said to read only, changed {name}")));
        return found;
    }
    let written = told.written();
    found.extend(effect.tables.difference(&written).map(|name| format!("not said to write {name}")));
    if !told.defines_type() {
        found.extend(effect.contents.difference(&written).map(|name| format!("not said to change {name}")));
    }
    // What is defined anew writes the catalogues, and so does TRUNCATE (a new file) and a temporary table.
    let defines = told.verbs().into_iter().any(|verb| {
        matches!(
            verb,
            Verb::Create | Verb::Alter | Verb::Drop | Verb::Grant | Verb::Truncate | Verb::Other | Verb::Set
        )
    });
    if !defines {
        found.extend(effect.catalogues.iter().map(|name| format!("not said to write {name}")));
    }
    found
}

fn corpus() -> Vec<String> {
    let mut texts: Vec<String> = rig::corpus::statements().into_iter().map(str::to_owned).collect();
    texts.extend(rig::corpus::patterned());
    texts.extend(rig::corpus::collected().into_iter().filter(|text| !text.contains('$')).map(str::to_owned));
    texts.extend(rig::corpus::queries(3, 480));
    texts
}

#[test]
fn facts_say_no_less_than_the_server_does() {
    let texts = corpus();
    assert!(texts.len() >= STATEMENTS_MIN, "{} statements", texts.len());
    let mut wrong = Vec::new();
    for house in House::each() {
        let effects = run(&house, &texts);
        let (mut ran, mut reads, mut writes) = (0, 0, 0);
        let mut doubts: BTreeMap<String, usize> = BTreeMap::new();
        for (text, effect) in texts.iter().zip(&effects) {
            let analysis = analyze(text.as_bytes(), &house.catalogue, &View::default());
            let told = Told { facts: analysis.statements.iter().map(|one| (*one.facts).clone()).collect() };
            assert!(!told.facts.is_empty(), "{text}");
            ran += usize::from(effect.ran);
            if let Some(doubt) = told.doubt() {
                *doubts.entry(doubt).or_default() += 1;
                continue;
            }
            *(if told.is_read_only() { &mut reads } else { &mut writes }) += 1;
            wrong.extend(
                disagreement(&told, effect)
                    .into_iter()
                    .map(|what| format!("{} {what}\n    {text}", house.major())),
            );
        }
        println!(
            "PostgreSQL {}: {} statements, {ran} ran; said to read {reads}, to write {writes}; \
             refused by default because {doubts:?}",
            house.major(),
            texts.len()
        );
        assert!(ran * 10 >= texts.len() * 7, "only {ran} of {} ran", texts.len());
    }
    assert!(wrong.is_empty(), "{} disagreements\n{}", wrong.len(), wrong.join("\n"));
}
