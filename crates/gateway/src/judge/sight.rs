//! What a principal sees of what a statement returns, and whether it may use what it does not see as the statement does: the
//! labels of all columns that are near are put before the rules. It hides nothing itself.

use std::sync::Arc;

use engine::{Column, Field, Judged, Labels, Lookup, Members, Scrub, Shows, Sights, Standing};
use model::facts::{ColumnId, Derivation, Facts, Risk, RiskKind, Verb};
use model::{Class, Refusal, Timestamp, Verdict};
use policy::{Decision, Labelled, Misuse, Probe, Seen, Sight};

use super::Judge;
use super::budget::LOOKUPS_MAX;
use super::copy::Uncovered;
use super::near::{
    Near, guesses, into, is_silent, is_uncertain, laundered, near, probes, shows_mask, uses, writes, written,
};

/// Whether somebody sees everything is asked for at most so many labelled columns; with more, it does not.
const ALL_MAX: usize = 5_000;

/// What a text or portal runs, as it matters for what it returns.
pub(super) struct Returns<'a> {
    /// Everything that runs, also by name.
    pub(super) facts: &'a [Arc<Facts>],
    /// By statement: the facts that its result comes from. `None`: nobody can tell.
    pub(super) results: &'a [Option<Arc<Facts>>],
    /// The text.
    pub(super) source: &'a [u8],
    /// By the same numbers: COPYs whose rows the gate cannot cover.
    pub(super) uncovered: Vec<(usize, Uncovered)>,
}

impl Judge {
    /// Adds to a decision what is shown. What may not be used as it is used turns the decision into a refusal.
    pub(super) fn sight(&mut self, decision: Arc<Decision>, returns: &Returns<'_>, now: Timestamp) -> Judged {
        let blank = |decision| Judged { decision, shows: Arc::default() };
        if decision.verdict() != Verdict::Allow || !self.masks {
            return blank(decision);
        }
        let labels = self.catalogue.labels();
        let (near, texts, unseen) = near(returns.facts, returns.results, &labels);
        let uncertain = unseen
            || returns.results.iter().any(|facts| facts.as_ref().is_none_or(|facts| is_uncertain(facts)))
            || returns.facts.iter().any(|facts| facts.blind || facts.flows.iter().any(|flow| flow.opaque));
        let hides = labels.hides();
        if hides && !self.sees_all(&labels, now).0 {
            for Risk { kind, about } in returns.facts.iter().flat_map(|facts| &facts.risks) {
                let misuse = match kind {
                    RiskKind::Statistics => Misuse::Statistics { about },
                    RiskKind::Setting | RiskKind::GuardedSetting if sql::steers_plans(about) => {
                        Misuse::Plans { about }
                    }
                    RiskKind::GuardedSetting if sql::tells_insides(about) => Misuse::Messages { about },
                    _ => continue,
                };
                return blank(Arc::new(self.loaded.rules.misused(&misuse)));
            }
        }
        // Rows that no statement should return: a rule may make an INSERT return some.
        let silent = hides && returns.results.iter().flatten().any(|facts| is_silent(facts));
        if near.is_empty() && texts.is_empty() && !uncertain && !silent {
            return blank(decision);
        }
        let mut sights = Sights { labels: Arc::clone(&labels), ..Sights::default() };
        let mut decision = decision;
        for (columns, is_label) in
            [(&near, true), (&texts, false)].into_iter().filter(|(all, _)| !all.is_empty())
        {
            let (asked, seen) = self.seen(columns, &labels, returns.facts, now);
            if is_label {
                decision = Arc::new(decision.seeing(&seen));
            }
            for (at, seen) in asked.into_iter().zip(seen) {
                // Of a document all that is in it has to be shown.
                let known = sights.seen.entry(at).or_insert(Sight::Clear);
                if *known == Sight::Clear || seen.sight == Sight::Masked {
                    *known = seen.sight;
                }
            }
        }
        if uncertain || silent {
            let (all, until) = self.sees_all(&labels, now);
            sights.all = all;
            decision = Arc::new(decision.until(until));
        }
        // Who sees a column may choose by it, unless a rule says otherwise: so all are asked about.
        let types = self.types();
        let probes = probes(returns.facts, &near, &labels, &types);
        let is_hidden = |at: &(u32, i16)| !matches!(sights.seen.get(at), Some(Sight::Clear));
        let hidden: Near =
            near.iter().filter(|(at, _)| is_hidden(at)).map(|(at, found)| (*at, found.clone())).collect();
        if let Some(refused) = self.misuse(&decision, (returns.facts, &probes), &hidden, (&sights, now)) {
            return blank(Arc::new(refused));
        }
        let writes = writes(returns.facts, &hidden);
        if writes && shows_mask(returns.source) {
            return blank(Arc::new(self.loaded.rules.misused(&Misuse::WriteBack)));
        }
        let lookups = probes.iter().filter(|(of, probe)| {
            *probe == Probe::Lookup && hidden.contains_key(&(of.column.relation, of.column.number))
        });
        let mut lookups: Vec<Lookup> = lookups
            .map(|(of, _)| {
                let (guesses, lists) = guesses(returns.facts, of.column);
                Lookup { column: of.column.clone(), class: of.class, guesses, lists }
            })
            .collect();
        // Several statements of one text may look up the same column: their guesses are counted together already.
        lookups.sort_unstable_by_key(Lookup::at);
        lookups.dedup_by_key(|lookup| lookup.at());
        let scrub = if uncertain && !sights.all || uses(returns.facts, &hidden) {
            Scrub::Words
        } else if hidden.is_empty() {
            Scrub::No
        } else {
            Scrub::Details
        };
        let mut shows = Shows::new(returns.results.iter().map(Option::as_deref), scrub, Arc::new(sights));
        let uncovered = returns
            .uncovered
            .iter()
            .find(|(at, why)| shows.rows.get(*at).is_some_and(|rows| why.matters(rows)));
        if let Some((_, why)) = uncovered {
            return blank(Arc::new(self.loaded.rules.misused(&why.misuse())));
        }
        if !shows.is_clear() {
            shows.copies = self.copies(returns.results);
        }
        (shows.lookups, shows.writes) = (lookups, writes);
        shows.written = written(returns.facts, &hidden);
        Judged { decision, shows: Arc::new(shows) }
    }

    /// What the rules say of each labelled column.
    fn seen(
        &self,
        near: &Near,
        labels: &Labels,
        facts: &[Arc<Facts>],
        now: Timestamp,
    ) -> (Vec<(u32, i16)>, Vec<Seen>) {
        let mut asked = Vec::new();
        let mut columns: Vec<Labelled<'_>> = Vec::new();
        for (at, (column, class)) in near {
            let mut classes = labels.of(at.0, at.1).classes();
            if !classes.contains(class) {
                classes.push(*class);
            }
            for class in classes {
                asked.push(*at);
                columns.push(Labelled { column, class });
            }
        }
        let facts: Vec<&Facts> = facts.iter().map(|facts| &**facts).collect();
        (asked, self.loaded.rules.sights(&self.asked(&facts, now), &columns))
    }

    /// Whether the rules show every labelled column of the database: then what nobody can tell may be shown too.
    fn sees_all(&mut self, labels: &Arc<Labels>, now: Timestamp) -> (bool, Option<Timestamp>) {
        let key = (self.loaded.version, labels.version);
        let is_good = |until: &Option<Timestamp>| until.is_none_or(|until| now < until);
        let known = self.sees_all.filter(|(known, _, until)| *known == key && is_good(until));
        if let Some((_, all, until)) = known {
            return (all, until);
        }
        let mut until = None;
        let mut columns: Vec<(ColumnId, Class)> = labels
            .relations()
            .flat_map(|(oid, columns)| columns.iter().map(move |column| (oid, column)))
            .flat_map(|(oid, column)| {
                let id = self.column_id(oid, column);
                let classes = column.standing.classes();
                classes.into_iter().map(move |class| (id.clone(), class))
            })
            .take(ALL_MAX.saturating_add(1))
            .collect();
        // And what nobody has looked at yet.
        let of: Arc<str> = "".into();
        columns.push((ColumnId { relation: 0, number: 0, of: Arc::clone(&of), name: of }, engine::UNSEEN));
        let all = columns.len() <= ALL_MAX && {
            let asked: Vec<Labelled<'_>> =
                columns.iter().map(|(column, class)| Labelled { column, class: *class }).collect();
            let seen = self.loaded.rules.sights(&self.asked(&[], now), &asked);
            until = seen.iter().filter_map(|seen| seen.valid_until).min();
            seen.len() == asked.len() && seen.iter().all(|seen| matches!(seen.sight, Sight::Clear))
        };
        self.sees_all = Some((key, all, until));
        (all, until)
    }

    fn column_id(&self, relation: u32, column: &Column) -> ColumnId {
        let catalogue = self.catalogue.current();
        let of = catalogue
            .relation_by_oid(relation)
            .map_or_else(String::new, |relation| format!("{}.{}", relation.schema, relation.name));
        ColumnId { relation, number: column.number, of: of.into(), name: Arc::clone(&column.name) }
    }

    /// The refusal of a use that would tell what is hidden: choosing by it, or putting it where it is not hidden.
    fn misuse(
        &self,
        decision: &Decision,
        (facts, probes): (&[Arc<Facts>], &[(Labelled<'_>, Probe)]),
        hidden: &Near,
        (sights, now): (&Sights, Timestamp),
    ) -> Option<Decision> {
        let (labels, all) = (&*sights.labels, sights.all);
        // What is shown of a running text is shown of it with one line more.
        let keeps = |at: (u32, i16)| match labels.of(at.0, at.1) {
            Standing::Json(places) => places.iter().all(|(place, _)| &**place != "$"),
            Standing::Is(Class::FreeText) => {
                self.scans && !matches!(sights.seen.get(&at), Some(Sight::As(_)))
            }
            _ => false,
        };
        let each: Vec<&Facts> = facts.iter().map(|facts| &**facts).collect();
        let asked = self.asked(&each, now);
        if !probes.is_empty() {
            let probed = self.loaded.rules.probes(&asked, probes);
            if probed.verdict() != Verdict::Allow {
                return Some(decision.and(&probed));
            }
        }
        for flow in facts.iter().flat_map(|facts| &facts.flows) {
            if let Some((column, class)) = laundered(flow, hidden, labels, &keeps) {
                let labelled = Labelled { column, class };
                let into = into(flow);
                return Some(self.loaded.rules.misused(&Misuse::Flow { of: Some(&labelled), into: &into }));
            }
            if flow.opaque && !all {
                let into = into(flow);
                return Some(self.loaded.rules.misused(&Misuse::Flow { of: None, into: &into }));
            }
        }
        if !all && facts.iter().any(|facts| facts.blind) {
            return Some(self.loaded.rules.misused(&Misuse::Choice));
        }
        None
    }

    /// Counts the look-ups of what runs now with these values; the refusal when there were too many.
    pub(crate) fn spend(&self, judged: Judged, members: &Members, now: Timestamp) -> Judged {
        let judged = self.tried(judged, now);
        let lookups = &judged.shows.lookups;
        if lookups.is_empty() || judged.decision.verdict() != Verdict::Allow {
            return judged;
        }
        let columns: Vec<((u32, i16), u32)> =
            lookups.iter().map(|lookup| (lookup.at(), members.add(lookup.guesses, &lookup.lists))).collect();
        // An agent guesses for its human.
        let who = self.human.as_ref().unwrap_or(&self.principal);
        let Err(spent) = self.budget.spend(&who.name, self.catalogue.id(), &columns, now) else {
            return judged;
        };
        let found = lookups.iter().find(|lookup| lookup.at() == spent);
        let Some(Lookup { column, class, .. }) = found else { return judged };
        let of = Labelled { column, class: *class };
        let refused = self.loaded.rules.misused(&Misuse::Budget { of: &of, most: LOOKUPS_MAX });
        Judged { decision: Arc::new(refused), shows: Arc::default() }
    }

    /// The refusal of values that a mask has shown.
    pub(crate) fn written_back(&self) -> Refusal {
        let decision = self.loaded.rules.misused(&Misuse::WriteBack);
        decision.refusal().cloned().unwrap_or_else(|| Refusal::new(policy::MASKED, "a mask is no value"))
    }

    /// What the catalogue says of the columns of a COPY: the server tells a COPY's format and no more.
    fn copies(&self, results: &[Option<Arc<Facts>>]) -> Vec<(usize, Box<[Field]>)> {
        let types = self.types();
        let catalogue = self.catalogue.current();
        let unknown = || Field { relation: 0, number: 0, of: mask::cover::TypeOf::unknown(0), binary: false };
        let of = |output: &model::facts::Output| {
            let [only] = output.uses.as_slice() else { return unknown() };
            let (relation, number) = (only.column.relation, only.column.number);
            let column = catalogue
                .relation_by_oid(relation)
                .and_then(|relation| relation.columns.iter().find(|column| column.number == number));
            match column.filter(|_| only.derivation == Derivation::Copy && !output.opaque) {
                Some(column) => Field { relation, number, of: types.of(column.type_oid, -1), binary: false },
                None => unknown(),
            }
        };
        let copies = results.iter().enumerate().filter_map(|(at, facts)| {
            let facts = facts.as_ref().filter(|facts| facts.verbs.contains(&Verb::CopyOut))?;
            Some((at, facts.outputs.as_ref()?.iter().map(of).collect()))
        });
        copies.collect()
    }
}
