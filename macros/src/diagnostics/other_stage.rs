//! Derives the name of a parameter at another stage, by replacing the stage in the name.

use stage_config_names::{NameKind, STAGE, STAND_IN};

use super::repair::suggest;

/// Usual names of stages.
const USUAL: [&str; 8] =
    ["dev", "development", "live", "prod", "production", "sandbox", "staging", "test"];

pub(crate) fn is_usual_stage(name: &str) -> bool {
    USUAL.contains(&name)
}

/// A name for a stage, derived from the names of other stages (pairs of stage and name). It is
/// valid and differs from all of them.
pub(crate) fn name(of: NameKind, stage: &str, others: &[(&str, &str)]) -> Option<String> {
    let others = others.iter().filter_map(|(other, name)| {
        let name = suggest(of, name)?;
        // A version belongs to one parameter alone.
        let digits =
            name.rsplit_once(':').is_some_and(|(_, it)| it.bytes().all(|b| b.is_ascii_digit()));
        let name = name.rsplit_once(':').filter(|_| digits).map_or(&*name, |(name, _)| name);
        (!name.contains(STAND_IN)).then(|| (*other, name.replace(STAGE, STAND_IN)))
    });
    let others: Vec<_> = others.collect();
    let is_new = |made: &String| {
        let made = of.name(made.clone());
        made.parse().is_ok() && others.iter().all(|(_, name)| of.name(name.clone()) != made)
    };
    // A whole level is more certain than a part of one.
    let levels = |c| matches!(c, '/' | ':');
    let words = |c: char| !c.is_ascii_alphanumeric();
    let mut made = others.iter().filter_map(|(other, name)| swap(name, other, stage, levels));
    let mut made_of_words =
        others.iter().filter_map(|(other, name)| swap(name, other, stage, words));
    let made = made.find(&is_new).or_else(|| made_of_words.find(&is_new))?;
    Some(made.replace(STAND_IN, STAGE))
}

/// Replaces a word, wherever it is between separators.
fn swap(name: &str, from: &str, to: &str, separates: impl Fn(char) -> bool) -> Option<String> {
    let (mut swapped, mut done) = (String::new(), 0);
    for (at, found) in name.match_indices(from) {
        let end = at + found.len();
        let is_whole = name[..at].chars().next_back().is_none_or(&separates)
            && name[end..].chars().next().is_none_or(&separates);
        if is_whole {
            swapped.extend([&name[done..at], to]);
            done = end;
        }
    }
    swapped.push_str(&name[done..]);
    (done > 0).then_some(swapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_for_another_stage() {
        let arn = "arn:aws:ssm:us-east-1:123456789012:parameter";
        let of_arn = (&*format!("{arn}/dev/key"), Some(&*format!("{arn}/prod/key")));
        for (dev, wanted) in [
            ("/app/dev/url", Some("/app/prod/url")),
            ("/dev-tools/dev", Some("/dev-tools/prod")),
            ("/app/url-dev", Some("/app/url-prod")),
            ("/dev/key:3", Some("/prod/key")),
            ("/key:dev", Some("/key:prod")),
            ("/dev/{stage}/key", Some("/prod/{stage}/key")),
            of_arn,
            (
                "/aws/reference/secretsmanager/key/dev",
                Some("/aws/reference/secretsmanager/key/prod"),
            ),
            // No name is invented.
            ("/limit", None),
            ("/stripe/test", None),
            ("/device/url", None),
            ("/broken key/dev", None),
        ] {
            let made = name(NameKind::Parameter, "prod", &[("dev", dev)]);
            assert_eq!(made.as_deref(), wanted, "{dev}");
        }
        let made = |of, dev| name(of, "prod", &[("dev", dev)]);
        assert_eq!(made(NameKind::Secret, "stripe/dev").as_deref(), Some("stripe/prod"));
        assert_eq!(made(NameKind::Path, "/flags/dev").as_deref(), Some("/flags/prod"));
        assert_eq!(name(NameKind::Path, "größe", &[("dev", "/flags/dev")]), None);
    }

    #[test]
    fn the_name_most_like_a_stages_own_is_followed() {
        let others = [("dev", "/stripe/test"), ("qa", "/stripe/sub/qa")];
        let made = name(NameKind::Parameter, "prod", &others);
        assert_eq!(made.as_deref(), Some("/stripe/sub/prod"));
    }
}
