//! What one body does by itself: the facts of its statements. Functions that it calls are named in them, and
//! followed by whoever asks.

use std::sync::Arc;

use model::facts::{Facts, RiskKind, Verb};

use crate::catalogue::{Function, Volatility};
use crate::function::input;
use crate::gather::{Cx, Gather, Variable, VariableKind};
use crate::query::{coerce, coerce_any, stands};
use crate::view::{Effect, Lost, View};

use super::plpgsql::{self, Declared, Sets, Step};
use super::{TRIGGERS, foreign, step};

/// The pseudo-type of a row whose columns the function says.
const RECORD: u32 = 2249;

/// What one body does.
pub(super) struct Own {
    /// `schema.name`
    pub(super) about: String,
    pub(super) facts: Facts,
    pub(super) effects: Vec<Effect>,
    /// It may roll back what it did.
    pub(super) undoes: bool,
    /// What it makes of the row of a trigger.
    pub(super) sets: Sets,
}

/// The work on one body.
struct Work<'a> {
    about: String,
    gather: Gather,
    effects: Vec<Effect>,
    /// It runs what nobody can see from here.
    unseen: bool,
    undoes: bool,
    sets: Sets,
    cx: Cx<'a>,
}

impl Own {
    /// A function's body.
    pub(super) fn of(function: &Function, cx: Cx<'_>) -> Self {
        let view = view_of(function, cx.view);
        let variables = parameters(function);
        let cx = cx.with_view(&view).with_variables(&variables).within_body();
        let mut work = Work::new(format!("{}.{}", function.schema, function.name), cx);
        let before = variables.as_slice();
        match (&*function.language, function.body.as_deref()) {
            ("sql", Some(text)) if function.atomic => work.sql(&step::unwrapped(text), cx),
            ("sql", Some(text)) => work.sql(text, cx),
            ("plpgsql", Some(text)) => work.plpgsql(text, before, may_hide(function)),
            ("sql" | "plpgsql", None) => work.gather.opaque("body", "its text is not known"),
            _ => {
                foreign(function, cx, &mut work.gather);
                // Who adds code to the server itself does not mean to show what is hidden.
                work.sets.all = !crate::function::is_native(function);
                work.hidden(may_hide(function) && !crate::function::is_native(function));
            }
        }
        input(function.returns, cx, &mut work.gather);
        results(function, cx, &mut work.gather);
        for kind in &function.arguments {
            input(*kind, cx, &mut work.gather);
            stands(*kind, cx, &mut work.gather);
        }
        if function.path.is_some() {
            // What its own SET search_path replaced comes back when it is left.
            work.effects.retain(|effect| !matches!(effect, Effect::Path { local: true, .. }));
        }
        work.finish()
    }

    /// A DO block.
    pub(super) fn of_block(text: &str, language: &str, cx: Cx<'_>) -> Self {
        let mut work = Work::new("DO".to_owned(), cx);
        if language == "plpgsql" {
            work.plpgsql(text, cx.variables, true);
        } else {
            work.gather.opaque("body", format!("`{language}` is not read by the gate"));
            if !matches!(language, "plperl" | "pltcl" | "plv8" | "sql") {
                work.gather.risk(RiskKind::NativeCode, language);
            }
            work.hidden(true);
        }
        work.finish()
    }
}

impl<'a> Work<'a> {
    fn new(about: String, cx: Cx<'a>) -> Self {
        let (gather, effects, sets) = (Gather::default(), Vec::new(), Sets::default());
        Self { about, gather, effects, unseen: false, undoes: false, sets, cx }
    }

    /// Nobody can tell what it does; `hides`: it may make objects that only the session sees.
    fn hidden(&mut self, hides: bool) {
        self.unseen = true;
        if hides {
            self.effects.push(Effect::Lost(Lost::Hidden));
        }
    }

    /// A text of statements, read as a whole before any of it runs.
    fn sql(&mut self, text: &str, cx: Cx<'_>) {
        let effects = step::run(text, cx, &mut self.gather);
        // Servers differ in whether what follows is read before or after.
        if effects.iter().any(|effect| matches!(effect, Effect::Path { .. } | Effect::Object(_))) {
            self.gather.opaque("body", "it changes what its own names stand for");
        }
        self.effects.extend(effects);
    }

    fn plpgsql(&mut self, text: &str, outer: &[Variable], hides: bool) {
        let program = match plpgsql::read(text, outer.iter().map(|one| one.name.to_string()).collect()) {
            Ok(program) => program,
            Err(reason) => {
                self.gather.opaque("body", reason);
                self.sets.all = true;
                self.hidden(hides);
                return;
            }
        };
        let mut variables = outer.to_vec();
        self.sets = program.sets;
        // The special ones: a column of the same name is found first.
        for name in ["found", "sqlstate", "sqlerrm", "new", "old"] {
            variables.push(open(name));
        }
        for name in
            ["op", "name", "when", "level", "nargs", "argv", "relid", "relname", "table_name", "table_schema"]
        {
            variables.push(open(&format!("tg_{name}")));
        }
        variables.push(open("tg_event"));
        variables.push(open("tg_tag"));
        variables.extend(program.names.iter().map(|declared| self.variable(declared)));
        // What it makes it sees itself from then on.
        let mut view = self.cx.view.clone();
        for one in program.steps {
            match one {
                Step::Sql { text, sure } => {
                    let cx = self.cx.with_variables(&variables).with_view(&view);
                    for effect in step::run(&text, cx, &mut self.gather) {
                        if sure || !self.confuses(&effect) {
                            view.apply(&effect);
                        } else {
                            self.gather.opaque("body", "it may change what its own names stand for");
                        }
                        self.effects.push(effect);
                    }
                }
                Step::Dynamic { known } => {
                    self.gather.risk(RiskKind::DynamicSql, self.about.clone());
                    if !known {
                        self.hidden(hides);
                    }
                }
                Step::Transaction => self.undoes = true,
            }
        }
    }

    /// Whether a name may mean two things from here on, if an effect may or may not have come about.
    fn confuses(&self, effect: &Effect) -> bool {
        match effect {
            Effect::Object(made) => self.cx.catalogue.relations().any(|other| other.name == made.name),
            Effect::Path { .. } => true,
            _ => false,
        }
    }

    fn variable(&self, declared: &Declared) -> Variable {
        let relation = declared.row_of.as_deref().and_then(|name| step::relation(name, self.cx));
        Variable {
            name: declared.name.as_str().into(),
            kind: relation.map_or(VariableKind::Open, VariableKind::Row),
        }
    }

    fn finish(mut self) -> Own {
        if self.unseen {
            self.gather.verb(Verb::Call);
            self.gather.risk(RiskKind::UserFunction, self.about.clone());
        }
        let found = self.gather.finish("");
        // A name that is not known stays unknown until the catalogue changes by itself: asking for a newer one at
        // each call of a broken body would help nobody.
        Own {
            about: self.about,
            facts: found.facts,
            effects: self.effects,
            undoes: self.undoes,
            sets: self.sets,
        }
    }
}

/// Whether a body that cannot be seen may make objects that hide others: not when the server keeps it from
/// changing anything, and a trigger's author is not who runs the statement.
fn may_hide(function: &Function) -> bool {
    function.volatility == Volatility::Volatile && !TRIGGERS.contains(&function.returns)
}

/// What is given back is cast to the type that was declared, and checked as that is.
fn results(function: &Function, cx: Cx<'_>, gather: &mut Gather) {
    if !matches!(&*function.language, "sql" | "plpgsql") {
        return;
    }
    for kind in function.outputs.iter().chain([&function.returns]) {
        input(*kind, cx, gather);
    }
    if function.returns == RECORD && !function.output_names.is_empty() {
        // The types of its columns are not kept.
        coerce_any(cx, gather);
        return;
    }
    let mut pairs = vec![(0, function.returns)];
    if let Some(kind) = cx.catalogue.type_by_oid(function.returns)
        && let Some(relation) = cx.catalogue.relation_by_oid(kind.relation)
    {
        pairs.extend(relation.columns.iter().map(|column| (0, column.type_oid)));
    }
    coerce(&pairs, cx, gather);
}

/// What a body's names are looked up in.
fn view_of(function: &Function, caller: &View) -> View {
    if function.atomic {
        // Printed with every name in full.
        return View::printed();
    }
    match &function.path {
        Some(path) => View { path: Some(Arc::clone(path)), ..caller.clone() },
        None => caller.clone(),
    }
}

fn open(name: &str) -> Variable {
    Variable { name: name.into(), kind: VariableKind::Open }
}

/// Its parameters; `function.parameter` is another way to write one.
pub(crate) fn parameters(function: &Function) -> Vec<Variable> {
    let mut all = vec![open(&function.name)];
    let inputs = function.argument_names.iter().zip(&function.arguments);
    all.extend(
        inputs
            .filter(|(name, _)| !name.is_empty())
            .map(|(name, kind)| Variable { name: Arc::clone(name), kind: VariableKind::Type(*kind) }),
    );
    all.extend(function.output_names.iter().filter(|name| !name.is_empty()).map(|name| open(name)));
    all
}
