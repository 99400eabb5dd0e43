//! What of labels is near a statement: the labelled columns of what it touches, and how it uses those that are hidden. It asks
//! no rule.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::{Labels, Standing};
use model::Class;
use model::facts::{Access, ColumnId, Derivation, Facts, Flow, ObjectKind, Verb};
use policy::{Labelled, Probe};
use sql::Lexer;

use super::types::Types;

/// Labelled columns that are near, by relation and number.
pub(super) type Near = BTreeMap<(u32, i16), (ColumnId, Class)>;

/// The labelled columns of all relations that are touched; columns that are returned and may hold anything; and whether
/// something is touched that nobody has looked at.
pub(super) fn near(
    facts: &[Arc<Facts>],
    results: &[Option<Arc<Facts>>],
    labels: &Labels,
) -> (Near, Near, bool) {
    let mut near = Near::new();
    let mut texts = Near::new();
    let mut unseen = false;
    for facts in facts {
        for access in &facts.accesses {
            let object = &access.object;
            let holds_rows = matches!(
                object.kind,
                ObjectKind::Table
                    | ObjectKind::View
                    | ObjectKind::MaterializedView
                    | ObjectKind::ForeignTable
            );
            if !holds_rows || object.oid == 0 || object.is_system() {
                continue;
            }
            let Some(columns) = labels.relation(object.oid) else {
                unseen = true;
                continue;
            };
            let of: Arc<str> = object.full_name().into();
            for column in columns.iter() {
                let Some(class) = column.standing.class() else { continue };
                let (number, name) = (column.number, Arc::clone(&column.name));
                let id = ColumnId { relation: object.oid, number, of: Arc::clone(&of), name };
                near.insert((object.oid, number), (id, class));
            }
        }
        let outputs = facts.outputs.iter().flat_map(|outputs| outputs.iter()).flat_map(|output| &output.uses);
        let flows = facts.flows.iter().flat_map(|flow| &flow.uses);
        for used in outputs.chain(flows) {
            let at = (used.column.relation, used.column.number);
            if let Some(class) = labels.of(at.0, at.1).class() {
                near.entry(at).or_insert_with(|| (used.column.clone(), class));
            }
        }
    }
    let outputs = results.iter().flatten().filter_map(|facts| facts.outputs.as_ref());
    for used in outputs.flat_map(|outputs| outputs.iter()).flat_map(|output| &output.uses) {
        let at = (used.column.relation, used.column.number);
        if matches!(labels.of(at.0, at.1), Standing::Text | Standing::Plain) {
            texts.entry(at).or_insert_with(|| (used.column.clone(), Class::FreeText));
        }
    }
    (near, texts, unseen)
}

/// Whether it writes, and is not known to return rows.
pub(super) fn is_silent(facts: &Facts) -> bool {
    let writes = [Verb::Insert, Verb::Update, Verb::Delete, Verb::Merge];
    facts.outputs.is_none() && facts.verbs.iter().any(|verb| writes.contains(verb))
}

/// Whether it may return what its lineage does not tell.
pub(super) fn is_uncertain(facts: &Facts) -> bool {
    !facts.opaque.is_empty()
        || facts.outputs.iter().flat_map(|outputs| outputs.iter()).any(|output| output.opaque)
}

/// The hidden columns that rows are chosen by, and how.
pub(super) fn probes<'a>(
    facts: &'a [Arc<Facts>],
    hidden: &'a Near,
    labels: &Labels,
    types: &Types,
) -> Vec<(Labelled<'a>, Probe)> {
    let is_of_few = |column: &ColumnId, class: Class| {
        // Of what nobody has looked at yet only its type would say so.
        let is_new = labels.of(column.relation, column.number) == Standing::New;
        is_of_few(class) || !is_new && types.is_of_few((column.relation, column.number), class)
    };
    let mut probes = Vec::new();
    for facts in facts {
        let plans = facts.verbs.contains(&Verb::Explain);
        facts
            .accesses
            .iter()
            .for_each(|access| probes.extend(probed(access, hidden, labels, &is_of_few, plans)));
    }
    probes
}

/// With how many values a column is compared, and with the members of which parameters.
pub(super) fn guesses(facts: &[Arc<Facts>], column: &ColumnId) -> (u32, Vec<u16>) {
    let accesses = facts.iter().flat_map(|facts| &facts.accesses);
    let (mut guesses, mut lists) = (0_u32, Vec::new());
    for access in accesses.filter(|access| access.object.oid == column.relation) {
        let columns = &access.columns;
        let compared = columns.lookup.iter().zip(&columns.guesses);
        let here = compared.filter(|(name, _)| **name == column.name).map(|(_, guesses)| *guesses);
        guesses = here.fold(guesses, u32::saturating_add);
        lists.extend(columns.lists.iter().filter(|(name, _)| *name == column.name).map(|(_, list)| *list));
    }
    (guesses, lists)
}

/// Whether values of hidden columns are used in any way.
pub(super) fn uses(facts: &[Arc<Facts>], hidden: &Near) -> bool {
    let used = |access: &Access| {
        let of = access.object.oid;
        let mut columns = hidden.range((of, i16::MIN)..=(of, i16::MAX)).map(|(_, (column, _))| &column.name);
        let all = &access.columns;
        let lists = [&all.read, &all.predicate, &all.partial, &all.counted, &all.written];
        columns.any(|name| lists.iter().any(|list| list.contains(name)))
    };
    let at = |used: &model::facts::Use| hidden.contains_key(&(used.column.relation, used.column.number));
    facts.iter().any(|facts| {
        let outputs = facts.outputs.iter().flat_map(|outputs| outputs.iter()).flat_map(|output| &output.uses);
        facts.accesses.iter().any(used)
            || outputs.chain(facts.flows.iter().flat_map(|flow| &flow.uses)).any(at)
    })
}

/// Whether hidden columns are assigned.
pub(super) fn writes(facts: &[Arc<Facts>], hidden: &Near) -> bool {
    facts.iter().flat_map(|facts| &facts.accesses).any(|access| {
        let of = access.object.oid;
        let mut columns = hidden.range((of, i16::MIN)..=(of, i16::MAX)).map(|(_, (column, _))| &column.name);
        columns.any(|name| access.columns.written.contains(name))
    })
}

/// The relations that are written to and of which some columns are hidden.
pub(super) fn written(facts: &[Arc<Facts>], hidden: &Near) -> Vec<(u32, Arc<str>)> {
    let keeps = [Verb::Insert, Verb::Update, Verb::Merge, Verb::CopyIn, Verb::Delete];
    let mut written: Vec<(u32, Arc<str>)> = Vec::new();
    for access in facts.iter().flat_map(|facts| &facts.accesses) {
        let of = access.object.oid;
        let holds_hidden = hidden.range((of, i16::MIN)..=(of, i16::MAX)).next().is_some();
        if of != 0
            && holds_hidden
            && keeps.contains(&access.verb)
            && written.iter().all(|(known, _)| *known != of)
        {
            written.push((of, access.object.full_name().into()));
        }
    }
    written
}

/// Whether a literal of a text is what a mask shows.
pub(super) fn shows_mask(text: &[u8]) -> bool {
    let mut literals = Lexer::new(text).filter(|token| token.kind.is_string());
    literals.any(|token| mask::cover::shows_mask(token.of(text)))
}

/// The hidden columns that an access chooses by, and how.
fn probed<'a>(
    access: &'a Access,
    hidden: &'a Near,
    labels: &Labels,
    is_of_few: &dyn Fn(&ColumnId, Class) -> bool,
    plans: bool,
) -> Vec<(Labelled<'a>, Probe)> {
    let columns = &access.columns;
    let chosen = columns.predicate.iter().chain(&columns.partial).chain(&columns.counted);
    let mut probes: Vec<(Labelled<'a>, Probe)> = Vec::new();
    for name in chosen {
        let fails =
            columns.partial.binary_search(name).is_ok() || columns.counted.binary_search(name).is_ok();
        if !fails && !plans && columns.beside.binary_search(name).is_ok() {
            continue;
        }
        let of = access.object.oid;
        let found = hidden
            .range((of, i16::MIN)..=(of, i16::MAX))
            .map(|(_, found)| found)
            .find(|(column, _)| column.name == *name);
        let Some((column, class)) = found else { continue };
        let place = columns.lookup.binary_search(name);
        // A piece of a value, or what was asked of it, is found with a few guesses.
        let is_made = matches!(labels.of(of, column.number), Standing::Made(_));
        // That a value is NULL every mask shows.
        let is_listed = columns.lists.iter().any(|(listed, _)| listed == name);
        let is_null = !is_listed && place.is_ok_and(|place| columns.guesses.get(place) == Some(&0));
        if !fails && !is_made && is_null {
            continue;
        }
        // A plan tells how many rows the server expects, for whatever value it is asked.
        let looks_up = !plans && !fails && !is_made && !is_of_few(column, *class) && place.is_ok();
        let probe = if looks_up { Probe::Lookup } else { Probe::Free };
        probes.push((Labelled { column, class: *class }, probe));
    }
    probes
}

/// Whether a class has so few values that everybody knows them: who looks one up has all rows of it, and need not guess.
fn is_of_few(class: Class) -> bool {
    matches!(
        class,
        Class::Age
            | Class::Gender
            | Class::Nationality
            | Class::MaritalStatus
            | Class::Health
            | Class::Biometric
            | Class::SpecialCategory
            | Class::CardCode
    )
}

/// The hidden column whose values a flow would put where they are not hidden in the same way. Unchanged they may go into a
/// column of the same class of their own table: what is made of them could be shown by its mask bit by bit, and another table
/// may tell them by where it puts its rows. With something known put to it a column that `keeps` what is hidden in it may go into itself.
pub(super) fn laundered<'a>(
    flow: &Flow,
    hidden: &'a Near,
    labels: &Labels,
    keeps: &dyn Fn((u32, i16)) -> bool,
) -> Option<(&'a ColumnId, Class)> {
    let stays = if flow.into.kind == ObjectKind::Function || flow.into.oid == 0 || flow.number == 0 {
        None
    } else {
        labels.of(flow.into.oid, flow.number).class()
    };
    flow.uses
        .iter()
        .filter_map(|used| Some((used, hidden.get(&(used.column.relation, used.column.number))?)))
        .find(|(used, (_, class))| {
            let at = (used.column.relation, used.column.number);
            let same = match used.derivation {
                Derivation::Copy => at.0 == flow.into.oid,
                Derivation::Extended => at == (flow.into.oid, flow.number) && keeps(at),
                Derivation::Derived => false,
            };
            !same || stays != Some(*class)
        })
        .map(|(_, (column, class))| (column, *class))
}

pub(super) fn into(flow: &Flow) -> String {
    let object = flow.into.full_name();
    match (flow.into.kind, &*flow.column) {
        (ObjectKind::Function, _) => format!("function `{object}`"),
        (_, "") => format!("`{object}`"),
        (_, column) => format!("column `{object}.{column}`"),
    }
}

#[cfg(test)]
mod tests {
    use model::facts::{Columns, Object};

    use super::*;

    #[test]
    fn of_few_values_none_is_looked_up() {
        let names: Vec<Arc<str>> = vec!["email".into(), "sex".into()];
        let columns = Columns {
            predicate: names.clone(),
            lookup: names.clone(),
            guesses: vec![1, 1],
            ..Columns::default()
        };
        let (schema, name) = ("public".into(), "people".into());
        let object = Object { kind: ObjectKind::Table, schema, name, oid: 20_000 };
        let access = Access { verb: Verb::Select, object, columns, unbounded: false, rows: None };
        let column = |number: i16, name: &Arc<str>| ColumnId {
            relation: 20_000,
            number,
            of: "public.people".into(),
            name: Arc::clone(name),
        };
        let classes = [(1, Class::Email), (2, Class::Gender)];
        let hidden: Near = classes
            .iter()
            .zip(&names)
            .map(|((at, class), name)| ((20_000, *at), (column(*at, name), *class)))
            .collect();
        let how = |access: &Access, labels: &Labels| -> Vec<Probe> {
            probed(access, &hidden, labels, &|_, class| is_of_few(class), false)
                .into_iter()
                .map(|(_, probe)| probe)
                .collect()
        };
        let none = Labels::default();
        assert_eq!(how(&access, &none), [Probe::Lookup, Probe::Free]);
        let mut of_nulls = access.clone();
        of_nulls.columns.guesses = vec![0, 0];
        assert_eq!(how(&of_nulls, &none), [], "which values are NULL is shown");
        let mut of_list = of_nulls.clone();
        of_list.columns.lists = vec![(Arc::clone(&names[0]), 2)];
        assert_eq!(how(&of_list, &none), [Probe::Lookup], "what a list has is known when it is bound");
        let facts = [Arc::new(Facts { accesses: vec![of_list], ..Facts::default() })];
        assert_eq!(guesses(&facts, &column(1, &names[0])), (0, vec![2]));
        // Run by a name, with arguments that nobody counts.
        let [facts] = facts.map(Facts::unlisted);
        assert_eq!(how(&facts.accesses[0], &none), [Probe::Free]);
        let made = engine::Column {
            number: 1,
            name: "email".into(),
            standing: Standing::Made([Class::Email].into()),
        };
        let made = Labels::new(1, [(20_000, [made].into())].into());
        for access in [&access, &of_nulls] {
            assert_eq!(how(access, &made).first(), Some(&Probe::Free), "a piece of a value is not looked up");
        }
    }
}
