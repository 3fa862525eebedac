//! Parameter names: what Parameter Store accepts, and what is said of the rest.

use std::collections::HashSet;

use stage_config_names::{
    Name, NameError, NameKind, ParameterName, Reason, Selector, is_template, may_be_in_names,
    outside_of_names, render,
};

fn parsed(text: &str) -> ParameterName<'_> {
    ParameterName::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn error(text: &str) -> NameError {
    ParameterName::parse(text).expect_err(text)
}

/// The text at fault, and why.
fn found(text: &str) -> (&str, Reason) {
    let error = error(text);
    (&text[error.at()], error.reason())
}

#[test]
fn names_that_the_service_accepts() {
    for name in [
        "Key",
        "/Key",
        "/a/b/Key",
        "/stripeSecretKey/live",
        "a.b-c_d",
        "/a/aws/ssm",
        "/aw",
        "/1/2",
        "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
        "/aws/reference/secretsmanager/stripe/live",
        "/aws/reference/secretsmanager/a+b=c@d.e-f_g",
    ] {
        assert_eq!(parsed(name).path(), name);
        assert_eq!(parsed(name).as_str(), name);
        assert_eq!(parsed(name).to_string(), name);
        assert_eq!((parsed(name).selector(), parsed(name).arn()), (None, None));
    }
}

#[test]
fn faults_of_slashes() {
    assert_eq!(found(""), ("", Reason::Empty));
    assert_eq!(found("a/b"), ("a", Reason::NoLeadingSlash));
    assert_eq!(found("/a//b"), ("//", Reason::EmptyLevel));
    assert_eq!(found("//a"), ("//", Reason::EmptyLevel));
    assert_eq!(error("/a/b//c").at(), 4..6);
    assert_eq!(found("/a/"), ("/", Reason::TrailingSlash));
    assert_eq!(error("/a/b/").at(), 4..5);
    assert_eq!(found("/"), ("/", Reason::TrailingSlash));
    assert_eq!(found(":3"), ("", Reason::Empty));
}

#[test]
fn faults_of_blanks_and_characters() {
    assert_eq!(found(" /a"), (" ", Reason::OuterBlank));
    assert_eq!(error("/a \t").at(), 2..4);
    assert_eq!(found(" "), (" ", Reason::OuterBlank));
    assert_eq!(found("/a b"), (" ", Reason::Character(' ')));
    assert_eq!(found("/a@b"), ("@", Reason::Character('@')));
    assert_eq!(found("/стр"), ("с", Reason::Character('с')));
    assert_eq!(found("/a\u{a0}b"), ("\u{a0}", Reason::Character('\u{a0}')));
    assert_eq!(found("/a+b"), ("+", Reason::Character('+')));
    assert_eq!(found("/app/{stage}"), ("{", Reason::Character('{')));
}

#[test]
fn a_character_is_named() {
    for (name, said) in [
        ("/a b", "a space"),
        ("/a\tb", "a tab"),
        ("/a\nb", "a line break"),
        ("/a\rb", "a line break"),
        ("/a\u{a0}b", "a no-break space (U+00A0)"),
        ("/cafe\u{301}", "a combining character (U+0301)"),
        ("/a\u{200b}b", "a zero-width character (U+200B)"),
        ("/a\u{1}b", "the character U+0001"),
        ("/a\u{2003}b", "the character U+2003"),
        ("/a\u{202e}b", "the character U+202E"),
        ("/a\u{2060}b", "the character U+2060"),
        ("/a@b", "`@`"),
        ("/\u{430}", "`\u{430}` (U+0430)"),
        ("/🦀", "`🦀` (U+1F980)"),
    ] {
        assert_eq!(error(name).to_string(), format!("has {said}, which Parameter Store refuses"));
    }
}

#[test]
fn fifteen_levels_at_most() {
    let levels = |count: usize| "/l".repeat(count);
    parsed(&levels(15));
    let sixteen = levels(16);
    assert_eq!(found(&sixteen), ("/l", Reason::TooManyLevels(16)));
    assert_eq!(error(&sixteen).at(), 30..32);
    let prefix = "arn:aws:ssm:us-east-1:111122223333:parameter";
    let shared = format!("{prefix}{sixteen}");
    assert_eq!(error(&shared).at(), prefix.len() + 30..shared.len());
    assert_eq!(error(&levels(17)).to_string(), "has 17 levels; Parameter Store allows 15");
}

#[test]
fn the_longest_name() {
    let name = |length: usize| format!("/{}", "n".repeat(length - 1));
    parsed(&name(1011));
    parsed(&format!("{}:3", name(1011)));
    let long = name(1013);
    assert_eq!(found(&long), ("nn", Reason::TooLong(1013)));
    assert_eq!(error(&long).to_string(), "has 1013 characters; Parameter Store allows 1011");

    // The same parameter without its slash, which counts all the same.
    let bare = |length: usize| "n".repeat(length);
    parsed(&bare(1010));
    assert_eq!(found(&bare(1011)), ("n", Reason::TooLong(1012)));

    let prefix = "arn:aws:ssm:us-east-1:111122223333:parameter";
    parsed(&format!("{prefix}{}", name(1011 - prefix.len())));
    let long = format!("{prefix}{}", name(1012 - prefix.len()));
    assert_eq!(found(&long), ("n", Reason::TooLong(1012)));
}

#[test]
fn reserved_prefixes_but_for_the_two_readable_namespaces() {
    assert_eq!(found("awsKey"), ("aws", Reason::Reserved));
    assert_eq!(found("/AWS/key"), ("AWS", Reason::Reserved));
    assert_eq!(found("/ssm"), ("ssm", Reason::Reserved));
    assert_eq!(found("/Ssm-key"), ("Ssm", Reason::Reserved));
    assert_eq!(found("/aws/reference/other/x"), ("aws", Reason::Reserved));
    assert_eq!(found("/aws/Service/x"), ("aws", Reason::Reserved));
    assert_eq!(found("/aws/service"), ("aws", Reason::Reserved));
    assert_eq!(found("/aws/service/a b"), (" ", Reason::Character(' ')));
}

#[test]
fn secrets_have_their_own_rules() {
    let secret = |rest: &str| format!("/aws/reference/secretsmanager/{rest}");
    assert_eq!(found(&secret("")), ("/", Reason::SecretEmpty));
    assert_eq!(found(&secret(":v")), ("/", Reason::SecretEmpty));
    assert_eq!(found(&secret("a#b")), ("#", Reason::SecretCharacter('#')));
    parsed(&secret(&"s".repeat(512)));
    assert_eq!(found(&secret(&"s".repeat(513))), ("s", Reason::SecretTooLong(513)));
    // Longer than a parameter's fifteen levels, which do not count here.
    parsed(&secret("a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p"));

    let staged = secret("stripe:AWSPREVIOUS");
    assert_eq!(parsed(&staged).path(), secret("stripe"));
    assert_eq!(parsed(&staged).selector(), Some(Selector::SecretVersion("AWSPREVIOUS")));
    assert!(parsed(&staged).is_secret_reference());
    assert!(!parsed("/a").is_secret_reference());
    assert_eq!(found(&secret("a:")), (":", Reason::EmptySelector));
    assert_eq!(found(&secret("a:b:c")), (":c", Reason::SecondSelector));
    assert_eq!(found(&secret("a:b c")), (" ", Reason::SecretCharacter(' ')));
    parsed(&secret(&format!("a:{}", "v".repeat(256))));
    let long = "v".repeat(257);
    assert_eq!(found(&secret(&format!("a:{long}"))), (&*long, Reason::LabelTooLong(257)));
}

#[test]
fn versions_and_labels() {
    assert_eq!(parsed("/a:3").selector(), Some(Selector::Version(3)));
    assert_eq!(parsed("/a:3").path(), "/a");
    assert_eq!(parsed("Key:blue").selector(), Some(Selector::Label("blue")));
    assert_eq!(parsed("/a:b.c-d_e").selector(), Some(Selector::Label("b.c-d_e")));
    assert_eq!(parsed("/a:3").selector().unwrap().to_string(), "3");
    assert_eq!(parsed("/a:blue").selector().unwrap().to_string(), "blue");
    let longest = format!("/a:{}", "l".repeat(100));
    assert_eq!(parsed(&longest).path(), "/a");

    assert_eq!(found("/a:"), (":", Reason::EmptySelector));
    assert_eq!(found("/a:b:c"), (":c", Reason::SecondSelector));
    assert_eq!(error("/a:b:c").at(), 4..6);
    assert_eq!(found("/a:0"), ("0", Reason::VersionZero));
    assert_eq!(found("/a:03"), ("03", Reason::VersionZero));
    assert_eq!(found("/a:99999999999999999999"), ("99999999999999999999", Reason::VersionTooLarge));
    assert_eq!(found("/a:3b"), ("3b", Reason::LabelBeginsWithDigit));
    assert_eq!(found("/a:b c"), (" ", Reason::LabelCharacter(' ')));
    assert_eq!(error("/a:bc/").at(), 5..6);
    assert_eq!(found("/a:awsLabel"), ("aws", Reason::LabelReserved));
    assert_eq!(found("/a:SSM"), ("SSM", Reason::LabelReserved));
    let long = "l".repeat(101);
    assert_eq!(found(&format!("/a:{long}")), (&*long, Reason::LabelTooLong(101)));
}

#[test]
fn arns() {
    let name = parsed("arn:aws-us-gov:ssm:us-gov-west-1:111122223333:parameter/app/key:7");
    let arn = name.arn().unwrap();
    assert_eq!(
        (arn.partition(), arn.region(), arn.account()),
        ("aws-us-gov", "us-gov-west-1", "111122223333")
    );
    assert_eq!((name.path(), name.selector()), ("/app/key", Some(Selector::Version(7))));
    assert_eq!(name.resource(), "parameter/app/key");

    parsed("arn:aws:ssm:us-east-1::parameter/aws/service/ecs/optimized-ami");
    for partition in ["aws", "aws-cn", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"]
    {
        parsed(&format!("arn:{partition}:ssm:r-1:111122223333:parameter/a"));
    }
}

#[test]
fn a_parameter_may_be_called_arn() {
    assert_eq!(parsed("arn:3").selector(), Some(Selector::Version(3)));
    assert_eq!(parsed("arn:blue").path(), "arn");
    assert_eq!(parsed("arn:blue").arn(), None);
    assert_eq!(found("arn:aws"), ("aws", Reason::ArnCutShort));
    assert_eq!(found("arn:blue:3"), ("blue", Reason::ArnPartition));
}

#[test]
fn faults_of_arns() {
    let with = |tail: &str| format!("arn:aws:{tail}");
    assert_eq!(found("arn:"), ("", Reason::ArnCutShort));
    assert_eq!(found("arn:aws:ssm:us-east-1"), ("us-east-1", Reason::ArnCutShort));
    assert_eq!(found("arn:amazon:ssm:r:1:parameter/a"), ("amazon", Reason::ArnPartition));
    assert_eq!(found(&with("s3:us-east-1:111122223333:parameter/a")), ("s3", Reason::ArnService));
    assert_eq!(found(&with("ssm::111122223333:parameter/a")), ("", Reason::ArnRegion));
    assert_eq!(found(&with("ssm:US-1:111122223333:parameter/a")), ("US-1", Reason::ArnRegion));
    assert_eq!(found(&with("ssm:us-1:1234:parameter/a")), ("1234", Reason::ArnAccount));
    assert_eq!(
        found(&with("ssm:us-1:11112222333x:parameter/a")),
        ("11112222333x", Reason::ArnAccount)
    );
    assert_eq!(found(&with("ssm:us-1::parameter/a")), ("", Reason::ArnAccount));
    assert_eq!(
        found(&with("ssm:us-1:111122223333:document/a")),
        ("document/a", Reason::ArnResource)
    );
    assert_eq!(found(&with("ssm:us-1:111122223333:parameter")), ("parameter", Reason::ArnResource));
    assert_eq!(found(&with("ssm:us-1:111122223333:parameter/a b")), (" ", Reason::Character(' ')));
    assert_eq!(found(&with("ssm:us-1:111122223333:parameter/a:")), (":", Reason::EmptySelector));
    assert_eq!(found(&with("ssm:us-1:111122223333:parameter/aws/x")), ("aws", Reason::Reserved));
    assert_eq!(
        found(&with("ssm:us-1:111122223333:parameter/a:b:c")),
        (":c", Reason::SecondSelector)
    );
}

#[test]
fn a_name_and_the_same_with_a_slash_are_one() {
    assert_eq!(Name::from("Key"), Name::from("/Key"));
    assert_eq!(Name::from("Key:b"), Name::from("/Key:b"));
    assert_ne!(Name::from("Key:b"), Name::from("/Key"));
    assert_ne!(Name::from("/a/Key"), Name::from("Key"));
}

#[test]
fn the_resource_has_one_slash_and_no_selector() {
    assert_eq!(parsed("/a/b:3").resource(), "parameter/a/b");
    assert_eq!(parsed("Key").resource(), "parameter/Key");
}

#[test]
fn every_reason_has_a_text_and_a_rule_of_its_own() {
    let reasons = [
        Reason::Empty,
        Reason::OuterBlank,
        Reason::Character('@'),
        Reason::NoLeadingSlash,
        Reason::EmptyLevel,
        Reason::TrailingSlash,
        Reason::TooManyLevels(16),
        Reason::TooLong(1012),
        Reason::Reserved,
        Reason::SecretEmpty,
        Reason::SecretCharacter('#'),
        Reason::SecretTooLong(513),
        Reason::EmptySelector,
        Reason::SecondSelector,
        Reason::VersionZero,
        Reason::VersionTooLarge,
        Reason::LabelBeginsWithDigit,
        Reason::LabelCharacter('@'),
        Reason::LabelReserved,
        Reason::LabelTooLong(101),
        Reason::ArnCutShort,
        Reason::ArnPartition,
        Reason::ArnService,
        Reason::ArnRegion,
        Reason::ArnAccount,
        Reason::ArnResource,
        Reason::SecretPrefix,
        Reason::SecretArn,
        Reason::PathNoSlash,
        Reason::PathSelector,
        Reason::PathArn,
        Reason::PathOfSecrets,
        Reason::PlaceholderUnclosed,
        Reason::PlaceholderUnopened,
        Reason::PlaceholderUnknown,
    ];
    let texts: std::collections::BTreeSet<_> = reasons.iter().map(ToString::to_string).collect();
    let rules: std::collections::BTreeSet<_> = reasons.iter().map(|it| it.rule()).collect();
    assert_eq!((texts.len(), rules.len()), (reasons.len(), reasons.len()));
    assert!(texts.iter().all(|text| !text.is_empty()));
    assert!(rules.iter().all(|rule| !rule.is_empty()));
}

/// The text at fault, and why.
fn found_in(of: NameKind, text: &str) -> (&str, Reason) {
    let error = of.check(text).expect_err(text);
    (&text[error.at()], error.reason())
}

#[test]
fn templates() {
    for name in
        ["/app/{stage}/key", "/{stage}", "{stage}", "/a-{stage}.b:{stage}", "/{stage}{stage}"]
    {
        assert_eq!(NameKind::Parameter.check(name), Ok(()), "{name}");
    }
    NameKind::Secret.check("app/{stage}@db:{stage}").unwrap();
    NameKind::Path.check("/flags/{stage}").unwrap();

    let found = |name| found_in(NameKind::Parameter, name);
    assert_eq!(found("/app/{stage/key"), ("{stage", Reason::PlaceholderUnclosed));
    assert_eq!(found("/app/{"), ("{", Reason::PlaceholderUnclosed));
    assert_eq!(found("/app/{stag}/key"), ("{stag}", Reason::PlaceholderUnknown));
    assert_eq!(found("/app/{ stage }"), ("{ stage }", Reason::PlaceholderUnknown));
    assert_eq!(found("/app/{{stage}}"), ("{{stage}}", Reason::PlaceholderUnknown));
    assert_eq!(found("/app/{stage}}"), ("{stage}}", Reason::PlaceholderUnknown));
    assert_eq!(found("/app/{}"), ("{}", Reason::PlaceholderUnknown));
    assert_eq!(found("/app/stage}"), ("}", Reason::PlaceholderUnopened));
    assert_eq!(found("/app/${stage}"), ("$", Reason::Character('$')));
    assert_eq!(found("app/{stage}"), ("app", Reason::NoLeadingSlash));
    assert_eq!(found("/app/{stage}/"), ("/", Reason::TrailingSlash));

    assert_eq!(render("/{stage}/{stage}-x", "dev"), "/dev/dev-x");
    assert_eq!(render("/key", "dev"), "/key");
    assert!(is_template("/{stage}") && !is_template("/stage"));
}

#[test]
fn what_of_a_stage_cannot_be_part_of_a_name() {
    assert_eq!(outside_of_names("feature-1.2_x"), None);
    assert_eq!(outside_of_names("feature/x"), Some('/'));
    assert_eq!(outside_of_names("a:b"), Some(':'));
    assert_eq!(outside_of_names("größe"), Some('ö'));
    for c in (0..0x250).filter_map(char::from_u32) {
        let stage = format!("a{c}");
        assert_eq!(may_be_in_names(&stage), outside_of_names(&stage).is_none(), "{c:?}");
    }
}

#[test]
fn secrets_by_their_own_name() {
    for name in ["stripe/live", "a+b=c@d.e-f_g", "/with/slash", "stripe:AWSPREVIOUS", "awsKey"] {
        assert_eq!(NameKind::Secret.check(name), Ok(()), "{name}");
    }
    let prefix = "/aws/reference/secretsmanager/";
    let whole = format!("{prefix}a");
    let found = |name| found_in(NameKind::Secret, name);
    assert_eq!(found(""), ("", Reason::SecretEmpty));
    assert_eq!(found(":v"), ("", Reason::SecretEmpty));
    assert_eq!(found(" stripe"), (" ", Reason::OuterBlank));
    assert_eq!(found("a#b"), ("#", Reason::SecretCharacter('#')));
    assert_eq!(found("a:b:c"), (":c", Reason::SecondSelector));
    assert_eq!(found("stripe:"), (":", Reason::EmptySelector));
    assert_eq!(found(&whole), (prefix, Reason::SecretPrefix));
    let arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:app-AbCdEf";
    assert_eq!(found(arn), (arn, Reason::SecretArn));
}

#[test]
fn paths() {
    for path in ["/flags", "/a/b", "/aws/service", "/aws/service/ecs"] {
        assert_eq!(NameKind::Path.check(path), Ok(()), "{path}");
    }
    let found = |name| found_in(NameKind::Path, name);
    assert_eq!(found(""), ("", Reason::Empty));
    assert_eq!(found("/"), ("/", Reason::TrailingSlash));
    assert_eq!(found("flags"), ("flags", Reason::PathNoSlash));
    assert_eq!(found("a/b"), ("a", Reason::NoLeadingSlash));
    assert_eq!(found("/flags:blue"), (":blue", Reason::PathSelector));
    assert_eq!(found("/ssm/a"), ("ssm", Reason::Reserved));
    let arn = "arn:aws:ssm:us-east-1:123456789012:parameter/a";
    assert_eq!(found(arn), (arn, Reason::PathArn));
    for path in ["/aws/reference/secretsmanager", "/aws/reference/secretsmanager/a"] {
        assert_eq!(found(path), (path, Reason::PathOfSecrets));
    }
}

#[test]
fn what_they_are_names_of_and_how_they_look() {
    for (of, said) in [
        (NameKind::Parameter, "parameter name"),
        (NameKind::Secret, "secret name"),
        (NameKind::Path, "path"),
    ] {
        assert_eq!(of.to_string(), said);
        let examples: Vec<_> = of.examples().split('"').skip(1).step_by(2).collect();
        assert!(!examples.is_empty());
        for example in examples {
            assert_eq!(of.check(example), Ok(()), "{example}");
        }
    }
}

#[test]
fn a_name_is_the_key_of_a_parameter() {
    for (one, other) in
        [("Key", "/Key"), ("/Key:3", "Key:3"), ("/a/b", "/a/b"), ("arn:3", "/arn:3")]
    {
        assert_eq!(Name::from(one), Name::from(other));
        assert_eq!(Name::from(one), *other);
    }
    for (one, other) in [("/Key:3", "/Key"), ("/Key", "/key"), ("a/b", "/a/b"), ("//Key", "/Key")] {
        assert_ne!(Name::from(one), Name::from(other));
    }
    let names = ["Key", "/Key", "/a/Key"].map(Name::from);
    assert_eq!(HashSet::from(names).len(), 2);
}

#[test]
fn a_name_shows_how_it_was_written() {
    let name = Name::from("Key");
    assert_eq!((name.as_str(), name.own(), name.is_secret()), ("Key", "Key", false));
    assert_eq!(format!("{name} {name:?}"), "Key \"Key\"");
    let secret = Name::from_secret("stripe/live:AWSPREVIOUS");
    assert!(secret.is_secret());
    assert_eq!(secret.own(), "stripe/live:AWSPREVIOUS");
    assert_eq!(secret.parse().unwrap().secret(), Some("stripe/live"));
    assert_eq!(Name::from("/a b").parse().unwrap_err().reason(), Reason::Character(' '));
}
