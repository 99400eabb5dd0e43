//! The types that PostgreSQL 14 to 18 ship with fixed OIDs (`pg_type.dat`), and what a full mask shows for each.

use super::kind::{Format, Kind, TypeOf};
use std::sync::Arc;

/// A type without parts of interest, by how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the type of that name")]
pub enum Scalar {
    Bool,
    Bytea,
    Char,
    Name,
    Int2,
    Int4,
    Int8,
    Int2Vector,
    OidVector,
    Oid,
    Reg,
    Text,
    Varchar,
    Bpchar,
    Tid,
    Xid,
    Xid8,
    Json,
    Jsonb,
    JsonPath,
    Xml,
    Point,
    Lseg,
    Path,
    Box,
    Polygon,
    Line,
    Circle,
    Inet,
    Cidr,
    MacAddr,
    MacAddr8,
    Float4,
    Float8,
    Numeric,
    Money,
    Date,
    Time,
    TimeTz,
    Timestamp,
    TimestampTz,
    Interval,
    Bit,
    VarBit,
    Uuid,
    Snapshot,
    PgLsn,
    TsVector,
    TsQuery,
    Void,
}

impl Scalar {
    /// A text as it stands, the same in both formats.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Varchar | Self::Bpchar | Self::Name)
    }

    /// A number, a truth value, a time or an identifier of fixed form.
    pub(super) fn is_plain(self) -> bool {
        matches!(
            self,
            Self::Bool
                | Self::Int2
                | Self::Int4
                | Self::Int8
                | Self::Oid
                | Self::Float4
                | Self::Float8
                | Self::Numeric
                | Self::Money
                | Self::Date
                | Self::Time
                | Self::TimeTz
                | Self::Timestamp
                | Self::TimestampTz
                | Self::Interval
                | Self::Uuid
        )
    }

    pub(super) fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Jsonb)
    }

    /// Written in text as the session's DateStyle or IntervalStyle has it.
    pub(super) fn is_styled(self) -> bool {
        matches!(self, Self::Date | Self::Timestamp | Self::TimestampTz | Self::Interval)
    }
}

/// The arrays of the types below: the array's OID and its element's.
const ARRAYS: [(u32, u32); 76] = [
    (143, 142),
    (199, 114),
    (271, 5069),
    (629, 628),
    (651, 650),
    (719, 718),
    (775, 774),
    (791, 790),
    (1000, 16),
    (1001, 17),
    (1002, 18),
    (1003, 19),
    (1005, 21),
    (1006, 22),
    (1007, 23),
    (1008, 24),
    (1009, 25),
    (1010, 27),
    (1011, 28),
    (1012, 29),
    (1013, 30),
    (1014, 1042),
    (1015, 1043),
    (1016, 20),
    (1017, 600),
    (1018, 601),
    (1019, 602),
    (1020, 603),
    (1021, 700),
    (1022, 701),
    (1027, 604),
    (1028, 26),
    (1040, 829),
    (1041, 869),
    (1115, 1114),
    (1182, 1082),
    (1183, 1083),
    (1185, 1184),
    (1187, 1186),
    (1231, 1700),
    (1263, 2275),
    (1270, 1266),
    (1561, 1560),
    (1563, 1562),
    (2201, 1790),
    (2207, 2202),
    (2208, 2203),
    (2209, 2204),
    (2210, 2205),
    (2211, 2206),
    (2287, 2249),
    (2949, 2970),
    (2951, 2950),
    (3221, 3220),
    (3643, 3614),
    (3645, 3615),
    (3735, 3734),
    (3770, 3769),
    (3807, 3802),
    (3905, 3904),
    (3907, 3906),
    (3909, 3908),
    (3911, 3910),
    (3913, 3912),
    (3927, 3926),
    (4073, 4072),
    (4090, 4089),
    (4097, 4096),
    (4192, 4191),
    (5039, 5038),
    (6150, 4451),
    (6151, 4532),
    (6152, 4533),
    (6153, 4534),
    (6155, 4535),
    (6157, 4536),
];

/// What a shipped type is. `None`: not one with a fixed OID. Types that the server makes for itself only, such as
/// `pg_node_tree` and the statistics' own, are [`Kind::Unknown`]: they become NULL.
pub(super) fn kind(oid: u32) -> Option<Kind> {
    if let Some((_, element)) = ARRAYS.iter().find(|(array, _)| *array == oid) {
        return Some(Kind::Array(Arc::new(TypeOf::built_in(*element, -1)?)));
    }
    Some(Kind::Scalar(match oid {
        16 => Scalar::Bool,
        17 => Scalar::Bytea,
        18 => Scalar::Char,
        19 => Scalar::Name,
        20 => Scalar::Int8,
        21 => Scalar::Int2,
        22 => Scalar::Int2Vector,
        23 => Scalar::Int4,
        24 | 2202..=2206 | 3734 | 3769 | 4089 | 4096 | 4191 => Scalar::Reg,
        // `unknown`, `cstring` and `refcursor` are written as texts are.
        25 | 705 | 1790 | 2275 => Scalar::Text,
        26 => Scalar::Oid,
        27 => Scalar::Tid,
        28 | 29 => Scalar::Xid,
        30 => Scalar::OidVector,
        114 => Scalar::Json,
        142 => Scalar::Xml,
        600 => Scalar::Point,
        601 => Scalar::Lseg,
        602 => Scalar::Path,
        603 => Scalar::Box,
        604 => Scalar::Polygon,
        628 => Scalar::Line,
        650 => Scalar::Cidr,
        700 => Scalar::Float4,
        701 => Scalar::Float8,
        718 => Scalar::Circle,
        774 => Scalar::MacAddr8,
        790 => Scalar::Money,
        829 => Scalar::MacAddr,
        869 => Scalar::Inet,
        1042 => Scalar::Bpchar,
        1043 => Scalar::Varchar,
        1082 => Scalar::Date,
        1083 => Scalar::Time,
        1114 => Scalar::Timestamp,
        1184 => Scalar::TimestampTz,
        1186 => Scalar::Interval,
        1266 => Scalar::TimeTz,
        1560 => Scalar::Bit,
        1562 => Scalar::VarBit,
        1700 => Scalar::Numeric,
        2278 => Scalar::Void,
        2950 => Scalar::Uuid,
        2970 | 5038 => Scalar::Snapshot,
        3220 => Scalar::PgLsn,
        3614 => Scalar::TsVector,
        3615 => Scalar::TsQuery,
        3802 => Scalar::Jsonb,
        4072 => Scalar::JsonPath,
        5069 => Scalar::Xid8,
        2249 => return Some(Kind::Record),
        3904 | 3906 | 3908 | 3910 | 3912 | 3926 => return Some(Kind::Range),
        4451 | 4532..=4536 => return Some(Kind::MultiRange),
        // aclitem, pg_node_tree, gtsvector, statistics, row types of the catalogue, pseudo-types.
        1..12_000 => return Some(Kind::Unknown),
        _ => return None,
    }))
}

/// What a full mask shows for a type that has one constant whatever the session's styles are.
pub(super) fn constant(of: &TypeOf, scalar: Scalar, format: Format) -> Vec<u8> {
    match format {
        Format::Text => text(of, scalar),
        Format::Binary => binary(of, scalar),
    }
}

/// The mark, within what the type has room for.
fn marked(of: &TypeOf) -> Vec<u8> {
    let most = of.length_max().unwrap_or(usize::MAX);
    super::mark::FULL.iter().copied().take(most).collect()
}

/// Bits that a full mask shows; a column that declares more shows fewer, which drivers take.
const BITS_MAX: usize = 65_536;

/// How many bits a full mask of a bit string has: what the type declares, else one. The value's own length is not told.
fn bits(of: &TypeOf, scalar: Scalar) -> usize {
    if scalar == Scalar::Bit { usize::try_from(of.modifier).unwrap_or(1).clamp(1, BITS_MAX) } else { 1 }
}

fn text(of: &TypeOf, scalar: Scalar) -> Vec<u8> {
    let fixed: &[u8] = match scalar {
        Scalar::Text | Scalar::Varchar | Scalar::Bpchar | Scalar::Name | Scalar::Char => return marked(of),
        Scalar::Bool => b"f",
        Scalar::Bytea => b"\\x2a2a2a",
        Scalar::Int2 | Scalar::Int4 | Scalar::Int8 | Scalar::Oid | Scalar::Xid | Scalar::Xid8 => b"0",
        // What all of them read; `-` is an operator.
        Scalar::Reg => b"0",
        Scalar::Int2Vector | Scalar::OidVector | Scalar::Float4 | Scalar::Float8 => b"0",
        Scalar::Tid => b"(0,0)",
        Scalar::Json | Scalar::Jsonb | Scalar::JsonPath => b"\"***\"",
        Scalar::Xml => b"<masked>***</masked>",
        Scalar::Point => b"(0,0)",
        Scalar::Lseg => b"[(0,0),(0,0)]",
        Scalar::Path | Scalar::Polygon => b"((0,0))",
        Scalar::Box => b"(0,0),(0,0)",
        Scalar::Line => b"{0,-1,0}",
        Scalar::Circle => b"<(0,0),0>",
        Scalar::Inet => b"0.0.0.0",
        Scalar::Cidr => b"0.0.0.0/32",
        Scalar::MacAddr => b"00:00:00:00:00:00",
        Scalar::MacAddr8 => b"00:00:00:00:00:00:00:00",
        Scalar::Numeric => return super::decimal::zero(of.scale()).into_bytes(),
        Scalar::Money => b"$0.00",
        Scalar::Date => b"1900-01-01",
        Scalar::Timestamp => b"1900-01-01 00:00:00",
        Scalar::TimestampTz => b"1900-01-01 00:00:00+00",
        Scalar::Time | Scalar::Interval => b"00:00:00",
        Scalar::TimeTz => b"00:00:00+00",
        Scalar::Bit | Scalar::VarBit => return vec![b'0'; bits(of, scalar)],
        Scalar::Uuid => b"00000000-0000-0000-0000-000000000000",
        Scalar::Snapshot => b"1:1:",
        Scalar::PgLsn => b"0/0",
        Scalar::TsVector | Scalar::TsQuery => b"'***'",
        Scalar::Void => b"",
    };
    fixed.to_vec()
}

/// The days from 2000-01-01, where PostgreSQL counts from, to 1900-01-01.
pub(super) const DAYS_1900: i32 = -36_524;

fn binary(of: &TypeOf, scalar: Scalar) -> Vec<u8> {
    let zeroes = |count: usize| vec![0; count];
    match scalar {
        Scalar::Text | Scalar::Varchar | Scalar::Bpchar | Scalar::Name | Scalar::Char => marked(of),
        Scalar::Bool => zeroes(1),
        Scalar::Bytea => b"***".to_vec(),
        Scalar::Int2 => zeroes(2),
        Scalar::Int4 | Scalar::Oid | Scalar::Reg | Scalar::Xid | Scalar::Float4 => zeroes(4),
        Scalar::Int8 | Scalar::Xid8 | Scalar::Float8 | Scalar::Money | Scalar::PgLsn | Scalar::Time => {
            zeroes(8)
        }
        // One dimension, no NULL, the element's OID, one element from 0 on.
        Scalar::Int2Vector => [&words(&[1, 0, 21, 1, 0, 2])[..], &[0, 0]].concat(),
        Scalar::OidVector => words(&[1, 0, 26, 1, 0, 4, 0]),
        Scalar::Tid => zeroes(6),
        Scalar::Json => b"\"***\"".to_vec(),
        Scalar::Jsonb | Scalar::JsonPath => b"\x01\"***\"".to_vec(),
        Scalar::Xml => b"<masked>***</masked>".to_vec(),
        Scalar::Point => zeroes(16),
        Scalar::Lseg | Scalar::Box => zeroes(32),
        // Closed, one point.
        Scalar::Path => [&[1, 0, 0, 0, 1][..], &zeroes(16)].concat(),
        Scalar::Polygon => [&words(&[1])[..], &zeroes(16)].concat(),
        Scalar::Line => [0_f64, -1.0, 0.0].iter().flat_map(|part| part.to_be_bytes()).collect(),
        Scalar::Circle => zeroes(24),
        // IPv4, 32 bits, whether a cidr, four bytes of address.
        Scalar::Inet => vec![2, 32, 0, 4, 0, 0, 0, 0],
        Scalar::Cidr => vec![2, 32, 1, 4, 0, 0, 0, 0],
        Scalar::MacAddr => zeroes(6),
        Scalar::MacAddr8 => zeroes(8),
        Scalar::Numeric => super::decimal::encode(&super::decimal::zero(of.scale())).unwrap_or_default(),
        Scalar::Date => DAYS_1900.to_be_bytes().to_vec(),
        Scalar::Timestamp | Scalar::TimestampTz => {
            (i64::from(DAYS_1900) * 86_400_000_000).to_be_bytes().to_vec()
        }
        Scalar::Interval => zeroes(16),
        Scalar::TimeTz => zeroes(12),
        Scalar::Bit | Scalar::VarBit => {
            let bits = bits(of, scalar);
            let length = u32::try_from(bits).unwrap_or(1);
            [&words(&[length])[..], &zeroes(bits.div_ceil(8))].concat()
        }
        Scalar::Uuid => zeroes(16),
        // No transactions in progress, from 1 to 1.
        Scalar::Snapshot => words(&[0, 0, 1, 0, 1]),
        // One lexeme without positions.
        Scalar::TsVector => [&words(&[1])[..], b"***\0\0\0"].concat(),
        // One item: a value, of any weight, no prefix.
        Scalar::TsQuery => [&words(&[1])[..], &[1, 0, 0], b"***\0"].concat(),
        Scalar::Void => Vec::new(),
    }
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}
