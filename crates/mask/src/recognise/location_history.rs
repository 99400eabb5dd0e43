//! Where somebody was, and when: tracks, visits, check-ins.
//!
//! False friends: locations of goods, files and servers; positions in lists.

use model::Class;

use super::{Examples, Names, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::LocationHistory,
    names: Names {
        sure: "odwiedzone miejsca|locais visitados|historique localisation|lieux visites|luoghi visitati|aufenthaltsorte|\
            positionsverlauf|movement history|recorrido gps|locatie historie|cronologia posizioni|track points|\
            cell tower history|location history|visited locations|visited places|last location|last known location|\
            last seen location|gps track|gps trace|location trace|trajectory|check in location|checkin location|\
            last position|location log|whereabouts|travel history|trip history|cell tower id|letzter standort|\
            standortverlauf|bewegungsprofil|standort verlauf|derniere position|historique positions|ultima ubicacion|\
            historial ubicaciones|ultima localizacao|ultima posizione|laatste locatie|ostatnia lokalizacja|recent locations|\
            location trail|location logs|location tracking|location data history|location records|position history log|\
            position log|position trail|position track|gps history|gps trail|gps points|gps records|gps positions|geo trail|\
            geo track|geo log|geolocation history|geolocation log|movement log|movement track|movement trail|movement data|\
            movement pattern|movement patterns|mobility data|mobility trace|mobility profile|journey log|journey history|\
            journeys made|trip log|trips taken|route history|route log|route travelled|routes travelled|travel log|\
            travel route|travel path|commute route|places visited|visited cities|visited countries|visited addresses|\
            frequent locations|frequent places|significant locations|location visits|visit locations|venue checkins|\
            check ins|checkins|check in history|checkin history|check in places|check in place|checkin place|checkin venue|\
            geofence events|geofence history|geofence log|beacon history|cell towers|cell site history|last gps|\
            last coordinates|last known position|last known address|last known place|last known whereabouts|last seen place|\
            last seen at place|last place seen|recent places|recent positions|location timeline|timeline locations|\
            tracked positions|tracked locations|last whereabouts|standortdaten|standorthistorie|standortprotokoll|\
            standort historie|standort log|standorte besucht|besuchte orte|besuchte standorte|aufgesuchte orte|\
            haeufige orte|bewegungsdaten|bewegungsverlauf|bewegungsprotokoll|bewegungsspur|bewegungshistorie|\
            bewegungsmuster|ortungsdaten|ortungsverlauf|ortungshistorie|ortsverlauf|ortshistorie|aufenthaltsverlauf|\
            aufenthaltshistorie|letzter aufenthaltsort|letzter aufenthalt|letzter ort|letzte position|\
            letzte bekannte position|zuletzt gesehen ort|reiseverlauf|reiseroute|fahrtenverlauf|fahrtroute|fahrtenprotokoll|\
            wegstrecke|wegverlauf|gps verlauf|gps spur|gps protokoll|gps daten|gps historie|funkzellen|funkzellendaten|\
            funkzellenverlauf|positionsdaten|positionshistorie|historique positions gps|historique gps|\
            historique geolocalisation|historique deplacements|historique trajets|historique lieux|journal positions|\
            journal deplacements|journal trajets|trace gps|traces gps|trajets effectues|deplacements effectues|\
            itineraires parcourus|lieux frequentes|lieux visites recents|endroits visites|derniere localisation|\
            dernier emplacement|derniere position connue|dernier lieu|dernier lieu connu|suivi gps|suivi position|\
            suivi localisation|donnees localisation|donnees geolocalisation|parcours gps|historial ubicacion|historial gps|\
            historial localizacion|historial posiciones|historial recorridos|historial desplazamientos|historial lugares|\
            registro ubicaciones|registro desplazamientos|registro posiciones|rastreo gps|rastro gps|ruta gps|rutas gps|\
            traza gps|seguimiento ubicacion|lugares visitados|lugares frecuentados|sitios visitados|ultima posicion|\
            ultima posicion conocida|ultima ubicacion conocida|ultimo lugar|ultimo paradero|paradero|datos ubicacion|\
            datos localizacion|historial viajes|historico localizacao|historico localizacoes|historico gps|\
            historico posicoes|historico deslocamentos|historico percursos|registo localizacoes|registro localizacao|\
            registo deslocacoes|rastreamento gps|rastreio gps|rasto gps|trajeto gps|percurso gps|deslocacoes|\
            locais frequentados|ultima posicao|ultima posicao conhecida|ultima localizacao conhecida|ultimo local|\
            ultimo local visto|paradeiro|dados localizacao|trilha gps|storico posizioni|storico posizione|\
            storico localizzazioni|storico spostamenti|storico gps|storico percorsi|registro posizioni|registro spostamenti|\
            cronologia spostamenti|cronologia localizzazione|cronologia luoghi|traccia gps|tracce gps|tracciamento gps|\
            tracciato gps|percorso gps|percorsi effettuati|luoghi frequentati|posti visitati|ultima posizione nota|\
            ultima localizzazione|ultimo luogo|ultimo luogo noto|ultima ubicazione|dati posizione|dati localizzazione|\
            itinerari percorsi|locatiegeschiedenis|locatiegegevens|locatielogboek|locatie log|locatieverloop|locatiespoor|\
            locatietracking|positiegeschiedenis|plaatsgeschiedenis|verplaatsingsgedrag|verplaatsingsgeschiedenis|\
            bewegingsgegevens|bewegingspatroon|bewegingsprofiel|gps spoor|gps geschiedenis|gps gegevens|gps route|\
            reisgeschiedenis|reisbewegingen|ritgeschiedenis|rittenadministratie|routegeschiedenis|afgelegde route|\
            bezochte plaatsen|bezochte locaties|bezochte adressen|laatste positie|laatst bekende locatie|\
            laatste bekende locatie|laatste plaats|laatste verblijfplaats|verblijfplaatsen|historia lokalizacji|\
            historia polozenia|historia polozen|historia przemieszczania|historia podrozy|historia tras|historia pozycji|\
            historia gps|dziennik lokalizacji|rejestr lokalizacji|rejestr przemieszczen|dane lokalizacyjne|\
            dane o lokalizacji|slad gps|slady gps|trasa gps|trasy gps|przebyta trasa|przebyte trasy|sledzenie lokalizacji|\
            odwiedzone lokalizacje|odwiedzane miejsca|ostatnie polozenie|ostatnia pozycja|ostatnie miejsce|\
            ostatnie miejsce pobytu|ostatnia znana lokalizacja|miejsca pobytu",
        likely: "last seen at location|breadcrumbs gps|gps log|route taken|geo history|location path|gps data|last seen place|\
            visited|trajets|deplacements|desplazamientos|recorridos|percursos|trajetos|deslocamentos|spostamenti|\
            przemieszczenia|verplaatsingen|seguimiento gps",
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
