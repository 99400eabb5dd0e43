//! What a client sends after start-up (manual, section 54.7, the messages marked F).
//!
//! It never judges whether a message may come now, never looks at encodings (names and texts stay bytes), and takes
//! exactly what the server takes: where the server answers `08P01`, so does [`decode`].

use super::error::{DecodeError, Reason};
use super::frame::{FrameError, Header, LARGE_MAX, SECRET_MAX, SMALL_MAX, peek_within};
use super::reader::Reader;
use super::sequence::{Formats, Types, Values};
use super::value::Kind;

/// A client's message. It borrows all bytes from the frame that it was read from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Message<'a> {
    /// `Q`: a text with any number of statements.
    Query {
        /// The text, without its NUL.
        text: &'a [u8],
    },
    /// `P`: prepare a statement.
    Parse {
        /// The statement's name; empty: the unnamed one.
        name: &'a [u8],
        /// The text, without its NUL.
        text: &'a [u8],
        /// The parameters' types as far as the client gives them; 0: let the server choose.
        types: Types<'a>,
    },
    /// `B`: make a portal of a prepared statement and values.
    Bind(Bind<'a>),
    /// `D`: ask what a statement or portal takes and gives.
    Describe {
        /// What is named.
        kind: Kind,
        /// Its name.
        name: &'a [u8],
    },
    /// `E`: run a portal.
    Execute {
        /// The portal's name.
        portal: &'a [u8],
        /// The most rows to send; 0 or less: all.
        rows_max: i32,
    },
    /// `C`: close a statement or portal.
    Close {
        /// What is named.
        kind: Kind,
        /// Its name.
        name: &'a [u8],
    },
    /// `H`: send what is ready.
    Flush,
    /// `S`: the end of a pipeline's segment; errors end here.
    Sync,
    /// `d`: a piece of a COPY's data, cut anywhere.
    CopyData(&'a [u8]),
    /// `c`: the COPY's data ends.
    CopyDone,
    /// `f`: the COPY failed at the client, which says why.
    CopyFail(&'a [u8]),
    /// `F`: a call of a function by its OID. Opaque: Tollhouse refuses it.
    FunctionCall(&'a [u8]),
    /// `p`: an answer to an authentication request. What is in it depends on the request: see [`password`],
    /// [`sasl_initial`], [`sasl`].
    Password(&'a [u8]),
    /// `X`: good-bye.
    Terminate,
}

/// A Bind's fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Bind<'a> {
    /// The portal's name; empty: the unnamed one.
    pub portal: &'a [u8],
    /// The statement's name.
    pub statement: &'a [u8],
    /// The formats of the parameters.
    pub formats: Formats<'a>,
    /// The parameters.
    pub parameters: Values<'a>,
    /// The formats that the result shall have.
    pub result_formats: Formats<'a>,
}

/// The most bytes that the body of a message with this tag may have: the server's own limits
/// (`SocketBackend` in `postgres.c`).
///
/// # Errors
/// When no client's message has this tag.
#[inline]
pub fn length_max(tag: u8) -> Result<u32, FrameError> {
    // The server's limits count the length word itself.
    match tag {
        b'Q' | b'P' | b'B' | b'F' | b'd' => Ok(LARGE_MAX - 4),
        b'D' | b'E' | b'C' | b'H' | b'S' | b'X' | b'c' | b'f' => Ok(SMALL_MAX - 4),
        b'p' => Ok(SECRET_MAX - 4),
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
    let empty = |name, message| Reader::new(name, body).end().map(|()| message);
    match tag {
        b'Q' => Reader::new("Query", body).last_text().map(|text| Message::Query { text }),
        b'P' => parse(body),
        b'B' => bind(body).map(Message::Bind),
        b'D' => named(Reader::new("Describe", body)).map(|(kind, name)| Message::Describe { kind, name }),
        b'E' => execute(body),
        b'C' => named(Reader::new("Close", body)).map(|(kind, name)| Message::Close { kind, name }),
        b'H' => empty("Flush", Message::Flush),
        b'S' => empty("Sync", Message::Sync),
        b'd' => Ok(Message::CopyData(body)),
        b'c' => empty("CopyDone", Message::CopyDone),
        b'f' => Reader::new("CopyFail", body).last_text().map(Message::CopyFail),
        b'F' => Ok(Message::FunctionCall(body)),
        b'p' => Ok(Message::Password(body)),
        b'X' => empty("Terminate", Message::Terminate),
        tag => Err(DecodeError { message: "message", reason: Reason::UnknownTag(tag) }),
    }
}

fn parse(body: &[u8]) -> Result<Message<'_>, DecodeError> {
    let mut reader = Reader::new("Parse", body);
    let (name, text) = (reader.text()?, reader.text()?);
    let types = Types::read(&mut reader)?;
    reader.end()?;
    Ok(Message::Parse { name, text, types })
}

#[inline]
fn bind(body: &[u8]) -> Result<Bind<'_>, DecodeError> {
    let mut reader = Reader::new("Bind", body);
    let message = Bind {
        portal: reader.text()?,
        statement: reader.text()?,
        formats: Formats::read(&mut reader)?,
        parameters: Values::read(&mut reader)?,
        result_formats: Formats::read(&mut reader)?,
    };
    reader.end()?;
    Ok(message)
}

fn named(mut reader: Reader<'_>) -> Result<(Kind, &[u8]), DecodeError> {
    let byte = reader.u8()?;
    let wrong = Reason::Value { field: "kind", value: i64::from(byte) };
    let kind = Kind::from_byte(byte).ok_or(reader.fail(wrong))?;
    Ok((kind, reader.last_text()?))
}

fn execute(body: &[u8]) -> Result<Message<'_>, DecodeError> {
    let mut reader = Reader::new("Execute", body);
    let message = Message::Execute { portal: reader.text()?, rows_max: reader.i32()? };
    reader.end()?;
    Ok(message)
}

/// Reads a `p` body as PasswordMessage: the password or its md5 answer.
///
/// # Errors
/// When the body is no text with one NUL at its end.
pub fn password(body: &[u8]) -> Result<&[u8], DecodeError> {
    Reader::new("PasswordMessage", body).last_text()
}

/// Reads a `p` body as SASLInitialResponse: the mechanism, and the first message if there is one.
///
/// # Errors
/// When the body is no name and one value.
pub fn sasl_initial(body: &[u8]) -> Result<(&[u8], Option<&[u8]>), DecodeError> {
    let mut reader = Reader::new("SASLInitialResponse", body);
    let found = (reader.text()?, reader.value()?);
    reader.end()?;
    Ok(found)
}

/// Reads a `p` body as SASLResponse: all of it.
#[must_use]
pub const fn sasl(body: &[u8]) -> &[u8] {
    body
}

/// Shows the shape, never a text, a value or a secret.
impl std::fmt::Debug for Message<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Query { text } => write!(f, "Query({} bytes)", text.len()),
            Self::Parse { text, types, .. } => {
                write!(f, "Parse({} bytes, {} types)", text.len(), types.len())
            }
            Self::Bind(bind) => bind.fmt(f),
            Self::Describe { kind, .. } => write!(f, "Describe({kind:?})"),
            Self::Execute { rows_max, .. } => write!(f, "Execute(at most {rows_max} rows)"),
            Self::Close { kind, .. } => write!(f, "Close({kind:?})"),
            Self::Flush => f.write_str("Flush"),
            Self::Sync => f.write_str("Sync"),
            Self::CopyData(data) => write!(f, "CopyData({} bytes)", data.len()),
            Self::CopyDone => f.write_str("CopyDone"),
            Self::CopyFail(_) => f.write_str("CopyFail"),
            Self::FunctionCall(body) => write!(f, "FunctionCall({} bytes)", body.len()),
            Self::Password(_) => f.write_str("Password"),
            Self::Terminate => f.write_str("Terminate"),
        }
    }
}

/// Shows the shape, never a value.
impl std::fmt::Debug for Bind<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bind({} parameters)", self.parameters.len())
    }
}
