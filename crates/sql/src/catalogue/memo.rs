//! What analysis found out about a catalogue's own definitions, so that a view or a body is taken apart once and
//! not with each statement. It belongs to one snapshot and goes with it.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Findings kept. A session may think of new search paths without end; those over the limit are found out anew.
const KEPT_MAX: usize = 20_000;

type Path = Option<Arc<[Arc<str>]>>;
type Key = (TypeId, u32, Path);
type Finding = Arc<dyn Any + Send + Sync>;

/// The findings of one snapshot.
#[derive(Default)]
pub(crate) struct Memo {
    kept: RwLock<HashMap<Key, Finding>>,
}

impl Memo {
    /// What was found out about an object under a search path (`None` where the path does not matter), or what
    /// `find` finds out now. Two threads may find out at once, and `find` may come back here: no lock is held
    /// meanwhile. One type of finding is one slot.
    pub(crate) fn of<T: Send + Sync + 'static>(
        &self,
        oid: u32,
        path: Path,
        find: impl FnOnce() -> T,
    ) -> Arc<T> {
        let key = (TypeId::of::<T>(), oid, path);
        let found = self.kept.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(found) = found.and_then(|found| found.downcast::<T>().ok()) {
            return found;
        }
        let new = Arc::new(find());
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT_MAX {
            kept.insert(key, Arc::clone(&new) as Finding);
        }
        new
    }
}

impl std::fmt::Debug for Memo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Memo(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_found_out_once_per_object_and_path() {
        let memo = Memo::default();
        let path: Path = Some(Arc::from([Arc::from("a")]));
        assert_eq!(*memo.of(1, None, || 10_u8), 10);
        assert_eq!(*memo.of(1, None, || 11_u8), 10);
        assert_eq!(*memo.of(1, path, || 12_u8), 12);
        assert_eq!(*memo.of(2, None, || 13_u8), 13);
        assert_eq!(*memo.of(1, None, || 14_u16), 14);
    }

    #[test]
    fn finding_out_may_need_other_findings() {
        let memo = Memo::default();
        assert_eq!(*memo.of(1, None, || *memo.of(2, None, || 1_u8) + 1), 2);
    }
}
