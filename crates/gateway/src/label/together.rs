//! Puts together what was found out about tables one by one: what people said of columns, what travels along keys, inheritance
//! and definitions, and what each column is held for in the end. It asks nobody.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use engine::{Labels, Standing};
use mask::label::{Finding, Kind, Label, Reason, propagate};
use model::Class;
use model::facts::{ObjectKind, Output};
use sql::View;
use sql::catalogue::{Catalogue, Relation};

use super::answer::Details;
use super::evidence::{self, links};
use super::{FIRST_OWN, Known, is_stored};
use crate::settings::Correction;

/// The labels of a database that somebody described: of these columns these, of the others none.
pub(crate) fn given(catalogue: &Catalogue, classes: &HashMap<(u32, i16), Class>) -> Labels {
    let mut tables: Vec<&Arc<Relation>> =
        catalogue.relations().filter(|relation| is_stored(relation)).collect();
    tables.sort_by_key(|relation| relation.oid);
    let finding = |relation: u32, number: i16| {
        let why = vec![Reason::HarmlessType];
        match classes.get(&(relation, number)) {
            Some(class) => Finding::Labelled(Label { class: *class, confidence: 100, why }),
            None => Finding::Clear { why },
        }
    };
    let known = |relation: &&Arc<Relation>| {
        let numbers: Vec<i16> = relation.columns.iter().map(|column| column.number).collect();
        let findings = numbers.iter().map(|number| finding(relation.oid, *number)).collect();
        (relation.oid, Known { definition: 0, numbers, findings, at: Instant::now(), seen: true })
    };
    let found = tables.iter().map(known).collect();
    labels(catalogue, &tables, (&found, false), (&Details::default(), &[]), catalogue.version).0
}

/// Puts all findings together: along keys, inheritance and definitions, for views by what they are made of.
/// When what was known of columns before `is_lost`, only what people said of one is believed: any other may have been hidden.
pub(super) fn labels(
    catalogue: &Catalogue,
    tables: &[&Arc<Relation>],
    (found, is_lost): (&HashMap<u32, Known>, bool),
    (details, said): (&Details, &[Correction]),
    version: u64,
) -> (Labels, HashMap<u32, Vec<Finding>>) {
    let mut findings: Vec<Vec<Finding>> = tables
        .iter()
        .map(|relation| found.get(&relation.oid).map(|known| known.findings.clone()).unwrap_or_default())
        .collect();
    // What people said travels on, and is not overruled by what came back.
    correct(tables, &mut findings, said);
    propagate(&mut findings, &links(tables, details));
    correct(tables, &mut findings, said);
    let mut relations: HashMap<u32, Arc<[engine::Column]>> = HashMap::new();
    for (relation, findings) in tables.iter().zip(&findings) {
        let columns = relation.columns.iter().zip(findings).map(|(column, finding)| {
            let type_name = evidence::type_name(catalogue, column.type_oid);
            let kind = (Kind::of(&type_name), PLAIN.contains(&&*type_name));
            let (number, name) = (column.number, Arc::clone(&column.name));
            let standing = if is_lost && !is_said(finding) { Standing::New } else { standing(finding, kind) };
            engine::Column { number, name, standing }
        });
        relations.insert(relation.oid, columns.collect());
    }
    // Where a materialized view was filled from it holds what that holds.
    let base = Labels::new(version, relations.clone());
    for relation in tables.iter().filter(|relation| relation.kind == ObjectKind::MaterializedView) {
        let Some(columns) = relations.get_mut(&relation.oid) else { continue };
        let lineage = lineage(catalogue, relation, columns.len());
        *columns = columns
            .iter()
            .zip(lineage.iter())
            .map(|(column, output)| {
                let of = |used: &model::facts::Use| base.of(used.column.relation, used.column.number);
                let source = output.uses.iter().map(of).find(|standing| standing.class().is_some());
                let own = || if output.opaque { Standing::New } else { column.standing.clone() };
                engine::Column { standing: source.unwrap_or_else(own), ..column.clone() }
            })
            .collect();
    }
    // What a view shows is found by its lineage, statement by statement.
    for view in catalogue.relations().filter(|relation| relation.oid >= FIRST_OWN && !is_stored(relation)) {
        let columns = view.columns.iter().map(|column| engine::Column {
            number: column.number,
            name: Arc::clone(&column.name),
            standing: Standing::Clear,
        });
        relations.insert(view.oid, columns.collect());
    }
    let findings = tables.iter().map(|relation| relation.oid).zip(findings).collect();
    (Labels::new(version, relations), findings)
}

/// Where the columns of a materialized view come from; what cannot be told comes from anywhere.
fn lineage(catalogue: &Catalogue, relation: &Relation, columns: usize) -> Vec<Output> {
    let query = relation.query.as_deref().unwrap_or_default();
    let analysis = sql::analyze(query.as_bytes(), catalogue, &View::printed());
    let outputs = analysis.statements.first().and_then(|run| run.facts.outputs.clone());
    match outputs {
        Some(outputs) if outputs.len() == columns => outputs.to_vec(),
        _ => vec![Output { opaque: true, ..Output::default() }; columns],
    }
}

fn correct(tables: &[&Arc<Relation>], findings: &mut [Vec<Finding>], said: &[Correction]) {
    for said in said {
        let table = tables.iter().position(|relation| relation.oid == said.relation);
        let place = table.and_then(|table| {
            let relation = tables.get(table)?;
            let columns = &relation.columns;
            let column = columns.iter().position(|column| column.number == said.column)?;
            // What uncovers is not believed of a column that shares neither name with the one that was meant: another
            // database in the place of the first has the same numbers for other things.
            let is_meant = |column: &str| {
                let (of, name) = said.name.rsplit_once('.').unwrap_or(("", &said.name));
                name == column || of == format!("{}.{}", relation.schema, relation.name)
            };
            if said.class.is_none() && !columns.get(column).is_some_and(|column| is_meant(&column.name)) {
                return None;
            }
            findings.get_mut(table)?.get_mut(column)
        });
        let Some(place) = place else { continue };
        let why = vec![Reason::Said { because: said.reason.as_str().into() }];
        *place = match said.class {
            Some(class) => Finding::Labelled(Label { class, confidence: 100, why }),
            None => Finding::Clear { why },
        };
    }
}

/// Whether people said it of this very column.
fn is_said(finding: &Finding) -> bool {
    let why = match finding {
        Finding::Clear { why } => why,
        Finding::Labelled(label) => &label.why,
        Finding::Unsure(_) | Finding::Paths { .. } => return false,
    };
    why.iter().any(|reason| matches!(reason, Reason::Said { .. }))
}

/// Types whose values are looked through one by one, without making anything else of them.
const PLAIN: [&str; 6] = ["text", "varchar", "bpchar", "citext", "json", "jsonb"];

fn standing(finding: &Finding, (kind, is_plain): (Kind, bool)) -> Standing {
    match finding {
        // Whoever knows nothing of a text looks at it as it leaves.
        finding if finding.is_precaution() && kind.is_open() => Standing::Text,
        Finding::Labelled(label) | Finding::Unsure(label) => Standing::Is(label.class),
        Finding::Paths { paths, .. } => {
            Standing::Json(paths.iter().map(|(path, label)| (path.to_string().into(), label.class)).collect())
        }
        Finding::Clear { why } => {
            let said = |reason: &Reason| {
                matches!(reason, Reason::Said { .. } | Reason::HarmlessType | Reason::HarmlessName { .. })
            };
            // Values that look harmless now may be others in a minute.
            let seemed = why.iter().any(|reason| matches!(reason, Reason::HarmlessValues { .. }));
            match () {
                () if !kind.is_open() || why.iter().any(said) => Standing::Clear,
                () if !seemed => Standing::Text,
                () if is_plain => Standing::Plain,
                () => Standing::Clear,
            }
        }
    }
}
