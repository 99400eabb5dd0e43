//! The part of the tour about who sees what: nothing was configured about the data, and compliance alone may see it. It asks
//! the gate, and looks past it at nothing.

use super::check::Report;
use super::client::Client;
use super::tour::{expect_failure, says};

/// The one rule about data: compliance sees it.
pub(super) const RULES: &str = "@id(\"demo/compliance-sees\")
permit (principal in Group::\"compliance\", action == Action::\"reveal\", resource);
";

/// Looks at customers as those who may not see them, and as the one who may.
pub(super) fn play(report: &mut Report, client: &Client, agent: &str) {
    let alice = client.dsn("alice", "");
    let dana = client.dsn("dana", "");
    let carol = client.dsn("carol", "");
    let sees = |dsn: &str, text: &str, expected: &str| says(client.run(dsn, &[text]), expected);
    let fails = |dsn: &str, text: &str, expected: &str| expect_failure(client.run(dsn, &[text]), expected);
    const WHO: &str = "SELECT given_name, family_name FROM shop.customer WHERE id = 2";
    report.step("alice sees no names: nobody said that she may", sees(&alice, WHO, "***|***"));
    report.step(
        "nor what is made from them",
        sees(
            &alice,
            "SELECT reverse(given_name), md5(given_name) FROM shop.customer WHERE id = 2",
            "***|***",
        ),
    );
    report.step(
        "nor by COPY, a cursor or a whole row",
        sees(&alice, "COPY (SELECT given_name FROM shop.customer WHERE id = 2) TO STDOUT", "***"),
    );
    report.step(
        "carol of compliance sees them, and the ledger says by which rule",
        sees(&carol, "SELECT given_name <> '***' FROM shop.customer WHERE id = 2", "t"),
    );
    report.step(
        "support-bot may not even ask by a national id",
        fails(agent, "SELECT id FROM shop.customer WHERE national_id = '1'", "TH008"),
    );
    report.step(
        "alice may look a name up, and not search by its beginning",
        fails(&alice, "SELECT id FROM shop.customer WHERE given_name LIKE 'A%'", "TH008"),
    );
    report.step(
        "nor carry names off into a table of her own",
        fails(&alice, "CREATE TEMP TABLE mine AS SELECT given_name FROM shop.customer", "TH008"),
    );
    report.step(
        "a column is masked the moment it appears",
        says(
            client.run(
                &dana,
                &[
                    "ALTER TABLE shop.ticket ADD COLUMN caller_email text DEFAULT 'somebody@example.com'",
                    "SELECT caller_email FROM shop.ticket WHERE id = 1",
                ],
            ),
            "***",
        ),
    );
}
