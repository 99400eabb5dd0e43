//! What a table that is being made or changed will run later, when rows are put into it: nobody knows its definition
//! until the catalogue is read again, so it is counted while it is written down. It never runs or decides anything.

use std::sync::Arc;

use model::facts::RiskKind;

use super::walk::Walk;
use crate::catalogue::Relation;
use crate::gather::{Cx, Gather};
use crate::parse::nodes;

/// Names of the grammar's own that stand for a type and a sequence.
const SERIAL: [&str; 6] = ["serial", "serial2", "serial4", "serial8", "bigserial", "smallserial"];

/// Reading a value into a type that is named: its checks, its input function. Returns the type, 0 when it is not known.
pub(crate) fn type_read(name: Option<&nodes::TypeName>, cx: Cx<'_>, gather: &mut Gather) -> u32 {
    let Some(named) = name else { return 0 };
    let parts: Vec<&str> = named.names().iter().filter_map(nodes::String::sval).collect();
    if matches!(*parts, [only] if SERIAL.contains(&only)) {
        return 0;
    }
    Walk { cx, gather }.type_named(name).type_oid()
}

/// What fires for the rows of a table's new partition as well: its triggers are made for the partition anew.
pub(crate) fn partition_runs(relation: &Relation, cx: Cx<'_>, gather: &mut Gather) {
    let fired = relation.triggers.iter().map(|trigger| trigger.function);
    for function in fired.chain(relation.conditions.iter().copied()) {
        crate::function::by_oid(function, cx, gather);
    }
}

/// What a table runs when rows are put into it or all of them are written anew: checks, index and partition expressions,
/// statistics, defaults, generated columns, the types of its columns. `defaults`: its sequences are meant as well.
pub(crate) fn relation_runs(relation: &Arc<Relation>, defaults: bool, cx: Cx<'_>, gather: &mut Gather) {
    for function in relation.functions.iter().chain(&relation.statistics) {
        crate::function::by_oid(*function, cx, gather);
    }
    for column in relation.columns.iter() {
        let text = column.default.as_deref();
        if defaults && text.is_some_and(|text| text.contains("nextval(")) {
            gather.risk(RiskKind::SideEffect, "nextval");
        }
        Walk { cx, gather }.default(relation, text);
        crate::function::input(column.type_oid, cx, gather);
    }
}
