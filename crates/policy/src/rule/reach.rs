//! Whether a scope can mean anything at all: a rule about a name that nothing has guards nothing, and whoever wrote it believes
//! that it does. It knows no catalogue.

use cedar_policy::{EntityTypeName, EntityUid};

use super::Scope;
use crate::vocabulary::{self, Types};

/// What is done to a relation as a whole, so that nobody asks about its columns.
const WHOLE: [&str; 4] = ["delete", "truncate", "drop", "lock"];

/// Why a scope can mean nothing, and what to write instead.
pub(crate) fn unreachable(scope: &Scope, types: &Types) -> Option<(String, String)> {
    if let Some(uid) = scope.named()
        && let Some(form) = misnamed(uid, types)
    {
        let message = format!("`{uid}` names nothing: a name begins with its target");
        return Some((message, format!("write `{form}`")));
    }
    let whole = WHOLE.iter().fold(0, |bits, action| bits | vocabulary::bit(action));
    if scope.is_on(&types.column) && scope.actions & !whole == 0 {
        let message = "columns are never asked about for this action".to_owned();
        return Some((message, "name the relation, or an action that reads or writes columns".to_owned()));
    }
    None
}

/// The form that a name should have, when it has another.
fn misnamed(uid: &EntityUid, types: &Types) -> Option<String> {
    let kind: &EntityTypeName = uid.type_name();
    let (word, rest, dots) = if kind == &types.schema {
        ("Schema", "schema", 0)
    } else if kind == &types.relation {
        ("Relation", "schema.name", 1)
    } else if kind == &types.column {
        ("Column", "schema.name.column", 2)
    } else if kind == &types.function {
        ("Function", "schema.name(types)", 1)
    } else {
        return None;
    };
    let parts = uid.id().unescaped().split_once('/');
    let fits = parts.is_some_and(|(target, rest)| {
        !target.is_empty() && !rest.is_empty() && rest.matches('.').count() >= dots
    });
    (!fits).then(|| format!("{word}::\"target/{rest}\""))
}

#[cfg(test)]
mod tests {
    use crate::{Rules, Source};

    fn problem(rule: &str) -> Option<String> {
        let text = format!("@id(\"own/a\") {rule};");
        let source = Source { name: "own.cedar".into(), text, pack: false };
        let problems = Rules::check(&[source]).err()?;
        Some(problems.into_iter().map(|problem| problem.message).collect())
    }

    #[test]
    fn names_that_nothing_has_are_told() {
        for rule in [
            "forbid(principal, action == Action::\"delete\", resource == Relation::\"shop.ticket\")",
            "forbid(principal, action, resource in Schema::\"shop\")",
            "forbid(principal, action, resource == Relation::\"prod/ticket\")",
            "forbid(principal, action == Action::\"select\", resource == Column::\"prod/ticket.id\")",
            "forbid(principal, action == Action::\"call\", resource == Function::\"prod/f\")",
        ] {
            assert!(problem(rule).is_some_and(|said| said.contains("begins with its target")), "{rule}");
        }
        for rule in ["delete", "truncate"] {
            let rule = format!(
                "forbid(principal, action == Action::\"{rule}\", resource == Column::\"prod/shop.ticket.id\")"
            );
            assert!(problem(&rule).is_some_and(|said| said.contains("columns are never asked")), "{rule}");
        }
        for rule in [
            "forbid(principal, action == Action::\"delete\", resource == Relation::\"prod/shop.ticket\")",
            "forbid(principal, action, resource in Schema::\"prod/shop\")",
            "forbid(principal, action, resource in Target::\"prod\")",
            "forbid(principal, action == Action::\"update\", resource == Column::\"prod/shop.ticket.id\")",
            "forbid(principal, action in Action::\"write\", resource == Column::\"prod/shop.\\\"a/b\\\".id\")",
            "forbid(principal, action == Action::\"call\", resource == Function::\"prod/shop.f(int4)\")",
        ] {
            assert_eq!(problem(rule), None, "{rule}");
        }
    }
}
