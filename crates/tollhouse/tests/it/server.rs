//! A server that does whatever a test wants, to see what the gate makes of it. The gate's own questions for the catalogue
//! go on to an honest server unless a test wants them as well: without an answer no session would reach the test.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, OnceLock};

use rig::gate::{Gate, Principal, Target, Upstream};
use rig::postgres::literal;
use wire::postgres::frame::{HEADER_BYTES, peek};
use wire::postgres::{Status, encode};

use crate::client::{Client, Login};
use crate::house::{ALICE, House, plan, server};

/// Who the gate is at the hostile server, where, and its secret. The honest server knows it as well.
const ROLE: &str = "hostile_role";
const DATABASE: &str = "hostile_db";
const PASSWORD: &str = "hostile secret";

/// A connection as the hostile server has it.
pub(crate) struct Peer {
    stream: TcpStream,
    /// The start-up packet, when it was read before the test saw the connection.
    startup: Option<Vec<u8>>,
}

/// Which connections a test wants to have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    /// Those of sessions.
    Sessions,
    /// Those of the gate itself.
    Questions,
    /// Each, unread.
    Each,
}

/// A gate before a hostile server (target `shop`) and an honest one (target `calm`).
pub(crate) struct Besieged {
    pub(crate) house: House,
}

impl Peer {
    /// Reads the start-up packet, and lets the gate in.
    pub(crate) fn let_in(&mut self) {
        self.startup();
        self.send(|out| {
            encode::authentication_ok(out);
            encode::parameter_status(out, b"server_version", b"18.0").unwrap();
            encode::parameter_status(out, b"standard_conforming_strings", b"on").unwrap();
            encode::parameter_status(out, b"client_encoding", b"UTF8").unwrap();
            encode::backend_key_data(out, 4711, &[1, 2, 3, 4]).unwrap();
            encode::ready_for_query(out, Status::Idle);
        });
    }

    /// Reads the start-up packet.
    pub(crate) fn startup(&mut self) {
        if self.startup.is_none() {
            self.startup = Some(startup(&mut self.stream));
        }
    }

    /// Hands the connection to the honest server, as if it had come there.
    fn pass_on(self) {
        let shared = server();
        let mut honest = TcpStream::connect((shared.server.host(), shared.server.port())).unwrap();
        honest.write_all(&self.startup.unwrap_or_default()).unwrap();
        let back = (honest.try_clone().unwrap(), self.stream.try_clone().unwrap());
        std::thread::spawn(move || copy(back));
        copy((self.stream, honest));
    }

    /// Reads one message; how long its body is. 0 at the end.
    pub(crate) fn read(&mut self) -> usize {
        let mut header = [0; HEADER_BYTES];
        let _ = self.stream.read_exact(&mut header);
        let length = peek(&header).ok().flatten().map_or(0, |header| header.length as usize);
        let _ = self.stream.read_exact(&mut vec![0; length]);
        length
    }

    /// Sends what `write` encodes. That the gate is gone does not matter here.
    pub(crate) fn send(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        let mut out = Vec::new();
        write(&mut out);
        self.raw(&out);
    }

    /// Sends bytes; whether they went.
    pub(crate) fn raw(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).is_ok()
    }

    /// Waits until the gate has closed.
    pub(crate) fn wait(&mut self) {
        let _ = self.stream.read_to_end(&mut Vec::new());
    }
}

/// A start-up packet, its length included.
fn startup(stream: &mut TcpStream) -> Vec<u8> {
    let mut packet = vec![0; 4];
    let _ = stream.read_exact(&mut packet);
    let length = packet.first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes) as usize);
    packet.resize(length.max(4), 0);
    let _ = stream.read_exact(&mut packet[4..]);
    packet
}

/// Copies until one side ends, and lets the other know.
fn copy((mut from, mut to): (TcpStream, TcpStream)) {
    let _ = std::io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Both);
}

/// Makes the gate's role and database of the hostile server on the honest one, once.
fn vouch() {
    static DONE: OnceLock<()> = OnceLock::new();
    DONE.get_or_init(|| {
        let sql = |text: &str| server().server.sql("postgres", text).unwrap();
        sql(&format!("CREATE ROLE {ROLE} LOGIN PASSWORD {}", literal(PASSWORD)));
        sql(&format!("CREATE DATABASE {DATABASE} OWNER {ROLE}"));
    });
}

/// Listens, and does `behave` with every connection, each on a thread that ends with it.
pub(crate) fn listen(behave: impl Fn(&mut Peer) + Send + Sync + 'static) -> u16 {
    listen_for(Wants::Each, behave)
}

/// The same with the connections that the test wants; the honest server gets the others.
fn listen_for(wants: Wants, behave: impl Fn(&mut Peer) + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let behave = Arc::new(behave);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (behave, stream) = (Arc::clone(&behave), stream.unwrap());
            std::thread::spawn(move || {
                let mut peer = Peer { stream, startup: None };
                if wants != Wants::Each {
                    peer.startup();
                    let packet = peer.startup.as_deref().unwrap_or_default();
                    let is_question = crate::house::holds(packet, b"\0tollhouse catalogue\0");
                    if is_question != (wants == Wants::Questions) {
                        return peer.pass_on();
                    }
                }
                behave(&mut peer);
            });
        }
    });
    port
}

impl Besieged {
    /// A gate whose target `shop` is a server that does this to sessions.
    pub(crate) fn by(behave: impl Fn(&mut Peer) + Send + Sync + 'static) -> Self {
        Self::start(listen_for(Wants::Sessions, behave), |upstream| upstream.set("tls", "disable"))
    }

    /// A gate whose target `shop` is a server that does this to the gate's own questions, and is honest to sessions.
    pub(crate) fn by_answers(behave: impl Fn(&mut Peer) + Send + Sync + 'static) -> Self {
        Self::start(listen_for(Wants::Questions, behave), |upstream| upstream.set("tls", "disable"))
    }

    /// A gate whose target `shop` is a server that does this to whoever comes, with the upstream changed.
    pub(crate) fn with(
        behave: impl Fn(&mut Peer) + Send + Sync + 'static,
        change: impl FnOnce(Upstream) -> Upstream,
    ) -> Self {
        Self::start(listen(behave), change)
    }

    fn start(port: u16, change: impl FnOnce(Upstream) -> Upstream) -> Self {
        vouch();
        let shared = server();
        let database = shared.database();
        let hosts = [format!("127.0.0.1:{port}")];
        let hostile = change(Upstream::hosts(&hosts, DATABASE, ROLE, PASSWORD));
        let honest =
            Upstream::socket(&shared.server, &database, crate::house::ROLE, crate::house::ROLE_PASSWORD);
        let token = rig::gate::Token::new("k1").unwrap();
        let plan = plan()
            .target(Target::new("shop", hostile))
            .target(Target::new("calm", honest))
            .principal(Principal::human("alice", "shop").password(ALICE).set("groups", vec!["besieged"]))
            .principal(Principal::human("carol", "calm").password("carol's"));
        let gate = Gate::start(plan).unwrap();
        Self { house: House::of(gate, database, shared, token) }
    }

    /// Alice tries to reach the hostile server.
    pub(crate) fn log_in(&self) -> Result<Client, crate::packet::Report> {
        self.house.knock().log_in(&self.house.alice())
    }

    /// Nothing of the gate broke, and others are served.
    pub(crate) fn is_well(&self) {
        let log = self.house.gate.log();
        for word in ["panicked", "this is a bug"] {
            assert!(!log.contains(word), "{log}");
        }
        let mut calm = self.house.log_in(&Login::new("carol", "carol's", "calm"));
        assert_eq!(calm.line("SELECT 'calm'"), "T D(calm) C(SELECT 1) Z(I)");
    }
}
