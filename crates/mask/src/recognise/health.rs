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
        sure: "behandelvoorstel|behandelplan|voorgeschiedenis|anamnese|medische voorgeschiedenis|psychiatrisch onderzoek|lichamelijk onderzoek|reden van opname|vorgeschichte|aufnahmegrund|entlassungsbericht|therapieplan|krankheitsanamnese|compte rendu medical|motif hospitalisation|examen clinique|conduite a tenir|hypothese diagnostique|motivo ingreso|exploracion fisica|enfermedad actual|antecedentes familiares|antecedentes personales|plan terapeutico|exame fisico|queixa principal|hipotese diagnostica|historia clinica|motivo ricovero|esame obiettivo|diario clinico|decorso clinico|badanie przedmiotowe|przebieg leczenia|epikryza|powod hospitalizacji|wywiad lekarski|zalecenia lekarskie|deceased cause|death cause|deceased comment|present health|ongoing medication|drug description|diagnosis description|psychiatric history|history of present illness|present illness|chief complaint|presenting problems|current medications|treatment history|substance abuse|suicidality|patient identifier|patient identifiers|weight kgs|weight kg|body weight kg|adverse event|adverse events|ae description|ae treatment|todesursache|causa muerte|causa de la muerte|cause deces|causa decesso|doodsoorzaak|przyczyna smierci|\
            medizinische informationen|informacion medica|informations medicales|informazioni cliniche|medische informatie|\
            informacje medyczne|informacoes medicas|embarazo|szczepienie|vaccinatie|vaccinazione|vacinas|vacunaciones|\
            impfungen|medicazione|allergieen|problem list|medicacion|medicacao|patologia|pathologie|surgical history|\
            anamnesi|traitement medical|historia choroby|krankheitstage|vorerkrankungen|gesundheitszustand|impfung|\
            vacunacion|vacinacao|tipo sangue|estado salud|condicao saude|herzfrequenz|frecuencia cardiaca|\
            frequencia cardiaca|frequence cardiaque|sterbedatum|verschreibung|prescripcion|receta medica|receita medica|\
            prescricao|diagnosis|diagnoses|diagnosis code|icd|icd10|icd9|icd code|icd10 code|icd9 code|medical record|\
            medical record number|mrn|medication|medications|prescription|prescriptions|allergy|allergies|blood type|\
            blood group|bloodtype|disability|disabilities|disease|symptoms|symptom|medical history|medical condition|\
            medical conditions|health status|health condition|chronic condition|chronic conditions|vaccination status|\
            vaccine status|hiv status|pregnancy|pregnant|is pregnant|blood pressure|heart rate|bmi|body mass index|\
            lab result|test result medical|covid status|covid test result|patient notes|clinical notes|treatment plan|\
            immunization|immunizations|smoker|smoking status|mental health|drug allergies|snomed|snomed code|loinc|cpt code|\
            medical notes|dosage|cause of death|therapy|patient history|cholesterol|glucose|a1c|disability status|\
            disability type|has diabetes|diabetes|sick leave reason|body weight|patient weight|surgery|diagnose|diagnosen|\
            krankheit|krankheiten|medikament|medikamente|allergie|allergien|blutgruppe|behinderung|schwangerschaft|befund|\
            krankengeschichte|behandlung|schwerbehinderung|gdb|impfstatus|diagnostic medical|maladie|maladies|medicament|\
            medicaments|groupe sanguin|handicap|antecedents|antecedents medicaux|ordonnance|diagnostico|enfermedad|\
            enfermedades|medicamento|medicamentos|alergia|alergias|grupo sanguineo|discapacidad|tipo sangre|tipo sanguineo|\
            doenca|doencas|deficiencia|alergias medicas|historico medico|cid10|diagnosi|malattia|malattie|farmaco|farmaci|\
            gruppo sanguigno|disabilita|allergia|terapia|ziekte|ziektes|medicatie|medicijn|medicijnen|bloedgroep|\
            handicap type|diagnoza|choroba|choroby|leki|lek|alergie|grupa krwi|niepelnosprawnosc|rozpoznanie|\
            admission diagnosis|discharge diagnosis|discharge summary|primary diagnosis|secondary diagnosis|main diagnosis|\
            provisional diagnosis|differential diagnosis|presumptive diagnosis|diagnostic code|presenting complaint|\
            presenting problem|presenting symptoms|past medical history|family history|family medical history|\
            medical family history|physical exam findings|clinical findings|clinical finding|clinical impression|\
            clinical summary|clinical status|clinical data|prognosis|comorbidities|comorbidity|treatment history|\
            medication list|current medication|current medications|medication name|prescribed drug|prescribed medication|\
            rx number|dosage instructions|posology|contraindications|adverse reaction|adverse reactions|side effects|\
            intolerances|food intolerances|food allergies|food allergy|immunisation|immunisations|vaccines|vaccination date|\
            vaccine date|vaccine lot|vaccinated|covid vaccine|covid result|covid19 status|covid 19 status|lab results|\
            lab test result|blood test|blood test result|pathology report|radiology report|biopsy|urinalysis|surgeries|\
            surgical procedure|prosthesis|pacemaker|organ donor|transplant|dialysis|chemotherapy|radiotherapy|physiotherapy|\
            psychotherapy|psychiatric history|psychiatric|psychological evaluation|mental state|mental status|triage level|\
            triage category|care plan|nursing notes|clinical note|doctor notes|doctors notes|physician notes|medical note|\
            medical comments|medical comment|medical info|medical information|medical data|medical report|\
            medical certificate|medical problem|medical problems|medical alert|medical alerts|medical needs|medical status|\
            medical reason|medical exam result|health issues|health issue|health problem|health problems|health info|\
            health information|health notes|health data|health history|health concerns|health declaration|health conditions|\
            preexisting conditions|pre existing conditions|pre existing condition|existing conditions|special needs|\
            disability percentage|disability degree|disability code|handicapped|impairment|impairments|sick days|sick leave|\
            sickness absence|medical leave|rh factor|rhesus|rhesus factor|haplotype|karyotype|genetic disorder|genetic risk|\
            patient condition|medical treatment|medical procedure|medical procedures|medical allergies|known allergies|\
            visual acuity|eyesight|hospital number|patient number|patient id number|medical number|medical file number|\
            hospitalization|hospitalized|hospitalizations|symptoms list|gesundheit|gesundheitsdaten|gesundheitsangaben|\
            gesundheitsprobleme|gesundheitsstatus|krankheitsbild|krankheitsverlauf|krankheitsgrund|krankheitsgeschichte|\
            krankmeldung|krankschreibung|krank seit|fehltage krank|krankenstand|krankenakte|patientenakte|patientennummer|\
            fallnummer patient|hauptdiagnose|nebendiagnose|aufnahmediagnose|entlassdiagnose|entlassungsdiagnose|\
            diagnoseschluessel|diagnosetext|diagnosecode|icd schluessel|befunde|befundtext|laborwert|laborwerte|laborbefund|\
            laborergebnis|blutdruck|blutzucker|blutwerte|blutgruppe rhesus|rhesusfaktor|ruhepuls|koerpergewicht|\
            koerpergroesse|koerpertemperatur|vitalwerte|vitalparameter|anamnese|familienanamnese|therapie|therapieplan|\
            behandlungsplan|behandlungsverlauf|behandlungsgrund|medikation|medikamentenplan|dosierung|arzneimittel|\
            rezept medikament|verordnung medikament|unvertraeglichkeit|unvertraeglichkeiten|impfdatum|geimpft|schwanger|\
            schwangerschaftswoche|stillzeit|raucher|raucherstatus|nichtraucher|alkoholkonsum|suchterkrankung|pflegegrad|\
            pflegestufe|pflegebedarf|grad behinderung|behinderungsgrad|schwerbehindert|behindert|arbeitsunfaehigkeit|\
            arbeitsunfaehig|au bescheinigung|erkrankung|erkrankungen|chronische erkrankung|chronische krankheit|\
            chronische krankheiten|grunderkrankung|schmerzen|psychische erkrankung|todesursache code|organspender|\
            ernaehrungsunvertraeglichkeit|arztbericht|arztbrief|attest|aerztliches attest|krankenhausaufenthalt|sante|\
            etat sante|etat de sante|donnees sante|dossier medical|numero dossier medical|numero patient|\
            diagnostic principal|code diagnostic|code cim|cim10|antecedents familiaux|antecedents chirurgicaux|\
            antecedents personnels|pathologies|affection longue duree|maladie chronique|maladies chroniques|\
            allergies alimentaires|intolerances alimentaires|traitement en cours|posologie|prescription medicale|\
            ordonnances|vaccins|date vaccin|vaccine|vacciné|tension arterielle|tension systolique|tension diastolique|\
            pression arterielle|rythme cardiaque|glycemie|taille patient|temperature corporelle|grossesse|enceinte|\
            semaines grossesse|fumeur|tabagisme|alcoolisme|consommation alcool|handicape|taux handicap|situation handicap|\
            invalidite|taux invalidite|arret maladie|motif arret|arret travail|accident travail|symptomes|\
            compte rendu medical|resultat analyse|resultats analyses|bilan sanguin|groupe sanguin rhesus|cause du deces|\
            motif hospitalisation|don organes|depistage|salud|estado de salud|datos salud|datos medicos|historia clinica|\
            numero historia clinica|historial medico|historial clinico|expediente medico|expediente clinico|\
            numero expediente clinico|numero paciente|diagnosticos|diagnostico principal|diagnostico medico|\
            codigo diagnostico|codigo cie|cie10|antecedentes medicos|antecedentes familiares|antecedentes patologicos|\
            antecedentes clinicos|patologias|padecimiento|padecimientos|enfermedad cronica|enfermedades cronicas|afeccion|\
            afecciones|dolencia|alergico a|alergias alimentarias|intolerancia|intolerancias|tratamiento medico|\
            medicacion actual|farmacos|posologia|vacunas|fecha vacuna|fecha vacunacion|vacunado|presion arterial|\
            presion sistolica|presion diastolica|tension arterial|glucemia|glucosa|peso paciente|talla paciente|\
            temperatura corporal|embarazada|semanas gestacion|semanas embarazo|gestante|fumador|fumadora|tabaquismo|\
            consumo alcohol|alcoholismo|drogadiccion|minusvalia|grado discapacidad|grado minusvalia|discapacitado|\
            baja medica|baja laboral motivo|motivo baja|sintomas|sintoma|informe medico|certificado medico|\
            resultado analisis|resultado laboratorio|analisis sangre|factor rh|causa fallecimiento|motivo ingreso|\
            motivo hospitalizacion|cirugias|cirugia|operaciones quirurgicas|donante organos|saude|estado de saude|\
            dados saude|dados clinicos|dados medicos|historico clinico|historico de saude|prontuario|numero prontuario|\
            processo clinico|numero processo clinico|ficha medica|ficha clinica|codigo cid|cid 10|antecedentes pessoais|\
            doenca cronica|doencas cronicas|doencas preexistentes|comorbidades|enfermidade|alergia alimentar|\
            alergias alimentares|tratamento medico|tratamento atual|medicacao atual|medicamentos em uso|\
            medicamentos uso continuo|dosagem|receituario|data vacina|data vacinacao|vacinado|carteira vacinacao|\
            pressao arterial|pressao sistolica|pressao diastolica|tensao arterial|batimentos|glicemia|glicose|\
            altura paciente|gravidez|gravida|semanas gestacao|semanas gravidez|fumante|tabagismo|consumo alcool|etilismo|\
            deficiencia fisica|tipo deficiencia|grau deficiencia|grau incapacidade|pessoa com deficiencia|baixa medica|\
            atestado medico|motivo baixa|laudo medico|resultado exame|resultados exames|exame sangue|fator rh|causa obito|\
            causa morte|causa da morte|motivo internamento|motivo internacao|cirurgias|cirurgia|doador orgaos|salute|\
            stato di salute|stato salute|dati sanitari|dati clinici|dati medici|cartella clinica|numero cartella clinica|\
            fascicolo sanitario|codice paziente|numero paziente|diagnosi principale|codice diagnosi|codice icd|\
            anamnesi familiare|anamnesi patologica|storia clinica|patologie|patologie croniche|malattia cronica|\
            malattie croniche|malattie pregresse|allergie alimentari|allergico a|intolleranza|intolleranze|\
            intolleranze alimentari|trattamento medico|terapia in corso|terapie|terapia farmacologica|farmaci assunti|\
            farmaci in uso|medicinale|medicinali|medicina assunta|dosaggio|ricetta medica|prescrizione|prescrizione medica|\
            vaccini|data vaccino|data vaccinazione|vaccinazioni|vaccinato|pressione arteriosa|pressione sistolica|\
            pressione diastolica|pressione sanguigna|battito cardiaco|frequenza cardiaca|peso paziente|altezza paziente|\
            temperatura corporea|gravidanza|incinta|settimane gestazione|settimane gravidanza|fumatore|fumatrice|\
            consumo alcol|alcolismo|tossicodipendenza|invalidita|grado invalidita|percentuale invalidita|disabile|\
            tipo disabilita|categoria protetta|inabilita|certificato medico|malattia inizio|giorni malattia|sintomi|sintomo|\
            referto medico|esito esame|esiti esami|analisi sangue|esame sangue|fattore rh|gruppo sanguigno rh|\
            causa del decesso|motivo ricovero|interventi chirurgici|intervento chirurgico|donatore organi|gezondheid|\
            gezondheidstoestand|gezondheidsgegevens|gezondheidsklachten|gezondheidsstatus|medische gegevens|\
            medische klachten|medische geschiedenis|medische voorgeschiedenis|medisch dossier|medisch dossiernummer|\
            patientnummer|patientdossier|dossiernummer patient|hoofddiagnose|diagnose code|aandoening|aandoeningen|\
            chronische aandoening|chronische aandoeningen|chronische ziekte|chronische ziekten|voedselallergie|\
            voedselallergieen|intolerantie|intoleranties|behandelplan|medicijngebruik|medicatie gebruik|medicatielijst|\
            geneesmiddel|geneesmiddelen|dosering|recept medicijn|inenting|inentingen|vaccinaties|vaccinatiedatum|\
            vaccinatiestatus|gevaccineerd|bloeddruk|bloedsuiker|bloedwaarden|bloedgroep rhesus|rhesusfactor|bovendruk|\
            onderdruk|hartslag|polsslag|lichaamsgewicht|lichaamslengte|lichaamstemperatuur|zwanger|zwangerschap|\
            zwangerschapsduur|weken zwanger|roker|rookt|rookgedrag|rookstatus|alcoholgebruik|drugsgebruik|verslaving|\
            lichamelijke beperking|gehandicapt|arbeidsongeschikt|arbeidsongeschiktheid|ziekmelding|ziekteverzuim|\
            verzuimreden|ziekteverlof|ziektedagen|ziektebeeld|symptomen|symptoom|labuitslag|labuitslagen|\
            laboratoriumuitslag|onderzoeksuitslag|doodsoorzaak code|opnamereden|reden opname|ziekenhuisopname|orgaandonor|\
            zorgindicatie|zorgzwaarte|zdrowie|stan zdrowia|dane zdrowotne|dane medyczne|informacje zdrowotne|\
            dokumentacja medyczna|karta pacjenta|numer karty pacjenta|numer pacjenta|kartoteka pacjenta|historia medyczna|\
            historia leczenia|wywiad lekarski|wywiad rodzinny|diagnoza glowna|kod diagnozy|kod choroby|kod icd|rozpoznania|\
            rozpoznanie glowne|schorzenie|schorzenia|choroba przewlekla|choroby przewlekle|choroby wspolistniejace|\
            przebyte choroby|dolegliwosci|alergie pokarmowe|uczulenie|uczulenia|nietolerancja|nietolerancje|\
            przebieg leczenia|plan leczenia|przyjmowane leki|leki przyjmowane|lekarstwo|lekarstwa|dawka leku|dawkowanie|\
            recepta|recepty|szczepienia|data szczepienia|zaszczepiony|cisnienie|cisnienie krwi|cisnienie skurczowe|\
            cisnienie rozkurczowe|cisnienie tetnicze|poziom cukru|cukier we krwi|glikemia|waga pacjenta|wzrost pacjenta|\
            masa ciala|temperatura ciala|ciaza|w ciazy|tydzien ciazy|palacz|palacy|palenie|palenie tytoniu|\
            spozycie alkoholu|uzaleznienie|uzaleznienia|niepelnosprawny|stopien niepelnosprawnosci|\
            orzeczenie o niepelnosprawnosci|rodzaj niepelnosprawnosci|inwalidztwo|grupa inwalidzka|zwolnienie lekarskie|\
            objawy|objaw|wynik badania|wyniki badan|badanie krwi|grupa krwi rh|czynnik rh|przyczyna zgonu|powod przyjecia|\
            hospitalizacja|dawca organow",
        likely: "asthma|epilepsy|dementia|arthritis|tuberculosis|migraine|insomnia|hypertension|hypotension|obesity|osteoporosis|psoriasis|eczema|glaucoma|tinnitus|vertigo|menopause|menarche|contraception|contraceptive|breastfeeding|gravida|stillbirths|miscarriages|seizures|diabetes|hepatitis|malaria|alcoholism|dysphagia|jaundice|anemia|anaemia|nosebleed|palpitations|wheezing|patient id number|drug|drug name|medicine|dose|procedure code|finding|health|hospital admission reason|\
            lab value|test result|vital signs|vitals|reason for visit|chief complaint|insurance claim reason|vaccine|\
            vaccination|sick|illness|ailment|condition code|death cause|admission reason|discharge notes|\
            observations medical|sickness|wheelchair|dietary restrictions|dietary requirements|systolic|diastolic|\
            systolic bp|diastolic bp|bp systolic|bp diastolic|sbp|dbp|pulse rate|resting heart rate|respiratory rate|\
            respiration rate|breathing rate|oxygen saturation|o2 saturation|o2 sat|spo2|oximetry|body temperature|\
            body height|body mass|body fat|waist circumference|hip circumference|head circumference|abdominal circumference|\
            waist hip ratio|glycemia|glycaemia|blood glucose|blood sugar|fasting glucose|glucose level|hba1c|hemoglobin|\
            haemoglobin|hematocrit|haematocrit|cholesterol total|total cholesterol|hdl cholesterol|ldl cholesterol|\
            triglycerides|creatinine|egfr|uric acid|bilirubin|platelets|platelet count|white blood cells|red blood cells|\
            viral load|cd4 count|peak flow|gcs|glasgow|glasgow coma|apgar|apgar score|pain score|pain level|pain scale|mmse|\
            barthel|karnofsky|consciousness|level consciousness|reflexes|pupils|gait|posture|asthma|copd|hypertension|\
            hypertensive|hypotension|diabetic|diabetes type|epilepsy|epileptic|cancer|tumor|tumour|malignancy|\
            stroke history|cardiac disease|heart disease|heart attack|heart failure|heart condition|kidney disease|\
            renal failure|liver disease|lung disease|hepatitis|hepatitis b|hepatitis c|hiv|hiv positive|tuberculosis|\
            tb status|malaria|syphilis|sexually transmitted|anemia|anaemia|arthritis|osteoporosis|thyroid|depression|\
            depressed|anxiety|bipolar|schizophrenia|psychosis|dementia|alzheimer|parkinson|autism|adhd|ptsd|suicide|\
            suicidal|suicide risk|self harm|insomnia|migraine|headache|obesity|obese|overweight|malnutrition|malnourished|\
            edema|oedema|fever|cough|nausea|vomiting|diarrhea|diarrhoea|dyspnea|dyspnoea|jaundice|cyanosis|dehydration|\
            dehydrated|rash|seizure|seizures|fracture|fractures|wound|wounds|injury|injuries|injury type|paralysis|\
            amputation|blindness|deaf|deafness|hearing loss|hearing impairment|visual impairment|vision impairment|\
            speech impairment|mobility impairment|learning disability|learning difficulties|cognitive impairment|\
            physical disability|mental disability|hemophilia|sickle cell|chronic disease|chronic diseases|chronic illness|\
            infectious disease|genetic disease|hereditary disease|eating disorder|anorexia|bulimia|allergic|allergic to|\
            allergen|anaphylaxis|smoker|smokes|smoking|smoking history|cigarettes|cigarettes per day|cigarettes day|tobacco|\
            tobacco use|alcohol|alcohol use|alcohol abuse|alcohol consumption|alcohol intake|alcoholic|alcoholism|\
            drinks per week|drinker|ex smoker|ex drinker|former smoker|drug use|drug usage|drug abuse|substance abuse|\
            substance use|drug addict|drug addiction|addiction|addictions|recreational drugs|physical activity|\
            exercise habits|sleep hours|sleep quality|sedentary|gravida|parity|gestation|gestational age|gestation weeks|\
            weeks pregnant|pregnancy week|pregnancy weeks|pregnancies|lmp|last menstrual period|menstrual|menstruation|\
            menarche|menopause|menopausal|contraception|contraceptive|contraceptives|breastfeeding|breast feeding|lactating|\
            miscarriage|miscarriages|abortion|abortions|stillbirth|stillbirths|stillborn|live births|deliveries number|\
            c section|cesarean|caesarean|birth weight|birthweight|fetal|fetal heart rate|fetus|foetus|premature birth|\
            mammography|mammogram|pap smear|pap test|colposcopy|ivf|fertility|infertility|hysterectomy|fertile|vasectomy|\
            erectile|sexually active|prenatal|postnatal|antenatal|puerperium|obstetric|obstetrics|tratamiento|tratamientos|\
            traitement|traitements|behandeling|leczenie|receta|recetas|remedio|remedios|laudo|ricovero|polso|pouls|puls|\
            pulso|tetno|douleur|infektion|infection|infections|infected|infeccion|infeccao|infecao|infezione|infectie|\
            zakazenie|imc|disturbo|disturbi|affection|affections|referto|referti|dosis|vacuna|vaccin|vaccino|vacina|\
            szczepionka|impfstoff|incapacity|invalidez|incapacidad|incapacidade|hospitalisation|internamento|poids patient|\
            vaccine name|intolerance|symptome|hiv aids",
        hint: "complaint|diagnostic",
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
