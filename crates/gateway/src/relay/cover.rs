//! What the client sees of rows, COPY data and errors of which not everything may be seen: the bytes of it. What is hidden,
//! and how, the kernel says.

use engine::{Covered, Covering, Field, Scrub};
use mask::cover::Shown;
use sql::{CopyFormat, CopyOut};
use wire::postgres::copy::{CopyRows, CopyShape, ForceQuote};
use wire::postgres::row::{self, Cell};
use wire::postgres::{Fields, backend};

use super::{Relay, scrub};

const NOT_AS_DESCRIBED: &str = "a row that is not as it was described";
const NOT_AS_SAID: &str = "COPY data that are not as was said";

impl Relay {
    /// The shape of rows, with what the catalogue knows of their types.
    pub(super) fn shape(&self, fields: Fields<'_>) -> Vec<Field> {
        let types = self.judge.types();
        fields
            .map(|field| Field {
                relation: field.table,
                number: field.column,
                of: types.of(field.data_type, field.modifier),
                binary: field.format != 0,
            })
            .collect()
    }

    /// COPY data come next: how their rows are written, when they have to be covered.
    pub(super) fn begin_copy_out(&mut self) {
        self.copy = self.engine.copy_out().and_then(copy_shape).map(CopyRows::new);
    }

    /// Whether a row, or a piece of COPY data, leaves as it came, since nothing was found in its texts, and the proof of it.
    ///
    /// # Errors
    /// When it is not what its shape says.
    #[inline]
    pub(super) fn leaves(&mut self, tag: u8, body: &[u8]) -> Result<Option<Covered>, &'static str> {
        let Some(covers) = self.engine.covers().filter(|covers| covers.only_looks()) else {
            return Ok(None);
        };
        let columns = covers.columns();
        let stays = match (tag, &mut self.copy) {
            (b'D', _) => row::stays(body, columns, Covering::leaves).map_err(|_| NOT_AS_DESCRIBED)?,
            (_, Some(copy)) => copy.stays(body, columns, Covering::leaves).map_err(|_| NOT_AS_SAID)?,
            (_, None) => false,
        };
        Ok(stays.then(|| covers.covered()))
    }

    /// Sends a row, or a piece of COPY data, with its cells covered.
    ///
    /// # Errors
    /// When it is not what its shape says: then nobody knows what would be shown.
    pub(super) fn cover(&mut self, tag: u8, body: &[u8]) -> Result<(), &'static str> {
        let covers = self.engine.covers().ok_or("a row to cover without a cover")?;
        let columns = covers.columns();
        let copy = &mut self.copy;
        let written = self.client.put(covers.covered(), |out| match tag {
            b'D' => row::rewrite(body, columns, out, cell).map_err(|_| NOT_AS_DESCRIBED),
            _ => {
                let copy = copy.as_mut().ok_or("COPY data of an unknown form")?;
                copy.rewrite(body, columns, out, cell).map_err(|_| NOT_AS_SAID)
            }
        })?;
        self.sent(written);
        Ok(())
    }

    /// Sends an error, or a notification, with what may be shown of it.
    pub(super) fn scrub(&mut self, covered: Covered, how: Scrub, tag: u8, whole: Option<&[u8]>) {
        let message = whole.and_then(|body| backend::decode(tag, body).ok());
        // Fields fitted a message when they came.
        let written =
            self.client.put(covered, |out| scrub::scrub(message.as_ref(), how, out)).unwrap_or_default();
        self.sent(written);
    }

    fn sent(&mut self, bytes: usize) {
        self.bytes_out = self.bytes_out.saturating_add(bytes as u64);
        self.counts.bytes_out = self.counts.bytes_out.saturating_add(bytes as u64);
    }
}

/// How the rows of a COPY are written. `None`: the gate cannot tell, and what it cannot read it does not pass on.
fn copy_shape(copy: &CopyOut) -> Option<CopyShape> {
    // Such a statement was refused when something of it is hidden.
    if copy.unread().is_some() {
        return None;
    }
    let byte = |text: &str| match text.as_bytes() {
        [byte] => Some(*byte),
        _ => None,
    };
    Some(match copy.format {
        CopyFormat::Binary => CopyShape::Binary,
        CopyFormat::Text => CopyShape::Text {
            delimiter: byte(&copy.delimiter)?,
            null: copy.null.as_bytes().into(),
            header: copy.header,
        },
        CopyFormat::Csv => CopyShape::Csv {
            delimiter: byte(&copy.delimiter)?,
            null: copy.null.as_bytes().into(),
            quote: byte(&copy.quote)?,
            escape: byte(&copy.escape)?,
            force_quote: match &copy.force_quote {
                sql::ForceQuote::None => ForceQuote::Columns([].into()),
                sql::ForceQuote::All => ForceQuote::All,
                sql::ForceQuote::Columns(places) => ForceQuote::Columns(places.clone()),
            },
            header: copy.header,
        },
    })
}

#[inline]
fn cell(covering: &Covering, value: Option<&[u8]>, out: &mut Vec<u8>) -> Cell {
    let shown = match value {
        Some(value) => covering.cell(value, out),
        None => covering.null(out),
    };
    match shown {
        Shown::Same => Cell::Kept,
        Shown::Null => Cell::Null,
        Shown::Cell => Cell::Written,
    }
}
