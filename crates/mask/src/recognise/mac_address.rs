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
        sure: "mac address|macaddress|mac addr|macaddr|mac|wifi mac|bluetooth mac|ethernet address|hardware address|hwaddr|\
            bssid|mac adresse|adresse mac|direccion mac|endereco mac|indirizzo mac|mac adres|adres mac|ethernet mac|\
            wlan mac|bluetooth address|mac id|macid|mac adr|mac addr hash|mac address hash|mac hash|mac adress|mac ethernet|\
            mac wifi|mac wlan|mac lan|mac bluetooth|mac device|mac client|mac host|mac src|mac dst|src mac|dst mac|\
            source mac|destination mac|client mac address|device mac address|host mac|host mac address|router mac|\
            gateway mac|ap mac|ap mac address|station mac|sta mac|lan mac|nic mac|nic address|network card address|\
            network adapter address|interface mac|eth mac|eth addr|ethernet addr|ethernet hardware address|hw addr|hw mac|\
            hwid mac|hardware addr|physical mac|phys addr|wifi bssid|wifi address|wlan address|\
            wlan mac address|bluetooth addr|bluetooth mac address|bluetooth device address|bt mac|bt addr|bt mac address|\
            ble mac|ble address|ble addr|zigbee mac|eui48|eui64|eui 64|mac adressen|mac adresse geraet|geraete mac|\
            geraete mac adresse|mac geraet|hardwareadresse|hardware adresse|physische adresse|physikalische adresse|\
            netzwerkkartenadresse|netzwerkadresse mac|netzwerkkarte mac|ethernetadresse|ethernet adresse|wlan mac adresse|\
            wlan adresse mac|bluetooth adresse|bluetoothadresse|mac appareil|adresse mac appareil|adresse mac wifi|\
            adresse mac bluetooth|adresse materielle|adresse physique mac|adresse ethernet|adresse carte reseau|\
            adresse bluetooth|mac dispositivo|direccion mac dispositivo|direccion mac wifi|direccion fisica mac|\
            direccion hardware|direccion ethernet|direccion bluetooth|direccion tarjeta red|mac equipo|mac aparelho|\
            endereco mac dispositivo|endereco mac wifi|endereco fisico mac|endereco hardware|endereco ethernet|\
            endereco bluetooth|endereco placa rede|endereco de hardware|mac apparecchio|indirizzo mac dispositivo|\
            indirizzo mac wifi|indirizzo fisico mac|indirizzo hardware|indirizzo ethernet|indirizzo bluetooth|\
            indirizzo scheda rete|indirizzo fisico scheda|mac apparaat|mac adres apparaat|mac adres wifi|hardwareadres|\
            hardware adres|fysiek adres mac|ethernetadres|ethernet adres|netwerkkaart adres|bluetooth adres|bluetoothadres|\
            wifi mac adres|mac urzadzenia|adres mac urzadzenia|adres mac wifi|adres sprzetowy|adres fizyczny mac|\
            adres fizyczny karty|adres karty sieciowej|adres ethernet|adres bluetooth",
        likely: "physical addr|bt address|client mac|device mac",
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
