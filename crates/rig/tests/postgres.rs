//! Private servers of both versions, as the other rooms' live tests use them.

use rig::certificate::Authority;
use rig::postgres::{Install, Server, Settings, Tls, ensure};

/// The versions that the live tests run on. What cannot be had here is told; without any there is nothing to test with.
fn installs() -> Vec<Install> {
    let found: Vec<Install> = [15, 18]
        .into_iter()
        .filter_map(|major| ensure(major).inspect_err(|error| eprintln!("skipped: {error}")).ok())
        .collect();
    assert!(!found.is_empty(), "no PostgreSQL server to test with");
    found
}

#[test]
fn a_server_answers_and_keeps_its_data_over_restart_and_crash() {
    for install in installs() {
        let mut server = Server::start(&install, Settings::new().set("max_connections", "17")).unwrap();
        assert_eq!(server.value("postgres", "SHOW max_connections").unwrap(), "17");
        let version = server.value("postgres", "SHOW server_version_num").unwrap();
        assert_eq!(version.parse::<u32>().unwrap() / 10_000, install.major());

        server.sql("postgres", "CREATE TABLE t AS SELECT 1 AS a, NULL::text AS b, E'x\\ny' AS c").unwrap();
        let port = server.port();
        server.restart().unwrap();
        assert_eq!(server.port(), port);
        server.sql("postgres", "CHECKPOINT; INSERT INTO t VALUES (2, '', 'z')").unwrap();
        server.sql("postgres", "SELECT pg_current_wal_flush_lsn()").unwrap();
        server.kill9().unwrap();
        assert_eq!(server.id(), None);
        server.restart().unwrap();
        let rows = server.sql("postgres", "SELECT * FROM t WHERE a = 1").unwrap();
        assert_eq!(rows, vec![vec![Some("1".into()), None, Some("x\ny".into())]]);
        assert!(server.log().contains("automatic recovery in progress"), "{}", server.log());

        let (data, id) = (server.data().to_owned(), server.id().unwrap());
        drop(server);
        assert!(!data.exists(), "the folder is gone");
        assert!(!std::path::Path::new(&format!("/proc/{id}")).exists(), "the server is gone");
    }
}

#[test]
fn a_password_is_asked_for_over_tcp_and_the_certificate_verified() {
    for install in installs().into_iter().filter(Install::has_server_tls) {
        let authority = Authority::new("rig test").unwrap();
        let tls = Tls {
            pair: authority.server(&["localhost", "127.0.0.1"]).unwrap(),
            client_authority: Some(authority.certificate().into()),
        };
        let settings =
            Settings::new().tls(tls).hba("hostssl all certain 127.0.0.1/32 cert").password("it's secret");
        let server = Server::start(&install, settings).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
            path.display().to_string()
        };
        let ca = file("ca.crt", authority.certificate());
        // The newest client, whichever that is: the wheel's needs a library of its own for TLS.
        let client = installs().pop().expect("a client");
        let ask = |user: &str, rest: &str, password: &str| {
            let mut command = client.command("psql");
            command
                .env("PGPASSWORD", password)
                .args(["-XAtc", "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"]);
            command.arg(format!(
                "host=localhost hostaddr=127.0.0.1 port={} dbname=postgres user={user} sslmode=verify-full sslrootcert={ca} {rest}",
                server.port()
            ));
            let output = command.output().unwrap();
            (output.status.success(), String::from_utf8_lossy(&output.stdout).trim().to_owned())
        };
        assert_eq!(ask("postgres", "", "it's secret"), (true, "t".into()));
        assert_eq!(ask("postgres", "", "superuser"), (false, String::new()));

        server.sql("postgres", "CREATE ROLE certain LOGIN").unwrap();
        let pair = authority.client("certain").unwrap();
        let (certificate, key) = (file("c.crt", &pair.certificate), file("c.key", &pair.key));
        assert_eq!(ask("certain", "", ""), (false, String::new()));
        assert_eq!(ask("certain", &format!("sslcert={certificate} sslkey={key}"), ""), (true, "t".into()));
    }
}

#[test]
fn a_kept_folder_is_found_again() {
    let install = installs().pop().expect("a server");
    let folder = tempfile::Builder::new().prefix("tollhouse-kept-").tempdir().unwrap();
    let start = |password: &str| {
        Server::start(&install, Settings::new().folder(folder.path().join("server")).password(password))
            .unwrap()
    };
    // Root's temporary folder must let the server's user through.
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let first = start("one");
    first.sql("postgres", "CREATE TABLE kept (a int)").unwrap();
    drop(first);
    let second = start("one");
    assert_eq!(second.value("postgres", "SELECT count(*) FROM kept").unwrap(), "0");
    assert!(!second.log().contains("automatic recovery"), "it was shut down cleanly");
}

#[test]
fn the_sample_loads() {
    for install in installs() {
        let server = Server::start(&install, Settings::new()).unwrap();
        let rows = rig::sample::load(&server, "gate's password").unwrap();
        let counted = server
            .value(
                "shop",
                // Exact after the ANALYZE of tables this small.
                "SELECT sum(reltuples)::bigint FROM pg_class \
                 WHERE relkind = 'r' AND relnamespace::regnamespace::text IN ('shop', 'hr', 'ml')",
            )
            .unwrap();
        assert_eq!(counted, rows.to_string());
        // The gate's role works on everything, and the parts that are not tables do what they say.
        let owner = server.value("shop", "SELECT pg_has_role('gate', 'gate_owner', 'usage')").unwrap();
        assert_eq!(owner, "t");
        let ending = server.value(
            "shop",
            "SELECT shop.card_ending(1) = right(number, 4) FROM shop.payment_card WHERE id = 1",
        );
        assert_eq!(ending.unwrap(), "t");
        server.sql("shop", "UPDATE shop.product SET price = price + 1 WHERE id = 7").unwrap();
        assert_eq!(server.value("shop", "SELECT count(*) FROM shop.price_change").unwrap(), "1");
        let error = server.sql("shop", "SELECT shop.cancel_order(0)").unwrap_err().to_string();
        assert!(error.contains("there is no order 0"), "{error}");
        let partitions = server
            .value("shop", "SELECT count(*) FROM pg_inherits WHERE inhparent = 'shop.orders'::regclass");
        assert_eq!(partitions.unwrap(), "13");
        assert_eq!(server.value("shop", "SELECT count(*) FROM shop.orders_other").unwrap(), "0");
        assert_eq!(server.value("shop", "SELECT count(*) > 6 FROM shop.revenue_by_month").unwrap(), "t");
    }
}
