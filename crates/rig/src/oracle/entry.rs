//! Reading single nodes: what a FROM item's functions are, which columns are named, which targets are outputs.

use super::tree::Tree;

/// The functions of a FROM item that give this column; none for its ordinality.
pub(super) fn functions(entry: &Tree, number: i64) -> Vec<&Tree> {
    let mut first = 1;
    let mut found = Vec::new();
    for function in entry.at("functions").items() {
        let next = first + function.number("funccolcount");
        if number == 0 || (first..next).contains(&number) {
            found.push(function.at("funcexpr"));
        }
        first = next;
    }
    found
}

/// The columns that an INSERT names, as numbers; `None` when the server does not say.
pub(super) fn named(query: &Tree, entry: &Tree) -> Option<Vec<i64>> {
    let permissions = match entry.number("perminfoindex") {
        0 => entry,
        index => query.at("rteperminfos").items().get(place(index))?,
    };
    // Bits begin at the lowest system column (`FirstLowInvalidHeapAttributeNumber`).
    Some(permissions.at("insertedCols").numbers().into_iter().map(|bit| bit - 7).collect())
}

/// The target entries that are the result's columns; `None` when there is no result.
pub(super) fn outputs(query: &Tree) -> Option<Vec<&Tree>> {
    let list = match query.number("commandType") {
        1 => query.at("targetList"),
        2..=5 if !query.at("returningList").is_nothing() => query.at("returningList"),
        _ => return None,
    };
    Some(list.items().iter().filter(|target| target.word("resjunk") != "true").collect())
}

pub(super) fn relation(entry: &Tree) -> u32 {
    u32::try_from(entry.number("relid")).unwrap_or(0)
}

/// A number from 1 as a place from 0.
pub(super) fn place(number: i64) -> usize {
    usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX)
}
