//! `tollhouse dev-ca`: a certificate authority and a server certificate for trying out. Not for production: the
//! authority's key lies beside the certificates. Writes nothing over unless told to.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PKCS_ECDSA_P256_SHA256,
};
use rustls_pki_types::ServerName;

use crate::config::edit::Declined;

/// How long both certificates are good for: the most that strict clients accept of a server's.
const DAYS: i64 = 397;
/// The names that always are in the certificate.
const LOCAL: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// Where, and for which hosts.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse dev-ca .
  tollhouse dev-ca tls --host gate.internal --host 10.0.0.7

Makes ca.crt, ca.key, server.crt and server.key (ECDSA P-256, good for 397 days). Give ca.crt to clients, and
server.crt and server.key to a listener. For development only.

Exit codes: 0 done, 1 declined (there are such files already), 2 usage or I/O")]
pub(crate) struct DevCaArgs {
    /// The folder; made when missing
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// A further host name or address to be valid for, beside localhost, 127.0.0.1 and ::1
    #[arg(long = "host", value_name = "NAME", value_parser = parse_host)]
    hosts: Vec<String>,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
    /// Print one JSON object with the paths
    #[arg(long)]
    json: bool,
}

/// What is made, as PEM.
pub(crate) struct DevCa {
    /// The authority's certificate.
    pub(crate) ca_certificate: String,
    /// The authority's private key.
    pub(crate) ca_key: String,
    /// The server's certificate.
    pub(crate) server_certificate: String,
    /// The server's private key.
    pub(crate) server_key: String,
}

/// A DNS name, which may begin with `*.`, or an address.
fn parse_host(text: &str) -> Result<String, String> {
    let name = text.strip_prefix("*.").unwrap_or(text);
    match ServerName::try_from(name) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("this is neither a DNS name nor an address".to_owned()),
    }
}

/// Makes and writes the four files.
pub(crate) fn run(args: &DevCaArgs) -> anyhow::Result<ExitCode> {
    let folder = &args.folder;
    let paths = ["ca.crt", "ca.key", "server.crt", "server.key"].map(|name| folder.join(name));
    if !args.force
        && let Some(there) = paths.iter().find(|path| path.symlink_metadata().is_ok())
    {
        let text = format!("`{}` is there already; `--force` replaces it", there.display());
        return Err(Declined(text).into());
    }
    let made = make(&args.hosts, Timestamp::now())?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    let contents = [&made.ca_certificate, &made.ca_key, &made.server_certificate, &made.server_key];
    for ((path, pem), mode) in paths.iter().zip(contents).zip([0o644, 0o600, 0o644, 0o600]) {
        write(path, pem, mode).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    let shown = paths.each_ref().map(|path| path.display().to_string());
    let [ca_certificate, ca_key, server_certificate, server_key] = &shown;
    let text = if args.json {
        let paths = serde_json::json!({
            "ca_certificate": ca_certificate,
            "ca_key": ca_key,
            "server_certificate": server_certificate,
            "server_key": server_key,
        });
        format!("{paths}\n")
    } else {
        let absolute = fs::canonicalize(folder.join("ca.crt")).unwrap_or_else(|_| folder.join("ca.crt"));
        format!(
            "authority    {ca_certificate}\n             {ca_key}\nserver       {server_certificate}\n             {server_key}\n\n\
             for the listener:\n  certificate = \"{server_certificate}\"\n  key = \"{server_key}\"\n\n\
             for clients:\n  psql \"host=localhost port=6432 user=alice dbname=shop sslmode=verify-full sslrootcert={}\"\n",
            absolute.display()
        )
    };
    io::stdout().write_all(text.as_bytes()).context("cannot print")?;
    Ok(ExitCode::SUCCESS)
}

/// Makes an authority and a certificate for this machine and `hosts`, good from a day before `now`.
pub(crate) fn make(hosts: &[String], now: Timestamp) -> anyhow::Result<DevCa> {
    let key = || KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).context("cannot make a key");
    let (ca_key, server_key) = (key()?, key()?);

    let mut authority = CertificateParams::default();
    authority.distinguished_name.push(DnType::CommonName, "Tollhouse development authority");
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    valid_from(&mut authority, now);
    let certificate = authority.self_signed(&ca_key).context("cannot make the authority")?;

    let names: Vec<String> =
        LOCAL.iter().map(|name| (*name).to_owned()).chain(hosts.iter().cloned()).collect();
    let mut server = CertificateParams::new(names).context("a host is neither a DNS name nor an address")?;
    server.distinguished_name.push(DnType::CommonName, "localhost");
    server.is_ca = IsCa::ExplicitNoCa;
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    server.use_authority_key_identifier_extension = true;
    valid_from(&mut server, now);
    let issuer = Issuer::from_params(&authority, &ca_key);
    let server_certificate = server.signed_by(&server_key, &issuer).context("cannot make the certificate")?;

    Ok(DevCa {
        ca_certificate: certificate.pem(),
        ca_key: ca_key.serialize_pem(),
        server_certificate: server_certificate.pem(),
        server_key: server_key.serialize_pem(),
    })
}

/// From a day ago, for clocks that differ.
fn valid_from(params: &mut CertificateParams, now: Timestamp) {
    let today = now.to_zoned(TimeZone::UTC).date();
    let date = |days: i64| {
        let date = today.saturating_add(days.days());
        // jiff's months and days are small and positive.
        let part = |number: i8| u8::try_from(number).unwrap_or(1);
        rcgen::date_time_ymd(i32::from(date.year()), part(date.month()), part(date.day()))
    };
    params.not_before = date(-1);
    params.not_after = date(DAYS - 1);
}

/// Writes a file that was not there: what a link or an old, wider mode would do is not met.
fn write(path: &Path, pem: &str, mode: u32) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path)?;
    file.write_all(pem.as_bytes())?;
    file.sync_all()
}
