//! The server's functions that may be given whatever an expression chooses: somebody has asked of each whether any value of its
//! arguments' types makes it fail, the least number, infinity, a zero byte in JSON, rows of several lengths, and whether it takes
//! longer than to choose. Others that hold for what columns hold need not hold for that, or tell by the clock what was chosen.

/// `int2`, `int4`, `int8`
pub(super) const INTS: [u32; 3] = [21, 23, 20];
/// Of any type.
const ANY: &[u32] = &[];
/// `float8`
const FLOAT: &[u32] = &[701];
/// Compared, and shown as JSON, whatever they are: `bool`, `text`, `varchar`, `bpchar`, `int2`, `int4`, `int8`, `numeric`,
/// `float4`, `float8`, `date`, `timestamp`, `timestamptz`, `uuid`, `jsonb`.
const SIMPLE: &[u32] = &[16, 25, 1043, 1042, 21, 23, 20, 1700, 700, 701, 1082, 1114, 1184, 2950, 3802];

/// By name, with the types of which an argument may be chosen; sorted.
const CHOSEN: &[(&str, &[u32])] = &[
    ("abbrev", ANY),
    ("any_value", ANY),
    ("array_length", ANY),
    ("array_lower", ANY),
    ("array_ndims", ANY),
    ("array_to_json", ANY),
    ("array_upper", ANY),
    ("ascii", ANY),
    ("avg", &INTS),
    ("bit_and", &INTS),
    ("bit_count", ANY),
    ("bit_length", ANY),
    ("bit_or", &INTS),
    ("bool_and", ANY),
    ("bool_or", ANY),
    ("bpchar", ANY),
    ("broadcast", ANY),
    ("btrim", ANY),
    ("cardinality", ANY),
    ("casefold", ANY),
    ("ceil", FLOAT),
    ("ceiling", FLOAT),
    ("char_length", ANY),
    ("character_length", ANY),
    ("concat", ANY),
    ("concat_ws", ANY),
    ("count", ANY),
    ("every", ANY),
    ("family", ANY),
    ("first_value", ANY),
    ("floor", FLOAT),
    ("host", ANY),
    ("hostmask", ANY),
    ("initcap", ANY),
    ("isempty", ANY),
    ("isfinite", ANY),
    ("json_build_array", ANY),
    ("json_build_object", ANY),
    ("json_extract_path", ANY),
    ("json_typeof", ANY),
    ("jsonb_build_array", SIMPLE),
    ("jsonb_build_object", SIMPLE),
    ("jsonb_extract_path", ANY),
    ("jsonb_extract_path_text", ANY),
    ("jsonb_typeof", ANY),
    ("last_value", ANY),
    ("length", ANY),
    ("lower", ANY),
    ("lower_inc", ANY),
    ("lower_inf", ANY),
    ("ltrim", ANY),
    ("masklen", ANY),
    ("max", SIMPLE),
    ("min", SIMPLE),
    ("netmask", ANY),
    ("network", ANY),
    ("num_nonnulls", ANY),
    ("num_nulls", ANY),
    ("numnode", ANY),
    ("octet_length", ANY),
    ("pg_column_size", ANY),
    ("pg_typeof", ANY),
    ("position", ANY),
    ("querytree", ANY),
    ("quote_ident", ANY),
    ("quote_literal", ANY),
    ("quote_nullable", ANY),
    ("replace", ANY),
    ("reverse", ANY),
    ("round", FLOAT),
    ("row_to_json", ANY),
    ("rtrim", ANY),
    ("scale", ANY),
    ("sign", ANY),
    ("starts_with", ANY),
    ("stddev", &INTS),
    ("stddev_pop", &INTS),
    ("stddev_samp", &INTS),
    ("strip", ANY),
    ("strpos", ANY),
    ("sum", &INTS),
    ("text", ANY),
    ("textcat", ANY),
    ("to_hex", ANY),
    ("to_json", ANY),
    ("to_jsonb", SIMPLE),
    ("translate", ANY),
    ("trim_scale", ANY),
    ("trunc", ANY),
    ("tsvector_to_array", ANY),
    ("unaccent", ANY),
    ("upper", ANY),
    ("upper_inc", ANY),
    ("upper_inf", ANY),
    ("var_pop", &INTS),
    ("var_samp", &INTS),
    ("variance", &INTS),
];

/// The types of which a function may be given what an expression chose (empty: of any). `None`: of no type.
pub(super) fn types(name: &str) -> Option<&'static [u32]> {
    let at = CHOSEN.binary_search_by_key(&name, |(known, _)| known).ok()?;
    CHOSEN.get(at).map(|(_, types)| *types)
}

#[cfg(test)]
mod tests {
    use super::super::total::is_total;
    use super::*;

    #[test]
    fn each_holds_for_columns_too() {
        assert!(CHOSEN.is_sorted_by_key(|(name, _)| name));
        assert!(CHOSEN.iter().all(|(name, _)| is_total(name)));
    }
}
