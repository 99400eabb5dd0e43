//! Bodies against commitments.

use crate::body::{self, Stored};
use crate::leaf::Leaf;
use crate::part::commit;

/// Compares what a leaf commits to with what is stored; returns how many parts are erased.
pub(super) fn check_parts(leaf: &Leaf, record: Option<&[u8]>) -> Result<u64, String> {
    let mut stored = match record.map(body::read_record) {
        Some(Ok(stored)) => stored,
        Some(Err(_)) => return Err("the record of its parts is malformed".to_owned()),
        None => return Err("the record of its parts is missing".to_owned()),
    };
    let mut erased = 0;
    for (name, part) in leaf.parts() {
        let at = stored.iter().position(|(other, _)| *other == name);
        match (part.known, at.map(|at| stored.remove(at).1)) {
            (true, None) => {}
            (true, Some(_)) => return Err(format!("its part `{}` is stored twice", name.as_str())),
            (false, None) => return Err(format!("its part `{}` is missing", name.as_str())),
            (false, Some(Stored::Erased)) => erased += 1,
            (false, Some(Stored::Clear { salt, bytes })) => {
                let fits =
                    part.commitment() == Ok(commit(name, salt, bytes)) && part.bytes == bytes.len() as u64;
                if !fits {
                    return Err(format!("its part `{}` is not what the entry commits to", name.as_str()));
                }
            }
        }
    }
    match stored.first() {
        None => Ok(erased),
        Some((name, _)) => Err(format!("a part `{}` is stored that the entry does not have", name.as_str())),
    }
}
