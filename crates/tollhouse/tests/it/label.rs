//! Labels from a file: what people said of columns reaches a running gate's masks, or, where anything is wrong with the
//! file, nothing of it does.

use std::process::Output;

use ledger::leaf::Leaf;
use rig::gate::{Gate, Principal, Token};

use crate::house::{ALICE, House, judged, servers, until};

const TABLES: &str = "SET ROLE gate; CREATE SCHEMA shop;
    CREATE TABLE shop.member (id int PRIMARY KEY, slot text, club text, credit int, email text);
    INSERT INTO shop.member SELECT g, 's' || g, 'chess club ' || g, g * 100, 'm' || g || '@example.com' FROM generate_series(1, 30) g;
    CREATE TABLE shop.product (id int PRIMARY KEY, email text);
    INSERT INTO shop.product VALUES (1, 'mailbox@example.net');
    CREATE SCHEMA old; CREATE TABLE old.member (id int);";

const CONTRACT: &str = "apiVersion: v3.0.2\nkind: DataContract\nid: m\nname: members\nversion: 1.0.0\nstatus: active\n\
    servers:\n  - {server: production, type: postgres, schema: shop}\nschema:\n  - name: member\n    properties:\n\
    \x20     - {name: club, tags: [gdpr, religion]}\n      - {name: credit, classification: confidential}\n\
    \x20     - {name: slot, classification: tier 3}\n      - {name: id, classification: internal}\n";

fn house(shared: &'static crate::house::Shared) -> House {
    let database = shared.database();
    shared.server.sql(&database, TABLES).unwrap();
    let token = Token::new("k1").unwrap();
    let plan = judged()
        .target(shared.target(&database).set("environment", "dev"))
        .principal(Principal::human("alice", "shop").password(ALICE).set("groups", vec!["engineering"]));
    House::of(Gate::start(plan).unwrap(), database, shared, token)
}

/// Writes the file beside the configuration and imports it; what the program said, and how it ended.
fn import(house: &House, name: &str, text: &str, more: &[&str]) -> (i32, String, String) {
    std::fs::write(house.gate.folder().join(name), text).unwrap();
    let mut arguments = vec!["data", "label", "--target", "shop", "--import", name];
    arguments.extend(more);
    let output = house.gate.tollhouse(&arguments).output().unwrap();
    crate::canary::printed(&output);
    let Output { status, stdout, stderr } = output;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

fn configuration(house: &House) -> String {
    std::fs::read_to_string(house.gate.configuration()).unwrap()
}

#[test]
fn a_list_of_columns_reaches_the_masks_of_a_running_gate() {
    for shared in servers() {
        let house = house(shared);
        let mut alice = house.session();
        let seen = "SELECT club, slot FROM shop.member WHERE id = 1";
        assert_eq!(alice.line(seen), "T D(chess club 1,s1) C(SELECT 1) Z(I)");
        let masked = alice.line("SELECT email FROM shop.product");
        assert!(!masked.contains("mailbox@example.net"), "{masked}");

        let list = "schema,table,column,class,reason\nshop,member,club,special_category,a belief\n,product,email,none,\"boxes, ours\"\n";
        let before = configuration(&house);
        let (code, out, complaints) = import(&house, "labels.csv", list, &["--dry-run"]);
        assert_eq!((code, configuration(&house)), (0, before), "{complaints}");
        assert!(
            out.contains("shop.member.club") && out.contains("new") && complaints.contains("would be"),
            "{out}{complaints}"
        );

        let (code, out, complaints) = import(&house, "labels.csv", list, &["--json"]);
        let told: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(
            (code, &told["taken"], &told["labels"][1]["state"]),
            (0, &true.into(), &"new".into()),
            "{complaints}"
        );
        until("the labels to hold", || alice.line(seen) == "T D(***,s1) C(SELECT 1) Z(I)");
        until("the correction to hold", || {
            alice.line("SELECT email FROM shop.product") == "T D(mailbox@example.net) C(SELECT 1) Z(I)"
        });
        // What was said survives a rename, and is said once.
        house.sql("ALTER TABLE shop.member RENAME club TO society");
        assert_eq!(alice.line("SELECT society FROM shop.member WHERE id = 1"), "T D(***) C(SELECT 1) Z(I)");
        let again = "table,column,class\nshop.member,society,special_category\n";
        let (code, out, complaints) = import(&house, "again.csv", again, &["--reason", "a belief"]);
        assert!(code == 0 && out.contains("changed"), "{out}{complaints}");
        assert_eq!(configuration(&house).matches("[[label]]").count(), 2);
        let entries = house.ledger().entries();
        let recorded = entries.iter().any(|entry| matches!(&entry.leaf, Leaf::ConfigChanged(_)));
        assert!(recorded, "{entries:?}");
    }
}

#[test]
fn a_data_contract_is_taken_once_every_word_is_known() {
    let house = house(&servers()[0]);
    let before = configuration(&house);
    let (code, out, complaints) = import(&house, "contract.yaml", CONTRACT, &[]);
    assert_eq!((code, configuration(&house), out.as_str()), (1, before, ""));
    assert!(complaints.contains("contract.yaml:14:38: ") && complaints.contains("`tier 3`"), "{complaints}");

    let (code, out, complaints) = import(&house, "contract.yaml", CONTRACT, &["--word", "tier 3=username"]);
    assert_eq!(code, 0, "{complaints}");
    for line in
        ["shop.member.club    special_category", "shop.member.credit  secret", "shop.member.slot    username"]
    {
        assert!(out.contains(line), "{out}");
    }
    assert!(out.contains("data contract members 1.0.0 (by classification confidential)"), "{out}");
    let mut alice = house.session();
    until("the labels to hold", || {
        let line = alice.line("SELECT club, credit FROM shop.member WHERE id = 7");
        line == "T D(***,0) C(SELECT 1) Z(I)"
    });
    assert!(!alice.line("SELECT slot FROM shop.member WHERE id = 7").contains("(s7)"));
}

#[test]
fn while_anything_is_wrong_nothing_is_taken() {
    let house = house(&servers()[0]);
    let before = configuration(&house);
    let list = "table,column,class,reason\nshop.member,club,religion,x\nshop.member,clubs,phone,x\nshop.members,club,phone,x\n\
        member,club,phone,x\nshop.member,credit,salary,\nshop.product,id,none,x\nshop.product,id,age,x\n";
    let (code, out, complaints) = import(&house, "labels.csv", list, &[]);
    assert_eq!((code, configuration(&house), out.as_str()), (1, before, ""));
    let told: Vec<&str> = complaints.lines().filter_map(|line| line.strip_prefix("tollhouse: ")).collect();
    let wanted = [
        "labels.csv:2:3: there is no class `religion`",
        "labels.csv:3:1: `shop.member` has no column `clubs`; it has club, credit, email, id, slot",
        "labels.csv:4:1: there is no table `shop.members`",
        "labels.csv:5:1: `member` could be in schema `",
        "labels.csv:6:1: there is no reason",
        "labels.csv:8:1: `shop.product.id` is there already, in line 7",
        "nothing was taken from `labels.csv`; put right what is above",
    ];
    assert_eq!(told.len(), wanted.len(), "{complaints}");
    for (line, begin) in told.iter().zip(wanted) {
        assert!(line.starts_with(begin), "{line} is not {begin}");
    }
    let (code, out, _) = import(&house, "labels.csv", list, &["--json"]);
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &told["taken"], told["problems"].as_array().unwrap().len()), (1, &false.into(), 6));
    let (code, _, complaints) = import(&house, "labels.txt", list, &[]);
    assert!(code == 2 && complaints.contains("no known kind"), "{complaints}");
}
