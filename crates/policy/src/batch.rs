//! Rules that can apply to the same requests, asked together: Cedar judges each policy of a set by itself, and a question
//! costs more than a policy does. A batch has one effect, so that its answer names every rule that applies. Its scope is
//! decided before ([`crate::rule::Scope::meets`]), so Cedar judges conditions only: scopes cost it more than most of those.

use std::collections::HashMap;

use cedar_policy::{AuthorizationError, Authorizer, Entities, Policy, PolicyId, PolicySet, Request};

use serde_json::json;

use crate::rule::Rule;

/// Rules of one effect, with one scope, that ask for the same risks and verbs.
#[derive(Debug)]
pub(crate) struct Batch {
    /// Their places among all rules, ascending.
    places: Vec<usize>,
    /// The rules' conditions, each by its rule's place.
    set: PolicySet,
}

/// What a rule says of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Says {
    Applies,
    Misses,
    Fails,
}

impl Batch {
    /// All rules in batches. `None`: Cedar does not take them.
    pub(crate) fn all(rules: &[Rule]) -> Option<Vec<Self>> {
        let mut batches: Vec<Vec<usize>> = Vec::new();
        let mut by: HashMap<_, Vec<usize>> = HashMap::new();
        for (place, rule) in rules.iter().enumerate() {
            let alike = by.entry(rule.kin()).or_default();
            let first = |at: &usize| rules.get(*batches.get(*at)?.first()?);
            let fits = |at: &usize| first(at).is_some_and(|first| first.scope == rule.scope);
            let at = alike.iter().copied().find(fits);
            match at.and_then(|at| batches.get_mut(at)) {
                Some(batch) => batch.push(place),
                None => {
                    alike.push(batches.len());
                    batches.push(vec![place]);
                }
            }
        }
        batches.into_iter().map(|places| Self::of(places, rules)).collect()
    }

    fn of(places: Vec<usize>, rules: &[Rule]) -> Option<Self> {
        let policies: Vec<Policy> =
            places.iter().map(|place| condition(*place, rules.get(*place)?)).collect::<Option<_>>()?;
        Some(Self { set: PolicySet::from_policies(policies).ok()?, places })
    }

    /// The places of its rules.
    pub(crate) fn places(&self) -> &[usize] {
        &self.places
    }

    /// What each of its rules says, by place, of a request that lies in its scope.
    pub(crate) fn ask(
        &self,
        authorizer: &Authorizer,
        request: &Request,
        entities: &Entities,
    ) -> impl Iterator<Item = (usize, Says)> {
        let response = authorizer.is_authorized(request, &self.set, entities);
        let diagnostics = response.diagnostics();
        let place = |id: &PolicyId| AsRef::<str>::as_ref(id).parse::<usize>().ok();
        let applying: Vec<usize> = diagnostics.reason().filter_map(place).collect();
        // An error of nobody's would be an error that nobody sees.
        let failing: Option<Vec<usize>> = diagnostics
            .errors()
            .map(|AuthorizationError::PolicyEvaluationError(error)| place(error.policy_id()))
            .collect();
        self.places.iter().map(move |place| {
            let says = if failing.as_ref().is_none_or(|failing| failing.contains(place)) {
                Says::Fails
            } else if applying.contains(place) {
                Says::Applies
            } else {
                Says::Misses
            };
            (*place, says)
        })
    }
}

/// A rule that applies wherever its condition holds.
fn condition(place: usize, rule: &Rule) -> Option<Policy> {
    let mut json = rule.policy().to_json().ok()?;
    for part in ["principal", "action", "resource"] {
        json.as_object_mut()?.insert(part.to_owned(), json!({ "op": "All" }));
    }
    Policy::from_json(Some(PolicyId::new(place.to_string())), json).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Rules, State};
    use crate::source::Source;
    use cedar_policy::{Context, EntityUid, RestrictedExpression};

    const RULES: &str = "\
@id(\"a/all\") permit(principal, action, resource);
@id(\"a/most\") forbid(principal, action, resource) when { context.statements > 1 };
@id(\"a/fails\") forbid(principal, action, resource) when { context.statements * 4611686018427387904 > 7 };
@id(\"a/never\") forbid(principal, action, resource) when { context.statements == 0 };
@id(\"a/shop\") forbid(principal, action, resource in Target::\"shop\") when { context.statements > 1 };
@id(\"a/risky\") forbid(principal, action, resource) when { context.risks.contains(\"program\") };";

    #[test]
    fn each_rule_of_a_batch_says_its_own() {
        let source = Source { name: "a.cedar".to_owned(), text: RULES.to_owned(), pack: false };
        let rules = Rules::check(&[source]).unwrap();
        let State::Checked(checked) = &rules.state else { panic!("it does not check") };
        let batches = Batch::all(&checked.rules).unwrap();
        let places: Vec<&[usize]> = batches.iter().map(Batch::places).collect();
        assert_eq!(places, [&[0][..], &[1, 2, 3], &[4], &[5]], "by effect, scope, and what they ask for");

        let uid = |text: &str| text.parse::<EntityUid>().unwrap();
        let statements = ("statements".to_owned(), RestrictedExpression::new_long(3));
        let request = Request::new(
            uid("Human::\"alice\""),
            uid("Action::\"select\""),
            uid("Target::\"shop\""),
            Context::from_pairs([statements]).unwrap(),
            None,
        )
        .unwrap();
        let says = |batch: usize| -> Vec<_> {
            batches[batch].ask(&Authorizer::new(), &request, &Entities::empty()).collect()
        };
        assert_eq!(says(1), [(1, Says::Applies), (2, Says::Fails), (3, Says::Misses)]);
        assert_eq!(says(2), [(4, Says::Applies)], "its scope was decided before");
    }
}
