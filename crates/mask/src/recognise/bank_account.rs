//! Numbers of bank accounts that are no IBANs, and the routing numbers beside them.
//!
//! False friends: ids of user accounts, account names, ledger accounts; nine-digit ids.

use model::Class;

use super::pattern::{Where, any};
use super::scheme::america;
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::BankAccount,
    names: Names {
        sure: "codigo bancario|codigo banco|code bancaire|codice banca|bankcode|kod banku|numero routage|codigo ordenacion|\
            sorteercode|nom compte bancaire|agencia e conta|acct number|bank account|bank account number|bankaccount|\
            account number|accountnumber|acctno|bank account num|routing number|aba number|aba routing|aba routing number|\
            bank routing number|sort code|sortcode|bsb|bsb number|swift|bic|swift code|swift bic|bic code|bank account no|\
            ach account|ach routing number|clabe|ifsc|ifsc code|checking account|savings account|account num|bank acct|\
            direct deposit account|kontonummer|konto nummer|kontonr|bankleitzahl|blz|bankverbindung|bankkonto|bankn|bankl|\
            numero compte|num compte|compte bancaire|rib|code banque|code guichet|cle rib|cuenta bancaria|numero cuenta|\
            num cuenta|cuenta corriente|numero de cuenta|cbu|conta bancaria|numero conta|conta corrente|agencia conta|nib|\
            conto corrente|numero conto|conto bancario|abi|numero conto corrente|rekeningnummer|bankrekening|\
            bankrekeningnummer|rekening nummer|numer konta|nr konta|rachunek bankowy|numer rachunku|nr rachunku|nrb|\
            konto bankowe|bankgiro|plusgiro|clearingnummer|tilinumero|bank acct number|bank acc number|bank account code|\
            account number bank|bank account details|bank routing|bank routing code|routing code|routing transit number|\
            transit code bank|bank branch code|branch sort code|payee account number|beneficiary account number|\
            payout account number|deposit account number|giro account|giro number|direct debit account|debit account number|\
            credit account number|pay account number|payroll account number|bank identifier|bank identifier code|\
            bank identification code|bank code number|bank key|swift number|bic number|bic swift|swift address|micr|\
            micr code|nuban|spei clabe|pix key|chave pix|upi id|paynow id|bank sort code|cheque account number|\
            current account number|checking account number|savings account number|kontonr inhaber|girokonto|girokontonummer|\
            bankkontonummer|bank konto|konto nr|bank kontonummer|sparkonto|sparkontonummer|kto nr|ktonr|kto|bankleitzahl nr|\
            bank leitzahl|gehaltskonto|auszahlungskonto|lastschriftkonto|kontodaten|bankdaten|bankverbindung konto|\
            bic swift code|kontoverbindung|numero de compte|no compte|numero compte bancaire|num compte bancaire|\
            compte banque|coordonnees bancaires|releve identite bancaire|identite bancaire|compte courant|compte epargne|\
            compte cheque|code etablissement|cle du rib|numero rib|code bic|domiciliation bancaire|compte versement|\
            compte debit|numero de cuenta bancaria|numero cuenta bancaria|num cuenta bancaria|nro cuenta|\
            cuenta bancaria numero|cuenta ahorro|cuenta ahorros|cuenta de ahorros|cuenta cheques|cuenta nomina|\
            codigo cuenta cliente|clabe interbancaria|cuenta clabe|alias cbu|cvu|datos bancarios|domiciliacion bancaria|\
            codigo swift|codigo bic|entidad bancaria cuenta|cuenta abono|cuenta de cargo|numero da conta|num conta|\
            conta poupanca|conta bancaria numero|numero conta bancaria|conta deposito|agencia bancaria|numero agencia|\
            agencia numero|dados bancarios|codigo do banco|conta salario|conta ordem|numero identificacao bancaria|\
            codigo swift bic|conta debito|numero conto corrente bancario|numero di conto|num conto|nr conto|\
            conto bancario numero|coordinate bancarie|conto corrente bancario|codice abi|codice cab|abi cab|codice bic|\
            codice swift|conto deposito|conto risparmio|estremi bancari|dati bancari|conto accredito|cc bancario|\
            bankrekeningnr|rekeningnr|rekening nr|bankrekening nummer|spaarrekening|spaarrekeningnummer|betaalrekening|\
            betaalrekeningnummer|tegenrekening|tegenrekeningnummer|girorekening|gironummer|bankgegevens|bic code bank|\
            rekening courant|salarisrekening|incassorekening|numer rachunku bankowego|nr rachunku bankowego|\
            numer konta bankowego|nr konta bankowego|rachunek|rachunek oszczednosciowy|konto oszczednosciowe|\
            rachunek biezacy|rachunek rozliczeniowy|ror|numer rozliczeniowy banku|kod swift|kod bic|dane bankowe|\
            rachunek wyplaty|konto do wyplat|numer rachunku klienta",
        likely: "iban or account|bank number|transit number|institution number|bank details|payout account|bankinfo|bank info|\
            ccc|cci",
        hint: "account|konto|compte|cuenta|conta|conto|rekening|routing|account code|bank code|bank",
    },
    holds: Holds::TEXT.or(Holds::INTEGER).or(Holds::NUMBER),
    patterns: &[
        Pattern {
            name: "us_routing",
            regex: r"[0-9]{9}",
            check: america::us_routing,
            chance: 0.05,
            place: Where::Column,
            min: 9,
            max: 9,
        },
        Pattern {
            name: "bic",
            regex: r"[A-Z]{4}(?:AT|BE|BG|BR|CA|CH|CY|CZ|DE|DK|EE|ES|FI|FR|GB|GR|HR|HU|IE|IN|IT|JP|LT|LU|LV|MT|MX|NL|NO|PL|PT|RO|SE|SI|SK|TR|US|ZA)[A-Z0-9]{2}(?:[A-Z0-9]{3})?",
            check: any,
            chance: 0.08,
            place: Where::Column,
            min: 8,
            max: 11,
        },
        Pattern {
            name: "uk_sort_code",
            regex: r"[0-9]{2}-[0-9]{2}-[0-9]{2}",
            check: any,
            chance: 0.35,
            place: Where::Column,
            min: 8,
            max: 8,
        },
        Pattern {
            name: "account_digits",
            regex: r"[0-9]{6,18}",
            check: any,
            chance: 0.8,
            place: Where::Column,
            min: 6,
            max: 18,
        },
    ],
    examples: Examples {
        named: &[
            "bank_account_number",
            "AcctNo",
            "routing_number",
            "sort_code",
            "kontonummer",
            "swift_bic",
            "numer_konta",
        ],
        unnamed: &["account_id", "account_name", "account_type", "bank_name", "account_status"],
        values: &["021000021", "DEUTDEFF500", "20-00-00", "12345678"],
        friends: &["021000021", "12345678"],
    },
};
