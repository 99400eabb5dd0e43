//! The same for a database that somebody only describes: its tables, and what their columns hold. No server is asked.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use model::{Class, Durability, Environment, Name, Principal, Timestamp};
use policy::Rules;
use sql::catalogue::Catalogue;

use super::{Tried, tried};
use crate::catalogue::Watch;
use crate::judge::{Bench, Judge, RulesNow};
use crate::settings::{SessionAttrs, Target, Upstream};

/// Who would send what to a database of this description.
pub struct Sketch<'a> {
    /// Who.
    pub principal: &'a Principal,
    /// The human that an agent acts for.
    pub human: Option<&'a Principal>,
    /// The target's name.
    pub target: &'a Name,
    /// What kind of place that is.
    pub environment: Environment,
    /// The database's name.
    pub database: &'a str,
    /// The stated purpose.
    pub purpose: Option<&'a str>,
    /// The rules.
    pub rules: &'a Arc<Rules>,
    /// What the database has; no other one of the process has its version.
    pub catalogue: &'a Arc<Catalogue>,
    /// The labels, by relation and column. A column without one holds nothing sensitive.
    pub labels: &'a HashMap<(u32, i16), Class>,
    /// The text.
    pub text: &'a [u8],
    /// When.
    pub now: Timestamp,
}

impl Sketch<'_> {
    /// Judges.
    #[must_use]
    pub fn run(&self) -> Tried {
        let target = Arc::new(Target {
            name: self.target.clone(),
            environment: self.environment,
            durability: Durability::Strict,
            application_name_forced: false,
            masks: true,
            startup_options: Vec::new(),
            corrections: Vec::new(),
            // It is nowhere: nobody connects.
            upstream: Upstream {
                hosts: Vec::new(),
                database: self.database.to_owned(),
                user: String::new(),
                password: None,
                tls: None,
                session_attrs: SessionAttrs::Any,
                connect_timeout: Duration::ZERO,
            },
        });
        let labels = Arc::new(crate::label::given(self.catalogue, self.labels));
        let looked = Watch::sketched(&target, self.database, Arc::clone(self.catalogue), labels);
        let mut judge = Judge::new(Bench {
            principal: Arc::new(self.principal.clone()),
            human: self.human.cloned().map(Arc::new),
            target,
            database: self.database.into(),
            purpose: self.purpose.map(Arc::from),
            rules: RulesNow::new(Arc::clone(self.rules)),
            catalogue: Arc::new(looked),
            budget: Arc::default(),
        });
        tried(&mut judge, Arc::clone(self.catalogue), self.text, self.now)
    }
}
