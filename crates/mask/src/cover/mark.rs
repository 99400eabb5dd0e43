//! What marks a value as shown by a mask, and telling such a value from others. It never knows what was hidden.

/// What stands for a text that is hidden.
pub(super) const FULL: &[u8] = b"***";

/// What a token of a text begins with.
pub(super) const TOKEN: &[u8] = b"tok_";

/// Digits of a token: lower case without those that look alike (Crockford's).
pub(super) const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The most and the fewest digits of a token.
pub(super) const TOKEN_DIGITS: std::ops::RangeInclusive<usize> = 8..=16;

/// Whether `text` is, or holds, what a mask shows in place of a text: three stars, or a token. Writing such a value back would
/// put the mask into the database. Numbers, dates and other typed constants have no mark and are not told from values.
#[must_use]
pub fn shows_mask(text: &[u8]) -> bool {
    has_stars(text) || has_token(text)
}

/// Exactly three stars that touch no fourth: a line of stars, or a comment's frame, is not ours.
fn has_stars(text: &[u8]) -> bool {
    text.split(|byte| *byte != b'*').any(|run| run.len() == FULL.len())
}

fn has_token(text: &[u8]) -> bool {
    let mut rest = text;
    while let Some(at) = rest.windows(TOKEN.len()).position(|window| window == TOKEN) {
        let before = at.checked_sub(1).and_then(|before| rest.get(before));
        rest = rest.get(at + TOKEN.len()..).unwrap_or_default();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_');
        let ours = rest.iter().take_while(|byte| DIGITS.contains(byte)).count();
        let begins = !before.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        if begins && digits.count() == ours && TOKEN_DIGITS.contains(&ours) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_masks_show_is_told_from_other_texts() {
        for shown in ["***", "***1111", "a***@***.com", "DE***3000", "\"***\"", "call *** now", "***-**-6789"]
        {
            assert!(shows_mask(shown.as_bytes()), "{shown}");
        }
        for token in ["tok_0123456789abcdef", "x tok_01234567.", "(tok_0123456789abcdef,1)"] {
            assert!(shows_mask(token.as_bytes()), "{token}");
        }
        let ordinary = [
            "",
            "*",
            "**",
            "****",
            "/*****/",
            "2 ** 3",
            "tok_",
            "tok_abc",
            "tok_live_0123456789",
            "my_tok_0123456789abcdef",
        ];
        for ordinary in ordinary.into_iter().chain(["tok_0123456789abcdefg0", "tok_0123456I"]) {
            assert!(!shows_mask(ordinary.as_bytes()), "{ordinary}");
        }
    }
}
