//! Bytes as people write them in case files.
//!
//! Tokens between blanks: `{` and `}` around what a length word counts (the word included), `"text"` with `\"`, `\\`
//! and `\xNN`, two hexadecimal digits for a byte, a single character for itself (a tag), and `i16:`, `i32:`, `u32:`
//! before a number. `#` begins a comment.

/// Reads the notation.
pub(crate) fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut open = Vec::new();
    for line in text.lines() {
        let mut rest = line.trim_start();
        while !rest.is_empty() && !rest.starts_with('#') {
            let length =
                if rest.starts_with('"') { quoted(rest, &mut out) } else { word(rest, &mut out, &mut open) };
            rest = rest[length..].trim_start();
        }
    }
    assert!(open.is_empty(), "a `{{` is not closed");
    out
}

fn word(rest: &str, out: &mut Vec<u8>, open: &mut Vec<usize>) -> usize {
    let word = rest.split_whitespace().next().unwrap();
    match (word, word.split_once(':')) {
        ("{", _) => {
            open.push(out.len());
            out.extend([0; 4]);
        }
        ("}", _) => {
            let start = open.pop().expect("a `}` without `{`");
            let length = u32::try_from(out.len() - start).unwrap();
            out[start..start + 4].copy_from_slice(&length.to_be_bytes());
        }
        (_, Some(("i16", number))) => out.extend(number.parse::<i16>().unwrap().to_be_bytes()),
        (_, Some(("i32", number))) => out.extend(number.parse::<i32>().unwrap().to_be_bytes()),
        (_, Some(("u32", number))) => out.extend(number.parse::<u32>().unwrap().to_be_bytes()),
        (tag, _) if tag.len() == 1 => out.extend(tag.bytes()),
        (hex, _) if hex.len() == 2 => out.push(u8::from_str_radix(hex, 16).unwrap()),
        (word, _) => panic!("what is `{word}`?"),
    }
    word.len()
}

fn quoted(rest: &str, out: &mut Vec<u8>) -> usize {
    let mut at = 1;
    loop {
        match rest.as_bytes()[at..] {
            [b'"', ..] => return at + 1,
            [b'\\', b'x', ..] => {
                out.push(u8::from_str_radix(&rest[at + 2..at + 4], 16).unwrap());
                at += 4;
            }
            [b'\\', byte, ..] => {
                out.push(byte);
                at += 2;
            }
            [byte, ..] => {
                out.push(byte);
                at += 1;
            }
            [] => panic!("a text is not closed: {rest}"),
        }
    }
}
