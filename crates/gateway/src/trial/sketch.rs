//! The same for a database that somebody only describes: its tables, and what their columns hold. No server is asked.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use model::{Class, Durability};
use policy::{Asked, Rules};
use sql::catalogue::Catalogue;

use super::{Trial, Tried};
use crate::catalogue::Watch;
use crate::settings::{SessionAttrs, Target, Upstream};

/// Who would send what to a database of this description.
pub struct Sketch<'a> {
    /// Who, where and why; its statements are the text's.
    pub asked: Asked<'a>,
    /// The rules.
    pub rules: &'a Arc<Rules>,
    /// What the database has; no other one of the process has its version.
    pub catalogue: &'a Arc<Catalogue>,
    /// The labels, by relation and column. A column without one holds nothing sensitive.
    pub labels: &'a HashMap<(u32, i16), Class>,
    /// The text.
    pub text: &'a [u8],
}

impl Sketch<'_> {
    /// Judges.
    #[must_use]
    pub fn run(&self) -> Tried {
        let Asked { principal, human, target, environment, database, purpose, now, .. } = self.asked;
        let target = Arc::new(Target {
            name: target.clone(),
            environment,
            durability: Durability::Strict,
            application_name_forced: false,
            masks: true,
            startup_options: Vec::new(),
            corrections: Vec::new(),
            // It is nowhere: nobody connects.
            upstream: Upstream {
                hosts: Vec::new(),
                database: database.to_owned(),
                user: String::new(),
                password: None,
                tls: None,
                session_attrs: SessionAttrs::Any,
                connect_timeout: Duration::ZERO,
            },
        });
        let labels = Arc::new(crate::label::given(self.catalogue, self.labels));
        let looked = Watch::sketched(&target, database, Arc::clone(self.catalogue), labels);
        let human = human.cloned().map(Arc::new);
        let trial = Trial {
            principal: &Arc::new(principal.clone()),
            human: human.as_ref(),
            target: &target,
            database,
            purpose,
            rules: self.rules,
            text: self.text,
            now,
        };
        trial.judge(&Arc::new(looked), Arc::clone(self.catalogue))
    }
}
