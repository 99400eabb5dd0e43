//! What a byte can begin or continue: one table look-up per byte. The sets are those of PostgreSQL 18's
//! `src/backend/parser/scan.l`.

/// `[ \t\n\r\f\v]`, scan.l's `space`.
pub(crate) const SPACE: u8 = 1 << 0;
/// `[A-Za-z\200-\377_]`, scan.l's `ident_start` and `dolq_start`.
pub(crate) const WORD_START: u8 = 1 << 1;
/// `[A-Za-z\200-\377_0-9]`, scan.l's `dolq_cont`.
pub(crate) const TAG: u8 = 1 << 2;
/// `[A-Za-z\200-\377_0-9\$]`, scan.l's `ident_cont`.
pub(crate) const WORD: u8 = 1 << 3;
/// `[0-9]`.
pub(crate) const DIGIT: u8 = 1 << 4;
/// scan.l's `op_chars`.
pub(crate) const OPERATOR: u8 = 1 << 5;
/// The operator characters that SQL itself does not use: with one of them an operator may end in `+` or `-`.
pub(crate) const OPERATOR_FREE: u8 = 1 << 6;

const TABLE: [u8; 256] = table();

/// Whether `byte` is in one of the sets.
#[inline]
pub(crate) fn is(byte: u8, sets: u8) -> bool {
    #[expect(clippy::indexing_slicing, reason = "the table has an entry for each value of a byte")]
    let class = TABLE[byte as usize];
    class & sets != 0
}

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, and the index stays below 256")]
const fn table() -> [u8; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = class_of(at as u8);
        at += 1;
    }
    table
}

const fn class_of(byte: u8) -> u8 {
    match byte {
        b' ' | b'\t' | b'\n' | b'\r' | 0x0c | 0x0b => SPACE,
        b'A'..=b'Z' | b'a'..=b'z' | b'_' | 0x80..=0xff => WORD_START | TAG | WORD,
        b'0'..=b'9' => TAG | WORD | DIGIT,
        b'$' => WORD,
        b'~' | b'!' | b'@' | b'#' | b'^' | b'&' | b'|' | b'`' | b'?' | b'%' => OPERATOR | OPERATOR_FREE,
        b'+' | b'-' | b'*' | b'/' | b'<' | b'>' | b'=' => OPERATOR,
        _ => 0,
    }
}
