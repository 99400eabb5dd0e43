//! `tollhouse policy backtest` and `ledger search` over a ledger that this test writes: what was recorded, judged by
//! other rules.

use std::fs;

use journal::{Journal, Options};
use ledger::entry::{
    Action, Decision, Ending, Outcome, PolicyLoaded, PolicyRefused, SessionClosed, SessionOpened,
};
use ledger::{Encode, Part, PartName};
use model::{
    Durability, Environment, Fingerprint, Name, PrincipalKind, SessionId, Sqlstate, StatementId, Timestamp,
    Verdict,
};
use serde_json::Value;

use crate::{CONFIGURATION, Place};

const SESSION: SessionId = SessionId(0x3f9a_6c0d_12e4_7b85);
const BEGIN: u64 = 1_767_225_600_000_000;

/// Writes entries of one session of alice's at target `shop`, a second apart.
struct Writer {
    journal: Journal,
    at: u64,
    number: u64,
}

impl Writer {
    fn append(&self, entry: &dyn Encode) {
        self.journal.append(entry, Durability::Relaxed).unwrap();
    }

    fn open(&self) {
        let groups = [Name::new("engineering").unwrap()];
        self.append(&SessionOpened {
            at: Timestamp(self.at),
            session: SESSION,
            principal: "alice",
            principal_kind: PrincipalKind::Human,
            groups: &groups,
            on_behalf_of: None,
            credential: "scram",
            method: "scram",
            target: "shop",
            environment: Environment::Dev,
            database: "shop",
            address: "192.0.2.8:50000",
            tls: None,
            listener: "main",
            config: "decaf0",
            asserted: None,
        });
    }

    /// A text that was judged, with what the ledger says of it, and its outcome.
    fn statement(&mut self, text: &str, verdict: Verdict, rules: &[&str], facts: &[&str], ending: Ending) {
        self.ended(text, (verdict, rules, facts), ending, None);
    }

    /// The same, ended with a code.
    fn ended(
        &mut self,
        text: &str,
        (verdict, rules, facts): (Verdict, &[&str], &[&str]),
        ending: Ending,
        sqlstate: Option<Sqlstate>,
    ) {
        self.at += 1_000_000;
        self.number += 1;
        let id = StatementId { session: SESSION, number: self.number };
        let fingerprint = Fingerprint(text.len() as u64);
        self.append(&Decision {
            at: Timestamp(self.at),
            id,
            action: Action::Query,
            principal: "alice",
            on_behalf_of: None,
            target: "shop",
            verdict,
            rules,
            shadow: &[],
            facts,
            policy: Some([7; 32]),
            policy_version: 1,
            prepared: None,
            fingerprint: Some(fingerprint),
            text: Some(Part::store(PartName::Text, self.journal.salt(), text.as_bytes())),
            parameters: None,
            asserted: None,
        });
        self.append(&Outcome {
            at: Timestamp(self.at + 1),
            id,
            principal: "alice",
            target: "shop",
            ending,
            sqlstate,
            tags: &[],
            commands: 1,
            rows: 0,
            bytes: 0,
            bytes_in: 0,
            duration_us: 1,
            masked: &[],
        });
    }

    fn ok(&mut self, text: &str) {
        self.statement(text, Verdict::Allow, &["baseline/humans"], &[], Ending::Ok);
    }
}

/// A configuration, a catalogue and a ledger.
fn place_of(write: impl FnOnce(&mut Writer)) -> Place {
    let place = Place::new();
    let dev =
        CONFIGURATION.replace("name = \"shop\"\n[target", "name = \"shop\"\nenvironment = \"dev\"\n[target");
    fs::write(place.file(), dev).unwrap();
    let tables = "public.orders(id int4 pk, note text)\npublic.freight(id int4)\nold.orders(id int4)";
    let catalogue = sql::catalogue::builtin(18).with_tables(tables).unwrap();
    place.write("shop.catalogue", &catalogue.to_text());
    let options = Options::new(place.0.path().join("ledger"), "t.example/shop");
    let (journal, _) = Journal::open(&options, Timestamp(BEGIN)).unwrap();
    let mut writer = Writer { journal, at: BEGIN, number: 0 };
    write(&mut writer);
    writer.journal.close().unwrap();
    place
}

fn place() -> Place {
    place_of(|writer| {
        let files = ["baseline.cedar".to_owned()];
        let loaded = PolicyLoaded {
            at: Timestamp(BEGIN),
            policy: [7; 32],
            policy_version: 1,
            by: "start",
            files: &files,
        };
        writer.append(&loaded);
        writer.open();
        writer.ok("SELECT id FROM orders WHERE id = 1");
        writer.ok("SELECT id FROM orders WHERE id = 2");
        writer.ok("SELECT id FROM freight");
        // Names are those of the session: after this, `orders` is another table, and then it is not.
        writer.ok("BEGIN; SET search_path = old");
        writer.ok("SELECT * FROM orders");
        writer.ok("ROLLBACK");
        writer.ok("PREPARE p AS SELECT note FROM orders WHERE id = $1");
        writer.ok("EXECUTE p(1)");
        let dropped = ["command DROP TABLE", "drop public.freight", "risk destructive public.freight"];
        writer.statement(
            "DROP TABLE freight",
            Verdict::Hold,
            &["destructive/drop"],
            &dropped,
            Ending::Refused,
        );
        let unknown = ["opaque unknown object: `frieght` is not known"];
        let rules = ["opaque/not-known"];
        writer.statement("SELECT * FROM frieght", Verdict::Refuse, &rules, &unknown, Ending::Refused);
        let at = Timestamp(writer.at + 1_000_000);
        writer.append(&SessionClosed {
            at,
            session: SESSION,
            principal: "alice",
            target: "shop",
            reason: "terminate",
            statements: 9,
            bytes_in: 1,
            bytes_out: 1,
            duration_us: 1,
        });
        let problems = ["own.cedar:1:1: this is no Cedar".to_owned()];
        writer.append(&PolicyRefused {
            at,
            policy: [8; 32],
            policy_version: 2,
            by: "file",
            files: &files,
            problems: &problems,
        });
    })
}

fn backtest(place: &Place, rules: &str, more: &[&str]) -> (i32, Vec<Value>) {
    place.write("new.cedar", rules);
    let mut all =
        vec!["policy", "backtest", "--policies", "new.cedar", "--catalogue", "shop.catalogue", "--json"];
    all.extend(more);
    let answer = place.run(&all, "");
    let lines = answer.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>();
    assert!(!lines.is_empty(), "{}", answer.err);
    (answer.code, lines)
}

fn texts(lines: &[Value]) -> Vec<&str> {
    lines.iter().filter_map(|line| line["text"].as_str()).collect()
}

fn forbid(resource: &str) -> String {
    format!(
        "@id(\"own/no\") @message(\"no\") @hint(\"ask\")\nforbid (principal, action in Action::\"statement\", resource == Relation::\"shop/{resource}\");"
    )
}

#[test]
fn only_what_would_be_judged_otherwise_differs() {
    let place = place();
    // In dev the packs let alice drop a table: the hold of then is the one difference.
    let (code, lines) = backtest(&place, "", &[]);
    assert_eq!(code, 1);
    assert_eq!(texts(&lines), ["DROP TABLE freight"]);
    assert_eq!(
        (&lines[0]["before"]["verdict"], &lines[0]["decision"]["verdict"]),
        (&"hold".into(), &"allow".into())
    );
    let summary = &lines.last().unwrap()["summary"];
    assert_eq!(
        (&summary["statements"], &summary["sessions"], &summary["differ"]),
        (&10.into(), &1.into(), &1.into())
    );
    assert_eq!(summary["not_judged"], serde_json::json!({}));
}

#[test]
fn sessions_are_replayed_so_that_names_mean_what_they_meant() {
    let place = place();
    let (_, lines) = backtest(&place, &forbid("old.orders"), &[]);
    assert_eq!(texts(&lines), ["SELECT * FROM orders", "DROP TABLE freight"]);
    let (_, lines) = backtest(&place, &forbid("public.orders"), &[]);
    assert_eq!(
        texts(&lines),
        [
            // Two alike ones come first, as one.
            "SELECT id FROM orders WHERE id = 1",
            "PREPARE p AS SELECT note FROM orders WHERE id = $1",
            "EXECUTE p(1)",
            "DROP TABLE freight"
        ]
    );
    assert_eq!(lines[0]["count"], 2);
    let connect = "@id(\"own/closed\") @message(\"closed\") @hint(\"later\")\nforbid (principal, action == Action::\"connect\", resource);";
    let (_, lines) = backtest(&place, connect, &[]);
    assert_eq!(texts(&lines)[0], "(a session)");
}

#[test]
fn a_period_and_a_target_bound_what_is_judged() {
    let place = place();
    let rules = forbid("public.freight");
    let (code, lines) = backtest(&place, &rules, &["--until", "2026-01-01T00:00:03Z"]);
    assert_eq!((code, texts(&lines).len()), (0, 0));
    let (code, lines) =
        backtest(&place, &rules, &["--since", "2026-01-01T00:00:03Z", "--until", "2026-01-01T00:00:04Z"]);
    assert_eq!((code, texts(&lines)), (1, vec!["SELECT id FROM freight"]));
    assert_eq!(lines.last().unwrap()["summary"]["statements"], 1);
    let all = ["policy", "backtest", "--catalogue", "shop.catalogue"];
    let told = |more: &[&str]| {
        let answer = place.run(&[&all[..], more].concat(), "");
        assert_eq!(answer.code, 2, "{}", answer.out);
        answer.err
    };
    let other = told(&["--target", "other"]);
    assert!(
        other.contains("there is no target `other` in this ledger; the configuration has `shop`"),
        "{other}"
    );
    let empty = told(&["--since", "2h", "--until", "3h"]);
    assert!(empty.contains("`--until` is not after `--since`"), "{empty}");
    let answer =
        place.run(&["policy", "backtest", "--policies", "new.cedar", "--catalogue", "shop.catalogue"], "");
    assert!(answer.out.contains("1 × allow -> refuse  alice  shop\n  SELECT id FROM freight\n  rules: own/no (were: baseline/humans)\n  no\n  first: entry "), "{}", answer.out);
    assert!(answer.out.contains("10 statements and 1 sessions judged again: "), "{}", answer.out);
    let broken = place.run(&["policy", "backtest", "--policies", "nowhere.cedar"], "");
    assert_eq!(broken.code, 2);
}

#[test]
fn what_no_rule_refused_is_not_judged_again() {
    let place = place_of(|writer| {
        writer.open();
        let masked = Some(Sqlstate::new(b"TH008"));
        let refused = |rules: &'static [&'static str]| (Verdict::Refuse, rules, &[][..]);
        let orders = "SELECT id FROM orders WHERE";
        writer.ended(
            &format!("{orders} note > 'a'"),
            refused(&["policy/no-permit"]),
            Ending::Refused,
            masked,
        );
        writer.ended(&format!("{orders} note = '***'"), refused(&["mask/write-back"]), Ending::Skipped, None);
        writer.statement("EXECUTE nobody", Verdict::Refuse, &["opaque/not-understood"], &[], Ending::Refused);
        writer.statement("FETCH nobody", Verdict::Refuse, &["opaque/not-understood"], &[], Ending::Refused);
        // These are differences.
        writer.statement("SELECT id FROM freight", Verdict::Refuse, &["own/no"], &[], Ending::Refused);
        let lost = refused(&["policy/no-permit"]);
        writer.ended("SELECT 1", lost, Ending::Refused, Some(Sqlstate::new(b"TH001")));
    });
    let (code, lines) = backtest(&place, "", &[]);
    assert_eq!((code, texts(&lines)), (1, vec!["SELECT id FROM freight", "SELECT 1"]));
    let summary = &lines.last().unwrap()["summary"];
    assert_eq!((&summary["statements"], &summary["differ"]), (&2.into(), &2.into()));
    let not_judged: Vec<u64> =
        summary["not_judged"].as_object().unwrap().values().filter_map(Value::as_u64).collect();
    assert_eq!(not_judged, [2, 2]);
}

#[test]
fn what_is_not_there_is_told() {
    let place = place();
    for (arguments, told) in [
        (&["--target", "nosuch"][..], "nothing found: no entry names target `nosuch`\n"),
        (&["--principal", "nobody"], "nothing found: no entry names principal `nobody`\n"),
        (&["--rule", "destructive/nosuch"], "nothing found: no entry names rule `destructive/nosuch`\n"),
        (&["--principal", "alice", "--shadowed"], "nothing found\n"),
    ] {
        let answer = place.run(&[&["ledger", "search"], arguments].concat(), "");
        assert_eq!((answer.code, &*answer.err), (1, told));
    }
    place.write("old.checkpoint", "root:x:0:0:root:/root:/bin/sh\n");
    let answer = place.run(&["ledger", "verify", "--from", "old.checkpoint"], "");
    assert_eq!(answer.code, 2, "{}", answer.out);
    assert!(answer.err.contains("`old.checkpoint` is no checkpoint"), "{}", answer.err);
}

#[test]
fn search_finds_by_verdict_rule_verb_object_and_risk() {
    let place = place();
    let search = |arguments: &[&str]| {
        let mut all = vec!["ledger", "search", "--json"];
        all.extend(arguments);
        let answer = place.run(&all, "");
        let found: Vec<String> = answer
            .out
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .filter(|entry| entry["kind"] == "statement.decision")
            .map(|entry| entry["body"]["text"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(answer.code, i32::from(found.is_empty()), "{arguments:?} {}", answer.err);
        found
    };
    let (refused, held) = ("SELECT * FROM frieght", "DROP TABLE freight");
    assert_eq!(search(&["--refused"]), [refused]);
    assert_eq!(search(&["--held"]), [held]);
    assert_eq!(search(&["--refused", "--held"]), [held, refused]);
    assert_eq!(search(&["--rule", "destructive/*"]), [held]);
    assert_eq!(search(&["--refused", "--rule", "destructive/*"]), [""; 0]);
    assert_eq!(search(&["--verb", "drop", "--object", "freight", "--risk", "destructive"]), [held]);
    assert_eq!(search(&["--verb", "opaque"]), [refused]);
    assert_eq!(search(&["--shadowed"]), [""; 0]);
    assert_eq!(place.run(&["ledger", "search", "--verb", "remove"], "").code, 2);

    let show = place.run(&["ledger", "show", &format!("{SESSION}/9")], "").out;
    for line in [
        "verdict          hold",
        "  facts:\n    command DROP TABLE\n    drop public.freight\n",
        "  rules:\n    destructive/drop\n",
        "policy_version   1",
    ] {
        assert!(show.contains(line), "{line}: {show}");
    }
    let tail = place.run(&["ledger", "tail"], "").out;
    assert!(tail.contains("[destructive/drop] DROP TABLE freight"), "{tail}");
    assert!(tail.contains("2 by file: everything is refused: own.cedar:1:1: this is no Cedar"), "{tail}");
}
