//! What the columns of a database hold: asked of its catalogue, of the statistics that the server keeps anyway, and of a few
//! rows where it has none. What evidence means is `mask`'s; this asks, puts findings together, and forgets the values.

mod answer;
mod evidence;
mod memory;
mod past;
mod question;
mod together;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::Labels;
use mask::label::{Finding, judge};
use model::Name;
use model::facts::ObjectKind;
use sql::catalogue::{Catalogue, Relation};

use crate::settings::Correction;
use crate::upstream::{self, AskError, Connected, UpstreamError};
use answer::Details;
use evidence::table;
pub(crate) use memory::Forgotten;
pub use memory::Memory;
use past::Past;
pub(crate) use together::given;
use together::labels;

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
    /// Which database of which server this is.
    of: String,
    /// What was found out before the gate began is there, and could not be read: everything is hidden.
    forgotten: Option<Forgotten>,
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

/// What is known of a database's columns already.
#[derive(Clone, Copy)]
pub(crate) struct Before<'a> {
    /// The target that leads there.
    pub(crate) target: &'a Name,
    /// What this gate found out last.
    pub(crate) learned: Option<&'a Learned>,
    /// What was found out before that.
    pub(crate) memory: &'a Arc<Memory>,
    /// What people said.
    pub(crate) said: &'a [Correction],
}

/// Finds out what the columns of a catalogue's tables hold, as far as is not known already, and keeps it.
///
/// # Errors
/// When the connection is lost. What the server refuses to say is not known, and that is all.
pub(crate) async fn learn(
    connected: &mut Connected,
    catalogue: &Catalogue,
    Before { target, learned, memory, said }: Before<'_>,
    version: impl FnOnce() -> u64,
) -> Result<Learned, AskError> {
    let of = whose(connected, target).await?;
    let (past, forgotten) = match recall(memory, &of).await {
        Ok(past) => (past, None),
        Err(forgotten) => (Arc::default(), Some(forgotten)),
    };
    // Another server may have taken the place of the first, with the same numbers for other things.
    let before = learned.filter(|learned| learned.of == of && learned.forgotten.is_none());
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
        let old = before.and_then(|before| before.tables.get(&relation.oid));
        let earlier = |number: i16| match old {
            Some(old) => old.column(number),
            None => past.column(relation.oid, number),
        };
        let judged = judge(&evidence).into_iter().zip(relation.columns.iter());
        let findings = judged.map(|(finding, column)| match earlier(column.number) {
            Some(earlier) => finding.after(earlier),
            None => finding,
        });
        let findings = findings.collect();
        let numbers = relation.columns.iter().map(|column| column.number).collect();
        let definition = definition(relation);
        found.insert(relation.oid, Known { definition, numbers, findings, at: now, seen });
    }
    if let Some(forgotten) = &forgotten {
        tracing::error!(
            target = %target,
            "{forgotten}; all columns are hidden: put the file back from a copy, or take it away to have them found out anew"
        );
    } else if let Err(why) = keep(memory, &of, &found).await {
        tracing::error!(target = %target, %why, "what columns hold could not be kept for the next start; it is tried again");
    }
    let is_lost = forgotten.is_some();
    let (labels, findings) = labels(catalogue, &tables, (&found, is_lost), (&details, said), version());
    Ok(Learned {
        labels: Arc::new(labels),
        of,
        forgotten,
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

    /// Why all columns are hidden, whatever was found out about them.
    #[must_use]
    pub fn hides_all(&self) -> Option<String> {
        self.forgotten.as_ref().map(ToString::to_string)
    }

    /// Whether it is to be found out again even if no definition has changed: values come after tables.
    pub(crate) fn is_old(&self) -> bool {
        let unseen = self.tables.values().any(|known| !known.seen);
        self.forgotten.is_some() || self.since.elapsed() >= if unseen { FRESH / 60 } else { FRESH }
    }
}

impl Known {
    fn column(&self, number: i16) -> Option<&Finding> {
        let at = self.numbers.iter().position(|known| *known == number)?;
        self.findings.get(at)
    }
}

/// Which database of which server this is, as a file's name. The target's name is a part of it, so that no server can speak for
/// another target's; where a server does not tell its number, there is none.
async fn whose(connected: &mut Connected, target: &Name) -> Result<String, AskError> {
    match upstream::copy_out(connected, question::OF_SERVER, BYTES_MAX).await {
        Ok(said) => match numbers(&said).as_deref() {
            Some([server, database]) => Ok(format!("{target}-{server}-{database}")),
            _ => Err(UpstreamError::Protocol("something else than two numbers").into()),
        },
        Err(AskError::Upstream(UpstreamError::Refused { .. })) => {
            let said = upstream::copy_out(connected, question::OF_DATABASE, BYTES_MAX).await?;
            match numbers(&said).as_deref() {
                Some([database]) => Ok(format!("{target}-unknown-{database}")),
                _ => Err(UpstreamError::Protocol("something else than a number").into()),
            }
        }
        Err(error) => Err(error),
    }
}

fn numbers(said: &[u8]) -> Option<Vec<u64>> {
    std::str::from_utf8(said).ok()?.split_whitespace().map(|word| word.parse().ok()).collect()
}

/// Reads what was found out before, beside the tasks of this thread.
async fn recall(memory: &Arc<Memory>, of: &str) -> Result<Arc<Past>, Forgotten> {
    let (memory, name) = (Arc::clone(memory), of.to_owned());
    let recalled = tokio::task::spawn_blocking(move || memory.recall(&name)).await;
    recalled.unwrap_or_else(|_| Err(Forgotten::new(of)))
}

/// Writes what was found out now.
async fn keep(memory: &Arc<Memory>, of: &str, found: &HashMap<u32, Known>) -> Result<(), String> {
    let past = Past::of(found);
    let there: HashMap<u32, Vec<i16>> =
        found.iter().map(|(oid, known)| (*oid, known.numbers.clone())).collect();
    let is_there = move |oid, number| there.get(&oid).is_some_and(|numbers| numbers.contains(&number));
    let (memory, name) = (Arc::clone(memory), of.to_owned());
    let kept = tokio::task::spawn_blocking(move || memory.keep(&name, past, is_there)).await;
    kept.unwrap_or_else(|_| Err("the gate failed".to_owned()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_says_numbers_or_nothing() {
        assert_eq!(numbers(b"7312\t16384\n"), Some(vec![7312, 16_384]));
        for other in [&b"1 ../x"[..], b"-1 2", b"1\t\\N", b"99999999999999999999 1", b"\xff"] {
            assert_eq!(numbers(other), None);
        }
    }
}
