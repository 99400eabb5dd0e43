//! Religion, ethnicity, politics, sexual orientation, trade union, criminal record (GDPR articles 9 and 10).
//!
//! False friends: `race` as a contest, `party` as one side of a contract, `union` as a set.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::SpecialCategory,
    names: Names {
        sure: "religion|religious belief|religious affiliation|religious beliefs|ethnicity|ethnic group|ethnic origin|ethnic background|\
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
    holds: Holds::TEXT.or(Holds::INTEGER).or(Holds::BOOL),
    patterns: &[],
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
