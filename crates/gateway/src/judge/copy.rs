//! What of a COPY's options keeps its rows from being covered, before any of them comes. It reads no row.

use engine::{Reading, Rows, Show};
use policy::Misuse;
use sql::{Analyzed, CopyFormat, CopyOut, Unread};
use wire::postgres::copy::may_be_a_value;

/// Why rows of a COPY cannot be covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Uncovered {
    /// The gate cannot read them.
    Unread(Unread),
    /// NULL looks like a value, so the server shows which values are equal to it.
    Null,
}

/// COPYs of a text, or of one of its statements, whose rows cannot be covered, by the number of the result.
pub(super) fn uncovered(reading: &Reading, statement: Option<usize>) -> Vec<(usize, Uncovered)> {
    let of = |(at, run): (usize, &Analyzed)| Some((at, Uncovered::of(run.copy.as_ref()?)?));
    match statement {
        None => reading.analysis.statements.iter().enumerate().filter_map(of).collect(),
        Some(number) => reading.statement(number).map(|run| (0, run)).and_then(of).into_iter().collect(),
    }
}

impl Uncovered {
    pub(super) fn of(copy: &CopyOut) -> Option<Self> {
        let null = || copy.format == CopyFormat::Text && may_be_a_value(copy.null.as_bytes());
        copy.unread().map(Self::Unread).or_else(|| null().then_some(Self::Null))
    }

    /// Whether it matters where this is shown: of what is hidden whole, or only looked through, NULL is a value like others.
    pub(super) fn matters(&self, rows: &Rows) -> bool {
        match (self, rows) {
            (_, Rows::Clear) => false,
            (Self::Unread(_), _) => true,
            (Self::Null, Rows::Columns(shows)) => shows.iter().any(|show| matches!(show, Show::Mask(_))),
            (Self::Null, Rows::Nothing | Rows::Unknown) => false,
        }
    }

    /// What it is refused as.
    pub(super) fn misuse(&self) -> Misuse<'_> {
        match self {
            Self::Unread(Unread::Encoding(name)) => Misuse::Copy { encoding: Some(name) },
            Self::Unread(Unread::Option) => Misuse::Copy { encoding: None },
            Self::Null => Misuse::CopyNull,
        }
    }
}

#[cfg(test)]
mod tests {
    use engine::Hidden;
    use model::Class;
    use sql::View;
    use sql::catalogue::builtin;

    use super::*;

    #[test]
    fn null_that_may_be_a_value_matters_where_something_is_masked() {
        let of = |options: &str| {
            let text = format!("COPY (SELECT 1) TO STDOUT ({options})");
            let analysis = sql::analyze(text.as_bytes(), &builtin(18), &View::default());
            let reading = Reading { analysis, ..Reading::default() };
            uncovered(&reading, None).pop().map(|(_, why)| why)
        };
        let hidden = || Hidden { class: Class::Email, of: "t.c".into(), how: None, places: [].into() };
        let rows = |show: Show| Rows::Columns([Show::Clear, show].into());
        for options in
            ["NULL '123-45-6789'", "FORMAT text, NULL 5", "NULL (a, b)", "DELIMITER ',', NULL 'none'"]
        {
            let why = of(options).expect(options);
            assert_eq!(why, Uncovered::Null, "{options}");
            assert!(why.matters(&rows(Show::Mask(hidden()))));
            assert!(
                !why.matters(&rows(Show::Full(hidden()))) && !why.matters(&rows(Show::Scan { own: false }))
            );
            assert!(!why.matters(&Rows::Clear));
        }
        for options in ["NULL ''", "NULL 'NULL'", "HEADER", "FORMAT csv, NULL '123-45-6789'", "FORMAT binary"]
        {
            assert_eq!(of(options), None, "{options}");
        }
        let unread = of("ENCODING 'LATIN1', NULL 'x'").unwrap();
        assert!(unread.matters(&rows(Show::Scan { own: false })) && !unread.matters(&Rows::Clear));
    }
}
