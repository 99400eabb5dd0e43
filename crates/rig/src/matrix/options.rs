//! The command line of `tollhouse-rig matrix`.

use super::client::Client;
use super::dsn::Dsn;
use crate::{Error, Result};

/// What `--help` prints.
pub(super) const HELP: &str = "\
Runs real clients directly and through the gate, step by step; any difference fails.

Usage: tollhouse-rig matrix [--direct DSN --gate DSN] [--server MAJOR] [--client NAME]… [--quick] [--twice]

  --direct DSN   the server itself: `host=… port=… user=… password=… dbname=… sslmode=… sslrootcert=…`, or a URL;
                 its role must be allowed to make schemas in the database
  --gate DSN     the gate before it; without both, a private server and a gate are started
  --server N     the major version of the private server [15 where it can be had]
  --client NAME  only this one: psql, psycopg, asyncpg, node-postgres, pgx, jdbc
  --quick        large values of 4 MB instead of 100 (MATRIX_MB, MATRIX_DEPTH and MATRIX_ROWS set the sizes one by one)
  --twice        directly twice instead of through the gate: shows that the steps themselves do not vary

MATRIX_ONLY runs the steps whose name contains it; MATRIX_KEEP names a folder for what each client printed and the
private gate's log.
";

/// The checked command line.
#[derive(Debug)]
pub(super) struct Options {
    /// Both addresses, if given.
    pub(super) addresses: Option<(Dsn, Dsn)>,
    /// The private server's version.
    pub(super) major: Option<u32>,
    /// Who runs.
    pub(super) clients: Vec<Client>,
    /// Small values.
    pub(super) quick: bool,
    /// Direct against direct.
    pub(super) twice: bool,
}

impl Options {
    /// Reads the arguments; `None` when help is wanted.
    ///
    /// # Errors
    /// When an argument is unknown, or one of a pair is missing.
    pub(super) fn parse(arguments: &[String]) -> Result<Option<Self>> {
        let (mut direct, mut gate) = (None, None);
        let mut options =
            Self { addresses: None, major: None, clients: Vec::new(), quick: false, twice: false };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || {
                rest.next()
                    .ok_or_else(|| Error::new(format!("`{argument}` wants a value: see `matrix --help`")))
            };
            match argument.as_str() {
                "--help" | "-h" => return Ok(None),
                "--direct" => direct = Some(Dsn::parse(value()?)?),
                "--gate" => gate = Some(Dsn::parse(value()?)?),
                "--server" => {
                    let text = value()?;
                    let major = text
                        .parse()
                        .map_err(|_| Error::new(format!("`{text}` is no major version, such as 15")))?;
                    options.major = Some(major);
                }
                "--client" => options.clients.push(client(value()?)?),
                "--quick" => options.quick = true,
                "--twice" => options.twice = true,
                _ => return Err(Error::new(format!("unknown argument `{argument}`: see `matrix --help`"))),
            }
        }
        options.addresses = match (direct, gate) {
            (Some(direct), Some(gate)) => Some((direct, gate)),
            (Some(direct), None) if options.twice => Some((direct.clone(), direct)),
            (None, None) => None,
            _ => return Err(Error::new("`--direct` and `--gate` go together")),
        };
        if options.clients.is_empty() {
            options.clients = Client::ALL.to_vec();
        }
        Ok(Some(options))
    }
}

fn client(name: &str) -> Result<Client> {
    Client::ALL.into_iter().find(|client| client.name() == name).ok_or_else(|| {
        let names: Vec<_> = Client::ALL.iter().map(|client| client.name()).collect();
        Error::new(format!("no client `{name}`: there are {}", names.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Option<Options>> {
        Options::parse(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn addresses_come_in_pairs() {
        assert!(parse("--help").unwrap().is_none());
        assert_eq!(parse("").unwrap().unwrap().clients.len(), 6);
        assert!(parse("--direct postgres://a@b/c").is_err());
        assert!(
            parse("--direct postgres://a@b/c --gate postgres://a@d/c --client pgx")
                .unwrap()
                .unwrap()
                .addresses
                .is_some()
        );
        assert!(parse("--direct postgres://a@b/c --twice").unwrap().unwrap().addresses.is_some());
        for bad in ["--client libpq", "--client", "--what", "--server x"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
