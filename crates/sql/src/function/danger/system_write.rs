//! Functions that write to the system's own catalogues, or prepare that.

use model::facts::RiskKind;

use super::{Class, EMPTY};

pub(super) const CLASS: Class = Class {
    risk: RiskKind::SystemWrite,
    functions: &[
        "binary_upgrade_add_sub_rel_state",
        "binary_upgrade_create_conflict_detection_slot",
        "binary_upgrade_create_empty_extension",
        "binary_upgrade_logical_slot_has_caught_up",
        "binary_upgrade_replorigin_advance",
        "binary_upgrade_set_missing_value",
        "binary_upgrade_set_next_array_pg_type_oid",
        "binary_upgrade_set_next_heap_pg_class_oid",
        "binary_upgrade_set_next_heap_relfilenode",
        "binary_upgrade_set_next_index_pg_class_oid",
        "binary_upgrade_set_next_index_relfilenode",
        "binary_upgrade_set_next_multirange_array_pg_type_oid",
        "binary_upgrade_set_next_multirange_pg_type_oid",
        "binary_upgrade_set_next_pg_authid_oid",
        "binary_upgrade_set_next_pg_enum_oid",
        "binary_upgrade_set_next_pg_tablespace_oid",
        "binary_upgrade_set_next_pg_type_oid",
        "binary_upgrade_set_next_toast_pg_class_oid",
        "binary_upgrade_set_next_toast_relfilenode",
        "binary_upgrade_set_record_init_privs",
        "pg_clear_attribute_stats",
        "pg_clear_relation_stats",
        "pg_extension_config_dump",
        "pg_import_system_collations",
        "pg_nextoid",
        "pg_restore_attribute_stats",
        "pg_restore_relation_stats",
        "pg_stop_making_pinned_objects",
    ],
    ..EMPTY
};
