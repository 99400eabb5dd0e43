//! Running one attempt, and what must hold of it.

use std::collections::BTreeMap;

use rig::canary::Canaries;

use super::case::{Attempt, Holds};
use super::fixture::{Hidden, Worlds};
use super::heard::{Way, cells, error, heard, rows, steady};
use crate::client::Client;
use crate::packet::Answer;

/// What a session that is well answers.
const ALIVE: &str = "T D(1) C(SELECT 1) Z(I)";

/// What is found against the gate, and how much was tried.
#[derive(Default)]
pub(crate) struct Findings {
    pub(crate) tried: usize,
    pub(crate) lines: Vec<String>,
}

/// All attempts of this kind, in every way.
pub(crate) fn attempt(
    worlds: &Worlds,
    (real, other): (&mut Sessions<'_>, &mut Sessions<'_>),
    canaries: &Canaries,
    id: &str,
    attempt: &Attempt,
    findings: &mut Findings,
) {
    let known = worlds.major() >= attempt.since;
    if !known || attempt.needs.as_ref().is_some_and(|extension| !worlds.has(extension)) {
        return;
    }
    let ways = if attempt.simple { &Way::ALL[..1] } else { &Way::ALL[..] };
    for texts in attempt.tries() {
        let past = (!attempt.alone).then(|| Trial::of(real, "past", attempt, &texts, Way::Simple));
        // A server that was built without XML.
        if past
            .as_ref()
            .is_some_and(|past| past.answers.iter().filter_map(error).any(|(code, _)| code == "0A000"))
        {
            continue;
        }
        let mut found = Vec::new();
        if let Some(past) = &past
            && !attempt.blind
            && canaries.search(&heard(&past.answers)).is_empty()
        {
            found.push(("past the gate".into(), format!("no canary, so nothing is shown: {}", past.line())));
        }
        for who in &attempt.who {
            for way in ways {
                findings.tried += 1;
                let trial = Trial::of(real, who, attempt, &texts, *way);
                let mut wrong = trial.wrong(attempt, canaries, past.as_ref(), *way);
                if wrong.is_empty() && !attempt.differs {
                    let other = Trial::of(other, who, attempt, &texts, *way);
                    wrong.extend(trial.differs(&other));
                }
                found.extend(wrong.into_iter().map(|wrong| (format!("{who} {way:?}"), wrong)));
            }
        }
        if let Some(past) = &past
            && attempt.holds != [Holds::Deny]
        {
            let carol = Trial::of(real, "carol", attempt, &texts, Way::Simple);
            found.extend(past.differs(&carol).map(|how| ("carol, who may see it".into(), how)));
        }
        report(worlds, id, &texts, found, findings);
    }
    for text in &attempt.passes {
        let mut found = Vec::new();
        let texts = [text.clone()];
        for who in &attempt.who {
            for way in ways {
                findings.tried += 1;
                let past = Trial::of(real, "past", attempt, &texts, *way);
                let trial = Trial::of(real, who, attempt, &texts, *way);
                found.extend(past.differs(&trial).map(|how| (format!("twin, {who} {way:?}"), how)));
            }
        }
        report(worlds, id, &texts, found, findings);
    }
}

/// One line for each way in which something is wrong, with who met it how.
fn report(
    worlds: &Worlds,
    id: &str,
    texts: &[String],
    found: Vec<(String, String)>,
    findings: &mut Findings,
) {
    if found.is_empty() {
        return;
    }
    let mut by_wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (who, wrong) in found {
        by_wrong.entry(wrong).or_default().push(who);
    }
    let lines: Vec<String> =
        by_wrong.iter().map(|(wrong, who)| format!("\n    {}: {wrong}", who.join(", "))).collect();
    findings.lines.push(format!("{id} {}: {}{}", worlds.major(), texts.join(" ;; "), lines.concat()));
}

/// Sessions in which nothing was left behind, to be used again.
pub(crate) struct Sessions<'a> {
    hidden: &'a Hidden,
    clean: BTreeMap<String, Client>,
}

impl<'a> Sessions<'a> {
    pub(crate) fn of(hidden: &'a Hidden) -> Self {
        Self { hidden, clean: BTreeMap::new() }
    }

    fn take(&mut self, who: &str) -> Client {
        self.clean.remove(who).unwrap_or_else(|| self.hidden.session(who))
    }
}

/// A session in which something was tried.
struct Trial {
    /// To what was sent before, to the attempt, and whether the session lives.
    before: Vec<Answer>,
    answers: Vec<Answer>,
    alive: String,
}

impl Trial {
    fn of(sessions: &mut Sessions<'_>, who: &str, attempt: &Attempt, texts: &[String], way: Way) -> Self {
        let mut client = sessions.take(who);
        let before: Vec<Answer> = attempt.before.iter().map(|text| client.query(text)).collect();
        let mut answers: Vec<Answer> = Vec::new();
        for text in texts {
            answers.push(way.send(&mut client, text));
        }
        if answers.last().is_some_and(|answer| !answer.line().ends_with("Z(I)")) {
            client.query("ROLLBACK");
        }
        let alive = client.line("SELECT 1");
        let reads = |text: &String| {
            let verbs = ["SELECT ", "TABLE ", "VALUES ", "COPY "];
            verbs.iter().any(|verb| text.starts_with(verb)) && !text.contains(" INTO ")
        };
        let clean = attempt.before.is_empty() && texts.iter().all(reads) && !attempt.alone;
        if clean && alive == ALIVE {
            sessions.clean.insert(who.to_owned(), client);
        } else {
            leave(client);
        }
        Self { before, answers, alive }
    }

    fn line(&self) -> String {
        let line = self.answers.iter().map(Answer::line).collect::<Vec<_>>().join(" ;; ");
        line.chars().take(240).collect()
    }

    /// What is not as it must be.
    fn wrong(&self, attempt: &Attempt, canaries: &Canaries, past: Option<&Self>, way: Way) -> Vec<String> {
        let mut wrong = Vec::new();
        for (text, answer) in attempt.before.iter().zip(&self.before) {
            if let Some((code, message)) = error(answer) {
                wrong.push(format!("`{text}` must pass: {code} {message}"));
            }
        }
        let all: Vec<Answer> = self.before.iter().chain(&self.answers).cloned().collect();
        let leaks = canaries.search(&heard(&all));
        if !leaks.is_empty() {
            wrong.push(format!("LEAK {leaks:?}: {}", self.line()));
        }
        if self.alive != ALIVE {
            wrong.push(format!("the session is not well: {}", self.alive));
        }
        if wrong.is_empty() && !attempt.holds.iter().any(|holds| self.is(*holds, past)) {
            let errors: Vec<_> = self.answers.iter().filter_map(error).collect();
            wrong.push(format!("not {:?}: {errors:?} {}", attempt.holds, self.line()));
        }
        if let Some(expected) = &attempt.cells
            && wrong.is_empty()
            && way != Way::Binary
            && cells(self.answers.last().unwrap()) != *expected
        {
            wrong.push(format!("other cells: {}", self.line()));
        }
        wrong
    }

    fn is(&self, holds: Holds, past: Option<&Self>) -> bool {
        let errors: Vec<_> = self.answers.iter().map(error).collect();
        let refused = errors
            .iter()
            .flatten()
            .any(|(code, said)| code.starts_with("TH") || said.contains("(rule `opaque/not-known`"));
        let failed = errors.iter().any(Option::is_some);
        let shown = self.answers.last().map_or(0, rows);
        match holds {
            Holds::Mask | Holds::Full => !failed && shown > 0,
            Holds::Deny => refused && shown == 0,
            Holds::Inherit => refused || (!failed && shown > 0),
            Holds::Pass => !failed,
            Holds::Scrub => {
                let code = |trial: &Self| trial.answers.iter().find_map(error).map(|(code, _)| code);
                failed && !refused && past.is_none_or(|past| code(past) == code(self))
            }
        }
    }

    /// How two sessions' answers differ.
    fn differs(&self, other: &Self) -> Option<String> {
        for (one, two) in self.answers.iter().zip(&other.answers) {
            if steady(one) != steady(two) {
                let short = |answer: &Answer| {
                    let error = error(answer).map(|(_, message)| message).unwrap_or_default();
                    (answer.line() + " " + &error).chars().take(200).collect::<String>()
                };
                return Some(format!("answers differ: {} <> {}", short(one), short(two)));
            }
        }
        None
    }
}

/// Says good-bye; a gate that closed first is seen before.
fn leave(mut client: Client) {
    client.say(wire::postgres::encode::terminate);
    client.rest();
}
