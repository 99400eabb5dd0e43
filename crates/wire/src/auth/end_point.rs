//! The channel binding `tls-server-end-point` (RFC 5929, section 4): the digest of the server's certificate by the hash
//! of the certificate's own signature. It never verifies the certificate.

use std::fmt;

use sha2::{Digest as _, Sha224, Sha256, Sha384, Sha512};

use super::der::{CONTEXT_0, OBJECT_IDENTIFIER, SEQUENCE, expect};

/// Why a certificate gives no channel binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndPointError {
    /// It is no DER certificate.
    Certificate,
    /// Its signature's algorithm names no hash (Ed25519 and the like), or one that is not known here.
    Algorithm,
}

/// The hashes that RFC 5929 leads to.
#[derive(Clone, Copy)]
enum Hash {
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

/// The binding bytes of a certificate in DER.
///
/// # Errors
/// When the bytes are no certificate, or its signature has no hash to use: then offer no channel binding.
pub fn channel_binding(certificate_der: &[u8]) -> Result<Vec<u8>, EndPointError> {
    Ok(match hash(signature_algorithm(certificate_der).ok_or(EndPointError::Certificate)?)? {
        Hash::Sha224 => Sha224::digest(certificate_der).to_vec(),
        Hash::Sha256 => Sha256::digest(certificate_der).to_vec(),
        Hash::Sha384 => Sha384::digest(certificate_der).to_vec(),
        Hash::Sha512 => Sha512::digest(certificate_der).to_vec(),
    })
}

/// `Certificate ::= SEQUENCE { tbsCertificate SEQUENCE, signatureAlgorithm AlgorithmIdentifier, … }`.
fn signature_algorithm(certificate: &[u8]) -> Option<&[u8]> {
    let (fields, rest) = expect(certificate, SEQUENCE)?;
    let (_, after_body) = expect(fields, SEQUENCE)?;
    let (algorithm, _) = expect(after_body, SEQUENCE)?;
    rest.is_empty().then_some(algorithm)
}

/// `AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL }`, its content.
fn hash(algorithm: &[u8]) -> Result<Hash, EndPointError> {
    let (oid, parameters) = expect(algorithm, OBJECT_IDENTIFIER).ok_or(EndPointError::Certificate)?;
    match oid {
        // 1.2.840.113549.1.1.n: RSA with a hash.
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, n] => match n {
            // MD5 and SHA-1 are replaced by SHA-256, as the RFC says.
            4 | 5 | 11 => Ok(Hash::Sha256),
            12 => Ok(Hash::Sha384),
            13 => Ok(Hash::Sha512),
            14 => Ok(Hash::Sha224),
            10 => pss_hash(parameters),
            _ => Err(EndPointError::Algorithm),
        },
        // 1.2.840.10045.4.1: ECDSA with SHA-1; 1.2.840.10045.4.3.n: with the others.
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1] => Ok(Hash::Sha256),
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, n] => match n {
            1 => Ok(Hash::Sha224),
            2 => Ok(Hash::Sha256),
            3 => Ok(Hash::Sha384),
            4 => Ok(Hash::Sha512),
            _ => Err(EndPointError::Algorithm),
        },
        _ => Err(EndPointError::Algorithm),
    }
}

/// RSASSA-PSS names its hash in its parameters: `SEQUENCE { [0] AlgorithmIdentifier DEFAULT sha1, … }` (RFC 4055).
fn pss_hash(parameters: &[u8]) -> Result<Hash, EndPointError> {
    let (parameters, _) = expect(parameters, SEQUENCE).ok_or(EndPointError::Certificate)?;
    let Some((explicit, _)) = expect(parameters, CONTEXT_0) else { return Ok(Hash::Sha256) };
    let (identifier, _) = expect(explicit, SEQUENCE).ok_or(EndPointError::Certificate)?;
    let (oid, _) = expect(identifier, OBJECT_IDENTIFIER).ok_or(EndPointError::Certificate)?;
    match oid {
        // 1.3.14.3.2.26: SHA-1.
        [0x2b, 0x0e, 3, 2, 0x1a] => Ok(Hash::Sha256),
        // 2.16.840.1.101.3.4.2.n: SHA-2.
        [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, n] => match n {
            1 => Ok(Hash::Sha256),
            2 => Ok(Hash::Sha384),
            3 => Ok(Hash::Sha512),
            4 => Ok(Hash::Sha224),
            _ => Err(EndPointError::Algorithm),
        },
        _ => Err(EndPointError::Algorithm),
    }
}

impl fmt::Display for EndPointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Certificate => "the certificate is not valid DER",
            Self::Algorithm => "the certificate's signature algorithm has no hash for channel binding",
        })
    }
}

impl std::error::Error for EndPointError {}

#[cfg(test)]
mod tests {
    use super::*;

    /// A certificate with an empty body and this signature algorithm.
    fn certificate(algorithm: &[u8]) -> Vec<u8> {
        let of = |tag: u8, content: &[u8]| [&[tag, u8::try_from(content.len()).unwrap()], content].concat();
        of(SEQUENCE, &[of(SEQUENCE, b""), of(SEQUENCE, algorithm), of(3, b"\0")].concat())
    }

    #[test]
    fn the_signatures_hash_is_used() {
        let rsa = |n: u8| vec![6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, n];
        let ecdsa = |n: u8| vec![6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, n];
        for (algorithm, bytes) in [
            (rsa(4), 32),
            (rsa(5), 32),
            (rsa(11), 32),
            (rsa(12), 48),
            (rsa(13), 64),
            (rsa(14), 28),
            (ecdsa(1), 28),
            (ecdsa(2), 32),
            (ecdsa(3), 48),
            (ecdsa(4), 64),
            ([rsa(10), vec![0x30, 0]].concat(), 32),
            (
                [rsa(10), b"\x30\x0f\xa0\x0d\x30\x0b\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03".to_vec()]
                    .concat(),
                64,
            ),
        ] {
            assert_eq!(channel_binding(&certificate(&algorithm)).map(|binding| binding.len()), Ok(bytes));
        }
        let whole = certificate(&rsa(11));
        assert_eq!(channel_binding(&whole), Ok(Sha256::digest(&whole).to_vec()));
    }

    #[test]
    fn no_hash_is_an_error() {
        // 1.3.101.112: Ed25519.
        assert_eq!(channel_binding(&certificate(b"\x06\x03\x2b\x65\x70")), Err(EndPointError::Algorithm));
        for bad in
            [certificate(b""), Vec::new(), b"\x30\x00".to_vec(), [certificate(b"\x06\x00"), vec![0]].concat()]
        {
            assert_eq!(channel_binding(&bad), Err(EndPointError::Certificate));
        }
    }
}
