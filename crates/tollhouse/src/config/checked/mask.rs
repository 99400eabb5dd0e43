//! The sections about classes that are masked in another way than by default.

use std::collections::HashMap;

use mask::cover::Mask;
use model::Class;

use super::unique;
use crate::config::problem::Fault;
use crate::config::raw::{Table, printable};

/// The masks that differ from their class's default.
pub(super) fn masks(top: &Table<'_>) -> HashMap<Class, Mask> {
    let mut seen = HashMap::new();
    let mut masks = HashMap::new();
    for table in top.tables("mask", "mask") {
        let class = table.required("class", |text| {
            Class::parse(text).ok_or_else(|| {
                let all = Class::ALL.map(|class| format!("`{}`", class.as_str())).join(", ");
                Fault::value(format!("there is no class `{}`", printable(text)), format!("one of {all}"))
            })
        });
        let mask = table.required("with", |text| {
            Mask::parse(text)
                .map_err(|bad| Fault::value(bad.to_string(), "docs/masks.md tells what each shows"))
        });
        let Some(class) = class else { continue };
        let word = class.value.as_str();
        if unique(&table, "class", &mut seen, &word, &class.span)
            && let Some(mask) = mask
        {
            masks.insert(class.value, mask.value);
        }
    }
    masks
}
