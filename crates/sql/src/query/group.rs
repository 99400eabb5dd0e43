//! GROUP BY: what rows are grouped by. Columns beside the primary key of their table choose nothing.

use super::Scope;
use super::constant::whole_number;
use super::keyed::Keyed;
use super::name::words;
use super::walk::Walk;
use crate::gather::Column;
use crate::parse::{Node, nodes};

impl Walk<'_, '_> {
    /// GROUP BY.
    pub(super) fn grouping(&mut self, select: &nodes::SelectStmt, scope: &Scope<'_>, columns: &[Column]) {
        let list = select.group_clause();
        if list.iter().any(|node| matches!(node, Node::GroupingSet(_))) {
            // Each of the sets groups by itself, maybe without the key.
            return self.group(list, scope, columns);
        }
        // A number is a target's, which is found by it unless a `*` was spread out.
        let numbered = columns.len() == select.target_list().len();
        let target = |node: Node<'_>| {
            let number = whole_number(node).filter(|_| numbered && matches!(node, Node::A_Const(_)))?;
            let at = usize::try_from(number).ok()?.checked_sub(1)?;
            select.target_list().iter().nth(at).map(nodes::ResTarget::val)
        };
        let meant: Vec<Node<'_>> = list.iter().map(|node| target(node).unwrap_or(node)).collect();
        let keyed = Keyed::by(meant.iter().copied(), scope);
        for (node, meant) in list.iter().zip(meant) {
            if keyed.decides(meant, scope) {
                let flow = self.expression(meant, scope);
                self.gather.beside(&flow);
            } else {
                self.group_by(node, scope, columns);
            }
        }
    }

    fn group(&mut self, list: &pg_raw_parse::list::NodeList, scope: &Scope<'_>, columns: &[Column]) {
        list.iter().for_each(|node| self.group_by(node, scope, columns));
    }

    fn group_by(&mut self, node: Node<'_>, scope: &Scope<'_>, columns: &[Column]) {
        match node {
            Node::GroupingSet(set) => {
                let content = set.content();
                let _ = self.deeper(|walk| walk.group(content, scope, columns));
            }
            Node::ColumnRef(reference) if reference.fields().len() == 1 => {
                // An input column is meant before an output one.
                let name = words(reference.fields()).next().unwrap_or_default();
                match self.column_at(scope, name) {
                    Some((flow, _)) => self.gather.predicate(&flow),
                    None => self.sort_key(node, scope, columns),
                }
            }
            Node::RowExpr(row) => {
                for node in row.args() {
                    self.condition(node, scope);
                }
            }
            _ => self.sort_key(node, scope, columns),
        }
    }
}
