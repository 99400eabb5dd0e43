//! Texts that were understood, remembered per thread. The key is the exact text in one state of catalogue and
//! session; a fingerprint never is. Behind it, what depends on the facts alone is shared by all texts that differ
//! only in their literals.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;
use std::sync::Arc;

use engine::{Decisions, Reading};
use model::facts::Facts;
use sql::catalogue::Catalogue;
use sql::{Analysis, Analyzed, Effect, Lost, View};

use super::near::shows_mask;

/// Texts remembered per thread and generation: as many as the applications behind one gate send again and again.
const TEXTS_MAX: usize = 4_096;

/// Bytes of texts remembered per thread and generation.
const BYTES_MAX: usize = 16 * 1024 * 1024;

/// A longer text is read anew each time: hashing it costs as much as it saves, and it would push out many others.
const TEXT_MAX: usize = 64 * 1024;

/// Kinds of facts remembered per thread and generation.
const FACTS_MAX: usize = 4_096;

thread_local! {
    static CACHE: RefCell<Cache> = RefCell::default();
}

/// How a text was read, by database, in states of it and of sessions.
type Readings = Vec<(u64, Arc<Reading>)>;

#[derive(Default)]
struct Cache {
    texts: Generations<Arc<[u8]>, Readings>,
    facts: Generations<Vec<Arc<Facts>>, Rc<Known>>,
}

/// What depends on facts alone.
struct Known {
    lines: Arc<[Box<str>]>,
    decisions: Arc<Decisions>,
}

/// A map that forgets what was not asked for lately: when the young half is full it becomes the old one.
struct Generations<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
    bytes: usize,
}

/// Reads a text in a session of the database that `database` stands for, or remembers how it was read.
pub(super) fn read(text: &[u8], database: u64, catalogue: &Catalogue, view: &Arc<View>) -> Arc<Reading> {
    let current =
        |(of, reading): &&(u64, Arc<Reading>)| *of == database && reading.is_current(catalogue.version, view);
    let found = CACHE.with_borrow_mut(|cache| {
        let readings = cache.texts.get(text)?;
        readings.iter().find(current).map(|(_, reading)| Arc::clone(reading))
    });
    if let Some(reading) = found {
        return reading;
    }
    let analysis = sql::analyze(text, catalogue, view);
    let facts: Vec<Arc<Facts>> = analysis.statements.iter().map(|run| Arc::clone(&run.facts)).collect();
    let (lines, shared) = known(facts);
    let decisions = if says_more(&analysis, text) { Arc::default() } else { shared };
    let reading = Arc::new(Reading {
        source: Arc::from(text),
        analysis,
        lines,
        catalogue: catalogue.version,
        view: Arc::clone(view),
        decisions,
    });
    if text.len() <= TEXT_MAX {
        remember(database, &reading);
    }
    reading
}

/// Whether a decision on the text may depend on more of it than its facts: then no other text shares it.
fn says_more(analysis: &Analysis, text: &[u8]) -> bool {
    let writes = |facts: &Facts| !facts.is_read_only();
    analysis.statements.iter().any(|run| run.copy.as_ref().is_some_and(|copy| copy.unread().is_some()))
        || analysis.statements.iter().any(|run| writes(&run.facts)) && shows_mask(text)
}

/// A text that nobody understands, for want of a catalogue. It is not remembered.
pub(super) fn blind(text: &[u8], facts: &Arc<Facts>) -> Arc<Reading> {
    let (lines, decisions) = known(vec![Arc::clone(facts)]);
    let statement = Analyzed {
        facts: Arc::clone(facts),
        effects: vec![Effect::Lost(Lost::Hidden)],
        span: 0..text.len(),
        prepares: None,
        copy: None,
    };
    let analysis = Analysis { statements: vec![statement], stale: false };
    Arc::new(Reading { source: Arc::from(text), analysis, lines, decisions, ..Reading::default() })
}

/// What the ledger says of these facts, and the decisions on them.
pub(super) fn known(facts: Vec<Arc<Facts>>) -> (Arc<[Box<str>]>, Arc<Decisions>) {
    CACHE.with_borrow_mut(|cache| {
        if let Some(known) = cache.facts.get(facts.as_slice()) {
            return (Arc::clone(&known.lines), Arc::clone(&known.decisions));
        }
        let lines = facts.iter().flat_map(|facts| facts.lines()).map(String::into_boxed_str).collect();
        let known = Rc::new(Known { lines, decisions: Arc::default() });
        cache.facts.put(facts, Rc::clone(&known), 0, FACTS_MAX);
        (Arc::clone(&known.lines), Arc::clone(&known.decisions))
    })
}

fn remember(database: u64, reading: &Arc<Reading>) {
    CACHE.with_borrow_mut(|cache| {
        let new = (database, Arc::clone(reading));
        match cache.texts.get_mut(&*reading.source) {
            Some(readings) => {
                // An older catalogue does not come back.
                readings.retain(|(of, old)| *of != database || old.catalogue == reading.catalogue);
                // One text in very many views: the first go.
                if readings.len() >= 16 {
                    readings.remove(0);
                }
                readings.push(new);
            }
            None => {
                cache.texts.put(Arc::clone(&reading.source), vec![new], reading.source.len(), TEXTS_MAX);
            }
        }
    });
}

impl<K, V> Default for Generations<K, V> {
    fn default() -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), bytes: 0 }
    }
}

impl<K: Hash + Eq, V> Generations<K, V> {
    fn get<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<&V>
    where
        K: std::borrow::Borrow<Q>,
    {
        self.get_mut(key).map(|value| &*value)
    }

    fn get_mut<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: std::borrow::Borrow<Q>,
    {
        if !self.young.contains_key(key) {
            let (key, value) = self.old.remove_entry(key)?;
            self.young.insert(key, value);
        }
        self.young.get_mut(key)
    }

    fn put(&mut self, key: K, value: V, bytes: usize, most: usize) {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.young.len() >= most || self.bytes > BYTES_MAX {
            self.old = std::mem::take(&mut self.young);
            self.bytes = bytes;
        }
        self.young.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let mut map: Generations<u32, u32> = Generations::default();
        for number in 0..10 {
            map.put(number, number, 0, 4);
            assert!(map.get(&0).is_some(), "{number}: used all the time");
        }
        assert!(map.get(&1).is_none());
        assert!(map.young.len() + map.old.len() <= 8);
    }

    #[test]
    fn texts_that_differ_only_in_values_share_decisions_unless_a_value_decides() {
        let (catalogue, view) = (sql::catalogue::builtin(18), Arc::new(View::default()));
        let decisions = |text: &str| Arc::clone(&read(text.as_bytes(), 1, &catalogue, &view).decisions);
        let same = |one: &str, two: &str| Arc::ptr_eq(&decisions(one), &decisions(two));
        assert!(same("SELECT 'a'", "SELECT '***'"));
        assert!(same("CREATE TABLE t AS SELECT 'a'", "CREATE TABLE t AS SELECT 'b'"));
        assert!(!same("CREATE TABLE t AS SELECT 'a'", "CREATE TABLE t AS SELECT '***'"));
        let copy = |encoding: &str| format!("COPY (SELECT 1) TO STDOUT (ENCODING '{encoding}')");
        assert!(same(&copy("UTF8"), &copy("utf-8")));
        assert!(!same(&copy("UTF8"), &copy("LATIN1")) && !same(&copy("LATIN1"), &copy("LATIN2")));
    }

    #[test]
    fn a_text_is_read_once_per_view_and_catalogue() {
        let catalogue = Catalogue::default();
        let view = Arc::new(View::default());
        let first = read(b"select 1", 1, &catalogue, &view);
        assert!(Arc::ptr_eq(&first, &read(b"select 1", 1, &catalogue, &view)));
        assert!(!Arc::ptr_eq(&first, &read(b"select 1", 2, &catalogue, &view)), "another database");
        let moved = Arc::new(View { path: Some([Arc::from("a")].into()), ..View::default() });
        assert!(!Arc::ptr_eq(&first, &read(b"select 1", 1, &catalogue, &moved)));
        let mut newer = Catalogue::default();
        newer.version = 1;
        assert!(!Arc::ptr_eq(&first, &read(b"select 1", 1, &newer, &view)));
    }
}
