//! What the columns of a database hold: asked of its catalogue, of the statistics that the server keeps anyway, and of a few
//! rows where it has none. What evidence means is `mask`'s; this asks, puts findings together, and forgets the values.

mod answer;
mod evidence;
mod question;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::{Labels, Standing};
use mask::label::{Finding, Kind, Label, Reason, judge, propagate};
use model::facts::{ObjectKind, Output};
use sql::View;
use sql::catalogue::{Catalogue, Relation};

use crate::settings::Correction;
use crate::upstream::{self, AskError, Connected, UpstreamError};
use answer::Details;
use evidence::{links, table};

/// Relations below this are the server's own.
const FIRST_OWN: u32 = 16_384;

/// Tables whose rows are looked at in one load, and how long that may take in all: what is left is judged by names, types
/// and statistics, and looked at in the next load.
const TABLES_MAX: usize = 200;
const ROWS_TIME: Duration = Duration::from_secs(2);

/// Tables whose statistics are asked for at once, and the most bytes of an answer.
const AT_ONCE: usize = 500;
const BYTES_MAX: usize = 32 << 20;

/// What was found out about a table holds so long, as long as its definition stays.
const FRESH: Duration = Duration::from_secs(3_600);

/// What was found out about a database, for the next time.
#[derive(Debug)]
pub struct Learned {
    pub(crate) labels: Arc<Labels>,
    /// Of each table's columns, after everything was put together.
    findings: HashMap<u32, Vec<Finding>>,
    /// What people said then.
    said: Vec<Correction>,
    /// Foreign keys, column by column.
    references: Vec<((u32, i16), (u32, i16))>,
    tables: HashMap<u32, Known>,
    since: Instant,
}

/// What was found out about a table.
#[derive(Clone, Debug)]
struct Known {
    /// The hash of its definition then.
    definition: u64,
    /// The columns' numbers, in the order of the findings.
    numbers: Vec<i16>,
    findings: Vec<Finding>,
    at: Instant,
    /// Whether its values were seen, in statistics or rows.
    seen: bool,
}

/// Finds out what the columns of a catalogue's tables hold, as far as `before` does not know.
///
/// # Errors
/// When the connection is lost. What the server refuses to say is not known, and that is all.
pub(crate) async fn learn(
    connected: &mut Connected,
    catalogue: &Catalogue,
    before: Option<&Learned>,
    said: &[Correction],
    version: impl FnOnce() -> u64,
) -> Result<Learned, AskError> {
    let mut tables: Vec<&Arc<Relation>> =
        catalogue.relations().filter(|relation| is_stored(relation)).collect();
    tables.sort_by_key(|relation| relation.oid);
    let now = Instant::now();
    let known = |relation: &Relation| {
        let known = before?.tables.get(&relation.oid)?;
        let is_good =
            known.definition == definition(relation) && now.duration_since(known.at) < FRESH && known.seen;
        is_good.then(|| known.clone())
    };
    let new: Vec<u32> =
        tables.iter().filter(|relation| known(relation).is_none()).map(|relation| relation.oid).collect();
    let mut details = Details::default();
    for oids in new.chunks(AT_ONCE) {
        if let Some(said) = asked(connected, &question::of_statistics(oids)).await? {
            details.join(answer::statistics(&said));
            answer::forget(said);
        }
    }
    // Who refers to whom comes with every answer; where nothing was asked it is as it was.
    if let Some(before) = before.filter(|_| new.is_empty()) {
        details.references.clone_from(&before.references);
    }
    let begun = Instant::now();
    let mut looked = 0_usize;
    let mut found: HashMap<u32, Known> = HashMap::with_capacity(tables.len());
    for relation in &tables {
        if let Some(known) = known(relation) {
            found.insert(relation.oid, known);
            continue;
        }
        let room = looked < TABLES_MAX && begun.elapsed() < ROWS_TIME;
        let mut seen = details.has_values(catalogue, relation);
        if !seen && room && relation.kind != ObjectKind::ForeignTable {
            looked = looked.saturating_add(1);
            seen = rows(connected, catalogue, relation, &mut details).await?;
        }
        let evidence = table(catalogue, relation, &mut details);
        let mut findings = judge(&evidence);
        if let Some(old) = before.and_then(|before| before.tables.get(&relation.oid)) {
            keep(relation, &mut findings, old);
        }
        let numbers = relation.columns.iter().map(|column| column.number).collect();
        let definition = definition(relation);
        found.insert(relation.oid, Known { definition, numbers, findings, at: now, seen });
    }
    let (labels, findings) = labels(catalogue, &tables, &found, (&details, said), version());
    Ok(Learned {
        labels: Arc::new(labels),
        findings,
        said: said.to_vec(),
        references: details.references,
        tables: found,
        since: now,
    })
}

impl Learned {
    /// What was found out about a table's columns, in their order, and whether their values were seen.
    #[must_use]
    pub fn table(&self, relation: u32) -> Option<(&[Finding], bool)> {
        let seen = self.tables.get(&relation).is_some_and(|known| known.seen);
        self.findings.get(&relation).map(|findings| (findings.as_slice(), seen))
    }

    /// Whether people have said the same since.
    pub(crate) fn was_told(&self, said: &[Correction]) -> bool {
        self.said == said
    }

    /// Whether it is to be found out again even if no definition has changed: values come after tables.
    pub(crate) fn is_old(&self) -> bool {
        let unseen = self.tables.values().any(|known| !known.seen);
        self.since.elapsed() >= if unseen { FRESH / 60 } else { FRESH }
    }
}

/// Asks what the server may refuse to say.
async fn asked(connected: &mut Connected, text: &str) -> Result<Option<Vec<u8>>, AskError> {
    match upstream::copy_out(connected, text, BYTES_MAX).await {
        Ok(said) => Ok(Some(said)),
        Err(AskError::Upstream(error @ UpstreamError::Refused { .. })) => {
            tracing::info!(%error, "values of some columns could not be looked at");
            upstream::copy_out(connected, "ROLLBACK", BYTES_MAX).await?;
            Ok(None)
        }
        // Less is known then, and nobody is kept out for it.
        Err(AskError::Long) => {
            tracing::info!("there are too many values to look at; columns are judged without");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Looks at a few rows of a table; whether it has any that may be seen.
async fn rows(
    connected: &mut Connected,
    catalogue: &Catalogue,
    relation: &Relation,
    details: &mut Details,
) -> Result<bool, AskError> {
    if !details.tables.get(&relation.oid).is_some_and(|table| table.is_readable) {
        return Ok(false);
    }
    let may_read =
        |number: i16| details.columns.get(&(relation.oid, number)).is_some_and(|column| column.is_readable);
    let columns: Vec<_> = relation
        .columns
        .iter()
        .filter(|column| question::is_telling(catalogue, column) && may_read(column.number))
        .collect();
    if columns.is_empty() {
        return Ok(true);
    }
    let Some(said) = asked(connected, &question::of_rows(catalogue, relation, &columns)).await? else {
        return Ok(false);
    };
    let samples = answer::rows(&said, columns.len());
    let some = !said.is_empty();
    answer::forget(said);
    for (column, samples) in columns.iter().zip(samples) {
        let known = details.columns.entry((relation.oid, column.number)).or_default();
        if known.samples.values.is_empty() {
            known.samples = samples;
        }
    }
    Ok(some)
}

/// What was labelled stays so until somebody says otherwise: values come and go, and who can change them could take a label
/// away. What opens doors is not taken for something lesser.
fn keep(relation: &Relation, findings: &mut [Finding], old: &Known) {
    for (column, finding) in relation.columns.iter().zip(findings) {
        let at = old.numbers.iter().position(|number| *number == column.number);
        let Some(before) = at.and_then(|at| old.findings.get(at)).filter(|before| !before.is_precaution())
        else {
            continue;
        };
        let Some(label) = before.label() else { continue };
        let is_lesser = match finding.label().filter(|_| !finding.is_precaution()) {
            None => true,
            Some(new) => label.class.is_secret_grade() && !new.class.is_secret_grade(),
        };
        if is_lesser {
            *finding = before.clone();
        }
    }
}

/// Whether a relation keeps rows of its own.
fn is_stored(relation: &Relation) -> bool {
    let kinds = [ObjectKind::Table, ObjectKind::MaterializedView, ObjectKind::ForeignTable];
    relation.oid >= FIRST_OWN && kinds.contains(&relation.kind)
}

fn definition(relation: &Relation) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&relation.schema, &relation.name).hash(&mut hasher);
    for column in relation.columns.iter() {
        (column.number, &column.name, column.type_oid, column.generated, &column.default).hash(&mut hasher);
    }
    hasher.finish()
}

/// Puts all findings together: along keys, inheritance and definitions, for views by what they are made of.
fn labels(
    catalogue: &Catalogue,
    tables: &[&Arc<Relation>],
    found: &HashMap<u32, Known>,
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
            engine::Column { number, name, standing: standing(finding, kind) }
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
    // Its names are printed so that they mean the same under an empty path.
    let view = View { path: Some(Arc::default()), ..View::default() };
    let analysis = sql::analyze(query.as_bytes(), catalogue, &view);
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
