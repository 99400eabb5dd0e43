//! Random messages: written and read again they are the same; random bytes never panic, whatever reads them.

use model::{Refusal, Sqlstate};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use wire::postgres::backend::{self, Authentication, Message as Server};
use wire::postgres::encode::{self, EncodeError, Severity};
use wire::postgres::frame::Header;
use wire::postgres::frontend::{self, Message as Client};
use wire::postgres::startup::{self, Startup, Version};
use wire::postgres::{CopyFormat, Field, Kind, Status};

use crate::body;

/// A text without NUL.
fn text() -> impl Strategy<Value = Vec<u8>> {
    vec(1_u8.., 0..40)
}

fn name() -> impl Strategy<Value = Vec<u8>> {
    vec(1_u8.., 1..20)
}

fn data() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..60)
}

fn values() -> impl Strategy<Value = Vec<Option<Vec<u8>>>> {
    vec(of(data()), 0..12)
}

fn codes() -> impl Strategy<Value = Vec<i16>> {
    vec(any::<i16>(), 0..8)
}

fn borrowed(values: &[Option<Vec<u8>>]) -> impl Iterator<Item = Option<&[u8]>> {
    values.iter().map(Option::as_deref)
}

/// The one whole message in `bytes`.
fn whole(bytes: &[u8], peeked: Option<Header>) -> (u8, &[u8]) {
    let header = peeked.expect("a whole message has a header");
    let (body, rest) = header.split(bytes).expect("it is all there");
    assert_eq!(rest, b"", "nothing follows it");
    (header.tag, body)
}

fn client(bytes: &[u8]) -> Client<'_> {
    let (tag, body) = whole(bytes, frontend::peek(bytes).unwrap());
    frontend::decode(tag, body).unwrap()
}

fn server(bytes: &[u8]) -> Server<'_> {
    let (tag, body) = whole(bytes, backend::peek(bytes).unwrap());
    backend::decode(tag, body).unwrap()
}

proptest! {
    #[test]
    fn texts_of_clients(one in text(), two in text(), oids in vec(any::<u32>(), 0..9), rows_max: i32, portal: bool) {
        let kind = if portal { Kind::Portal } else { Kind::Statement };
        let out = &mut Vec::new();
        encode::query(out, &one).unwrap();
        prop_assert_eq!(client(out), Client::Query { text: &one });
        out.clear();
        encode::parse(out, &one, &two, &oids).unwrap();
        let Client::Parse { name, text, types } = client(out) else { panic!("no Parse") };
        prop_assert_eq!((name, text, types.collect::<Vec<_>>()), (&one[..], &two[..], oids));
        out.clear();
        encode::describe(out, kind, &one).unwrap();
        prop_assert_eq!(client(out), Client::Describe { kind, name: &one });
        out.clear();
        encode::close(out, kind, &one).unwrap();
        prop_assert_eq!(client(out), Client::Close { kind, name: &one });
        out.clear();
        encode::execute(out, &one, rows_max).unwrap();
        prop_assert_eq!(client(out), Client::Execute { portal: &one, rows_max });
        out.clear();
        encode::copy_fail(out, &one).unwrap();
        prop_assert_eq!(client(out), Client::CopyFail(&one));
        out.clear();
        encode::password(out, &one).unwrap();
        let Client::Password(secret) = client(out) else { panic!("no password") };
        prop_assert_eq!(frontend::password(secret), Ok(&one[..]));
    }

    #[test]
    fn values_of_clients(portal in text(), statement in text(), formats in codes(), values in values(), result in codes()) {
        let out = &mut Vec::new();
        encode::bind(out, &portal, &statement, &formats, borrowed(&values), &result).unwrap();
        let Client::Bind(bind) = client(out) else { panic!("no Bind") };
        prop_assert_eq!((bind.portal, bind.statement), (&portal[..], &statement[..]));
        prop_assert!(bind.parameters.eq(borrowed(&values)));
        prop_assert_eq!(bind.parameters.len(), values.len());
        for index in 0..10 {
            let expected = match formats.as_slice() {
                [] => Some(0),
                [one] => Some(*one),
                several => several.get(index).copied(),
            };
            prop_assert_eq!(bind.formats.of(index), expected);
        }
        prop_assert_eq!(bind.result_formats.collect::<Vec<_>>(), result);
    }

    #[test]
    fn secrets_of_clients(mechanism in text(), first in of(data()), next in data()) {
        let out = &mut Vec::new();
        encode::sasl_initial_response(out, &mechanism, first.as_deref()).unwrap();
        let Client::Password(body) = client(out) else { panic!("no answer") };
        prop_assert_eq!(frontend::sasl_initial(body), Ok((&mechanism[..], first.as_deref())));
        out.clear();
        encode::sasl_response(out, &next).unwrap();
        let Client::Password(body) = client(out) else { panic!("no answer") };
        prop_assert_eq!(frontend::sasl(body), &next[..]);
    }

    #[test]
    fn first_packets(minor: u16, pairs in vec((name(), text()), 0..9), id: u32, secret in vec(any::<u8>(), 1..257)) {
        let version = Version { major: 3, minor };
        let out = &mut Vec::new();
        let borrowed = || pairs.iter().map(|(name, value)| (&name[..], &value[..]));
        encode::startup_message(out, version, borrowed()).unwrap();
        let Ok(Some((Startup::Message { version: read, parameters }, used))) = startup::decode(out) else {
            panic!("no start-up message")
        };
        prop_assert_eq!((read, used), (version, out.len()));
        prop_assert!(parameters.eq(borrowed()));
        body::startup(out);
        out.clear();
        encode::cancel_request(out, id, &secret).unwrap();
        let cancel = Startup::CancelRequest { process_id: id, secret: &secret };
        prop_assert_eq!(startup::decode(out), Ok(Some((cancel, out.len()))));
    }

    #[test]
    fn rows_of_servers(names in vec(text(), 0..9), values in values(), oids in vec(any::<u32>(), 0..9), columns in codes(), seed: u32) {
        let small = i16::try_from(seed & 0x7fff).unwrap();
        let field = |name| Field {
            name, table: seed, column: small, data_type: !seed, size: -small, modifier: -1, format: 1,
        };
        let out = &mut Vec::new();
        encode::row_description(out, names.iter().map(|name| field(name))).unwrap();
        let Server::RowDescription(fields) = server(out) else { panic!("no RowDescription") };
        prop_assert!(fields.eq(names.iter().map(|name| field(name))));
        out.clear();
        encode::data_row(out, borrowed(&values)).unwrap();
        let Server::DataRow(row) = server(out) else { panic!("no DataRow") };
        prop_assert!(row.eq(borrowed(&values)));
        out.clear();
        encode::parameter_description(out, &oids).unwrap();
        let Server::ParameterDescription(types) = server(out) else { panic!("no ParameterDescription") };
        prop_assert_eq!(types.collect::<Vec<_>>(), oids);
        for (write, format) in [
            (encode::copy_in_response as fn(&mut Vec<u8>, CopyFormat, &[i16]) -> _, CopyFormat::Text),
            (encode::copy_out_response, CopyFormat::Binary),
            (encode::copy_both_response, CopyFormat::Text),
        ] {
            out.clear();
            write(out, format, &columns).unwrap();
            let (Server::CopyInResponse(copy) | Server::CopyOutResponse(copy) | Server::CopyBothResponse(copy)) =
                server(out) else { panic!("no COPY") };
            prop_assert_eq!(copy.format, format);
            prop_assert_eq!(copy.columns.collect::<Vec<_>>(), columns.clone());
        }
    }

    #[test]
    fn words_of_servers(one in text(), two in text(), id: u32, secret in vec(any::<u8>(), 4..257), result in of(data())) {
        let out = &mut Vec::new();
        encode::parameter_status(out, &one, &two).unwrap();
        prop_assert_eq!(server(out), Server::ParameterStatus { name: &one, value: &two });
        out.clear();
        encode::backend_key_data(out, id, &secret).unwrap();
        prop_assert_eq!(server(out), Server::BackendKeyData { process_id: id, secret: &secret });
        out.clear();
        encode::command_complete(out, &one).unwrap();
        prop_assert_eq!(server(out), Server::CommandComplete { tag: &one });
        out.clear();
        encode::notification_response(out, id, &one, &two).unwrap();
        prop_assert_eq!(server(out), Server::NotificationResponse { process_id: id, channel: &one, payload: &two });
        out.clear();
        encode::function_call_response(out, result.as_deref()).unwrap();
        prop_assert_eq!(server(out), Server::FunctionCallResponse(result.as_deref()));
    }

    #[test]
    fn requests_of_servers(names in vec(name(), 0..5), salt: [u8; 4], data in data(), minor: u16) {
        let borrowed = || names.iter().map(Vec::as_slice);
        let out = &mut Vec::new();
        encode::authentication_sasl(out, borrowed()).unwrap();
        let Server::Authentication(Authentication::Sasl { mechanisms }) = server(out) else { panic!("no SASL") };
        prop_assert!(mechanisms.eq(borrowed()));
        out.clear();
        encode::authentication_md5_password(out, salt);
        prop_assert_eq!(server(out), Server::Authentication(Authentication::Md5Password { salt }));
        out.clear();
        encode::authentication_sasl_continue(out, &data).unwrap();
        prop_assert_eq!(server(out), Server::Authentication(Authentication::SaslContinue(&data)));
        out.clear();
        encode::authentication_sasl_final(out, &data).unwrap();
        prop_assert_eq!(server(out), Server::Authentication(Authentication::SaslFinal(&data)));
        out.clear();
        encode::negotiate_protocol_version(out, Version { major: 3, minor }, borrowed()).unwrap();
        let Server::NegotiateProtocolVersion { version, options } = server(out) else { panic!("no version") };
        prop_assert_eq!(version, Version { major: 3, minor });
        prop_assert!(options.eq(borrowed()));
    }

    #[test]
    fn reports_of_servers(message in "\\PC{0,30}", detail in of("\\PC{0,30}"), hint in of("\\PC{0,30}")) {
        let mut refusal = Refusal::new(Sqlstate::new(b"42501"), message.clone());
        refusal.detail = detail.clone().map(Into::into);
        refusal.hint = hint.clone().map(Into::into);
        for severity in [Severity::Error, Severity::Fatal, Severity::Warning, Severity::Info] {
            let out = &mut Vec::new();
            encode::error_response(out, &refusal, severity);
            let Server::ErrorResponse(fields) = server(out) else { panic!("no error") };
            let field = |letter| fields.field(letter).map(|text| String::from_utf8(text.to_vec()).unwrap());
            prop_assert_eq!(fields.field(b'S'), Some(severity.as_str().as_bytes()));
            prop_assert_eq!(fields.field(b'V'), Some(severity.as_str().as_bytes()));
            prop_assert_eq!(fields.field(b'C'), Some(&b"42501"[..]));
            prop_assert_eq!((field(b'M'), field(b'D'), field(b'H')), (Some(message.clone()), detail.clone(), hint.clone()));
            out.clear();
            encode::notice_response(out, &refusal, severity);
            prop_assert!(matches!(server(out), Server::NoticeResponse(_)));
        }
    }

    #[test]
    fn a_bind_in_pieces_is_the_bind(size: u8, values in values(), formats in codes(), cut in 0_usize..200, flip in of((0_usize..200, any::<u8>()))) {
        let mut out = Vec::new();
        encode::bind(&mut out, b"portal", b"statement", &formats, borrowed(&values), &formats).unwrap();
        // A piece size, then the body: whole, cut short, or with one byte changed.
        let mut bytes = vec![size];
        bytes.extend(&out[5..]);
        body::bind_scan(&bytes);
        if let Some(byte) = flip.and_then(|(at, value)| Some((bytes.get_mut(at + 1)?, value))) {
            *byte.0 = byte.1;
        }
        body::bind_scan(&bytes);
        bytes.truncate(cut + 1);
        body::bind_scan(&bytes);
    }

    #[test]
    fn any_bytes_to_any_reader(bytes in vec(any::<u8>(), 0..300)) {
        body::frontend(&bytes);
        body::backend(&bytes);
        body::startup(&bytes);
        body::bind_scan(&bytes);
        body::scram(&bytes);
    }

    #[test]
    fn any_body_behind_any_tag(tag: u8, body in vec(prop_oneof![3 => Just(0_u8), 1 => any::<u8>()], 0..120)) {
        let mut bytes = Vec::new();
        encode::message(&mut bytes, tag, &body).unwrap();
        body::frontend(&bytes);
        body::backend(&bytes);
    }
}

#[test]
fn messages_without_fields() {
    let out = &mut Vec::new();
    encode::flush(out);
    encode::sync(out);
    encode::copy_done(out);
    encode::terminate(out);
    let (mut rest, mut seen) = (out.as_slice(), Vec::new());
    while let Some(header) = frontend::peek(rest).unwrap() {
        let (body, after) = header.split(rest).unwrap();
        seen.push(frontend::decode(header.tag, body).unwrap());
        rest = after;
    }
    assert_eq!(seen, [Client::Flush, Client::Sync, Client::CopyDone, Client::Terminate]);
    for (write, message) in [
        (encode::parse_complete as fn(&mut Vec<u8>), Server::ParseComplete),
        (encode::bind_complete, Server::BindComplete),
        (encode::close_complete, Server::CloseComplete),
        (encode::no_data, Server::NoData),
        (encode::empty_query_response, Server::EmptyQueryResponse),
        (encode::portal_suspended, Server::PortalSuspended),
        (encode::copy_done, Server::CopyDone),
        (encode::authentication_ok, Server::Authentication(Authentication::Ok)),
        (
            encode::authentication_cleartext_password,
            Server::Authentication(Authentication::CleartextPassword),
        ),
        (
            |out| encode::ready_for_query(out, Status::Failed),
            Server::ReadyForQuery { status: Status::Failed },
        ),
    ] {
        let mut out = Vec::new();
        write(&mut out);
        assert_eq!(server(&out), message);
    }
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    let out = &mut b"before".to_vec();
    assert_eq!(encode::query(out, b"select 1\0; drop table t"), Err(EncodeError::Nul));
    assert_eq!(encode::parse(out, b"", b"", &vec![0; 65_536]), Err(EncodeError::Count));
    assert_eq!(encode::data_row(out, (0..65_536).map(|_| None)), Err(EncodeError::Count));
    assert_eq!(encode::backend_key_data(out, 1, b"abc"), Err(EncodeError::TooLong));
    assert_eq!(encode::cancel_request(out, 1, &[0; 257]), Err(EncodeError::TooLong));
    assert_eq!(encode::startup_message(out, Version::V3_0, [(&b""[..], &b"x"[..])]), Err(EncodeError::Nul));
    let long = vec![b'x'; startup::LENGTH_MAX];
    assert_eq!(
        encode::startup_message(out, Version::V3_0, [(&b"user"[..], &long[..])]),
        Err(EncodeError::TooLong)
    );
    assert_eq!(encode::authentication_sasl(out, [&b""[..]]), Err(EncodeError::Nul));
    assert_eq!(out, b"before");
    assert_eq!(encode::data_row(out, (0..65_535).map(|_| None)), Ok(()));
}

#[test]
fn a_report_always_gets_through() {
    let long = "é".repeat(encode::TEXT_MAX);
    let refusal = Refusal::new(Sqlstate::new(b"42501"), "a\0b").detail(long);
    let mut out = Vec::new();
    encode::error_response(&mut out, &refusal, Severity::Error);
    let Server::ErrorResponse(fields) = server(&out) else { panic!("no error") };
    assert_eq!(fields.field(b'M'), Some(&b"a b"[..]));
    let detail = std::str::from_utf8(fields.field(b'D').unwrap()).unwrap();
    assert_eq!(detail.len(), encode::TEXT_MAX);
}
