//! The masks as words: what configuration and rules say, which mask a class has unless they say otherwise, and which of
//! two hides more. It never sees a value.

use std::fmt;

use model::Class;

use super::json::Path;

/// How a value is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mask {
    /// A constant of the type: `***`, `0`, `1900-01-01`.
    Full,
    /// NULL.
    Null,
    /// A short part of a text or number, which people know it by.
    Partial(Partial),
    /// A keyed token: equal values have equal tokens, so joins work.
    Token,
    /// Digits replaced by others, keyed, so that length and separators stay.
    Number,
    /// Something coarser that is true: a year, a network, a round number.
    Generalise,
    /// A text that the configuration gives.
    Constant(Box<str>),
    /// Free text: what is found in it is hidden, the rest shown.
    Scan,
    /// JSON: what stands at these paths is hidden by these masks, the rest is looked through as by [`Mask::Scan`].
    Paths(Box<[Path]>),
}

/// Which part of a value is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Partial {
    /// What is usual for its class.
    Usual,
    /// So many characters in front.
    First(u8),
    /// So many characters at the end.
    Last(u8),
    /// Both.
    Ends(u8, u8),
    /// The first letter of an e-mail address, and the last part of its domain.
    Email,
    /// So many digits at the end, of a value that is digits and separators alone: a card's or phone's number.
    Digits(u8),
    /// An account's country and its last four characters, if the value has the shape of an IBAN.
    Iban,
}

/// The most characters that a partial mask may be asked to show at one end: a third of the longest IBAN is less.
pub const PARTIAL_MAX: u8 = 8;

/// A word that is no mask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadMask(Box<str>);

impl Mask {
    /// What a class has when neither rule nor configuration says otherwise. `docs/masks.md` gives the reasons.
    #[must_use]
    pub fn default_for(class: Class) -> Self {
        match class {
            Class::Email | Class::Phone | Class::CardNumber | Class::Iban => Self::Partial(Partial::Usual),
            Class::DateOfBirth | Class::IpAddress => Self::Generalise,
            Class::Username | Class::DeviceId | Class::MacAddress => Self::Token,
            Class::FreeText => Self::Scan,
            Class::PersonName
            | Class::PostalAddress
            | Class::GeoPoint
            | Class::LocationHistory
            | Class::Age
            | Class::Gender
            | Class::Nationality
            | Class::MaritalStatus
            | Class::NationalId
            | Class::Passport
            | Class::DrivingLicence
            | Class::TaxId
            | Class::SocialSecurity
            | Class::CardCode
            | Class::BankAccount
            | Class::CryptoWallet
            | Class::Salary
            | Class::Balance
            | Class::Vehicle
            | Class::PasswordHash
            | Class::Secret
            | Class::Health
            | Class::Biometric
            | Class::SpecialCategory => Self::Full,
        }
    }

    /// Reads the word of a configuration or rule. [`Mask::Paths`] has none: it comes from labels.
    ///
    /// # Errors
    /// When it is no mask's word.
    pub fn parse(word: &str) -> Result<Self, BadMask> {
        let bad = || BadMask(word.chars().take(40).collect::<String>().into());
        Ok(match word {
            "full" => Self::Full,
            "null" => Self::Null,
            "partial" => Self::Partial(Partial::Usual),
            "email" => Self::Partial(Partial::Email),
            "token" => Self::Token,
            "number" => Self::Number,
            "generalise" => Self::Generalise,
            "scan" => Self::Scan,
            _ => match word.split_once(':') {
                Some(("constant", text)) => Self::Constant(text.into()),
                Some(_) => return Err(bad()),
                None => Self::Partial(Partial::parse(word).ok_or_else(bad)?),
            },
        })
    }

    /// What is shown of a value that was made from one which has this mask. A part of what it was made from may be all
    /// of what it is made of, so nothing of it is shown.
    #[must_use]
    pub fn derived(&self) -> Self {
        match self {
            Self::Null | Self::Constant(_) => self.clone(),
            _ => Self::Full,
        }
    }

    /// The one of two that tells less, for a value that has two labels.
    #[must_use]
    pub fn stricter(self, other: Self) -> Self {
        if other.tells() < self.tells() { other } else { self }
    }

    fn tells(&self) -> u8 {
        match self {
            Self::Null => 0,
            Self::Full | Self::Constant(_) => 1,
            Self::Token => 2,
            Self::Number => 3,
            Self::Generalise => 4,
            Self::Partial(_) => 5,
            Self::Paths(_) => 6,
            Self::Scan => 7,
        }
    }
}

impl Partial {
    /// Reads `first2`, `last4`, `first2_last4`.
    fn parse(word: &str) -> Option<Self> {
        let count = |digits: &str| {
            let plain = !digits.starts_with(['0', '+']);
            digits.parse().ok().filter(|count| plain && (1..=PARTIAL_MAX).contains(count))
        };
        if let Some((first, last)) = word.split_once('_') {
            return Some(Self::Ends(
                count(first.strip_prefix("first")?)?,
                count(last.strip_prefix("last")?)?,
            ));
        }
        if let Some(first) = word.strip_prefix("first") {
            return Some(Self::First(count(first)?));
        }
        Some(Self::Last(count(word.strip_prefix("last")?)?))
    }

    /// What is usual for a class. `None`: no part of such values is told.
    pub(super) fn of(self, class: Option<Class>) -> Option<Self> {
        Some(match (self, class) {
            (Self::Usual, Some(Class::Email)) => Self::Email,
            (Self::Usual, Some(Class::Phone)) => Self::Digits(2),
            (Self::Usual, Some(Class::CardNumber | Class::BankAccount)) => Self::Digits(4),
            // What statements of account print.
            (Self::Usual, Some(Class::Iban)) => Self::Iban,
            (Self::Usual, Some(Class::PersonName | Class::Username)) => Self::First(1),
            (Self::Usual, Some(Class::PostalAddress)) => Self::First(2),
            (Self::Usual, Some(Class::Vehicle | Class::DeviceId | Class::CryptoWallet)) => Self::Last(3),
            (Self::Usual, Some(Class::SocialSecurity | Class::NationalId | Class::TaxId)) => Self::Last(2),
            (Self::Usual, Some(Class::Passport | Class::DrivingLicence)) => Self::Last(2),
            (Self::Usual, _) => return None,
            (other, _) => other,
        })
    }
}

impl fmt::Display for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("full"),
            Self::Null => f.write_str("null"),
            Self::Partial(partial) => partial.fmt(f),
            Self::Token => f.write_str("token"),
            Self::Number => f.write_str("number"),
            Self::Generalise => f.write_str("generalise"),
            Self::Constant(text) => write!(f, "constant:{text}"),
            Self::Scan => f.write_str("scan"),
            Self::Paths(_) => f.write_str("paths"),
        }
    }
}

impl fmt::Display for Partial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usual => f.write_str("partial"),
            Self::Email => f.write_str("email"),
            Self::First(first) => write!(f, "first{first}"),
            Self::Last(last) | Self::Digits(last) => write!(f, "last{last}"),
            Self::Iban => f.write_str("first2_last4"),
            Self::Ends(first, last) => write!(f, "first{first}_last{last}"),
        }
    }
}

impl fmt::Display for BadMask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no mask: use `full`, `null`, `partial`, `first1` to `first{PARTIAL_MAX}`, `last1` to \
             `last{PARTIAL_MAX}`, `first2_last4`, `email`, `token`, `number`, `generalise`, `scan` or `constant:TEXT`",
            self.0
        )
    }
}

impl std::error::Error for BadMask {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_read_back() {
        for word in [
            "full",
            "null",
            "partial",
            "first1",
            "last4",
            "first2_last4",
            "email",
            "token",
            "number",
            "generalise",
            "scan",
            "constant:hidden: ask",
            "constant:",
        ] {
            assert_eq!(Mask::parse(word).unwrap().to_string(), word);
        }
        for word in
            ["", "Full", "last", "last0", "last9", "last04", "last+4", "first2_", "first2_last", "partial:4"]
        {
            assert!(Mask::parse(word).is_err(), "{word}");
        }
    }

    #[test]
    fn secrets_show_nothing_by_default() {
        for class in Class::ALL {
            let mask = Mask::default_for(class);
            let shown = matches!(mask, Mask::Partial(_));
            if class.is_secret_grade() && !matches!(class, Class::CardNumber | Class::Iban) {
                assert_eq!(mask, Mask::Full, "{class:?}");
            }
            assert!(!shown || Partial::Usual.of(Some(class)).is_some(), "{class:?}");
        }
    }

    #[test]
    fn what_is_derived_shows_nothing_and_the_stricter_wins() {
        assert_eq!(Mask::Partial(Partial::Last(4)).derived(), Mask::Full);
        assert_eq!(Mask::Null.derived(), Mask::Null);
        assert_eq!(Mask::Token.stricter(Mask::Full), Mask::Full);
        assert_eq!(Mask::Full.stricter(Mask::Scan), Mask::Full);
    }
}
