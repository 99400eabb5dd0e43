//! Functions that run SQL from a string, or read a table by its name in a string: what they read stands in no
//! parse tree.

use model::facts::RiskKind;

use super::{Class, EMPTY, Members};

pub(super) const CLASS: Class = Class {
    risk: RiskKind::SqlFromString,
    functions: &[
        "currtid2",
        "cursor_to_xml",
        "cursor_to_xmlschema",
        "database_to_xml",
        "database_to_xml_and_xmlschema",
        "database_to_xmlschema",
        "query_to_xml",
        "query_to_xml_and_xmlschema",
        "query_to_xmlschema",
        "schema_to_xml",
        "schema_to_xml_and_xmlschema",
        "schema_to_xmlschema",
        "table_to_xml",
        "table_to_xml_and_xmlschema",
        "table_to_xmlschema",
        "ts_rewrite",
        "ts_stat",
    ],
    extensions: &[
        Members { extension: "address_standardizer", functions: &["parse_address", "standardize_address"] },
        Members { extension: "aws_s3", functions: &["query_export_to_s3"] },
        Members {
            extension: "dblink",
            functions: &[
                "dblink",
                "dblink_build_sql_delete",
                "dblink_build_sql_insert",
                "dblink_build_sql_update",
                "dblink_exec",
                "dblink_get_pkey",
                "dblink_open",
                "dblink_send_query",
            ],
        },
        Members { extension: "pg_cron", functions: &["alter_job", "schedule", "schedule_in_database"] },
        Members { extension: "pgrouting", functions: &[] },
        Members {
            extension: "postgis",
            functions: &[
                "_postgis_join_selectivity",
                "_postgis_selectivity",
                "_postgis_stats",
                "st_estimatedextent",
            ],
        },
        Members {
            extension: "tablefunc",
            functions: &["connectby", "crosstab", "crosstab2", "crosstab3", "crosstab4"],
        },
        Members { extension: "xml2", functions: &["xpath_table"] },
    ],
    ..EMPTY
};
