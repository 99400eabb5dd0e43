//! Identifiers of devices and browsers: IMEI, advertising ids, cookies, serial numbers.
//!
//! False friends: UUIDs that are keys of rows, serial numbers of goods, 15-digit order numbers.

use model::Class;

use super::check::{all_same, digits, luhn};
use super::pattern::Where;
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::DeviceId,
    names: Names {
        sure: "identificador aparelho|identyfikator urzadzenia|gerate id|impronta browser|seriennummer handy|imei telefonu|\
            numero imei|id appareil|imei|imsi|iccid|meid|udid|idfa|idfv|gaid|aaid|device id|deviceid|device identifier|\
            device uuid|device serial|device serial number|advertising id|android id|device fingerprint|browser fingerprint|\
            cookie id|visitor id|client id cookie|hardware id|hwid|device unique id|phone imei|sim number|sim serial|\
            push device id|machine guid|esn|tracking cookie|device imei|browser id|tracking id user|device hash|\
            fingerprint hash|geraete id|geraetenummer|identifiant appareil|id dispositivo|identificador dispositivo|\
            apparaat id|id urzadzenia|numer seryjny urzadzenia|anonymous id|distinct id|user agent|useragent|device number|\
            device no|handset id|handset imei|phone serial|phone serial number|mobile device id|client device id|\
            device guid|device identification|device ident|hardware fingerprint|hardware uuid|machine fingerprint|\
            host fingerprint|ad identifier|advertiser id device|advertising identifier|google advertising id|\
            vendor identifier|firebase instance id|firebase installation id|app instance id|install id|installation uuid|\
            cookie value|cookie uuid|visitor cookie|browser cookie|browser hash|canvas fingerprint|session fingerprint|\
            sim id|sim card number|sim card|simcard|sim serial number|euicc id|imei1|imei2|imei number|imei code|imeisv|\
            android serial|apple device id|user agent string|ua string|browser agent|serial number device|device sn|\
            handset serial|imei hash|wearable id|tracker serial|geraetekennung|geraeteidentifikator|geraeteidentifikation|\
            geraetenr|geraete nr|geraete seriennummer|geraeteseriennummer|geraetefingerabdruck|geraete fingerabdruck|\
            browserfingerabdruck|browser fingerabdruck|werbe id|werbekennung|sim kartennummer|simkartennummer|simkarte|\
            imei nummer|imeinummer|handy imei|cookiekennung|cookie kennung|besucher id|besucherkennung|browserkennung|\
            endgeraet id|endgeraetekennung|hardwarekennung|hardware kennung|rechnerkennung|handykennung|\
            identifiant de l appareil|identifiant terminal|identifiant mobile|identifiant publicitaire|id publicitaire|\
            numero serie appareil|numero de serie appareil|empreinte navigateur|empreinte appareil|identifiant cookie|\
            id visiteur|identifiant visiteur|numero carte sim|carte sim|identifiant materiel|agent utilisateur|code imei|\
            id del dispositivo|identificador publicitario|id publicidad|huella navegador|huella dispositivo|\
            huella digital navegador|huella del navegador|numero serie dispositivo|numero de serie dispositivo|codigo imei|\
            imei telefono|numero sim|tarjeta sim|id cookie|identificador cookie|identificador visitante|id visitante|\
            agente usuario|serie dispositivo|identificador equipamento|id aparelho|id do dispositivo|numero serie aparelho|\
            identificador publicidade|id publicidade|impressao navegador|impressao digital dispositivo|cartao sim|\
            numero cartao sim|identificador do dispositivo|serial aparelho|identificativo dispositivo|id apparecchio|\
            codice dispositivo|codice apparecchio|numero seriale dispositivo|seriale dispositivo|matricola dispositivo|\
            id pubblicitario|identificatore pubblicitario|identificatore dispositivo|impronta dispositivo|\
            impronta digitale browser|impronta del browser|codice imei|scheda sim|id visitatore|apparaatid|\
            apparaat identificatie|apparaatidentificatie|apparaatnummer|apparaat nummer|toestel id|toestelid|toestelnummer|\
            serienummer apparaat|serienummer toestel|advertentie id|reclame id|browservingerafdruk|vingerafdruk browser|\
            apparaatvingerafdruk|bezoeker id|bezoekersid|simkaartnummer|simkaart|cookie identificatie|numer urzadzenia|\
            identyfikator sprzetu|identyfikator telefonu|nr imei|kod imei|numer seryjny telefonu|numer karty sim|karta sim|\
            identyfikator reklamowy|id reklamowe|odcisk przegladarki|odcisk urzadzenia|identyfikator przegladarki|\
            identyfikator ciasteczka|identyfikator odwiedzajacego|id odwiedzajacego|id telefonu",
        likely: "cookie|cookies|fingerprint|serial number device|installation id|ga client id|visitor uuid|visitor key|\
            http user agent|browser user agent",
        hint: "serienummer|seriennummer|numero serie|numer seryjny|numero di serie|serial number|serial|serialno|uuid|\
            machine id|client id|beacon|device",
    },
    holds: Holds::TEXT.or(Holds::INTEGER).or(Holds::UUID),
    patterns: &[
        Pattern {
            name: "imei",
            regex: r"[0-9]{15}|[0-9]{2}-[0-9]{6}-[0-9]{6}-[0-9]",
            check: is_imei,
            chance: 0.1,
            place: Where::Column,
            min: 15,
            max: 18,
        },
        Pattern {
            name: "user_agent",
            regex: r"Mozilla/[45]\.[0-9] \([^)]{5,200}\)[ -~]{0,300}",
            check: super::pattern::any,
            chance: 0.01,
            place: Where::Column,
            min: 20,
            max: 512,
        },
    ],
    examples: Examples {
        named: &["device_id", "IMEI", "advertisingId", "visitor_id", "androidId", "user_agent"],
        unnamed: &["device_type", "device_name", "device_count", "uuid", "imei_verified"],
        values: &["490154203237518", "49-015420-323751-8"],
        friends: &["490154203237518", "123456789012345"],
    },
};

fn is_imei(text: &[u8]) -> bool {
    let digits = digits(text);
    digits.len() == 15 && luhn(&digits) && !all_same(&digits) && digits.first() != Some(&0)
}
