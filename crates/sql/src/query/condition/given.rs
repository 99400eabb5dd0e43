//! Lists that come with a statement, in an array or a document: their rows are given as those of VALUES are. It judges no
//! condition.

use super::Judge;
use super::part::Parts;
use super::source::Source;
use crate::parse::{Node, nodes};
use crate::query::name::{qualified, words};

/// The server's functions that give back the parts of what they are given, and no more.
const PARTS: [&str; 17] = [
    "json_array_elements",
    "json_array_elements_text",
    "json_each",
    "json_each_text",
    "json_object_keys",
    "json_populate_recordset",
    "json_to_recordset",
    "jsonb_array_elements",
    "jsonb_array_elements_text",
    "jsonb_each",
    "jsonb_each_text",
    "jsonb_object_keys",
    "jsonb_populate_recordset",
    "jsonb_to_recordset",
    "regexp_split_to_table",
    "string_to_table",
    "unnest",
];
/// Those that say in another way what they are given: none makes up values of its own.
const KEEPING: [&str; 8] = [
    "btrim",
    "json_extract_path",
    "jsonb_extract_path",
    "lower",
    "regexp_split_to_array",
    "string_to_array",
    "trim",
    "upper",
];

impl Judge<'_> {
    /// Functions in FROM.
    pub(super) fn of_functions<'n>(&self, range: &'n nodes::RangeFunction) -> Source<'n> {
        let alias = range.alias().and_then(nodes::Alias::aliasname);
        let call = |item: Node<'n>| match item {
            Node::NodeList(pair) => match pair.get(0) {
                Some(Node::FuncCall(call)) => Some(call),
                _ => None,
            },
            _ => None,
        };
        let own = range.functions().iter().find_map(call).and_then(|call| words(call.funcname()).last());
        let bounded = range.functions().iter().all(|item| call(item).is_some_and(|it| self.gives_parts(it)));
        Source { by_functions: true, ..Source::of(alias.or(own).unwrap_or_default(), bounded) }
    }

    /// Whether a call gives the parts of a value which came with the statement.
    fn gives_parts(&self, call: &nodes::FuncCall) -> bool {
        self.is_servers(call, &PARTS) && call.args().iter().all(|argument| self.is_given(argument))
    }

    /// Whether a value came with the statement: no row and no function of somebody's takes part in it.
    pub(super) fn is_given(&self, node: Node<'_>) -> bool {
        let parts = Parts::of(node);
        parts.columns.is_empty()
            && !parts.query
            && !parts.levels
            && parts.calls.iter().all(|call| self.is_servers(call, &KEEPING))
    }

    /// Whether a result is one value for each row, or those of a list that is given.
    pub(super) fn is_no_list(&self, node: Node<'_>) -> bool {
        Parts::of(node).calls.iter().all(|call| {
            let (schema, name) = qualified(words(call.funcname()));
            let all = self.cx.catalogue.functions(self.cx.view, schema, name);
            self.gives_parts(call) || !all.is_empty() && all.iter().all(|function| !function.returns_set)
        })
    }

    fn is_servers(&self, call: &nodes::FuncCall, names: &[&str]) -> bool {
        let (schema, name) = qualified(words(call.funcname()));
        names.contains(&name)
            && self
                .cx
                .catalogue
                .functions(self.cx.view, schema, name)
                .iter()
                .all(|function| crate::function::is_built_in(function))
    }
}
