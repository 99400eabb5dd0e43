//! What one statement costs: `cargo run --release -p tollhouse-journal --example append [STATEMENTS] [FOLDER]`.
//!
//! A decision with a text of a prepared statement's length and its outcome, relaxed; prints nanoseconds of CPU
//! of the whole process (so with the writer's and the sealer's threads) and of the appending thread alone.

use journal::{Journal, Options, Unavailable};
use ledger::entry::{Action, Decision, Ending, Outcome};
use ledger::{Encode, Part, PartName};
use model::{Durability, Fingerprint, SessionId, StatementId, Timestamp, Verdict};
use std::time::{Duration, Instant};

const TEXT: &[u8] = b"SELECT abalance FROM pgbench_accounts WHERE aid = 4711;";

/// A rate that the sealer keeps up with on any machine, so that nothing measured is waiting for it.
const PER_TICK: u64 = 400;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let statements: u64 = arguments.next().map_or(Ok(200_000), |n| n.parse())?;
    let folder = match arguments.next() {
        Some(folder) => std::path::PathBuf::from(folder),
        None => std::env::temp_dir().join(format!("tollhouse-append-{}", std::process::id())),
    };
    for (name, known) in [("simple (text stored)", false), ("prepared (text known)", true)] {
        let (journal, _) = Journal::open(&Options::new(&folder, "example.com/append"), Timestamp(0))?;
        let stored = Part::store(PartName::Text, journal.salt(), TEXT).to_known();
        let (cpu, thread, wall) = (cpu("/proc/self/schedstat")?, cpu_thread()?, Instant::now());
        let mut next = Instant::now();
        for number in 1..=statements {
            let id = StatementId { session: SessionId(0x1234), number };
            let text = if known { stored } else { Part::store(PartName::Text, journal.salt(), TEXT) };
            append(
                &journal,
                &Decision {
                    at: Timestamp(1_700_000_000_000_000 + number),
                    id,
                    action: if known { Action::Execute } else { Action::Query },
                    principal: "alice",
                    on_behalf_of: None,
                    target: "shop",
                    verdict: Verdict::Allow,
                    rules: &[],
                    shadow: &[],
                    facts: &[],
                    policy: None,
                    policy_version: 0,
                    prepared: known.then_some(1),
                    fingerprint: Some(Fingerprint(0xfeed)),
                    text: Some(text),
                    parameters: None,
                    asserted: None,
                },
            );
            append(
                &journal,
                &Outcome {
                    at: Timestamp(1_700_000_000_000_000 + number),
                    id,
                    principal: "alice",
                    target: "shop",
                    ending: Ending::Ok,
                    sqlstate: None,
                    tags: &["SELECT 1"],
                    commands: 1,
                    rows: 1,
                    bytes: 87,
                    bytes_in: 60,
                    duration_us: 120,
                    masked: &[],
                },
            );
            if number % PER_TICK == 0 {
                next += Duration::from_millis(10);
                std::thread::sleep(next.saturating_duration_since(Instant::now()));
            }
        }
        journal.checkpoint()?;
        let appending = cpu_thread()? - thread;
        let all = cpu_all()? - cpu;
        println!(
            "{name}: {} ns of CPU a statement, {} of them appending; {} statements/s",
            all / statements,
            appending / statements,
            (statements as f64 / wall.elapsed().as_secs_f64()) as u64
        );
        journal.close()?;
        drop(journal);
        std::fs::remove_dir_all(&folder)?;
    }
    Ok(())
}

fn append(journal: &Journal, entry: &impl Encode) {
    while let Err(Unavailable::Full) = journal.append(entry, Durability::Relaxed) {
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Nanoseconds on a processor of the thread that calls.
fn cpu_thread() -> std::io::Result<u64> {
    cpu("/proc/thread-self/schedstat")
}

/// Nanoseconds on a processor of all threads together.
fn cpu_all() -> std::io::Result<u64> {
    let mut sum = 0;
    for task in std::fs::read_dir("/proc/self/task")? {
        sum += cpu(&task?.path().join("schedstat").display().to_string())?;
    }
    Ok(sum)
}

fn cpu(path: &str) -> std::io::Result<u64> {
    let text = std::fs::read_to_string(path)?;
    Ok(text.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0))
}
