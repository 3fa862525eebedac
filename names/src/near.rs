//! "Did you mean": the closest word to a typo.

use strsim::osa_distance;

/// The candidate closest to `word`, if it is close enough.
///
/// Case is ignored, and swapping two neighbours is one edit. The maximum is one edit for every
/// three letters of the word, and at least one.
///
/// ```
/// use stage_config_names::closest;
///
/// assert_eq!(closest("prdo", ["dev", "prod"]), Some("prod"));
/// assert_eq!(closest("feature", ["dev", "prod"]), None);
/// ```
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let forgiven = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (osa_distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= forgiven)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Whether one edit turns `a` into `b`. Swapping two neighbours is one edit.
///
/// ```
/// use stage_config_names::one_edit_apart;
///
/// assert!(one_edit_apart("prdo", "prod"));
/// assert!(!one_edit_apart("prod", "prod"));
/// ```
pub fn one_edit_apart(a: &str, b: &str) -> bool {
    osa_distance(a, b) == 1
}

/// The names that `name` is most likely a typo of; several if they are equally close.
///
/// A typo is in the letters of a level, about one in three. Levels that differ only in their digits
/// differ on purpose. If no name has such a typo, names are close that have a prefix or one level
/// more, or less, and the same last level.
///
/// ```
/// use stage_config_names::near_names;
///
/// let names = ["/orders/live/limit", "/stripe/live/key", "/stripe/test/key"];
/// assert_eq!(near_names("/stripe/liv/key", names), ["/stripe/live/key"]);
/// assert_eq!(near_names("/stripe/key", names), ["/stripe/live/key", "/stripe/test/key"]);
/// assert_eq!(near_names("/live/limit", names), ["/orders/live/limit"]);
/// ```
pub fn near_names<'a>(name: &str, existing: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let name = levels(name);
    let (mut nearest, mut least) = (Vec::new(), usize::MAX);
    for other in existing {
        let Some(distance) = distance(&name, &levels(other)) else { continue };
        if distance < least {
            least = distance;
            nearest.clear();
        }
        if distance == least {
            nearest.push(other);
        }
    }
    nearest
}

fn levels(name: &str) -> Vec<&str> {
    name.strip_prefix('/').unwrap_or(name).split('/').collect()
}

/// The distance between two names, level by level. `None` if they are not close.
fn distance(name: &[&str], other: &[&str]) -> Option<usize> {
    /// More than the typos of a whole name.
    const MOVED: usize = 1_000;
    let (short, long) = if name.len() < other.len() { (name, other) } else { (other, name) };
    if short.len() == long.len() {
        return name.iter().zip(other).map(|(level, other)| distance_of_level(level, other)).sum();
    }
    let same = short.iter().zip(long).take_while(|(short, long)| short == long).count();
    let has_one_more = long.len() == short.len() + 1 && long[same + 1..] == short[same..];
    // A level by itself is in many names.
    let is_moved =
        short.len() >= 2 && short.last() == long.last() && (has_one_more || long.ends_with(short));
    is_moved.then_some(MOVED + long.len() - short.len())
}

fn distance_of_level(level: &str, other: &str) -> Option<usize> {
    if level == other {
        return Some(0);
    }
    // One letter of two is not a typo.
    if level.len().min(other.len()) < 3 {
        return None;
    }
    let without_digits = |level: &str| level.replace(|c: char| c.is_ascii_digit(), "");
    if without_digits(level) == without_digits(other) {
        return None;
    }
    closest(level, [other]).map(|_| osa_distance(level, other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_candidate_wins() {
        assert_eq!(closest("prod2", ["prods", "prod"]), Some("prods"));
        assert_eq!(closest("defualt", ["dev", "default"]), Some("default"));
        assert_eq!(closest("PROD", ["dev", "prod"]), Some("prod"));
    }

    #[test]
    fn forgives_a_third_of_the_letters_and_one_at_least() {
        assert_eq!(closest("de", ["dev"]), Some("dev"));
        assert_eq!(closest("d", ["dev"]), None);
        assert_eq!(closest("abcdef", ["abcxyf"]), Some("abcxyf"));
        assert_eq!(closest("abcde", ["abxye"]), None);
    }

    #[test]
    fn a_name_is_close_level_by_level() {
        for (name, other, is_near) in [
            ("/stripe/live", "/stripe/livr", true),
            ("/stripe/live", "/Stripe/live", true),
            ("Kye", "/Key", true),
            ("/stripe/live", "/stripe/test", false),
            ("/app/dev/key", "/app/prod/key", false),
            ("/db/replica1", "/db/replica2", false),
            ("/db/replica", "/db/replica2", false),
            ("/prod/limit", "/app/orders/prod/limit", true),
            ("/app/orders/prod/limit", "/prod/limit", true),
            ("/app/limit", "/app/prod/limit", true),
            ("/app/prod/limit/max", "/app/prod/limit", false),
            ("/app/prod/limt", "/app/limit", false),
            ("/limit", "/app/limit", false),
            ("/a/b", "/a/c", false),
            ("/app/qa", "/app/qb", false),
        ] {
            let near = near_names(name, [other]);
            assert_eq!(!near.is_empty(), is_near, "{name} {other}");
        }
    }

    #[test]
    fn a_typo_is_closer_than_another_place() {
        let names = ["/app/prod/limit", "/prod/limits", "/prod/limis"];
        assert_eq!(near_names("/prod/limit", names), ["/prod/limits", "/prod/limis"]);
        assert_eq!(near_names("/prod/limit", [names[0]]), ["/app/prod/limit"]);
    }
}
