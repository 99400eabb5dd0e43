//! Server, sample and gate of one demo, started in order and stopped in reverse.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::masked;
use super::persona::{self, TARGET};
use super::state::{Secrets, State, password_lines, private};
use super::{leftover, print};
use crate::certificate::Authority;
use crate::error::Context;
use crate::gate::{Gate, Plan, Target, Upstream, binary};
use crate::postgres::{Install, Server, Settings, Tls, ensure, find, newest_or_get};
use crate::{Error, Result, sample};

/// The environment variable that names the server's major version.
const VERSION: &str = "TOLLHOUSE_DEMO_POSTGRES";
/// The certificates are good for 397 days.
const RENEWAL: Duration = Duration::from_secs(300 * 24 * 3_600);

/// What runs.
pub(super) struct House {
    // Dropped in this order: the gate before its server.
    pub(super) gate: Gate,
    pub(super) server: Server,
    pub(super) passwords: PathBuf,
    _temporary: Option<TempDir>,
}

/// Where things are and whether they are kept.
struct Places {
    server: Option<PathBuf>,
    gate: Option<PathBuf>,
    tls: PathBuf,
}

impl House {
    /// Starts everything in the folder that is kept.
    pub(super) fn open(state: &mut State) -> Result<Self> {
        let places = Places { server: Some(state.server()?), gate: Some(state.gate()), tls: state.tls() };
        leftover::end(state.folder(), &[state.server()?])?;
        state.settle()?;
        let server = start_server(&places, &state.secrets, Some(state.ports.server))?;
        let ports = (state.ports.gate, state.ports.admin);
        let gate = start_gate(&places, &state.secrets, &server, Some(ports))?;
        let process = gate.id().unwrap_or_default();
        private(&state.gate().join("pid"), &format!("{process}\n"))?;
        Ok(Self { gate, server: server.server, passwords: state.password_file(), _temporary: None })
    }

    /// Starts everything in temporary folders, on free ports.
    pub(super) fn open_for_a_while(secrets: &Secrets) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("tollhouse-check-").tempdir();
        let folder = folder.context(|| "cannot make a folder".into())?;
        let places = Places { server: None, gate: None, tls: folder.path().join("tls") };
        let server = start_server(&places, secrets, None)?;
        let gate = start_gate(&places, secrets, &server, None)?;
        let passwords = folder.path().join("passwords");
        private(&passwords, &password_lines(secrets))?;
        Ok(Self { gate, server: server.server, passwords, _temporary: Some(folder) })
    }

    /// What ended by itself, if something did.
    pub(super) fn failure(&mut self) -> Result<Option<String>> {
        if let Some(status) = self.gate.ended()? {
            return Ok(Some(format!(
                "the gate ended ({status}); its log is `{}`",
                self.gate.log_file().display()
            )));
        }
        if let Some(status) = self.server.ended()? {
            return Ok(Some(format!("the PostgreSQL server ended ({status})")));
        }
        Ok(None)
    }

    /// Stops everything properly.
    pub(super) fn close(mut self) -> Result<()> {
        self.gate.stop()?;
        self.server.stop_fast()
    }
}

/// A server and the authority that signed its certificate, when it has TLS.
struct Upstairs {
    server: Server,
    authority: Option<String>,
}

fn start_server(places: &Places, secrets: &Secrets, port: Option<u16>) -> Result<Upstairs> {
    let install = install_for(places.server.as_deref())?;
    print::step(&format!("PostgreSQL {} in `{}`", install.version(), install.bin().display()));
    let mut settings = Settings::new().password(secrets.of("postgres")).set("log_statement", "none");
    // The gate logs in with its password here too, as it would on another machine.
    settings = settings.hba(&format!("local {} {} scram-sha-256", sample::DATABASE, sample::ROLE));
    if let Some(folder) = &places.server {
        settings = settings.folder(folder).durable();
    }
    if let Some(port) = port {
        settings = settings.port(port);
    }
    let mut authority = None;
    if install.has_server_tls() {
        let made = Authority::new("tollhouse demo, the server's side")?;
        let pair = made.server(&["localhost", "127.0.0.1"])?;
        settings = settings.tls(Tls { pair, client_authority: None });
        authority = Some(made.certificate().to_owned());
    }
    let server = Server::start(&install, settings)?;
    if !sample::is_loaded(&server)? {
        let start = Instant::now();
        let rows = sample::load(&server, secrets.of("gate"))?;
        print::step(&format!(
            "sample database `{}` loaded: {rows} rows in {} ms",
            sample::DATABASE,
            start.elapsed().as_millis()
        ));
    }
    Ok(Upstairs { server, authority })
}

/// A cluster that is there already needs its own version.
fn install_for(folder: Option<&Path>) -> Result<Install> {
    let version = folder.and_then(|folder| fs::read_to_string(folder.join("data/PG_VERSION")).ok());
    let Some(major) = version.and_then(|text| text.trim().parse().ok()) else { return new_install() };
    find(Some(major)).ok_or_else(|| {
        Error::new(format!(
            "the kept data is of PostgreSQL {major}, which is gone; `./demo --fresh` starts over"
        ))
    })
}

/// The version that the environment names, else the newest.
fn new_install() -> Result<Install> {
    let Some(wanted) = env::var_os(VERSION) else { return newest_or_get() };
    let major = wanted.to_str().and_then(|text| text.parse().ok());
    ensure(major.ok_or_else(|| Error::new(format!("`{VERSION}` is no major version, such as 15")))?)
}

fn start_gate(
    places: &Places,
    secrets: &Secrets,
    upstairs: &Upstairs,
    ports: Option<(u16, u16)>,
) -> Result<Gate> {
    let binary = binary()?;
    make_certificates(&binary, &places.tls)?;
    let file = |name: &str| places.tls.join(name).to_string_lossy().into_owned();
    let (database, role, password) = (sample::DATABASE, sample::ROLE, secrets.of("gate"));
    let upstream = match &upstairs.authority {
        Some(authority) => Upstream::tls(&upstairs.server, database, role, password, authority),
        None => Upstream::socket(&upstairs.server, database, role, password),
    };
    let mut plan = Plan::new()
        .binary(binary)
        .origin("tollhouse.example/demo")
        .tls(&file("ca.crt"), &file("server.crt"), &file("server.key"))
        .rules("demo", masked::RULES)
        .target(Target::new(TARGET, upstream).set("environment", "production"));
    for persona in &persona::ALL {
        plan = plan.principal(persona.principal(secrets));
    }
    if let Some(folder) = &places.gate {
        plan = plan.folder(folder);
    }
    if let Some((clients, admin)) = ports {
        plan = plan.ports(clients, admin);
    }
    let gate = Gate::start(plan)?;
    print::step(&format!("gate ready on 127.0.0.1:{}", gate.port()));
    Ok(gate)
}

/// The certificates are made by the program's own command, as a newcomer makes them.
fn make_certificates(binary: &Path, folder: &Path) -> Result<()> {
    // The key is written last. A clock that went back makes a new pair, which harms nobody.
    let made = fs::metadata(folder.join("server.key")).and_then(|meta| meta.modified());
    if made.is_ok_and(|made| made.elapsed().is_ok_and(|age| age < RENEWAL)) {
        return Ok(());
    }
    let output = Command::new(binary)
        .args(["dev-ca", "--force"])
        .arg(folder)
        .output()
        .context(|| "cannot run `tollhouse dev-ca`".into())?;
    if output.status.success() {
        return Ok(());
    }
    Err(Error::new(format!("`tollhouse dev-ca` failed: {}", String::from_utf8_lossy(&output.stderr).trim())))
}
