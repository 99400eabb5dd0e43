//! From a text to the facts of each of its statements.

use std::ops::Range;
use std::sync::Arc;

use model::facts::{Facts, Missing};

use crate::catalogue::Catalogue;
use crate::function::{FIRST_OWN, input, plain};
use crate::gather::{Cx, Gather, Gathered};
use crate::limit;
use crate::parse::{Node, Tree};
use crate::statement::{CopyOut, Text, statement};
use crate::view::{Effect, Lost, View};

mod unseen;

/// What was found out about a text.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// Its statements in order; none for an empty text. A text that does not parse is one opaque statement.
    pub statements: Vec<Analyzed>,
    /// Whether a name in it was not found: a newer catalogue may know it.
    pub stale: bool,
}

/// One statement of a text.
#[derive(Clone, Debug)]
pub struct Analyzed {
    /// What it does.
    pub facts: Arc<Facts>,
    /// What it does to its session once the server has confirmed it, in order.
    pub effects: Vec<Effect>,
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// `PREPARE name AS …`: what an EXECUTE of it does. `DECLARE name CURSOR FOR …`: what a FETCH does.
    pub prepares: Option<Arc<Analyzed>>,
    /// COPY … TO STDOUT: how its rows are written.
    pub copy: Option<CopyOut>,
}

/// Analyzes a text as the server would read it in this session. Never fails: what is not understood is the fact
/// `opaque`. Takes time linear in the text and in what it names, with named limits that make it opaque.
#[must_use]
pub fn analyze(text: &[u8], catalogue: &Catalogue, view: &View) -> Analysis {
    let whole = |facts: Facts| Analysis {
        statements: vec![Analyzed {
            facts: Arc::new(facts),
            // Should it run all the same, nobody knows what it has done.
            effects: vec![Effect::Lost(Lost::Hidden)],
            span: 0..text.len(),
            prepares: None,
            copy: None,
        }],
        stale: false,
    };
    if let Some(lost @ Lost::Reading) = view.lost {
        let (kind, reason) = lost_words(lost);
        return whole(Facts::opaque(kind, reason));
    }
    let read = match limit::check(text) {
        Ok(read) => read,
        Err(excess) => return whole(Facts::opaque("limit", excess)),
    };
    let tree = match Tree::parse(read) {
        Ok(tree) => tree,
        Err(message) => return whole(Facts::opaque("syntax", message)),
    };
    // Two lexers that disagree on where statements end would disagree on more.
    if u32::try_from(tree.len()).ok() != Some(crate::scan(text).statements) {
        return whole(Facts::opaque("syntax", "the text was read differently by two readers"));
    }
    statements(read, &tree, Cx::new(catalogue, view))
}

/// What giving values to parameters of these types does by itself: input functions and domains' checks that are not
/// the server's own. `None`: nothing.
#[must_use]
pub fn parameters(types: &[u32], catalogue: &Catalogue, view: &View) -> Option<Facts> {
    let mut gather = Gather::default();
    for oid in types.iter().copied().filter(|oid| *oid >= FIRST_OWN) {
        if catalogue.type_by_oid(oid).is_none() {
            gather.unknown(Missing::Type, &format!("type {oid}"));
        }
        input(oid, Cx::new(catalogue, view), &mut gather);
        crate::query::stands(oid, Cx::new(catalogue, view), &mut gather);
    }
    let facts = gather.finish("PARAMETERS").facts;
    let quiet = facts.verbs.is_empty() && facts.risks.is_empty() && facts.opaque.is_empty();
    (!quiet || !facts.calls.is_empty()).then_some(facts)
}

/// The statements of a body: as a text's, with the body's variables in scope. `Err`: it does not parse.
pub(crate) fn body(text: &str, cx: Cx<'_>) -> Result<Analysis, String> {
    limit::check(text.as_bytes())?;
    Ok(statements(text, &Tree::parse(text)?, cx))
}

fn statements(text: &str, tree: &Tree, cx: Cx<'_>) -> Analysis {
    let mut analysis = Analysis::default();
    let mut follow = Follow { view: cx.view.clone(), unsure: false };
    let mut shared = Text::default();
    for (node, span) in tree.statements(text) {
        shared.begin(text.get(span.clone()).unwrap_or_default());
        let view = follow.view.clone();
        let cx = cx.with_view(&view);
        let mut gather = Gather::default();
        let command = cx
            .deeper(&mut gather, |cx, gather| statement(node, &mut shared, cx, gather))
            .unwrap_or("UNKNOWN");
        if follow.unsure && reads_names(node) {
            gather.opaque("state", "the text takes back what names stood for; send the rest by itself");
        }
        // Nobody is kept from a ROLLBACK.
        if let Some(lost) = view.lost.filter(|_| !matches!(node, Node::TransactionStmt(_))) {
            let (kind, reason) = lost_words(lost);
            gather.opaque(kind, reason);
        }
        unseen::runs(command, cx, &mut gather);
        let Gathered { mut facts, mut effects, stale, copy } = gather.finish(command);
        if let Some(path) = plain(node) {
            effects.retain(|effect| *effect != Effect::Lost(Lost::Path));
            effects.push(path);
        }
        unseen::definitions(&mut facts, text.get(span.clone()).unwrap_or_default(), &view);
        effects.iter().for_each(|effect| follow.apply(effect));
        analysis.stale |= stale;
        let prepares = shared.take_prepared();
        analysis.statements.push(Analyzed { facts: Arc::new(facts), effects, span, prepares, copy });
    }
    analysis
}

/// The session as the statements of one text leave it behind.
struct Follow {
    view: View,
    /// Something was taken back to a state that only the kernel knows.
    unsure: bool,
}

impl Follow {
    fn apply(&mut self, effect: &Effect) {
        self.view.apply(effect);
        match effect {
            Effect::Rollback { .. } | Effect::RollbackTo(_) => {
                self.unsure |= self.view.path != self.view.start || !self.view.made.is_empty();
            }
            // What was set LOCAL, and tables ON COMMIT DROP, end here.
            Effect::Commit { .. } | Effect::Detach => {
                self.unsure |=
                    self.view.path != self.view.start || self.view.made.iter().any(|made| made.until_commit);
            }
            _ => {}
        }
    }
}

/// Whether a statement's meaning depends on what names stand for.
fn reads_names(node: Node<'_>) -> bool {
    !matches!(
        node,
        Node::TransactionStmt(_)
            | Node::VariableSetStmt(_)
            | Node::VariableShowStmt(_)
            | Node::DiscardStmt(_)
            | Node::DeallocateStmt(_)
            | Node::ClosePortalStmt(_)
            | Node::ListenStmt(_)
            | Node::UnlistenStmt(_)
    )
}

fn lost_words(lost: Lost) -> (&'static str, &'static str) {
    match lost {
        Lost::Reading => ("encoding", "the session changed how the server reads texts; open a new session"),
        Lost::Identity => ("state", "the session changed its role; open a new session"),
        Lost::Path => {
            ("state", "the search path was set from a value that only the server knows; open a new session")
        }
        Lost::Hidden => (
            "state",
            "code that could not be looked into may have changed what names stand for; open a new session",
        ),
    }
}
