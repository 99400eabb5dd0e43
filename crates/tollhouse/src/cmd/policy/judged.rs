//! A text judged by rules, for a command: its facts, the decision, and why. It decides nothing itself.

use std::sync::Arc;

use model::facts::Facts;
use policy::{ExplainedRequest, Explanation, How};
use serde_json::{Value, json};
use sql::catalogue::Catalogue;
use sql::{Analysis, View};

/// A text with what analysis found out.
pub(super) struct Read {
    facts: Vec<Arc<Facts>>,
}

impl Read {
    /// Analyzes a text.
    pub(super) fn new(text: &str, catalogue: &Catalogue, view: &View) -> (Self, Analysis) {
        let analysis = sql::analyze(text.as_bytes(), catalogue, view);
        let facts = analysis.statements.iter().map(|statement| Arc::clone(&statement.facts)).collect();
        (Self { facts }, analysis)
    }

    /// The facts of each of its statements.
    pub(super) fn facts(&self) -> Vec<&Facts> {
        self.facts.iter().map(|facts| &**facts).collect()
    }

    /// The facts as lines, per statement.
    pub(super) fn lines(&self) -> Vec<Vec<String>> {
        self.facts.iter().map(|facts| facts.lines()).collect()
    }
}

/// A decision as JSON.
pub(super) fn as_json(decision: &policy::Decision) -> Value {
    let refusal = decision.refusal();
    json!({
        "verdict": decision.verdict().as_str(),
        "rules": decision.rules().iter().map(|rule| &**rule).collect::<Vec<_>>(),
        "shadow": decision.shadow().iter().map(|rule| &**rule).collect::<Vec<_>>(),
        "hold": decision.hold_groups().iter().map(|group| &**group).collect::<Vec<_>>(),
        "code": refusal.map(|refusal| refusal.code.as_str()),
        "message": refusal.map(|refusal| &*refusal.message),
        "detail": refusal.and_then(|refusal| refusal.detail.as_deref()),
        "hint": refusal.and_then(|refusal| refusal.hint.as_deref()),
    })
}

/// A decision in lines.
pub(super) fn lines(decision: &policy::Decision) -> Vec<String> {
    let mut lines = Vec::new();
    let code = decision.refusal().map(|refusal| format!(" ({})", refusal.code.as_str()));
    lines.push(format!("{}{}", decision.verdict().as_str(), code.unwrap_or_default()));
    if let Some(refusal) = decision.refusal() {
        lines.push(format!("  {}", refusal.message));
        lines.extend(refusal.detail.as_ref().map(|detail| format!("  detail: {detail}")));
        lines.extend(refusal.hint.as_ref().map(|hint| format!("  hint: {hint}")));
    }
    let list = |what: &str, rules: &[Arc<str>]| {
        let names: Vec<&str> = rules.iter().map(|rule| &**rule).collect();
        (!names.is_empty()).then(|| format!("  {what}: {}", names.join(", ")))
    };
    lines.extend(list("rules", decision.rules()));
    lines.extend(list("in shadow, not enforced", decision.shadow()));
    lines
}

/// Why, in lines: each request with what the rules say of it.
pub(super) fn why(explanation: &Explanation) -> Vec<String> {
    let mut lines = Vec::new();
    for request in &explanation.requests {
        lines.push(format!(
            "{} {} {}: {}",
            request.principal,
            request.action,
            request.about,
            request.verdict.as_str()
        ));
        for said in &request.reasons {
            let message = said.message.as_ref().map(|message| format!(": {message}"));
            lines.push(format!("  {} {}{}", how(&said.how), said.rule, message.unwrap_or_default()));
        }
        for near in &request.near {
            lines.push(format!("  nearly permitted by {}, but for its {}", near.rule, near.because));
        }
    }
    lines
}

fn how(how: &How) -> String {
    match how {
        How::Permits => "permitted by".to_owned(),
        How::Forbids => "forbidden by".to_owned(),
        How::Holds(group) => format!("held for `{group}` by"),
        How::Shadow => "in shadow forbidden by".to_owned(),
        How::LiftedBy(permit) => format!("lifted by {permit}:"),
        How::Error => "could not be evaluated:".to_owned(),
    }
}

/// Why, as JSON.
pub(super) fn why_json(explanation: &Explanation) -> Value {
    let request = |request: &ExplainedRequest| {
        let reasons: Vec<Value> = request
            .reasons
            .iter()
            .map(|said| {
                let (how, of) = match &said.how {
                    How::Permits => ("permits", None),
                    How::Forbids => ("forbids", None),
                    How::Holds(group) => ("holds", Some(group)),
                    How::Shadow => ("shadow", None),
                    How::LiftedBy(permit) => ("lifted", Some(permit)),
                    How::Error => ("error", None),
                };
                json!({ "rule": said.rule, "how": how, "by": of, "message": said.message, "hint": said.hint })
            })
            .collect();
        let near: Vec<Value> =
            request.near.iter().map(|near| json!({ "rule": near.rule, "because": near.because })).collect();
        json!({
            "statement": request.statement,
            "principal": request.principal,
            "action": request.action,
            "resource": request.resource,
            "about": request.about,
            "verdict": request.verdict.as_str(),
            "reasons": reasons,
            "near": near,
        })
    };
    explanation.requests.iter().map(request).collect()
}
