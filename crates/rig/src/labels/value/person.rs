//! What says who and how somebody is.

use model::Class;

use super::Form;
use crate::labels::land::Land;
use crate::sample::check_digit::ascii;
use crate::sample::date::{Day, TODAY};
use crate::sample::random::Random;

pub(super) fn forms(class: Class) -> Vec<Form> {
    match class {
        Class::PersonName => vec![
            Form::telling(full),
            Form::telling(full).of("character varying"),
            Form::telling(|random, land| land.somebody(random).given.to_owned()).of("character varying"),
            // A family's name alone is a word like any other.
            Form::text(|random, land| land.somebody(random).family.to_owned()),
            Form::telling(|random, land| {
                let person = land.somebody(random);
                format!("{}, {}", person.family, person.given)
            }),
            Form::telling(|random, land| full(random, land).to_uppercase()).of("character varying"),
        ],
        Class::Username => vec![
            Form::text(username),
            Form::text(username).of("character varying"),
            Form::text(username).of("public.citext"),
        ],
        Class::Gender => vec![
            Form::telling(|random, land| land.word(random, "gender").to_owned()),
            Form::text(|random, _| random.pick(&["M", "F", "M", "F", "X"]).to_owned()).of("character"),
            Form::text(|random, _| random.between(0, 2).to_string()).of("smallint"),
            Form::text(|random, land| land.word(random, "gender").to_owned()).of("enum"),
        ],
        Class::Nationality => vec![
            Form::text(|random, land| land.word(random, "nationality").to_owned()),
            Form::text(|random, _| {
                random.pick(&["DE", "PL", "FR", "TR", "US", "NG", "IN", "ES", "BR"]).to_owned()
            })
            .of("character"),
        ],
        Class::MaritalStatus => vec![
            Form::telling(|random, land| land.word(random, "marital").to_owned()),
            Form::text(|random, land| land.word(random, "marital").chars().take(1).collect::<String>())
                .of("character"),
            Form::text(|random, land| land.word(random, "marital").to_owned()).of("enum"),
        ],
        Class::Age => vec![
            Form::text(age).of("integer"),
            Form::text(age).of("smallint"),
            Form::text(|random, _| random.pick(&["0-17", "18-29", "30-44", "45-64", "65+"]).to_owned()),
        ],
        Class::DateOfBirth => vec![
            Form::text(|random, land| land.somebody(random).born.to_string()).of("date"),
            Form::text(|random, land| format!("{} 00:00:00", land.somebody(random).born))
                .of("timestamp without time zone"),
            Form::text(written_date),
            Form::text(|random, land| land.somebody(random).born.civil().0.to_string()).of("integer"),
            Form::text(|random, land| land.somebody(random).born.to_string()).of("character varying"),
        ],
        Class::SpecialCategory => vec![
            Form::telling(|random, land| land.word(random, "belief").to_owned()),
            Form::text(|random, land| land.word(random, "belief").to_owned()).of("enum"),
            Form::text(|random, _| random.between(1, 9).to_string()).of("smallint"),
        ],
        Class::Health => vec![
            Form::telling(icd).of("character varying"),
            Form::telling(|random, land| land.word(random, "illness").to_owned()),
            Form::text(|random, _| random.pick(&["A+", "A-", "B+", "0+", "0-", "AB+"]).to_owned()),
            Form::text(|random, _| random.fill("MR######")).of("character varying"),
        ],
        _ => vec![
            Form::text(|random, _| format!("\\x{}", random.word("0123456789abcdef", 160))).of("bytea"),
            Form::text(|random, _| random.word(BASE64, 172)),
            Form::text(vector).of("double precision[]"),
        ],
    }
}

/// The letters of base64.
pub(super) const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn full(random: &mut Random, land: &Land) -> String {
    let person = land.somebody(random);
    match random.below(12) {
        0 => format!("{} {}. {}", person.given, random.pick(&['A', 'J', 'M', 'T']), person.family),
        1 => format!("{} {} {}", person.given, land.somebody(random).given, person.family),
        _ => format!("{} {}", person.given, person.family),
    }
}

fn username(random: &mut Random, land: &Land) -> String {
    let person = land.somebody(random);
    let (given, family) = (ascii(person.given).to_lowercase(), ascii(person.family).to_lowercase());
    let initial: String = given.chars().take(1).collect();
    match random.below(4) {
        0 => format!("{initial}{family}"),
        1 => format!("{given}.{family}"),
        2 => format!("{given}{}", random.between(1, 99)),
        _ => format!("{}_{}", random.pick(&["dark", "super", "mr", "night", "real"]), given),
    }
}

fn age(random: &mut Random, _: &Land) -> String {
    random.between(1, 96).to_string()
}

/// A date as it is written there.
fn written_date(random: &mut Random, land: &Land) -> String {
    let (year, month, day) = land.somebody(random).born.civil();
    match land.tongue {
        0 => format!("{month:02}/{day:02}/{year}"),
        1 | 7 => format!("{day:02}.{month:02}.{year}"),
        6 => format!("{day:02}-{month:02}-{year}"),
        _ => format!("{day:02}/{month:02}/{year}"),
    }
}

fn icd(random: &mut Random, _: &Land) -> String {
    let chapter = random.pick(&["E11", "I10", "F32", "J45", "M54", "G43", "S62", "K21", "C50", "Z88"]);
    match random.below(4) {
        0 => chapter.to_owned(),
        _ => format!("{chapter}.{}", random.between(0, 9)),
    }
}

fn vector(random: &mut Random, _: &Land) -> String {
    let numbers: Vec<String> = (0..16).map(|_| format!("0.{:06}", random.below(1_000_000))).collect();
    format!("{{{}}}", numbers.join(","))
}

/// A day in the last ten years, for what is no birthday.
pub(super) fn recent(random: &mut Random) -> Day {
    Day(TODAY.0 - random.between(0, 3_600))
}
