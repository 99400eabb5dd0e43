//! The server's functions that hold for all values of their arguments: somebody has looked at each. What is not here
//! can fail, so that a newer server's functions are distrusted until somebody has looked at them.

use std::sync::Arc;

use crate::catalogue::Function;
use crate::function::within;
use crate::gather::Flow;

/// For whatever arguments; sorted. `random` is not among them: that it was called shows in its next number.
const TOTAL: &[&str] = &[
    "abbrev",
    "abs",
    "age",
    "any_value",
    "array_length",
    "array_lower",
    "array_ndims",
    "array_positions",
    "array_remove",
    "array_replace",
    "array_to_json",
    "array_to_string",
    "array_to_tsvector",
    "array_upper",
    "ascii",
    "avg",
    "bit_and",
    "bit_count",
    "bit_length",
    "bit_or",
    "bool_and",
    "bool_or",
    "bpchar",
    "broadcast",
    "btrim",
    "cardinality",
    "casefold",
    "ceil",
    "ceiling",
    "char_length",
    "character_length",
    "clock_timestamp",
    "concat",
    "concat_ws",
    "count",
    "crc32",
    "crc32c",
    "cume_dist",
    "current_database",
    "current_schema",
    "dense_rank",
    "every",
    "family",
    "first_value",
    "floor",
    "gen_random_uuid",
    "hashtext",
    "hashtextextended",
    "host",
    "hostmask",
    "initcap",
    "isempty",
    "isfinite",
    "json_agg",
    "json_agg_strict",
    "json_array_elements",
    "json_build_array",
    "json_extract_path",
    "json_extract_path_text",
    "json_typeof",
    "jsonb_agg",
    "jsonb_agg_strict",
    "jsonb_build_array",
    "jsonb_extract_path",
    "jsonb_extract_path_text",
    "jsonb_pretty",
    "jsonb_strip_nulls",
    "jsonb_typeof",
    "justify_days",
    "justify_hours",
    "last_value",
    "length",
    "lower",
    "lower_inc",
    "lower_inf",
    "ltrim",
    "masklen",
    "max",
    "md5",
    "min",
    "mode",
    "netmask",
    "network",
    "now",
    "num_nonnulls",
    "num_nulls",
    "numnode",
    "octet_length",
    "percent_rank",
    "percentile_cont",
    "percentile_disc",
    "pg_backend_pid",
    "pg_client_encoding",
    "pg_column_size",
    "pg_typeof",
    "plainto_tsquery",
    "position",
    "querytree",
    "quote_ident",
    "quote_literal",
    "quote_nullable",
    "rank",
    "replace",
    "reverse",
    "round",
    "row_number",
    "row_to_json",
    "rtrim",
    "scale",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "show_trgm",
    "sign",
    "similarity",
    "starts_with",
    "statement_timestamp",
    "stddev",
    "stddev_pop",
    "stddev_samp",
    "string_agg",
    "string_to_array",
    "string_to_table",
    "strip",
    "strpos",
    "sum",
    "text",
    "textcat",
    "to_hex",
    "to_json",
    "to_jsonb",
    "transaction_timestamp",
    "translate",
    "trim_scale",
    "trunc",
    "ts_debug",
    "ts_rank",
    "ts_rank_cd",
    "tsvector_to_array",
    "unaccent",
    "unnest",
    "upper",
    "upper_inc",
    "upper_inf",
    "uuidv4",
    "uuidv7",
    "var_pop",
    "var_samp",
    "variance",
    "version",
    "websearch_to_tsquery",
    "word_similarity",
    "xml_is_well_formed",
    "xml_is_well_formed_content",
    "xml_is_well_formed_document",
    "xmlagg",
];

/// For whatever value, when the other arguments are constants that fit; with the place of the value; sorted.
const GIVEN: &[(&str, usize)] = &[
    ("date_bin", 1),
    ("date_part", 1),
    ("date_trunc", 1),
    ("digest", 0),
    ("encode", 0),
    ("extract", 1),
    ("hmac", 0),
    ("jsonb_set", 0),
    ("lag", 0),
    ("lead", 0),
    ("left", 0),
    ("lpad", 0),
    ("nth_value", 0),
    ("overlay", 0),
    ("phraseto_tsquery", 1),
    ("regexp_count", 0),
    ("regexp_instr", 0),
    ("regexp_like", 0),
    ("regexp_match", 0),
    ("regexp_matches", 0),
    ("regexp_replace", 0),
    ("regexp_split_to_array", 0),
    ("regexp_split_to_table", 0),
    ("regexp_substr", 0),
    ("right", 0),
    ("rpad", 0),
    ("set_masklen", 0),
    ("split_part", 0),
    ("substr", 0),
    ("substring", 0),
    ("timezone", 1),
    ("to_char", 0),
    ("to_tsvector", 1),
    ("ts_headline", 1),
    ("width_bucket", 0),
];

/// Those of them for which each number that is not below zero fits; sorted.
const PARTS: &[&str] = &["lag", "lead", "left", "lpad", "right", "rpad", "substr", "substring"];

/// Functions of extensions in the lists above.
const EXTENSIONS: &[(&str, &[&str])] = &[
    ("citext", &["max", "min", "replace", "split_part", "strpos", "translate"]),
    ("pg_trgm", &["show_trgm", "similarity", "word_similarity"]),
    ("pgcrypto", &["digest", "hmac"]),
    ("unaccent", &["unaccent"]),
];

/// Which arguments of a call are keys, which must not be NULL.
#[derive(Clone, Copy)]
pub(super) enum Keys {
    First,
    EveryOther,
}

impl Keys {
    /// Whether a key is computed, so that somebody chose when it is NULL.
    pub(super) fn chosen(self, flows: &[Flow]) -> bool {
        let step = match self {
            Self::First => flows.len().max(1),
            Self::EveryOther => 2,
        };
        flows.iter().step_by(step).any(Flow::is_chosen)
    }
}

/// The keys of a function that makes JSON objects.
pub(super) fn keys(name: &str) -> Option<Keys> {
    Some(match name {
        "json_object_agg" | "jsonb_object_agg" => Keys::First,
        "json_build_object" | "jsonb_build_object" => Keys::EveryOther,
        _ => return None,
    })
}

/// Whether a function holds for all values.
pub(super) fn is_total(name: &str) -> bool {
    within(TOTAL, name) || keys(name).is_some()
}

/// Where the value stands for which a function holds when all else are constants.
pub(super) fn value_of(name: &str) -> Option<usize> {
    let at = GIVEN.binary_search_by_key(&name, |(known, _)| known).ok()?;
    GIVEN.get(at).map(|(_, value)| *value)
}

/// Whether numbers that are not below zero always fit.
pub(super) fn is_part(name: &str) -> bool {
    within(PARTS, name)
}

/// Whether all of them belong to an extension that was looked at.
pub(super) fn is_of_extension(candidates: &[Arc<Function>]) -> bool {
    candidates.iter().all(|function| {
        crate::function::is_built_in(function)
            || function.extension.as_deref().is_some_and(|extension| {
                let known = EXTENSIONS.iter().find(|(name, _)| *name == extension);
                known.is_some_and(|(_, functions)| within(functions, &function.name))
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        assert!(TOTAL.is_sorted() && GIVEN.is_sorted() && PARTS.is_sorted() && EXTENSIONS.is_sorted());
        assert!(EXTENSIONS.iter().all(|(_, functions)| functions.is_sorted()));
        assert!(PARTS.iter().all(|name| value_of(name) == Some(0)));
    }

    #[test]
    fn each_name_is_a_function_of_the_server() {
        let catalogue = crate::catalogue::builtin(18);
        let view = crate::view::View::default();
        let of_extensions: Vec<&str> =
            EXTENSIONS.iter().flat_map(|(_, functions)| functions.iter().copied()).collect();
        let all = TOTAL.iter().copied().chain(GIVEN.iter().map(|(name, _)| *name));
        for name in all.filter(|name| !of_extensions.contains(name)) {
            assert!(!catalogue.functions(&view, Some("pg_catalog"), name).is_empty(), "{name}");
        }
    }
}
