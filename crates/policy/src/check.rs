//! From rule files to checked rules: parsing, names, annotations, the schema in strict mode. Each problem says where
//! it is; one is enough for the whole set not to be used.

use std::collections::HashMap;
use std::sync::Arc;

use cedar_policy::{Effect, Policy, PolicyId, PolicySet, ValidationMode, Validator};
use miette::Diagnostic;

use crate::depth::{self, DEPTH_MAX};
use crate::problem::{Problem, position};
use crate::rule::{Annotations, Condition, Place, Rule};
use crate::source::{self, Source};
use crate::vocabulary::{self, Types};

/// What a set may hold: more rules than this are a mistake, and a decision's time grows with them.
const RULES_MAX: usize = 5_000;

/// A parsed rule in its file.
struct Draft<'a> {
    source: &'a Source,
    /// The byte of the file where it begins.
    at: usize,
    text: &'a str,
    policy: Policy,
    annotations: Annotations,
    condition: Condition,
}

/// Checks all of it.
///
/// # Errors
/// All problems, in the order of files and lines.
pub(crate) fn check(sources: &[Source], types: &Types) -> Result<Vec<Rule>, Vec<Problem>> {
    let mut problems = Vec::new();
    let schema = vocabulary::schema().map_err(|message| vec![nowhere("tollhouse.cedarschema", message)])?;
    let validator = Validator::new(schema);
    let mut drafts = Vec::new();
    for source in sources {
        for (at, text) in source::split(&source.text) {
            match draft(source, at, text, &validator, types) {
                Ok(draft) => drafts.push(draft),
                Err(found) => problems.extend(found),
            }
        }
    }
    problems.extend(twice(&drafts));
    if problems.is_empty() {
        // A lift of a rule that is no rule only because its file has a problem is not worth a second message.
        problems.extend(lifts(&drafts));
    }
    if drafts.len() > RULES_MAX {
        problems.push(nowhere("rules", format!("{} rules, at most {RULES_MAX}", drafts.len())));
    }
    if !problems.is_empty() {
        problems.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        return Err(problems);
    }
    Ok(drafts.into_iter().map(|draft| rule(draft, types)).collect())
}

fn rule(draft: Draft<'_>, types: &Types) -> Rule {
    let place = Place {
        file: draft.source.name.as_str().into(),
        line: position(&draft.source.text, draft.at).0,
        pack: draft.source.pack,
        text: draft.text.into(),
    };
    Rule::new(draft.policy, draft.annotations, draft.condition, place, types)
}

fn nowhere(file: &str, message: String) -> Problem {
    Problem { file: file.to_owned(), line: 1, column: 1, policy: None, message, hint: None }
}

fn problem(
    source: &Source,
    at: usize,
    policy: Option<&str>,
    message: String,
    hint: Option<String>,
) -> Problem {
    let (line, column) = position(&source.text, at);
    let policy = policy.map(str::to_owned);
    Problem { file: source.name.clone(), line, column, policy, message, hint }
}

/// What Cedar says of a rule, as a problem at the place that it points to.
fn told(source: &Source, at: usize, policy: Option<&str>, told: &dyn Diagnostic, message: String) -> Problem {
    let offset = told.labels().and_then(|mut labels| labels.next()).map_or(0, |label| label.offset());
    problem(source, at + offset, policy, message, told.help().map(|help| help.to_string()))
}

fn draft<'a>(
    source: &'a Source,
    at: usize,
    text: &'a str,
    validator: &Validator,
    types: &Types,
) -> Result<Draft<'a>, Vec<Problem>> {
    if let Some(within) = depth::too_deep(text) {
        let message =
            format!("nested too deep: more than {DEPTH_MAX} operators and brackets around each other");
        let hint = "split the rule, or name many things in one list: `resource in […]`, `[…].contains(…)`";
        return Err(vec![problem(source, at + within, None, message, Some(hint.to_owned()))]);
    }
    let parsed = Policy::parse(None, text).map_err(|errors| -> Vec<Problem> {
        errors
            .iter()
            .map(|error| told(source, at, None, error, format!("this is no Cedar: {error}")))
            .collect()
    })?;
    let id = parsed.annotation("id").map(str::to_owned);
    let id = id.as_deref();
    let annotations = Annotations::read(&parsed).map_err(|faults| -> Vec<Problem> {
        faults.into_iter().map(|(message, hint)| problem(source, at, id, message, hint)).collect()
    })?;
    let policy = parsed.new_id(PolicyId::new(&annotations.id));
    let mut alone = PolicySet::new();
    alone.add(policy.clone()).map_err(|error| vec![problem(source, at, id, error.to_string(), None)])?;

    let mut problems = Vec::new();
    let validated = validator.validate(&alone, ValidationMode::Strict);
    for error in validated.validation_errors() {
        problems.push(told(source, at, id, error, sentence(&error.to_string())));
    }
    for warning in validated.validation_warnings() {
        problems.push(told(source, at, id, warning, sentence(&warning.to_string())));
    }
    let condition = Condition::of(policy.to_pst().ok().as_ref());
    for (word, kind) in &condition.unknown {
        let within = text.find(&format!("\"{word}\"")).unwrap_or(0);
        let hint = "docs/reference/facts.md has the words".to_owned();
        problems.push(problem(source, at + within, id, format!("`{word}` is not {kind}"), Some(hint)));
    }
    let scope = crate::rule::Scope::of(&policy);
    // What a column is revealed by is a permit on it.
    let is_on_column = scope.is_on(&types.column) && scope.actions & !crate::rule::labels() != 0;
    if policy.effect() == Effect::Permit && (is_on_column || scope.is_on(&types.function)) {
        let hint = "permit its relation or schema, and forbid columns or functions".to_owned();
        let message = "a permit on a column or a function permits nothing by itself".to_owned();
        problems.push(problem(source, at, id, message, Some(hint)));
    }
    if let Some((message, hint)) = crate::rule::unreachable(&scope, types) {
        problems.push(problem(source, at, id, message, Some(hint)));
    }
    if annotations.mask.is_some() && scope.actions != vocabulary::bit(vocabulary::REVEAL) {
        let hint = "a mask belongs to a permit with `action == Action::\"reveal\"`".to_owned();
        problems.push(problem(source, at, id, "`@mask` says nothing on this rule".to_owned(), Some(hint)));
    }
    if annotations.limits.is_some() && scope.actions != vocabulary::bit(vocabulary::CONNECT) {
        let hint = "limits belong to a permit with `action == Action::\"connect\"`".to_owned();
        problems.push(problem(source, at, id, "`@limits` says nothing on this rule".to_owned(), Some(hint)));
    }
    if problems.is_empty() {
        Ok(Draft { source, at, text, policy, annotations, condition })
    } else {
        Err(problems)
    }
}

/// Cedar names the rule at the beginning of what it says; the problem has the name already.
fn sentence(text: &str) -> String {
    let text = text
        .strip_prefix("for policy `")
        .and_then(|rest| rest.split_once("`, "))
        .map_or(text, |(_, rest)| rest);
    text.trim_end_matches('.').to_owned()
}

/// Names that two rules have.
fn twice(drafts: &[Draft<'_>]) -> Vec<Problem> {
    let mut first: HashMap<&Arc<str>, &Draft<'_>> = HashMap::new();
    let mut problems = Vec::new();
    for draft in drafts {
        let id = &draft.annotations.id;
        if let Some(earlier) = first.get(id) {
            let (line, _) = position(&earlier.source.text, earlier.at);
            let message = format!("another rule has this name: {}:{line}", earlier.source.name);
            let hint = Some("give each rule a name of its own".to_owned());
            problems.push(problem(draft.source, draft.at, Some(id), message, hint));
        } else {
            first.insert(id, draft);
        }
    }
    problems
}

/// Lifts of rules that are not there.
fn lifts(drafts: &[Draft<'_>]) -> Vec<Problem> {
    let liftable = |draft: &&Draft<'_>| {
        let forbids = draft.policy.effect() == Effect::Forbid;
        draft.source.pack && (forbids || draft.annotations.limits.is_some())
    };
    let mut problems = Vec::new();
    for draft in drafts {
        for pattern in &draft.annotations.lift {
            // `*` lifts whatever there is, also nothing.
            let known = pattern.as_str() == "*"
                || drafts.iter().filter(liftable).any(|other| pattern.meets(&other.annotations.id));
            if !known {
                let message =
                    format!("`@lift` names `{}`, and no pack has such a forbid or limit", pattern.as_str());
                let hint =
                    "`tollhouse policy explain` lists the rules; own forbids cannot be lifted, only changed";
                let id = Some(&*draft.annotations.id);
                problems.push(problem(draft.source, draft.at, id, message, Some(hint.to_owned())));
            }
        }
    }
    problems
}
