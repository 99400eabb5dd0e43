//! What tools ask about a database, by a human in production under the rules that come with the gate: all of it passes.

use std::path::Path;
use std::process::Output;

use rig::gate::{Gate, Principal, Token};

use crate::evasion::{Way, error};
use crate::house::{ALICE, House, ROLE, Shared, judged, servers};

/// A production database with the corpora's objects.
fn house(shared: &'static Shared) -> House {
    let database = shared.database();
    shared.server.sql(&database, "GRANT ALL ON SCHEMA public TO gate").unwrap();
    shared.server.sql(&database, &format!("SET ROLE {ROLE}; {}", rig::corpus::SCHEMA)).unwrap();
    let plan = judged()
        .target(shared.target(&database).set("environment", "production"))
        .principal(Principal::human("alice", "shop").password(ALICE));
    House::of(Gate::start(plan).unwrap(), database, shared, Token::new("k1").unwrap())
}

/// A program of the server's own installation, at the gate.
fn program(house: &House, name: &str, arguments: &[&str]) -> Output {
    let mut command = house.shared.server.install().command(name);
    command.env("PGPASSWORD", ALICE).args(arguments);
    command.arg(format!("host=127.0.0.1 port={} user=alice dbname=shop sslmode=disable", house.gate.port()));
    let output = command.output().unwrap();
    crate::canary::printed(&output);
    output
}

#[test]
fn psql_describes_everything() {
    let commands = [
        "\\d",
        "\\d+",
        "\\d customers",
        "\\d+ customers",
        "\\dt",
        "\\dt+",
        "\\di",
        "\\di+",
        "\\dv",
        "\\dv+",
        "\\dm",
        "\\ds",
        "\\df",
        "\\df+",
        "\\da",
        "\\do",
        "\\dT",
        "\\dT+",
        "\\dD",
        "\\dn",
        "\\dn+",
        "\\du",
        "\\du+",
        "\\dp",
        "\\dp hr.*",
        "\\ddp",
        "\\dg",
        "\\db",
        "\\dc",
        "\\dC",
        "\\dd",
        "\\des",
        "\\det",
        "\\deu",
        "\\dew",
        "\\dF",
        "\\dFd",
        "\\dL",
        "\\dO",
        "\\dRp",
        "\\dx",
        "\\dy",
        "\\dX",
        "\\dP",
        "\\dA",
        "\\dAc",
        "\\drds",
        "\\l",
        "\\l+",
        "\\sf plus_one",
        "\\sf+ bump",
        "\\sv v_order",
        "\\z customers",
        "\\conninfo",
        "\\encoding",
        "\\dS pg_class",
        "\\dtvmsi *.*",
    ];
    let mut findings = Vec::new();
    for shared in servers() {
        let house = house(shared);
        for command in commands {
            let output = program(&house, "psql", &["-X", "-q", "-c", command, "-d"]);
            let told = String::from_utf8_lossy(&output.stderr);
            if !output.status.success() || told.contains("ERROR") {
                findings.push(format!("{} {command}: {told}", shared.server.install().major()));
            }
        }
    }
    assert!(findings.is_empty(), "{} findings\n{}", findings.len(), findings.join("\n"));
}

#[test]
fn pg_dump_dumps() {
    for shared in servers() {
        let house = house(shared);
        for arguments in
            [&["--schema-only", "-d"][..], &["-d"], &["--inserts", "--data-only", "-t", "customers", "-d"]]
        {
            let output = program(&house, "pg_dump", arguments);
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{} {arguments:?}: {told}", shared.server.install().major());
            let dump = String::from_utf8_lossy(&output.stdout);
            assert!(dump.contains("customers"), "{arguments:?}");
        }
    }
}

#[test]
fn what_tools_ask_passes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/introspect");
    let mut lists: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    lists.sort();
    assert_eq!(lists.len(), 5, "JDBC, SQLAlchemy, Django, Prisma, Rails");
    let mut findings = Vec::new();
    for shared in servers() {
        let house = house(shared);
        for list in &lists {
            let text = std::fs::read_to_string(list).unwrap();
            let text: String = text
                .lines()
                .filter(|line| !line.starts_with("-- "))
                .map(|line| format!("{line}\n"))
                .collect();
            for way in Way::ALL {
                let mut client = house.session();
                for statement in text.split("\n;\n").map(str::trim).filter(|text| !text.is_empty()) {
                    let answer = way.send(&mut client, statement);
                    // The server's own errors (a parameter without a value, a version's column) are not the gate's.
                    if let Some(report) = error(&answer).filter(|report| report.is_refusal()) {
                        let name = list.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                        findings.push(format!(
                            "{} {name} {way:?}: {} {} ({})\n    {statement}",
                            shared.server.install().major(),
                            report.code,
                            report.message,
                            report.detail
                        ));
                    }
                    if answer.line().ends_with("Z(E)") {
                        client.query("ROLLBACK");
                    }
                }
                client.bye();
            }
        }
    }
    assert!(findings.is_empty(), "{} findings\n{}", findings.len(), findings.join("\n"));
}
