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
