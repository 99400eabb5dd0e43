//! Verification codes and PINs of payment cards.
//!
//! False friends: pin codes of addresses (`pincode` in India), pins of boards and devices.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::CardCode,
    names: Names {
        sure: "codigo verificacion tarjeta|pin cartao|kod bezpieczenstwa karty|kartenprufnummer|karten pin|\
            cvc kaart|pincode pas|\
            cvv|cvc|cvv2|cvc2|cvv code|cvc code|card verification|card verification code|card verification value|card code|\
            card security code|card pin|cvn|csc|security code card|card cvv|card cvc|pin number|pin hash|pin block|atm pin|\
            pruefziffer karte|pruefnummer karte|kartenpruefnummer|cryptogramme|code securite carte|codigo seguridad tarjeta|\
            codigo seguranca cartao|codice sicurezza carta|kod cvv|geheimzahl",
        likely: "pin|user pin|security code|cid code",
        hint: "verification code|pin code",
    },
    holds: Holds::TEXT.or(Holds::INTEGER),
    patterns: &[],
    examples: Examples {
        named: &["cvv", "card_cvc", "CardSecurityCode", "card_pin"],
        unnamed: &["is_pinned", "pinned_at", "pin_count", "cvv_checked"],
        values: &[],
        friends: &[],
    },
};
