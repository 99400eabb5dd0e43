//! What one session was sent: the messages, the rows in them, and how its statements ended.

use rig::canary::{Heard, lines};
use wire::postgres::backend::Message;
use wire::postgres::{Kind, encode};

use crate::client::Client;
use crate::packet::{Answer, Packet};

/// How a text is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Query.
    Simple,
    /// Parse, Bind, Describe, Execute, Sync, with texts for values.
    Text,
    /// The same with binary values.
    Binary,
}

impl Way {
    pub(crate) const ALL: [Self; 3] = [Self::Simple, Self::Text, Self::Binary];

    pub(crate) fn send(self, client: &mut Client, text: &str) -> Answer {
        let formats: &[i16] = match self {
            Self::Simple => return client.query(text),
            Self::Text => &[],
            Self::Binary => &[1],
        };
        client.say(|out| {
            encode::parse(out, b"", text.as_bytes(), &[]).unwrap();
            encode::bind(out, b"", b"", &[], std::iter::empty::<Option<&[u8]>>(), formats).unwrap();
            encode::describe(out, Kind::Portal, b"").unwrap();
            encode::execute(out, b"", 0).unwrap();
            encode::sync(out);
        });
        client.ready()
    }
}

/// All cells of an answer, result by result.
pub(crate) fn results(answer: &Answer) -> Vec<Vec<Vec<Option<Vec<u8>>>>> {
    let mut results = vec![Vec::new()];
    let mut copied = Vec::new();
    for packet in &answer.0 {
        match packet.message() {
            Message::DataRow(values) => {
                let row = values.map(|value| value.map(<[u8]>::to_vec)).collect();
                results.last_mut().unwrap().push(row);
            }
            Message::CopyData(data) => copied.extend_from_slice(data),
            Message::CommandComplete { .. } => results.push(Vec::new()),
            _ => {}
        }
    }
    if !copied.is_empty() {
        results.push(lines(&copied));
    }
    results.retain(|rows| !rows.is_empty());
    results
}

/// What the scanner wants to know of some answers.
pub(crate) fn heard(answers: &[Answer]) -> Heard {
    let mut heard = Heard::default();
    for answer in answers {
        for packet in &answer.0 {
            heard.bytes.push(packet.tag);
            heard.bytes.extend_from_slice(&packet.body);
        }
        heard.results.extend(results(answer));
    }
    // What is fetched bit by bit, by one statement after the other.
    let all = heard.results.concat();
    heard.results.push(all);
    heard
}

/// Whether there are rows or COPY data in it.
pub(crate) fn rows(answer: &Answer) -> usize {
    answer.0.iter().filter(|packet| matches!(packet.tag, b'D' | b'd')).count()
}

/// The rows as text.
pub(crate) fn cells(answer: &Answer) -> Vec<Vec<String>> {
    let text = |cell: &Option<Vec<u8>>| {
        cell.as_ref().map_or_else(|| "NULL".to_owned(), |cell| String::from_utf8_lossy(cell).into_owned())
    };
    let rows = results(answer).concat();
    rows.iter().map(|row| row.iter().map(text).collect()).collect()
}

/// The first error's SQLSTATE and message.
pub(crate) fn error(answer: &Answer) -> Option<(String, String)> {
    let report = answer.0.iter().find(|packet| packet.tag == b'E').and_then(Packet::report)?;
    Some((report.code, format!("{} ({})", report.message, report.detail)))
}

/// Messages that are the same for the same question: without notifications, which name processes, and without the OIDs
/// of relations, which new ones have each time.
pub(crate) fn steady(answer: &Answer) -> Vec<String> {
    let one = |packet: &Packet| match packet.message() {
        Message::RowDescription(fields) => {
            let fields = fields.map(|field| {
                // A row type of the session's own has another OID each time.
                let of = if field.data_type < 16_384 { field.data_type } else { 0 };
                format!("{:?} {of} {}", field.name, field.format)
            });
            format!("T {}", fields.collect::<Vec<_>>().join(", "))
        }
        _ => format!("{} {:?}", packet.tag, packet.body),
    };
    answer.0.iter().filter(|packet| packet.tag != b'A').map(one).collect()
}
