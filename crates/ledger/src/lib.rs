//! The ledger: entries, their tree, signed checkpoints, and what it takes to verify them. Pure: no files, clock,
//! randomness or threads; storage is a trait, time and salts are arguments. The formats are in `docs/reference/ledger.md`.
//!
//! It never knows protocols, SQL or sockets. Its shell with files and threads is the room `journal`.

pub mod body;
mod checkpoint;
mod draft;
pub mod entry;
mod folder;
mod json;
pub mod leaf;
mod parameters;
mod part;
mod proof;
mod receipt;
mod recover;
mod sealer;
pub mod segment;
mod storage;
pub mod tile;
mod tree;
mod verify;
mod writer;

pub use checkpoint::{CHECKPOINT_BYTES_MAX, Checkpoint, CheckpointError, Signer, Vkey, is_origin};
pub use draft::{BODY_BYTES_MAX, Draft, Encode, LEAF_BYTES_MAX, Mark, TooLarge};
pub use folder::{Entry, Folder, Reader};
pub use json::{
    CLAIM_BYTES_MAX, INTEGER_MAX, LINE_BYTES_MAX, LINES_BYTES_MAX, LIST_BYTES_MAX, LIST_ITEMS_MAX,
};
pub use parameters::{PARAMETERS_BYTES_MAX, PLAIN_BYTES_MAX, ParameterHasher, Parameters, Paused, Value};
pub use part::{Part, PartName, Salt, commit};
pub use proof::{ProofError, Proved, verify_proof, write_proof};
pub use receipt::{Accepted, Durable, Pending, Receipt};
pub use recover::{OpenStatement, Recovered, recover};
pub use sealer::{CHECKPOINT_PATH, Sealer, open_path};
pub use segment::HEADER_BYTES as SEGMENT_HEADER_BYTES;
pub use storage::{Storage, StorageError, Trouble};
pub use tree::{Hash, TILE_HEIGHT, TILE_WIDTH, Tree, leaf_hash, node_hash, root_of};
pub use verify::{Finding, Verified, Wrong, verify};
pub use writer::{Batch, Writer};
