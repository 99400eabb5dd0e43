//! Definitions under their names and OIDs. Knows nothing of sessions or search paths.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::function::FIRST_OWN;

use super::{EventTrigger, Function, Operator, Relation, Type};

/// Definitions, ready to be looked up.
#[derive(Debug, Default)]
pub(super) struct Layer {
    /// Schemas with their OIDs, and whether the role may use them.
    pub(super) schemas: HashMap<Arc<str>, (u32, bool)>,
    pub(super) relations: HashMap<u32, Arc<Relation>>,
    pub(super) relations_by_name: ByName<Relation>,
    pub(super) functions: HashMap<u32, Arc<Function>>,
    pub(super) functions_by_name: ByName<Function>,
    pub(super) operators: HashMap<u32, Arc<Operator>>,
    pub(super) operators_by_name: ByName<Operator>,
    /// The names of those that are not the server's own.
    pub(super) own_operators: HashSet<Arc<str>>,
    pub(super) types: HashMap<u32, Arc<Type>>,
    pub(super) types_by_name: ByName<Type>,
    /// From, to, function (0 = none).
    pub(super) casts: HashMap<(u32, u32), u32>,
    /// Those of them whose functions somebody made: from, to, function; in order.
    pub(super) own_casts: Vec<(u32, u32, u32)>,
    /// Event triggers that are enabled.
    pub(super) events: Vec<EventTrigger>,
    /// The functions of operator classes and ranges that are not native code.
    pub(super) compares: Vec<u32>,
}

/// All of a name, in all schemas: there are few, and no key has to be made for a look-up.
pub(super) type ByName<T> = HashMap<Arc<str>, Vec<Arc<T>>>;

impl Layer {
    pub(super) fn add_relation(&mut self, relation: Relation) {
        let relation = Arc::new(relation);
        self.relations_by_name.entry(Arc::clone(&relation.name)).or_default().push(Arc::clone(&relation));
        self.relations.insert(relation.oid, relation);
    }

    pub(super) fn add_function(&mut self, function: Function) {
        let function = Arc::new(function);
        self.functions_by_name.entry(Arc::clone(&function.name)).or_default().push(Arc::clone(&function));
        self.functions.insert(function.oid, function);
    }

    pub(super) fn add_operator(&mut self, operator: Operator) {
        let operator = Arc::new(operator);
        if operator.oid >= FIRST_OWN {
            self.own_operators.insert(Arc::clone(&operator.name));
        }
        self.operators_by_name.entry(Arc::clone(&operator.name)).or_default().push(Arc::clone(&operator));
        self.operators.insert(operator.oid, operator);
    }

    pub(super) fn add_type(&mut self, one: Type) {
        let one = Arc::new(one);
        self.types_by_name.entry(Arc::clone(&one.name)).or_default().push(Arc::clone(&one));
        self.types.insert(one.oid, one);
    }

    /// All casts: from, to, and the function.
    pub(super) fn set_casts(&mut self, casts: HashMap<(u32, u32), u32>) {
        let own = casts.iter().filter(|(_, function)| **function >= FIRST_OWN);
        self.own_casts = own.map(|((from, to), function)| (*from, *to, *function)).collect();
        self.own_casts.sort_unstable();
        self.casts = casts;
    }

    /// Puts all of a name in the order of their OIDs, so that what is found does not depend on how hashes fall.
    pub(super) fn sort(&mut self) {
        fn by<T>(names: &mut ByName<T>, oid: impl Fn(&T) -> u32) {
            for all in names.values_mut() {
                all.sort_by_key(|one| oid(one));
                all.shrink_to_fit();
            }
        }
        by(&mut self.relations_by_name, |one| one.oid);
        by(&mut self.functions_by_name, |one| one.oid);
        by(&mut self.operators_by_name, |one| one.oid);
        by(&mut self.types_by_name, |one| one.oid);
    }
}
