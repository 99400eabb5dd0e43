//! SCRAM keys derived from targets' passwords. Deriving costs milliseconds, a log-in should cost microseconds.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};
use wire::auth::scram::{ClientKeys, ScramError};

/// Different keys kept; more targets than that derive anew now and then.
const KEPT_MAX: usize = 1_000;

/// The cache. A changed password or salt is another key.
#[derive(Default)]
pub(crate) struct KeyCache {
    kept: Mutex<HashMap<[u8; 32], Arc<ClientKeys>>>,
}

impl KeyCache {
    /// The keys of `password` for what the server asks.
    pub(crate) async fn keys(
        &self,
        password: &str,
        salt: &[u8],
        iterations: u32,
    ) -> Result<Arc<ClientKeys>, ScramError> {
        let mut hash = Sha256::new();
        hash.update(iterations.to_be_bytes());
        hash.update((salt.len() as u64).to_be_bytes());
        hash.update(salt);
        hash.update(password);
        let id: [u8; 32] = hash.finalize().into();
        if let Some(found) = self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Ok(Arc::clone(found));
        }
        let (password, salt) = (zeroize::Zeroizing::new(password.to_owned()), salt.to_vec());
        // Off the worker thread: a server may ask for up to a second of this.
        let derived =
            tokio::task::spawn_blocking(move || ClientKeys::derive(password.as_bytes(), &salt, iterations));
        let keys = Arc::new(derived.await.map_err(|_| ScramError::Iterations)??);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(id, Arc::clone(&keys));
        Ok(keys)
    }
}

impl std::fmt::Debug for KeyCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyCache(…)")
    }
}
