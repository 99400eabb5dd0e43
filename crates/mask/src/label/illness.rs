//! What is asked, felt and examined at a doctor's: beside each other such words make a table one of patients, and in such a table
//! each of them tells of somebody's health. It holds lists only.

/// What somebody suffers from, as forms and histories call it. So many of them in one table are of a patient.
pub(super) const COMPLAINTS: &str = "weakness|fatigue|anorexia|fever|chills|night sweats|insomnia|irritability|intolerance|eye pain|double vision|\
    blind spots|photophobia|hearing loss|pain|vertigo|tinnitus|sore throat|nosebleed|snoring|apnea|cough|sputum|shortness of breath|\
    shortness breath|wheezing|asthma|copd|chest pain|palpitation|palpitations|syncope|orthopnea|edema|oedema|dysphagia|heartburn|\
    bloating|flatulence|nausea|vomiting|hematemesis|hepatitis|jaundice|diarrhea|diarrhoea|constipation|polyuria|dysuria|hematuria|\
    incontinence|renal stones|kidney stones|nocturia|menopause|menarche|joint pain|swelling|arthritis|seizures|seizure|epilepsy|stroke|tia|\
    paralysis|memory problems|dementia|headache|headaches|psoriasis|acne|eczema|depression|anxiety|diabetes|anemia|anaemia|allergies|\
    hiv|tuberculosis|malaria|cancer|hypertension|hypotension|obesity|malnutrition|dehydration|cyanosis|dizziness|rash|itching|bleeding|\
    bruising|heart problem|heart problems|heart disease|heart attack|thyroid problems|weight change|weight loss|weight gain|night pain|\
    appetite|palsy|tremor|numbness|migraine|glaucoma|cataract|cataracts|murmur|arrhythmia|angina|bronchitis|pneumonia|sinusitis|ulcer|ulcers|gout|\
    osteoporosis|medical history|psychiatric history|current medications|medications|diagnosis|symptoms|presenting problems|chief complaint|\
    clinical formulation|examination details|prescribed medication|history of present illness|history present illness|family history|\
    surgical history|suicidality history|blood pressure|pulse|temperature|respiratory rate|back pain|stomach pain|abdominal pain|muscle pain|sweating|polyphagia|polydipsia|hallucinations|delusions|suicidality|\
    suicidal|self harm|binge eating|eating disorder|substance abuse|substance use|drug use|drug abuse|alcohol abuse|alcoholism|addiction|\
    covid|influenza|measles|mumps|rubella|varicella|chickenpox|polio|diphtheria|tetanus|pertussis|rabies|sti|std|syphilis|gonorrhea|\
    chlamydia|herpes|hpv|lupus|anaphylaxis|concussion|fracture|fractures|sprain|burns|wound|wounds|lesion|lesions|infection|infections|\
    fieber|husten|schmerzen|uebelkeit|erbrechen|durchfall|atemnot|schwindel|kopfschmerzen|fiebre|tos|dolor|nauseas|vomitos|diarrea|\
    fievre|toux|douleur|vomissements|cephalees|febbre|tosse|dolore|nausee|koorts|hoest|pijn|misselijkheid|goraczka|kaszel|bol";

/// How many of them.
pub(super) const COMPLAINTS_ENOUGH: usize = 3;

/// How many of both kinds make a table a form, on which everything is of somebody's health.
pub(super) const FORM_ENOUGH: usize = 6;

/// What is examined, measured, asked and decided there, under names that mean something else elsewhere.
pub(super) const EXAMINED: &str = "abdomen|heart|lungs|skin|eyes|ears|nose|throat|neck|neuro|neurologic|neurological|musculoskeletal|extremities|\
    heent|appearance|general appearance|reflexes|gait|orientation|memory|judgment|judgement|insight|mood|affect|speech|abstraction|\
    attention|cognition|consciousness|coordination|sensation|strength|tone|posture|nutrition|hydration|breath sounds|heart sounds|\
    bowel sounds|pupils|vision|hearing|dentition|teeth|mucosa|lymph nodes|thyroid|breasts|genitalia|rectal|pelvic|cervix|uterus|prostate|\
    urgency|frequency|hesitancy|stream|discharge|redness|irritation|muscle|loc|hesitation|frequent illness|frequent colds|sleep|exercise|\
    energy levels|eating regime|diet|chief complaint|complaint|complaints|present illness|history of present illness|history present illness|\
    presenting problems|history of problem|history problem|psychiatric history|developmental history|social history|surgical history|\
    current medications|current therapy|clinical formulation|plan|care plan|treatment plan|history physical|physical|anamnesis|anamnese|\
    examination details|examination|present health|ongoing medication|prescribed medication|other symptoms|course in facility|\
    investigation|investigations|operation|operations|intervention|interventions|intervention provided|overall status discharge|\
    status admission|discharge notes|clinical question|background|progress|goal statement|dose frequency|daily dose|maximum daily dose|\
    dose quantity|dispense quantity|dose form|dose route|sig original input|sig original|strength form|strength value|abnormal flag|abnormal|\
    diagnosis description|drug description|indicator|oxygen saturation|respiratory rate|resp rate|saturation|peak flow|fetal heart rate|\
    gravida|para|parity|abortions|miscarriages|stillbirths|live births|pregnancies|gestational age|gestational weeks|apgar|fundal height|\
    breastfeeding|lactation|contraception|contraceptive|sexually active|sexual activity|sexual partners|menstruation|cycle|pap smear|\
    mammography|mammogram|colposcopy|smoking|smoker|cigarettes|packs per day|alcohol|alcoholic|drinks per week|caffeine|drug addiction|\
    tobacco use|alcohol use|disability|handicap|housing|education level|prosthesis|pacemaker|glasses|hearing aid|wheelchair|mobility|pain scale|\
    pain level|pain score|pain location|triage|urgency level|severity|acuity|lividity|pallor|clubbing|cyanotic|febrile|afebrile|\
    edemas|hepatomegaly|splenomegaly|tachycardia|bradycardia|tachypnea|arrhythmias|sputum color|urine|stool|stools|vomitus|blood loss|\
    anesthesia|anaesthesia|asa|mallampati|implants|grafts|suture|sutures|incision|dressing|drain|catheter|intubation|ventilator|fio2|peep|\
    aortic|mitral|pulmonary|renal|hepatic|cardiac|gcs eye|gcs verbal|gcs motor|score|total score|evaluation summary|summary|conclusion|\
    hx other|other history|notes history|recommendation|recommendations|deceased cause|deceased comment|deceased other|death narrative|disease status|history problem";
