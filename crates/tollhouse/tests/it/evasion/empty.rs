//! Emptying a table without saying `DELETE FROM t`, and what only looks like it.

use super::fixture::Guarded;
use super::run::{Way, error};

/// Ways to empty `customers`, each as the texts of one session; the last one is what would empty it.
const WAYS: [&[&str]; 24] = [
    &["TRUNCATE customers CASCADE"],
    &["TRUNCATE TABLE ONLY public.customers CASCADE"],
    &["WITH x AS (DELETE FROM customers RETURNING 1) SELECT count(*) FROM x"],
    &["WITH x AS MATERIALIZED (DELETE FROM public.customers RETURNING *) TABLE x"],
    &["MERGE INTO customers c USING customers d ON c.id = d.id WHEN MATCHED THEN DELETE"],
    &["DELETE FROM customers c USING customers d WHERE c.id = d.id"],
    &["DELETE FROM v_customers"],
    &["DELETE FROM ONLY customers WHERE EXISTS (SELECT 1)"],
    &["PREPARE d AS DELETE FROM customers", "EXECUTE d"],
    &["EXPLAIN ANALYZE DELETE FROM customers"],
    &["EXPLAIN (ANALYZE true, COSTS off) DELETE FROM customers"],
    &["COPY (DELETE FROM customers RETURNING id) TO STDOUT"],
    &["DO $$ BEGIN DELETE FROM customers; END $$"],
    &["DO $$ BEGIN EXECUTE 'DELETE FROM ' || 'customers'; END $$"],
    &["SELECT wipe()"],
    &["SELECT * FROM wipe_too()"],
    &["SELECT run('DELETE FROM customers')"],
    &["CALL wipe_all()"],
    &["INSERT INTO bait VALUES ('rule')"],
    &["SELECT query_to_xml('delete from customers returning 1', true, true, '')"],
    &["SELECT 'a' #% 'b'"],
    &["DROP TABLE customers CASCADE"],
    &["ALTER TABLE customers RENAME TO gone"],
    &["CREATE RULE wiping AS ON UPDATE TO actions DO ALSO DELETE FROM customers"],
];

/// Harmless texts that name what the others do. An agent may send those of the first list, a human all.
const READING: [&str; 40] = [
    "SELECT 'DROP TABLE customers'",
    "SELECT $$DELETE FROM customers$$",
    "SELECT E'TRUNCATE\\ncustomers'",
    "SELECT 1 -- DELETE FROM customers",
    "/* DROP TABLE customers; */ SELECT 1",
    "/* /* TRUNCATE */ DROP */ SELECT 2",
    "SELECT * FROM actions WHERE action = 'delete'",
    "SELECT * FROM actions WHERE note LIKE 'DROP TABLE%'",
    "SELECT action AS delete FROM actions",
    "SELECT note AS \"DROP TABLE customers\" FROM actions",
    "SELECT \"truncate\" FROM (SELECT id AS \"truncate\" FROM customers) q LIMIT 1",
    "SELECT count(*) AS drop FROM customers",
    "WITH delete AS (SELECT id FROM customers) SELECT count(*) FROM delete",
    "WITH drop_list AS (SELECT 'DROP') SELECT * FROM drop_list",
    "SELECT replace('delete from t', 'delete', 'select')",
    "SELECT upper('truncate'), length('drop schema public cascade')",
    "VALUES ('DELETE'), ('UPDATE'), ('DROP')",
    "SELECT id FROM customers WHERE full_name = 'Robert''); DROP TABLE customers;--'",
    "EXPLAIN SELECT * FROM customers",
    "EXPLAIN (COSTS off) SELECT * FROM actions WHERE action = 'delete'",
    "EXPLAIN ANALYZE SELECT count(*) FROM customers",
    "EXPLAIN SELECT 'DELETE'",
    "SELECT relname FROM pg_class WHERE relname ~ 'drop|delete|truncate'",
    "SELECT has_table_privilege('customers', 'DELETE')",
    "SELECT has_table_privilege('customers', 'TRUNCATE')",
    "SELECT pg_get_functiondef('wipe'::regproc)",
    "SELECT prosrc FROM pg_proc WHERE proname = 'wipe'",
    "SELECT * FROM information_schema.role_table_grants WHERE privilege_type = 'DELETE' LIMIT 3",
    "SELECT CASE WHEN id = 1 THEN 'drop' ELSE 'keep' END FROM customers",
    "SELECT to_jsonb('DROP TABLE x'::text)",
    "SELECT 1 AS alter, 2 AS update, 3 AS grant",
    "SELECT string_agg(action, ' FROM ') FROM actions",
    "SELECT id FROM customers ORDER BY id LIMIT 1 /* DELETE */",
    "SELECT format('DROP TABLE %I', 'customers')",
    "SELECT quote_ident('drop table')",
    "SHOW search_path",
    "SELECT current_setting('search_path') AS truncate",
    "SELECT date_trunc('day', now()), trunc(1.5)",
    "SELECT * FROM customers WHERE notes = 'UPDATE customers SET x' AND id = 1",
    "COPY (SELECT 'DELETE FROM customers') TO STDOUT",
];
const WRITING: [&str; 14] = [
    "DELETE FROM actions WHERE action = 'delete' AND id = 4",
    "UPDATE actions SET note = 'TRUNCATE' WHERE id = 1",
    "UPDATE actions SET action = 'drop table' WHERE id IN (2, 3)",
    "INSERT INTO actions VALUES (100, 'delete', 'DELETE FROM customers')",
    "INSERT INTO actions SELECT 101, 'truncate', 'x'",
    "SELECT * FROM customers WHERE id = 1 FOR UPDATE",
    "SELECT id FROM customers WHERE id = 2 FOR NO KEY UPDATE SKIP LOCKED",
    "CREATE TEMP TABLE mine (a int); INSERT INTO mine VALUES (1); DELETE FROM mine; DROP TABLE mine",
    "CREATE TEMP TABLE mine AS SELECT 1 AS a; TRUNCATE mine",
    "CREATE TEMP TABLE customers (a int); DELETE FROM pg_temp.customers",
    "CREATE TEMP TABLE mine (a int); UPDATE mine SET a = 2; DROP TABLE pg_temp.mine",
    "WITH d AS (DELETE FROM actions WHERE id = 5 RETURNING 1) SELECT count(*) FROM d",
    "DELETE FROM customers WHERE id = 199",
    "MERGE INTO actions a USING (SELECT 1 AS k) q ON a.id = q.k WHEN MATCHED THEN UPDATE SET note = 'merged'",
];

#[test]
fn an_agent_empties_no_table_in_production() {
    let mut findings = Vec::new();
    for guarded in Guarded::each() {
        for way in Way::ALL {
            for texts in WAYS {
                let before = guarded.look();
                let mut client = guarded.session("agent");
                let answers: Vec<_> = texts.iter().map(|text| way.send(&mut client, text)).collect();
                let refused =
                    answers.iter().any(|answer| error(answer).is_some_and(|report| report.is_refusal()));
                let alive = client.line("SELECT 1");
                client.bye();
                let what = if guarded.look() != before {
                    "changed something"
                } else if !refused {
                    "was not refused"
                } else if alive != "T D(1) C(SELECT 1) Z(I)" {
                    "ended the session"
                } else {
                    continue;
                };
                findings.push(format!("{} {way:?} {what}: {texts:?}", guarded.major()));
            }
        }
    }
    assert!(findings.is_empty(), "{} findings\n{}", findings.len(), findings.join("\n"));
}

#[test]
fn what_only_looks_like_it_passes() {
    assert!(READING.len() + WRITING.len() >= 50);
    let mut findings = Vec::new();
    for guarded in Guarded::each() {
        for way in Way::ALL {
            let mut agent = guarded.session("agent");
            for text in READING {
                if let Some(report) = error(&way.send(&mut agent, text)) {
                    findings.push(format!("{} agent {way:?} {report:?}\n    {text}", guarded.major()));
                }
            }
            agent.bye();
            for text in READING.iter().chain(&WRITING) {
                let mut human = guarded.session("human");
                human.query("BEGIN");
                let answer = way.send(&mut human, text);
                // Several statements are no text for the extended protocol, with or without a gate.
                let several = way == Way::Extended && error(&answer).is_some_and(|e| e.code == "42601");
                if let Some(report) = error(&answer).filter(|_| !several) {
                    findings.push(format!("{} human {way:?} {report:?}\n    {text}", guarded.major()));
                }
                human.query("ROLLBACK");
                human.bye();
            }
        }
    }
    assert!(findings.is_empty(), "{} findings\n{}", findings.len(), findings.join("\n"));
}
