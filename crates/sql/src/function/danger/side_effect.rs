//! Effects beyond the result that no other class names: they stay when the transaction is rolled back, reach other
//! sessions, or hold resources.

use model::facts::RiskKind;

use super::{Class, EMPTY, Members};

pub(super) const CLASS: Class = Class {
    risk: RiskKind::SideEffect,
    functions: &[
        "brin_desummarize_range",
        "brin_summarize_new_values",
        "brin_summarize_range",
        "gin_clean_pending_list",
        "pg_export_snapshot",
        "pg_logical_emit_message",
        "pg_notify",
        "pg_stat_reset",
        "pg_stat_reset_backend_stats",
        "pg_stat_reset_replication_slot",
        "pg_stat_reset_shared",
        "pg_stat_reset_single_function_counters",
        "pg_stat_reset_single_table_counters",
        "pg_stat_reset_slru",
        "pg_stat_reset_subscription_stats",
        "setval",
    ],
    extensions: &[
        // Reads every page of a relation, for as long as it takes.
        Members { extension: "amcheck", functions: &[] },
        Members {
            extension: "pg_buffercache",
            functions: &[
                "pg_buffercache_evict",
                "pg_buffercache_evict_all",
                "pg_buffercache_evict_relation",
                "pg_buffercache_mark_dirty",
                "pg_buffercache_mark_dirty_all",
                "pg_buffercache_mark_dirty_relation",
            ],
        },
        // Jobs that run later, as their maker.
        Members { extension: "pg_cron", functions: &[] },
        Members { extension: "pg_prewarm", functions: &[] },
        Members { extension: "pg_stat_statements", functions: &["pg_stat_statements_reset"] },
        Members { extension: "pg_trgm", functions: &["set_limit"] },
        Members { extension: "pg_visibility", functions: &["pg_check_frozen", "pg_check_visible"] },
        Members { extension: "pgrowlocks", functions: &[] },
        Members { extension: "pgstattuple", functions: &[] },
    ],
    ..EMPTY
};
