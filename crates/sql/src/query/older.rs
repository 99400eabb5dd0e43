//! Words of SQL/JSON and MERGE on servers that do not know them: there they are calls of whatever functions have their names.
//! The grammar that texts are read by is the newest one's. It resolves nothing on newer servers.

use model::facts::ObjectKind;

use super::hazard::Verdict;
use super::walk::Walk;
use crate::gather::Flow;
use crate::parse::{Node, raw};

/// The first server that knows the constructors and aggregates of SQL/JSON …
const CONSTRUCTS: u32 = 16;
/// … and the one that knows its other functions, and MERGE_ACTION.
const QUERIES: u32 = 17;

impl Walk<'_, '_> {
    /// What such a word calls on the server that the text goes to; `values` is what it is given.
    pub(super) fn older(&mut self, node: Node<'_>, values: &mut Flow) {
        let Some((name, since)) = word(node) else { return };
        if self.cx.catalogue.server >= since {
            return;
        }
        let candidates = self.cx.catalogue.functions(self.cx.view, None, name);
        let made = |one: &crate::view::Made| one.kind == ObjectKind::Function && one.name.starts_with(name);
        if candidates.is_empty() && !self.cx.view.made.iter().any(made) {
            return;
        }
        let called = crate::function::call(&candidates, &[name], &[], self.cx, self.gather);
        self.hazard(Verdict::Partial, values);
        called.keeps.iter().for_each(|object| self.gather.flows(object, &"".into(), 0, values));
        values.add(&called.flow);
    }

    /// The name of a function as this server reads it: newer ones take one for their own that older ones look for.
    pub(super) fn older_name<'n>(&self, names: Vec<&'n str>) -> Vec<&'n str> {
        let is_read_anew = self.cx.catalogue.server < CONSTRUCTS && *names == ["pg_catalog", "json_object"];
        if is_read_anew { vec!["json_object"] } else { names }
    }
}

/// The function that older servers look for, and the first one that does not.
fn word(node: Node<'_>) -> Option<(&'static str, u32)> {
    use raw::JsonExprOp as Op;
    Some(match node {
        Node::JsonObjectConstructor(_) => ("json_object", CONSTRUCTS),
        Node::JsonArrayConstructor(_) | Node::JsonArrayQueryConstructor(_) => ("json_array", CONSTRUCTS),
        Node::JsonObjectAgg(_) => ("json_objectagg", CONSTRUCTS),
        Node::JsonArrayAgg(_) => ("json_arrayagg", CONSTRUCTS),
        Node::JsonFuncExpr(function) => match function.op {
            Op::JSON_EXISTS_OP => ("json_exists", QUERIES),
            Op::JSON_QUERY_OP => ("json_query", QUERIES),
            _ => ("json_value", QUERIES),
        },
        Node::JsonParseExpr(_) => ("json", QUERIES),
        Node::JsonScalarExpr(_) => ("json_scalar", QUERIES),
        Node::JsonSerializeExpr(_) => ("json_serialize", QUERIES),
        Node::MergeSupportFunc(_) => ("merge_action", QUERIES),
        _ => return None,
    })
}
