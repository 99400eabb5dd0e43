//! What servers bring themselves, so that tests and rules can be tried without one. A running gate reads its
//! servers instead: theirs may differ.

use super::Catalogue;

const SERVERS: [(u32, &str); 2] = [
    (18, include_str!("../../data/builtin-18.catalogue")),
    (15, include_str!("../../data/builtin-15.catalogue")),
];

/// The catalogue of an empty database on a server of this major version, or the nearest one below that is known.
#[must_use]
pub fn builtin(server: u32) -> Catalogue {
    let found = SERVERS.iter().find(|(known, _)| *known <= server).or(SERVERS.last());
    found.and_then(|(_, text)| Catalogue::from_text(text).ok()).unwrap_or_default()
}
