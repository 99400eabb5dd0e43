//! What somebody pays with, earns and has.

use model::Class;

use super::Form;
use super::scheme::iban;
use crate::labels::land::Land;
use crate::sample::check_digit::card;
use crate::sample::random::Random;

pub(super) fn forms(class: Class) -> Vec<Form> {
    match class {
        Class::CardNumber => vec![
            Form::telling(|random, _| card(random).1),
            Form::telling(|random, _| card(random).1).of("character varying"),
            Form::telling(|random, _| card(random).1).of("bigint"),
            Form::telling(|random, _| in_fours(&card(random).1)),
        ],
        Class::CardCode => vec![
            Form::text(|random, _| random.fill("###")).of("character varying"),
            Form::text(|random, _| random.between(100, 999).to_string()).of("smallint"),
            Form::text(|random, _| random.fill("####")),
        ],
        Class::Iban => vec![
            Form::telling(|random, land| iban(random, land.tongue)).also(&[Class::BankAccount]),
            Form::telling(|random, land| iban(random, land.tongue))
                .of("character varying")
                .also(&[Class::BankAccount]),
            Form::telling(|random, land| in_fours(&iban(random, land.tongue))).also(&[Class::BankAccount]),
        ],
        Class::BankAccount => vec![
            Form::text(account).of("character varying"),
            Form::text(account),
            Form::text(account).of("bigint"),
            Form::telling(|random, land| iban(random, land.tongue)).also(&[Class::Iban]),
        ],
        Class::CryptoWallet => vec![
            Form::telling(|random, _| format!("0x{}", random.word("0123456789abcdef", 40))),
            Form::telling(|random, _| format!("bc1q{}", random.word("023456789acdefghjklmnpqrstuvwxyz", 38)))
                .of("character varying"),
        ],
        Class::Salary => vec![
            Form::text(earned).of("numeric"),
            Form::text(|random, _| (random.between(18, 160) * 1_000).to_string()).of("integer"),
            Form::text(earned).of("double precision"),
            Form::text(|random, _| format!("${}.00", random.between(1_800, 9_000))).of("money"),
        ],
        _ => vec![
            Form::text(owned).of("numeric"),
            Form::text(owned).of("double precision"),
            Form::text(|random, _| random.between(-90_000, 4_000_000).to_string()).of("bigint"),
        ],
    }
}

/// In groups of four, as it is printed.
fn in_fours(number: &str) -> String {
    let groups: Vec<_> = number.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    groups.join(" ")
}

fn account(random: &mut Random, land: &Land) -> String {
    let pattern = match land.tongue {
        0 => "1#######",
        1 => "5#########",
        2 => "2##########",
        3 => "2###########",
        _ => "3########",
    };
    random.fill(pattern)
}

fn earned(random: &mut Random, _: &Land) -> String {
    format!("{}.{:02}", random.between(1_400, 9_900), random.below(100))
}

fn owned(random: &mut Random, _: &Land) -> String {
    format!("{}.{:02}", random.between(-4_000, 60_000), random.below(100))
}
