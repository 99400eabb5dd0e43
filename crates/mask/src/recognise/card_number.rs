//! Numbers of payment cards: a known issuer's prefix and length, and Luhn's digit.
//!
//! False friends: order numbers of 16 digits (one of ten passes Luhn by accident), timestamps in microseconds, ids.

use model::Class;

use super::check::{all_same, digits, luhn, number};
use super::pattern::Where;
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::CardNumber,
    names: Names {
        sure: "numero cb|visa number|card number|cardnumber|credit card|credit card number|creditcard|creditcardnumber|\
            debit card|debit card number|cc number|ccnumber|ccno|ccnum|cc num|payment card|payment card number|card pan|\
            primary account number|cardno|bank card number|card num full|credit number|kartennummer|kreditkarte|\
            kreditkartennummer|kartennr|carte bancaire|numero carte|numero carte bancaire|carte credit|tarjeta|\
            numero tarjeta|tarjeta credito|tarjeta de credito|cartao|cartao credito|cartao de credito|numero cartao|\
            carta credito|carta di credito|numero carta|kaartnummer|creditcardnummer|numer karty|karta kredytowa|nr karty|\
            numer karty kredytowej|kortnummer|kortnumero|luottokortti|card no|card nr|card nbr|cardnr|card num|\
            card number full|full card number|card number encrypted|card number masked|masked card number|masked pan|\
            encrypted pan|pan encrypted|card pan number|credit card no|credit card num|creditcard number|creditcard no|\
            cc no|cc nr|ccn|debit card no|debitcard|debit card num|bank card|bankcard|bankcard number|payment card no|\
            visa card|visa card number|mastercard|mastercard number|amex number|card account number|prepaid card number|\
            card on file|stored card|card details number|card numbers|atm card number|atm card|kartennummer kreditkarte|\
            kreditkartennr|kreditkarten nr|karten nr|kreditkarte nr|bankkarte|bankkartennummer|ec karte|ec kartennummer|\
            girokarte|girocard|debitkarte|debitkartennummer|zahlkarte|zahlungskarte|zahlungskartennummer|no carte|num carte|\
            numero de carte|numero de carte bancaire|num carte bancaire|no carte bancaire|carte de credit|\
            numero carte credit|carte de paiement|numero carte paiement|carte visa|carte bleue|num cb|no cb|num tarjeta|\
            nro tarjeta|numero de tarjeta|numero tarjeta credito|numero tarjeta debito|tarjeta debito|tarjeta de debito|\
            tarjeta bancaria|tarjeta pago|tarjeta de pago|no tarjeta|num cartao|numero do cartao|numero de cartao|\
            numero cartao credito|numero cartao debito|cartao debito|cartao de debito|cartao bancario|cartao pagamento|\
            nr cartao|num carta|numero di carta|numero carta credito|num carta credito|nr carta|carta debito|\
            carta di debito|carta pagamento|carta di pagamento|carta bancomat|bancomat numero|numero bancomat|pan carta|\
            creditcard nummer|creditcardnr|kaart nummer|kaartnr|nr kaart|betaalkaart|betaalkaartnummer|bankkaart|\
            bankkaartnummer|bankpas|bankpasnummer|pasnummer|pinpas|pinpasnummer|debetkaart|kredietkaart|kredietkaartnummer|\
            nr karty kredytowej|nr karty platniczej|numer karty platniczej|karta platnicza|karta debetowa|\
            numer karty debetowej|numer karty bankowej|karta bankowa|numer karty bankomatowej",
        likely: "card|kreditkarten|acctnum card|fpan|dpan|gift card number",
        hint: "pan|number|card id|payment number|karta|carta|carte|cc",
    },
    holds: Holds::TEXT.or(Holds::INTEGER).or(Holds::NUMBER),
    patterns: &[
        Pattern {
            name: "card_number",
            regex: r"\b(?:[3-6][0-9]{3}[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{1,7}|3[0-9]{3}[ -][0-9]{6}[ -][0-9]{4,5}|[2-6][0-9]{12,18}|2[2-7][0-9]{2}[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{4})\b",
            check: is_card,
            chance: 0.05,
            place: Where::Text,
            min: 13,
            max: 23,
        },
        // As it comes out of tables and forms.
        Pattern {
            name: "card_number_spread",
            regex: r"\b(?:[3-6][0-9]{3}(?:[ \t]{1,2}[0-9]{4}){2}[ \t]{1,2}[0-9]{1,7}|3[0-9]{3}[ \t]{1,2}[0-9]{6}[ \t]{1,2}[0-9]{4,5}|2[2-7][0-9]{2}(?:[ \t]{1,2}[0-9]{4}){3})\b",
            check: is_card,
            chance: 0.05,
            place: Where::Text,
            min: 16,
            max: 25,
        },
    ],
    examples: Examples {
        named: &[
            "card_number",
            "CreditCardNo",
            "cc_num",
            "tarjeta_numero",
            "kreditkartennummer",
            "numer_karty",
        ],
        unnamed: &[
            "card_type",
            "card_brand",
            "card_expiry",
            "business_card_id",
            "card_last4",
            "card_count",
            "discard",
        ],
        values: &[
            "4242424242424242",
            "5555 5555 5555 4444",
            "3782-822463-10005",
            "6011111111111117",
            "2223003122003222",
            "4242\t4242  4242 4242",
        ],
        friends: &[
            "4242424242424241",
            "1234567890123452",
            "1715940000123456",
            "4444444444444444",
            "20240517102030",
        ],
    },
};

/// A prefix that is given out, at a length that it has, with Luhn's digit.
fn is_card(text: &[u8]) -> bool {
    let digits = digits(text);
    let prefix = |count: usize| number(digits.get(..count).unwrap_or_default());
    let is_issued = match digits.len() {
        13 => prefix(1) == 4,
        14 => matches!(prefix(3), 300..=305 | 309 | 360..=369 | 380..=399),
        15 => matches!(prefix(2), 34 | 37),
        16 => {
            matches!(prefix(1), 4)
                || matches!(prefix(2), 51..=55 | 65)
                || matches!(prefix(4), 2221..=2720 | 6011 | 3528..=3589 | 5018 | 5020 | 5038 | 6304 | 6759 | 6761..=6763 | 9792)
                || matches!(prefix(3), 644..=649 | 604 | 508 | 606 | 607)
                || matches!(prefix(2), 62)
        }
        17..=19 => {
            matches!(prefix(2), 62)
                || matches!(prefix(4), 5018 | 5020 | 5038 | 6304 | 6759 | 6761..=6763 | 6011)
                || prefix(1) == 4
        }
        _ => false,
    };
    is_issued && luhn(&digits) && !all_same(&digits)
}
