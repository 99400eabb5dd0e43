//! Who is it? Passwords and tokens, right and wrong ones.

use std::time::Instant;

use ledger::leaf::Leaf;
use rig::gate::{Principal, Token};

use crate::client::{Client, Login};
use crate::house::{ALICE, House, until};

/// The whole answer to a failed log-in, with the name taken out: what a guesser sees.
fn answer(client: Client, user: &str, secret: &str) -> (String, String) {
    let report = client.log_in(&Login::new(user, secret, "shop")).err();
    let report = report.unwrap_or_else(|| panic!("{user} was let in with {secret}"));
    (report.code.clone(), format!("{report:?}").replace(user, "NAME"))
}

#[test]
fn a_password_is_proved_by_scram_and_bound_to_the_channel_inside_of_tls() {
    let house = House::new();
    assert_eq!(house.session().mechanism.as_deref(), Some("SCRAM-SHA-256"));
    let bound = house.knock_tls().log_in(&house.alice()).unwrap();
    assert_eq!(bound.mechanism.as_deref(), Some("SCRAM-SHA-256-PLUS"));
    let unbound = house.knock_tls().without_binding().log_in(&house.alice()).unwrap();
    assert_eq!(unbound.mechanism.as_deref(), Some("SCRAM-SHA-256"));
    drop((bound, unbound));
    let methods = || -> Vec<String> {
        let entries = house.ledger().entries();
        let method = |leaf: &Leaf| match leaf {
            Leaf::SessionOpened(opened) => Some(opened.method.clone()),
            _ => None,
        };
        entries.iter().filter_map(|entry| method(&entry.leaf)).collect()
    };
    until("three entries", || methods().len() == 3);
    assert_eq!(methods(), ["scram-sha-256", "scram-sha-256-plus", "scram-sha-256"]);
}

#[test]
fn psql_insists_on_channel_binding_and_gets_it() {
    let house = House::new();
    let mut command = house.shared.server.install().command("psql");
    let dsn = format!("{} channel_binding=require", house.gate.dsn("alice", "shop"));
    command.env("PGPASSWORD", ALICE).args(["-XAtc", "SELECT 'bound'", &dsn]);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "bound", "{said}");
}

#[test]
fn an_agent_logs_in_with_a_token_inside_of_tls_only() {
    let house = House::new();
    let mut bot = house.bot_session();
    assert_eq!(bot.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
    // Without TLS the gate does not even ask for it: the token would be on the wire.
    let mut plain = house.knock();
    plain.send(&house.bot().bytes());
    let asked = plain.until(b'R');
    assert!(asked.0[0].body.starts_with(&[0, 0, 0, 10]), "SASL, never a password in the clear: {asked:?}");
    assert_eq!(answer(house.knock(), "bot", &house.token.secret).0, "28P01");
}

#[test]
fn wrong_secrets_and_unknown_names_get_the_same_answer() {
    let house = House::new();
    let first = answer(house.knock(), "alice", "wrong");
    assert_eq!(first.0, "28P01");
    assert_eq!(answer(house.knock(), "mallory", "wrong"), first);
    assert_eq!(answer(house.knock_tls(), "alice", "wrong"), first);
    assert_eq!(answer(house.knock_tls(), "bot", "tollhouse_k1_wrong"), first);
    assert_eq!(answer(house.knock_tls(), "mallory", "wrong"), first);
    for word in ["unknown", "wrong secret", "principal does not"] {
        assert!(!first.1.contains(word), "{first:?}");
    }
    // The question is the same each time, too: an unknown name has a salt that stays.
    let question = |user: &str| {
        let mut client = house.knock();
        client.send(&Login::new(user, "", "shop").bytes());
        let request = client.until(b'R');
        drop(client);
        request.line()
    };
    assert_eq!(question("mallory"), question("alice"));
    // The ledger knows better.
    let mut reasons: Vec<String> = Vec::new();
    until("the refused sessions' entries", || {
        reasons = house
            .ledger()
            .entries()
            .iter()
            .filter_map(|entry| match &entry.leaf {
                Leaf::SessionRefused(refused) => {
                    Some(format!("{} {}", refused.principal.as_deref().unwrap_or("-"), refused.reason))
                }
                _ => None,
            })
            .collect();
        reasons.len() >= 3
    });
    for expected in ["alice wrong password", "mallory unknown principal", "bot wrong token"] {
        assert!(reasons.iter().any(|reason| reason == expected), "{expected}: {reasons:?}");
    }
}

#[test]
fn tokens_end_and_old_ones_are_worth_nothing() {
    let expired = Token::new("old").unwrap().expires("2020-01-01T00:00:00Z");
    let house =
        House::planned(|plan| plan.principal(Principal::agent("relic", "shop", "alice").token(&expired)));
    let refused = answer(house.knock_tls(), "relic", &expired.secret);
    assert_eq!(refused, answer(house.knock_tls(), "relic", "tollhouse_old_wrong"));
    house.ledger().wait("the reason", |entry| match &entry.leaf {
        Leaf::SessionRefused(refused) if refused.reason == "expired token" => Some(()),
        _ => None,
    });
}

#[test]
fn a_session_ends_with_its_token() {
    let soon = std::time::SystemTime::now() + std::time::Duration::from_secs(6);
    let seconds = soon.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let brief = Token::new("brief").unwrap().expires(&rfc3339(seconds));
    let house = House::planned(|plan| plan.principal(Principal::agent("fly", "shop", "alice").token(&brief)));
    let mut fly = house.knock_tls().log_in(&Login::new("fly", &brief.secret, "shop")).unwrap();
    assert_eq!(fly.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
    assert_eq!(fly.rest().line(), "E(FATAL 28000)");
    assert_eq!(answer(house.knock_tls(), "fly", &brief.secret).0, "28P01");
}

#[test]
fn guessing_gets_slower_and_others_are_not_locked_out() {
    let house = House::new();
    let guess = |user: &str| {
        let begin = Instant::now();
        assert_eq!(answer(house.knock(), user, "guess").0, "28P01");
        begin.elapsed()
    };
    let first = guess("alice");
    for _ in 0..5 {
        guess("alice");
    }
    let later = guess("alice");
    // Seven failures: the last one waits 100 ms doubled three times, whatever the machine's speed.
    assert!(later > first && later.as_millis() >= 800, "{first:?}, then {later:?}");
    // Meanwhile another guess waits in her name; the right password does not.
    let mut waiting = house.knock();
    waiting.send(&Login::new("alice", "", "shop").bytes());
    waiting.until(b'R');
    assert_eq!(house.session().line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
    // Names that nobody has are counted as well.
    for _ in 0..6 {
        guess("mallory");
    }
    assert!(guess("mallory").as_millis() >= 800);
}

#[test]
fn a_thousand_failures_are_a_few_entries_and_none_is_lost() {
    let mut house = House::new();
    const TRIES: u64 = 40;
    for _ in 0..TRIES {
        // The proof is never sent, so no failure waits.
        let refused = house.knock().log_in(&house.alice().with("replication", "true")).err().unwrap();
        assert_eq!(refused.code, "42501");
    }
    house.gate.stop().unwrap();
    let entries = house.ledger().entries();
    let counts: Vec<u64> = entries
        .iter()
        .filter_map(|entry| match &entry.leaf {
            Leaf::SessionRefused(refused) => Some(refused.count),
            _ => None,
        })
        .collect();
    assert_eq!(counts.iter().sum::<u64>(), TRIES);
    assert!(counts.len() < 10, "{counts:?}");
}

/// UTC, from seconds since 1970.
fn rfc3339(seconds: u64) -> String {
    let days = seconds / 86_400;
    // Howard Hinnant's days-to-civil algorithm.
    let z = days + 719_468;
    let era = z / 146_097;
    let day_of_era = z % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (seconds % 86_400 / 3600, seconds % 3600 / 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}
