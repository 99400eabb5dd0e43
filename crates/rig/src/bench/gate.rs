//! The gate as the bench starts it: one principal that may reach one target, plain TCP both ways, ledger on.

use super::contender::Kind;
use super::stage::Stage;
use crate::Result;
use crate::gate::{Gate, Plan, Principal, Target, Upstream};

/// How many targets and principals the long configuration has besides the ones that are used.
const MANY: (u32, u32) = (199, 1999);
/// More sessions than any case opens.
const SESSIONS_MAX: &str = "3000";

/// Starts a gate of this kind before the server of `stage`.
///
/// # Errors
/// When the program is not built or does not start.
pub(super) fn start(kind: Kind, stage: &Stage) -> Result<Gate> {
    let target = |name: &str| {
        let upstream = Upstream::tcp(&stage.server, Stage::NAME, Stage::NAME, &stage.password);
        let durability = if kind == Kind::Strict { "strict" } else { "relaxed" };
        Target::new(name, upstream).set("environment", "production").durability(durability)
    };
    let principal = |name: &str| Principal::service(name, Stage::NAME).verifier(&stage.verifier);
    let (targets, principals) = if kind == Kind::Many { MANY } else { (0, 0) };
    // The used ones in the middle: neither first nor last, should order matter.
    let names = |count: u32, word: &str| -> Vec<String> {
        let mut names: Vec<_> = (0..count).map(|number| format!("{word}-{number}")).collect();
        names.insert(names.len() / 2, Stage::NAME.to_owned());
        names
    };
    let mut plan = Plan::new()
        .folder(stage.ledger_folder(kind))
        .plaintext()
        .limit("sessions_max", SESSIONS_MAX)
        .limit("sessions_per_principal_max", SESSIONS_MAX);
    for name in names(targets, "target") {
        plan = plan.target(target(&name));
    }
    for name in names(principals, "principal") {
        plan = plan.principal(principal(&name));
    }
    Gate::start(plan)
}
