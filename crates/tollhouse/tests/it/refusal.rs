//! Refusals at every position of simple, extended and pipelined use: the client sees what a server would have shown
//! whose own error stood at that place, and both stay in step.

use wire::postgres::{Kind, encode};

use crate::client::{Client, Login};
use crate::evasion::Guarded;
use crate::house::{ROLE, ROLE_PASSWORD};

/// Refused by the gate when it is parsed.
const REFUSED: &str = "DELETE FROM customers";
/// An error of the server's own when it is parsed.
const WRONG: &str = "DELETE FROM customers WHERE nothing = 1";

/// What runs around it.
const AROUND: [&str; 4] =
    ["SELECT 1", "UPDATE actions SET note = 'm' WHERE id = 1", "SHOW TimeZone", "SELECT 'x' WHERE false"];

/// How a sequence of texts is sent.
#[derive(Clone, Copy, Debug)]
enum Use {
    /// A Query each.
    Simple,
    /// Parse to Sync each.
    Synced,
    /// All in one go, one Sync at the end.
    Pipelined,
    /// All in one go, a Sync after each, answers read afterwards.
    PipelinedSynced,
    /// Named statements and portals, all parsed first, then all executed.
    Named,
    /// As `Pipelined` with a Flush after each.
    Flushed,
}

const USES: [Use; 6] =
    [Use::Simple, Use::Synced, Use::Pipelined, Use::PipelinedSynced, Use::Named, Use::Flushed];

/// Sends the texts and returns all answers in one line, with the code of each error at the place taken out.
fn play(client: &mut Client, how: Use, texts: &[&str]) -> String {
    let none = || std::iter::empty::<Option<&[u8]>>();
    let one = |out: &mut Vec<u8>, text: &str| {
        encode::parse(out, b"", text.as_bytes(), &[]).unwrap();
        encode::bind(out, b"", b"", &[], none(), &[]).unwrap();
        encode::describe(out, Kind::Portal, b"").unwrap();
        encode::execute(out, b"", 0).unwrap();
    };
    let mut lines = Vec::new();
    match how {
        Use::Simple => lines.extend(texts.iter().map(|text| client.line(text))),
        Use::Synced => {
            for text in texts {
                client.say(|out| {
                    one(out, text);
                    encode::sync(out);
                });
                lines.push(client.ready().line());
            }
        }
        Use::Pipelined | Use::Flushed => {
            client.say(|out| {
                for text in texts {
                    one(out, text);
                    if matches!(how, Use::Flushed) {
                        encode::flush(out);
                    }
                }
                encode::sync(out);
            });
            lines.push(client.ready().line());
        }
        Use::PipelinedSynced => {
            client.say(|out| {
                for text in texts {
                    one(out, text);
                    encode::sync(out);
                }
            });
            lines.extend(texts.iter().map(|_| client.ready().line()));
        }
        Use::Named => {
            client.say(|out| {
                for (number, text) in texts.iter().enumerate() {
                    encode::parse(out, format!("s{number}").as_bytes(), text.as_bytes(), &[]).unwrap();
                }
                encode::sync(out);
                for number in 0..texts.len() {
                    let (statement, portal) = (format!("s{number}"), format!("p{number}"));
                    encode::bind(out, portal.as_bytes(), statement.as_bytes(), &[], none(), &[]).unwrap();
                    encode::execute(out, portal.as_bytes(), 0).unwrap();
                    encode::close(out, Kind::Statement, statement.as_bytes()).unwrap();
                    encode::sync(out);
                }
            });
            lines.extend((0..=texts.len()).map(|_| client.ready().line()));
        }
    }
    // Whatever came before, both must be in step now.
    let block = lines.last().is_some_and(|line| line.ends_with("Z(E)") || line.ends_with("Z(T)"));
    if block {
        lines.push(client.line("ROLLBACK"));
    }
    lines.push(client.line("SELECT 'in step'"));
    lines.join(" | ").replace("E(TH001)", "E(X)").replace("E(42703)", "E(X)")
}

fn sequences() -> Vec<Vec<&'static str>> {
    let mut all = Vec::new();
    for place in 0..=AROUND.len() {
        for block in [false, true] {
            let mut texts: Vec<&str> = AROUND.to_vec();
            texts.insert(place, "@");
            if block {
                texts.insert(0, "BEGIN");
                texts.push("COMMIT");
            }
            all.push(texts);
        }
    }
    all.push(vec!["BEGIN", "SAVEPOINT a", "@", "ROLLBACK TO a", "SELECT 2", "COMMIT"]);
    all.push(vec!["@", "@", "SELECT 3", "@"]);
    all.push(vec!["BEGIN", "@", "@", "ROLLBACK", "SELECT 4"]);
    all
}

#[test]
fn a_refusal_is_answered_as_the_servers_own_error_would_be() {
    let mut findings = Vec::new();
    let mut played = 0;
    for guarded in Guarded::each() {
        let server = &guarded.house.shared.server;
        let direct = Login::new(ROLE, ROLE_PASSWORD, &guarded.house.database);
        for how in USES {
            for texts in sequences() {
                let with = |what: &'static str| -> Vec<&str> {
                    texts.iter().map(|text| if *text == "@" { what } else { text }).collect()
                };
                let mut client =
                    Client::tcp((server.host(), server.port())).log_in(&direct).unwrap().pardoned();
                let theirs = play(&mut client, how, &with(WRONG));
                client.bye();
                let before = guarded.look();
                let mut client = guarded.session("human");
                let ours = play(&mut client, how, &with(REFUSED));
                client.bye();
                played += 1;
                // In a block that is aborted already, the gate refuses what the server would not look at any more.
                let twice = texts.starts_with(&["BEGIN", "@", "@"]);
                let theirs = if twice { theirs.replacen("E(25P02)", "E(X)", 1) } else { theirs };
                if ours != theirs {
                    findings.push(format!(
                        "{} {how:?} {texts:?}\n  server {theirs}\n  gate   {ours}",
                        guarded.major()
                    ));
                } else if guarded.look() != before {
                    findings.push(format!("{} {how:?} {texts:?} changed something", guarded.major()));
                }
            }
        }
        guarded.house.is_well();
    }
    println!("{played} sequences");
    assert!(findings.is_empty(), "{} findings\n{}", findings.len(), findings.join("\n"));
}

#[test]
fn of_a_refused_text_nothing_has_run() {
    for guarded in Guarded::each() {
        let before = guarded.look();
        let mut client = guarded.session("human");
        for text in [
            "INSERT INTO actions VALUES (501, 'a', 'b'); DELETE FROM customers",
            "DELETE FROM customers; INSERT INTO actions VALUES (502, 'a', 'b')",
            "BEGIN; INSERT INTO actions VALUES (503, 'a', 'b'); DELETE FROM customers; COMMIT",
        ] {
            let line = client.line(text);
            assert!(line.starts_with("E(TH001) Z("), "{line}");
            if !line.ends_with("Z(I)") {
                client.query("ROLLBACK");
            }
        }
        client.bye();
        assert_eq!(guarded.look(), before);
    }
}
