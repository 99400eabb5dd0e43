//! The section about how to reach a database, with its secrets.

use gateway::settings::{Host, Secret, SessionAttrs, Upstream, UpstreamTls};
use gateway::tls::{Identity, TlsInput, UpstreamVerification, upstream_tls};
use rustls_pki_types::ServerName;
use std::net::IpAddr;
use std::time::Duration;

use crate::config::problem::{Code, Fault};
use crate::config::raw::{At, Table, printable};
use crate::config::{file, value};

/// How long one attempt at one server may take unless told otherwise: long enough for another continent and a
/// lost packet, short enough that the next server is tried before a client gives up.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// PostgreSQL's longest identifier; the server would cut a longer one.
const IDENTIFIER_BYTES_MAX: usize = 63;

/// Reads the section. `None` when something that is needed cannot be used.
pub(super) fn upstream(table: &Table<'_>) -> Option<Upstream> {
    let hosts = hosts(table);
    let database = table.required("database", identifier);
    let user = table.required("user", identifier);
    let password = password(table);
    let attributes = [
        ("any", SessionAttrs::Any),
        ("read-write", SessionAttrs::ReadWrite),
        ("read-only", SessionAttrs::ReadOnly),
        ("primary", SessionAttrs::Primary),
        ("standby", SessionAttrs::Standby),
        ("prefer-standby", SessionAttrs::PreferStandby),
    ];
    let session_attrs =
        table.word("target_session_attrs", &attributes).map_or(SessionAttrs::Any, |at| at.value);
    let connect_timeout =
        table.parse("connect_timeout", value::duration).map_or(CONNECT_TIMEOUT, |at| at.value);
    let tls = tls(table, &hosts);
    if hosts.is_empty() {
        return None;
    }
    Some(Upstream {
        hosts: hosts.into_iter().map(|at| at.value).collect(),
        database: database?.value,
        user: user?.value,
        password: password.ok()?,
        tls: tls.ok()?,
        session_attrs,
        connect_timeout,
    })
}

/// A problem that is noted already.
struct Noted;

fn hosts(table: &Table<'_>) -> Vec<At<Host>> {
    if !table.has("hosts") {
        table.missing("hosts");
        return Vec::new();
    }
    let Some(written) = table.texts("hosts") else { return Vec::new() };
    if written.value.is_empty() {
        table.error("hosts", &written.span, Fault::value("there is no server", "write `host:port`"));
    }
    written.value.iter().filter_map(|text| table.elevate("hosts", text, value::host)).collect()
}

fn identifier(text: &str) -> Result<String, Fault> {
    if text.is_empty() || text.len() > IDENTIFIER_BYTES_MAX || text.contains('\0') {
        return Err(Fault::value(
            "a name in PostgreSQL has 1 to 63 bytes",
            "write the name as the server knows it",
        ));
    }
    Ok(text.to_owned())
}

fn password(table: &Table<'_>) -> Result<Option<Secret>, Noted> {
    let from_file = table.text("password_file");
    let from_environment = table.text("password_env");
    if let (Some(_), Some(second)) = (&from_file, &from_environment) {
        let fault = Fault::new(Code::Conflict, "there is a `password_file` as well", "leave either out");
        table.error("password_env", &second.span, fault);
        return Err(Noted);
    }
    if let Some(written) = from_file {
        let bytes = file::secret(table, "password_file", &written).ok_or(Noted)?;
        let secret =
            usable(&bytes, "the file").map_err(|fault| table.error("password_file", &written.span, fault));
        return secret.map(Some).map_err(|()| Noted);
    }
    let Some(written) = from_environment else {
        let unread = table.has("password_file") || table.has("password_env");
        return if unread { Err(Noted) } else { Ok(None) };
    };
    let Some(value) = (table.reading().surroundings.variable)(written.value) else {
        // Not named: who mistakes this key for the password's own has written a secret here.
        let what = "no environment variable of this name is set";
        let fix = "set it for this process, or use `password_file`";
        table.error("password_env", &written.span, Fault::new(Code::Unresolved, what, fix));
        return Err(Noted);
    };
    let value = zeroize::Zeroizing::new(value);
    let secret = usable(value.as_bytes(), "the variable")
        .map_err(|fault| table.error("password_env", &written.span, fault));
    secret.map(Some).map_err(|()| Noted)
}

/// A password is one line of text; the line's end, which editors add, is no part of it.
fn usable(bytes: &[u8], what: &str) -> Result<Secret, Fault> {
    let fix = "put the password there as one line of text";
    let text =
        std::str::from_utf8(bytes).map_err(|_| Fault::value(format!("{what} holds no UTF-8 text"), fix))?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.is_empty() {
        return Err(Fault::value(format!("{what} is empty"), fix));
    }
    if line.contains(['\n', '\r', '\0']) {
        return Err(Fault::value(format!("{what} holds more than one line"), fix));
    }
    Ok(Secret::new(line.to_owned()))
}

fn tls(table: &Table<'_>, hosts: &[At<Host>]) -> Result<Option<UpstreamTls>, Noted> {
    let modes = [
        ("verify-full", Some(UpstreamVerification::Full)),
        ("verify-ca", Some(UpstreamVerification::Authority)),
        ("require", Some(UpstreamVerification::Require)),
        ("disable", None),
    ];
    let written = table.word("tls", &modes);
    if written.is_none() && table.has("tls") {
        return Err(Noted);
    }
    let sockets_only = !hosts.is_empty() && hosts.iter().all(|at| matches!(at.value, Host::Unix(_)));
    let default = if sockets_only { None } else { Some(UpstreamVerification::Full) };
    let mode = written.as_ref().map_or(default, |at| at.value);
    let Some(mode) = mode else {
        return without_tls(table, hosts).map(|()| None);
    };
    if let (true, Some(at)) = (sockets_only, &written) {
        let fault = Fault::new(Code::Conflict, "a Unix socket has no TLS", "leave `tls` out");
        table.error("tls", &at.span, fault);
        return Err(Noted);
    }
    if mode == UpstreamVerification::Full {
        check_names(table, hosts);
    }
    if let (UpstreamVerification::Require, Some(at)) = (mode, &written) {
        let fault = Fault::new(
            Code::Plaintext,
            "the server's certificate is not checked, so that anybody in between can pretend to be it",
            "use `verify-full` with `ca_file`",
        );
        table.warning("tls", &at.span, fault);
    }
    with_tls(table, mode, written.as_ref().map_or(table.span(), |at| at.span.clone())).map(Some)
}

fn without_tls(table: &Table<'_>, hosts: &[At<Host>]) -> Result<(), Noted> {
    for key in ["ca_file", "client_certificate", "client_key"] {
        if let Some(at) = table.text(key) {
            let fault =
                Fault::new(Code::Conflict, "this is of no use without TLS", "leave it out, or set `tls`");
            table.error(key, &at.span, fault);
            return Err(Noted);
        }
    }
    for at in hosts {
        let near = match &at.value {
            Host::Unix(_) => true,
            Host::Tcp { host, .. } => {
                host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
            }
        };
        if !near {
            let fault = Fault::new(
                Code::Plaintext,
                "log-in and data cross the network without TLS",
                "use `tls = \"verify-full\"` with `ca_file`",
            );
            table.warning("hosts", &at.span, fault);
        }
    }
    Ok(())
}

fn check_names(table: &Table<'_>, hosts: &[At<Host>]) {
    for at in hosts {
        if let Host::Tcp { host, .. } = &at.value
            && ServerName::try_from(host.as_str()).is_err()
        {
            let what = format!("no certificate can be for the name `{}`", printable(host));
            table.error("hosts", &at.span, Fault::value(what, "use its DNS name, or `tls = \"verify-ca\"`"));
        }
    }
}

fn with_tls(
    table: &Table<'_>,
    mode: UpstreamVerification,
    tls_span: std::ops::Range<usize>,
) -> Result<UpstreamTls, Noted> {
    let authorities = table.text("ca_file");
    let certificate = table.text("client_certificate");
    let key = table.text("client_key");
    match (&certificate, &key) {
        (Some(at), None) if !table.has("client_key") => {
            let fault = Fault::new(Code::Conflict, "a certificate without its key", "add `client_key`");
            table.error("client_certificate", &at.span, fault);
            return Err(Noted);
        }
        (None, Some(at)) if !table.has("client_certificate") => {
            let fault =
                Fault::new(Code::Conflict, "a key without its certificate", "add `client_certificate`");
            table.error("client_key", &at.span, fault);
            return Err(Noted);
        }
        _ => {}
    }
    // Everything is read before the first failure counts, so that all of them are told.
    let authorities_pem = authorities.as_ref().map(|at| file::public(table, "ca_file", at).ok_or(Noted));
    let certificate_pem =
        certificate.as_ref().map(|at| file::public(table, "client_certificate", at).ok_or(Noted));
    let key_pem = key.as_ref().map(|at| file::secret(table, "client_key", at).ok_or(Noted));
    let (authorities_pem, certificate_pem, key_pem) =
        (authorities_pem.transpose()?, certificate_pem.transpose()?, key_pem.transpose()?);
    let identity = match (&certificate_pem, &key_pem) {
        (Some(certificate_pem), Some(key_pem)) => Some(Identity { certificate_pem, key_pem }),
        _ => None,
    };
    if authorities.is_none() && table.has("ca_file") {
        return Err(Noted);
    }
    upstream_tls(mode, authorities_pem.as_deref(), identity).map_err(|error| {
        let (name, written) = match error.input() {
            TlsInput::Authorities => ("ca_file", authorities.as_ref()),
            TlsInput::Certificate => ("client_certificate", certificate.as_ref()),
            TlsInput::Key => ("client_key", key.as_ref()),
        };
        let fix = match written {
            None => "name the file with the authority's certificate in `ca_file`, or choose another `tls`",
            Some(_) => "name the right file",
        };
        let span = written.map_or(tls_span, |at| at.span.clone());
        table.error(name, &span, Fault::new(Code::Certificate, error.to_string(), fix));
        Noted
    })
}
