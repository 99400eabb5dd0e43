//! IP addresses.
//!
//! False friends: versions of four parts (`10.0.19041.1`), dates with points, addresses of servers and networks, which the
//! table's name tells from those of persons.

use core::net::{Ipv4Addr, Ipv6Addr};

use model::Class;

use super::pattern::Where;
use super::{Examples, Names, Pattern, Recogniser};
use crate::label::Holds;

pub(super) static RECOGNISER: Recogniser = Recogniser {
    class: Class::IpAddress,
    names: Names {
        sure: "ip address|ipaddress|ip addr|ipaddr|client ip|remote ip|remote addr|remote address|user ip|login ip|last ip|\
            last login ip|ipv4|ipv6|ip4|ip6|signup ip|registration ip|source ip|src ip|ip from|ip v4|ip v6|customer ip|\
            current sign in ip|last sign in ip|x forwarded for|forwarded for|visitor ip|ip hash|created ip|creator ip|\
            ipadresse|ip adresse|adresse ip|adresseip|direccion ip|endereco ip|indirizzo ip|ip adres|adres ip|dst ip|\
            destination ip|remote host ip|client address|client addr|peer ip|sender ip|host ip|session ip|accept ip",
        likely: "ip|ips|actor ip|from ip|order ip|inet address|public ip|private ip",
        hint: "host|remote|address|client|remote host",
    },
    holds: Holds::TEXT.or(Holds::NET).or(Holds::INTEGER),
    patterns: &[
        Pattern {
            name: "ipv4",
            regex: r"\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}\b",
            check: is_v4,
            chance: 0.02,
            place: Where::Text,
            min: 7,
            max: 15,
        },
        Pattern {
            name: "ipv6",
            regex: r"\b(?:[0-9A-Fa-f]{1,4}:){2,7}(?::?[0-9A-Fa-f]{1,4}){1,6}\b|\b(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6}\b|\b(?:[0-9A-Fa-f]{1,4}:){1,7}:",
            check: is_v6,
            chance: 0.002,
            place: Where::Text,
            min: 4,
            max: 45,
        },
        Pattern {
            name: "ip_network",
            regex: r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}/[0-9]{1,2}|[0-9A-Fa-f:]{3,39}/[0-9]{1,3}",
            check: is_network,
            chance: 0.005,
            place: Where::Column,
            min: 5,
            max: 43,
        },
    ],
    examples: Examples {
        named: &["ip_address", "clientIp", "REMOTE_ADDR", "last_login_ip", "ip"],
        unnamed: &["ip_count", "zip", "shipping", "tip", "ip_version", "clip", "ip_blocked"],
        values: &["192.0.2.17", "203.0.113.254", "2001:db8::8a2e:370:7334", "fe80::1", "198.51.100.0/24"],
        friends: &["10.0.19041.1", "1.2.3", "999.1.1.1", "10:20:30", "01.02.2024.1", "a:b:c"],
    },
};

fn is_v4(text: &[u8]) -> bool {
    parse::<Ipv4Addr>(text).is_some_and(|address| !matches!(address.octets(), [0 | 1, _, _, 0..=9]))
}

fn is_v6(text: &[u8]) -> bool {
    // Times (`10:20:30`) are no addresses, nor is what has few groups and no letters.
    text.len() >= 4 && parse::<Ipv6Addr>(text).is_some()
}

fn is_network(text: &[u8]) -> bool {
    let mut parts = text.split(|byte| *byte == b'/');
    let (address, bits) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let bits: u32 = parse(bits).unwrap_or(999);
    (parse::<Ipv4Addr>(address).is_some() && bits <= 32)
        || (parse::<Ipv6Addr>(address).is_some() && bits <= 128)
}

fn parse<T: std::str::FromStr>(text: &[u8]) -> Option<T> {
    std::str::from_utf8(text).ok()?.parse().ok()
}
