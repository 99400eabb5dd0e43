//! A changed configuration: by SIGHUP and by the file alone, good and broken.

use std::time::{Duration, Instant};

use ledger::leaf::Leaf;
use rig::gate::{Principal, Token};
use rig::process::Signal;

use crate::client::Login;
use crate::house::{House, until};

/// The configuration without the section that begins with `header` and names `name`.
fn without(text: &str, header: &str, name: &str) -> String {
    let mut out = String::new();
    for (number, section) in text.split("\n[").enumerate() {
        let whole = if number == 0 { section.to_owned() } else { format!("\n[{section}") };
        let is_it = whole.trim_start().starts_with(header) && whole.contains(&format!("\"{name}\""));
        if !is_it {
            out.push_str(&whole);
        }
    }
    assert_ne!(out, text, "there is no {header} {name}");
    out
}

fn said(house: &House) -> Vec<String> {
    let entries = house.ledger().entries();
    entries
        .iter()
        .filter_map(|entry| match &entry.leaf {
            Leaf::ConfigChanged(changed) => Some(format!("config by {}", changed.by)),
            Leaf::PrincipalChanged(changed) => Some(format!("principal {} {}", changed.name, changed.change)),
            Leaf::TokenChanged(changed) => {
                Some(format!("token {} of {} {}", changed.name, changed.principal, changed.change))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn removing_a_principal_ends_its_sessions_within_a_second() {
    let mut house =
        House::planned(|plan| plan.principal(Principal::human("dana", "shop").password("dana's")));
    let mut dana = house.log_in(&Login::new("dana", "dana's", "shop"));
    let mut in_transaction = house.log_in(&Login::new("dana", "dana's", "shop"));
    in_transaction.query("CREATE TABLE t (a int)");
    in_transaction.query("BEGIN; INSERT INTO t VALUES (1)");
    let mut alice = house.session();
    house.gate.edit(|text| without(&text, "[[principal]]", "dana")).unwrap();
    let begin = Instant::now();
    house.gate.signal(Signal::HUP).unwrap();
    assert_eq!(dana.rest().line(), "E(FATAL 28000)");
    assert_eq!(in_transaction.rest().line(), "E(FATAL 28000)");
    assert!(begin.elapsed() < Duration::from_secs(1), "{:?}", begin.elapsed());
    assert_eq!(alice.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
    let refused = house.knock().log_in(&Login::new("dana", "dana's", "shop")).err().unwrap();
    assert_eq!(refused.code, "28P01");
    until("the rollback", || house.value("SELECT count(*) FROM t") == "0");
    assert_eq!(said(&house), ["config by start", "config by sighup", "principal dana removed"]);
}

#[test]
fn a_change_of_the_file_is_noticed_without_a_signal() {
    let second = Token::new("k2").unwrap();
    let house =
        House::planned(|plan| plan.principal(Principal::agent("crawler", "shop", "alice").token(&second)));
    let mut crawler = house.knock_tls().log_in(&Login::new("crawler", &second.secret, "shop")).unwrap();
    let mut bot = house.bot_session();
    let begin = Instant::now();
    house.gate.edit(|text| without(&text, "[[principal.token]]", "k2")).unwrap();
    assert_eq!(crawler.rest().line(), "E(FATAL 28000)");
    assert!(begin.elapsed() < Duration::from_secs(1), "{:?}", begin.elapsed());
    assert_eq!(bot.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
    assert_eq!(said(&house), ["config by start", "config by file", "token k2 of crawler removed"]);
}

#[test]
fn a_new_password_ends_the_sessions_of_the_old_one() {
    let mut house = House::new();
    let mut alice = house.session();
    let old = rig::gate::verifier(crate::house::ALICE, b"tollhouse-rig-16");
    let new = rig::gate::verifier("another one", b"another-salt-161");
    house.gate.edit(|text| text.replace(&old, &new)).unwrap();
    house.gate.signal(Signal::HUP).unwrap();
    assert_eq!(alice.rest().line(), "E(FATAL 28000)");
    house.log_in(&Login::new("alice", "another one", "shop")).bye();
    assert!(said(&house).contains(&"principal alice changed: password".to_owned()));
}

#[test]
fn a_broken_file_leaves_the_old_configuration_in_force() {
    let mut house = House::new();
    let mut alice = house.session();
    let good = std::fs::read_to_string(house.gate.configuration()).unwrap();
    for broken in [
        "[[principal".to_owned(),
        good.replace("[[principal]]", "[[principals]]"),
        good.replace("kind = \"human\"", "kind = \"wizard\""),
        String::new(),
    ] {
        let failures = house.metric("tollhouse_reload_failures_total");
        house.gate.edit(|_| broken).unwrap();
        until("the gate to notice", || house.metric("tollhouse_reload_failures_total") > failures);
        assert_eq!(alice.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
        house.session().bye();
        assert!(house.gate.is_ready());
    }
    assert_eq!(said(&house), ["config by start"]);
    // Back to the good one: nothing changed, so nothing is recorded.
    house.gate.edit(|_| good.clone()).unwrap();
    house.gate.signal(Signal::HUP).unwrap();
    house.gate.edit(|_| format!("{good}\n[log]\nlevel = \"info\"\n")).unwrap();
    until("the gate to notice", || house.metric("tollhouse_reloads_total") > 0);
    assert_eq!(alice.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
}

#[test]
fn new_principals_come_in_without_a_restart() {
    let house = House::new();
    let verifier = rig::gate::verifier("erin's", b"tollhouse-rig-16");
    let erin = format!(
        "\n[[principal]]\nname = \"erin\"\nkind = \"human\"\ntargets = [\"shop\"]\nscram = \"{verifier}\"\n"
    );
    house.gate.edit(|text| format!("{text}{erin}")).unwrap();
    until("erin to come in", || house.knock().log_in(&Login::new("erin", "erin's", "shop")).is_ok());
    assert!(said(&house).contains(&"principal erin added".to_owned()));
}

#[test]
fn sessions_survive_reloads_under_load() {
    let house = House::new();
    std::thread::scope(|scope| {
        let worker = scope.spawn(|| {
            let mut client = house.session();
            for number in 0..400 {
                assert_eq!(client.query(&format!("SELECT {number}")).value(), number.to_string());
            }
        });
        let mut round = 0;
        while !worker.is_finished() {
            round += 1;
            house.gate.edit(|text| format!("{text}# {round}\n")).unwrap();
            std::thread::sleep(Duration::from_millis(100));
        }
        worker.join().unwrap();
    });
    house.is_well();
}
