//! PostgreSQL's md5 log-in, towards old servers only: the gate itself never offers it.

use std::fmt::Write as _;

use ::md5::{Digest as _, Md5};

/// The answer to AuthenticationMD5Password: `md5` and 32 hexadecimal digits (manual, section 54.2.1).
#[must_use]
pub fn answer(user: &[u8], password: &[u8], salt: [u8; 4]) -> String {
    let inner = hex(&Md5::new().chain_update(password).chain_update(user).finalize());
    let outer = hex(&Md5::new().chain_update(inner).chain_update(salt).finalize());
    format!("md5{outer}")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_answer_is_the_servers() {
        // SELECT 'md5' || md5(md5('secret' || 'alice') || 'abcd')
        assert_eq!(super::answer(b"alice", b"secret", *b"abcd"), "md5c90bcafc0a2b54511742383e34d5dc9d");
    }
}
