//! Covering the rows that come: one cover a column, chosen when the shape is known, and a count of what was covered.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;

use mask::cover::{Cover, Format, Kit, Mask, Path, Shown, TypeOf};
use model::Class;

use crate::expect::Running;
use crate::permit::Covered;
use crate::shape::{Field, Shape, Slot};
use crate::show::{Hidden, Rows, Show};

/// Columns that one outcome tells as covered; of a text with more the rest is covered without a count.
const MASKED_MAX: usize = 100;

/// How classes are hidden.
#[derive(Debug)]
pub struct Masks {
    /// Classes that are hidden in another way than by default.
    pub classes: HashMap<Class, Mask>,
    /// What covers are made with: the key of tokens, and what is looked for in texts.
    pub kit: Arc<Kit>,
}

/// What was covered of one column of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    /// The labelled column, or empty where nobody can tell.
    pub of: Arc<str>,
    /// Its class; `None` for content that was found by looking through a text.
    pub class: Option<Class>,
    /// The mask's word.
    pub how: Box<str>,
    /// Cells that were covered.
    pub cells: u64,
}

/// What covers the rows of one result.
#[derive(Debug)]
pub struct Covers {
    columns: Box<[Option<Covering>]>,
    /// Rows may leave as they came: nothing is hidden but what is found in texts.
    only_looks: bool,
}

/// What covers one column.
#[derive(Debug)]
pub struct Covering {
    cover: Cover,
    /// Nothing of its values is told, so not either that one is missing: a value that is made by a condition answers it.
    whole: bool,
    masked: Masked,
    cells: Cell<u64>,
}

impl Masks {
    fn of(&self, hidden: &Hidden) -> Mask {
        let usual = |class| self.classes.get(&class).cloned().unwrap_or_else(|| Mask::default_for(class));
        if !hidden.places.is_empty() {
            let paths = hidden
                .places
                .iter()
                .map(|(steps, class)| Some(Path::new(Path::steps(steps)?, Some(*class), usual(*class))));
            // A place that cannot be read could be anywhere.
            return paths.collect::<Option<_>>().map_or(Mask::Full, Mask::Paths);
        }
        match &hidden.how {
            // A word that is no mask's grants nothing.
            Some(how) => Mask::parse(how).unwrap_or(Mask::Full),
            None => usual(hidden.class),
        }
    }

    /// What covers a result of this shape.
    pub(crate) fn covers(&self, shows: &[Show], fields: &[Field]) -> Covers {
        let columns: Box<[Option<Covering>]> = shows
            .iter()
            .zip(fields)
            .map(|(show, field)| {
                let (mask, hidden) = match show {
                    Show::Clear => return None,
                    // A count or a comparison has no text in it.
                    Show::Scan { .. } if field.of.is_plain() => return None,
                    Show::Scan { .. } => (Mask::Scan, None),
                    Show::Mask(hidden) => (self.of(hidden), Some(hidden)),
                    Show::Full(hidden) => (Mask::Full, Some(hidden)),
                };
                let class = hidden.map(|hidden| hidden.class);
                let format = if field.binary { Format::Binary } else { Format::Text };
                let cover = Cover::new(&mask, class, &field.of, format, &self.kit);
                let of = hidden.map(|hidden| Arc::clone(&hidden.of)).unwrap_or_default();
                let how = mask.to_string().into();
                let whole = matches!(show, Show::Full(_));
                Some(Covering {
                    cover,
                    whole,
                    masked: Masked { of, class, how, cells: 0 },
                    cells: Cell::new(0),
                })
            })
            .collect();
        let only_looks = columns.iter().flatten().all(|one| !one.whole && one.cover.may_leave());
        Covers { columns, only_looks }
    }
}

impl Covers {
    /// By column, what covers it; `None`: it goes as it came. A row with another number of columns is none of these.
    #[must_use]
    pub fn columns(&self) -> &[Option<Covering>] {
        &self.columns
    }

    /// By column, whether it is masked whole: of its values no more than a beginning is needed.
    #[must_use]
    pub fn whole(&self) -> Vec<bool> {
        self.columns.iter().map(|one| one.as_ref().is_some_and(|one| one.cover.is_whole())).collect()
    }

    /// Whether a row may leave as it came, when each cell that has a cover says so.
    #[inline]
    #[must_use]
    pub fn only_looks(&self) -> bool {
        self.only_looks
    }

    /// The proof for a row that was made anew by [`Covers::columns`], or of which each of them leaves its cell as it is.
    pub fn covered(&self) -> Covered {
        Covered::PASS
    }

    /// What was covered so far.
    pub(crate) fn masked(&self) -> impl Iterator<Item = Masked> {
        let counted = |covering: &Covering| Masked { cells: covering.cells.get(), ..covering.masked.clone() };
        self.columns.iter().flatten().map(counted).filter(|masked| masked.cells > 0)
    }
}

impl Covering {
    /// What is shown in place of a cell, appended to `out` when it is [`Shown::Cell`].
    #[inline]
    pub fn cell(&self, value: &[u8], out: &mut Vec<u8>) -> Shown {
        self.count(self.cover.cell(value, out))
    }

    /// Whether a cell is shown as it came.
    #[inline]
    pub fn leaves(&self, value: Option<&[u8]>) -> bool {
        !self.whole && value.is_none_or(|value| self.cover.leaves(value))
    }

    /// What is shown in place of NULL.
    #[inline]
    pub fn null(&self, out: &mut Vec<u8>) -> Shown {
        if self.whole { self.count(self.cover.null(out)) } else { Shown::Same }
    }

    fn count(&self, shown: Shown) -> Shown {
        if shown != Shown::Same {
            self.cells.set(self.cells.get().saturating_add(1));
        }
        shown
    }
}

impl Running {
    /// The shape that has to be known before its rows come, and is not.
    pub(crate) fn needs_shape(&self) -> Option<Slot> {
        let shape = self.shape.as_ref()?;
        let hides = !matches!(self.shows.of(self.result()), Rows::Clear | Rows::Nothing);
        (hides && shape.get().is_none()).then(|| Arc::clone(&shape.portal))
    }

    /// Which of its statement's results comes now: a portal has one.
    fn result(&self) -> usize {
        match self.statement {
            Some(_) => 0,
            None => usize::try_from(self.commands).unwrap_or(usize::MAX),
        }
    }

    /// Chooses what covers the rows of a shape.
    pub(crate) fn cover(&mut self, fields: &[Field], masks: &Masks) {
        self.chosen = true;
        let rows = self.shows.of(self.result());
        let shows = self.shows.reconcile(rows, fields);
        self.covers = shows.map(|shows| Box::new(masks.covers(&shows, fields)));
    }

    /// The same for an execution, whose shape was told before.
    ///
    /// # Errors
    /// When it was not: rows that nobody knows go nowhere.
    pub(crate) fn cover_execution(&mut self, masks: &Masks) -> Result<(), &'static str> {
        if *self.shows.of(self.result()) == Rows::Clear {
            self.chosen = true;
            return Ok(());
        }
        let fields = self.shape.as_ref().and_then(Shape::get).map(Cow::into_owned);
        let fields = fields.ok_or("a row whose shape was never told")?;
        self.cover(&fields, masks);
        Ok(())
    }

    /// Chooses what covers the data of a COPY. The server does not tell where they come from, nor of what type they are:
    /// what a column of the catalogue is known to be was found with its lineage.
    pub(crate) fn cover_copy(&mut self, binary: bool, columns: usize, masks: &Masks) {
        let types = self.shows.types(self.result());
        let unknown = Field { relation: 0, number: 0, of: TypeOf::unknown(0), binary };
        let fields: Vec<Field> = (0..columns)
            .map(|at| match types.get(at) {
                Some(field) => Field { binary, ..field.clone() },
                None => unknown.clone(),
            })
            .collect();
        self.cover(&fields, masks);
    }

    /// Counts what was covered in a result that is over.
    pub(crate) fn uncover(&mut self) {
        self.chosen = false;
        let Some(covers) = self.covers.take() else { return };
        for masked in covers.masked() {
            let same = |known: &Masked| {
                known.of == masked.of && known.class == masked.class && known.how == masked.how
            };
            let room = self.covered.len() < MASKED_MAX;
            match self.covered.iter_mut().find(|known| same(known)) {
                Some(known) => known.cells = known.cells.saturating_add(masked.cells),
                None if room => self.covered.push(masked),
                None => {}
            }
        }
    }
}
