//! Calls that do not look like calls: fields that are functions, casts that are written nowhere.

use super::*;
use crate::catalogue::Catalogue;

/// Functions that delete, and what leads to them.
const OWN: &str = "\
schema x
table x.gone(id int4)
table x.t(id int4 pk, b int4)
function x.wipet(r x.t) returns int4 volatile plpgsql as BEGIN DELETE FROM x.gone; RETURN 1; END
function x.one(v x.t) returns int4 volatile sql as SELECT v.wipet
function x.two(v x.t) returns int4 volatile sql as SELECT $1.wipet
function x.three(v x.t) returns int4 volatile sql as SELECT ($1).wipet
function x.four(v x.t) returns int4 volatile plpgsql as BEGIN RETURN (v).wipet; END
function x.five(v x.t) returns int4 volatile sql as SELECT v.b
table x.p(a int4)
table x.hp(c x.p, i int4)
function x.i2p(n int4) returns x.p volatile plpgsql as BEGIN DELETE FROM x.gone; RETURN NULL; END
function x.same(l x.p, r x.p) returns bool immutable sql as SELECT true
function x.loud(l x.hp, r x.hp) returns bool volatile plpgsql as BEGIN DELETE FROM x.gone; RETURN true; END
function x.takep(v x.p) returns int4 immutable sql as SELECT 1
function x.takea(v x.p[]) returns int4 immutable sql as SELECT 1
function x.taket(v text) returns int4 immutable sql as SELECT 1
function x.gives() returns x.p volatile sql as SELECT 1
function x.plain() returns int4 volatile sql as SELECT 1
table x.c(c x.hp)
table x.d(c x.hp)
table x.g(id int4)
table x.def(c x.p default 1, i int4)
function x.seen(n int4) returns bool volatile plpgsql as BEGIN DELETE FROM x.gone; RETURN true; END
domain x.dom int4
table x.dt(a x.dom)
domain x.seendom int4 checks x.seen
table x.da(id int4, a x.seendom[], d x.seendom)
enum x.en
enum x.en2
enum x.en3
table x.o(id int4, e x.en, e2 x.en2, e3 x.en3, many int4[])
function x.e2i(e x.en) returns int4 volatile plpgsql as BEGIN DELETE FROM x.gone; RETURN 1; END
function x.e2b(e x.en2) returns bool volatile plpgsql as BEGIN DELETE FROM x.gone; RETURN true; END
";

/// What no line of a sketch says: casts, operators, row-level security, what runs unseen.
fn own() -> &'static Catalogue {
    static ONE: OnceLock<Catalogue> = OnceLock::new();
    ONE.get_or_init(|| {
        let sketch = builtin(18).with_tables(OWN).expect("the objects can be read");
        let view = View::default();
        let kind = |name: &str| sketch.type_named(&view, Some("x"), name).expect("a type").oid;
        let function = |name: &str| sketch.functions(&view, Some("x"), name)[0].oid;
        let schema = sketch.schema_oid("x").expect("a schema");
        let guarded = sketch.relation_exactly("x", "g").expect("a table").oid;
        let (p, hp, cast, seen) = (kind("p"), kind("hp"), function("i2p"), function("seen"));
        let mut lines: Vec<String> = Vec::new();
        for line in sketch.to_text().lines() {
            let mut fields: Vec<&str> = line.split('\t').collect();
            if fields[0] == "relation" && fields[1] == guarded.to_string() {
                fields[6] = "t";
            }
            lines.push(fields.join("\t"));
        }
        let end = lines.pop().expect("an end");
        let dom = kind("dom");
        lines.push(format!("cast\t23\t{p}\t{cast}"));
        lines.push(format!("operator\t900000\t{schema}\t===\t{p}\t{p}\t{}", function("same")));
        lines.push(format!("operator\t900001\t{schema}\t=\t{hp}\t{hp}\t{}", function("loud")));
        lines.push(format!("runs\t{guarded}\t{seen}\tc"));
        lines.push(format!("domain\t{dom}\t{seen}"));
        lines.push(end);
        Catalogue::from_text(&(lines.join("\n") + "\n")).expect("the text can be read")
    })
}

fn risks_own(sql: &str) -> bool {
    let analysis = crate::analyze(sql.as_bytes(), own(), &on_path());
    let facts = &analysis.statements.first().expect("there is a statement").facts;
    facts.risks.iter().any(|risk| risk.kind == RiskKind::UserFunction)
}

fn on_path() -> View {
    View { path: Some(std::sync::Arc::from(["x".into(), "pg_catalog".into()])), ..View::default() }
}

/// The same, with casts of enums to types of the server's own.
fn casting() -> Catalogue {
    let view = View::default();
    let kind = |name: &str| own().type_named(&view, Some("x"), name).expect("a type").oid;
    let function = |name: &str| own().functions(&view, Some("x"), name)[0].oid;
    let casts = format!(
        "cast\t{}\t23\t{}\ncast\t{}\t16\t{}\nend",
        kind("en"),
        function("e2i"),
        kind("en2"),
        function("e2b")
    );
    Catalogue::from_text(&own().to_text().replace("\nend", &format!("\n{casts}"))).expect("a text")
}

/// Whether a statement empties `x.gone`, or nobody can tell what it does.
fn wipes(sql: &str) -> bool {
    wipes_in(own(), sql)
}

fn wipes_in(catalogue: &Catalogue, sql: &str) -> bool {
    let analysis = crate::analyze(sql.as_bytes(), catalogue, &on_path());
    let facts = &analysis.statements.first().expect("there is a statement").facts;
    assert!(facts.opaque.is_empty(), "{sql}: {:?}", facts.opaque);
    facts
        .accesses
        .iter()
        .any(|access| &*access.object.name == "gone" && access.verb != model::facts::Verb::Select)
}

#[test]
fn a_field_of_an_unknown_value_may_be_a_call() {
    for call in [
        "SELECT (array_agg(t))[1].wipet FROM t",
        "SELECT (ARRAY[t])[1].wipet FROM t",
        "SELECT (f).wipet FROM unnest(ARRAY(SELECT t FROM t)) f",
        "SELECT (SELECT t FROM t LIMIT 1).wipet",
        "SELECT (coalesce(t, t)).wipet FROM t",
        "SELECT (CASE WHEN true THEN t END).wipet FROM t",
        "SELECT one(t) FROM t",
        "SELECT two(t) FROM t",
        "SELECT three(t) FROM t",
        "SELECT four(t) FROM t",
    ] {
        assert!(wipes(call), "{call}");
    }
    for field in [
        "SELECT (array_agg(t))[1].b FROM t",
        "SELECT (ARRAY[t])[1].b FROM t",
        "SELECT (f).b FROM unnest(ARRAY(SELECT t FROM t)) f",
        "SELECT five(t) FROM t",
    ] {
        assert!(!wipes(field), "{field}");
    }
}

#[test]
fn reading_under_policies_runs_them() {
    for read in [
        "SELECT id FROM g",
        "UPDATE g SET id = 1 WHERE id = 2",
        "DELETE FROM g WHERE id = 2",
        "COPY g TO STDOUT",
    ] {
        assert!(wipes(read), "{read}");
    }
    assert!(!wipes("SELECT b FROM t"));
}

#[test]
fn the_server_casts_where_it_asks_for_a_type() {
    let casting = casting();
    for cast in [
        "SELECT (ARRAY[1, 2])[e] FROM o",
        "SELECT (ARRAY[1, 2])[1:e] FROM o",
        "SELECT (ARRAY[1, 2])['a'::x.en]",
        "UPDATE o SET many['a'::x.en] = 1 WHERE id = 1",
        "SELECT sum(id) OVER (ORDER BY id RANGE 'a'::x.en PRECEDING) FROM o",
        "SELECT sum(id) OVER (ROWS BETWEEN e PRECEDING AND CURRENT ROW) FROM o",
        "SELECT JSON_VALUE('1', '$.y' RETURNING int DEFAULT 'a'::x.en ON EMPTY)",
        "SELECT * FROM JSON_TABLE('1', '$' COLUMNS (y int PATH '$.y' DEFAULT 'a'::x.en ON ERROR)) j",
        "SELECT ARRAY[ARRAY['a'::x.en], ARRAY[1]]",
        "SELECT CASE WHEN true THEN e ELSE id END FROM o",
        "SELECT coalesce(e, id) FROM o",
        "SELECT greatest(e, id) FROM o",
        "SELECT e FROM o UNION SELECT 1",
        "VALUES ('a'::x.en), (1)",
        "SELECT 1 FROM o WHERE e2",
        "SELECT 1 FROM o WHERE NOT e2",
        "SELECT e2 IS TRUE FROM o",
        "SELECT CASE WHEN e2 THEN 1 END FROM o",
    ] {
        assert!(wipes_in(&casting, cast), "{cast}");
    }
    for plain in [
        "SELECT (ARRAY[1, 2])[1:2], (ARRAY[e3])[id], e3 FROM o",
        "SELECT (ARRAY[1, 2])[$1]",
        "SELECT sum(id) OVER (ORDER BY id RANGE 1 PRECEDING) FROM o",
        "SELECT JSON_VALUE('1', '$.y' RETURNING int DEFAULT 1 ON EMPTY)",
        "SELECT ARRAY[ARRAY[1], ARRAY[2]], ARRAY[e3, 'a'], coalesce(e3, 'a'), CASE WHEN true THEN e3 END FROM o",
        "SELECT e3 FROM o UNION SELECT e3 FROM o",
        "VALUES ('a'::x.en3), ('b')",
        "SELECT 1 FROM o WHERE id = 1 AND NOT id = 2",
    ] {
        assert!(!wipes_in(&casting, plain), "{plain}");
    }
}

#[test]
fn what_has_no_type_yet_takes_that_of_what_stands_beside_it() {
    for adopted in [
        "SELECT 1 FROM da WHERE a <> $1",
        "SELECT 1 FROM da WHERE a @> '{1}'",
        "SELECT 1 FROM da WHERE a IN ('{1}', $1)",
        "SELECT lag(d, 1, '3') OVER () FROM da",
        "SELECT array_append(a, '3') FROM da",
        "SELECT array_position(a, '3') FROM da",
        "SELECT a || '3' || '{4}' FROM da",
        "SELECT coalesce(a, '{3}') FROM da",
        "SELECT greatest(a, $1) FROM da",
        "SELECT ARRAY[a, '{3}'] FROM da",
        "SELECT CASE WHEN true THEN '{3}' ELSE a END FROM da",
        "SELECT CASE a WHEN '{3}' THEN 1 END FROM da",
        "SELECT a FROM da UNION SELECT '{3}'",
    ] {
        assert!(wipes(adopted), "{adopted}");
    }
    for plain in [
        "SELECT 1 FROM da WHERE d <> $1",
        "SELECT coalesce(d, 3), a FROM da WHERE id <> $1",
        "SELECT array_length(a, 1), lag(id, 1, '3') OVER (), a <> a FROM da",
        "SELECT a FROM da UNION SELECT a FROM da",
    ] {
        assert!(!wipes(plain), "{plain}");
    }
}

#[test]
fn a_cast_by_a_function_is_a_call_of_it() {
    let casting = casting();
    let facts = |sql: &str| {
        let analysis = crate::analyze(sql.as_bytes(), &casting, &on_path());
        Facts::clone(&analysis.statements[0].facts)
    };
    for sql in [
        "SELECT e::int4 FROM o",
        "SELECT CAST(e AS int4) FROM o",
        "SELECT (ARRAY[1])[e] FROM o",
        "SELECT abs(e) FROM o",
    ] {
        let facts = facts(sql);
        assert!(facts.calls.iter().any(|call| call.name.starts_with("e2i")), "{sql}: {:?}", facts.lines());
        assert!(facts.risks.iter().any(|risk| risk.kind == RiskKind::UserFunction), "{sql}");
        let of_o = facts.accesses.iter().find(|access| access.object.full_name() == "x.o");
        assert!(of_o.is_some_and(|access| access.columns.partial.iter().any(|name| &**name == "e")), "{sql}");
    }
    assert!(facts("SELECT e3::text FROM o").calls.is_empty());
}

#[test]
fn casts_that_are_written_nowhere_run() {
    for cast in [
        "SELECT ('5').dom",
        "SELECT (i).dom FROM hp",
        "SELECT takep(1)",
        "SELECT takep(i) FROM hp",
        "SELECT takea(ARRAY[1])",
        "SELECT ARRAY[1]::x.p[]",
        "SELECT '{1}'::int[]::x.p[]",
        "SELECT c OPERATOR(x.===) i FROM hp",
        "SELECT c OPERATOR(x.===) ANY (ARRAY[1]) FROM hp",
        "SELECT gives()",
        "INSERT INTO hp(c) SELECT b FROM t",
        "INSERT INTO def(i) VALUES (1)",
        "UPDATE hp SET c = i WHERE i = 1",
        "SELECT * FROM c JOIN d USING (c)",
        "SELECT * FROM c NATURAL JOIN d",
        "SELECT json_populate_record((SELECT d FROM dt d LIMIT 1), '{}')",
        "SELECT jsonb_populate_recordset(NULL::x.dt, '[]')",
    ] {
        assert!(wipes(cast), "{cast}");
    }
    assert!(risks_own("SELECT jsonb_populate_record((array_agg(d))[1], '{}') FROM dt d"));
    for none in [
        "SELECT takep(c) FROM hp",
        "SELECT taket('x')",
        "SELECT '(1)'::x.p",
        "SELECT c::text FROM hp",
        "SELECT ('5').int4",
        "SELECT plain()",
        "SELECT i + 1 FROM hp WHERE i = 5",
        "SELECT * FROM t a JOIN t b USING (id)",
        "SELECT json_populate_record(NULL::x.t, '{}')",
    ] {
        assert!(!wipes(none) && !risks_own(none), "{none}");
    }
}
