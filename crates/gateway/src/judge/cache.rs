//! Texts that were understood, remembered per thread. A remembered text is found by its hash and compared byte by byte,
//! in one state of catalogue and session; a fingerprint never is a key. Behind it, what depends on the facts alone is
//! shared by all texts that differ only in their literals.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash, Hasher};
use std::rc::Rc;
use std::sync::Arc;

use engine::{Decisions, Reading};
use model::facts::Facts;
use sql::catalogue::Catalogue;
use sql::{Analysis, Analyzed, Effect, Lost, View};

use super::copy::Uncovered;
use super::near::shows_mask;

/// Texts remembered per thread and generation: as many as the applications behind one gate send again and again.
const TEXTS_MAX: usize = 4_096;

/// Bytes of texts remembered per thread and generation.
const BYTES_MAX: usize = 16 * 1024 * 1024;

/// A longer text is read anew each time: hashing it costs as much as it saves, and it would push out many others.
const TEXT_MAX: usize = 64 * 1024;

/// Kinds of facts remembered per thread and generation.
const FACTS_MAX: usize = 4_096;

/// Texts of which it is known that they came once, per thread; a power of two. A text is remembered when it comes for the
/// second time: many differ in a literal from all others and never come again.
const ONCE_MAX: usize = 8_192;

/// Readings kept under one hash: one text in several views and databases. The first goes first.
const ALIKE_MAX: usize = 16;

thread_local! {
    static CACHE: RefCell<Cache> = RefCell::default();
}

#[derive(Default)]
struct Cache {
    keys: RandomState,
    /// How texts were read, by database, in states of it and of sessions.
    texts: Generations<(u64, Arc<Reading>)>,
    facts: Generations<Rc<Known>>,
    once: Once,
}

/// What depends on facts alone.
struct Known {
    facts: Vec<Arc<Facts>>,
    lines: Arc<[Box<str>]>,
    decisions: Arc<Decisions>,
}

/// What has which hash; it forgets what was not asked for lately: when the young half is full it becomes the old one.
struct Generations<T> {
    young: HashMap<u64, Vec<T>>,
    old: HashMap<u64, Vec<T>>,
    bytes: usize,
}

/// Hashes of texts that came lately, the newest of each place.
#[derive(Default)]
struct Once(Vec<u64>);

/// Reads a text in a session of the database that `database` stands for, or remembers how it was read.
pub(super) fn read(text: &[u8], database: u64, catalogue: &Catalogue, view: &Arc<View>) -> Arc<Reading> {
    let is_it = |(of, reading): &&(u64, Arc<Reading>)| {
        *of == database && *reading.source == *text && reading.is_current(catalogue.version, view)
    };
    let (hash, found) = CACHE.with_borrow_mut(|cache| {
        if text.len() > TEXT_MAX {
            return (None, None);
        }
        let hash = cache.keys.hash_one(text);
        let readings = cache.texts.get_mut(hash);
        let found = readings.and_then(|readings| readings.iter().find(is_it));
        (Some(hash), found.map(|(_, reading)| Arc::clone(reading)))
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
    if let Some(hash) = hash {
        CACHE.with_borrow_mut(|cache| cache.remember(hash, database, &reading));
    }
    reading
}

/// Whether a decision on the text may depend on more of it than its facts: then no other text shares it.
fn says_more(analysis: &Analysis, text: &[u8]) -> bool {
    let writes = |facts: &Facts| !facts.is_read_only();
    analysis.statements.iter().any(|run| run.copy.as_ref().and_then(Uncovered::of).is_some())
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
        let hash = rough(&cache.keys, &facts);
        let alike = cache.facts.get_mut(hash);
        if let Some(known) = alike.and_then(|alike| alike.iter().find(|known| known.facts == facts)) {
            return (Arc::clone(&known.lines), Arc::clone(&known.decisions));
        }
        let lines = facts.iter().flat_map(|facts| facts.lines()).map(String::into_boxed_str).collect();
        let known = Rc::new(Known { facts, lines, decisions: Arc::default() });
        cache.facts.put(hash, Rc::clone(&known), 0, FACTS_MAX);
        (Arc::clone(&known.lines), Arc::clone(&known.decisions))
    })
}

/// A hash of what usually tells facts apart; they are compared as a whole.
fn rough(keys: &RandomState, all: &[Arc<Facts>]) -> u64 {
    let mut hasher = keys.build_hasher();
    for facts in all {
        facts.command.hash(&mut hasher);
        facts.limit.hash(&mut hasher);
        (facts.parameters, facts.risks.len(), facts.flows.len()).hash(&mut hasher);
        for access in &facts.accesses {
            let columns = &access.columns;
            (access.verb, access.object.oid).hash(&mut hasher);
            (&columns.read, &columns.written, &columns.predicate).hash(&mut hasher);
        }
        for output in facts.outputs.iter().flat_map(|outputs| outputs.iter()) {
            output.name.hash(&mut hasher);
        }
        for call in &facts.calls {
            call.oid.hash(&mut hasher);
        }
        for opaque in &facts.opaque {
            opaque.hash(&mut hasher);
        }
    }
    hasher.finish()
}

impl Cache {
    fn remember(&mut self, hash: u64, database: u64, reading: &Arc<Reading>) {
        if let Some(readings) = self.texts.get_mut(hash) {
            // An older catalogue does not come back.
            readings.retain(|(of, old)| *of != database || old.catalogue == reading.catalogue);
        } else if !self.once.came(hash) {
            return;
        }
        self.texts.put(hash, (database, Arc::clone(reading)), reading.source.len(), TEXTS_MAX);
    }
}

impl Once {
    /// Whether a text of this hash came lately; notes that it did.
    fn came(&mut self, hash: u64) -> bool {
        if self.0.is_empty() {
            self.0 = vec![0; ONCE_MAX];
        }
        let place = self.0.get_mut(hash as usize % ONCE_MAX);
        place.is_some_and(|place| std::mem::replace(place, hash) == hash)
    }
}

impl<T> Default for Generations<T> {
    fn default() -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), bytes: 0 }
    }
}

impl<T> Generations<T> {
    fn get_mut(&mut self, hash: u64) -> Option<&mut Vec<T>> {
        if !self.young.contains_key(&hash) {
            let all = self.old.remove(&hash)?;
            self.young.insert(hash, all);
        }
        self.young.get_mut(&hash)
    }

    fn put(&mut self, hash: u64, one: T, bytes: usize, most: usize) {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.young.len() >= most || self.bytes > BYTES_MAX {
            self.old = std::mem::take(&mut self.young);
            self.bytes = bytes;
        }
        // What was there before may be among the old by now.
        self.get_mut(hash);
        let all = self.young.entry(hash).or_default();
        if all.len() >= ALIKE_MAX {
            all.remove(0);
        }
        all.push(one);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let mut map: Generations<u64> = Generations::default();
        for number in 0..10 {
            map.put(number, number, 0, 4);
            assert!(map.get_mut(0).is_some_and(|all| *all == [0]), "{number}: used all the time");
        }
        assert!(map.get_mut(1).is_none());
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
        let null = |null: &str| format!("COPY (SELECT 1) TO STDOUT (NULL '{null}')");
        assert!(
            same(&null(""), &null("NULL")) && !same(&null(""), &null("x")) && !same(&null("x"), &null("y"))
        );
        assert!(!same(&copy("UTF8"), &copy("LATIN1")) && !same(&copy("LATIN1"), &copy("LATIN2")));
    }

    #[test]
    fn a_text_is_read_twice_per_view_and_catalogue() {
        let catalogue = Catalogue::default();
        let view = Arc::new(View::default());
        let first = read(b"select 1", 1, &catalogue, &view);
        let second = read(b"select 1", 1, &catalogue, &view);
        assert!(!Arc::ptr_eq(&first, &second), "a text that comes once is not remembered");
        assert!(Arc::ptr_eq(&second, &read(b"select 1", 1, &catalogue, &view)));
        assert!(!Arc::ptr_eq(&second, &read(b"select 1", 2, &catalogue, &view)), "another database");
        let moved = Arc::new(View { path: Some([Arc::from("a")].into()), ..View::default() });
        assert!(!Arc::ptr_eq(&second, &read(b"select 1", 1, &catalogue, &moved)));
        assert!(Arc::ptr_eq(&second, &read(b"select 1", 1, &catalogue, &view)), "beside the others");
        let mut newer = Catalogue::default();
        newer.version = 1;
        assert!(!Arc::ptr_eq(&second, &read(b"select 1", 1, &newer, &view)));
    }

    #[test]
    fn texts_and_facts_of_one_hash_are_told_apart() {
        let (catalogue, view) = (Catalogue::default(), Arc::new(View::default()));
        let reading = |text: &[u8]| {
            let analysis = sql::analyze(text, &catalogue, &view);
            let source = Arc::from(text);
            Arc::new(Reading { source, analysis, view: Arc::clone(&view), ..Reading::default() })
        };
        CACHE.with_borrow_mut(|cache| {
            let hash = cache.keys.hash_one(&b"select 2"[..]);
            cache.once.came(hash);
            cache.remember(hash, 1, &reading(b"select 1"));
        });
        assert_eq!(&*read(b"select 2", 1, &catalogue, &view).source, b"select 2");

        let facts = |reason: &str| vec![Arc::new(Facts::opaque("state", reason))];
        let (one, other) = (known(facts("a")), known(facts("b")));
        assert!(!Arc::ptr_eq(&one.1, &other.1) && Arc::ptr_eq(&one.1, &known(facts("a")).1));
        let blind = |blind| vec![Arc::new(Facts { blind, ..Facts::default() })];
        assert!(!Arc::ptr_eq(&known(blind(true)).1, &known(blind(false)).1), "of one hash");
    }
}
