//! What of a statement's result is shown to who asked for it: by lineage first, by what the server says of each column
//! then, and by whichever of the two hides more. It decides nothing: rules said what is seen of each labelled column.

use std::collections::HashMap;
use std::sync::Arc;

use model::Class;
use model::facts::{ColumnId, Derivation, Facts, Output};
use policy::Sight;

use crate::label::{Labels, Place, Standing};
use crate::shape::Field;

/// What becomes of one column of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Show {
    /// It goes as it came.
    Clear,
    /// What stands in its texts is looked through. `own`: it comes from what the session has made by itself, which nobody
    /// can have labelled.
    Scan {
        /// Whether nothing else is in it.
        own: bool,
    },
    /// It is a labelled column itself: its class's mask, or the one that a rule grants.
    Mask(Hidden),
    /// It was made from something labelled, or nobody can tell: nothing of it is shown.
    Full(Hidden),
}

/// How much of the server's words about a statement may hold what is not seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scrub {
    /// Nothing.
    #[default]
    No,
    /// Details: a failing row or key is quoted there whole, whatever columns the statement names.
    Details,
    /// All words.
    Words,
}

/// What is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Its class.
    pub class: Class,
    /// The labelled column, `schema.relation.column`; empty where nobody can tell.
    pub of: Arc<str>,
    /// The mask that a rule grants; `None`: the class's.
    pub how: Option<Arc<str>>,
    /// For JSON: where in it something is hidden.
    pub places: Arc<[Place]>,
}

/// What becomes of the rows of one statement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    /// They go as they come.
    #[default]
    Clear,
    /// Column by column.
    Columns(Arc<[Show]>),
    /// It returns none, as far as is known; should any come all the same, nothing of them is shown.
    Nothing,
    /// Nobody can tell what they are: nothing of them is shown.
    Unknown,
}

/// What becomes of everything that a text or a portal returns.
#[derive(Debug, Default)]
pub struct Shows {
    /// By statement, in order; what is not here returns nothing that needs covering.
    pub rows: Box<[Rows]>,
    /// Something that is not seen is near: what the server says in errors and notices may hold it.
    pub scrub: Scrub,
    /// Columns that are not seen and that are looked up, each time that it runs.
    pub lookups: Vec<Lookup>,
    /// It writes into columns that are not seen: what a mask showed must not come back.
    pub writes: bool,
    /// The relations that it writes to and of which some columns are not seen: a constraint may tell what stands in them.
    pub written: Vec<(u32, Arc<str>)>,
    /// For a COPY: what the catalogue says of its columns, by statement.
    pub copies: Vec<(usize, Box<[Field]>)>,
    sights: Arc<Sights>,
}

/// A column that is not seen and that is looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// Which.
    pub column: ColumnId,
    /// What it holds.
    pub class: Class,
    /// With how many values.
    pub guesses: u32,
    /// And with the members of these parameters.
    pub lists: Vec<u16>,
}

impl Lookup {
    /// Its relation and number.
    #[must_use]
    pub fn at(&self) -> (u32, i16) {
        (self.column.relation, self.column.number)
    }
}

/// What a principal sees of a database's columns, as far as it was asked.
#[derive(Debug, Default)]
pub struct Sights {
    /// What the columns hold.
    pub labels: Arc<Labels>,
    /// What the rules said of labelled columns, by relation and number.
    pub seen: HashMap<(u32, i16), Sight>,
    /// Rules show every labelled column of the database.
    pub all: bool,
}

impl Shows {
    /// For a text or portal that runs statements with these facts, each with those of what it runs by name; `None`:
    /// a statement whose result nobody can tell.
    #[must_use]
    pub fn new<'f>(
        statements: impl Iterator<Item = Option<&'f Facts>>,
        scrub: Scrub,
        sights: Arc<Sights>,
    ) -> Self {
        let mut rows: Vec<Rows> =
            statements.map(|facts| facts.map_or(Rows::Unknown, |facts| sights.rows(facts))).collect();
        if sights.all {
            let unknown = |rows: &&mut Rows| matches!(rows, Rows::Unknown | Rows::Nothing);
            rows.iter_mut().filter(unknown).for_each(|rows| *rows = Rows::Clear);
        }
        if rows.iter().all(|rows| *rows == Rows::Clear) {
            rows.clear();
        }
        let scrub = if sights.all { Scrub::No } else { scrub };
        Self { rows: rows.into(), scrub, sights, ..Self::default() }
    }

    /// Whether everything goes as it comes.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.rows.is_empty() && self.scrub == Scrub::No
    }

    /// What becomes of the rows of statement `number`.
    pub(crate) fn of(&self, number: usize) -> &Rows {
        self.rows.get(number).unwrap_or(&Rows::Clear)
    }

    /// What the catalogue says of the columns of a COPY.
    pub(crate) fn types(&self, number: usize) -> &[Field] {
        self.copies.iter().find(|(of, _)| *of == number).map_or(&[], |(_, fields)| fields)
    }

    /// What becomes of each column of a result that the server describes so. `None`: all goes as it comes.
    pub(crate) fn reconcile(&self, rows: &Rows, fields: &[Field]) -> Option<Vec<Show>> {
        let planned = match rows {
            Rows::Clear => return None,
            Rows::Unknown | Rows::Nothing => return Some(vec![Show::Full(Hidden::unknown()); fields.len()]),
            Rows::Columns(columns) if columns.len() == fields.len() => columns,
            // Two readings of one statement differ: neither is believed.
            Rows::Columns(_) => return Some(vec![Show::Full(Hidden::unknown()); fields.len()]),
        };
        let shows = planned.iter().zip(fields).map(|(planned, field)| self.sights.reconcile(planned, field));
        Some(shows.collect())
    }
}

impl Sights {
    fn rows(&self, facts: &Facts) -> Rows {
        match &facts.outputs {
            // What is not understood and was let through all the same may return anything.
            None if !facts.opaque.is_empty() => Rows::Unknown,
            None if facts.verbs.iter().any(|verb| !verb.is_read_only()) => Rows::Nothing,
            None => Rows::Clear,
            Some(outputs) => {
                let shows: Arc<[Show]> = outputs.iter().map(|output| self.show(output)).collect();
                if shows.iter().all(|show| *show == Show::Clear) { Rows::Clear } else { Rows::Columns(shows) }
            }
        }
    }

    /// What is shown of a column, by where its values come from.
    fn show(&self, output: &Output) -> Show {
        if output.opaque && !self.all {
            return Show::Full(Hidden::unknown());
        }
        let mut scan = false;
        let mut hidden = None;
        for used in &output.uses {
            let (relation, number) = (used.column.relation, used.column.number);
            let standing = self.labels.of(relation, number);
            let is_seen = || matches!(self.seen.get(&(relation, number)), Some(Sight::Clear));
            let is_itself = output.uses.len() == 1 && used.derivation == Derivation::Copy;
            let looks = standing == Standing::Text || standing == Standing::Plain && is_itself;
            scan |= looks && !is_seen();
            let Some((class, how)) = self.hides(relation, number, &standing) else { continue };
            hidden.get_or_insert_with(|| {
                let of = format!("{}.{}", used.column.of, used.column.name).into();
                let places = match &standing {
                    Standing::Json(places) => Arc::clone(places),
                    _ => Arc::default(),
                };
                let hidden = Hidden { class, of, how, places };
                if is_itself && !matches!(standing, Standing::Made(_)) {
                    Show::Mask(hidden)
                } else {
                    Show::Full(hidden)
                }
            });
        }
        let own = output.uses.iter().all(|used| used.column.relation == 0);
        hidden.unwrap_or(if scan { Show::Scan { own } } else { Show::Clear })
    }

    /// The class and the granted mask of a column that is not seen clear.
    fn hides(&self, relation: u32, number: i16, standing: &Standing) -> Option<(Class, Option<Arc<str>>)> {
        let class = standing.class()?;
        match self.seen.get(&(relation, number)) {
            Some(Sight::Clear) => None,
            Some(Sight::As(how)) => Some((class, Some(Arc::clone(how)))),
            Some(Sight::Masked) => Some((class, None)),
            None if self.all => None,
            // Nobody asked, so nobody permitted.
            None => Some((class, None)),
        }
    }

    /// The more covering of what lineage says and of what the server says of a column's origin (manual, section 54.7,
    /// RowDescription).
    fn reconcile(&self, planned: &Show, field: &Field) -> Show {
        let stands = match (field.relation, field.number) {
            (0, _) => None,
            (relation, number) => self.hides(relation, number, &self.labels.of(relation, number)),
        };
        match (planned, stands) {
            // A whole row of something, or a value whose origin the server has lost: the mask of a column would show
            // a part of what is no longer the column's value.
            (Show::Mask(hidden), _) if field.relation == 0 || field.number == 0 => Show::Full(hidden.clone()),
            // The server knows what the session has made; labels cannot.
            (Show::Scan { own: true }, Some(_)) if self.labels.relation(field.relation).is_none() => {
                planned.clone()
            }
            (Show::Clear | Show::Scan { .. }, Some((class, _))) => {
                Show::Full(Hidden { class, ..Hidden::unknown() })
            }
            (Show::Mask(hidden), Some((class, _))) if hidden.class != class => Show::Full(hidden.clone()),
            _ => planned.clone(),
        }
    }
}

impl Hidden {
    /// What nobody can tell.
    fn unknown() -> Self {
        Self { class: crate::label::UNSEEN, of: "".into(), how: None, places: Arc::default() }
    }
}
