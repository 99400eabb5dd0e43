//! How deep a rule's expressions can nest, counted from its text before Cedar sees it: Cedar reads, checks and frees
//! expressions by recursion, and a stack that is too small for one ends the whole program. It counts too much rather
//! than too little, in one pass, and says nothing about whether the text is Cedar.

use crate::source::{end_of_line, end_of_string};

/// What a rule may nest: brackets in each other, operators of one chain, `if`, `when` and `unless`. A chain of `||` is
/// as deep as it is long. Cedar takes some 3 KiB of stack a level where it is optimised and up to 60 KiB where it is
/// not, to check a set; whoever calls has a stack for that (`RULES_STACK` of the program).
pub(crate) const DEPTH_MAX: usize = 200;

/// What stands between two brackets, or between a bracket and a comma.
#[derive(Clone, Copy, Default)]
struct Level {
    /// Operators so far: each is a level around all operands before it.
    chain: usize,
    /// Accesses, signs and comparisons of the operand under way, and of the deepest operand.
    operand: usize,
    deepest_operand: usize,
    /// The depth of the deepest brackets.
    inner: usize,
    /// That of the deepest element before the last comma.
    elements: usize,
}

impl Level {
    fn depth(&self) -> usize {
        self.elements.max(self.chain + self.deepest_operand + self.inner)
    }

    fn access(&mut self) {
        self.operand += 1;
        self.deepest_operand = self.deepest_operand.max(self.operand);
    }

    fn operator(&mut self) {
        self.chain += 1;
        self.operand = 0;
    }

    fn comma(&mut self) {
        *self = Self { elements: self.depth(), ..Self::default() };
    }
}

/// The byte at which `rule` gets too deep.
pub(crate) fn too_deep(rule: &str) -> Option<usize> {
    let bytes = rule.as_bytes();
    let mut around: Vec<Level> = Vec::new();
    let mut level = Level::default();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let from = at;
        at += 1;
        match byte {
            b'/' if bytes.get(at) == Some(&b'/') => at = end_of_line(bytes, at),
            b'"' => at = end_of_string(bytes, at),
            b'(' | b'[' | b'{' => {
                around.push(level);
                level = Level::default();
            }
            b')' | b']' | b'}' => close(&mut level, around.pop()),
            b',' => level.comma(),
            b'.' | b'!' | b'<' | b'>' | b'=' => level.access(),
            b'|' | b'&' if bytes.get(at) == Some(&byte) => {
                level.operator();
                at += 1;
            }
            b'+' | b'-' | b'*' | b'/' | b'%' => level.operator(),
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => {
                let word = |byte: &u8| *byte == b'_' || byte.is_ascii_alphanumeric();
                while bytes.get(at).is_some_and(word) {
                    at += 1;
                }
                match bytes.get(from..at) {
                    Some(b"if" | b"when" | b"unless") => level.operator(),
                    Some(b"in" | b"is" | b"has" | b"like") => level.access(),
                    _ => {}
                }
            }
            _ => {}
        }
        if level.depth() > DEPTH_MAX || around.len() > DEPTH_MAX {
            return Some(from);
        }
    }
    while !around.is_empty() {
        close(&mut level, around.pop());
    }
    (level.depth() > DEPTH_MAX).then_some(rule.len())
}

/// Goes on around the brackets that end. A bracket behind an operand is an access of it, which is counted too.
fn close(level: &mut Level, around: Option<Level>) {
    let inner = level.depth() + 1;
    *level = around.unwrap_or_default();
    level.inner = level.inner.max(inner);
    level.access();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(condition: &str) -> String {
        format!("permit(principal, action, resource) when {{ {condition} }};")
    }

    fn is_deep(condition: &str) -> bool {
        too_deep(&rule(condition)).is_some()
    }

    #[test]
    fn what_nests_counts() {
        let many = |what: &str| what.repeat(DEPTH_MAX);
        for condition in [
            format!("{} true {}", many("("), many(")")),
            format!("{} true {}", many("["), many("]")),
            format!("{} true {}", many("{a: "), many("}")),
            many("("),
            format!("true {}", many("|| true")),
            format!("1 {} > 0", many("+ 1")),
            format!("{} true", many("if true then true else ")),
            format!("context{}", many(".a")),
            format!("context{}", many("[\"a\"]")),
            format!("{} true", many("!")),
            format!("true }} {}", many("when { true }")),
            format!("[1, 2].contains({} {} )", "1 + ".repeat(DEPTH_MAX / 2), "(".repeat(DEPTH_MAX / 2)),
        ] {
            assert!(is_deep(&condition), "{condition}");
        }
    }

    #[test]
    fn what_is_only_long_does_not() {
        let many = |what: &str| what.repeat(10_000);
        for condition in [
            format!("resource in [{} Relation::\"x\"]", many("Relation::\"a.b\", ")),
            format!("[{} true].contains(true)", many("context.a.b == (1 + 2) && true, ")),
            format!("\"{}\" == \"(\\\"(\" // {}\n", many("(("), many("||")),
            "context.object.rows > 5 && ".repeat(DEPTH_MAX - 10) + "true",
        ] {
            assert!(!is_deep(&condition), "{}", condition.get(..60).unwrap_or(&condition));
        }
    }

    #[test]
    fn the_place_is_where_it_gets_too_deep() {
        let text = rule(&format!("true\n{}", "|| true\n".repeat(1_000)));
        let at = too_deep(&text).unwrap();
        let lines = text[..at].matches('\n').count();
        assert!((DEPTH_MAX - 5..=DEPTH_MAX + 1).contains(&lines), "{lines}");
        assert_eq!(&text[at..at + 2], "||");
    }
}
