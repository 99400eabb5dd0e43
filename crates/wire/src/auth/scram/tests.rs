//! The conversation as RFC 7677 shows it, and each way in which it must fail.

use super::*;

const CLIENT_NONCE: &str = "rOprNGfwEbeRWgbNEkqO";
const SERVER_NONCE: &str = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
const FIRST: &str = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
const ANSWER: &str = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
const PROOF: &str = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
const SIGNATURE: &str = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";
const STORED: &str = "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";

fn nonce(text: &str) -> Nonce {
    Nonce::parse(text).unwrap()
}

fn verifier() -> Verifier {
    STORED.parse().unwrap()
}

fn salt() -> Vec<u8> {
    text::decode("W22ZaJ0SNY7soEsUEjb6gQ==").unwrap()
}

#[test]
fn the_verifier_is_postgresqls() {
    assert_eq!(Verifier::create(b"pencil", &salt(), 4096).unwrap().to_string(), STORED);
    assert_eq!(verifier().to_string(), STORED);
    for bad in [
        "",
        "pencil",
        "md5c90bcafc0a2b54511742383e34d5dc9d",
        &STORED.replace("SHA-256", "SHA-1"),
        &STORED.replace("4096", "0"),
        &STORED.replace("4096", "+4096"),
        &STORED.replace("4096", "4294967296"),
        &STORED.replace("W22ZaJ0SNY7soEsUEjb6gQ==", ""),
        &STORED.replace("W22ZaJ0SNY7soEsUEjb6gQ==", "W22ZaJ0SNY7soEsUEjb6gQ"),
        &STORED.replace("qY=", ""),
        &format!("{STORED}$"),
    ] {
        assert_eq!(bad.parse::<Verifier>().err(), Some(VerifierError), "{bad}");
    }
}

#[test]
fn rfc_7677_server() {
    let first = ServerFirst::new(None);
    assert_eq!(first.mechanisms(), [Mechanism::Sha256]);
    let (state, answer) =
        first.client_first(Mechanism::Sha256, FIRST.as_bytes(), &verifier(), &nonce(SERVER_NONCE)).unwrap();
    assert_eq!(answer, ANSWER);
    let (verified, signature) = state.client_final(PROOF.as_bytes()).unwrap();
    assert_eq!(signature, SIGNATURE);
    assert!(!verified.is_bound());
}

#[test]
fn rfc_7677_client() {
    let (state, first) = ClientFirst::named(Binding::No, "user", &nonce(CLIENT_NONCE));
    assert_eq!(first, FIRST);
    let state = state.server_first(ANSWER.as_bytes()).unwrap();
    assert_eq!((state.salt(), state.iterations()), (salt().as_slice(), 4096));
    let keys = ClientKeys::derive(b"pencil", &salt(), 4096).unwrap();
    let (state, proof) = state.answer(&keys);
    assert_eq!(proof, PROOF);
    assert!(state.server_final(SIGNATURE.as_bytes()).is_ok());
}

/// Both sides, with what each believes of the channel.
fn both(
    server_sees: Option<&[u8]>,
    mechanism: Mechanism,
    binding: Binding,
    password: &[u8],
    verifier: &Verifier,
) -> Result<bool, ScramError> {
    let (client, first) = ClientFirst::new(binding, &nonce(CLIENT_NONCE));
    let server = ServerFirst::new(server_sees.map(<[u8]>::to_vec));
    let (server, answer) =
        server.client_first(mechanism, first.as_bytes(), verifier, &nonce(SERVER_NONCE))?;
    let client = client.server_first(answer.as_bytes())?;
    let keys = ClientKeys::derive(password, client.salt(), client.iterations())?;
    let (client, proof) = client.answer(&keys);
    let (verified, signature) = server.client_final(proof.as_bytes())?;
    let _ = client.server_final(signature.as_bytes())?;
    Ok(verified.is_bound())
}

#[test]
fn who_believes_what_of_the_channel() {
    use Mechanism::{Sha256, Sha256Plus};
    let end_point = |bytes: &[u8]| Binding::EndPoint(bytes.to_vec());
    let run = |sees, mechanism, binding| both(sees, mechanism, binding, b"pencil", &verifier());
    assert_eq!(run(None, Sha256, Binding::No), Ok(false));
    assert_eq!(run(None, Sha256, Binding::NotOffered), Ok(false));
    assert_eq!(run(Some(b"cert"), Sha256, Binding::No), Ok(false));
    assert_eq!(run(Some(b"cert"), Sha256Plus, end_point(b"cert")), Ok(true));

    assert_eq!(run(Some(b"cert"), Sha256, Binding::NotOffered), Err(ScramError::Downgrade));
    assert_eq!(run(Some(b"cert"), Sha256Plus, end_point(b"other")), Err(ScramError::OtherChannel));
    for (sees, mechanism, binding) in [
        (None, Sha256Plus, end_point(b"cert")),
        (None, Sha256, end_point(b"cert")),
        (Some(&b"cert"[..]), Sha256, end_point(b"cert")),
        (Some(b"cert"), Sha256Plus, Binding::No),
        (Some(b"cert"), Sha256Plus, Binding::NotOffered),
    ] {
        assert!(matches!(run(sees, mechanism, binding), Err(ScramError::Binding(_))));
    }
}

#[test]
fn a_client_chooses_what_it_can() {
    let (plain, plus) = (&b"SCRAM-SHA-256"[..], &b"SCRAM-SHA-256-PLUS"[..]);
    let cert = || Some(b"cert".to_vec());
    let bound = Binding::EndPoint(b"cert".to_vec());
    assert_eq!(choose([plus, plain], cert()), Some((Mechanism::Sha256Plus, bound)));
    assert_eq!(choose([plain], cert()), Some((Mechanism::Sha256, Binding::NotOffered)));
    assert_eq!(choose([plus, plain], None), Some((Mechanism::Sha256, Binding::No)));
    assert_eq!(choose([plus], None), None);
    assert_eq!(choose([&b"SCRAM-SHA-1"[..]], cert()), None);
}

#[test]
fn wrong_and_unknown_look_the_same() {
    let run =
        |password: &[u8], verifier: &Verifier| both(None, Mechanism::Sha256, Binding::No, password, verifier);
    assert_eq!(run(b"pencil2", &verifier()), Err(ScramError::Proof));
    let mock = |name: &[u8]| Verifier::or_mock(None, &[7; 32], name, 4096);
    assert_eq!(run(b"pencil", &mock(b"bob")), Err(ScramError::Proof));
    assert_eq!(mock(b"bob").to_string(), mock(b"bob").to_string(), "asking twice tells nothing");
    assert_ne!(mock(b"bob").salt, mock(b"eve").salt);
    assert_eq!(mock(b"bob").salt.len(), 16);
    assert_eq!(Verifier::or_mock(Some(&verifier()), &[7; 32], b"bob", 4096).to_string(), STORED);
}

#[test]
fn a_mock_is_refused_even_with_the_right_keys() {
    let doomed = Verifier { genuine: false, ..verifier() };
    assert_eq!(both(None, Mechanism::Sha256, Binding::No, b"pencil", &doomed), Err(ScramError::Proof));
}

#[test]
fn first_messages_that_fail() {
    let run = |message: &[u8]| {
        let state = ServerFirst::new(None);
        state
            .client_first(Mechanism::Sha256, message, &verifier(), &nonce(SERVER_NONCE))
            .map(|(_, answer)| answer)
    };
    assert!(run(b"n,,n=a=2Cb,r=abc,x=unknown").is_ok(), "unknown extensions are ignored");
    assert_eq!(run(b"n,a=admin,n=,r=abc"), Err(ScramError::AuthorizationIdentity));
    assert_eq!(run(b"n,,m=x,n=,r=abc"), Err(ScramError::Extension));
    for bad in [
        &b""[..],
        b"n",
        b"n,",
        b"n,,",
        b"x,,n=,r=abc",
        b"n,x,n=,r=abc",
        b"n,,r=abc",
        b"n,,n=",
        b"n,,n=,",
        b"n,,n=,r=",
        b"n,,n=,r=a b",
        b"n,,n=,r=abc\0",
        b"n,,n=,r=\xff",
        b"n=,r=abc",
        b"p,,n=,r=abc",
    ] {
        assert!(matches!(run(bad), Err(ScramError::Malformed(_))), "{}", String::from_utf8_lossy(bad));
    }
}

#[test]
fn final_messages_that_fail() {
    let run = |message: &str| {
        let state = ServerFirst::new(None);
        let first =
            state.client_first(Mechanism::Sha256, FIRST.as_bytes(), &verifier(), &nonce(SERVER_NONCE));
        first.unwrap().0.client_final(message.as_bytes()).map(|(_, signature)| signature)
    };
    assert_eq!(run(PROOF).as_deref(), Ok(SIGNATURE));
    assert_eq!(run(&PROOF.replace("r=rOpr", "r=rOps")), Err(ScramError::Nonce));
    assert_eq!(run(&PROOF.replace("%hvY", "")), Err(ScramError::Nonce));
    assert_eq!(run(&PROOF.replace("p=dHz", "p=eHz")), Err(ScramError::Proof));
    assert_eq!(
        run(&PROOF.replace(",p=", ",x=1,p=")),
        Err(ScramError::Proof),
        "extensions are covered by the proof"
    );
    assert!(matches!(run(&PROOF.replace("biws", "eSws")), Err(ScramError::Binding(_))));
    for bad in [
        "",
        "c=biws",
        &PROOF.replace(",p=", ",q="),
        &PROOF.replace("VQ=", ""),
        &format!("{PROOF},x=1"),
        &PROOF.replace("c=", "d="),
    ] {
        assert!(matches!(run(bad), Err(ScramError::Malformed(_))), "{bad}");
    }
}

#[test]
fn servers_that_lie() {
    let run = |message: &str| {
        ClientFirst::new(Binding::No, &nonce(CLIENT_NONCE)).0.server_first(message.as_bytes())
    };
    assert!(run(ANSWER).is_ok());
    assert_eq!(run(&ANSWER.replace("r=r", "r=s")).err(), Some(ScramError::Nonce));
    assert_eq!(
        run(&ANSWER.replace(SERVER_NONCE, "")).err(),
        Some(ScramError::Nonce),
        "it must add its own part"
    );
    assert_eq!(run(&format!("m=x,{ANSWER}")).err(), Some(ScramError::Extension));
    for count in ["0", "1000001", "4294967296", "99999999999999999999999"] {
        assert_eq!(run(&ANSWER.replace("4096", count)).err(), Some(ScramError::Iterations), "{count}");
    }
    for bad in [
        "",
        "r=",
        &ANSWER.replace("4096", "-1"),
        &ANSWER.replace("4096", ""),
        &ANSWER.replace("s=W22", "s=*"),
        &format!("{ANSWER},x=1"),
    ] {
        let error = run(bad).err();
        assert!(matches!(error, Some(ScramError::Malformed(_) | ScramError::Nonce)), "{bad}: {error:?}");
    }
    let last = |message: &str| {
        let keys = ClientKeys::derive(b"pencil", &salt(), 4096).unwrap();
        let (state, _) = ClientFirst::named(Binding::No, "user", &nonce(CLIENT_NONCE));
        let (state, _) = state.server_first(ANSWER.as_bytes()).unwrap().answer(&keys);
        state.server_final(message.as_bytes()).map(|_| ())
    };
    assert_eq!(last(SIGNATURE), Ok(()));
    assert_eq!(last(&SIGNATURE.replace("v=6", "v=7")), Err(ScramError::Impostor));
    assert_eq!(last("e=invalid-proof"), Err(ScramError::Refused));
    for bad in ["", "v=", "v=AAAA", "x=1", &format!("{SIGNATURE},x=1")] {
        assert!(matches!(last(bad), Err(ScramError::Malformed(_))), "{bad}");
    }
}

#[test]
fn passwords_are_prepared_as_postgresql_does() {
    let same = |a: &[u8], b: &[u8]| {
        let keys = |password| ClientKeys::derive(password, b"salt", 1).unwrap().client;
        keys(a) == keys(b)
    };
    // RFC 4013, section 3, and what cannot be prepared is taken as it is.
    assert!(same("I\u{ad}X".as_bytes(), b"IX"));
    assert!(same("\u{2168}".as_bytes(), b"IX"));
    assert!(same("\u{aa}".as_bytes(), b"a"));
    assert!(!same(b"USER", b"user"));
    assert!(!same(b"a\x07", b"a"));
    assert!(!same(b"\xff", b"\xfe"));
    assert!(!same("\u{ad}".as_bytes(), b""));
}

#[test]
fn nothing_secret_is_shown() {
    let keys = ClientKeys::derive(b"pencil", &salt(), 1).unwrap();
    assert_eq!(format!("{keys:?}"), "ClientKeys(..)");
    assert_eq!(format!("{:?}", verifier()), "Verifier(4096 iterations, ..)");
    for iterations in [0, ITERATIONS_MAX + 1] {
        assert_eq!(ClientKeys::derive(b"", b"", iterations).err(), Some(ScramError::Iterations));
    }
}
