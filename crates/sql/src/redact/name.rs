//! Names that say that a secret follows: of columns, settings, options, keys in JSON, functions.

use crate::word::one_of;

/// A name with one of these in it names a secret.
const PARTS: &[&str] = &[
    "passw",
    "passphrase",
    "passcode",
    "pwd",
    "secret",
    "token",
    "apikey",
    "api_key",
    "accesskey",
    "access_key",
    "privatekey",
    "private_key",
    "encryption_key",
    "encrypt_key",
    "signing_key",
    "master_key",
    "session_key",
    "auth_key",
    "ssh_key",
    "shared_key",
    "credential",
];

/// These names name a secret, though longer ones that hold them do not.
const WHOLE: &[&str] = &["pass", "psw", "db_pass", "user_pass"];

/// Settings and options that speak of passwords and hold none.
const INNOCENT: &[&str] = &["password_encryption", "password_required", "md5_password_warnings"];

/// Names longer than this are no names of ours; the server cuts its own at 63 bytes.
const BYTES_MAX: usize = 128;

/// Whether `name` (any case, `-` as good as `_`) names a secret.
pub(super) fn is_secret(name: &[u8]) -> bool {
    if name.len() > BYTES_MAX || one_of(name, INNOCENT) {
        return false;
    }
    let folded: Vec<u8> =
        name.iter().map(|&b| if b == b'-' { b'_' } else { b.to_ascii_lowercase() }).collect();
    PARTS.iter().any(|part| folded.windows(part.len()).any(|window| window == part.as_bytes()))
        || one_of(&folded, WHOLE)
}

/// Whether `name` is one that a number may be the secret of. A `token_count` is none.
pub(super) fn is_password(name: &[u8]) -> bool {
    one_of(name, &["password", "passwd", "pwd", "passphrase", "passcode"])
}

/// Whether a function of this name takes a key, a password or what is to be hidden: pgcrypto's and its like.
pub(super) fn takes_key(name: &[u8]) -> bool {
    let has =
        |part: &str| name.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()));
    name.len() <= BYTES_MAX && (has("crypt") || has("hmac") || has("pgp_"))
}
