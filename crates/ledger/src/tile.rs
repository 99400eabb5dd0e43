//! Names and bytes of tiles and bundles (C2SP tlog-tiles): pure functions from numbers to paths and back.

use crate::body::{Malformed, take, take_slice};
use crate::tree::{Hash, TILE_HEIGHT, TILE_WIDTH};

/// The highest level of tiles that an index of 64 bits can need.
pub const LEVEL_MAX: u32 = 7;

/// The path of a tile of hashes: `tile/<L>/<N>`, and `.p/<W>` when it has `width` < 256 hashes.
#[must_use]
pub fn tile_path(level: u32, number: u64, width: u64) -> String {
    format!("tile/{level}/{}{}", number_path(number), partial_suffix(width))
}

/// The path of a bundle of leaves: `tile/entries/<N>`, and `.p/<W>` when it has `width` < 256 leaves.
#[must_use]
pub fn entries_path(number: u64, width: u64) -> String {
    format!("tile/entries/{}{}", number_path(number), partial_suffix(width))
}

/// The path of the bodies of a bundle: `body/<N>`. One file that grows, so never partial.
#[must_use]
pub fn body_path(number: u64) -> String {
    format!("body/{}", number_path(number))
}

/// The path of a segment of the journal: `segment/<index of its first entry, 20 digits>.seg`.
#[must_use]
pub fn segment_path(first: u64) -> String {
    format!("segment/{first:020}.seg")
}

/// Reads a segment's file name.
#[must_use]
pub fn parse_segment_name(name: &str) -> Option<u64> {
    let digits = name.strip_suffix(".seg")?;
    let plain = digits.len() == 20 && digits.bytes().all(|b| b.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

/// Groups of three digits, all but the last with `x` before: 1234067 is `x001/x234/067`.
fn number_path(number: u64) -> String {
    let mut path = format!("{:03}", number % 1000);
    let mut rest = number / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    path
}

fn partial_suffix(width: u64) -> String {
    if width == 0 || width >= TILE_WIDTH { String::new() } else { format!(".p/{width}") }
}

/// How many hashes the last tile of `level` has in a tree of `size` entries, and that tile's number.
#[must_use]
pub fn last_tile(level: u32, size: u64) -> (u64, u64) {
    let hashes = size.checked_shr(level * TILE_HEIGHT).unwrap_or(0);
    (hashes / TILE_WIDTH, hashes % TILE_WIDTH)
}

/// Reads a tile.
///
/// # Errors
/// When the bytes are no whole number of hashes, or more than a tile holds.
pub fn read_tile(bytes: &[u8]) -> Result<Vec<Hash>, Malformed> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    if !rest.is_empty() || hashes.len() as u64 > TILE_WIDTH {
        return Err(Malformed);
    }
    Ok(hashes.iter().map(|hash| Hash(*hash)).collect())
}

/// Reads a bundle into its leaves.
///
/// # Errors
/// When a length goes beyond the end, or there are more leaves than a bundle holds.
pub fn read_bundle(mut bytes: &[u8]) -> Result<Vec<&[u8]>, Malformed> {
    let mut leaves = Vec::new();
    while !bytes.is_empty() {
        let length = u16::from_be_bytes(take(&mut bytes)?);
        leaves.push(take_slice(&mut bytes, usize::from(length))?);
        if leaves.len() as u64 > TILE_WIDTH {
            return Err(Malformed);
        }
    }
    Ok(leaves)
}

/// Appends a leaf to a bundle. `leaf` is at most [`crate::LEAF_BYTES_MAX`] bytes: drafts and segments see to it.
pub fn write_leaf(bundle: &mut Vec<u8>, leaf: &[u8]) {
    bundle.extend_from_slice(&(leaf.len() as u16).to_be_bytes());
    bundle.extend_from_slice(leaf);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_are_those_of_the_specification() {
        assert_eq!(tile_path(0, 1_234_067, 256), "tile/0/x001/x234/067");
        assert_eq!(tile_path(1, 0, 3), "tile/1/000.p/3");
        assert_eq!(entries_path(999, 256), "tile/entries/999");
        assert_eq!(entries_path(1000, 1), "tile/entries/x001/000.p/1");
        assert_eq!(body_path(1000), "body/x001/000");
        assert_eq!(parse_segment_name("00000000000000000042.seg"), Some(42));
        for bad in ["42.seg", "+0000000000000000042.seg", "00000000000000000042", "99999999999999999999.seg"]
        {
            assert_eq!(parse_segment_name(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_last_tile_follows_from_the_size() {
        assert_eq!(last_tile(0, 70_000), (273, 112));
        assert_eq!(last_tile(1, 70_000), (1, 17));
        assert_eq!(last_tile(2, 70_000), (0, 1));
        assert_eq!(last_tile(7, u64::MAX), (0, 255));
        assert_eq!(last_tile(8, u64::MAX), (0, 0));
    }

    /// The paths and the widths are those of an independent implementation of the specification.
    #[test]
    fn another_implementation_agrees_on_the_tiles_of_a_tree() {
        for size in [1u64, 2, 255, 256, 257, 1000, 65_536, 65_537, 300_000] {
            for tile in tlog_tiles::Tile::new_tiles(8, 0, size) {
                let (level, number) = (u32::from(tile.level()), tile.level_index());
                let (last, width) = last_tile(level, size);
                assert!(number < last || (number == last && u64::from(tile.width()) == width));
                let ours = tile_path(level, number, u64::from(tile.width()));
                assert_eq!(format!("tile/8/{}", &ours[5..]), tile.path());
            }
        }
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let _ = read_tile(&bytes);
            if let Ok(leaves) = read_bundle(&bytes) {
                let mut again = Vec::new();
                leaves.iter().for_each(|leaf| write_leaf(&mut again, leaf));
                prop_assert_eq!(again, bytes);
            }
        }
    }
}
