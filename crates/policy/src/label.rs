//! Labelled columns as requests: `reveal` asks who sees their values, `probe` who may choose rows by them. It asks each
//! rule about each column, for each principal that has to be permitted, and leaves putting it together to others.

use std::borrow::Cow;
use std::sync::Arc;

use cedar_policy::Entities;
use model::facts::{Access, ColumnId, Facts, Object, ObjectKind};
use model::{Class, Verdict};

use crate::ask::{Actor, Asked, Wanted, Wants};
use crate::frame::Frame;
use crate::judge::{Answer, Court};
use crate::rules::Checked;
use crate::sight::Sight;
use crate::vocabulary::{PROBE, REVEAL, uid};

/// A base column that a statement uses, and its label. Columns without a label are nobody's question.
#[derive(Clone, Copy, Debug)]
pub struct Labelled<'a> {
    /// Which.
    pub column: &'a ColumnId,
    /// What kind of data it holds.
    pub class: Class,
}

/// How a statement chooses rows by a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Probe {
    /// Compared with values that the statement gives: `=`, `IN`.
    Lookup,
    /// In any other way: ranges, patterns, joins, order, groups, expressions.
    Free,
}

/// What a request about a labelled column is besides.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Label {
    pub(crate) class: Class,
    /// For `probe`: how.
    pub(crate) probe: Option<Probe>,
    /// For `probe`: whether the principal sees the column's values.
    pub(crate) revealed: bool,
    /// For a free probe that nothing permits: whether a lookup would be.
    pub(crate) lookup: bool,
}

impl Probe {
    /// The word in rules and cases.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lookup => "lookup",
            Self::Free => "free",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Lookup, Self::Free].into_iter().find(|probe| probe.as_str() == word)
    }
}

/// What the rules say of one column, for one principal, in one statement.
pub(crate) struct Heard<'q, 's> {
    /// The column's place in the list.
    pub(crate) column: usize,
    pub(crate) frame: &'q Frame<'q>,
    pub(crate) actor: &'q Actor,
    pub(crate) wanted: &'q Wanted<'q>,
    pub(crate) answer: Answer<'s>,
}

/// A column to be asked about: who sees it, or who may use it in this way.
pub(crate) type Question<'a> = (Labelled<'a>, Option<Probe>);

impl Checked {
    /// Asks about each column in each statement, for each principal that has to be permitted. `None` when Cedar does
    /// not take the entities, so that nothing can be said.
    pub(crate) fn each_label<'s>(
        &'s self,
        asked: &Asked<'_>,
        questions: &[Question<'_>],
        thorough: bool,
        mut each: impl FnMut(Heard<'_, 's>),
    ) -> Option<()> {
        let empty = Facts::default();
        let nothing = [&empty];
        let statements = if asked.statements.is_empty() { &nothing[..] } else { asked.statements };
        // Where no rule looks at the statement, each gets the same answers.
        let statements_max = if self.labels_by_facts { usize::MAX } else { 1 };
        let statements = statements.iter().chain(asked.named).take(statements_max);
        let wants = Wants::new(asked, &self.types, false, false);
        let all: Vec<(Frame<'_>, Vec<(usize, Wanted<'_>)>)> =
            statements.map(|facts| (Frame::new(asked, facts), wants.labelled(questions, facts))).collect();
        let actors = Actor::all(asked, &self.types);
        let court = self.court();
        let on_target = [wants.on_target(REVEAL), wants.on_target(PROBE)];
        let wanted = all.iter().flat_map(|(_, wanted)| wanted).map(|(_, wanted)| wanted);
        let entities = court.entities(&actors, &wanted.chain(&on_target).collect::<Vec<_>>())?;
        for (frame, wanted) in &all {
            for (column, wanted) in wanted {
                for actor in &actors {
                    let bench = Bench { court: &court, frame, actor, entities: &entities, thorough };
                    let (asked, answer) = bench.hear(wanted, self.reads_revealed);
                    let wanted = asked.as_ref().unwrap_or(wanted);
                    each(Heard { column: *column, frame, actor, wanted, answer });
                }
            }
        }
        Some(())
    }
}

/// Asking for one principal in one statement.
struct Bench<'q, 's> {
    court: &'q Court<'s>,
    frame: &'q Frame<'q>,
    actor: &'q Actor,
    entities: &'q Entities,
    thorough: bool,
}

impl<'s> Bench<'_, 's> {
    /// The answer, and the request when more was found out about it on the way.
    fn hear<'a>(&self, wanted: &Wanted<'a>, reads_revealed: bool) -> (Option<Wanted<'a>>, Answer<'s>) {
        let Some(label) = wanted.label.filter(|label| label.probe.is_some()) else {
            return (None, self.ask(wanted));
        };
        let with = |action, label| Wanted { action, label: Some(label), ..wanted.clone() };
        let seen = reads_revealed.then(|| self.ask(&with(REVEAL, Label { probe: None, ..label })));
        let revealed = seen.as_ref().is_some_and(|seen| matches!(Sight::of(seen), Sight::Clear));
        let mut label = Label { revealed, ..label };
        let mut answer = self.ask(&with(PROBE, label));
        answer.reads.join(seen.map(|seen| seen.reads).unwrap_or_default());
        if label.probe == Some(Probe::Free) && answer.verdict(true) == Verdict::Refuse {
            let lookup = self.ask(&with(PROBE, Label { probe: Some(Probe::Lookup), ..label }));
            label.lookup = lookup.verdict(true) == Verdict::Allow;
        }
        (Some(with(PROBE, label)), answer)
    }

    fn ask(&self, wanted: &Wanted<'_>) -> Answer<'s> {
        self.court.ask(self.frame, self.actor, wanted, self.entities, self.thorough)
    }
}

impl<'a> Wants<'a> {
    /// The requests for labelled columns, each with its question's place. A column has several when its name could
    /// mean several: the strictest answer is its own.
    fn labelled(&self, questions: &[Question<'_>], facts: &'a Facts) -> Vec<(usize, Wanted<'a>)> {
        let mut all = Vec::with_capacity(questions.len());
        for (place, (labelled, probe)) in questions.iter().enumerate() {
            let column = labelled.column;
            let action = if probe.is_some() { PROBE } else { REVEAL };
            let class = uid(&self.types.class, labelled.class.as_str());
            for (object, access) in objects(column, facts) {
                let relation = self.thing(action, object, access);
                let mut wanted = self.column(&relation, &column.name);
                wanted.above.push(class.clone());
                wanted.about.push_str(&format!(" ({})", labelled.class.as_str()));
                wanted.label =
                    Some(Label { class: labelled.class, probe: *probe, revealed: false, lookup: false });
                all.push((place, wanted));
            }
        }
        all
    }
}

/// The relation of a column: as the statement touches it, or else by its name. `a.b.c` can be `a`.`b.c` or `a.b`.`c`.
fn objects<'a>(column: &ColumnId, facts: &'a Facts) -> Vec<(Cow<'a, Object>, Option<&'a Access>)> {
    let is_it = |object: &Object| match column.relation {
        0 => object.oid == 0 && object.full_name() == *column.of,
        oid => object.oid == oid,
    };
    let relation =
        |access: &&Access| !matches!(access.object.kind, ObjectKind::Function | ObjectKind::Schema);
    if let Some(access) = facts.accesses.iter().filter(relation).find(|access| is_it(&access.object)) {
        return vec![(Cow::Borrowed(&access.object), Some(access))];
    }
    let named = |schema: &str, name: &str| {
        let object = Object {
            kind: ObjectKind::Table,
            schema: Arc::from(schema),
            name: Arc::from(name),
            oid: column.relation,
        };
        (Cow::Owned(object), None)
    };
    let parts = column.of.match_indices('.').filter_map(|(dot, _)| {
        let (schema, name) = (column.of.get(..dot)?, column.of.get(dot + 1..)?);
        (!schema.is_empty() && !name.is_empty()).then(|| named(schema, name))
    });
    let mut all: Vec<_> = parts.collect();
    if all.is_empty() {
        all.push(named("", &column.of));
    }
    all
}
