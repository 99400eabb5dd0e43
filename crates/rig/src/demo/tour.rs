//! The steps of the tour: what each persona does with a real `psql`, and what has to come of it.

use std::process::Output;
use std::time::Duration;

use super::check::{Outcome, Report};
use super::client::Client;
use super::house::House;
use super::{judged, masked};
use crate::process::{Signal, send};
use crate::{Error, Result, wait};

/// A statement that only alice runs; the ledger is asked for it afterwards.
pub(super) const READ: &str = "SELECT count(*) FROM shop.customer";
/// What the agent says it works for.
pub(super) const PURPOSE: &str = "ticket-4711";
/// What the agent runs.
pub(super) const AGENT: &str =
    "SELECT id, subject FROM shop.ticket WHERE status = 'open' ORDER BY id LIMIT 3";
/// A statement that fails on the server.
pub(super) const FAILING: &str = "SELECT 1 / (id - id) FROM hr.employee LIMIT 1";
/// A secret that must not be found in any file of the ledger.
pub(super) const SECRET: &str = "hunter2-never-on-disk";
/// How long a statement may take to show up on the server.
const PATIENCE: Duration = Duration::from_secs(20);

/// Plays all steps.
pub(super) fn play(report: &mut Report, house: &House, client: &Client) {
    let alice = client.dsn("alice", "");
    let dana = client.dsn("dana", "");
    let agent = client
        .dsn("support-bot", &format!("options='-c tollhouse.purpose={PURPOSE} -c tollhouse.trace=tour-1'"));
    let says = |dsn: &str, commands: &[&str], expected: &str| says(client.run(dsn, commands), expected);
    let fails =
        |dsn: &str, commands: &[&str], expected: &str| expect_failure(client.run(dsn, commands), expected);

    report.step(
        "alice logs in over TLS with the certificate verified and counts customers",
        says(&alice, &[READ], "6000"),
    );
    report.step(
        "alice works in a transaction: an update, rolled back",
        says(
            &alice,
            &[
                "BEGIN; UPDATE hr.employee SET salary = salary * 2 WHERE id = 7",
                "ROLLBACK",
                "SELECT title FROM hr.employee WHERE id = 7",
            ],
            "ROLLBACK",
        ),
    );
    report.step("alice makes an error and gets the server's own code", fails(&alice, &[FAILING], "22012"));
    report.step(
        "carol calls a function that raises: message, code and hint arrive",
        fails(&client.dsn("carol", ""), &["SELECT shop.cancel_order(0)"], "there is no order 0"),
    );
    report.step(
        "dana creates, fills and drops a temporary table",
        says(
            &dana,
            &[
                "CREATE TEMP TABLE tour (note text)",
                "INSERT INTO tour VALUES ('hello') RETURNING note",
                "DROP TABLE tour",
            ],
            "hello",
        ),
    );
    report.step(
        "dana sets a password: it needs a second person, and the ledger must not know it",
        fails(&dana, &[&format!("ALTER ROLE postgres PASSWORD '{SECRET}'")], "TH002"),
    );
    report.step(
        "carol asks which national ids are stored",
        says(
            &client.dsn("carol", ""),
            &["SELECT DISTINCT national_id_kind FROM shop.customer ORDER BY 1"],
            "pesel",
        ),
    );
    report.step("support-bot, acting for alice, reads tickets and says why", says(&agent, &[AGENT], "|"));
    judged::play(report, client, &agent);
    masked::play(report, client, &agent);
    report.step(
        "etl copies a table out",
        says(&client.dsn("etl", ""), &["COPY ml.training_run TO STDOUT"], "learning_rate"),
    );
    report.step("etl copies rows in", copy_in(client));
    report.step("alice cancels a long query with Ctrl-C", cancel(house, client, &alice));
    report.step(
        "a wrong password is refused",
        fails(
            &alice.replace("passfile=", "password=wrong passfile="),
            &["SELECT 1"],
            "password authentication failed",
        ),
    );
    report.step("an unknown principal gets the same answer", stranger(client, &alice));
    report.step(
        "a client without TLS is refused",
        fails(&alice.replace("sslmode=verify-full", "sslmode=disable"), &["SELECT 1"], "TLS"),
    );
    report.step(
        "a database that alice may not reach is refused",
        fails(&alice.replace("dbname=shop", "dbname=payroll"), &["SELECT 1"], "FATAL"),
    );
}

/// That it went well, and printed this.
pub(super) fn says(output: Result<Output>, expected: &str) -> Outcome {
    let output = output.map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if output.status.success() && text.contains(expected) {
        return Ok(excerpt(&text));
    }
    Err(format!("expected `{expected}`, got `{text}` {}", String::from_utf8_lossy(&output.stderr).trim()))
}

/// That it failed, and this was among the words.
pub(super) fn expect_failure(output: Result<Output>, expected: &str) -> Outcome {
    let output = output.map_err(|error| error.to_string())?;
    let errors = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if output.status.success() {
        return Err(format!(
            "expected an error with `{expected}`, got `{}`",
            String::from_utf8_lossy(&output.stdout).trim()
        ));
    }
    if errors.contains(expected) {
        Ok(excerpt(&errors))
    } else {
        Err(format!("expected `{expected}`, got `{errors}`"))
    }
}

/// The first lines, without what differs from run to run or is too long to read.
fn excerpt(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("LOCATION")).take(3);
    let short = lines.map(|line| {
        // `psql: error: connection to server at "localhost" … failed: FATAL:  …`
        let line = line.split_once(" failed: ").map_or(line, |(_, said)| said);
        line.chars().take(110).collect::<String>()
    });
    short.collect::<Vec<_>>().join("\n")
}

fn copy_in(client: &Client) -> Outcome {
    let dsn = client.dsn("etl", "");
    let copy = "COPY shop.price_change (product_id, old_price, new_price) FROM PROGRAM 'true'";
    // Programs on the server are out of reach for everybody; the client's way in works.
    expect_failure(client.run(&dsn, &[copy]), "TH0")?;
    let in_one_go = "\\copy shop.price_change (product_id, old_price, new_price) FROM PROGRAM 'printf \"1\\t1.00\\t2.00\\n2\\t3.00\\t4.00\\n\"'";
    says(client.run(&dsn, &[in_one_go, "SELECT count(*) FROM shop.price_change"]), "2")
}

/// The answer to a stranger must not differ from that to a wrong password, but for the name.
fn stranger(client: &Client, alice: &str) -> Outcome {
    let ask = |user: &str| -> Result<String> {
        let dsn = alice
            .replace("user=alice", &format!("user={user}"))
            .replace("passfile=", "password=wrong passfile=");
        let output = client.run(&dsn, &["SELECT 1"])?;
        Ok(String::from_utf8_lossy(&output.stderr).trim().replace(user, "NAME"))
    };
    let known = ask("alice").map_err(|error| error.to_string())?;
    let unknown = ask("mallory").map_err(|error| error.to_string())?;
    if known == unknown { Ok(excerpt(&unknown)) } else { Err(format!("`{known}`\n`{unknown}`")) }
}

/// Starts a query that takes long, waits until the server runs it, and presses Ctrl-C in `psql`.
fn cancel(house: &House, client: &Client, dsn: &str) -> Outcome {
    let run = || -> Result<Output> {
        let mut command = client.psql(dsn);
        let child = command.args(["-c", "SELECT pg_sleep(600)"]).spawn();
        let child = child.map_err(|error| Error::because("cannot run `psql`", error))?;
        let running = wait::until("the query to run", PATIENCE, || {
            let seen = house.server.value(
                "postgres",
                "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)' AND state = 'active'",
            )?;
            Ok((seen == "1").then_some(()))
        });
        // Also when it was not seen: nothing may stay behind.
        send(child.id(), Signal::INT)?;
        let output =
            child.wait_with_output().map_err(|error| Error::because("cannot wait for `psql`", error))?;
        running.map(|()| output)
    };
    expect_failure(run(), "57014")
}
