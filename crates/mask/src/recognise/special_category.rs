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
        sure: "religion id|religion code|ethnicity id|ethnic group id|convicted|race term|race terms|race codes|ethnicity terms|ethnicity codes|religie|kaste|casta|kasta|rasa|przynaleznosc zwiazkowa|vakbondslid|partito politico|appartenenza sindacale|\
            filiacao partidaria|confession religieuse|precedenti penali|grupo etnico|ethnizitaet|etnicidade|religion|\
            religious belief|religious affiliation|religious beliefs|ethnicity|ethnic group|ethnic origin|ethnic background|\
            race ethnicity|racial origin|political party affiliation|political affiliation|political opinion|\
            political views|political party|sexual orientation|trade union|trade union member|union member|union membership|\
            trade union membership|criminal record|criminal history|conviction|convictions|criminal convictions|\
            arrest record|offence|offences|caste|tribe|sexual preference|sex life|gender reassignment|\
            background check result|philosophical belief|church membership|veteran status|immigration offence|belief|faith|\
            sexuality|lgbtq|is veteran|felony|has criminal record|konfession|religionszugehoerigkeit|kirchensteuer merkmal|\
            kirchenzugehoerigkeit|ethnische herkunft|ethnie|politische meinung|parteizugehoerigkeit|gewerkschaft|\
            gewerkschaftsmitglied|sexuelle orientierung|vorstrafen|appartenance religieuse|origine ethnique|\
            opinion politique|syndicat|orientation sexuelle|casier judiciaire|religion affiliation|etnia|origen etnico|\
            opinion politica|afiliacion politica|sindicato|orientacion sexual|antecedentes penales|religiao|origem etnica|\
            raca cor|raca|opiniao politica|orientacao sexual|antecedentes criminais|religione|origine etnica|\
            opinione politica|orientamento sessuale|casellario|sindacato|godsdienst|geloof|etniciteit|etnische afkomst|\
            politieke voorkeur|seksuele voorkeur|vakbond|strafblad|wyznanie|pochodzenie etniczne|poglady polityczne|\
            orientacja seksualna|zwiazek zawodowy|karalnosc|religia|religious group|religious denomination|\
            religious community|religious preference|religious orientation|religion code|religion name|church affiliation|\
            church tax|baptised|baptism|baptism date|faith group|creed|ethnic code|ethnicity code|ethnic minority|\
            ethnic community|racial group|racial identity|indigenous status|indigenous|aboriginal|tribal affiliation|\
            caste category|caste group|skin color|skin colour|political orientation|political preference|political stance|\
            political belief|political beliefs|political ideology|party membership|party affiliation|party preference|\
            voting intention|voting preference|voter party|union name member|union status|labor union|labour union|\
            labor union member|trade union name|union affiliation|transgender|trans status|sexual identity|sexual behaviour|\
            sexual behavior|sexual practices|sexual partners|sexual history|criminal offence|criminal offences|\
            criminal charges|criminal conviction|arrests|arrest history|arrest date|felonies|misdemeanors|dbs check|\
            dbs result|crb check|police record|police check|police clearance|prison sentence|imprisonment|incarceration|\
            parole status|probation status|sex offender|politically exposed|refugee status|asylum status|asylum seeker|\
            domestic violence|glaube|glaubensbekenntnis|glaubensrichtung|glaubensgemeinschaft|religionsgemeinschaft|\
            religionsbekenntnis|bekenntnis|kirchenmitglied|kirchenmitgliedschaft|kirchensteuer|kirchensteuermerkmal|taufe|\
            taufdatum|ethnische zugehoerigkeit|ethnische gruppe|ethnischer hintergrund|hautfarbe|volkszugehoerigkeit|rasse|\
            politische einstellung|politische gesinnung|politische zugehoerigkeit|politische ueberzeugung|politische partei|\
            parteimitglied|parteimitgliedschaft|parteibuch|weltanschauung|gewerkschaftszugehoerigkeit|\
            gewerkschaftsmitgliedschaft|gewerkschaftsname|sexuelle identitaet|sexuelle ausrichtung|sexualleben|\
            strafregister|strafregisterauszug|fuehrungszeugnis|straftaten|straftat|verurteilungen|verurteilung|vorbestraft|\
            fluechtlingsstatus|asylstatus|croyance|croyances|croyances religieuses|conviction religieuse|\
            convictions religieuses|confession|culte|religion pratiquee|origine raciale|groupe ethnique|\
            appartenance ethnique|couleur peau|couleur de peau|opinions politiques|orientation politique|\
            appartenance politique|affiliation politique|parti politique|convictions politiques|convictions philosophiques|\
            appartenance syndicale|affiliation syndicale|adhesion syndicale|membre syndicat|syndique|vie sexuelle|\
            identite sexuelle|preference sexuelle|condamnations|condamnation|condamnations penales|condamnation penale|\
            antecedents judiciaires|antecedents penaux|infractions|infractions penales|extrait casier|statut refugie|\
            demandeur asile|creencia|creencias|creencias religiosas|confesion|confesion religiosa|religion profesada|\
            fe religiosa|culto|origen racial|pertenencia etnica|color piel|color de piel|pueblo indigena|\
            opiniones politicas|ideologia|ideologia politica|orientacion politica|partido politico|militancia|\
            militancia politica|afiliacion partido|simpatia politica|afiliacion sindical|afiliado sindicato|\
            miembro sindicato|vida sexual|identidad sexual|preferencia sexual|condenas|condena|condenas penales|\
            antecedentes policiales|antecedentes judiciales|delitos|delito|historial delictivo|historial penal|\
            estatus refugiado|solicitante asilo|crenca|crencas|crenca religiosa|confissao religiosa|religiao praticada|\
            origem racial|cor raca|raca etnia|cor pele|cor da pele|pertenca etnica|opinioes politicas|orientacao politica|\
            filiacao politica|conviccoes politicas|filiacao sindical|membro sindicato|sindicalizado|identidade sexual|\
            condenacoes|condenacao|condenacoes penais|registo criminal|registro criminal|ficha criminal|cadastro criminal|\
            antecedentes penais|antecedentes policiais|crimes cometidos|estatuto refugiado|requerente asilo|credo|\
            credo religioso|fede|fede religiosa|confessione|confessione religiosa|convinzioni religiose|\
            appartenenza religiosa|origine razziale|gruppo etnico|appartenenza etnica|colore pelle|colore della pelle|\
            opinioni politiche|orientamento politico|appartenenza politica|iscrizione partito|convinzioni politiche|\
            iscrizione sindacato|iscrizione sindacale|iscritto sindacato|sigla sindacale|adesione sindacale|vita sessuale|\
            identita sessuale|preferenza sessuale|condanne|condanna|condanne penali|carichi pendenti|fedina penale|reati|\
            reato|status rifugiato|richiedente asilo|geloofsovertuiging|levensovertuiging|geloofsrichting|kerkgenootschap|\
            kerklidmaatschap|kerkelijke gezindte|gezindte|religieuze overtuiging|religieuze achtergrond|doop|\
            etnische achtergrond|etnische groep|afkomst|etnische herkomst|huidskleur|politieke overtuiging|\
            politieke gezindheid|politieke partij|politieke kleur|politieke mening|partijlidmaatschap|partij lid|stemgedrag|\
            stemvoorkeur|lidmaatschap vakbond|vakbondslidmaatschap|vakbond lid|vakvereniging|seksuele gerichtheid|\
            seksuele geaardheid|geaardheid|seksleven|seksuele orientatie|strafrechtelijk verleden|strafrechtelijke gegevens|\
            veroordelingen|veroordeling|justitiele documentatie|vog|delicten|vluchtelingenstatus|asielstatus|\
            wyznanie religijne|przekonania religijne|przynaleznosc religijna|wiara|kosciol|parafia|chrzest|\
            pochodzenie rasowe|grupa etniczna|przynaleznosc etniczna|kolor skory|przekonania polityczne|opcja polityczna|\
            przynaleznosc partyjna|partia polityczna|preferencje polityczne|swiatopoglad|przekonania swiatopogladowe|\
            przynaleznosc do zwiazku|czlonek zwiazku|czlonkostwo zwiazek|orientacja plciowa|zycie seksualne|\
            preferencje seksualne|wyroki|wyrok|skazania|skazanie|niekaralnosc|przestepstwa|przestepstwo|rejestr karny|krk|\
            status uchodzcy",
        likely: "ethnic|race code|criminal|denomination|political leaning|minority status|crime committed|raza|razza|partei|\
            partido|partito|partia|church|kirche|kerk|parish|parti politique nom",
        hint: "race|party|union|hispanic|minority|ras|parti|orientation",
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
            "religion_id",
            "convicted",
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
