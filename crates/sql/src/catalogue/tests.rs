//! Tests of the catalogue's text, look-ups and sketches.

use model::facts::ObjectKind;

use super::*;
use crate::view::View;

const SHOP: &str = "\
-- what a test needs
schema shop
public.customers(id int4 pk, full_name text not null, email text unique, total numeric(10, 2) default round(0, 2))
    rows 200
shop.orders(id int8 pk, of public.customers, note text[], half int4 generated (1, 2)) inherits public.customers
view public.names(full_name text) as SELECT full_name
    FROM public.customers
index public.customers_email on public.customers
function public.f(a int4, b text default) returns setof public.customers stable sql as SELECT ' as '
trigger public.customers update delete execute public.f
rule public.customers CREATE RULE r AS ON DELETE TO public.customers DO INSTEAD NOTHING
domain public.email text
";

fn shop() -> Catalogue {
    builtin(18).with_tables(SHOP).unwrap()
}

#[test]
fn both_servers_are_built_in() {
    for (asked, found) in [(18, 18), (19, 18), (17, 15), (15, 15), (14, 15)] {
        let catalogue = builtin(asked);
        assert_eq!(catalogue.server, found);
        let view = View::default();
        let Named::Known(classes) = catalogue.relation(&view, None, "pg_class") else { panic!("pg_class") };
        assert_eq!(classes.oid, 1259);
        assert_eq!(classes.columns.first().map(|column| &*column.name), Some("oid"));
        assert_eq!(classes.keys.first().map(|key| key.to_vec()), Some(vec![1]));
        assert!(catalogue.functions(&view, None, "set_config").iter().all(|f| f.arguments.len() == 3));
        assert_eq!(catalogue.operators(&view, Some("pg_catalog"), "~~").count(), 4);
        let text = catalogue.type_named(&view, None, "text").unwrap();
        assert_eq!(
            catalogue.cast(text.oid, catalogue.type_named(&view, None, "varchar").unwrap().oid),
            Some(0)
        );
        let stats = catalogue.relation_exactly("pg_catalog", "pg_stats").unwrap();
        assert!(stats.query.as_ref().unwrap().contains("FROM (((pg_statistic s"));
        assert!(!catalogue.has_schema("pg_toast"));
    }
}

#[test]
fn a_text_is_read_back_as_it_was_written() {
    for catalogue in [builtin(15), shop()] {
        let text = catalogue.to_text();
        let again = Catalogue::from_text(&text).unwrap();
        assert_eq!(again.to_text(), text);
        assert_eq!(again.path, catalogue.path);
        for relation in catalogue.relations() {
            assert_eq!(again.relation_by_oid(relation.oid), Some(relation));
        }
        for function in catalogue.all_functions() {
            assert_eq!(again.function_by_oid(function.oid), Some(function));
        }
    }
}

#[test]
fn a_sketch_says_what_it_looks_like() {
    let (catalogue, view) = (shop(), View::default());
    let Named::Known(customers) = catalogue.relation(&view, None, "customers") else { panic!("customers") };
    assert_eq!((customers.rows, customers.keys.len(), customers.children.len()), (Some(200), 2, 1));
    let default = customers.columns.last().and_then(|column| column.default.clone());
    assert_eq!(default.as_deref(), Some("round(0, 2)"));
    assert!(customers.triggers.iter().all(|t| t.update && t.delete && !t.insert && !t.truncate));
    assert_eq!(customers.rules.len(), 1);
    assert!(matches!(catalogue.relation(&view, None, "orders"), Named::Unknown), "it is not in the path");
    let Named::Known(orders) = catalogue.relation(&view, Some("shop"), "orders") else { panic!("orders") };
    let of = catalogue.type_by_oid(orders.columns.get(1).unwrap().type_oid).unwrap();
    assert_eq!((of.relation, of.kind), (customers.oid, b'c'));
    assert!(orders.columns.last().unwrap().generated);
    let names = catalogue.relation_exactly("public", "names").unwrap();
    assert_eq!(names.kind, ObjectKind::View);
    assert_eq!(names.query.as_deref(), Some("SELECT full_name\nFROM public.customers"));
    let functions = catalogue.functions(&view, None, "f");
    let f = functions.first().unwrap();
    assert_eq!((f.defaults, f.returns_set, f.volatility), (1, true, Volatility::Stable));
    assert_eq!(f.body.as_deref(), Some("SELECT ' as '"));
    assert_eq!(catalogue.relation_exactly("public", "customers_email").unwrap().index_of, customers.oid);
}

#[test]
fn a_sketch_that_cannot_be_read_names_its_line() {
    for (text, line) in [
        ("public.t(a int4)\n\nt(a int4)", 3),
        ("public.t(a what)", 1),
        ("public.t(a int4", 1),
        ("trigger public.t insert execute public.f", 1),
    ] {
        let error = builtin(18).with_tables(text).unwrap_err();
        assert_eq!(error.line, line, "{text}: {error}");
    }
}

#[test]
fn the_sample_is_above_either_server() {
    for server in [15, 18] {
        let (catalogue, view) = (sample(server), View::default());
        assert_eq!(catalogue.server, server);
        let Named::Known(customers) = catalogue.relation(&view, None, "customers") else {
            panic!("customers")
        };
        assert_eq!((customers.columns.len(), customers.rows), (9, Some(200)));
        let customer = catalogue.relation_exactly("shop", "customer").unwrap();
        let followers = customer.referenced_by.iter().filter(|one| one.on_delete == Follow::Same);
        assert_eq!(followers.count(), 2);
        let text = catalogue.type_named(&view, None, "text").unwrap().oid;
        assert!(customer.columns.iter().any(|column| column.type_oid == text));
    }
}

proptest::proptest! {
    /// A file from anywhere, or a server that is not one: an error at worst.
    #[test]
    fn no_text_is_too_strange(at in 0_usize..200_000, bytes in ".{0,8}", lines in "(head|schema|relation|column|key|function|type|cast|runs|reference|end|x)?(\\t(1|11|t|f|\\\\N|a|\\{a,\"b|\\\\)){0,9}(\\n|\\r)?") {
        let mut text = include_str!("../../data/sample.catalogue").to_owned();
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        text.insert_str(at, &bytes);
        text.insert_str(at, &lines);
        if let Ok(catalogue) = Catalogue::from_text(&text) {
            assert_eq!(Catalogue::from_text(&catalogue.to_text()).unwrap().to_text(), catalogue.to_text());
        }
        let _ = Catalogue::default().with_tables(&lines);
        let _ = split_path(&bytes);
    }
}

#[test]
fn half_a_text_is_no_catalogue() {
    let whole = builtin(18).to_text();
    let cut = whole.get(..whole.len() / 2).unwrap();
    assert!(Catalogue::from_text(cut.rsplit_once('\n').unwrap().0).is_err());
    assert!(Catalogue::from_text("").is_err());
    assert!(Catalogue::from_text("end").is_err());
    let unknown = Catalogue::from_text("head\t18\tme\tpublic\nhaed\nend").unwrap_err();
    assert_eq!(unknown.to_string(), "line 2 of the catalogue cannot be read: its first word is not known");
}
