//! Names in the tree: lists of words, and the name that the server gives to an output that has none of its own
//! (`FigureColname` in its parser). It resolves nothing.

use crate::parse::{Node, nodes, raw};
use pg_raw_parse::list::NodeList;

/// The words of a list of names.
pub(super) fn words(list: &NodeList) -> impl DoubleEndedIterator<Item = &str> {
    list.iter().filter_map(Node::as_str)
}

/// The words of a type's name.
pub(super) fn type_words(name: &nodes::TypeName) -> impl Iterator<Item = &str> {
    name.names().iter().filter_map(nodes::String::sval)
}

/// A possibly qualified name: schema, and name. A database's name before them is left out.
pub(super) fn qualified<'a>(names: impl Iterator<Item = &'a str>) -> (Option<&'a str>, &'a str) {
    let (mut schema, mut name) = (None, "");
    for word in names {
        schema = (!name.is_empty()).then_some(name);
        name = word;
    }
    (schema, name)
}

/// The name of an output.
pub(super) fn output_name(target: &nodes::ResTarget) -> &str {
    target.name().unwrap_or_else(|| figure(target.val()).map_or("?column?", |(name, _)| name))
}

/// The name that an expression suggests, and whether it is better than a type's name.
pub(super) fn figure(mut node: Node<'_>) -> Option<(&str, bool)> {
    let mut weak: Option<&str> = None;
    // Only casts and the like are walked through, one inside of the other.
    for _ in 0..10_000 {
        let found = match node {
            Node::ColumnRef(reference) => words(reference.fields()).last().map(|name| (name, true)),
            Node::A_Indirection(indirection) => {
                if let Some(name) = words(indirection.indirection()).last() {
                    return Some((name, true));
                }
                node = indirection.arg();
                continue;
            }
            Node::FuncCall(call) => words(call.funcname()).last().map(|name| (name, true)),
            Node::A_Expr(expr) if expr.kind == raw::A_Expr_Kind::AEXPR_NULLIF => Some(("nullif", true)),
            Node::TypeCast(cast) => {
                if weak.is_none() {
                    weak = cast
                        .type_name()
                        .and_then(|kind| kind.names().iter().next_back())
                        .and_then(|s| s.sval());
                }
                node = cast.arg();
                continue;
            }
            Node::CollateClause(collate) => {
                node = collate.arg();
                continue;
            }
            Node::GroupingFunc(_) => Some(("grouping", true)),
            Node::MergeSupportFunc(_) => Some(("merge_action", true)),
            Node::SubLink(link) => match link.sub_link_type {
                raw::SubLinkType::EXISTS_SUBLINK => Some(("exists", true)),
                raw::SubLinkType::ARRAY_SUBLINK => Some(("array", true)),
                raw::SubLinkType::EXPR_SUBLINK => match first_target(link.subselect()) {
                    Some(target) => match target.name() {
                        Some(name) => Some((name, true)),
                        None => {
                            node = target.val();
                            continue;
                        }
                    },
                    None => None,
                },
                _ => None,
            },
            Node::CaseExpr(case) => {
                if weak.is_none() {
                    weak = Some("case");
                }
                node = case.defresult();
                continue;
            }
            Node::A_ArrayExpr(_) => Some(("array", true)),
            Node::RowExpr(_) => Some(("row", true)),
            Node::CoalesceExpr(_) => Some(("coalesce", true)),
            Node::MinMaxExpr(expr) => {
                Some((if expr.op == raw::MinMaxOp::IS_GREATEST { "greatest" } else { "least" }, true))
            }
            Node::SQLValueFunction(function) => value_function(function).map(|name| (name, true)),
            Node::XmlExpr(expr) => xml(expr).map(|name| (name, true)),
            Node::XmlSerialize(_) => Some(("xmlserialize", true)),
            Node::JsonParseExpr(_) => Some(("json", true)),
            Node::JsonScalarExpr(_) => Some(("json_scalar", true)),
            Node::JsonSerializeExpr(_) => Some(("json_serialize", true)),
            Node::JsonObjectConstructor(_) => Some(("json_object", true)),
            Node::JsonArrayConstructor(_) | Node::JsonArrayQueryConstructor(_) => Some(("json_array", true)),
            Node::JsonObjectAgg(_) => Some(("json_objectagg", true)),
            Node::JsonArrayAgg(_) => Some(("json_arrayagg", true)),
            Node::JsonFuncExpr(expr) => match expr.op {
                raw::JsonExprOp::JSON_EXISTS_OP => Some(("json_exists", true)),
                raw::JsonExprOp::JSON_QUERY_OP => Some(("json_query", true)),
                raw::JsonExprOp::JSON_VALUE_OP => Some(("json_value", true)),
                _ => None,
            },
            _ => None,
        };
        return found.or(weak.map(|name| (name, false)));
    }
    weak.map(|name| (name, false))
}

fn first_target(node: Node<'_>) -> Option<&nodes::ResTarget> {
    let Node::SelectStmt(mut select) = node else { return None };
    while let Some(left) = select.larg() {
        select = left;
    }
    select.target_list().first()
}

fn value_function(function: &nodes::SQLValueFunction) -> Option<&'static str> {
    use raw::SQLValueFunctionOp as Op;
    Some(match function.op {
        Op::SVFOP_CURRENT_DATE => "current_date",
        Op::SVFOP_CURRENT_TIME | Op::SVFOP_CURRENT_TIME_N => "current_time",
        Op::SVFOP_CURRENT_TIMESTAMP | Op::SVFOP_CURRENT_TIMESTAMP_N => "current_timestamp",
        Op::SVFOP_LOCALTIME | Op::SVFOP_LOCALTIME_N => "localtime",
        Op::SVFOP_LOCALTIMESTAMP | Op::SVFOP_LOCALTIMESTAMP_N => "localtimestamp",
        Op::SVFOP_CURRENT_ROLE => "current_role",
        Op::SVFOP_CURRENT_USER => "current_user",
        Op::SVFOP_USER => "user",
        Op::SVFOP_SESSION_USER => "session_user",
        Op::SVFOP_CURRENT_CATALOG => "current_catalog",
        Op::SVFOP_CURRENT_SCHEMA => "current_schema",
        _ => return None,
    })
}

fn xml(expr: &nodes::XmlExpr) -> Option<&'static str> {
    use raw::XmlExprOp as Op;
    Some(match expr.op {
        Op::IS_XMLCONCAT => "xmlconcat",
        Op::IS_XMLELEMENT => "xmlelement",
        Op::IS_XMLFOREST => "xmlforest",
        Op::IS_XMLPARSE => "xmlparse",
        Op::IS_XMLPI => "xmlpi",
        Op::IS_XMLROOT => "xmlroot",
        Op::IS_XMLSERIALIZE => "xmlserialize",
        _ => return None,
    })
}
