//! Towards the server: ways to log in, certificates, several hosts, and what goes wrong there.

use rig::certificate::Authority;
use rig::gate::{Gate, Principal, Target, Upstream};
use rig::postgres::{Server, Settings, Tls, literal};

use crate::client::{Client, Login};
use crate::house::{ALICE, ROLE, ROLE_PASSWORD, Shared, plan, server, servers, tls_server};
use crate::packet::Report;

/// A gate with this target, and alice's try to get through.
fn gate(target: Target) -> Gate {
    Gate::start(plan().target(target).principal(Principal::human("alice", "shop").password(ALICE))).unwrap()
}

fn log_in(gate: &Gate) -> Result<Client, Report> {
    Client::tcp(("127.0.0.1", gate.port())).log_in(&Login::new("alice", ALICE, "shop"))
}

fn through(upstream: Upstream) -> Result<Client, Report> {
    log_in(&gate(Target::new("shop", upstream)))
}

fn tls(shared: &Shared, user: &str, authority: &str) -> Upstream {
    Upstream::tls(&shared.server, "postgres", user, ROLE_PASSWORD, authority)
}

#[test]
fn scram_and_md5_log_in() {
    for shared in servers() {
        for (user, password) in [(ROLE, ROLE_PASSWORD), ("md5er", "md5 secret")] {
            let gate = gate(Target::new("shop", Upstream::tcp(&shared.server, "postgres", user, password)));
            let mut client = log_in(&gate).unwrap();
            assert_eq!(client.query("SELECT current_user").value(), user);
        }
    }
}

#[test]
fn tls_verifies_chain_and_name() {
    let Some(shared) = tls_server() else { return };
    let right = shared.authority.as_ref().unwrap().certificate();
    let wrong = Authority::new("somebody else").unwrap();
    let ssl = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

    let good = gate(Target::new("shop", tls(shared, ROLE, right)));
    assert_eq!(log_in(&good).unwrap().query(ssl).value(), "t");

    let report = through(tls(shared, ROLE, wrong.certificate())).err().unwrap();
    assert_eq!((report.severity.as_str(), report.code.as_str()), ("FATAL", "08006"));
    assert!(report.message.contains("certificate"), "{report:?}");

    // A server whose certificate has another name; its chain is in order.
    let own = Authority::new("of the misnamed").unwrap();
    let pair = own.server(&["elsewhere.example"]).unwrap();
    let settings = Settings::new().tls(Tls { pair, client_authority: None });
    let misnamed = Server::start(shared.server.install(), settings).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.crt");
    std::fs::write(&file, own.certificate()).unwrap();
    let hosts = [format!("127.0.0.1:{}", misnamed.port())];
    let to = |verify: &str| {
        let upstream = Upstream::hosts(&hosts, "postgres", "postgres", misnamed.password())
            .set("tls", verify)
            .set("ca_file", file.display().to_string());
        through(upstream).map(drop).map_err(|report| report.code)
    };
    assert_eq!(to("verify-full"), Err("08006".to_owned()));
    assert_eq!(to("verify-ca"), Ok(()));
}

#[test]
fn a_client_certificate_logs_in_without_a_password() {
    let Some(shared) = tls_server() else { return };
    let authority = shared.authority.as_ref().unwrap();
    let pair = authority.client("certain").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        path.display().to_string()
    };
    let upstream = tls(shared, "certain", authority.certificate())
        .set("client_certificate", file("gate.crt", &pair.certificate))
        .set("client_key", file("gate.key", &pair.key));
    let gate = gate(Target::new("shop", upstream));
    assert_eq!(log_in(&gate).unwrap().query("SELECT current_user").value(), "certain");

    let report = through(tls(shared, "certain", authority.certificate())).err().unwrap();
    assert_eq!(report.code, "08004", "{report:?}");
}

#[test]
fn a_server_without_tls_is_not_used_when_the_target_demands_it() {
    let Some(plain) = servers().iter().find(|shared| shared.authority.is_none()) else {
        eprintln!("skipped: every server here speaks TLS");
        return;
    };
    let hosts = [format!("127.0.0.1:{}", plain.server.port())];
    let report = through(Upstream::hosts(&hosts, "postgres", ROLE, ROLE_PASSWORD).set("tls", "require"))
        .err()
        .unwrap();
    assert_eq!(report.code, "08006");
    assert!(report.message.contains("does not offer TLS"), "{report:?}");
}

#[test]
fn a_wrong_password_of_the_gates_own_tells_no_role_no_host_and_no_secret() {
    for shared in servers() {
        let gate =
            gate(Target::new("shop", Upstream::tcp(&shared.server, "postgres", ROLE, "canary password")));
        let report = log_in(&gate).err().unwrap();
        assert_eq!((report.severity.as_str(), report.code.as_str()), ("FATAL", "08004"));
        let said = format!("{report:?}");
        for word in ["127.0.0.1", "canary", "\"gate\"", "role", &shared.server.port().to_string()] {
            assert!(!said.contains(word), "`{word}` in {said}");
        }
        assert!(!gate.log().contains("canary"), "{}", gate.log());
        assert!(gate.log().contains("28P01"), "the operator sees the reason: {}", gate.log());
    }
}

#[test]
fn nobody_there_is_a_clean_error_and_the_next_host_is_tried() {
    let nobody = format!("127.0.0.1:{}", rig::port::free().unwrap());
    let here = format!("127.0.0.1:{}", server().server.port());
    let plain =
        |hosts: &[String]| Upstream::hosts(hosts, "postgres", ROLE, ROLE_PASSWORD).set("tls", "disable");
    let report = through(plain(std::slice::from_ref(&nobody))).err().unwrap();
    assert_eq!((report.severity.as_str(), report.code.as_str()), ("FATAL", "08006"));
    assert!(report.message.contains("`shop`") && !format!("{report:?}").contains("127.0.0.1"), "{report:?}");
    let gate = gate(Target::new("shop", plain(&[nobody, here])));
    assert_eq!(log_in(&gate).unwrap().line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
}

#[test]
fn of_several_hosts_the_one_with_the_wanted_attributes_is_used() {
    let (Some(first), second) = (servers().first(), servers().last().unwrap()) else { return };
    if servers().len() < 2 {
        eprintln!("skipped: target_session_attrs needs two servers");
        return;
    }
    // The same database on both; on the first one it takes no writes by default.
    let database = "attributes";
    for shared in servers() {
        shared.server.sql("postgres", &format!("CREATE DATABASE {database} OWNER {ROLE}")).unwrap();
    }
    first
        .server
        .sql("postgres", &format!("ALTER DATABASE {database} SET default_transaction_read_only = on"))
        .unwrap();
    let hosts: Vec<String> =
        [first, second].iter().map(|shared| format!("127.0.0.1:{}", shared.server.port())).collect();
    let port_of = |attributes: &str| {
        let upstream = Upstream::hosts(&hosts, database, ROLE, ROLE_PASSWORD)
            .set("tls", "disable")
            .set("target_session_attrs", attributes);
        let gate = gate(Target::new("shop", upstream));
        let answer = log_in(&gate).map(|mut client| client.query("SELECT inet_server_port()").value());
        answer.map_err(|report| report.code)
    };
    let (one, two) = (first.server.port().to_string(), second.server.port().to_string());
    assert_eq!(port_of("any"), Ok(one.clone()));
    assert_eq!(port_of("read-write"), Ok(two));
    assert_eq!(port_of("read-only"), Ok(one.clone()));
    assert_eq!(port_of("primary"), Ok(one.clone()));
    assert_eq!(port_of("standby"), Err("08006".to_owned()));
    assert_eq!(port_of("prefer-standby"), Ok(one));
}

#[test]
fn a_role_that_reads_texts_differently_is_not_used() {
    for shared in servers() {
        let role = "strange_reader";
        let sql = |text: &str| shared.server.sql("postgres", text).unwrap();
        sql(&format!("CREATE ROLE {role} LOGIN PASSWORD {}", literal("x")));
        // In this database only: other tests compare the settings of the whole server.
        sql(&format!("ALTER ROLE {role} IN DATABASE postgres SET standard_conforming_strings = off"));
        let report = through(Upstream::tcp(&shared.server, "postgres", role, "x")).err().unwrap();
        assert_eq!((report.severity.as_str(), report.code.as_str()), ("FATAL", "55000"));
        assert!(report.detail.contains("standard_conforming_strings"), "{report:?}");
    }
}
