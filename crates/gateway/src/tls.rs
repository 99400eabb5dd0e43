//! TLS from PEM texts: the server's side towards clients and the client's side towards databases. The provider
//! (ring) is named everywhere; the process' default is neither used nor set. Reads no files.

mod verifier;

use std::fmt;
use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, ServerConfig};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

use crate::settings::{ListenerTls, UpstreamTls};
use verifier::{Chain, SignaturesOnly};

/// The protocol's name in ALPN (PostgreSQL 17's direct TLS asks for it; others may send it).
pub const ALPN: &[u8] = b"postgresql";

/// How much of the server's certificate is checked: libpq's `sslmode` without its opportunistic values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpstreamVerification {
    /// The chain and the name.
    Full,
    /// The chain.
    Authority,
    /// Nothing but that the server holds the key of the certificate that it shows.
    Require,
}

/// Which of the texts is meant by an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsInput {
    /// The certificate and its intermediates.
    Certificate,
    /// The private key.
    Key,
    /// The authorities.
    Authorities,
}

/// Why a text makes no TLS configuration. Never shows what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsError {
    /// There is no such thing in the text, or what is there is no PEM.
    Nothing(TlsInput),
    /// A certificate or key that cannot be used, and why.
    Unusable(TlsInput, String),
    /// The private key is not that of the certificate.
    Mismatch,
    /// The mode checks the chain and there are no authorities to check it against.
    AuthoritiesMissing,
}

/// A certificate with its intermediates, and its private key, both PEM.
#[derive(Clone, Copy)]
pub struct Identity<'a> {
    /// The certificate first, then its intermediates.
    pub certificate_pem: &'a [u8],
    /// The private key: PKCS#8, PKCS#1 or SEC1, not encrypted.
    pub key_pem: &'a [u8],
}

/// The server's side: TLS 1.2 and 1.3, ALPN [`ALPN`] if the client asks, resumption by tickets, no client
/// certificates.
///
/// # Errors
/// When certificate or key cannot be read or used, or do not belong together.
pub fn listener_tls(certificate_pem: &[u8], key_pem: &[u8]) -> Result<ListenerTls, TlsError> {
    let chain = certificates(certificate_pem, TlsInput::Certificate)?;
    let key = private_key(key_pem)?;
    // RFC 5929 defines no digest for some algorithms (Ed25519); such a certificate serves without PLUS.
    let channel_binding = chain.first().and_then(|first| wire::auth::channel_binding(first).ok());
    let unusable = |error: rustls::Error| TlsError::Unusable(TlsInput::Certificate, error.to_string());
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(VERSIONS)
        .map_err(unusable)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(identity_error)?;
    config.alpn_protocols = vec![ALPN.to_vec()];
    config.ticketer = rustls::crypto::ring::Ticketer::new().map_err(unusable)?;
    // libpq takes no tickets at all and drivers that do need one; each costs a write at log-in.
    config.send_tls13_tickets = 1;
    Ok(ListenerTls { config: Arc::new(config), channel_binding })
}

/// The client's side towards a server.
///
/// # Errors
/// When the mode needs authorities and there are none, or when a text cannot be read or used.
pub fn upstream_tls(
    verification: UpstreamVerification,
    authorities_pem: Option<&[u8]>,
    identity: Option<Identity<'_>>,
) -> Result<UpstreamTls, TlsError> {
    let provider = provider();
    let authorities = authorities_pem.map(|pem| certificates(pem, TlsInput::Authorities)).transpose()?;
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(VERSIONS)
        .map_err(|error| TlsError::Unusable(TlsInput::Certificate, error.to_string()))?
        .dangerous();
    let builder = match (verification, authorities) {
        (UpstreamVerification::Require, _) => {
            builder.with_custom_certificate_verifier(Arc::new(SignaturesOnly::new(&provider)))
        }
        (_, None) => return Err(TlsError::AuthoritiesMissing),
        (mode, Some(authorities)) => {
            let chain = Chain::new(authorities, mode == UpstreamVerification::Full, &provider)
                .map_err(|error| TlsError::Unusable(TlsInput::Authorities, error.to_string()))?;
            builder.with_custom_certificate_verifier(Arc::new(chain))
        }
    };
    let mut config = match identity {
        None => builder.with_no_client_auth(),
        Some(identity) => {
            let chain = certificates(identity.certificate_pem, TlsInput::Certificate)?;
            let key = private_key(identity.key_pem)?;
            builder.with_client_auth_cert(chain, key).map_err(identity_error)?
        }
    };
    config.alpn_protocols = vec![ALPN.to_vec()];
    // PostgreSQL's server never resumes; keeping sessions would only cost memory.
    config.resumption = rustls::client::Resumption::disabled();
    Ok(UpstreamTls { config: Arc::new(config) })
}

const VERSIONS: &[&rustls::SupportedProtocolVersion] = &[&rustls::version::TLS13, &rustls::version::TLS12];

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

fn certificates(pem: &[u8], input: TlsInput) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match found {
        Ok(list) if !list.is_empty() => Ok(list),
        _ => Err(TlsError::Nothing(input)),
    }
}

fn private_key(pem: &[u8]) -> Result<PrivateKeyDer<'static>, TlsError> {
    PrivateKeyDer::from_pem_slice(pem).map_err(|_| TlsError::Nothing(TlsInput::Key))
}

/// rustls gives one error for a certificate that does not parse, a key that does not, and two that differ.
fn identity_error(error: rustls::Error) -> TlsError {
    match error {
        rustls::Error::InconsistentKeys(_) => TlsError::Mismatch,
        rustls::Error::InvalidCertificate(_) => TlsError::Unusable(TlsInput::Certificate, error.to_string()),
        _ => TlsError::Unusable(TlsInput::Key, error.to_string()),
    }
}

impl TlsError {
    /// The text that is meant.
    #[must_use]
    pub fn input(&self) -> TlsInput {
        match self {
            Self::Nothing(input) | Self::Unusable(input, _) => *input,
            Self::Mismatch => TlsInput::Key,
            Self::AuthoritiesMissing => TlsInput::Authorities,
        }
    }
}

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing(TlsInput::Key) => {
                f.write_str("no private key in PEM form is in it (an encrypted one is of no use)")
            }
            Self::Nothing(_) => f.write_str("no certificate in PEM form is in it"),
            Self::Unusable(TlsInput::Key, why) => write!(f, "the private key cannot be used: {why}"),
            Self::Unusable(_, why) => write!(f, "a certificate cannot be used: {why}"),
            Self::Mismatch => f.write_str("the private key is not the certificate's"),
            Self::AuthoritiesMissing => {
                f.write_str("there is no authority to check the server's certificate against")
            }
        }
    }
}

impl std::error::Error for TlsError {}

#[cfg(test)]
mod tests;
