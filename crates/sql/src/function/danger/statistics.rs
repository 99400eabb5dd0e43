//! Statistics that hold values of tables, and what shows the statements of others. A session's own prepared
//! statements and cursors belong here: behind a pool they may be another's.

use model::facts::RiskKind;

use super::{Class, Members};

pub(super) const CLASS: Class = Class {
    risk: RiskKind::Statistics,
    // They only read.
    verb: None,
    functions: &[
        "pg_cursor",
        "pg_get_aios",
        "pg_mcv_list_items",
        "pg_prepared_statement",
        "pg_stat_get_activity",
        "pg_stat_get_backend_activity",
    ],
    extensions: &[
        Members { extension: "auto_explain", functions: &[] },
        Members { extension: "pg_qualstats", functions: &[] },
        Members { extension: "pg_stat_monitor", functions: &[] },
        Members { extension: "pg_stat_statements", functions: &["pg_stat_statements"] },
        Members { extension: "pg_store_plans", functions: &[] },
    ],
    relations: &[
        "pg_aios",
        "pg_cursors",
        "pg_prepared_statements",
        "pg_stat_activity",
        "pg_statistic",
        "pg_statistic_ext_data",
        "pg_stats",
        "pg_stats_ext",
        "pg_stats_ext_exprs",
    ],
    extension_relations: &["pg_qualstats", "pg_stat_monitor", "pg_stat_statements", "pg_store_plans"],
};

/// The columns of the server's own views that hold values or statements; what else is in them counts and dates.
const TELLING: [(&str, &[&str]); 7] = [
    ("pg_cursors", &["statement"]),
    ("pg_prepared_statements", &["statement"]),
    ("pg_stat_activity", &["query"]),
    ("pg_statistic", &["stavalues1", "stavalues2", "stavalues3", "stavalues4", "stavalues5"]),
    ("pg_stats", &VALUES),
    ("pg_stats_ext", &VALUES),
    ("pg_stats_ext_exprs", &VALUES),
];
/// What shows values of a column.
const VALUES: [&str; 4] =
    ["histogram_bounds", "most_common_elems", "most_common_vals", "range_bounds_histogram"];

/// The columns by which a relation of the server's own is dangerous; `None` = by any.
pub(super) fn telling(name: &str) -> Option<&'static [&'static str]> {
    TELLING.iter().find(|(relation, _)| *relation == name).map(|(_, columns)| *columns)
}
