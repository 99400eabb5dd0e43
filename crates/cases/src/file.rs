//! The form of a case file: read, and written so that reading it again gives the same.

/// One case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// What it shows; empty when it is the only one in its file.
    pub title: String,
    /// What the check gets, with one newline at its end.
    pub input: String,
    /// What the check must give, without blank space at its end.
    pub expected: String,
}

/// Reads a file's cases. With `open`, a case may lack its expectation (to be blessed).
///
/// # Errors
/// When there is no case, a case has no input or expectation or more than one `----`, or a title is missing or double.
pub fn parse(text: &str, open: bool) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = Vec::new();
    for (title, lines) in sections(text)? {
        let case = case(title, &lines, open)?;
        if cases.iter().any(|other| other.title == case.title) {
            return Err(format!("the title `{}` stands twice", case.title));
        }
        cases.push(case);
    }
    Ok(cases)
}

/// Splits at the title lines. A file without any is one section with an empty title.
fn sections(text: &str) -> Result<Vec<(&str, Vec<&str>)>, String> {
    let mut sections: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("====") {
            let title = title.trim();
            if title.is_empty() {
                return Err("a title line has no title".to_owned());
            }
            if let [("", lines)] = sections.as_slice()
                && !lines.iter().all(|line| line.trim().is_empty())
            {
                return Err("text stands before the first title".to_owned());
            }
            sections.retain(|(title, _)| !title.is_empty());
            sections.push((title, Vec::new()));
        } else if let Some((_, lines)) = sections.last_mut() {
            lines.push(line);
        } else {
            sections.push(("", vec![line]));
        }
    }
    if sections.is_empty() { Err("the file is empty".to_owned()) } else { Ok(sections) }
}

fn case(title: &str, lines: &[&str], open: bool) -> Result<Case, String> {
    let mut parts = lines.split(|line| *line == "----");
    let input = clean(&parts.next().unwrap_or_default().join("\n"));
    let expected = clean(&parts.next().unwrap_or_default().join("\n"));
    let title = title.to_owned();
    if parts.next().is_some() {
        return Err(format!("{title}: more than one line `----`"));
    }
    if input.trim().is_empty() {
        return Err(format!("{title}: no input"));
    }
    if expected.is_empty() && !open {
        return Err(format!("{title}: no expectation, write it below a line `----` or run with BLESS=1"));
    }
    Ok(Case { title, input: input + "\n", expected })
}

/// Without blank lines around and blank space at the ends of lines, which editors remove anyway.
pub(crate) fn clean(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// Writes cases as a file.
#[must_use]
pub fn print(cases: &[Case]) -> String {
    let one = |case: &Case| {
        let title = if case.title.is_empty() { String::new() } else { format!("==== {}\n", case.title) };
        format!("{title}{}----\n{}\n", case.input, case.expected)
    };
    cases.iter().map(one).collect::<Vec<_>>().join("\n")
}
