//! Private servers of both versions, as the other rooms' live tests use them.

use rig::certificate::Authority;
use rig::postgres::{Install, Server, Settings, Tls, ensure};
use rig::user;

/// The versions that the live tests run on; without root, only what the machine has and the wheel brings.
fn installs() -> Vec<Install> {
    [15, 18].into_iter().filter_map(|major| match ensure(major) {
        Ok(install) => Some(install),
        Err(error) if !user::is_root() => {
            eprintln!("skipped: {error}");
            None
        }
        Err(error) => panic!("{error}"),
    }).collect()
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
    for install in installs() {
        let authority = Authority::new("rig test").unwrap();
        let tls = Tls {
            pair: authority.server(&["localhost", "127.0.0.1"]).unwrap(),
            client_authority: Some(authority.certificate().into()),
        };
        let settings = Settings::new().tls(tls).hba("hostssl all certain 127.0.0.1/32 cert").password("it's secret");
        let server = Server::start(&install, settings).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
            path.display().to_string()
        };
        let ca = file("ca.crt", authority.certificate());
        let ask = |user: &str, rest: &str, password: &str| {
            let mut command = install.command("psql");
            command.env("PGPASSWORD", password).args(["-XAtc", "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"]);
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
        Server::start(&install, Settings::new().folder(folder.path().join("server")).password(password)).unwrap()
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
