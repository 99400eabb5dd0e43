//! Who sees labelled columns, and who may choose by them: nothing by default, the stricter of an agent and its human, one
//! forbid hides, what the rules of everything permit is permitted.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers as well")]

use model::facts::{ColumnId, Facts};
use model::{Class, Environment, Name, Principal, PrincipalKind, Timestamp, Verdict};
use policy::{Asked, Labelled, Probe, Rules, Sight, Source};

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn rules(own: &str) -> Rules {
    let mut sources = Rules::packs();
    sources.push(Source { name: "own.cedar".to_owned(), text: own.to_owned(), pack: false });
    Rules::check(&sources).unwrap()
}

struct People {
    alice: Principal,
    bot: Principal,
    target: Name,
}

impl People {
    fn new() -> Self {
        let alice = Principal {
            name: name("alice"),
            kind: PrincipalKind::Human,
            groups: vec![name("support")],
            on_behalf_of: None,
        };
        let bot = Principal {
            name: name("bot"),
            kind: PrincipalKind::Agent,
            groups: vec![name("bots")],
            on_behalf_of: Some(name("alice")),
        };
        Self { alice, bot, target: name("shop") }
    }

    fn asks<'a>(&'a self, agent: bool, facts: &'a [&'a Facts]) -> Asked<'a> {
        Asked {
            principal: if agent { &self.bot } else { &self.alice },
            human: agent.then_some(&self.alice),
            target: &self.target,
            environment: Environment::Production,
            database: "shop",
            statements: facts,
            named: &[],
            purpose: None,
            now: Timestamp(1_700_000_000_000_000),
        }
    }
}

fn column(number: i16, name: &str) -> ColumnId {
    ColumnId { relation: 20_000, number, of: "public.customers".into(), name: name.into() }
}

fn sight(rules: &Rules, agent: bool, class: Class) -> Sight {
    let people = People::new();
    let facts = Facts::default();
    let column = column(3, "email");
    let seen = rules.sights(&people.asks(agent, &[&facts]), &[Labelled { column: &column, class }]);
    assert_eq!(seen.len(), 1);
    assert!(!seen.first().unwrap().rules.is_empty(), "somebody says so");
    seen.into_iter().next().unwrap().sight
}

fn probe(rules: &Rules, agent: bool, class: Class, probe: Probe) -> Verdict {
    let people = People::new();
    let facts = Facts::default();
    let column = column(3, "email");
    let probed =
        rules.probes(&people.asks(agent, &[&facts]), &[(Labelled { column: &column, class }, probe)]);
    if probed.verdict() != Verdict::Allow {
        let refusal = probed.refusal().unwrap();
        assert_eq!(refusal.code.as_str(), "TH008");
        assert!(refusal.message.contains("`public.customers.email`"), "{}", refusal.message);
    }
    probed.verdict()
}

#[test]
fn nothing_is_seen_unless_a_permit_reveals_it() {
    assert_eq!(sight(&rules(""), false, Class::Email), Sight::Masked);
    let revealed = rules(
        "@id(\"own/mail\") permit (principal in Group::\"support\", action == Action::\"reveal\", resource in Class::\"email\");",
    );
    assert_eq!(sight(&revealed, false, Class::Email), Sight::Clear);
    assert_eq!(sight(&revealed, false, Class::CardNumber), Sight::Masked, "another class");
    assert_eq!(sight(&revealed, true, Class::Email), Sight::Masked, "its human may, the agent may not");
    let column = rules(
        "@id(\"own/one\") permit (principal, action == Action::\"reveal\", resource == Column::\"shop/public.customers.email\");",
    );
    assert_eq!(sight(&column, true, Class::Email), Sight::Clear);
    let forbidden = rules("@id(\"own/all\") permit (principal, action == Action::\"reveal\", resource);
        @id(\"own/no\") forbid (principal is Agent, action == Action::\"reveal\", resource in Class::\"email\");");
    assert_eq!(sight(&forbidden, false, Class::Email), Sight::Clear);
    assert_eq!(sight(&forbidden, true, Class::Email), Sight::Masked);
    let everything = rules("@id(\"own/everything\") @lift(\"*\") permit (principal, action, resource);");
    assert_eq!(sight(&everything, true, Class::Secret), Sight::Clear);
    assert_eq!(sight(&Rules::refusing(Vec::new()), false, Class::Email), Sight::Masked);
}

#[test]
fn a_permit_may_reveal_only_what_a_mask_shows() {
    let part = "@id(\"own/part\") @mask(\"last4\") permit (principal is Human, action == Action::\"reveal\", resource);";
    assert_eq!(sight(&rules(part), false, Class::CardNumber), Sight::As("last4".into()));
    let both = format!(
        "{part} @id(\"own/bots\") @mask(\"token\") permit (principal is Agent, action == Action::\"reveal\", resource);"
    );
    assert_eq!(sight(&rules(&both), true, Class::CardNumber), Sight::Masked, "two masks are none");
    let all = format!(
        "{part} @id(\"own/bots\") permit (principal is Agent, action == Action::\"reveal\", resource);"
    );
    assert_eq!(sight(&rules(&all), true, Class::CardNumber), Sight::As("last4".into()), "the stricter");
    let elsewhere = Source {
        name: "own.cedar".to_owned(),
        text: "@id(\"own/x\") @mask(\"last4\") permit (principal, action == Action::\"select\", resource);"
            .to_owned(),
        pack: false,
    };
    assert!(Rules::check(&[elsewhere]).is_err(), "a mask on another action says nothing");
}

#[test]
fn values_are_looked_up_and_not_searched() {
    let packs = rules("");
    assert_eq!(probe(&packs, false, Class::Email, Probe::Lookup), Verdict::Allow);
    assert_eq!(probe(&packs, false, Class::Email, Probe::Free), Verdict::Refuse);
    assert_eq!(probe(&packs, true, Class::Email, Probe::Lookup), Verdict::Allow);
    assert_eq!(probe(&packs, true, Class::SocialSecurity, Probe::Lookup), Verdict::Refuse, "it opens doors");
    assert_eq!(probe(&packs, true, Class::FreeText, Probe::Free), Verdict::Allow, "running text is searched");
    let revealed =
        rules("@id(\"own/mail\") permit (principal is Human, action == Action::\"reveal\", resource);");
    assert_eq!(
        probe(&revealed, false, Class::Email, Probe::Free),
        Verdict::Allow,
        "what is seen may be used"
    );
    assert_eq!(probe(&revealed, true, Class::Email, Probe::Free), Verdict::Refuse);
    let forbidden = "@id(\"own/mail\") permit (principal is Human, action == Action::\"reveal\", resource);
        @id(\"own/no\") @code(\"TH008\") @message(\"`public.customers.email` is not for searching\")
        forbid (principal, action == Action::\"probe\", resource);";
    assert_eq!(probe(&rules(forbidden), false, Class::Email, Probe::Free), Verdict::Refuse);
}
