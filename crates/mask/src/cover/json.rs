//! Where in a JSON value something stands. It never holds a value.

use std::fmt;

use model::Class;

use super::Mask;

/// A place in JSON, with what is hidden there and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The steps from the root.
    steps: Box<[Step]>,
    /// What stands there.
    pub class: Option<Class>,
    /// How it is hidden.
    pub mask: Mask,
}

/// One step down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into an object, by this key.
    Key(Box<str>),
    /// Into any element of an array, or any key of an object.
    Any,
}

impl Path {
    /// The steps from the root.
    pub(super) fn way(&self) -> &[Step] {
        &self.steps
    }

    /// From its steps; no steps are the whole value.
    #[must_use]
    pub fn new(steps: impl IntoIterator<Item = Step>, class: Option<Class>, mask: Mask) -> Self {
        Self { steps: steps.into_iter().collect(), class, mask }
    }

    /// Reads steps as SQL's JSON paths write them: `$.contact.email`, `$.items[*].owner`, `$."a key".*`.
    #[must_use]
    pub fn steps(text: &str) -> Option<Vec<Step>> {
        let mut rest = text.strip_prefix('$')?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix("[*]").or_else(|| rest.strip_prefix(".*")) {
                steps.push(Step::Any);
                rest = after;
                continue;
            }
            rest = rest.strip_prefix('.')?;
            let (key, after) = match rest.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"')?,
                None => rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len())),
            };
            (!key.is_empty()).then_some(())?;
            steps.push(Step::Key(key.into()));
            rest = after;
        }
        Some(steps)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        self.steps.iter().try_for_each(|step| match step {
            Step::Key(key) => write!(f, ".\"{key}\""),
            Step::Any => f.write_str("[*]"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read() {
        let key = |key: &str| Step::Key(key.into());
        assert_eq!(Path::steps("$"), Some(vec![]));
        assert_eq!(Path::steps("$.a.b[*].c"), Some(vec![key("a"), key("b"), Step::Any, key("c")]));
        assert_eq!(Path::steps("$.\"a.b\".*"), Some(vec![key("a.b"), Step::Any]));
        for bad in ["", "a", "$a", "$.", "$..a", "$.a[0]", "$.\"a"] {
            assert_eq!(Path::steps(bad), None, "{bad}");
        }
    }
}
