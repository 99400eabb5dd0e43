//! Queries made from a seed: joins, sub-selects, CTEs, set operations, windows, grouping, views, writes with RETURNING.
//! They are meant to be valid; what a server refuses all the same does not count.

mod expression;
mod write;

use super::scope::{Kind, Source, TABLES, Table, VIEWS, column};
use crate::sample::random::Random;

/// Makes so many queries.
#[must_use]
pub fn queries(seed: u64, count: usize) -> Vec<String> {
    let mut maker = Maker { random: Random::new(seed), next: 0, ctes: Vec::new() };
    (0..count).map(|_| maker.statement()).collect()
}

struct Maker {
    random: Random,
    /// Aliases are numbered, so that none hides another by accident.
    next: u32,
    /// CTEs that may be named now.
    ctes: Vec<Source>,
}

/// A SELECT and the kinds of its columns, which are named `o1`, `o2` …
struct Select {
    text: String,
    columns: Vec<(String, Kind)>,
}

impl Maker {
    fn below(&mut self, limit: u64) -> u64 {
        self.random.below(limit)
    }

    fn name(&mut self) -> String {
        self.next += 1;
        format!("t{}", self.next)
    }

    fn kind(&mut self) -> Kind {
        self.random.pick(&[Kind::Int, Kind::Num, Kind::Text])
    }

    fn statement(&mut self) -> String {
        self.next = 0;
        self.ctes.clear();
        let with = self.with();
        let text = match self.below(20) {
            0 => self.insert(),
            1 => self.update(),
            2 => self.delete(),
            3 => self.merge(),
            _ => {
                let kinds = self.kinds();
                self.select(&kinds, &[], 3).text
            }
        };
        self.ctes.clear();
        format!("{with}{text}")
    }

    fn kinds(&mut self) -> Vec<Kind> {
        let count = 1 + self.below(4);
        (0..count).map(|_| self.kind()).collect()
    }

    fn with(&mut self) -> String {
        if !self.random.chance(30) {
            return String::new();
        }
        let recursive = self.random.chance(25);
        let mut parts = Vec::new();
        for _ in 0..1 + self.below(2) {
            let name = format!("q{}", self.ctes.len() + 1);
            let kinds = self.kinds();
            let (text, columns) = if recursive && self.random.chance(60) {
                self.recursive(&name, &kinds)
            } else if self.random.chance(15) {
                self.returning_cte()
            } else {
                let select = self.select(&kinds, &[], 1);
                (select.text, select.columns)
            };
            let how = self.random.pick(&["", "", "", "MATERIALIZED ", "NOT MATERIALIZED "]);
            parts.push(format!("{name} AS {how}({text})"));
            self.ctes.push(Source { name, columns });
        }
        format!("WITH {}{} ", if recursive { "RECURSIVE " } else { "" }, parts.join(", "))
    }

    fn recursive(&mut self, name: &str, kinds: &[Kind]) -> (String, Vec<(String, Kind)>) {
        let first = self.core(kinds, &[], 0);
        let alias = self.name();
        let itself = Source { name: alias.clone(), columns: first.columns.clone() };
        let (from, mut sources) = self.from(&[], 0);
        sources.push(itself);
        let outputs: Vec<String> =
            kinds.iter().map(|kind| cast(&self.expression(*kind, &sources, &[], 1), *kind)).collect();
        let condition = self.condition(&sources, &[], 0);
        let columns = first.columns.clone();
        let all = self.random.pick(&["", "ALL "]);
        (
            format!(
                "{} UNION {all}SELECT {} FROM {from} CROSS JOIN {name} AS {alias} WHERE {condition}",
                first.text,
                outputs.join(", ")
            ),
            columns,
        )
    }

    /// A SELECT, also of set operations.
    fn select(&mut self, kinds: &[Kind], outer: &[Source], depth: u32) -> Select {
        let first = self.core(kinds, outer, depth);
        if depth == 0 || !self.random.chance(20) {
            return first;
        }
        let mut text = first.text;
        for _ in 0..1 + self.below(2) {
            let arm = self.core(kinds, outer, depth - 1);
            let operation = self.random.pick(&["UNION", "UNION ALL", "EXCEPT", "INTERSECT", "EXCEPT ALL"]);
            text = if self.random.chance(20) {
                format!("({}) {operation} ({text})", arm.text)
            } else {
                format!("({text}) {operation} ({})", arm.text)
            };
        }
        if self.random.chance(40) {
            text.push_str(" ORDER BY 1");
        }
        Select { text, columns: first.columns }
    }

    fn core(&mut self, kinds: &[Kind], outer: &[Source], depth: u32) -> Select {
        let (from, sources) = self.from(outer, depth);
        let grouped = self.random.chance(20);
        let (list, columns, group) = if grouped {
            self.grouped(kinds, &sources, outer)
        } else {
            let (list, columns) = self.list(kinds, &sources, outer, depth);
            (list, columns, String::new())
        };
        let mut text = String::from("SELECT ");
        let distinct = !grouped && self.random.chance(10);
        if distinct {
            text.push_str("DISTINCT ");
        }
        text.push_str(&list);
        text.push_str(&format!(" FROM {from}"));
        if self.random.chance(60) {
            text.push_str(&format!(" WHERE {}", self.condition(&sources, outer, depth)));
        }
        text.push_str(&group);
        // An ordered arm of a set operation stands in brackets.
        if self.random.chance(25) {
            let key = if grouped || distinct || self.random.chance(50) {
                self.random.pick(&["1", "o1"]).to_owned()
            } else {
                let kind = self.kind();
                self.expression(kind, &sources, outer, 1)
            };
            text.push_str(&format!(
                " ORDER BY {}",
                if key.parse::<i64>().is_ok() { "1".into() } else { key }
            ));
            if self.random.chance(50) {
                text.push_str(" LIMIT 5");
            }
        }
        let text = if text.contains(" ORDER BY ") && depth < 3 { format!("({text})") } else { text };
        Select { text, columns }
    }

    fn list(
        &mut self,
        kinds: &[Kind],
        sources: &[Source],
        outer: &[Source],
        depth: u32,
    ) -> (String, Vec<(String, Kind)>) {
        let mut items = Vec::new();
        let mut columns = Vec::new();
        for (place, kind) in kinds.iter().enumerate() {
            let name = format!("o{}", place + 1);
            let value = match column(&mut self.random, sources, *kind) {
                Some(column) if self.random.chance(40) => column,
                _ => cast(&self.expression(*kind, sources, outer, depth.min(2) + 1), *kind),
            };
            items.push(format!("{value} AS {name}"));
            columns.push((name, *kind));
        }
        (items.join(", "), columns)
    }

    fn grouped(
        &mut self,
        kinds: &[Kind],
        sources: &[Source],
        outer: &[Source],
    ) -> (String, Vec<(String, Kind)>, String) {
        let key_kind = self.kind();
        let key = column(&mut self.random, sources, key_kind)
            .or_else(|| column(&mut self.random, sources, Kind::Int))
            .unwrap_or_else(|| "1 + 0".into());
        let mut items = Vec::new();
        let mut columns = Vec::new();
        for (place, kind) in kinds.iter().enumerate() {
            let inner = self.expression(*kind, sources, outer, 1);
            let filter = if self.random.chance(20) {
                format!(" FILTER (WHERE {})", self.condition(sources, &[], 0))
            } else {
                String::new()
            };
            let value = match kind {
                Kind::Text if self.random.chance(50) => format!("string_agg({inner}, ','){filter}"),
                Kind::Int if self.random.chance(30) => format!("count({inner}){filter}::int"),
                _ => format!("max({inner}){filter}"),
            };
            let name = format!("o{}", place + 1);
            items.push(format!("{} AS {name}", cast(&value, *kind)));
            columns.push((name, *kind));
        }
        let how = match self.below(5) {
            0 => format!("ROLLUP ({key})"),
            1 => format!("GROUPING SETS (({key}), ())"),
            _ => key,
        };
        let having = if self.random.chance(30) {
            let kind = self.kind();
            format!(" HAVING count({}) > 1", self.expression(kind, sources, &[], 1))
        } else {
            String::new()
        };
        (items.join(", "), columns, format!(" GROUP BY {how}{having}"))
    }

    fn from(&mut self, outer: &[Source], depth: u32) -> (String, Vec<Source>) {
        let (mut text, first) = self.item(outer, depth);
        let mut sources = vec![first];
        for _ in 0..self.below(3) {
            // LATERAL is not possible to the right of RIGHT and FULL joins.
            let lateral = depth > 0 && self.random.chance(20);
            let seen: Vec<Source> = if lateral { sources.clone() } else { Vec::new() };
            let (right, source) = if lateral {
                self.sub_select(&seen, depth - 1, "LATERAL ")
            } else {
                self.item(outer, depth.saturating_sub(1))
            };
            let shared = shared(&sources, &source);
            let shared = shared.get(usize::try_from(self.below(shared.len() as u64)).unwrap_or(0)).cloned();
            match (self.below(6), shared) {
                (0, Some(name)) if !lateral => {
                    let join = self.random.pick(&["JOIN", "LEFT JOIN", "FULL JOIN", "RIGHT JOIN"]);
                    text = format!("({text} {join} {right} USING ({name}))");
                }
                (1, _) => text = format!("{text} CROSS JOIN {right}"),
                (kind, _) => {
                    sources.push(source.clone());
                    let condition = self.on(&sources, &source);
                    sources.pop();
                    let join = match kind {
                        2 => "LEFT JOIN",
                        3 if !lateral => "FULL JOIN",
                        _ => "JOIN",
                    };
                    text = format!("{text} {join} {right} ON {condition}");
                }
            }
            sources.push(source);
        }
        (text, sources)
    }

    fn item(&mut self, outer: &[Source], depth: u32) -> (String, Source) {
        let alias = self.name();
        if !self.ctes.is_empty() && self.random.chance(35) {
            let place = usize::try_from(self.below(self.ctes.len() as u64)).unwrap_or(0);
            if let Some(cte) = self.ctes.get(place).cloned() {
                return (format!("{} AS {alias}", cte.name), Source { name: alias, columns: cte.columns });
            }
        }
        if depth > 0 && self.random.chance(25) {
            return self.sub_select(&[], depth - 1, "");
        }
        match self.below(12) {
            0 => {
                let columns = vec![("a".to_owned(), Kind::Int), ("b".to_owned(), Kind::Text)];
                let inner = self.expression(Kind::Text, outer, &[], 1);
                (
                    format!("(VALUES (1, 'x'), (2, {})) AS {alias}(a, b)", cast(&inner, Kind::Text)),
                    Source { name: alias, columns },
                )
            }
            1 => (
                format!("generate_series(1, 3) AS {alias}(a)"),
                Source { name: alias, columns: vec![("a".into(), Kind::Int)] },
            ),
            roll => {
                let tables = if roll < 5 { VIEWS } else { TABLES };
                let Some(table) = Table::pick(&mut self.random, tables) else {
                    return (String::new(), Source { name: alias, columns: Vec::new() });
                };
                let mut columns = table.columns();
                let mut list = String::new();
                // A list of column aliases needs the columns in their order, which views of the list above keep.
                if table.name == "public.l" && self.random.chance(50) {
                    columns = vec![("x".into(), Kind::Text), ("y".into(), Kind::Int)];
                    list = "(x, y)".into();
                }
                (format!("{} AS {alias}{list}", table.name), Source { name: alias, columns })
            }
        }
    }

    fn sub_select(&mut self, outer: &[Source], depth: u32, before: &str) -> (String, Source) {
        let kinds = self.kinds();
        let alias = self.name();
        let select = self.select(&kinds, outer, depth);
        (format!("{before}({}) AS {alias}", select.text), Source { name: alias, columns: select.columns })
    }
}

/// Names that both sides have once.
fn shared(sources: &[Source], right: &Source) -> Vec<String> {
    let all: Vec<&(String, Kind)> = sources.iter().flat_map(|source| &source.columns).collect();
    let once = |column: &&(String, Kind)| {
        all.iter().filter(|(name, _)| *name == column.0).count() == 1 && all.contains(column)
    };
    right.columns.iter().filter(once).map(|(name, _)| name.clone()).collect()
}

fn cast(text: &str, kind: Kind) -> String {
    let kind = match kind {
        Kind::Int => "int",
        Kind::Num => "numeric",
        Kind::Text => "text",
    };
    format!("({text})::{kind}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_decides() {
        assert_eq!(queries(7, 50), queries(7, 50));
        assert_ne!(queries(7, 50), queries(8, 50));
    }
}
