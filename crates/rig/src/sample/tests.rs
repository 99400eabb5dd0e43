//! The sample is the same bytes on every machine, and of the size that it claims.

use super::*;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// SHA-256 of the whole script. Change it together with the sample, on purpose.
const HASH: &str = "00631c4d9268c4107cd84f5e7e002fe2ffe82b3e8f3affda52affed8b346e1bc";

#[test]
fn the_sample_is_the_same_bytes_everywhere() {
    let script = script();
    let hash = Sha256::digest(script.text.as_bytes()).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    assert_eq!(hash, HASH);
    assert!((48_000..=55_000).contains(&script.rows), "{} rows", script.rows);
    assert_eq!(self::script().text, script.text);
}

#[test]
fn every_country_and_an_attack_are_in_it() {
    let text = script().text;
    for needle in
        ["de-DE", "pt-BR", "codice-fiscale", "pesel", "DROP TABLE shop.customer", "\u{202e}", "\u{1b}[2J"]
    {
        assert!(text.contains(needle), "{needle:?} is missing");
    }
}
