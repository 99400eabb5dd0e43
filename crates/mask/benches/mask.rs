//! What masks cost: a cell of each common kind, running text by the megabyte, and short texts. `cargo bench -p tollhouse-mask`.

#![expect(missing_docs, reason = "criterion's macros make functions without any")]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mask::cover::{Cover, Format, Key, Kit, Mask, TypeOf};
use mask::scan::Scanner;
use model::Class;

/// Running text as tickets have it, with a finding now and then.
fn prose() -> String {
    let plain =
        "The parcel came two days late and one of the boxes was open, so we sent it back on Tuesday. ";
    let telling =
        "Please call me on +49 30 1234567 or write to alice@example.com about order 20240517-1001. ";
    let mut text = String::new();
    while text.len() < 1 << 20 {
        for _ in 0..12 {
            text.push_str(plain);
        }
        text.push_str(telling);
    }
    text
}

fn masks(criterion: &mut Criterion) {
    let kit = Arc::new(Kit::new(Key::new([7; 32]), Scanner::new()));
    let mut cells = criterion.benchmark_group("cell");
    let of = |oid| TypeOf::built_in(oid, -1).unwrap_or_else(|| TypeOf::unknown(oid));
    for (name, class, oid, value) in [
        ("email", Class::Email, 25, &b"alice.smith@example.com"[..]),
        ("person_name", Class::PersonName, 25, b"Alice Smith"),
        ("card_number", Class::CardNumber, 25, b"4111111111111111"),
        ("date_of_birth", Class::DateOfBirth, 1082, b"1980-05-17"),
        ("username", Class::Username, 25, b"alice"),
        (
            "document",
            Class::FreeText,
            3802,
            br#"{"plan": "pro", "meta": {"version": "1.2", "tags": ["a", "b", "c"]}, "contact": {"address": {"city": "Bonn", "line": 3}}}"#,
        ),
    ] {
        let cover = Cover::new(&Mask::default_for(class), Some(class), &of(oid), Format::Text, &kit);
        let mut out = Vec::with_capacity(256);
        cells.bench_function(name, |bench| {
            bench.iter(|| {
                out.clear();
                black_box(cover.cell(black_box(value), &mut out));
            });
        });
    }
    cells.finish();
    let mut scans = criterion.benchmark_group("scan");
    let log =
        "2024-05-17 10:20:30.123 host-17 worker[4711]: GET /orders/20240517-1001 200 in 12.5 ms, 3 retries; ";
    for (name, text) in [
        ("prose", prose()),
        // Of nearly nothing but numbers that could be something.
        ("log", log.repeat(10_000)),
        ("blanks", " ".repeat(84)),
        ("words", "a parcel of two boxes".to_owned()),
        ("number", "order 20240517-1001".to_owned()),
    ] {
        scans.throughput(Throughput::Bytes(text.len() as u64));
        let mut out = Vec::with_capacity(text.len());
        scans.bench_function(name, |bench| {
            bench.iter(|| {
                out.clear();
                black_box(kit.scanner().scrub(black_box(text.as_bytes()), &mut out));
            });
        });
    }
    scans.finish();
}

criterion_group!(benches, masks);
criterion_main!(benches);
