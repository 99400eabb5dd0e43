//! From the kernel's decisions and outcomes to the ledger's entries, for one session.
//!
//! What is recorded of a text is decided here and only here: secrets are taken out before anything is hashed,
//! stored or kept.

mod words;

use std::borrow::Cow;
use std::sync::Arc;
use std::task::{Context, Poll};

use engine::{Decided, Outcome, Parameters, Reading, Refused, Text};
use journal::{Journal, Unavailable};
use ledger::entry::{self, Action, Decision};
use ledger::{ParameterHasher, Part, PartName, Paused, Receipt, Salt, Value};
use model::{
    Asserted, Durability, ParameterRecord, Principal, Refusal, SessionId, StatementId, Timestamp, Verdict,
};
use wire::postgres::encode;
use wire::postgres::frontend::Bind;

use crate::judge::Loaded;
use crate::settings::Target;
use words::{Said, action, changes, ending, limit_of, text_part};

/// Writes one session's statements into the ledger.
pub(crate) struct Recorder {
    journal: Journal,
    session: SessionId,
    principal: Arc<Principal>,
    target: Arc<Target>,
    /// What the client said about itself at log-in.
    asserted: Asserted,
    /// The same as the session's entry has it.
    asserted_part: Option<Part<'static>>,
    record: ParameterRecord,
    hasher: ParameterHasher,
}

/// A text as it will be stored: without its secrets, and with its salt.
pub(crate) struct Stored<'a> {
    salt: Salt,
    text: Cow<'a, [u8]>,
}

/// An entry that was taken.
#[derive(Debug)]
pub(crate) struct Appended {
    /// Its place in the ledger.
    pub(crate) ticket: u64,
    /// The receipt, for a relaxed target.
    pub(crate) receipt: Option<Receipt>,
}

/// The values of a Bind that comes in pieces.
pub(crate) struct Values {
    out: Vec<u8>,
    paused: Paused,
    record: ParameterRecord,
    hasher: ParameterHasher,
    types: Arc<[u32]>,
    formats: Vec<i16>,
    value: Option<Value>,
}

impl Recorder {
    pub(crate) fn new(
        journal: Journal,
        session: SessionId,
        principal: Arc<Principal>,
        target: Arc<Target>,
        asserted: Asserted,
        asserted_part: Option<Part<'static>>,
        record: ParameterRecord,
    ) -> Self {
        let hasher = ParameterHasher::new(journal.parameter_key());
        Self { journal, session, principal, target, asserted, asserted_part, record, hasher }
    }

    /// Reads a text on its surface, takes out its secrets, and commits to what is left.
    pub(crate) fn text<'a>(&self, text: &'a [u8], reading: &Arc<Reading>) -> (Text, Stored<'a>) {
        let mut scan = sql::scan(text);
        let stored = Stored { salt: self.journal.salt(), text: sql::redact(text, &scan) };
        if scan.secret.is_some() && !scan.asserted.is_empty() {
            // A comment that holds a secret asserts nothing.
            scan.asserted = sql::asserted_comments(&stored.text);
        }
        let part = Part::store(PartName::Text, stored.salt, &stored.text);
        let mut text = Text {
            commitment: part.commitment(),
            bytes: part.size(),
            fingerprint: scan.fingerprint,
            asserted: None,
            changes: Arc::default(),
            reading: Arc::clone(reading),
        };
        if !scan.asserted.is_empty() {
            text.asserted = self.asserted_by(&scan).map(Arc::new);
        }
        if !scan.touches.is_empty() {
            text.changes = changes(&scan, &text);
        }
        (text, stored)
    }

    /// What the text's comments say, over what the session said.
    fn asserted_by(&self, scan: &sql::Scan) -> Option<Asserted> {
        let purpose = scan.asserted("purpose");
        let trace = scan.asserted("traceparent").or_else(|| scan.asserted("trace"));
        if purpose.is_none() && trace.is_none() {
            return None;
        }
        let mut asserted = self.asserted.clone();
        asserted.purpose = purpose.map(str::to_owned).or(asserted.purpose);
        asserted.trace = trace.map(str::to_owned).or(asserted.trace);
        Some(asserted)
    }

    /// The record of a Bind's values.
    pub(crate) fn parameters(&self, bind: &Bind<'_>, types: &[u32]) -> Parameters {
        if bind.parameters.len() == 0 {
            return Parameters::default();
        }
        let mut out = Vec::with_capacity(128);
        let mut parameters = ledger::Parameters::new(&mut out, self.record, &self.hasher);
        for (index, value) in bind.parameters.enumerate() {
            match value {
                None => parameters.null(),
                Some(bytes) => {
                    let binary = bind.formats.of(index) == Some(1);
                    parameters.value(types.get(index).copied().unwrap_or(0), binary, bytes);
                }
            }
        }
        parameters.end();
        Parameters { record: out.into(), ..Parameters::default() }
    }

    /// The same for values that come in pieces.
    pub(crate) fn values(&self, types: Arc<[u32]>) -> Values {
        Values {
            out: Vec::new(),
            paused: Paused::default(),
            record: self.record,
            hasher: self.hasher.clone(),
            types,
            formats: Vec::new(),
            value: None,
        }
    }

    /// Records that a statement may run.
    ///
    /// # Errors
    /// When the ledger cannot take it: the statement must not run then.
    pub(crate) fn decided(
        &self,
        now: Timestamp,
        decided: &Decided,
        loaded: &Loaded,
        stored: Option<&Stored<'_>>,
    ) -> Result<Appended, Unavailable> {
        let text = decided.text.as_ref();
        let parameters = &*decided.parameters.record;
        let own = text.and_then(|text| text.asserted.as_deref());
        let mut asserted = Vec::new();
        let said = Said::of(Some(&decided.decision), decided.reading.as_deref());
        let entry = Decision {
            verdict: Verdict::Allow,
            rules: &said.rules,
            shadow: &said.shadow,
            facts: &said.facts,
            policy: Some(loaded.hash),
            policy_version: loaded.version,
            prepared: decided.prepared,
            fingerprint: text.map(|text| text.fingerprint),
            text: text_part(stored, text),
            parameters: (!parameters.is_empty())
                .then(|| Part::store(PartName::Parameters, self.journal.salt(), parameters)),
            asserted: self.asserted_of(own, &mut asserted),
            ..self.decision(now, decided.number, action(decided.action))
        };
        let appended = self.journal.append(&entry, self.target.durability)?;
        Ok(Appended { ticket: appended.index, receipt: appended.receipt })
    }

    /// Records that a statement may not run.
    pub(crate) fn refused(
        &self,
        now: Timestamp,
        refused: &Refused,
        loaded: &Loaded,
        stored: Option<&Stored<'_>>,
    ) {
        let text = refused.text.as_ref();
        let own = text.and_then(|text| text.asserted.as_deref());
        let mut asserted = Vec::new();
        let mut said = Said::of(refused.decision.as_deref(), text.map(|text| &*text.reading));
        if said.rules.is_empty() {
            said.rules.push(limit_of(&refused.refusal));
        }
        let entry = Decision {
            verdict: refused.decision.as_ref().map_or(Verdict::Refuse, |decision| decision.verdict()),
            rules: &said.rules,
            shadow: &said.shadow,
            facts: &said.facts,
            policy: refused.decision.is_some().then_some(loaded.hash),
            policy_version: loaded.version,
            fingerprint: text.map(|text| text.fingerprint),
            text: text_part(stored, text),
            asserted: self.asserted_of(own, &mut asserted),
            ..self.decision(now, refused.number, action(refused.action))
        };
        if let Err(error) = self.journal.append(&entry, Durability::Relaxed) {
            tracing::error!(session = %self.session, %error, "a refusal could not be recorded");
        }
    }

    /// Records what came of a statement.
    pub(crate) fn outcome(&self, now: Timestamp, outcome: &Outcome) {
        let mut tags = [""; engine::TAGS_MAX];
        let count = tags.iter_mut().zip(outcome.tags.iter()).map(|(slot, tag)| *slot = tag).count();
        let masked: Vec<String> = outcome.masked.iter().map(words::masked).collect();
        let entry = entry::Outcome {
            at: now,
            id: self.id(outcome.number),
            principal: self.principal.name.as_str(),
            target: self.target.name.as_str(),
            ending: ending(outcome.result),
            sqlstate: outcome.sqlstate,
            tags: tags.get(..count).unwrap_or_default(),
            commands: outcome.commands,
            rows: outcome.rows,
            bytes: outcome.bytes_out,
            bytes_in: outcome.bytes_in,
            duration_us: outcome.duration_us,
            masked: &masked,
        };
        if let Err(error) = self.journal.append(&entry, Durability::Relaxed) {
            tracing::error!(session = %self.session, statement = outcome.number, %error, "an outcome could not be recorded");
        }
    }

    /// Whether the ledger asks those who can wait to wait. Leaves the task's waker then.
    pub(crate) fn must_wait(&self, cx: &mut Context<'_>) -> bool {
        self.journal.is_crowded() && self.journal.poll_room(cx).is_pending()
    }

    /// The receipt of an entry, once it is on disk.
    pub(crate) fn poll_durable(
        &self,
        ticket: u64,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Receipt, Unavailable>> {
        self.journal.poll_durable(ticket, cx)
    }

    fn decision(&self, now: Timestamp, number: u64, action: Action) -> Decision<'_> {
        Decision {
            at: now,
            id: self.id(number),
            action,
            principal: self.principal.name.as_str(),
            on_behalf_of: self.principal.on_behalf_of.as_ref().map(model::Name::as_str),
            target: self.target.name.as_str(),
            verdict: Verdict::Refuse,
            rules: &[],
            shadow: &[],
            facts: &[],
            policy: None,
            policy_version: 0,
            prepared: None,
            fingerprint: None,
            text: None,
            parameters: None,
            asserted: None,
        }
    }

    fn asserted_of<'a>(&self, own: Option<&Asserted>, out: &'a mut Vec<u8>) -> Option<Part<'a>> {
        match own {
            None => self.asserted_part,
            Some(own) => {
                entry::write_asserted(own, out);
                Some(Part::store(PartName::Asserted, self.journal.salt(), out))
            }
        }
    }

    fn id(&self, number: u64) -> StatementId {
        StatementId { session: self.session, number }
    }
}

impl Stored<'_> {
    fn part(&self) -> Part<'_> {
        Part::store(PartName::Text, self.salt, &self.text)
    }
}

impl Values {
    pub(crate) fn formats(&mut self, formats: wire::postgres::Formats<'_>) {
        self.formats = formats.collect();
    }

    pub(crate) fn begin(&mut self, index: usize, length: Option<u32>) {
        if length.is_none() {
            self.write(|parameters| parameters.null());
            return;
        }
        let format = match self.formats.as_slice() {
            [one] => Some(*one),
            many => many.get(index).copied(),
        };
        let oid = self.types.get(index).copied().unwrap_or(0);
        self.value = Some(Value::new(oid, format == Some(1), self.record, &self.hasher));
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        if let Some(value) = &mut self.value {
            value.chunk(bytes);
        }
    }

    pub(crate) fn end(&mut self) {
        if let Some(value) = self.value.take() {
            self.write(|parameters| parameters.streamed(value));
        }
    }

    pub(crate) fn finish(mut self) -> Parameters {
        let parameters = ledger::Parameters::resume(self.paused, &mut self.out, self.record, &self.hasher);
        parameters.end();
        Parameters { record: self.out.into(), ..Parameters::default() }
    }

    fn write(&mut self, write: impl FnOnce(&mut ledger::Parameters<'_>)) {
        let mut parameters =
            ledger::Parameters::resume(self.paused, &mut self.out, self.record, &self.hasher);
        write(&mut parameters);
        self.paused = parameters.pause();
    }
}

/// What stands in the place of a refused message: one that fails for its spelling alone, touches nothing, and
/// leaves the server in the very state that an error of its own would.
pub(crate) fn substitute(out: &mut Vec<u8>, refused: &Refused) {
    const TEXT: &[u8] = b"tollhouse refused the statement that stood here";
    // The unnamed statement is gone with any Parse of it.
    let name: &[u8] = if refused.unnamed { b"" } else { b"tollhouse refused" };
    // Neither text has a NUL, so encoding cannot fail.
    let _ = if refused.cycle { encode::query(out, TEXT) } else { encode::parse(out, name, TEXT, &[]) };
}

/// What a client is told when the ledger does not take its statement.
pub(crate) fn refusal_for(why: &Unavailable) -> Refusal {
    Refusal::new(why.sqlstate(), "the statement was not run because the gate cannot record it")
        .detail(format!("rule `ledger/unavailable`: {why}"))
        .hint("try again later; whoever runs the gate sees the reason in its log and at `/readyz`")
}
