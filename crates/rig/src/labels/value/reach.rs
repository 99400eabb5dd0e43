//! What reaches somebody: addresses, numbers, places.

use model::Class;

use super::Form;
use crate::labels::land::Land;
use crate::sample::check_digit::ascii;
use crate::sample::random::Random;

pub(super) fn forms(class: Class) -> Vec<Form> {
    match class {
        Class::Email => vec![
            Form::telling(email),
            Form::telling(email).of("character varying"),
            Form::telling(email).of("public.citext"),
            Form::telling(|random, land| email(random, land).to_uppercase()).of("character varying"),
        ],
        Class::Phone => vec![
            Form::telling(|random, land| land.phone(random)),
            Form::telling(|random, land| land.phone(random)).of("character varying"),
            Form::text(digits).of("character varying"),
            Form::text(digits).of("bigint"),
            Form::telling(|random, land| {
                let number: String = land.phone(random).chars().filter(char::is_ascii_digit).collect();
                format!(
                    "+{}{}",
                    random.pick(&["49", "33", "34", "351", "39", "31", "48", "44"]),
                    number.trim_start_matches('0').chars().take(10).collect::<String>()
                )
            }),
        ],
        Class::PostalAddress => vec![
            Form::telling(|random, land| land.street(random)),
            Form::telling(|random, land| land.street(random)).of("character varying"),
            Form::telling(|random, land| {
                let (town, code) = land.town(random);
                format!("{}, {code} {town}", land.street(random))
            }),
            // A postcode or the number of a house is a number like others.
            Form::text(|random, land| land.town(random).1).of("character varying"),
            Form::text(|random, _| random.between(1, 180).to_string()).of("character varying"),
        ],
        Class::GeoPoint => vec![
            Form::text(|random, _| latitude(random)).of("double precision"),
            Form::text(|random, _| latitude(random)).of("numeric"),
            Form::telling(|random, _| format!("{},{}", latitude(random), longitude(random))),
            Form::text(|random, _| format!("({},{})", longitude(random), latitude(random))).of("point"),
        ],
        _ => vec![
            Form::text(track).of("jsonb"),
            Form::text(|random, land| {
                format!(
                    "{} {} @ {}T{:02}:{:02}",
                    land.town(random).0,
                    land.street(random),
                    super::person::recent(random),
                    random.between(0, 23),
                    random.between(0, 59)
                )
            }),
            Form::text(|random, _| {
                let points: Vec<String> =
                    (0..4).map(|_| format!("({},{})", longitude(random), latitude(random))).collect();
                format!("[{}]", points.join(","))
            })
            .of("path"),
        ],
    }
}

pub(super) fn email(random: &mut Random, land: &Land) -> String {
    let person = land.somebody(random);
    let (given, family) = (ascii(person.given).to_lowercase(), ascii(person.family).to_lowercase());
    let initial: String = given.chars().take(1).collect();
    let domain = random.pick(&[
        "example.com",
        "example.org",
        "mail.example",
        "kunden.example",
        "uni.example",
        "post.example.net",
    ]);
    match random.below(5) {
        0 => format!("{given}.{family}@{domain}"),
        1 => format!("{initial}{family}{}@{domain}", random.between(1, 99)),
        2 => format!("{family}_{given}@{domain}"),
        3 => format!("{given}+{}@{domain}", random.pick(&["shop", "news", "work"])),
        _ => format!("{given}{}@{domain}", random.between(1_950, 2_010)),
    }
}

/// The number without any mark: what many systems keep.
fn digits(random: &mut Random, land: &Land) -> String {
    let number: String = land.phone(random).chars().filter(char::is_ascii_digit).collect();
    match number.trim_start_matches('0') {
        "" => "5550100".to_owned(),
        some => some.to_owned(),
    }
}

fn latitude(random: &mut Random) -> String {
    format!("{}.{:06}", random.between(36, 58), random.below(1_000_000))
}

fn longitude(random: &mut Random) -> String {
    format!("{}.{:06}", random.between(-9, 23), random.below(1_000_000))
}

fn track(random: &mut Random, _: &Land) -> String {
    let points: Vec<String> = (0..3)
        .map(|hour| {
            format!(
                r#"{{"at":"{}T{hour:02}:00:00Z","lat":{},"lon":{}}}"#,
                super::person::recent(random),
                latitude(random),
                longitude(random)
            )
        })
        .collect();
    format!("[{}]", points.join(","))
}
