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
        sure: "geo|coordonnees geographiques|coordinaten|georreferenciamento|dropoff lat|dropoff lng|pickup lat|pickup lng|\
            user latitude|user longitude|latitude|longitude|lat lng|lat lon|lat long|latlng|latlong|latlon|geo point|\
            geopoint|geo lat|geo lon|geo lng|geolocation|geo location|gps|gps coordinates|gps position|gps location|gps lat|\
            gps lon|gps lng|geo coordinates|breitengrad|laengengrad|geokoordinaten|latitud|longitud|latitudine|longitudine|\
            breedtegraad|lengtegraad|szerokosc geograficzna|dlugosc geograficzna|coordonnees gps|coordenadas|\
            coordenadas gps|coordinate geografiche|start lat|start lng|end lat|end lng|start latitude|end latitude|\
            home location|wspolrzedne|koordinaten|plus code|gps point|gps coord|gps coords|gps latitude|gps longitude|\
            gps lon lat|gps x|geo coord|geo coords|geo position|geo pos|geo longitude|geo latitude|geo long|geo data point|\
            geocode|geocoded|geocoordinates|geo coordinate|geographic coordinates|geographic location|geographical location|\
            geographical coordinates|location coordinates|location coords|location lat|location lng|location lon|\
            location long|location latitude|location longitude|location gps|location point|location geom|position lat|\
            position lng|position lon|position latitude|position longitude|home lat|home lng|home lon|home latitude|\
            home longitude|work lat|work lng|work latitude|work longitude|address lat|address lng|address lon|\
            address latitude|address longitude|delivery lat|delivery lng|delivery latitude|delivery longitude|shipping lat|\
            shipping lng|origin lat|origin lng|origin latitude|origin longitude|dest lat|dest lng|destination lat|\
            destination lng|destination latitude|destination longitude|start lon|end lon|start longitude|end longitude|\
            start coordinates|end coordinates|pickup latitude|pickup longitude|pickup lon|pickup coordinates|\
            pickup location coordinates|dropoff latitude|dropoff longitude|dropoff lon|dropoff coordinates|current lat|\
            current lng|current lon|current latitude|current longitude|last lat|last lng|last lon|last latitude|\
            last longitude|driver lat|driver lng|driver latitude|driver longitude|customer lat|customer lng|\
            customer latitude|customer longitude|user lat|user lng|user lon|check in lat|checkin lat|checkin lng|\
            check in latitude|check in longitude|check out latitude|check out longitude|lat long coordinates|\
            latitude longitude|longitude latitude|lng lat|lon lat|long lat|lnglat|lonlat|map location|map coordinates|\
            map position|what3words|what 3 words|open location code|utm|utm coordinates|easting|northing|mgrs|wgs84|wgs 84|\
            latitude decimal|longitude decimal|latitude deg|longitude deg|lat deg|lon deg|latitude e7|longitude e7|\
            home coordinates|home gps|residence coordinates|geo lokation|geolokation|geolokalisierung|geo koordinaten|\
            geo position gps|geoposition|geopunkt|geo punkt|gps koordinaten|gps koordinate|gps standort|gps breite|\
            gps laenge|koordinate|koordinaten gps|standort koordinaten|standortkoordinaten|breitengrad gps|laengengrad gps|\
            geogr breite|geogr laenge|geografische breite|geografische laenge|geographische breite|geographische laenge|\
            geo breite|geo laenge|wohnort koordinaten|laenge breite|coordonnees|coordonnees geo|coordonnee gps|\
            position geographique|position geo|point gps|geolocalisation|localisation gps|geolocalisation client|\
            latitude gps|longitude gps|latitude domicile|longitude domicile|coordonnees domicile|lat domicile|\
            coordonnees lieu|coordenadas geograficas|coordenadas geo|coordenada|coordenada gps|coordenada x|ubicacion gps|\
            posicion gps|posicion geografica|punto gps|georreferencia|georreferenciacion|geolocalizacion|geoubicacion|\
            latitud gps|longitud gps|latitud domicilio|longitud domicilio|ubicacion geografica|localizacion gps|\
            coordenadas ubicacion|coordenadas domicilio|latitude gps cliente|localizacao gps|localizacao geografica|\
            posicao gps|posicao geografica|ponto gps|georreferenciacao|geolocalizacao|coordenadas residencia|\
            coordenadas localizacao|latitude residencia|longitude residencia|coordinate gps|coordinate geo|coordinata|\
            coordinate casa|coordinate indirizzo|posizione gps|posizione geografica|punto geografico|geolocalizzazione|\
            georeferenziazione|localizzazione gps|latitudine gps|longitudine gps|latitudine casa|longitudine casa|\
            lat lon gps|coordinate posizione|gps coordinaten|gpscoordinaten|gps positie|gps locatie|gpslocatie|geolocatie|\
            geo locatie|geocoordinaten|geografische coordinaten|geografische positie|locatie coordinaten|locatiecoordinaten|\
            breedtegraad gps|lengtegraad gps|geografische breedte|geografische lengte|coordinaten woning|coordinaat|\
            wspolrzedne gps|wspolrzedne geograficzne|wspolrzedne geo|wspolrzedna|pozycja gps|pozycja geograficzna|\
            lokalizacja gps|lokalizacja geograficzna|polozenie geograficzne|polozenie gps|punkt gps|szerokosc geogr|\
            dlugosc geogr|szerokosc gps|dlugosc gps|szer geogr|dl geogr|geolokalizacja|wspolrzedne adresu|wspolrzedne domu",
        likely: "lat|lng|lon|coordinates|coords|geom|geography|the geom|geohash|geo hash|position gps|coordinate|\
            latitud y longitud",
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
