//! Showing a short part of a value. It counts code points, never splits one, and shows nothing of what is short.

use super::mark;
use super::mask::Partial;

/// Of the letters and digits of a value at most one in so many is shown.
const SHARE: usize = 3;
/// And so many of them are hidden at least.
const HIDDEN_MIN: usize = 4;

/// ASCII is counted in pieces of so many bytes.
const COUNTED: usize = 16;

/// Writes the part of `value` that is shown, with `***` for the rest, whatever its length. `None`: it is too short, or no
/// text; `room` is how many code points the column has room for.
pub(super) fn cover(partial: Partial, value: &[u8], room: Option<usize>, out: &mut Vec<u8>) -> Option<()> {
    let text = std::str::from_utf8(value).ok()?.trim_end_matches(' ');
    // What stands there instead of what its label says (a name among card numbers) is shown in no part.
    let is_other = match partial {
        Partial::Digits(_) => text.bytes().any(|byte| !byte.is_ascii_digit() && !b" +-./()".contains(&byte)),
        Partial::Iban => !is_iban(text.as_bytes()),
        _ => false,
    };
    if is_other {
        return None;
    }
    let (head, tail) = match partial {
        Partial::Email => return email(text, room, out),
        Partial::First(first) => (usize::from(first), 0),
        Partial::Last(last) | Partial::Digits(last) => (0, usize::from(last)),
        Partial::Iban => (2, 4),
        Partial::Ends(first, last) => (usize::from(first), usize::from(last)),
        Partial::Usual => return None,
    };
    // Blanks and separators tell nothing, so they do not count as hidden.
    let whole = counted(text);
    let kept = head + tail;
    if kept * SHARE > whole
        || whole < kept + HIDDEN_MIN
        || room.is_some_and(|room| room < kept + mark::FULL.len())
    {
        return None;
    }
    let front = text.char_indices().nth(head).map(|(at, _)| at)?;
    let back = match tail {
        0 => text.len(),
        tail => text.char_indices().nth_back(tail - 1).map(|(at, _)| at)?,
    };
    out.extend_from_slice(text.get(..front)?.as_bytes());
    out.extend_from_slice(mark::FULL);
    out.extend_from_slice(text.get(back..)?.as_bytes());
    Some(())
}

/// `a***@***.com`.
fn email(text: &str, room: Option<usize>, out: &mut Vec<u8>) -> Option<()> {
    // Both stand near the end, and are no part of a letter of more bytes.
    let (local, domain) = split_last(text, b'@')?;
    let (_, last) = split_last(domain, b'.')?;
    let first = local.chars().next().filter(|first| first.is_alphanumeric())?;
    let last_is_plain = (2..=6).contains(&last.len()) && last.bytes().all(|byte| byte.is_ascii_alphabetic());
    // A local part of one or two letters would be told whole, or nearly.
    let enough = counted(local) >= 3 && (1 + last.len()) * SHARE <= counted(text);
    if !last_is_plain || !enough || room.is_some_and(|room| room < 9 + last.len()) {
        return None;
    }
    out.extend_from_slice(first.encode_utf8(&mut [0; 4]).as_bytes());
    out.extend_from_slice(b"***@***.");
    out.extend_from_slice(last.as_bytes());
    Some(())
}

/// Two letters, two digits, and more of both in groups (ISO 13616).
fn is_iban(text: &[u8]) -> bool {
    let [a, b, c, d, rest @ ..] = text else { return false };
    [a, b].iter().all(|letter| letter.is_ascii_alphabetic())
        && [c, d].iter().all(|digit| digit.is_ascii_digit())
        && rest.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b' ')
        && rest.iter().filter(|byte| byte.is_ascii_digit()).count() * 2 >= rest.len()
}

fn counted(text: &str) -> usize {
    if text.is_ascii() {
        let (whole, rest) = text.as_bytes().as_chunks::<COUNTED>();
        let mut last = [0; COUNTED];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        return whole.iter().chain([&last]).map(|few| usize::from(counted_of(few))).sum();
    }
    text.chars().filter(|letter| letter.is_alphanumeric()).count()
}

/// Of so many bytes at once, which the compiler makes a vector of.
fn counted_of(few: &[u8; COUNTED]) -> u8 {
    few.iter().map(|letter| u8::from(letter.is_ascii_alphanumeric())).sum()
}

/// What stands before and behind the last byte of a kind.
fn split_last(text: &str, by: u8) -> Option<(&str, &str)> {
    let at = text.bytes().rposition(|byte| byte == by)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The same of a whole number's digits: the last ones, as a number.
pub(super) fn number(partial: Partial, value: i128) -> Option<i128> {
    let (Partial::Last(last) | Partial::Digits(last)) = partial else { return None };
    let digits = value.unsigned_abs().checked_ilog10()? as usize + 1;
    let last = usize::from(last);
    let shown = last * SHARE <= digits && digits >= last + HIDDEN_MIN;
    shown.then(|| value.checked_rem(10_i128.checked_pow(u32::try_from(last).ok()?)?)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(partial: Partial, value: &str) -> Option<String> {
        let mut out = Vec::new();
        cover(partial, value.as_bytes(), None, &mut out)?;
        Some(String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_part_is_shown_and_never_most() {
        assert_eq!(shown(Partial::Last(4), "4111 1111 1111 1234").unwrap(), "***1234");
        assert_eq!(shown(Partial::Ends(2, 4), "DE89370400440532013000").unwrap(), "DE***3000");
        assert_eq!(shown(Partial::Last(2), "+49 30 1234567").unwrap(), "***67");
        assert_eq!(shown(Partial::First(1), "Żaneta").unwrap(), "Ż***");
        assert_eq!(shown(Partial::Last(2), "äöüäöüäö").unwrap(), "***äö");
        for (partial, short) in [
            (Partial::Last(4), "123-45-6789"),
            (Partial::Last(4), "          1234"),
            (Partial::Last(4), "1234----------"),
            (Partial::First(1), "Bob"),
            (Partial::First(1), ""),
            (Partial::Ends(2, 4), "DE893704"),
        ] {
            assert_eq!(shown(partial, short), None, "{short}");
        }
        assert_eq!(cover(Partial::Last(1), b"abcdefghi\xff", None, &mut Vec::new()), None);
        assert_eq!(cover(Partial::Last(4), b"4111111111111234", Some(6), &mut Vec::new()), None);
    }

    #[test]
    fn what_is_not_what_its_label_says_shows_no_part() {
        assert_eq!(shown(Partial::Digits(4), "4111-1111-1111-1234").unwrap(), "***1234");
        assert_eq!(shown(Partial::Digits(2), "+49 (30) 123.456-7").unwrap(), "***-7");
        assert_eq!(shown(Partial::Iban, "DE89 3704 0044 0532 0130 00").unwrap(), "DE***0 00");
        for (partial, other) in [
            (Partial::Digits(4), "Guglielmo Lombardi"),
            (Partial::Digits(4), "4111 1111 1111 1234 Anna"),
            (Partial::Iban, "Guglielmo Lombardi"),
            (Partial::Iban, "AB12 Guglielmo Lombardi"),
        ] {
            assert_eq!(shown(partial, other), None, "{other}");
        }
    }

    #[test]
    fn letters_and_digits_are_counted_in_texts_of_every_length() {
        for length in 0..70 {
            let text: String = "aZ0 -9_é".chars().cycle().take(length).collect();
            let ascii = text.replace('é', "e");
            let one_by_one = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).count();
            assert_eq!(
                (counted(&text), counted(&ascii)),
                (one_by_one(&text), one_by_one(&ascii)),
                "{length}"
            );
        }
    }

    #[test]
    fn an_address_shows_its_first_letter_and_its_last_part() {
        assert_eq!(shown(Partial::Email, "alice@example.com").unwrap(), "a***@***.com");
        for other in
            ["alice", "ab@example.com", "@example.com", "alice@localhost", "abc@d.info", "alice@1.2.3.4"]
        {
            assert_eq!(shown(Partial::Email, other), None, "{other}");
        }
    }

    #[test]
    fn the_end_of_a_number_is_a_number() {
        assert_eq!(number(Partial::Last(4), 4_111_111_111_111_234), Some(1_234));
        assert_eq!(number(Partial::Last(4), 4_111_234), None);
        assert_eq!(number(Partial::Last(4), 0), None);
        assert_eq!(number(Partial::First(1), 4_111_111_111_111_234), None);
    }
}
