//! A Bind that is too long to be held: it goes on as it comes, and its values are recorded while they pass.

use engine::{Carry, Members, Parameters};
use wire::postgres::bind_scan::{BindScan, Event, NAME_MAX};
use wire::postgres::frame::{HEADER_BYTES, Header};
use wire::postgres::frontend::Bind;

use crate::record::Values;

/// A Bind under way.
pub(super) struct BindStream {
    /// Lets its pieces through.
    pub(super) carry: Carry,
    scan: BindScan,
    /// Bytes of the header that did not pass yet.
    header_left: usize,
    left: usize,
    values: Values,
    /// The server will refuse the message; what was recorded of its values means nothing.
    broken: bool,
}

/// The names at the front of a Bind.
pub(super) enum Names<'a> {
    /// Portal and statement.
    Here(&'a [u8], &'a [u8]),
    /// More bytes are needed.
    Incomplete,
    /// Longer than any name may be.
    TooLong,
}

/// Reads the names of a Bind of which only the beginning is there.
pub(super) fn names(message: &[u8]) -> Names<'_> {
    let body = message.get(HEADER_BYTES..).unwrap_or_default();
    let mut parts = body.splitn(3, |byte| *byte == 0);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(portal), Some(statement), Some(_))
            if portal.len() <= NAME_MAX && statement.len() <= NAME_MAX =>
        {
            Names::Here(portal, statement)
        }
        _ if body.len() > 2 * (NAME_MAX + 1) => Names::TooLong,
        _ => Names::Incomplete,
    }
}

/// How many members the lists among its values have.
pub(super) fn members(bind: &Bind<'_>, lists: &[u16]) -> Members {
    if lists.is_empty() {
        return Members::default();
    }
    let all = bind.parameters.enumerate().map(|(index, value)| (index, value, bind.formats.of(index)));
    let numbered = all.map(|(index, value, format)| (u16::try_from(index.saturating_add(1)), value, format));
    let wanted =
        numbered.filter_map(|(number, value, format)| Some((number.ok()?, value, format == Some(1))));
    Members::of(wanted.filter(|(number, ..)| lists.contains(number)))
}

impl BindStream {
    pub(super) fn new(header: Header, carry: Carry, values: Values) -> Self {
        Self {
            carry,
            scan: BindScan::new(header.length),
            header_left: HEADER_BYTES,
            left: header.total(),
            values,
            broken: false,
        }
    }

    /// Bytes to come.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// Looks at the next bytes, no more than are left; whether these were the last.
    pub(super) fn feed(&mut self, piece: &[u8]) -> bool {
        self.left = self.left.saturating_sub(piece.len());
        let header = self.header_left.min(piece.len());
        self.header_left = self.header_left.saturating_sub(header);
        let body = piece.get(header..).unwrap_or_default();
        if !self.broken && !body.is_empty() {
            let values = &mut self.values;
            let fed = self.scan.feed(body, |event| match event {
                Event::Formats(formats) => values.formats(formats),
                Event::ParameterBegin { index, length } => values.begin(usize::from(index), length),
                Event::ParameterBytes(bytes) => values.bytes(bytes),
                Event::ParameterEnd => values.end(),
                Event::Head { .. } | Event::Count(_) | Event::ResultFormats(_) | Event::End => {}
            });
            self.broken = fed.is_err();
        }
        self.left == 0
    }

    /// The record of its values.
    pub(super) fn finish(self) -> Parameters {
        if self.broken { Parameters::default() } else { self.values.finish() }
    }
}
