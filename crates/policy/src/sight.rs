//! What a principal sees of labelled columns. Nothing but a permit of `reveal` shows values; a forbid, an error, a set
//! that does not check hides them. It never knows what a mask looks like, nor what a column holds.

use std::sync::Arc;

use model::Timestamp;

use crate::ask::Asked;
use crate::judge::{Answer, once, valid_until};
use crate::label::{Labelled, Question};
use crate::refusal;
use crate::rules::Rules;
use crate::vocabulary::Attributes;

/// How much of a column's values a principal sees, the strictest last.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Sight {
    /// The values themselves.
    Clear,
    /// As this mask shows them: what `@mask` of the permit says, which reveals no more.
    As(Arc<str>),
    /// As the mask of their class shows them.
    Masked,
}

/// What a principal sees of one column, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// How much.
    pub sight: Sight,
    /// The rules that say so: permits where something is shown, forbids where it is not, and the gate's own
    /// `policy/…` where no rule of a file did.
    pub rules: Vec<Arc<str>>,
    /// Rules that are only tried out and would have masked it.
    pub shadow: Vec<Arc<str>>,
    /// As of a decision: until when it holds; `None` for as long as the rules do.
    pub valid_until: Option<Timestamp>,
}

/// Answers on one column put together.
#[derive(Default)]
struct Gathered {
    sight: Option<Sight>,
    rules: Vec<Arc<str>>,
    shadow: Vec<Arc<str>>,
    reads: Attributes,
}

impl Rules {
    /// What the principal sees of each column, in their order: of its own sight and its human's the stricter, in the
    /// strictest of the statements. Two different masks are the mask of the class, which is what anybody sees.
    #[must_use]
    pub fn sights(&self, asked: &Asked<'_>, columns: &[Labelled<'_>]) -> Vec<Seen> {
        let hidden = |rules: Vec<Arc<str>>| {
            let seen = Seen { sight: Sight::Masked, rules, shadow: Vec::new(), valid_until: None };
            vec![seen; columns.len()]
        };
        let checked = match self.ready(asked) {
            Ok(checked) => checked,
            Err(refused) => return hidden(refused.rules().to_vec()),
        };
        let questions: Vec<Question<'_>> = columns.iter().map(|column| (*column, None)).collect();
        let mut gathered: Vec<Gathered> = columns.iter().map(|_| Gathered::default()).collect();
        let heard = checked.each_label(asked, &questions, false, |heard| {
            if let Some(gathered) = gathered.get_mut(heard.column) {
                gathered.add(&heard.answer);
            }
        });
        match heard {
            Some(()) => gathered.into_iter().map(|gathered| gathered.seen(asked.now)).collect(),
            None => hidden(vec![refusal::ERROR.into()]),
        }
    }
}

impl Sight {
    /// What one answer shows. A hold shows nothing: nobody can be asked while rows flow.
    pub(crate) fn of(answer: &Answer<'_>) -> Self {
        if !(answer.errors.is_empty() && answer.forbids.is_empty() && answer.holds.is_empty()) {
            return Self::Masked;
        }
        let mut masks = answer.permits.iter().map(|rule| rule.annotations.mask.as_ref());
        match (answer.permits.first(), masks.clone().any(|mask| mask.is_none())) {
            (None, _) => Self::Masked,
            (Some(_), true) => Self::Clear,
            (Some(_), false) => masks.find_map(|mask| mask.cloned()).map_or(Self::Masked, Self::As),
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Clear, other) => other,
            (this, Self::Clear) => this,
            (Self::As(one), Self::As(two)) if one == two => Self::As(one),
            _ => Self::Masked,
        }
    }
}

impl Gathered {
    fn add(&mut self, answer: &Answer<'_>) {
        let sight = Sight::of(answer);
        let mut rules = Vec::new();
        if !answer.errors.is_empty() {
            once(&mut rules, &refusal::ERROR.into());
        }
        let against = answer.errors.iter().chain(&answer.forbids).chain(&answer.holds);
        against.for_each(|rule| once(&mut rules, rule.id()));
        match &sight {
            Sight::Masked if rules.is_empty() => rules.push(refusal::NO_PERMIT.into()),
            Sight::Masked => {}
            Sight::As(mask) => {
                let permit = answer.permits.iter().find(|rule| rule.annotations.mask.as_ref() == Some(mask));
                rules.extend(permit.map(|rule| Arc::clone(rule.id())));
            }
            Sight::Clear => {
                let clear = answer.permits.iter().filter(|rule| rule.annotations.mask.is_none());
                rules.extend(clear.map(|rule| Arc::clone(rule.id())));
            }
        }
        self.reads.join(answer.reads);
        answer.shadow.iter().for_each(|rule| once(&mut self.shadow, rule.id()));
        let before = self.sight.take();
        let both = before.clone().map_or_else(|| sight.clone(), |before| before.and(sight.clone()));
        // The rules of the stricter side say it; those of both where they agree, or only together hide it.
        if before.as_ref() != Some(&both) && both == sight {
            self.rules.clear();
        }
        if before.as_ref() != Some(&both) || both == sight {
            rules.iter().for_each(|id| once(&mut self.rules, id));
        }
        self.sight = Some(both);
    }

    fn seen(self, now: Timestamp) -> Seen {
        Seen {
            sight: self.sight.unwrap_or(Sight::Masked),
            rules: self.rules,
            shadow: self.shadow,
            valid_until: valid_until(self.reads, now),
        }
    }
}
