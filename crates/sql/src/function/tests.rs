//! What calls are found to be, on the server's own functions and on sketched ones.

use std::collections::BTreeSet;

use model::facts::{Facts, RiskKind, Verb};

use super::*;
use crate::catalogue::{Catalogue, builtin};
use crate::view::View;

fn called(catalogue: &Catalogue, name: &[&str]) -> Facts {
    let view = View::default();
    let cx = Cx::new(catalogue, &view);
    let mut gather = Gather::default();
    let (schema, last) = match name {
        [schema, last] => (Some(*schema), *last),
        _ => (None, name[0]),
    };
    call(&catalogue.functions(&view, schema, last), name, &[], cx, &mut gather);
    gather.finish("SELECT").facts
}

fn risks(facts: &Facts) -> Vec<RiskKind> {
    let kinds: BTreeSet<RiskKind> = facts.risks.iter().map(|risk| risk.kind).collect();
    kinds.into_iter().collect()
}

#[test]
fn somebody_has_looked_at_every_volatile_function_of_the_server() {
    for server in [15, 18] {
        let catalogue = builtin(server);
        let unknown: BTreeSet<&str> = catalogue
            .all_functions()
            .filter(|function| is_built_in(function) && function.volatility == Volatility::Volatile)
            .filter(|function| {
                danger::classes(None, &function.name, function.arguments.len()).next().is_none()
                    && !is_reviewed(function)
                    && !matches!(&*function.name, "set_config" | "nextval")
            })
            .map(|function| &*function.name)
            .collect();
        assert_eq!(unknown, BTreeSet::new(), "put each in `danger` or `harmless`");
    }
}

#[test]
fn each_name_of_the_lists_is_a_function_of_some_server() {
    let servers = [builtin(15), builtin(18)];
    let exists = |name: &str| {
        servers
            .iter()
            .any(|catalogue| !catalogue.functions(&View::default(), Some("pg_catalog"), name).is_empty())
    };
    // Of older and newer servers than those that are built in.
    let elsewhere = [
        "binary_upgrade_create_conflict_detection_slot",
        "binary_upgrade_set_next_toast_pg_class_oid",
        "pg_get_wal_summarizer_state",
        "pg_is_in_backup",
        "pg_start_backup",
        "pg_stop_backup",
    ];
    for class in &danger::CLASSES {
        for name in class.functions.iter().filter(|name| !elsewhere.contains(name)) {
            assert!(exists(name), "{name}");
        }
    }
}

#[test]
fn dangerous_functions_are_found_by_class() {
    let catalogue = builtin(18);
    for (name, kinds) in [
        ("query_to_xml", vec![RiskKind::SqlFromString]),
        ("pg_read_file", vec![RiskKind::File]),
        ("lo_import", vec![RiskKind::File, RiskKind::LargeObject]),
        ("pg_terminate_backend", vec![RiskKind::OtherSession]),
        ("pg_create_logical_replication_slot", vec![RiskKind::Replication]),
        ("pg_logical_emit_message", vec![RiskKind::Replication, RiskKind::SideEffect]),
        ("pg_notify", vec![RiskKind::SideEffect]),
        ("pg_advisory_lock", vec![RiskKind::SideEffect]),
        ("pg_sleep", vec![RiskKind::Wait]),
        ("pg_reload_conf", vec![RiskKind::Configuration]),
        ("pg_stat_get_activity", vec![RiskKind::Statistics]),
        ("pg_restore_relation_stats", vec![RiskKind::SystemWrite]),
        ("domain_in", vec![RiskKind::UserFunction]),
        ("set_config", vec![RiskKind::GuardedSetting, RiskKind::Identity]),
        ("ts_rewrite", vec![RiskKind::SqlFromString]),
        ("lower", vec![]),
        ("nextval", vec![RiskKind::SideEffect]),
        ("gen_random_uuid", vec![]),
        ("pg_get_viewdef", vec![]),
        ("count", vec![]),
    ] {
        let facts = called(&catalogue, &[name]);
        assert_eq!(risks(&facts), kinds, "{name}");
        assert_eq!(
            facts.calls.is_empty(),
            kinds.is_empty() || matches!(name, "set_config" | "nextval"),
            "{name}"
        );
    }
    assert!(called(&catalogue, &["pg_advisory_lock"]).verbs.contains(&Verb::Lock));
    assert!(called(&catalogue, &["pg_terminate_backend"]).verbs.contains(&Verb::Call));
    assert!(called(&catalogue, &["pg_sleep"]).is_read_only());
}

#[test]
fn a_name_that_is_not_known_is_opaque_and_still_told_when_it_is_dangerous() {
    let facts = called(&builtin(18), &["dblink"]);
    assert_eq!(risks(&facts), [RiskKind::SqlFromString, RiskKind::Network]);
    assert_eq!(facts.opaque[0].kind, "unknown object");
}

#[test]
fn relations_that_are_more_than_their_rows() {
    assert_eq!(relation_risk("pg_catalog", "pg_stats"), Some(RiskKind::Statistics));
    assert_eq!(relation_risk("public", "pg_stat_statements"), Some(RiskKind::Statistics));
    assert_eq!(relation_risk("pg_catalog", "pg_hba_file_rules"), Some(RiskKind::File));
    assert_eq!(relation_risk("pg_catalog", "pg_largeobject"), Some(RiskKind::LargeObject));
    assert_eq!(relation_risk("public", "pg_stats"), None);
    assert_eq!(relation_risk("pg_catalog", "pg_class"), None);
    assert_eq!(relation_risk("pg_catalog", "pg_roles"), None);
}

#[test]
fn the_lists_are_sorted() {
    for class in &danger::CLASSES {
        assert!(class.functions.is_sorted() && class.relations.is_sorted());
        assert!(class.extension_relations.is_sorted());
        assert!(class.extensions.iter().all(|members| members.functions.is_sorted()));
    }
}

#[test]
fn the_reference_has_every_word() {
    let page = include_str!("../../../../docs/reference/facts.md");
    let told = |word: &str| page.contains(&format!("`{word}`"));
    let words =
        RiskKind::ALL.iter().map(|kind| kind.as_str()).chain(Verb::ALL.iter().map(|verb| verb.as_str()));
    for word in words {
        assert!(page.contains(&format!("\n| `{word}` |")), "{word}");
    }
    for kind in ["syntax", "limit", "unknown object", "unknown statement", "state", "encoding", "body"] {
        assert!(page.contains(&format!("\n| `{kind}` |")), "{kind}");
    }
    for class in &danger::CLASSES {
        let functions = class.functions.iter().chain(class.extensions.iter().flat_map(|all| all.functions));
        for name in functions.chain(class.relations).chain(class.extension_relations) {
            assert!(told(name), "{name}");
        }
        for members in class.extensions {
            assert!(told(members.extension), "{}", members.extension);
        }
    }
}
