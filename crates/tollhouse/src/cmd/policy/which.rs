//! Which rules a command is about: those that the configuration names, or files given on the command line.

use std::path::{Path, PathBuf};

use clap::Args;
use policy::Rules;

use crate::config::{self, FILE_NAME};
use crate::rules::{Files, Set, pack_name};

/// The same options for all commands about rules.
#[derive(Clone, Debug, Args)]
pub(super) struct Which {
    /// Rule files, or folders of them, instead of the configuration's; may be given several times
    #[arg(long = "policies", value_name = "PATH")]
    policies: Vec<PathBuf>,
    /// The shipped guard packs beside them: `all`, `none`, or names separated by commas
    #[arg(long, value_name = "PACKS", value_parser = packs)]
    packs: Option<Packs>,
    /// The configuration that names the rules
    #[arg(long, value_name = "FILE", default_value = FILE_NAME)]
    pub(super) config: PathBuf,
}

/// Packs on the command line.
#[derive(Clone, Debug)]
struct Packs(Option<Vec<String>>);

fn packs(text: &str) -> Result<Packs, String> {
    match text {
        "all" => return Ok(Packs(None)),
        "none" => return Ok(Packs(Some(Vec::new()))),
        _ => {}
    }
    let all = Rules::packs();
    let names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
    match names.iter().find(|name| !all.iter().any(|pack| pack_name(pack) == *name)) {
        None => Ok(Packs(Some(names))),
        Some(name) => {
            let known: Vec<String> = all.iter().map(|pack| format!("`{}`", pack_name(pack))).collect();
            Err(format!("there is no pack `{name}`; write `all`, `none`, or some of {}", known.join(", ")))
        }
    }
}

impl Which {
    /// Whether the rules are those of the command line.
    pub(super) fn is_given(&self) -> bool {
        !self.policies.is_empty() || self.packs.is_some()
    }

    /// The rules, whether they check or not.
    ///
    /// # Errors
    /// When the configuration that names them cannot be read.
    pub(super) fn set(&self, more: &[PathBuf]) -> anyhow::Result<Set> {
        if !self.is_given() && more.is_empty() {
            return Ok(config::rule_files(&self.config)?.check(None));
        }
        let packs = self.packs.as_ref().and_then(|packs| packs.0.as_deref());
        let mut files = Files::packs(packs);
        for path in self.policies.iter().chain(more) {
            read(&mut files, path);
        }
        Ok(files.check(None))
    }

    /// The rules, which check.
    ///
    /// # Errors
    /// When they do not: with all that is wrong.
    pub(super) fn checked(&self) -> anyhow::Result<Set> {
        let set = self.set(&[])?;
        match set.rules.problems() {
            [] => Ok(set),
            problems => {
                for problem in problems {
                    crate::cmd::paint::complain(&problem.to_string());
                }
                anyhow::bail!("the rules have problems, so they refuse everything; correct them first")
            }
        }
    }
}

fn read(files: &mut Files, path: &Path) {
    if path.is_dir() { files.read_folder(path, path) } else { files.read(path, path) }
}
