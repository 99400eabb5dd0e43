//! What a generated query may name: tables of the corpus, and the sources in its FROM.

use crate::sample::random::Random;

/// A type that expressions are generated for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// integer
    #[default]
    Int,
    /// numeric
    Num,
    /// text
    Text,
}

/// Something with columns that a FROM item gives a name to.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// Its alias.
    pub(super) name: String,
    /// Its columns.
    pub(super) columns: Vec<(String, Kind)>,
}

/// A table or view of the corpus.
pub(super) struct Table {
    /// Its name.
    pub(super) name: &'static str,
    /// Some of its columns.
    pub(super) columns: &'static [(&'static str, Kind)],
}

use Kind::{Int, Num, Text};

/// Those that may be written too.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "customers",
        columns: &[
            ("id", Int),
            ("full_name", Text),
            ("email", Text),
            ("ssn", Text),
            ("card", Text),
            ("salary", Num),
            ("notes", Text),
        ],
    },
    Table {
        name: "orders",
        columns: &[("id", Int), ("customer_id", Int), ("status", Text), ("total", Num), ("note", Text)],
    },
    Table {
        name: "items",
        columns: &[("order_id", Int), ("line", Int), ("product_id", Int), ("qty", Int), ("price", Num)],
    },
    Table { name: "products", columns: &[("id", Int), ("sku", Text), ("name", Text), ("price", Num)] },
    Table {
        name: "staff",
        columns: &[("id", Int), ("name", Text), ("boss", Int), ("salary", Num), ("dept", Text)],
    },
    Table { name: "hr.pay", columns: &[("staff_id", Int), ("amount", Num), ("iban", Text)] },
    Table { name: "public.l", columns: &[("s", Text), ("n", Int)] },
    Table { name: "animals", columns: &[("id", Int), ("name", Text)] },
];

/// Those that are only read.
pub(super) const VIEWS: &[Table] = &[
    Table { name: "v_customer", columns: &[("id", Int), ("name", Text), ("email", Text), ("nick", Text)] },
    Table { name: "v_order", columns: &[("id", Int), ("status", Text), ("mail", Text), ("total", Num)] },
    Table { name: "v_both", columns: &[("id", Int), ("who", Text)] },
    Table { name: "v_chain", columns: &[("id", Int), ("name", Text), ("top", Int)] },
    Table { name: "v_top", columns: &[("id", Int), ("mail", Text), ("total", Num)] },
    Table { name: "v_star", columns: &[("id", Int), ("ssn", Text), ("salary", Num), ("total", Num)] },
    Table { name: "mv_sales", columns: &[("product_id", Int)] },
    Table { name: "dogs", columns: &[("id", Int), ("name", Text), ("breed", Text)] },
];

impl Table {
    pub(super) fn columns(&self) -> Vec<(String, Kind)> {
        self.columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect()
    }

    pub(super) fn pick(random: &mut Random, tables: &'static [Self]) -> Option<&'static Self> {
        tables.get(usize::try_from(random.below(tables.len() as u64)).unwrap_or(0))
    }
}

/// A column of this kind that one of the sources has, mostly with its source's name before it.
pub(super) fn column(random: &mut Random, sources: &[Source], kind: Kind) -> Option<String> {
    let mut found = Vec::new();
    for source in sources {
        for (name, _) in source.columns.iter().filter(|(_, own)| *own == kind) {
            found.push((source, name));
        }
    }
    let (source, name) = found.get(usize::try_from(random.below(found.len() as u64)).unwrap_or(0))?;
    let alone =
        sources.iter().flat_map(|source| &source.columns).filter(|(other, _)| other == *name).count() == 1;
    Some(match random.below(8) {
        0 if alone => (*name).clone(),
        1 => format!("({}).{name}", source.name),
        _ => format!("{}.{name}", source.name),
    })
}
