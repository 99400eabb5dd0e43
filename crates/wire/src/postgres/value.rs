//! The small values inside messages: what a Describe names, how a transaction stands, a column's description, a tag.

/// What Describe and Close name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A prepared statement.
    Statement,
    /// A portal.
    Portal,
}

/// How the server's transaction stands, as ReadyForQuery says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Outside of a transaction.
    Idle,
    /// Inside of one.
    InTransaction,
    /// Inside of one that failed: statements are refused until it is rolled back.
    Failed,
}

/// How the rows of a COPY are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CopyFormat {
    /// Text or CSV: rows are lines.
    Text,
    /// PostgreSQL's binary format.
    Binary,
}

/// One column of a RowDescription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// The result column's name: chosen by the statement, so no evidence of what is in it.
    pub name: &'a [u8],
    /// The table that it comes from unchanged, 0 when it comes from none.
    pub table: u32,
    /// The column's number there, 0 when it comes from no single column.
    pub column: i16,
    /// The type's OID.
    pub data_type: u32,
    /// The type's size in bytes; negative: variable.
    pub size: i16,
    /// The type modifier; -1: none.
    pub modifier: i32,
    /// 0 text, 1 binary; 0 also means "not known yet" in the answer to a Describe of a statement.
    pub format: i16,
}

/// A CommandComplete's tag, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandTag<'a> {
    /// The command in words: `SELECT`, `INSERT`, `CREATE TABLE`.
    pub verb: &'a [u8],
    /// The rows that it touched, when the tag says so.
    pub rows: Option<u64>,
}

impl Kind {
    /// The byte that stands for it.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Statement => b'S',
            Self::Portal => b'P',
        }
    }

    /// Reads the byte.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            b'S' => Some(Self::Statement),
            b'P' => Some(Self::Portal),
            _ => None,
        }
    }
}

impl Status {
    /// The byte that stands for it.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Idle => b'I',
            Self::InTransaction => b'T',
            Self::Failed => b'E',
        }
    }

    /// Reads the byte.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            b'I' => Some(Self::Idle),
            b'T' => Some(Self::InTransaction),
            b'E' => Some(Self::Failed),
            _ => None,
        }
    }
}

impl CopyFormat {
    /// The byte that stands for it.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Text => 0,
            Self::Binary => 1,
        }
    }

    /// Reads the byte.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0 => Some(Self::Text),
            1 => Some(Self::Binary),
            _ => None,
        }
    }
}

/// Takes a command tag apart: the text of a CommandComplete, with or without its NUL. `None` when there is no text.
///
/// `SELECT 3` has 3 rows, `INSERT 0 5` has 5 (the 0 was an OID once), `BEGIN` says nothing of rows.
#[must_use]
pub fn command_tag(body: &[u8]) -> Option<CommandTag<'_>> {
    let text = body.strip_suffix(b"\0").unwrap_or(body);
    if text.is_empty() || text.contains(&0) {
        return None;
    }
    let Some((verb, rows)) = split_number(text) else {
        return Some(CommandTag { verb: text, rows: None });
    };
    let verb = match split_number(verb) {
        Some((insert, _)) if insert == b"INSERT" => insert,
        _ => verb,
    };
    Some(CommandTag { verb, rows: Some(rows) })
}

/// Splits a decimal number, and the space before it, off the end.
fn split_number(text: &[u8]) -> Option<(&[u8], u64)> {
    // Tags are a few bytes: a plain loop beats a search that is made for long texts.
    let at = text.iter().rposition(|byte| *byte == b' ')?;
    let (head, tail) = text.split_at_checked(at)?;
    let digits = tail.get(1..).filter(|digits| !digits.is_empty())?;
    let number = digits.iter().try_fold(0_u64, |sum, digit| {
        let digit = digit.is_ascii_digit().then(|| u64::from(digit - b'0'))?;
        sum.checked_mul(10)?.checked_add(digit)
    })?;
    Some((head, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_taken_apart() {
        for (text, verb, rows) in [
            (&b"SELECT 3\0"[..], &b"SELECT"[..], Some(3)),
            (b"INSERT 0 5\0", b"INSERT", Some(5)),
            (b"COPY 18446744073709551615", b"COPY", Some(u64::MAX)),
            (b"COPY 18446744073709551616", b"COPY 18446744073709551616", None),
            (b"BEGIN\0", b"BEGIN", None),
            (b"CREATE TABLE", b"CREATE TABLE", None),
            (b"CREATE TABLE AS 7", b"CREATE TABLE AS", Some(7)),
            (b"UPDATE ", b"UPDATE ", None),
            (b"UPDATE -1", b"UPDATE -1", None),
        ] {
            assert_eq!(command_tag(text), Some(CommandTag { verb, rows }));
        }
        for none in [&b""[..], b"\0", b"A\0B\0"] {
            assert_eq!(command_tag(none), None);
        }
    }
}
