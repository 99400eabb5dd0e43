//! The one place where the configuration meets SCRAM: verifiers are read here and made here. A password never
//! goes further than this.

use rand::RngCore;
use wire::auth::scram::Verifier;

use super::problem::Fault;

/// PostgreSQL's own number (`scram_iterations`). The client pays for it at each log-in, the gate does not.
const ITERATIONS: u32 = 4096;

/// Reads a stored verifier.
pub(crate) fn parse(text: &str) -> Result<Verifier, Fault> {
    text.parse().map_err(|_| {
        Fault::value("this is no SCRAM-SHA-256 verifier", "let `tollhouse principal password` write it")
    })
}

/// Makes a verifier with a salt of its own. The text is PostgreSQL's form of `pg_authid.rolpassword`.
pub(crate) fn make(password: &str) -> anyhow::Result<String> {
    let mut salt = [0; 16];
    rand::thread_rng().fill_bytes(&mut salt);
    Ok(Verifier::create(password.as_bytes(), &salt, ITERATIONS)?.to_string())
}
