//! What kind of personal data or secret a value is. Labels, masks, rules and the ledger use these words.

/// A class of data that not everybody may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The name of a person, or a part of it.
    PersonName,
    /// An e-mail address.
    Email,
    /// A telephone or fax number.
    Phone,
    /// A postal address, or a part that narrows to a street or a postcode.
    PostalAddress,
    /// A latitude, a longitude, or both.
    GeoPoint,
    /// Where somebody was, and when.
    LocationHistory,
    /// A date of birth.
    DateOfBirth,
    /// An age in years.
    Age,
    /// Gender or sex.
    Gender,
    /// Citizenship or country of birth.
    Nationality,
    /// Whether somebody is married.
    MaritalStatus,
    /// A number by which a state knows a person.
    NationalId,
    /// A passport's number.
    Passport,
    /// A driving licence's number.
    DrivingLicence,
    /// A tax number of a person or a firm.
    TaxId,
    /// A social security or health insurance number.
    SocialSecurity,
    /// A payment card's number.
    CardNumber,
    /// A payment card's verification code or PIN.
    CardCode,
    /// An IBAN.
    Iban,
    /// A bank account's number, a routing number beside it included.
    BankAccount,
    /// The address of a wallet of a crypto currency.
    CryptoWallet,
    /// What somebody earns.
    Salary,
    /// What somebody has or owes.
    Balance,
    /// An IP address.
    IpAddress,
    /// A MAC address.
    MacAddress,
    /// A device's or browser's identifier: IMEI, serial number, advertising id, cookie.
    DeviceId,
    /// A vehicle's identification number or plate.
    Vehicle,
    /// The name that somebody logs in with.
    Username,
    /// A password's hash, or a password.
    PasswordHash,
    /// What opens a door: keys, tokens, connection strings.
    Secret,
    /// Diagnoses, medication, medical record numbers.
    Health,
    /// Fingerprints, faces, genes.
    Biometric,
    /// Religion, ethnicity, politics, sexual orientation, trade union, criminal record (GDPR articles 9 and 10).
    SpecialCategory,
    /// Text that people wrote, in which anything may stand.
    FreeText,
}

impl Class {
    /// All, in order.
    pub const ALL: [Self; 34] = [
        Self::PersonName,
        Self::Email,
        Self::Phone,
        Self::PostalAddress,
        Self::GeoPoint,
        Self::LocationHistory,
        Self::DateOfBirth,
        Self::Age,
        Self::Gender,
        Self::Nationality,
        Self::MaritalStatus,
        Self::NationalId,
        Self::Passport,
        Self::DrivingLicence,
        Self::TaxId,
        Self::SocialSecurity,
        Self::CardNumber,
        Self::CardCode,
        Self::Iban,
        Self::BankAccount,
        Self::CryptoWallet,
        Self::Salary,
        Self::Balance,
        Self::IpAddress,
        Self::MacAddress,
        Self::DeviceId,
        Self::Vehicle,
        Self::Username,
        Self::PasswordHash,
        Self::Secret,
        Self::Health,
        Self::Biometric,
        Self::SpecialCategory,
        Self::FreeText,
    ];

    /// The word in rules, configuration and ledger.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PersonName => "person_name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::PostalAddress => "postal_address",
            Self::GeoPoint => "geo_point",
            Self::LocationHistory => "location_history",
            Self::DateOfBirth => "date_of_birth",
            Self::Age => "age",
            Self::Gender => "gender",
            Self::Nationality => "nationality",
            Self::MaritalStatus => "marital_status",
            Self::NationalId => "national_id",
            Self::Passport => "passport",
            Self::DrivingLicence => "driving_licence",
            Self::TaxId => "tax_id",
            Self::SocialSecurity => "social_security",
            Self::CardNumber => "card_number",
            Self::CardCode => "card_code",
            Self::Iban => "iban",
            Self::BankAccount => "bank_account",
            Self::CryptoWallet => "crypto_wallet",
            Self::Salary => "salary",
            Self::Balance => "balance",
            Self::IpAddress => "ip_address",
            Self::MacAddress => "mac_address",
            Self::DeviceId => "device_id",
            Self::Vehicle => "vehicle",
            Self::Username => "username",
            Self::PasswordHash => "password_hash",
            Self::Secret => "secret",
            Self::Health => "health",
            Self::Biometric => "biometric",
            Self::SpecialCategory => "special_category",
            Self::FreeText => "free_text",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == word)
    }

    /// Whether knowing one value opens a door or an account: agents may not even compare such values.
    #[must_use]
    pub fn is_secret_grade(self) -> bool {
        matches!(
            self,
            Self::NationalId
                | Self::Passport
                | Self::TaxId
                | Self::SocialSecurity
                | Self::CardNumber
                | Self::CardCode
                | Self::Iban
                | Self::BankAccount
                | Self::PasswordHash
                | Self::Secret
                | Self::Biometric
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_read_back_and_stands_for_one_class() {
        for (at, class) in Class::ALL.into_iter().enumerate() {
            assert_eq!(Class::parse(class.as_str()), Some(class));
            assert_eq!(class as usize, at);
        }
        assert_eq!(Class::parse("unknown"), None);
    }
}
