//! What of the server's words goes on where something that their reader may not see is near: the code always, the words
//! only where PostgreSQL is known to put no value into them. It changes messages; whether one is changed the kernel says.

use engine::Scrub;
use wire::postgres::ErrorFields;
use wire::postgres::backend::Message;
use wire::postgres::encode::{self, EncodeError};

/// Classes of SQLSTATE whose messages name settings, states and objects of the schema, never values of a row (manual,
/// appendix A): connections, states of cursors and transactions, rollbacks, resources, states of objects, operator
/// intervention.
const WITHOUT_VALUES: [&[u8; 2]; 8] = [b"08", b"24", b"25", b"2D", b"40", b"53", b"55", b"57"];

/// Classes whose messages quote what is not there or not supported. A value that is read as a name is quoted as well, so
/// they are shown when they say where in the text they stand: found before anything ran.
const NAMES: [&[u8; 2]; 7] = [b"0A", b"26", b"34", b"3B", b"3D", b"3F", b"42"];

/// What stands in place of words that may hold a value.
const HIDDEN: &[u8] = b"the database server reports an error; its words are not shown, since they may hold what is masked for you";
const HINT: &[u8] = b"look the code up in the server's manual, or ask somebody who may see the data";

/// Writes what may be shown of a message; `None`: one that was too long to be looked at.
///
/// # Errors
/// When it does not fit a message, which it did when it came.
pub(super) fn scrub(message: Option<&Message<'_>>, how: Scrub, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    match message {
        // The words are about what the statement itself has used; the detail quotes whole rows and keys.
        Some(Message::ErrorResponse(fields)) if how == Scrub::Details => {
            encode::error_fields(out, fields.filter(|(letter, _)| *letter != b'D'))
        }
        Some(Message::ErrorResponse(fields)) => error(*fields, out),
        Some(Message::NotificationResponse { process_id, channel, .. }) => {
            encode::notification_response(out, *process_id, channel, b"")
        }
        _ => encode::error_fields(
            out,
            [(b'S', &b"ERROR"[..]), (b'V', b"ERROR"), (b'C', b"XX000"), (b'M', HIDDEN), (b'H', HINT)],
        ),
    }
}

fn error(fields: ErrorFields<'_>, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let shown = says_no_value(fields);
    let kept = fields.filter(|(letter, _)| match letter {
        b'S' | b'V' | b'C' | b'P' => true,
        b'M' | b's' | b't' | b'c' | b'd' | b'n' => shown,
        _ => false,
    });
    let hidden = [(b'M', HIDDEN), (b'H', HINT)].into_iter().filter(|_| !shown);
    encode::error_fields(out, kept.chain(hidden))
}

/// Whether the message is one of the server's fixed texts about the schema or the session. What somebody's code raised has
/// a context.
fn says_no_value(fields: ErrorFields<'_>) -> bool {
    let Some(code) = fields.field(b'C') else { return false };
    if b"Wqp".iter().any(|letter| fields.field(*letter).is_some()) {
        return false;
    }
    match code.first_chunk::<2>() {
        Some(class) if NAMES.contains(&class) => fields.field(b'P').is_some(),
        // The constraint or the column is named, the key stands in the detail.
        Some(b"23") => fields.field(b'n').is_some() || fields.field(b'c').is_some(),
        Some(class) => WITHOUT_VALUES.contains(&class),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use wire::postgres::backend;

    use super::*;

    fn shown(fields: &[(u8, &str)]) -> String {
        let mut out = Vec::new();
        encode::error_fields(&mut out, fields.iter().map(|(letter, text)| (*letter, text.as_bytes())))
            .unwrap();
        let message = backend::decode(b'E', &out[5..]).unwrap();
        let mut scrubbed = Vec::new();
        scrub(Some(&message), Scrub::Words, &mut scrubbed).unwrap();
        String::from_utf8(scrubbed[5..].to_vec()).unwrap().replace('\0', "|")
    }

    #[test]
    fn words_with_values_go_and_codes_stay() {
        let cast = shown(&[
            (b'S', "ERROR"),
            (b'C', "22P02"),
            (b'M', "invalid input syntax for type integer: \"123-45-6789\""),
        ]);
        assert!(cast.contains("C22P02") && !cast.contains("6789"), "{cast}");
        let key = shown(&[
            (b'C', "23505"),
            (b'M', "duplicate key value violates unique constraint \"customers_ssn_key\""),
            (b'D', "Key (ssn)=(123-45-6789) already exists."),
            (b'n', "customers_ssn_key"),
        ]);
        assert!(key.contains("customers_ssn_key") && !key.contains("6789"), "{key}");
        // A name that is a value: found when a cast ran, so it has no place in the text.
        let name = shown(&[(b'C', "42P01"), (b'M', "relation \"alice@example.com\" does not exist")]);
        assert!(!name.contains("alice"), "{name}");
        let schema = shown(&[(b'C', "3F000"), (b'M', "schema \"alice@example\" does not exist")]);
        assert!(!schema.contains("alice"), "{schema}");
        let typo = shown(&[(b'C', "42P01"), (b'M', "relation \"custmers\" does not exist"), (b'P', "15")]);
        assert!(typo.contains("custmers"), "{typo}");
        let raised = shown(&[(b'C', "57014"), (b'M', "123-45-6789"), (b'W', "PL/pgSQL function f() line 1")]);
        assert!(!raised.contains("6789"), "{raised}");
    }

    #[test]
    fn a_notification_loses_its_payload() {
        let mut out = Vec::new();
        let message = Message::NotificationResponse { process_id: 7, channel: b"k", payload: b"123-45-6789" };
        scrub(Some(&message), Scrub::Words, &mut out).unwrap();
        let read = backend::decode(b'A', &out[5..]).unwrap();
        assert_eq!(read, Message::NotificationResponse { process_id: 7, channel: b"k", payload: b"" });
    }
}
