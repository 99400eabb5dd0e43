//! What rules mean beyond Cedar's own words: lifts, holds, shadows, limits, agents and their humans, columns, errors,
//! time; and that a set which does not check refuses everything.

mod asking;

use asking::{MONDAY, Question, alone, name, principal, told, with_packs};
use model::{Environment, Timestamp, Verdict};
use policy::{AskedConnect, How, Rules, SessionLimits, Source};

const ALL: &str = "@id(\"own/all\") permit(principal, action, resource);\n";

fn verdict(rules: &Rules, question: &str) -> Verdict {
    Question::read(question).decide(rules).verdict()
}

fn ids(rules: &Rules, question: &str) -> Vec<String> {
    Question::read(question).decide(rules).rules().iter().map(ToString::to_string).collect()
}

#[test]
fn nothing_is_permitted_by_default() {
    let rules = alone("");
    assert_eq!(ids(&rules, "human carol in dev\nselect public.orders"), ["policy/no-permit"]);
    assert_eq!(verdict(&rules, "human carol in dev"), Verdict::Refuse, "an empty text neither");
}

#[test]
fn everything_that_a_text_does_must_be_permitted() {
    let rules = alone(
        "@id(\"own/read\") permit(principal, action == Action::\"select\", resource in Schema::\"shop/public\");",
    );
    assert_eq!(verdict(&rules, "human carol in dev\nselect public.a\nselect public.b"), Verdict::Allow);
    assert_eq!(verdict(&rules, "human carol in dev\nselect public.a\nselect other.b"), Verdict::Refuse);
    assert_eq!(verdict(&rules, "human carol in dev\nselect public.a\ninsert public.a"), Verdict::Refuse);
    assert_eq!(verdict(&rules, "human carol in dev\nselect public.a\nand\nselect other.b"), Verdict::Refuse);
    assert_eq!(verdict(&rules, "human carol at blog in dev\nselect public.a"), Verdict::Refuse);
}

#[test]
fn rules_as_deep_as_can_be_are_judged_by_and_deeper_ones_never_reach_cedar() {
    let chain = |terms: usize| format!("{}true", "resource == Relation::\"shop/public.a\" || ".repeat(terms));
    let nest = |depth: usize| format!("{}true{}", "true && (".repeat(depth / 3), ")".repeat(depth / 3));
    let list = |depth: usize| format!("{0}1{1} == {0}1{1}", "[".repeat(depth / 2), "]".repeat(depth / 2));
    // Without optimisation Cedar takes ten times the stack that it takes otherwise.
    let tell = |condition: String| {
        let text =
            format!("// deep\n@id(\"own/a\") permit(principal, action, resource)\nwhen {{ {condition} }};");
        let told = move || {
            let rules = Rules::check(&[Source { name: "own.cedar".into(), text, pack: false }]);
            rules.map_or_else(
                |problems| problems[0].to_string(),
                |rules| told(&Question::read("human carol in dev\nselect public.b").decide(&rules)),
            )
        };
        std::thread::Builder::new().stack_size(64 << 20).spawn(told).unwrap().join().unwrap()
    };
    for condition in [chain(190), nest(190), list(190), "true && ".repeat(190) + "true"] {
        assert_eq!(tell(condition), "allow by own/a\n");
    }
    for condition in [chain(1_000_000), nest(1_000_000), list(1_000_000), "(".repeat(1_000_000)] {
        let problem = tell(condition);
        assert!(problem.starts_with("own.cedar:3:") && problem.contains("nested too deep"), "{problem}");
    }
}

#[test]
fn a_permit_lifts_what_packs_forbid_and_nothing_else() {
    let drop = "human carol of dba in production\ndrop public.orders\nrisk destructive public.orders\nrisk cascade x";
    let lift = |ids: &str| {
        format!("@id(\"own/dba\") @lift(\"{ids}\") permit(principal in Group::\"dba\", action, resource);\n")
    };
    assert_eq!(verdict(&with_packs(&lift("destructive/*")), drop), Verdict::Allow);
    assert_eq!(verdict(&with_packs(&lift("destructive/cascade")), drop), Verdict::Hold);
    assert_eq!(verdict(&with_packs(&lift("destructive/drop, destructive/cascade")), drop), Verdict::Allow);
    assert_eq!(verdict(&with_packs(&lift("unbounded/*")), drop), Verdict::Refuse);
    let other = drop.replace("dba", "devs");
    assert_eq!(verdict(&with_packs(&lift("*")), &other), Verdict::Refuse, "of another group");
    let own = "@id(\"own/freeze\") forbid(principal, action in Action::\"define\", resource);\n";
    assert_eq!(ids(&with_packs(&format!("{}{own}", lift("*"))), drop), ["own/freeze"]);
}

#[test]
fn who_is_permitted_everything_meets_no_refusal() {
    let rules =
        with_packs("@id(\"own/x\") @lift(\"*\") permit(principal == Service::\"etl\", action, resource);\n");
    let dangerous = "service etl in production
drop public.orders
opaque syntax: nobody knows
set
delete public.orders unbounded
risk guarded_setting standard_conforming_strings
risk identity role
risk no_where public.orders
risk program COPY
risk system_write pg_class
and
call public.f()
risk dynamic_sql x
risk unknown_cursor x
risk two_phase";
    assert_eq!(told(&Question::read(dangerous).decide(&rules)), "allow by baseline/services, own/x\n");
    let (decision, limits) = connect(&rules, "service", "etl", &[]);
    assert_eq!((decision, limits), (Verdict::Allow, SessionLimits::default()));
}

#[test]
fn an_agent_has_at_most_the_rights_of_its_human() {
    let rules = alone(
        "@id(\"own/agents\") permit(principal is Agent, action, resource);
         @id(\"own/sales\") permit(principal in Group::\"sales\", action == Action::\"select\", resource);",
    );
    let asked = "agent bot for alice of sales in dev\nselect public.a";
    assert_eq!(ids(&rules, asked), ["own/agents", "own/sales"]);
    assert_eq!(verdict(&rules, &asked.replace("sales", "support")), Verdict::Refuse);
    let refused = Question::read("agent bot for alice of sales in dev\ninsert public.a").decide(&rules);
    assert_eq!(refused.rules().iter().map(|id| &**id).collect::<Vec<_>>(), ["policy/no-permit"]);
    let detail = refused.refusal().unwrap().detail.clone().unwrap_or_default();
    assert_eq!(detail, "rule `policy/no-permit`: table `public.a`; judged for `alice`, for whom `bot` acts");
    // Somebody else than whom it acts for does not count.
    let mut other = Question::read(asked);
    other.human = Some(principal("human", "mallory", &["sales"]));
    assert_eq!(other.decide(&rules).rules()[0].as_ref(), "policy/alone");
    let mut service = Question::read(asked);
    service.human = Some(principal("service", "alice", &["sales"]));
    assert_eq!(service.decide(&rules).verdict(), Verdict::Refuse);
}

#[test]
fn rules_see_both_an_agent_and_its_human() {
    let rules = alone(&format!(
        "{ALL}@id(\"own/a\") forbid(principal is Human, action, resource) \
         when {{ context has agent && context.agent == Agent::\"bot\" }};"
    ));
    assert_eq!(verdict(&rules, "agent bot for alice in dev\nselect"), Verdict::Refuse);
    assert_eq!(verdict(&rules, "agent rob for alice in dev\nselect"), Verdict::Allow);
    assert_eq!(verdict(&rules, "human alice in dev\nselect"), Verdict::Allow);
    let rules = alone(&format!(
        "{ALL}@id(\"own/b\") forbid(principal is Agent, action, resource) \
         when {{ context has on_behalf_of && context.on_behalf_of == Human::\"alice\" }};"
    ));
    assert_eq!(verdict(&rules, "agent bot for alice in dev\nselect"), Verdict::Refuse);
    assert_eq!(verdict(&rules, "agent bot for carol in dev\nselect"), Verdict::Allow);
}

#[test]
fn a_hold_is_no_permit() {
    let hold = "@id(\"own/h\") @hold(\"owners\") forbid(principal, action, resource);";
    assert_eq!(verdict(&alone(&format!("{ALL}{hold}")), "human carol in dev\nselect"), Verdict::Hold);
    assert_eq!(verdict(&alone(hold), "human carol in dev\nselect"), Verdict::Refuse);
    let forbid = "@id(\"own/f\") forbid(principal, action == Action::\"insert\", resource);";
    let both = alone(&format!("{ALL}{hold}{forbid}"));
    assert_eq!(verdict(&both, "human carol in dev\nselect"), Verdict::Hold);
    assert_eq!(ids(&both, "human carol in dev\nselect\ninsert public.a"), ["own/f", "own/h"]);
}

#[test]
fn a_rule_on_trial_is_recorded_and_not_enforced() {
    let rules = alone(&format!(
        "{ALL}@id(\"own/s\") @shadow forbid(principal, action == Action::\"select\", resource);
         @id(\"own/e\") @shadow forbid(principal, action == Action::\"insert\", resource)
         when {{ context.statements + 9223372036854775807 > 1 }};"
    ));
    assert_eq!(
        told(&Question::read("human carol in dev\nselect").decide(&rules)),
        "allow by own/all\nshadow own/s\n"
    );
    let insert = Question::read("human carol in dev\ninsert public.a").decide(&rules);
    assert_eq!(told(&insert), "allow by own/all\nshadow own/e\n", "not even by failing");
}

#[test]
fn an_error_refuses() {
    for effect in ["permit", "forbid"] {
        let rules = alone(&format!(
            "{ALL}@id(\"own/e\") {effect}(principal, action == Action::\"insert\", resource)
             when {{ context.statements + 9223372036854775807 > 1 }};"
        ));
        assert_eq!(verdict(&rules, "human carol in dev\nselect"), Verdict::Allow);
        let refused = Question::read("human carol in dev\ninsert public.a").decide(&rules);
        assert_eq!(refused.rules().iter().map(|id| &**id).collect::<Vec<_>>(), ["policy/error", "own/e"]);
        assert_eq!(refused.refusal().unwrap().code.as_str(), "TH006");
    }
}

#[test]
fn columns_and_functions_can_be_forbidden() {
    let rules = alone(&format!(
        "{ALL}@id(\"own/ssn\") forbid(principal, action == Action::\"select\", resource == Column::\"shop/public.c.ssn\");
         @id(\"own/pay\") forbid(principal, action == Action::\"update\", resource is Column)
         when {{ resource == Column::\"shop/public.c.salary\" }};
         @id(\"own/f\") forbid(principal, action, resource == Function::\"shop/public.leak(text)\");"
    ));
    for (question, expected) in [
        ("select public.c read(id)", "own/all"),
        ("select public.c read(id, ssn)", "own/ssn"),
        ("select public.c read(id) where(ssn)", "own/ssn"),
        ("update public.c written(note) where(ssn)", "own/ssn"),
        ("update public.c written(ssn)", "own/all"),
        ("update public.c written(salary)", "own/pay"),
        ("select public.c read(salary)", "own/all"),
        ("select blog.c read(ssn)", "own/all"),
        ("select\nuses public.leak(text)", "own/f"),
        ("select\nuses public.other(text)", "own/all"),
    ] {
        assert_eq!(ids(&rules, &format!("human carol in dev\n{question}")), [expected], "{question}");
    }
}

#[test]
fn names_that_look_alike_are_told_apart() {
    let rules = alone(&format!(
        "{ALL}@id(\"own/a\") forbid(principal, action, resource == Relation::\"shop/public.a.b\");
         @id(\"own/b\") forbid(principal, action, resource == Relation::\"shop/public.\\\"a.b\\\"\");"
    ));
    let mut question = Question::read("human carol in dev\nselect public.a.b");
    assert_eq!(question.decide(&rules).rules()[0].as_ref(), "own/b");
    question.statements[0].accesses[0].object.schema = "public.a".into();
    question.statements[0].accesses[0].object.name = "b".into();
    assert_eq!(question.decide(&rules).rules()[0].as_ref(), "own/all", "schema `public.a`, table `b`");
    question.statements[0].accesses[0].object.schema = "public".into();
    question.statements[0].accesses[0].object.name = "A".into();
    assert_eq!(question.decide(&rules).rules()[0].as_ref(), "own/all");
}

#[test]
fn windows_of_time() {
    let rules = alone(&format!(
        "{ALL}@id(\"own/night\") forbid(principal, action in Action::\"write\", resource) \
         when {{ context.hour < 6 || context.weekday > 5 }};
         @id(\"own/freeze\") forbid(principal, action in Action::\"define\", resource) \
         when {{ context.time >= datetime(\"2026-03-02\") && context.time < datetime(\"2026-03-03\") }};"
    ));
    let insert = |hour: &str| {
        Question::read(&format!("human carol in dev hour {hour}\ninsert public.a")).decide(&rules)
    };
    assert_eq!(insert("10").verdict(), Verdict::Allow);
    assert_eq!(insert("5").verdict(), Verdict::Refuse);
    assert_eq!(insert("10").valid_until(), Some(Timestamp(MONDAY.0 + 3_600_000_000)));
    let select = Question::read("human carol in dev\nselect public.a").decide(&rules);
    assert_eq!(select.valid_until(), None, "no rule about reading reads the time");
    let create = Question::read("human carol in dev\ncreate public.a").decide(&rules);
    assert_eq!((create.verdict(), create.valid_until()), (Verdict::Refuse, Some(MONDAY)));
}

fn connect(rules: &Rules, kind: &str, of: &str, groups: &[&str]) -> (Verdict, SessionLimits) {
    let mut who = principal(kind, of, groups);
    let human = principal("human", "alice", &[]);
    let behind = (kind == "agent").then(|| {
        who.on_behalf_of = Some(name("alice"));
        &human
    });
    let (decision, limits) = rules.connect(&AskedConnect {
        principal: &who,
        human: behind,
        target: &name("shop"),
        environment: Environment::Production,
        database: "shop",
        purpose: None,
        now: MONDAY,
    });
    (decision.verdict(), limits)
}

#[test]
fn limits_of_sessions() {
    let packs = with_packs("");
    let (verdict, limits) = connect(&packs, "agent", "bot", &[]);
    assert_eq!(
        (verdict, limits.statement_timeout_ms, limits.rows_max),
        (Verdict::Allow, Some(30_000), Some(100_000))
    );
    assert_eq!(connect(&packs, "human", "carol", &[]), (Verdict::Allow, SessionLimits::default()));
    let own = |annotation: &str| {
        with_packs(&format!(
            "@id(\"own/c\") {annotation} permit(principal in Group::\"g\", action == Action::\"connect\", resource);"
        ))
    };
    let generous = own("@limits(\"statement_timeout=5min rows=10\")");
    let (_, limits) = connect(&generous, "agent", "bot", &["g"]);
    assert_eq!(
        (limits.statement_timeout_ms, limits.rows_max, limits.bytes_max),
        (Some(300_000), Some(100_000), None)
    );
    let (_, limits) = connect(&generous, "agent", "bot", &[]);
    assert_eq!(limits.statement_timeout_ms, Some(30_000), "not of the group");
    for free in ["@limits(\"none\")", "@lift(\"limits/*\")", "@lift(\"*\")"] {
        let (_, limits) = connect(&own(&format!("{free} ")), "agent", "bot", &["g"]);
        let all = if free.starts_with("@limits") { limits } else { SessionLimits::default() };
        assert_eq!((limits, all), (SessionLimits::default(), SessionLimits::default()), "{free}");
    }
    let (_, limits) = connect(&own(""), "agent", "bot", &["g"]);
    assert_eq!(limits.rows_max, Some(100_000), "a permit without limits says nothing about limits");
    // Its human's limits are its own.
    let human = with_packs(
        "@id(\"own/h\") @limits(\"rows=5\") permit(principal == Human::\"alice\", action == Action::\"connect\", resource);",
    );
    let (_, limits) = connect(&human, "agent", "bot", &[]);
    assert_eq!((limits.rows_max, limits.statement_timeout_ms), (Some(5), Some(30_000)));
    let closed =
        with_packs("@id(\"own/no\") forbid(principal is Agent, action == Action::\"connect\", resource);");
    assert_eq!(connect(&closed, "agent", "bot", &[]).0, Verdict::Refuse);
}

#[test]
fn a_set_that_does_not_check_refuses_everything_and_says_why() {
    let source =
        Source { name: "own.cedar".into(), text: "permit(principal, action, resource);".into(), pack: false };
    let problems = Rules::check(&[source]).unwrap_err();
    let rules = Rules::refusing(problems);
    let refused = Question::read("human carol in dev\nselect").decide(&rules);
    assert_eq!(
        told(&refused),
        "refuse by policy/unchecked
TH006 the gate's rules have problems, so nothing is permitted
DETAIL rule `policy/unchecked`: own.cedar:1: a rule has no name
HINT whoever runs the gate finds all of them with `tollhouse policy check`\n"
    );
    assert_eq!(connect(&rules, "human", "carol", &[]).0, Verdict::Refuse);
    assert_ne!(rules.hash(), Rules::refusing(Vec::new()).hash());
}

#[test]
fn an_explanation_has_every_reason() {
    let rules = with_packs(
        "@id(\"own/dba\") @lift(\"destructive/drop\") permit(principal in Group::\"dba\", action == Action::\"drop\", resource);
         @id(\"own/late\") permit(principal is Agent, action == Action::\"insert\", resource) when { context.purpose == \"load\" };",
    );
    let question =
        Question::read("human carol of dba in production\ndrop public.a\nrisk destructive public.a");
    let statements: Vec<_> = question.statements.iter().collect();
    let explanation = rules.explain(&question.asked(&statements));
    assert_eq!(explanation.decision.verdict(), Verdict::Allow);
    let [request] = explanation.requests.as_slice() else { panic!("one request") };
    assert_eq!(request.resource, "Relation::\"shop/public.a\"");
    assert!(
        request
            .reasons
            .iter()
            .any(|said| said.rule == "destructive/drop" && said.how == How::LiftedBy("own/dba".into()))
    );
    let question = Question::read("agent bot for alice in production\ninsert public.a");
    let statements: Vec<_> = question.statements.iter().collect();
    let explanation = rules.explain(&question.asked(&statements));
    let near: Vec<(&str, &str)> =
        explanation.requests[0].near.iter().map(|near| (near.rule.as_str(), near.because)).collect();
    for expected in [
        ("own/late", "condition"),
        ("baseline/agents-in-staging", "resource"),
        ("baseline/humans", "principal"),
        ("baseline/agents-in-production", "action"),
    ] {
        assert!(near.contains(&expected), "{near:?}");
    }
}
