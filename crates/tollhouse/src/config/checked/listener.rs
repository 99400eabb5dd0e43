//! The sections about where clients come in.

use std::collections::HashMap;
use std::sync::Arc;

use gateway::settings::{ListenAddress, Listener, ListenerTls};
use gateway::tls::{TlsInput, listener_tls};

use super::unique;
use crate::config::problem::{Code, Fault};
use crate::config::raw::{At, Table};
use crate::config::{file, value};

/// The listeners that can be used.
pub(super) fn listeners(top: &Table<'_>) -> Vec<Arc<Listener>> {
    let tables = top.tables("listener", "listener");
    if tables.is_empty() && !top.has("listener") {
        top.missing("listener");
    }
    let mut names = HashMap::new();
    let mut addresses = HashMap::new();
    let mut listeners = Vec::new();
    for table in &tables {
        let name = table.required("name", value::name);
        let address =
            table.required("address", |text| value::listen_address(text, |path| table.reading().path(path)));
        if let Some(name) = &name {
            unique(table, "name", &mut names, &name.value, &name.span);
        }
        if let Some(address) = &address {
            // Port 0 lets the system choose, each time another one.
            let chosen_by_system = matches!(&address.value, ListenAddress::Tcp(a) if a.port() == 0);
            if !chosen_by_system {
                unique(table, "address", &mut addresses, &address.value.to_string(), &address.span);
            }
        }
        let words = [("refuse", false), ("allow", true)];
        let plaintext = table.word("plaintext", &words);
        let tls = tls(table);
        let allowed = plaintext.as_ref().is_some_and(|at| at.value);
        let (Some(name), Some(address)) = (name, address) else { continue };
        check_plaintext(table, &address, plaintext.as_ref());
        listeners.push(Arc::new(Listener {
            name: name.value,
            address: address.value,
            tls,
            plaintext: allowed,
        }));
    }
    listeners
}

fn tls(table: &Table<'_>) -> Option<ListenerTls> {
    let certificate = table.text("certificate");
    let key = table.text("key");
    let (certificate, key) = match (certificate, key) {
        (Some(certificate), Some(key)) => (certificate, key),
        (Some(certificate), None) if !table.has("key") => {
            let fault = Fault::new(Code::Conflict, "a certificate without its key", "add `key`");
            table.error("certificate", &certificate.span, fault);
            return None;
        }
        (None, Some(key)) if !table.has("certificate") => {
            let fault = Fault::new(Code::Conflict, "a key without its certificate", "add `certificate`");
            table.error("key", &key.span, fault);
            return None;
        }
        _ => return None,
    };
    let certificate_pem = file::public(table, "certificate", &certificate);
    let key_pem = file::secret(table, "key", &key);
    let error = match listener_tls(&certificate_pem?, &key_pem?) {
        Ok(tls) => return Some(tls),
        Err(error) => error,
    };
    let (name, span) = match error.input() {
        TlsInput::Key => ("key", &key.span),
        TlsInput::Certificate | TlsInput::Authorities => ("certificate", &certificate.span),
    };
    let fix = "make a pair with `tollhouse dev-ca`, or name the files that belong together";
    table.error(name, span, Fault::new(Code::Certificate, error.to_string(), fix));
    None
}

fn check_plaintext(table: &Table<'_>, address: &At<ListenAddress>, plaintext: Option<&At<bool>>) {
    let allowed = plaintext.is_some_and(|at| at.value);
    // Unix sockets have no TLS and need none.
    let local = matches!(&address.value, ListenAddress::Unix(_));
    if !allowed && !local && !table.has("certificate") && !table.has("key") {
        let fault = Fault::new(
            Code::Plaintext,
            "nobody can come in: there is no certificate, and plaintext is refused",
            "add `certificate` and `key` (`tollhouse dev-ca` makes a pair), or `plaintext = \"allow\"`",
        );
        table.error("certificate", &table.span(), fault);
    }
    if let (ListenAddress::Tcp(tcp), Some(at)) = (&address.value, plaintext)
        && at.value
        && !tcp.ip().is_loopback()
    {
        let fault = Fault::new(
            Code::Plaintext,
            "clients of other machines may come without TLS, and what they send and read can be seen",
            "use `refuse`, or a loopback address",
        );
        table.warning("plaintext", &at.span, fault);
    }
    if let ListenAddress::Unix(path) = &address.value {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let found = name.strip_prefix(".s.PGSQL.").is_some_and(|port| port.parse::<u16>().is_ok());
        if !found {
            let fault = Fault::new(
                Code::Useless,
                "libpq does not find a socket of this name",
                "name it `.s.PGSQL.` and a port, such as `.s.PGSQL.6432`",
            );
            table.warning("address", &address.span, fault);
        }
    }
}
