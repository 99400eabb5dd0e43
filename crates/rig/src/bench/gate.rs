//! The gate's configuration for the bench: one principal that may reach one target, plain TCP both ways.

use std::fmt::Write as _;

use super::contender::Kind;
use super::stage::Stage;

/// How many targets and principals the long configuration has besides the one that is used.
const MANY: (u32, u32) = (200, 2000);

/// The text of `tollhouse.toml` for a gate of this kind: clients at `port`, the admin listener at `admin`.
pub(super) fn configuration(kind: Kind, port: u16, admin: u16, stage: &Stage) -> String {
    let durability = if kind == Kind::Strict { "strict" } else { "relaxed" };
    let (targets, principals) = if kind == Kind::Many { MANY } else { (0, 0) };
    let mut text = format!(
        "[ledger]\ndirectory = \"ledger\"\norigin = \"bench.example/bench\"\n\n\
         [admin]\nlisten = \"127.0.0.1:{admin}\"\n\n\
         [limits]\nsessions = 5000\n\n\
         [[listener]]\nname = \"bench\"\naddress = \"127.0.0.1:{port}\"\nplaintext = \"allow\"\n"
    );
    let mut target = |name: &str| {
        let _ = write!(
            text,
            "\n[[target]]\nname = \"{name}\"\nenvironment = \"dev\"\ndurability = \"{durability}\"\n\
             [target.upstream]\nhosts = [\"127.0.0.1:{server}\"]\ndatabase = \"{role}\"\nuser = \"{role}\"\n\
             password_env = \"{variable}\"\ntls = \"disable\"\n",
            server = stage.server.port(),
            role = Stage::NAME,
            variable = Stage::PASSWORD,
        );
    };
    target(Stage::NAME);
    (0..targets).for_each(|number| target(&format!("target-{number}")));
    let mut principal = |name: &str| {
        let _ = write!(
            text,
            "\n[[principal]]\nname = \"{name}\"\nkind = \"service\"\ntargets = [\"{}\"]\nscram = \"{}\"\n",
            Stage::NAME,
            stage.verifier,
        );
    };
    principal(Stage::NAME);
    (0..principals).for_each(|number| principal(&format!("principal-{number}")));
    text
}
