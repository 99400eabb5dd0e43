//! How many members lists have that come with a statement: each is a guess. It counts, never too few; what the values are is
//! not its concern.

use std::sync::Arc;

/// How many members the lists have that were bound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members(Option<Arc<[(u16, u32)]>>);

/// Bytes of a list's header in the binary form, and of each dimension behind it.
const HEADER: usize = 12;
const DIMENSION: usize = 8;

/// Dimensions that a list of the server's can have.
const DIMENSIONS_MAX: i32 = 6;

/// What the server takes for a blank in front of a list.
const BLANKS: [u8; 6] = *b" \t\n\r\x0b\x0c";

impl Members {
    /// Of values by the number of their parameters, with whether they are binary.
    pub fn of<'v>(values: impl Iterator<Item = (u16, Option<&'v [u8]>, bool)>) -> Self {
        let counted =
            values.map(|(number, value, binary)| (number, value.map_or(0, |value| count(value, binary))));
        Self(Some(counted.collect()))
    }

    /// So many guesses, and the members of these lists. A list that was not counted has more than anybody may guess.
    #[must_use]
    pub fn add(&self, guesses: u32, lists: &[u16]) -> u32 {
        let counted = self.0.as_deref().unwrap_or_default();
        let of = |list: &u16| {
            counted.iter().find(|(number, _)| number == list).map_or(u32::MAX, |(_, count)| *count)
        };
        lists.iter().map(of).fold(guesses, u32::saturating_add)
    }
}

/// How many members a value has, if it is a list; 1 for what can be none.
fn count(value: &[u8], binary: bool) -> u32 {
    // A text in binary form is its text, and may be read as a list by a cast.
    let found = if binary { dimensions(value) } else { None };
    found.unwrap_or_else(|| written(value))
}

/// The members of a list in binary form. `None`: it is none.
fn dimensions(value: &[u8]) -> Option<u32> {
    let number = |at: usize| Some(i32::from_be_bytes(*value.get(at..)?.first_chunk()?));
    let (dimensions, flags) = (number(0)?, number(4)?);
    if !(0..=DIMENSIONS_MAX).contains(&dimensions) || !(0..=1).contains(&flags) || value.len() < HEADER {
        return None;
    }
    let mut members = u32::from(dimensions > 0);
    for dimension in 0..usize::try_from(dimensions).ok()? {
        let length = number(HEADER.saturating_add(dimension.saturating_mul(DIMENSION)))?;
        members = members.saturating_mul(u32::try_from(length).ok()?);
    }
    Some(members)
}

/// The members of a list as text, or more: what separates them may also stand in one.
fn written(value: &[u8]) -> u32 {
    let first = value.iter().position(|byte| !BLANKS.contains(byte)).unwrap_or(value.len());
    let value = value.get(first..).unwrap_or_default();
    let found = match value {
        [b'{' | b'[', ..] => {
            value.iter().filter(|byte| matches!(byte, b',' | b';')).count().saturating_add(1)
        }
        // `oidvector`, `int2vector`
        [b'0'..=b'9' | b'+' | b'-', ..] => {
            value.split(|byte| BLANKS.contains(byte)).filter(|word| !word.is_empty()).count()
        }
        _ => 1,
    };
    u32::try_from(found).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binary(dimensions: &[i32]) -> Vec<u8> {
        let head = [dimensions.len() as i32, 0, 25];
        let all = head.into_iter().chain(dimensions.iter().flat_map(|length| [*length, 1]));
        all.flat_map(i32::to_be_bytes).collect()
    }

    #[test]
    fn members_are_counted_and_never_too_few() {
        for (value, members) in [
            ("{}", 1),
            ("{a}", 1),
            ("{a,b,c}", 3),
            (" \x0b{a,b}", 2),
            ("[2:3]={a,b}", 2),
            ("{{a,b},{c,d}}", 4),
            ("{\"a,b\",c}", 3),
            ("{(1,1),(0,0);(2,2),(1,1)}", 8),
            ("1 2  3", 3),
            ("jane@example.com", 1),
            ("Doe, Jane", 1),
            ("", 1),
        ] {
            assert_eq!(count(value.as_bytes(), false), members, "{value}");
            assert_eq!(count(value.as_bytes(), true), members, "{value}: a text's binary form is its text");
        }
        for (dimensions, members) in [
            (&[][..], 0),
            (&[0], 0),
            (&[1], 1),
            (&[300], 300),
            (&[3, 4], 12),
            (&[i32::MAX, i32::MAX], u32::MAX),
        ] {
            assert_eq!(count(&binary(dimensions), true), members, "{dimensions:?}");
        }
    }

    #[test]
    fn what_was_not_counted_is_too_much() {
        let values = [(2, Some(&b"{a,b}"[..]), false), (3, None, false)];
        let members = Members::of(values.into_iter());
        assert_eq!(members.add(1, &[]), 1);
        assert_eq!(members.add(1, &[2]), 3);
        assert_eq!(members.add(0, &[2, 2]), 4, "compared twice");
        assert_eq!(members.add(0, &[3]), 0, "NULL is nobody's value");
        assert_eq!(members.add(0, &[1]), u32::MAX);
        assert_eq!(Members::default().add(0, &[2]), u32::MAX, "a Bind that came in pieces");
    }
}
