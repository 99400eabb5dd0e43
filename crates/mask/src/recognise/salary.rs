//! What somebody earns. Amounts have no shape of their own: names tell.
//!
//! False friends: prices, totals, income of a firm, `wage_type`.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Salary,
    names: Names {
        sure: "jaarinkomen|brutoloon|nettoloon|salary|salaries|base salary|annual salary|monthly salary|gross salary|\
            net salary|wage|wages|hourly wage|hourly pay|pay rate|hourly rate employee|annual income|monthly income|\
            yearly income|household income|base pay|basepay|gross pay|net pay|take home pay|compensation|total compensation|\
            bonus amount|annual bonus|payroll amount|remuneration|stipend|income annual|commission pct|\
            commission rate employee|desired salary|expected salary|salary amount|ctc|personal income|gehalt|lohn|\
            bruttogehalt|nettogehalt|jahresgehalt|monatsgehalt|bruttolohn|stundenlohn|verguetung|einkommen|salaire|\
            salaire brut|salaire net|revenu annuel|revenus|traitement salarial|salaire base|salario|sueldo|salario base|\
            salario bruto|sueldo base|ingresos anuales|remuneracion|nomina|ordenado|vencimento base|renda mensal|renda|\
            remuneracao|renda familiar|stipendio|retribuzione|reddito|reddito annuo|retribuzione annua|ral|salaris|\
            brutosalaris|jaarsalaris|loon|uurloon|maandsalaris|inkomen|wynagrodzenie|pensja|placa|zarobki|dochod|\
            wynagrodzenie brutto|loen|manedslonn|palkka|sal|hourly salary|weekly salary|weekly wage|weekly pay|daily wage|\
            daily pay|monthly wage|monthly pay|annual pay|annual wage|annual compensation|yearly salary|yearly wage|\
            yearly pay|salary gross|salary net|pay gross|pay net|starting salary|current salary|salary expectation|\
            salary expectations|salary requirement|salary desired|salary expected|base wage|basic salary|basic pay|net wage|\
            gross wage|gross earnings|net earnings|annual earnings|total earnings employee|employee pay|employee salary|\
            employee wage|pay amount|wage amount|wage rate|hourly wage rate|payslip amount|payroll gross|payroll net|\
            salary base|salary year|salary month|salary hour|gross income|net income personal|family income|\
            monthly household income|taxable income|income tax base|income monthly|income amount|incentive pay|overtime pay|\
            severance pay|severance amount|commission earned|bonus pay|bonus payment|pension benefit|retirement income|\
            remuneration amount|compensation amount|compensation package|ctc annual|current ctc|expected ctc|\
            take home salary|arbeitslohn|arbeitsentgelt|bruttoverdienst|nettoverdienst|jahresbrutto|jahresverdienst|\
            monatsverdienst|monatslohn|monatsbrutto|besoldung|bezuege|gehaltsbetrag|gehalt brutto|gehalt netto|grundgehalt|\
            grundlohn|basisgehalt|haushaltseinkommen|haushaltsnettoeinkommen|jahreseinkommen|monatseinkommen|nettoeinkommen|\
            bruttoeinkommen|nettolohn|wochenlohn|tageslohn|zielgehalt|wunschgehalt|gehaltsvorstellung|gehaltswunsch|\
            jahreslohn|lohnsumme|lohnbetrag|lohn brutto|lohn netto|verdienst|einkuenfte|rente|rentenbetrag|fixgehalt|paie|\
            salaire mensuel|salaire annuel|salaire horaire|salaire de base|salaire fixe|salaire variable|salaire actuel|\
            taux horaire salarie|remuneration brute|remuneration nette|remuneration annuelle|revenu|revenu mensuel|\
            revenu fiscal|revenu imposable|revenu foyer|revenu net|revenu brut|pretention salariale|pretentions salariales|\
            salaire souhaite|traitement brut|appointements|emoluments|fiche paie|bulletin paie|pension retraite|\
            sueldo bruto|sueldo neto|sueldo mensual|sueldo anual|salario neto|salario mensual|salario anual|salario hora|\
            salario diario|salario actual|haberes|jornal|retribucion|retribucion anual|retribucion bruta|ingreso mensual|\
            ingreso anual|ingresos mensuales|ingresos familiares|ingresos netos|renta anual|aspiracion salarial|\
            pretension salarial|expectativa salarial|paga mensual|nomina mensual|salario devengado|salario liquido|\
            salario mensal|salario por hora|salario atual|salario pretendido|ordenado base|ordenado bruto|ordenado liquido|\
            ordenado mensal|vencimento bruto|vencimento mensal|renda bruta|renda anual|renda liquida|rendimento mensal|\
            rendimento anual|rendimento bruto|rendimento familiar|rendimento liquido|pretensao salarial|proventos|\
            remuneracao mensal|remuneracao bruta|faixa salarial|busta paga|stipendio lordo|stipendio netto|\
            stipendio mensile|stipendio annuo|stipendio base|paga oraria|paga base|paga mensile|paga|retribuzione lorda|\
            retribuzione netta|retribuzione mensile|retribuzione base|reddito mensile|reddito lordo|reddito netto|\
            reddito familiare|reddito imponibile|compenso lordo|compenso mensile|ral attuale|aspettativa salariale|\
            aspettativa economica|salario lordo|salario netto|salario mensile|emolumenti|salaris bruto|salaris netto|\
            bruto salaris|netto salaris|nettosalaris|maandloon|jaarloon|weekloon|dagloon|basisloon|basissalaris|\
            brutojaarsalaris|bruto jaarsalaris|bruto maandsalaris|brutomaandsalaris|bruto loon|netto loon|verdiensten|\
            bezoldiging|wedde|gezinsinkomen|huishoudinkomen|maandinkomen|bruto inkomen|netto inkomen|brutoinkomen|\
            nettoinkomen|belastbaar inkomen|salarisindicatie|gewenst salaris|salariswens|salarisbedrag|loonbedrag|\
            uurtarief medewerker|pensja brutto|pensja netto|pensja miesieczna|placa brutto|placa zasadnicza|placa netto|\
            placa miesieczna|stawka wynagrodzenia|wynagrodzenie netto|wynagrodzenie miesieczne|wynagrodzenie zasadnicze|\
            wynagrodzenie roczne|wynagrodzenia|uposazenie|wyplata|zarobki netto|zarobki brutto|zarobek|dochod miesieczny|\
            dochod roczny|dochod netto|dochod brutto|dochody|dochod gospodarstwa|dochod rodziny|oczekiwania finansowe|\
            oczekiwania placowe|oczekiwane wynagrodzenie|emerytura|wysokosc wynagrodzenia|wysokosc pensji",
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
