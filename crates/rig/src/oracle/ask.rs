//! Asking a private server for the trees of many queries at once, by `psql` and its notices.

use std::io::Write;
use std::process::Stdio;

use super::{Tree, Truth};
use crate::error::Context;
use crate::postgres::Server;
use crate::{Error, Result};

/// What the server made of one query.
#[derive(Clone, Debug)]
pub enum Answer {
    /// It understood it.
    Known(Truth),
    /// It refused it, in these words.
    Error(String),
    /// It logged something that we could not read, which is a fault of ours.
    Unreadable(String),
}

const MARK: &str = "@@ query ";
const LOG: &str = "LOG:  rewritten parse tree:";

/// Has the server analyse each query (nothing is run) in `database`, after `before` was run there.
///
/// # Errors
/// When `psql` cannot be run, or `before` fails.
pub fn ask(server: &Server, database: &str, before: &str, queries: &[&str]) -> Result<Vec<Answer>> {
    let mut script = String::from("\\set ON_ERROR_STOP on\n\\set VERBOSITY terse\n");
    script.push_str("SET log_min_messages = fatal; SET debug_pretty_print = off;\n");
    script.push_str(before);
    script.push_str("\n\\set ON_ERROR_STOP off\n\\set VERBOSITY default\n");
    for (number, query) in queries.iter().enumerate() {
        script.push_str("SET client_min_messages = log; SET debug_print_rewritten = on;\n");
        script.push_str(&format!("\\warn {MARK}{number}\nPREPARE tollhouse_oracle AS {query}\n;\n"));
        script.push_str("\\warn @@ end\nSET debug_print_rewritten = off; SET client_min_messages = error;\n");
        script.push_str("DEALLOCATE ALL;\n");
    }
    let mut child = server
        .psql(database)
        .args(["-q", "-A", "-t"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .context(|| "cannot run `psql`".into())?;
    let output = std::thread::scope(|scope| {
        let pipe = child.stdin.take();
        scope.spawn(move || pipe.map(|mut pipe| pipe.write_all(script.as_bytes())));
        child.wait_with_output()
    })
    .context(|| "cannot read from `psql`".into())?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let answers: Vec<Answer> = told.split(MARK).skip(1).map(answer).collect();
    if answers.len() == queries.len() {
        Ok(answers)
    } else {
        let begin: String = told.chars().take(2_000).collect();
        Err(Error::new(format!("`psql` answered {} of {} queries: {begin}", answers.len(), queries.len())))
    }
}

/// Reads what was told between two marks: logged trees, or an error.
fn answer(told: &str) -> Answer {
    let told = told.split("\n@@ end").next().unwrap_or_default();
    if let Some(error) = told.lines().find(|line| line.contains("ERROR:  ")) {
        return Answer::Error(error.to_owned());
    }
    let mut found = None;
    for logged in told.split(LOG).skip(1) {
        let Some(detail) = logged.trim_start().strip_prefix("DETAIL:  ") else { continue };
        // The text of the tree ends where its brackets do; what follows are other notices.
        let end = detail.find("\n\n").or_else(|| detail.find("\nLINE ")).unwrap_or(detail.len());
        let Some(tree) = Tree::read(detail.get(..end).unwrap_or_default().trim()) else {
            return Answer::Unreadable(detail.chars().take(400).collect());
        };
        // The first tree is the PREPARE itself.
        if tree.items().iter().any(|query| query.name() == "QUERY" && query.number("commandType") != 6) {
            found = Some(Truth::read(&tree));
        }
    }
    found.map_or_else(|| Answer::Unreadable(told.chars().take(400).collect()), Answer::Known)
}
