//! Statements made from patterns: each with each table of the corpus.

use super::scope::{Kind, TABLES, Table};

/// `{t}` a table, `{a}` its first column, `{n}` a number of its, `{s}` a text of its (or the first column).
const PATTERNS: &[&str] = &[
    "DELETE FROM {t}",
    "DELETE FROM {t} WHERE {n} = 1",
    "DELETE FROM {t} WHERE true",
    "DELETE FROM ONLY {t} WHERE {n} IS NOT NULL",
    "DELETE FROM {t} x USING {t} y WHERE x.{a} = y.{a}",
    "DELETE FROM {t} WHERE {n} IN (SELECT {n} FROM {t})",
    "DELETE FROM {t} WHERE EXISTS (SELECT 1 FROM customers WHERE id = {n}) RETURNING {a}",
    "WITH d AS (DELETE FROM {t} WHERE {n} = 2 RETURNING *) SELECT count(*) FROM d",
    "WITH d AS MATERIALIZED (DELETE FROM {t} RETURNING {a}) INSERT INTO l (n) SELECT 1 FROM d",
    "WITH RECURSIVE r AS (SELECT 1 AS a), d AS (DELETE FROM {t} WHERE {n} IN (SELECT a FROM r)) SELECT * FROM r",
    "UPDATE {t} SET {n} = {n}",
    "UPDATE {t} SET {n} = {n} WHERE {n} > 3",
    "UPDATE {t} AS x SET {n} = y.{n} FROM {t} y WHERE x.{a} = y.{a} RETURNING x.*",
    "UPDATE {t} SET ({n}) = ROW ({n} + 0) WHERE {n} < 0",
    "UPDATE {t} SET {n} = (SELECT max(id) FROM staff) WHERE false",
    "WITH u AS (UPDATE {t} SET {n} = {n} RETURNING {n}) SELECT sum({n}) FROM u",
    "INSERT INTO {t} SELECT * FROM {t} WHERE false",
    "INSERT INTO {t} SELECT * FROM {t} ON CONFLICT DO NOTHING",
    "INSERT INTO {t} TABLE {t} ON CONFLICT DO NOTHING RETURNING {a}",
    "MERGE INTO {t} x USING (SELECT 1 AS k) q ON x.{n} = q.k WHEN MATCHED THEN DELETE",
    "MERGE INTO {t} x USING staff q ON x.{n} = q.id WHEN MATCHED AND q.id = 2 THEN UPDATE SET {n} = x.{n} WHEN MATCHED THEN DO NOTHING",
    "TRUNCATE {t}",
    "TRUNCATE TABLE ONLY {t} CASCADE",
    "TRUNCATE {t} RESTART IDENTITY CASCADE",
    "COPY {t} TO STDOUT",
    "COPY {t} ({a}) TO STDOUT (FORMAT csv)",
    "COPY (SELECT {a} FROM {t} ORDER BY 1 LIMIT 2) TO STDOUT",
    "COPY (DELETE FROM {t} WHERE {n} = 1 RETURNING {a}) TO STDOUT",
    "EXPLAIN SELECT * FROM {t}",
    "EXPLAIN ANALYZE SELECT {a} FROM {t} WHERE {n} = 1",
    "EXPLAIN DELETE FROM {t}",
    "EXPLAIN ANALYZE DELETE FROM {t} WHERE {n} = 1",
    "EXPLAIN (ANALYZE, VERBOSE) WITH d AS (DELETE FROM {t} RETURNING {a}) SELECT * FROM d",
    "PREPARE p AS DELETE FROM {t} WHERE {n} = $1; EXECUTE p (1)",
    "PREPARE p AS SELECT {a} FROM {t}; EXECUTE p",
    "DECLARE c CURSOR FOR SELECT {a} FROM {t}; FETCH 2 FROM c; CLOSE c",
    "DECLARE c CURSOR FOR SELECT * FROM {t} FOR UPDATE; FETCH 1 FROM c; UPDATE {t} SET {n} = {n} WHERE CURRENT OF c",
    "SELECT {a}, {n} FROM {t} FOR UPDATE",
    "SELECT {n} FROM {t} FOR SHARE SKIP LOCKED",
    "SELECT * FROM {t} /* DELETE FROM {t} */ WHERE {n} = 4 -- DROP TABLE {t}",
    "SELECT 'DELETE FROM {t}' AS a, \"{n}\" FROM {t}",
    "SELECT max({n}), min({n}) FROM {t} GROUP BY {a} HAVING count(*) > 1",
    "TABLE {t}",
    "LOCK TABLE {t}",
    "LOCK {t} IN ROW SHARE MODE",
    "ANALYZE {t}",
    "CREATE TABLE copy_of AS SELECT * FROM {t}",
    "CREATE TEMP TABLE copy_of AS TABLE {t}; DELETE FROM copy_of",
    "CREATE TABLE copy_of (LIKE {t} INCLUDING ALL); INSERT INTO copy_of SELECT * FROM {t} LIMIT 1; TRUNCATE copy_of",
    "SELECT {a} INTO copy_of FROM {t}",
    "CREATE VIEW of_it AS SELECT {a}, {n} FROM {t}; SELECT * FROM of_it",
    "CREATE VIEW of_it AS SELECT * FROM {t}; DELETE FROM of_it WHERE {n} = 1",
    "CREATE MATERIALIZED VIEW of_it AS SELECT {a} FROM {t}; REFRESH MATERIALIZED VIEW of_it",
    "CREATE INDEX ON {t} ({a}, {n})",
    "CREATE UNIQUE INDEX odd ON {t} (({n} + 1)) WHERE {n} < 0",
    "CREATE STATISTICS odd ON {a}, {n} FROM {t}",
    "ALTER TABLE {t} ADD COLUMN odd int DEFAULT 4",
    "ALTER TABLE {t} ADD COLUMN odd uuid DEFAULT gen_random_uuid()",
    "ALTER TABLE {t} DROP COLUMN {a} CASCADE",
    "ALTER TABLE {t} ALTER COLUMN {n} TYPE numeric USING 0",
    "ALTER TABLE {t} ALTER COLUMN {n} SET DEFAULT 1",
    "ALTER TABLE {t} RENAME COLUMN {n} TO odd",
    "ALTER TABLE {t} RENAME TO odd",
    "ALTER TABLE {t} ADD CHECK ({n} IS NOT NULL) NOT VALID",
    "ALTER TABLE {t} ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE {t} SET LOGGED",
    "COMMENT ON TABLE {t} IS 'DROP TABLE {t}'",
    "COMMENT ON COLUMN {t}.{a} IS 'x'",
    "GRANT SELECT, DELETE ON {t} TO other",
    "REVOKE SELECT ON {t} FROM other",
    "GRANT UPDATE ({n}) ON {t} TO PUBLIC",
    "CREATE RULE odd AS ON DELETE TO {t} DO INSTEAD NOTHING; DELETE FROM {t}",
    "CREATE TRIGGER odd BEFORE DELETE ON {t} FOR EACH ROW EXECUTE FUNCTION note_price()",
    "CREATE POLICY odd ON {t} FOR SELECT USING ({n} = 1)",
    "DROP TABLE {t}",
    "DROP TABLE IF EXISTS {t} CASCADE",
    "DROP TABLE {t}; CREATE TABLE {t} (x int); INSERT INTO {t} VALUES (1)",
    "SAVEPOINT one; DELETE FROM {t}; ROLLBACK TO one; SELECT count(*) FROM {t}",
    "DO $$ BEGIN DELETE FROM {t}; END $$",
    "DO $$ BEGIN PERFORM 1 FROM {t}; END $$",
    "SELECT query_to_xml('select * from {t}', true, true, '')",
    "SELECT run('DELETE FROM {t}')",
    "SELECT bump({n}::int) FROM {t}",
    "SELECT plus_one({n}::int), twice({s}::text) FROM {t}",
    "SELECT nextval('sq'), {a} FROM {t}",
    "SELECT {a} FROM {t} WHERE {n} = (SELECT bump(1))",
];

/// Every pattern with every table.
#[must_use]
pub fn patterned() -> Vec<String> {
    TABLES.iter().flat_map(|table| PATTERNS.iter().map(|pattern| fill(pattern, table))).collect()
}

fn fill(pattern: &str, table: &Table) -> String {
    let of = |wanted: &[Kind]| {
        let found = table.columns.iter().rfind(|(_, kind)| wanted.contains(kind));
        found.or(table.columns.first()).map_or("", |(name, _)| name)
    };
    let first = table.columns.first().map_or("", |(name, _)| name);
    pattern
        .replace("{t}", table.name)
        .replace("{a}", first)
        .replace("{n}", of(&[Kind::Int, Kind::Num]))
        .replace("{s}", of(&[Kind::Text]))
}
