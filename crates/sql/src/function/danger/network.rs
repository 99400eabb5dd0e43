//! The network: other servers that a function connects to.

use model::facts::RiskKind;

use super::{Class, EMPTY, Members};

pub(super) const CLASS: Class = Class {
    risk: RiskKind::Network,
    extensions: &[
        Members { extension: "aws_lambda", functions: &["invoke"] },
        Members { extension: "aws_s3", functions: &["query_export_to_s3", "table_import_from_s3"] },
        Members {
            extension: "dblink",
            functions: &[
                "dblink",
                "dblink_cancel_query",
                "dblink_close",
                "dblink_connect",
                "dblink_connect_u",
                "dblink_disconnect",
                "dblink_exec",
                "dblink_fetch",
                "dblink_get_connections",
                "dblink_get_notify",
                "dblink_get_result",
                "dblink_open",
                "dblink_send_query",
            ],
        },
        Members {
            extension: "http",
            functions: &[
                "http",
                "http_delete",
                "http_get",
                "http_head",
                "http_list_curlopt",
                "http_patch",
                "http_post",
                "http_put",
                "http_reset_curlopt",
                "http_set_curlopt",
            ],
        },
        Members {
            extension: "pg_net",
            functions: &["http_collect_response", "http_delete", "http_get", "http_post"],
        },
        Members { extension: "plproxy", functions: &[] },
        Members {
            extension: "postgres_fdw",
            functions: &[
                "postgres_fdw_disconnect",
                "postgres_fdw_disconnect_all",
                "postgres_fdw_get_connections",
            ],
        },
    ],
    ..EMPTY
};
