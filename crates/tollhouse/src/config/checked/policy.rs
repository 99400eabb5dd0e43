//! The section about rules. Which files they are is decided here; whether they check is not the configuration's
//! business: a set that does not is one that refuses everything, and the gate says why.

use std::path::Path;

use policy::Rules;

use crate::config::problem::Fault;
use crate::config::raw::{At, Table, printable};
use crate::rules::{Files, pack_name};

/// Reads the rule files that the section names: packs first, then the own ones.
pub(in crate::config) fn files(top: &Table<'_>) -> Files {
    let table = top.table("policy", "policy");
    let packs = table.texts_or("packs", "all").flatten().map(|written| packs(&table, &written));
    let mut files = Files::packs(packs.as_deref());
    let directory = table.parse("directory", |text| {
        if text.is_empty() {
            return Err(Fault::value("an empty text", "write the folder's path"));
        }
        Ok(text.to_owned())
    });
    if let Some(directory) = directory {
        files.read_folder(&table.reading().path(&directory.value), Path::new(&directory.value));
        for path in &files.paths {
            table.reading().depends_on(path);
        }
    }
    files
}

/// The names of packs; a problem for each that is none.
fn packs(table: &Table<'_>, written: &[At<&str>]) -> Vec<String> {
    let all = Rules::packs();
    let known = |text: &str| {
        if all.iter().any(|pack| pack_name(pack) == text) {
            return Ok(text.to_owned());
        }
        let names: Vec<String> = all.iter().map(|pack| format!("`{}`", pack_name(pack))).collect();
        Err(Fault::value(
            format!("there is no pack `{}`", printable(text)),
            format!("write `\"all\"`, or some of {}", names.join(", ")),
        ))
    };
    written.iter().filter_map(|at| table.elevate("packs", at, known)).map(|at| at.value).collect()
}
