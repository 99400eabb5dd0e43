//! Functions that call another one, which is named by a value: a type's input function and a domain's CHECK
//! among them. Nobody can tell from the text which one that is.

use model::facts::RiskKind;

use super::{Class, EMPTY};

pub(super) const CLASS: Class = Class {
    risk: RiskKind::UserFunction,
    functions: &[
        "array_in",
        "array_recv",
        "domain_in",
        "domain_recv",
        "multirange_in",
        "multirange_recv",
        "pg_input_error_info",
        "pg_input_is_valid",
        "range_in",
        "range_recv",
        "record_in",
        "record_recv",
    ],
    ..EMPTY
};
