//! Tokens: keyed and always the same for the same value of a domain, so that joins and counts of distinct values still work.
//! A token is of the value's type; nobody without the key can tell the value, or make the token of one.

use core::net::IpAddr;

use super::builtin::Scalar;
use super::key::Domain;
use super::kind::Format;
use super::{decimal, leaf, mark, number};

/// Writes the token of `value`. `None`: it cannot be read, or the type has no token.
pub(super) fn cover(
    domain: &Domain,
    scalar: Scalar,
    format: Format,
    room: Option<usize>,
    value: &[u8],
    out: &mut Vec<u8>,
) -> Option<()> {
    match scalar {
        Scalar::Text | Scalar::Varchar | Scalar::Name => text(domain, value, room, out),
        // Blanks at its end are the type's, not the value's.
        Scalar::Bpchar => text(domain, value.trim_ascii_end(), room, out),
        Scalar::Int2 | Scalar::Int4 | Scalar::Int8 | Scalar::Numeric => {
            let whole = whole(domain, scalar, &leaf::number(scalar, format, value)?, room)?;
            leaf::write_number(scalar, format, &whole, out)
        }
        Scalar::Uuid | Scalar::MacAddr | Scalar::MacAddr8 | Scalar::Bytea => {
            let bytes = leaf::octets(scalar, format, value)?;
            leaf::write_octets(scalar, format, &octets(domain, scalar, &bytes), out);
            Some(())
        }
        Scalar::Inet | Scalar::Cidr => {
            let network = leaf::network(format, value)?;
            let written = format!("{}/{}", network.address, network.bits);
            let mut address = head(&domain.tag(&[b"network", written.as_bytes()]));
            // A unique local address (RFC 4193): nobody's in public.
            address[0] = 0xfd;
            leaf::write_network(
                scalar,
                format,
                &leaf::Network { address: IpAddr::from(address), bits: 128 },
                out,
            );
            Some(())
        }
        _ => None,
    }
}

/// `tok_` and as many digits as there is room for.
fn text(domain: &Domain, value: &[u8], room: Option<usize>, out: &mut Vec<u8>) -> Option<()> {
    let most = room.map_or(usize::MAX, |room| room.saturating_sub(mark::TOKEN.len()));
    let digits = most.min(*mark::TOKEN_DIGITS.end());
    mark::TOKEN_DIGITS.contains(&digits).then_some(())?;
    out.extend_from_slice(mark::TOKEN);
    let mut bits = u128::from_be_bytes(head(&domain.tag(&[b"text", value])));
    for _ in 0..digits {
        let digit = usize::try_from(bits % 32).unwrap_or(0);
        out.push(mark::DIGITS.get(digit).copied().unwrap_or(b'0'));
        bits /= 32;
    }
    Some(())
}

/// Another whole number, positive if the value was. What fits an `int4` has a token that does, whatever its type is, so
/// that columns of different types still join; `int2` is a domain of its own.
fn whole(domain: &Domain, scalar: Scalar, text: &str, room: Option<usize>) -> Option<String> {
    let parsed = decimal::parse(text)?;
    let fraction = parsed.fraction.trim_end_matches('0');
    let value: Option<i64> = fraction.is_empty().then(|| text.split('.').next()?.parse().ok()).flatten();
    let token = match value {
        Some(value) => {
            // `!` takes -1 to 0 and so on: as many below zero as from zero on.
            let plain = u64::try_from(if value < 0 { !value } else { value }).ok()?;
            let walked = match (scalar, plain) {
                (Scalar::Int2, _) => number::permute_bits(domain, 15, 0, plain)?,
                (_, 0..0x8000_0000) => number::permute_bits(domain, 31, 0, plain)?,
                _ => number::permute_bits(domain, 63, 0x8000_0000, plain)?,
            };
            let walked = i64::try_from(walked).ok()?;
            if value < 0 { !walked } else { walked }.to_string()
        }
        None => {
            let whole = parsed.whole.trim_start_matches('0');
            let sign: &[u8] = if parsed.negative { b"-" } else { b"" };
            let tag = head(&domain.tag(&[b"decimal", sign, whole.as_bytes(), fraction.as_bytes()]));
            (u128::from_be_bytes(tag) >> 65).to_string()
        }
    };
    // A numeric may have room for fewer digits than its token has.
    let room = room.unwrap_or(usize::MAX);
    (token.trim_start_matches('-').len() <= room).then_some(())?;
    let zeroes = parsed.fraction.len();
    Some(if zeroes == 0 { token } else { format!("{token}.{}", "0".repeat(zeroes)) })
}

fn octets(domain: &Domain, scalar: Scalar, bytes: &[u8]) -> Vec<u8> {
    let mut token = head(&domain.tag(&[b"octets", bytes]));
    match scalar {
        Scalar::Uuid => {
            // Version 8, made by whatever means, and the usual variant (RFC 9562).
            token[6] = (token[6] & 0x0f) | 0x80;
            token[8] = (token[8] & 0x3f) | 0x80;
            token.to_vec()
        }
        Scalar::MacAddr | Scalar::MacAddr8 => {
            // Given out locally, to one device.
            token[0] = (token[0] & 0xfc) | 0x02;
            token.iter().copied().take(bytes.len()).collect()
        }
        _ => token.to_vec(),
    }
}

fn head(tag: &[u8; 32]) -> [u8; 16] {
    tag.first_chunk().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::key::Key;
    use super::*;

    fn token(scalar: Scalar, format: Format, room: Option<usize>, value: &[u8]) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        cover(&Key::new([3; 32]).domain(None), scalar, format, room, value, &mut out)?;
        Some(out)
    }

    fn text_token(scalar: Scalar, value: &str) -> String {
        String::from_utf8(token(scalar, Format::Text, None, value.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn tokens_join_across_types_and_formats() {
        let long = text_token(Scalar::Text, "alice");
        assert!(long.starts_with("tok_") && long.len() == 20 && mark::shows_mask(long.as_bytes()));
        assert_eq!(long, text_token(Scalar::Varchar, "alice"));
        assert_eq!(long, text_token(Scalar::Bpchar, "alice   "));
        assert_ne!(long, text_token(Scalar::Text, "alicf"));
        let short = token(Scalar::Varchar, Format::Text, Some(12), b"alice").unwrap();
        assert_eq!(short, long.as_bytes()[..12]);
        assert_eq!(token(Scalar::Varchar, Format::Text, Some(11), b"alice"), None);

        let four = text_token(Scalar::Int4, "4711");
        assert_eq!(four, text_token(Scalar::Int8, "4711"));
        assert_eq!(four, text_token(Scalar::Numeric, "4711"));
        assert_eq!(format!("{four}.00"), text_token(Scalar::Numeric, "4711.00"));
        let binary = token(Scalar::Int4, Format::Binary, None, &4711_i32.to_be_bytes()).unwrap();
        assert_eq!(i32::from_be_bytes(binary.try_into().unwrap()).to_string(), four);
        assert!(text_token(Scalar::Int4, "-1").starts_with('-'));
        assert!(text_token(Scalar::Int8, "5000000000").parse::<i64>().unwrap() >= 1 << 31);
        assert!(text_token(Scalar::Int8, "-9223372036854775808").parse::<i64>().is_ok());
        assert_eq!(text_token(Scalar::Numeric, "1.5"), text_token(Scalar::Numeric, "01.5"));
        assert_eq!(token(Scalar::Numeric, Format::Text, Some(2), b"47"), None);
        assert_eq!(token(Scalar::Bool, Format::Text, None, b"t"), None);
    }

    #[test]
    fn tokens_are_of_the_type() {
        let uuid = text_token(Scalar::Uuid, "6f2b1c9e-0d5a-4b1e-9a57-3c1f6f0a2b44");
        assert_eq!((uuid.len(), &uuid[14..15]), (36, "8"));
        let mac = text_token(Scalar::MacAddr, "08:00:2b:01:02:03");
        assert_eq!(mac.len(), 17);
        assert_eq!(u8::from_str_radix(&mac[..2], 16).unwrap() & 3, 2);
        assert!(text_token(Scalar::Inet, "10.0.0.1").starts_with("fd"));
        assert_eq!(text_token(Scalar::Inet, "10.0.0.1"), text_token(Scalar::Inet, "10.0.0.1/32"));
        assert!(text_token(Scalar::Cidr, "10.0.0.0/8").ends_with("/128"));
        assert_eq!(text_token(Scalar::Bytea, "\\x61"), text_token(Scalar::Bytea, "a"));
    }

    #[test]
    fn numbers_keep_apart() {
        let seen: HashSet<String> =
            (0..3_000).map(|value: u32| text_token(Scalar::Int4, &value.to_string())).collect();
        assert_eq!(seen.len(), 3_000);
    }
}
