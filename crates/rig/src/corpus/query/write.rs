//! Generated statements that write.

use super::{Maker, cast};
use crate::corpus::scope::{Kind, Source, TABLES, Table};

impl Maker {
    pub(super) fn returning_cte(&mut self) -> (String, Vec<(String, Kind)>) {
        let Some(table) = Table::pick(&mut self.random, TABLES) else { return (String::new(), Vec::new()) };
        let alias = self.name();
        let source = Source { name: alias.clone(), columns: table.columns() };
        let condition = self.condition(std::slice::from_ref(&source), &[], 1);
        let kinds = self.kinds();
        let (list, columns) = self.list(&kinds, std::slice::from_ref(&source), &[], 1);
        (format!("DELETE FROM {} AS {alias} WHERE {condition} RETURNING {list}", table.name), columns)
    }

    pub(super) fn insert(&mut self) -> String {
        let select = self.select(&[Kind::Text, Kind::Int], &[], 2);
        let conflict = self.random.pick(&["", "", " ON CONFLICT DO NOTHING"]);
        let returning = self.random.pick(&["", " RETURNING s AS o1, n + 1 AS o2", " RETURNING *"]);
        format!("INSERT INTO l (s, n) {}{conflict}{returning}", select.text)
    }

    pub(super) fn update(&mut self) -> String {
        let Some(table) = Table::pick(&mut self.random, TABLES) else { return String::new() };
        let alias = self.name();
        let target = Source { name: alias.clone(), columns: table.columns() };
        let (from, mut sources) = self.from(&[], 1);
        sources.push(target.clone());
        let mut sets = Vec::new();
        for (name, kind) in target.columns.iter().skip(1).take(2) {
            sets.push(format!("{name} = {}", cast(&self.expression(*kind, &sources, &[], 2), *kind)));
        }
        let condition = self.condition(&sources, &[], 1);
        let kinds = self.kinds();
        let (list, _) = self.list(&kinds, &sources, &[], 1);
        format!(
            "UPDATE {} AS {alias} SET {} FROM {from} WHERE {condition} RETURNING {list}",
            table.name,
            sets.join(", ")
        )
    }

    pub(super) fn delete(&mut self) -> String {
        let Some(table) = Table::pick(&mut self.random, TABLES) else { return String::new() };
        let alias = self.name();
        let (from, mut sources) = self.from(&[], 1);
        sources.push(Source { name: alias.clone(), columns: table.columns() });
        let condition = self.condition(&sources, &[], 1);
        let kinds = self.kinds();
        let (list, _) = self.list(&kinds, &sources, &[], 1);
        format!("DELETE FROM {} AS {alias} USING {from} WHERE {condition} RETURNING {list}", table.name)
    }

    pub(super) fn merge(&mut self) -> String {
        let alias = self.name();
        let target =
            Source { name: alias.clone(), columns: vec![("s".into(), Kind::Text), ("n".into(), Kind::Int)] };
        let (from, source) = self.sub_select(&[], 1, "");
        let both = [source.clone(), target];
        let on = self.condition(&both, &[], 0);
        let value = cast(&self.expression(Kind::Text, &both, &[], 1), Kind::Text);
        let added = cast(&self.expression(Kind::Int, std::slice::from_ref(&source), &[], 1), Kind::Int);
        format!(
            "MERGE INTO l AS {alias} USING {from} ON {on} WHEN MATCHED THEN UPDATE SET s = {value} \
             WHEN NOT MATCHED THEN INSERT (n) VALUES ({added})"
        )
    }
}
