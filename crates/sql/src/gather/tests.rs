//! What a gather collects, and how it is told.

use super::*;
use model::facts::{Derivation, Use};

fn object(name: &str) -> Object {
    Object { kind: ObjectKind::Table, schema: "public".into(), name: name.into(), oid: 1 }
}

fn id(name: &str) -> ColumnId {
    ColumnId { relation: 1, number: 1, of: "public.t".into(), name: name.into() }
}

#[test]
fn the_order_of_the_walk_does_not_show() {
    let build = |names: [&str; 2]| {
        let mut gather = Gather::default();
        for name in names {
            let at = gather.access(Verb::Select, object(name), None);
            let source = gather.column(Some(at), id("a"), true);
            gather.read(&Flow::copy(source, Shape::Unknown));
            gather.risk(RiskKind::NoLimit, name);
        }
        gather.finish("SELECT").facts
    };
    assert_eq!(build(["t", "u"]), build(["u", "t"]));
}

#[test]
fn a_column_that_is_copied_and_computed_with_counts_as_computed() {
    let mut gather = Gather::default();
    let at = gather.access(Verb::Select, object("t"), None);
    let source = gather.column(Some(at), id("a"), true);
    let mut flow = Flow::copy(source, Shape::Unknown);
    flow.add(&Flow::copy(source, Shape::Unknown).derived());
    let output = gather.output(&Column::new("x", flow));
    assert_eq!(output.uses, vec![Use { column: id("a"), derivation: Derivation::Derived }]);
}

#[test]
fn flows_merge_in_order_and_without_repetition() {
    let mut left = Flow::default();
    for source in [1, 3, 5] {
        left.insert(Source(source), Derivation::Copy);
    }
    let mut right = Flow::default();
    for source in [2, 3, 9] {
        right.insert(Source(source), Derivation::Derived);
    }
    left.add(&right);
    let sources: Vec<u32> = left.uses().map(|(source, _)| source.0).collect();
    assert_eq!(sources, [1, 2, 3, 5, 9]);
    assert_eq!(left.uses().nth(2), Some((Source(3), Derivation::Derived)));
}

#[test]
fn too_much_work_is_opaque() {
    let mut gather = Gather::default();
    assert!(gather.work(10));
    assert!(!gather.work(WORK_MAX as usize));
    assert_eq!(gather.finish("SELECT").facts.opaque.first().map(|opaque| opaque.kind), Some("limit"));
}
