//! What a server is asked to tell columns by: the statistics that it keeps anyway, and where it has none a few rows. Every
//! question is bounded, reads only, and can be answered by whoever may read the table. It builds texts; it asks nobody.

use std::fmt::Write;

use sql::catalogue::{Catalogue, Column, Relation};

/// Values of one column that are looked at: enough to tell a class from its look-alikes.
pub(super) const VALUES_MAX: u32 = 100;

/// The most letters of a value that are looked at: longer ones are free text whatever follows.
const LETTERS_MAX: u32 = 256;

/// JSON that is cut off cannot be read: longer documents are passed over.
const JSON_BYTES_MAX: u32 = 8_192;

/// The server may take this long for one table's rows, in milliseconds, and half as long waiting for its lock: somebody
/// who changes the table waits no longer than that.
const TABLE_TIME_OUT_MS: u32 = 200;

/// The same for a look at the statistics of many tables.
const STATISTICS_TIME_OUT_MS: u32 = 5_000;

/// A table with more rows is sampled all over its pages, so that the oldest rows do not speak for all.
const SCATTER_ROWS: u64 = 10_000;

/// Asks which server this is, for as long as its data live, and which of its databases.
pub(super) const OF_SERVER: &str = "COPY (SELECT s.system_identifier, d.oid FROM pg_catalog.pg_control_system() s, \
pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()) TO STDOUT";

/// The same where the server does not tell which it is.
pub(super) const OF_DATABASE: &str = "COPY (SELECT d.oid FROM pg_catalog.pg_database d \
WHERE d.datname = pg_catalog.current_database()) TO STDOUT";

/// Types whose values can tell a class, and whose output runs nobody's code.
const TELLING: [u32; 29] = [
    18, 19, 20, 21, 23, 25, 114, 142, 600, 650, 700, 701, 774, 829, 869, 1002, 1009, 1014, 1015, 1042, 1043,
    1082, 1114, 1184, 1231, 1700, 2950, 3802, 3807,
];

/// `json` and `jsonb`.
const JSON: [u32; 2] = [114, 3802];

/// What a column's values are, once domains are taken off.
pub(super) fn base_type(catalogue: &Catalogue, column: &Column) -> u32 {
    let mut oid = column.type_oid;
    // A domain over a domain ends somewhere; a snapshot that says otherwise does not hold us up.
    for _ in 0..16 {
        match catalogue.type_by_oid(oid).map_or(0, |one| one.base) {
            0 => break,
            base => oid = base,
        }
    }
    oid
}

/// Whether a column's values are looked at.
pub(super) fn is_telling(catalogue: &Catalogue, column: &Column) -> bool {
    let base = base_type(catalogue, column);
    // Of a generated column those that it is made of tell, and computing one may run somebody's code.
    !column.generated && (TELLING.contains(&base) || is_text_without_case(catalogue, base))
}

/// The extension's type, which is not built in and is text all the same.
fn is_text_without_case(catalogue: &Catalogue, oid: u32) -> bool {
    catalogue.type_by_oid(oid).is_some_and(|one| &*one.name == "citext" && one.kind == b'b')
}

/// Asks what else is known of these tables: comments, lengths, what the role may read, and what statistics say.
pub(super) fn of_statistics(tables: &[u32]) -> String {
    let oids: Vec<String> = tables.iter().map(ToString::to_string).collect();
    let oids = oids.join(",");
    format!(
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = {STATISTICS_TIME_OUT_MS}; \
SET LOCAL lock_timeout = '1s'; SET LOCAL jit = off; SET LOCAL search_path = ''; \
COPY (SELECT 'table', c.oid, pg_catalog.has_schema_privilege(c.relnamespace, 'USAGE') \
        AND NOT pg_catalog.row_security_active(c.oid), pg_catalog.obj_description(c.oid, 'pg_class') \
    FROM pg_catalog.pg_class c WHERE c.oid = ANY ('{{{oids}}}'::oid[])) TO STDOUT; \
COPY (SELECT 'column', a.attrelid, a.attnum, pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT'), \
        CASE WHEN a.atttypid IN (1042, 1043) AND a.atttypmod > 4 THEN a.atttypmod - 4 END, \
        pg_catalog.col_description(a.attrelid, a.attnum) \
    FROM pg_catalog.pg_attribute a WHERE a.attrelid = ANY ('{{{oids}}}'::oid[]) AND a.attnum > 0 \
        AND NOT a.attisdropped) TO STDOUT; \
COPY (SELECT 'refers', conrelid, pg_catalog.array_to_string(conkey, ' '), confrelid, \
        pg_catalog.array_to_string(confkey, ' ') FROM pg_catalog.pg_constraint WHERE contype = 'f') TO STDOUT; \
COPY (WITH s AS MATERIALIZED (SELECT c.oid, a.attnum, s.null_frac, s.n_distinct, s.most_common_vals, \
        s.most_common_freqs, s.histogram_bounds, a.atttypid IN (114, 3802) AS is_json \
    FROM pg_catalog.pg_stats s JOIN pg_catalog.pg_namespace n ON n.nspname = s.schemaname \
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename \
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = s.attname \
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid \
    WHERE c.oid = ANY ('{{{oids}}}'::oid[]) AND NOT s.inherited AND t.typdelim = ',' AND t.typtype IN ('b', 'd')) \
    SELECT 'statistics', oid, attnum, null_frac, n_distinct, NULL, NULL FROM s \
    UNION ALL SELECT 'value', oid, attnum, v.share, NULL, v.at, \
        CASE WHEN is_json AND pg_catalog.octet_length(v.value) <= {JSON_BYTES_MAX} THEN v.value \
            ELSE pg_catalog.left(v.value, {LETTERS_MAX}) END \
    FROM s CROSS JOIN LATERAL ( \
        (SELECT u.value, u.share, u.at FROM ROWS FROM (pg_catalog.unnest(s.most_common_vals::text::text[]), \
            pg_catalog.unnest(s.most_common_freqs)) WITH ORDINALITY AS u (value, share, at) LIMIT {half}) \
        UNION ALL (SELECT u.value, NULL, u.at \
            FROM pg_catalog.unnest(s.histogram_bounds::text::text[]) WITH ORDINALITY AS u (value, at) \
            WHERE u.at % 2 = 1 OR s.most_common_vals IS NULL LIMIT {VALUES_MAX})) AS v (value, share, at) \
    ) TO STDOUT; COMMIT",
        half = VALUES_MAX / 2,
    )
}

/// Asks for a few rows of a table: of these columns, in their order.
pub(super) fn of_rows(catalogue: &Catalogue, table: &Relation, columns: &[&Column]) -> String {
    let mut list = String::new();
    for column in columns {
        let name = quoted(&column.name);
        let cell = match JSON.contains(&base_type(catalogue, column)) {
            true => format!(
                "CASE WHEN pg_catalog.pg_column_size({name}) <= {JSON_BYTES_MAX} THEN {name}::pg_catalog.text END"
            ),
            false => format!("pg_catalog.left({name}::pg_catalog.text, {LETTERS_MAX})"),
        };
        let comma = if list.is_empty() { "" } else { ", " };
        let _ = write!(list, "{comma}{cell}");
    }
    let scatter = match table.rows {
        // Ten times what is taken, so that pages with few rows do not leave the sample empty.
        Some(rows) if rows > SCATTER_ROWS => {
            let share = 100 * u64::from(VALUES_MAX) * 10 / rows.max(1);
            format!(
                " TABLESAMPLE SYSTEM ({}.{:04})",
                share,
                (1_000_000 * u64::from(VALUES_MAX) * 10 / rows) % 10_000
            )
        }
        _ => String::new(),
    };
    format!(
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = {TABLE_TIME_OUT_MS}; \
SET LOCAL lock_timeout = {}; SET LOCAL jit = off; SET LOCAL row_security = off; SET LOCAL search_path = ''; \
COPY (SELECT {list} FROM ONLY {}.{}{scatter} LIMIT {VALUES_MAX}) TO STDOUT; COMMIT",
        TABLE_TIME_OUT_MS / 2,
        quoted(&table.schema),
        quoted(&table.name),
    )
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
