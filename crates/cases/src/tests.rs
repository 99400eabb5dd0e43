//! The harness itself: what it takes, what it fails, what it writes.

use super::*;

/// A folder of its own for each test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("cases-{}-{name}", std::process::id()));
        fs::create_dir_all(path.join("below")).unwrap();
        Self(path)
    }

    fn with(self, file: &str, text: &str) -> Self {
        fs::write(self.0.join(file), text).unwrap();
        self
    }

    fn run(&self, bless: bool) -> Vec<String> {
        run_with(&self.0, "txt", bless, str::to_uppercase)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn cases_that_hold_pass() {
    let many = "==== one\na\n----\nA\n\n==== two\nb\n\nc\n----\nB\n\nC\n";
    let folder = Folder::new("hold").with("one.txt", "a\n----\nA\n").with("below/many.txt", many);
    assert_eq!(folder.run(false), [""; 0]);
    assert_eq!(folder.run(true), [""; 0]);
    assert_eq!(folder.read("below/many.txt"), many, "blessing what holds changes nothing");
}

#[test]
fn a_difference_fails_with_title_and_lines() {
    let folder = Folder::new("differ").with("f.txt", "==== t\na\nb\nc\n----\nA\nX\nC\n");
    let failures = folder.run(false);
    assert_eq!(failures.len(), 1);
    assert!(failures[0].ends_with("f.txt: t\n    A\n  - X\n  + B\n    C"), "{}", failures[0]);
    assert_eq!(folder.run(true), [""; 0]);
    assert_eq!(folder.read("f.txt"), "==== t\na\nb\nc\n----\nA\nB\nC\n");
    assert_eq!(folder.run(false), [""; 0]);
}

#[test]
fn what_is_no_case_fails() {
    for (text, why) in [
        ("", "the file is empty"),
        ("a\n", "no expectation"),
        ("----\nA\n", "no input"),
        ("a\n----\nA\n----\nA\n", "more than one"),
        ("==== t\na\n----\nA\n==== t\na\n----\nA\n", "stands twice"),
        ("====\na\n----\nA\n", "no title"),
        ("a\n==== t\na\n----\nA\n", "before the first title"),
    ] {
        let failures = Folder::new("none").with("f.txt", text).run(false);
        assert!(failures.len() == 1 && failures[0].contains(why), "{text:?}: {failures:?}");
    }
}

#[test]
fn orphans_and_empty_folders_fail() {
    let failures = Folder::new("orphan").with("f.txt", "a\n----\nA\n").with("f.bak", "x").run(false);
    assert!(failures.len() == 1 && failures[0].contains("an orphan"), "{failures:?}");
    let failures = Folder::new("empty").run(false);
    assert!(failures.len() == 1 && failures[0].contains("no case files"), "{failures:?}");
    let failures = run_with(Path::new("/nonexistent-cases"), "txt", false, str::to_uppercase);
    assert_eq!(failures.len(), 2, "{failures:?}");
}

#[test]
fn a_check_that_says_nothing_fails_even_when_blessed() {
    let folder = Folder::new("nothing").with("f.txt", "a\n----\nA\n");
    let failures = run_with(&folder.0, "txt", true, |_| String::new());
    assert!(failures.len() == 1 && failures[0].contains("gave nothing"), "{failures:?}");
    assert_eq!(folder.read("f.txt"), "a\n----\nA\n");
}
