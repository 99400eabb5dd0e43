//! Latitudes and longitudes.
//!
//! False friends: prices, scores and measures between -180 and 180; `point` as a score.

use model::Class;

use super::pattern::Where;
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::GeoPoint,
    names: Names {
        sure: "coordonnees geographiques|coordinaten|georreferenciamento|dropoff lat|dropoff lng|pickup lat|\
            pickup lng|user latitude|user longitude|\
            latitude|longitude|lat lng|lat lon|lat long|latlng|latlong|latlon|geo point|geopoint|geo lat|geo lon|geo lng|\
            geolocation|geo location|gps|gps coordinates|gps position|gps location|gps lat|gps lon|gps lng|geo coordinates|\
            breitengrad|laengengrad|geokoordinaten|latitud|longitud|latitudine|longitudine|breedtegraad|lengtegraad|\
            szerokosc geograficzna|dlugosc geograficzna|coordonnees gps|coordenadas|coordenadas gps|coordinate geografiche|\
            start lat|start lng|end lat|end lng|start latitude|end latitude|home location|wspolrzedne|koordinaten|plus code",
        likely: "lat|lng|lon|coordinates|coords|geom|geography|the geom|geohash|geo hash|position gps|coordinate|latitud y longitud",
        hint: "location|long|position|geo|point|geometry|coord|x coordinate|y coordinate|loc",
    },
    holds: Holds::NUMBER.or(Holds::TEXT).or(Holds::GEOMETRY),
    patterns: &[Pattern {
        name: "coordinate_pair",
        regex: r"\(?-?[0-9]{1,2}\.[0-9]{3,10}, ?-?[0-9]{1,3}\.[0-9]{3,10}\)?",
        check: is_pair,
        chance: 0.01,
        place: Where::Text,
        min: 11,
        max: 32,
    }],
    examples: Examples {
        named: &["latitude", "geo_lng", "homeLat", "breitengrad", "gps_position"],
        unnamed: &["lat_count", "location_id", "location_type", "position"],
        values: &["52.5200, 13.4050", "-33.8688,151.2093"],
        friends: &["1.5, 2.5", "152.520, 13.405", "10.250,999.123"],
    },
};

fn is_pair(text: &[u8]) -> bool {
    let text = std::str::from_utf8(text).unwrap_or_default().trim_matches(['(', ')']);
    let mut parts = text.split(',').map(|part| part.trim().parse::<f64>().unwrap_or(999.0).abs());
    matches!((parts.next(), parts.next()), (Some(lat), Some(lon)) if lat <= 90.0 && lon <= 180.0)
}
