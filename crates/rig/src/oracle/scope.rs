//! The walk over a server's tree. Target lists are looked at on demand only: a sub-select's column that nobody uses is
//! no read. What chooses rows always counts.

use std::collections::BTreeSet;

use super::entry::{functions, outputs, place, relation};
use super::tree::Tree;
use super::truth::Columns;

/// Sub-selects deeper than this are cut off, which shows as columns that the server "does not read".
const DEPTH_MAX: usize = 200;

/// What was found so far.
#[derive(Default)]
pub(super) struct Walk {
    pub(super) reads: Columns,
    pub(super) predicates: Columns,
    pub(super) writes: Columns,
    pub(super) targets: BTreeSet<(u32, i64)>,
    /// Queries whose conditions were taken already, by address.
    seen: BTreeSet<usize>,
}

/// A query inside of its enclosing ones.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) query: &'a Tree,
    outer: Option<&'a Scope<'a>>,
}

/// Columns of recursive CTEs that are being looked at: the query's address and the column.
pub(super) type Open = Vec<(usize, i64)>;

fn address(tree: &Tree) -> usize {
    std::ptr::from_ref(tree).addr()
}

impl Scope<'_> {
    pub(super) fn entry(&self, number: i64) -> Option<&Tree> {
        self.query.at("rtable").items().get(usize::try_from(number).ok()?.checked_sub(1)?)
    }
}

impl Walk {
    /// A whole statement; its outputs when it returns rows.
    pub(super) fn statement(&mut self, query: &Tree) -> Option<Vec<Columns>> {
        self.query(Scope { query, outer: None }, true)
    }

    /// One query: its conditions, what it writes, and, when `all` is wanted, its outputs.
    fn query(&mut self, scope: Scope<'_>, all: bool) -> Option<Vec<Columns>> {
        let query = scope.query;
        if self.seen.insert(address(query)) {
            self.conditions(scope);
            self.changes(scope);
            for cte in query.at("cteList").items() {
                let inner = cte.at("ctequery");
                self.query(Scope { query: inner, outer: Some(&scope) }, false);
            }
        }
        let outputs = outputs(query)?;
        if !all {
            return Some(Vec::new());
        }
        let mut found = Vec::new();
        for number in 1..=outputs.len() {
            let columns = self.output(scope, i64::try_from(number).unwrap_or(0), &mut Vec::new(), 0);
            self.reads.extend(&columns);
            found.push(columns);
        }
        Some(found)
    }

    /// What chooses, joins, groups and sorts.
    fn conditions(&mut self, scope: Scope<'_>) {
        let query = scope.query;
        let mut uses = Columns::new();
        let mut take = |walk: &mut Self, tree: &Tree| {
            uses.extend(walk.uses(tree, scope, &mut Vec::new(), 0));
        };
        self.join_tree(query.at("jointree"), &mut take);
        for field in ["havingQual", "limitOffset", "limitCount", "mergeJoinCondition"] {
            take(self, query.at(field));
        }
        let grouping = ["groupClause", "distinctClause", "sortClause"].map(|field| query.at(field));
        let windows = query.at("windowClause").items();
        let windowed =
            windows.iter().flat_map(|window| [window.at("partitionClause"), window.at("orderClause")]);
        for clause in grouping.into_iter().chain(windowed).flat_map(Tree::items) {
            let wanted = clause.number("tleSortGroupRef");
            let targets = query.at("targetList").items();
            for (place, target) in targets.iter().enumerate() {
                if wanted != 0 && target.number("ressortgroupref") == wanted {
                    if query.at("setOperations").is_nothing() {
                        take(self, target.at("expr"));
                    } else {
                        let number = i64::try_from(place).unwrap_or(0).saturating_add(1);
                        let columns = self.output(scope, number, &mut Vec::new(), 0);
                        self.predicates.extend(columns);
                    }
                }
            }
        }
        for entry in query.at("rtable").items() {
            for qual in entry.at("securityQuals").items() {
                take(self, qual);
            }
            take(self, entry.at("tablesample"));
            // A joined sub-select's own conditions choose rows as well, used or not.
            if entry.number("rtekind") == 1 && !entry.at("subquery").is_nothing() {
                self.query(Scope { query: entry.at("subquery"), outer: Some(&scope) }, false);
            }
            if matches!(entry.number("rtekind"), 3..=5) {
                // A function's arguments, also of one whose columns nobody uses.
                for field in ["functions", "tablefunc", "values_lists"] {
                    let columns = self.uses(entry.at(field), scope, &mut Vec::new(), 0);
                    self.reads.extend(columns);
                }
            }
        }
        self.predicates.extend(uses);
        self.set_operation(scope, query.at("setOperations"), false);
    }

    fn join_tree(&mut self, tree: &Tree, take: &mut impl FnMut(&mut Self, &Tree)) {
        take(self, tree.at("quals"));
        for item in tree.at("fromlist").items() {
            self.join_tree(item, take);
        }
        for side in ["larg", "rarg"] {
            if !tree.at(side).is_nothing() {
                self.join_tree(tree.at(side), take);
            }
        }
    }

    /// Both arms of INTERSECT and the right one of EXCEPT choose rows.
    fn set_operation(&mut self, scope: Scope<'_>, tree: &Tree, compared: bool) {
        match tree.name() {
            "SETOPERATIONSTMT" => {
                let (left, right) = match tree.number("op") {
                    2 => (true, true),
                    3 => (compared, true),
                    _ => (compared, compared),
                };
                self.set_operation(scope, tree.at("larg"), left);
                self.set_operation(scope, tree.at("rarg"), right);
            }
            "RANGETBLREF" if compared => {
                if let Some(entry) = scope.entry(tree.number("rtindex")) {
                    let inner = Scope { query: entry.at("subquery"), outer: Some(&scope) };
                    for number in 1..=outputs(inner.query).map_or(0, |outputs| outputs.len()) {
                        let number = i64::try_from(number).unwrap_or(0);
                        let columns = self.output(inner, number, &mut Vec::new(), 0);
                        self.predicates.extend(columns);
                    }
                }
            }
            _ => {}
        }
    }

    /// What one output column of a query depends on.
    fn output(&mut self, scope: Scope<'_>, number: i64, open: &mut Open, depth: usize) -> Columns {
        let key = (address(scope.query), number);
        if depth > DEPTH_MAX || open.contains(&key) {
            return Columns::new();
        }
        open.push(key);
        self.query(scope, false);
        let operations = scope.query.at("setOperations");
        let columns = if operations.is_nothing() {
            match outputs(scope.query).unwrap_or_default().get(place(number)) {
                Some(target) => self.uses(target.at("expr"), scope, open, depth + 1),
                None => Columns::new(),
            }
        } else {
            self.operation(scope, operations, number, open, depth + 1)
        };
        open.pop();
        columns
    }

    fn operation(
        &mut self,
        scope: Scope<'_>,
        tree: &Tree,
        number: i64,
        open: &mut Open,
        depth: usize,
    ) -> Columns {
        if tree.name() == "RANGETBLREF" {
            let Some(entry) = scope.entry(tree.number("rtindex")) else { return Columns::new() };
            let inner = Scope { query: entry.at("subquery"), outer: Some(&scope) };
            return self.output(inner, number, open, depth);
        }
        let mut columns = self.operation(scope, tree.at("larg"), number, open, depth);
        // EXCEPT gives rows of its left arm only.
        if tree.number("op") != 3 {
            columns.extend(self.operation(scope, tree.at("rarg"), number, open, depth));
        }
        columns
    }

    /// All base columns below an expression.
    pub(super) fn uses(&mut self, tree: &Tree, scope: Scope<'_>, open: &mut Open, depth: usize) -> Columns {
        let mut columns = Columns::new();
        if depth > DEPTH_MAX {
            return columns;
        }
        match tree {
            Tree::Node(name, fields) => match name.as_str() {
                "VAR" => return self.variable(tree, scope, open, depth + 1),
                "FIELDSELECT" => return self.field(tree, scope, open, depth + 1),
                "SUBLINK" => return self.sub_link(tree, scope, open, depth + 1),
                // `a[1] = x`, `a.b = x`: what stays of the column is no use of it.
                "SUBSCRIPTINGREF" if !tree.at("refassgnexpr").is_nothing() => {
                    for part in ["refupperindexpr", "reflowerindexpr", "refassgnexpr"] {
                        columns.extend(self.uses(tree.at(part), scope, open, depth + 1));
                    }
                }
                "FIELDSTORE" => return self.uses(tree.at("newvals"), scope, open, depth + 1),
                _ => {
                    for value in fields.iter().flat_map(|(_, values)| values) {
                        columns.extend(self.uses(value, scope, open, depth + 1));
                    }
                }
            },
            Tree::List(items) => {
                for item in items {
                    columns.extend(self.uses(item, scope, open, depth + 1));
                }
            }
            Tree::Word(_) | Tree::Nothing => {}
        }
        columns
    }

    fn sub_link(&mut self, tree: &Tree, scope: Scope<'_>, open: &mut Open, depth: usize) -> Columns {
        let mut columns = self.uses(tree.at("testexpr"), scope, open, depth);
        let inner = Scope { query: tree.at("subselect"), outer: Some(&scope) };
        self.query(inner, false);
        // EXISTS (0) looks at no value.
        if tree.number("subLinkType") != 0 {
            for number in 1..=outputs(inner.query).map_or(0, |outputs| outputs.len()) {
                columns.extend(self.output(inner, i64::try_from(number).unwrap_or(0), open, depth));
            }
        }
        columns
    }

    /// `(c).ssn`: one column where the row is known to be a relation's or made of parts, else all that it is made of.
    fn field(&mut self, tree: &Tree, scope: Scope<'_>, open: &mut Open, depth: usize) -> Columns {
        let mut path = Vec::new();
        let mut row = tree;
        while row.name() == "FIELDSELECT" {
            path.push(row.number("fieldnum"));
            row = row.at("arg");
        }
        self.part(row, &path, scope, open, depth)
    }

    /// A part of a row; the path's last field is taken first.
    fn part(&mut self, row: &Tree, path: &[i64], scope: Scope<'_>, open: &mut Open, depth: usize) -> Columns {
        let Some((field, rest)) = path.split_last() else { return self.uses(row, scope, open, depth + 1) };
        if depth > DEPTH_MAX {
            return Columns::new();
        }
        if row.name() == "ROWEXPR" {
            let Some(part) = row.at("args").items().get(place(*field)) else { return Columns::new() };
            return self.part(part, rest, scope, open, depth + 1);
        }
        let (entry, level) = (row.number("varno"), row.number("varlevelsup"));
        if row.name() == "VAR" && level == 0 {
            let whole = row.number("varattno") == 0;
            let (column, path) = if whole { (*field, rest) } else { (row.number("varattno"), path) };
            if let Some(inner) = scope.entry(entry).filter(|entry| entry.number("rtekind") == 1) {
                let query = inner.at("subquery");
                let target = outputs(query).unwrap_or_default().get(place(column)).copied();
                if let (Some(target), true) = (target, query.at("setOperations").is_nothing()) {
                    let scope = Scope { query, outer: Some(&scope) };
                    return self.part(target.at("expr"), path, scope, open, depth + 1);
                }
            }
        }
        if row.name() == "VAR" && row.number("varattno") == 0 {
            return self.column(entry, *field, level, scope, open, depth);
        }
        self.uses(row, scope, open, depth)
    }

    fn variable(&mut self, tree: &Tree, scope: Scope<'_>, open: &mut Open, depth: usize) -> Columns {
        let level = tree.number("varlevelsup");
        self.column(tree.number("varno"), tree.number("varattno"), level, scope, open, depth)
    }

    /// What a column of a range table entry stands for.
    fn column(
        &mut self,
        entry: i64,
        number: i64,
        level: i64,
        scope: Scope<'_>,
        open: &mut Open,
        depth: usize,
    ) -> Columns {
        if level > 0 {
            let Some(outer) = scope.outer else { return Columns::new() };
            return self.column(entry, number, level - 1, *outer, open, depth);
        }
        let excluded = scope.query.at("onConflict").number("exclRelIndex");
        if excluded != 0 && excluded == entry {
            return self.excluded(number, scope, open, depth);
        }
        let Some(tree) = scope.entry(entry) else { return Columns::new() };
        let of = |list: &'static str| -> Vec<&Tree> {
            let items = tree.at(list).items();
            if number == 0 { items.iter().collect() } else { items.get(place(number)).into_iter().collect() }
        };
        let inner: Vec<&Tree> = match tree.number("rtekind") {
            // A view that is not looked through (INSTEAD OF triggers) is a relation as well.
            0 => return [(relation(tree), i16::try_from(number).unwrap_or(0))].into(),
            1 => {
                let inner = Scope { query: tree.at("subquery"), outer: Some(&scope) };
                return self.columns(inner, number, open, depth);
            }
            2 => of("joinaliasvars"),
            3 => functions(tree, number),
            4 if number != 0 && tree.at("tablefunc").number("ordinalitycol") == number - 1 => Vec::new(),
            4 => vec![tree.at("tablefunc")],
            5 => {
                let rows = tree.at("values_lists").items();
                let cells = |row: &'_ Tree| -> Vec<usize> {
                    let count = row.items().len();
                    if number == 0 { (0..count).collect() } else { vec![place(number)] }
                };
                rows.iter()
                    .flat_map(|row| cells(row).into_iter().filter_map(|cell| row.items().get(cell)))
                    .collect()
            }
            6 => return self.cte(tree, number, scope, open, depth),
            9 => of("groupexprs"),
            _ => Vec::new(),
        };
        inner.into_iter().flat_map(|tree| self.uses(tree, scope, open, depth)).collect()
    }

    /// `excluded.a` is the value that was to be inserted.
    fn excluded(&mut self, number: i64, scope: Scope<'_>, open: &mut Open, depth: usize) -> Columns {
        let targets = scope.query.at("targetList").items();
        let wanted = targets.iter().filter(|target| number == 0 || target.number("resno") == number);
        wanted.flat_map(|target| self.uses(target.at("expr"), scope, open, depth)).collect()
    }

    fn columns(&mut self, inner: Scope<'_>, number: i64, open: &mut Open, depth: usize) -> Columns {
        if number != 0 {
            return self.output(inner, number, open, depth);
        }
        let all = outputs(inner.query).map_or(0, |outputs| outputs.len());
        (1..=all)
            .flat_map(|number| self.output(inner, i64::try_from(number).unwrap_or(0), open, depth))
            .collect()
    }

    fn cte(&mut self, tree: &Tree, number: i64, scope: Scope<'_>, open: &mut Open, depth: usize) -> Columns {
        let mut level = tree.number("ctelevelsup");
        let mut home = scope;
        while level > 0 {
            let Some(outer) = home.outer else { return Columns::new() };
            home = *outer;
            level -= 1;
        }
        let name = tree.word("ctename");
        let ctes = home.query.at("cteList").items();
        let Some(cte) = ctes.iter().find(|cte| cte.word("ctename") == name) else { return Columns::new() };
        self.columns(Scope { query: cte.at("ctequery"), outer: Some(&home) }, number, open, depth)
    }
}
