//! Values of every class, and of everything that is not sensitive, in the ways that each language writes them.
//!
//! A form is one way in which columns hold a class: a type and how its values look. Nothing here belongs to anybody.

mod harmless;
mod machine;
mod money;
mod person;
mod prose;
mod reach;
mod scheme;
mod state;

use model::Class;

use super::land::Land;
use crate::sample::random::Random;

pub(super) use harmless::harmless;
pub(super) use prose::write;

/// Makes one value.
pub(super) type Make = fn(&mut Random, &Land) -> String;

/// A way in which a column holds a class.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// The type, as `format_type` writes it without modifiers.
    pub(super) type_name: &'static str,
    /// Whether somebody who sees fifty values and no name could say what they are.
    pub(super) tells: bool,
    /// Other classes that are right for these values: a number by which a state knows a person is often one for taxes as well.
    pub(super) also: &'static [Class],
    /// The values.
    pub(super) make: Make,
}

impl Form {
    /// Text whose values say nothing without a name.
    pub(super) const fn text(make: Make) -> Self {
        Self { type_name: "text", tells: false, also: &[], make }
    }

    /// Text whose values tell.
    pub(super) const fn telling(make: Make) -> Self {
        Self { type_name: "text", tells: true, also: &[], make }
    }

    /// The same in another type.
    pub(super) const fn of(self, type_name: &'static str) -> Self {
        Self { type_name, ..self }
    }

    /// The same with classes that are right as well.
    pub(super) const fn also(self, also: &'static [Class]) -> Self {
        Self { also, ..self }
    }

    /// The value as JSON has it.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.type_name, "text" | "character varying" | "character" | "public.citext")
    }
}

/// The ways in which columns hold a class in a language.
pub(super) fn forms(class: Class, tongue: usize) -> Vec<Form> {
    match class {
        Class::PersonName
        | Class::Username
        | Class::Gender
        | Class::Nationality
        | Class::MaritalStatus
        | Class::Age
        | Class::DateOfBirth
        | Class::SpecialCategory
        | Class::Health
        | Class::Biometric => person::forms(class),
        Class::Email | Class::Phone | Class::PostalAddress | Class::GeoPoint | Class::LocationHistory => {
            reach::forms(class)
        }
        Class::NationalId
        | Class::Passport
        | Class::DrivingLicence
        | Class::TaxId
        | Class::SocialSecurity
        | Class::Vehicle => state::forms(class, tongue),
        Class::CardNumber
        | Class::CardCode
        | Class::Iban
        | Class::BankAccount
        | Class::CryptoWallet
        | Class::Salary
        | Class::Balance => money::forms(class),
        Class::IpAddress | Class::MacAddress | Class::DeviceId | Class::PasswordHash | Class::Secret => {
            machine::forms(class)
        }
        Class::FreeText => vec![
            Form::telling(|random, land| prose::write(random, land).text),
            Form::telling(|random, land| prose::write(random, land).text).of("character varying"),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::{Split, TONGUES};
    use super::*;

    #[test]
    fn every_class_has_values_in_every_language() {
        let random = &mut Random::new(1);
        for tongue in 0..TONGUES.len() {
            let land = Land::new(tongue, Split::Dev);
            for class in Class::ALL {
                let forms = forms(class, tongue);
                assert!(!forms.is_empty(), "{class:?}");
                for form in forms {
                    let value = (form.make)(random, &land);
                    assert!(!value.trim().is_empty(), "{class:?} in {tongue}");
                }
            }
        }
    }
}
