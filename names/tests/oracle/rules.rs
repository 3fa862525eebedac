//! What a reader of parameters may write, by the documentation of the service and not by our code.

use std::sync::LazyLock;

use regex::Regex;

/// The largest version: the service counts in a signed 64-bit number.
const LAST_VERSION: &str = "9223372036854775807";

fn pattern(text: &str) -> Regex {
    Regex::new(&format!(r"\A(?:{text})\z")).unwrap()
}

/// Of one level, or of up to fifteen behind slashes; in front an ARN, behind it a selector.
static PARAMETER: LazyLock<Regex> = LazyLock::new(|| {
    let level = "[A-Za-z0-9_.-]+";
    let partition = "aws|aws-cn|aws-us-gov|aws-iso|aws-iso-[bef]|aws-eusc";
    let arn = format!("arn:(?:{partition}):ssm:[a-z0-9-]+:(?P<account>[0-9]{{12}})?:parameter");
    let version = "(?P<version>[1-9][0-9]*)";
    let label = "(?P<label>[A-Za-z_.-][A-Za-z0-9_.-]{0,99})";
    pattern(&format!(
        "(?P<name>{level}|(?P<arn>{arn})?(?P<path>(?:/{level}){{1,15}}))(?::(?:{version}|{label}))?"
    ))
});

/// <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html> for the
/// name; a version of a secret is a text of its own kind.
static SECRET: LazyLock<Regex> = LazyLock::new(|| {
    let word = "[A-Za-z0-9/_+=.@-]";
    pattern(&format!("/aws/reference/secretsmanager/{word}{{1,512}}(?::{word}{{1,256}})?"))
});

pub(crate) fn allow(text: &str) -> bool {
    SECRET.is_match(text) || allow_parameter(text)
}

fn allow_parameter(text: &str) -> bool {
    let Some(parts) = PARAMETER.captures(text) else { return false };
    let of = |part| parts.name(part).map(|it| it.as_str());
    let name = &parts["name"];
    let bare = of("path").unwrap_or(name);
    let is_public = bare.starts_with("/aws/service/");
    let has_account = of("arn").is_none() || of("account").is_some();
    // In an ARN, which is what is counted, there is a slash in front of any name.
    let slash = if name.contains('/') { "" } else { "/" };
    name.len() + slash.len() <= 1011
        && (is_public || !is_kept_by_the_service(bare.trim_start_matches('/')))
        && (is_public || has_account)
        && !of("label").is_some_and(is_kept_by_the_service)
        // Texts of digits are in the order of their numbers, if the shorter ones come first.
        && of("version").is_none_or(|it| (it.len(), it) <= (LAST_VERSION.len(), LAST_VERSION))
}

fn is_kept_by_the_service(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    text.starts_with("aws") || text.starts_with("ssm")
}
