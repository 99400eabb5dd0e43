//! A checked, immutable rule set. Asking it is the only way to a decision.

use cedar_policy::Authorizer;
use model::facts::Facts;

use crate::ask::{Actor, Asked, AskedConnect, Wanted, Wants};
use crate::batch::Batch;
use crate::decision::Decision;
use crate::frame::Frame;
use crate::judge::{self, Answer, Court, Tally};
use crate::limits::SessionLimits;
use crate::problem::Problem;
use crate::rule::Rule;
use crate::source::{self, Source};
use crate::vocabulary::{self, CONNECT, Types};
use crate::{check, refusal};

/// A rule set that checked; or one that did not, which refuses everything and says why.
pub struct Rules {
    pub(crate) state: State,
    hash: [u8; 32],
}

/// What a set is.
pub(crate) enum State {
    Checked(Box<Checked>),
    Refusing(Vec<Problem>),
}

/// A set that can be asked.
pub(crate) struct Checked {
    pub(crate) rules: Vec<Rule>,
    batches: Vec<Batch>,
    pub(crate) types: Types,
    authorizer: Authorizer,
    on_columns: bool,
    on_functions: bool,
    /// Some rule about labelled columns looks at what the statement does.
    pub(crate) labels_by_facts: bool,
    /// Some rule looks at whether a column is seen.
    pub(crate) reads_revealed: bool,
}

impl Rules {
    /// Checks rule files: syntax, names, annotations, and Cedar's schema in strict mode.
    ///
    /// # Errors
    /// All problems, in the order of files and lines.
    pub fn check(sources: &[Source]) -> Result<Self, Vec<Problem>> {
        let types = Types::new().ok_or_else(Vec::new)?;
        let rules = check::check(sources, &types)?;
        let batches = Batch::all(&rules).ok_or_else(Vec::new)?;
        let on_columns = rules.iter().any(|rule| rule.on_columns);
        let on_functions = rules.iter().any(|rule| rule.on_functions);
        let about_labels: Vec<&Rule> = rules.iter().filter(|rule| rule.is_about_labels()).collect();
        let labels_by_facts = about_labels.iter().any(|rule| rule.condition.reads.reads_facts());
        let reads_revealed =
            about_labels.iter().any(|rule| rule.condition.reads.has(vocabulary::Attribute::Revealed));
        let checked = Checked {
            rules,
            batches,
            types,
            authorizer: Authorizer::new(),
            on_columns,
            on_functions,
            labels_by_facts,
            reads_revealed,
        };
        Ok(Self { state: State::Checked(Box::new(checked)), hash: source::hash(sources) })
    }

    /// What stands in for a set that does not check: it refuses everything and says why.
    #[must_use]
    pub fn refusing(why: Vec<Problem>) -> Self {
        // Two such sets are one as long as they have the same problems.
        let text: Vec<Source> = why
            .iter()
            .map(|it| Source { name: it.file.clone(), text: it.to_string(), pack: false })
            .collect();
        Self { state: State::Refusing(why), hash: source::hash(&text) }
    }

    /// SHA-256 of the files' names and texts.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// The guard packs that come with the gate.
    #[must_use]
    pub fn packs() -> Vec<Source> {
        source::packs()
    }

    /// Why the set refuses everything; empty when it checked.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        match &self.state {
            State::Checked(_) => &[],
            State::Refusing(why) => why,
        }
    }

    /// Judges a text: everything that each of its statements does to each object must be permitted.
    #[must_use]
    pub fn decide(&self, asked: &Asked<'_>) -> Decision {
        match self.ready(asked) {
            Ok(checked) => {
                let mut tally = Tally::default();
                checked.each(asked, false, |frame, actor, wanted, answer| {
                    tally.add(frame, actor, wanted, &answer);
                });
                tally.decide(asked.now)
            }
            Err(refused) => *refused,
        }
    }

    /// Judges the opening of a session, and what limits it gets. An agent's session has the stricter limits of its
    /// own and its human's.
    #[must_use]
    pub fn connect(&self, asked: &AskedConnect<'_>) -> (Decision, SessionLimits) {
        let nothing = Facts { command: "CONNECT", ..Facts::default() };
        let asked = Asked {
            principal: asked.principal,
            human: asked.human,
            target: asked.target,
            environment: asked.environment,
            database: asked.database,
            statements: &[],
            named: &[],
            purpose: asked.purpose,
            now: asked.now,
        };
        let checked = match self.ready(&asked) {
            Ok(checked) => checked,
            Err(refused) => return (*refused, SessionLimits::default()),
        };
        let court = checked.court();
        let frame = Frame::new(&asked, &nothing);
        let wanted = Wants::new(&asked, &checked.types, false, false).on_target(CONNECT);
        let actors = Actor::all(&asked, &checked.types);
        let Some(entities) = court.entities(&actors, &[&wanted]) else {
            return (judge::refuse(refusal::ERROR, refusal::unchecked(None)), SessionLimits::default());
        };
        let mut tally = Tally::default();
        let mut limits = SessionLimits::default();
        for actor in &actors {
            let answer = court.ask(&frame, actor, &wanted, &entities, false);
            limits = limits.and(limits_of(&answer));
            tally.add(&frame, actor, &wanted, &answer);
        }
        (tally.decide(asked.now), limits)
    }

    /// The rules, unless the answer is known without them.
    pub(crate) fn ready(&self, asked: &Asked<'_>) -> Result<&Checked, Box<Decision>> {
        match &self.state {
            State::Refusing(why) => {
                Err(Box::new(judge::refuse(refusal::UNCHECKED, refusal::unchecked(why.first()))))
            }
            State::Checked(_) if judge::is_alone(asked) => {
                Err(Box::new(judge::refuse(refusal::ALONE, refusal::alone(asked.principal.name.as_str()))))
            }
            State::Checked(checked) => Ok(checked),
        }
    }
}

impl std::fmt::Debug for Rules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.state {
            State::Checked(checked) => f.debug_struct("Rules").field("rules", &checked.rules.len()).finish(),
            State::Refusing(why) => f.debug_struct("Rules").field("problems", &why.len()).finish(),
        }
    }
}

impl Checked {
    pub(crate) fn court(&self) -> Court<'_> {
        Court { rules: &self.rules, batches: &self.batches, types: &self.types, authorizer: &self.authorizer }
    }

    /// Asks about each thing that each statement does, for each principal that has to be permitted.
    pub(crate) fn each<'s>(
        &'s self,
        asked: &Asked<'_>,
        thorough: bool,
        mut each: impl FnMut(&Frame<'_>, &Actor, &Wanted<'_>, Answer<'s>),
    ) {
        let empty = Facts::default();
        let nothing = [&empty];
        let statements = if asked.statements.is_empty() { &nothing[..] } else { asked.statements };
        let statements = statements.iter().chain(asked.named);
        let court = self.court();
        let wants = Wants::new(asked, &self.types, self.on_columns, self.on_functions);
        let wanted: Vec<(Frame<'_>, Vec<Wanted<'_>>)> =
            statements.map(|facts| (Frame::new(asked, facts), wants.of(facts))).collect();
        let actors = Actor::all(asked, &self.types);
        let all: Vec<&Wanted<'_>> = wanted.iter().flat_map(|(_, wanted)| wanted).collect();
        // Entities that Cedar does not take leave the resource without its parents, which would make forbids
        // silent; such requests are errors instead.
        let entities = court.entities(&actors, &all);
        for actor in &actors {
            for (frame, wanted) in &wanted {
                for wanted in wanted {
                    let answer = match &entities {
                        Some(entities) => court.ask(frame, actor, wanted, entities, thorough),
                        None => Answer { errors: self.rules.iter().take(1).collect(), ..Answer::default() },
                    };
                    each(frame, actor, wanted, answer);
                }
            }
        }
    }
}

/// Of the limits that permits set the most generous. Permits without `@limits` say nothing about limits, unless they
/// lift the permits that do.
fn limits_of(answer: &Answer<'_>) -> SessionLimits {
    let lifted = |id: &str| answer.permits.iter().any(|permit| permit.lifts(id));
    let mut limiting = answer.permits.iter().filter_map(|rule| Some((rule, rule.annotations.limits?)));
    let Some((first, limits)) = limiting.next() else { return SessionLimits::default() };
    if first.pack && lifted(first.id()) {
        return SessionLimits::default();
    }
    limiting.fold(limits, |so_far, (rule, limits)| {
        so_far.or(if rule.pack && lifted(rule.id()) { SessionLimits::default() } else { limits })
    })
}

const _: fn() = || {
    fn shared<T: Send + Sync>() {}
    shared::<Rules>();
};
