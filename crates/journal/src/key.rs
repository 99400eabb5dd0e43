//! The key files of a ledger: the signer key (secret), the verifier key (public), the key of parameter hashes (secret).
//!
//! Made once, when the ledger is new; never replaced: a ledger without its key does not open.

use crate::failure::OpenError;
use crate::options::Options;
use ledger::{Signer, Vkey};
use rand::RngCore as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

/// The public key's file in the ledger's folder.
pub const VKEY_FILE: &str = "ledger.pub";

/// The file of the key that parameter values are hashed with.
pub const PARAMETER_KEY_FILE: &str = "parameter.key";

/// The keys of an open ledger. No `Debug`: two of them are secrets.
pub struct KeyFiles {
    /// Signs checkpoints.
    pub signer: Signer,
    /// Verifies them.
    pub vkey: Vkey,
    /// Keys the hashes of parameter values.
    pub parameter: [u8; 32],
}

impl KeyFiles {
    /// Reads the keys, or makes them when `new` says that the ledger has no entries yet.
    pub(crate) fn open(options: &Options, new: bool) -> Result<Self, OpenError> {
        let key_path = options.key_path();
        let public_path = options.directory.join(VKEY_FILE);
        let parameter_path = options.directory.join(PARAMETER_KEY_FILE);
        if new && !public_path.exists() {
            if key_path.exists() {
                // A key that was made elsewhere: the public half follows from nothing that we can read here.
                return Err(OpenError::Key(format!(
                    "`{}` is there but `{VKEY_FILE}` is not: put the verifier key into the ledger's folder",
                    key_path.display()
                )));
            }
            let (secret, public) = signed_note::generate_key(&mut rand::thread_rng(), &options.origin);
            create(&key_path, 0o600, &secret).map_err(|error| key_error(&key_path, &error))?;
            create(&public_path, 0o644, &public).map_err(|error| key_error(&public_path, &error))?;
        }
        if new && !parameter_path.exists() {
            let mut key = [0; 32];
            rand::thread_rng().fill_bytes(&mut key);
            let text: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
            create(&parameter_path, 0o600, &text).map_err(|error| key_error(&parameter_path, &error))?;
        }
        let secret = read_secret(&key_path)?;
        let signer = Signer::new(&secret)
            .map_err(|error| OpenError::Key(format!("`{}`: {error}", key_path.display())))?;
        let vkey = read_vkey(&public_path).map_err(OpenError::Key)?;
        if signer.origin() != options.origin || vkey.origin() != options.origin {
            return Err(OpenError::Origin(format!(
                "the ledger in `{}` is named `{}`, the configuration says `{}`; a ledger keeps its name",
                options.directory.display(),
                vkey.origin(),
                options.origin
            )));
        }
        let fits = signer
            .sign(0, ledger::Tree::default().root())
            .is_ok_and(|note| ledger::Checkpoint::read(&note, &vkey).is_ok());
        if !fits {
            return Err(OpenError::Key(format!(
                "`{}` and `{}` are not halves of one key",
                key_path.display(),
                public_path.display()
            )));
        }
        let text = read_secret(&parameter_path)?;
        let parameter = parse_hex(text.trim())
            .ok_or_else(|| OpenError::Key(format!("`{}` is no key", parameter_path.display())))?;
        Ok(Self { signer, vkey, parameter })
    }
}

/// Reads a verifier key from a file.
///
/// # Errors
/// When the file cannot be read or holds no key; the message says which.
pub fn read_vkey(path: &Path) -> Result<Vkey, String> {
    let text =
        fs::read_to_string(path).map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
    Vkey::new(&text).map_err(|error| format!("`{}`: {error}", path.display()))
}

fn read_secret(path: &Path) -> Result<String, OpenError> {
    let mode = fs::metadata(path).map_err(|error| key_error(path, &error))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(OpenError::Key(format!(
            "`{}` can be read by others; run `chmod 600 {}`",
            path.display(),
            path.display()
        )));
    }
    fs::read_to_string(path).map_err(|error| key_error(path, &error))
}

fn create(path: &Path, mode: u32, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path)?;
    file.write_all(text.as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

fn key_error(path: &Path, error: &io::Error) -> OpenError {
    let next = if error.kind() == ErrorKind::NotFound {
        "; a ledger cannot go on without the key that it was made with"
    } else {
        ""
    };
    OpenError::Key(format!("cannot use `{}`: {error}{next}", path.display()))
}

fn parse_hex(text: &str) -> Option<[u8; 32]> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let mut key = [0; 32];
    if pairs.len() != key.len() || !rest.is_empty() {
        return None;
    }
    for (byte, pair) in key.iter_mut().zip(pairs) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(key)
}
