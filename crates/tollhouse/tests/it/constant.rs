//! What a full mask shows of each type that PostgreSQL ships is a value of that type: the server itself reads it, in text and
//! in binary, on each version.

use std::sync::Arc;

use mask::cover::{Cover, Format, Key, Kit, Mask, Shown, TypeOf};
use mask::scan::Scanner;
use rig::postgres::literal;

use crate::house::servers;

/// Base types, ranges and multiranges, and arrays of them, that a table may have. `character` by itself has one letter.
const TYPES: &str = "SELECT oid::int, format_type(oid, NULL) FROM pg_type
    WHERE oid < 12000 AND typtype IN ('b', 'r', 'm') AND typname NOT LIKE 'pg\\_%' AND typname NOT LIKE '\\_pg\\_%'
    AND typname NOT IN ('bpchar', '_bpchar', 'gtsvector', '_gtsvector', 'aclitem', '_aclitem', 'unknown', 'refcursor', '_refcursor', 'cid', '_cid')
    AND format_type(oid, NULL) NOT LIKE '%record%' AND format_type(oid, NULL) NOT LIKE '%cstring%'";

fn shown(oid: u32, format: Format, kit: &Arc<Kit>) -> Option<Vec<u8>> {
    let of = TypeOf::built_in(oid, -1)?;
    let cover = Cover::new(&Mask::Full, None, &of, format, kit);
    let mut out = Vec::new();
    // A value that nobody can read: the constant stands for any.
    (cover.cell(b"", &mut out) == Shown::Cell).then_some(out)
}

#[test]
fn the_server_reads_what_a_full_mask_shows() {
    let kit = Arc::new(Kit::new(Key::new([7; 32]), Scanner::new()));
    let mut findings = Vec::new();
    let mut read = 0;
    // Some servers are built without a library that a type needs.
    let is_built = |error: &rig::Error| !error.to_string().contains("unsupported XML feature");
    for shared in servers() {
        let database = shared.database();
        let listed = shared.server.sql(&database, TYPES).unwrap();
        let types: Vec<(u32, String)> = listed
            .into_iter()
            .map(|row| (row[0].as_ref().unwrap().parse().unwrap(), row[1].clone().unwrap()))
            .collect();
        assert!(types.len() > 100, "{} types", types.len());
        let file = std::env::temp_dir().join(format!("tollhouse-constant-{database}"));
        let path = file.display();
        for (oid, name) in types {
            if let Some(text) = shown(oid, Format::Text, &kit) {
                let text = String::from_utf8(text).unwrap();
                let asked = format!("SELECT {}::{name} IS NOT NULL", literal(&text));
                match shared.server.sql(&database, &asked) {
                    Ok(answer) if answer == [[Some("t".to_owned())]] => read += 1,
                    Err(error) if !is_built(&error) => {}
                    other => findings.push(format!("{name}: text `{text}`: {other:?}")),
                }
            }
            if let Some(bytes) = shown(oid, Format::Binary, &kit) {
                // A COPY in binary of one row with one field.
                let mut rows = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0\0\x01".to_vec();
                rows.extend_from_slice(&i32::try_from(bytes.len()).unwrap().to_be_bytes());
                rows.extend_from_slice(&bytes);
                rows.extend_from_slice(&(-1_i16).to_be_bytes());
                let hex: String = rows.iter().map(|byte| format!("{byte:02x}")).collect();
                let asked = format!(
                    "CREATE TEMP TABLE t (v {name}); \
                     CREATE TEMP TABLE f AS SELECT lo_from_bytea(0, '\\x{hex}') AS o; \
                     SELECT lo_export(o, '{path}') FROM f; \
                     COPY t FROM '{path}' (FORMAT binary); SELECT count(v) FROM t"
                );
                match shared.server.sql(&database, &asked) {
                    Ok(answer) if answer == [[Some("1\n1".to_owned())]] => read += 1,
                    Err(error) if !is_built(&error) => {}
                    other => findings.push(format!("{name}: binary {bytes:02x?}: {other:?}")),
                }
            }
        }
        let _ = std::fs::remove_file(&file);
    }
    assert!(findings.is_empty(), "{} findings\n{}", findings.len(), findings.join("\n"));
    assert!(read > 200, "{read} constants");
}
