//! A server that does whatever a test wants, to see what the gate makes of it.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use rig::gate::{Gate, Principal, Target, Upstream};
use wire::postgres::frame::{HEADER_BYTES, peek};
use wire::postgres::{Status, encode};

use crate::client::{Client, Login};
use crate::house::{ALICE, House, plan, server};

/// A connection as the hostile server has it.
pub(crate) struct Peer(TcpStream);

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
        let mut length = [0; 4];
        let _ = self.0.read_exact(&mut length);
        let mut body = vec![0; (u32::from_be_bytes(length) as usize).saturating_sub(4)];
        let _ = self.0.read_exact(&mut body);
    }

    /// Reads one message; how long its body is. 0 at the end.
    pub(crate) fn read(&mut self) -> usize {
        let mut header = [0; HEADER_BYTES];
        let _ = self.0.read_exact(&mut header);
        let length = peek(&header).ok().flatten().map_or(0, |header| header.length as usize);
        let _ = self.0.read_exact(&mut vec![0; length]);
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
        self.0.write_all(bytes).is_ok()
    }

    /// Waits until the gate has closed.
    pub(crate) fn wait(&mut self) {
        let _ = self.0.read_to_end(&mut Vec::new());
    }
}

/// Listens, and does `behave` with every connection, each on a thread that ends with it.
pub(crate) fn listen(behave: impl Fn(&mut Peer) + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let behave = Arc::new(behave);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (behave, stream) = (Arc::clone(&behave), stream.unwrap());
            std::thread::spawn(move || behave(&mut Peer(stream)));
        }
    });
    port
}

impl Besieged {
    /// A gate whose target `shop` is a server that does this.
    pub(crate) fn by(behave: impl Fn(&mut Peer) + Send + Sync + 'static) -> Self {
        Self::with(behave, |upstream| upstream.set("tls", "disable"))
    }

    /// The same, with the upstream changed.
    pub(crate) fn with(
        behave: impl Fn(&mut Peer) + Send + Sync + 'static,
        change: impl FnOnce(Upstream) -> Upstream,
    ) -> Self {
        let port = listen(behave);
        let shared = server();
        let database = shared.database();
        let hosts = [format!("127.0.0.1:{port}")];
        let hostile = change(Upstream::hosts(&hosts, "hostile_db", "hostile_role", "hostile secret"));
        let honest =
            Upstream::socket(&shared.server, &database, crate::house::ROLE, crate::house::ROLE_PASSWORD);
        let token = rig::gate::Token::new("k1").unwrap();
        let plan = plan()
            .target(Target::new("shop", hostile))
            .target(Target::new("calm", honest))
            .principal(Principal::human("alice", "shop").password(ALICE).set("groups", vec!["besieged"]))
            .principal(Principal::human("carol", "calm").password("carol's"));
        let gate = Gate::start(plan).unwrap();
        Self { house: House { gate, database, shared, token } }
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
