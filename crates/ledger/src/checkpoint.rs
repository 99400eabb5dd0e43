//! Checkpoints (C2SP tlog-checkpoint): origin, size and root as a note signed with Ed25519 (C2SP signed-note).
//!
//! The text of a note is ours, its signatures are `signed_note`'s. Nothing here decides what may be signed.

use crate::tree::Hash;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use signed_note::{Note, StandardSigner, StandardVerifier, VerifierList};

/// The most bytes of a checkpoint file: the text is three lines, each signature (witnesses add theirs) one more.
pub const CHECKPOINT_BYTES_MAX: usize = 64 << 10;

/// The state of a ledger that somebody signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The ledger's name.
    pub origin: String,
    /// How many entries.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

/// The key that signs checkpoints. Has no `Debug`: it is a secret.
pub struct Signer {
    inner: StandardSigner,
    origin: String,
}

/// The public key that checkpoints are verified with.
#[derive(Clone)]
pub struct Vkey {
    inner: StandardVerifier,
    text: String,
}

/// Why a checkpoint or key was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckpointError {
    /// The bytes are no checkpoint.
    Malformed,
    /// No signature of this key is on it.
    Unsigned,
    /// There is a signature of this key and it does not fit.
    Forged,
    /// The text is no key, or not one of Ed25519, or its name does not fit.
    Key,
}

impl Checkpoint {
    /// The text that is signed.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, BASE64_STANDARD.encode(self.root.0))
    }

    /// Reads a checkpoint without looking at its signatures. Only for showing it.
    ///
    /// # Errors
    /// When the bytes are no checkpoint.
    pub fn read_unverified(bytes: &[u8]) -> Result<Self, CheckpointError> {
        Self::parse(&note(bytes)?)
    }

    /// Reads a checkpoint that carries a good signature of `key`; those of others are ignored.
    ///
    /// # Errors
    /// When it is malformed, or the signature is missing or does not fit, or the key has another name than the origin.
    pub fn read(bytes: &[u8], key: &Vkey) -> Result<Self, CheckpointError> {
        use signed_note::{NoteError, Verifier as _};
        let note = note(bytes)?;
        match note.verify(&VerifierList::new(vec![Box::new(key.inner.clone())])) {
            Ok(_) => {}
            Err(NoteError::InvalidSignature { .. }) => return Err(CheckpointError::Forged),
            Err(_) => return Err(CheckpointError::Unsigned),
        }
        let checkpoint = Self::parse(&note)?;
        if checkpoint.origin == key.inner.name() { Ok(checkpoint) } else { Err(CheckpointError::Unsigned) }
    }

    fn parse(note: &Note) -> Result<Self, CheckpointError> {
        let text = std::str::from_utf8(note.text()).map_err(|_| CheckpointError::Malformed)?;
        let mut lines = text.split('\n');
        let mut line = || lines.next().ok_or(CheckpointError::Malformed);
        let (origin, digits, root) = (line()?, line()?, line()?);
        let size: u64 = digits.parse().map_err(|_| CheckpointError::Malformed)?;
        let root = BASE64_STANDARD.decode(root).map_err(|_| CheckpointError::Malformed)?;
        let root = Hash(root.try_into().map_err(|_| CheckpointError::Malformed)?);
        // One spelling only; lines behind the third are extensions, which are allowed and ignored.
        if origin.is_empty() || size.to_string() != digits {
            return Err(CheckpointError::Malformed);
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }
}

fn note(bytes: &[u8]) -> Result<Note, CheckpointError> {
    if bytes.len() > CHECKPOINT_BYTES_MAX {
        return Err(CheckpointError::Malformed);
    }
    Note::from_bytes(bytes).map_err(|_| CheckpointError::Malformed)
}

impl Signer {
    /// Reads a signer key (`PRIVATE+KEY+<name>+<id>+<base64>`).
    ///
    /// # Errors
    /// When the text is no such key.
    pub fn new(text: &str) -> Result<Self, CheckpointError> {
        use signed_note::Signer as _;
        let inner = StandardSigner::new(text.trim()).map_err(|_| CheckpointError::Key)?;
        let origin = inner.name().to_owned();
        Ok(Self { inner, origin })
    }

    /// The name that the key signs under: the ledger's origin.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Signs the state of the ledger.
    ///
    /// # Errors
    /// When the state does not make a note; never for sizes and roots of a tree.
    pub fn sign(&self, size: u64, root: Hash) -> Result<Vec<u8>, CheckpointError> {
        let checkpoint = Checkpoint { origin: self.origin.clone(), size, root };
        let mut note =
            Note::new(checkpoint.text().as_bytes(), &[]).map_err(|_| CheckpointError::Malformed)?;
        note.add_sigs(&[&self.inner]).map_err(|_| CheckpointError::Key)?;
        Ok(note.to_bytes())
    }
}

impl Vkey {
    /// Reads a verifier key (`<name>+<id>+<base64>`).
    ///
    /// # Errors
    /// When the text is no such key.
    pub fn new(text: &str) -> Result<Self, CheckpointError> {
        let text = text.trim();
        let inner = StandardVerifier::new(text).map_err(|_| CheckpointError::Key)?;
        Ok(Self { inner, text: text.to_owned() })
    }

    /// The ledger's name.
    #[must_use]
    pub fn origin(&self) -> &str {
        use signed_note::Verifier as _;
        self.inner.name()
    }

    /// The key's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Whether a text can be a ledger's origin: 1 to 200 characters, none of them a space, a control or `+`.
#[must_use]
pub fn is_origin(text: &str) -> bool {
    text.len() <= 200 && signed_note::is_key_name_valid(text) && !text.chars().any(char::is_control)
}

impl std::fmt::Debug for Vkey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::fmt::Display for CheckpointError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Malformed => "it is no checkpoint",
            Self::Unsigned => "it is not signed by this ledger's key",
            Self::Forged => "its signature does not fit its content",
            Self::Key => "the text is no signed-note key for Ed25519",
        })
    }
}

impl std::error::Error for CheckpointError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIGNER: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    const VKEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    #[test]
    fn a_checkpoint_round_trips_and_another_implementation_reads_it() {
        let signer = Signer::new(SIGNER).unwrap();
        let bytes = signer.sign(42, Hash([9; 32])).unwrap();
        let read = Checkpoint::read(&bytes, &Vkey::new(VKEY).unwrap()).unwrap();
        assert_eq!(read, Checkpoint { origin: "PeterNeumann".into(), size: 42, root: Hash([9; 32]) });
        let other = tlog_tiles::Checkpoint::from_bytes(read.text().as_bytes()).unwrap();
        assert_eq!((other.size(), other.hash().0), (42, [9; 32]));
    }

    #[test]
    fn every_changed_byte_is_seen() {
        let key = Vkey::new(VKEY).unwrap();
        let bytes = Signer::new(SIGNER).unwrap().sign(42, Hash([9; 32])).unwrap();
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 1;
            assert!(Checkpoint::read(&bad, &key).is_err(), "byte {at}");
        }
        let text = String::from_utf8(bytes).unwrap();
        let forged = text.replacen("42", "41", 1);
        assert_eq!(Checkpoint::read(forged.as_bytes(), &key), Err(CheckpointError::Forged));
    }

    #[test]
    fn origins_are_checked() {
        assert!(is_origin("tollhouse.example/shop"));
        for bad in ["", "a b", "a+b", "a\nb", &"x".repeat(201)] {
            assert!(!is_origin(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in ".{0,80}") {
            let _ = Checkpoint::read_unverified(&bytes);
            let _ = Checkpoint::read(text.as_bytes(), &Vkey::new(VKEY).unwrap());
            let _ = Checkpoint::read_unverified(format!("{text}\n1\n\n— a AAAAAAAA\n").as_bytes());
            let _ = Vkey::new(&text);
            let _ = Vkey::new(&format!("a+00000000+{text}"));
        }
    }
}
