//! Many at once, and for long: what takes too long for every day. `./test --faults` runs it.

use std::time::Duration;

use crate::client::Client;
use crate::house::{House, until};
use crate::server::{Besieged, Peer};

fn status(house: &House, name: &str) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{}/status", house.gate.id().unwrap())).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse().unwrap()
}

/// The gate's sockets. Its other descriptors are the ledger's, which come and go as segments do.
fn sockets(house: &House) -> usize {
    let folder = std::fs::read_dir(format!("/proc/{}/fd", house.gate.id().unwrap())).unwrap();
    folder
        .filter_map(|entry| std::fs::read_link(entry.unwrap().path()).ok())
        .filter(|target| target.to_string_lossy().starts_with("socket:"))
        .count()
}

#[test]
#[ignore = "takes a minute: ./test --faults"]
fn thousands_of_connections_that_never_log_in_keep_nobody_out() {
    const CROWD: usize = 3_000;
    // What a connection may cost that has said nothing.
    const KIB_EACH: u64 = 20;
    let house = House::planned(|plan| {
        plan.limit("logins_per_address_max", "10000").limit("login_timeout", "\"20s\"")
    });
    house.session().bye();
    let (memory, open) = (status(&house, "VmRSS:"), sockets(&house));
    let mut crowd: Vec<Client> = (0..CROWD).map(|_| house.knock()).collect();
    for round in 0..3 {
        for client in &mut crowd {
            client.send(&house.alice().bytes()[round..=round]);
        }
        // Somebody honest, meanwhile.
        assert_eq!(house.session().line("SELECT 'in'"), "T D(in) C(SELECT 1) Z(I)");
        std::thread::sleep(Duration::from_secs(1));
    }
    let each = status(&house, "VmRSS:").saturating_sub(memory) / CROWD as u64;
    assert!(each <= KIB_EACH, "{each} KiB a connection");
    for client in &mut crowd {
        client.raw_rest();
    }
    drop(crowd);
    until("all sockets to be closed", || sockets(&house) <= open);
    house.is_well();
}

#[test]
#[ignore = "takes a minute: ./test --faults"]
fn a_thousand_idle_sessions_are_small_and_cost_the_others_nothing() {
    // The default limit of one principal.
    const SESSIONS: usize = 1_000;
    const KIB_EACH: u64 = 50;
    let besieged = Besieged::by(|peer: &mut Peer| {
        peer.let_in();
        peer.wait();
    });
    let house = &besieged.house;
    besieged.is_well();
    let (memory, open) = (status(house, "VmRSS:"), sockets(house));
    let mut idle = Vec::new();
    for _ in 0..SESSIONS {
        idle.push(besieged.log_in().unwrap());
    }
    let each = status(house, "VmRSS:").saturating_sub(memory) / idle.len() as u64;
    assert!(each <= KIB_EACH, "{each} KiB a session");
    assert_eq!(house.metric("tollhouse_sessions"), idle.len() as u64);
    let refused = besieged.log_in().err().unwrap();
    assert_eq!(refused.code, "53300");
    besieged.is_well();
    drop(idle);
    until("all sessions to be over", || house.metric("tollhouse_sessions") == 0);
    until("all sockets to be closed", || sockets(house) <= open);
}

#[test]
#[ignore = "takes a minute: ./test --faults"]
fn sessions_that_come_and_go_leave_nothing_behind() {
    let house = House::new();
    let churn = |times: u32| {
        for number in 0..times {
            let mut client = house.session();
            client.query("SELECT 1");
            client.query("SELECT 1/0");
            if number % 3 == 0 {
                drop(client);
            } else {
                client.bye();
            }
        }
        until("all sessions to be over", || house.metric("tollhouse_sessions") == 0);
    };
    churn(300);
    let (memory, open) = (status(&house, "VmRSS:"), sockets(&house));
    churn(1_500);
    until("all sockets to be closed", || sockets(&house) <= open);
    let grown = status(&house, "VmRSS:").saturating_sub(memory);
    // The ledger's buffers settle late; a leak of 4 KiB a session would be 6 MiB.
    assert!(grown < 6 << 10, "{grown} KiB more after 1,500 sessions");
    house.is_well();
}
