//! Simple queries, and what the server says by itself.

use rig::gate::{Gate, Principal, Token};
use wire::postgres::encode;

use crate::house::{ALICE, House, judged, servers, until};

#[test]
fn several_statements_in_one_query_are_answered_in_turn() {
    for house in House::each() {
        let mut client = house.session();
        assert_eq!(
            client.line("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (2); SELECT a FROM t; ; SELECT 'x' WHERE false"),
            "C(CREATE TABLE) C(INSERT 0 2) T D(1) D(2) C(SELECT 2) T C(SELECT 0) Z(I)"
        );
        assert_eq!(client.line(""), "I Z(I)");
        assert_eq!(client.line("-- nothing"), "I Z(I)");
        assert_eq!(client.line("SELECT 1; SELECT 1/0; SELECT 2"), "T D(1) C(SELECT 1) E(22012) Z(I)");
        assert_eq!(client.line("SELECT"), "T D() C(SELECT 1) Z(I)");
        client.bye();

        let text = "SELECT 1; SELECT 1/0; SELECT 2";
        let pair = house.ledger().statement(text);
        let outcome = pair.outcome.unwrap();
        assert_eq!((outcome.commands, outcome.rows), (1, 1), "what ran before the error is known");
        assert_eq!(outcome.tags.unwrap(), ["SELECT 1"]);
        house.is_well();
    }
}

#[test]
fn transactions_and_their_states_are_the_servers_own() {
    for house in House::each() {
        let mut client = house.session();
        assert_eq!(client.line("BEGIN"), "C(BEGIN) Z(T)");
        assert_eq!(client.query("SELECT 1/0").error().code, "22012");
        assert_eq!(client.line("SELECT 1"), "E(25P02) Z(E)");
        assert_eq!(client.line("COMMIT"), "C(ROLLBACK) Z(I)");
    }
}

#[test]
fn notices_notifications_and_settings_pass() {
    for house in House::each() {
        let mut client = house.session();
        assert_eq!(client.line("LISTEN news"), "C(LISTEN) Z(I)");
        assert_eq!(client.line("SET TimeZone = 'Asia/Tokyo'"), "C(SET) S(TimeZone=Asia/Tokyo) Z(I)");
        assert_eq!(client.line("DO $$ BEGIN RAISE NOTICE 'well'; END $$"), "N C(DO) Z(I)");
        let mut other = house.session();
        assert_eq!(other.line("NOTIFY news, 'one'"), "C(NOTIFY) Z(I)");
        // It comes although the session asks nothing.
        assert_eq!(client.until(b'A').line(), "A(news one)");
        assert_eq!(other.line("BEGIN; NOTIFY news, 'two'; COMMIT"), "C(BEGIN) C(NOTIFY) C(COMMIT) Z(I)");
        assert_eq!(client.until(b'A').line(), "A(news two)");
    }
}

#[test]
fn ordinary_settings_leave_a_session_of_use() {
    let texts: [&[&str]; 6] = [
        &["SET search_path = ''"],
        &["SET search_path TO '', public"],
        &["SET client_encoding = 'UNICODE'"],
        &["SET NAMES 'UNICODE'"],
        &["BEGIN", "SET LOCAL search_path = a, public", "SELECT 1/0", "ROLLBACK"],
        &["BEGIN", "SAVEPOINT s", "SET search_path = a", "SELECT 1/0", "ROLLBACK TO s", "COMMIT"],
    ];
    for house in House::each() {
        for texts in texts {
            let mut client = house.session();
            for text in texts {
                client.query(text);
            }
            assert_eq!(client.query("SELECT 1").value(), "1", "{texts:?}");
        }
        let mut client = house.log_in(&house.alice().with("client_encoding", "UNICODE"));
        assert_eq!(client.query("SELECT 1").value(), "1");
    }
}

#[test]
fn the_session_at_the_server_is_the_clients_own() {
    for house in House::each() {
        let mut client = house.session();
        let mut other = house.session();
        client.query("SET search_path = a, b; CREATE TEMP TABLE mine (a int)");
        assert_eq!(other.line("SHOW search_path"), "T D(\"$user\", public) C(SHOW) Z(I)");
        assert_eq!(
            other.line("SELECT count(*) FROM pg_class WHERE relname = 'mine' AND pg_table_is_visible(oid)"),
            "T D(0) C(SELECT 1) Z(I)"
        );
        assert_ne!(
            client.query("SELECT pg_backend_pid()").value(),
            other.query("SELECT pg_backend_pid()").value()
        );
        client.bye();
        other.bye();
        house.wait_for_no_upstream();
    }
}

#[test]
fn a_client_that_sends_byte_by_byte_is_served() {
    for house in House::each() {
        let mut client = house.session();
        let mut bytes = Vec::new();
        encode::query(&mut bytes, b"SELECT 'slow'").unwrap();
        encode::parse(&mut bytes, b"", b"SELECT $1::text", &[]).unwrap();
        encode::bind(&mut bytes, b"", b"", &[], [Some(&b"bit"[..])], &[]).unwrap();
        encode::execute(&mut bytes, b"", 0).unwrap();
        encode::sync(&mut bytes);
        for byte in bytes.chunks(1) {
            client.send(byte);
        }
        assert_eq!(client.ready().line(), "T D(slow) C(SELECT 1) Z(I)");
        assert_eq!(client.ready().line(), "1 2 D(bit) C(SELECT 1) Z(I)");
        client.bye();
    }
}

#[test]
fn a_whole_session_in_one_packet_is_served() {
    for house in House::each() {
        let mut client = house.session();
        client.say(|out| {
            encode::query(out, b"CREATE TABLE once (a int)").unwrap();
            encode::query(out, b"INSERT INTO once VALUES (1)").unwrap();
            encode::terminate(out);
        });
        assert_eq!(client.rest().line(), "C(CREATE TABLE) Z(I) C(INSERT 0 1) Z(I)");
        assert_eq!(house.value("SELECT count(*) FROM once"), "1");
        assert_eq!(house.ledger().result("INSERT INTO once VALUES (1)"), "ok");
    }
}

#[test]
fn a_function_call_is_refused_and_the_session_goes_on() {
    // lo_creat by its number: FunctionCall with no text.
    let call = |out: &mut Vec<u8>| {
        let mut body = 957_u32.to_be_bytes().to_vec();
        body.extend_from_slice(&[0, 0, 0, 1, 0, 0, 0, 1, b'0', 0, 0]);
        encode::message(out, b'F', &body).unwrap();
    };
    for house in House::each() {
        let mut client = house.session();
        client.say(call);
        let answer = client.ready();
        assert_eq!(answer.line(), "E(0A000) Z(I)");
        assert!(answer.error().hint.contains("SELECT"), "{:?}", answer.error());
        assert_eq!(client.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");

        client.query("BEGIN");
        client.say(call);
        assert_eq!(client.ready().line(), "E(0A000) Z(E)", "an error aborts a transaction block");
        assert_eq!(client.line("SELECT 1"), "E(25P02) Z(E)");
        assert_eq!(client.line("ROLLBACK"), "C(ROLLBACK) Z(I)");
        client.bye();
        assert_eq!(house.value("SELECT count(*) FROM pg_largeobject_metadata"), "0", "nothing was called");

        let pairs = house.ledger().settled();
        let calls: Vec<String> = pairs
            .iter()
            .filter(|pair| pair.decision.action == "call")
            .map(|pair| format!("{} {}", pair.decision.verdict, pair.result()))
            .collect();
        assert_eq!(calls, ["refuse refused 0A000", "refuse refused 0A000"]);
    }
}

#[test]
fn a_cursor_that_outlives_its_transaction_is_known_while_definitions_stay() {
    for shared in servers() {
        let database = shared.database();
        let table = "SET ROLE gate; CREATE TABLE public.t AS SELECT g AS id FROM generate_series(1, 9) g";
        shared.server.sql(&database, table).unwrap();
        let plan = judged()
            .target(shared.target(&database).set("environment", "dev"))
            .principal(Principal::human("alice", "shop").password(ALICE));
        let house = House::of(Gate::start(plan).unwrap(), database, shared, Token::new("k1").unwrap());
        let mut client = house.session();
        let declare = "BEGIN; DECLARE c CURSOR WITH HOLD FOR SELECT id FROM t ORDER BY id";
        assert_eq!(client.line(declare), "C(BEGIN) C(DECLARE CURSOR) Z(T)");
        assert_eq!(client.line("COMMIT"), "C(COMMIT) Z(I)");
        assert_eq!(client.line("FETCH 2 FROM c"), "T D(1) D(2) C(FETCH 2) Z(I)");
        client.say(|out| {
            encode::execute(out, b"c", 1).unwrap();
            encode::sync(out);
        });
        assert_eq!(client.ready().line(), "D(3) s Z(I)");
        assert_eq!(client.line("BEGIN; ROLLBACK"), "C(BEGIN) C(ROLLBACK) Z(I)");
        assert_eq!(client.line("FETCH c"), "T D(4) C(FETCH 1) Z(I)");

        assert_eq!(client.line("CREATE TABLE other (id int)"), "C(CREATE TABLE) Z(I)");
        until("the catalogue to be read anew", || client.line("FETCH 0 FROM c").starts_with("E(TH003)"));
        assert_eq!(client.line("CLOSE c"), "C(CLOSE CURSOR) Z(I)");
        assert_eq!(client.line(&declare.replace(" c ", " d ")), "C(BEGIN) C(DECLARE CURSOR) Z(T)");
        assert_eq!(client.line("ROLLBACK"), "C(ROLLBACK) Z(I)");
        assert_eq!(client.line("FETCH d"), "E(TH003) Z(I)", "it is gone");
    }
}
