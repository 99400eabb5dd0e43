//! What a private server is started with.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::certificate::Pair;

/// TLS of a server.
#[derive(Clone)]
pub struct Tls {
    /// The server's certificate and key.
    pub pair: Pair,
    /// The authority that signs client certificates, PEM; `None` = none are asked for.
    pub client_authority: Option<String>,
}

/// How a server is started. The default: TCP on 127.0.0.1 with SCRAM, a Unix socket without a password, no TLS, no fsync.
#[derive(Clone, Default)]
pub struct Settings {
    pub(super) folder: Option<PathBuf>,
    pub(super) port: Option<u16>,
    pub(super) durable: bool,
    pub(super) password: Option<String>,
    pub(super) tls: Option<Tls>,
    pub(super) lines: Vec<(String, String)>,
    pub(super) hba: Vec<String>,
}

impl Settings {
    /// The default.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps the cluster in this folder and does not remove it: the next start finds its data again.
    #[must_use]
    pub fn folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Listens on this port; without it, on a free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Syncs to disk as a real server does. Tests mostly need not.
    #[must_use]
    pub fn durable(mut self) -> Self {
        self.durable = true;
        self
    }

    /// The password of the superuser `postgres`; without it, `superuser`.
    #[must_use]
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = Some(password.into());
        self
    }

    /// Switches TLS on.
    #[must_use]
    pub fn tls(mut self, tls: Tls) -> Self {
        self.tls = Some(tls);
        self
    }

    /// One setting of `postgresql.conf`, such as `.set("max_connections", "500")`. Quotes are added here. The last wins.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.lines.push((name.into(), value.into()));
        self
    }

    /// One line of `pg_hba.conf`, before the default ones, such as `hostssl all certain all cert`.
    #[must_use]
    pub fn hba(mut self, line: &str) -> Self {
        self.hba.push(line.into());
        self
    }

    pub(super) fn configuration(&self, port: u16, socket: &str) -> String {
        let mut text = String::from("# written by the rig at each start\n");
        let mut line = |name: &str, value: &str| {
            // A quote doubles; a newline would end the value.
            let value = value.replace('\'', "''").replace('\n', " ");
            let _ = writeln!(text, "{name} = '{value}'");
        };
        line("listen_addresses", "127.0.0.1");
        line("port", &port.to_string());
        line("unix_socket_directories", socket);
        line("max_connections", "200");
        line("shared_buffers", "64MB");
        line("password_encryption", "scram-sha-256");
        line("timezone", "UTC");
        line("log_timezone", "UTC");
        line("lc_messages", "C");
        line("log_line_prefix", "%m [%p] %q%u@%d ");
        line("cluster_name", "tollhouse-rig");
        if !self.durable {
            line("fsync", "off");
            line("synchronous_commit", "off");
            line("full_page_writes", "off");
        }
        if let Some(tls) = &self.tls {
            line("ssl", "on");
            line("ssl_cert_file", "rig.crt");
            line("ssl_key_file", "rig.key");
            if tls.client_authority.is_some() {
                line("ssl_ca_file", "rig-client-ca.crt");
            }
        }
        for (name, value) in &self.lines {
            line(name, value);
        }
        text
    }

    pub(super) fn rules(&self) -> String {
        let mut text =
            String::from("# written by the rig at each start; the socket folder is closed to other users\n");
        for rule in &self.hba {
            let _ = writeln!(text, "{rule}");
        }
        text.push_str("local all all trust\n");
        text.push_str("local replication all trust\n");
        for address in ["127.0.0.1/32", "::1/128"] {
            let _ = writeln!(text, "host all all {address} scram-sha-256");
            let _ = writeln!(text, "host replication all {address} scram-sha-256");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_leave_its_quotes() {
        let text = Settings::new().set("search_path", "a'b\nport = 1").configuration(5, "/s");
        assert!(text.contains("\nsearch_path = 'a''b port = 1'\n"), "{text}");
    }

    #[test]
    fn own_rules_come_first() {
        let rules = Settings::new().hba("host all eve all reject").rules();
        let first = rules.lines().find(|line| !line.starts_with('#'));
        assert_eq!(first, Some("host all eve all reject"));
    }

    #[test]
    fn a_durable_server_syncs() {
        assert!(!Settings::new().durable().configuration(5, "/s").contains("fsync"));
        assert!(Settings::new().configuration(5, "/s").contains("fsync = 'off'"));
    }
}
