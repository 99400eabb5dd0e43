//! Postal addresses, and parts that narrow to a street or a postcode. A city, a state or a country alone does not.
//!
//! False friends: IP and e-mail addresses, addresses of web pages and memory, status and colour codes of five digits.

use model::Class;

use super::pattern::{Where, any};
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::PostalAddress,
    names: Names {
        sure: "pob|home pob|work pob|other pob|homepob|workpob|pay to address|remit to address|ship to address|bill to address|sold to address|direccion cargo|direccion factura|direccion facturacion|endereco cobranca|morada faturacao|morada facturacao|\
            adres faktury|postadresse|direccion transporte|nombre calle|nom rue|nome rua|nome da rua|nr lokalu|\
            domicilio fiscale|factuuradres|adresregel|strasse hausnr|afleveradres|verzendadres|adres rachunku|\
            indirizzo fatturazione|numero edificio|gebaeudenummer|gebouwnummer|numero batiment|street|street address|\
            street name|street number|address line|address line one|address line two|addressline|address street|\
            home address|postal address|mailing address|billing address|shipping address|delivery address|\
            residential address|work address|postal code|postcode|post code|zip|zip code|zipcode|zip plus|house number|\
            house name|apartment|apartment number|apt number|flat number|door number|po box|pobox|ship address|bill address|\
            full address|address full|permanent address|current address|invoice address|customer address|legal address|\
            registered address|shipping zip|ship zip|bill zip|ship street|bill street|ship postal code|billing postal code|\
            ship to|bill to|deliver to|street line|strasse|hausnummer|hausnr|anschrift|plz|postleitzahl|adresszusatz|\
            wohnort strasse|lieferadresse|rechnungsadresse|lieferanschrift|rechnungsanschrift|strassenname|adresse|\
            adresse postale|code postal|rue|numero rue|adresse livraison|adresse facturation|voie|complement adresse|\
            direccion|direccion envio|domicilio|calle|codigo postal|numero exterior|numero interior|direccion postal|\
            endereco|logradouro|rua|cep|bairro|complemento endereco|numero endereco|morada|endereco entrega|indirizzo|\
            via indirizzo|cap indirizzo|codice postale|numero civico|civico|indirizzo spedizione|indirizzo residenza|adres|\
            straat|straatnaam|huisnummer|postadres|bezorgadres|woonadres|toevoeging huisnummer|ulica|adres zamieszkania|\
            kod pocztowy|numer domu|nr domu|numer mieszkania|adres dostawy|gatuadress|postnummer|postadress|gateadresse|\
            osoite|postinumero|iranyitoszam|psc|pstlz|stras|postbox|post box|postfach|postfachnummer|boite postale|\
            apartado postal|caixa postal|casella postale|postbus|postbusnummer|skrytka pocztowa|street 1|street 2|\
            street one|street two|street1|street2|street addr|street full|streetname|streetnumber|home street|home zip|\
            home postcode|residence street|residence address|residential street|address residence|address home|address work|\
            address mailing|address postal|address billing|address shipping|address delivery|office address|\
            business address|address business|company address|correspondence address|contact address|temporary address|\
            previous address|former address|old address|new address|primary address|secondary address|alternate address|\
            emergency address|pickup street|delivery street|delivery zip|delivery postcode|invoice street|invoice zip|\
            invoice postcode|billing street|billing zip|billing postcode|billing line 1|billing address 1|billing address 2|\
            billing address line 1|shipping street|shipping line 1|shipping address 1|shipping address 2|\
            mail address street|house no|house nr|house num|building number|building no|unit no|unit number|flat no|\
            apartment no|door no|street no|street nr|street num|formatted address|address formatted|address text|\
            address string|full street|geocoded address|place of residence|wohnadresse|wohnanschrift|privatadresse|\
            privatanschrift|heimatadresse|heimatanschrift|meldeadresse|meldeanschrift|postanschrift|hausanschrift|\
            firmenadresse|geschaeftsadresse|dienstadresse|zustelladresse|zustellanschrift|strasse hausnummer|strasse nr|\
            strasse nummer|hnr|haus nr|haus nummer|wohnungsnummer|wohnung nr|adresszeile|adresszeile 1|adresszeile 2|\
            adresse 1|adresse 2|zusatz adresse|liefer plz|lieferstrasse|rechnungs plz|rechnungsstrasse|plz ort|plz wohnort|\
            adresse domicile|adresse du domicile|adresse personnelle|adresse professionnelle|adresse complete|\
            adresse ligne 1|adresse ligne 2|adresse principale|adresse courrier|adresse correspondance|adresse residence|\
            adresse siege|no rue|num rue|numero voie|num voie|nom voie|nom de voie|libelle voie|type voie|\
            code postal livraison|code postal facturation|numero appartement|num appartement|numero maison|lieu residence|\
            lieu dit|boite|direccion casa|direccion particular|direccion domicilio|direccion personal|direccion trabajo|\
            direccion laboral|direccion fiscal|direccion completa|direccion entrega|direccion residencia|direccion linea 1|\
            direccion linea 2|domicilio fiscal|domicilio particular|domicilio legal|domicilio real|domicilio actual|\
            calle numero|calle y numero|num calle|numero calle|num exterior|num interior|nro puerta|numero puerta|\
            numero casa|cod postal|cp envio|cp facturacion|colonia|urbanizacion|nombre via|tipo via|endereco residencial|\
            endereco comercial|endereco completo|endereco faturamento|endereco facturacao|endereco fiscal|\
            endereco correspondencia|endereco linha 1|endereco linha 2|morada completa|morada fiscal|morada entrega|\
            morada residencia|morada linha 1|num porta|numero porta|numero residencia|num residencia|rua numero|\
            nome logradouro|tipo logradouro|cod postal entrega|cep entrega|cep residencial|complemento|andar apartamento|\
            indirizzo casa|indirizzo abitazione|indirizzo di residenza|indirizzo domicilio|indirizzo lavoro|\
            indirizzo completo|indirizzo consegna|indirizzo fattura|indirizzo postale|indirizzo corrispondenza|\
            indirizzo sede|sede legale|residenza|via residenza|via e numero|via numero|nome via|num civico|nr civico|\
            n civico|cap residenza|cap spedizione|cap fatturazione|cod postale|frazione|interno scala|thuisadres|huisadres|\
            verblijfsadres|bezoekadres|werkadres|bedrijfsadres|factuuradres regel|leveradres|leveringsadres|\
            correspondentieadres|straat en huisnummer|straat huisnummer|straat nr|huisnr|huis nr|huis nummer|\
            huisnummer toevoeging|huisnummertoevoeging|toevoeging|postcode woonadres|adresregel 1|adresregel 2|\
            adres regel 1|busnummer|adres domowy|adres stalego zamieszkania|adres staly|adres korespondencyjny|\
            adres do korespondencji|adres dostarczenia|adres wysylki|adres firmy|adres pracy|adres zameldowania|adres pelny|\
            adres linia 1|miejsce zamieszkania|miejsce zameldowania|ulica numer|ulica nr|nazwa ulicy|nr ulicy|numer budynku|\
            nr budynku|nr mieszkania|numer lokalu|kod pocztowy dostawy",
        likely: "address|addresses|addr1|addr2|address1|address2|address3|line1|line2|building name|apt|suite number|\
            neighborhood|neighbourhood|neighbourhood name|destination address|pickup address|location address|\
            dependent locality|postal|location street|shipping info|residence|domicile|eircode|pincode|pin code|\
            delivery point|cp",
        hint: "line 1|line 2|line 3|line one|line two|suite|building|flat|location|full location|town street|destination|\
            pickup|dropoff|landmark|house|ort|cap",
    },
    holds: Holds::TEXT.or(Holds::INTEGER),
    patterns: &[
        Pattern {
            name: "street",
            regex: r"[^\x00-\x1f]{5,120}",
            check: is_street,
            chance: 0.02,
            place: Where::Column,
            min: 5,
            max: 120,
        },
        Pattern {
            name: "uk_postcode",
            regex: r"\b(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNPR-Y]? [0-9][ABD-HJLNP-UW-Z]{2})\b",
            check: any,
            chance: 0.03,
            place: Where::Text,
            min: 6,
            max: 8,
        },
        Pattern {
            name: "ca_postcode",
            regex: r"\b[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z] [0-9][ABCEGHJ-NPRSTV-Z][0-9]\b",
            check: any,
            chance: 0.01,
            place: Where::Text,
            min: 7,
            max: 7,
        },
        Pattern {
            name: "us_zip_plus_4",
            regex: r"[0-9]{5}-[0-9]{4}",
            check: any,
            chance: 0.15,
            place: Where::Column,
            min: 10,
            max: 10,
        },
        Pattern {
            name: "br_cep",
            regex: r"[0-9]{5}-[0-9]{3}",
            check: any,
            chance: 0.15,
            place: Where::Column,
            min: 9,
            max: 9,
        },
        Pattern {
            name: "nl_postcode",
            regex: r"\b[1-9][0-9]{3} [A-RT-Z][A-Z]\b",
            check: any,
            chance: 0.1,
            place: Where::Column,
            min: 7,
            max: 7,
        },
        Pattern {
            name: "pl_postcode",
            regex: r"[0-9]{2}-[0-9]{3}",
            check: any,
            chance: 0.3,
            place: Where::Column,
            min: 6,
            max: 6,
        },
        Pattern {
            name: "postcode_digits",
            regex: r"[0-9]{4,6}(?: [0-9]{2,3})?",
            check: any,
            chance: 0.7,
            place: Where::Column,
            min: 4,
            max: 7,
        },
    ],
    examples: Examples {
        named: &[
            "street",
            "AddressLine1",
            "zip_code",
            "shipping_address",
            "PLZ",
            "codigo_postal",
            "hausnummer",
            "kod_pocztowy",
        ],
        unnamed: &[
            "address_type",
            "email_address",
            "ip_address",
            "address_id",
            "mac_address",
            "address_count",
            "city",
        ],
        values: &["SW1A 1AA", "K1A 0B1", "10115", "01310-100", "1234 AB"],
        friends: &["2024-05-17", "AB-1234", "A1B2C3", "10115", "12345-6789"],
    },
};

/// A word for a street and a number.
fn is_street(text: &[u8]) -> bool {
    const WORDS: &str = "street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|square|terrace|crescent|close|hill|gate|\
        strasse|str|weg|platz|allee|gasse|ufer|damm|markt|rue|place|chemin|impasse|quai|cours|route|bis|calle|avenida|avda|plaza|paseo|\
        camino|carrer|ronda|glorieta|rambla|rua|av|travessa|praca|alameda|estrada|rodovia|ladeira|largo|via|viale|piazza|piazzale|corso|vicolo|vico|\
        strada|lungomare|straat|laan|plein|gracht|kade|singel|haven|ul|ulica|aleja|aleje|al|plac|pl|os|osiedle|rynek|am|im|zur|zum|an der";
    const ENDINGS: &str = "strasse|str|weg|platz|allee|gasse|straat|laan|plein|gracht|kade|singel|dreef|dijk";
    super::word::is_street(text, WORDS, ENDINGS)
}
