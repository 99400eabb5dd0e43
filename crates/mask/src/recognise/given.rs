//! Given names that many people in eight languages have: when many values of a column hold one, the column holds names of persons.
//!
//! False friends: towns and firms that are called after somebody: one here and there, never many. It keeps no value.

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::label::folded;

/// Without accents, as they are compared. Written down from what is common, not from any list of persons.
const NAMES: &str = "james|john|robert|michael|david|william|richard|joseph|thomas|charles|christopher|daniel|matthew|anthony|mark|donald|steven|\
    andrew|paul|joshua|kenneth|kevin|brian|george|timothy|ronald|edward|jason|jeffrey|ryan|jacob|gary|nicholas|eric|jonathan|stephen|larry|\
    justin|scott|brandon|benjamin|samuel|gregory|alexander|patrick|frank|raymond|jack|dennis|jerry|tyler|aaron|henry|adam|nathan|peter|zachary|\
    kyle|noah|ethan|jeremy|walter|keith|roger|terry|austin|sean|gerald|carl|harold|dylan|arthur|lawrence|jordan|jesse|bryan|bruce|gabriel|\
    logan|alan|juan|albert|liam|oliver|harry|oscar|leo|callum|ewan|gareth|graham|ian|neil|nigel|simon|stuart|hugh|owen|rhys|declan|kieran|\
    mary|patricia|jennifer|linda|elizabeth|barbara|susan|jessica|sarah|karen|lisa|nancy|betty|sandra|margaret|ashley|kimberly|emily|donna|\
    michelle|carol|amanda|melissa|deborah|stephanie|rebecca|laura|helen|sharon|cynthia|kathleen|amy|angela|shirley|brenda|emma|anna|pamela|\
    nicole|samantha|katherine|christine|debra|rachel|carolyn|janet|catherine|maria|heather|diane|olivia|julie|joyce|victoria|ruth|virginia|\
    lauren|kelly|christina|joan|evelyn|judith|andrea|hannah|megan|cheryl|jacqueline|martha|madison|teresa|gloria|sara|janice|ann|kathryn|\
    abigail|sophia|frances|jean|alice|judy|isabella|julia|grace|amber|denise|danielle|marilyn|beverly|charlotte|natalie|diana|brittany|doris|\
    kayla|alexis|lori|chloe|lucy|poppy|daisy|freya|niamh|fiona|gillian|imogen|keira|maisie|georgina|harriet|beatrice|aisha|fatima|mohammed|\
    muhammad|ahmed|ali|omar|hassan|ibrahim|yusuf|mustafa|priya|lakshmi|raj|sanjay|wei|li|jing|jose|carlos|luis|\
    hans|klaus|juergen|wolfgang|peter|michael|thomas|andreas|stefan|christian|uwe|frank|werner|dieter|manfred|bernd|ralf|heinz|gerhard|\
    guenther|helmut|horst|martin|markus|matthias|joerg|alexander|sebastian|tobias|florian|daniel|jan|lukas|felix|maximilian|jonas|leon|paul|\
    finn|philipp|julian|tim|niklas|moritz|holger|torsten|thorsten|sven|dirk|karl|otto|ernst|friedrich|wilhelm|heinrich|kai|soeren|christoph|\
    ursula|monika|petra|elisabeth|sabine|renate|helga|karin|brigitte|ingrid|erika|andrea|gisela|claudia|susanne|gabriele|christa|christine|\
    hildegard|anna|birgit|barbara|gerda|angelika|martina|heike|maria|ute|silke|anja|katja|sandra|stefanie|julia|katharina|lena|laura|lea|\
    leonie|johanna|sophie|marie|mia|hanna|emilia|clara|klara|ilse|beate|dorothea|franziska|greta|jana|kaethe|mareike|elif|emre|anneliese|\
    jean|pierre|michel|andre|philippe|rene|louis|alain|jacques|bernard|marcel|daniel|roger|robert|claude|christian|henri|georges|nicolas|\
    francois|eric|laurent|frederic|olivier|pascal|stephane|christophe|david|julien|sebastien|antoine|alexandre|thomas|maxime|lucas|hugo|\
    mathieu|matheo|theo|remi|cedric|didier|etienne|benoit|gael|loic|karim|guillaume|vincent|bruno|thierry|gerard|yves|marc|luc|gilles|\
    marie|jeanne|francoise|monique|catherine|nathalie|isabelle|jacqueline|anne|sylvie|martine|madeleine|nicole|suzanne|helene|christine|\
    marguerite|denise|louise|christiane|yvonne|valerie|sophie|sandrine|stephanie|celine|chantal|camille|lea|manon|emma|chloe|ines|jade|zoe|\
    amelie|berenice|delphine|elodie|fatou|genevieve|josephine|noemie|oceane|juliette|claire|aurelie|emilie|virginie|veronique|brigitte|\
    antonio|manuel|francisco|juan|jose|javier|david|daniel|carlos|jesus|alejandro|miguel|rafael|pedro|angel|pablo|sergio|fernando|jorge|\
    luis|alberto|alvaro|diego|adrian|raul|enrique|ramon|vicente|ivan|ruben|oscar|andres|joaquin|santiago|eduardo|victor|roberto|jaime|mario|\
    ignacio|alfonso|salvador|ricardo|marcos|jordi|emilio|julian|guillermo|gabriel|tomas|agustin|gonzalo|hugo|martin|mateo|nicolas|\
    carmen|maria|ana|isabel|laura|cristina|marta|dolores|lucia|pilar|elena|sara|paula|mercedes|raquel|beatriz|rosario|rosa|nuria|patricia|\
    silvia|julia|irene|montserrat|encarnacion|andrea|rocio|monica|alba|angela|sonia|alicia|sandra|susana|marina|yolanda|natalia|eva|\
    margarita|inmaculada|esther|noelia|ines|veronica|lorena|claudia|sofia|martina|valeria|daniela|luisa|consuelo|teresa|josefa|\
    joao|jose|antonio|francisco|carlos|paulo|pedro|lucas|luiz|marcos|luis|gabriel|rafael|daniel|marcelo|bruno|eduardo|felipe|raimundo|\
    rodrigo|manoel|mateus|andre|fernando|fabio|leonardo|gustavo|guilherme|leandro|tiago|thiago|anderson|ricardo|marcio|jorge|sebastiao|\
    alexandre|roberto|edson|diego|vitor|sergio|claudio|matheus|joaquim|rui|nuno|hugo|caio|vinicius|henrique|igor|renato|\
    maria|ana|francisca|antonia|adriana|juliana|marcia|fernanda|patricia|aline|sandra|camila|amanda|bruna|jessica|leticia|julia|luciana|\
    vanessa|mariana|gabriela|vera|vitoria|larissa|claudia|beatriz|rita|luana|sonia|renata|eliane|josefa|simone|natalia|cristiane|carla|\
    debora|rosangela|jaqueline|rosa|daniela|aparecida|marlene|raimunda|beatriz|ines|catarina|joana|sofia|helena|isabela|bianca|thais|\
    giuseppe|giovanni|antonio|mario|luigi|francesco|angelo|vincenzo|pietro|salvatore|carlo|franco|domenico|bruno|paolo|michele|giorgio|\
    aldo|sergio|luciano|marco|andrea|stefano|alessandro|roberto|massimo|fabio|luca|matteo|davide|simone|federico|lorenzo|riccardo|daniele|\
    claudio|alberto|maurizio|gianni|enrico|filippo|nicola|emanuele|tommaso|leonardo|edoardo|gabriele|giacomo|raffaele|dario|\
    maria|anna|giuseppina|rosa|angela|giovanna|teresa|lucia|carmela|caterina|francesca|antonietta|carla|elena|concetta|rita|margherita|\
    franca|paola|laura|giulia|chiara|sara|silvia|valentina|alessandra|elisa|federica|martina|simona|roberta|barbara|sofia|aurora|alice|\
    giorgia|ginevra|beatrice|emma|greta|ilaria|monica|daniela|patrizia|cristina|stefania|claudia|serena|elisabetta|bianca|\
    jan|johannes|cornelis|hendrik|willem|pieter|gerrit|petrus|peter|jacob|dirk|marinus|martin|adrianus|kees|henk|piet|hans|erik|marcel|\
    ronald|rob|mark|dennis|jeroen|bas|tim|thijs|daan|sem|lucas|milan|bram|lars|ruben|jesse|luuk|thomas|sander|wouter|joost|maarten|koen|\
    niels|rick|stefan|michiel|floris|gijs|teun|sjoerd|evert|arjan|arjen|frank|\
    johanna|maria|cornelia|wilhelmina|hendrika|elisabeth|catharina|anna|adriana|margaretha|petronella|jacoba|monique|ingrid|marjan|anita|\
    esther|linda|sandra|mieke|marieke|marijke|sanne|lisa|anne|julia|emma|sophie|lotte|eva|fleur|iris|noa|tess|femke|ilse|inge|karin|\
    marloes|wendy|saskia|hanneke|annemarie|anouk|roos|noor|nina|jantine|karlijn|esmee|bregje|geertje|\
    piotr|krzysztof|andrzej|tomasz|jan|pawel|michal|marcin|stanislaw|jakub|adam|marek|lukasz|grzegorz|mateusz|wojciech|mariusz|dariusz|\
    zbigniew|jerzy|maciej|rafal|robert|kamil|jozef|jacek|dawid|tadeusz|ryszard|szymon|kacper|bartosz|jaroslaw|janusz|artur|miroslaw|damian|\
    henryk|sebastian|przemyslaw|patryk|roman|filip|adrian|antoni|franciszek|mikolaj|aleksander|daniel|\
    anna|maria|katarzyna|malgorzata|agnieszka|barbara|ewa|krystyna|magdalena|elzbieta|joanna|aleksandra|monika|zofia|teresa|natalia|julia|\
    danuta|karolina|marta|beata|dorota|alicja|janina|jadwiga|jolanta|halina|iwona|grazyna|irena|paulina|justyna|hanna|zuzanna|bozena|\
    wiktoria|urszula|helena|maja|renata|oliwia|sylwia|patrycja|emilia|kinga|weronika|stanislawa|bronislawa|lucja|gabriela|aneta|edyta";

fn names() -> &'static HashSet<&'static str> {
    static SET: OnceLock<HashSet<&'static str>> = OnceLock::new();
    SET.get_or_init(|| NAMES.split('|').collect())
}

/// Counts values that look like names.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Names {
    /// Two to five words with capitals, one of which is a given name.
    full: u32,
    /// One word, which is.
    given: u32,
    /// Words with capitals at all.
    shaped: u32,
}

impl Names {
    /// Looks at a value.
    pub(crate) fn look(&mut self, text: &str) {
        let mut count = 0_usize;
        let mut holds = false;
        for word in text.split([' ', ',', '.', '-']).filter(|word| !word.is_empty()) {
            count = count.saturating_add(1);
            let is_small = matches!(
                word,
                "de" | "da"
                    | "do"
                    | "van"
                    | "den"
                    | "der"
                    | "von"
                    | "di"
                    | "dos"
                    | "la"
                    | "le"
                    | "y"
                    | "e"
                    | "i"
            );
            let is_word =
                word.chars().all(|letter| letter.is_alphabetic() || letter == '\'' || letter == '’');
            if !is_word || !(is_small || word.starts_with(char::is_uppercase)) || count > 5 {
                return;
            }
            holds |= names().contains(folded(word).as_str());
        }
        self.shaped = self.shaped.saturating_add(1);
        if holds && count > 1 {
            self.full = self.full.saturating_add(1);
        } else if holds {
            self.given = self.given.saturating_add(1);
        }
    }

    /// How many hold a given name, when it is so many of `seen` that it is no accident: nearly all are written like names, and a
    /// third are known, since no list has them all.
    pub(crate) fn telling(self, seen: u32) -> Option<(u32, u32)> {
        let known = self.full.saturating_add(self.given);
        let nearly_all = self.shaped.saturating_mul(10) >= seen.saturating_mul(8);
        let of_words = if self.full >= self.given { 3 } else { 2 };
        (nearly_all && known >= 4 && known.saturating_mul(of_words) >= seen).then_some((known, seen))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn telling(values: &[&str]) -> bool {
        let mut names = Names::default();
        values.iter().for_each(|value| names.look(value));
        names.telling(u32::try_from(values.len()).unwrap_or(0)).is_some()
    }

    #[test]
    fn names_of_persons_are_told_from_products_and_firms() {
        assert!(telling(&[
            "Anna Kowalska",
            "Peter Müller",
            "Nguyen, Maria",
            "JOSE GARCIA LOPEZ",
            "Imani Okoro"
        ]));
        assert!(telling(&["Anna", "Peter", "María", "Łukasz", "Imani", "Yesenia"]));
        assert!(!telling(&["Winter Tyre", "Oak Table", "Desk Lamp", "Rain Jacket", "Anna Chair"]));
        assert!(!telling(&["Müller & Sohn KG", "Contoso LLC", "Jansen en Zonen", "Acme Corporation"]));
        assert!(!telling(&["Leipzig", "Köln", "München", "Victoria", "Kiel", "Florence"]));
    }
}
