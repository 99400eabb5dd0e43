//! Messages that a server sends: the gate towards a client, and tests towards the gate.

use super::super::startup::Version;
use super::super::value::{CopyFormat, Field, Status};
use super::{EncodeError, Result, bare, formats, list, tagged, text, types, value};

/// AuthenticationOk.
pub fn authentication_ok(out: &mut Vec<u8>) {
    out.extend_from_slice(&[b'R', 0, 0, 0, 8, 0, 0, 0, 0]);
}

/// AuthenticationCleartextPassword.
pub fn authentication_cleartext_password(out: &mut Vec<u8>) {
    out.extend_from_slice(&[b'R', 0, 0, 0, 8, 0, 0, 0, 3]);
}

/// AuthenticationMD5Password.
pub fn authentication_md5_password(out: &mut Vec<u8>, salt: [u8; 4]) {
    out.extend_from_slice(&[b'R', 0, 0, 0, 12, 0, 0, 0, 5]);
    out.extend_from_slice(&salt);
}

/// AuthenticationSASL: the mechanisms, the favourite first.
///
/// # Errors
/// When a name is empty or has a NUL.
pub fn authentication_sasl<'a>(out: &mut Vec<u8>, mechanisms: impl IntoIterator<Item = &'a [u8]>) -> Result {
    authentication(out, 10, |out| {
        for mechanism in mechanisms {
            if mechanism.is_empty() {
                return Err(EncodeError::Nul);
            }
            text(out, mechanism)?;
        }
        out.push(0);
        Ok(())
    })
}

/// AuthenticationSASLContinue.
///
/// # Errors
/// When it is too long.
pub fn authentication_sasl_continue(out: &mut Vec<u8>, data: &[u8]) -> Result {
    authentication(out, 11, |out| {
        out.extend_from_slice(data);
        Ok(())
    })
}

/// AuthenticationSASLFinal.
///
/// # Errors
/// When it is too long.
pub fn authentication_sasl_final(out: &mut Vec<u8>, data: &[u8]) -> Result {
    authentication(out, 12, |out| {
        out.extend_from_slice(data);
        Ok(())
    })
}

fn authentication(out: &mut Vec<u8>, code: u32, body: impl FnOnce(&mut Vec<u8>) -> Result) -> Result {
    tagged(out, b'R', |out| {
        out.extend_from_slice(&code.to_be_bytes());
        body(out)
    })
}

/// NegotiateProtocolVersion: the version that will be spoken, and the `_pq_.` options that are not known.
///
/// # Errors
/// When an option has a NUL or there are too many.
pub fn negotiate_protocol_version<'a>(
    out: &mut Vec<u8>,
    version: Version,
    options: impl IntoIterator<Item = &'a [u8], IntoIter: ExactSizeIterator>,
) -> Result {
    let options = options.into_iter();
    let count = i32::try_from(options.len()).map_err(|_| EncodeError::Count)?;
    tagged(out, b'v', |out| {
        out.extend_from_slice(&version.word().to_be_bytes());
        out.extend_from_slice(&count.to_be_bytes());
        options.into_iter().try_for_each(|option| text(out, option))
    })
}

/// BackendKeyData: the key that a CancelRequest must name.
///
/// # Errors
/// When the secret has less than 4 or more than 256 bytes.
pub fn backend_key_data(out: &mut Vec<u8>, process_id: u32, secret: &[u8]) -> Result {
    if !(4..=256).contains(&secret.len()) {
        return Err(EncodeError::TooLong);
    }
    tagged(out, b'K', |out| {
        out.extend_from_slice(&process_id.to_be_bytes());
        out.extend_from_slice(secret);
        Ok(())
    })
}

/// ParameterStatus.
///
/// # Errors
/// When a text has a NUL or is too long.
pub fn parameter_status(out: &mut Vec<u8>, name: &[u8], value: &[u8]) -> Result {
    tagged(out, b'S', |out| {
        text(out, name)?;
        text(out, value)
    })
}

/// ReadyForQuery.
pub fn ready_for_query(out: &mut Vec<u8>, status: Status) {
    out.extend_from_slice(&[b'Z', 0, 0, 0, 5, status.byte()]);
}

/// RowDescription.
///
/// # Errors
/// When a name has a NUL or there are more than 65,535 columns.
pub fn row_description<'a>(out: &mut Vec<u8>, fields: impl IntoIterator<Item = Field<'a>>) -> Result {
    tagged(out, b'T', |out| {
        list(out, fields, |out, field| {
            text(out, field.name)?;
            out.extend_from_slice(&field.table.to_be_bytes());
            out.extend_from_slice(&field.column.to_be_bytes());
            out.extend_from_slice(&field.data_type.to_be_bytes());
            out.extend_from_slice(&field.size.to_be_bytes());
            out.extend_from_slice(&field.modifier.to_be_bytes());
            out.extend_from_slice(&field.format.to_be_bytes());
            Ok(())
        })
    })
}

/// DataRow.
///
/// # Errors
/// When there are more than 65,535 columns or it is too long.
pub fn data_row<'a>(out: &mut Vec<u8>, columns: impl IntoIterator<Item = Option<&'a [u8]>>) -> Result {
    tagged(out, b'D', |out| list(out, columns, value))
}

/// CommandComplete.
///
/// # Errors
/// When the tag has a NUL.
pub fn command_complete(out: &mut Vec<u8>, tag: &[u8]) -> Result {
    tagged(out, b'C', |out| text(out, tag))
}

/// EmptyQueryResponse.
pub fn empty_query_response(out: &mut Vec<u8>) {
    bare(out, b'I');
}

/// PortalSuspended.
pub fn portal_suspended(out: &mut Vec<u8>) {
    bare(out, b's');
}

/// ParseComplete.
pub fn parse_complete(out: &mut Vec<u8>) {
    bare(out, b'1');
}

/// BindComplete.
pub fn bind_complete(out: &mut Vec<u8>) {
    bare(out, b'2');
}

/// CloseComplete.
pub fn close_complete(out: &mut Vec<u8>) {
    bare(out, b'3');
}

/// NoData.
pub fn no_data(out: &mut Vec<u8>) {
    bare(out, b'n');
}

/// ParameterDescription.
///
/// # Errors
/// When there are more than 65,535 types.
pub fn parameter_description(out: &mut Vec<u8>, oids: &[u32]) -> Result {
    tagged(out, b't', |out| types(out, oids))
}

/// CopyInResponse.
///
/// # Errors
/// When there are more than 65,535 columns.
pub fn copy_in_response(out: &mut Vec<u8>, format: CopyFormat, columns: &[i16]) -> Result {
    copy(out, b'G', format, columns)
}

/// CopyOutResponse.
///
/// # Errors
/// When there are more than 65,535 columns.
pub fn copy_out_response(out: &mut Vec<u8>, format: CopyFormat, columns: &[i16]) -> Result {
    copy(out, b'H', format, columns)
}

/// CopyBothResponse.
///
/// # Errors
/// When there are more than 65,535 columns.
pub fn copy_both_response(out: &mut Vec<u8>, format: CopyFormat, columns: &[i16]) -> Result {
    copy(out, b'W', format, columns)
}

fn copy(out: &mut Vec<u8>, tag: u8, format: CopyFormat, columns: &[i16]) -> Result {
    tagged(out, tag, |out| {
        out.push(format.byte());
        formats(out, columns)
    })
}

/// NotificationResponse.
///
/// # Errors
/// When a text has a NUL or is too long.
pub fn notification_response(out: &mut Vec<u8>, process_id: u32, channel: &[u8], payload: &[u8]) -> Result {
    tagged(out, b'A', |out| {
        out.extend_from_slice(&process_id.to_be_bytes());
        text(out, channel)?;
        text(out, payload)
    })
}

/// FunctionCallResponse.
///
/// # Errors
/// When it is too long.
pub fn function_call_response(out: &mut Vec<u8>, result: Option<&[u8]>) -> Result {
    tagged(out, b'V', |out| value(out, result))
}
