//! What servers bring themselves, so that tests and rules can be tried without one. A running gate reads its
//! servers instead: theirs may differ.

use super::{Catalogue, System};

const SERVERS: [(u32, &str); 2] = [
    (18, include_str!("../../data/builtin-18.catalogue")),
    (15, include_str!("../../data/builtin-15.catalogue")),
];

const SAMPLE: &str = include_str!("../../data/sample.catalogue");

/// The catalogue of an empty database on a server of this major version, or the nearest one below that is known.
#[must_use]
pub fn builtin(server: u32) -> Catalogue {
    Catalogue::from_text(text_of(server)).unwrap_or_default()
}

/// The catalogue of the sample database (schemas `shop`, `hr` and `ml`, and `public.customers`) on such a server: for
/// tests, and for trying rules.
#[must_use]
pub fn sample(server: u32) -> Catalogue {
    let read = System::from_text(text_of(server)).and_then(|system| {
        let mut catalogue = Catalogue::over(&system, SAMPLE, 1)?;
        catalogue.server = system.server();
        Ok(catalogue)
    });
    read.unwrap_or_default()
}

fn text_of(server: u32) -> &'static str {
    let found = SERVERS.iter().find(|(known, _)| *known <= server).or(SERVERS.last());
    found.map_or("", |(_, text)| text)
}
