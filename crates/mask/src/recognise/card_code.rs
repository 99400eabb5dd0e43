//! Verification codes and PINs of payment cards.
//!
//! False friends: pin codes of addresses (`pincode` in India), pins of boards and devices.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::CardCode,
    names: Names {
        sure: "codigo verificacion tarjeta|pin cartao|kod bezpieczenstwa karty|kartenprufnummer|karten pin|cvc kaart|\
            pincode pas|cvv|cvc|cvv2|cvc2|cvv code|cvc code|card verification|card verification code|\
            card verification value|card code|card security code|card pin|cvn|csc|security code card|card cvv|card cvc|\
            pin number|pin hash|pin block|atm pin|pruefziffer karte|pruefnummer karte|kartenpruefnummer|cryptogramme|\
            code securite carte|codigo seguridad tarjeta|codigo seguranca cartao|codice sicurezza carta|kod cvv|geheimzahl|\
            cvv number|cvc number|cvv2 code|cvc2 code|cvv value|cvv encrypted|cvv hash|cid number|card cvv2|card cvc2|\
            card cvn|card csc|card security|card security number|card verification number|credit card code|credit card cvv|\
            credit card security code|cc cvv|cc cvc|cc cid|cc security code|cc verification|card verification data|cvd|cav2|\
            pin card|card pin code|card pin hash|card pin block|bank pin|debit pin|kartenpruefziffer|kartenpruefcode|\
            karten pruefnummer|karten cvc|karten cvv|karten sicherheitscode|kartensicherheitscode|sicherheitscode karte|\
            sicherheitsnummer karte|pruefziffer kreditkarte|pruefnummer|kreditkarten pruefnummer|kartenpin|geheimzahl karte|\
            pin karte|code carte|code cvv|code cvc|cryptogramme visuel|cryptogramme carte|cryptogramme cb|code securite cb|\
            code de securite carte|code verification carte|code secret carte|code confidentiel carte|pin carte|codigo cvv|\
            codigo cvc|cvv tarjeta|cvc tarjeta|codigo seguridad|codigo de seguridad tarjeta|codigo verificador tarjeta|\
            numero seguridad tarjeta|clave tarjeta|pin tarjeta|nip tarjeta|codigo seguranca|codigo de seguranca|\
            codigo de seguranca cartao|codigo verificador cartao|codigo verificacao cartao|cvv cartao|cvc cartao|\
            senha cartao|pin do cartao|codice cvv|codice cvc|cvv carta|cvc carta|codice di sicurezza carta|codice sicurezza|\
            codice verifica carta|codice controllo carta|pin carta|pin bancomat|codice pin carta|cvc code kaart|cvv kaart|\
            kaart cvc|kaart cvv|beveiligingscode kaart|veiligheidscode kaart|beveiligingscode|verificatiecode kaart|\
            controlecode kaart|kaartcode|pincode kaart|pincode bankpas|kaart pin|kod cvc|kod cvv2|kod karty|\
            kod zabezpieczajacy|kod zabezpieczajacy karty|kod weryfikacyjny karty|numer cvv|cvv karty|cvc karty|pin karty|\
            pin do karty|kod pin karty",
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
