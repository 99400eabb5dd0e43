//! Reads a Bind that comes in pieces and may be a gigabyte: it is passed on and recorded without being held.
//!
//! It keeps at most the two names and one list of format codes. It never waits, and it takes exactly what
//! [`super::frontend::decode`] takes, whatever the pieces (but for the length of names, see [`NAME_MAX`]).

use super::error::{DecodeError, Reason};
use super::sequence::Formats;

/// The most bytes of a portal's or a statement's name. Describe, Execute and Close name the same things and may have
/// 10,000 bytes in all, so with a longer name nothing could be done.
pub const NAME_MAX: usize = 10_000;

/// What a Bind's bytes mean, in their order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// The names. Always first.
    Head {
        /// The portal's name.
        portal: &'a [u8],
        /// The statement's name.
        statement: &'a [u8],
    },
    /// The formats of the parameters. Always second.
    Formats(Formats<'a>),
    /// How many parameters follow. Always third.
    Count(u16),
    /// A parameter begins.
    ParameterBegin {
        /// Its number, from 0.
        index: u16,
        /// Its bytes; `None`: NULL, which has no [`Event::ParameterBytes`].
        length: Option<u32>,
    },
    /// A piece of the parameter's bytes, cut anywhere, never empty.
    ParameterBytes(&'a [u8]),
    /// The parameter ends.
    ParameterEnd,
    /// The formats that the result shall have.
    ResultFormats(Formats<'a>),
    /// All bytes were read, and they were a Bind. Always last.
    End,
}

/// Where in a Bind the next byte lies.
#[derive(Clone, Copy, Debug)]
enum State {
    Portal,
    Statement { portal: usize },
    FormatCount,
    Formats { bytes: usize },
    ParameterCount,
    ParameterLength { index: u16, count: u16 },
    Parameter { index: u16, count: u16, left: u32 },
    ResultCount,
    ResultFormats { bytes: usize },
    Done,
    Failed(DecodeError),
}

/// A Bind being read.
pub struct BindScan {
    state: State,
    /// Bytes of the body that have not come.
    left: u32,
    /// A field that is cut, and the names.
    held: Vec<u8>,
}

impl BindScan {
    /// Begins to read a body of `length` bytes, as its header says.
    #[must_use]
    pub fn new(length: u32) -> Self {
        Self { state: State::Portal, left: length, held: Vec::new() }
    }

    /// Bytes of the body that have not come.
    #[must_use]
    pub fn left(&self) -> u32 {
        self.left
    }

    /// Whether the whole body was read.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self.state, State::Done)
    }

    /// Reads the next piece of the body and tells `event` what is in it. The caller gives no bytes beyond the body.
    ///
    /// # Errors
    /// When the body is no Bind, as soon as that is certain; then each further call gives the same error.
    pub fn feed(&mut self, piece: &[u8], mut event: impl FnMut(Event<'_>)) -> Result<(), DecodeError> {
        if let State::Failed(error) = self.state {
            return Err(error);
        }
        let done = self.read(piece, &mut event);
        if let Err(error) = done {
            self.state = State::Failed(error);
            self.held = Vec::new();
        }
        done
    }

    fn read(&mut self, mut piece: &[u8], event: &mut impl FnMut(Event<'_>)) -> Result<(), DecodeError> {
        let length = u32::try_from(piece.len()).map_err(|_| fail(Reason::Trailing))?;
        self.left = self.left.checked_sub(length).ok_or(fail(Reason::Trailing))?;
        while self.step(&mut piece, event)? {}
        match self.state {
            State::Done => Ok(()),
            _ if self.left == 0 => Err(fail(self.cut_short())),
            _ => Ok(()),
        }
    }

    /// What is missing when the body ends here.
    fn cut_short(&self) -> Reason {
        match self.state {
            State::Portal | State::Statement { .. } => Reason::Unterminated,
            _ => Reason::Truncated,
        }
    }

    /// Reads one field. False: the piece is used up, or the body.
    fn step(&mut self, piece: &mut &[u8], event: &mut impl FnMut(Event<'_>)) -> Result<bool, DecodeError> {
        self.state = match self.state {
            State::Portal => {
                let Some(portal) = self.name(piece, 0)? else { return Ok(false) };
                State::Statement { portal }
            }
            State::Statement { portal } => {
                if self.name(piece, portal)?.is_none() {
                    return Ok(false);
                }
                let (portal, statement) = self.held.split_at_checked(portal).unwrap_or_default();
                event(Event::Head { portal, statement });
                self.held.clear();
                State::FormatCount
            }
            State::FormatCount => {
                let Some(count) = self.word(piece).map(u16::from_be_bytes) else { return Ok(false) };
                State::Formats { bytes: self.within(piece, usize::from(count) * 2)? }
            }
            State::Formats { bytes } => {
                if !self.formats(piece, bytes, |formats| event(Event::Formats(formats))) {
                    return Ok(false);
                }
                State::ParameterCount
            }
            State::ParameterCount => {
                let Some(count) = self.word(piece).map(u16::from_be_bytes) else { return Ok(false) };
                self.within(piece, usize::from(count) * 4)?;
                event(Event::Count(count));
                State::ParameterLength { index: 0, count }
            }
            State::ParameterLength { index, count } if index == count => State::ResultCount,
            State::ParameterLength { index, count } => {
                let Some(word) = self.word(piece).map(i32::from_be_bytes) else { return Ok(false) };
                self.parameter(piece, word, index, count, event)?
            }
            State::Parameter { index, count, left } => {
                let take = piece.len().min(usize::try_from(left).unwrap_or(usize::MAX));
                let (bytes, rest) = piece.split_at_checked(take).unwrap_or_default();
                *piece = rest;
                if !bytes.is_empty() {
                    event(Event::ParameterBytes(bytes));
                }
                match left.saturating_sub(u32::try_from(take).unwrap_or(left)) {
                    0 => {
                        event(Event::ParameterEnd);
                        State::ParameterLength { index: index.saturating_add(1), count }
                    }
                    left => {
                        self.state = State::Parameter { index, count, left };
                        return Ok(false);
                    }
                }
            }
            State::ResultCount => {
                let Some(count) = self.word(piece).map(u16::from_be_bytes) else { return Ok(false) };
                State::ResultFormats { bytes: self.within(piece, usize::from(count) * 2)? }
            }
            State::ResultFormats { bytes } => {
                if !self.formats(piece, bytes, |formats| event(Event::ResultFormats(formats))) {
                    return Ok(false);
                }
                if self.left > 0 || !piece.is_empty() {
                    return Err(fail(Reason::Trailing));
                }
                event(Event::End);
                State::Done
            }
            State::Done => return Ok(false),
            State::Failed(error) => return Err(error),
        };
        Ok(true)
    }

    /// A parameter's length word is read: what comes next.
    fn parameter(
        &self,
        piece: &[u8],
        word: i32,
        index: u16,
        count: u16,
        event: &mut impl FnMut(Event<'_>),
    ) -> Result<State, DecodeError> {
        if word == -1 {
            event(Event::ParameterBegin { index, length: None });
            event(Event::ParameterEnd);
            return Ok(State::ParameterLength { index: index.saturating_add(1), count });
        }
        let left = u32::try_from(word).map_err(|_| fail(Reason::NegativeLength(word)))?;
        self.within(piece, usize::try_from(left).unwrap_or(usize::MAX))?;
        event(Event::ParameterBegin { index, length: Some(left) });
        Ok(State::Parameter { index, count, left })
    }

    /// Holds a count or length to the bytes of the body that are still to be read, here and later.
    fn within(&self, piece: &[u8], bytes: usize) -> Result<usize, DecodeError> {
        let to_come = usize::try_from(self.left).unwrap_or(usize::MAX).saturating_add(piece.len());
        if bytes <= to_come { Ok(bytes) } else { Err(fail(Reason::Truncated)) }
    }

    /// Collects a name behind the `before` held bytes; its NUL is taken and left out. Gives the bytes held then.
    fn name(&mut self, piece: &mut &[u8], before: usize) -> Result<Option<usize>, DecodeError> {
        let at = memchr::memchr(0, piece);
        let (name, rest) = piece.split_at_checked(at.unwrap_or(piece.len())).unwrap_or_default();
        if (self.held.len() - before).saturating_add(name.len()) > NAME_MAX {
            return Err(fail(Reason::TooLong { field: "name", limit: NAME_MAX }));
        }
        self.held.extend_from_slice(name);
        *piece = rest.get(1..).unwrap_or_default();
        Ok(at.map(|_| self.held.len()))
    }

    /// Takes a field of `N` bytes, or holds the part of it that is there.
    fn word<const N: usize>(&mut self, piece: &mut &[u8]) -> Option<[u8; N]> {
        if self.held.is_empty()
            && let Some((word, rest)) = piece.split_first_chunk::<N>()
        {
            *piece = rest;
            return Some(*word);
        }
        if !self.collect(piece, N) {
            return None;
        }
        let word = self.held.first_chunk::<N>().copied();
        self.held.clear();
        word
    }

    /// Takes a list of format codes, or holds the part of it that is there. False: it is not all there.
    fn formats(&mut self, piece: &mut &[u8], bytes: usize, use_list: impl FnOnce(Formats<'_>)) -> bool {
        if self.held.is_empty()
            && let Some((list, rest)) = piece.split_at_checked(bytes)
        {
            *piece = rest;
            use_list(Formats::whole(list));
            return true;
        }
        if !self.collect(piece, bytes) {
            return false;
        }
        use_list(Formats::whole(&self.held));
        self.held.clear();
        true
    }

    /// Moves bytes from the piece until `bytes` are held.
    fn collect(&mut self, piece: &mut &[u8], bytes: usize) -> bool {
        let missing = bytes.saturating_sub(self.held.len());
        let (head, rest) = piece.split_at_checked(missing.min(piece.len())).unwrap_or_default();
        self.held.extend_from_slice(head);
        *piece = rest;
        self.held.len() == bytes
    }
}

fn fail(reason: Reason) -> DecodeError {
    DecodeError { message: "Bind", reason }
}

/// Shows the kind, never a value.
impl std::fmt::Debug for Event<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Head { .. } => f.write_str("Head"),
            Self::Formats(formats) => write!(f, "Formats({})", formats.len()),
            Self::Count(count) => write!(f, "Count({count})"),
            Self::ParameterBegin { index, length } => write!(f, "ParameterBegin({index}, {length:?})"),
            Self::ParameterBytes(bytes) => write!(f, "ParameterBytes({})", bytes.len()),
            Self::ParameterEnd => f.write_str("ParameterEnd"),
            Self::ResultFormats(formats) => write!(f, "ResultFormats({})", formats.len()),
            Self::End => f.write_str("End"),
        }
    }
}
