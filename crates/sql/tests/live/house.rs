//! A private server of each version with the corpora's database, and its catalogue as the gate would load it.

use std::io::Write;
use std::process::Stdio;

use rig::postgres::{Server, Settings, ensure};
use sql::catalogue::{Catalogue, Part, load_script};

/// The database.
pub(crate) const DATABASE: &str = "corpus";
/// The role that owns everything in it.
pub(crate) const ROLE: &str = "owner";

/// A server and what is in it.
pub(crate) struct House {
    pub(crate) server: Server,
    pub(crate) catalogue: Catalogue,
}

impl House {
    /// One for each version that can be had.
    pub(crate) fn each() -> impl Iterator<Item = Self> {
        let mut found = 0;
        [15, 18].into_iter().filter_map(move |major| match ensure(major) {
            Ok(install) => {
                found += 1;
                let server = Server::start(&install, Settings::new()).unwrap();
                server.sql("postgres", &format!("CREATE ROLE {ROLE} LOGIN; CREATE ROLE other")).unwrap();
                rig::corpus::load(&server, DATABASE, ROLE).unwrap();
                let catalogue = catalogue(&server, DATABASE, ROLE);
                Some(Self { server, catalogue })
            }
            Err(error) => {
                eprintln!("skipped: PostgreSQL {major}: {error}");
                assert!(major != 18 || found > 0, "no PostgreSQL server to test with");
                None
            }
        })
    }

    /// The server's major version.
    pub(crate) fn major(&self) -> u32 {
        self.server.install().major()
    }
}

/// Loads a database's catalogue as this role sees it.
pub(crate) fn catalogue(server: &Server, database: &str, role: &str) -> Catalogue {
    let script = format!(
        "SET SESSION AUTHORIZATION {role}; BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;\n{}\n;COMMIT;",
        load_script(Part::All)
    );
    let mut child = server
        .psql(database)
        .args(["-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || pipe.write_all(script.as_bytes()));
        child.wait_with_output().unwrap()
    });
    let text = String::from_utf8(output.stdout).unwrap();
    Catalogue::from_text(&text)
        .unwrap_or_else(|error| panic!("{error:?}: {}", text.chars().take(400).collect::<String>()))
}
