//! Religion, ethnicity, politics, sexual orientation, trade union, criminal record (GDPR articles 9 and 10).
//!
//! False friends: `race` as a contest, `party` as one side of a contract, `union` as a set.

use model::Class;

use super::pattern::Where;
use super::word::is_one_of;
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::SpecialCategory,
    names: Names {
        sure: "religie|kaste|casta|kasta|rasa|\
            przynaleznosc zwiazkowa|vakbondslid|partito politico|appartenenza sindacale|filiacao partidaria|\
            confession religieuse|precedenti penali|grupo etnico|ethnizitaet|etnicidade|\
            religion|religious belief|religious affiliation|religious beliefs|ethnicity|ethnic group|ethnic origin|ethnic background|\
            race ethnicity|racial origin|political party affiliation|political affiliation|political opinion|political views|\
            political party|sexual orientation|trade union|trade union member|union member|union membership|trade union membership|\
            criminal record|criminal history|conviction|convictions|criminal convictions|arrest record|offence|offences|caste|tribe|\
            sexual preference|sex life|gender reassignment|background check result|philosophical belief|church membership|\
            veteran status|immigration offence|belief|faith|sexuality|lgbtq|is veteran|felony|has criminal record|\
            konfession|religionszugehoerigkeit|kirchensteuer merkmal|kirchenzugehoerigkeit|ethnische herkunft|ethnie|\
            politische meinung|parteizugehoerigkeit|gewerkschaft|gewerkschaftsmitglied|sexuelle orientierung|vorstrafen|\
            appartenance religieuse|origine ethnique|opinion politique|syndicat|orientation sexuelle|casier judiciaire|\
            religion affiliation|etnia|origen etnico|opinion politica|afiliacion politica|sindicato|orientacion sexual|antecedentes penales|\
            religiao|origem etnica|raca cor|raca|opiniao politica|orientacao sexual|antecedentes criminais|\
            religione|origine etnica|opinione politica|orientamento sessuale|casellario|sindacato|\
            godsdienst|geloof|etniciteit|etnische afkomst|politieke voorkeur|seksuele voorkeur|vakbond|strafblad|\
            wyznanie|pochodzenie etniczne|poglady polityczne|orientacja seksualna|zwiazek zawodowy|karalnosc|religia",
        likely: "ethnic|orientation|race code|criminal|denomination|political leaning|minority status|crime committed",
        hint: "race|party|union|hispanic|minority",
    },
    holds: Holds::TEXT.or(Holds::ENUM).or(Holds::INTEGER).or(Holds::BOOL),
    patterns: &[Pattern {
        name: "faith",
        regex: r"[^0-9\x00-\x1f]{4,40}",
        check: is_faith,
        chance: 0.02,
        place: Where::Column,
        min: 4,
        max: 40,
    }],
    examples: Examples {
        named: &[
            "religion",
            "EthnicGroup",
            "sexual_orientation",
            "konfession",
            "origine_ethnique",
            "trade_union_member",
            "wyznanie",
        ],
        unnamed: &["race_condition", "third_party", "union_all", "party_size"],
        values: &[],
        friends: &[],
    },
};

/// Faiths and the want of one.
fn is_faith(text: &[u8]) -> bool {
    const WORDS: &str = "catholic|roman catholic|protestant|christian|orthodox|anglican|lutheran|baptist|methodist|evangelical|muslim|islam|\
        sunni|shia|jewish|judaism|hindu|hinduism|buddhist|buddhism|sikh|sikhism|atheist|agnostic|mormon|quaker|no religion|not religious|\
        katholisch|roemisch katholisch|evangelisch|protestantisch|muslimisch|islamisch|juedisch|orthodox|buddhistisch|hinduistisch|\
        konfessionslos|ohne bekenntnis|catholique|protestante|protestant|musulman|musulmane|juif|juive|bouddhiste|hindoue|athee|agnostique|\
        orthodoxe|sans religion|catolica|catolico|evangelica|evangelico|protestante|musulmana|judia|judio|atea|ateo|agnostica|agnostico|\
        budista|ortodoxa|sin religion|espirita|umbandista|candomble|muculmana|judaica|ateu|sem religiao|cattolica|cattolico|valdese|\
        ebraica|ebreo|buddista|ortodossa|induista|nessuna religione|katholiek|rooms katholiek|protestants|gereformeerd|hervormd|islamitisch|\
        joods|boeddhistisch|hindoeistisch|atheistisch|geen religie|katolickie|rzymskokatolickie|prawoslawne|ewangelickie|protestanckie|\
        muzulmanskie|zydowskie|buddyjskie|bezwyznaniowy|ateista|swiadkowie jehowy";
    is_one_of(text, WORDS)
}
