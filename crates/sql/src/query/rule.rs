//! Rules and defaults: texts of the catalogue that run when a relation is written to.

use std::rc::Rc;
use std::sync::Arc;

use model::facts::{RiskKind, Verb};

use super::Scope;
use super::scope::{Inside, Piece, Table};
use super::select::Mode;
use super::target::Reached;
use super::walk::Walk;
use crate::catalogue::Relation;
use crate::gather::{Cx, Flow, Gather};
use crate::parse::{Node, Tree, nodes, raw};
use crate::view::View;

impl Walk<'_, '_> {
    /// The rules of a relation that `verb` sets off.
    pub(super) fn rules(&mut self, relation: &Arc<Relation>, verb: Verb, reached: &mut Reached) {
        let event = match verb {
            Verb::Insert => raw::CmdType::CMD_INSERT,
            Verb::Update => raw::CmdType::CMD_UPDATE,
            Verb::Delete => raw::CmdType::CMD_DELETE,
            _ => return,
        };
        let first = self.gather.first_time(relation.oid, Verb::Other) || !reached.by_rule;
        let empty = View::printed();
        for text in &relation.rules {
            let Ok(tree) = Tree::parse(text) else {
                self.gather.opaque("body", "the definition of a rule does not parse");
                continue;
            };
            for (node, _) in tree.statements(text) {
                let Node::RuleStmt(rule) = node else { continue };
                if rule.event != event {
                    continue;
                }
                reached.by_rule = true;
                if first {
                    let cx = self.cx.with_view(&empty);
                    let mut inner = Walk { cx, gather: self.gather };
                    inner.actions(rule, relation, verb, reached);
                }
            }
        }
    }

    fn actions(
        &mut self,
        rule: &nodes::RuleStmt,
        relation: &Arc<Relation>,
        verb: Verb,
        reached: &mut Reached,
    ) {
        let at = self.gather.access_to(verb, relation.oid);
        let mut scope = Scope::default();
        for name in ["old", "new"] {
            scope.tables.extend(
                Piece::of(Rc::new(Table {
                    name: name.into(),
                    schema: None,
                    at,
                    aliases: Vec::new(),
                    inside: Inside::Relation(Arc::clone(relation)),
                }))
                .tables,
            );
        }
        self.condition(rule.where_clause(), &scope);
        for action in rule.actions() {
            let done = self.deeper(|walk| match action {
                Node::NotifyStmt(_) => {
                    walk.gather.verb(Verb::Other);
                    walk.gather.risk(RiskKind::SideEffect, "notify");
                    None
                }
                Node::None => None,
                Node::SelectStmt(_) => walk.query(action, &scope, Mode::PART),
                _ => {
                    walk.query(action, &scope, Mode::PART);
                    None
                }
            });
            if let Some(rows) = done.flatten() {
                reached.rows = Some(rows);
            }
        }
    }

    /// The expression of a default or of a generated column: what it calls.
    pub(super) fn default(&mut self, relation: &Arc<Relation>, text: Option<&str>) {
        let Some(text) = text else { return };
        if is_plain(text) {
            return;
        }
        let table = Rc::new(Table {
            name: Arc::clone(&relation.name),
            schema: None,
            at: None,
            aliases: Vec::new(),
            inside: Inside::Plain(Arc::clone(relation)),
        });
        let what = "the expression of a default";
        let before = self.gather.settle(true);
        printed((what, text), &Scope::over(table, None), self.cx, self.gather);
        self.gather.settle(before);
    }
}

/// The expressions of arguments that a call leaves out.
pub(crate) fn left_out(text: &str, cx: Cx<'_>, gather: &mut Gather) -> Flow {
    // A default may call its own function again, which ends where the server's stack does.
    let flow = cx.with_variables(&[]).deeper(gather, |cx, gather| {
        printed(("the default of an argument", text), &Scope::default(), cx, gather)
    });
    flow.unwrap_or_else(Flow::unknown)
}

/// Expressions as the server prints them, with commas between: all that they may come from.
fn printed((what, text): (&str, &str), scope: &Scope<'_>, cx: Cx<'_>, gather: &mut Gather) -> Flow {
    let text = format!("SELECT {text}");
    let Ok(tree) = Tree::parse(&text) else {
        gather.opaque("body", format!("{what} does not parse"));
        return Flow::unknown();
    };
    let view = View::printed();
    let mut walk = Walk { cx: cx.with_view(&view), gather };
    let mut flow = Flow::default();
    for (node, _) in tree.statements(&text) {
        let Node::SelectStmt(select) = node else { continue };
        for target in select.target_list() {
            flow.add(&walk.expression(target.val(), scope));
        }
    }
    flow
}

/// Defaults that nearly all tables have, and that call nothing of anybody's.
fn is_plain(text: &str) -> bool {
    let calls = text.contains('(');
    !calls && !text.contains('.')
        || text == "now()"
        || (text.starts_with("nextval('") && text.ends_with("'::regclass)") && text.matches('(').count() == 1)
}
