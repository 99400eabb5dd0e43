//! The entries behind the checkpoint, which only segments have, and how the last segment ends.

use super::check::Check;
use super::part::check_parts;
use super::{Finding, Wrong, wrong};
use crate::folder::Folder;
use crate::leaf::Leaf;
use crate::sealer::CHECKPOINT_PATH;
use crate::segment::{End, Record};
use crate::tree::leaf_hash;

impl<F: Folder> Check<'_, F> {
    /// What lies in segments behind the checkpoint.
    pub(super) fn unsigned(&mut self, signed: u64, notes: &mut Vec<String>) -> Result<(), Finding> {
        let mut index = signed;
        loop {
            self.history(index);
            self.segment_begins(index);
            let Some(record) = self.segments.record(index).0 else { break };
            self.push_unsigned(index, &record);
            self.first.take().map_or(Ok(()), Err)?;
            index += 1;
        }
        self.first.take().map_or(Ok(()), Err)?;
        match self.segments.all.last() {
            None => notes.push("there are no segments: only signed entries were looked at".to_owned()),
            Some((segment, _)) if segment.next() != index => {
                let message = format!("entry {index} is missing, and there are later ones");
                return Err(wrong(Wrong::Deleted, Some(index), self.segments.path_of(index), message));
            }
            Some((segment, _)) => match segment.end {
                End::Clean => {}
                End::Torn { bytes } => notes.push(format!(
                    "the last segment ends in {bytes} bytes of an unfinished record, as after a crash or while it is being written; it was never acknowledged"
                )),
                End::Damaged => {
                    let message = format!("entry {index} is damaged, and later ones are not");
                    return Err(wrong(Wrong::Edited, Some(index), self.segments.path_of(index), message));
                }
            },
        }
        match self.from.filter(|from| from.size > index) {
            None => Ok(()),
            Some(from) => {
                let message =
                    format!("the older checkpoint signs {} entries: the ledger was cut back", from.size);
                Err(wrong(Wrong::History, Some(index), CHECKPOINT_PATH, message))
            }
        }
    }

    fn push_unsigned(&mut self, index: u64, record: &Record<'_>) {
        self.leaves.push(leaf_hash(record.leaf), |_, _| ());
        let Ok(leaf) = Leaf::read(record.leaf) else {
            self.unknown += 1;
            return;
        };
        if let Err(message) = check_parts(&leaf, Some(record.body)) {
            let path = self.segments.path_of(index);
            self.note(wrong(Wrong::Edited, Some(index), path, format!("entry {index}: {message}")));
        }
    }
}
