//! No shape does without a mark, and no place that has one is ruled out.

use std::collections::HashSet;

use proptest::prelude::*;
use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::meta::Regex;
use regex_automata::util::start::Config;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, MatchKind};

use super::super::ALL;
use super::super::pattern::{Where, build};
use super::*;

fn automaton(expressions: &[&str]) -> DFA {
    let room = DFA::config().match_kind(MatchKind::All).cache_capacity(1 << 28);
    let syntax = syntax::Config::new().unicode(false).utf8(false);
    DFA::builder().syntax(syntax).configure(room).build_many(expressions).unwrap()
}

/// A text of the first expressions that begins with none of the others, when it stands behind `before`.
fn unmarked(shape: &DFA, marks: &DFA, before: Option<u8>) -> Option<Vec<u8>> {
    let (mut left, mut right): (Cache, Cache) = (shape.create_cache(), marks.create_cache());
    let start = Config::new().anchored(Anchored::Yes).look_behind(before);
    let first =
        (shape.start_state(&mut left, &start).unwrap(), marks.start_state(&mut right, &start).unwrap());
    let mut seen: HashSet<(LazyStateID, LazyStateID)> = HashSet::from([first]);
    let mut open = vec![(first, Vec::new())];
    while let Some(((in_shape, in_marks), text)) = open.pop() {
        // An automaton says that something ended one byte later, or at the end.
        let ended = shape.next_eoi_state(&mut left, in_shape).unwrap().is_match();
        let marked = marks.next_eoi_state(&mut right, in_marks).unwrap().is_match();
        if marked {
            continue;
        }
        if ended {
            return Some(text);
        }
        for byte in 0..=255 {
            let next = (
                shape.next_state(&mut left, in_shape, byte).unwrap(),
                marks.next_state(&mut right, in_marks, byte).unwrap(),
            );
            if next.1.is_match() || next.0.is_dead() {
                continue;
            }
            if next.0.is_match() {
                return Some(text);
            }
            if seen.insert(next) {
                open.push((next, [text.as_slice(), &[byte]].concat()));
            }
        }
    }
    assert_eq!((left.clear_count(), right.clear_count()), (0, 0), "states were forgotten");
    None
}

#[test]
fn no_shape_does_without_a_mark() {
    let marks = automaton(&MARKS);
    let shapes = ALL.iter().flat_map(|one| one.patterns).filter(|pattern| pattern.place == Where::Text);
    for pattern in shapes {
        let shape = automaton(&[pattern.regex]);
        for before in [None, Some(b' '), Some(b'_'), Some(b'a')] {
            let text = unmarked(&shape, &marks, before);
            let text = text.map(|text| String::from_utf8_lossy(&text).into_owned());
            assert_eq!(text, None, "`{}` has no mark in `MARKS`: add one, and to `mark`", pattern.name);
        }
    }
    // The proof would notice: a word of any letters has none.
    assert_eq!(unmarked(&automaton(&[r"[a-z]{3,9}"]), &marks, None).map(|text| text.len()), Some(3));
}

/// Bytes that marks are made of, and some that they are not.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let bytes = prop::sample::select(b"0179aAfFgGpPxXzZ_&<+(-${@=:/.;,% '\n\xc3".to_vec());
    let heads = prop::sample::select(HEADS.to_vec()).prop_map(|head| head.as_bytes().to_vec());
    let words = "[A-Za-z0-9_]{10,18}|[A-Z<]{3,50}|[a-z.]{55,70}@|[a-z]{1,22}://".prop_map(String::into_bytes);
    let parts = prop_oneof![8 => bytes.prop_map(|byte| vec![byte]), 1 => heads, 1 => words];
    prop::collection::vec(parts, 0..60).prop_map(|parts| parts.concat())
}

fn marked(marks: &Regex, text: &[u8], place: usize) -> bool {
    let input = Input::new(text).range(place..).anchored(Anchored::Yes);
    !is_cut(text, place) && marks.is_match(input)
}

#[test]
fn every_place_with_a_mark_is_collected() {
    let marks = build(MARKS.iter().map(|mark| (*mark).to_owned()), MatchKind::All);
    let places = Places::new();
    proptest!(ProptestConfig::with_cases(1_000), |(text in text(), steps in 0..4_usize)| {
        let mut found = Vec::new();
        let cut = if steps * STEP < text.len() { steps * STEP } else { 0 };
        places.collect(&text, 0..cut, &mut found);
        // Marks in the second part belong to places that are not farther back than that.
        let first = found.len();
        places.collect(&text, cut..text.len(), &mut found);
        prop_assert!(found[first..].iter().all(|place| place + BACK >= cut));
        for place in (0..text.len()).filter(|place| marked(&marks, &text, *place)) {
            // What no shape begins with may have a mark all the same.
            let begins = text[place].is_ascii_alphanumeric() || b"+(-${&<".contains(&text[place]);
            prop_assert!(!begins || found.contains(&place), "{place} of {:?}", String::from_utf8_lossy(&text));
        }
    });
}

#[test]
fn no_shape_begins_with_anything_else() {
    for pattern in ALL.iter().flat_map(|one| one.patterns).filter(|pattern| pattern.place == Where::Text) {
        let shape = automaton(&[pattern.regex]);
        let mut cache = shape.create_cache();
        for before in [None, Some(b' '), Some(b'_'), Some(b'a')] {
            let start = Config::new().anchored(Anchored::Yes).look_behind(before);
            let start = shape.start_state(&mut cache, &start).unwrap();
            for byte in
                (0..=255_u8).filter(|byte| !byte.is_ascii_alphanumeric() && !b"+(-${&<".contains(byte))
            {
                let next = shape.next_state(&mut cache, start, byte).unwrap();
                assert!(next.is_dead(), "`{}` begins with {byte:#x}", pattern.name);
            }
        }
    }
}

#[test]
fn the_longest_head_is_as_long_as_is_said() {
    assert_eq!(HEADS.iter().map(|head| head.len()).max(), Some(HEAD_BYTES));
}

#[test]
fn prose_has_no_places() {
    let mut found = Vec::new();
    let text =
        "The parcel came late - one of the boxes was open; we sent it back. It's all that I know, really.";
    Places::new().collect(text.as_bytes(), 0..text.len(), &mut found);
    assert!(found.is_empty(), "{found:?}");
}
