//! Diagnoses, medication, and numbers of medical records.
//!
//! False friends: health of servers (`health_check`), `treatment` of waste, part numbers like ICD codes.

use model::Class;

use super::pattern::{Where, any};
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Health,
    names: Names {
        sure: "todesursache|causa muerte|causa de la muerte|cause deces|causa decesso|doodsoorzaak|\
            przyczyna smierci|medizinische informationen|informacion medica|informations medicales|\
            informazioni cliniche|medische informatie|informacje medyczne|informacoes medicas|embarazo|\
            szczepienie|vaccinatie|vaccinazione|vacinas|vacunaciones|impfungen|medicazione|allergieen|\
            problem list|\
            medicacion|medicacao|patologia|pathologie|surgical history|anamnesi|traitement medical|\
            historia choroby|krankheitstage|vorerkrankungen|gesundheitszustand|impfung|vacunacion|\
            vacinacao|tipo sangue|estado salud|condicao saude|motivo consulta|herzfrequenz|\
            frecuencia cardiaca|frequencia cardiaca|frequence cardiaque|sterbedatum|verschreibung|\
            prescripcion|receta medica|receita medica|prescricao|\
            diagnosis|diagnoses|diagnosis code|icd|icd10|icd9|icd code|icd10 code|icd9 code|medical record|medical record number|mrn|\
            medication|medications|prescription|prescriptions|allergy|allergies|blood type|blood group|bloodtype|disability|\
            disabilities|disease|symptoms|symptom|medical history|medical condition|medical conditions|health status|\
            health condition|chronic condition|chronic conditions|vaccination status|vaccine status|hiv status|pregnancy|pregnant|\
            is pregnant|blood pressure|heart rate|bmi|body mass index|lab result|test result medical|covid status|covid test result|\
            patient notes|clinical notes|treatment plan|immunization|immunizations|smoker|smoking status|mental health|drug allergies|\
            snomed|snomed code|loinc|cpt code|medical notes|dosage|cause of death|therapy|patient history|cholesterol|glucose|\
            a1c|disability status|disability type|has diabetes|diabetes|sick leave reason|body weight|patient weight|surgery|\
            diagnose|diagnosen|krankheit|krankheiten|medikament|medikamente|allergie|allergien|blutgruppe|behinderung|\
            schwangerschaft|befund|krankengeschichte|behandlung|schwerbehinderung|gdb|impfstatus|\
            diagnostic medical|maladie|maladies|medicament|medicaments|groupe sanguin|handicap|antecedents|antecedents medicaux|ordonnance|\
            diagnostico|enfermedad|enfermedades|medicamento|medicamentos|alergia|alergias|grupo sanguineo|discapacidad|\
            tipo sangre|tipo sanguineo|doenca|doencas|deficiencia|alergias medicas|historico medico|cid10|\
            diagnosi|malattia|malattie|farmaco|farmaci|gruppo sanguigno|disabilita|allergia|terapia|\
            ziekte|ziektes|medicatie|medicijn|medicijnen|bloedgroep|handicap type|\
            diagnoza|choroba|choroby|leki|lek|alergie|grupa krwi|niepelnosprawnosc|rozpoznanie",
        likely: "patient id number|drug|drug name|medicine|dose|procedure code|finding|health|hospital admission reason|lab value|test result|vital signs|vitals|reason for visit|chief complaint|insurance claim reason|vaccine|vaccination|sick|illness|ailment|condition code|death cause|admission reason|discharge notes|observations medical|sickness|wheelchair|dietary restrictions|dietary requirements",
        hint: "condition|conditions|result|treatment|procedure|observation|weight|height|temperature|pulse|reaction|substance|severity|complaint",
    },
    holds: Holds::TEXT.or(Holds::ENUM).or(Holds::NUMBER).or(Holds::INTEGER).or(Holds::BOOL).or(Holds::JSON),
    patterns: &[
        Pattern {
            name: "illness",
            regex: r"[^\x00-\x1f]{3,80}",
            check: is_illness,
            chance: 0.02,
            place: Where::Column,
            min: 3,
            max: 80,
        },
        Pattern {
            name: "icd_10",
            regex: r"[A-TV-Z][0-9][0-9AB](?:\.[0-9A-Z]{1,4})",
            check: any,
            chance: 0.05,
            place: Where::Column,
            min: 5,
            max: 8,
        },
        Pattern {
            name: "icd_10_short",
            regex: r"[A-TV-Z][0-9][0-9AB]",
            check: any,
            chance: 0.5,
            place: Where::Column,
            min: 3,
            max: 3,
        },
        Pattern {
            name: "medical_record",
            regex: r"MRN[-: ]?[0-9]{5,10}",
            check: any,
            chance: 0.001,
            place: Where::Text,
            min: 8,
            max: 14,
        },
        Pattern {
            name: "blood_group",
            regex: r"(?:A|B|AB|0|O)[+-](?:ve)?",
            check: any,
            chance: 0.03,
            place: Where::Column,
            min: 2,
            max: 5,
        },
    ],
    examples: Examples {
        named: &[
            "diagnosis",
            "ICD10_CODE",
            "bloodType",
            "medications",
            "krankheit",
            "grupo_sanguineo",
            "mrn",
        ],
        unnamed: &["health_check_url", "health_check_status", "diagnostic_log", "result_count"],
        values: &["E11.9", "MRN-0012345", "AB+"],
        friends: &["E11.9", "A1.2", "mrn", "v1.2"],
    },
};

/// Beginnings of what illnesses are called in most of Europe.
fn is_illness(text: &[u8]) -> bool {
    const STEMS: &str = "diabet|hypert|hipert|ipert|asthma|asma|astma|depress|depres|allerg|alerg|migrain|migran|emicran|hernia|fractur|frattur|\
        fratura|fraktur|zlaman|cancer|carcinom|karzinom|rakowi|nowotw|krebs|tumor|tumeur|hiv|hepatit|epileps|arthrit|artrit|arthros|artros|\
        schizo|bipolar|anxiet|angstst|ansied|infect|infekt|infezion|infecc|zakazen|pneumon|bronch|lombalg|lumbalg|bandscheib|insomn|\
        obesi|adiposit|anaemi|anemi|stroke|schlaganf|ictus|nadcisn|cukrzyc|zaburzen|syndrom|sindrom|disorder|stoornis|uczuleni|sclerosis|\
        sklerose|parkinson|alzheimer|dementi|demenz|psoria|eczema|ekzem|leukaem|leukem|leucemi|endometri|thrombos|trombos";
    super::word::has_stem(text, STEMS)
}
