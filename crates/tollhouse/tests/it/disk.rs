//! A ledger that cannot be written: statements are refused, sessions live, and all recovers by itself.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::process::{Pid, Resource, Rlimit, prlimit};
use wire::postgres::encode;

use crate::house::{House, until};

/// Fills the disk, then makes room again; what both do is the test's.
fn refuses_and_recovers(house: &House, code: &str, break_it: impl FnOnce(), mend_it: impl FnOnce()) {
    let mut client = house.session();
    let mut in_transaction = house.session();
    client.query("CREATE TABLE t (a int)");
    in_transaction.query("BEGIN; INSERT INTO t VALUES (1)");
    break_it();
    // The gate notices with the first write that fails; until then statements are taken, and recorded.
    let mut refused = None;
    until("a refusal", || {
        let answer = client.query("INSERT INTO t VALUES (2)");
        refused = answer.0.iter().find(|packet| packet.tag == b'E').and_then(crate::packet::Packet::report);
        refused.is_some()
    });
    let refused = refused.unwrap();
    assert_eq!((refused.severity.as_str(), refused.code.as_str()), ("ERROR", code), "{refused:?}");
    assert!(!refused.hint.is_empty(), "{refused:?}");
    let count = "SELECT count(*) FROM t";
    let before = house.value(count);
    for _ in 0..3 {
        assert_eq!(client.line("INSERT INTO t VALUES (3)"), format!("E({code}) Z(I)"));
    }
    client.say(|out| {
        super::extended::run(out, "INSERT INTO t VALUES (4)", &[]);
        encode::sync(out);
    });
    assert_eq!(client.ready().line(), format!("E({code}) Z(I)"));
    assert_eq!(house.value(count), before, "what is not recorded does not run");
    until("readiness to turn", || !house.gate.is_ready());
    let (status, said) = rig::gate::get(house.gate.admin_port(), "/readyz").unwrap();
    assert!(status == 503 && said.contains("ledger"), "{status} {said}");
    assert_eq!(rig::gate::get(house.gate.admin_port(), "/healthz").unwrap().0, 200, "it lives");
    // Nobody new comes in, since that could not be recorded either.
    let denied = house.knock().log_in(&house.alice()).err().unwrap();
    assert_eq!(denied.code, code, "{denied:?}");

    mend_it();
    until("readiness to return", || house.gate.is_ready());
    // The same sessions as before.
    assert_eq!(client.line("INSERT INTO t VALUES (5)"), "C(INSERT 0 1) Z(I)");
    assert_eq!(in_transaction.line("COMMIT"), "C(COMMIT) Z(I)");
    house.session().bye();
    assert_eq!(house.ledger().result("INSERT INTO t VALUES (5)"), "ok");
    house.ledger().settled();
}

#[test]
fn a_ledger_that_cannot_be_written_stops_new_statements_only() {
    let folder = tempfile::tempdir().unwrap();
    // A limit on file sizes is an error of writing when the signal that comes with it is ignored.
    let wrapper = folder.path().join("tollhouse");
    let script = format!("#!/bin/sh\ntrap '' XFSZ\nexec {} \"$@\"\n", env!("CARGO_BIN_EXE_tollhouse"));
    std::fs::write(&wrapper, script).unwrap();
    std::fs::set_permissions(&wrapper, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut house = House::planned(|plan| plan.binary(&wrapper));
    let id = Pid::from_raw(i32::try_from(house.gate.id().unwrap()).unwrap()).unwrap();
    let limit = |bytes: Option<u64>| {
        prlimit(Some(id), Resource::Fsize, Rlimit { current: bytes, maximum: None }).unwrap();
    };
    refuses_and_recovers(&house, "58030", || limit(Some(0)), || limit(None));
    house.gate.stop().unwrap();
    house.ledger().verify();
    house.gate.restart().unwrap();
    house.is_well();
}

/// A small file system of its own, unmounted when dropped.
struct Disk(PathBuf);

impl Disk {
    /// `None` when we may not mount.
    fn new(path: &Path, mib: u32) -> Option<Self> {
        std::fs::create_dir_all(path).unwrap();
        let size = format!("size={mib}m");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(path).output();
        mounted.is_ok_and(|output| output.status.success()).then(|| Self(path.to_owned()))
    }

    fn fill(&self) {
        let _ = std::fs::write(self.0.join("ballast"), vec![1; 256 << 20]);
    }

    fn free(&self) {
        std::fs::remove_file(self.0.join("ballast")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

#[test]
fn a_full_disk_stops_new_statements_until_there_is_space() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::new(&folder.path().join("ledger"), 80) else {
        eprintln!("skipped: a full disk needs the right to mount one");
        return;
    };
    let mut house = House::planned(|plan| plan.folder(folder.path()));
    refuses_and_recovers(&house, "53100", || disk.fill(), || disk.free());
    house.gate.stop().unwrap();
    house.ledger().verify();
}

#[test]
fn a_relaxed_target_is_refused_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::new(&folder.path().join("ledger"), 80) else {
        eprintln!("skipped: a full disk needs the right to mount one");
        return;
    };
    let house = House::with_target(
        crate::house::server(),
        |target| target.durability("relaxed"),
        |plan| plan.folder(folder.path()),
    );
    refuses_and_recovers(&house, "53100", || disk.fill(), || disk.free());
}
