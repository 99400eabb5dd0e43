//! From a client's text or portal to a decision: what it is understood to do now, and what the rules say to that. It
//! decides nothing by itself and touches no stream.

mod budget;
mod cache;
mod copy;
mod near;
mod rules;
mod runs;
mod sight;
mod tried;
mod types;

use std::sync::Arc;
use std::task::{Context, Poll};

use engine::{Asked, Judged, Look, NameChange, Reading, Session};
use model::facts::Facts;
use model::{Principal, Timestamp};
use policy::Decision;
use sql::View;

use crate::catalogue::Watch;
use crate::settings::Target;
pub(crate) use budget::Budget;
use copy::uncovered;
pub(crate) use rules::{Loaded, RulesNow};
use runs::{is_sure, names_others, only_steers, outdated, own_facts, unknown, with_lines};
use sight::Returns;

/// Types below this are the server's own: giving them values runs nobody's code.
const FIRST_OWN_TYPE: u32 = 16_384;

/// An EXECUTE may run a statement that is itself an EXECUTE, when the protocol prepared it.
const NESTED_MAX: usize = 8;

/// What a session is judged by.
pub(crate) struct Judge {
    principal: Arc<Principal>,
    /// The human that an agent acts for.
    human: Option<Arc<Principal>>,
    target: Arc<Target>,
    database: Arc<str>,
    purpose: Option<Arc<str>>,
    rules: Arc<RulesNow>,
    loaded: Arc<Loaded>,
    catalogue: Arc<Watch>,
    /// The catalogue's load that this session waits for before it judges on.
    waits_for: Option<u64>,
    /// A load that has what this session made meanwhile, as its view says: waited for only where that does not do.
    catching: Option<u64>,
    /// A catalogue was loaded after what this session committed; it has not been told yet.
    catch_up: bool,
    /// That load failed: what everything is understood to do until one does not.
    blind: Option<Arc<Facts>>,
    budget: Arc<Budget>,
    /// Whether anything is hidden at this target.
    masks: bool,
    /// Whether running text is shown but for what is found in it.
    scans: bool,
    /// Whether the rules show everything that is labelled, by the rules' and the labels' version.
    sees_all: Option<((u64, u64), bool, Option<Timestamp>)>,
}

/// Who is judged, by what.
pub(crate) struct Bench {
    pub(crate) principal: Arc<Principal>,
    pub(crate) human: Option<Arc<Principal>>,
    pub(crate) target: Arc<Target>,
    pub(crate) database: Arc<str>,
    pub(crate) purpose: Option<Arc<str>>,
    pub(crate) rules: Arc<RulesNow>,
    pub(crate) catalogue: Arc<Watch>,
    pub(crate) budget: Arc<Budget>,
    /// Whether running text is shown but for what is found in it.
    pub(crate) scans: bool,
}

/// Why something cannot be judged yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotYet {
    /// It depends on answers of the server that are still to come.
    AfterAnswer,
    /// It depends on a catalogue that is being loaded; the task is woken then.
    AfterLoad,
}

impl Judge {
    pub(crate) fn new(bench: Bench) -> Self {
        let Bench { principal, human, target, database, purpose, rules, catalogue, budget, scans } = bench;
        let loaded = rules.current();
        let masks = target.masks;
        catalogue.enter();
        Self {
            principal,
            human,
            target,
            database,
            purpose,
            rules,
            loaded,
            catalogue,
            waits_for: None,
            catching: None,
            catch_up: false,
            blind: None,
            budget,
            masks,
            scans,
            sees_all: None,
        }
    }

    /// The rules that the last decision was made by.
    pub(crate) fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    /// What a text that is to run or to be prepared is understood to do.
    pub(crate) fn understand(
        &mut self,
        cx: &mut Context<'_>,
        session: &mut Session,
        text: &[u8],
    ) -> Result<Arc<Reading>, NotYet> {
        match self.view(cx, session) {
            Ok(view) => self.read(cx, text, &view),
            // What only steers the session need not wait for a catalogue.
            Err(NotYet::AfterLoad) => {
                let view = session.view().map(Arc::clone).ok_or(NotYet::AfterAnswer)?;
                let reading = cache::read(text, self.catalogue.id(), &self.catalogue.current(), &view);
                if only_steers(&reading) { Ok(reading) } else { Err(NotYet::AfterLoad) }
            }
            Err(not_yet) => Err(not_yet),
        }
    }

    /// Judges all of a text. `changes`: what it does to names; `types`: those that its parameters are given.
    pub(crate) fn text(
        &mut self,
        cx: &mut Context<'_>,
        session: &Session,
        reading: Arc<Reading>,
        changes: &[NameChange],
        types: &[u32],
        now: Timestamp,
    ) -> Result<(Arc<Reading>, Judged), NotYet> {
        self.judge(cx, session, reading, (None, types), changes, now)
    }

    /// Judges what a portal runs.
    pub(crate) fn portal(
        &mut self,
        cx: &mut Context<'_>,
        session: &mut Session,
        portal: &[u8],
        now: Timestamp,
    ) -> Result<(Option<Arc<Reading>>, Judged), NotYet> {
        let view = self.view(cx, session)?;
        match session.portal(portal) {
            Look::Wait => Err(NotYet::AfterAnswer),
            Look::Unknown => Ok((None, self.untold(unknown("a portal", portal), now))),
            Look::Known { text, held: true, .. } if !self.still_means(&text.reading) => {
                Ok((None, self.untold(outdated(portal), now)))
            }
            Look::Known { text, statement, types, view: made, .. } => {
                let reading = self.again(cx, &text.reading, made.as_ref().unwrap_or(&view))?;
                let (reading, judged) =
                    self.judge(cx, session, reading, (Some(statement), &types), &[], now)?;
                Ok((Some(reading), judged))
            }
        }
    }

    /// Judges a portal of which nobody can tell what it returns.
    fn untold(&mut self, facts: Arc<Facts>, now: Timestamp) -> Judged {
        let facts = [facts];
        let decision = self.ask(&facts, 1, now);
        let returns = Returns { facts: &facts, results: &[None], source: b"", uncovered: Vec::new() };
        self.sight(decision, &returns, now)
    }

    /// Whether a text means what it meant when it was read: a cursor that outlived its transaction shows what was then, and
    /// its names may stand for something else by now.
    fn still_means(&self, reading: &Reading) -> bool {
        self.blind.is_none() && !reading.analysis.stale && reading.catalogue == self.catalogue.version()
    }

    /// How the session reads names now.
    fn view(&mut self, cx: &mut Context<'_>, session: &mut Session) -> Result<Arc<View>, NotYet> {
        self.notice(session);
        if let Some(load) = self.waits_for {
            match self.catalogue.poll_loaded(load, cx) {
                Poll::Pending => return Err(NotYet::AfterLoad),
                Poll::Ready(Ok(())) => {
                    self.waits_for = None;
                    self.blind = None;
                    self.catch_up = true;
                }
                Poll::Ready(Err(why)) => {
                    // Asked again with the next message; this one is judged as one that nobody understands.
                    self.waits_for = Some(self.catalogue.ask());
                    self.blind =
                        Some(Arc::new(Facts::opaque("state", why.refusal(&self.target.name).message)));
                }
            }
        }
        if let Some(load) = self.catching {
            match self.catalogue.poll_loaded(load, cx) {
                Poll::Pending => {}
                Poll::Ready(Ok(())) => (self.catching, self.catch_up) = (None, true),
                Poll::Ready(Err(_)) => self.catching = Some(self.catalogue.ask()),
            }
        }
        // Inside of a transaction its own definitions are not to be seen yet.
        if self.catch_up && session.is_ahead() {
            session.caught_up();
            self.catch_up = false;
        }
        session.view().map(Arc::clone).ok_or(NotYet::AfterAnswer)
    }

    /// Asks for a newer catalogue when the session has changed definitions: what it, and soon everybody, asks from here
    /// on is judged by one that was loaded later.
    pub(crate) fn notice(&mut self, session: &mut Session) {
        let Some(unseen) = session.take_changed() else { return };
        let load = self.catalogue.ask();
        self.catch_up = false;
        if unseen || self.waits_for.is_some() {
            (self.waits_for, self.catching) = (Some(load), None);
        } else {
            self.catching = Some(load);
        }
    }

    /// What a text is understood to do. Names that are not found are looked for once more in a catalogue loaded
    /// after they were asked for.
    fn read(&mut self, cx: &mut Context<'_>, text: &[u8], view: &Arc<View>) -> Result<Arc<Reading>, NotYet> {
        let catalogue = self.catalogue.current();
        if let Some(facts) = &self.blind {
            // What only steers the session is understood all the same: nobody must be kept from a ROLLBACK.
            let reading = cache::read(text, self.catalogue.id(), &catalogue, view);
            return Ok(if only_steers(&reading) { reading } else { cache::blind(text, facts) });
        }
        let reading = cache::read(text, self.catalogue.id(), &catalogue, view);
        if let Some(load) = self.catching.filter(|_| !is_sure(&reading)) {
            (self.waits_for, self.catching) = (Some(load), None);
            cx.waker().wake_by_ref();
            return Err(NotYet::AfterLoad);
        }
        if !reading.analysis.stale {
            return Ok(reading);
        }
        if self.catalogue.poll_second_look(catalogue.version, text, cx).is_pending() {
            return Err(NotYet::AfterLoad);
        }
        let catalogue = self.catalogue.current();
        Ok(cache::read(text, self.catalogue.id(), &catalogue, view))
    }

    /// The same for a text that was understood before.
    fn again(
        &mut self,
        cx: &mut Context<'_>,
        reading: &Arc<Reading>,
        view: &Arc<View>,
    ) -> Result<Arc<Reading>, NotYet> {
        if self.blind.is_none()
            && !reading.analysis.stale
            && reading.is_current(self.catalogue.version(), view)
        {
            return Ok(Arc::clone(reading));
        }
        self.read(cx, &reading.source, view)
    }

    fn judge(
        &mut self,
        cx: &mut Context<'_>,
        session: &Session,
        reading: Arc<Reading>,
        (statement, types): (Option<usize>, &[u32]),
        changes: &[NameChange],
        now: Timestamp,
    ) -> Result<(Arc<Reading>, Judged), NotYet> {
        self.rules.refresh(&mut self.loaded);
        let asked = Asked {
            principal: Arc::clone(&self.principal),
            rules: self.loaded.version,
            labels: self.catalogue.labels_version(),
            purpose: self.purpose.clone(),
            statement,
        };
        let values = types
            .iter()
            .any(|oid| *oid >= FIRST_OWN_TYPE)
            .then(|| sql::parameters(types, &self.catalogue.current(), &reading.view))
            .flatten();
        if values.is_none() && !names_others(&reading, statement) {
            if let Some(judged) = reading.decisions.find(&asked, now) {
                return Ok((reading, judged));
            }
            let judged = self.own(&reading, statement, now);
            reading.decisions.keep(asked, judged.clone());
            return Ok((reading, judged));
        }
        let mut runs = self.runs(cx, session, &reading, statement, changes, 0)?;
        if let Some(values) = values {
            runs.add(Some(Arc::new(values)));
        }
        let decision = self.ask(&runs.facts, runs.own, now);
        let uncovered = uncovered(&reading, statement);
        let judged = self.sight(
            decision,
            &Returns { facts: &runs.facts, results: &runs.results, source: &reading.source, uncovered },
            now,
        );
        let reading = if runs.more { with_lines(&reading, runs.facts) } else { reading };
        Ok((reading, judged))
    }

    /// Judges what runs no names of the session.
    fn own(&mut self, reading: &Reading, statement: Option<usize>, now: Timestamp) -> Judged {
        let facts: Vec<Arc<Facts>> = own_facts(reading, statement);
        let decision = self.ask(&facts, facts.len(), now);
        let results: Vec<_> = facts.iter().cloned().map(Some).collect();
        let uncovered = uncovered(reading, statement);
        self.sight(
            decision,
            &Returns { facts: &facts, results: &results, source: &reading.source, uncovered },
            now,
        )
    }

    /// Judges a text as the first one of a session, for somebody who only asks. Of what it prepares and runs by name nothing
    /// is known yet.
    pub(crate) fn first(&mut self, text: &[u8], now: Timestamp) -> (Arc<Reading>, Judged) {
        let reading = cache::read(text, self.catalogue.id(), &self.catalogue.current(), &Arc::default());
        let judged = self.own(&reading, None, now);
        (reading, judged)
    }

    /// Asks the rules. The first `own` of the facts are of the text itself, the others of what it runs by name.
    fn ask(&mut self, facts: &[Arc<Facts>], own: usize, now: Timestamp) -> Arc<Decision> {
        self.rules.refresh(&mut self.loaded);
        let facts: Vec<&Facts> = facts.iter().map(|facts| &**facts).collect();
        let asked = self.asked(facts.get(..own).unwrap_or(&facts), now);
        let named = facts.get(own..).unwrap_or_default();
        Arc::new(self.loaded.rules.decide(&policy::Asked { named, ..asked }))
    }

    /// What the rules are told of a statement of this session.
    fn asked<'a>(&'a self, statements: &'a [&'a Facts], now: Timestamp) -> policy::Asked<'a> {
        policy::Asked {
            principal: &self.principal,
            human: self.human.as_deref(),
            target: &self.target.name,
            environment: self.target.environment,
            database: &self.database,
            statements,
            named: &[],
            purpose: self.purpose.as_deref(),
            now,
        }
    }

    /// The types of the newest catalogue.
    pub(crate) fn types(&self) -> types::Types {
        types::Types(self.catalogue.current())
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        self.catalogue.leave();
    }
}
