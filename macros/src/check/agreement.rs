//! The stages of a struct that declares none: those that its fields name.
//!
//! If all fields name the same stages, these are right, whatever their names. If they differ, the
//! stages are the set of one field, or the union of all, whichever leaves the fewest mistakes.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use stage_config_names::one_edit_apart;
use syn::Ident;
use syn::ext::IdentExt;

use crate::diagnostics::other_stage::is_usual_stage;
use crate::parse::Input;
use crate::parse::keywords::is_doubtful;

/// The stages that fields name.
pub(super) struct Agreed<'a> {
    /// In the order of the source, each with its key and the first field that names it.
    pub(super) stages: Vec<(String, &'a Ident, &'a Ident)>,
    /// A field that names exactly these, if there is one.
    pub(super) model: Option<&'a Ident>,
}

/// A set of stages that some fields name.
struct Set<'a> {
    stages: BTreeSet<String>,
    /// The first of these fields, and their number.
    field: Option<&'a Ident>,
    count: usize,
}

pub(super) fn of<'a>(input: &'a Input<'_>) -> Agreed<'a> {
    let mut named: Vec<(String, &Ident, &Ident)> = Vec::new();
    let mut sets: Vec<Set<'a>> = Vec::new();
    for field in &input.fields {
        let (Some((kind, _)), Some(source)) = (field.attr, &field.source) else { continue };
        let mut stages = BTreeSet::new();
        for key in source.stages() {
            let word = key.unraw().to_string();
            if kind.reserves(&word) {
                continue;
            }
            if named.iter().all(|(stage, ..)| *stage != word) {
                named.push((word.clone(), field.ident, key));
            }
            stages.insert(word);
        }
        match sets.iter_mut().find(|it| it.stages == stages) {
            _ if stages.is_empty() => {}
            Some(set) => set.count += 1,
            None => sets.push(Set { stages, field: Some(field.ident), count: 1 }),
        }
    }
    let Some(chosen) = choose(&sets) else { return Agreed { stages: Vec::new(), model: None } };
    named.retain(|(stage, ..)| chosen.stages.contains(stage));
    Agreed { stages: named, model: chosen.field }
}

/// The set that leaves the fewest mistakes. Among several, the one with the fewest typos, then the
/// largest, the most usual, the first.
fn choose<'a>(sets: &[Set<'a>]) -> Option<Set<'a>> {
    // If all fields have `name = "/a"` and nothing else, it is not a stage.
    let is_believable = |set: &&Set| !set.stages.iter().all(|word| is_doubtful(word));
    let believable = sets.iter().filter(is_believable);
    let union = believable.clone().flat_map(|set| set.stages.clone()).collect();
    let candidates = believable.map(|set| (set.stages.clone(), set.field)).chain([(union, None)]);
    let candidates = candidates.map(|(stages, field)| Set { stages, field, count: 0 });
    let chosen = candidates.min_by_key(|set| {
        let mistakes: usize = sets.iter().map(|other| other.mistakes(&set.stages)).sum();
        let usual = set.stages.iter().filter(|word| is_usual_stage(word)).count();
        (mistakes, set.typos(), Reverse(set.stages.len()), Reverse(usual))
    });
    chosen.filter(|set| !set.stages.is_empty())
}

impl Set<'_> {
    /// The number of mistakes that `Stages::place` would report for these fields with these stages.
    fn mistakes(&self, stages: &BTreeSet<String>) -> usize {
        let unknown: Vec<_> = self.stages.difference(stages).collect();
        // Each may replace a missing one.
        let is_lacking = stages.difference(&self.stages).count() > unknown.len();
        let is_explained = unknown.iter().any(|word| is_doubtful(word));
        self.count * (unknown.len() + usize::from(is_lacking && !is_explained))
    }

    /// The number of stages that look like typos of others, or like other keys.
    fn typos(&self) -> usize {
        let is_typo = |word: &&String| {
            is_doubtful(word) || self.stages.iter().any(|other| is_typo(word, other))
        };
        self.stages.iter().filter(is_typo).count()
    }
}

/// Whether a stage looks like a typo of another one. Numbers differ on purpose.
fn is_typo(word: &str, of: &str) -> bool {
    let [lower, of_lower] = [word, of].map(str::to_lowercase);
    let without_digits = |word: &str| word.replace(|c: char| c.is_ascii_digit(), "");
    let is_numbered = without_digits(word) == without_digits(of);
    let is_long = of.chars().count() >= 4;
    word != of
        && !is_numbered
        && (lower == of_lower || is_long && one_edit_apart(&lower, &of_lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stages that are chosen from sets, each with the number of its fields.
    fn chosen(sets: &[(&str, usize)]) -> String {
        let sets: Vec<_> = sets
            .iter()
            .map(|(words, count)| Set {
                stages: words.split(' ').map(str::to_owned).collect(),
                field: None,
                count: *count,
            })
            .collect();
        let chosen = choose(&sets).map(|set| set.stages).unwrap_or_default();
        chosen.into_iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_set_that_leaves_the_fewest_mistakes_is_chosen() {
        for (sets, wanted) in [
            // All agree.
            (&[("prdo prod qa1 qa2 uat sat", 1)][..], "prdo prod qa1 qa2 sat uat"),
            // More are right than wrong.
            (&[("dev prdo", 1), ("dev prod", 2)], "dev prod"),
            (&[("dev prdo", 2), ("dev prod", 1)], "dev prdo"),
            (&[("dev prod staging", 1), ("dev prod", 2)], "dev prod"),
            (&[("dev prod staging", 2), ("dev prod", 1)], "dev prod staging"),
            (&[("dev prod", 1), ("dev", 1), ("prod", 1)], "dev prod"),
            (&[("dev", 2), ("prod test", 1)], "dev"),
            (&[("a b c", 1), ("a b", 1), ("a c", 1)], "a b c"),
            (&[("a b", 1), ("c d", 1), ("e", 1)], "a b c d e"),
            // As many: what is no typo, then more, then the usual, then the first.
            (&[("dev prod prdo", 1), ("dev prod", 1)], "dev prod"),
            (&[("prod Prod", 1), ("prod", 1)], "prod"),
            (&[("dev prod version", 1), ("dev prod", 1)], "dev prod"),
            (&[("qa1", 1), ("qa1 qa2", 1)], "qa1 qa2"),
            (&[("test1", 1), ("test1 test2", 1)], "test1 test2"),
            (&[("uat", 1), ("uat sat", 1)], "sat uat"),
            (&[("dev prdo", 1), ("dev prod", 1)], "dev prod"),
            (&[("lab", 1), ("qa", 1)], "lab"),
        ] {
            assert_eq!(chosen(sets), wanted, "{sets:?}");
        }
    }

    #[test]
    fn words_of_another_meaning_are_stages_beside_others() {
        assert_eq!(chosen(&[("name", 3)]), "");
        assert_eq!(chosen(&[("name", 3), ("arn prefix", 1)]), "");
        assert_eq!(chosen(&[("name", 3), ("dev prod", 1)]), "dev prod");
        assert_eq!(chosen(&[("dev name", 3)]), "dev name");
        assert_eq!(chosen(&[("stage", 1)]), "stage");
        assert_eq!(chosen(&[]), "");
    }
}
