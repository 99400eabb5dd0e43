//! Puts together what was found out about tables one by one: what people said of columns, what travels along keys, inheritance
//! and definitions, and what each column is held for in the end. It asks nobody.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use engine::{Labels, Standing};
use mask::label::{Finding, Kind, Label, Reason, propagate};
use model::Class;
use model::facts::{Derivation, ObjectKind, Output, Use};
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
    filled(catalogue, tables, &findings, (&mut relations, version));
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

/// What materialized views hold: what they were filled from, which may be materialized views too. What is made of values is
/// not masked as they are, since the mask would show other parts of them.
fn filled(
    catalogue: &Catalogue,
    tables: &[&Arc<Relation>],
    findings: &[Vec<Finding>],
    (relations, version): (&mut HashMap<u32, Arc<[engine::Column]>>, u64),
) {
    let is_filled =
        |(relation, _): &(&&Arc<Relation>, &Vec<Finding>)| relation.kind == ObjectKind::MaterializedView;
    let views: Vec<_> = tables
        .iter()
        .zip(findings)
        .filter(is_filled)
        .map(|(view, findings)| (view, findings, lineage(catalogue, view, view.columns.len())))
        .collect();
    // Each round is right for one view more, or is the last.
    for _ in &views {
        let base = Labels::new(version, relations.clone());
        let mut changed = false;
        for (view, findings, lineage) in &views {
            let Some(columns) = relations.get_mut(&view.oid) else { continue };
            let new: Arc<[engine::Column]> = columns
                .iter()
                .zip(lineage)
                .enumerate()
                .map(|(at, (column, output))| match findings.get(at) {
                    Some(finding) if is_said(finding) => column.clone(),
                    _ => engine::Column { standing: made(&base, output, &column.standing), ..column.clone() },
                })
                .collect();
            changed |= new != *columns;
            *columns = new;
        }
        if !changed {
            return;
        }
    }
}

/// What a column holds that comes from there, and would hold `own` by itself.
fn made(base: &Labels, output: &Output, own: &Standing) -> Standing {
    if output.opaque {
        return Standing::New;
    }
    let of = |used: &Use| base.of(used.column.relation, used.column.number);
    if let [only] = output.uses.as_slice()
        && only.derivation == Derivation::Copy
    {
        return Some(of(only)).filter(|source| source.class().is_some()).unwrap_or_else(|| own.clone());
    }
    let mut classes: Vec<Class> = output.uses.iter().flat_map(|used| of(used).classes()).collect();
    classes.sort_unstable();
    classes.dedup();
    if classes.is_empty() { own.clone() } else { Standing::Made(classes.into()) }
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

#[cfg(test)]
mod tests {
    use sql::catalogue::builtin;

    use super::*;

    #[test]
    fn what_is_made_of_values_is_not_masked_as_they_are() {
        let catalogue = builtin(18)
            .with_tables(
                "public.customers(id int8 pk, card text, email text)\n\
                 materialized view public.later(c text, r text, n int8, b text) as SELECT m.same, m.made, m.id, \
                   m.same || m.made FROM public.m m\n\
                 materialized view public.m(id int8, same text, made text) as SELECT c.id, c.card, \
                   reverse(c.email) FROM public.customers c",
            )
            .unwrap();
        let oid = |name| catalogue.relation_exactly("public", name).unwrap().oid;
        let classes = HashMap::from([
            ((oid("customers"), 2), Class::CardNumber),
            ((oid("customers"), 3), Class::Email),
        ]);
        let labels = given(&catalogue, &classes);
        let made = |classes: &[Class]| Standing::Made(classes.into());
        assert_eq!(labels.of(oid("m"), 1), Standing::Clear);
        assert_eq!(labels.of(oid("m"), 2), Standing::Is(Class::CardNumber));
        assert_eq!(labels.of(oid("m"), 3), made(&[Class::Email]));
        assert_eq!(labels.of(oid("later"), 1), Standing::Is(Class::CardNumber));
        assert_eq!(labels.of(oid("later"), 2), made(&[Class::Email]));
        assert_eq!(labels.of(oid("later"), 3), Standing::Clear);
        assert_eq!(labels.of(oid("later"), 4), made(&[Class::Email, Class::CardNumber]));
    }
}
