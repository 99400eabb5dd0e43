//! Files of the server: read, listed, written, or shown as rows.

use model::facts::RiskKind;

use super::{Class, EMPTY, Members};

pub(super) const CLASS: Class = Class {
    risk: RiskKind::File,
    functions: &[
        "lo_export",
        "lo_import",
        "pg_current_logfile",
        "pg_hba_file_rules",
        "pg_ident_file_mappings",
        "pg_ls_archive_statusdir",
        "pg_ls_dir",
        "pg_ls_logdir",
        "pg_ls_logicalmapdir",
        "pg_ls_logicalsnapdir",
        "pg_ls_replslotdir",
        "pg_ls_summariesdir",
        "pg_ls_tmpdir",
        "pg_ls_waldir",
        "pg_read_binary_file",
        "pg_read_file",
        "pg_read_file_old",
        "pg_show_all_file_settings",
        "pg_stat_file",
    ],
    extensions: &[
        Members { extension: "adminpack", functions: &[] },
        // What a relation's file holds, dead and hidden rows included.
        Members { extension: "pageinspect", functions: &[] },
        Members { extension: "pg_logicalinspect", functions: &[] },
        // Writes to a relation's file behind the back of transactions.
        Members { extension: "pg_surgery", functions: &[] },
        Members { extension: "pg_visibility", functions: &["pg_truncate_visibility_map"] },
    ],
    relations: &["pg_file_settings", "pg_hba_file_rules", "pg_ident_file_mappings"],
    ..EMPTY
};
