//! Where somebody was, and when: tracks, visits, check-ins.
//!
//! False friends: locations of goods, files and servers; positions in lists.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::LocationHistory,
    names: Names {
        sure: "odwiedzone miejsca|locais visitados|historique localisation|lieux visites|luoghi visitati|\
            aufenthaltsorte|positionsverlauf|movement history|recorrido gps|locatie historie|\
            cronologia posizioni|track points|cell tower history|\
            location history|visited locations|visited places|last location|last known location|last seen location|gps track|\
            gps trace|location trace|trajectory|check in location|checkin location|last position|location log|whereabouts|\
            travel history|trip history|cell tower id|letzter standort|standortverlauf|bewegungsprofil|standort verlauf|\
            derniere position|historique positions|ultima ubicacion|historial ubicaciones|ultima localizacao|\
            ultima posizione|laatste locatie|ostatnia lokalizacja|recent locations|location trail",
        likely: "last seen at location|breadcrumbs gps|gps log|route taken|geo history|location path|gps data|last seen place|visited",
        hint: "standort|ubicacion|localizacao|posizione|locatie|lokalizacja|track|trace|route|path|checkin|trip",
    },
    holds: Holds::TEXT.or(Holds::JSON).or(Holds::GEOMETRY),
    patterns: &[],
    examples: Examples {
        named: &["location_history", "lastKnownLocation", "gps_track", "standortverlauf"],
        unnamed: &["last_location_id", "location_history_count"],
        values: &[],
        friends: &[],
    },
};
