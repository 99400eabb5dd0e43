//! What a server sends (manual, section 54.7, the messages marked B).
//!
//! The server is not trusted to be well: every count is checked against the bytes that follow, every length for its
//! sign. It never judges whether a message may come now.

use super::error::{DecodeError, Reason};
use super::frame::{FrameError, Header, peek_within};
use super::reader::Reader;
use super::sequence::{ErrorFields, Fields, Formats, Texts, Types, Values};
use super::startup::Version;
use super::value::{CopyFormat, Status};

pub use super::value::command_tag;

/// The most bytes of rows, errors and the like: the server builds each message in one allocation (`MaxAllocSize`).
const DATA_MAX: u32 = 0x3fff_ffff;
/// The most bytes of an authentication request or NegotiateProtocolVersion: libpq's own limit.
const REQUEST_MAX: u32 = 2_000;
/// The most bytes of messages that report one short text (a setting, a tag). The protocol has no limit; libpq gives up
/// at 30,000, and a setting such as `search_path` may be long, so one MiB leaves other drivers room and bounds memory.
const REPORT_MAX: u32 = 1 << 20;
/// The most bytes of a cancel key (protocol 3.2), and the fewest.
const SECRET_MAX: usize = 256;
const SECRET_MIN: usize = 4;

/// A server's message. It borrows all bytes from the frame that it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message<'a> {
    /// `R`: what the server wants to know, or that it is content.
    Authentication(Authentication<'a>),
    /// `K`: the key that a CancelRequest must name.
    BackendKeyData {
        /// The server's process.
        process_id: u32,
        /// The secret: 4 bytes in protocol 3.0, up to 256 in 3.2.
        secret: &'a [u8],
    },
    /// `S`: a setting's value.
    ParameterStatus {
        /// The setting.
        name: &'a [u8],
        /// Its value.
        value: &'a [u8],
    },
    /// `Z`: the server waits for the next query.
    ReadyForQuery {
        /// How its transaction stands.
        status: Status,
    },
    /// `T`: the columns of the rows that follow.
    RowDescription(Fields<'a>),
    /// `D`: one row.
    DataRow(Values<'a>),
    /// `C`: a statement is done; see [`command_tag`].
    CommandComplete {
        /// The tag, without its NUL.
        tag: &'a [u8],
    },
    /// `I`: the query had no statement.
    EmptyQueryResponse,
    /// `s`: Execute's row limit was reached.
    PortalSuspended,
    /// `1`: a Parse is done.
    ParseComplete,
    /// `2`: a Bind is done.
    BindComplete,
    /// `3`: a Close is done.
    CloseComplete,
    /// `n`: what was described gives no rows.
    NoData,
    /// `t`: the parameters of a described statement.
    ParameterDescription(Types<'a>),
    /// `G`: the server waits for the client's COPY data.
    CopyInResponse(Copy<'a>),
    /// `H`: COPY data of the server follow.
    CopyOutResponse(Copy<'a>),
    /// `W`: both at once; replication only.
    CopyBothResponse(Copy<'a>),
    /// `d`: a piece of a COPY's data: one row when the server sends it.
    CopyData(&'a [u8]),
    /// `c`: the COPY's data ends.
    CopyDone,
    /// `E`: something failed.
    ErrorResponse(ErrorFields<'a>),
    /// `N`: something is worth a word.
    NoticeResponse(ErrorFields<'a>),
    /// `A`: another session's NOTIFY.
    NotificationResponse {
        /// The notifying server process.
        process_id: u32,
        /// The channel.
        channel: &'a [u8],
        /// The text.
        payload: &'a [u8],
    },
    /// `V`: what a FunctionCall gave.
    FunctionCallResponse(Option<&'a [u8]>),
    /// `v`: the server speaks an older version than asked for, or does not know some options.
    NegotiateProtocolVersion {
        /// The newest version that it speaks. Servers send the major version too, though the manual names the minor.
        version: Version,
        /// The `_pq_.` options that it does not know.
        options: Texts<'a>,
    },
}

/// An authentication request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authentication<'a> {
    /// 0: the client is who it says.
    Ok,
    /// 3: the password itself.
    CleartextPassword,
    /// 5: the md5 answer with this salt.
    Md5Password {
        /// Four random bytes.
        salt: [u8; 4],
    },
    /// 10: one of these mechanisms.
    Sasl {
        /// Their names, the server's favourite first.
        mechanisms: Texts<'a>,
    },
    /// 11: the mechanism's next message.
    SaslContinue(&'a [u8]),
    /// 12: the mechanism's last message.
    SaslFinal(&'a [u8]),
    /// Any other code: Kerberos, GSSAPI, SSPI and what is to come.
    Other(u32),
}

/// What a COPY's data look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copy<'a> {
    /// The whole format.
    pub format: CopyFormat,
    /// Each column's format.
    pub columns: Formats<'a>,
}

/// The most bytes that the body of a message with this tag may have.
///
/// # Errors
/// When no server's message has this tag.
#[inline]
pub fn length_max(tag: u8) -> Result<u32, FrameError> {
    match tag {
        b'D' | b'd' | b'T' | b'E' | b'N' | b'A' | b'V' => Ok(DATA_MAX),
        b'Z' => Ok(1),
        b'C' | b'S' => Ok(REPORT_MAX),
        b'1' | b'2' | b'3' | b'I' | b's' | b'n' | b'c' => Ok(0),
        // A count of 16 bits, and as many OIDs or format codes.
        b't' => Ok(2 + 4 * 65_535),
        b'G' | b'H' | b'W' => Ok(3 + 2 * 65_535),
        b'R' | b'v' => Ok(REQUEST_MAX),
        b'K' => Ok(4 + 256),
        _ => Err(FrameError::UnknownTag(tag)),
    }
}

/// Reads the header at the front of `bytes` and holds it to its type's limit. `None`: fewer than five bytes are there.
///
/// # Errors
/// When the tag is unknown (judged from the first byte on), or the length is impossible or beyond the limit.
#[inline]
pub fn peek(bytes: &[u8]) -> Result<Option<Header>, FrameError> {
    peek_within(bytes, length_max)
}

/// Reads one message: its tag and its whole body.
///
/// # Errors
/// When the body is not exactly what the tag promises.
#[inline]
pub fn decode(tag: u8, body: &[u8]) -> Result<Message<'_>, DecodeError> {
    let mut reader = Reader::new(name(tag), body);
    let r = &mut reader;
    let message = match tag {
        b'D' => Message::DataRow(Values::read(r)?),
        b'd' => Message::CopyData(r.bytes(body.len())?),
        b'Z' => Message::ReadyForQuery { status: known("status", r, Status::from_byte)? },
        b'C' => Message::CommandComplete { tag: r.text()? },
        b'1' => Message::ParseComplete,
        b'2' => Message::BindComplete,
        b'3' => Message::CloseComplete,
        b'T' => Message::RowDescription(Fields::read(r)?),
        b'R' => Message::Authentication(authentication(r)?),
        b'S' => Message::ParameterStatus { name: r.text()?, value: r.text()? },
        b'K' => backend_key_data(r)?,
        b'I' => Message::EmptyQueryResponse,
        b's' => Message::PortalSuspended,
        b'n' => Message::NoData,
        b't' => Message::ParameterDescription(Types::read(r)?),
        b'G' => Message::CopyInResponse(copy(r)?),
        b'H' => Message::CopyOutResponse(copy(r)?),
        b'W' => Message::CopyBothResponse(copy(r)?),
        b'c' => Message::CopyDone,
        b'E' => Message::ErrorResponse(ErrorFields::read(r)?),
        b'N' => Message::NoticeResponse(ErrorFields::read(r)?),
        b'A' => {
            Message::NotificationResponse { process_id: r.u32()?, channel: r.text()?, payload: r.text()? }
        }
        b'V' => Message::FunctionCallResponse(r.value()?),
        b'v' => {
            let version = Version::from_word(r.u32()?);
            let count = r.i32()?;
            Message::NegotiateProtocolVersion { version, options: Texts::counted(r, count)? }
        }
        tag => return Err(r.fail(Reason::UnknownTag(tag))),
    };
    reader.end()?;
    Ok(message)
}

/// The message's name in the manual.
#[must_use]
pub const fn name(tag: u8) -> &'static str {
    match tag {
        b'R' => "Authentication",
        b'K' => "BackendKeyData",
        b'2' => "BindComplete",
        b'3' => "CloseComplete",
        b'C' => "CommandComplete",
        b'd' => "CopyData",
        b'c' => "CopyDone",
        b'G' => "CopyInResponse",
        b'H' => "CopyOutResponse",
        b'W' => "CopyBothResponse",
        b'D' => "DataRow",
        b'I' => "EmptyQueryResponse",
        b'E' => "ErrorResponse",
        b'V' => "FunctionCallResponse",
        b'v' => "NegotiateProtocolVersion",
        b'n' => "NoData",
        b'N' => "NoticeResponse",
        b'A' => "NotificationResponse",
        b't' => "ParameterDescription",
        b'S' => "ParameterStatus",
        b'1' => "ParseComplete",
        b's' => "PortalSuspended",
        b'Z' => "ReadyForQuery",
        b'T' => "RowDescription",
        _ => "message",
    }
}

fn authentication<'a>(reader: &mut Reader<'a>) -> Result<Authentication<'a>, DecodeError> {
    let code = reader.u32()?;
    let rest = reader.rest();
    Ok(match code {
        0 => Authentication::Ok,
        3 => Authentication::CleartextPassword,
        5 => Authentication::Md5Password { salt: reader.four()? },
        10 => Authentication::Sasl { mechanisms: Texts::closed(reader)? },
        11 => Authentication::SaslContinue(reader.bytes(rest.len())?),
        12 => Authentication::SaslFinal(reader.bytes(rest.len())?),
        code => {
            reader.bytes(rest.len())?;
            Authentication::Other(code)
        }
    })
}

fn backend_key_data<'a>(reader: &mut Reader<'a>) -> Result<Message<'a>, DecodeError> {
    let process_id = reader.u32()?;
    let rest = reader.rest();
    if rest.len() < SECRET_MIN {
        return Err(reader.fail(Reason::Truncated));
    }
    if rest.len() > SECRET_MAX {
        return Err(reader.fail(Reason::TooLong { field: "secret", limit: SECRET_MAX }));
    }
    Ok(Message::BackendKeyData { process_id, secret: reader.bytes(rest.len())? })
}

fn copy<'a>(reader: &mut Reader<'a>) -> Result<Copy<'a>, DecodeError> {
    let format = known("format", reader, CopyFormat::from_byte)?;
    Ok(Copy { format, columns: Formats::read(reader)? })
}

/// One byte that must stand for something.
fn known<T>(
    field: &'static str,
    reader: &mut Reader<'_>,
    from: impl FnOnce(u8) -> Option<T>,
) -> Result<T, DecodeError> {
    let byte = reader.u8()?;
    from(byte).ok_or(reader.fail(Reason::Value { field, value: i64::from(byte) }))
}
