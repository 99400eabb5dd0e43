//! Errors and notices towards a client, written from a refusal.
//!
//! The one place that changes texts, so that a client always gets its answer: a NUL becomes a space, and a text longer
//! than [`TEXT_MAX`] is cut at a character.

use model::Refusal;

/// The most bytes of each text of a report. Our own messages are a sentence; this bounds what a name in them can do.
pub const TEXT_MAX: usize = 8 * 1024;

/// How grave a report is, and what becomes of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The statement failed; the session goes on.
    Error,
    /// The session ends.
    Fatal,
    /// The server ends.
    Panic,
    /// For a notice: likely a problem.
    Warning,
    /// For a notice: good to know.
    Notice,
    /// For a notice: asked for.
    Info,
}

impl Severity {
    /// The word, which is also the untranslated one.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "ERROR",
            Self::Fatal => "FATAL",
            Self::Panic => "PANIC",
            Self::Warning => "WARNING",
            Self::Notice => "NOTICE",
            Self::Info => "INFO",
        }
    }
}

/// ErrorResponse with severity, code, message, detail and hint.
pub fn error_response(out: &mut Vec<u8>, refusal: &Refusal, severity: Severity) {
    report(out, b'E', refusal, severity);
}

/// NoticeResponse with severity, code, message, detail and hint.
pub fn notice_response(out: &mut Vec<u8>, refusal: &Refusal, severity: Severity) {
    report(out, b'N', refusal, severity);
}

/// ErrorResponse with fields that were read from one (manual, section 54.8).
///
/// # Errors
/// When a text has a NUL, or all are too long for a message.
pub fn error_fields<'a>(
    out: &mut Vec<u8>,
    fields: impl IntoIterator<Item = (u8, &'a [u8])>,
) -> super::Result {
    super::tagged(out, b'E', |out| {
        for (letter, value) in fields {
            out.push(letter);
            super::text(out, value)?;
        }
        out.push(0);
        Ok(())
    })
}

fn report(out: &mut Vec<u8>, tag: u8, refusal: &Refusal, severity: Severity) {
    let word = severity.as_str();
    let mut fields =
        vec![(b'S', word), (b'V', word), (b'C', refusal.code.as_str()), (b'M', &*refusal.message)];
    fields.extend(refusal.detail.as_deref().map(|detail| (b'D', detail)));
    fields.extend(refusal.hint.as_deref().map(|hint| (b'H', hint)));
    let written = super::tagged(out, tag, |out| {
        for (letter, text) in fields {
            out.push(letter);
            let text = text.get(..text.floor_char_boundary(TEXT_MAX)).unwrap_or_default();
            out.extend(text.bytes().map(|byte| if byte == 0 { b' ' } else { byte }));
            out.push(0);
        }
        out.push(0);
        Ok(())
    });
    debug_assert!(written.is_ok(), "six texts of at most 8 KiB fit a length word");
}
