//! Messages that a client sends: the gate towards a server, and tests towards the gate.

use super::super::startup::{self, Version};
use super::super::value::Kind;
use super::{EncodeError, Result, bare, counted, formats, list, message, tagged, text, types, value};

/// StartupMessage: begin a session.
///
/// # Errors
/// When a name is empty, a text has a NUL, or the packet is larger than the server takes.
pub fn startup_message<'a>(
    out: &mut Vec<u8>,
    version: Version,
    parameters: impl IntoIterator<Item = (&'a [u8], &'a [u8])>,
) -> Result {
    let start = out.len();
    let done = counted(out, |out| {
        out.extend_from_slice(&version.word().to_be_bytes());
        for (name, value) in parameters {
            // An empty name would end the list early.
            if name.is_empty() {
                return Err(EncodeError::Nul);
            }
            text(out, name)?;
            text(out, value)?;
        }
        out.push(0);
        Ok(())
    });
    if out.len() - start > startup::LENGTH_MAX + 4 {
        out.truncate(start);
        return Err(EncodeError::TooLong);
    }
    done
}

/// SSLRequest.
pub fn ssl_request(out: &mut Vec<u8>) {
    request(out, startup::SSL);
}

/// GSSENCRequest.
pub fn gss_enc_request(out: &mut Vec<u8>) {
    request(out, startup::GSS_ENC);
}

fn request(out: &mut Vec<u8>, code: u32) {
    out.extend_from_slice(&8_u32.to_be_bytes());
    out.extend_from_slice(&code.to_be_bytes());
}

/// CancelRequest.
///
/// # Errors
/// When the secret is empty or has more than 256 bytes.
pub fn cancel_request(out: &mut Vec<u8>, process_id: u32, secret: &[u8]) -> Result {
    if !(1..=startup::SECRET_MAX).contains(&secret.len()) {
        return Err(EncodeError::TooLong);
    }
    counted(out, |out| {
        out.extend_from_slice(&startup::CANCEL.to_be_bytes());
        out.extend_from_slice(&process_id.to_be_bytes());
        out.extend_from_slice(secret);
        Ok(())
    })
}

/// PasswordMessage: a password, or the md5 answer. The buffer then holds a secret; wipe it.
///
/// # Errors
/// When the password has a NUL or is too long.
pub fn password(out: &mut Vec<u8>, password: &[u8]) -> Result {
    tagged(out, b'p', |out| text(out, password))
}

/// SASLInitialResponse: the chosen mechanism and its first message.
///
/// # Errors
/// When the name has a NUL or the message is too long.
pub fn sasl_initial_response(out: &mut Vec<u8>, mechanism: &[u8], first: Option<&[u8]>) -> Result {
    tagged(out, b'p', |out| {
        text(out, mechanism)?;
        value(out, first)
    })
}

/// SASLResponse: the mechanism's next message.
///
/// # Errors
/// When it is too long.
pub fn sasl_response(out: &mut Vec<u8>, data: &[u8]) -> Result {
    message(out, b'p', data)
}

/// Query.
///
/// # Errors
/// When the text has a NUL or is too long.
pub fn query(out: &mut Vec<u8>, statements: &[u8]) -> Result {
    tagged(out, b'Q', |out| text(out, statements))
}

/// Parse.
///
/// # Errors
/// When a text has a NUL, there are more than 65,535 types, or it is too long.
pub fn parse(out: &mut Vec<u8>, name: &[u8], statement: &[u8], oids: &[u32]) -> Result {
    tagged(out, b'P', |out| {
        text(out, name)?;
        text(out, statement)?;
        types(out, oids)
    })
}

/// Bind.
///
/// # Errors
/// When a name has a NUL, a list has more than 65,535 items, or it is too long.
pub fn bind<'a>(
    out: &mut Vec<u8>,
    portal: &[u8],
    statement: &[u8],
    parameter_formats: &[i16],
    parameters: impl IntoIterator<Item = Option<&'a [u8]>>,
    result_formats: &[i16],
) -> Result {
    tagged(out, b'B', |out| {
        text(out, portal)?;
        text(out, statement)?;
        formats(out, parameter_formats)?;
        list(out, parameters, value)?;
        formats(out, result_formats)
    })
}

/// Describe.
///
/// # Errors
/// When the name has a NUL or is too long.
pub fn describe(out: &mut Vec<u8>, kind: Kind, name: &[u8]) -> Result {
    named(out, b'D', kind, name)
}

/// Close.
///
/// # Errors
/// When the name has a NUL or is too long.
pub fn close(out: &mut Vec<u8>, kind: Kind, name: &[u8]) -> Result {
    named(out, b'C', kind, name)
}

fn named(out: &mut Vec<u8>, tag: u8, kind: Kind, name: &[u8]) -> Result {
    tagged(out, tag, |out| {
        out.push(kind.byte());
        text(out, name)
    })
}

/// Execute; `rows_max` 0 asks for all rows.
///
/// # Errors
/// When the name has a NUL or is too long.
pub fn execute(out: &mut Vec<u8>, portal: &[u8], rows_max: i32) -> Result {
    tagged(out, b'E', |out| {
        text(out, portal)?;
        out.extend_from_slice(&rows_max.to_be_bytes());
        Ok(())
    })
}

/// Flush.
pub fn flush(out: &mut Vec<u8>) {
    bare(out, b'H');
}

/// Sync.
pub fn sync(out: &mut Vec<u8>) {
    bare(out, b'S');
}

/// Terminate.
pub fn terminate(out: &mut Vec<u8>) {
    bare(out, b'X');
}

/// CopyFail, with why.
///
/// # Errors
/// When the text has a NUL or is too long.
pub fn copy_fail(out: &mut Vec<u8>, why: &[u8]) -> Result {
    tagged(out, b'f', |out| text(out, why))
}
