//! Uses of masked values that would tell them, whatever rows they choose: putting them where they are not masked, writing
//! back what a mask showed, guessing without end. No rule permits these apart from the one that reveals the column.

use crate::decision::Decision;
use crate::judge;
use crate::label::Labelled;
use crate::refusal::MASKED;
use crate::rules::Rules;
use model::Refusal;

/// The gate's own rule: masked values go where they are not masked.
const FLOW: &str = "mask/flow";
/// The gate's own rule: what the server keeps about values, and about others' statements.
const STATISTICS: &str = "mask/statistics";
/// The gate's own rule: the order of rows is steered.
const PLANS: &str = "mask/plans";
/// The gate's own rule: the server tells what it does inside.
const MESSAGES: &str = "mask/messages";
/// The gate's own rule: something is chosen by what nobody can trace.
const CHOICE: &str = "mask/choice";
/// The gate's own rule: rows of a COPY that nobody can mask.
const COPY: &str = "mask/copy";
/// The gate's own rule: what a mask showed is written.
const WRITE_BACK: &str = "mask/write-back";
/// The gate's own rule: too many look-ups of what is masked.
const BUDGET: &str = "mask/budget";

/// A use of masked values that would tell them.
#[derive(Clone, Copy, Debug)]
pub enum Misuse<'a> {
    /// They go into something that is not masked in the same way.
    Flow {
        /// The column that they come from; `None` when nobody can tell that they are none.
        of: Option<&'a Labelled<'a>>,
        /// What they go into, in words.
        into: &'a str,
    },
    /// What the server keeps about values is read: it holds some of all columns.
    Statistics {
        /// Its name.
        about: &'a str,
    },
    /// Rows are chosen, or it fails or not, by a value of which nobody can tell that it is none of theirs.
    Choice,
    /// A setting steers how the server finds rows, and so in which order they come.
    Plans {
        /// Its name.
        about: &'a str,
    },
    /// A setting makes the server tell what it does inside, and with what.
    Messages {
        /// Its name.
        about: &'a str,
    },
    /// Rows come out of a COPY in a form that the gate does not read, so that nothing of them could be masked.
    Copy {
        /// The encoding; `None`: an option that is not known.
        encoding: Option<&'a str>,
    },
    /// NULL comes out of a COPY as a text that may be a value, so that the server shows which values are equal to it.
    CopyNull,
    /// A value that a mask showed is written where the real one stands.
    WriteBack,
    /// A masked column was looked up too often.
    Budget {
        /// The column.
        of: &'a Labelled<'a>,
        /// Look-ups that an hour has.
        most: u32,
    },
    /// Writes to a table that holds masked columns failed by its constraints too often.
    Failures {
        /// The table.
        table: &'a str,
        /// Failures that an hour has.
        most: u32,
    },
}

impl Rules {
    /// The refusal of a statement that would tell what is masked for its principal: whoever is permitted to `reveal` the
    /// column is not asked about.
    #[must_use]
    pub fn misused(&self, misuse: &Misuse<'_>) -> Decision {
        let column =
            |of: &Labelled<'_>| format!("`{}.{}` ({})", of.column.of, of.column.name, of.class.as_str());
        let (id, message, about, hint) = match misuse {
            Misuse::Flow { of: Some(of), into } => (
                FLOW,
                format!("{} is masked for you, so its values may not go into {into}", column(of)),
                column(of),
                "leave the column out, or ask those who keep the gate's rules for a permit to `reveal` it",
            ),
            Misuse::Flow { of: None, into } => (
                FLOW,
                format!("what goes into {into} may hold values that are masked for you"),
                (*into).to_owned(),
                "write the columns themselves instead of calling a function that the gate cannot look into",
            ),
            Misuse::Statistics { about } => (
                STATISTICS,
                format!("`{about}` holds values of columns that are masked for you"),
                format!("`{about}`"),
                "the shape of tables is in information_schema and pg_catalog",
            ),
            Misuse::Choice => (
                CHOICE,
                "what rows are chosen by here, or what may fail, may hold values that are masked for you"
                    .to_owned(),
                "a function that the gate cannot look into".to_owned(),
                "choose rows by columns themselves, or ask those who keep the gate's rules for a permit to `reveal` all",
            ),
            Misuse::Plans { about } => (
                PLANS,
                format!(
                    "`{about}` steers in which order rows come, which tells values that are masked for you"
                ),
                format!("`{about}`"),
                "leave the planner's settings as they are, or ask those who keep the gate's rules for a permit to `reveal` all",
            ),
            Misuse::Messages { about } => (
                MESSAGES,
                format!("`{about}` would tell what the server does with values that are masked for you"),
                format!("`{about}`"),
                "set it to `notice`, `warning` or `error`",
            ),
            Misuse::Copy { encoding: Some(encoding) } => (
                COPY,
                format!("what is masked for you cannot be masked in the encoding `{encoding}`"),
                format!("encoding `{encoding}`"),
                "leave the option ENCODING out; rows come as UTF-8 then",
            ),
            Misuse::Copy { encoding: None } => (
                COPY,
                "what is masked for you cannot be masked in a COPY with options that the gate does not know"
                    .to_owned(),
                "an option that is not known".to_owned(),
                "copy in text, CSV or binary, with the options of PostgreSQL 18",
            ),
            Misuse::CopyNull => (
                COPY,
                "what is masked for you would be compared with the text that this COPY writes for NULL"
                    .to_owned(),
                "an option NULL that may be a value".to_owned(),
                "leave the option NULL out, or write NULL as '', as 'NULL', or in CSV",
            ),
            Misuse::WriteBack => (
                WRITE_BACK,
                "a value that a mask has shown you would replace the real one".to_owned(),
                "a literal or parameter that looks like a mask".to_owned(),
                "leave the masked columns out of what you write",
            ),
            Misuse::Budget { of, most } => (
                BUDGET,
                format!("{} is masked for you and was looked up {most} times within an hour", column(of)),
                column(of),
                "choose rows by another column, or wait",
            ),
            Misuse::Failures { table, most } => (
                BUDGET,
                format!(
                    "your writes to `{table}`, which holds columns that are masked for you, failed {most} times \
                     within an hour"
                ),
                format!("constraints of `{table}` tell what stands in it"),
                "write what its constraints allow, or wait",
            ),
        };
        let detail = format!("rule `{id}`: {about}");
        judge::refuse(id, Refusal::new(MASKED, message).detail(detail).hint(hint))
    }
}
