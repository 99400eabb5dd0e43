//! What a newcomer reads once everything runs: lines to copy, what to try, where the ledger is.

use super::client::{Client, shell};
use super::house::House;
use super::persona::ALL;
use super::print::{heading, say};
use super::state::State;
use crate::Result;
use crate::gate::binary;

/// Prints it.
pub(super) fn print(house: &House, state: &State) -> Result<()> {
    let client = Client::new(house.gate.port(), house.gate.authority(), &house.passwords)?;
    let psql = client.word(state.folder())?;
    let tollhouse = shell(&binary()?);
    let ledger = shell(&house.gate.ledger());

    heading("Connect (in another terminal)");
    for persona in &ALL {
        let more = match persona.name {
            "support-bot" => "options='-c tollhouse.purpose=ticket-4711 -c tollhouse.trace=demo-1'",
            _ => "",
        };
        say(&format!("  # {}: {}", persona.name, persona.who));
        say(&format!("  {psql} \"{}\"", client.dsn(persona.name, more)));
    }

    heading("Try");
    for line in [
        "SELECT given_name, family_name, national_id FROM shop.customer LIMIT 5;",
        "SELECT DISTINCT subject, body FROM shop.ticket WHERE body LIKE '%DROP%';   -- what attackers write",
        "BEGIN; UPDATE hr.employee SET salary = salary * 2 WHERE id = 7; ROLLBACK;",
        "SELECT shop.cancel_order(0);          -- an error, recorded with its SQLSTATE",
        "COPY shop.payment_card TO STDOUT;     -- recorded as well, with rows and bytes",
        "DELETE FROM shop.ticket;              -- refused: no WHERE, and this is production",
        "DROP TABLE shop.ticket;               -- held for a second person; refused to the agent",
        "UPDATE shop.ticket SET status = 'closed' WHERE id = 1;   -- as support-bot: agents only read here",
        "ALTER ROLE postgres PASSWORD 'x';     -- held as well; the password is not in the ledger",
    ] {
        say(&format!("  {line}"));
    }

    heading("Read the ledger");
    for (command, why) in [
        (format!("tail -f --ledger {ledger}"), "follow it while you work"),
        (format!("search --principal support-bot --ledger {ledger}"), "what did the agent do?"),
        (format!("search --refused --held --ledger {ledger}"), "what was stopped, and by which rule?"),
        (format!("search --text customer --json --ledger {ledger}"), "who read customers?"),
        (format!("verify --ledger {ledger}"), "has anybody changed it?"),
    ] {
        say(&format!("  {tollhouse} ledger {command}   # {why}"));
    }

    heading("Ask what would happen");
    say(&format!(
        "  {tollhouse} policy try --as support-bot --target shop --config {} 'TRUNCATE shop.ticket'",
        shell(&house.gate.configuration())
    ));

    heading("Where things are");
    say(&format!(
        "  gate      127.0.0.1:{}, certificate of {}",
        house.gate.port(),
        house.gate.authority().display()
    ));
    say(&format!("  metrics   http://127.0.0.1:{}/metrics", house.gate.admin_port()));
    say(&format!("  config    {}", house.gate.configuration().display()));
    say(&format!("  passwords {} (as libpq reads them)", house.passwords.display()));
    say(&format!(
        "  server    127.0.0.1:{}, PostgreSQL {}",
        house.server.port(),
        house.server.install().version()
    ));
    say("\nCtrl-C stops all of it. `./demo --check` plays the tour by itself.");
    Ok(())
}
