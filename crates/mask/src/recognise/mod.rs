//! What values and names of each class look like: one file per class, all of them in [`ALL`].
//!
//! A recogniser is data: the words that names are made of, the shapes of values with their check digits, and examples that
//! are its tests. It never decides by itself: [`crate::label`] weighs what several say about a column, and [`crate::scan`]
//! uses the shapes that are telling enough in running text.

mod age;
mod balance;
mod bank_account;
mod biometric;
mod card_code;
mod card_number;
pub mod check;
mod crypto_wallet;
mod date_of_birth;
mod device_id;
mod driving_licence;
mod email;
mod find;
mod fold;
mod free_text;
mod gender;
mod geo_point;
mod given;
mod health;
mod iban;
mod ip_address;
mod location_history;
mod mac_address;
mod marital_status;
mod national_id;
mod nationality;
mod need;
mod passport;
mod password_hash;
mod pattern;
mod person_name;
mod phone;
mod place;
mod postal_address;
mod salary;
mod scheme;
mod secret;
mod shape;
mod social_security;
mod special_category;
mod tax_id;
mod username;
mod vehicle;
mod word;

pub use find::Findings;
pub(crate) use fold::fold;
pub(crate) use given::Names as GivenNames;
pub use pattern::{Found, Pattern, Patterns, Where, patterns};

use model::Class;

use crate::label::Holds;

/// All that is known of one class.
#[derive(Debug)]
pub struct Recogniser {
    /// The class.
    pub class: Class,
    /// Words that names of columns are made of.
    pub names: Names,
    /// Types that can hold it.
    pub holds: Holds,
    /// Shapes of values.
    pub patterns: &'static [Pattern],
    /// What must be recognised and what not: its tests.
    pub examples: Examples,
}

/// Names, lower case, without accents, words parted by spaces, names by `|`. `ä ö ü ß` are written `ae oe ue ss`.
#[derive(Debug)]
pub struct Names {
    /// Whoever calls a column so means this class.
    pub sure: &'static str,
    /// Most who call it so do.
    pub likely: &'static str,
    /// Needs the table, its neighbours or its values to agree.
    pub hint: &'static str,
}

/// Examples of a class, and its false friends.
#[derive(Debug)]
pub struct Examples {
    /// Names of columns that say this class.
    pub named: &'static [&'static str],
    /// Names that look alike and mean something else.
    pub unnamed: &'static [&'static str],
    /// Values that one of the patterns must accept.
    pub values: &'static [&'static str],
    /// Values that no pattern of the class may accept in running text.
    pub friends: &'static [&'static str],
}

/// Every recogniser, in the order of [`Class::ALL`].
pub static ALL: [&Recogniser; 34] = [
    &person_name::RECOGNISER,
    &email::RECOGNISER,
    &phone::RECOGNISER,
    &postal_address::RECOGNISER,
    &geo_point::RECOGNISER,
    &location_history::RECOGNISER,
    &date_of_birth::RECOGNISER,
    &age::RECOGNISER,
    &gender::RECOGNISER,
    &nationality::RECOGNISER,
    &marital_status::RECOGNISER,
    &national_id::RECOGNISER,
    &passport::RECOGNISER,
    &driving_licence::RECOGNISER,
    &tax_id::RECOGNISER,
    &social_security::RECOGNISER,
    &card_number::RECOGNISER,
    &card_code::RECOGNISER,
    &iban::RECOGNISER,
    &bank_account::RECOGNISER,
    &crypto_wallet::RECOGNISER,
    &salary::RECOGNISER,
    &balance::RECOGNISER,
    &ip_address::RECOGNISER,
    &mac_address::RECOGNISER,
    &device_id::RECOGNISER,
    &vehicle::RECOGNISER,
    &username::RECOGNISER,
    &password_hash::RECOGNISER,
    &secret::RECOGNISER,
    &health::RECOGNISER,
    &biometric::RECOGNISER,
    &special_category::RECOGNISER,
    &free_text::RECOGNISER,
];

#[cfg(test)]
mod tests;
