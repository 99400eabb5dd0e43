//! The formats do not drift: a small ledger with fixed key, salts and times, whose every byte is kept in
//! `tests/vectors`. Formats outlive code: when this fails, the code is wrong, or a new version of the format is
//! needed (`docs/reference/ledger.md`). `BLESS=1` writes the files.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "these are tests")]

mod memory;

use ledger::entry::{
    Action, ConfigChanged, Decision, Ending, LedgerOpened, LedgerRecovered, Outcome, PolicyLoaded,
    PolicyRefused, PrincipalChanged, SessionClosed, SessionOpened, SessionRefused, Tls, TokenChanged,
    write_asserted,
};
use ledger::leaf::Leaf;
use ledger::{
    Draft, Encode, ParameterHasher, Parameters, Part, PartName, Pending, Reader, Salt, Storage, Vkey, verify,
    verify_proof, write_proof,
};
use memory::{Life, Memory, VKEY, vkey};
use model::{
    Asserted, Environment, Fingerprint, Name, ParameterRecord, PrincipalKind, SessionId, Sqlstate,
    StatementId, Timestamp, Verdict,
};
use std::fs;
use std::path::{Path, PathBuf};

const SESSION: SessionId = SessionId(0x3f9a_6c0d_12e4_7b85);

fn at(n: u64) -> Timestamp {
    Timestamp(1_767_225_600_000_000 + n)
}

fn id(number: u64) -> StatementId {
    StatementId { session: SESSION, number }
}

/// One entry of each kind, every optional field once present and once absent.
fn drafts() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut push = |entry: &dyn Encode| {
        let mut draft = Draft::new();
        draft.set(entry).unwrap();
        drafts.push(draft);
    };
    push(&LedgerOpened { at: at(0), version: "0.1.0", origin: "PeterNeumann", size: 0 });
    let changes = ["target `shop`: durability strict -> relaxed".to_owned()];
    push(&ConfigChanged { at: at(1), hash: "c0ffee", before: None, by: "start", changes: &[] });
    push(&ConfigChanged {
        at: at(2),
        hash: "decaf0",
        before: Some("c0ffee"),
        by: "sighup",
        changes: &changes,
    });
    let files = ["packs/baseline.cedar".to_owned(), "own.cedar".to_owned()];
    let loaded =
        PolicyLoaded { at: at(3), policy: [0xc5; 32], policy_version: 1, by: "start", files: &files };
    push(&loaded);
    push(&PolicyLoaded { files: &[], ..loaded });
    let refused = PolicyRefused {
        at: at(3),
        policy: [0x3a; 32],
        policy_version: 2,
        by: "file",
        files: &files,
        problems: &["own.cedar:3:7: unexpected token `permt`; did you mean `permit`?".to_owned()],
    };
    push(&refused);
    push(&PolicyRefused { files: &[], problems: &[], ..refused });
    push(&PrincipalChanged { at: at(3), name: "alice", change: "added", by: "file" });
    push(&TokenChanged { at: at(4), name: "k3v9", principal: "support-bot", change: "removed", by: "file" });
    push(&SessionRefused {
        at: at(5),
        address: "192.0.2.7:49152",
        principal: Some("root\u{7}\"\\"),
        target: Some("shop"),
        code: Sqlstate::new(b"28P01"),
        reason: "unknown principal or wrong secret",
        count: 17,
        window_us: 10_000_000,
    });
    push(&SessionRefused {
        at: at(6),
        address: "unix",
        principal: None,
        target: None,
        code: Sqlstate::new(b"08P01"),
        reason: "malformed start-up",
        count: 1,
        window_us: 0,
    });
    let mut asserted = Vec::new();
    let says = Asserted {
        purpose: Some("résumé of \"orders\"".to_owned()),
        trace: Some("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".to_owned()),
        application_name: Some("psql".to_owned()),
    };
    write_asserted(&says, &mut asserted);
    let asserted = Part::store(PartName::Asserted, Salt([0xa5; 16]), &asserted);
    let groups = [Name::new("engineering").unwrap(), Name::new("on-call").unwrap()];
    let opened = SessionOpened {
        at: at(7),
        session: SESSION,
        principal: "support-bot",
        principal_kind: PrincipalKind::Agent,
        groups: &groups,
        on_behalf_of: Some("alice"),
        credential: "k3v9",
        method: "token",
        target: "shop",
        environment: Environment::Production,
        database: "shop",
        address: "192.0.2.8:50000",
        tls: Some(Tls { version: "TLSv1.3", cipher: "TLS13_AES_256_GCM_SHA384" }),
        listener: "main",
        config: "decaf0",
        asserted: Some(asserted),
    };
    push(&opened);
    push(&SessionOpened { groups: &[], on_behalf_of: None, tls: None, asserted: None, ..opened });
    let text = Part::store(PartName::Text, Salt([0x5a; 16]), b"SELECT name FROM customers WHERE id = $1");
    let decision = Decision {
        at: at(8),
        id: id(1),
        action: Action::Prepare,
        principal: "support-bot",
        on_behalf_of: Some("alice"),
        target: "shop",
        verdict: Verdict::Allow,
        rules: &[],
        shadow: &[],
        facts: &["select public.customers read(name) where(id)", "returns name<-public.customers.name copy"],
        policy: Some([0xc5; 32]),
        policy_version: 1,
        prepared: None,
        fingerprint: Some(Fingerprint(0x0123_4567_89ab_cdef)),
        text: Some(text),
        parameters: None,
        asserted: Some(asserted.to_known()),
    };
    push(&decision);
    let outcome = Outcome {
        at: at(9),
        id: id(1),
        principal: "support-bot",
        target: "shop",
        ending: Ending::Ok,
        sqlstate: None,
        tags: &[],
        commands: 0,
        rows: 0,
        bytes: 5,
        bytes_in: 52,
        duration_us: 801,
        masked: &[],
    };
    push(&outcome);
    let mut parameters = Vec::new();
    let hasher = ParameterHasher::new(&[0x11; 32]);
    let mut writer = Parameters::new(&mut parameters, ParameterRecord::Hash, &hasher);
    writer.value(23, true, &[0, 0, 0, 42]);
    writer.null();
    writer.end();
    let parameters = Part::store(PartName::Parameters, Salt([0x77; 16]), &parameters);
    let execute = Decision {
        at: at(10),
        id: id(2),
        action: Action::Execute,
        prepared: Some(1),
        text: Some(text.to_known()),
        parameters: Some(parameters),
        ..decision
    };
    push(&execute);
    push(&Outcome {
        at: at(11),
        id: id(2),
        ending: Ending::Error,
        sqlstate: Some(Sqlstate::QUERY_CANCELED),
        tags: &["SELECT 3", "UPDATE 1"],
        commands: 2,
        rows: 3,
        ..outcome
    });
    push(&Decision {
        at: at(12),
        id: id(3),
        verdict: Verdict::Refuse,
        rules: &["read-only"],
        shadow: &["guard/no-limit", "own/office-hours"],
        ..execute
    });
    push(&Decision {
        at: at(12),
        id: id(4),
        verdict: Verdict::Hold,
        rules: &["guard/drop-table"],
        facts: &[],
        policy: None,
        ..execute
    });
    push(&SessionClosed {
        at: at(13),
        session: SESSION,
        principal: "support-bot",
        target: "shop",
        reason: "terminate",
        statements: 3,
        bytes_in: 312,
        bytes_out: 4096,
        duration_us: 61_000_000,
    });
    push(&LedgerRecovered { at: at(14), truncated_bytes: 33, unknown: 1, size: 20 });
    drafts
}

fn ledger() -> Memory {
    let storage = Memory::new();
    let mut life = Life::begin(&storage).unwrap();
    let mut batch = Pending::new(0);
    for draft in &drafts() {
        let _ = batch.push(draft);
    }
    life.append(batch);
    life.checkpoint();
    let reader = Reader::new(&*storage).unwrap();
    let (bytes, checkpoint) = reader.checkpoint().unwrap();
    let leaf = reader.entry(13).unwrap().unwrap().leaf;
    let proof = write_proof(13, &leaf, &reader.inclusion(13, checkpoint.size).unwrap(), bytes);
    storage.set("entry-13.tlog-proof", proof.into_bytes());
    storage.set("ledger.pub", format!("{VKEY}\n").into_bytes());
    storage.copy()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

/// The files below a folder, as paths relative to it.
fn files(folder: &Path, below: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder.join(below)).unwrap() {
        let entry = entry.unwrap();
        let path = Path::new(below).join(entry.file_name()).to_str().unwrap().to_owned();
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(folder, &path))
        } else {
            found.push(path)
        }
    }
    found.sort_unstable();
    found
}

#[test]
fn the_files_of_a_ledger_are_these() {
    let storage = ledger();
    let root = folder().join("ledger");
    if std::env::var_os("BLESS").is_some() {
        for path in storage.paths() {
            fs::create_dir_all(root.join(&path).parent().unwrap()).unwrap();
            fs::write(root.join(&path), storage.get(&path)).unwrap();
        }
    }
    assert_eq!(files(&root, ""), storage.paths());
    for path in storage.paths() {
        assert!(fs::read(root.join(&path)).unwrap() == storage.get(&path), "`{path}` has drifted");
    }
}

#[test]
fn the_leaves_are_these() {
    let drafts = drafts();
    let lines: Vec<&str> = drafts.iter().map(|draft| std::str::from_utf8(draft.leaf()).unwrap()).collect();
    let path = folder().join("leaves.jsonl");
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(folder()).unwrap();
        fs::write(&path, lines.join("\n") + "\n").unwrap();
    }
    let stored = fs::read_to_string(path).unwrap();
    assert_eq!(stored.lines().collect::<Vec<_>>(), lines);
    for line in lines {
        let leaf = Leaf::read(line.as_bytes()).unwrap_or_else(|_| panic!("not read back: {line}"));
        // What is read says the same when it is written by another hand.
        let again = serde_json::to_value(&leaf).unwrap();
        assert_eq!(again, serde_json::from_str::<serde_json::Value>(line).unwrap());
    }
}

/// A ledger of the vectors, in memory.
fn stored(root: &Path) -> std::sync::Arc<Memory> {
    let storage = Memory::new();
    for path in files(root, "") {
        storage.set(&path, fs::read(root.join(&path)).unwrap());
    }
    storage
}

#[test]
fn the_stored_ledger_verifies_opens_and_proves() {
    let root = folder().join("ledger");
    let storage = stored(&root);
    let key = Vkey::new(&fs::read_to_string(root.join("ledger.pub")).unwrap()).unwrap();
    let verified = verify(&*storage, &key, None).unwrap();
    assert_eq!((verified.size, verified.unknown, verified.unsigned), (21, 0, 0));
    let proof = fs::read_to_string(root.join("entry-13.tlog-proof")).unwrap();
    assert_eq!(verify_proof(&proof, &vkey()).unwrap().index, 13);
    assert_eq!(Life::begin(&storage).unwrap().size(), 21);
    assert!(Storage::read(&*storage, "checkpoint").unwrap().is_some());
}

/// Nobody writes `earlier/1` any more: it is what the first version left on people's disks.
#[test]
fn a_ledger_of_the_first_version_still_reads_verifies_opens_and_goes_on() {
    let earlier = folder().join("earlier/1");
    for line in fs::read_to_string(earlier.join("leaves.jsonl")).unwrap().lines() {
        let leaf = Leaf::read(line.as_bytes()).unwrap_or_else(|_| panic!("not read back: {line}"));
        let again = serde_json::to_value(&leaf).unwrap();
        assert_eq!(again, serde_json::from_str::<serde_json::Value>(line).unwrap());
    }
    let storage = stored(&earlier.join("ledger"));
    let verified = verify(&*storage, &vkey(), None).unwrap();
    assert_eq!((verified.size, verified.unknown, verified.unsigned), (16, 0, 0));
    let proof = fs::read_to_string(earlier.join("ledger/entry-9.tlog-proof")).unwrap();
    assert_eq!(verify_proof(&proof, &vkey()).unwrap().index, 9);
    let mut life = Life::begin(&storage).unwrap();
    let mut batch = Pending::new(life.size());
    for draft in &drafts() {
        let _ = batch.push(draft);
    }
    life.append(batch);
    life.checkpoint();
    let verified = verify(&*storage, &vkey(), None).unwrap();
    assert_eq!((verified.size, verified.unknown, verified.unsigned), (16 + 21, 0, 0));
}
