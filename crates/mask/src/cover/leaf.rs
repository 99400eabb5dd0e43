//! Numbers and addresses in text and binary: reading them into one form, so that both formats are masked alike, and
//! writing that form back. `None` is what cannot be read, or does not fit the type.

use core::net::IpAddr;

use super::builtin::Scalar;
use super::decimal;
use super::kind::Format;

/// Whether [`number`] reads it.
pub(super) fn is_number(scalar: Scalar) -> bool {
    matches!(
        scalar,
        Scalar::Int2 | Scalar::Int4 | Scalar::Int8 | Scalar::Numeric | Scalar::Float4 | Scalar::Float8
    )
}

pub(super) fn is_float(scalar: Scalar) -> bool {
    matches!(scalar, Scalar::Float4 | Scalar::Float8)
}

/// A number as decimal text.
pub(super) fn number(scalar: Scalar, format: Format, value: &[u8]) -> Option<String> {
    let text = match (format, scalar) {
        (Format::Text, _) => {
            let text = std::str::from_utf8(value).ok()?;
            // A float's text may have an exponent.
            if is_float(scalar) { text.parse::<f64>().ok()?.to_string() } else { text.to_owned() }
        }
        (_, Scalar::Int2) => i16::from_be_bytes(value.try_into().ok()?).to_string(),
        (_, Scalar::Int4) => i32::from_be_bytes(value.try_into().ok()?).to_string(),
        (_, Scalar::Int8) => i64::from_be_bytes(value.try_into().ok()?).to_string(),
        (_, Scalar::Float4) => f32::from_be_bytes(value.try_into().ok()?).to_string(),
        (_, Scalar::Float8) => f64::from_be_bytes(value.try_into().ok()?).to_string(),
        (_, Scalar::Numeric) => decimal::decode(value)?,
        _ => return None,
    };
    decimal::parse(&text)?;
    Some(text)
}

/// The same, back.
pub(super) fn write_number(scalar: Scalar, format: Format, text: &str, out: &mut Vec<u8>) -> Option<()> {
    decimal::parse(text)?;
    match scalar {
        Scalar::Int2 => whole(text.parse::<i16>().ok()?.to_be_bytes(), format, text, out),
        Scalar::Int4 => whole(text.parse::<i32>().ok()?.to_be_bytes(), format, text, out),
        Scalar::Int8 => whole(text.parse::<i64>().ok()?.to_be_bytes(), format, text, out),
        Scalar::Float4 => whole(text.parse::<f32>().ok()?.to_be_bytes(), format, text, out),
        Scalar::Float8 => whole(text.parse::<f64>().ok()?.to_be_bytes(), format, text, out),
        Scalar::Numeric => whole(decimal::encode(text)?, format, text, out),
        _ => return None,
    }
    Some(())
}

fn whole(binary: impl AsRef<[u8]>, format: Format, text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(if format == Format::Binary { binary.as_ref() } else { text.as_bytes() });
}

/// An address, and how many of its bits name a network.
pub(super) struct Network {
    pub address: IpAddr,
    pub bits: u8,
}

/// Binary families of PostgreSQL (`inet.h`).
const IPV4: u8 = 2;
const IPV6: u8 = 3;

/// An `inet` or `cidr`.
pub(super) fn network(format: Format, value: &[u8]) -> Option<Network> {
    if format == Format::Text {
        let text = std::str::from_utf8(value).ok()?;
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address.parse().ok()?, bits.parse().ok()?),
            None => {
                let address: IpAddr = text.parse().ok()?;
                (address, most_bits(address))
            }
        };
        return (bits <= most_bits(address)).then_some(Network { address, bits });
    }
    let ([family, bits, _, length], address) = value.split_first_chunk::<4>()?;
    let address = match (*family, *length) {
        (IPV4, 4) => IpAddr::from(<[u8; 4]>::try_from(address).ok()?),
        (IPV6, 16) => IpAddr::from(<[u8; 16]>::try_from(address).ok()?),
        _ => return None,
    };
    (*bits <= most_bits(address)).then_some(Network { address, bits: *bits })
}

fn most_bits(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// The same, back.
pub(super) fn write_network(scalar: Scalar, format: Format, network: &Network, out: &mut Vec<u8>) {
    let Network { address, bits } = network;
    if format == Format::Text {
        let whole = *bits == most_bits(*address) && scalar == Scalar::Inet;
        let text = if whole { address.to_string() } else { format!("{address}/{bits}") };
        return out.extend_from_slice(text.as_bytes());
    }
    let is_cidr = u8::from(scalar == Scalar::Cidr);
    match address {
        IpAddr::V4(address) => {
            out.extend_from_slice(&[IPV4, *bits, is_cidr, 4]);
            out.extend_from_slice(&address.octets());
        }
        IpAddr::V6(address) => {
            out.extend_from_slice(&[IPV6, *bits, is_cidr, 16]);
            out.extend_from_slice(&address.octets());
        }
    }
}

/// The network that an address is in: 24 bits of IPv4, 48 of IPv6, or fewer when it names a wider one.
pub(super) fn coarse(network: &Network) -> Network {
    match network.address {
        IpAddr::V4(address) => {
            let bits = network.bits.min(24);
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
            Network { address: IpAddr::V4((u32::from(address) & mask).into()), bits }
        }
        IpAddr::V6(address) => {
            let bits = network.bits.min(48);
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
            Network { address: IpAddr::V6((u128::from(address) & mask).into()), bits }
        }
    }
}

/// The bytes of a type that is written as hexadecimal digits with separators: `uuid`, `macaddr`, `macaddr8`, `bytea`.
pub(super) fn octets(scalar: Scalar, format: Format, value: &[u8]) -> Option<Vec<u8>> {
    let bytes = match (format, scalar) {
        (Format::Binary, _) => value.to_vec(),
        (_, Scalar::Bytea) => match value.strip_prefix(b"\\x") {
            Some(digits) => hex(digits)?,
            None => escaped(value)?,
        },
        _ => hex(&value.iter().copied().filter(|byte| !b"-:".contains(byte)).collect::<Vec<_>>())?,
    };
    let length = match scalar {
        Scalar::Uuid => 16,
        Scalar::MacAddr => 6,
        Scalar::MacAddr8 => 8,
        _ => bytes.len(),
    };
    (bytes.len() == length).then_some(bytes)
}

fn hex(digits: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let (pairs, []) = digits.as_chunks::<2>() else { return None };
    pairs.iter().map(|[high, low]| u8::try_from(digit(high)? * 16 + digit(low)?).ok()).collect()
}

/// A `bytea` as `bytea_output = escape` writes it.
fn escaped(value: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'\\' {
            out.push(*first);
        } else if let Some(after) = rest.strip_prefix(b"\\") {
            out.push(b'\\');
            rest = after;
        } else {
            let (octal, after) = rest.split_first_chunk::<3>()?;
            let digits = std::str::from_utf8(octal).ok()?;
            out.push(u8::from_str_radix(digits, 8).ok()?);
            rest = after;
        }
    }
    Some(out)
}

/// The same, back.
pub(super) fn write_octets(scalar: Scalar, format: Format, bytes: &[u8], out: &mut Vec<u8>) {
    if format == Format::Binary {
        return out.extend_from_slice(bytes);
    }
    if scalar == Scalar::Bytea {
        out.extend_from_slice(b"\\x");
    }
    for (at, byte) in bytes.iter().enumerate() {
        match scalar {
            Scalar::Uuid if [4, 6, 8, 10].contains(&at) => out.push(b'-'),
            Scalar::MacAddr | Scalar::MacAddr8 if at > 0 => out.push(b':'),
            _ => {}
        }
        out.extend_from_slice(format!("{byte:02x}").as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_alike_in_both_formats() {
        for (scalar, text) in [
            (Scalar::Int2, "-12"),
            (Scalar::Int4, "123456"),
            (Scalar::Int8, "-9223372036854775808"),
            (Scalar::Numeric, "12345.6700"),
            (Scalar::Float8, "-0.5"),
            (Scalar::Float4, "1.25"),
        ] {
            let mut binary = Vec::new();
            write_number(scalar, Format::Binary, text, &mut binary).unwrap();
            assert_eq!(number(scalar, Format::Binary, &binary).unwrap(), text);
            assert_eq!(number(scalar, Format::Text, text.as_bytes()).unwrap(), text);
            let mut again = Vec::new();
            write_number(scalar, Format::Text, text, &mut again).unwrap();
            assert_eq!(again, text.as_bytes());
        }
        assert_eq!(number(Scalar::Float8, Format::Text, b"1e+20").unwrap(), "100000000000000000000");
        for nothing in [&b"NaN"[..], b"inf", b"", b"\xff", b"1 2"] {
            assert_eq!(number(Scalar::Float8, Format::Text, nothing), None);
        }
        assert_eq!(number(Scalar::Int4, Format::Binary, b"abc"), None);
        assert_eq!(write_number(Scalar::Int2, Format::Text, "32768", &mut Vec::new()), None);
    }

    #[test]
    fn networks_become_coarse() {
        for (scalar, text, coarser) in [
            (Scalar::Inet, "10.1.2.3", "10.1.2.0/24"),
            (Scalar::Inet, "10.1.2.3/16", "10.1.0.0/16"),
            (Scalar::Cidr, "0.0.0.0/0", "0.0.0.0/0"),
            (Scalar::Inet, "2001:db8:1:2::3", "2001:db8:1::/48"),
        ] {
            let read = network(Format::Text, text.as_bytes()).unwrap();
            let mut binary = Vec::new();
            write_network(scalar, Format::Binary, &read, &mut binary);
            let mut shown = Vec::new();
            write_network(
                scalar,
                Format::Text,
                &coarse(&network(Format::Binary, &binary).unwrap()),
                &mut shown,
            );
            assert_eq!(String::from_utf8(shown).unwrap(), coarser);
        }
        for bad in ["10.1.2.3/33", "10.1.2", "x", ""] {
            assert!(network(Format::Text, bad.as_bytes()).is_none());
        }
        for bad in [&[2, 33, 0, 4, 0, 0, 0, 0][..], &[2, 32, 0, 16, 0, 0, 0, 0], &[9, 0, 0, 0], &[2, 32]] {
            assert!(network(Format::Binary, bad).is_none());
        }
    }

    #[test]
    fn octets_are_read_in_every_spelling() {
        for (scalar, text, bytes) in [
            (Scalar::MacAddr, "08:00:2b:01:02:03", &[8, 0, 0x2b, 1, 2, 3][..]),
            (Scalar::Bytea, "\\x0aff", &[10, 255]),
        ] {
            assert_eq!(octets(scalar, Format::Text, text.as_bytes()).unwrap(), bytes);
            let mut out = Vec::new();
            write_octets(scalar, Format::Text, bytes, &mut out);
            assert_eq!(out, text.as_bytes());
        }
        assert_eq!(octets(Scalar::Bytea, Format::Text, b"a\\\\b\\377").unwrap(), b"a\\b\xff");
        let mut out = Vec::new();
        write_octets(Scalar::Uuid, Format::Text, &[0xab; 16], &mut out);
        assert_eq!(out, b"abababab-abab-abab-abab-abababababab");
        for bad in [&b"\\x0"[..], b"\\xgg", b"a\\9", b"a\\999"] {
            assert_eq!(octets(Scalar::Bytea, Format::Text, bad), None);
        }
        assert_eq!(octets(Scalar::Uuid, Format::Text, b"ab"), None);
    }
}
