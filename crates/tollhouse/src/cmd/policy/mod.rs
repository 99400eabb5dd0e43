//! `tollhouse policy`: rules before they count. Checks them, tests them, explains them, and tells what they would say
//! of a statement or of a recorded period. Runs no statement and changes nothing.

mod attempt;
mod backtest;
mod catalogue;
mod check;
mod difference;
mod explain;
mod follow;
mod judged;
mod pending;
mod replay;
mod seen;
mod test;
mod which;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::ledger::is_closed;
pub(super) use check::RulesJson;

/// What to do with rules.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse policy check                                    are the configuration's rules in order?
  tollhouse policy test tests/                              do they say what the cases expect?
  tollhouse policy explain destructive/drop-table           what is this rule?
  tollhouse policy try --as alice --target shop 'DELETE FROM orders'
  tollhouse policy backtest --policies new/ --since 7d      what would have been judged otherwise?

Exit codes: 0 done, 1 the answer is no (problems, failed cases, a refusal, differences), 2 usage or I/O")]
pub(crate) struct PolicyArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say everything that is wrong with rules
    Check(check::CheckArgs),
    /// Run cases: who sends what where, and what has to come of it
    Test(test::TestArgs),
    /// List the rules, or show one in full
    Explain(explain::ExplainArgs),
    /// Judge a statement as the gate would, by a live catalogue, and run nothing
    Try(attempt::TryArgs),
    /// Judge a recorded period by other rules, and print what would differ
    Backtest(backtest::BacktestArgs),
}

/// Does it.
pub(crate) fn run(args: PolicyArgs) -> anyhow::Result<ExitCode> {
    let result = match args.command {
        Command::Check(args) => check::run(&args),
        Command::Test(args) => test::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Try(args) => attempt::run(&args),
        Command::Backtest(args) => backtest::run(&args),
    };
    match result {
        // `| head` has seen enough: nothing went wrong.
        Err(error) if is_closed(&error) => Ok(ExitCode::SUCCESS),
        other => other,
    }
}
