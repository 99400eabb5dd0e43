//! `nextval` changes its sequence: an update of it, also where a SELECT calls it. That a default of a column calls it
//! belongs to the INSERT and is no access of its own.

use model::facts::{Missing, Object, RiskKind, Verb};

use crate::catalogue::Named;
use crate::gather::{Cx, Gather};
use crate::query::Argument;

/// What a call of `nextval(regclass)` does.
pub(super) fn advance(arguments: &[Argument<'_>], cx: Cx<'_>, gather: &mut Gather) {
    gather.verb(Verb::Update);
    let literal = arguments.first().and_then(|one| one.literal);
    match literal.and_then(parts) {
        Some((schema, name)) => match cx.catalogue.relation(cx.view, schema.as_deref(), &name) {
            Named::Known(relation) | Named::Changed(relation) => {
                gather.relation(Verb::Update, &relation);
            }
            // One that this session made.
            Named::Made { schema, kind, .. } => {
                let object = Object { kind, schema, name: name.as_str().into(), oid: 0 };
                gather.access(Verb::Update, object, None);
            }
            Named::Unknown => gather.unknown(Missing::Relation, &name),
        },
        // Any sequence.
        None => gather.risk(RiskKind::SideEffect, "nextval"),
    }
}

/// The schema and name in a literal, when it is written plainly.
fn parts(literal: &str) -> Option<(Option<String>, String)> {
    let plain = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && !part.starts_with(|first: char| first.is_ascii_digit())
    };
    let parts: Vec<&str> = literal.split('.').collect();
    if !parts.iter().all(|part| plain(part)) {
        return None;
    }
    match *parts {
        [name] => Some((None, name.to_ascii_lowercase())),
        [schema, name] => Some((Some(schema.to_ascii_lowercase()), name.to_ascii_lowercase())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names_are_folded_and_others_left_alone() {
        assert_eq!(parts("Shop.Order_Seq"), Some((Some("shop".to_owned()), "order_seq".to_owned())));
        assert_eq!(parts("s"), Some((None, "s".to_owned())));
        for other in ["\"S\"", "a.b.c", "", "1", "12345", "a b"] {
            assert_eq!(parts(other), None, "{other}");
        }
    }
}
