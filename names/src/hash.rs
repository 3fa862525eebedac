//! A hash of names that the derive and a constant both compute.

#![expect(clippy::cast_possible_truncation, reason = "the hash is the lower half of the product")]

use crate::template::STAGE;

/// The hash of no text.
pub const EMPTY_HASH: u64 = 0xcbf2_9ce4_8422_2325;

const PRIME: u128 = 0x0100_0000_01b3;

/// The hash of a text that continues one with the hash `before`: FNV-1a.
///
/// ```
/// use stage_config_names::{EMPTY_HASH, hash};
///
/// const WHOLE: u64 = hash(EMPTY_HASH, "/app/key");
/// assert_eq!(hash(hash(EMPTY_HASH, "/app"), "/key"), WHOLE);
/// ```
pub const fn hash(before: u64, text: &str) -> u64 {
    let (mut hash, mut at) = (before, 0);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        // Without `wrapping_mul`: each call costs the interpreter as much as the rest of the loop.
        hash = ((hash ^ bytes[at] as u64) as u128 * PRIME) as u64;
        at += 1;
    }
    hash
}

/// The same for a name as written: `{stage}` is replaced, and a selector is left out.
///
/// ```
/// use stage_config_names::{EMPTY_HASH, hash, hash_rendered};
///
/// let rendered = hash_rendered(EMPTY_HASH, "/app/{stage}/key:3", "prod");
/// assert_eq!(rendered, hash(EMPTY_HASH, "/app/prod/key"));
/// ```
pub const fn hash_rendered(before: u64, name: &str, stage: &str) -> u64 {
    let (mut hash, mut at) = (before, 0);
    let bytes = name.as_bytes();
    while at < bytes.len() && bytes[at] != b':' {
        if bytes[at] == b'{' {
            hash = self::hash(hash, stage);
            at += STAGE.len();
        } else {
            hash = ((hash ^ bytes[at] as u64) as u128 * PRIME) as u64;
            at += 1;
        }
    }
    hash
}
