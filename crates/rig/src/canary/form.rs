//! How one value can be written: the spellings and encodings that are looked for. It never looks itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// One spelling.
pub(super) struct Form {
    pub(super) name: &'static str,
    pub(super) bytes: Vec<u8>,
    pub(super) kind: Kind,
    /// Numbers that merely count give this too, when cells are put together.
    pub(super) counts: bool,
}

/// What it is looked for in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Exact,
    AnyCase,
    Loose,
}

/// The fewest characters that are told from chance in any bytes.
const TELLING: usize = 8;

pub(super) fn text(value: &str) -> Vec<Form> {
    let mut forms = Vec::new();
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let is_number = digits.len() >= TELLING && !value.contains(char::is_alphabetic);
    spellings(&mut forms, value);
    if is_number && digits != value {
        spellings(&mut forms, &digits);
    }
    let mut add = |name, text: &str| {
        let bytes = plain_digits(text);
        if bytes.len() >= TELLING {
            forms.push(Form { name, counts: counts(&bytes), bytes, kind: Kind::Loose });
        }
    };
    add("with other separators", value);
    add("reversed, with other separators", &reversed(value));
    add("as codes", &codes(value));
    if is_number {
        add("as letters", &digits.bytes().map(|digit| char::from(digit - b'0' + b'a')).collect::<String>());
        if let Ok(number) = digits.parse::<i64>() {
            let hex = format!("{number:x}").into_bytes();
            forms.push(Form { name: "as a number in hex", counts: false, bytes: hex, kind: Kind::AnyCase });
            exact(&mut forms, "as a whole number", &number.to_be_bytes());
            if let Ok(number) = i32::try_from(number) {
                exact(&mut forms, "as a number of four bytes", &number.to_be_bytes());
            }
            numeric(&mut forms, &digits, "");
            #[expect(clippy::cast_precision_loss, reason = "so does the server")]
            exact(&mut forms, "as a floating number", &(number as f64).to_be_bytes());
        }
    } else {
        add("by half the alphabet", &value.chars().map(rot13).collect::<String>());
    }
    forms
}

pub(super) fn date(year: i32, month: u32, day: u32) -> Vec<Form> {
    let mut forms = Vec::new();
    for (name, text) in [
        ("", format!("{year}-{month:02}-{day:02}")),
        ("", format!("{day:02}.{month:02}.{year}")),
        ("", format!("{month:02}/{day:02}/{year}")),
        ("", format!("{day:02}/{month:02}/{year}")),
        ("by words", format!("{day:02} {} {year}", MONTHS.get(month as usize - 1).copied().unwrap_or(""))),
    ] {
        spellings(&mut forms, &text);
        let bytes = plain_digits(&text);
        let name = if name.is_empty() { "with other separators" } else { name };
        forms.push(Form { name, counts: false, bytes, kind: Kind::Loose });
    }
    let days = days(year, month, day);
    exact(&mut forms, "as days", &days.to_be_bytes());
    let micros = i64::from(days) * 86_400_000_000;
    exact(&mut forms, "as microseconds", &micros.to_be_bytes());
    // Days from 1970 to 2000.
    let epoch = (i64::from(days) + 10_957) * 86_400;
    forms.push(Form {
        name: "as seconds",
        counts: false,
        bytes: epoch.to_string().into(),
        kind: Kind::Loose,
    });
    forms
}

pub(super) fn amount(hundredths: u64) -> Vec<Form> {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    let mut forms = Vec::new();
    let text = format!("{whole}.{part:02}");
    spellings(&mut forms, &text);
    numeric(&mut forms, &whole.to_string(), &format!("{part:02}"));
    let value: f64 = text.parse().unwrap_or_default();
    exact(&mut forms, "as a floating number", &value.to_be_bytes());
    exact(&mut forms, "as money", &hundredths.to_be_bytes());
    forms
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Plain, reversed, and in what `encode` and drivers make of it.
fn spellings(forms: &mut Vec<Form>, value: &str) {
    let backwards = reversed(value);
    for (value, [plain, hex, base64]) in [
        (value, ["plain", "in hex", "in base64"]),
        (&*backwards, ["reversed", "reversed, in hex", "reversed, in base64"]),
    ] {
        let counts = counts(value.as_bytes());
        let mut add = |name, bytes: Vec<u8>, kind| forms.push(Form { name, bytes, kind, counts });
        add(plain, value.to_ascii_lowercase().into_bytes(), Kind::AnyCase);
        let mut digits = String::new();
        for byte in value.bytes() {
            digits.push_str(&format!("{byte:02x}"));
        }
        add(hex, digits.into_bytes(), Kind::AnyCase);
        let escaped: String = value.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
        add("in JSON's escapes", escaped.into_bytes(), Kind::AnyCase);
        for shift in 0..3 {
            add(base64, shifted(value.as_bytes(), shift), Kind::Exact);
        }
    }
}

/// The part of a base64 text that does not depend on what stands around the value, which begins `shift` bytes into a group.
fn shifted(value: &[u8], shift: usize) -> Vec<u8> {
    let mut padded = vec![0; shift];
    padded.extend_from_slice(value);
    let whole = padded.len() / 3 * 3;
    let text = STANDARD_NO_PAD.encode(padded.get(..whole).unwrap_or_default());
    text.into_bytes().split_off(if shift == 0 { 0 } else { 4 })
}

fn exact(forms: &mut Vec<Form>, name: &'static str, bytes: &[u8]) {
    forms.push(Form { name, bytes: bytes.to_vec(), kind: Kind::Exact, counts: false });
}

/// The digits of base 10,000 that a `numeric` has in binary.
fn numeric(forms: &mut Vec<Form>, whole: &str, part: &str) {
    let mut digits = "0".repeat((4 - whole.len() % 4) % 4) + whole;
    digits.push_str(part);
    digits.push_str(&"0".repeat((4 - part.len() % 4) % 4));
    let groups =
        digits.as_bytes().chunks(4).filter_map(|four| std::str::from_utf8(four).ok()?.parse::<i16>().ok());
    exact(forms, "as a numeric", &groups.flat_map(i16::to_be_bytes).collect::<Vec<u8>>());
}

/// Letters and digits only, in lower case, full-width ones as the usual ones.
pub(super) fn plain_digits(text: &str) -> Vec<u8> {
    let plain = |character: char| match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        other => other,
    };
    text.chars()
        .map(plain)
        .filter(char::is_ascii_alphanumeric)
        .filter_map(|character| u8::try_from(character.to_ascii_lowercase()).ok())
        .collect()
}

/// Whether numbering things gives such digits: `123456789`.
fn counts(bytes: &[u8]) -> bool {
    let digits: Vec<i16> = bytes.iter().map(|byte| i16::from(*byte)).collect();
    digits.windows(2).all(|pair| matches!(pair, [a, b] if (b - a).abs() == 1))
}

fn codes(value: &str) -> String {
    value.bytes().map(|byte| byte.to_string()).collect()
}

fn reversed(value: &str) -> String {
    value.chars().rev().collect()
}

fn rot13(character: char) -> char {
    let turned = |base: u8| char::from((character as u8 - base + 13) % 26 + base);
    match character {
        'a'..='z' => turned(b'a'),
        'A'..='Z' => turned(b'A'),
        other => other,
    }
}

/// Days from 2000-01-01, as PostgreSQL counts.
fn days(year: i32, month: u32, day: u32) -> i32 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (month, day) = (i32::try_from(month).unwrap_or(0), i32::try_from(day).unwrap_or(0));
    let era = year * 365 + year / 4 - year / 100 + year / 400;
    era + (month * 153 + 2) / 5 + day - 1 - 730_425
}
