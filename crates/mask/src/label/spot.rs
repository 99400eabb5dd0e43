//! Places on earth in types that hold nothing but places: `point`, and PostGIS's own. A plain name says nothing there, what its
//! table is of does: where a person or a device is, is theirs; where a town or a picture's corner is, is nobody's.

use super::ColumnEvidence;
use super::around::Around;
use super::context::{About, is_person};
use super::lexicon::listed;
use super::token::{singular, words};

/// Types of single places.
const TYPES: &str = "point|geometry|geography";

/// What a place on earth is called.
const PLACES: &str = "location|loc|home|gps|whereabouts|coord|coords|coordinate|coordinates|latlng|latlon|lnglat|geo|geolocation|where|place|spot|\
    address|pickup|dropoff|standort|ubicacion|posizione|localizacao|emplacement|locatie|polozenie";

/// What a point on a screen, a drawing or a board is called.
const DRAWN: &str = "corner|pixel|size|x|y|offset|anchor|cursor|icon|canvas|screen|vertex|grid|tile|mouse|click|dimension|dimensions|scale|top|bottom|\
    left|right|crop|bounds|layout|window|viewport|hotspot|origin|axis";

/// Tables whose rows stand where everybody may see them.
const FIXED: &str = "city|country|region|state|store|shop|airport|station|building|branch|venue|hotel|restaurant|location|place|stop|warehouse|facility|\
    clinic|hospital|bank|poi|landmark|area|zone|district|municipality|port|park|museum|school|office|parking|atm|mountain|river|lake|town|village|\
    county|map|tile|feature|street|road|bridge|shelf|room|museum|theater|library|parcel|plot";

/// Tables whose rows move with somebody.
const MOVING: &str = "device|vehicle|phone|tracker|car|truck|bike|scooter|courier|trip|ride|journey|delivery|session|checkin|visit|beacon|fleet|ping|track";

/// Whether a column holds where somebody is.
pub(super) fn is_somebodys(column: &ColumnEvidence, table: &str, about: About, around: &Around) -> bool {
    let kind = column.type_name.trim_end_matches("[]");
    if !listed(TYPES, kind) {
        return false;
    }
    let name = words(&column.name);
    let table = words(table);
    let has = |list: &str, words: &[String]| {
        words.iter().any(|word| listed(list, word) || listed(list, &singular(word)))
    };
    if has(DRAWN, &name) {
        return false;
    }
    let of_somebody = about == About::Persons
        || has(MOVING, &table)
        || around.names().any(|other| {
            matches!(other, "lat" | "lon" | "lng" | "latitude" | "longitude" | "device id")
                || other.split(' ').any(is_person) && !other.split(' ').any(|word| word == "by")
        });
    of_somebody || has(PLACES, &name) && !has(FIXED, &table)
}

#[cfg(test)]
mod tests {
    use super::super::context;
    use super::*;

    fn said(table: &str, name: &str, others: &[&str]) -> bool {
        let column =
            ColumnEvidence { name: name.into(), type_name: "point".into(), ..ColumnEvidence::default() };
        let around = Around::of(table, others.iter().copied().chain([name]));
        is_somebodys(&column, table, context::of(table), &around)
    }

    #[test]
    fn a_place_is_somebodys_by_its_name_or_by_its_table() {
        for name in ["location", "pos", "home", "geo", "where_at", "p"] {
            assert!(said("pts", name, &["user_id"]), "{name}");
        }
        assert!(said("customers", "geom", &["id"]) && said("devices", "last_seen_at", &["id"]));
        assert!(said("sess", "pos", &["id", "lat", "lon"]) && said("t", "home_location", &["id"]));
    }

    #[test]
    fn a_place_of_nobody_stays_clear() {
        assert!(!said("cities", "location", &["id", "name"]) && !said("stores", "geo", &["id"]));
        assert!(!said("widgets", "pos", &["id"]) && !said("shapes", "center", &["id", "radius"]));
        assert!(!said("users", "avatar_corner", &["id"]) && !said("clicks", "pixel", &["user_id"]));
    }
}
