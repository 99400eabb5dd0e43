//! Addresses of network cards.
//!
//! False friends: fingerprints of keys (longer), bytes in hexadecimal, times.

use model::Class;

use super::check::all_same;
use super::pattern::Where;
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::MacAddress,
    names: Names {
        sure: "mac address|macaddress|mac addr|macaddr|mac|wifi mac|bluetooth mac|ethernet address|hardware address|hwaddr|bssid|\
            mac adresse|adresse mac|direccion mac|endereco mac|indirizzo mac|mac adres|adres mac|ethernet mac|wlan mac|bluetooth address",
        likely: "bt address|client mac|device mac",
        hint: "hw address|ssid",
    },
    holds: Holds::TEXT.or(Holds::MAC),
    patterns: &[Pattern {
        name: "mac_address",
        regex: r"\b[0-9A-Fa-f]{2}(?:(?::[0-9A-Fa-f]{2}){5}|(?:-[0-9A-Fa-f]{2}){5})\b|\b[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\b",
        check: is_address,
        chance: 0.002,
        place: Where::Text,
        min: 14,
        max: 17,
    }],
    examples: Examples {
        named: &["mac_address", "wifiMac", "MACADDR", "bssid"],
        unnamed: &["mac_os_version", "machine_name", "mac_count"],
        values: &["00:1A:2B:3C:4D:5E", "00-1a-2b-3c-4d-5e", "001a.2b3c.4d5e"],
        friends: &["00:00:00:00:00:00", "10:20:30", "1a:2b:3c:4d:5e"],
    },
};

fn is_address(text: &[u8]) -> bool {
    let hex: Vec<u8> = text.iter().filter(|byte| byte.is_ascii_hexdigit()).copied().collect();
    !all_same(&hex)
}
