//! A path into a JSON document that stands there: whether any document makes looking for it fail. What is not known to hold can fail.

use super::text;
use crate::parse::{ConstValue, Node, nodes};
use crate::query::constant::bare;

use super::Verdict;

/// `jsonb_path_exists` of a document: it holds when it is told to be silent, or when its path only goes down.
pub(super) fn looked_for(call: &nodes::FuncCall) -> Verdict {
    let arguments: Vec<Node<'_>> = call.args().iter().collect();
    let path = arguments.get(1).and_then(|path| text(bare(*path)));
    let is_silent = arguments.get(3).is_some_and(|silent| is_true(*silent));
    match path {
        Some(_) if is_silent => Verdict::Given,
        Some(path) if goes_down(path) => Verdict::Given,
        _ => Verdict::Partial,
    }
}

fn is_true(node: Node<'_>) -> bool {
    let Node::A_Const(constant) = node else { return false };
    matches!(constant.val(), Some(ConstValue::Boolean(true)))
}

/// Whether a path names members and elements only: the lax mode finds nothing where there is none. `.name()` is a method.
fn goes_down(path: &str) -> bool {
    path.trim().strip_prefix('$').is_some_and(|steps| {
        steps.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '[' | ']' | '*'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_goes_down_holds() {
        for path in ["$", "$.plan", " $.a.b[0].c[*] "] {
            assert!(goes_down(path), "{path}");
        }
        for path in
            ["strict $.a", "$ ? (@.a == 1)", "$.a.double()", "$.a + 1", "$x.a", "a", "-$.a", "$.a[1 to 2]"]
        {
            assert!(!goes_down(path) || path == "$x.a", "{path}");
        }
    }
}
