//! What somebody has or owes. Amounts have no shape of their own: names tell.
//!
//! False friends: stock levels, load balancers, budgets of projects.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Balance,
    names: Names {
        sure: "kreditrahmen|limit kredytu|saldo apertura|saldo inicial|saldo iniziale|solde initial|solde ouverture|beginsaldo|\
            saldo otwarcia|eroeffnungssaldo|anfangsbestand|tegoed|dostepne srodki|dispolimit|saldo disponible|\
            saldo disponibile|saldo devedor|plafond credit|balance|account balance|current balance|available balance|\
            opening balance|closing balance|wallet balance|credit limit|credit score|net worth|outstanding balance|\
            loan amount|debt|debt amount|amount owed|balance due|mortgage balance|card balance|savings balance|\
            ledger balance|balance amount|credit rating|fico score|fico|debt to income|credit balance|overdraft limit|\
            loan balance|total debt|outstanding amount customer|balance after|balance before|kontostand|saldo|guthaben|\
            kreditlimit|schulden|kreditwuerdigkeit|bonitaet|vermoegen|schufa score|solde|solde compte|limite credit|dette|\
            encours|patrimoine|saldo cuenta|limite credito|deuda|patrimonio|saldo conta|limite de credito|divida|\
            saldo conto|fido|debito residuo|banksaldo|kredietlimiet|schuld|stan konta|saldo konta|limit kredytowy|dlug|\
            zadluzenie|saldo rachunku|acct balance|acct bal|curr balance|current bal|avail balance|account bal|\
            starting balance|start balance|ending balance|end balance|closing bal|opening bal|statement balance|\
            running balance|cash balance|prepaid balance|store credit|store credit balance|credit line|credit line amount|\
            line credit|overdraft|overdraft amount|overdraft facility|available credit|available funds|remaining balance|\
            remaining debt|remaining loan|outstanding debt|outstanding loan|outstanding principal|principal balance|\
            principal outstanding|arrears|arrears amount|amount outstanding|past due amount|past due balance|\
            credit exposure|credit risk score|bureau score|vantage score|creditworthiness|creditworthiness score|\
            deposit balance|portfolio value|margin balance|mortgage amount|mortgage outstanding|loan outstanding|\
            loan principal|savings amount|savings total|account funds|balance available|balance current|balance ledger|\
            balance total|customer balance|debts|debt total|indebtedness amount|net wealth|total wealth|customer debt|\
            customer credit limit|credit limit amount|approved credit limit|kontosaldo|endsaldo|anfangssaldo|schlusssaldo|\
            aktueller saldo|verfuegbarer betrag|verfuegbares guthaben|verfuegbarer saldo|restschuld|restsaldo|\
            darlehenssumme|darlehensbetrag|darlehensstand|kreditbetrag|kreditsumme|kreditlinie|dispo|dispokredit|\
            dispositionskredit|dispositionslimit|dispositionsrahmen|ueberziehungslimit|ueberziehungsrahmen|\
            ueberziehungskredit|aussenstaende|offener saldo|schuldenstand|schuldensaldo|gesamtschulden|bonitaetsscore|\
            bonitaetsindex|bonitaetsnote|schufa|kreditscore|nettovermoegen|gesamtvermoegen|privatvermoegen|sparguthaben|\
            kontoguthaben|depotwert|depotbestand|saldobetrag|solde courant|solde actuel|solde disponible|solde du compte|\
            solde bancaire|solde final|solde debiteur|solde crediteur|solde restant|solde restant du|capital restant|\
            capital restant du|montant pret|montant emprunte|montant credit|montant dette|decouvert|decouvert autorise|\
            autorisation decouvert|limite decouvert|ligne credit|ligne de credit|endettement|score credit|cote credit|\
            dettes|epargne|montant epargne|patrimoine net|avoirs|plafond de credit|saldo actual|saldo contable|saldo final|\
            saldo pendiente|saldo deudor|saldo acreedor|saldo de cuenta|saldo bancario|saldo a favor|linea credito|\
            linea de credito|cupo credito|credito disponible|descubierto|deuda total|deuda pendiente|deudas|monto deuda|\
            importe deuda|importe prestamo|monto prestamo|capital pendiente|puntaje crediticio|calificacion crediticia|\
            score crediticio|puntuacion crediticia|solvencia|patrimonio neto|ahorros|fondos disponibles|adeudo|\
            endeudamiento|saldo atual|saldo em conta|saldo contabilistico|saldo da conta|saldo conta corrente|\
            saldo disponivel|cheque especial|limite cheque especial|limite cartao|valor divida|divida total|dividas|\
            montante divida|valor emprestimo|emprestimo|descoberto|limite descoberto|score credito|pontuacao credito|\
            poupanca|patrimonio liquido|valor em divida|capital em divida|debito pendente|endividamento|saldo em divida|\
            saldo attuale|saldo finale|saldo contabile|saldo corrente|saldo del conto|saldo conto corrente|saldo residuo|\
            fondi disponibili|credito residuo|credito disponibile|affidamento bancario|fido bancario|fido concesso|scoperto|\
            scoperto conto|limite fido|limite di credito|importo debito|debito totale|debiti|capitale residuo|mutuo residuo|\
            importo mutuo|importo prestito|merito creditizio|punteggio credito|punteggio creditizio|patrimonio netto|\
            risparmi|giacenza media|indebitamento|rekeningsaldo|huidig saldo|saldo rekening|beschikbaar saldo|\
            beschikbare saldo|eindsaldo|openingssaldo|bankrekeningsaldo|banktegoed|spaarsaldo|spaartegoed|spaargeld|\
            roodstand|roodstandlimiet|roodstand limiet|kredietruimte|kredietwaardigheid|kredietscore|bkr score|schuldbedrag|\
            openstaande schuld|openstaand saldo|hypotheekschuld|leenbedrag|leningbedrag|kredietbedrag|vermogen|\
            beschikbaar tegoed|debetstand|saldo biezace|saldo koncowe|saldo poczatkowe|saldo dostepne|stan rachunku|\
            stan srodkow|srodki dostepne|srodki na koncie|dostepne saldo|zadluzenie calkowite|kwota zadluzenia|kwota dlugu|\
            kwota kredytu|kwota pozyczki|limit debetu|debet|debet na koncie|limit karty kredytowej|\
            limit kredytu odnawialnego|zdolnosc kredytowa|ocena kredytowa|scoring kredytowy|punktacja kredytowa|majatek|\
            oszczednosci|dlugi|saldo zadluzenia|wolne srodki",
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
