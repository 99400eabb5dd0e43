//! Expressions and conditions of generated queries.

use super::Maker;
use crate::corpus::scope::{Kind, Source, column};

impl Maker {
    /// A condition that FULL JOIN can do as well: an equality of both sides.
    pub(super) fn on(&mut self, sources: &[Source], right: &Source) -> String {
        let left = sources.get(..sources.len().saturating_sub(1)).unwrap_or_default();
        for kind in [Kind::Int, Kind::Text, Kind::Num] {
            let one = column(&mut self.random, left, kind);
            let other = column(&mut self.random, std::slice::from_ref(right), kind);
            if let (Some(one), Some(other)) = (one, other) {
                return format!(
                    "{} = {}",
                    qualified(&one, left),
                    qualified(&other, std::slice::from_ref(right))
                );
            }
        }
        "true".into()
    }

    pub(super) fn condition(&mut self, sources: &[Source], outer: &[Source], depth: u32) -> String {
        let kind = self.kind();
        let left = self.expression(kind, sources, outer, 1);
        let right = self.expression(kind, sources, outer, 1);
        match self.below(10) {
            0 if depth > 0 => {
                let inner = self.select(&[kind], sources, depth - 1);
                format!("{left} IN ({})", inner.text)
            }
            1 if depth > 0 => {
                let kinds = self.kinds();
                format!("EXISTS ({})", self.select(&kinds, sources, depth - 1).text)
            }
            2 if depth > 0 => {
                format!("NOT ({}) OR {left} IS NULL", self.condition(sources, outer, depth - 1))
            }
            3 => format!("{left} BETWEEN {right} AND {left}"),
            4 => format!("{left} IS DISTINCT FROM {right}"),
            5 if kind == Kind::Text => format!("{left} LIKE 'a%'"),
            6 => format!("({left}, 1) < ({right}, 2)"),
            7 if depth > 0 => {
                format!("{left} > {right} AND {}", self.condition(sources, outer, depth - 1))
            }
            8 => format!("{left} = ANY (ARRAY[{right}])"),
            _ => format!("{left} = {right}"),
        }
    }

    pub(super) fn expression(
        &mut self,
        kind: Kind,
        sources: &[Source],
        outer: &[Source],
        depth: u32,
    ) -> String {
        if let Some(column) = column(&mut self.random, outer, kind).filter(|_| self.random.chance(15)) {
            return qualified(&column, outer);
        }
        let plain = match column(&mut self.random, sources, kind) {
            Some(column) if self.random.chance(85) => column,
            _ => match kind {
                Kind::Int => self.below(100).to_string(),
                Kind::Num => format!("{}.5", self.below(100)),
                Kind::Text => format!("'v{}'::text", self.below(10)),
            },
        };
        if depth == 0 || self.random.chance(45) {
            return plain;
        }
        let other = self.expression(kind, sources, outer, depth - 1);
        match (self.below(9), kind) {
            (0, _) => format!("coalesce({plain}, {other})"),
            (1, _) => {
                let condition = self.condition(sources, outer, 0);
                format!("CASE WHEN {condition} THEN {plain} ELSE {other} END")
            }
            (2, _) if depth > 1 => {
                let inner = self.core(&[kind], sources, 0);
                format!("(SELECT max(s.o1) FROM ({}) s)", inner.text)
            }
            (3, _) => format!("greatest({plain}, {other})"),
            (4, Kind::Text) => format!("upper({plain})"),
            (_, Kind::Text) => format!("({plain} || {other})"),
            (4, Kind::Int) => {
                let text = self.expression(Kind::Text, sources, outer, depth - 1);
                format!("length({text})")
            }
            (5, Kind::Int) => format!("plus_one({plain})"),
            (_, _) => format!("({plain} + {other})"),
        }
    }
}

/// The column with its source's name, since a bare one may mean another inside.
fn qualified(column: &str, sources: &[Source]) -> String {
    if column.contains('.') {
        return column.to_owned();
    }
    let source = sources.iter().find(|source| source.columns.iter().any(|(name, _)| name == column));
    source.map_or_else(|| column.to_owned(), |source| format!("{}.{column}", source.name))
}
