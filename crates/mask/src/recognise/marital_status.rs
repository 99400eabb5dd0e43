//! Whether somebody is married.
//!
//! False friends: any other `status`, and `partner` as a firm.

use model::Class;

use super::pattern::Where;
use super::word::is_one_of;
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::MaritalStatus,
    names: Names {
        sure: "situacao conjugal|est civil|stan rodzinny|family status|stato famiglia|coniugato|situation famille|\
            marital status id|marital id|civil status id|marital status|marital|civil status|marriage status|married|is married|marital state|relationship status|\
            maritalstatus|familienstand|zivilstand|verheiratet|etat civil|situation matrimoniale|situation familiale|\
            statut marital|estado civil|stato civile|burgerlijke staat|burgerlijke stand|stan cywilny|civilstand|\
            sivilstatus|siviilisaaty|marital status code|maiden status|date of marriage|marriage date|wedding date|\
            divorce date|marital status name|marital status type|maritial status|martial status|marital sts|marital stat|\
            marital situation|married status|matrimonial status|matrimonial|civil state|civil status code|conjugal status|\
            relationship type personal|relation status|partnership status|civil partnership|civil union|cohabiting|\
            cohabitation status|is single|is divorced|is widowed|is separated|widowed|widow|divorced status|married on|\
            married since|marriage year|marriage place|wedding anniversary|anniversary wedding|divorced on|date of divorce|\
            date of wedding|date married|date divorced|spouse status|marital regime|matrimonial regime|\
            matrimonial property regime|familien stand|familienstand code|familienstandscode|familienstandsschluessel|\
            familienstatus|famstand|fam stand|ehestand|ehestatus|personenstand|zivil stand|zivilstand code|verheiratet seit|\
            verheiratet ja nein|ist verheiratet|verwitwet|eheschliessung|eheschliessungsdatum|datum eheschliessung|\
            heiratsdatum|hochzeitsdatum|hochzeitstag|scheidungsdatum|gueterstand|lebenspartnerschaft|\
            lebenspartnerschaft status|beziehungsstatus|familienverhaeltnis|situation famil|sit familiale|sit fam|\
            situation de famille|situation matrim|etat matrimonial|etat civil code|code etat civil|statut matrimonial|\
            statut familial|statut civil|statut conjugal|situation conjugale|regime matrimonial|mariee|est marie|est mariee|\
            celibataire|divorce e|veuf|pacse|date mariage|date de mariage|lieu mariage|date divorce|date de divorce|\
            vie en couple|situation couple|codigo estado civil|estado civil codigo|est civ|edo civil|edo civ|estadocivil|\
            situacion civil|situacion conyugal|situacion familiar|situacion sentimental|situacion marital|estado marital|\
            estado conyugal|estado matrimonial|condicion civil|casado|casada|es casado|esta casado|soltero o casado|viudo|\
            divorciado|fecha matrimonio|fecha de matrimonio|fecha boda|fecha de boda|fecha divorcio|regimen matrimonial|\
            regimen economico matrimonial|pareja de hecho|union libre|union de hecho|estado civil cod|sit conjugal|\
            situacao civil|situacao familiar|situacao matrimonial|situacao amorosa|situacao marital|estado conjugal|\
            condicao civil|casado ou solteiro|e casado|solteiro|viuvo|data casamento|data de casamento|data divorcio|\
            regime casamento|regime de casamento|regime de bens|regime bens|uniao estavel|uniao de facto|stato civ|\
            statocivile|codice stato civile|stato civile codice|condizione civile|stato coniugale|stato matrimoniale|\
            stato familiare|stato maritale|situazione familiare|situazione coniugale|situazione sentimentale|\
            situazione matrimoniale|sposato|sposata|e sposato|coniugata|celibe|nubile stato|divorziato|vedovo|\
            data matrimonio|data di matrimonio|data nozze|data divorzio|data separazione|regime patrimoniale|convivenza|\
            unione civile|burg staat|burgerlijkestaat|burgstaat|burgerlijke staat code|burgerlijke status|burgelijke staat|\
            huwelijkse staat|huwelijksstatus|huwelijkse status|huwelijkssituatie|gezinssituatie|gezinsstatus|\
            gezinssamenstelling|relatiestatus|samenlevingsvorm|samenwonend|gehuwd|getrouwd|is gehuwd|is getrouwd|gescheiden|\
            weduwe|weduwnaar|huwelijksdatum|trouwdatum|datum huwelijk|datum scheiding|echtscheidingsdatum|\
            huwelijksgoederenregime|huwelijksregime|geregistreerd partnerschap|stancywilny|stan cyw|stan cywilny kod|\
            kod stanu cywilnego|status cywilny|status malzenski|status matrymonialny|stan malzenski|sytuacja rodzinna|\
            status rodzinny|sytuacja matrymonialna|zonaty|zamezna|czy zonaty|czy zamezna|w zwiazku malzenskim|kawaler|\
            rozwiedziony|rozwodnik|wdowiec|wdowa|data slubu|data zawarcia malzenstwa|data malzenstwa|data rozwodu|\
            ustroj majatkowy|wspolnota majatkowa|zwiazek malzenski|malzenstwo",
        likely: "spouse|spouse id|civilstatus|marital code|ledig|gehuwd|marriage|divorce|scheidung",
        hint: "single|divorced",
    },
    holds: Holds::TEXT.or(Holds::ENUM).or(Holds::INTEGER).or(Holds::BOOL).or(Holds::DATE),
    patterns: &[Pattern {
        name: "marital_word",
        regex: r"[^0-9\x00-\x1f]{4,30}",
        check: is_status,
        chance: 0.02,
        place: Where::Column,
        min: 4,
        max: 30,
    }],
    examples: Examples {
        named: &[
            "marital_status",
            "marital_status_id",
            "familienstand",
            "EstadoCivil",
            "etat_civil",
            "stan_cywilny",
        ],
        unnamed: &["status", "order_status", "partner_status"],
        values: &[],
        friends: &[],
    },
};

fn is_status(text: &[u8]) -> bool {
    const WORDS: &str = "single|married|divorced|widowed|separated|unmarried|civil partnership|domestic partnership|cohabiting|engaged|\
        ledig|verheiratet|geschieden|verwitwet|getrennt|verpartnert|getrennt lebend|\
        celibataire|marie|mariee|divorce|divorcee|veuf|veuve|pacse|pacsee|separe|separee|concubinage|\
        soltero|soltera|casado|casada|divorciado|divorciada|viudo|viuda|separado|separada|union libre|\
        solteiro|solteira|viuvo|viuva|uniao estavel|desquitado|\
        celibe|nubile|coniugato|coniugata|sposato|sposata|divorziato|divorziata|vedovo|vedova|separato|separata|\
        ongehuwd|gehuwd|getrouwd|gescheiden|weduwe|weduwnaar|samenwonend|\
        kawaler|panna|zonaty|zamezna|mezatka|rozwiedziony|rozwiedziona|wdowiec|wdowa|w separacji|wolny|wolna";
    is_one_of(text, WORDS)
}
