//! TLS towards clients: what is refused without it, and how it begins.

use std::io::{Read, Write};
use std::net::TcpStream;

use rig::gate::{Gate, Plan, Principal};
use wire::postgres::encode;

use crate::client::{Client, Stream, trust};
use crate::house::{ALICE, House, PATIENCE, server};

/// A gate that takes no client without TLS.
fn strict() -> House {
    let shared = server();
    let database = shared.database();
    let token = rig::gate::Token::new("k1").unwrap();
    let plan = Plan::new()
        .binary(env!("CARGO_BIN_EXE_tollhouse"))
        .target(shared.target(&database))
        .principal(Principal::human("alice", "shop").password(ALICE));
    House::of(Gate::start(plan).unwrap(), database, shared, token)
}

fn request(write: fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out);
    out
}

fn byte(stream: &mut TcpStream) -> u8 {
    let mut answer = [0];
    stream.read_exact(&mut answer).unwrap();
    answer[0]
}

fn connect(house: &House) -> TcpStream {
    let stream = TcpStream::connect(house.address()).unwrap();
    stream.limit(PATIENCE);
    stream
}

#[test]
fn a_client_without_tls_is_refused_unless_the_listener_says_otherwise() {
    let house = strict();
    let refused = house.knock().log_in(&house.alice()).err().unwrap();
    assert_eq!((refused.severity.as_str(), refused.code.as_str()), ("FATAL", "28000"));
    assert!(refused.hint.contains("sslmode"), "{refused:?}");
    let mut client = house.knock_tls().log_in(&house.alice()).unwrap();
    assert_eq!(client.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
    // The other way round is the setting of most tests here.
    assert_eq!(House::new().session().line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
}

#[test]
fn direct_tls_needs_our_protocols_name() {
    let house = strict();
    let authority = house.gate.authority();
    let client = Client::direct_tls(house.address(), trust(authority, &["postgresql"])).unwrap();
    assert_eq!(client.log_in(&house.alice()).unwrap().line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
    for alpn in [&[][..], &["http/1.1"], &["h2", "http/1.1"]] {
        // Refused in the handshake, or closed right behind it: no word of ours is heard either way.
        if let Ok(mut client) = Client::direct_tls(house.address(), trust(authority, alpn)) {
            client.send(&house.alice().bytes());
            assert_eq!(client.rest().line(), "", "{alpn:?}");
        }
    }
    // Behind SSLRequest a client need not name it, but must not name another.
    let client = Client::tls(house.address(), trust(authority, &[]));
    assert!(client.log_in(&house.alice()).is_ok());
}

#[test]
fn a_probe_for_gssapi_is_declined_and_the_client_goes_on() {
    let house = strict();
    let mut stream = connect(&house);
    stream.write_all(&request(encode::gss_enc_request)).unwrap();
    assert_eq!(byte(&mut stream), b'N');
    stream.write_all(&request(encode::ssl_request)).unwrap();
    assert_eq!(byte(&mut stream), b'S');
    let config = trust(house.gate.authority(), &["postgresql"]);
    let client = Client::handshake(stream, config).unwrap();
    assert_eq!(client.log_in(&house.alice()).unwrap().line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
}

#[test]
fn bytes_behind_a_request_for_encryption_are_refused() {
    let house = House::new();
    for write in [encode::ssl_request as fn(&mut Vec<u8>), encode::gss_enc_request] {
        let mut client = house.knock();
        let mut bytes = request(write);
        bytes.extend_from_slice(&house.alice().bytes());
        client.send(&bytes);
        let answer = client.rest();
        assert_eq!(answer.line(), "E(FATAL 08P01)", "nothing was granted");
        assert!(answer.error().message.contains("unencrypted data"), "{answer:?}");
    }
}

#[test]
fn a_request_for_encryption_is_granted_once() {
    let house = House::new();
    // Twice for GSSAPI, and twice behind a refusal.
    let mut client = house.knock();
    client.send(&request(encode::gss_enc_request));
    let mut answer = [0];
    client.stream.read_exact(&mut answer).unwrap();
    client.send(&request(encode::gss_enc_request));
    assert_eq!(client.rest().line(), "E(FATAL 08P01)");
    // Inside of TLS.
    for write in [encode::ssl_request as fn(&mut Vec<u8>), encode::gss_enc_request] {
        let mut client = house.knock_tls();
        client.send(&request(write));
        assert_eq!(client.rest().line(), "E(FATAL 08P01)");
    }
    house.is_well();
}

#[test]
fn a_broken_handshake_harms_nobody() {
    let house = House::new();
    let hello: [&[u8]; 4] =
        [b"\x16\x03\x01\xff\xff", b"\x16\x03\x01\0\x05hello", b"\x15\x03\x01\0\x02\x02\x28", b"Q\0\0\0\x04"];
    for bytes in hello {
        let mut stream = connect(&house);
        stream.write_all(&request(encode::ssl_request)).unwrap();
        assert_eq!(byte(&mut stream), b'S');
        let _ = stream.write_all(bytes);
        stream.half_close();
        let _ = stream.read_to_end(&mut Vec::new());
        // And without asking first.
        let mut stream = connect(&house);
        let _ = stream.write_all(bytes);
        stream.half_close();
        let _ = stream.read_to_end(&mut Vec::new());
    }
    house.is_well();
}
