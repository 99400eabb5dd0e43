//! What a statement did, as the server counts it: run in a transaction that is rolled back, looked at before and after.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::Stdio;

use crate::house::{DATABASE, House, ROLE};

/// Counts of rows written in this transaction by relation, checksums of all tables and sequences, and whether the
/// transaction writes at all. One line of text each.
const PROBE: &str = r#"
CREATE SCHEMA probe;
CREATE FUNCTION probe.look() RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE r record; sum text;
BEGIN
    RETURN QUERY SELECT 'xid ' || coalesce(pg_current_xact_id_if_assigned()::text, '-');
    RETURN QUERY SELECT 'rows ' || c.oid || ' ' || CASE WHEN n.nspname LIKE 'pg\_temp%' THEN 'pg_temp' ELSE n.nspname END || '.' || c.relname || ' '
        || pg_stat_get_xact_tuples_inserted(c.oid) || '/' || pg_stat_get_xact_tuples_updated(c.oid) || '/' || pg_stat_get_xact_tuples_deleted(c.oid)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 't', 'm') AND n.nspname <> 'pg_toast'
        AND pg_stat_get_xact_tuples_inserted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid) + pg_stat_get_xact_tuples_deleted(c.oid) > 0;
    FOR r IN SELECT n.nspname, c.relname, c.oid, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'm', 'S') AND n.nspname !~ '^(pg_|information_schema|probe)' AND (c.relkind <> 'm' OR c.relispopulated)
    LOOP
        IF r.relkind = 'S' THEN
            EXECUTE format('SELECT last_value::text || is_called FROM %I.%I', r.nspname, r.relname) INTO sum;
            RETURN NEXT 'sequence ' || r.oid || ' ' || r.nspname || '.' || r.relname || ' ' || sum;
        ELSE
            EXECUTE format('SELECT md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '''')) FROM ONLY %I.%I t', r.nspname, r.relname) INTO sum;
            RETURN NEXT 'table ' || r.oid || ' ' || r.nspname || '.' || r.relname || ' ' || sum;
        END IF;
    END LOOP;
    RETURN QUERY SELECT 'catalogue pg_class ' || md5(string_agg(c::text, chr(10) ORDER BY c.oid)) FROM
        (SELECT oid, relname, relnamespace, relowner, relkind, relacl, reloptions, relrowsecurity FROM pg_class WHERE oid > 16383 AND relpersistence <> 't' AND relnamespace <> 'pg_toast'::regnamespace) c;
    RETURN QUERY SELECT 'catalogue pg_proc ' || md5(string_agg(p::text, chr(10) ORDER BY p.oid)) FROM pg_proc p WHERE oid > 16383;
    RETURN QUERY SELECT 'catalogue pg_authid ' || md5(string_agg(a::text, chr(10) ORDER BY a.oid)) FROM pg_authid a;
    RETURN QUERY SELECT 'catalogue pg_db_role_setting ' || md5(coalesce(string_agg(s::text, chr(10) ORDER BY s::text), '')) FROM pg_db_role_setting s;
    RETURN QUERY SELECT 'objects ' || count(*) FROM pg_largeobject_metadata;
END $$;
GRANT USAGE ON SCHEMA probe TO PUBLIC;
"#;

/// What one statement changed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Effect {
    /// Whether it ran to its end.
    pub(crate) ran: bool,
    /// A transaction number was given: something was written, or rows were locked.
    pub(crate) xid: bool,
    /// Tables whose rows were written, by the server's counts.
    pub(crate) tables: BTreeSet<String>,
    /// Tables whose rows read differently.
    pub(crate) contents: BTreeSet<String>,
    /// Catalogues of the server's that were written.
    pub(crate) catalogues: BTreeSet<String>,
    /// Sequences that moved.
    pub(crate) sequences: BTreeSet<String>,
}

/// Runs every text by itself and says what each did.
pub(crate) fn run(house: &House, texts: &[String]) -> Vec<Effect> {
    house.server.sql(DATABASE, PROBE).unwrap();
    let mut script = String::new();
    for (number, text) in texts.iter().enumerate() {
        script.push_str(&format!(
            "\\echo @@ text {number}\nSET SESSION AUTHORIZATION {ROLE};\nSET statement_timeout = '10s'; SET lock_timeout = '1s';\nBEGIN;\n\
             SELECT probe.look();\n\\echo @@ run\n{text}\n;\n\\echo @@ ran\nSET LOCAL ROLE NONE;\nSELECT probe.look();\n\
             \\echo @@ end\nROLLBACK;\nCLOSE ALL;\nDEALLOCATE ALL;\nRESET SESSION AUTHORIZATION;\nRESET ALL;\n"
        ));
    }
    let mut child = house
        .server
        .psql(DATABASE)
        .args(["-q", "-A", "-t"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || pipe.write_all(script.as_bytes()));
        child.wait_with_output().unwrap()
    });
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let effects: Vec<Effect> = told.split("@@ text ").skip(1).map(effect).collect();
    assert_eq!(effects.len(), texts.len(), "a text ended the session");
    effects
}

fn effect(told: &str) -> Effect {
    let (before, rest) = told.split_once("@@ run").unwrap_or((told, ""));
    let after = rest.split_once("@@ ran").map_or("", |(_, after)| after);
    let (before, after) = (lines(before), lines(after));
    let ran = after.get("xid");
    let mut effect = Effect { ran: ran.is_some(), ..Effect::default() };
    if !effect.ran {
        return effect;
    }
    effect.xid = ran.is_some_and(|(_, xid)| xid != "-");
    for key in before.keys().chain(after.keys()) {
        let (old, new) = (before.get(key), after.get(key));
        if old.map(|(_, value)| value) == new.map(|(_, value)| value) {
            continue;
        }
        // A relation that was renamed is the one that it was.
        let name = old.or(new).map(|(name, _)| name.clone()).unwrap_or_default();
        match key.split(' ').next() {
            Some("rows") if name.starts_with("pg_catalog.") => effect.catalogues.insert(name),
            Some("rows") => effect.tables.insert(name),
            Some("table") => effect.contents.insert(name),
            Some("sequence") => effect.sequences.insert(name),
            Some("catalogue") => effect.catalogues.insert(format!("pg_catalog.{name}")),
            Some("objects") => effect.catalogues.insert("pg_catalog.pg_largeobject_metadata".into()),
            _ => false,
        };
    }
    effect
}

/// The probe's lines: kind and OID, and for these the name and the value.
fn lines(told: &str) -> BTreeMap<String, (String, String)> {
    let with_oid = ["rows ", "table ", "sequence "];
    let without = ["xid ", "catalogue ", "objects "];
    let mut lines = BTreeMap::new();
    for line in told.lines() {
        let Some((begin, value)) = line.rsplit_once(' ') else { continue };
        if with_oid.iter().any(|known| line.starts_with(known)) {
            let mut words = begin.splitn(3, ' ');
            let key = words.by_ref().take(2).collect::<Vec<_>>().join(" ");
            lines.insert(key, (words.next().unwrap_or_default().to_owned(), value.to_owned()));
        } else if without.iter().any(|known| line.starts_with(known)) {
            let name = begin.split(' ').nth(1).unwrap_or_default();
            lines.insert(begin.to_owned(), (name.to_owned(), value.to_owned()));
        }
    }
    lines
}
