//! One line of a catalogue's text: fields between tabs, as PostgreSQL's COPY writes them. Knows nothing of what the
//! fields mean.

use std::borrow::Cow;

/// The fields of a line, read one by one.
pub(super) struct Fields<'a>(std::str::Split<'a, char>);

impl<'a> Fields<'a> {
    pub(super) fn of(line: &'a str) -> Self {
        Self(line.split('\t'))
    }

    /// The next field; `None` when it is NULL, or when there is none.
    pub(super) fn text(&mut self) -> Option<Cow<'a, str>> {
        self.0.next().filter(|field| *field != "\\N").map(unescape)
    }

    /// The next field as a number.
    pub(super) fn number<N: std::str::FromStr>(&mut self) -> Option<N> {
        self.0.next()?.parse().ok()
    }

    /// The next field as a truth value.
    pub(super) fn truth(&mut self) -> Option<bool> {
        match self.0.next()? {
            "t" => Some(true),
            "f" => Some(false),
            _ => None,
        }
    }

    /// The next field as numbers between spaces, as `oidvector` and `int2vector` are printed.
    pub(super) fn numbers<N: std::str::FromStr>(&mut self) -> Option<Vec<N>> {
        self.0.next()?.split(' ').filter(|word| !word.is_empty()).map(|word| word.parse().ok()).collect()
    }

    /// The next field as an array of texts; `None` when it is NULL.
    pub(super) fn array(&mut self) -> Option<Vec<String>> {
        self.text().and_then(|text| array(&text))
    }
}

/// Takes COPY's escapes back.
fn unescape(field: &str) -> Cow<'_, str> {
    if !field.contains('\\') {
        return Cow::Borrowed(field);
    }
    let mut out = String::with_capacity(field.len());
    let mut letters = field.chars();
    while let Some(letter) = letters.next() {
        out.push(match letter {
            '\\' => match letters.next() {
                Some('b') => '\u{8}',
                Some('f') => '\u{c}',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('v') => '\u{b}',
                Some(other) => other,
                None => '\\',
            },
            other => other,
        });
    }
    Cow::Owned(out)
}

/// Reads an array as PostgreSQL prints it: `{a,"b c",NULL}`. A NULL is an empty text here.
pub(super) fn array(text: &str) -> Option<Vec<String>> {
    let inside = text.strip_prefix('{')?.strip_suffix('}')?;
    let mut all = Vec::new();
    if inside.is_empty() {
        return Some(all);
    }
    let (mut one, mut quoted, mut was_quoted) = (String::new(), false, false);
    let mut letters = inside.chars();
    let mut finish = |one: &mut String, was_quoted: &mut bool| {
        let word = std::mem::take(one);
        all.push(if word == "NULL" && !*was_quoted { String::new() } else { word });
        *was_quoted = false;
    };
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => one.push(letters.next()?),
            '"' => {
                quoted = !quoted;
                was_quoted = true;
            }
            ',' if !quoted => finish(&mut one, &mut was_quoted),
            other => one.push(other),
        }
    }
    finish(&mut one, &mut was_quoted);
    (!quoted).then_some(all)
}

/// Writes lines, field by field.
#[derive(Default)]
pub(super) struct Writer(pub(super) String);

impl Writer {
    /// Begins a line with its word.
    pub(super) fn begin(&mut self, word: &str) -> &mut Self {
        self.0.push_str(word);
        self
    }

    /// Adds a text.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.0.push('\t');
        for letter in text.chars() {
            match letter {
                '\\' => self.0.push_str("\\\\"),
                '\u{8}' => self.0.push_str("\\b"),
                '\u{c}' => self.0.push_str("\\f"),
                '\n' => self.0.push_str("\\n"),
                '\r' => self.0.push_str("\\r"),
                '\t' => self.0.push_str("\\t"),
                '\u{b}' => self.0.push_str("\\v"),
                other => self.0.push(other),
            }
        }
        self
    }

    /// Adds a text or NULL.
    pub(super) fn maybe(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(text),
            None => {
                self.0.push_str("\t\\N");
                self
            }
        }
    }

    /// Adds a number.
    pub(super) fn number(&mut self, number: impl std::fmt::Display) -> &mut Self {
        self.0.push('\t');
        self.0.push_str(&number.to_string());
        self
    }

    /// Adds a truth value.
    pub(super) fn truth(&mut self, truth: bool) -> &mut Self {
        self.0.push_str(if truth { "\tt" } else { "\tf" });
        self
    }

    /// Adds numbers between spaces.
    pub(super) fn numbers<N: std::fmt::Display>(&mut self, numbers: &[N]) -> &mut Self {
        let all: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        self.text(&all.join(" "))
    }

    /// Adds an array of texts; NULL when it is empty.
    pub(super) fn array<'a>(&mut self, texts: impl Iterator<Item = &'a str>) -> &mut Self {
        let mut out = String::new();
        for text in texts {
            out.push(if out.is_empty() { '{' } else { ',' });
            let special =
                |letter: char| matches!(letter, '{' | '}' | ',' | '"' | '\\') || letter.is_whitespace();
            if !text.is_empty() && !text.contains(special) && !text.eq_ignore_ascii_case("null") {
                out.push_str(text);
                continue;
            }
            out.push('"');
            for letter in text.chars() {
                if matches!(letter, '"' | '\\') {
                    out.push('\\');
                }
                out.push(letter);
            }
            out.push('"');
        }
        if out.is_empty() {
            return self.maybe(None);
        }
        out.push('}');
        self.text(&out)
    }

    /// Ends the line.
    pub(super) fn end(&mut self) {
        self.0.push('\n');
    }
}
