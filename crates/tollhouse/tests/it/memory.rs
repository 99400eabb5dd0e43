//! What is large streams: the gate's memory stays bounded whatever the size, however slow the other side.

use std::io::Read;
use std::time::Duration;

use wire::postgres::encode;

use crate::house::{House, until};

const LARGE: usize = 100 << 20;

/// What one large value may add to the gate's memory. Buffers, not values: far below the value's 100 MiB, and with
/// room for an allocator's habits in a debug build.
const MOST_KIB: u64 = 24 << 10;

/// The most memory that the gate ever had, in KiB.
fn peak(house: &House) -> u64 {
    status(house, "VmHWM:")
}

fn status(house: &House, name: &str) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{}/status", house.gate.id().unwrap())).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse().unwrap()
}

/// Does something, and holds the gate's memory to its bound.
fn bounded(house: &House, what: &str, act: impl FnOnce()) {
    house.session().bye();
    let before = peak(house);
    act();
    // Linux adds up what its cores have counted now and then, so a peak may be told a little lower than before.
    let grown = peak(house).saturating_sub(before);
    assert!(grown < MOST_KIB, "{what} took {grown} KiB more");
}

#[test]
fn a_hundred_megabytes_pass_without_being_held() {
    let house = House::new();
    let mut client = house.session();
    bounded(&house, "a large value", || {
        let value = vec![b'x'; LARGE];
        client.say(|out| {
            super::extended::run(out, "SELECT length($1)", &[Some(&value)]);
            encode::sync(out);
        });
        assert_eq!(client.ready().line(), format!("1 2 D({LARGE}) C(SELECT 1) Z(I)"));
    });
    bounded(&house, "a large row", || {
        let answer = client.query(&format!("SELECT repeat('x', {LARGE})"));
        assert_eq!(answer.column()[0].len(), LARGE);
    });
    bounded(&house, "large COPY data", || {
        client.query("CREATE TEMP TABLE t (a text)");
        let mut line = vec![b'y'; LARGE];
        line.push(b'\n');
        client.say(|out| {
            encode::query(out, b"COPY t FROM STDIN").unwrap();
            encode::copy_data(out, &line).unwrap();
            encode::copy_done(out);
        });
        assert_eq!(client.ready().line(), "G C(COPY 1) Z(I)");
        client.say(|out| encode::query(out, b"COPY t TO STDOUT").unwrap());
        let answer = client.ready();
        assert_eq!(answer.0.iter().map(|packet| packet.body.len()).max(), Some(LARGE + 1));
    });
    bounded(&house, "a large error", || {
        let answer = client.query("DO $$ BEGIN RAISE EXCEPTION '%', repeat('e', 50000000); END $$");
        assert_eq!(answer.line(), "E(P0001) Z(I)");
    });
    assert_eq!(client.line("SELECT 1"), "T D(1) C(SELECT 1) Z(I)");
    house.is_well();
}

#[test]
fn a_slow_client_holds_back_the_server_and_nobody_else() {
    let house = House::new();
    let mut slow = house.session();
    bounded(&house, "a client that does not read", || {
        slow.say(|out| {
            encode::query(out, b"SELECT repeat('z', 1000) FROM generate_series(1, 100000)").unwrap();
        });
        let mut piece = [0; 1];
        for _ in 0..50 {
            slow.stream.read_exact(&mut piece).unwrap();
            std::thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(house.session().line("SELECT 'quick'"), "T D(quick) C(SELECT 1) Z(I)");
        // The server waits for room, so it is not done.
        let waits = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT repeat(%' \
                     AND wait_event = 'ClientWrite' AND pid <> pg_backend_pid()";
        until("the server to wait for its client", || house.value(waits) == "1");
    });
    drop(slow);
    house.wait_for_no_upstream();
}

#[test]
fn a_slow_server_holds_back_the_client() {
    let house = House::new();
    let mut client = house.session();
    let mut locker = house.session();
    locker.query("CREATE TABLE t (a text)");
    locker.query("BEGIN; LOCK TABLE t");
    bounded(&house, "a client that sends ahead", || {
        // The COPY waits for the lock; its data must wait outside of the gate.
        std::thread::scope(|scope| {
            let sent = scope.spawn(|| {
                let row = vec![b'q'; 1 << 20];
                client.say(|out| encode::query(out, b"COPY t FROM STDIN").unwrap());
                for _ in 0..100 {
                    client.say(|out| encode::copy_data(out, &row).unwrap());
                }
                client.say(|out| {
                    encode::copy_data(out, b"\n").unwrap();
                    encode::copy_done(out);
                });
                client.ready().line()
            });
            std::thread::sleep(Duration::from_millis(500));
            assert!(!sent.is_finished(), "somebody swallowed 100 MiB");
            assert_eq!(locker.line("ROLLBACK"), "C(ROLLBACK) Z(I)");
            assert_eq!(sent.join().unwrap(), "G C(COPY 1) Z(I)");
        });
    });
}

#[test]
fn idle_sessions_are_small() {
    const SESSIONS: u64 = 100;
    // A limit for a debug build; the bench measures the real one.
    const KIB_EACH: u64 = 50;
    let house = House::new();
    let warm: Vec<_> = (0..10).map(|_| house.session()).collect();
    let before = status(&house, "VmRSS:");
    let idle: Vec<_> = (0..SESSIONS)
        .map(|_| {
            let mut client = house.session();
            client.query("SELECT repeat('x', 100000)");
            client
        })
        .collect();
    let each = status(&house, "VmRSS:").saturating_sub(before) / SESSIONS;
    assert!(each <= KIB_EACH, "{each} KiB a session");
    drop((warm, idle));
}
