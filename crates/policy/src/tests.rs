//! What this room does to be fast, against Cedar doing all of it: rules are passed over by scope and risks, contexts
//! hold only what is read, each rule is asked alone. The same rules as one set, with full contexts that Cedar checks
//! against the schema, must say the same.

use std::collections::BTreeSet;

use cedar_policy::{Decision, Entities, PolicySet, Request};
use model::facts::{Access, Columns, Facts, Object, ObjectKind, Opaque, Risk, RiskKind, Verb};
use model::{Environment, Name, Principal, PrincipalKind, Timestamp};
use proptest::prelude::*;

use crate::ask::{Actor, Asked, Wants};
use crate::frame::Frame;
use crate::rules::{Checked, State};
use crate::vocabulary::{self, Attributes, uid};
use crate::{Rules, Source};

/// Rules that speak of everything that rules can speak of.
const OWN: &str = r#"
@id("own/a") forbid(principal in Group::"g1", action in Action::"write", resource in Schema::"shop/public")
  when { context.object.written.contains("a") && context.object has rows && context.object.rows > 10 };
@id("own/b") forbid(principal, action == Action::"select", resource is Relation in Target::"shop")
  when { context has limit && context.limit > 100 } unless { context.purpose == "audit" };
@id("own/c") forbid(principal == Agent::"bot", action in [Action::"drop", Action::"steer"], resource)
  when { context.hour < 6 || context.time > datetime("2030-01-01") };
@id("own/d") @lift("*") permit(principal is Human in Group::"g2", action, resource in Environment::"production")
  when { context.session.database == "shop" && context.parameters >= 0 && context.target like "s*" };
@id("own/e") forbid(principal, action, resource == Relation::"shop/public.t1")
  when { context.verbs.containsAll(["select", "lock"]) && !context.risks.contains("cascade") };
@id("own/f") forbid(principal, action == Action::"select", resource == Column::"shop/public.t1.a");
@id("own/g") forbid(principal, action, resource in Function::"shop/public.t1")
  when { context.functions.contains("public.t1") };
@id("own/h") @hold("g1") forbid(principal is Human, action, resource)
  when { context.risks.containsAny(["no_where", "file"]) || context.risks.contains("network") }
  when { context.about.contains("file x") || context has agent };
@id("own/i") @shadow forbid(principal, action in Action::"define", resource)
  when { context.object.kind == "view" && context.weekday < 6 && context.statements == 1 };
@id("own/k") forbid(principal, action, resource)
  when { context.purpose == "audit" && context.object.read.contains("b") };
@id("own/l") forbid(principal, action, resource in Target::"shop") when { context.object.predicate.contains("a") }
  unless { context.purpose == "audit" };
@id("own/j") permit(principal, action in [Action::"read", Action::"opaque"], resource)
  when { context has on_behalf_of && context.on_behalf_of in Group::"g1" };
"#;

fn checked(sources: &[Source]) -> Box<Checked> {
    match Rules::check(sources).map(|rules| rules.state) {
        Ok(State::Checked(checked)) => checked,
        Ok(State::Refusing(problems)) | Err(problems) => panic!("{problems:#?}"),
    }
}

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn any_of<T: Clone + std::fmt::Debug + 'static>(all: &[T]) -> impl Strategy<Value = T> + use<T> {
    proptest::sample::select(all.to_vec())
}

fn some_of<T: Clone + std::fmt::Debug + 'static>(
    all: &[T],
    most: usize,
) -> impl Strategy<Value = Vec<T>> + use<T> {
    proptest::collection::vec(any_of(all), 0..=most)
}

prop_compose! {
    fn object()(
        kind in any_of(&[ObjectKind::Table, ObjectKind::View, ObjectKind::Function, ObjectKind::Schema, ObjectKind::Other]),
        schema in any_of(&["public", "pg_temp", "pg_catalog", "", "a.b"]),
        name in any_of(&["t1", "t2", "odd\"name.x"]),
        oid in any_of(&[0, 16_384]),
    ) -> Object {
        Object { kind, schema: schema.into(), name: name.into(), oid }
    }
}

prop_compose! {
    fn access()(
        verb in any_of(&Verb::ALL), object in object(), unbounded in any::<bool>(), rows in any::<Option<u16>>(),
        read in some_of(&["a", "b"], 2), written in some_of(&["a", "b"], 2), predicate in some_of(&["a", "b"], 2),
    ) -> Access {
        let list = |names: Vec<&str>| names.into_iter().map(Into::into).collect();
        let columns = Columns { read: list(read), written: list(written), predicate: list(predicate), ..Columns::default() };
        Access { verb, object, columns, unbounded, rows: rows.map(u64::from) }
    }
}

prop_compose! {
    fn facts()(
        verbs in some_of(&Verb::ALL, 3), accesses in proptest::collection::vec(access(), 0..3),
        calls in proptest::collection::vec(object(), 0..2), risks in some_of(&RiskKind::ALL, 3),
        opaque in some_of(&["syntax", "unknown object"], 1), limit in any::<Option<u8>>(), parameters in any::<u16>(),
        about in any_of(&["x", "statement_timeout", "role"]),
    ) -> Facts {
        let mut verbs = verbs;
        verbs.extend(accesses.iter().map(|access| access.verb));
        verbs.sort();
        verbs.dedup();
        Facts {
            command: "X",
            verbs,
            accesses,
            calls,
            risks: risks.into_iter().map(|kind| Risk { kind, about: about.to_owned() }).collect(),
            opaque: opaque.into_iter().map(|kind| Opaque { kind, reason: String::new(), missing: None }).collect(),
            limit: limit.map(u64::from),
            parameters,
            ..Facts::default()
        }
    }
}

prop_compose! {
    fn principals()(
        kind in any_of(&[PrincipalKind::Human, PrincipalKind::Agent, PrincipalKind::Service]),
        groups in some_of(&["g1", "g2"], 2), human_groups in some_of(&["g1", "g2"], 2),
    ) -> (Principal, Option<Principal>) {
        let list = |names: Vec<&str>| names.into_iter().map(name).collect();
        let agent = kind == PrincipalKind::Agent;
        let human = Principal {
            name: name("alice"), kind: PrincipalKind::Human, groups: list(human_groups), on_behalf_of: None,
        };
        let principal = Principal {
            name: name("bot"), kind, groups: list(groups), on_behalf_of: agent.then(|| name("alice")),
        };
        (principal, agent.then_some(human))
    }
}

fn compare(checked: &Checked, whole: &PolicySet, asked: &Asked<'_>) -> Result<(), TestCaseError> {
    let schema = vocabulary::schema().unwrap();
    let court = checked.court();
    let wants = Wants::new(asked, &checked.types, true, true);
    let actors = Actor::all(asked, &checked.types);
    for facts in asked.statements {
        let frame = Frame::new(asked, facts);
        let wanted = wants.of(facts);
        let entities = court.entities(&actors, &wanted.iter().collect::<Vec<_>>()).unwrap();
        // Cedar knows the actions' groups from the schema; the rest has to conform to it.
        let others =
            entities.iter().filter(|entity| entity.uid().type_name() != &checked.types.action).cloned();
        let conforming = Entities::from_entities(others, Some(&schema)).unwrap();
        for actor in &actors {
            for wanted in &wanted {
                let answer = court.ask(&frame, actor, wanted, &entities, false);
                let context = frame.context(actor, wanted, Attributes::ALL).unwrap();
                let action = uid(&checked.types.action, wanted.action);
                let request =
                    Request::new(actor.uid.clone(), action, wanted.resource.clone(), context, Some(&schema))
                        .unwrap();
                let response = court.authorizer.is_authorized(&request, whole, &conforming);
                prop_assert!(response.diagnostics().errors().next().is_none() && answer.errors.is_empty());
                let theirs: BTreeSet<String> =
                    response.diagnostics().reason().map(ToString::to_string).collect();
                let lifted = answer.lifted.iter().map(|(forbid, _)| forbid);
                let forbids: BTreeSet<String> = (answer.forbids.iter())
                    .chain(&answer.holds)
                    .chain(&answer.shadow)
                    .chain(lifted)
                    .map(|rule| rule.id().to_string())
                    .collect();
                let permits: BTreeSet<String> =
                    answer.permits.iter().map(|rule| rule.id().to_string()).collect();
                let allowed = forbids.is_empty() && !permits.is_empty();
                prop_assert_eq!(response.decision() == Decision::Allow, allowed);
                let ours = if forbids.is_empty() { permits } else { forbids };
                prop_assert_eq!(ours, theirs, "{} {} {}", &actor.uid, wanted.action, &wanted.resource);
            }
        }
    }
    Ok(())
}

#[test]
fn slices_say_what_the_whole_set_says() {
    let mut sources = Rules::packs();
    sources.push(Source { name: "own.cedar".to_owned(), text: OWN.to_owned(), pack: false });
    let checked = checked(&sources);
    let whole = PolicySet::from_policies(checked.rules.iter().map(|rule| rule.policy().clone())).unwrap();
    let target = name("shop");
    let environments =
        any_of(&[Environment::Dev, Environment::Staging, Environment::Production, Environment::Sandbox]);
    let purposes = any_of(&[None, Some("audit")]);
    let questions =
        (principals(), proptest::collection::vec(facts(), 1..3), environments, purposes, 0..24_u64);
    let config = ProptestConfig { cases: 150, ..ProptestConfig::default() };
    proptest!(config, |(((principal, human), statements, environment, purpose, hour) in questions)| {
        let statements: Vec<&Facts> = statements.iter().collect();
        compare(&checked, &whole, &Asked {
            principal: &principal,
            human: human.as_ref(),
            target: &target,
            environment,
            database: "shop",
            statements: &statements,
            named: &[],
            purpose,
            now: Timestamp(1_772_445_600_000_000 + hour * 3_600_000_000),
        })?;
    });
}
