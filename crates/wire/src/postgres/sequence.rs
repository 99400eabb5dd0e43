//! Lists inside messages, read one item at a time from the message's own bytes.
//!
//! A list is walked once when its message is decoded; so a list that exists is whole, its iterator never fails, and its
//! length is known. Nothing is copied.

use super::error::{DecodeError, Reason};
use super::reader::Reader;
use super::value::Field;

/// Type OIDs: of a Parse, or of a ParameterDescription.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Types<'a>(&'a [u8]);

/// Format codes: 0 text, 1 binary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Formats<'a>(&'a [u8]);

/// Values: the parameters of a Bind, or the columns of a DataRow. `None` is NULL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Values<'a> {
    count: u16,
    rest: &'a [u8],
}

/// The columns of a RowDescription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fields<'a> {
    count: u16,
    rest: &'a [u8],
}

/// The fields of an ErrorResponse or NoticeResponse: a letter (manual, section 54.8) and a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorFields<'a>(&'a [u8]);

/// Texts, each with its NUL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts<'a>(&'a [u8]);

/// Walks over bytes that were walked before; the name is never seen.
fn again(bytes: &[u8]) -> Reader<'_> {
    Reader::new("list", bytes)
}

impl<'a> Types<'a> {
    pub(super) fn read(reader: &mut Reader<'a>) -> Result<Self, DecodeError> {
        let count = usize::from(reader.u16()?);
        reader.bytes(count * 4).map(Self)
    }
}

impl Iterator for Types<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let (item, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_be_bytes(*item))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.len() / 4, Some(self.0.len() / 4))
    }
}

impl ExactSizeIterator for Types<'_> {}

impl<'a> Formats<'a> {
    /// Reads from bytes that hold two for each code.
    pub(super) fn whole(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    #[inline]
    pub(super) fn read(reader: &mut Reader<'a>) -> Result<Self, DecodeError> {
        let count = usize::from(reader.u16()?);
        reader.bytes(count * 2).map(Self)
    }

    /// The format of the value at `index`: no codes means text for all, one code stands for all. `None`: the list has
    /// several codes, and none for this value; the server refuses such a Bind.
    #[inline]
    #[must_use]
    pub fn of(self, index: usize) -> Option<i16> {
        match self.len() {
            0 => Some(0),
            1 => self.last(),
            _ => self.0.chunks_exact(2).nth(index)?.first_chunk().map(|code| i16::from_be_bytes(*code)),
        }
    }
}

impl Iterator for Formats<'_> {
    type Item = i16;

    #[inline]
    fn next(&mut self) -> Option<i16> {
        let (item, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(i16::from_be_bytes(*item))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.len() / 2, Some(self.0.len() / 2))
    }
}

impl ExactSizeIterator for Formats<'_> {}

impl<'a> Values<'a> {
    #[inline]
    pub(super) fn read(reader: &mut Reader<'a>) -> Result<Self, DecodeError> {
        let count = reader.u16()?;
        let list = reader.rest();
        for _ in 0..count {
            reader.value()?;
        }
        Ok(Self { count, rest: list })
    }
}

impl<'a> Iterator for Values<'a> {
    type Item = Option<&'a [u8]>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let count = self.count.checked_sub(1)?;
        let mut reader = again(self.rest);
        let value = reader.value().ok()?;
        *self = Self { count, rest: reader.rest() };
        Some(value)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::from(self.count), Some(usize::from(self.count)))
    }
}

impl ExactSizeIterator for Values<'_> {}

impl<'a> Fields<'a> {
    pub(super) fn read(reader: &mut Reader<'a>) -> Result<Self, DecodeError> {
        let count = reader.u16()?;
        let list = reader.rest();
        for _ in 0..count {
            field(reader)?;
        }
        Ok(Self { count, rest: list })
    }
}

fn field<'a>(reader: &mut Reader<'a>) -> Result<Field<'a>, DecodeError> {
    Ok(Field {
        name: reader.text()?,
        table: reader.u32()?,
        column: reader.i16()?,
        data_type: reader.u32()?,
        size: reader.i16()?,
        modifier: reader.i32()?,
        format: reader.i16()?,
    })
}

impl<'a> Iterator for Fields<'a> {
    type Item = Field<'a>;

    fn next(&mut self) -> Option<Field<'a>> {
        let count = self.count.checked_sub(1)?;
        let mut reader = again(self.rest);
        let item = field(&mut reader).ok()?;
        *self = Self { count, rest: reader.rest() };
        Some(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::from(self.count), Some(usize::from(self.count)))
    }
}

impl ExactSizeIterator for Fields<'_> {}

impl<'a> ErrorFields<'a> {
    pub(super) fn read(reader: &mut Reader<'a>) -> Result<Self, DecodeError> {
        let list = reader.rest();
        while reader.u8()? != 0 {
            reader.text()?;
        }
        Ok(Self(list))
    }

    /// The first field with this letter: `C` the SQLSTATE, `M` the message, `S` the severity, `D` the detail.
    #[must_use]
    pub fn field(mut self, letter: u8) -> Option<&'a [u8]> {
        self.find(|(found, _)| *found == letter).map(|(_, text)| text)
    }
}

impl<'a> Iterator for ErrorFields<'a> {
    type Item = (u8, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let mut reader = again(self.0);
        let letter = reader.u8().ok().filter(|letter| *letter != 0)?;
        let text = reader.text().ok()?;
        self.0 = reader.rest();
        Some((letter, text))
    }
}

impl<'a> Texts<'a> {
    /// Reads `count` texts.
    pub(super) fn counted(reader: &mut Reader<'a>, count: i32) -> Result<Self, DecodeError> {
        if count < 0 {
            return Err(reader.fail(Reason::NegativeLength(count)));
        }
        let list = reader.rest();
        // Each text takes at least its NUL, so a count that lies ends with the bytes.
        for _ in 0..count {
            reader.text()?;
        }
        let used = list.len() - reader.rest().len();
        Ok(Self(list.get(..used).unwrap_or_default()))
    }

    /// Reads texts up to an empty one, which is taken and left out.
    pub(super) fn closed(reader: &mut Reader<'a>) -> Result<Self, DecodeError> {
        let list = reader.rest();
        while !reader.text()?.is_empty() {}
        let used = list.len() - reader.rest().len();
        Ok(Self(list.get(..used.saturating_sub(1)).unwrap_or_default()))
    }
}

impl<'a> Iterator for Texts<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let mut reader = again(self.0);
        let text = reader.text().ok()?;
        self.0 = reader.rest();
        Some(text)
    }
}
