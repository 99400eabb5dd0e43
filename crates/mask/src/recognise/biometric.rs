//! Fingerprints, faces, voices, genes, signatures.
//!
//! False friends: fingerprints of keys and queries, signatures of messages and functions.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Biometric,
    names: Names {
        sure: "skan teczowki|gabarit facial|digital polegar|modello facciale|stemafdruk|plantilla facial|facial template|\
            gezichtsscan|patron iris|impronta vocale|fingerprint hash|biometric|biometrics|biometric data|\
            biometric template|fingerprint template|fingerprint image|fingerprint data|face encoding|face embedding|\
            face template|facial recognition|faceprint|face id|face vector|iris scan|iris template|retina scan|voice print|\
            voiceprint|voice sample|dna|dna sequence|genome|genotype|signature image|handwritten signature|palm print|\
            left thumb|right thumb|thumbprint|finger template|gene sequence|genetic data|face image|selfie|face photo|\
            fingerabdruck|biometrie|biometrische daten|gesichtsbild|unterschrift bild|empreinte digitale|empreintes|\
            donnees biometriques|huella dactilar|huella digital|huella|datos biometricos|impressao digital|biometria|\
            dados biometricos|impronta digitale|impronta|dati biometrici|vingerafdruk|biometrische gegevens|odcisk palca|\
            dane biometryczne|biometric id|biometric hash|biometric key|biometric sample|biometric feature|\
            biometric features|biometric scan|biometric signature|biometric image|biometric photo|biometric record|\
            biometric vector|biometric embedding|biometry|fingerprint scan|fingerprint minutiae|fingerprint vector|\
            fingerprint left|fingerprint right|fingerprint code|finger print|finger prints|finger scan|finger image|\
            finger vein|finger data|left finger|right finger|index finger|thumb print|thumb scan|thumb image|palm scan|\
            palm vein|hand geometry|hand scan|hand print|face scan|face data|face descriptor|face features|\
            face feature vector|face hash|face landmarks|face map|face mesh|face recognition|face recognition data|\
            face signature|facial data|facial embedding|facial encoding|facial features|facial geometry|facial id|\
            facial image|facial landmarks|facial map|facial print|facial scan|facial signature|facial vector|faceid|\
            iris code|iris data|iris image|iris hash|iris pattern|eye scan|retina image|retina data|retina template|\
            retinal scan|retina pattern|voice biometric|voice biometrics|voice embedding|voice pattern|voice recognition|\
            voice signature|voice template|voice vector|voice fingerprint|speaker embedding|speaker print|gait pattern|\
            gait data|keystroke dynamics|keystroke pattern|typing pattern|signature sample|signature dynamics|\
            signature biometric|signature template|signature vector|signature specimen|specimen signature|\
            digitized signature|digitised signature|signature scan image|ear print|vein pattern|vein scan|dna profile|\
            dna sample|dna data|dna marker|dna markers|dna fingerprint|genetic profile|genetic marker|genetic markers|\
            genetic sample|genetic fingerprint|genomic data|genome data|genome sequence|genotype data|snp data|snps|\
            biometrie daten|biometriedaten|biometriedatei|biometriemerkmal|biometrisches merkmal|biometrische merkmale|\
            biometrisches foto|biometrischer hash|biometrische vorlage|biometrisches template|biometrische kennung|\
            biometrie template|biometrie hash|fingerabdruecke|fingerabdruck scan|fingerabdruckscan|fingerabdruck template|\
            fingerabdruckdaten|fingerabdruck daten|fingerabdruck hash|fingerscan|handabdruck|handflaechenscan|handvenen|\
            venenscan|venenmuster|gesichtsscan|gesichtsdaten|gesichtsmerkmale|gesichtserkennung|gesichtsvektor|\
            gesichtsabdruck|gesichtsgeometrie|gesichts id|gesichtserkennungsdaten|gesichts template|gesichtstemplate|\
            gesichtsmodell|iris muster|irismuster|irisscan|iris erkennung|iriserkennung|irisdaten|netzhautscan|\
            netzhautmuster|netzhautbild|stimmabdruck|stimmprofil|stimmprobe|stimmerkennung|stimmmuster|stimm template|\
            stimmvektor|sprachprofil|sprecherprofil|unterschriftsprobe|unterschrift probe|unterschriftenprobe|\
            unterschriftsbild|unterschrift scan|tippverhalten|gangmuster|gangbild|dna profil|dna probe|dna analyse|\
            dns profil|erbgut|genprofil|genetisches profil|genetische daten|genomdaten|gensequenz|genetischer fingerabdruck|\
            biometrie donnees|donnee biometrique|gabarit biometrique|gabarit empreinte|gabarit visage|gabarit iris|\
            empreinte biometrique|identifiant biometrique|modele biometrique|photo biometrique|signature biometrique|\
            hash biometrique|empreintes digitales|empreinte doigt|empreinte pouce|empreinte index|empreinte palmaire|\
            empreinte main|scan empreinte|lecture empreinte|empreinte faciale|empreinte visage|visage scan|scan visage|\
            scan facial|reconnaissance faciale|donnees faciales|traits visage|vecteur facial|vecteur visage|modele facial|\
            image visage|iris oeil|scan iris|empreinte iris|image iris|scan retine|retine|empreinte retinienne|\
            empreinte vocale|profil vocal|voix echantillon|echantillon voix|echantillon vocal|reconnaissance vocale|\
            signature vocale|modele vocal|reseau veineux|specimen signature client|signature numerisee|adn|profil adn|\
            echantillon adn|empreinte genetique|profil genetique|donnees genetiques|sequence adn|genome patient|\
            biometria datos|dato biometrico|plantilla biometrica|huella biometrica|patron biometrico|\
            identificador biometrico|firma biometrica|registro biometrico|hash biometrico|foto biometrica|\
            huellas dactilares|huellas digitales|huella dedo|huella pulgar|huella indice|huella palmar|huella mano|\
            escaneo huella|lectura huella|plantilla huella|huella facial|escaneo facial|escaner facial|\
            reconocimiento facial|datos faciales|rasgos faciales|vector facial|vector rostro|modelo facial|imagen facial|\
            imagen rostro|patron facial|escaneo rostro|escaneo iris|iris escaneo|patron de iris|imagen iris|escaneo retina|\
            patron retina|retina escaneo|huella vocal|huella de voz|huella voz|patron voz|patron de voz|perfil voz|\
            perfil vocal|muestra voz|muestra de voz|reconocimiento voz|firma digitalizada|muestra firma|adn muestra|\
            perfil adn|perfil genetico|huella genetica|datos geneticos|secuencia adn|muestra adn|genoma|dado biometrico|\
            modelo biometrico|template biometrico|assinatura biometrica|impressao biometrica|registo biometrico|\
            registro biometrico digital|impressoes digitais|impressao dedo|impressao polegar|impressao palmar|digital dedo|\
            digital indicador|impressao facial|leitura digital|leitura biometrica|leitura facial|reconhecimento facial|\
            dados faciais|tracos faciais|vetor facial|vetor face|imagem facial|imagem rosto|padrao facial|leitura iris|\
            padrao iris|padrao da iris|imagem iris|iris leitura|leitura retina|padrao retina|impressao vocal|\
            impressao de voz|padrao voz|padrao de voz|amostra voz|amostra de voz|assinatura vocal|reconhecimento voz|\
            reconhecimento de voz|assinatura digitalizada|dna perfil|perfil dna|amostra dna|impressao genetica|\
            dados geneticos|sequencia dna|modello biometrico|identificativo biometrico|impronta biometrica|\
            registrazione biometrica|impronte digitali|impronta dito|impronta pollice|impronta indice|impronta palmare|\
            impronta mano|scansione impronta|scansione impronte|lettura impronta|impronta facciale|scansione volto|\
            scansione viso|scansione facciale|riconoscimento facciale|dati facciali|tratti volto|vettore facciale|\
            vettore volto|immagine volto|modello volto|geometria volto|geometria facciale|scansione iride|impronta iride|\
            immagine iride|modello iride|scansione retina|immagine retina|impronta della voce|impronta voce|profilo vocale|\
            profilo voce|campione voce|campione vocale|modello vocale|riconoscimento vocale|firma grafometrica|\
            campione firma|specimen firma|dna profilo|profilo dna|campione dna|profilo genetico|impronta genetica|\
            dati genetici|sequenza dna|biometrie gegevens|biometrische data|biometrisch gegeven|biometrisch kenmerk|\
            biometrische kenmerken|biometrisch sjabloon|biometrisch template|biometrische sjabloon|biometrisch profiel|\
            biometrische hash|biometrische scan|biometrische foto|vingerafdrukken|vingerafdruk scan|vingerafdrukscan|\
            vingerafdruk sjabloon|vingerafdruktemplate|vingerafdruk hash|vingerscan|duimafdruk|handafdruk|handpalmscan|\
            aderpatroon|aderscan|gezichtsherkenning|gezichtsgegevens|gezichtskenmerken|gezichtsprofiel|gezichtsvector|\
            gezichtsafdruk|gezichtsmodel|gezichtssjabloon|gezichtstemplate|gezichtsbeeld|gelaatsscan|gelaatskenmerken|\
            gelaatsherkenning|irispatroon|irisherkenning|irisgegevens|netvliesscan|netvliespatroon|stemprofiel|\
            stemherkenning|stempatroon|stemmonster|stemopname|stem afdruk|spraakprofiel|stemvector|handtekening scan|\
            handtekeningmonster|handtekening afbeelding|dna profiel|dna monster|dna gegevens|genetisch profiel|\
            genetische gegevens|genoomdata|genetische code|biometria dane|dane biometryczne twarzy|cecha biometryczna|\
            cechy biometryczne|wzorzec biometryczny|szablon biometryczny|profil biometryczny|identyfikator biometryczny|\
            podpis biometryczny|hash biometryczny|skan biometryczny|odciski palcow|odcisk kciuka|odcisk dloni|\
            odcisk linii papilarnych|linie papilarne|skan palca|skan odcisku|skan odcisku palca|wzorzec odcisku|\
            wzorzec odcisku palca|skan dloni|skan twarzy|wzorzec twarzy|szablon twarzy|rysy twarzy|model twarzy|\
            wektor twarzy|rozpoznawanie twarzy|obraz twarzy|geometria twarzy|cechy twarzy|wzor teczowki|wzorzec teczowki|\
            obraz teczowki|teczowka|skan siatkowki|siatkowka|wzorzec siatkowki|odcisk glosu|probka glosu|wzorzec glosu|\
            profil glosowy|profil glosu|rozpoznawanie glosu|wzor podpisu|skan podpisu|uklad zyl|skan zyl|dna probka|\
            profil dna|probka dna|profil genetyczny|dane genetyczne|kod genetyczny|sekwencja dna",
        likely: "employee photo|patient photo|person photo|photo id scan|passport photo|signature scan|id scan|\
            profile photo blob|iris|digitais|impronte|huellas|retina|iride|netvlies|netzhaut|odciski|podpis odreczny|\
            signature manuscrite|firma manuscrita|assinatura manuscrita|firma autografa|handtekening scan",
        hint: "fingerprint|photo|picture|signature|face|voice|unterschrift|firma|embedding",
    },
    holds: Holds::TEXT.or(Holds::BINARY).or(Holds::NUMBER).or(Holds::JSON),
    patterns: &[],
    examples: Examples {
        named: &["fingerprint_template", "faceEmbedding", "voice_print", "huella_dactilar", "odcisk_palca"],
        unnamed: &["fingerprint_count", "embedding_model", "signature_algorithm"],
        values: &[],
        friends: &[],
    },
};
