//! The numbers by which states know persons and vehicles, in the language's country.

use model::Class;

use super::scheme::{bsn, cnpj, dowod, letters, nie, nip, nuss, partita_iva, pis, vin, with_luhn};
use super::{Form, Make};
use crate::labels::land::{Land, Somebody};
use crate::sample::check_digit as known;
use crate::sample::random::Random;

/// A number for several purposes is right as each of them.
const ALL_THREE: &[Class] = &[Class::NationalId, Class::TaxId, Class::SocialSecurity];

pub(super) fn forms(class: Class, tongue: usize) -> Vec<Form> {
    let makes = match class {
        Class::NationalId => national(tongue),
        Class::TaxId => tax(tongue),
        Class::SocialSecurity => social(tongue),
        Class::Passport => {
            return vec![Form::text(passport), Form::text(passport).of("character varying")];
        }
        Class::DrivingLicence => {
            return vec![Form::text(licence), Form::text(licence).of("character varying")];
        }
        _ => {
            return vec![
                Form::telling(|random, _| vin(random)).of("character varying"),
                Form::text(plate),
                Form::text(plate).of("character varying"),
            ];
        }
    };
    let mut forms = Vec::new();
    for (make, tells, also) in makes {
        let form = Form { tells, also, ..Form::text(make) };
        forms.extend([form, form.of("character varying")]);
    }
    forms
}

type Made = (Make, bool, &'static [Class]);

fn national(tongue: usize) -> Vec<Made> {
    match tongue {
        0 => vec![
            (|random, _| known::nino(random), true, &[Class::SocialSecurity, Class::TaxId]),
            (|random, _| known::nhs(random), true, &[Class::SocialSecurity, Class::Health]),
        ],
        1 => vec![(|random, _| format!("L{}", letters(random, "##A##A##")), false, &[])],
        2 => vec![(|random, _| random.fill("1#0#93######"), false, &[]), (nir, true, ALL_THREE)],
        3 => vec![
            (|random, _| known::dni(random), true, ALL_THREE),
            (|random, _| nie(random), true, ALL_THREE),
        ],
        4 => vec![(|random, _| random.fill("##.###.###-#"), false, &[]), (cpf, true, ALL_THREE)],
        5 => vec![(|random, _| letters(random, "CA#####AA"), false, &[]), (codice_fiscale, true, ALL_THREE)],
        6 => vec![(|random, _| bsn(random), true, ALL_THREE)],
        _ => vec![(pesel, true, ALL_THREE), (|random, _| dowod(random), true, &[])],
    }
}

fn tax(tongue: usize) -> Vec<Made> {
    match tongue {
        0 => vec![
            (|random, _| random.fill("##-#######"), false, &[]),
            (|random, _| random.fill("GB#########"), false, &[]),
        ],
        1 => vec![
            (|random, _| known::steuer_id(random), true, ALL_THREE),
            (|random, _| random.fill("DE#########"), false, &[]),
            (|random, _| random.fill("##/###/#####"), false, &[]),
        ],
        2 => vec![
            (|random, _| random.fill("FR##########0"), false, &[]),
            (|random, _| random.fill("0############"), false, &[]),
        ],
        3 => vec![
            (|random, _| known::dni(random), true, ALL_THREE),
            (|random, _| letters(random, "B########"), false, &[]),
        ],
        4 => vec![(cpf, true, ALL_THREE), (|random, _| cnpj(random), true, &[])],
        5 => vec![(codice_fiscale, true, ALL_THREE), (|random, _| partita_iva(random), false, &[])],
        6 => vec![(|random, _| format!("NL{}B0{}", bsn(random), random.between(1, 9)), true, &[])],
        _ => vec![(|random, _| nip(random), true, &[]), (pretty_nip, true, &[])],
    }
}

fn social(tongue: usize) -> Vec<Made> {
    match tongue {
        0 => vec![
            (|random, _| known::ssn(random), true, ALL_THREE),
            (|random, _| known::ssn(random).replace('-', ""), false, ALL_THREE),
            (|random, _| known::nino(random), true, ALL_THREE),
        ],
        1 => vec![(|random, _| letters(random, "65######A###"), false, &[])],
        2 => vec![(nir, true, ALL_THREE)],
        3 => vec![(|random, _| nuss(random), false, &[])],
        4 => vec![(|random, _| pis(random), true, ALL_THREE)],
        5 => vec![
            (codice_fiscale, true, ALL_THREE),
            (|random, _| with_luhn(random, "8038000#############"), false, &[Class::Health]),
        ],
        6 => vec![(|random, _| bsn(random), true, ALL_THREE)],
        _ => vec![(pesel, true, ALL_THREE)],
    }
}

fn pretty_nip(random: &mut Random, _: &Land) -> String {
    let number = nip(random);
    let part = |from: usize, to: usize| number.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}", part(0, 3), part(3, 6), part(6, 8), part(8, 10))
}

fn born(person: &Somebody) -> known::Born<'static> {
    known::Born { given: person.given, family: person.family, is_woman: person.is_woman, day: person.born }
}

fn nir(random: &mut Random, land: &Land) -> String {
    let person = land.somebody(random);
    let number = known::nir(random, &born(&person));
    if random.chance(50) {
        return number;
    }
    let part = |from: usize, to: usize| number.get(from..to).unwrap_or_default();
    [part(0, 1), part(1, 3), part(3, 5), part(5, 7), part(7, 10), part(10, 13), part(13, 15)].join(" ")
}

fn codice_fiscale(random: &mut Random, land: &Land) -> String {
    let person = land.somebody(random);
    known::codice_fiscale(random, &born(&person))
}

fn pesel(random: &mut Random, land: &Land) -> String {
    let person = land.somebody(random);
    known::pesel(random, &born(&person))
}

fn cpf(random: &mut Random, _: &Land) -> String {
    let number = known::cpf(random);
    if random.chance(50) { number } else { number.replace(['.', '-'], "") }
}

fn passport(random: &mut Random, land: &Land) -> String {
    let pattern = match land.tongue {
        0 => "#########",
        1 => "CA#A##A##",
        2 => "##AA#####",
        3 => "AAA######",
        4 => "AA######",
        5 => "YA#######",
        6 => "NAA#A####",
        _ => "AA#######",
    };
    letters(random, pattern)
}

fn licence(random: &mut Random, land: &Land) -> String {
    let pattern = match land.tongue {
        0 => "A#######",
        1 => "B###AAA##A#",
        2 => "############",
        3 => "########A",
        4 => "0##########",
        5 => "U1A######A",
        6 => "##########",
        _ => "#####/##/####",
    };
    letters(random, pattern)
}

fn plate(random: &mut Random, land: &Land) -> String {
    let pattern = match land.tongue {
        0 => "AA## AAA",
        1 => "K-AA ####",
        2 => "AA-###-AA",
        3 => "#### AAA",
        4 => "AAA#A##",
        5 => "AA ###AA",
        6 => "AA-###-A",
        _ => "AA #####",
    };
    letters(random, pattern)
}
