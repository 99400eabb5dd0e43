//! Running one attempt, and what must hold of it.

use wire::postgres::{Kind, encode};

use super::case::{Attempt, Case};
use super::fixture::Guarded;
use crate::client::Client;
use crate::packet::{Answer, Report};

/// How a text is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Query.
    Simple,
    /// Parse, Bind, Describe, Execute, Sync.
    Extended,
}

impl Way {
    pub(crate) const ALL: [Self; 2] = [Self::Simple, Self::Extended];

    pub(crate) fn send(self, client: &mut Client, text: &str) -> Answer {
        match self {
            Self::Simple => client.query(text),
            Self::Extended => {
                client.say(|out| {
                    encode::parse(out, b"", text.as_bytes(), &[]).unwrap();
                    encode::bind(out, b"", b"", &[], std::iter::empty::<Option<&[u8]>>(), &[]).unwrap();
                    encode::describe(out, Kind::Portal, b"").unwrap();
                    encode::execute(out, b"", 0).unwrap();
                    encode::sync(out);
                });
                client.ready()
            }
        }
    }
}

/// The first error of an answer.
pub(crate) fn error(answer: &Answer) -> Option<Report> {
    answer.0.iter().find(|packet| packet.tag == b'E').and_then(crate::packet::Packet::report)
}

/// Runs all attempts of a file.
pub(crate) fn case(guarded: &Guarded, case: &Case, refusals: &mut Vec<Refusal>, findings: &mut Vec<String>) {
    for attempt in case.attempt.iter().filter(|attempt| guarded.major() >= attempt.since) {
        for text in &attempt.refused {
            for way in Way::ALL {
                let tried = refused(guarded, attempt, text, way);
                if tried.is_ok() && way == Way::Simple {
                    let (text, rule) = (text.clone(), attempt.rule.clone());
                    let secret = attempt.secret.clone();
                    refusals.push(Refusal {
                        secret,
                        case: format!("{} {}", case.id, guarded.major()),
                        text,
                        rule,
                    });
                }
                if let Err(finding) = tried {
                    findings.push(format!(
                        "{} {} {way:?} as {}: {finding}\n    {text}",
                        case.id,
                        guarded.major(),
                        attempt.who
                    ));
                }
            }
        }
        for text in &attempt.passes {
            let mut client = guarded.session(&attempt.who);
            prepare(&mut client, attempt);
            client.query("BEGIN");
            if let Some(report) = error(&client.query(text)) {
                let (code, message, detail) = (report.code, report.message, report.detail);
                findings.push(format!(
                    "{} {} twin as {}: {code} {message} ({detail})\n    {text}",
                    case.id,
                    guarded.major(),
                    attempt.who
                ));
            }
            client.query("ROLLBACK");
            client.bye();
        }
    }
}

fn prepare(client: &mut Client, attempt: &Attempt) {
    for text in &attempt.before {
        let answer = client.query(text);
        assert!(error(&answer).is_none(), "`{text}` must pass: {:?}", error(&answer));
    }
}

fn refused(guarded: &Guarded, attempt: &Attempt, text: &str, way: Way) -> Result<(), String> {
    let before = guarded.look();
    let mut client = guarded.session(&attempt.who);
    prepare(&mut client, attempt);
    let answer = way.send(&mut client, text);
    let report = error(&answer);
    // Whatever came of it, nothing may have happened, and the session must live.
    let block = answer.line().ends_with("Z(E)") || answer.line().ends_with("Z(T)");
    if block {
        client.query("ROLLBACK");
    }
    let alive = client.line("SELECT 1");
    client.bye();
    let report = report.ok_or_else(|| format!("not refused: {}", answer.line()))?;
    if !report.is_refusal() {
        // More than one text in one Parse is the server's own error, and harmless.
        if way == Way::Extended && report.code == "42601" && guarded.look() == before {
            return Ok(());
        }
        return Err(format!("{} {}, not a refusal", report.code, report.message));
    }
    if guarded.look() != before {
        return Err("the database is not what it was".into());
    }
    if alive != "T D(1) C(SELECT 1) Z(I)" {
        return Err(format!("the session is not well: {alive}"));
    }
    let sentence =
        !report.message.is_empty() && !report.message.ends_with('.') && !report.message.contains('\n');
    if !sentence || report.hint.is_empty() || report.severity != "ERROR" {
        return Err(format!("a poor refusal: {report:?}"));
    }
    if answer.0.iter().any(|packet| packet.tag == b'D') {
        return Err(format!("rows of a refused text: {}", answer.line()));
    }
    Ok(())
}

/// The ledger names verdict and rule of everything that was refused.
pub(crate) fn recorded(guarded: &Guarded, refusals: &[Refusal], findings: &mut Vec<String>) {
    let pairs = guarded.house.ledger().settled();
    for refusal in refusals {
        let mut found = pairs.iter().filter(|pair| {
            pair.text.as_deref().is_some_and(|text| refusal.is_text(text))
                && matches!(pair.decision.verdict.as_str(), "refuse" | "hold")
        });
        let rules: Vec<&String> =
            found.clone().flat_map(|pair| pair.decision.rules.iter().flatten()).collect();
        let told = found.clone().all(|pair| pair.decision.facts.iter().flatten().next().is_some());
        if found.next().is_none() {
            findings.push(format!("{} is not in the ledger\n    {}", refusal.case, refusal.text));
        } else if !rules.iter().any(|rule| refusal.is(rule)) {
            findings.push(format!(
                "{} was refused by {rules:?}, not {}\n    {}",
                refusal.case, refusal.rule, refusal.text
            ));
        } else if !told {
            findings.push(format!("{} has no facts in the ledger\n    {}", refusal.case, refusal.text));
        }
    }
}

/// What the ledger has to name.
pub(crate) struct Refusal {
    case: String,
    text: String,
    rule: String,
    secret: Option<String>,
}

impl Refusal {
    /// Whether a recorded text is this one; a secret in it must be gone.
    fn is_text(&self, recorded: &str) -> bool {
        match &self.secret {
            None => recorded == self.text,
            Some(secret) => {
                let begin = self.text.split(secret.as_str()).next().unwrap_or_default();
                recorded.starts_with(begin.trim_end_matches('\'')) && !recorded.contains(secret.as_str())
            }
        }
    }

    fn is(&self, rule: &str) -> bool {
        rule == self.rule || rule.strip_prefix(&*self.rule).is_some_and(|rest| rest.starts_with('/'))
    }
}
