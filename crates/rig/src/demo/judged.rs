//! The part of the tour where statements are refused: by which rule, with which words, and what the ledger and
//! `tollhouse policy` say about it. The packs that come with the gate judge here, and no rules besides.

use std::process::Command;

use super::check::{Outcome, Report};
use super::client::Client;
use super::persona::TARGET;
use super::tour::{expect_failure, says};
use crate::error::Context;
use crate::gate::Gate;

/// Refused by a rule; held for a second person.
const REFUSED: &str = "TH001";
const HELD: &str = "TH002";

/// What the agent was talked into.
const DROP: &str = "DROP TABLE shop.customer";
/// What alice forgot the end of.
const DELETE: &str = "DELETE FROM shop.ticket";

/// Tries what must not happen, as the agent and as humans.
pub(super) fn play(report: &mut Report, client: &Client, agent: &str) {
    let alice = client.dsn("alice", "");
    let dana = client.dsn("dana", "");
    let fails = |dsn: &str, text: &str, expected: &[&str]| expect_all(client, dsn, text, expected);
    report.step(
        "support-bot may not drop a table",
        fails(agent, DROP, &[REFUSED, "an agent may not drop", "HINT"]),
    );
    report.step("support-bot may not empty one", fails(agent, DELETE, &[REFUSED]));
    report.step(
        "support-bot only reads here: not one row is changed either",
        fails(agent, "UPDATE shop.ticket SET status = 'closed' WHERE id = 1", &["TH0"]),
    );
    report.step(
        "nor by a data-modifying WITH that looks like reading",
        fails(
            agent,
            "WITH gone AS (DELETE FROM shop.ticket WHERE id = 1 RETURNING id) SELECT * FROM gone",
            &["TH0"],
        ),
    );
    report.step(
        "alice forgets the WHERE and is told so",
        fails(&alice, DELETE, &[REFUSED, "every row", "add a WHERE"]),
    );
    report.step(
        "WHERE true is no WHERE",
        fails(&alice, "UPDATE hr.employee SET salary = 0 WHERE id = id OR 1 = 1", &[REFUSED, "every row"]),
    );
    report.step(
        "dana's DROP in production needs a second person",
        fails(&dana, DROP, &[HELD, "second person"]),
    );
    report.step(
        "nothing of it happened",
        says(
            client.run(
                &alice,
                &["SELECT count(*) > 0 FROM shop.ticket WHERE id = 1", "SELECT count(*) FROM shop.customer"],
            ),
            "t\n6000",
        ),
    );
}

/// Asks the ledger and `tollhouse policy` about it.
pub(super) fn told(report: &mut Report, gate: &Gate) {
    let ledger = |arguments: &[&str], expected: &[&str]| {
        let mut command = gate.tollhouse(&["ledger", "search", "--ledger"]);
        answer(command.arg(gate.ledger()).args(arguments), Some(0), expected)
    };
    report.step(
        "`ledger search --refused` has what the agent tried, with the rule",
        ledger(&["--refused", "--principal", "support-bot"], &[DROP, "destructive/agents"]),
    );
    report.step(
        "`ledger search --held` has what waits for a second person",
        ledger(&["--held", "--principal", "dana"], &[DROP, "destructive/drop"]),
    );
    report.step(
        "`ledger search --rule 'unbounded/*'` has the forgotten WHERE",
        ledger(&["--rule", "unbounded/*", "--principal", "alice"], &[DELETE]),
    );
    let attempt = |principal: &str, text: &str, code: i32, expected: &[&str]| {
        let mut command = gate.tollhouse(&["policy", "try", "--as", principal, "--target", TARGET]);
        answer(command.arg("--config").arg(gate.configuration()).arg(text), Some(code), expected)
    };
    report.step(
        "`policy try` says beforehand what would be refused, and runs nothing",
        attempt("support-bot", "TRUNCATE shop.ticket", 1, &["destructive/agents"]),
    );
    report.step(
        "and what would run",
        attempt("support-bot", "SELECT count(*) FROM shop.ticket", 0, &["baseline/agents-in-production"]),
    );
    report.step(
        "and what would be masked",
        attempt(
            "alice",
            "SELECT id, email, lower(email) AS folded FROM shop.customer",
            0,
            &["id      clear", "masked by `partial`: `shop.customer.email` (email)", "hidden: made from"],
        ),
    );
    report.step(
        "and what may not be chosen by",
        attempt(
            "alice",
            "SELECT id FROM hr.employee WHERE salary > 5000",
            1,
            &["TH008", "is masked for you"],
        ),
    );
}

/// An error whose report has all of these words.
fn expect_all(client: &Client, dsn: &str, text: &str, expected: &[&str]) -> Outcome {
    let output = client.run(dsn, &[text]).map_err(|error| error.to_string())?;
    expected.iter().try_fold(String::new(), |_, word| expect_failure(Ok(output.clone()), word))
}

/// What a command of the program prints, with all of these words in it.
fn answer(command: &mut Command, code: Option<i32>, expected: &[&str]) -> Outcome {
    let output = command.output().context(|| "cannot run `tollhouse`".into());
    let output = output.map_err(|error| error.to_string())?;
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).trim().to_owned();
    let missing = expected.iter().find(|word| !text.contains(*word));
    match missing {
        None if output.status.code() == code => Ok(text.lines().take(4).collect::<Vec<_>>().join("\n")),
        _ => Err(format!("expected {expected:?} and exit code {code:?}, got {}: {text}", output.status)),
    }
}
