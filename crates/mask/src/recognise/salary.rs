//! What somebody earns. Amounts have no shape of their own: names tell.
//!
//! False friends: prices, totals, income of a firm, `wage_type`.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Salary,
    names: Names {
        sure: "jaarinkomen|brutoloon|nettoloon|\
            salary|salaries|base salary|annual salary|monthly salary|gross salary|net salary|wage|wages|hourly wage|hourly pay|\
            pay rate|hourly rate employee|annual income|monthly income|yearly income|household income|base pay|basepay|gross pay|\
            net pay|take home pay|compensation|total compensation|bonus amount|annual bonus|payroll amount|remuneration|stipend|\
            income annual|commission pct|commission rate employee|desired salary|expected salary|salary amount|ctc|personal income|\
            gehalt|lohn|bruttogehalt|nettogehalt|jahresgehalt|monatsgehalt|bruttolohn|stundenlohn|verguetung|einkommen|\
            salaire|salaire brut|salaire net|revenu annuel|revenus|traitement salarial|salaire base|\
            salario|sueldo|salario base|salario bruto|sueldo base|ingresos anuales|remuneracion|nomina|\
            ordenado|vencimento base|renda mensal|renda|remuneracao|renda familiar|\
            stipendio|retribuzione|reddito|reddito annuo|retribuzione annua|ral|\
            salaris|brutosalaris|jaarsalaris|loon|uurloon|maandsalaris|inkomen|\
            wynagrodzenie|pensja|placa|zarobki|dochod|wynagrodzenie brutto|loen|manedslonn|palkka|sal",
        likely: "income|pay|earnings|bonus|pay grade|salary grade|hourly rate|revenu|payroll|pay scale|max salary|min salary|take home|pension amount|pension",
        hint: "ingresos|rate|commission|gross|net|comp",
    },
    holds: Holds::NUMBER.or(Holds::INTEGER).or(Holds::TEXT),
    patterns: &[],
    examples: Examples {
        named: &[
            "salary",
            "BaseSalary",
            "empGrossPay",
            "gehalt",
            "sueldo",
            "wynagrodzenie",
            "annual_income",
            "SAL",
        ],
        unnamed: &["salary_currency", "sales", "price", "salary_count", "salary_type", "is_salaried"],
        values: &[],
        friends: &[],
    },
};
