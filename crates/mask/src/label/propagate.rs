//! Labels travel: along foreign keys, to partitions and children, into generated columns. They only ever grow stronger.

use std::fmt;

use super::{Finding, Label, Reason};

/// How two columns belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// One refers to the other: both hold the same values.
    ForeignKey,
    /// One table inherits from the other or is its partition: both are one column.
    Inherits,
    /// One is computed from the other.
    Generated,
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ForeignKey => "a foreign key joins it to a column with this label",
            Self::Inherits => "its table is one with a table that has this label",
            Self::Generated => "it is computed from a column with this label",
        })
    }
}

/// A column among the findings: which table, which column.
pub type Place = (usize, usize);

/// Lets labels travel along links until nothing changes: a generated column takes what its source (`from`) has; foreign keys
/// and inheritance work both ways. What is labelled already keeps its own class.
pub fn propagate(findings: &mut [Vec<Finding>], links: &[(Place, Place, Link)]) {
    // Each round labels at least one more column, or is the last.
    loop {
        let mut changed = false;
        for (from, to, link) in links {
            changed |= carry(findings, *from, *to, *link);
            if *link != Link::Generated {
                changed |= carry(findings, *to, *from, *link);
            }
        }
        if !changed {
            return;
        }
    }
}

fn carry(findings: &mut [Vec<Finding>], from: Place, to: Place, link: Link) -> bool {
    let at = |place: Place| findings.get(place.0).and_then(|table| table.get(place.1));
    let (Some(source), Some(target)) = (at(from), at(to)) else { return false };
    let new = match (source, target) {
        (Finding::Clear { .. }, _) => return false,
        // A precaution gives way to what is known; what is known stays.
        (source, Finding::Clear { .. }) if !source.is_precaution() => moved(source, link),
        (source, target) if target.is_precaution() && !source.is_precaution() => moved(source, link),
        // A partition that has few rows is as sure as its parent.
        (Finding::Labelled(label), Finding::Unsure(unsure))
            if link == Link::Inherits && label.class == unsure.class =>
        {
            Finding::Labelled(again(label, link))
        }
        (Finding::Paths { .. }, Finding::Labelled(_) | Finding::Unsure(_)) if link == Link::Inherits => {
            moved(source, link)
        }
        _ => return false,
    };
    let Some(place) = findings.get_mut(to.0).and_then(|table| table.get_mut(to.1)) else { return false };
    let changed = place.label().map(|label| label.class) != new.label().map(|label| label.class)
        || std::mem::discriminant(place) != std::mem::discriminant(&new);
    *place = new;
    changed
}

fn moved(source: &Finding, link: Link) -> Finding {
    match source {
        Finding::Clear { why } => Finding::Clear { why: why.clone() },
        Finding::Labelled(label) => Finding::Labelled(again(label, link)),
        Finding::Unsure(label) => Finding::Unsure(again(label, link)),
        // What is computed from JSON holds no paths any more.
        Finding::Paths { whole, .. } if link == Link::Generated => Finding::Labelled(again(whole, link)),
        Finding::Paths { whole, paths } => Finding::Paths { whole: again(whole, link), paths: paths.clone() },
    }
}

fn again(label: &Label, link: Link) -> Label {
    Label { class: label.class, confidence: label.confidence, why: vec![Reason::Linked { by: link }] }
}

#[cfg(test)]
mod tests {
    use model::Class;

    use super::*;

    fn labelled(class: Class) -> Finding {
        Finding::Labelled(Label { class, confidence: 90, why: Vec::new() })
    }

    fn clear() -> Finding {
        Finding::Clear { why: Vec::new() }
    }

    fn class(finding: &Finding) -> Option<Class> {
        finding.label().map(|label| label.class)
    }

    #[test]
    fn labels_travel_as_far_as_links_lead() {
        let mut findings = vec![vec![labelled(Class::Email)], vec![clear()], vec![clear(), clear()]];
        let links = [
            ((1, 0), (2, 0), Link::ForeignKey),
            ((1, 0), (0, 0), Link::ForeignKey),
            ((2, 0), (2, 1), Link::Generated),
        ];
        propagate(&mut findings, &links);
        assert!(findings.iter().flatten().all(|finding| class(finding) == Some(Class::Email)));
    }

    #[test]
    fn what_is_computed_gives_nothing_back_and_a_label_is_not_replaced() {
        let mut findings = vec![vec![clear(), labelled(Class::Phone)], vec![labelled(Class::Email)]];
        propagate(&mut findings, &[((0, 0), (0, 1), Link::Generated), ((1, 0), (0, 1), Link::ForeignKey)]);
        assert_eq!((class(&findings[0][0]), class(&findings[0][1])), (None, Some(Class::Phone)));
    }

    #[test]
    fn links_to_nowhere_do_nothing() {
        let mut findings = vec![vec![clear()]];
        propagate(&mut findings, &[((0, 0), (7, 7), Link::ForeignKey)]);
        assert_eq!(findings, [[clear()]]);
    }
}
