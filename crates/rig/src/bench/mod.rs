//! `./bench`: what the gate costs, beside no proxy, a bare relay and PgBouncer, measured in one run.
//!
//! Contenders stand before the same private server; each round measures all of them once, in a new order; what counts is
//! the median of the rounds' ratios to the relay. It starts all that it measures, on free ports, and stops it. Figures
//! are of this machine at this minute; ratios last. It is no test: a missed target is printed, not an error.

mod asked;
mod case;
mod contender;
mod gate;
mod labels;
mod login;
mod measure;
mod options;
mod probe;
mod reading;
mod regime;
mod report;
mod results;
mod sample;
mod stage;
mod target;
mod usage;
mod wide;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use case::Case;
use contender::{Contender, Kind};
use measure::{Bench, Sample};
use options::{Options, Regimes};
use regime::Regime;
use report::Frame;
use results::Results;
use sample::Shuffle;
use stage::Stage;

use crate::error::Context;
use crate::{Error, Result, cache, postgres, wait};

/// The sub-command that [`probe`] answers to.
pub const PROBE: &str = asked::PROBE;

/// `--quick` begins no further round after so long, so that it ends within five minutes on a slow machine too.
const QUICK: Duration = Duration::from_secs(220);

/// Runs one of the bench's own clients (see `probe.rs`); only the bench itself starts them.
///
/// # Errors
/// When the arguments name none, or it fails.
pub fn probe(arguments: &[String]) -> Result<()> {
    probe::run(arguments)
}

/// Runs `./bench` with these arguments: progress on standard error, the tables or the object on standard output.
///
/// # Errors
/// When the arguments are wrong or there is nothing to measure with. A contender that fails is part of the result.
pub fn run(arguments: &[String]) -> Result<()> {
    let Some(options) = Options::parse(arguments)? else {
        println!("{}", options::help());
        return Ok(());
    };
    // Two benches at once would measure each other.
    let folder = cache::folder(&crate::user::User::for_server()?)?;
    let _turn = my_turn(&folder)?;
    let started = Instant::now();
    let (regimes, unpinned_only) = choose(options.regimes)?;
    let install = postgres::newest_or_get()?;
    say(&format!("setting up PostgreSQL {} and a million rows", install.version()));
    let stage = Stage::set_up(&install, &disk()?)?;
    let mut results = Results::default();
    let mut facts = facts(&stage);
    if options.cases.contains(&Case::Idle) {
        memory(&stage, &options, &regimes, &mut results)?;
    }
    let contenders = contenders(&stage, &options, &mut results);
    let mut shuffle =
        Shuffle::new(SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_secs()));
    for regime in &regimes {
        say(&regime.to_string());
        if regimes.len() > 1 || matches!(regime, Regime::Pinned { .. }) {
            let mut all = usage::family(stage.server.id().unwrap_or_default())
                .context(|| "cannot list processes".into())?;
            all.extend(contenders.iter().filter_map(Contender::id));
            regime.apply(&all)?;
        }
        let bench = Bench { stage: &stage, regime, seconds: options.seconds };
        for round in 1..=options.rounds {
            if options.quick && round > 1 && started.elapsed() > QUICK {
                say("the machine is slow: no more rounds");
                break;
            }
            for case in options.cases.iter().copied().filter(|case| *case != Case::Idle) {
                one_round(&bench, case, round, &contenders, &mut shuffle, &mut results);
            }
        }
    }
    facts.push(format!(
        "rounds in shuffled order, up to {} in each regime, {} s each; medians; × relay = median of the rounds' own ratios",
        options.rounds, options.seconds
    ));
    let regimes = regimes.iter().map(|regime| (regime.name(), regime.to_string())).collect();
    let frame = Frame { facts, regimes, unpinned_only };
    let tables = report::markdown(&frame, &results);
    if let Some(out) = &options.out {
        fs::write(out, &tables).context(|| format!("cannot write `{}`", out.display()))?;
    }
    if options.json {
        println!("{}", report::object(&frame, &results));
    } else {
        println!("{tables}");
    }
    say(&format!("done in {} s", started.elapsed().as_secs()));
    Ok(())
}

/// Measures one case of each contender, in an order of this round's own.
fn one_round(
    bench: &Bench<'_>,
    case: Case,
    round: u32,
    contenders: &[Contender],
    shuffle: &mut Shuffle,
    results: &mut Results,
) {
    let regimes = [bench.regime.name()];
    if case == Case::Fdatasync {
        keep(results, &regimes, (case, Kind::Disk, round), || bench.fdatasync());
    }
    let mut order: Vec<_> = contenders.iter().filter(|one| one.kind.takes_part(case)).collect();
    shuffle.mix(&mut order);
    for contender in order {
        keep(results, &regimes, (case, contender.kind, round), || bench.run(case, contender));
    }
}

/// Measures, twice if need be, and keeps what came of it under each of `regimes`.
fn keep(
    results: &mut Results,
    regimes: &[&'static str],
    (case, kind, round): (Case, Kind, u32),
    mut measure: impl FnMut() -> Result<Sample>,
) {
    let outcome = measure().or_else(|_| measure());
    let said = match &outcome {
        Ok(sample) => {
            let figures: Vec<_> =
                sample.iter().map(|(metric, value)| format!("{} {value:.2}", metric.head())).collect();
            figures.join(", ")
        }
        Err(error) => format!("failed: {error}"),
    };
    say(&format!("{} {round} {:<12} {kind:<16} {said}", regimes.join("+"), case.word()));
    for regime in regimes {
        match &outcome {
            Ok(sample) => results.add(regime, case, kind, round, sample.clone()),
            Err(error) => results.fail(regime, case, kind, error.to_string()),
        }
    }
}

/// Memory is measured once, unpinned, of contenders that have served nobody yet: room once made is not given back.
fn memory(stage: &Stage, options: &Options, regimes: &[Regime], results: &mut Results) -> Result<()> {
    let unpinned = Regime::unpinned()?;
    let bench = Bench { stage, regime: &unpinned, seconds: options.seconds };
    let names: Vec<_> = regimes.iter().map(Regime::name).collect();
    for kind in Kind::ALL.into_iter().filter(|kind| kind.takes_part(Case::Idle)) {
        let Ok(contender) = Contender::start(kind, stage) else { continue };
        keep(results, &names, (Case::Idle, kind, 1), || bench.run(Case::Idle, &contender));
        drop(contender);
        let sessions = || Ok((stage.sessions()? == 0).then_some(()));
        wait::until("idle sessions to end", Duration::from_secs(60), sessions)?;
    }
    Ok(())
}

fn contenders(stage: &Stage, options: &Options, results: &mut Results) -> Vec<Contender> {
    let wanted = |kind: &Kind| {
        let extra = matches!(kind, Kind::Strict | Kind::Many) && options.quick;
        !extra && options.cases.iter().any(|case| kind.takes_part(*case))
    };
    let mut contenders = Vec::new();
    for kind in Kind::ALL.into_iter().filter(wanted) {
        match Contender::start(kind, stage) {
            Ok(contender) => contenders.push(contender),
            Err(error) => {
                say(&format!("{kind} is absent: {error}"));
                results.miss(kind, error.to_string());
            }
        }
    }
    contenders
}

/// The regimes to measure in, the deciding one first, and why there is no pinned one.
fn choose(wanted: Regimes) -> Result<(Vec<Regime>, Option<String>)> {
    if wanted == Regimes::Unpinned {
        return Ok((vec![Regime::unpinned()?], None));
    }
    match Regime::pinned() {
        Ok(pinned) if wanted == Regimes::Both => Ok((vec![pinned, Regime::unpinned()?], None)),
        Ok(pinned) => Ok((vec![pinned], None)),
        Err(error) if wanted == Regimes::Pinned => {
            Err(Error::because("real-time priority is not permitted", error))
        }
        Err(error) => {
            say(&format!("the pinned regime is not available: {error}"));
            Ok((vec![Regime::unpinned()?], Some(error.to_string())))
        }
    }
}

fn facts(stage: &Stage) -> Vec<String> {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let processors = read("/proc/cpuinfo");
    let model = processors.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cores: BTreeSet<_> = processors.lines().filter(|line| line.starts_with("processor")).collect();
    let load = read("/proc/loadavg");
    let word = |text: &str| text.split_ascii_whitespace().next().unwrap_or("?").to_owned();
    vec![
        format!(
            "{} × {}, Linux {}, PostgreSQL {}",
            cores.len(),
            model.map_or("unknown processor", |(_, model)| model.trim()),
            word(&read("/proc/sys/kernel/osrelease")),
            stage.server.install().version(),
        ),
        format!("load of the machine before the run: {}", word(&load)),
        "memory is measured once, unpinned; ledgers are on the disk of the build folder".to_owned(),
    ]
}

/// The build's folder: a disk that syncs, where the folder for temporary files may be memory. What a bench that was
/// killed left there is removed; none other runs, since it is our turn.
fn disk() -> Result<PathBuf> {
    let own = std::env::current_exe().context(|| "cannot find own program".into())?;
    let folder = own.with_file_name("bench");
    let _ = fs::remove_dir_all(&folder);
    Ok(folder)
}

fn my_turn(folder: &Path) -> Result<fs::File> {
    let path = folder.join("bench.lock");
    let file = fs::File::create(&path).context(|| format!("cannot make `{}`", path.display()))?;
    if file.try_lock().is_err() {
        say("another bench runs: waiting for it to end");
        file.lock().context(|| format!("cannot lock `{}`", path.display()))?;
    }
    Ok(file)
}

fn say(line: &str) {
    eprintln!("bench: {line}");
}
