//! Takes typed fields off the front of a message's body. It never indexes and never reads beyond the body.

use super::error::{DecodeError, Reason};

/// What is left of one body, and whose body it is.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    message: &'static str,
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    #[inline]
    pub(super) fn new(message: &'static str, body: &'a [u8]) -> Self {
        Self { message, rest: body }
    }

    #[inline]
    pub(super) fn fail(&self, reason: Reason) -> DecodeError {
        DecodeError { message: self.message, reason }
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let (head, rest) = self.rest.split_first_chunk::<N>().ok_or(self.fail(Reason::Truncated))?;
        self.rest = rest;
        Ok(*head)
    }

    #[inline]
    pub(super) fn u8(&mut self) -> Result<u8, DecodeError> {
        self.array().map(u8::from_be_bytes)
    }

    #[inline]
    pub(super) fn u16(&mut self) -> Result<u16, DecodeError> {
        self.array().map(u16::from_be_bytes)
    }

    #[inline]
    pub(super) fn i16(&mut self) -> Result<i16, DecodeError> {
        self.array().map(i16::from_be_bytes)
    }

    #[inline]
    pub(super) fn u32(&mut self) -> Result<u32, DecodeError> {
        self.array().map(u32::from_be_bytes)
    }

    #[inline]
    pub(super) fn i32(&mut self) -> Result<i32, DecodeError> {
        self.array().map(i32::from_be_bytes)
    }

    #[inline]
    pub(super) fn four(&mut self) -> Result<[u8; 4], DecodeError> {
        self.array()
    }

    #[inline]
    pub(super) fn bytes(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        let (head, rest) = self.rest.split_at_checked(count).ok_or(self.fail(Reason::Truncated))?;
        self.rest = rest;
        Ok(head)
    }

    /// A value: a signed length word, -1 for NULL, then that many bytes.
    #[inline]
    pub(super) fn value(&mut self) -> Result<Option<&'a [u8]>, DecodeError> {
        match self.i32()? {
            -1 => Ok(None),
            length => {
                let length =
                    usize::try_from(length).map_err(|_| self.fail(Reason::NegativeLength(length)))?;
                self.bytes(length).map(Some)
            }
        }
    }

    /// A text up to its NUL, which is taken and left out.
    #[inline]
    pub(super) fn text(&mut self) -> Result<&'a [u8], DecodeError> {
        let at = memchr::memchr(0, self.rest).ok_or(self.fail(Reason::Unterminated))?;
        let text = self.bytes(at)?;
        self.u8()?;
        Ok(text)
    }

    /// A text whose NUL is the body's last byte: the whole rest of the body.
    #[inline]
    pub(super) fn last_text(mut self) -> Result<&'a [u8], DecodeError> {
        let text = self.text()?;
        self.end()?;
        Ok(text)
    }

    #[inline]
    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The body must be used up.
    #[inline]
    pub(super) fn end(&self) -> Result<(), DecodeError> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.fail(Reason::Trailing)) }
    }
}
