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
        sure: "identificador aparelho|identyfikator urzadzenia|gerate id|impronta browser|seriennummer handy|\
            imei telefonu|numero imei|id appareil|\
            imei|imsi|iccid|meid|udid|idfa|idfv|gaid|aaid|device id|deviceid|device identifier|device uuid|device serial|\
            device serial number|advertising id|android id|device fingerprint|browser fingerprint|cookie id|visitor id|client id cookie|\
            hardware id|hwid|device unique id|phone imei|sim number|sim serial|push device id|machine guid|esn|tracking cookie|\
            device imei|browser id|ad id|tracking id user|device hash|fingerprint hash|\
            geraete id|geraetenummer|identifiant appareil|id dispositivo|identificador dispositivo|apparaat id|id urzadzenia|\
            numer seryjny urzadzenia|anonymous id|distinct id|user agent|useragent",
        likely: "cookie|cookies|fingerprint|serial number device|installation id|ga client id|visitor uuid|visitor key|http user agent|browser user agent",
        hint: "serienummer|seriennummer|numero serie|numer seryjny|numero di serie|\
            serial number|serial|serialno|uuid|machine id|client id|beacon|device",
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
