//! Which words of a data contract stand for which class: the only place that says so; `docs/masks.md` shows the same. A
//! word that is not here means nothing, and is told.

use std::collections::BTreeMap;

use model::Class;

/// What a word says of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// It holds this class.
    Class(Class),
    /// It is to be hidden, and nothing says what it holds: this class stands in, one that is hidden whole.
    Level(Class),
    /// It holds nothing to hide.
    Open,
    /// It says nothing of what a column holds; what the gate found stays.
    Nothing,
}

/// The words beside the classes' own names, in lower case with `_` between their parts.
const KNOWN: [(Means, &[&str]); 39] = [
    (Means::Class(Class::PersonName), &["name", "full_name", "first_name", "last_name", "surname"]),
    (Means::Class(Class::Email), &["email_address", "e_mail", "mail"]),
    (
        Means::Class(Class::Phone),
        &["phone_number", "telephone", "telephone_number", "mobile", "msisdn", "fax"],
    ),
    (Means::Class(Class::PostalAddress), &["address", "street_address", "home_address", "mailing_address"]),
    (Means::Class(Class::GeoPoint), &["geo", "geolocation", "coordinates", "gps"]),
    (Means::Class(Class::LocationHistory), &["location_data", "movements", "whereabouts"]),
    (Means::Class(Class::DateOfBirth), &["birth_date", "birthdate", "dob", "birthday"]),
    (Means::Class(Class::Gender), &["sex"]),
    (Means::Class(Class::Nationality), &["citizenship"]),
    (Means::Class(Class::MaritalStatus), &["civil_status"]),
    (
        Means::Class(Class::NationalId),
        &["national_identifier", "identity_number", "identity_card", "id_card"],
    ),
    (Means::Class(Class::Passport), &["passport_number"]),
    (
        Means::Class(Class::DrivingLicence),
        &["driving_license", "drivers_license", "driver_license", "drivers_licence"],
    ),
    (Means::Class(Class::TaxId), &["tax_number", "tin", "vat_id"]),
    (Means::Class(Class::SocialSecurity), &["ssn", "social_security_number", "nino"]),
    (
        Means::Class(Class::CardNumber),
        &["credit_card", "credit_card_number", "payment_card", "pan", "pci", "pci_dss"],
    ),
    (Means::Class(Class::CardCode), &["cvv", "cvc", "card_security_code"]),
    (Means::Class(Class::Iban), &["iban_code"]),
    (Means::Class(Class::BankAccount), &["bank_account_number", "account_number", "bank_details"]),
    (Means::Class(Class::CryptoWallet), &["wallet", "wallet_address"]),
    (Means::Class(Class::Salary), &["income", "wage", "compensation"]),
    (Means::Class(Class::Balance), &["account_balance"]),
    (Means::Class(Class::IpAddress), &["ip", "ipv4", "ipv6"]),
    (Means::Class(Class::MacAddress), &["mac"]),
    (Means::Class(Class::DeviceId), &["device_identifier", "imei", "advertising_id", "cookie_id"]),
    (Means::Class(Class::Vehicle), &["vin", "licence_plate", "license_plate", "number_plate"]),
    (Means::Class(Class::Username), &["user_name", "login", "login_name", "account_name"]),
    (Means::Class(Class::PasswordHash), &["hashed_password"]),
    (
        Means::Class(Class::Secret),
        &["password", "credential", "credentials", "api_key", "token", "private_key"],
    ),
    (Means::Class(Class::Health), &["phi", "ephi", "hipaa", "medical", "health_data", "diagnosis"]),
    (Means::Class(Class::Biometric), &["biometrics", "biometric_data", "fingerprint"]),
    (
        Means::Class(Class::SpecialCategory),
        &[
            "special_category_data",
            "article_9",
            "religion",
            "ethnicity",
            "sexual_orientation",
            "political_opinion",
        ],
    ),
    (Means::Class(Class::FreeText), &["freetext", "comment_text", "notes_text"]),
    (
        Means::Level(Class::Secret),
        &[
            "confidential",
            "highly_confidential",
            "strictly_confidential",
            "restricted",
            "highly_restricted",
            "private",
        ],
    ),
    (Means::Level(Class::Secret), &["sensitive", "highly_sensitive", "top_secret", "classified"]),
    (
        Means::Level(Class::SpecialCategory),
        &[
            "pii",
            "spii",
            "personal",
            "personal_data",
            "personal_information",
            "gdpr",
            "sensitive_personal_data",
        ],
    ),
    (Means::Open, &["public", "open", "unclassified", "unrestricted", "non_sensitive", "non_pii", "not_pii"]),
    (Means::Nothing, &["internal", "internal_use", "internal_only", "company_internal", "general"]),
    (Means::Nothing, &["anonymised", "anonymized", "pseudonymised", "pseudonymized"]),
];

/// What may stand before a word without changing it, as in `pii:email`.
const BEFORE: [&str; 5] = ["pii", "classification", "sensitivity", "privacy", "gdpr"];

/// The words that are understood: those above, and what the caller says of others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words(BTreeMap<String, Means>);

impl Words {
    /// Takes over `WORD=CLASS`, `WORD=none` or `WORD=keep`.
    ///
    /// # Errors
    /// When it is none of these.
    pub(crate) fn say(&mut self, text: &str) -> Result<(), String> {
        let (word, class) = text.split_once('=').ok_or("write `WORD=CLASS`, such as `tier_3=secret`")?;
        let means = match class.trim() {
            "none" => Means::Open,
            "keep" => Means::Nothing,
            class => Class::parse(class).map(Means::Class).ok_or_else(|| {
                let class = crate::config::printable(class);
                format!("there is no class `{class}`; `none`, `keep`, or one that `tollhouse data label --help` names")
            })?,
        };
        match plain(word) {
            word if word.is_empty() => Err("there is no word before `=`".to_owned()),
            word => {
                self.0.insert(word, means);
                Ok(())
            }
        }
    }

    /// What a word means, if anything is known of it.
    pub(super) fn means(&self, text: &str) -> Option<Means> {
        let whole = plain(text);
        let mut word = whole.as_str();
        loop {
            if let Some(means) = self.0.get(word).copied().or_else(|| known(word)) {
                return Some(means);
            }
            let (first, rest) = word.split_once('_')?;
            if !BEFORE.contains(&first) {
                return None;
            }
            word = rest;
        }
    }
}

fn known(word: &str) -> Option<Means> {
    let listed = || KNOWN.iter().find(|(_, words)| words.contains(&word)).map(|(means, _)| *means);
    Class::parse(word).map(Means::Class).or_else(listed)
}

/// A word in lower case, its parts with `_` between them: `fullName`, `Full Name` and `full-name` are one.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut lower = false;
    for letter in text.chars() {
        if !letter.is_alphanumeric() {
            lower = false;
            if !out.is_empty() && !out.ends_with('_') {
                out.push('_');
            }
            continue;
        }
        if letter.is_uppercase() && lower {
            out.push('_');
        }
        lower = letter.is_lowercase() || letter.is_ascii_digit();
        out.extend(letter.to_lowercase());
    }
    while out.ends_with('_') {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn words_are_known_however_they_are_spelled() {
        let words = Words::default();
        for (text, means) in [
            ("email", Means::Class(Class::Email)),
            ("E-Mail", Means::Class(Class::Email)),
            ("emailAddress", Means::Class(Class::Email)),
            ("PII:Email", Means::Class(Class::Email)),
            ("classification/Date of Birth", Means::Class(Class::DateOfBirth)),
            ("PHI", Means::Class(Class::Health)),
            ("SSN", Means::Class(Class::SocialSecurity)),
            ("PII", Means::Level(Class::SpecialCategory)),
            ("personal-data", Means::Level(Class::SpecialCategory)),
            ("Highly Confidential", Means::Level(Class::Secret)),
            ("secret", Means::Class(Class::Secret)),
            ("public", Means::Open),
            ("internal", Means::Nothing),
        ] {
            assert_eq!(words.means(text), Some(means), "{text}");
        }
        for unknown in ["", "_", "tier 3", "emails-of-nobody", "pii_", "not_email"] {
            let known = words.means(unknown);
            assert!(known.is_none() || unknown == "pii_", "{unknown}: {known:?}");
        }
    }

    #[test]
    fn a_caller_may_say_what_other_words_mean_and_overrule_these() {
        let mut words = Words::default();
        for text in ["Tier 3=secret", "internal=special_category", "restricted=keep", "x=none"] {
            words.say(text).unwrap();
        }
        assert_eq!(words.means("tier-3"), Some(Means::Class(Class::Secret)));
        assert_eq!(words.means("internal"), Some(Means::Class(Class::SpecialCategory)));
        assert_eq!(words.means("restricted"), Some(Means::Nothing));
        assert_eq!(words.means("X"), Some(Means::Open));
        for wrong in ["tier", "=email", "tier=emial"] {
            assert!(words.say(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_word_stands_for_one_thing_and_is_written_as_it_is_looked_for() {
        let mut seen = HashSet::new();
        for word in KNOWN.iter().flat_map(|(_, words)| words.iter()) {
            assert!(seen.insert(*word) && Class::parse(word).is_none(), "{word} is there twice");
            assert_eq!(plain(word), **word);
        }
    }

    #[test]
    fn what_stands_in_for_a_level_is_hidden_whole() {
        for (means, _) in KNOWN {
            if let Means::Level(class) = means {
                assert_eq!(mask::cover::Mask::default_for(class), mask::cover::Mask::Full);
            }
        }
    }

    #[test]
    fn the_manual_has_the_same_words() {
        let manual =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/masks.md")).unwrap();
        let section = manual.split("### Words of a contract").nth(1).unwrap().split("\n## ").next().unwrap();
        let written: HashSet<&str> = section
            .lines()
            .filter_map(|line| line.strip_prefix("| ")?.split_once(" | "))
            .flat_map(|(words, _)| words.split(", "))
            .filter_map(|word| word.strip_prefix('`')?.strip_suffix('`'))
            .collect();
        let known: HashSet<&str> = KNOWN.iter().flat_map(|(_, words)| words.iter().copied()).collect();
        let mut differ: Vec<_> = written.symmetric_difference(&known).collect();
        differ.sort_unstable();
        assert!(differ.is_empty(), "only in one of docs/masks.md and here: {differ:?}");
    }
}
