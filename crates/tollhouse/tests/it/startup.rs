//! The first packets: versions, options, what is refused before anybody has logged in.

use ledger::leaf::Leaf;
use rig::gate::{Principal, Target, Upstream};
use wire::postgres::encode;

use crate::client::{Client, Login};
use crate::house::{ALICE, House, ROLE, ROLE_PASSWORD, server, until};

/// Reasons of refused sessions, as the ledger has them.
fn reasons(house: &House) -> Vec<String> {
    let entries = house.ledger().entries();
    entries
        .iter()
        .filter_map(|entry| match &entry.leaf {
            Leaf::SessionRefused(refused) => Some(refused.reason.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn protocol_versions_are_served_and_negotiated() {
    for house in House::each() {
        let old = house.log_in(&house.alice());
        assert_eq!(old.key.1.len(), 4);
        assert!(old.login.0.iter().all(|packet| packet.tag != b'v'));

        let new = house.log_in(&house.alice().version(3, 2));
        assert_eq!(new.key.1.len(), 32, "3.2 has room for a secret that cannot be guessed");
        assert!(new.login.0.iter().all(|packet| packet.tag != b'v'));

        let mut grease =
            house.log_in(&house.alice().version(3, 9999).with("_pq_.test_protocol_negotiation", ""));
        let told = grease.login.0.iter().find(|packet| packet.tag == b'v').expect("NegotiateProtocolVersion");
        let mut expected = vec![0, 3, 0, 2, 0, 0, 0, 1];
        expected.extend_from_slice(b"_pq_.test_protocol_negotiation\0");
        assert_eq!(told.body, expected);
        assert_eq!(grease.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
    }
}

#[test]
fn other_protocols_are_refused_in_words() {
    let house = House::new();
    for (major, minor) in [(2, 0), (4, 0), (1234, 1)] {
        let refused = house.knock().log_in(&house.alice().version(major, minor)).err().unwrap();
        assert_eq!((refused.severity.as_str(), refused.code.as_str()), ("FATAL", "0A000"), "{refused:?}");
    }
    house.is_well();
}

#[test]
fn replication_is_refused_in_every_spelling() {
    let house = House::new();
    for (name, value) in [
        ("replication", "true"),
        ("replication", "database"),
        ("replication", "1"),
        ("replication", "ON"),
        ("options", "-c replication=true"),
        ("options", "--replication=database"),
        ("options", "-creplication=yes"),
    ] {
        let refused = house.knock().log_in(&house.alice().with(name, value)).err();
        let refused = refused.unwrap_or_else(|| panic!("{name}={value} was let in"));
        assert_eq!((refused.severity.as_str(), refused.code.as_str()), ("FATAL", "42501"), "{name}={value}");
    }
    // It asks for nothing.
    house.log_in(&house.alice().with("replication", "false")).bye();
    house.is_well();
}

#[test]
fn options_that_change_how_texts_are_read_or_who_acts_are_refused() {
    // Even a target that allows everything cannot lift the first ones.
    let house = House::with_target(server(), |target| target.set("startup_options", vec!["*"]), |plan| plan);
    let reading = [
        ("standard_conforming_strings", "off"),
        ("options", "-c standard_conforming_strings=off"),
        ("options", "--standard-conforming-strings=off"),
        ("options", "-c Standard_Conforming_Strings=0"),
        ("client_encoding", "GBK"),
        ("client_encoding", "SJIS"),
        ("options", "-c client_encoding=BIG5"),
        ("options", "-c search_path=a -c client_encoding=latin1"),
    ];
    for (name, value) in reading {
        let refused = house.knock().log_in(&house.alice().with(name, value)).err();
        let refused = refused.unwrap_or_else(|| panic!("{name}={value} was let in"));
        assert_eq!(refused.code, "42501", "{name}={value}: {refused:?}");
    }
    let house = House::new();
    let acting = [
        ("role", "stranger"),
        ("options", "-c role=stranger"),
        ("options", "--role=stranger"),
        ("session_authorization", "postgres"),
        ("options", "-c session_replication_role=replica"),
        ("options", "-c log_statement=all"),
        ("no_such_setting", "1"),
    ];
    for (name, value) in reading.into_iter().chain(acting) {
        let refused = house.knock().log_in(&house.alice().with(name, value)).err();
        let refused = refused.unwrap_or_else(|| panic!("{name}={value} was let in"));
        assert_eq!(refused.code, "42501", "{name}={value}: {refused:?}");
        assert!(!refused.hint.is_empty(), "{refused:?}");
    }
    assert!(reasons(&house).iter().any(|reason| reason == "guarded start-up setting"));
    house.is_well();
}

#[test]
fn options_that_are_harmless_reach_the_server() {
    for house in House::each() {
        let login = house
            .alice()
            .with("options", r"--statement-timeout=12345 -c app.note=x\\y\ z")
            .with("DateStyle", "SQL, DMY")
            .with("client_encoding", "utf-8")
            .with("application_name", "a name of mine");
        let mut client = house.log_in(&login);
        assert_eq!(client.report("DateStyle").as_deref(), Some("SQL, DMY"));
        assert_eq!(client.report("application_name").as_deref(), Some("a name of mine"));
        assert_eq!(client.query("SHOW statement_timeout").value(), "12345ms");
        assert_eq!(client.query("SHOW app.note").value(), r"x\y z");
        client.bye();

        let mut client = house.log_in(&house.alice().with("options", "-c search_path=a,b"));
        assert_eq!(client.query("SHOW search_path").value(), "a,b");
        // A client that sends no name is told apart at the server all the same.
        let name = client.query("SHOW application_name").value();
        assert!(name.starts_with("alice "), "{name}");
        // What the server itself finds wrong, it says itself.
        let refused = house.knock().log_in(&house.alice().with("DateStyle", "nonsense")).err().unwrap();
        assert_eq!(refused.code, "22023");
    }
}

#[test]
fn a_target_may_force_the_application_name() {
    let house = House::with_target(server(), |target| target.set("application_name", "forced"), |plan| plan);
    let mut client = house.log_in(&house.alice().with("application_name", "somebody else"));
    let name = client.query("SHOW application_name").value();
    assert!(name.starts_with("alice "), "{name}");
}

#[test]
fn what_a_client_says_of_itself_is_recorded_as_asserted_and_consumed() {
    let house = House::new();
    let login = house
        .bot()
        .with("options", r"-c tollhouse.purpose=refund\ 4711 -c tollhouse.trace=00-abc-def-01")
        .with("application_name", "assistant");
    let mut client = house.knock_tls().log_in(&login).unwrap();
    // The server never hears of it.
    assert_eq!(client.query("SELECT current_setting('tollhouse.purpose', true) IS NULL").value(), "t");
    client.query("SELECT 1 /* purpose='audit',traceparent='00-xyz-01' */");
    client.bye();

    let opened = house.ledger().wait("the session's entry", |entry| match &entry.leaf {
        Leaf::SessionOpened(opened) => Some((opened.clone(), entry.parts.get("asserted").cloned())),
        _ => None,
    });
    let (opened, asserted) = opened;
    assert_eq!(
        asserted.as_deref(),
        Some(r#"{"application_name":"assistant","purpose":"refund 4711","trace":"00-abc-def-01"}"#)
    );
    let verified = (opened.principal.as_str(), opened.principal_kind.as_str(), opened.method.as_str());
    assert_eq!(verified, ("bot", "agent", "token"));
    assert_eq!((opened.on_behalf_of.as_deref(), opened.credential.as_str()), (Some("alice"), "k1"));
    assert!(opened.tls.is_some());
    // A comment says more of one statement than the session did.
    let pair = house.ledger().statement("SELECT 1 /* purpose='audit',traceparent='00-xyz-01' */");
    assert_eq!(
        pair.asserted.as_deref(),
        Some(r#"{"application_name":"assistant","purpose":"audit","trace":"00-xyz-01"}"#)
    );
    let refused =
        house.knock().log_in(&house.alice().with("options", "-c tollhouse.no_such=1")).err().unwrap();
    assert_eq!(refused.code, "42704");
}

#[test]
fn a_client_comes_by_ipv6_and_by_unix_socket() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(".s.PGSQL.6432");
    let port = rig::port::free().unwrap();
    let extra = format!(
        "[[listener]]\nname = \"six\"\naddress = \"[::1]:{port}\"\nplaintext = \"allow\"\n\
         [[listener]]\nname = \"local\"\naddress = \"{}\"\n",
        path.display()
    );
    let mut house = House::planned(|plan| plan.extra(&extra));
    let mut six = Client::tcp(("::1", port)).log_in(&house.alice()).unwrap();
    assert_eq!(six.line("SELECT 6"), "T D(6) C(SELECT 1) Z(I)");
    // A Unix socket needs no TLS, and has none.
    let mut local = Client::unix(&path);
    local.say(encode::ssl_request);
    let mut answer = [0];
    std::io::Read::read_exact(&mut local.stream, &mut answer).unwrap();
    assert_eq!(&answer, b"N");
    let mut local = local.log_in(&house.alice()).unwrap();
    assert_eq!(local.line("SELECT 7"), "T D(7) C(SELECT 1) Z(I)");
    drop((six, local));
    let mut addresses: Vec<String> = Vec::new();
    until("both entries", || {
        addresses = house
            .ledger()
            .entries()
            .iter()
            .filter_map(|entry| match &entry.leaf {
                Leaf::SessionOpened(opened) => Some(opened.address.clone()),
                _ => None,
            })
            .collect();
        addresses.len() == 2
    });
    assert!(addresses[0].starts_with("[::1]:"), "{addresses:?}");
    assert_eq!(addresses[1], "unix");
    house.gate.stop().unwrap();
    assert!(!path.exists(), "the socket's file goes with the gate");
}

#[test]
fn garbage_at_the_door_is_answered_or_dropped_and_harms_nobody() {
    let house = House::new();
    let message = house.alice().bytes();
    let words: [&[u8]; 9] = [
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        &[0, 0, 0, 0],
        &[0, 0, 0, 4],
        &[0xff, 0xff, 0xff, 0xff, 0, 3, 0, 0],
        &[0x7f, 0xff, 0xff, 0xff, 0, 3, 0, 0],
        &[0, 0, 0x27, 0x15, 0, 3, 0, 0],
        &[0, 0, 0, 9, 0, 3, 0, 0, b'x'],
        &[0, 0, 0, 8, 0, 3, 0, 0],
        &[0; 3],
    ];
    for bytes in words {
        let mut client = house.knock();
        client.send(bytes);
        client.stream.half_close();
        let answer = client.rest();
        for packet in &answer.0 {
            assert_eq!(packet.report().expect("an error").severity, "FATAL", "{bytes:?}");
        }
    }
    // Cut off anywhere.
    for end in 1..message.len() {
        let mut client = house.knock();
        client.send(&message[..end]);
        client.stream.half_close();
        assert!(client.rest().0.iter().all(|packet| packet.tag == b'E'));
    }
    // Cut off within the proof.
    let mut client = house.knock();
    client.send(&message);
    client.until(b'R');
    client.send(b"p\0\0\0");
    client.stream.half_close();
    assert_eq!(client.rest().line(), "");
    // Other messages than a proof.
    let tries: [&[u8]; 4] = [b"Q\0\0\0\x0dSELECT 1\0", b"S\0\0\0\x04", b"p\xff\xff\xff\xff", b"p\0\0\0\x04"];
    for bytes in tries {
        let mut client = house.knock();
        client.send(&message);
        client.until(b'R');
        client.send(bytes);
        client.stream.half_close();
        assert_eq!(client.rest().line(), "E(FATAL 08P01)", "{bytes:?}");
    }
    house.is_well();
}

#[test]
fn no_user_no_entry() {
    let house = House::new();
    let mut login = Login::new("", ALICE, "shop");
    login.parameters.remove(0);
    let refused = house.knock().log_in(&login).err().unwrap();
    assert_eq!((refused.severity.as_str(), refused.code.as_str()), ("FATAL", "28000"));
    // Not UTF-8 is no name either.
    let mut out = Vec::new();
    let pairs = [(&b"user"[..], &b"ali\xffce"[..])];
    encode::startup_message(&mut out, login.version, pairs).unwrap();
    let mut client = house.knock();
    client.send(&out);
    assert_eq!(client.rest().0[0].report().unwrap().severity, "FATAL");
    house.is_well();
}

#[test]
fn a_target_out_of_reach_looks_like_one_that_is_not_there() {
    let house = House::planned(|plan| {
        let upstream = Upstream::socket(&server().server, "postgres", ROLE, ROLE_PASSWORD);
        plan.target(Target::new("vault", upstream))
            .principal(Principal::human("dana", "vault").password("dana's"))
    });
    let answer = |database: &str| {
        let report = house.knock().log_in(&Login::new("alice", ALICE, database)).err();
        let report = report.unwrap_or_else(|| panic!("alice was let into {database}"));
        format!("{report:?}").replace("vault", "TARGET").replace("nowhere", "TARGET")
    };
    let away = answer("vault");
    assert_eq!(away, answer("nowhere"));
    assert_eq!(answer("postgres@vault"), answer("postgres@nowhere"));
    assert!(away.contains("shop"), "it says what is in reach: {away}");
    // Another database at a target within reach is a matter of the server's.
    let login = Login::new("alice", ALICE, &format!("{}@shop", house.database));
    let mut client = house.log_in(&login);
    assert_eq!(client.query("SELECT current_database()").value(), house.database);
    let missing = house.knock().log_in(&Login::new("alice", ALICE, "no_such@shop")).err().unwrap();
    assert_eq!(missing.code, "3D000");
}
