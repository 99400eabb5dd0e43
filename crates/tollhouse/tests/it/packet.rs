//! Server messages as tests look at them: one line of text for a whole answer, and errors by their fields.

use wire::postgres::backend::{self, Message};

/// One message of the server's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Packet {
    pub(crate) tag: u8,
    pub(crate) body: Vec<u8>,
}

/// What an ErrorResponse or NoticeResponse says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) severity: String,
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) detail: String,
    pub(crate) hint: String,
}

impl Report {
    /// Whether a rule refused it. A name that stands for nothing is told with the server's own code, so the rule counts.
    pub(crate) fn is_refusal(&self) -> bool {
        self.code.starts_with("TH") || self.detail.starts_with("rule `opaque/not-known`")
    }
}

/// A whole answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer(pub(crate) Vec<Packet>);

impl Packet {
    pub(crate) fn message(&self) -> Message<'_> {
        backend::decode(self.tag, &self.body).expect("a message of the server's")
    }

    pub(crate) fn report(&self) -> Option<Report> {
        let (Message::ErrorResponse(fields) | Message::NoticeResponse(fields)) = self.message() else {
            return None;
        };
        let field = |letter| {
            fields.field(letter).map(|text| String::from_utf8_lossy(text).into_owned()).unwrap_or_default()
        };
        Some(Report {
            severity: field(b'V'),
            code: field(b'C'),
            message: field(b'M'),
            detail: field(b'D'),
            hint: field(b'H'),
        })
    }

    /// One word: the tag, and in parentheses what matters of the rest.
    fn word(&self) -> String {
        let tag = self.tag as char;
        match self.message() {
            Message::CommandComplete { tag: text } => format!("C({})", String::from_utf8_lossy(text)),
            Message::ReadyForQuery { status } => format!("Z({})", status.byte() as char),
            Message::DataRow(values) => {
                let values: Vec<String> = values
                    .map(|value| {
                        value.map_or_else(
                            || "NULL".to_owned(),
                            |text| String::from_utf8_lossy(text).into_owned(),
                        )
                    })
                    .collect();
                format!("D({})", values.join(","))
            }
            Message::CopyData(data) => format!("d({})", String::from_utf8_lossy(data).trim_end()),
            Message::ErrorResponse(_) => {
                let report = self.report().unwrap_or_default();
                if report.severity == "ERROR" {
                    format!("E({})", report.code)
                } else {
                    format!("E({} {})", report.severity, report.code)
                }
            }
            Message::NotificationResponse { channel, payload, .. } => {
                format!("A({} {})", String::from_utf8_lossy(channel), String::from_utf8_lossy(payload))
            }
            Message::ParameterStatus { name, value } => {
                format!("S({}={})", String::from_utf8_lossy(name), String::from_utf8_lossy(value))
            }
            _ => tag.to_string(),
        }
    }
}

impl Answer {
    /// All of it in one line: `T D(1) C(SELECT 1) Z(I)`.
    pub(crate) fn line(&self) -> String {
        self.0.iter().map(Packet::word).collect::<Vec<_>>().join(" ")
    }

    /// The first error.
    pub(crate) fn error(&self) -> Report {
        self.0
            .iter()
            .find(|packet| packet.tag == b'E')
            .and_then(Packet::report)
            .unwrap_or_else(|| panic!("no error in {}", self.line()))
    }

    /// The first column of each row, as text.
    pub(crate) fn column(&self) -> Vec<String> {
        let first = |packet: &Packet| match packet.message() {
            Message::DataRow(mut values) => {
                Some(String::from_utf8_lossy(values.next().flatten().unwrap_or_default()).into_owned())
            }
            _ => None,
        };
        self.0.iter().filter_map(first).collect()
    }

    /// The first column of the first row.
    pub(crate) fn value(&self) -> String {
        self.column().into_iter().next().unwrap_or_else(|| panic!("no row in {}", self.line()))
    }
}
