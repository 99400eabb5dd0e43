//! What a rule's conditions read and ask for, found in their tree: the attributes of the context, the risks and verbs
//! without which they cannot hold, and words that mean nothing. It never evaluates a condition.

use cedar_policy::pst::{BinaryOp, Clause, Expr, Literal, Policy as Tree, UnaryOp, Var};
use model::facts::{RiskKind, Verb};

use super::word::Word;
use crate::vocabulary::{Attribute, Attributes};

/// What was found in a rule's conditions.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    /// The attributes of the context that it reads.
    pub(crate) reads: Attributes,
    /// It cannot hold without one of the risks of each of these sets.
    pub(crate) risks: Vec<u32>,
    /// It cannot hold without one of the verbs of each of these sets.
    pub(crate) verbs: Vec<u32>,
    /// It cannot hold without any of these.
    pub(crate) words: Vec<Word>,
    /// Words that no statement ever has, with what they should have been.
    pub(crate) unknown: Vec<(String, &'static str)>,
}

/// `Facts::opaque` documents them.
const OPAQUE: [&str; 7] =
    ["syntax", "limit", "unknown object", "unknown statement", "state", "encoding", "body"];
const ENVIRONMENTS: [&str; 4] = ["dev", "staging", "production", "sandbox"];
const KINDS: [&str; 11] = [
    "",
    "table",
    "view",
    "materialized view",
    "foreign table",
    "sequence",
    "index",
    "type",
    "function",
    "schema",
    "other",
];

impl Condition {
    /// Reads a rule's tree. `None`: the tree cannot be had, so everything is assumed.
    pub(crate) fn of(tree: Option<&Tree>) -> Self {
        let mut found = Self {
            reads: Attributes::default(),
            risks: Vec::new(),
            verbs: Vec::new(),
            words: Vec::new(),
            unknown: Vec::new(),
        };
        let Some(tree) = tree else {
            found.reads = Attributes::ALL;
            return found;
        };
        // Cedar evaluates clauses in order and stops at the first that is false.
        let mut leading = true;
        for clause in tree.body().clauses() {
            match clause {
                Clause::When(expr) => {
                    leading = leading && found.needs(expr);
                    found.walk(expr);
                }
                Clause::Unless(expr) => {
                    leading = leading && total(expr);
                    found.walk(expr);
                }
            }
        }
        found
    }

    /// Whether a statement with these risks and verbs can meet it.
    pub(crate) fn can_hold(&self, risks: u32, verbs: u32) -> bool {
        self.risks.iter().all(|any| any & risks != 0) && self.verbs.iter().all(|any| any & verbs != 0)
    }

    /// All risks that it asks for.
    pub(crate) fn risks_asked(&self) -> u32 {
        self.risks.iter().fold(0, |all, some| all | some)
    }

    /// Notes what `expr`, the beginning of a conjunction, cannot hold without. Answers whether it is free of errors,
    /// so that what follows it may be looked at as well.
    fn needs(&mut self, expr: &Expr) -> bool {
        if let Expr::BinaryOp { op: BinaryOp::And, left, right } = expr {
            return self.needs(left) && self.needs(right);
        }
        match any_of(expr) {
            Some((Attribute::Risks, bits)) => self.risks.push(bits),
            Some((Attribute::Verbs, bits)) => self.verbs.push(bits),
            _ => self.words.extend(Word::of(expr)),
        }
        total(expr)
    }

    fn walk(&mut self, expr: &Expr) {
        match expr {
            Expr::GetAttr { expr: inner, attr } => match attribute(expr) {
                Some(found) => self.read(found),
                None => {
                    if attribute(inner) == Some(Attribute::Object) {
                        self.reads.add(Attribute::Object);
                        if matches!(attr.as_str(), "read" | "written" | "predicate") {
                            self.reads.add(Attribute::ObjectColumns);
                        }
                    } else {
                        self.walk(inner);
                    }
                }
            },
            Expr::HasAttr { expr: inner, attrs } => {
                if matches!(**inner, Expr::Var(Var::Context)) {
                    let first = attrs.first();
                    match named(first) {
                        Some(found) => self.read(found),
                        None => self.reads = Attributes::ALL,
                    }
                } else if attribute(inner) == Some(Attribute::Object) {
                    self.reads.add(Attribute::Object);
                } else {
                    self.walk(inner);
                }
            }
            // The context as a whole.
            Expr::Var(Var::Context) => self.reads = Attributes::ALL,
            Expr::Var(_) | Expr::Literal(_) | Expr::Slot(_) => {}
            Expr::UnaryOp { expr, .. } | Expr::Like { expr, .. } => self.walk(expr),
            Expr::BinaryOp { op, left, right } => {
                self.words(*op, left, right);
                self.walk(left);
                self.walk(right);
            }
            Expr::Is { expr, in_expr, .. } => {
                self.walk(expr);
                if let Some(within) = in_expr {
                    self.walk(within);
                }
            }
            Expr::IfThenElse { cond, then_expr, else_expr } => {
                self.walk(cond);
                self.walk(then_expr);
                self.walk(else_expr);
            }
            Expr::Set(items) => items.iter().for_each(|item| self.walk(item)),
            Expr::Record(fields) => fields.values().for_each(|field| self.walk(field)),
            _ => self.reads = Attributes::ALL,
        }
    }

    fn read(&mut self, attribute: Attribute) {
        self.reads.add(attribute);
        // The object as a whole has its columns in it.
        if attribute == Attribute::Object {
            self.reads.add(Attribute::ObjectColumns);
        }
    }

    /// Notes words that are compared with a set of words that they are not in.
    fn words(&mut self, op: BinaryOp, left: &Expr, right: &Expr) {
        let known: (&dyn Fn(&str) -> bool, &'static str) = match (op, attribute(left), left) {
            (BinaryOp::Contains | BinaryOp::ContainsAny | BinaryOp::ContainsAll, Some(set), _) => match set {
                Attribute::Risks => (&|word| RiskKind::parse(word).is_some(), "a risk"),
                Attribute::Verbs => (&|word| Verb::parse(word).is_some(), "a verb"),
                Attribute::Opaque => (&|word| OPAQUE.contains(&word), "a kind of opaque"),
                _ => return,
            },
            (BinaryOp::Eq | BinaryOp::NotEq, Some(Attribute::Environment), _) => {
                (&|word| ENVIRONMENTS.contains(&word), "an environment")
            }
            (BinaryOp::Eq | BinaryOp::NotEq, None, Expr::GetAttr { expr, attr })
                if attr == "kind" && attribute(expr) == Some(Attribute::Object) =>
            {
                (&|word| KINDS.contains(&word), "a kind of object")
            }
            _ => return,
        };
        let unknown: Vec<String> = literals(right).into_iter().filter(|word| !known.0(word)).collect();
        self.unknown.extend(unknown.into_iter().map(|word| (word, known.1)));
    }
}

fn named(name: &str) -> Option<Attribute> {
    Attribute::ALL.into_iter().find(|(_, known)| *known == name).map(|(attribute, _)| attribute)
}

/// `context.name` as the attribute.
pub(super) fn attribute(expr: &Expr) -> Option<Attribute> {
    match expr {
        Expr::GetAttr { expr, attr } if matches!(**expr, Expr::Var(Var::Context)) => named(attr),
        _ => None,
    }
}

fn literals(expr: &Expr) -> Vec<String> {
    match expr {
        Expr::Literal(Literal::String(word)) => vec![word.to_string()],
        Expr::Set(items) => items.iter().flat_map(|item| literals(item)).collect(),
        _ => Vec::new(),
    }
}

/// Risks or verbs of which one must be there for `expr` to be true.
fn any_of(expr: &Expr) -> Option<(Attribute, u32)> {
    let Expr::BinaryOp { op, left, right } = expr else { return None };
    match op {
        BinaryOp::Or => {
            let ((one, left), (other, right)) = (any_of(left)?, any_of(right)?);
            (one == other).then_some((one, left | right))
        }
        BinaryOp::Contains | BinaryOp::ContainsAny => {
            let bit: fn(&str) -> Option<u32> = match attribute(left)? {
                Attribute::Risks => |word| RiskKind::parse(word).map(risk_bit),
                Attribute::Verbs => |word| Verb::parse(word).map(verb_bit),
                _ => return None,
            };
            let all_literal = match &**right {
                Expr::Literal(Literal::String(_)) => true,
                Expr::Set(items) => {
                    items.iter().all(|item| matches!(**item, Expr::Literal(Literal::String(_))))
                }
                _ => false,
            };
            if !all_literal {
                return None;
            }
            let bits = literals(right).iter().try_fold(0, |bits, word| Some(bits | bit(word)?))?;
            Some((attribute(left)?, bits))
        }
        _ => None,
    }
}

/// Whether evaluating it can never be an error. The validator has excluded missing attributes and wrong types, so
/// only arithmetic is left, which can overflow.
fn total(expr: &Expr) -> bool {
    match expr {
        Expr::Literal(_) | Expr::Var(_) => true,
        Expr::GetAttr { expr, .. } | Expr::HasAttr { expr, .. } | Expr::Like { expr, .. } => total(expr),
        Expr::UnaryOp { op, expr } => matches!(op, UnaryOp::Not | UnaryOp::IsEmpty) && total(expr),
        Expr::BinaryOp { op, left, right } => {
            let safe = matches!(
                op,
                BinaryOp::Eq
                    | BinaryOp::NotEq
                    | BinaryOp::Less
                    | BinaryOp::LessEq
                    | BinaryOp::Greater
                    | BinaryOp::GreaterEq
                    | BinaryOp::And
                    | BinaryOp::Or
                    | BinaryOp::In
                    | BinaryOp::Contains
                    | BinaryOp::ContainsAll
                    | BinaryOp::ContainsAny
            );
            safe && total(left) && total(right)
        }
        Expr::Is { expr, in_expr, .. } => total(expr) && in_expr.as_ref().is_none_or(|within| total(within)),
        Expr::IfThenElse { cond, then_expr, else_expr } => {
            total(cond) && total(then_expr) && total(else_expr)
        }
        Expr::Set(items) => items.iter().all(|item| total(item)),
        _ => false,
    }
}

/// The bit of a risk in a mask.
pub(crate) fn risk_bit(kind: RiskKind) -> u32 {
    1 << kind as u8
}

/// The bit of a verb in a mask.
pub(crate) fn verb_bit(verb: Verb) -> u32 {
    1 << verb as u8
}

#[cfg(test)]
mod tests {
    use cedar_policy::Policy;

    use super::*;

    fn condition(conditions: &str) -> Condition {
        let text = format!("forbid(principal, action, resource) {conditions};");
        Condition::of(Policy::parse(None, text).unwrap().to_pst().ok().as_ref())
    }

    #[test]
    fn leading_risks_and_verbs_are_needed() {
        let drop = risk_bit(RiskKind::Destructive);
        let cascade = risk_bit(RiskKind::Cascade);
        let both = condition(
            "when { context.risks.contains(\"destructive\") && context.risks.containsAny([\"cascade\"]) }",
        );
        assert_eq!(both.risks, [drop, cascade]);
        let either = condition(
            "when { context.risks.contains(\"destructive\") || context.risks.contains(\"cascade\") }",
        );
        assert_eq!(either.risks, [drop | cascade]);
        let later = condition("when { context.statements > 1 } when { context.verbs.contains(\"drop\") }");
        assert_eq!(later.verbs, [verb_bit(Verb::Drop)]);
        let negated = condition("unless { context.risks.contains(\"cascade\") }");
        assert!(negated.risks.is_empty());
        let mixed = condition("when { context.risks.contains(\"cascade\") || context.statements > 1 }");
        assert!(mixed.risks.is_empty());
    }

    #[test]
    fn what_follows_a_possible_error_is_not_needed() {
        let found = condition("when { context.statements * 2 > 4 && context.risks.contains(\"cascade\") }");
        assert!(found.risks.is_empty());
    }

    #[test]
    fn attributes_that_are_read_are_found() {
        let found = condition("when { context has limit && context.object.kind == \"table\" }");
        assert!(found.reads.has(Attribute::Limit) && found.reads.has(Attribute::Object));
        assert!(!found.reads.has(Attribute::ObjectColumns) && !found.reads.has(Attribute::Time));
        assert!(
            condition("when { context.object.read.contains(\"x\") }").reads.has(Attribute::ObjectColumns)
        );
        assert!(condition("when { context.hour < 7 }").reads.reads_time());
        assert!(condition("when { context == context }").reads.reads_time());
    }

    #[test]
    fn unknown_words_are_found() {
        let found = condition(
            "when { context.risks.containsAny([\"cascade\", \"cascades\"]) && context.environment == \"prod\" \
             && context.object.kind == \"tabel\" && context.opaque.contains(\"sintax\") }",
        );
        let words: Vec<&str> = found.unknown.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(words, ["cascades", "prod", "tabel", "sintax"]);
    }

    #[test]
    fn every_kind_of_object_has_its_word() {
        use model::facts::ObjectKind::*;
        for kind in
            [Table, View, MaterializedView, ForeignTable, Sequence, Index, Type, Function, Schema, Other]
        {
            assert!(KINDS.contains(&kind.as_str()));
        }
    }
}
