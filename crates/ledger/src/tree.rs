//! The Merkle tree of RFC 6962 (section 2.1) over the leaves, as much of it as a writer has to hold.
//!
//! A tree of n entries is its right edge: one hash for each 1-bit of n. Nothing here reads or writes tiles.

use sha2::{Digest, Sha256};

/// The height of a tile: 2^8 hashes each (C2SP tlog-tiles).
pub const TILE_HEIGHT: u32 = 8;

/// How many hashes a full tile, and how many entries a full bundle has.
pub const TILE_WIDTH: u64 = 1 << TILE_HEIGHT;

/// A hash of the tree: of an entry, of a subtree, or the root.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

/// A tree that grows at its right edge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    /// Roots of the complete subtrees, the greatest first: one for each 1-bit of `size`.
    edge: Vec<Hash>,
}

/// The hash of an entry: SHA-256 of 0x00 and the leaf.
#[must_use]
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    let mut hash = Sha256::new();
    hash.update([0]);
    hash.update(leaf);
    Hash(hash.finalize().into())
}

/// The hash of two subtrees side by side: SHA-256 of 0x01, left and right.
#[must_use]
pub fn node_hash(left: Hash, right: Hash) -> Hash {
    let mut bytes = [1; 65];
    let (_, rest) = bytes.split_at_mut(1);
    let (a, b) = rest.split_at_mut(32);
    a.copy_from_slice(&left.0);
    b.copy_from_slice(&right.0);
    Hash(Sha256::digest(bytes).into())
}

/// The root of a tree over these hashes, which may themselves be roots of equally high, complete subtrees.
#[must_use]
pub fn root_of(hashes: &[Hash]) -> Hash {
    let mut tree = Tree::default();
    for hash in hashes {
        tree.push(*hash, |_, _| ());
    }
    tree.root()
}

impl Tree {
    /// A tree whose right edge is known: `edge` has one hash per 1-bit of `size`, the greatest subtree first.
    /// `None` when the number of hashes is another.
    #[must_use]
    pub fn from_edge(size: u64, edge: Vec<Hash>) -> Option<Self> {
        (edge.len() == size.count_ones() as usize).then_some(Self { size, edge })
    }

    /// How many entries.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends an entry's hash and tells `completed` of each tile hash that this completes: level 0 is the
    /// entry's own, level L the root of 256^L entries.
    pub fn push(&mut self, leaf: Hash, mut completed: impl FnMut(u32, Hash)) {
        completed(0, leaf);
        let mut hash = leaf;
        for height in 1..=self.size.trailing_ones() {
            let Some(left) = self.edge.pop() else { break };
            hash = node_hash(left, hash);
            if height.is_multiple_of(TILE_HEIGHT) {
                completed(height / TILE_HEIGHT, hash);
            }
        }
        self.edge.push(hash);
        self.size += 1;
    }

    /// The root: of nothing, SHA-256 of the empty string.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut edge = self.edge.iter().rev();
        let Some(last) = edge.next() else { return Hash(Sha256::digest(b"").into()) };
        edge.fold(*last, |right, left| node_hash(*left, right))
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6962 section 2.1, word for word.
    fn slow_root(hashes: &[Hash]) -> Hash {
        match hashes {
            [] => Hash(Sha256::digest(b"").into()),
            [one] => *one,
            many => {
                let k = many.len().next_power_of_two() / 2;
                node_hash(slow_root(&many[..k]), slow_root(&many[k..]))
            }
        }
    }

    fn leaves(n: u64) -> Vec<Hash> {
        (0..n).map(|i| leaf_hash(&i.to_be_bytes())).collect()
    }

    #[test]
    fn the_root_is_that_of_the_rfc() {
        for n in (0..70).chain([255, 256, 257, 511, 600]) {
            assert_eq!(root_of(&leaves(n)), slow_root(&leaves(n)), "{n}");
        }
    }

    #[test]
    fn tile_hashes_are_told_when_complete() {
        let hashes = leaves(600);
        let mut tree = Tree::default();
        let mut ones = Vec::new();
        for hash in &hashes {
            tree.push(*hash, |level, hash| {
                if level == 1 {
                    ones.push(hash)
                }
            });
        }
        assert_eq!(ones, vec![slow_root(&hashes[..256]), slow_root(&hashes[256..512])]);
        assert_eq!(Tree::from_edge(600, tree.edge.clone()), Some(tree));
        assert_eq!(Tree::from_edge(3, vec![]), None);
    }
}
