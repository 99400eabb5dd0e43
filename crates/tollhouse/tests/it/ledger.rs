//! What a running gate recorded, read from its folder by the ledger's own reader: leaves, and their bodies' parts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use journal::{FileStorage, read_vkey};
use ledger::body::{Stored, read_record};
use ledger::leaf::Leaf;
use ledger::{Reader, verify};

use crate::house::PATIENCE;

/// Between two looks at a ledger. A look reads all of it, so it is not free.
const PAUSE: Duration = Duration::from_millis(50);

/// A ledger's folder.
pub(crate) struct Ledger(PathBuf);

/// One entry: its leaf, and the parts of its body that are in the clear.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) index: u64,
    pub(crate) leaf: Leaf,
    pub(crate) parts: BTreeMap<&'static str, String>,
}

/// A decision and its outcome, if there is one.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) decision: ledger::leaf::Decision,
    pub(crate) decided_at: u64,
    pub(crate) text: Option<String>,
    pub(crate) parameters: Option<String>,
    pub(crate) asserted: Option<String>,
    pub(crate) outcome: Option<ledger::leaf::Outcome>,
    pub(crate) ended_at: Option<u64>,
}

impl Ledger {
    pub(crate) fn at(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// All entries. The gate may be sealing meanwhile, so a look that finds a file gone is repeated.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.entries_from(0)
    }

    /// All entries from this index on.
    pub(crate) fn entries_from(&self, first: u64) -> Vec<Entry> {
        look("a ledger that can be read", || self.try_entries(first))
    }

    fn try_entries(&self, first: u64) -> Option<Vec<Entry>> {
        let storage = FileStorage::new(&self.0);
        let reader = Reader::new(&storage).ok()?;
        let mut entries = Vec::new();
        for number in first / 256..reader.size().div_ceil(256) {
            for entry in reader.bundle(number).ok()?.into_iter().filter(|entry| entry.index >= first) {
                let body = entry.body.as_deref().unwrap_or_default();
                let parts =
                    read_record(body).expect("a body").into_iter().filter_map(|(name, part)| match part {
                        Stored::Clear { bytes, .. } => {
                            Some((name.as_str(), String::from_utf8_lossy(bytes).into_owned()))
                        }
                        Stored::Erased => None,
                    });
                entries.push(Entry {
                    index: entry.index,
                    leaf: Leaf::read(&entry.leaf).expect("a leaf"),
                    parts: parts.collect(),
                });
            }
        }
        (first + entries.len() as u64 == reader.size()).then_some(entries)
    }

    /// The first entry that `find` likes, once it is there.
    pub(crate) fn wait<T>(&self, what: &str, find: impl Fn(&Entry) -> Option<T>) -> T {
        look(what, || self.entries().iter().find_map(&find))
    }

    /// All statements with their outcomes, in the order of their decisions.
    pub(crate) fn pairs(&self) -> Vec<Pair> {
        pairs(&self.entries())
    }

    /// The statement whose text is this, once its outcome is there.
    pub(crate) fn statement(&self, text: &str) -> Pair {
        look(&format!("the outcome of `{text}`"), || {
            self.pairs().into_iter().find(|pair| pair.text.as_deref() == Some(text) && pair.outcome.is_some())
        })
    }

    /// How a statement with this text ended: `ok`, `error 22012` …
    pub(crate) fn result(&self, text: &str) -> String {
        self.statement(text).result()
    }

    /// Waits until everything that was sent to run has its outcome; returns all pairs. Preparing has no effect, so
    /// it has an outcome only when it fails.
    pub(crate) fn settled(&self) -> Vec<Pair> {
        look("every decision to have its outcome", || {
            let pairs = self.pairs();
            let settled = |pair: &Pair| pair.outcome.is_some() || pair.decision.action == "prepare";
            (!pairs.is_empty() && pairs.iter().all(settled)).then_some(pairs)
        })
    }

    /// Verifies all of it with the public key alone. The gate must not run.
    pub(crate) fn verify(&self) {
        let key = read_vkey(&self.0.join("ledger.pub")).expect("the public key");
        verify(&FileStorage::new(&self.0), &key, None).unwrap_or_else(|finding| panic!("{finding:?}"));
    }
}

fn look<T>(what: &str, mut find: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = find() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        std::thread::sleep(PAUSE);
    }
}

/// Pairs decisions with outcomes.
pub(crate) fn pairs(entries: &[Entry]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut places = BTreeMap::new();
    let mut texts = BTreeMap::new();
    for entry in entries {
        match &entry.leaf {
            Leaf::Decision(decision) => {
                let id = (decision.session.clone(), decision.number);
                let own = entry.parts.get("text").cloned();
                if let Some(text) = &own {
                    texts.insert(id.clone(), text.clone());
                }
                // The text of an execution lies with the statement that prepared it.
                let prepared = decision.prepared.map(|number| (decision.session.clone(), number));
                let text = own.or_else(|| prepared.and_then(|id| texts.get(&id).cloned()));
                places.insert(id, pairs.len());
                pairs.push(Pair {
                    decision: decision.clone(),
                    decided_at: entry.index,
                    text,
                    parameters: entry.parts.get("parameters").cloned(),
                    asserted: entry.parts.get("asserted").cloned(),
                    outcome: None,
                    ended_at: None,
                });
            }
            Leaf::Outcome(outcome) => {
                let id = (outcome.session.clone(), outcome.number);
                let place =
                    places.get(&id).unwrap_or_else(|| panic!("an outcome before its decision: {id:?}"));
                assert!(pairs[*place].outcome.is_none(), "two outcomes of {id:?}");
                pairs[*place].outcome = Some(outcome.clone());
                pairs[*place].ended_at = Some(entry.index);
            }
            _ => {}
        }
    }
    pairs
}

impl Pair {
    /// How it ended: `ok`, `error 22012`, or `open`.
    pub(crate) fn result(&self) -> String {
        match &self.outcome {
            None => "open".into(),
            Some(outcome) => match &outcome.sqlstate {
                None => outcome.result.clone(),
                Some(code) => format!("{} {code}", outcome.result),
            },
        }
    }

    /// Verdict, action, text and result in one line.
    pub(crate) fn line(&self) -> String {
        let text = self.text.as_deref().unwrap_or("-");
        format!("{} {} `{text}` {}", self.decision.verdict, self.decision.action, self.result())
    }
}
