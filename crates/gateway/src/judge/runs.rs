//! What a text or a portal runs in all: also the statements and cursors that it names, as the session has them.

use std::sync::Arc;
use std::task::Context;

use engine::{Look, NameChange, Reading, Session};
use model::facts::{Facts, Risk, RiskKind, Verb};
use sql::{Analyzed, Effect};

use super::{Judge, NESTED_MAX, NotYet, cache};

/// What a text or a portal runs.
pub(super) struct Runs {
    pub(super) facts: Vec<Arc<Facts>>,
    /// So many of them, at the front, are of the text itself.
    pub(super) own: usize,
    /// By statement: the facts that its result comes from, its own or those of what it runs by name. `None`: nobody can
    /// tell.
    pub(super) results: Vec<Option<Arc<Facts>>>,
    /// More than the reading has: statements that it executes by name.
    pub(super) more: bool,
}

impl Judge {
    /// The facts of everything that runs: also of the statements and cursors that it names.
    pub(super) fn runs(
        &mut self,
        cx: &mut Context<'_>,
        session: &Session,
        reading: &Arc<Reading>,
        statement: Option<usize>,
        changes: &[NameChange],
        depth: usize,
    ) -> Result<Runs, NotYet> {
        let facts = own_facts(reading, statement);
        let results = facts.iter().cloned().map(Some).collect();
        let mut runs = Runs { own: facts.len(), facts, results, more: false };
        let numbers = match statement {
            Some(number) => number..number.saturating_add(1),
            None => 0..reading.analysis.statements.len(),
        };
        for (at_result, number) in numbers.enumerate() {
            let Some(run) = reading.statement_or_preparation(number, statement.is_some()) else { continue };
            for effect in &run.effects {
                let (name, look) = match effect {
                    Effect::Execute(name) => match prepared_here(changes, name, number) {
                        Some(at) => {
                            // What stands between may have given its names another meaning.
                            let between = at.saturating_add(1)..number;
                            let moved =
                                between.filter_map(|at| reading.analysis.statements.get(at)).any(moves);
                            let facts = match moved {
                                true => Some(unknown(
                                    "a statement prepared before names changed, ",
                                    name.as_bytes(),
                                )),
                                false => reading.statement(at).map(|run| Arc::clone(&run.facts)),
                            };
                            runs.returns(at_result, facts.clone());
                            runs.add(facts);
                            continue;
                        }
                        None => (name, session.prepared(name.as_bytes())),
                    },
                    Effect::Fetch(name) => match declared_here(changes, name, number) {
                        // Its query was judged with its DECLARE, in this very text, and what it returns is known here.
                        true => continue,
                        false => (name, session.portal(name.as_bytes())),
                    },
                    _ => continue,
                };
                match look {
                    Look::Wait => return Err(NotYet::AfterAnswer),
                    Look::Unknown => {
                        runs.returns(at_result, None);
                        runs.add(Some(unknown("a prepared statement or cursor", name.as_bytes())))
                    }
                    Look::Known { text, held: true, .. } if !self.still_means(&text.reading) => {
                        runs.returns(at_result, None);
                        runs.add(Some(outdated(name.as_bytes())));
                    }
                    Look::Known { text, statement: at, view: made, .. } if depth < NESTED_MAX => {
                        let view = session.view().map(Arc::clone).ok_or(NotYet::AfterAnswer)?;
                        let view = made.unwrap_or(view);
                        let inner = self.again(cx, &text.reading, &view)?;
                        let inner = self.runs(cx, session, &inner, Some(at), &[], depth.saturating_add(1))?;
                        runs.returns(at_result, inner.results.into_iter().next().flatten());
                        for facts in inner.facts {
                            runs.add(Some(match run.facts.verbs.contains(&Verb::Explain) {
                                true => Arc::new(sql::explained(&facts, &self.catalogue.current(), &view)),
                                false => facts,
                            }));
                        }
                    }
                    Look::Known { .. } => {
                        runs.returns(at_result, None);
                        runs.add(Some(too_deep()));
                    }
                }
            }
        }
        Ok(runs)
    }
}

impl Runs {
    /// What the result of a statement comes from.
    fn returns(&mut self, number: usize, facts: Option<Arc<Facts>>) {
        if let Some(result) = self.results.get_mut(number) {
            *result = facts;
        }
    }

    pub(super) fn add(&mut self, facts: Option<Arc<Facts>>) {
        self.facts.extend(facts.map(Facts::unlisted));
        self.more = true;
    }
}

pub(super) fn own_facts(reading: &Reading, statement: Option<usize>) -> Vec<Arc<Facts>> {
    match statement {
        None => reading.analysis.statements.iter().map(|run| Arc::clone(&run.facts)).collect(),
        Some(number) => reading.statement(number).map(|run| Arc::clone(&run.facts)).into_iter().collect(),
    }
}

/// Whether it runs what a name of the session stands for, so that its facts are not all in its text.
pub(super) fn names_others(reading: &Reading, statement: Option<usize>) -> bool {
    let names = |effects: &[Effect]| {
        effects.iter().any(|effect| matches!(effect, Effect::Execute(_) | Effect::Fetch(_)))
    };
    match statement {
        None => reading.analysis.statements.iter().any(|run| names(&run.effects)),
        Some(number) => reading.statement(number).is_some_and(|run| names(&run.effects)),
    }
}

/// The PREPARE of this name that stands before statement `number` in the same text.
fn prepared_here(changes: &[NameChange], name: &str, number: usize) -> Option<usize> {
    changes.iter().rev().find_map(|change| match change {
        NameChange::Prepare(made, _, at) if *at < number && &**made == name.as_bytes() => Some(*at),
        _ => None,
    })
}

/// Whether the session's view sufficed to understand it.
pub(super) fn is_sure(reading: &Reading) -> bool {
    let unsure = |risk: &Risk| risk.kind == RiskKind::UserFunction;
    !reading.analysis.stale
        && reading
            .analysis
            .statements
            .iter()
            .all(|run| run.facts.opaque.is_empty() && !run.facts.risks.iter().any(unsure))
}

/// Whether no name in it needs a catalogue: it only steers the session. An expression is not of that kind, however plain
/// it looks, since a type or operator in it may mean something new; nor is what runs a statement by its name.
pub(super) fn only_steers(reading: &Reading) -> bool {
    let steers = |facts: &Facts| {
        facts.verbs.iter().all(|verb| matches!(verb, Verb::Other | Verb::Set))
            && facts.accesses.is_empty()
            && facts.calls.is_empty()
            && facts.opaque.is_empty()
    };
    !names_others(reading, None) && reading.analysis.statements.iter().all(|run| steers(&run.facts))
}

/// Whether a statement may change how names are read.
fn moves(run: &Analyzed) -> bool {
    run.effects
        .iter()
        .any(|effect| !matches!(effect, Effect::Begin | Effect::Savepoint(_) | Effect::Definition))
}

fn declared_here(changes: &[NameChange], name: &str, number: usize) -> bool {
    changes.iter().any(|change| {
        matches!(change, NameChange::Declare(made, _, at, _) if *at < number && &**made == name.as_bytes())
    })
}

pub(super) fn with_lines(reading: &Reading, facts: Vec<Arc<Facts>>) -> Arc<Reading> {
    let (lines, decisions) = cache::known(facts);
    Arc::new(Reading {
        source: Arc::clone(&reading.source),
        analysis: reading.analysis.clone(),
        lines,
        catalogue: reading.catalogue,
        view: Arc::clone(&reading.view),
        decisions,
    })
}

pub(super) fn unknown(what: &str, name: &[u8]) -> Arc<Facts> {
    let name = String::from_utf8_lossy(name);
    Arc::new(Facts::opaque(
        "unknown statement",
        format!("{what} `{name}` that the gate did not see being made"),
    ))
}

/// A cursor WITH HOLD of which nobody can tell any more what it shows.
pub(super) fn outdated(name: &[u8]) -> Arc<Facts> {
    let name = String::from_utf8_lossy(name);
    Arc::new(Facts::opaque(
        "unknown statement",
        format!("definitions were read anew since cursor `{name}` was made; close it and declare it again"),
    ))
}

fn too_deep() -> Arc<Facts> {
    Arc::new(Facts::opaque("limit", "prepared statements that execute each other, too deep"))
}

#[cfg(test)]
mod tests {
    use sql::View;
    use sql::catalogue::builtin;

    use super::*;

    #[test]
    fn only_what_steers_the_session_needs_no_catalogue() {
        let catalogue = builtin(18);
        let steers = |text: &str| {
            let analysis = sql::analyze(text.as_bytes(), &catalogue, &View::default());
            only_steers(&Reading { analysis, ..Reading::default() })
        };
        for text in ["ROLLBACK", "BEGIN; COMMIT", "SET work_mem = '1MB'", "SHOW work_mem", ""] {
            assert!(steers(text), "{text}");
        }
        for text in
            ["SELECT 1", "SELECT '1'::text", "EXECUTE p", "FETCH ALL FROM c", "COMMIT; EXECUTE p", "SELEC"]
        {
            assert!(!steers(text), "{text}");
        }
    }
}
