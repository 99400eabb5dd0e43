//! The server's own lineage, against truths written by hand, on both versions.

use rig::oracle::{Answer, Columns, ask};
use rig::postgres::{Server, Settings, ensure};

const TABLES: &str = "CREATE TABLE c (id int PRIMARY KEY, ssn text, n int);
    CREATE TABLE d (id int, v text);
    CREATE VIEW w AS SELECT id, upper(ssn) AS u, n FROM c WHERE n > 0;";

/// Query, outputs (columns by `table.column`, `,` between columns, ` ` between uses), reads, predicates, writes.
const TRUTHS: &[(&str, &str, &str, &str, &str)] = &[
    ("SELECT ssn AS x FROM c WHERE id = 1", "c.ssn", "c.ssn", "c.id", ""),
    ("SELECT u FROM w", "c.ssn", "c.ssn", "c.n", ""),
    ("SELECT count(*) FROM (SELECT ssn FROM c) q", "", "", "", ""),
    ("SELECT (c).ssn, c.id FROM c", "c.ssn,c.id", "c.id c.ssn", "", ""),
    ("SELECT c FROM c", "c.*", "c.*", "", ""),
    (
        "WITH RECURSIVE q(z, n) AS (SELECT ssn, 1 FROM c UNION ALL SELECT z, n + 1 FROM q WHERE n < 2) SELECT z FROM q",
        "c.ssn",
        "c.ssn",
        "",
        "",
    ),
    ("SELECT v FROM c, LATERAL (VALUES (c.ssn)) t(v)", "c.ssn", "c.ssn", "", ""),
    ("SELECT ssn FROM c EXCEPT SELECT v FROM d", "c.ssn", "c.ssn", "d.v", ""),
    ("SELECT 'x' INTERSECT SELECT ssn FROM c", "c.ssn", "c.ssn", "c.ssn", ""),
    ("SELECT id FROM c FULL JOIN d USING (id)", "c.id d.id", "c.id d.id", "c.id d.id", ""),
    ("SELECT n, count(*) FROM c GROUP BY n HAVING max(ssn) > 'a' ORDER BY 2", "c.n,", "c.n", "c.n c.ssn", ""),
    ("SELECT (SELECT v FROM d WHERE d.id = c.id) FROM c", "d.v", "d.v", "c.id d.id", ""),
    ("SELECT id FROM c WHERE n IN (SELECT id FROM d)", "c.id", "c.id", "c.n d.id", ""),
    (
        "UPDATE c SET n = d.id, ssn = 'x' FROM d WHERE d.v = c.ssn RETURNING c.id",
        "c.id",
        "c.id d.id",
        "c.ssn d.v",
        "c.n c.ssn",
    ),
    (
        "INSERT INTO c SELECT id, v FROM d ON CONFLICT (id) DO UPDATE SET n = c.n + excluded.id WHERE c.ssn <> ''",
        "-",
        "c.n d.id d.v",
        "c.ssn",
        "c.id c.n c.ssn",
    ),
    ("WITH x AS (DELETE FROM c WHERE n = 1 RETURNING ssn) SELECT count(*) FROM x", "", "", "c.n", ""),
    (
        "MERGE INTO c USING d ON c.id = d.id WHEN MATCHED AND d.v = 'a' THEN UPDATE SET ssn = d.v WHEN NOT MATCHED THEN INSERT (id, n) VALUES (d.id, 1)",
        "-",
        "d.id d.v",
        "c.id d.id d.v",
        "c.id c.n c.ssn",
    ),
    ("UPDATE w SET n = 2 WHERE id = 3", "-", "", "c.id c.n", "c.n"),
    ("SELECT rank() OVER (PARTITION BY n ORDER BY ssn) FROM c", "", "", "c.n c.ssn", ""),
];

#[test]
fn the_servers_lineage_is_read_as_people_read_queries() {
    for major in [15, 18] {
        let install = match ensure(major) {
            Ok(install) => install,
            Err(error) => {
                eprintln!("skipped: PostgreSQL {major}: {error}");
                continue;
            }
        };
        let server = Server::start(&install, Settings::new()).unwrap();
        server.sql("postgres", TABLES).unwrap();
        let names: Vec<(u32, i16, String)> = server
            .sql(
                "postgres",
                "SELECT attrelid, attnum, relname || '.' || attname FROM pg_attribute \
                 JOIN pg_class c ON c.oid = attrelid WHERE relname IN ('c', 'd', 'w') AND attnum > 0 \
                 UNION ALL SELECT oid, 0, relname || '.*' FROM pg_class WHERE relname IN ('c', 'd')",
            )
            .unwrap()
            .into_iter()
            .map(|row| {
                let mut row = row.into_iter().flatten();
                let mut next = || row.next().unwrap();
                (next().parse().unwrap(), next().parse().unwrap(), next())
            })
            .collect();
        let show = |columns: &Columns| {
            let name = |(relation, number): &(u32, i16)| {
                names.iter().find(|(r, n, _)| r == relation && n == number).map_or("?", |(_, _, name)| name)
            };
            let mut shown: Vec<&str> = columns.iter().map(name).collect();
            shown.sort_unstable();
            shown.join(" ")
        };
        let queries: Vec<&str> = TRUTHS.iter().map(|truth| truth.0).collect();
        let answers = ask(&server, "postgres", "", &queries).unwrap();
        for ((query, outputs, reads, predicates, writes), answer) in TRUTHS.iter().zip(answers) {
            let Answer::Known(truth) = answer else { panic!("{query}: {answer:?}") };
            let found = truth
                .outputs
                .as_ref()
                .map_or("-".into(), |all| all.iter().map(&show).collect::<Vec<_>>().join(","));
            assert_eq!(found, *outputs, "{major}: outputs of {query}");
            assert_eq!(show(&truth.reads), *reads, "{major}: reads of {query}");
            assert_eq!(show(&truth.predicates), *predicates, "{major}: predicates of {query}");
            assert_eq!(show(&truth.writes), *writes, "{major}: writes of {query}");
        }
    }
}

#[test]
fn the_corpus_is_understood_by_the_server_and_by_the_oracle() {
    let made = rig::corpus::queries(1, 1_500);
    let queries: Vec<&str> =
        rig::corpus::collected().into_iter().chain(made.iter().map(String::as_str)).collect();
    for major in [15, 18] {
        let Ok(install) = ensure(major) else { continue };
        let server = Server::start(&install, Settings::new()).unwrap();
        rig::corpus::load(&server, "corpus", "postgres").unwrap();
        let answers = ask(&server, "corpus", "", &queries).unwrap();
        let mut refused = 0;
        for (query, answer) in queries.iter().zip(&answers) {
            match answer {
                Answer::Known(_) => {}
                Answer::Error(_) => refused += 1,
                Answer::Unreadable(what) => panic!("{major}: {query}\n{what}"),
            }
        }
        println!("PostgreSQL {major}: {} queries, {refused} of them refused", queries.len());
        assert!(queries.len() - refused >= 1_400, "{refused} refused");
    }
}
