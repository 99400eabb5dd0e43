//! One reading of one configuration file: the text, what else is at hand, and what was found so far. Problems
//! gather here so that a reading goes on behind each and tells all of them at once. Decides nothing.

use std::cell::{Ref, RefCell};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::Surroundings;
use super::problem::{Fault, Lines, Problem, Severity};

/// One reading of one configuration file: what is at hand, and what was found wrong so far.
pub(crate) struct Reading<'a> {
    lines: Lines<'a>,
    /// The folder that relative paths start from.
    folder: &'a Path,
    /// What else is needed.
    pub(crate) surroundings: &'a Surroundings<'a>,
    problems: RefCell<Vec<Problem>>,
    files: RefCell<Vec<PathBuf>>,
}

impl<'a> Reading<'a> {
    /// A reading of `text`, which stands in a file in `folder`.
    pub(crate) fn new(text: &'a str, folder: &'a Path, surroundings: &'a Surroundings<'a>) -> Self {
        Self {
            lines: Lines::new(text),
            folder,
            surroundings,
            problems: RefCell::default(),
            files: RefCell::default(),
        }
    }

    /// Notes an error.
    pub(crate) fn error(&self, section: &str, name: &str, span: &Range<usize>, fault: Fault) {
        self.note(Severity::Error, section, name, span, fault);
    }

    /// Notes a warning.
    pub(crate) fn warning(&self, section: &str, name: &str, span: &Range<usize>, fault: Fault) {
        self.note(Severity::Warning, section, name, span, fault);
    }

    fn note(&self, severity: Severity, section: &str, name: &str, span: &Range<usize>, fault: Fault) {
        let key = if section.is_empty() || name.is_empty() {
            format!("{section}{name}")
        } else {
            format!("{section}.{name}")
        };
        let place = Some(self.lines.place(span.start));
        self.problems.borrow_mut().push(Problem { severity, place, key, fault });
    }

    /// The path that `written` means: relative ones start at the configuration's folder.
    pub(crate) fn path(&self, written: &str) -> PathBuf {
        self.folder.join(written)
    }

    /// Remembers that the configuration depends on a file.
    pub(crate) fn depends_on(&self, path: &Path) {
        self.files.borrow_mut().push(path.to_owned());
    }

    /// The problems so far.
    pub(crate) fn problems(&self) -> Ref<'_, Vec<Problem>> {
        self.problems.borrow()
    }

    /// The files that the configuration depends on.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        self.files.borrow().clone()
    }
}
