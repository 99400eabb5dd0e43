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
            destination ip|remote host ip|client address|client addr|peer ip|sender ip|host ip|session ip|accept ip|ip hex|\
            iphex|ip bin|ip binary|ip int|ip long|ip num|ip number|ip packed|ip text|ip string|ip raw|ip masked|ip block|\
            ip range start|ip range end|ip start|ip end|ip client|ip user|ip customer|ip source|ip src|ip dest|ip dst|\
            ip destination|ip remote|ip host|ip server|ip login|ip created|ip create|ip update|ip updated|ip last|\
            ip last login|ip registered|ip registration|ip signup|ip author|ip poster|ip sender|ip visitor|ip public|\
            ip private|ip local|ip lan|ip wan|ip external|ip internal|ip session|ip v4 address|ip v6 address|ip4 address|\
            ip6 address|ipv4 address|ipv6 address|ipv4 addr|ipv6 addr|ipv4 hash|ips list|ipaddr4|ipaddr6|inet addr|inet4|\
            inet6|author ip|poster ip|post ip|comment ip|commenter ip|creation ip|create ip|update ip|modified ip|\
            updated ip|login ip address|last login ip address|last seen ip|last used ip|last known ip|last access ip|\
            last active ip|recent ip|current ip|current ip address|previous ip|old ip|new ip|reg ip|register ip|\
            registered ip|signup ip address|sign up ip|order ip address|ordered from ip|payment ip|payer ip|purchase ip|\
            buyer ip|requester ip|request ip|requesting ip|submitter ip|submission ip|submit ip|voter ip|reporter ip|\
            consent ip|accepted ip|acceptance ip|signature ip|signer ip|signed from ip|confirmation ip|confirm ip|optin ip|\
            opt in ip|subscribe ip|subscriber ip|click ip|clicker ip|open ip|tracking ip|attacker ip|attack ip|banned ip|\
            blocked ip|block ip|whitelisted ip|allowed ip|allowed ips|trusted ip|denied ip|ip whitelist|ip blacklist|\
            ip allowlist|ip denylist|ip blocklist|proxy ip|real ip|real ip address|x real ip|true client ip|\
            cf connecting ip|forwarded ip|x forwarded for ip|nat ip|vpn ip|vpn address|dhcp ip|static ip|static ip address|\
            dynamic ip|framed ip|framed ip address|nas ip|nas ip address|endpoint ip|device ip|device ip address|router ip|\
            gateway ip|server ip|server ip address|host address ip|node ip|pod ip|floating ip|elastic ip|management ip|\
            mgmt ip|ilo ip|ip adresse client|ip adresse kunde|ip adresse benutzer|benutzer ip|kunden ip|nutzer ip|letzte ip|\
            letzte ip adresse|anmelde ip|registrierungs ip|absender ip|ip nummer|ip client adresse|ip utilisateur|\
            ip connexion|ip inscription|ip derniere connexion|derniere ip|adresse ip client|adresse ip utilisateur|\
            adresse ip connexion|ip visiteur|ip source adresse|numero ip|direccion ip cliente|direccion ip usuario|\
            ip cliente|ip usuario|ip acceso|ip registro|ip origen|ip conexion|ultima ip|ip ultimo acceso|dir ip|\
            endereco ip cliente|endereco ip usuario|ip utilizador|ip acesso|ip registo|ip origem|ip conexao|ultimo ip|\
            ip ultimo acesso|end ip|indirizzo ip cliente|indirizzo ip utente|ip utente|ip accesso|ip registrazione|\
            ip origine|ip connessione|ip ultimo accesso|ind ip|ip adres klant|ip adres gebruiker|gebruikers ip|klant ip|\
            laatste ip|laatste ip adres|inlog ip|registratie ip|ip nummer klant|ip klienta|ip uzytkownika|ip logowania|\
            ip rejestracji|ip zrodlowe|ostatnie ip|ip ostatniego logowania|adres ip klienta|adres ip uzytkownika|\
            proxy address|server address|gateway address|router address|listen address|bind address|node address|\
            nas address|peer address|interface address|network address|dns address|broadcast address|multicast address|\
            subnet address|local address|host address|tunnel address|endpoint address|origin ip|origin address ip|\
            session address|login address",
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
