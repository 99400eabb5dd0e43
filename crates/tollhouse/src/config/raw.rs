//! The configuration as written: TOML tables whose every key and value knows its place. Reading a value of the
//! wrong form, or opening a table with an unknown key, leaves a problem behind and reading goes on, so that
//! all problems are told at once. Never decides what a value means: `checked` does.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::key;
use super::problem::{Code, Fault};
use super::reading::Reading;

/// A value and the bytes of the text that it was written in.
#[derive(Clone, Debug)]
pub(crate) struct At<T> {
    /// The value.
    pub(crate) value: T,
    /// Its bytes in the text.
    pub(crate) span: Range<usize>,
}

/// One table of the file.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    reading: &'a Reading<'a>,
    /// `None` for a table that was left out: every key is at its default then.
    inner: Option<&'a DeTable<'a>>,
    section: &'static str,
    start: usize,
    end: usize,
}

impl<'a> Table<'a> {
    /// The whole file's table.
    pub(crate) fn top(reading: &'a Reading<'a>, inner: &'a DeTable<'a>) -> Self {
        Self::open(reading, inner, "", 0..0)
    }

    /// Opens a table and tells every key that is none of its section's.
    fn open(
        reading: &'a Reading<'a>,
        inner: &'a DeTable<'a>,
        section: &'static str,
        span: Range<usize>,
    ) -> Self {
        for name in inner.keys() {
            let written: &str = name.get_ref();
            if !key::of(section).any(|key| key.name == written) {
                let fix = match key::nearest(section, written) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => {
                        let all: Vec<String> =
                            key::of(section).map(|key| format!("`{}`", key.name)).collect();
                        format!("known here: {}", all.join(", "))
                    }
                };
                let fault = Fault::new(Code::UnknownKey, "unknown key", fix);
                reading.error(section, &printable(written), &name.span(), fault);
            }
        }
        Self { reading, inner: Some(inner), section, start: span.start, end: span.end }
    }

    /// What reads this table.
    pub(crate) fn reading(&self) -> &'a Reading<'a> {
        self.reading
    }

    /// Where the table begins.
    pub(crate) fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Notes an error at `span` for the key `name` of this table.
    pub(crate) fn error(&self, name: &str, span: &Range<usize>, fault: Fault) {
        self.reading.error(self.section, name, span, fault);
    }

    /// Notes a warning.
    pub(crate) fn warning(&self, name: &str, span: &Range<usize>, fault: Fault) {
        self.reading.warning(self.section, name, span, fault);
    }

    /// Notes that a key that has to be there is not.
    pub(crate) fn missing(&self, name: &'static str) {
        let key = key::of(self.section).find(|key| key.name == name);
        let (form, text) = key.map_or(("", ""), |key| (key.form, key.text));
        let text = text.split(';').next().unwrap_or(text);
        let path = if self.section.is_empty() { name.to_owned() } else { format!("{}.{name}", self.section) };
        let fix = match form {
            "table" => format!("add a section `[{path}]`: {text}"),
            "tables" => format!("add a section `[[{path}]]`: {text}"),
            _ => format!("add `{name}` to `{}`: {text}", self.section),
        };
        let fault = Fault::new(Code::MissingKey, "this has to be there", fix);
        self.error(name, &self.span(), fault);
    }

    fn value(&self, name: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        debug_assert!(
            key::of(self.section).any(|key| key.name == name),
            "{}.{name} is in no catalogue",
            self.section
        );
        self.inner?.iter().find(|(key, _)| key.get_ref().as_ref() == name).map(|(_, value)| value)
    }

    fn wrong_form(&self, name: &'static str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let what = format!("this is {}, not {wanted}", describe(value.get_ref()));
        let form = key::of(self.section).find(|key| key.name == name).map_or("", |key| key.form);
        self.error(name, &value.span(), Fault::value(what, format!("its form: {form}")));
    }

    /// A text.
    pub(crate) fn text(&self, name: &'static str) -> Option<At<&'a str>> {
        let value = self.value(name)?;
        match value.get_ref() {
            DeValue::String(text) => Some(At { value: text.as_ref(), span: value.span() }),
            _ => {
                self.wrong_form(name, value, "a text in quotes");
                None
            }
        }
    }

    /// A text, or a TOML date and time as its text.
    pub(crate) fn time(&self, name: &'static str) -> Option<At<String>> {
        let value = self.value(name)?;
        match value.get_ref() {
            DeValue::String(text) => Some(At { value: text.to_string(), span: value.span() }),
            DeValue::Datetime(time) => Some(At { value: time.to_string(), span: value.span() }),
            _ => {
                self.wrong_form(name, value, "a time");
                None
            }
        }
    }

    /// A text that has to be there.
    pub(crate) fn required_text(&self, name: &'static str) -> Option<At<&'a str>> {
        if self.value(name).is_none() {
            self.missing(name);
        }
        self.text(name)
    }

    /// A text elevated by `parse`; a problem when that fails.
    pub(crate) fn parse<T>(
        &self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Fault>,
    ) -> Option<At<T>> {
        let text = self.text(name)?;
        self.elevate(name, &text, parse)
    }

    /// [`Table::parse`] of a text that has to be there.
    pub(crate) fn required<T>(
        &self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Fault>,
    ) -> Option<At<T>> {
        let text = self.required_text(name)?;
        self.elevate(name, &text, parse)
    }

    /// Elevates one text that was read before.
    pub(crate) fn elevate<T>(
        &self,
        name: &'static str,
        text: &At<&str>,
        parse: impl FnOnce(&str) -> Result<T, Fault>,
    ) -> Option<At<T>> {
        match parse(text.value) {
            Ok(value) => Some(At { value, span: text.span.clone() }),
            Err(fault) => {
                self.error(name, &text.span, fault);
                None
            }
        }
    }

    /// One of the words that a key takes.
    pub(crate) fn word<T: Copy>(&self, name: &'static str, words: &[(&str, T)]) -> Option<At<T>> {
        self.parse(name, |text| one_of(text, words))
    }

    /// A whole number, zero or more.
    pub(crate) fn count(&self, name: &'static str) -> Option<At<u64>> {
        let value = self.value(name)?;
        if let DeValue::Integer(digits) = value.get_ref()
            && let Ok(number) = u64::from_str_radix(digits.as_str(), digits.radix())
        {
            return Some(At { value: number, span: value.span() });
        }
        self.wrong_form(name, value, "a whole number from 0");
        None
    }

    /// A list of texts; `None` when the key is left out or holds something else.
    pub(crate) fn texts(&self, name: &'static str) -> Option<At<Vec<At<&'a str>>>> {
        let value = self.value(name)?;
        let DeValue::Array(list) = value.get_ref() else {
            self.wrong_form(name, value, "a list");
            return None;
        };
        let mut texts = Vec::new();
        for item in list.iter() {
            match item.get_ref() {
                DeValue::String(text) => texts.push(At { value: text.as_ref(), span: item.span() }),
                _ => self.wrong_form(name, item, "a text in quotes"),
            }
        }
        Some(At { value: texts, span: value.span() })
    }

    /// A list of texts, or `word` alone, which is `Some(None)`.
    pub(crate) fn texts_or(&self, name: &'static str, word: &str) -> Option<Option<Vec<At<&'a str>>>> {
        match self.value(name)?.get_ref() {
            DeValue::String(_) => self.word(name, &[(word, ())]).map(|_| None),
            _ => self.texts(name).map(|at| Some(at.value)),
        }
    }

    /// Whether the key was written.
    pub(crate) fn has(&self, name: &'static str) -> bool {
        self.value(name).is_some()
    }

    /// A table below this one. One that was left out reads as empty.
    pub(crate) fn table(&self, name: &'static str, section: &'static str) -> Self {
        let empty = Self { inner: None, section, ..*self };
        let Some(value) = self.value(name) else { return empty };
        match value.get_ref() {
            DeValue::Table(inner) => Self::open(self.reading, inner, section, value.span()),
            _ => {
                self.wrong_form(name, value, "a table");
                empty
            }
        }
    }

    /// The tables `[[name]]`; none when left out.
    pub(crate) fn tables(&self, name: &'static str, section: &'static str) -> Vec<Self> {
        let Some(value) = self.value(name) else { return Vec::new() };
        let list: &DeArray<'_> = match value.get_ref() {
            DeValue::Array(list) => list,
            _ => {
                let fault = Fault::value(
                    format!("this is {}, and there may be several", describe(value.get_ref())),
                    format!("write `[[{section}]]`"),
                );
                self.error(name, &value.span(), fault);
                return Vec::new();
            }
        };
        let mut tables = Vec::new();
        for item in list.iter() {
            match item.get_ref() {
                DeValue::Table(inner) => {
                    tables.push(Self::open(self.reading, inner, section, item.span()));
                }
                _ => self.wrong_form(name, item, "a table"),
            }
        }
        tables
    }
}

/// Finds `text` among the words, or tells them.
pub(crate) fn one_of<T: Copy>(text: &str, words: &[(&str, T)]) -> Result<T, Fault> {
    words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value).ok_or_else(|| {
        let all: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        Fault::value(
            format!("`{}` is not known here", printable(text)),
            format!("write one of {}", all.join(", ")),
        )
    })
}

/// At most 80 characters of what somebody wrote, without any that could move a terminal's cursor.
pub(crate) fn printable(text: &str) -> String {
    let mut shown: String =
        text.chars().take(80).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(80).is_some() {
        shown.push('…');
    }
    shown
}

fn describe(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
