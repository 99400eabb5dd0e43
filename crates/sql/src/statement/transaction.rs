//! Transactions and savepoints. Whether one is open is the kernel's to know.

use model::facts::{RiskKind, Verb};

use super::setting;
use crate::gather::Gather;
use crate::parse::nodes::{self, TransactionStmtKind as Kind};
use crate::view::Effect;

pub(super) fn transaction(statement: &nodes::TransactionStmt, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Other);
    let name = || statement.savepoint_name().unwrap_or_default().into();
    let about = || statement.gid().unwrap_or_default().to_owned();
    match statement.kind {
        Kind::TRANS_STMT_BEGIN | Kind::TRANS_STMT_START => {
            setting::transaction_modes(statement.options(), gather);
            gather.effect(Effect::Begin);
            if statement.kind == Kind::TRANS_STMT_BEGIN { "BEGIN" } else { "START TRANSACTION" }
        }
        Kind::TRANS_STMT_COMMIT => {
            gather.effect(Effect::Commit { chain: statement.chain });
            "COMMIT"
        }
        Kind::TRANS_STMT_ROLLBACK => {
            gather.effect(Effect::Rollback { chain: statement.chain });
            "ROLLBACK"
        }
        Kind::TRANS_STMT_SAVEPOINT => {
            gather.effect(Effect::Savepoint(name()));
            "SAVEPOINT"
        }
        Kind::TRANS_STMT_RELEASE => {
            gather.effect(Effect::Release(name()));
            "RELEASE"
        }
        Kind::TRANS_STMT_ROLLBACK_TO => {
            gather.effect(Effect::RollbackTo(name()));
            "ROLLBACK"
        }
        Kind::TRANS_STMT_PREPARE => {
            gather.risk(RiskKind::TwoPhase, about());
            gather.effect(Effect::Detach);
            "PREPARE TRANSACTION"
        }
        Kind::TRANS_STMT_COMMIT_PREPARED => {
            // What it commits was done by a session that the gate may never have seen.
            gather.risk(RiskKind::TwoPhase, about());
            gather.effect(Effect::Definition);
            "COMMIT PREPARED"
        }
        Kind::TRANS_STMT_ROLLBACK_PREPARED => {
            gather.risk(RiskKind::TwoPhase, about());
            "ROLLBACK PREPARED"
        }
        _ => super::unknown("a transaction statement", gather),
    }
}
