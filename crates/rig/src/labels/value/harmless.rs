//! Values that are nobody's: many look like something sensitive, which is what they are here for.
//!
//! Some numbers of sixteen digits pass Luhn's check by chance, some of nine or eleven a national scheme's, as they do in real
//! tables; nothing is done to avoid it.

use super::{Form, machine, person, scheme};
use crate::sample::date::TODAY;
use crate::sample::random::Random;

/// The ways in which columns hold values of a kind, by the kind's word in `data/harmless.txt`.
pub(crate) fn harmless(kind: &str) -> Vec<Form> {
    match kind {
        "row_id" => vec![
            Form::text(|random, _| random.between(1, 900_000).to_string()).of("integer"),
            Form::text(|random, _| random.between(1, 90_000_000).to_string()).of("bigint"),
            Form::text(|random, _| machine::uuid(random)).of("uuid"),
        ],
        "order_number" => vec![
            Form::text(|random, _| random.fill("4########")).of("bigint"),
            Form::text(|random, _| random.fill("7#########")),
            Form::text(|random, _| random.fill("3###############")).of("character varying"),
            Form::text(|random, _| random.fill("2026-0####")),
            Form::text(|random, _| {
                format!("{}{}", random.pick(&["PO-", "B", "JOB", "TK-"]), random.fill("#######"))
            }),
        ],
        "invoice_number" => vec![
            Form::text(|random, _| random.fill("INV-2026-#####")),
            Form::text(|random, _| random.fill("2026######")).of("character varying"),
            Form::text(|random, _| random.fill("RE ####/26")),
        ],
        "product_code" => vec![
            Form::text(|random, _| scheme::letters(random, "AA-####-A")),
            Form::text(|random, _| scheme::letters(random, "AAA#####")).of("character varying"),
            Form::text(|random, _| random.fill("######")).of("character varying"),
        ],
        "ean" => vec![
            Form::text(|random, _| scheme::ean(random)).of("character varying"),
            Form::text(|random, _| scheme::ean(random)),
        ],
        "tracking" => vec![
            Form::text(|random, _| random.fill("1Z###AA1##########").replace("AA", "W9")),
            Form::text(|random, _| random.fill("0034############")).of("character varying"),
            Form::text(|random, _| scheme::letters(random, "RA#########NL").replace("RA", "RR")),
        ],
        "uuid" => vec![
            Form::text(|random, _| machine::uuid(random)).of("uuid"),
            Form::text(|random, _| machine::uuid(random)),
        ],
        "sha" => vec![
            Form::text(|random, _| random.word("0123456789abcdef", 40)).of("character"),
            Form::text(|random, _| random.word("0123456789abcdef", 64)),
            Form::text(|random, _| random.word("0123456789abcdef", 7)).of("character varying"),
        ],
        "version" => vec![
            Form::text(|random, _| {
                format!("{}.{}.{}", random.between(0, 14), random.between(0, 30), random.between(0, 9))
            }),
            Form::text(|random, _| {
                format!(
                    "{}.{}.{}.{}",
                    random.between(0, 14),
                    random.between(0, 9),
                    random.between(0, 9),
                    random.between(0, 400)
                )
            })
            .of("character varying"),
            Form::text(|random, _| random.between(1, 900).to_string()).of("integer"),
        ],
        "timestamp" => vec![
            Form::text(|random, _| person::recent(random).to_string()).of("date"),
            Form::text(moment).of("timestamp with time zone"),
            Form::text(moment).of("timestamp without time zone"),
            Form::text(moment),
        ],
        "epoch" => vec![
            Form::text(|random, _| random.between(1_500_000_000, 1_780_000_000).to_string()).of("bigint"),
            Form::text(|random, _| random.between(1_500_000_000_000, 1_780_000_000_000).to_string())
                .of("bigint"),
        ],
        "boolean" => vec![
            Form::text(|random, _| random.pick(&["t", "f"]).to_owned()).of("boolean"),
            Form::text(|random, _| random.pick(&["0", "1"]).to_owned()).of("smallint"),
            Form::text(|random, _| random.pick(&["Y", "N"]).to_owned()).of("character"),
        ],
        "status" => vec![
            Form::text(|random, land| land.word(random, "status").to_owned()).of("character varying"),
            Form::text(|random, land| land.word(random, "status").to_owned()).of("enum"),
        ],
        "kind" => vec![
            Form::text(|random, land| land.word(random, "kind").to_owned()).of("character varying"),
            Form::text(|random, land| land.word(random, "kind").to_owned()),
            Form::text(|random, _| random.between(1, 9).to_string()).of("smallint"),
        ],
        "price" => vec![
            Form::text(|random, _| format!("{}.{:02}", random.between(1, 2_000), random.below(100)))
                .of("numeric"),
            Form::text(|random, _| random.between(100, 250_000).to_string()).of("integer"),
        ],
        "percent" => vec![
            Form::text(|random, _| format!("{}.{}", random.between(0, 99), random.below(10))).of("numeric"),
            Form::text(|random, _| format!("0.{:03}", random.below(1_000))).of("double precision"),
        ],
        "count" => vec![
            Form::text(|random, _| random.between(0, 500).to_string()).of("integer"),
            Form::text(|random, _| random.between(0, 90).to_string()).of("smallint"),
            Form::text(|random, _| random.between(0, 9_000_000).to_string()).of("bigint"),
        ],
        "rating" => vec![
            Form::text(|random, _| random.between(1, 5).to_string()).of("smallint"),
            Form::text(|random, _| format!("{}.{}", random.between(1, 4), random.below(10))).of("numeric"),
        ],
        "product_name" => vec![
            Form::text(|random, land| land.word(random, "product").to_owned()),
            Form::text(|random, land| format!("{} {}", land.word(random, "product"), random.between(1, 80)))
                .of("character varying"),
        ],
        "company" => {
            vec![Form::text(|random, land| land.word(random, "company").to_owned()).of("character varying")]
        }
        "file" => vec![
            Form::text(|random, _| {
                format!(
                    "uploads/2026/{}/{}.{}",
                    random.fill("0#"),
                    random.word("abcdef0123456789", 12),
                    random.pick(&["pdf", "png", "docx"])
                )
            }),
            Form::text(|random, _| {
                format!(
                    "{}_{}.{}",
                    random.pick(&["report", "scan", "export", "logo"]),
                    random.fill("###"),
                    random.pick(&["csv", "xlsx", "jpg"])
                )
            }),
        ],
        "url" => vec![Form::text(|random, _| {
            format!(
                "https://{}.example.com/{}/{}",
                random.pick(&["www", "api", "cdn"]),
                random.pick(&["item", "docs", "img"]),
                random.between(1, 9_999)
            )
        })],
        "colour" => vec![
            Form::text(|random, _| format!("#{}", random.word("0123456789abcdef", 6)))
                .of("character varying"),
            Form::text(|random, _| random.pick(&["red", "blue", "black", "green", "white"]).to_owned()),
        ],
        "country" => vec![
            Form::text(|random, _| random.pick(&["DE", "US", "FR", "PL", "NL", "BR", "IT"]).to_owned())
                .of("character"),
        ],
        "currency" => vec![
            Form::text(|random, _| random.pick(&["EUR", "USD", "PLN", "BRL", "GBP"]).to_owned())
                .of("character"),
        ],
        "language" => vec![
            Form::text(|random, _| random.pick(&["en", "de", "fr-FR", "pt-BR", "nl"]).to_owned())
                .of("character varying"),
        ],
        "time_zone" => vec![Form::text(|random, _| {
            random.pick(&["Europe/Berlin", "UTC", "America/Sao_Paulo"]).to_owned()
        })],
        "city" => vec![Form::text(|random, land| land.town(random).0.to_owned()).of("character varying")],
        "template" => vec![Form::text(|random, _| {
            format!(
                "Hello {{{{ first_name }}}}, your {} {{{{ number }}}} is on its way to {{{{ address }}}}.",
                random.pick(&["order", "parcel", "invoice"])
            )
        })],
        "config" => vec![
            Form::text(|random, _| {
                format!(
                    r#"{{"theme":"{}","page_size":{},"beta":{}}}"#,
                    random.pick(&["dark", "light"]),
                    random.between(10, 100),
                    random.chance(50)
                )
            })
            .of("jsonb"),
        ],
        "measure" => vec![
            Form::text(|random, _| format!("{}.{}", random.between(-20, 240), random.below(100)))
                .of("double precision"),
            Form::text(|random, _| format!("{}.{}", random.between(0, 900), random.below(10))).of("numeric"),
        ],
        _ => vec![
            Form::text(|random, _| {
                random.pick(&["application/json", "text/html", "GET", "POST", "utf-8", "postgres"]).to_owned()
            }),
            Form::text(|random, _| {
                format!(
                    "{}::{}",
                    random.pick(&["orders", "core", "jobs"]),
                    random.pick(&["save", "load", "retry_all"])
                )
            })
            .of("character varying"),
            Form::text(|random, _| format!("0x7ffe{}", random.word("0123456789abcdef", 8))),
        ],
    }
}

fn moment(random: &mut Random, _: &crate::labels::land::Land) -> String {
    TODAY.at(-random.between(0, 300_000_000)).to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::super::vocabulary::lines;

    #[test]
    fn kinds_are_those_of_the_names() {
        let source = include_str!("harmless.rs");
        let kinds: BTreeSet<&str> = lines(include_str!("../data/harmless.txt"))
            .filter_map(|(head, _)| Some(head.split_once(' ')?.0))
            .filter(|kind| *kind != "technical")
            .collect();
        assert!(kinds.len() > 25);
        for kind in kinds {
            assert!(source.contains(&format!("\"{kind}\" =>")), "{kind}");
        }
    }
}
