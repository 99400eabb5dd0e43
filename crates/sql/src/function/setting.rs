//! `set_config`: a SET in the shape of a function. Name and value can come from anywhere, so only what stands
//! there as a literal is known, and whether the call is reached at all nobody can tell from the call.

use std::sync::Arc;

use model::facts::{RiskKind, Verb};

use crate::catalogue::Named;
use crate::catalogue::split_path;
use crate::gather::Cx;
use crate::gather::Gather;
use crate::parse::raw::A_Expr_Kind;
use crate::parse::{ConstValue, Node, nodes};
use crate::query::Argument;
use crate::statement::guarded::{Guard, guard, hides_built_ins};
use crate::view::{Effect, Lost};

/// What a call of `set_config(name, value, is_local)` does. A path that it sets is lost: `SELECT set_config(…) WHERE
/// false` sets none. [`plain`] knows the one shape that is sure.
pub(super) fn set_config(arguments: &[Argument<'_>], gather: &mut Gather) {
    gather.verb(Verb::Set);
    let written = argument(arguments, 0, "setting_name").and_then(|one| one.literal);
    let Some(name) = written.map(str::to_owned).or_else(|| gather.chosen_setting()) else {
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

/// The one setting that `SELECT set_config(name, …) FROM pg_settings WHERE name = '…'` changes if the server has it, as
/// dumps write it for settings that not every server has.
pub(crate) fn chosen<'a>(select: &'a nodes::SelectStmt, cx: Cx<'_>) -> Option<&'a str> {
    let mut targets = select.target_list().iter();
    let mut from = select.from_clause().iter();
    let (Some(target), None) = (targets.next(), targets.next()) else { return None };
    let (Some(Node::RangeVar(table)), None) = (from.next(), from.next()) else { return None };
    let (Node::FuncCall(call), Node::A_Expr(condition)) = (target.val(), select.where_clause()) else {
        return None;
    };
    let named = |node: Node<'_>| matches!(node, Node::ColumnRef(column) if column.fields().iter().filter_map(Node::as_str).eq(["name"]) && column.fields().len() == 1);
    let operator: Vec<&str> = condition.name().iter().filter_map(Node::as_str).collect();
    let is_equal = condition.kind == A_Expr_Kind::AEXPR_OP && operator == ["="];
    let alone = select.larg().is_none()
        && select.with_clause().is_none()
        && table.alias().is_none()
        && matches!(select.having_clause(), Node::None);
    // Its other arguments are literals: nothing else in the statement can call set_config.
    let arguments: Vec<Node<'_>> = call.args().iter().collect();
    let [setting, value, local] = *arguments else { return None };
    let plain = named(setting) && text(value).is_some() && truth(local).is_some();
    if !alone || !is_equal || !named(condition.lexpr()) || !plain {
        return None;
    }
    match cx.catalogue.relation(cx.view, table.schemaname(), table.relname()?) {
        Named::Known(relation) if &*relation.schema == "pg_catalog" && &*relation.name == "pg_settings" => {
            text(condition.rexpr())
        }
        _ => None,
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
