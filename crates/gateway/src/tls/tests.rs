//! Real handshakes in memory between our two sides, and certificates that must not pass.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::{ClientConnection, ServerConnection};
use rustls_pki_types::ServerName;

use super::*;

struct Authority {
    params: CertificateParams,
    key: KeyPair,
    pem: String,
}

fn authority(name: &str) -> Authority {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let pem = params.self_signed(&key).unwrap().pem();
    Authority { params, key, pem }
}

impl Authority {
    /// A certificate for `host` and its key, PEM.
    fn issue(&self, host: &str) -> (String, String) {
        self.issue_for(CertificateParams::new(vec![host.to_owned()]).unwrap())
    }

    fn issue_for(&self, params: CertificateParams) -> (String, String) {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &Issuer::from_params(&self.params, &self.key)).unwrap();
        (certificate.pem(), key.serialize_pem())
    }
}

fn listener((certificate, key): &(String, String)) -> ListenerTls {
    listener_tls(certificate.as_bytes(), key.as_bytes()).unwrap()
}

/// Lets the two sides talk until both are done, or one gives up.
fn handshake(
    listener: &ListenerTls,
    upstream: &UpstreamTls,
    host: &str,
) -> Result<ClientConnection, rustls::Error> {
    let name = ServerName::try_from(host.to_owned()).unwrap();
    let mut client = ClientConnection::new(Arc::clone(&upstream.config), name)?;
    let mut server = ServerConnection::new(Arc::clone(&listener.config))?;
    while client.is_handshaking() || server.is_handshaking() {
        let mut bytes = Vec::new();
        client.write_tls(&mut bytes).unwrap();
        server.read_tls(&mut bytes.as_slice()).unwrap();
        server.process_new_packets()?;
        let mut bytes = Vec::new();
        server.write_tls(&mut bytes).unwrap();
        client.read_tls(&mut bytes.as_slice()).unwrap();
        client.process_new_packets()?;
    }
    Ok(client)
}

fn upstream(verification: UpstreamVerification, authorities: &str) -> UpstreamTls {
    upstream_tls(verification, Some(authorities.as_bytes()), None).unwrap()
}

#[test]
fn the_right_certificate_passes_everywhere() {
    let authority = authority("ours");
    let listener = listener(&authority.issue("db.example"));
    for verification in
        [UpstreamVerification::Full, UpstreamVerification::Authority, UpstreamVerification::Require]
    {
        let client = handshake(&listener, &upstream(verification, &authority.pem), "db.example").unwrap();
        assert_eq!(client.alpn_protocol(), Some(ALPN));
        assert_eq!(client.protocol_version(), Some(rustls::ProtocolVersion::TLSv1_3));
    }
}

#[test]
fn another_name_passes_only_where_names_are_not_checked() {
    let authority = authority("ours");
    let listener = listener(&authority.issue("db.example"));
    let outcome =
        |verification| handshake(&listener, &upstream(verification, &authority.pem), "other.example");
    assert!(outcome(UpstreamVerification::Full).is_err());
    assert!(outcome(UpstreamVerification::Authority).is_ok());
    assert!(outcome(UpstreamVerification::Require).is_ok());
}

#[test]
fn another_authority_passes_only_where_nothing_is_checked() {
    let (ours, theirs) = (authority("ours"), authority("theirs"));
    let listener = listener(&theirs.issue("db.example"));
    let outcome = |verification| handshake(&listener, &upstream(verification, &ours.pem), "db.example");
    assert!(outcome(UpstreamVerification::Full).is_err());
    assert!(outcome(UpstreamVerification::Authority).is_err());
    assert!(outcome(UpstreamVerification::Require).is_ok());
}

#[test]
fn an_expired_certificate_does_not_pass() {
    let authority = authority("ours");
    let mut params = CertificateParams::new(vec!["db.example".to_owned()]).unwrap();
    params.not_after = rcgen::date_time_ymd(2020, 1, 1);
    let listener = listener(&authority.issue_for(params));
    for verification in [UpstreamVerification::Full, UpstreamVerification::Authority] {
        assert!(handshake(&listener, &upstream(verification, &authority.pem), "db.example").is_err());
    }
}

#[test]
fn a_self_signed_server_is_trusted_when_it_is_named_itself() {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(vec!["db.example".to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let pem = params.self_signed(&key).unwrap().pem();
    let listener = listener(&(pem.clone(), key.serialize_pem()));
    assert!(handshake(&listener, &upstream(UpstreamVerification::Full, &pem), "db.example").is_ok());
    assert!(handshake(&listener, &upstream(UpstreamVerification::Full, &pem), "other.example").is_err());
    let other = authority("other").pem;
    assert!(handshake(&listener, &upstream(UpstreamVerification::Full, &other), "db.example").is_err());
}

/// Whoever has a certificate without its key must not pass, also where the certificate itself is not checked.
#[test]
fn a_stolen_certificate_does_not_pass() {
    use rustls::server::ResolvesServerCert;
    #[derive(Debug)]
    struct Thief(Arc<rustls::sign::CertifiedKey>);
    impl ResolvesServerCert for Thief {
        fn resolve(&self, _: rustls::server::ClientHello<'_>) -> Option<Arc<rustls::sign::CertifiedKey>> {
            Some(Arc::clone(&self.0))
        }
    }
    let authority = authority("ours");
    let (certificate, _) = authority.issue("db.example");
    let (_, other_key) = authority.issue("db.example");
    let chain = certificates(certificate.as_bytes(), TlsInput::Certificate).unwrap();
    let key = private_key(other_key.as_bytes()).unwrap();
    let key = provider().key_provider.load_private_key(key).unwrap();
    for version in VERSIONS {
        let config = ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(&[version])
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(Thief(Arc::new(rustls::sign::CertifiedKey::new(
                chain.clone(),
                Arc::clone(&key),
            )))));
        let listener = ListenerTls { config: Arc::new(config), channel_binding: None };
        for verification in [UpstreamVerification::Full, UpstreamVerification::Require] {
            let outcome = handshake(&listener, &upstream(verification, &authority.pem), "db.example");
            assert!(outcome.is_err(), "{version:?} {verification:?}");
        }
    }
}

#[test]
fn the_binding_is_the_certificates_digest() {
    let pair = authority("ours").issue("db.example");
    let der = certificates(pair.0.as_bytes(), TlsInput::Certificate).unwrap();
    let binding = listener(&pair).channel_binding.unwrap();
    assert_eq!(binding, wire::auth::channel_binding(&der[0]).unwrap());
    assert_eq!(binding.len(), 32);
}

#[test]
fn what_cannot_be_used_is_told_apart() {
    let authority = authority("ours");
    let (certificate, key) = authority.issue("a.example");
    let (_, other_key) = authority.issue("a.example");
    let listen =
        |certificate: &str, key: &str| listener_tls(certificate.as_bytes(), key.as_bytes()).unwrap_err();
    assert_eq!(listen("", &key), TlsError::Nothing(TlsInput::Certificate));
    assert_eq!(listen(&key, &key), TlsError::Nothing(TlsInput::Certificate));
    assert_eq!(listen(&certificate, &certificate), TlsError::Nothing(TlsInput::Key));
    assert_eq!(listen(&certificate, &other_key), TlsError::Mismatch);
    let garbage = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert_eq!(listen(garbage, &key).input(), TlsInput::Certificate);
    let garbage_key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    assert_eq!(listen(&certificate, garbage_key).input(), TlsInput::Key);
    for verification in [UpstreamVerification::Full, UpstreamVerification::Authority] {
        assert_eq!(upstream_tls(verification, None, None).unwrap_err(), TlsError::AuthoritiesMissing);
        let error = upstream_tls(verification, Some(garbage.as_bytes()), None).unwrap_err();
        assert_eq!(error.input(), TlsInput::Authorities);
    }
    assert!(upstream_tls(UpstreamVerification::Require, None, None).is_ok());
}

#[test]
fn a_client_certificate_is_taken_along() {
    let authority = authority("ours");
    let (certificate, key) = authority.issue("gate");
    let identity = Identity { certificate_pem: certificate.as_bytes(), key_pem: key.as_bytes() };
    let tls = upstream_tls(UpstreamVerification::Require, None, Some(identity)).unwrap();
    assert!(tls.config.client_auth_cert_resolver.has_certs());
    let (_, other_key) = authority.issue("gate");
    let identity = Identity { certificate_pem: certificate.as_bytes(), key_pem: other_key.as_bytes() };
    let error = upstream_tls(UpstreamVerification::Require, None, Some(identity)).unwrap_err();
    assert_eq!(error, TlsError::Mismatch);
}
