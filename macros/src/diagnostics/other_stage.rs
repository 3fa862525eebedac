//! Derives the name of a parameter at another stage, by replacing the stage in the name.

use stage_config_names::NameKind;

/// Usual names of stages.
const USUAL: [&str; 8] =
    ["dev", "development", "live", "prod", "production", "sandbox", "staging", "test"];

pub(crate) fn is_usual_stage(name: &str) -> bool {
    USUAL.contains(&name)
}

/// A name for a stage, derived from the names of other stages (pairs of stage and name). It is
/// valid and differs from all of them.
pub(crate) fn name(of: NameKind, stage: &str, others: &[(&str, String)]) -> Option<String> {
    // A whole level is more certain than a part of one.
    let separators = [|c| matches!(c, '/' | ':'), |c: char| !c.is_ascii_alphanumeric()];
    let mut made = separators.iter().flat_map(|separates| {
        others.iter().filter_map(move |(other, name)| swap(name, other, stage, separates))
    });
    made.find(|made| {
        // A version belongs to one parameter alone.
        let has_version = made.rsplit(':').next().is_some_and(|it| it.parse::<u64>().is_ok());
        !has_version && of.check(made).is_ok() && others.iter().all(|(_, name)| name != made)
    })
}

/// Replaces a word, wherever it is between separators.
pub(crate) fn swap(
    name: &str,
    from: &str,
    to: &str,
    separates: impl Fn(char) -> bool,
) -> Option<String> {
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
        let name = |of, stage, dev: &str| name(of, stage, &[("dev", dev.to_owned())]);
        for (dev, wanted) in [
            ("/app/dev/url", Some("/app/prod/url")),
            ("/dev-tools/dev", Some("/dev-tools/prod")),
            ("/app/url-dev", Some("/app/url-prod")),
            ("/dev/key:3", None),
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
            let made = name(NameKind::Parameter, "prod", dev);
            assert_eq!(made.as_deref(), wanted, "{dev}");
        }
        assert_eq!(name(NameKind::Secret, "prod", "stripe/dev").as_deref(), Some("stripe/prod"));
        assert_eq!(name(NameKind::Path, "prod", "/flags/dev").as_deref(), Some("/flags/prod"));
        assert_eq!(name(NameKind::Path, "größe", "/flags/dev"), None);
    }

    #[test]
    fn the_name_most_like_a_stages_own_is_followed() {
        let others = [("dev", "/stripe/test"), ("qa", "/stripe/sub/qa")];
        let others = others.map(|(stage, name)| (stage, name.to_owned()));
        let made = name(NameKind::Parameter, "prod", &others);
        assert_eq!(made.as_deref(), Some("/stripe/sub/prod"));
    }
}
