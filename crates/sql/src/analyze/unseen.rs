//! What no name in a statement leads to: the functions of event triggers and of operator classes; and what a session itself
//! made or changed, and no catalogue knows yet, so that a statement may do more than its facts could say.

use model::facts::{Facts, ObjectKind, RiskKind, Verb};

use crate::Lexer;
use crate::catalogue::{Event, EventTrigger};
use crate::function::by_oid;
use crate::gather::{Cx, Gather};
use crate::view::{CASTS, EVENTS, Made, MadeState, View};
use crate::word::name;

/// What defines.
const DEFINES: [Verb; 4] = [Verb::Create, Verb::Alter, Verb::Drop, Verb::Grant];
/// What reads or writes rows.
const ROWS: [Verb; 6] = [Verb::Select, Verb::Insert, Verb::Update, Verb::Delete, Verb::Merge, Verb::CopyIn];
/// What else compares rows: a new index does, and a rewritten table.
const REBUILDS: [Verb; 2] = [Verb::Create, Verb::Alter];

/// Adds what a statement sets off that has no name in it: event triggers, when it defines something; what compares values of
/// a type or operator class that somebody made, when it touches rows or indexes.
pub(super) fn runs(command: &str, cx: Cx<'_>, gather: &mut Gather) {
    let mut functions: Vec<u32> = Vec::new();
    if gather.does(&DEFINES) {
        let fired = cx.catalogue.events().filter(|trigger| fires(trigger, command));
        functions.extend(fired.map(|trigger| trigger.function));
    }
    if gather.does(&ROWS) || gather.does(&REBUILDS) {
        functions.extend(cx.catalogue.compares());
    }
    for function in functions {
        // Who may make such things is trusted with the session's names; what they do counts.
        let mut inner = Gather::default();
        by_oid(function, cx, &mut inner);
        let inner = inner.finish("");
        gather.absorb(&inner.facts);
        if inner.stale {
            gather.stale();
        }
    }
}

/// Whether an event trigger fires for a command. What stands in bodies of functions is asked about by itself, command by
/// command; the server's scripts of extensions are not.
fn fires(trigger: &EventTrigger, command: &str) -> bool {
    const VAGUE: [&str; 10] = [
        "ALTER",
        "ALTER EXTENSION",
        "ALTER OWNER",
        "CREATE EXTENSION",
        "CREATE TEXT SEARCH",
        "DROP",
        "GRANT ROLE",
        "REASSIGN OWNED",
        "REVOKE ROLE",
        "SECURITY LABEL",
    ];
    let word = command.split(' ').next().unwrap_or_default();
    let defines = matches!(word, "CREATE" | "ALTER" | "DROP" | "COMMENT" | "GRANT" | "REVOKE" | "REFRESH")
        || matches!(command, "REINDEX" | "SELECT INTO" | "IMPORT FOREIGN SCHEMA");
    if !defines || VAGUE.contains(&command) {
        return true;
    }
    let may = match trigger.on {
        Event::Command => true,
        Event::Drop => matches!(word, "ALTER" | "DROP" | "REFRESH" | "REINDEX"),
        Event::Rewrite => word == "ALTER",
    };
    may && (trigger.tags.is_empty() || trigger.tags.iter().any(|tag| family(tag) == family(command)))
}

/// A command's tag; of kinds that stand for each other (ALTER TABLE of a view, DROP ROUTINE) the first.
fn family(tag: &str) -> (&str, &str) {
    let (word, kind) = tag.split_once(' ').unwrap_or((tag, ""));
    let kind = match kind {
        "INDEX" | "SEQUENCE" | "VIEW" | "MATERIALIZED VIEW" | "FOREIGN TABLE" | "TYPE" if word == "ALTER" => {
            "TABLE"
        }
        "PROCEDURE" | "ROUTINE" | "AGGREGATE" => "FUNCTION",
        other => other,
    };
    (word, kind)
}

/// Adds to the facts of a statement with these `words` what stays unseen in this session.
pub(super) fn definitions(facts: &mut Facts, words: &str, view: &View) {
    if view.made.is_empty() {
        return;
    }
    let mut gather = Gather::default();
    writes(facts, view, &mut gather);
    unnamed(facts, view, &mut gather);
    routines(facts, words, view, &mut gather);
    let found = gather.finish(facts.command).facts;
    if found.risks.is_empty() && found.opaque.is_empty() {
        return;
    }
    let mut whole = Gather::default();
    whole.absorb(facts);
    whole.absorb(&found);
    let merged = whole.finish(facts.command).facts;
    facts.verbs = merged.verbs;
    facts.risks = merged.risks;
    facts.opaque = merged.opaque;
}

/// A view of the session's own writes to and locks whatever is behind it; a new trigger or rule may do anything.
fn writes(facts: &Facts, view: &View, gather: &mut Gather) {
    let reaches = |verb: Verb| {
        matches!(verb, Verb::Insert | Verb::Update | Verb::Delete | Verb::Merge | Verb::Truncate | Verb::Lock)
    };
    for access in facts.accesses.iter().filter(|access| reaches(access.verb)) {
        let object = &access.object;
        let Some(made) = view.find(&object.schema, &object.name) else { continue };
        if object.kind == ObjectKind::View {
            let name = object.full_name();
            let does = if access.verb == Verb::Lock { "locks" } else { "writes to" };
            gather.opaque("unknown object", format!("what `{name}` {does} is not known to the gate yet"));
        } else if made.state == MadeState::Changed && access.verb != Verb::Lock {
            gather.risk(RiskKind::UserFunction, object.full_name());
        }
    }
}

/// What the session made that runs without being named: casts and operator classes with any value, event triggers with
/// what is defined, policies with their relation's rows.
fn unnamed(facts: &Facts, view: &View, gather: &mut Gather) {
    let does = |verbs: &[Verb]| facts.verbs.iter().any(|verb| verbs.contains(verb));
    for unseen in view.made.iter().filter_map(Made::is_unseen) {
        let runs = match unseen {
            CASTS => facts.verbs.iter().any(computes),
            EVENTS => does(&DEFINES),
            relation => facts.accesses.iter().any(|access| {
                (computes(&access.verb) || access.verb == Verb::CopyOut)
                    && access.object.full_name() == relation
            }),
        };
        if runs {
            gather.risk(RiskKind::UserFunction, unseen);
        }
    }
}

/// Whether what does this computes with values.
fn computes(verb: &Verb) -> bool {
    ROWS.contains(verb) || matches!(verb, Verb::Call | Verb::Explain)
}

/// A function that was made or replaced is recognised by its name alone, wherever it stands: `f(x)`, `x.f`.
fn routines(facts: &Facts, words: &str, view: &View, gather: &mut Gather) {
    let runs = |verb: &Verb| *verb != Verb::CopyIn && computes(verb);
    let mut made = view.made.iter().filter(|made| made.kind == ObjectKind::Function).peekable();
    if made.peek().is_none() || !facts.verbs.iter().any(runs) {
        return;
    }
    let bytes = words.as_bytes();
    let named: Vec<String> = Lexer::new(bytes).filter_map(|token| name(bytes, token, b'\\')).collect();
    for made in made.filter(|made| named.iter().any(|name| **name == *made.name)) {
        let about = format!("{}.{}", made.schema, made.name);
        gather.opaque("unknown object", format!("what `{about}` does is not known to the gate yet"));
        gather.risk(RiskKind::UserFunction, about);
    }
}
