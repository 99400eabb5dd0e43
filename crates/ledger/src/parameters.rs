//! The `parameters` part: what is recorded of the values of an execution, by the target's policy.
//!
//! A JSON array with one member per parameter: an object, or null for a NULL. `{"type":23,"format":"binary",
//! "bytes":4,"hash":"…"}` for `hash` (HMAC-SHA-256 under the ledger's parameter key, cut to 128 bits, so equal
//! values can be found and none can be read), `"plain":"…"` for `plain` (or `"base64":"…"` where the bytes are
//! not UTF-8), neither for `omit`. Values may come in chunks; none is held whole beyond [`PLAIN_BYTES_MAX`].

use crate::json;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use hmac::{Hmac, Mac};
use model::ParameterRecord;
use sha2::Sha256;

/// The most bytes of one value that are recorded in plain. A longer one is hashed and says `"cut":true`:
/// it may be a gigabyte that streams by.
pub const PLAIN_BYTES_MAX: usize = 64 << 10;

/// The most bytes of the part. Parameters behind that are counted only (the last member is then
/// `{"more":n}`), so that a batch of a million values cannot fill the ledger.
pub const PARAMETERS_BYTES_MAX: usize = 1 << 20;

/// How much of a hash is kept.
const HASH_BYTES: usize = 16;

/// The keyed state that every value's hash begins with; made once per session, copied per value.
#[derive(Clone)]
pub struct ParameterHasher(Hmac<Sha256>);

/// Writes the `parameters` part into a buffer that the caller owns and reuses.
pub struct Parameters<'a> {
    out: &'a mut Vec<u8>,
    record: ParameterRecord,
    hasher: &'a ParameterHasher,
    start: usize,
    count: u64,
    more: u64,
}

/// Where a part stands that is written with pauses (see [`Parameters::pause`]).
#[derive(Clone, Copy, Debug, Default)]
pub struct Paused {
    start: usize,
    count: u64,
    more: u64,
    begun: bool,
}

/// One value that is coming in chunks. It borrows nothing, so it can wait for the next chunk.
pub struct Value {
    oid: u32,
    binary: bool,
    bytes: u64,
    hash: Option<Hmac<Sha256>>,
    plain: Option<Vec<u8>>,
}

impl ParameterHasher {
    /// The state for this key (see the journal's `parameter_key`).
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        // HMAC pads a key with zeroes to its block: a whole block is the form that cannot be refused.
        let mut block = [0; 64];
        block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
        Self(Hmac::new(&block.into()))
    }
}

impl<'a> Parameters<'a> {
    /// Begins the array at the end of `out`.
    #[must_use]
    pub fn new(out: &'a mut Vec<u8>, record: ParameterRecord, hasher: &'a ParameterHasher) -> Self {
        Self::resume(Paused::default(), out, record, hasher)
    }

    /// Goes on where [`Parameters::pause`] stopped, with the same buffer; begins the array when it never began.
    #[must_use]
    pub fn resume(
        paused: Paused,
        out: &'a mut Vec<u8>,
        record: ParameterRecord,
        hasher: &'a ParameterHasher,
    ) -> Self {
        let start = if paused.begun { paused.start } else { out.len() };
        if !paused.begun {
            out.push(b'[');
        }
        Self { out, record, hasher, start, count: paused.count, more: paused.more }
    }

    /// Stops between two values, to go on later.
    #[must_use]
    pub fn pause(self) -> Paused {
        Paused { start: self.start, count: self.count, more: self.more, begun: true }
    }

    fn full(&mut self) -> bool {
        let full = self.out.len() - self.start >= PARAMETERS_BYTES_MAX;
        self.more += u64::from(full);
        full
    }

    fn separate(&mut self) {
        if self.count > 0 {
            self.out.push(b',');
        }
        self.count += 1;
    }

    /// A NULL.
    pub fn null(&mut self) {
        if !self.full() {
            self.separate();
            self.out.extend_from_slice(b"null");
        }
    }

    /// A whole value: the type's OID as the client or the server named it (0 when nobody did), its format, its bytes.
    pub fn value(&mut self, oid: u32, binary: bool, bytes: &[u8]) {
        let mut value = Value::new(oid, binary, self.record, self.hasher);
        value.chunk(bytes);
        self.streamed(value);
    }

    /// A value that came in chunks and is whole now.
    pub fn streamed(&mut self, value: Value) {
        if self.full() {
            return;
        }
        self.separate();
        let cut = self.record == ParameterRecord::Plain && value.plain.is_none();
        let mut object = json::Object::open(self.out);
        let text = value.plain.as_deref().map(std::str::from_utf8);
        if let (Some(Err(_)), Some(plain)) = (&text, &value.plain) {
            object.text("base64", &BASE64_STANDARD.encode(plain));
        }
        object.number("bytes", value.bytes);
        object.flag_if("cut", cut);
        object.text("format", if value.binary { "binary" } else { "text" });
        if let (None, Some(hash)) = (&value.plain, value.hash) {
            let hash = hash.finalize().into_bytes();
            object.hex("hash", hash.get(..HASH_BYTES).unwrap_or_default());
        }
        if let Some(Ok(plain)) = text {
            object.text("plain", plain);
        }
        object.number("type", u64::from(value.oid));
        object.close();
    }

    /// Ends the array.
    pub fn end(mut self) {
        if self.more > 0 {
            self.separate();
            let more = self.more;
            let mut object = json::Object::open(self.out);
            object.number("more", more);
            object.close();
        }
        self.out.push(b']');
    }
}

impl Value {
    /// Begins a value.
    #[must_use]
    pub fn new(oid: u32, binary: bool, record: ParameterRecord, hasher: &ParameterHasher) -> Self {
        let hash = (record != ParameterRecord::Omit).then(|| hasher.0.clone());
        let plain = (record == ParameterRecord::Plain).then(Vec::new);
        Self { oid, binary, bytes: 0, hash, plain }
    }

    /// The next bytes of the value.
    pub fn chunk(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        if let Some(hash) = &mut self.hash {
            hash.update(bytes);
        }
        if let Some(plain) = &mut self.plain {
            if plain.len() + bytes.len() <= PLAIN_BYTES_MAX {
                plain.extend_from_slice(bytes);
            } else {
                self.plain = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(record: ParameterRecord, write: impl FnOnce(&mut Parameters<'_>)) -> serde_json::Value {
        let hasher = ParameterHasher::new(&[5; 32]);
        let mut out = Vec::new();
        let mut parameters = Parameters::new(&mut out, record, &hasher);
        write(&mut parameters);
        parameters.end();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn each_policy_records_what_it_says() {
        let write = |p: &mut Parameters<'_>| {
            p.value(25, false, b"carol");
            p.null();
            p.value(17, true, &[0xff, 0]);
        };
        let hashed = written(ParameterRecord::Hash, write);
        assert_eq!(hashed[0]["hash"].as_str().unwrap().len(), 32);
        assert_eq!((&hashed[0]["bytes"], &hashed[0]["type"]), (&5.into(), &25.into()));
        assert!(hashed[1].is_null() && !hashed.to_string().contains("carol"));
        let plain = written(ParameterRecord::Plain, write);
        assert_eq!((&plain[0]["plain"], &plain[2]["base64"]), (&"carol".into(), &"/wA=".into()));
        assert!(plain[0].get("hash").is_none());
        let omitted = written(ParameterRecord::Omit, write);
        assert_eq!(omitted[2], serde_json::json!({"bytes": 2, "format": "binary", "type": 17}));
    }

    #[test]
    fn equal_values_have_equal_hashes_however_they_come() {
        let whole = written(ParameterRecord::Hash, |p| p.value(25, false, &[b'x'; 1000]));
        let chunks = written(ParameterRecord::Hash, |p| {
            let mut value = Value::new(25, false, p.record, p.hasher);
            [b'x'; 1000].chunks(7).for_each(|chunk| value.chunk(chunk));
            p.streamed(value);
        });
        assert_eq!(whole, chunks);
        assert_ne!(whole, written(ParameterRecord::Hash, |p| p.value(25, false, &[b'x'; 999])));
        let mut mac = Hmac::<Sha256>::new_from_slice(&[5; 32]).unwrap();
        mac.update(&[b'x'; 1000]);
        let mut hex = Vec::new();
        json::hex(&mut hex, &mac.finalize().into_bytes()[..16]);
        assert_eq!(whole[0]["hash"].as_str().unwrap().as_bytes(), hex);
    }

    #[test]
    fn a_value_too_long_for_plain_is_hashed_and_says_so() {
        let value = written(ParameterRecord::Plain, |p| p.value(25, false, &vec![b'x'; PLAIN_BYTES_MAX + 1]));
        assert_eq!(value[0]["cut"], true);
        assert!(value[0].get("hash").is_some() && value[0].get("plain").is_none());
    }

    #[test]
    fn a_million_values_do_not_fill_the_ledger() {
        let mut out = Vec::new();
        let hasher = ParameterHasher::new(&[5; 32]);
        let mut parameters = Parameters::new(&mut out, ParameterRecord::Omit, &hasher);
        (0..100_000).for_each(|_| parameters.value(23, true, &[0; 4]));
        parameters.end();
        assert!(out.len() < PARAMETERS_BYTES_MAX + 200);
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let members = value.as_array().unwrap();
        let more = members.last().unwrap()["more"].as_u64().unwrap();
        assert_eq!(more + members.len() as u64 - 1, 100_000);
    }
}
