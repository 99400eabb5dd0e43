//! What machines know somebody by, and what opens doors.

use model::Class;

use super::Form;
use super::person::BASE64;
use super::scheme::with_luhn;
use crate::labels::land::Land;
use crate::sample::random::Random;

const HEX: &str = "0123456789abcdef";
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

pub(super) fn forms(class: Class) -> Vec<Form> {
    match class {
        Class::IpAddress => vec![
            Form::telling(ip).of("inet"),
            Form::telling(ip),
            Form::telling(ip).of("character varying"),
            Form::telling(|random, _| {
                format!("2001:db8:{}:{}::{}", random.word(HEX, 4), random.word(HEX, 4), random.word(HEX, 3))
            }),
        ],
        Class::MacAddress => vec![
            Form::telling(|random, _| mac(random, ":")).of("macaddr"),
            Form::telling(|random, _| mac(random, ":")),
            Form::telling(|random, _| mac(random, "-").to_uppercase()).of("character varying"),
        ],
        Class::DeviceId => vec![
            Form::telling(|random, _| with_luhn(random, "35############")).of("character varying"),
            Form::text(|random, _| uuid(random)).of("uuid"),
            Form::text(|random, _| uuid(random)),
            Form::text(|random, _| random.word("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 12))
                .of("character varying"),
        ],
        Class::PasswordHash => vec![
            Form::telling(|random, _| format!("$2b$12${}", random.word(LETTERS, 53))),
            Form::telling(|random, _| {
                format!("pbkdf2_sha256$600000${}${}=", random.word(LETTERS, 22), random.word(BASE64, 43))
            })
            .of("character varying"),
            Form::telling(|random, _| {
                format!(
                    "$argon2id$v=19$m=65536,t=3,p=4${}${}",
                    random.word(BASE64, 22),
                    random.word(BASE64, 43)
                )
            }),
            Form::text(|random, _| random.word(HEX, 32)).of("character varying"),
            Form::telling(|random, _| format!("{{SSHA}}{}", random.word(BASE64, 40))),
        ],
        _ => vec![
            Form::telling(|random, _| format!("ghp_{}", random.word(LETTERS, 36))),
            Form::telling(|random, _| format!("AKIA{}", random.word("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)))
                .of("character varying"),
            Form::telling(jwt),
            Form::telling(|random, land| {
                let user = super::reach::email(random, land).split('@').next().unwrap_or("app").to_owned();
                format!(
                    "postgres://{user}:{}@db{}.internal:5432/app",
                    random.word(LETTERS, 14),
                    random.between(1, 9)
                )
            }),
            Form::text(|random, _| random.word(LETTERS, 40)).of("character varying"),
            Form::text(|random, _| random.word(HEX, 64)),
            Form::telling(|random, _| format!("sk_live_{}", random.word(LETTERS, 24))),
        ],
    }
}

pub(super) fn ip(random: &mut Random, _: &Land) -> String {
    let net = random.pick(&["203.0.113", "198.51.100", "192.0.2", "10.20.30", "172.16.4"]);
    format!("{net}.{}", random.between(1, 254))
}

fn mac(random: &mut Random, mark: &str) -> String {
    let bytes: Vec<String> = (0..6).map(|_| random.word(HEX, 2)).collect();
    bytes.join(mark)
}

/// A random UUID (version 4).
pub(super) fn uuid(random: &mut Random) -> String {
    format!(
        "{}-{}-4{}-{}{}-{}",
        random.word(HEX, 8),
        random.word(HEX, 4),
        random.word(HEX, 3),
        random.word("89ab", 1),
        random.word(HEX, 3),
        random.word(HEX, 12)
    )
}

fn jwt(random: &mut Random, _: &Land) -> String {
    format!(
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOi{}.{}",
        random.word(LETTERS, 40),
        random.word(LETTERS, 43)
    )
}
