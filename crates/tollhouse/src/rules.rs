//! Reads rule files from the disk and makes one set of them. What is in them is `policy`'s business; what cannot be
//! read is a problem of the set, like a rule that does not check, so that nothing is judged by half of the rules.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use policy::{Problem, Rules, Source};

use crate::config::reason;

/// The ending of a rule file's name.
const ENDING: &str = "cedar";

/// No rule file is longer: a wrong path may lead to anything.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// No folder has more rule files: each reload reads all of them.
const FILES_MAX: usize = 1_000;

/// The stack on which rules are checked: Cedar goes down by recursion, as deep as `DEPTH_MAX` of the rules lets it. The
/// same for the command as for the running gate, whose own threads have less.
const RULES_STACK: usize = 64 << 20;

/// Rule files as they were read, and what could not be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Files {
    /// What was read, packs first, then by name.
    pub(crate) sources: Vec<Source>,
    /// What could not be read.
    pub(crate) problems: Vec<Problem>,
    /// The folder and every file in it that counts: when one of these changes, read again.
    pub(crate) paths: Vec<PathBuf>,
}

/// A rule set ready for use, made of files.
#[derive(Clone, Debug)]
pub(crate) struct Set {
    /// The rules. When anything is wrong, a set that refuses everything and says why.
    pub(crate) rules: Arc<Rules>,
    /// What they were made of.
    pub(crate) files: Files,
}

impl Files {
    /// The packs of these names; all of them for `None`.
    pub(crate) fn packs(names: Option<&[String]>) -> Self {
        let wanted =
            |pack: &Source| names.is_none_or(|names| names.iter().any(|name| *name == pack_name(pack)));
        Self { sources: Rules::packs().into_iter().filter(wanted).collect(), ..Self::default() }
    }

    /// Reads every rule file of a folder, by name. Other files, hidden ones and folders do not count.
    pub(crate) fn read_folder(&mut self, folder: &Path, shown: &Path) {
        self.paths.push(folder.to_owned());
        let listed = fs::read_dir(folder).and_then(|entries| {
            entries.map(|entry| Ok(PathBuf::from(entry?.file_name()))).collect::<io::Result<Vec<_>>>()
        });
        let mut names = match listed {
            Ok(names) => names,
            Err(error) => {
                let hint = "make the folder, or correct `policy.directory`";
                return self.problems.push(unreadable(shown, &error, hint));
            }
        };
        names.retain(|name| {
            let hidden = name.to_str().is_some_and(|name| name.starts_with('.'));
            !hidden && name.extension().is_some_and(|ending| ending == ENDING)
        });
        names.sort();
        if names.len() > FILES_MAX {
            let message = format!("{} rule files, {FILES_MAX} are the most", names.len());
            self.problems.push(problem(shown, message, "put several rules into one file"));
            return;
        }
        for name in names {
            self.read(&folder.join(&name), &shown.join(&name));
        }
    }

    /// Reads one rule file.
    pub(crate) fn read(&mut self, path: &Path, shown: &Path) {
        self.paths.push(path.to_owned());
        match read(path) {
            Ok(text) => {
                self.sources.push(Source { name: shown.display().to_string(), text, pack: false });
            }
            Err(error) => {
                self.problems.push(unreadable(shown, &error, "check its mode and that it is UTF-8 text"));
            }
        }
    }

    /// Makes one set of them. `before`, when it was made of the same files, is taken as it is.
    pub(crate) fn check(self, before: Option<&Set>) -> Set {
        if let Some(before) = before.filter(|before| before.files == self) {
            return before.clone();
        }
        let checked = check(&self.sources);
        let mut problems = self.problems.clone();
        let rules = match checked {
            Ok(rules) if problems.is_empty() => rules,
            Ok(_) => Rules::refusing(problems),
            Err(found) => {
                problems.extend(found);
                Rules::refusing(problems)
            }
        };
        Set { rules: Arc::new(rules), files: self }
    }
}

/// Checks rules on a stack that is deep enough for them.
fn check(sources: &[Source]) -> Result<Rules, Vec<Problem>> {
    let broken = |what: String| vec![problem(Path::new("rules"), what, "try again; the log has more")];
    thread::scope(|scope| {
        let builder = thread::Builder::new().name("rules".to_owned()).stack_size(RULES_STACK);
        let checking = builder
            .spawn_scoped(scope, || Rules::check(sources))
            .map_err(|error| broken(format!("cannot be checked: {}", reason(&error))))?;
        checking.join().unwrap_or_else(|_| Err(broken("checking them failed".to_owned())))
    })
}

/// A pack's name, as the configuration has it.
pub(crate) fn pack_name(pack: &Source) -> &str {
    let name = pack.name.rsplit('/').next().unwrap_or(&pack.name);
    name.strip_suffix(".cedar").unwrap_or(name)
}

fn read(path: &Path) -> io::Result<String> {
    let invalid = |what| io::Error::new(io::ErrorKind::InvalidData, what);
    // Asked before opening: opening a pipe would wait for its other end.
    if !fs::metadata(path)?.is_file() {
        return Err(invalid("it is no regular file"));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(invalid("it is larger than 1 MiB"));
    }
    String::from_utf8(bytes).map_err(|_| invalid("it is not UTF-8"))
}

fn unreadable(shown: &Path, error: &io::Error, hint: &str) -> Problem {
    problem(shown, format!("cannot be read: {}", reason(error)), hint)
}

fn problem(shown: &Path, message: String, hint: &str) -> Problem {
    Problem {
        file: shown.display().to_string(),
        line: 1,
        column: 1,
        policy: None,
        message,
        hint: Some(hint.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_rule_files_by_name_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in
            [("b.cedar", "// b"), ("a.cedar", "// a"), (".#a.cedar", "x"), ("case.toml", "x"), ("cedar", "x")]
        {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let mut files = Files::default();
        files.read_folder(folder.path(), Path::new("own"));
        assert_eq!(files.problems, []);
        let names: Vec<_> =
            files.sources.iter().map(|s| (s.name.as_str(), s.text.as_str(), s.pack)).collect();
        assert_eq!(names, [("own/a.cedar", "// a", false), ("own/b.cedar", "// b", false)]);
        assert_eq!(files.paths.len(), 3, "a new file changes the folder");
    }

    #[test]
    fn what_cannot_be_read_makes_a_set_that_refuses() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.cedar"), [0xff]).unwrap();
        fs::create_dir(folder.path().join("b.cedar")).unwrap();
        let mut files = Files::packs(None);
        files.read_folder(folder.path(), Path::new("own"));
        files.read_folder(&folder.path().join("nowhere"), Path::new("nowhere"));
        let set = files.check(None);
        let problems: Vec<String> = set.rules.problems().iter().map(ToString::to_string).collect();
        assert_eq!(
            problems,
            [
                "own/a.cedar:1:1: cannot be read: it is not utf-8; check its mode and that it is UTF-8 text",
                "own/b.cedar:1:1: cannot be read: it is no regular file; check its mode and that it is UTF-8 text",
                "nowhere:1:1: cannot be read: there is no such file; make the folder, or correct `policy.directory`",
            ]
        );
    }

    #[test]
    fn rules_that_are_too_deep_are_a_problem_and_nothing_worse() {
        let set = |terms: usize| {
            let chain = "context.statements == 0 || ".repeat(terms);
            let text =
                format!("@id(\"own/a\") permit(principal, action, resource) when {{\n{chain} true }};");
            let source = Source { name: "own.cedar".to_owned(), text, pack: false };
            Files { sources: vec![source], ..Files::default() }.check(None)
        };
        assert_eq!(set(190).rules.problems(), [], "on a thread with less stack than that takes");
        let deep = set(2_000);
        let problems = deep.rules.problems();
        assert_eq!(problems.len(), 1);
        assert!(problems[0].to_string().starts_with("own.cedar:2:"), "{problems:?}");
    }

    #[test]
    fn an_unchanged_set_is_not_made_again() {
        let one = Files::packs(None).check(None);
        assert_eq!(one.rules.problems(), []);
        let same = Files::packs(None).check(Some(&one));
        assert!(Arc::ptr_eq(&one.rules, &same.rules));
        let other = Files::packs(Some(&["baseline".to_owned()])).check(Some(&one));
        assert!(!Arc::ptr_eq(&one.rules, &other.rules));
        assert_eq!(other.files.sources.len(), 1);
    }
}
