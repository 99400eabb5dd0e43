//! SET, RESET, SHOW and DISCARD: what they mean is in [`guarded`](super::guarded), what they do to the session is
//! an effect.

use std::sync::Arc;

use model::facts::{Output, RiskKind, Verb};

use super::guarded::{Guard, MESSAGES, guard, hides_built_ins};
use crate::gather::{Cx, Gather};
use crate::parse::nodes::{self, DiscardMode, VariableSetKind as Kind};
use crate::parse::{ConstValue, Node, NodeList};
use crate::view::{Effect, Lost};

pub(super) fn set(statement: &nodes::VariableSetStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Set);
    let name = statement.name().unwrap_or_default();
    let reset = matches!(statement.kind, Kind::VAR_RESET | Kind::VAR_RESET_ALL);
    match statement.kind {
        Kind::VAR_SET_VALUE => {
            let values: Vec<String> = statement.args().iter().map(value).collect();
            assign(name, Some(&values), statement.is_local, cx, gather);
        }
        Kind::VAR_SET_DEFAULT | Kind::VAR_RESET => assign(name, None, statement.is_local, cx, gather),
        Kind::VAR_SET_MULTI if name.eq_ignore_ascii_case("TRANSACTION SNAPSHOT") => {}
        Kind::VAR_SET_MULTI => transaction_modes(statement.args(), gather),
        Kind::VAR_SET_CURRENT => gather.risk(RiskKind::Setting, name),
        Kind::VAR_RESET_ALL => reset_all(gather),
        _ => return super::unknown("a SET", gather),
    }
    if reset { "RESET" } else { "SET" }
}

/// One setting gets a value; `None` = the session's default.
fn assign(name: &str, values: Option<&[String]>, local: bool, cx: Cx<'_>, gather: &mut Gather) {
    let folded = name.to_ascii_lowercase();
    let only = values.map(|values| values.join(","));
    let guard = guard(&folded, only.as_deref());
    match guard {
        Guard::Path => {
            let path = values.map(schemas);
            path_risk(path.as_deref(), gather);
            gather.effect(Effect::Path { path, local });
            return;
        }
        // Back to how the session began, which the gate pinned.
        Guard::Reading | Guard::Guarded
            if values.is_none() && (guard == Guard::Reading || folded == MESSAGES) =>
        {
            gather.risk(RiskKind::Setting, folded);
            return;
        }
        Guard::Reading => gather.effect(Effect::Lost(Lost::Reading)),
        // The session began with the role that it logged in as, and had it changed nobody would follow it any more.
        Guard::Identity
            if folded == "role" && only.as_deref().is_some_and(is_own) && cx.catalogue.own_role =>
        {
            gather.risk(RiskKind::Setting, folded);
            return;
        }
        // NONE is the role that the session logged in with, which is the one that is followed.
        Guard::Identity if values.is_some() && !only.as_deref().is_some_and(is_own) => {
            gather.effect(Effect::Lost(Lost::Identity));
        }
        _ => {}
    }
    if let Some(kind) = guard.risk() {
        gather.risk(kind, folded);
    }
}

/// Each value of a search path is one schema's name, whatever is in it.
fn schemas(values: &[String]) -> Arc<[Arc<str>]> {
    values.iter().map(|value| Arc::from(cut(value))).collect()
}

/// The schemas of a `SET search_path = …` that is an option of something else. `None`: it is another setting, or no list.
pub(super) fn search_path(statement: &nodes::VariableSetStmt) -> Option<Arc<[Arc<str>]>> {
    let is_path = statement.name().is_some_and(|name| name.eq_ignore_ascii_case("search_path"));
    let values = || statement.args().iter().map(value).collect::<Vec<String>>();
    (is_path && statement.kind == Kind::VAR_SET_VALUE).then(|| schemas(&values()))
}

/// The grammar folds the word; in quotation marks another spelling is another role.
fn is_own(role: &str) -> bool {
    role == "none"
}

/// The server keeps 63 bytes of a name.
fn cut(name: &str) -> &str {
    let end = (0..=name.len().min(63)).rev().find(|&at| name.is_char_boundary(at)).unwrap_or(0);
    name.get(..end).unwrap_or(name)
}

/// What a search path means: one that puts schemas before the built-in names is guarded.
pub(crate) fn path_risk(path: Option<&[Arc<str>]>, gather: &mut Gather) {
    let hides = path.is_some_and(|path| hides_built_ins(path.iter().map(|schema| &**schema)));
    let kind = if hides { RiskKind::GuardedSetting } else { RiskKind::Setting };
    gather.risk(kind, "search_path");
}

/// A value of SET as text. Names are folded by the grammar already.
fn value(node: Node<'_>) -> String {
    match node {
        Node::A_Const(constant) => match constant.val() {
            Some(ConstValue::Integer(number)) => number.to_string(),
            Some(ConstValue::Boolean(value)) => value.to_string(),
            Some(ConstValue::Float(text) | ConstValue::String(text) | ConstValue::BitString(text)) => {
                text.to_owned()
            }
            _ => String::new(),
        },
        // SET TIME ZONE INTERVAL '…'
        Node::TypeCast(cast) => value(cast.arg()),
        _ => String::new(),
    }
}

/// `READ WRITE`, `ISOLATION LEVEL …` of BEGIN, SET TRANSACTION and SET SESSION CHARACTERISTICS.
pub(super) fn transaction_modes(options: &NodeList, gather: &mut Gather) {
    for option in options {
        let Node::DefElem(option) = option else { continue };
        if option.defname() == Some("transaction_read_only") && truth(option.arg()) != Some(true) {
            gather.risk(RiskKind::ReadWrite, "transaction_read_only");
        }
    }
}

/// A boolean of an option, in the spellings that the grammar makes of it.
pub(super) fn truth(node: Node<'_>) -> Option<bool> {
    let text = match node {
        Node::None => return Some(true),
        Node::Boolean(value) => return Some(value.boolval),
        Node::Integer(number) => return Some(number.ival != 0),
        Node::A_Const(constant) => match constant.val()? {
            ConstValue::Integer(number) => return Some(number != 0),
            ConstValue::Boolean(value) => return Some(value),
            ConstValue::String(text) => text,
            _ => return None,
        },
        Node::String(text) => text.sval()?,
        Node::TypeName(name) => name.names().iter().next_back()?.sval()?,
        _ => return None,
    };
    match text.to_ascii_lowercase().as_str() {
        "true" | "on" | "1" => Some(true),
        "false" | "off" | "0" => Some(false),
        _ => None,
    }
}

fn reset_all(gather: &mut Gather) {
    // Role and session authorization are not reset by it; texts are read as they were at the session's begin.
    gather.risk(RiskKind::Setting, "all");
    gather.effect(Effect::Path { path: None, local: false });
}

pub(super) fn show(statement: &nodes::VariableShowStmt, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Other);
    let name = statement.name().unwrap_or_default();
    let names: &[&str] =
        if name.eq_ignore_ascii_case("all") { &["name", "setting", "description"] } else { &[name] };
    gather.outputs(names.iter().map(|name| Output { name: (*name).into(), ..Output::default() }).collect());
    "SHOW"
}

pub(super) fn discard(statement: &nodes::DiscardStmt, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Set);
    match statement.target {
        DiscardMode::DISCARD_ALL => {
            // It also sets the session authorization back to the role that logged in: the one that is followed.
            reset_all(gather);
            gather.effect(Effect::DiscardTemp);
            "DISCARD ALL"
        }
        DiscardMode::DISCARD_TEMP => {
            gather.effect(Effect::DiscardTemp);
            "DISCARD TEMP"
        }
        DiscardMode::DISCARD_PLANS => "DISCARD PLANS",
        DiscardMode::DISCARD_SEQUENCES => "DISCARD SEQUENCES",
        _ => super::unknown("a DISCARD", gather),
    }
}

#[cfg(test)]
mod tests {
    use model::facts::RiskKind;

    use crate::View;
    use crate::catalogue::builtin;

    #[test]
    fn the_role_that_a_session_logged_in_as_is_nothing_to_guard_where_it_began_with_it() {
        let mut catalogue = builtin(18);
        let risks = |catalogue: &crate::catalogue::Catalogue, text: &str| -> Vec<RiskKind> {
            let analysis = crate::analyze(text.as_bytes(), catalogue, &View::default());
            analysis.statements[0].facts.risks.iter().map(|risk| risk.kind).collect()
        };
        assert_eq!(
            risks(&catalogue, "SET ROLE NONE"),
            [RiskKind::Identity],
            "it may have begun with another"
        );
        catalogue.own_role = true;
        for text in ["SET ROLE NONE", "SET LOCAL ROLE NONE", "SET ROLE = 'none'"] {
            assert_eq!(risks(&catalogue, text), [RiskKind::Setting], "{text}");
        }
        for text in ["SET ROLE other", "SET ROLE \"None\"", "SET SESSION AUTHORIZATION DEFAULT", "RESET ROLE"]
        {
            assert_eq!(risks(&catalogue, text), [RiskKind::Identity], "{text}");
        }
    }
}
