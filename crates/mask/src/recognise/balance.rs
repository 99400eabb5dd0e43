//! What somebody has or owes. Amounts have no shape of their own: names tell.
//!
//! False friends: stock levels, load balancers, budgets of projects.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Balance,
    names: Names {
        sure: "kreditrahmen|limit kredytu|saldo apertura|saldo inicial|saldo iniziale|solde initial|\
            solde ouverture|beginsaldo|saldo otwarcia|eroeffnungssaldo|anfangsbestand|\
            tegoed|dostepne srodki|dispolimit|saldo disponible|saldo disponibile|saldo devedor|\
            plafond credit|\
            balance|account balance|current balance|available balance|opening balance|closing balance|wallet balance|credit limit|\
            credit score|net worth|outstanding balance|loan amount|debt|debt amount|amount owed|balance due|mortgage balance|\
            card balance|savings balance|ledger balance|balance amount|credit rating|fico score|fico|debt to income|credit balance|\
            overdraft limit|loan balance|total debt|outstanding amount customer|balance after|balance before|\
            kontostand|saldo|guthaben|kreditlimit|schulden|kreditwuerdigkeit|bonitaet|vermoegen|schufa score|\
            solde|solde compte|limite credit|dette|encours|patrimoine|\
            saldo cuenta|limite credito|deuda|patrimonio|saldo conta|limite de credito|divida|\
            saldo conto|fido|debito residuo|banksaldo|kredietlimiet|schuld|\
            stan konta|saldo konta|limit kredytowy|dlug|zadluzenie|saldo rachunku",
        likely: "newbalance|oldbalance|indebtedness|wealth|equity personal|networth|payable balance|credit amount",
        hint: "funds|credit|owed|limit amount|loan|outstanding",
    },
    holds: Holds::NUMBER.or(Holds::INTEGER).or(Holds::TEXT),
    patterns: &[],
    examples: Examples {
        named: &[
            "balance",
            "AccountBalance",
            "creditLimit",
            "credit_score",
            "kontostand",
            "saldo",
            "stan_konta",
        ],
        unnamed: &["balance_currency", "load_balancer", "balance_updated_at", "stock_level"],
        values: &[],
        friends: &[],
    },
};
