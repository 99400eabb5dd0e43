//! What must hold for any bytes that reach `wire`, one function per parser. Fuzz targets call them with new bytes, the
//! tests of `wire` with the corpora and with random ones.

use wire::auth::scram::{Binding, ClientFirst, ClientKeys, Mechanism, Nonce, ServerFirst, Verifier};
use wire::postgres::bind_scan::{BindScan, Event};
use wire::postgres::startup::Startup;
use wire::postgres::{Reason, backend, encode, frontend, startup as start};

/// A client's stream: each whole message is refused, or written again byte by byte as it came.
pub fn frontend(mut bytes: &[u8]) {
    while let Ok(Some(header)) = frontend::peek(bytes) {
        let Some((body, rest)) = header.split(bytes) else { return };
        let message = frontend::decode(header.tag, body);
        if let Ok(message) = message {
            let mut again = Vec::new();
            write_client(&mut again, &message);
            assert_eq!(bytes.get(..header.total()), Some(again.as_slice()), "{message:?}");
            if let frontend::Message::Password(body) = message {
                let _ = (frontend::password(body), frontend::sasl_initial(body));
            }
        }
        bytes = rest;
    }
}

fn write_client(out: &mut Vec<u8>, message: &frontend::Message<'_>) {
    use frontend::Message as M;
    let written = match *message {
        M::Query { text } => encode::query(out, text),
        M::Parse { name, text, types } => encode::parse(out, name, text, &types.collect::<Vec<_>>()),
        M::Bind(bind) => {
            let formats: Vec<_> = bind.formats.collect();
            let result_formats: Vec<_> = bind.result_formats.collect();
            encode::bind(out, bind.portal, bind.statement, &formats, bind.parameters, &result_formats)
        }
        M::Describe { kind, name } => encode::describe(out, kind, name),
        M::Execute { portal, rows_max } => encode::execute(out, portal, rows_max),
        M::Close { kind, name } => encode::close(out, kind, name),
        M::Flush => {
            encode::flush(out);
            Ok(())
        }
        M::Sync => {
            encode::sync(out);
            Ok(())
        }
        M::CopyDone => {
            encode::copy_done(out);
            Ok(())
        }
        M::Terminate => {
            encode::terminate(out);
            Ok(())
        }
        M::CopyData(data) => encode::copy_data(out, data),
        M::CopyFail(why) => encode::copy_fail(out, why),
        M::FunctionCall(body) => encode::message(out, b'F', body),
        M::Password(body) => encode::message(out, b'p', body),
    };
    assert_eq!(written, Ok(()), "what was read can be written");
}

/// A server's stream: each whole message is refused, or its lists hold what they announce.
pub fn backend(mut bytes: &[u8]) {
    use backend::Message as M;
    while let Ok(Some(header)) = backend::peek(bytes) {
        let Some((body, rest)) = header.split(bytes) else { return };
        let mut again = Vec::new();
        let written = match backend::decode(header.tag, body) {
            Ok(M::RowDescription(fields)) => {
                assert_eq!(fields.len(), fields.count());
                encode::row_description(&mut again, fields)
            }
            Ok(M::DataRow(columns)) => {
                assert_eq!(columns.len(), columns.count());
                encode::data_row(&mut again, columns)
            }
            Ok(M::ParameterDescription(types)) => {
                encode::parameter_description(&mut again, &types.collect::<Vec<_>>())
            }
            Ok(M::CopyInResponse(copy)) => {
                encode::copy_in_response(&mut again, copy.format, &copy.columns.collect::<Vec<_>>())
            }
            Ok(M::NegotiateProtocolVersion { version, options }) => {
                encode::negotiate_protocol_version(&mut again, version, options.collect::<Vec<_>>())
            }
            Ok(M::Authentication(backend::Authentication::Sasl { mechanisms })) => {
                encode::authentication_sasl(&mut again, mechanisms)
            }
            Ok(M::CommandComplete { tag }) => {
                let rows = backend::command_tag(tag).and_then(|parts| parts.rows);
                assert!(rows.is_none() || tag.last().is_some_and(u8::is_ascii_digit));
                encode::command_complete(&mut again, tag)
            }
            Ok(M::ErrorResponse(fields) | M::NoticeResponse(fields)) => {
                let length: usize = fields.map(|(_, text)| text.len() + 2).sum();
                assert_eq!(length + 1, body.len(), "every byte belongs to a field");
                assert_eq!(
                    fields.field(b'C'),
                    fields.into_iter().find(|(letter, _)| *letter == b'C').map(|(_, t)| t)
                );
                encode::message(&mut again, header.tag, body)
            }
            Ok(_) | Err(_) => encode::message(&mut again, header.tag, body),
        };
        assert_eq!(written, Ok(()), "what was read can be written");
        assert_eq!(bytes.get(..header.total()), Some(again.as_slice()));
        bytes = rest;
    }
}

/// A first packet, then its options: a packet is refused, incomplete, or written again as it came.
pub fn startup(bytes: &[u8]) {
    let _ = start::options(bytes);
    let Ok(Some((packet, used))) = start::decode(bytes) else { return };
    let mut again = Vec::new();
    match packet {
        Startup::SslRequest => encode::ssl_request(&mut again),
        Startup::GssEncRequest => encode::gss_enc_request(&mut again),
        Startup::CancelRequest { process_id, secret } => {
            assert_eq!(encode::cancel_request(&mut again, process_id, secret), Ok(()));
        }
        Startup::Message { version, parameters } => {
            assert_eq!(encode::startup_message(&mut again, version, parameters), Ok(()));
            let mut names: Vec<_> = parameters.map(|(name, _)| name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(parameters.duplicate().is_none(), names.len() == parameters.count());
            let _ = parameters.get(b"options").map(start::options);
        }
    }
    assert_eq!(bytes.get(..used), Some(again.as_slice()));
    // Bytes that are not all there are never a packet, and never wrong.
    for cut in 0..used.min(64) {
        assert_eq!(start::decode(bytes.get(..cut).unwrap_or_default()), Ok(None));
    }
}

/// A Bind's body in pieces: whatever the pieces, it is taken or refused as when it is whole, with the same fields.
/// The first byte is the size of the pieces less one.
pub fn bind_scan(bytes: &[u8]) {
    let Some((&size, body)) = bytes.split_first() else { return };
    let mut scan = BindScan::new(u32::try_from(body.len()).unwrap_or(u32::MAX));
    let mut seen = Vec::new();
    let mut scanned = Ok(());
    let pieces = body.chunks(usize::from(size) + 1);
    // An empty body comes as one empty piece.
    for piece in pieces.chain(body.is_empty().then_some(body)) {
        scanned = scan.feed(piece, |event| write_event(&mut seen, event));
        if scanned.is_err() {
            assert_eq!(scan.feed(b"", |_| ()), scanned, "an error stays");
            break;
        }
    }
    match (frontend::decode(b'B', body), scanned) {
        (Ok(frontend::Message::Bind(bind)), Ok(())) => {
            assert!(scan.is_done() && scan.left() == 0);
            let mut whole = Vec::new();
            write_event(&mut whole, Event::Head { portal: bind.portal, statement: bind.statement });
            write_event(&mut whole, Event::Formats(bind.formats));
            write_event(&mut whole, Event::Count(u16::try_from(bind.parameters.len()).unwrap_or(u16::MAX)));
            for (index, value) in (0..).zip(bind.parameters) {
                let length = value.and_then(|value| u32::try_from(value.len()).ok());
                write_event(&mut whole, Event::ParameterBegin { index, length });
                if let Some(value) = value {
                    write_event(&mut whole, Event::ParameterBytes(value));
                }
                write_event(&mut whole, Event::ParameterEnd);
            }
            write_event(&mut whole, Event::ResultFormats(bind.result_formats));
            write_event(&mut whole, Event::End);
            assert_eq!(whole, seen);
        }
        (_, Err(error)) if matches!(error.reason, Reason::TooLong { .. }) => {}
        (whole, scanned) => assert!(whole.is_err() && scanned.is_err(), "{whole:?} {scanned:?}"),
    }
}

/// Events as bytes, such that pieces of a value do not show.
fn write_event(out: &mut Vec<u8>, event: Event<'_>) {
    match event {
        Event::Head { portal, statement } => out.extend([b"H", portal, b"\0", statement, b"\0"].concat()),
        Event::Formats(formats) => out.extend(format!("F{:?}", formats.collect::<Vec<_>>()).bytes()),
        Event::Count(count) => out.extend(format!("C{count}").bytes()),
        Event::ParameterBegin { index, length } => out.extend(format!("P{index}:{length:?}=").bytes()),
        Event::ParameterBytes(bytes) => out.extend(bytes),
        Event::ParameterEnd => out.push(b';'),
        Event::ResultFormats(formats) => out.extend(format!("R{:?}", formats.collect::<Vec<_>>()).bytes()),
        Event::End => out.push(b'.'),
    }
}

/// Messages of a SCRAM conversation, one per line, to each place that takes one; a verifier; a certificate.
pub fn scram(bytes: &[u8]) {
    let verifier = Verifier::or_mock(None, &[1; 32], b"nobody", 1);
    let (ours, theirs) = (Nonce::from_bytes(&[2; 18]), Nonce::from_bytes(&[3; 18]));
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let (first, last) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    for (mechanism, end_point) in [
        (Mechanism::Sha256, None),
        (Mechanism::Sha256, Some(vec![4])),
        (Mechanism::Sha256Plus, Some(vec![4])),
    ] {
        let server = ServerFirst::new(end_point);
        if let Ok((server, answer)) = server.client_first(mechanism, first, &verifier, &ours) {
            assert!(answer.starts_with("r="));
            assert!(server.client_final(last).is_err(), "nobody satisfies a mock");
        }
    }
    let (client, _) = ClientFirst::new(Binding::No, &theirs);
    if let Ok(client) = client.server_first(first) {
        // Few iterations: the fuzzer must not spend its time in PBKDF2.
        if let Ok(keys) = ClientKeys::derive(b"secret", client.salt(), 1) {
            assert!(client.answer(&keys).0.server_final(last).is_err(), "nobody guesses a signature");
        }
    }
    if let Some(verifier) = std::str::from_utf8(first).ok().and_then(|text| text.parse::<Verifier>().ok()) {
        let text = verifier.to_string();
        assert_eq!(text.parse::<Verifier>().map(|again| again.to_string()), Ok(text));
    }
    let _ = wire::auth::channel_binding(bytes);
}
