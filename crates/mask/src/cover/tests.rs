//! Covers of every kind, asked for cells.

use std::sync::Arc;

use super::*;
use crate::scan::Scanner;

pub(super) fn kit() -> Arc<Kit> {
    Arc::new(Kit::new(Key::new([1; 32]), Scanner::new()))
}

fn shown(mask: &str, class: Option<Class>, oid: u32, format: Format, value: &[u8]) -> Option<Vec<u8>> {
    let of = TypeOf::built_in(oid, -1).unwrap();
    let mut out = b"before".to_vec();
    let cover = Cover::new(&Mask::parse(mask).unwrap(), class, &of, format, &kit());
    let shown = cover.cell(value, &mut out);
    let out = out.strip_prefix(b"before").unwrap().to_vec();
    match shown {
        Shown::Null => None,
        Shown::Same => Some(value.to_vec()),
        Shown::Cell => Some(out),
    }
}

fn text(mask: &str, class: Option<Class>, oid: u32, value: &str) -> Option<String> {
    shown(mask, class, oid, Format::Text, value.as_bytes()).map(|bytes| String::from_utf8(bytes).unwrap())
}

#[test]
fn arrays_and_rows_keep_their_shape() {
    let card = Some(Class::CardNumber);
    let arrays = r#"{{4111111111111234,NULL},{"4111 1111 1111 9999",x}}"#;
    assert_eq!(text("last4", card, 1009, arrays).unwrap(), "{{***1234,NULL},{***9999,***}}");
    assert_eq!(text("last4", card, 1009, "[0:0]={4111111111111234}").unwrap(), "[0:0]={***1234}");
    assert_eq!(text("full", card, 1009, arrays).unwrap(), "{***}");
    assert_eq!(text("full", None, 1182, "{17.12.1997}").unwrap(), "{01.01.1900}");
    for broken in ["{", "}", "{a}b", "{a\"b}", "{\"a}", "a", "", "[x]={a}"] {
        assert_eq!(text("last4", card, 1009, broken).unwrap(), "{***}", "{broken}");
    }
    let mask = Mask::parse("last4").unwrap();
    let of = TypeOf::built_in(25, -1).unwrap();
    let last4 = Cover::new(&mask, card, &of, Format::Text, &kit());
    let row = Cover::row(vec![None, Some(last4.clone()), Some(last4)], Format::Text);
    let mut out = Vec::new();
    assert_eq!(row.cell(br#"("a ""b""",4111111111111234,)"#, &mut out), Shown::Cell);
    assert_eq!(out, br#"("a ""b""",***1234,)"#);
    for other in ["(a,b)", "(a,b,c,d)", "(a,b,c", "a,b,c", "(a,b,c)x", "(a,\"b,c)"] {
        assert_eq!(row.cell(other.as_bytes(), &mut Vec::new()), Shown::Null, "{other}");
    }
    assert_eq!(text("full", None, 2249, "(a,\"b,c\",)").unwrap(), "(,,)");
}

#[test]
fn binary_arrays_and_rows_keep_their_shape() {
    let words = |words: &[i32]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>();
    let array = [&words(&[1, 1, 25, 2, 1, 16])[..], b"4111111111111234", &words(&[-1])].concat();
    let covered = [&words(&[1, 1, 25, 2, 1, 7])[..], b"***1234", &words(&[-1])].concat();
    assert_eq!(shown("last4", None, 1009, Format::Binary, &array).unwrap(), covered);
    let full = [&words(&[1, 0, 25, 1, 1, 3])[..], b"***"].concat();
    for broken in [
        &array[..array.len() - 1],
        &[&array[..], &[0]].concat(),
        &words(&[7, 0, 25]),
        &words(&[1, 0, 25, -1, 1]),
    ] {
        assert_eq!(shown("last4", None, 1009, Format::Binary, broken).unwrap(), full);
    }
    let record = [&words(&[2, 25, 5])[..], b"alice", &words(&[23, 4, 7])].concat();
    let covered = [&words(&[2, 25, 3])[..], b"***", &words(&[23, 4, 0])].concat();
    assert_eq!(shown("full", None, 2249, Format::Binary, &record).unwrap(), covered);
    let nested = [&words(&[1, 2249, 4])[..], &words(&[0])].concat();
    assert_eq!(shown("full", None, 2249, Format::Binary, &nested).unwrap(), words(&[1, 2249, -1]));
    assert_eq!(shown("full", None, 2249, Format::Binary, &record[1..]), None);
}

#[test]
fn what_is_unknown_is_null() {
    assert_eq!(text("full", None, 1033, "x"), None);
    assert_eq!(text("token", None, 194, "x"), None);
    assert_eq!(text("null", None, 25, "x"), None);
    let cover = Cover::new(&Mask::Full, None, &TypeOf::unknown(99_999), Format::Binary, &kit());
    assert_eq!(cover.cell(b"x", &mut Vec::new()), Shown::Null);
    assert_eq!(TypeOf::built_in(12_345, -1), None);
}

#[test]
fn texts_stay_within_their_room() {
    let of = |length: i32| TypeOf::built_in(1043, length + 4).unwrap();
    for length in 1..9 {
        for mask in ["full", "last4", "constant:hidden", "scan"] {
            let cover = Cover::new(&Mask::parse(mask).unwrap(), None, &of(length), Format::Text, &kit());
            let mut out = Vec::new();
            let shown = cover.cell(b"4111111111111111", &mut out);
            assert_eq!(shown, Shown::Cell);
            assert!(out.len() <= length as usize, "{mask} {length}");
        }
    }
}

#[test]
fn a_missing_value_can_be_hidden_as_well() {
    let cover =
        |oid| Cover::new(&Mask::Full, None, &TypeOf::built_in(oid, -1).unwrap(), Format::Text, &kit());
    let mut out = Vec::new();
    assert_eq!(cover(1082).null(&mut out), Shown::Cell);
    assert_eq!(out, b"1900-01-01");
    assert_eq!(cover(194).null(&mut Vec::new()), Shown::Null);
}

#[test]
fn json_keeps_its_shape_and_loses_what_is_at_its_paths() {
    let json = TypeOf::built_in(3802, -1).unwrap();
    let path =
        |text: &str, class| Path::new(Path::steps(text).unwrap(), Some(class), Mask::default_for(class));
    let paths = Mask::Paths(
        [
            path("$.contact.email", Class::Email),
            path("$.cards[*]", Class::CardNumber),
            path("$.age", Class::Age),
        ]
        .into(),
    );
    let cover = Cover::new(&paths, None, &json, Format::Text, &kit());
    let value = br#"{"contact": {"email": "alice@example.com"}, "cards": ["4111111111111111"], "age": 41, "note": "call +49 30 1234567", "plan": 1.10}"#;
    let mut out = Vec::new();
    assert_eq!(cover.cell(value, &mut out), Shown::Cell);
    let shown = String::from_utf8(out).unwrap();
    assert_eq!(
        shown,
        r#"{"contact": {"email": "a***@***.com"}, "cards": ["***1111"], "age": 0, "note": "call ***", "plan": 1.10}"#
    );
    let cover = Cover::new(&Mask::Scan, None, &json, Format::Binary, &kit());
    let mut out = Vec::new();
    assert_eq!(cover.cell(b"\x01{\"a\": \"bob@example.org\"}", &mut out), Shown::Cell);
    assert_eq!(out, b"\x01{\"a\": \"***\"}");
    let mut out = Vec::new();
    assert_eq!(cover.cell(b"\x01{\"a\": 1}", &mut out), Shown::Same);
    assert!(out.is_empty());
    let mut out = Vec::new();
    assert_eq!(cover.cell(b"\x01{\"a\": ", &mut out), Shown::Cell, "what is no JSON shows nothing");
    assert_eq!(out, b"\x01\"***\"");
}

#[test]
fn what_a_new_place_of_a_document_is_called_hides_it() {
    let json = TypeOf::built_in(3802, -1).unwrap();
    let cover = Cover::new(&Mask::Scan, None, &json, Format::Text, &kit());
    let shown = |value: &str| {
        let mut out = Vec::new();
        match cover.cell(value.as_bytes(), &mut out) {
            Shown::Same => value.to_owned(),
            _ => String::from_utf8(out).unwrap(),
        }
    };
    for _ in 0..2 {
        assert_eq!(
            shown(
                r#"{"ssn":123456789,"salary":90000.5,"password":"hunter2","full_name":"Bob","nested":{"dob":"1980-01-01"}}"#
            ),
            r#"{"ssn":0,"salary":0,"password":"***","full_name":"***","nested":{"dob":"***"}}"#
        );
        assert_eq!(
            shown(r#"{"emails":["x",["y"]],"card":4111111111111111,"x":[4111111111111111],"phone":""}"#),
            r#"{"emails":["***",["***"]],"card":0,"x":[0],"phone":""}"#
        );
    }
    // Any key on the way to a value tells, and what the last two say together.
    assert_eq!(
        shown(
            r#"{"ssn":{"value":"536904399","raw":536904399},"password":{"current":"hunter2"},"salary":{"amount":90000},"name":{"first":"Bob","last":"Smith"},"geo":{"lat":48.1,"lng":11.5},"dob":{"year":1980},"tokens":{"access":"zzz"},"secret":["x",{"v":"y"}]}"#
        ),
        r#"{"ssn":{"value":"***","raw":0},"password":{"current":"***"},"salary":{"amount":0},"name":{"first":"***","last":"***"},"geo":{"lat":0,"lng":0},"dob":{"year":0},"tokens":{"access":"***"},"secret":["***",{"v":"***"}]}"#
    );
    assert_eq!(
        shown(r#"[[{"a":[{"ssn":[[{"b":["x",1]},{"type":"us","c":"y"}]]}]}],["z"]]"#),
        r#"[[{"a":[{"ssn":[[{"b":["***",0]},{"type":"us","c":"***"}]]}]}],["z"]]"#
    );
    for plain in [
        r#"{"plan":"pro","count":3,"tags":["a"],"version":"1.2"}"#,
        r#"{"phone":null,"email":true}"#,
        r#"{"plan":"pro","meta":{"version":"1.2"}}"#,
        r#"{"name":{"en":"Chair","de":"Stuhl"},"contact":{"type":"sales"},"address":{"country":"DE"},"salary":{"currency":"EUR"}}"#,
        r#"{"email":{"template":"welcome","enabled":true,"retries":3},"password":{"policy":{"min":8}},"health":{"db":"up"}}"#,
    ] {
        assert_eq!(shown(plain), plain);
    }
}

#[test]
fn keys_with_a_zero_in_them_are_no_ways() {
    let (kit, tells) = (kit(), |told: crate::label::Told| told.under(None).text);
    assert!(!tells(kit.told(b"tokens\0access", None)) && tells(kit.told(b"access", Some(b"tokens"))));
}

#[test]
fn keys_tell_in_texts_that_are_documents_too() {
    let cover = |oid, modifier| {
        let of = TypeOf::built_in(oid, modifier).unwrap();
        Cover::new(&Mask::Scan, None, &of, Format::Text, &kit())
    };
    let shown = |cover: &Cover, value: &str| {
        let mut out = Vec::new();
        let shown = cover.cell(value.as_bytes(), &mut out);
        assert!(!cover.leaves(value.as_bytes()) || shown == Shown::Same, "{value}");
        if shown == Shown::Same { value.to_owned() } else { String::from_utf8(out).unwrap() }
    };
    let text = cover(25, -1);
    for (value, is) in [
        (r#"{"password":"hunter2","plan":"pro"}"#, r#"{"password":"***","plan":"pro"}"#),
        (
            r#" [{"name": {"first": "Bob"}}, "alice@example.com"] "#,
            r#" [{"name": {"first": "***"}}, "***"] "#,
        ),
        (r#"{"ssn":536904399,"note":"is \"536-90-4399\""}"#, r#"{"ssn":0,"note":"is \"***\""}"#),
        ("{red,green}", "{red,green}"),
        ("{alice@example.com,x}", "{***,x}"),
        (r#"{"plan":"pro"}"#, r#"{"plan":"pro"}"#),
        ("[call +49 30 1234567]", "[call ***]"),
        ("{", "{"),
        ("password: hunter2", "password: hunter2"),
    ] {
        assert_eq!(shown(&text, value), is);
    }
    // What would be too long for its type is hidden whole.
    assert_eq!(shown(&cover(1043, 4 + 10), r#"{"iban":1}"#), r#"{"iban":1}"#);
    assert_eq!(shown(&cover(1043, 4 + 16), r#"{"password":"x"}"#), "***");
}
