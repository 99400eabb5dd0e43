//! Fingerprints, faces, voices, genes, signatures.
//!
//! False friends: fingerprints of keys and queries, signatures of messages and functions.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::Biometric,
    names: Names {
        sure: "skan teczowki|gabarit facial|digital polegar|modello facciale|stemafdruk|plantilla facial|\
            facial template|gezichtsscan|patron iris|impronta vocale|fingerprint hash|\
            biometric|biometrics|biometric data|biometric template|fingerprint template|fingerprint image|fingerprint data|\
            face encoding|face embedding|face template|facial recognition|faceprint|face id|face vector|iris scan|iris template|\
            retina scan|voice print|voiceprint|voice sample|dna|dna sequence|genome|genotype|signature image|handwritten signature|\
            palm print|left thumb|right thumb|thumbprint|finger template|gene sequence|genetic data|face image|selfie|face photo|\
            fingerabdruck|biometrie|biometrische daten|gesichtsbild|unterschrift bild|\
            empreinte digitale|empreintes|donnees biometriques|huella dactilar|huella digital|huella|datos biometricos|\
            impressao digital|biometria|dados biometricos|impronta digitale|impronta|dati biometrici|\
            vingerafdruk|biometrische gegevens|odcisk palca|dane biometryczne",
        likely: "employee photo|patient photo|person photo|photo id scan|passport photo|signature scan|id scan|profile photo blob",
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
