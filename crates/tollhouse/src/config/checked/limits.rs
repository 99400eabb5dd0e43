//! The section about limits.

use std::time::Duration;

use gateway::settings::Limits;

use crate::config::problem::Fault;
use crate::config::raw::Table;
use crate::config::value;

/// PostgreSQL's own longest message: a longer statement could not be sent on.
const STATEMENT_BYTES_CEILING: usize = (1 << 30) - 1;

/// The limits; those that are not written are at their default.
pub(super) fn limits(top: &Table<'_>) -> Limits {
    let table = top.table("limits", "limits");
    let default = Limits::default();
    Limits {
        sessions_max: count(&table, "sessions_max", default.sessions_max),
        sessions_per_principal_max: count(
            &table,
            "sessions_per_principal_max",
            default.sessions_per_principal_max,
        ),
        logins_per_address_max: count(&table, "logins_per_address_max", default.logins_per_address_max),
        login_timeout: duration(&table, "login_timeout", default.login_timeout),
        idle_timeout: table
            .parse("idle_timeout", value::duration_or_never)
            .map_or(default.idle_timeout, |at| at.value),
        statement_bytes_max: table
            .parse("statement_bytes_max", statement_size)
            .map_or(default.statement_bytes_max, |at| at.value),
        prepared_max: count(&table, "prepared_max", default.prepared_max),
        pipeline_max: count(&table, "pipeline_max", default.pipeline_max),
        drain_timeout: duration(&table, "drain_timeout", default.drain_timeout),
    }
}

fn duration(table: &Table<'_>, name: &'static str, default: Duration) -> Duration {
    table.parse(name, value::duration).map_or(default, |at| at.value)
}

fn count(table: &Table<'_>, name: &'static str, default: usize) -> usize {
    let Some(written) = table.count(name) else { return default };
    match usize::try_from(written.value) {
        Ok(number) if number > 0 => number,
        _ => {
            let fault = Fault::value("a limit of 0 would refuse everything", "write at least 1");
            table.error(name, &written.span, fault);
            default
        }
    }
}

fn statement_size(text: &str) -> Result<usize, Fault> {
    let size = value::size(text)?;
    if size > STATEMENT_BYTES_CEILING {
        return Err(Fault::value(
            "PostgreSQL takes no message of 1 GiB or more",
            "write less, such as `16MiB`",
        ));
    }
    Ok(size)
}
