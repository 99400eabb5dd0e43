//! What a type can hold, as far as labels care.

/// A type, roughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Characters, and types that nobody here knows, which may hold any.
    Text,
    /// Whole numbers.
    Integer,
    /// Other numbers and money.
    Number,
    /// Yes or no.
    Bool,
    /// Dates, with or without a time.
    Date,
    /// Times of day and lengths of time.
    Time,
    /// UUIDs.
    Uuid,
    /// Addresses of hosts and networks.
    Net,
    /// Addresses of network cards.
    Mac,
    /// JSON.
    Json,
    /// Bytes.
    Binary,
    /// Points, shapes, places on earth.
    Geometry,
    /// A list of words fixed by the type.
    Enum,
    /// Text prepared for searching.
    Search,
    /// Names and numbers of the server's own.
    System,
}

impl Kind {
    /// The kind behind a type's name as `format_type` writes it, without its modifiers; arrays are what they hold.
    #[must_use]
    pub fn of(type_name: &str) -> Self {
        let name = type_name.trim_end_matches("[]").trim().to_ascii_lowercase();
        let name = name.split('(').next().unwrap_or_default().trim().trim_matches('"');
        let name = name.rsplit('.').next().unwrap_or(name).trim_matches('"');
        match name {
            "smallint" | "integer" | "bigint" | "int" | "int2" | "int4" | "int8" | "serial" | "bigserial" => {
                Self::Integer
            }
            "numeric" | "decimal" | "real" | "double precision" | "float4" | "float8" | "money"
            | "vector" | "halfvec" | "int4range" | "int8range" | "numrange" => Self::Number,
            "boolean" | "bool" => Self::Bool,
            "date" | "daterange" | "tsrange" | "tstzrange" => Self::Date,
            "timestamp" | "timestamptz" => Self::Date,
            "time" | "timetz" | "interval" => Self::Time,
            "uuid" => Self::Uuid,
            "inet" | "cidr" => Self::Net,
            "macaddr" | "macaddr8" => Self::Mac,
            "json" | "jsonb" => Self::Json,
            "bytea" | "bit" | "bit varying" | "varbit" => Self::Binary,
            "point" | "line" | "lseg" | "box" | "path" | "polygon" | "circle" | "geometry" | "geography" => {
                Self::Geometry
            }
            "enum" => Self::Enum,
            "tsvector" | "tsquery" => Self::Search,
            "oid" | "xid" | "xid8" | "cid" | "tid" | "pg_lsn" | "pg_snapshot" | "txid_snapshot"
            | "regclass" | "regproc" | "regprocedure" | "regoper" | "regoperator" | "regtype" | "regrole"
            | "regnamespace" | "regconfig" | "regdictionary" | "regcollation" | "aclitem" => Self::System,
            name if name.starts_with("timestamp") => Self::Date,
            name if name.starts_with("time ") => Self::Time,
            name if name.starts_with("interval") => Self::Time,
            _ => Self::Text,
        }
    }

    /// Whether a value may be anything that somebody wrote.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Text | Self::Json | Self::Binary | Self::Search)
    }
}

/// A set of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holds(u16);

impl Holds {
    /// Characters.
    pub const TEXT: Self = Self::one(Kind::Text);
    /// Whole numbers.
    pub const INTEGER: Self = Self::one(Kind::Integer);
    /// Other numbers.
    pub const NUMBER: Self = Self::one(Kind::Number);
    /// Yes or no.
    pub const BOOL: Self = Self::one(Kind::Bool);
    /// Dates.
    pub const DATE: Self = Self::one(Kind::Date);
    /// UUIDs.
    pub const UUID: Self = Self::one(Kind::Uuid);
    /// Addresses of hosts.
    pub const NET: Self = Self::one(Kind::Net);
    /// Addresses of network cards.
    pub const MAC: Self = Self::one(Kind::Mac);
    /// JSON.
    pub const JSON: Self = Self::one(Kind::Json);
    /// Bytes.
    pub const BINARY: Self = Self::one(Kind::Binary);
    /// Places.
    pub const GEOMETRY: Self = Self::one(Kind::Geometry);
    /// Lists of words.
    pub const ENUM: Self = Self::one(Kind::Enum);
    /// Text prepared for searching.
    pub const SEARCH: Self = Self::one(Kind::Search);

    const fn one(kind: Kind) -> Self {
        Self(1 << kind as u16)
    }

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the set has this kind.
    #[must_use]
    pub fn has(self, kind: Kind) -> bool {
        self.0 & Self::one(kind).0 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_types_are_read_as_the_server_writes_them() {
        for (name, kind) in [
            ("character varying", Kind::Text),
            ("text[]", Kind::Text),
            ("numeric(10,2)", Kind::Number),
            ("timestamp without time zone", Kind::Date),
            ("time with time zone", Kind::Time),
            ("public.citext", Kind::Text),
            ("bigint", Kind::Integer),
            ("\"char\"", Kind::Text),
            ("shop.mood", Kind::Text),
            ("jsonb", Kind::Json),
        ] {
            assert_eq!(Kind::of(name), kind, "{name}");
        }
    }

    #[test]
    fn sets_have_what_was_put_in() {
        let set = Holds::TEXT.or(Holds::DATE);
        assert!(set.has(Kind::Text) && set.has(Kind::Date) && !set.has(Kind::Bool));
    }
}
