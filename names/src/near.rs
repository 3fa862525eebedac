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
}
