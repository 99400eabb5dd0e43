//! What columns were found to hold outlives the gate: no restart uncovers what only values once told (B284).

use std::path::PathBuf;

use rig::gate::{Gate, Principal, Token};

use crate::house::{ALICE, House, Shared, bytes_below, holds, judged, servers, until};

/// Only values tell what `a` and `b` of `t` hold; `c` is nothing, and stays nothing.
const TABLES: &str = "SET ROLE gate; CREATE SCHEMA shop;
    CREATE TABLE shop.t (id int PRIMARY KEY, a text, b text, c text, d jsonb);
    INSERT INTO shop.t SELECT g, 'anna.' || g || '.andrews@example.org', 'bea.' || g || '.bernards@example.org', 'k' || g % 7,
        jsonb_build_object('x', 'dan.' || g || '@example.org') FROM generate_series(1, 60) g;
    ANALYZE shop.t;";

/// Harmless values in their place, so that no sample tells anything; one value stays as it was.
const HARMLESS: &str = "UPDATE shop.t SET a = 'x' || id, b = 'x' || id, d = '{\"y\": 1}' WHERE id > 1;
    ALTER TABLE shop.t RENAME a TO internal_code; ANALYZE shop.t;";

const SEEN: &str = "SELECT b, c FROM shop.t WHERE id = 1";

fn house(shared: &'static Shared) -> House {
    let database = shared.database();
    shared.server.sql(&database, TABLES).unwrap();
    let plan = judged()
        .target(shared.target(&database).set("environment", "dev"))
        .principal(Principal::human("alice", "shop").password(ALICE).set("groups", vec!["engineering"]));
    House::of(Gate::start(plan).unwrap(), database, shared, Token::new("k1").unwrap())
}

/// The file that this house's gate keeps.
fn file(house: &House) -> PathBuf {
    let folder = std::fs::read_dir(house.gate.ledger().join("labels")).unwrap();
    let end = format!("-{}", house.value("SELECT oid FROM pg_database WHERE datname = current_database()"));
    let mut paths = folder.map(|entry| entry.unwrap().path());
    paths.find(|path| path.to_string_lossy().ends_with(&end)).expect("a file of this database")
}

#[test]
fn labels_that_only_values_told_outlive_a_restart() {
    for shared in servers() {
        let mut house = house(shared);
        let mut alice = house.session();
        assert_eq!(alice.line(SEEN), "T D(b***@***.org,k1) C(SELECT 1) Z(I)");
        drop(alice);
        let text = std::fs::read(file(&house)).unwrap();
        assert!(holds(&text, b"email") && !holds(&text, b"example.org"), "classes, and no value");

        house.gate.stop().unwrap();
        house.sql(HARMLESS);
        house.gate.restart().unwrap();
        let mut alice = house.session();
        assert_eq!(alice.line(SEEN), "T D(b***@***.org,k1) C(SELECT 1) Z(I)");
        let renamed = "SELECT internal_code, d->>'x' FROM shop.t WHERE id = 1";
        assert_eq!(alice.line(renamed), "T D(a***@***.org,***) C(SELECT 1) Z(I)");
        let map = house.gate.tollhouse(&["data", "map", "--target", "shop"]).output().unwrap();
        let map = String::from_utf8(map.stdout).unwrap();
        assert!(map.contains("shop.t.internal_code") && map.contains("found to be so before"), "{map}");

        // A table of the same name is another one, and what people say counts more than what was found.
        let label = ["data", "label", "shop.t.b", "none", "--target", "shop", "--reason", "boxes of ours"];
        assert!(house.gate.tollhouse(&label).status().unwrap().success());
        until("the correction to hold", || alice.line(SEEN).contains("bea.1.bernards@example.org"));
        drop(alice);
        house.gate.restart().unwrap();
        let mut alice = house.session();
        assert_eq!(alice.line(SEEN), "T D(bea.1.bernards@example.org,k1) C(SELECT 1) Z(I)");
        alice.query(
            "DROP TABLE shop.t; CREATE TABLE shop.t AS SELECT 1 AS id, 'plain'::text AS b, 'k1'::text AS c",
        );
        until("the new table to be looked at", || alice.line(SEEN) == "T D(plain,k1) C(SELECT 1) Z(I)");
        let bytes = bytes_below(&house.gate.ledger().join("labels"));
        assert!(!holds(&bytes, b"example.org"));
    }
}

#[test]
fn while_the_past_cannot_be_read_everything_is_hidden() {
    let mut house = house(&servers()[0]);
    let mut alice = house.session();
    assert_eq!(alice.line(SEEN), "T D(b***@***.org,k1) C(SELECT 1) Z(I)");
    drop(alice);
    let file = file(&house);
    let good = std::fs::read(&file).unwrap();
    house.gate.stop().unwrap();
    house.sql(HARMLESS);
    std::fs::write(&file, &good[..good.len() / 2]).unwrap();
    house.gate.restart().unwrap();
    let mut alice = house.session();
    assert_eq!(alice.line(SEEN), "T D(***,***) C(SELECT 1) Z(I)");
    assert_eq!(alice.line("SELECT id FROM shop.t WHERE c LIKE 'k%'").split(' ').next(), Some("E(TH008)"));
    assert!(house.gate.log().contains("what columns held"), "{}", house.gate.log());
    let map = house.gate.tollhouse(&["data", "map", "--target", "shop"]).output().unwrap();
    assert!(String::from_utf8(map.stderr).unwrap().contains("all columns are hidden"));
    // What was damaged is left for somebody to look at; a definition that changes has it read again.
    assert_eq!(std::fs::read(&file).unwrap(), &good[..good.len() / 2]);
    std::fs::write(&file, &good).unwrap();
    alice.query("CREATE TABLE shop.other (id int)");
    until("the past to be read again", || alice.line(SEEN) == "T D(b***@***.org,k1) C(SELECT 1) Z(I)");
}
