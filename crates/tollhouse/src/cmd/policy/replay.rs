//! A ledger's entries in order, judged by other rules: who the sessions were, how names resolved in them, what each
//! statement does, and whether the verdict is another. What cannot be judged again is counted with its reason.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use gateway::settings::Settings;
use ledger::PartName;
use ledger::leaf::{Decision as Recorded, Leaf, SessionOpened};
use model::facts::Facts;
use model::{Environment, Name, Principal, PrincipalKind, SessionId, StatementId, Timestamp};
use policy::{Asked, AskedConnect, Decision, Rules};
use sql::catalogue::Catalogue;
use sql::{Analysis, Analyzed, Effect, Touch, View};

use super::catalogue;
use super::difference::Difference;
use super::follow::Follow;
use super::pending::{Pending, Told};
use crate::cmd::ledger::view::Shown;

/// Readings remembered: applications send the same texts again and again.
const READINGS_MAX: usize = 10_000;

/// What is judged again.
pub(super) struct Period<'a> {
    pub(super) since: u64,
    pub(super) until: u64,
    pub(super) target: Option<&'a Name>,
}

/// How much was judged, and what was not.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) statements: u64,
    pub(super) sessions: u64,
    skipped: BTreeMap<&'static str, u64>,
}

/// A catalogue, with a number of its own.
type Numbered = (usize, Arc<Catalogue>);

/// A text in a database, by its catalogue's number, and in a session.
type Key = (String, usize, View);

/// A text as it was understood.
struct Reading {
    analysis: Analysis,
    /// Which of its statements prepare something, and its name.
    prepares: Vec<(usize, Arc<str>)>,
}

/// A session as it was.
struct Session {
    principal: Principal,
    human: Option<Principal>,
    target: Name,
    environment: Environment,
    database: String,
    follow: Follow,
    /// SQL's own prepared statements.
    prepared: HashMap<Arc<str>, Arc<Analyzed>>,
}

/// The entries so far.
pub(super) struct Replay<'a> {
    rules: &'a Rules,
    settings: &'a Settings,
    period: Period<'a>,
    /// A catalogue's file, for all databases.
    file: Option<&'a Path>,
    pub(super) tally: Tally,
    /// Some session was at the target that is asked about.
    pub(super) is_there: bool,
    pending: Pending,
    sessions: HashMap<SessionId, Session>,
    /// What runs, until its outcome tells whether its effects count.
    running: HashMap<StatementId, Rc<Reading>>,
    /// By target and database, each with a number of its own.
    catalogues: HashMap<(Name, String), Option<Numbered>>,
    readings: HashMap<Key, Rc<Reading>>,
}

impl<'a> Replay<'a> {
    pub(super) fn new(
        rules: &'a Rules,
        settings: &'a Settings,
        period: Period<'a>,
        file: Option<&'a Path>,
    ) -> Self {
        Self {
            rules,
            settings,
            period,
            file,
            tally: Tally::default(),
            is_there: false,
            pending: Pending::default(),
            sessions: HashMap::new(),
            running: HashMap::new(),
            catalogues: HashMap::new(),
            readings: HashMap::new(),
        }
    }

    /// Takes the next entry; returns what would differ.
    ///
    /// # Errors
    /// When a target cannot be asked for its catalogue.
    pub(super) fn take(&mut self, shown: &Shown) -> anyhow::Result<Option<Difference>> {
        match &shown.leaf {
            Some(Leaf::SessionOpened(opened)) => Ok(self.open(shown, opened)),
            Some(Leaf::SessionClosed(closed)) => {
                if let Some(id) = SessionId::parse(&closed.session) {
                    self.sessions.remove(&id);
                }
                Ok(None)
            }
            Some(Leaf::Decision(decision)) => self.decision(shown, decision),
            Some(leaf @ Leaf::Outcome(outcome)) => {
                let Some(id) = leaf.statement() else { return Ok(None) };
                let run = self.running.remove(&id).map(|reading| (id, reading));
                if let Some((id, reading)) = run
                    && outcome.result == "ok"
                    && let Some(session) = self.sessions.get_mut(&id.session)
                {
                    session.ended(&reading);
                }
                let told = self.pending.ended(id, outcome.sqlstate.as_deref());
                Ok(self.told(told))
            }
            _ => Ok(None),
        }
    }

    /// What nothing more is told of.
    pub(super) fn rest(&mut self) -> Vec<Difference> {
        self.pending.rest()
    }

    fn told(&mut self, told: Told) -> Option<Difference> {
        match told {
            Told::Nothing => None,
            Told::Differs(difference) => Some(*difference),
            Told::NotJudged(why) => {
                self.tally.statements = self.tally.statements.saturating_sub(1);
                self.tally.skip(why);
                None
            }
        }
    }

    fn is_wanted(&self, at: u64, target: &Name) -> bool {
        (self.period.since..self.period.until).contains(&at)
            && self.period.target.is_none_or(|wanted| wanted == target)
    }

    fn open(&mut self, shown: &Shown, opened: &SessionOpened) -> Option<Difference> {
        let id = SessionId::parse(&opened.session)?;
        let Some(session) = Session::of(opened, self.settings) else {
            self.tally.skip("a session whose entry is not understood");
            return None;
        };
        let wanted = self.is_wanted(opened.at, &session.target);
        self.is_there |= self.period.target.is_none_or(|target| *target == session.target);
        let decision = wanted.then(|| {
            let purpose = purpose(shown);
            let asked = AskedConnect {
                principal: &session.principal,
                human: session.human.as_ref(),
                target: &session.target,
                environment: session.environment,
                database: &session.database,
                purpose: purpose.as_deref(),
                now: Timestamp(opened.at),
            };
            self.tally.sessions += 1;
            self.rules.connect(&asked).0
        });
        let who = who(&opened.principal, opened.on_behalf_of.as_deref());
        self.sessions.insert(id, session);
        let decision = decision.filter(|decision| decision.verdict().as_str() != "allow")?;
        Some(Difference {
            index: shown.index,
            who,
            target: opened.target.clone(),
            before: "allow".to_owned(),
            rules: Vec::new(),
            decision,
            text: "(a session)".to_owned(),
            alike: String::new(),
            facts: Vec::new(),
        })
    }

    fn decision(&mut self, shown: &Shown, recorded: &Recorded) -> anyhow::Result<Option<Difference>> {
        let id = StatementId::parse(&format!("{}/{}", recorded.session, recorded.number));
        let Some((id, session)) = id.and_then(|id| Some((id, self.sessions.get(&id.session)?))) else {
            self.tally.skip("their session began before the ledger");
            return Ok(None);
        };
        let wanted = self.is_wanted(recorded.at, &session.target);
        if recorded.verdict == "refuse" && recorded.policy.is_none() {
            if wanted {
                self.tally.skip("the gate's own limits refused them");
            }
            return Ok(None);
        }
        let Some(text) = shown.text(PartName::Text) else {
            if wanted {
                self.tally.skip("their text is not there any more");
            }
            return Ok(None);
        };
        let key = (session.target.clone(), session.database.clone());
        let view = session.follow.view().clone();
        let Some(catalogue) = self.catalogue(key)? else {
            if wanted {
                self.tally.skip("their target is not in the configuration any more");
            }
            return Ok(None);
        };
        let reading = self.read(text, &catalogue, view);
        if recorded.verdict == "allow" && recorded.action != "prepare" {
            self.running.insert(id, Rc::clone(&reading));
        }
        let Some(session) = self.sessions.get(&id.session).filter(|_| wanted) else { return Ok(None) };
        let opaque = |rule: &String| rule.starts_with("opaque/");
        let was_opaque = recorded.verdict != "allow" && recorded.rules.iter().flatten().any(opaque);
        if was_opaque && session.names_unknown(&reading.analysis) {
            self.tally
                .skip("they ran a prepared statement or cursor that the ledger does not show being made");
            return Ok(None);
        }
        self.tally.statements += 1;
        let facts = session.facts(&reading.analysis);
        let facts: Vec<&Facts> = facts.iter().map(|facts| &**facts).collect();
        let purpose = purpose(shown);
        let decision: Decision = self.rules.decide(&Asked {
            principal: &session.principal,
            human: session.human.as_ref(),
            target: &session.target,
            environment: session.environment,
            database: &session.database,
            statements: &facts,
            named: &[],
            purpose: purpose.as_deref(),
            now: Timestamp(recorded.at),
        });
        if decision.verdict().as_str() == recorded.verdict {
            return Ok(None);
        }
        let difference = Difference {
            index: shown.index,
            who: who(&recorded.principal, recorded.on_behalf_of.as_deref()),
            target: recorded.target.clone(),
            before: recorded.verdict.clone(),
            rules: recorded.rules.clone().unwrap_or_default(),
            decision,
            text: text.to_owned(),
            alike: recorded.fingerprint.clone().unwrap_or_else(|| text.to_owned()),
            facts: facts.iter().flat_map(|facts| facts.lines()).collect(),
        };
        let told = self.pending.take(id, difference);
        Ok(self.told(told))
    }

    fn read(&mut self, text: &str, (number, catalogue): &Numbered, view: View) -> Rc<Reading> {
        let key = (text.to_owned(), *number, view);
        if let Some(known) = self.readings.get(&key) {
            return Rc::clone(known);
        }
        let touches = sql::scan(text.as_bytes()).touches.into_iter();
        let prepares = touches.filter_map(|touch| match touch.touch {
            Touch::Prepare(name) => Some((touch.statement as usize, Arc::from(name))),
            _ => None,
        });
        let analysis = sql::analyze(text.as_bytes(), catalogue, &key.2);
        let reading = Rc::new(Reading { analysis, prepares: prepares.collect() });
        if self.readings.len() >= READINGS_MAX {
            self.readings.clear();
        }
        self.readings.insert(key, Rc::clone(&reading));
        reading
    }

    /// The catalogue of a session's database; `None` when nobody knows any more where it is.
    fn catalogue(&mut self, key: (Name, String)) -> anyhow::Result<Option<Numbered>> {
        if let Some(known) = self.catalogues.get(&key) {
            return Ok(known.clone());
        }
        let read = match (self.file, self.settings.targets.get(&key.0)) {
            (Some(path), _) => Some(Arc::new(catalogue::file(path)?)),
            (None, Some(target)) => Some(catalogue::live(target, &key.1)?),
            (None, None) => None,
        };
        let read = read.map(|catalogue| (self.catalogues.len(), catalogue));
        self.catalogues.insert(key, read.clone());
        Ok(read)
    }
}

impl Session {
    fn of(opened: &SessionOpened, settings: &Settings) -> Option<Self> {
        let groups = opened.groups.iter().flatten().map(|group| Name::new(group).ok());
        let principal = Principal {
            name: Name::new(&opened.principal).ok()?,
            kind: PrincipalKind::parse(&opened.principal_kind)?,
            groups: groups.collect::<Option<_>>()?,
            on_behalf_of: match &opened.on_behalf_of {
                Some(name) => Some(Name::new(name).ok()?),
                None => None,
            },
        };
        // The ledger has the human's name; its groups are those of now.
        let human = principal.on_behalf_of.as_ref().map(|name| match settings.accounts.get(name) {
            Some(account) => (*account.principal).clone(),
            None => Principal {
                name: name.clone(),
                kind: PrincipalKind::Human,
                groups: Vec::new(),
                on_behalf_of: None,
            },
        });
        Some(Self {
            principal,
            human,
            target: Name::new(&opened.target).ok()?,
            environment: Environment::parse(&opened.environment)?,
            database: opened.database.clone(),
            follow: Follow::default(),
            prepared: HashMap::new(),
        })
    }

    /// The facts of each statement of a text; for an EXECUTE those of what it executes as well.
    fn facts(&self, analysis: &Analysis) -> Vec<Arc<Facts>> {
        let mut facts = Vec::new();
        for statement in &analysis.statements {
            facts.push(Arc::clone(&statement.facts));
            facts.extend(self.executed(statement).map(|prepared| Arc::clone(&prepared.facts)));
        }
        facts
    }

    fn executed<'s>(&'s self, statement: &'s Analyzed) -> impl Iterator<Item = &'s Arc<Analyzed>> {
        statement.effects.iter().filter_map(|effect| match effect {
            Effect::Execute(name) => self.prepared.get(name),
            _ => None,
        })
    }

    /// Whether a text runs something by a name of which the ledger does not tell what it stood for.
    fn names_unknown(&self, analysis: &Analysis) -> bool {
        analysis.statements.iter().flat_map(|statement| &statement.effects).any(|effect| match effect {
            Effect::Execute(name) => !self.prepared.contains_key(name),
            Effect::Fetch(_) => true,
            _ => false,
        })
    }

    /// A text ended well: what it does to the session has happened.
    fn ended(&mut self, reading: &Reading) {
        for (number, statement) in reading.analysis.statements.iter().enumerate() {
            let more: Vec<Effect> =
                self.executed(statement).flat_map(|prepared| prepared.effects.clone()).collect();
            self.follow.apply(statement.effects.iter().chain(&more));
            let name = reading.prepares.iter().find(|(at, _)| *at == number).map(|(_, name)| name);
            if let Some((name, prepared)) = name.zip(statement.prepares.as_ref()) {
                self.prepared.insert(Arc::clone(name), Arc::clone(prepared));
            }
        }
    }
}

impl Tally {
    fn skip(&mut self, why: &'static str) {
        *self.skipped.entry(why).or_default() += 1;
    }

    /// What was not judged, by its reason.
    pub(super) fn skipped(&self) -> &BTreeMap<&'static str, u64> {
        &self.skipped
    }
}

fn who(principal: &str, human: Option<&str>) -> String {
    human.map_or_else(|| principal.to_owned(), |human| format!("{principal} for {human}"))
}

/// The purpose that the client stated then.
fn purpose(shown: &Shown) -> Option<String> {
    let asserted: serde_json::Value = serde_json::from_str(shown.text(PartName::Asserted)?).ok()?;
    Some(asserted.get("purpose")?.as_str()?.to_owned())
}
