//! Rows that nobody asks for lie in the database of every test, and all that a gate lets out is looked through for them:
//! every byte that it sends to any client of these tests, its log, its metrics and its ledger. The gate reads such rows by
//! itself, to find out what columns hold; a session can also be sent what another one asked for.
//!
//! A test whose own rows must not be seen adds them to its sessions ([`Ear::also`]).

use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::sync::atomic::Ordering;

use rig::canary::{Canaries, Canary, Heard};
use rig::gate::{Gate, Principal, Token};
use wire::postgres::backend;
use wire::postgres::frame::{HEADER_BYTES, peek};

use crate::house::{ALICE, House, bytes_below, judged, servers, until};
use crate::mask::heard;
use crate::packet::{Answer, Packet};

/// The database that all others are copied from.
pub(crate) const TEMPLATE: &str = "planted";

/// In a schema that no search path names. The statistics of the server have the values as well.
pub(crate) const ROWS: &str = "CREATE SCHEMA planted AUTHORIZATION gate; SET ROLE gate;
    CREATE TABLE planted.people (id int PRIMARY KEY, full_name text, email text, ssn text, card_number text, salary numeric(12,2), notes text, profile jsonb);
    INSERT INTO planted.people SELECT g, 'Ottoline Quistgaard', 'ottoline.planted@example.net', '536-71-8294', '4716059382714650', 7391846.27,
        'write to notes.planted@example.org', '{\"email\": \"json.planted@example.com\"}' FROM generate_series(1, 5) g;
    RESET ROLE; ANALYZE planted.people";

/// How much of a session is looked at cell by cell; all of it is looked at byte by byte.
const CELLS_BYTES: usize = 1 << 20;
/// Bytes are looked at in pieces of this size, with an overlap that no form of a value is longer than.
const PIECE_BYTES: usize = 1 << 20;
const OVERLAP_BYTES: usize = 4 << 10;

/// What lies in every database.
fn planted() -> &'static Canaries {
    static PLANTED: OnceLock<Canaries> = OnceLock::new();
    PLANTED.get_or_init(|| {
        Canaries::of(vec![
            Canary::text("planted name", "Ottoline Quistgaard"),
            Canary::text("planted email", "ottoline.planted@example.net"),
            Canary::text("planted ssn", "536-71-8294"),
            Canary::text("planted card", "4716059382714650"),
            Canary::amount("planted salary", 739_184_627),
            Canary::text("planted address in notes", "notes.planted@example.org"),
            Canary::text("planted address in json", "json.planted@example.com"),
        ])
    })
}

/// What one connection was sent. It fails the test when it goes with something in it that must not be seen.
pub(crate) struct Ear {
    /// Not looked at yet, but for an overlap.
    piece: Vec<u8>,
    /// The first of what came, message by message.
    messages: Vec<u8>,
    also: Option<&'static Canaries>,
    found: BTreeSet<String>,
    pardoned: bool,
}

impl Ear {
    /// Of a connection that begins.
    pub(crate) fn new() -> Self {
        let (piece, messages) = (Vec::new(), Vec::new());
        Self { piece, messages, also: None, found: BTreeSet::new(), pardoned: false }
    }

    /// These must not be seen either.
    pub(crate) fn also(&mut self, canaries: &'static Canaries) {
        self.also = Some(canaries);
    }

    /// Who is there may see everything, or is not behind the gate.
    pub(crate) fn pardon(&mut self) {
        self.pardoned = true;
    }

    /// Bytes that came.
    pub(crate) fn hear(&mut self, bytes: &[u8]) {
        if self.pardoned {
            return;
        }
        let room = CELLS_BYTES.saturating_sub(self.messages.len());
        self.messages.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE_BYTES + OVERLAP_BYTES {
            self.look();
            self.piece.drain(..self.piece.len() - OVERLAP_BYTES);
        }
    }

    /// What of all that came must not be seen.
    pub(crate) fn leaks(&mut self) -> &BTreeSet<String> {
        self.look();
        let answer = Answer(packets(&self.messages));
        self.search(&Heard { bytes: Vec::new(), results: heard::heard(&[answer]).results });
        &self.found
    }

    fn look(&mut self) {
        let heard = Heard { bytes: self.piece.clone(), results: Vec::new() };
        self.search(&heard);
    }

    fn search(&mut self, heard: &Heard) {
        for canaries in [Some(planted()), self.also].into_iter().flatten() {
            self.found.extend(canaries.search(heard));
        }
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        // A test that failed already says why.
        if !self.pardoned && !std::thread::panicking() {
            assert!(self.leaks().is_empty(), "a session was sent what it may not see: {:?}", self.found);
        }
    }
}

/// The whole messages at the beginning of some bytes.
fn packets(mut bytes: &[u8]) -> Vec<Packet> {
    let mut packets = Vec::new();
    while let Ok(Some(header)) = peek(bytes)
        && let Some((message, rest)) = bytes.split_at_checked(header.total())
        && backend::decode(header.tag, &message[HEADER_BYTES..]).is_ok()
    {
        packets.push(Packet { tag: header.tag, body: message[HEADER_BYTES..].to_vec() });
        bytes = rest;
    }
    packets
}

/// What a program printed that spoke with the gate.
pub(crate) fn printed(output: &std::process::Output) {
    let mut ear = Ear::new();
    ear.hear(&output.stdout);
    ear.hear(&output.stderr);
}

/// What a gate wrote down, wherever.
pub(crate) fn written(house: &House) -> BTreeSet<String> {
    let mut ear = Ear::new();
    ear.hear(house.gate.log().as_bytes());
    ear.hear(house.gate.metrics().unwrap_or_default().as_bytes());
    ear.hear(&bytes_below(&house.gate.ledger()));
    let mut found = ear.leaks().clone();
    ear.pardon();
    // A ledger is full of hashes in hex, which have any eight digits now and then; and only a server writes a number so.
    found.retain(|what| !what.ends_with(" as a number in hex"));
    found
}

/// Each value, in whatever form.
const NAMES: [&str; 7] = ["name", "email", "ssn", "card", "salary", "address in notes", "address in json"];

fn names(found: &BTreeSet<String>) -> BTreeSet<&'static str> {
    let is_in = |name: &&str| found.iter().any(|found| found.starts_with(&format!("planted {name} ")));
    NAMES.into_iter().filter(is_in).collect()
}

#[test]
fn whoever_may_see_the_rows_is_found_to_have_them() {
    for shared in servers() {
        let house = House::with(shared, |plan| plan);
        for (number, way) in heard::Way::ALL.into_iter().enumerate() {
            let mut alice = house.session();
            way.send(&mut alice, "SELECT * FROM planted.people");
            assert_eq!(names(alice.ear.leaks()), NAMES.into_iter().collect(), "{number}");
            alice.ear.pardon();
        }
        // One value at a time, so that each is found by itself; encoded; and cut over rows.
        for (text, name) in [
            ("SELECT full_name FROM planted.people", "name"),
            ("SELECT reverse(email) FROM planted.people LIMIT 1", "email"),
            ("SELECT encode(ssn::bytea, 'base64') FROM planted.people", "ssn"),
            (
                "SELECT substr(card_number, n, 1) FROM planted.people, generate_series(1, 16) n WHERE id = 1",
                "card",
            ),
            ("COPY (SELECT salary FROM planted.people) TO STDOUT (FORMAT binary)", "salary"),
            (
                "DO $$ BEGIN RAISE NOTICE '%', (SELECT notes FROM planted.people LIMIT 1); END $$",
                "address in notes",
            ),
            ("SELECT ((SELECT profile FROM planted.people LIMIT 1) ->> 'email')::int", "address in json"),
        ] {
            let mut alice = house.session();
            alice.query(text);
            assert_eq!(names(alice.ear.leaks()), BTreeSet::from([name]), "{text}");
            alice.ear.pardon();
        }
    }
}

#[test]
fn a_session_that_was_sent_them_fails_its_test() {
    let house = House::new();
    let mut alice = house.session();
    alice.query("SELECT ssn FROM planted.people");
    let dropped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(alice)));
    let why = dropped.unwrap_err();
    let why = why.downcast_ref::<String>().map(String::as_str).unwrap_or_default();
    assert!(why.contains("planted ssn plain"), "{why}");
    drop(house.session());
}

#[test]
fn whoever_may_not_see_them_gets_masks_and_the_gate_keeps_nothing_of_them() {
    for shared in servers() {
        let database = shared.database();
        let token = Token::new("k1").unwrap();
        let plan = judged()
            .target(shared.target(&database).set("environment", "dev"))
            .principal(Principal::human("alice", "shop").password(ALICE));
        let house = House::of(Gate::start(plan).unwrap(), database, shared, token);
        for way in heard::Way::ALL {
            let mut alice = house.session();
            let answer = way.send(&mut alice, "SELECT * FROM planted.people");
            assert_eq!(heard::rows(&answer), 5, "{}", answer.line());
            assert_eq!(alice.ear.leaks(), &BTreeSet::new());
        }
        // The command looks at the rows, and prints what it found out only.
        let map = house.gate.tollhouse(&["data", "map", "--all", "--json"]).output().unwrap();
        assert!(String::from_utf8_lossy(&map.stdout).contains("planted.people.ssn"), "{map:?}");
        printed(&map);
        assert_eq!(written(&house), BTreeSet::new());
    }
}

#[test]
fn what_a_gate_writes_down_is_looked_through_too() {
    let house = House::new();
    // A text is recorded as it was sent.
    assert_eq!(house.session().line("SELECT length('Ottoline Quistgaard')"), "T D(19) C(SELECT 1) Z(I)");
    until("the ledger to have it", || names(&written(&house)) == BTreeSet::from(["name"]));
    house.pardoned.store(true, Ordering::Relaxed);
}
