//! Certificates for tests and the demo: an authority that lives in memory, and what it signs. Never for production.

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, date_time_ymd,
};

use crate::Result;
use crate::error::Context;

/// A certificate authority of our own.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: String,
}

/// A certificate and its private key, both PEM.
#[derive(Clone)]
pub struct Pair {
    /// The certificate.
    pub certificate: String,
    /// The private key (PKCS #8).
    pub key: String,
}

impl Authority {
    /// A fresh authority of this name.
    ///
    /// # Errors
    /// When the machine has no randomness.
    pub fn new(name: &str) -> Result<Self> {
        let mut params = CertificateParams::default();
        params.distinguished_name = called(name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = new_key()?;
        let certificate = params.self_signed(&key).context(|| "cannot sign the authority".into())?.pem();
        Ok(Self { issuer: Issuer::new(params, key), certificate })
    }

    /// The authority's own certificate, PEM: what the other side trusts.
    #[must_use]
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// A server certificate for these host names and addresses.
    ///
    /// # Errors
    /// When a name is not one.
    pub fn server(&self, names: &[&str]) -> Result<Pair> {
        let params =
            leaf(names, names.first().copied().unwrap_or("server"), ExtendedKeyUsagePurpose::ServerAuth)?;
        self.sign(params)
    }

    /// A client certificate whose common name is `name`, as PostgreSQL's method `cert` reads it.
    ///
    /// # Errors
    /// When the machine has no randomness.
    pub fn client(&self, name: &str) -> Result<Pair> {
        self.sign(leaf(&[], name, ExtendedKeyUsagePurpose::ClientAuth)?)
    }

    /// A server certificate that ended in the year 2001.
    ///
    /// # Errors
    /// When a name is not one.
    pub fn expired_server(&self, names: &[&str]) -> Result<Pair> {
        let mut params = leaf(names, "expired", ExtendedKeyUsagePurpose::ServerAuth)?;
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(2001, 1, 1);
        self.sign(params)
    }

    fn sign(&self, params: CertificateParams) -> Result<Pair> {
        let key = new_key()?;
        let certificate =
            params.signed_by(&key, &self.issuer).context(|| "cannot sign a certificate".into())?;
        Ok(Pair { certificate: certificate.pem(), key: key.serialize_pem() })
    }
}

fn leaf(names: &[&str], common_name: &str, usage: ExtendedKeyUsagePurpose) -> Result<CertificateParams> {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let mut params = CertificateParams::new(names).context(|| "not a host name or an address".into())?;
    params.distinguished_name = called(common_name);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![usage];
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}

fn called(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished
}

fn new_key() -> Result<KeyPair> {
    KeyPair::generate().context(|| "cannot make a key".into())
}
