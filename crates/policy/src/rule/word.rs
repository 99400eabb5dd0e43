//! Words that a rule's condition cannot hold without: the purpose, or a column that a statement touches. Comparing them
//! costs next to nothing, asking Cedar does not; a rule that is passed over here would have been false there.

use std::sync::Arc;

use cedar_policy::pst::{BinaryOp, Expr, Literal};
use model::facts::{Access, Columns};

use super::condition::attribute;
use super::scope::Situation;
use crate::vocabulary::Attribute;

/// One of them.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    of: Of,
    word: Arc<str>,
}

/// What is compared with it.
#[derive(Clone, Copy, Debug)]
enum Of {
    Purpose,
    /// Columns of the object that is asked about.
    Columns(Pick),
}

/// Some of the columns that a statement touches.
type Pick = fn(&Columns) -> &[Arc<str>];

impl Word {
    /// The word without which `expr` is false: `context.purpose == "audit"`, `context.object.read.contains("ssn")`.
    pub(super) fn of(expr: &Expr) -> Option<Self> {
        let Expr::BinaryOp { op, left, right } = expr else { return None };
        let (of, word) = match op {
            BinaryOp::Eq if attribute(left) == Some(Attribute::Purpose) => (Of::Purpose, literal(right)?),
            BinaryOp::Eq if attribute(right) == Some(Attribute::Purpose) => (Of::Purpose, literal(left)?),
            BinaryOp::Contains => (Of::Columns(columns(left)?), literal(right)?),
            _ => return None,
        };
        Some(Self { of, word: word.into() })
    }

    /// Whether it is there.
    pub(super) fn is_in(&self, situation: &Situation<'_>) -> bool {
        match self.of {
            Of::Purpose => situation.purpose == &*self.word,
            Of::Columns(of) => {
                let columns = |access: &Access| of(&access.columns).contains(&self.word);
                situation.access.is_some_and(columns)
            }
        }
    }
}

/// `context.object.read` and the like.
fn columns(expr: &Expr) -> Option<Pick> {
    let Expr::GetAttr { expr, attr } = expr else { return None };
    if attribute(expr) != Some(Attribute::Object) {
        return None;
    }
    match attr.as_str() {
        "read" => Some(|columns| &columns.read),
        "written" => Some(|columns| &columns.written),
        "predicate" => Some(|columns| &columns.predicate),
        _ => None,
    }
}

fn literal(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Literal(Literal::String(word)) => Some(word.as_str()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::{Rules, State};
    use crate::source::Source;

    fn words(condition: &str) -> usize {
        let text = format!("@id(\"a/b\") forbid(principal, action, resource) {condition};");
        let rules = Rules::check(&[Source { name: "a.cedar".to_owned(), text, pack: false }]).unwrap();
        let State::Checked(checked) = &rules.state else { panic!("{condition}") };
        checked.rules[0].condition.words.len()
    }

    #[test]
    fn words_are_found_only_where_a_condition_is_false_without_them() {
        for (condition, found) in [
            ("when { context.purpose == \"audit\" }", 1),
            ("when { \"audit\" == context.purpose && context.object.read.contains(\"ssn\") }", 2),
            ("when { context.statements > 1 && context.object.predicate.contains(\"ssn\") }", 1),
            ("when { context.statements > 1 } when { context.object.written.contains(\"ssn\") }", 1),
            ("unless { context.purpose == \"audit\" }", 0),
            ("when { context.purpose != \"audit\" }", 0),
            ("when { !(context.purpose == \"audit\") }", 0),
            ("when { context.purpose == \"audit\" || context.statements > 1 }", 0),
            ("when { context.purpose == context.target }", 0),
            ("when { context.risks.contains(\"program\") }", 0),
            // What stands behind what may fail is not reached then, and the failure counts.
            ("when { context.statements * 2 > 1 && context.purpose == \"audit\" }", 0),
        ] {
            assert_eq!(words(condition), found, "{condition}");
        }
    }
}
