//! What writes reach.

use super::*;

#[test]
fn inserts() {
    assert_eq!(
        accesses("INSERT INTO log(msg) SELECT ssn FROM customers"),
        ["select customers read[ssn]", "insert log written[msg]",]
    );
    assert_eq!(accesses("INSERT INTO log VALUES (now())"), ["insert log written[at]"]);
    assert_eq!(
        accesses(
            "INSERT INTO customers(id, email) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET notes = customers.ssn, email = excluded.email"
        ),
        [
            "insert customers read[email,ssn] written[email,id] predicate[id]",
            "update customers written[email,notes]",
        ]
    );
}

#[test]
fn what_was_assigned_comes_back() {
    assert_eq!(
        lineage("UPDATE customers SET notes = ssn WHERE id = 1 RETURNING notes"),
        ["notes < customers.ssn*, customers.notes"]
    );
    assert_eq!(
        lineage("INSERT INTO log(msg) SELECT ssn FROM customers RETURNING msg"),
        ["msg < customers.ssn*, log.msg"]
    );
    assert_eq!(
        lineage("UPDATE customers SET ssn = 'x' WHERE id = 1 RETURNING old.ssn, new.ssn"),
        ["ssn < customers.ssn", "ssn < customers.ssn",]
    );
    assert_eq!(
        lineage("DELETE FROM log WHERE msg = 'x' RETURNING WITH (OLD AS o) o.*"),
        ["at < log.at", "msg < log.msg",]
    );
    assert_eq!(lineage("INSERT INTO log VALUES (now(), 'x')  RETURNING *"), ["at < log.at", "msg < log.msg"]);
}

#[test]
fn updates_and_deletes() {
    assert_eq!(
        accesses("UPDATE customers c SET notes = o.status FROM orders o WHERE o.customer = c.id"),
        ["select orders read[status] predicate[customer]", "update customers written[notes] predicate[id]",]
    );
    assert_eq!(
        accesses(
            "UPDATE customers SET (notes, card) = (SELECT status, 'x' FROM orders LIMIT 1) WHERE id = 1"
        ),
        ["select orders read[status]", "update customers written[card,notes] predicate[id]",]
    );
    assert_eq!(accesses("DELETE FROM parts"), ["delete parts all", "delete parts_eu all"]);
    assert_eq!(accesses("DELETE FROM ONLY parts WHERE id = 1"), ["delete parts predicate[id]"]);
}

#[test]
fn merges_are_their_arms() {
    assert_eq!(
        accesses(
            "MERGE INTO customers t USING orders s ON t.id = s.customer
             WHEN MATCHED AND s.status = 'gone' THEN DELETE
             WHEN MATCHED THEN UPDATE SET notes = t.ssn
             WHEN NOT MATCHED THEN INSERT (id, email) VALUES (s.customer, 'x')"
        ),
        [
            "select orders read[customer] predicate[customer,status]",
            "insert customers written[email,id]",
            "update customers written[notes]",
            "delete customers",
            "merge customers read[ssn] predicate[id]",
        ]
    );
    assert_eq!(
        lineage(
            "MERGE INTO log t USING customers s ON t.msg = s.email WHEN MATCHED THEN DELETE RETURNING merge_action(), s.ssn, t.msg"
        ),
        ["merge_action <", "ssn < customers.ssn", "msg < log.msg"]
    );
}

#[test]
fn locks_name_their_tables() {
    assert_eq!(
        accesses("SELECT 1 FROM customers c, orders o WHERE c.id = 1 FOR UPDATE OF o"),
        ["select customers predicate[id]", "select orders", "lock orders",]
    );
}

#[test]
fn rules_run() {
    let facts = facts("INSERT INTO ruled VALUES (1, 'x')");
    let outputs = facts.outputs.expect("the rule gives rows back");
    assert_eq!(outputs.first().map(|output| output.uses.len()), Some(1));
    assert_eq!(
        accesses("DELETE FROM ruled WHERE id = 1"),
        ["delete log predicate[msg]", "delete ruled predicate[id,v]",]
    );
}

#[test]
fn views_are_written_through() {
    assert_eq!(
        accesses("UPDATE simple SET secret = 'x' WHERE id = 1"),
        [
            "select customers predicate[id]",
            "update customers written[ssn]",
            "update simple written[secret] predicate[id]",
        ]
    );
}

#[test]
fn keys_that_move_are_a_risk() {
    assert!(has_risk("UPDATE customers SET id = id + 1000000", RiskKind::KeyUpdate));
    assert!(!has_risk("UPDATE customers SET id = id WHERE id = 1", RiskKind::KeyUpdate));
    assert!(!has_risk("UPDATE customers SET notes = 'x' WHERE id = 1", RiskKind::KeyUpdate));
    let own = "table public.people(id int8 pk, email text unique, code text unique)\n\
               table public.things(code text unique, name text)\n\
               table public.of_people(id int8 pk, person int8) refers public.people";
    let catalogue = builtin(18).with_tables(own).expect("the objects can be read");
    let moves = |sql: &str| {
        let analysis = crate::analyze(sql.as_bytes(), &catalogue, &View::default());
        analysis.statements[0].facts.risks.iter().any(|risk| risk.kind == RiskKind::KeyUpdate)
    };
    assert!(moves("UPDATE people SET id = 2 WHERE id = 1") && moves("UPDATE things SET code = 'x'"));
    // A new address is no other person.
    assert!(!moves("UPDATE people SET email = 'new@example.org' WHERE id = 1"));
}

#[test]
fn whole_tables_to_the_client_are_a_risk() {
    for sql in [
        "SELECT * FROM customers",
        "SELECT id FROM customers ORDER BY 1",
        "TABLE log",
        "SELECT * FROM (SELECT * FROM log) q",
    ] {
        assert!(has_risk(sql, RiskKind::NoLimit), "{sql}");
    }
    for sql in [
        "SELECT * FROM customers LIMIT 5",
        "SELECT count(*) FROM customers",
        "SELECT * FROM customers WHERE id = 1",
        "SELECT * FROM pg_class",
        "SELECT EXISTS (SELECT 1 FROM customers)",
        "SELECT * FROM (SELECT * FROM log) q LIMIT 3",
    ] {
        assert!(!has_risk(sql, RiskKind::NoLimit), "{sql}");
    }
}

#[test]
fn foreign_keys_that_cascade_reach_further() {
    assert_eq!(
        accesses("DELETE FROM kept WHERE id = 1"),
        ["delete beyond", "delete follows", "delete kept predicate[id]",]
    );
    assert_eq!(
        accesses("UPDATE kept SET name = 'x' WHERE id = 1"),
        ["update kept written[name] predicate[id]"]
    );
    assert_eq!(
        accesses("UPDATE kept SET id = 2 WHERE id = 1"),
        ["update follows", "update kept written[id] predicate[id]",]
    );
    assert_eq!(accesses("DELETE FROM kept"), ["delete beyond all", "delete follows all", "delete kept all"]);
}

#[test]
fn a_partition_by_name_is_its_parent_too() {
    assert_eq!(accesses("DELETE FROM parts_eu"), ["delete parts", "delete parts_eu all"]);
}

#[test]
fn rows_that_are_put_into_a_table_go_to_its_partitions_alone() {
    assert_eq!(accesses("INSERT INTO parts(id) VALUES (1)"), ["insert parts written[id]"]);
    assert_eq!(
        accesses("INSERT INTO split(id) VALUES (1)"),
        ["insert split written[id]", "insert split_eu written[id]"]
    );
    assert_eq!(accesses("DELETE FROM split"), ["delete split all", "delete split_eu all"]);
}

#[test]
fn what_a_trigger_makes_of_a_row_is_given_back() {
    let own = "\
table public.notes(id int8 pk, state text, other text)
table public.later(id int8 pk, state text)
function public.copies() returns trigger volatile plpgsql as BEGIN NEW.state := (SELECT ssn FROM public.customers); RETURN NEW; END
function public.counts() returns trigger volatile plpgsql as DECLARE n int; BEGIN SELECT count(*) INTO n FROM public.customers WHERE ssn = '1'; RETURN NEW; END
function public.whole() returns trigger volatile plpgsql as BEGIN SELECT 1, ssn INTO NEW FROM public.customers; RETURN NEW; END
trigger public.notes before insert execute public.copies
trigger public.notes before insert update execute public.counts
trigger public.notes before update execute public.whole
trigger public.later insert execute public.copies
view public.seen(key int8, shade text) as SELECT notes.id AS key, notes.other AS shade FROM public.notes
";
    let catalogue = builtin(18).with_tables(&format!("{TABLES}{own}")).expect("the objects can be read");
    let secret = |sql: &str| -> Vec<bool> {
        let analysis = crate::analyze(sql.as_bytes(), &catalogue, &View::default());
        let outputs = analysis.statements[0].facts.outputs.clone().expect("rows");
        let is_secret = |output: &model::facts::Output| {
            output
                .uses
                .iter()
                .any(|used| &*used.column.name == "ssn" && used.derivation == Derivation::Derived)
        };
        outputs.iter().map(is_secret).collect()
    };
    assert_eq!(secret("INSERT INTO notes VALUES (1, 'a', 'b') RETURNING *"), [false, true, false]);
    assert_eq!(secret("INSERT INTO notes VALUES (1) RETURNING id, upper(state)"), [false, true]);
    assert_eq!(secret("UPDATE notes SET id = 2 RETURNING id, other"), [true, true]);
    assert_eq!(
        secret("INSERT INTO notes VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2 RETURNING id"),
        [true]
    );
    assert_eq!(secret("INSERT INTO seen VALUES (1, 'a') RETURNING key, shade"), [true, true]);
    assert_eq!(secret("DELETE FROM notes RETURNING id, state"), [false, false]);
    assert_eq!(secret("INSERT INTO later VALUES (1, 'a') RETURNING id, state"), [false, false], "after it");
    assert_eq!(
        secret(
            "MERGE INTO notes n USING orders o ON n.id = o.id WHEN MATCHED THEN UPDATE SET other = 'x' RETURNING n.id"
        ),
        [true]
    );
}

#[test]
fn what_a_trigger_makes_of_the_row_itself_is_given_back() {
    let of = |body: &str, returning: &str| -> Vec<String> {
        let own = format!(
            "table public.kept(id int4 pk, ssn text, hint text, at timestamptz)\n\
             function public.f() returns trigger volatile plpgsql as {body}\n\
             trigger public.kept before update execute public.f\n"
        );
        let catalogue = builtin(18).with_tables(&own).expect("the objects can be read");
        let sql = format!("UPDATE kept SET id = 2 WHERE id = 1 RETURNING {returning}");
        let analysis = crate::analyze(sql.as_bytes(), &catalogue, &View::default());
        let outputs = analysis.statements[0].facts.outputs.clone().expect("rows");
        outputs.iter().flat_map(|output| &output.uses).map(|used| used.column.name.to_string()).collect()
    };
    for body in [
        "BEGIN NEW.hint := left(NEW.ssn, 3); RETURN NEW; END",
        "BEGIN NEW.hint = left(OLD.ssn, 3); RETURN NEW; END",
        "BEGIN IF OLD.ssn LIKE '1%' THEN NEW.hint := 'one'; END IF; RETURN NEW; END",
        "DECLARE s text := NEW.ssn; BEGIN NEW.hint := s; RETURN NEW; END",
        "BEGIN NEW.hint := row_to_json(OLD)->>'ssn'; RETURN NEW; END",
    ] {
        let uses = of(body, "hint");
        assert!(uses.contains(&"ssn".into()), "{body}: {uses:?}");
    }
    for body in [
        "BEGIN NEW.at := now(); RETURN NEW; END",
        "BEGIN IF NEW IS DISTINCT FROM OLD THEN NEW.at = now(); END IF; RETURN NEW; END",
        "BEGIN IF ROW(NEW.*) IS DISTINCT FROM ROW(OLD.*) THEN NEW.at = now(); END IF; RETURN NEW; END",
        "BEGIN NEW.ssn := trim(NEW.ssn); NEW.at := now(); RETURN NEW; END",
    ] {
        let uses = of(body, "id, hint");
        assert_eq!(uses, ["id", "hint"], "{body}");
    }
    assert_eq!(of("BEGIN NEW.ssn := trim(NEW.ssn); RETURN NEW; END", "ssn"), ["ssn"]);
}

#[test]
fn an_update_that_may_send_rows_to_other_partitions_deletes_and_inserts_there() {
    let own = "\
table public.log(n int4)
table public.mv(id int4, n int4, note text) by id
table public.mv1(id int4, n int4, note text) partitions public.mv
table public.mv2(id int4, n int4, note text) partitions public.mv by n
table public.mv2a(id int4, n int4, note text) partitions public.mv2
table public.plain(id int4, n int4)
table public.heir(id int4, n int4) inherits public.plain
table public.kept(id int4 pk)
table public.child(id int4, n int4) cascades public.kept by id
table public.child1(id int4, n int4) partitions public.child
table public.set(id int4, n int4, note text) by id
table public.set1(id int4, n int4, note text) partitions public.set
view public.shown(key int4, other int4) as SELECT mv.id AS key, mv.n AS other FROM public.mv
function public.logs() returns trigger volatile plpgsql as BEGIN INSERT INTO public.log VALUES (1); RETURN NEW; END
function public.keys() returns trigger volatile plpgsql as BEGIN NEW.id := 2; RETURN NEW; END
trigger public.mv2a before insert execute public.logs
trigger public.child1 delete execute public.logs
trigger public.set1 before update execute public.keys
";
    let catalogue = builtin(18).with_tables(own).expect("the objects can be read");
    let lines = |sql: &str| {
        let analysis = crate::analyze(sql.as_bytes(), &catalogue, &View::default());
        analysis.statements[0].facts.lines()
    };
    let moves = |sql: &str, part: &str| {
        let lines = lines(sql);
        ["delete", "insert"].iter().all(|verb| {
            let begin = format!("{verb} public.{part}");
            lines.iter().any(|line| *line == begin || line.starts_with(&format!("{begin} ")))
        })
    };
    let fires = |sql: &str| lines(sql).iter().any(|line| line.starts_with("insert public.log"));
    for sql in [
        "UPDATE mv SET id = 2 WHERE id = 1",
        "UPDATE mv SET (n, id) = (SELECT 5, 2) WHERE id = 1",
        "UPDATE mv2 SET n = 2 WHERE id = 1",
        "UPDATE mv SET n = 2 WHERE id = 1",
        "UPDATE shown SET key = 2 WHERE other = 1",
        "MERGE INTO mv USING plain p ON mv.id = p.id WHEN MATCHED THEN UPDATE SET id = 2",
    ] {
        assert!(moves(sql, "mv2a") && fires(sql), "{sql}: {:?}", lines(sql));
    }
    assert!(moves("UPDATE mv SET id = 2 WHERE id = 1", "mv1"));
    assert!(!moves("UPDATE mv SET n = 2 WHERE id = 1", "mv1"));
    let cascades = "UPDATE kept SET id = 2 WHERE id = 1";
    assert!(moves(cascades, "child1") && fires(cascades), "{:?}", lines(cascades));
    assert!(moves("UPDATE set SET n = 2 WHERE id = 1", "set1"));
    for sql in [
        "UPDATE mv SET note = 'x' WHERE id = 1",
        "UPDATE ONLY mv SET id = 2 WHERE id = 1",
        "UPDATE mv1 SET id = 2 WHERE id = 1",
        "UPDATE plain SET id = 2 WHERE id = 1",
        "SELECT id FROM mv WHERE id = 2",
    ] {
        let lines = lines(sql);
        let quiet = |line: &String| !line.starts_with("insert") && !line.starts_with("delete");
        assert!(!fires(sql) && lines.iter().all(quiet), "{sql}: {lines:?}");
    }
    // The server refuses it.
    let stays = lines("INSERT INTO mv VALUES (1, 2) ON CONFLICT DO UPDATE SET id = 2");
    assert!(!stays.iter().any(|line| line.starts_with("delete")), "{stays:?}");
    assert!(lines("UPDATE mv SET id = 2").iter().any(|line| line.starts_with("delete public.mv1 unbounded")));
    assert_eq!(Catalogue::from_text(&catalogue.to_text()).expect("a text").to_text(), catalogue.to_text());
}
