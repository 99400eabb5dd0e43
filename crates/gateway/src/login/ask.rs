//! What does it want? The target, the database there, the settings of the session, and what it says of itself.

use std::sync::Arc;

use model::{Asserted, Name, Refusal, Sqlstate};
use sql::startup::{OptionVerdict, judge};
use wire::postgres::startup;

use super::prove::Proved;
use super::{Denied, Login};
use crate::settings::{Settings, Target};

/// Longer statements about oneself are cut: they are evidence for people, not data.
const ASSERTED_CHARS_MAX: usize = 256;

/// Settings of which the server's word is that the client and we understand the same: nothing can lift these.
const UNLIFTABLE: [&str; 3] = ["standard_conforming_strings", "client_encoding", "replication"];

/// Resolves what a proved client asks for.
pub(super) fn ask(proved: Proved, settings: &Settings) -> Result<Login, Box<Denied>> {
    let Proved { mut greeting, account, credential, out } = proved;
    let wish = wish(&greeting.parameters, &account.targets, settings);
    let (target, database, asked, asserted) = match wish {
        Ok(wish) => wish,
        Err((refusal, reason)) => {
            let principal = greeting.parameter("user").map(str::to_owned);
            let database = greeting.parameter("database").map(str::to_owned);
            return Err(Box::new(Denied {
                stream: Some(greeting.stream),
                out,
                refusal,
                reason,
                principal,
                database,
            }));
        }
    };
    let incoming = std::mem::take(&mut greeting.incoming);
    Ok(Login {
        stream: greeting.stream,
        rest: incoming.into_rest(),
        version: greeting.version,
        principal: Arc::clone(&account.principal),
        credential,
        target,
        database,
        settings: asked,
        asserted,
        out,
    })
}

type Wish = (Arc<Target>, String, Vec<(String, String)>, Asserted);
type No = (Refusal, &'static str);

fn wish(parameters: &[(String, String)], reach: &[Name], settings: &Settings) -> Result<Wish, No> {
    let last = |wanted: &str| {
        parameters.iter().rev().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    };
    let asked = last("database").filter(|name| !name.is_empty()).or_else(|| last("user")).unwrap_or_default();
    let (database, name) = match asked.rsplit_once('@') {
        Some((database, target)) if !database.is_empty() => (Some(database), target),
        _ => (None, asked),
    };
    let target = settings
        .targets
        .get(name)
        .filter(|target| reach.contains(&target.name))
        .ok_or_else(|| (no_target(name, reach), "target unknown or out of reach"))?;
    let database = database.unwrap_or(&target.upstream.database).to_owned();

    // As the server does: first what `options` holds, then the parameters, so that the latter win.
    let mut wanted = Vec::new();
    if let Some(options) = last("options") {
        let parsed =
            startup::options(options.as_bytes()).map_err(|error| (error.refusal(), "start-up options"))?;
        wanted.extend(parsed);
    }
    let own = ["user", "database", "options"];
    wanted.extend(parameters.iter().filter(|(name, _)| !own.contains(&name.as_str())).cloned());

    let mut asserted = Asserted::default();
    let mut kept: Vec<(String, String)> = Vec::new();
    for (name, value) in wanted {
        match verdict(&name, &value, &target.startup_options) {
            OptionVerdict::Own => own_setting(&name, &value, &mut asserted)?,
            OptionVerdict::Pass => {
                if name.eq_ignore_ascii_case("application_name") && !value.is_empty() {
                    asserted.application_name = Some(cut(&value));
                }
                kept.push((name, value));
            }
            // `replication=off` asks for nothing.
            OptionVerdict::Guarded { .. } if name.eq_ignore_ascii_case("replication") && is_off(&value) => {}
            OptionVerdict::Guarded { reason } => {
                return Err((guarded(&name, reason), "guarded start-up setting"));
            }
            OptionVerdict::Unknown => return Err((unknown(&name), "unknown start-up setting")),
        }
    }
    Ok((Arc::clone(target), database, kept, asserted))
}

fn verdict(name: &str, value: &str, extra: &[String]) -> OptionVerdict {
    let all = extra.iter().any(|name| name == "*");
    match judge(name, value, extra) {
        OptionVerdict::Guarded { .. } | OptionVerdict::Unknown
            if all && !UNLIFTABLE.iter().any(|fixed| name.eq_ignore_ascii_case(fixed)) =>
        {
            OptionVerdict::Pass
        }
        verdict => verdict,
    }
}

fn own_setting(name: &str, value: &str, asserted: &mut Asserted) -> Result<(), No> {
    match name.to_ascii_lowercase().as_str() {
        "tollhouse.purpose" => asserted.purpose = Some(cut(value)),
        "tollhouse.trace" => asserted.trace = Some(cut(value)),
        _ => {
            let refusal = Refusal::new(Sqlstate::new(b"42704"), format!("the gate has no setting `{name}`"))
                .hint("`tollhouse.purpose` and `tollhouse.trace` are those that it has");
            return Err((refusal, "unknown setting of the gate"));
        }
    }
    Ok(())
}

fn cut(value: &str) -> String {
    value.chars().take(ASSERTED_CHARS_MAX).collect()
}

fn is_off(value: &str) -> bool {
    ["false", "off", "no", "0"].iter().any(|off| value.eq_ignore_ascii_case(off))
}

/// The same words for a target that is not there and one that is out of reach.
fn no_target(name: &str, reach: &[Name]) -> Refusal {
    let reach: Vec<String> = reach.iter().map(|name| format!("`{name}`")).collect();
    let hint = if reach.is_empty() {
        "you may reach no target; ask whoever runs the gate".to_owned()
    } else {
        format!("name a target as the database: you may reach {}", reach.join(", "))
    };
    Refusal::new(Sqlstate::new(b"3D000"), format!("there is no target `{name}` for you")).hint(hint)
}

fn guarded(name: &str, reason: &str) -> Refusal {
    Refusal::new(Sqlstate::new(b"42501"), format!("the setting `{name}` may not be given at start-up here"))
        .detail(format!("it {reason}"))
        .hint("leave it out")
}

fn unknown(name: &str) -> Refusal {
    Refusal::new(Sqlstate::new(b"42501"), format!("the gate does not know the start-up setting `{name}`"))
        .detail("only settings that are known to be harmless pass; limit: the target's `startup_options`")
        .hint("leave it out, set it after log-in, or have it added to `startup_options` of the target")
}
