//! What a gate would make of one text, for a command: judged by a session's own judge, against what the target's database has
//! now. Nothing of the text is sent anywhere.

mod sketch;

use std::sync::Arc;

use engine::{Rows, Show};
use model::{Class, Principal, Refusal, Timestamp};
use policy::{Decision, Rules};
use sql::catalogue::Catalogue;

use crate::catalogue::Watch;
use crate::judge::{Bench, Judge, RulesNow};
use crate::label::Memory;
use crate::settings::Target;

pub use sketch::Sketch;

/// Who would send what, where.
pub struct Trial<'a> {
    /// Who.
    pub principal: &'a Arc<Principal>,
    /// The human that an agent acts for.
    pub human: Option<&'a Arc<Principal>>,
    /// The target.
    pub target: &'a Arc<Target>,
    /// The database there.
    pub database: &'a str,
    /// The stated purpose.
    pub purpose: Option<&'a str>,
    /// The rules.
    pub rules: &'a Arc<Rules>,
    /// The text.
    pub text: &'a [u8],
    /// When.
    pub now: Timestamp,
}

/// What would come of it.
pub struct Tried {
    /// What the database has.
    pub catalogue: Arc<Catalogue>,
    /// The verdict, also of what may not be seen.
    pub decision: Arc<Decision>,
    /// For each statement the columns of its result, by name, with what is shown of each. `None`: it returns none, or nobody
    /// can tell which.
    pub shown: Vec<Option<SeenColumns>>,
}

/// The columns of a result by name, in order.
pub type SeenColumns = Vec<(Arc<str>, Seen)>;

/// What is shown of a column of a result, as far as lineage tells; what the server says of it can only hide more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// All.
    Clear,
    /// Text, but for what tells by its shape.
    Scanned,
    /// What a mask shows.
    Masked {
        /// The class of the labelled column.
        class: Class,
        /// That column; empty: nobody can tell.
        of: Arc<str>,
        /// The mask that a rule grants; `None`: the class's.
        mask: Option<Arc<str>>,
    },
    /// Nothing: it is made from a labelled column, or nobody can tell.
    Hidden {
        /// The class of the labelled column.
        class: Class,
        /// That column; empty: nobody can tell.
        of: Arc<str>,
    },
}

impl From<&Show> for Seen {
    fn from(show: &Show) -> Self {
        match show {
            Show::Clear => Self::Clear,
            Show::Scan { .. } => Self::Scanned,
            Show::Mask(hidden) => {
                Self::Masked { class: hidden.class, of: Arc::clone(&hidden.of), mask: hidden.how.clone() }
            }
            Show::Full(hidden) => Self::Hidden { class: hidden.class, of: Arc::clone(&hidden.of) },
        }
    }
}

impl Trial<'_> {
    /// Looks at the database once, and judges by what its columns hold, as far as `memory` or that look tell.
    ///
    /// # Errors
    /// When the server cannot be asked: what a client would be told.
    pub async fn run(&self, memory: Memory) -> Result<Tried, Refusal> {
        crate::glance::at(self.target, self.database, memory, |looked, catalogue| {
            self.judge(looked, catalogue)
        })
        .await
    }

    fn judge(&self, looked: &Arc<Watch>, catalogue: Arc<Catalogue>) -> Tried {
        let mut judge = Judge::new(Bench {
            principal: Arc::clone(self.principal),
            human: self.human.map(Arc::clone),
            target: Arc::clone(self.target),
            database: self.database.into(),
            purpose: self.purpose.map(Arc::from),
            rules: RulesNow::new(Arc::clone(self.rules)),
            catalogue: Arc::clone(looked),
            budget: Arc::default(),
            scans: true,
        });
        let (reading, judged) = judge.first(self.text, self.now);
        let statements = reading.analysis.statements.iter().enumerate();
        let shown = statements.map(|(number, statement)| {
            let outputs = statement.facts.outputs.as_deref().unwrap_or_default();
            let names = outputs.iter().map(|output| Arc::clone(&output.name));
            match judged.shows.rows.get(number).unwrap_or(&Rows::Clear) {
                Rows::Clear => Some(names.map(|name| (name, Seen::Clear)).collect::<SeenColumns>()),
                Rows::Columns(shows) => Some(names.zip(shows.iter().map(Seen::from)).collect()),
                Rows::Nothing | Rows::Unknown => None,
            }
            .filter(|columns| !columns.is_empty())
        });
        Tried { catalogue, decision: judged.decision, shown: shown.collect() }
    }
}
