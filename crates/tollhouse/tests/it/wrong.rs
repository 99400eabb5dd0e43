//! Messages out of order, of no known type, or of impossible length, after log-in.

use ledger::leaf::Leaf;
use wire::postgres::encode;

use crate::house::{House, until};

#[test]
fn what_breaks_the_protocol_ends_the_session_with_08p01() {
    let house = House::new();
    let long = [b"Q".as_slice(), &0x7fff_ffff_u32.to_be_bytes(), b"SELECT"].concat();
    let tries: [(&str, &[u8]); 8] = [
        ("an unknown type", b"\x01\0\0\0\x04"),
        ("a server's type", b"Z\0\0\0\x05I"),
        ("a negative length", b"Q\xff\xff\xff\xff"),
        ("a length below its own", b"Q\0\0\0\x03"),
        ("more than 1 GiB", &long),
        ("a password", b"p\0\0\0\x0bsecret\0"),
        ("a start-up message", &house.alice().bytes()),
        ("TLS", b"\x16\x03\x01\0\x05hello"),
    ];
    for (name, bytes) in tries {
        let mut client = house.session();
        assert_eq!(client.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
        client.send(bytes);
        let answer = client.rest();
        // A start-up message begins with a zero byte, which is no type either.
        assert_eq!(answer.line(), "E(FATAL 08P01)", "{name}");
    }
    house.wait_for_no_upstream();
    until("the sessions' last entries", || {
        let broke = |leaf: &Leaf| matches!(leaf, Leaf::SessionClosed(closed) if closed.reason == "client broke the protocol");
        house.ledger().entries().iter().filter(|entry| broke(&entry.leaf)).count() == tries.len()
    });
    house.is_well();
}

#[test]
fn what_is_wrong_inside_of_a_message_is_an_error_of_that_statement() {
    for house in House::each() {
        let mut client = house.session();
        // No NUL at the end; bytes behind it; a Bind with more values than it has.
        for bytes in [&b"Q\0\0\0\x0aSELECT"[..], b"Q\0\0\0\x0dSELECT\0x1", b"Q\0\0\0\x04", b"S\0\0\0\x08body"]
        {
            client.send(bytes);
            let line = client.ready().line();
            assert_eq!(line, "E(08P01) Z(I)", "{bytes:?}");
        }
        client.say(|out| {
            encode::parse(out, b"", b"SELECT $1::int", &[]).unwrap();
            encode::message(out, b'B', b"\0\0\0\0\0\x01\0\0\0\xffx").unwrap();
            encode::execute(out, b"", 0).unwrap();
            encode::sync(out);
        });
        assert_eq!(client.ready().line(), "1 E(08P01) Z(I)");
        // Executes what was never bound, binds what was never prepared.
        client.say(|out| {
            encode::execute(out, b"nowhere", 0).unwrap();
            encode::sync(out);
            encode::bind(out, b"", b"nothing", &[], [], &[]).unwrap();
            encode::sync(out);
        });
        assert_eq!(client.ready().line(), "E(34000) Z(I)");
        assert_eq!(client.ready().line(), "E(26000) Z(I)");
        // COPY messages outside of COPY are dropped, as the server does.
        client.say(|out| {
            encode::copy_data(out, b"x").unwrap();
            encode::copy_done(out);
            encode::copy_fail(out, b"x").unwrap();
            encode::sync(out);
        });
        assert_eq!(client.ready().line(), "Z(I)");
        assert_eq!(client.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
        house.is_well();
    }
}
