//! What writing to a relation leads to beyond the relation: its children and partitions, the table beneath a view,
//! triggers, rules, checks and defaults.

use std::collections::BTreeSet;
use std::sync::Arc;

use model::facts::{RiskKind, Verb};

use super::relation::{Target, looks_through};
use super::walk::Walk;
use crate::body::Sets;
use crate::catalogue::{Column, Follow, Relation, Trigger};
use crate::gather::{At, Cx, Flow, Gather};

/// The most children and partitions that are listed one by one.
const CHILDREN_MAX: usize = 1_000;

/// What a write reaches.
#[derive(Default)]
pub(super) struct Reached {
    /// All accesses that stand for the write: the relation's own first.
    pub(super) accesses: Vec<At>,
    /// A rule takes part, so that rows which come back may be anything.
    pub(super) by_rule: bool,
    /// What a rule's SELECT gives back.
    pub(super) rows: Option<Vec<crate::gather::Column>>,
    /// What triggers make of columns, by name, or of any, before they are given back.
    pub(super) made: Vec<(Option<Arc<str>>, Flow)>,
    /// Rows stay in their partitions: ON CONFLICT may not move them.
    in_place: bool,
}

impl Reached {
    /// The same write reaches more.
    pub(super) fn join(&mut self, other: Self) {
        self.by_rule |= other.by_rule;
        self.made.extend(other.made);
    }
}

impl Walk<'_, '_> {
    /// `verb` is done to these columns of a relation.
    pub(super) fn reach(&mut self, target: &Target, verb: Verb, columns: &BTreeSet<Arc<str>>) -> Reached {
        self.reach_from(target, verb, columns, Reached::default())
    }

    /// These columns are updated in rows that stay where they are.
    pub(super) fn reach_in_place(&mut self, target: &Target, columns: &BTreeSet<Arc<str>>) -> Reached {
        let reached = Reached { in_place: true, ..Reached::default() };
        self.reach_from(target, Verb::Update, columns, reached)
    }

    fn reach_from(
        &mut self,
        target: &Target,
        verb: Verb,
        columns: &BTreeSet<Arc<str>>,
        mut reached: Reached,
    ) -> Reached {
        let at = self.gather.access(verb, target.object.clone(), target.rows);
        reached.accesses.push(at);
        for column in columns {
            self.gather.writes(at, column);
        }
        if target.object.is_system() {
            self.gather.risk(RiskKind::SystemWrite, target.object.full_name());
        }
        if let Some(relation) = target.relation.clone() {
            if looks_through(&relation) && relation.triggers.iter().any(|trigger| fires(trigger, verb)) {
                // An INSTEAD OF trigger is given the whole row.
                for column in self.columns_in(&target.table) {
                    self.gather.read(&column.flow);
                }
            }
            let _ = self.deeper(|walk| {
                walk.reach_relation(&relation, verb, columns, target.with_children, &mut reached);
            });
        }
        reached
    }

    fn reach_relation(
        &mut self,
        relation: &Arc<Relation>,
        verb: Verb,
        columns: &BTreeSet<Arc<str>>,
        with_children: bool,
        reached: &mut Reached,
    ) {
        let mut all = vec![Arc::clone(relation)];
        // What is put into a table stays in it, unless it is partitioned.
        let stays = matches!(verb, Verb::Insert | Verb::CopyIn) && !relation.partitioned;
        if with_children && !stays {
            all.extend(descendants(relation, self.cx, self.gather));
        }
        for one in all.iter().skip(1) {
            let at = self.written(one, verb, columns);
            reached.accesses.push(at);
        }
        // A child's rows are its parents' rows too: what rules say of a table holds for its partitions by name.
        for one in self.ancestors(relation) {
            self.written(&one, verb, columns);
        }
        for one in &all {
            if self.gather.first_time(one.oid, verb) {
                self.runs(one, verb);
            }
            self.makes(one, verb, reached);
            self.follow(one, verb, columns, reached);
            if !one.rules.is_empty() {
                self.rules(one, verb, reached);
            }
        }
        if verb == Verb::Update && with_children && !reached.in_place {
            self.moves(&all, columns, reached);
        }
        if looks_through(relation)
            && let Some(seen) = self.seen(relation)
            && let Some(beneath) = seen.beneath
            && let Some(base) = self.cx.catalogue.relation_by_oid(beneath).cloned()
        {
            let behind: BTreeSet<Arc<str>> =
                columns.iter().flat_map(|column| seen.behind(column, beneath)).cloned().collect();
            let at = self.written(&base, verb, &behind);
            reached.accesses.push(at);
            let made = reached.made.len();
            let _ = self.deeper(|walk| walk.reach_relation(&base, verb, &behind, true, reached));
            // The view's columns have other names.
            reached.made.iter_mut().skip(made).for_each(|(name, _)| *name = None);
        }
    }

    /// What triggers make of the row before it is written.
    pub(super) fn makes(&mut self, relation: &Arc<Relation>, verb: Verb, reached: &mut Reached) {
        let makes = |trigger: &&Trigger| trigger.before && verb != Verb::Delete && fires(trigger, verb);
        if self.cx.in_body {
            return;
        }
        for trigger in relation.triggers.iter().filter(makes) {
            let Some((sets, flow)) = crate::body::sets(trigger.function, self.cx, self.gather) else {
                continue;
            };
            let names = sets.columns.iter().map(|name| Some(name.as_str().into()));
            let names = if sets.all { vec![None] } else { names.collect::<Vec<Option<Arc<str>>>>() };
            for name in names {
                let mut flow = flow.clone();
                self.of_row(relation, &sets, name.as_deref(), &mut flow);
                if flow.is_opaque() || flow.uses().next().is_some() {
                    reached.made.push((name, flow));
                }
            }
        }
    }

    /// Adds the columns of the row itself that a trigger looks at, when it makes one of them (`None`: any).
    fn of_row(&mut self, relation: &Arc<Relation>, sets: &Sets, made: Option<&str>, flow: &mut Flow) {
        for (index, column) in relation.columns.iter().enumerate() {
            let is_read = sets.reads_all || sets.reads.iter().any(|name| **name == *column.name);
            if is_read && made != Some(&*column.name) {
                let own = self.base_column(relation, index, None);
                self.add(flow, &own.derived());
            }
        }
    }

    /// The access that `verb` is to a relation. What is copied into one is inserted as well.
    fn written(&mut self, relation: &Relation, verb: Verb, columns: &BTreeSet<Arc<str>>) -> At {
        if verb == Verb::CopyIn {
            self.written(relation, Verb::Insert, columns);
        }
        let at = self.gather.relation(verb, relation);
        columns.iter().for_each(|column| self.gather.writes(at, column));
        at
    }

    /// What the foreign keys that refer to a relation do to their own tables.
    fn follow(
        &mut self,
        relation: &Arc<Relation>,
        verb: Verb,
        columns: &BTreeSet<Arc<str>>,
        reached: &mut Reached,
    ) {
        let is_key = |column: &&Column| {
            columns.contains(&column.name) && relation.keys.iter().any(|key| key.contains(&column.number))
        };
        let applies = match verb {
            Verb::Delete => true,
            Verb::Update => relation.columns.iter().find(is_key).is_some(),
            _ => false,
        };
        if !applies {
            return;
        }
        for reference in &relation.referenced_by {
            let follow = if verb == Verb::Delete { reference.on_delete } else { reference.on_update };
            let next = match follow {
                Follow::Refuse => continue,
                Follow::Same => verb,
                Follow::Set => Verb::Update,
            };
            let Some(other) = self.cx.catalogue.relation_by_oid(reference.relation).cloned() else {
                self.gather.unknown(None, &format!("relation {}", reference.relation));
                continue;
            };
            let known = self.gather.access_to(next, other.oid).is_some();
            let refers = |column: &&Column| next == Verb::Update && reference.by.contains(&column.number);
            let changed: BTreeSet<Arc<str>> =
                other.columns.iter().filter(refers).map(|column| Arc::clone(&column.name)).collect();
            let at = self.written(&other, next, &changed);
            if !known {
                reached.accesses.push(at);
                let made = reached.made.len();
                let in_place = std::mem::take(&mut reached.in_place);
                let _ = self.deeper(|walk| {
                    walk.reach_relation(&other, next, &changed, true, reached);
                });
                reached.in_place = in_place;
                // Those rows are not given back.
                reached.made.truncate(made);
            }
        }
    }

    /// All that a relation inherits from or is a partition of.
    fn ancestors(&self, relation: &Relation) -> Vec<Arc<Relation>> {
        let mut found: Vec<Arc<Relation>> = Vec::new();
        let mut next: Vec<u32> = relation.parents.clone();
        while let Some(oid) = next.pop() {
            if found.len() < CHILDREN_MAX
                && !found.iter().any(|one| one.oid == oid)
                && let Some(parent) = self.cx.catalogue.relation_by_oid(oid)
            {
                next.extend(&parent.parents);
                found.push(Arc::clone(parent));
            }
        }
        found
    }

    /// The functions that a write runs unseen.
    fn runs(&mut self, relation: &Arc<Relation>, verb: Verb) {
        let functions =
            relation.triggers.iter().filter(|trigger| fires(trigger, verb)).map(|trigger| trigger.function);
        let functions: Vec<u32> =
            functions.chain(relation.functions.iter().chain(&relation.conditions).copied()).collect();
        for function in functions {
            crate::function::by_oid(function, self.cx, self.gather);
        }
        if matches!(verb, Verb::Insert | Verb::Update | Verb::CopyIn) {
            for column in relation.columns.iter() {
                if column.generated || verb != Verb::Update {
                    self.default(relation, column.default.as_deref());
                    if column.default.is_some() {
                        super::coerce::coerce(&[(0, column.type_oid)], self.cx, self.gather);
                    }
                }
                crate::function::input(column.type_oid, self.cx, self.gather);
            }
        }
    }
}

/// What COPY FROM sets off: what an INSERT of these columns would, past rules.
pub(crate) fn copied(relation: &Arc<Relation>, columns: &[Arc<str>], cx: Cx<'_>, gather: &mut Gather) {
    let mut walk = Walk { cx, gather };
    let columns: BTreeSet<Arc<str>> = columns.iter().cloned().collect();
    let _ = walk.deeper(|walk| {
        walk.reach_relation(relation, Verb::CopyIn, &columns, true, &mut Reached::default());
    });
}

/// Whether a trigger fires on this.
pub(super) fn fires(trigger: &Trigger, verb: Verb) -> bool {
    match verb {
        Verb::Insert | Verb::CopyIn => trigger.insert,
        Verb::Update => trigger.update,
        Verb::Delete => trigger.delete,
        Verb::Truncate => trigger.truncate,
        _ => false,
    }
}

/// All that inherit from a relation, and its partitions, theirs included.
pub(crate) fn descendants(relation: &Relation, cx: Cx<'_>, gather: &mut Gather) -> Vec<Arc<Relation>> {
    let mut found: Vec<Arc<Relation>> = Vec::new();
    let mut next: Vec<u32> = relation.children.clone();
    let mut seen: BTreeSet<u32> = BTreeSet::from([relation.oid]);
    while let Some(oid) = next.pop() {
        if !seen.insert(oid) {
            continue;
        }
        let Some(child) = cx.catalogue.relation_by_oid(oid) else { continue };
        if found.len() >= CHILDREN_MAX {
            gather.opaque("limit", format!("it reaches more than {CHILDREN_MAX} partitions"));
            break;
        }
        next.extend(&child.children);
        found.push(Arc::clone(child));
    }
    found
}
