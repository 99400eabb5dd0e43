//! What a gate is started with, and its configuration as a text.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::credential::{Token, verifier};
use crate::postgres::Server;

/// A whole configuration. What is not said is the gate's own default, but for `plaintext`, see [`Plan::plaintext`].
#[derive(Clone, Default)]
pub struct Plan {
    pub(super) folder: Option<PathBuf>,
    pub(super) binary: Option<PathBuf>,
    pub(super) ports: Option<(u16, u16)>,
    pub(super) tls: Option<(String, String, String)>,
    pub(super) environment: Vec<(String, String)>,
    plaintext: bool,
    origin: Option<String>,
    parameters: Option<String>,
    targets: Vec<Target>,
    principals: Vec<Principal>,
    limits: Vec<(String, String)>,
    rules: Vec<(String, String)>,
    extra: String,
}

/// The folder of rule files, beside the configuration.
pub(super) const RULES: &str = "policies";

/// What [`Plan::everything`] writes.
const EVERYTHING: &str = "@id(\"rig/everything\")\n@lift(\"*\")\npermit (principal, action, resource);\n";

/// One target.
#[derive(Clone)]
pub struct Target {
    name: String,
    keys: Vec<(String, Value)>,
    upstream: Upstream,
}

/// How the gate reaches a server.
#[derive(Clone)]
pub struct Upstream {
    keys: Vec<(String, Value)>,
    password: String,
    authority: Option<String>,
}

/// One principal.
#[derive(Clone)]
pub struct Principal {
    name: String,
    keys: Vec<(String, Value)>,
    tokens: Vec<Token>,
}

impl Plan {
    /// A gate without targets and principals.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a target.
    #[must_use]
    pub fn target(mut self, target: Target) -> Self {
        self.targets.push(target);
        self
    }

    /// Adds a principal.
    #[must_use]
    pub fn principal(mut self, principal: Principal) -> Self {
        self.principals.push(principal);
        self
    }

    /// Lets clients in without TLS.
    #[must_use]
    pub fn plaintext(mut self) -> Self {
        self.plaintext = true;
        self
    }

    /// The ledger's name in its checkpoints.
    #[must_use]
    pub fn origin(mut self, origin: &str) -> Self {
        self.origin = Some(origin.into());
        self
    }

    /// How parameter values are recorded: `hash`, `plain` or `omit`.
    #[must_use]
    pub fn parameters(mut self, how: &str) -> Self {
        self.parameters = Some(how.into());
        self
    }

    /// One key of `[limits]`, its value as TOML: `.limit("idle_timeout", "\"1s\"")`.
    #[must_use]
    pub fn limit(mut self, name: &str, value: &str) -> Self {
        self.limits.push((name.into(), value.into()));
        self
    }

    /// A file of rules of its own, in Cedar, beside the packs that come with the gate.
    #[must_use]
    pub fn rules(mut self, name: &str, cedar: &str) -> Self {
        self.rules.push((name.into(), cedar.into()));
        self
    }

    /// Permits everything to everybody and lifts what the packs forbid: for what is about the wire, not about rules.
    #[must_use]
    pub fn everything(self) -> Self {
        self.rules("everything", EVERYTHING)
    }

    /// Further sections, as TOML.
    #[must_use]
    pub fn extra(mut self, toml: &str) -> Self {
        self.extra.push_str(toml);
        self.extra.push('\n');
        self
    }

    /// Keeps configuration, certificates and ledger in this folder and does not remove it.
    #[must_use]
    pub fn folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Runs this program instead of the one that is found.
    #[must_use]
    pub fn binary(mut self, binary: impl Into<PathBuf>) -> Self {
        self.binary = Some(binary.into());
        self
    }

    /// Listens on these ports, for clients and for the operator; without it, on free ones.
    #[must_use]
    pub fn ports(mut self, clients: u16, admin: u16) -> Self {
        self.ports = Some((clients, admin));
        self
    }

    /// Uses these files (authority, certificate, key) instead of making new ones.
    #[must_use]
    pub fn tls(mut self, authority: &str, certificate: &str, key: &str) -> Self {
        self.tls = Some((authority.into(), certificate.into(), key.into()));
        self
    }

    /// Sets an environment variable of the gate's process.
    #[must_use]
    pub fn environment(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// The upstream secrets and the rules as files: name and content.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let rule = |(name, text): &(String, String)| (format!("{RULES}/{name}.cedar"), text.clone());
        let mut files: Vec<_> = self.rules.iter().map(rule).collect();
        for target in &self.targets {
            files.push((password_file(&target.name), format!("{}\n", target.upstream.password)));
            if let Some(authority) = &target.upstream.authority {
                files.push((authority_file(&target.name), authority.clone()));
            }
        }
        files
    }

    /// The configuration's text.
    pub(super) fn configuration(&self, clients: u16, admin: u16, certificate: &Path, key: &Path) -> String {
        let mut text = String::from("# written by the rig\n");
        let origin = self.origin.as_deref().unwrap_or("tollhouse.example/rig");
        section(&mut text, "[ledger]", &[pair("directory", "ledger"), pair("origin", origin)]);
        if let Some(how) = &self.parameters {
            line(&mut text, &pair("parameters", how.as_str()));
        }
        section(&mut text, "[admin]", &[pair("listen", format!("127.0.0.1:{admin}"))]);
        section(
            &mut text,
            "[[listener]]",
            &[
                pair("name", "main"),
                pair("address", format!("127.0.0.1:{clients}")),
                pair("certificate", certificate.to_string_lossy()),
                pair("key", key.to_string_lossy()),
                pair("plaintext", if self.plaintext { "allow" } else { "refuse" }),
            ],
        );
        for target in &self.targets {
            section(&mut text, "[[target]]", &[pair("name", target.name.as_str())]);
            target.keys.iter().for_each(|key| line(&mut text, key));
            section(&mut text, "[target.upstream]", &target.upstream.keys);
            line(&mut text, &pair("password_file", password_file(&target.name)));
            if target.upstream.authority.is_some() {
                line(&mut text, &pair("ca_file", authority_file(&target.name)));
            }
        }
        for principal in &self.principals {
            section(&mut text, "[[principal]]", &[pair("name", principal.name.as_str())]);
            principal.keys.iter().for_each(|key| line(&mut text, key));
            for token in &principal.tokens {
                section(
                    &mut text,
                    "[[principal.token]]",
                    &[pair("id", token.id.as_str()), pair("hash", token.hash())],
                );
                if let Some(expires) = &token.expires {
                    line(&mut text, &pair("expires", expires.as_str()));
                }
            }
        }
        if !self.rules.is_empty() {
            section(&mut text, "[policy]", &[pair("directory", RULES)]);
        }
        section(&mut text, "[limits]", &[]);
        for (name, value) in &self.limits {
            let _ = writeln!(text, "{name} = {value}");
        }
        text.push('\n');
        text.push_str(&self.extra);
        text
    }
}

impl Target {
    /// A target of this name behind the gate.
    #[must_use]
    pub fn new(name: &str, upstream: Upstream) -> Self {
        Self { name: name.into(), keys: Vec::new(), upstream }
    }

    /// `strict` or `relaxed`.
    #[must_use]
    pub fn durability(self, durability: &str) -> Self {
        self.set("durability", durability)
    }

    /// One key of the target.
    #[must_use]
    pub fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.keys.push(pair(name, value));
        self
    }
}

impl Upstream {
    /// Over the server's Unix socket.
    #[must_use]
    pub fn socket(server: &Server, database: &str, user: &str, password: &str) -> Self {
        let host = format!("{}:{}", server.socket().display(), server.port());
        Self::hosts(&[host], database, user, password)
    }

    /// Over TCP without TLS.
    #[must_use]
    pub fn tcp(server: &Server, database: &str, user: &str, password: &str) -> Self {
        let host = format!("{}:{}", server.host(), server.port());
        Self::hosts(&[host], database, user, password).set("tls", "disable")
    }

    /// Over TCP with TLS; `authority` (PEM) signed the server's certificate.
    #[must_use]
    pub fn tls(server: &Server, database: &str, user: &str, password: &str, authority: &str) -> Self {
        let host = format!("{}:{}", server.host(), server.port());
        let mut upstream = Self::hosts(&[host], database, user, password).set("tls", "verify-full");
        upstream.authority = Some(authority.into());
        upstream
    }

    /// These `hosts` as the configuration writes them, without a word on TLS.
    #[must_use]
    pub fn hosts(hosts: &[String], database: &str, user: &str, password: &str) -> Self {
        let keys = vec![pair("hosts", hosts.to_vec()), pair("database", database), pair("user", user)];
        Self { keys, password: password.into(), authority: None }
    }

    /// One key of the upstream.
    #[must_use]
    pub fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.keys.push(pair(name, value));
        self
    }
}

impl Principal {
    /// A human.
    #[must_use]
    pub fn human(name: &str, target: &str) -> Self {
        Self::new(name, "human", target)
    }

    /// A service.
    #[must_use]
    pub fn service(name: &str, target: &str) -> Self {
        Self::new(name, "service", target)
    }

    /// An agent that acts for a human.
    #[must_use]
    pub fn agent(name: &str, target: &str, on_behalf_of: &str) -> Self {
        Self::new(name, "agent", target).set("on_behalf_of", on_behalf_of)
    }

    fn new(name: &str, kind: &str, target: &str) -> Self {
        Self {
            name: name.into(),
            keys: vec![pair("kind", kind), pair("targets", vec![target])],
            tokens: Vec::new(),
        }
    }

    /// Logs in with a password (plain ASCII).
    #[must_use]
    pub fn password(self, password: &str) -> Self {
        // The same salt for all is fine for passwords that live as long as a test.
        self.verifier(&verifier(password, b"tollhouse-rig-16"))
    }

    /// Logs in with the password of this verifier.
    #[must_use]
    pub fn verifier(self, verifier: &str) -> Self {
        self.set("scram", verifier)
    }

    /// Logs in with a token.
    #[must_use]
    pub fn token(mut self, token: &Token) -> Self {
        self.tokens.push(token.clone());
        self
    }

    /// One key of the principal, such as `groups`.
    #[must_use]
    pub fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.keys.push(pair(name, value));
        self
    }
}

fn password_file(target: &str) -> String {
    format!("{target}.password")
}

fn authority_file(target: &str) -> String {
    format!("{target}-ca.crt")
}

fn pair(name: &str, value: impl Into<Value>) -> (String, Value) {
    (name.into(), value.into())
}

fn section(text: &mut String, header: &str, keys: &[(String, Value)]) {
    let _ = writeln!(text, "\n{header}");
    keys.iter().for_each(|key| line(text, key));
}

/// JSON's texts, numbers, truth values and lists of them are written as TOML writes them.
fn line(text: &mut String, (name, value): &(String, Value)) {
    let _ = writeln!(text, "{name} = {value}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_holds_what_was_said() {
        let upstream = Upstream::hosts(&["[::1]:5432".into()], "d\"b", "gate", "p").set("tls", "require");
        let token = Token::new("k1").unwrap().expires("2027-01-01T00:00:00Z");
        let plan = Plan::new()
            .target(Target::new("shop", upstream).durability("relaxed"))
            .principal(Principal::human("alice", "shop").password("x").set("groups", vec!["a", "b"]))
            .principal(Principal::agent("bot", "shop", "alice").token(&token))
            .limit("sessions_max", "7")
            .extra("[log]\nformat = \"json\"");
        let text = plan.configuration(1, 2, Path::new("server.crt"), Path::new("server.key"));
        for expected in [
            "\n[[target]]\nname = \"shop\"\ndurability = \"relaxed\"\n",
            "\ndatabase = \"d\\\"b\"\n",
            "\nhosts = [\"[::1]:5432\"]\n",
            "\npassword_file = \"shop.password\"\n",
            "\ngroups = [\"a\",\"b\"]\n",
            "\non_behalf_of = \"alice\"\n",
            "\nexpires = \"2027-01-01T00:00:00Z\"\n",
            "\nsessions_max = 7\n",
            "\nplaintext = \"refuse\"\n",
            "\nformat = \"json\"\n",
        ] {
            assert!(text.contains(expected), "{expected:?} is not in:\n{text}");
        }
        assert_eq!(plan.files(), [("shop.password".into(), "p\n".into())]);
    }
}
