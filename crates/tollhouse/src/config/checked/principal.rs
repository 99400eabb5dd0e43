//! The sections about who may come in. The rules between principals are checked here: an agent acts for a human
//! and reaches no more than that human does.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use gateway::settings::{Account, Token};
use model::{Name, Principal, PrincipalKind};

use super::target::Targets;
use super::unique;
use crate::config::problem::{Code, Fault};
use crate::config::raw::{At, Table};
use crate::config::{value, verifier};

/// One principal, read but not yet compared with the others.
struct Draft<'a> {
    table: Table<'a>,
    name: At<Name>,
    kind: Option<PrincipalKind>,
    on_behalf_of: Option<At<Name>>,
    targets: Vec<At<Name>>,
    account: Account,
}

/// The accounts of all principals that have a name and a kind.
pub(super) fn accounts(top: &Table<'_>, targets: &Targets) -> HashMap<Name, Arc<Account>> {
    let mut names = HashMap::new();
    let mut hashes = HashMap::new();
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    for table in top.tables("principal", "principal") {
        let Some(draft) = draft(table, targets, &mut hashes) else { continue };
        // The second of a name is told and left out, so that the first's agents are compared with the first.
        if unique(&table, "name", &mut names, &draft.name.value, &draft.name.span) {
            drafts.push(draft);
        }
    }
    let by_name: HashMap<&Name, &Draft<'_>> = drafts.iter().map(|draft| (&draft.name.value, draft)).collect();
    let humans: HashSet<&Name> =
        drafts.iter().filter_map(|draft| Some(&draft.on_behalf_of.as_ref()?.value)).collect();
    for draft in &drafts {
        check_human(draft, &by_name);
        check_usefulness(draft, &humans);
    }
    drafts.into_iter().map(|draft| (draft.name.value, Arc::new(draft.account))).collect()
}

fn draft<'a>(
    table: Table<'a>,
    targets: &Targets,
    hashes: &mut HashMap<[u8; 32], Range<usize>>,
) -> Option<Draft<'a>> {
    let name = table.required("name", value::name);
    let kinds = [PrincipalKind::Human, PrincipalKind::Agent, PrincipalKind::Service].map(|k| (k.as_str(), k));
    if !table.has("kind") {
        table.missing("kind");
    }
    let kind = table.word("kind", &kinds).map(|at| at.value);
    let on_behalf_of = table.parse("on_behalf_of", value::name);
    let groups = names(&table, "groups").into_iter().map(|at| at.value).collect();
    let reach = names(&table, "targets");
    for target in &reach {
        if !targets.contains_key(&target.value) {
            let what = format!("there is no target `{}`", target.value);
            table.error("targets", &target.span, Fault::new(Code::Unresolved, what, known(targets)));
        }
    }
    let scram = table.parse("scram", verifier::parse).map(|at| at.value);
    let tokens = tokens(&table, hashes);
    let name = name?;
    let principal = Principal {
        name: name.value.clone(),
        // A kind that cannot be read is an error that is noted; this one is then never used.
        kind: kind.unwrap_or(PrincipalKind::Service),
        groups,
        on_behalf_of: on_behalf_of.as_ref().map(|at| at.value.clone()),
    };
    let account = Account {
        principal: Arc::new(principal),
        targets: reach.iter().map(|at| at.value.clone()).collect(),
        scram,
        tokens,
    };
    Some(Draft { table, name, kind, on_behalf_of, targets: reach, account })
}

/// A list of names without repetition.
fn names(table: &Table<'_>, key: &'static str) -> Vec<At<Name>> {
    let mut seen = HashMap::new();
    let mut list = Vec::new();
    for written in table.texts(key).map_or(Vec::new(), |at| at.value) {
        if let Some(name) = table.elevate(key, &written, value::name)
            && unique(table, key, &mut seen, &name.value, &name.span)
        {
            list.push(name);
        }
    }
    list
}

fn known(targets: &Targets) -> String {
    let mut names: Vec<String> = targets.keys().map(|name| format!("`{name}`")).collect();
    names.sort();
    match names.len() {
        0 => "add a `[[target]]` of this name".to_owned(),
        1..=8 => format!("known targets: {}", names.join(", ")),
        _ => "name one of the `[[target]]` sections".to_owned(),
    }
}

fn tokens(table: &Table<'_>, hashes: &mut HashMap<[u8; 32], Range<usize>>) -> Vec<Token> {
    let mut ids = HashMap::new();
    let mut tokens = Vec::new();
    for token in table.tables("token", "principal.token") {
        let id = token.required("id", value::token_id);
        let hash = token.required("hash", value::token_hash);
        let expires = token.time("expires").and_then(|text| {
            let written = At { value: text.value.as_str(), span: text.span.clone() };
            token.elevate("expires", &written, value::time)
        });
        if let Some(id) = &id {
            unique(&token, "id", &mut ids, &id.value, &id.span);
        }
        if let Some(hash) = &hash
            && hashes.insert(hash.value, hash.span.clone()).is_some()
        {
            let what = "this token is there twice, and it would not be known who uses it";
            let fix = "remove one, and make another with `tollhouse principal token`";
            token.error("hash", &hash.span, Fault::new(Code::Duplicate, what, fix));
        }
        if let Some(expires) = &expires
            && expires.value <= table.reading().surroundings.now
        {
            let fix = "remove it with `tollhouse principal token revoke`";
            token.warning("expires", &expires.span, Fault::new(Code::Useless, "this token has expired", fix));
        }
        if let (Some(id), Some(hash)) = (id, hash) {
            tokens.push(Token { id: id.value, hash: hash.value, expires: expires.map(|at| at.value) });
        }
    }
    tokens
}

fn check_human(draft: &Draft<'_>, all: &HashMap<&Name, &Draft<'_>>) {
    let table = &draft.table;
    let Some(kind) = draft.kind else { return };
    let Some(human) = &draft.on_behalf_of else {
        if kind == PrincipalKind::Agent && !table.has("on_behalf_of") {
            let what = format!("`{}` is an agent, and nobody is named that it acts for", draft.name.value);
            let fix = "add `on_behalf_of` with the name of a human";
            table.error("on_behalf_of", &draft.name.span, Fault::new(Code::MissingKey, what, fix));
        }
        return;
    };
    if kind != PrincipalKind::Agent {
        let what =
            format!("`{}` is a {}, and only an agent acts for a human", draft.name.value, kind.as_str());
        let fix = "leave it out, or set `kind = \"agent\"`";
        table.error("on_behalf_of", &human.span, Fault::new(Code::Conflict, what, fix));
        return;
    }
    let Some(found) = all.get(&human.value) else {
        let what = format!("there is no principal `{}`", human.value);
        let fix = "name a `[[principal]]` of kind `human`";
        table.error("on_behalf_of", &human.span, Fault::new(Code::Unresolved, what, fix));
        return;
    };
    match found.kind {
        Some(PrincipalKind::Human) => {}
        // Its own problem is noted already.
        None => return,
        Some(other) => {
            let article = if other == PrincipalKind::Agent { "an" } else { "a" };
            let what = format!("`{}` is {article} {}, not a human", human.value, other.as_str());
            let fix = "name a `[[principal]]` of kind `human`";
            table.error("on_behalf_of", &human.span, Fault::new(Code::Conflict, what, fix));
            return;
        }
    }
    for target in &draft.targets {
        if !found.account.targets.contains(&target.value) {
            let what = format!(
                "an agent reaches no more than its human: `{}` may not reach `{}`",
                human.value, target.value
            );
            let fix = format!("remove it here, or let `{}` reach it", human.value);
            table.error("targets", &target.span, Fault::new(Code::Reach, what, fix));
        }
    }
}

/// What is allowed but hardly meant.
fn check_usefulness(draft: &Draft<'_>, humans: &HashSet<&Name>) {
    let name = &draft.name;
    let table = &draft.table;
    let credentials = table.has("scram") || table.has("token");
    if !credentials && !humans.contains(&name.value) {
        let what = format!("`{}` cannot log in: there is neither password nor token", name.value);
        let fix =
            format!("run `tollhouse principal password {0}` or `tollhouse principal token {0}`", name.value);
        table.warning("name", &name.span, Fault::new(Code::Useless, what, fix));
    }
    if credentials && !table.has("targets") {
        let what = format!("`{}` may log in and reach nothing", name.value);
        let fix = "add `targets`";
        table.warning("name", &name.span, Fault::new(Code::Useless, what, fix));
    }
}
