//! What somebody would see of a statement's result, column by column, for a command. It decides nothing.

use std::collections::HashMap;
use std::sync::Arc;

use gateway::{Seen, SeenColumns};
use mask::cover::Mask;
use model::Class;
use serde_json::{Value, json};

/// Statement by statement.
type Shown = [Option<SeenColumns>];

/// In lines; none for statements that return nothing.
pub(super) fn lines(shown: &Shown, masks: &HashMap<Class, Mask>) -> Vec<String> {
    let mut lines = Vec::new();
    for (number, columns) in shown.iter().enumerate() {
        let Some(columns) = columns else { continue };
        lines.push(match shown.len() {
            1 => "sees:".to_owned(),
            _ => format!("sees of statement {}:", number.saturating_add(1)),
        });
        let width = columns.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
        lines.extend(columns.iter().map(|(name, seen)| format!("  {name:width$}  {}", words(seen, masks))));
    }
    lines
}

fn words(seen: &Seen, masks: &HashMap<Class, Mask>) -> String {
    let from = |of: &str, class: Class| match of {
        "" => "something that nobody can tell".to_owned(),
        of => format!("`{of}` ({})", class.as_str()),
    };
    match seen {
        Seen::Clear => "clear".to_owned(),
        Seen::Scanned => "clear, but for what in it tells by its shape".to_owned(),
        Seen::Masked { class, of, mask } => {
            format!("masked by `{}`: {}", granted(*class, mask.as_ref(), masks), from(of, *class))
        }
        Seen::Hidden { class, of } => format!("hidden: made from {}", from(of, *class)),
    }
}

/// What is shown of a column in one word, by the masks that classes have of themselves: `clear`, `scan` for a text that is
/// looked through, or a mask's.
pub(super) fn word(seen: &Seen) -> String {
    match seen {
        Seen::Clear => "clear".to_owned(),
        Seen::Scanned => Mask::Scan.to_string(),
        Seen::Masked { class, mask, .. } => granted(*class, mask.as_ref(), &HashMap::new()),
        Seen::Hidden { .. } => Mask::Full.to_string(),
    }
}

/// The mask that is put on it.
fn granted(class: Class, mask: Option<&Arc<str>>, masks: &HashMap<Class, Mask>) -> String {
    let own = || masks.get(&class).cloned().unwrap_or_else(|| Mask::default_for(class)).to_string();
    mask.map_or_else(own, ToString::to_string)
}

/// As JSON: `null` for a statement that returns nothing.
pub(super) fn json(shown: &Shown, masks: &HashMap<Class, Mask>) -> Value {
    let column = |(name, seen): &(Arc<str>, Seen)| {
        let (shown, class, of, mask) = match seen {
            Seen::Clear => ("clear", None, None, None),
            Seen::Scanned => ("scanned", None, None, None),
            Seen::Masked { class, of, mask } => {
                ("masked", Some(class), Some(of), Some(granted(*class, mask.as_ref(), masks)))
            }
            Seen::Hidden { class, of } => ("hidden", Some(class), Some(of), None),
        };
        json!({ "column": &**name, "shown": shown, "class": class.map(|class| class.as_str()),
            "of": of.map(|of| &**of), "mask": mask })
    };
    let statement = |columns: &Option<SeenColumns>| {
        columns.as_ref().map(|columns| columns.iter().map(column).collect::<Vec<Value>>())
    };
    json!(shown.iter().map(statement).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_has_its_line_and_a_rules_mask_goes_before_the_class() {
        let of: Arc<str> = "public.t.mail".into();
        let masked = |mask: Option<&str>| Seen::Masked {
            class: Class::Email,
            of: Arc::clone(&of),
            mask: mask.map(Arc::from),
        };
        let columns = vec![
            ("id".into(), Seen::Clear),
            ("mail".into(), masked(None)),
            ("m".into(), masked(Some("token"))),
            ("up".into(), Seen::Hidden { class: Class::Email, of: Arc::clone(&of) }),
            ("f".into(), Seen::Hidden { class: Class::Secret, of: "".into() }),
            ("note".into(), Seen::Scanned),
        ];
        let own = HashMap::from([(Class::Email, Mask::Null)]);
        let shown = [None, Some(columns)];
        assert_eq!(
            lines(&shown, &own),
            [
                "sees of statement 2:",
                "  id    clear",
                "  mail  masked by `null`: `public.t.mail` (email)",
                "  m     masked by `token`: `public.t.mail` (email)",
                "  up    hidden: made from `public.t.mail` (email)",
                "  f     hidden: made from something that nobody can tell",
                "  note  clear, but for what in it tells by its shape",
            ]
        );
        assert!(lines(&shown, &HashMap::new()).iter().any(|line| line.contains("mail  masked by `partial`")));
        let json = json(&shown, &own);
        assert_eq!(
            (&json[0], &json[1][1]["mask"], &json[1][3]["mask"]),
            (&Value::Null, &"null".into(), &Value::Null)
        );
    }
}
