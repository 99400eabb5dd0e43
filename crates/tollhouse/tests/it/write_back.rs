//! What a mask showed does not come back as a value: neither as a literal nor as a parameter, whatever was written in the
//! same way before; and what somebody really means to write is written.

use rig::gate::{Gate, Principal, Token};
use wire::postgres::encode;

use crate::house::{ALICE, House, judged, servers};

const TABLES: &str = "SET ROLE gate; CREATE TABLE person (id int PRIMARY KEY, email text);
    INSERT INTO person VALUES (1, 'ada.byron@example.org'), (2, 'bo@example.org');";

/// `mask/write-back`.
const REFUSED: &str = "E(TH008) Z(I)";

#[test]
fn what_a_mask_showed_is_not_written() {
    for shared in servers() {
        let database = shared.database();
        shared.server.sql(&database, TABLES).unwrap();
        let token = Token::new("k1").unwrap();
        let alice = Principal::human("alice", "shop").password(ALICE).set("groups", vec!["engineering"]);
        let plan = judged().target(shared.target(&database).set("environment", "dev")).principal(alice);
        let house = House::of(Gate::start(plan).unwrap(), database, shared, token);
        let mut client = house.session();

        let shown = client.line("SELECT email FROM person WHERE id = 1");
        let (_, shown) = shown.split_once("D(").unwrap();
        let (shown, _) = shown.split_once(')').unwrap();
        assert!(!shown.contains("ada"), "{shown}");
        let write = |value: &str| format!("UPDATE person SET email = '{value}' WHERE id = 1");
        // Each of them says the same about columns and tables as the others.
        for _ in 0..2 {
            assert_eq!(client.line(&write("new@example.org")), "C(UPDATE 1) Z(I)");
            assert_eq!(client.line(&write(shown)), REFUSED);
        }
        let copy = format!("INSERT INTO person VALUES (3, '{shown}')");
        assert_eq!(client.line(&copy), REFUSED);
        assert_eq!(client.line("INSERT INTO person VALUES (3, 'cy@example.org')"), "C(INSERT 0 1) Z(I)");

        client.say(|out| {
            encode::parse(out, b"write", b"UPDATE person SET email = $1 WHERE id = 2", &[]).unwrap();
            encode::sync(out);
        });
        client.ready();
        let mut run = |value: &str| {
            client.say(|out| {
                encode::bind(out, b"", b"write", &[], [Some(value.as_bytes())], &[]).unwrap();
                encode::execute(out, b"", 0).unwrap();
                encode::sync(out);
            });
            client.ready().line()
        };
        for _ in 0..2 {
            assert_eq!(run("dee@example.org"), "2 C(UPDATE 1) Z(I)");
            assert_eq!(run(shown), REFUSED);
        }
        assert_eq!(
            house.value("SELECT string_agg(email, ' ' ORDER BY id) FROM person"),
            "new@example.org dee@example.org cy@example.org"
        );
    }
}
