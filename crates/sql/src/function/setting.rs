//! `set_config`: a SET in the shape of a function. Name and value can come from anywhere, so only what stands
//! there as a literal is known, and whether the call is reached at all nobody can tell from the call.

use std::sync::Arc;

use model::facts::{RiskKind, Verb};

use crate::catalogue::split_path;
use crate::gather::Gather;
use crate::parse::{ConstValue, Node};
use crate::query::Argument;
use crate::statement::guarded::{Guard, guard, hides_built_ins};
use crate::view::{Effect, Lost};

/// What a call of `set_config(name, value, is_local)` does. A path that it sets is lost: `SELECT set_config(…) WHERE
/// false` sets none. [`plain`] knows the one shape that is sure.
pub(super) fn set_config(arguments: &[Argument<'_>], gather: &mut Gather) {
    gather.verb(Verb::Set);
    let Some(name) = argument(arguments, 0, "setting_name").and_then(|one| one.literal) else {
        // It may be any setting.
        gather.risk(RiskKind::GuardedSetting, "set_config");
        gather.risk(RiskKind::Identity, "set_config");
        gather.effect(Effect::Lost(Lost::Identity));
        return;
    };
    let folded = name.to_ascii_lowercase();
    let value = argument(arguments, 1, "new_value").and_then(|one| one.literal);
    match guard(&folded, value) {
        Guard::Path => {
            let path = value.and_then(split_path);
            let hides = path.as_ref().is_none_or(|path| hides_built_ins(path.iter().map(|schema| &**schema)));
            let kind = if hides { RiskKind::GuardedSetting } else { RiskKind::Setting };
            gather.risk(kind, "search_path");
            gather.effect(Effect::Lost(Lost::Path));
            return;
        }
        Guard::Reading => gather.effect(Effect::Lost(Lost::Reading)),
        Guard::Identity if !value.is_some_and(|value| value.eq_ignore_ascii_case("none")) => {
            gather.effect(Effect::Lost(Lost::Identity));
        }
        Guard::Identity | Guard::ReadWrite | Guard::Guarded | Guard::Plain | Guard::Harmless => {}
    }
    if let Some(kind) = guard(&folded, value).risk() {
        gather.risk(kind, folded);
    }
}

fn argument<'b, 'a>(arguments: &'b [Argument<'a>], at: usize, name: &str) -> Option<&'b Argument<'a>> {
    let named = arguments.iter().find(|one| one.name == Some(name));
    named.or_else(|| arguments.get(at).filter(|one| one.name.is_none()))
}

/// The path that a statement is sure to set, when it is nothing but `SELECT set_config('search_path', '…', …)`, as
/// dumps begin. In place of the `Lost(Path)` that its analysis found.
pub(crate) fn plain(statement: Node<'_>) -> Option<Effect> {
    let Node::SelectStmt(select) = statement else { return None };
    let mut targets = select.target_list().iter();
    let (Some(target), None) = (targets.next(), targets.next()) else { return None };
    let Node::FuncCall(call) = target.val() else { return None };
    let alone = select.from_clause().is_empty()
        && select.distinct_clause().is_empty()
        && select.group_clause().is_empty()
        && select.window_clause().is_empty()
        && select.values_lists().is_empty()
        && select.sort_clause().is_empty()
        && select.locking_clause().is_empty()
        && select.into_clause().is_none()
        && select.with_clause().is_none()
        && select.larg().is_none()
        && matches!(select.where_clause(), Node::None)
        && matches!(select.having_clause(), Node::None)
        && matches!(select.limit_count(), Node::None)
        && matches!(select.limit_offset(), Node::None);
    let bare =
        matches!(call.agg_filter(), Node::None) && call.over().is_none() && call.agg_order().is_empty();
    if !alone || !bare {
        return None;
    }
    let name: Vec<&str> = call.funcname().iter().filter_map(Node::as_str).collect();
    // Without the schema it may be another function under this path, but then none that sets a path for sure.
    if name != ["pg_catalog", "set_config"] && name != ["set_config"] {
        return None;
    }
    let mut arguments = call.args().iter();
    let setting = text(arguments.next()?)?;
    let path = text(arguments.next()?)?;
    let local = truth(arguments.next()?)?;
    let path: Arc<[Arc<str>]> = split_path(path)?.into();
    setting.eq_ignore_ascii_case("search_path").then_some(Effect::Path { path: Some(path), local })
}

fn text(node: Node<'_>) -> Option<&str> {
    match node {
        Node::A_Const(constant) => match constant.val()? {
            ConstValue::String(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

fn truth(node: Node<'_>) -> Option<bool> {
    match node {
        Node::A_Const(constant) => match constant.val()? {
            ConstValue::Boolean(value) => Some(value),
            _ => None,
        },
        _ => None,
    }
}
