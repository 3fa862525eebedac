//! The name of a parameter at another stage, made like those that are there.

use crate::kind::NameOf;
use crate::name::{ParameterName, SECRETS};
use crate::selector::Selector;
use crate::template;

/// What people call the level of a stage, besides by its name.
const USUAL_LEVELS: [&str; 8] =
    ["dev", "development", "live", "prod", "production", "sandbox", "staging", "test"];

/// Whether many projects have a stage of this name.
pub fn is_usual_stage(name: &str) -> bool {
    USUAL_LEVELS.contains(&name)
}

impl NameOf {
    /// A name for a stage that has none, made like those of other stages, which are pairs of stage
    /// and name. It is valid, and none of them.
    ///
    /// ```
    /// use stage_config_names::NameOf;
    ///
    /// let others = [("dev", "/stripeSecretKey/dev")];
    /// let made = NameOf::Parameter.for_stage("prod", &others).unwrap();
    /// assert_eq!(made, "/stripeSecretKey/prod");
    /// ```
    pub fn for_stage(self, stage: &str, others: &[(&str, &str)]) -> Option<String> {
        let others = others.iter().filter_map(|(other, name)| {
            let name = self.suggest(name)?;
            let asked = self.asked(name.name()).into_owned();
            Some((*other, template::with_stand_in(&asked).into_owned()))
        });
        let others: Vec<_> = others.collect();
        let is_new = |made: &String| {
            let canonical = |name| ParameterName::parse(name).ok().map(|name| name.canonical());
            let made = canonical(made);
            made.is_some() && others.iter().all(|(_, name)| canonical(name) != made)
        };
        // The surest first.
        let ways =
            [Parts::with_level, Parts::with_word, Parts::with_usual_level, Parts::with_one_more];
        let likes = others.iter().filter_map(|(other, name)| Some((*other, Parts::of(name)?)));
        let likes: Vec<_> = likes.collect();
        let mut made = ways
            .iter()
            .flat_map(|way| likes.iter().filter_map(|(other, it)| way(it, other, stage)));
        let made = template::without_stand_in("", &made.find(is_new)?)?;
        match self {
            Self::Secret => made.strip_prefix(SECRETS).map(str::to_owned),
            Self::Parameter | Self::Path => Some(made),
        }
    }
}

/// The name of a parameter, by what may differ between stages.
struct Parts<'a> {
    /// In front of the path: an ARN, or where secrets are.
    head: &'a str,
    path: &'a str,
    /// With the colon. A version belongs to one parameter alone and is none.
    label: &'a str,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let name = ParameterName::parse(text).ok()?;
        let (head, selector) = text.split_once(name.path())?;
        let label = if let Some(Selector::Label(_)) = name.selector() { selector } else { "" };
        if name.is_secret_reference() {
            let (head, path) = name.path().split_at(SECRETS.len() - 1);
            return Some(Self { head, path, label });
        }
        // Public parameters are the same for everybody.
        let is_public = name.path().starts_with("/aws/");
        (!is_public).then(|| Self { head, path: name.path(), label })
    }

    fn swap(&self, from: &str, to: &str, separates: impl Fn(char) -> bool) -> Option<String> {
        let text = format!("{}{}", self.path, self.label);
        let mut swapped = self.head.to_owned();
        let mut done = 0;
        for (at, found) in text.match_indices(from) {
            let end = at + found.len();
            let is_whole = text[..at].chars().next_back().is_none_or(&separates)
                && text[end..].chars().next().is_none_or(&separates);
            if is_whole {
                swapped.extend([&text[done..at], to]);
                done = end;
            }
        }
        swapped.push_str(&text[done..]);
        (done > 0).then_some(swapped)
    }

    /// `/dev/key` as `/prod/key`.
    fn with_level(&self, from: &str, to: &str) -> Option<String> {
        self.swap(from, to, |c| matches!(c, '/' | ':'))
    }

    /// `/key-dev` as `/key-prod`.
    fn with_word(&self, from: &str, to: &str) -> Option<String> {
        self.swap(from, to, |c| !c.is_ascii_alphanumeric())
    }

    /// `/key/test` as `/key/prod`.
    fn with_usual_level(&self, _: &str, to: &str) -> Option<String> {
        USUAL_LEVELS.iter().find_map(|usual| self.with_level(usual, to))
    }

    /// `/key` as `/key/prod`.
    #[expect(clippy::unnecessary_wraps, reason = "as the other ways")]
    fn with_one_more(&self, _: &str, to: &str) -> Option<String> {
        let Self { head, path, label } = self;
        let slash = if path.starts_with('/') { "" } else { "/" };
        Some(format!("{head}{slash}{path}/{to}{label}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_prod(of: NameOf, dev: &str) -> Option<String> {
        of.for_stage("prod", &[("dev", dev)])
    }

    #[test]
    fn names_for_another_stage() {
        let arn = "arn:aws:ssm:us-east-1:123456789012:parameter";
        let of_arn = (&*format!("{arn}/dev/key"), Some(&*format!("{arn}/prod/key")));
        for (dev, wanted) in [
            ("/stripe/test", Some("/stripe/prod")),
            ("/limit", Some("/limit/prod")),
            ("limit", Some("/limit/prod")),
            ("/app/dev/url", Some("/app/prod/url")),
            ("/dev-tools/dev", Some("/dev-tools/prod")),
            ("/app/url-dev", Some("/app/url-prod")),
            ("/device/url", Some("/device/url/prod")),
            ("/limit/prod", Some("/limit/prod/prod")),
            ("/dev/key:3", Some("/prod/key")),
            ("/key:dev", Some("/key:prod")),
            ("/key:blue", Some("/key/prod:blue")),
            ("/broken key/dev", Some("/broken-key/prod")),
            ("/app/{stage}/key", Some("/app/{stage}/key/prod")),
            of_arn,
            (
                "/aws/reference/secretsmanager/key/dev",
                Some("/aws/reference/secretsmanager/key/prod"),
            ),
            ("/aws/service/ami", None),
            ("/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o", None),
        ] {
            assert_eq!(at_prod(NameOf::Parameter, dev).as_deref(), wanted, "{dev}");
        }
    }

    #[test]
    fn secrets_and_paths_for_another_stage() {
        for (of, dev, wanted) in [
            (NameOf::Secret, "stripe/test", "stripe/prod"),
            (NameOf::Secret, "stripe", "stripe/prod"),
            (NameOf::Secret, "stripe-dev:AWSCURRENT", "stripe-prod"),
            (NameOf::Path, "/flags/dev", "/flags/prod"),
            (NameOf::Path, "/flags", "/flags/prod"),
        ] {
            assert_eq!(at_prod(of, dev).as_deref(), Some(wanted), "{dev}");
        }
    }

    #[test]
    fn the_name_most_like_a_stages_own_is_followed() {
        let others = [("dev", "/stripe/test"), ("qa", "/stripe/sub/qa")];
        let made = NameOf::Parameter.for_stage("prod", &others);
        assert_eq!(made.as_deref(), Some("/stripe/sub/prod"));
        assert_eq!(NameOf::Parameter.for_stage("größe", &others), None);
    }
}
