//! How a test's client logs in: what it sends first, what it trusts, how it proves who it is.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, pem::PemObject};
use wire::auth::scram::{self, ClientFirst, ClientKeys};
use wire::postgres::backend::Authentication;
use wire::postgres::encode;
use wire::postgres::startup::Version;

/// How a client logs in.
#[derive(Clone)]
pub(crate) struct Login {
    pub(crate) version: Version,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) secret: String,
}

impl Login {
    /// `user` at `database` with a password or token.
    pub(crate) fn new(user: &str, secret: &str, database: &str) -> Self {
        let parameters = vec![("user".into(), user.into()), ("database".into(), database.into())];
        Self { version: Version::V3_0, parameters, secret: secret.into() }
    }

    /// One more start-up parameter.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    pub(crate) fn version(mut self, major: u16, minor: u16) -> Self {
        self.version = Version { major, minor };
        self
    }

    /// The start-up message.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let pairs = self.parameters.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()));
        encode::startup_message(&mut out, self.version, pairs).unwrap();
        out
    }
}

/// TLS that trusts only the authority in this file; `alpn` is what the client offers.
pub(crate) fn trust(authority: &Path, alpn: &[&str]) -> Arc<rustls::ClientConfig> {
    let mut roots = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(authority).unwrap() {
        roots.add(certificate.unwrap()).unwrap();
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
    Arc::new(config)
}

/// The client's side of proving who it is.
#[derive(Default)]
pub(crate) struct Conversation {
    first: Option<ClientFirst>,
    verify: Option<scram::ClientVerify>,
    pub(crate) mechanism: Option<String>,
}

impl Conversation {
    /// The answer to one request; empty when none is wanted.
    pub(crate) fn answer(
        &mut self,
        request: Authentication<'_>,
        secret: &str,
        binding: Option<&[u8]>,
    ) -> Vec<u8> {
        let mut out = Vec::new();
        match request {
            Authentication::Ok => {}
            Authentication::CleartextPassword => encode::password(&mut out, secret.as_bytes()).unwrap(),
            Authentication::Sasl { mechanisms } => {
                let (mechanism, binding) =
                    scram::choose(mechanisms, binding.map(<[u8]>::to_vec)).expect("a mechanism");
                let nonce = scram::Nonce::from_bytes(&rand::random());
                let (first, message) = ClientFirst::new(binding, &nonce);
                self.first = Some(first);
                self.mechanism = Some(mechanism.as_str().into());
                encode::sasl_initial_response(
                    &mut out,
                    mechanism.as_str().as_bytes(),
                    Some(message.as_bytes()),
                )
                .unwrap();
            }
            Authentication::SaslContinue(message) => {
                let last = self.first.take().unwrap().server_first(message).unwrap();
                let keys = ClientKeys::derive(secret.as_bytes(), last.salt(), last.iterations()).unwrap();
                let (verify, message) = last.answer(&keys);
                self.verify = Some(verify);
                encode::sasl_response(&mut out, message.as_bytes()).unwrap();
            }
            Authentication::SaslFinal(message) => {
                let proved = self.verify.take().unwrap().server_final(message);
                assert!(proved.is_ok(), "the gate proves that it knows the secret");
            }
            other => panic!("the gate asks for {other:?}"),
        }
        out
    }
}
