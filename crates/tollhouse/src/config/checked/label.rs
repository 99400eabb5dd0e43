//! The sections that say what single columns hold, where the gate was wrong. They are kept by OID and number, so that they
//! outlive renames; `tollhouse data label` writes them.

use std::collections::HashMap;

use gateway::settings::Correction;
use model::{Class, Name};

use crate::config::problem::Fault;
use crate::config::raw::{Table, printable};
use crate::config::value;

/// What is said of columns, by target.
pub(super) type Labels = HashMap<Name, Vec<Correction>>;

/// The word for a column that holds nothing sensitive.
const NONE: &str = "none";

/// Reads them.
pub(super) fn labels(top: &Table<'_>) -> Labels {
    let mut labels = Labels::new();
    for table in top.tables("label", "label") {
        let target = table.required("target", value::name);
        let relation = number::<u32>(&table, "relation");
        let column = number::<i16>(&table, "column");
        let name = table.required_text("name");
        let reason = table.required_text("reason");
        let database = table.text("database").map(|at| at.value.to_owned());
        let class = table.required("class", |text| match text {
            NONE => Ok(None),
            _ => Class::parse(text).map(Some).ok_or_else(|| {
                let all = Class::ALL.map(|class| format!("`{}`", class.as_str())).join(", ");
                let what = format!("there is no class `{}`", printable(text));
                Fault::value(what, format!("`{NONE}`, or one of {all}"))
            }),
        });
        if let (Some(target), Some(relation), Some(column), Some(name), Some(reason), Some(class)) =
            (target, relation, column, name, reason, class)
        {
            labels.entry(target.value).or_default().push(Correction {
                database,
                relation,
                column,
                name: name.value.to_owned(),
                class: class.value,
                reason: reason.value.to_owned(),
            });
        }
    }
    labels
}

fn number<T: TryFrom<u64>>(table: &Table<'_>, key: &'static str) -> Option<T> {
    if !table.has(key) {
        table.missing(key);
    }
    let count = table.count(key)?;
    let number = T::try_from(count.value).ok();
    if number.is_none() {
        let fault = Fault::value("this number is too large", "write what `tollhouse data label` writes");
        table.error(key, &count.span, fault);
    }
    number
}
