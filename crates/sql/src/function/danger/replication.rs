//! Replication, the write-ahead log and backups: what leaves the server beside its tables, and what keeps it from
//! working (a slot that nobody reads fills the disk).

use model::facts::RiskKind;

use super::{Class, EMPTY, Members};

pub(super) const CLASS: Class = Class {
    risk: RiskKind::Replication,
    functions: &[
        "pg_available_wal_summaries",
        "pg_backup_start",
        "pg_backup_stop",
        "pg_copy_logical_replication_slot",
        "pg_copy_physical_replication_slot",
        "pg_create_logical_replication_slot",
        "pg_create_physical_replication_slot",
        "pg_create_restore_point",
        "pg_drop_replication_slot",
        "pg_log_standby_snapshot",
        "pg_logical_emit_message",
        "pg_logical_slot_get_binary_changes",
        "pg_logical_slot_get_changes",
        "pg_logical_slot_peek_binary_changes",
        "pg_logical_slot_peek_changes",
        "pg_promote",
        "pg_replication_origin_advance",
        "pg_replication_origin_create",
        "pg_replication_origin_drop",
        "pg_replication_origin_progress",
        "pg_replication_origin_session_is_setup",
        "pg_replication_origin_session_progress",
        "pg_replication_origin_session_reset",
        "pg_replication_origin_session_setup",
        "pg_replication_origin_xact_reset",
        "pg_replication_origin_xact_setup",
        "pg_replication_slot_advance",
        "pg_show_replication_origin_status",
        "pg_start_backup",
        "pg_stop_backup",
        "pg_switch_wal",
        "pg_sync_replication_slots",
        "pg_wal_replay_pause",
        "pg_wal_replay_resume",
        "pg_wal_summary_contents",
    ],
    extensions: &[Members { extension: "pg_walinspect", functions: &[] }],
    relations: &["pg_replication_origin_status"],
    ..EMPTY
};
