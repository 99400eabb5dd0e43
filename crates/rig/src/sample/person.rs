//! People of the sample: a name, an address, a birth date and a national identifier that fit together.

use super::check_digit::{Born, ascii, national_id};
use super::date::{Day, TODAY};
use super::locale::{LOCALES, Locale};
use super::random::Random;

/// One invented person.
pub(super) struct Person {
    pub(super) given: &'static str,
    pub(super) family: &'static str,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) street: String,
    pub(super) postal_code: String,
    pub(super) city: &'static str,
    pub(super) birth: Day,
    pub(super) national_id: String,
    pub(super) national_id_kind: &'static str,
    pub(super) locale: Locale,
}

/// How many of a hundred people live in each of `locale::LOCALES`.
const SHARES: [u64; 8] = [26, 16, 16, 12, 9, 8, 7, 6];
/// Domains that nobody can own (RFC 2606, RFC 6761).
const DOMAINS: [&str; 5] = ["example.com", "example.net", "example.org", "mail.example", "post.example"];

impl Person {
    /// A new person; `number` makes the e-mail address one of a kind.
    pub(super) fn invent(random: &mut Random, number: i64) -> Self {
        let locale = locale(random);
        let is_woman = random.chance(51);
        let given = random.pick(if is_woman { locale.women } else { locale.men });
        let family = random.pick(locale.families);
        let birth = Day(TODAY.0 - random.between(18 * 365, 88 * 365));
        let (national_id_kind, national_id) =
            national_id(random, locale.country, &Born { given, family, is_woman, day: birth });
        let (city, postal_pattern) = random.pick(locale.cities);
        let street = random.pick(locale.streets);
        let phone = random.pick(locale.phones);
        Self {
            given,
            family,
            email: email(random, given, family, number),
            phone: random.fill(phone),
            street: random.fill(street),
            postal_code: random.fill(postal_pattern),
            city,
            birth,
            national_id,
            national_id_kind,
            locale,
        }
    }

    /// Both names.
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }
}

fn locale(random: &mut Random) -> Locale {
    let mut ticket = random.below(SHARES.iter().sum());
    let mut chosen = LOCALES.into_iter().zip(SHARES).skip_while(|(_, share)| {
        let passes = ticket >= *share;
        ticket = ticket.saturating_sub(*share);
        passes
    });
    let [first, ..] = LOCALES;
    chosen.next().map_or(first, |(locale, _)| locale)
}

fn email(random: &mut Random, given: &str, family: &str, number: i64) -> String {
    let (given, family) = (ascii(given).to_lowercase(), ascii(family).to_lowercase());
    let initial: String = given.chars().take(1).collect();
    let domain = random.pick(&DOMAINS);
    match random.below(4) {
        0 => format!("{given}.{family}{number}@{domain}"),
        1 => format!("{initial}{family}.{number}@{domain}"),
        2 => format!("{family}_{given}{number}@{domain}"),
        _ => format!("{given}{number}+shop@{domain}"),
    }
}
