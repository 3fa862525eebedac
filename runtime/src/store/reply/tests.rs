use super::*;

const OWN: &str = "arn:aws:ssm:us-east-1:111122223333:parameter/a";
const SHARED: &str = "arn:aws:ssm:us-east-1:444455556666:parameter/a";

fn reply(name: &str, arn: &str, selector: Option<&str>, value: &str) -> Parameter {
    let [name, arn] = [name, arn].map(|text| Some(text.to_owned()));
    let selector = selector.map(str::to_owned);
    Parameter { name, arn, selector, ..valued(value) }
}

fn named(name: &str) -> Parameter {
    Parameter { name: Some(name.to_owned()), ..Parameter::default() }
}

fn valued(value: &str) -> Parameter {
    Parameter { value: Some(value.into()), ..Parameter::default() }
}

fn answers(replies: &Replies, names: &[&str]) -> Vec<Option<String>> {
    use secrecy::ExposeSecret;
    let names: Vec<_> = names.iter().map(|name| ParameterName::parse(name).unwrap()).collect();
    let text = |answer| match answer {
        Answer::Found { text, .. } => text.expose_secret().to_owned(),
        other => format!("{other:?}"),
    };
    names.iter().map(|name| replies.answer(name, &names).map(text)).collect()
}

fn some(texts: &[&str]) -> Vec<Option<String>> {
    texts.iter().map(|text| Some((*text).to_owned())).collect()
}

#[test]
fn by_name_and_selector_in_any_order() {
    let found = vec![
        reply("/b", "arn:b", None, "b"),
        reply("/a", OWN, Some(":2"), "second"),
        reply("/a", OWN, None, "latest"),
        reply("/a", OWN, Some(":blue"), "blue"),
    ];
    let replies = Replies { found, invalid: vec!["/a:9".to_owned(), "Lost".to_owned()] };
    assert_eq!(
        answers(&replies, &["/a", "/a:2", "/a:blue", "/b", "/a:9", "/Lost"]),
        some(&["latest", "second", "blue", "b", "Missing", "Missing"])
    );
    assert_eq!(answers(&replies, &["/a:1", "/c"]), [None, None]);
}

#[test]
fn with_and_without_a_slash() {
    let replies = Replies { found: vec![reply("Key", OWN, None, "1")], invalid: vec![] };
    assert_eq!(answers(&replies, &["/Key"]), some(&["1"]));
}

#[test]
fn an_empty_selector_is_none() {
    let replies = Replies { found: vec![reply("/a", OWN, Some(""), "1")], invalid: vec![] };
    assert_eq!(answers(&replies, &["/a"]), some(&["1"]));
}

#[test]
fn a_parameter_of_another_account_by_its_arn_beside_one_of_ours() {
    for found in [
        vec![reply("/a", SHARED, None, "shared"), reply("/a", OWN, None, "own")],
        vec![reply("/a", OWN, None, "own"), reply("/a", SHARED, None, "shared")],
    ] {
        let replies = Replies { found, invalid: vec![] };
        assert_eq!(answers(&replies, &["/a", SHARED]), some(&["own", "shared"]));
    }
    let found = vec![reply("/a", SHARED, Some(":1"), "first"), reply("/a", SHARED, None, "2")];
    let replies = Replies { found, invalid: vec![] };
    let first = format!("{SHARED}:1");
    assert_eq!(answers(&replies, &[&first, SHARED]), some(&["first", "2"]));
}

#[test]
fn only_the_parameter_of_another_account() {
    let found = vec![reply("/a", SHARED, None, "shared")];
    let replies = Replies { found, invalid: vec![] };
    assert_eq!(answers(&replies, &["/a", SHARED]), [None, Some("shared".to_owned())]);
}

#[test]
fn one_of_ours_by_name_and_by_arn() {
    let found = vec![reply("/a", OWN, None, "own"), reply("/a", OWN, None, "own")];
    let replies = Replies { found, invalid: vec![] };
    assert_eq!(answers(&replies, &["/a", OWN]), some(&["own", "own"]));
}

#[test]
fn nothing_is_guessed_where_versions_are_not_told_apart() {
    let found = vec![reply("/a", OWN, None, "latest"), reply("/a", OWN, None, "first")];
    let replies = Replies { found, invalid: vec![] };
    assert_eq!(answers(&replies, &["/a", "/a:1"]), [None, None]);
}

fn only(replies: &Replies, name: &str) -> String {
    use secrecy::ExposeSecret;
    match replies.only(&ParameterName::parse(name).unwrap()) {
        Answer::Found { text, .. } => text.expose_secret().to_owned(),
        other => format!("{other:?}"),
    }
}

fn found(found: Parameter) -> Replies {
    Replies { found: vec![found], invalid: vec![] }
}

fn invalid(name: &str) -> Replies {
    Replies { found: vec![], invalid: vec![name.to_owned()] }
}

const INCOMPLETE: &str =
    r#"Failed { transient: true, reason: "the reply of Parameter Store does not contain it" }"#;
const MISFIT: &str = r#"Failed { transient: false, reason: "the reply does not fit what was requested; check the endpoint" }"#;

#[track_caller]
fn assert_for_another(replies: &Replies, name: &str) {
    assert_eq!(only(replies, name), MISFIT);
}

#[test]
fn a_reply_without_a_value_is_none() {
    let replies = found(Parameter { arn: Some(OWN.to_owned()), ..named("/a") });
    assert_eq!(answers(&replies, &["/a"]), [None]);
    assert_eq!(only(&replies, "/a"), INCOMPLETE);
    assert_eq!(only(&Replies::default(), "/a"), INCOMPLETE);
}

#[test]
fn what_is_not_known_to_be_plain_is_secure() {
    for plain in [true, false] {
        let parameter = Parameter { is_plain: plain, ..valued("1") };
        assert!(
            matches!(answer(&parameter), Some(Answer::Found { secure, .. }) if secure != plain)
        );
    }
}

#[test]
fn an_answer_has_the_account_of_its_arn() {
    let account = |name: &str, arn| {
        let replies = Replies { found: vec![reply(name, arn, None, "1")], invalid: vec![] };
        let name = ParameterName::parse(name).unwrap();
        let answers = [replies.only(&name), replies.answer(&name, &[name]).unwrap()];
        answers.map(|it| it.account().map(|it| it.to_string()))
    };
    let ours = [Some("111122223333".to_owned()), Some("111122223333".to_owned())];
    assert_eq!([account("/a", OWN), account(SECRET, SECRET_ARN)], [ours.clone(), ours]);
    let public = "arn:aws:ssm:us-east-1::parameter/aws/service/a";
    assert_eq!(account("/aws/service/a", public), [None, None]);
    assert_eq!(account("/a", "arn:a"), [None, None]);
}

#[test]
fn a_name_that_is_both_found_and_invalid_is_neither() {
    for name in ["/a", SHARED, SECRET] {
        let arn = if name == SHARED { SHARED } else { OWN };
        let path = if name == SHARED { "/a" } else { name };
        let both = Replies { found: vec![reply(path, arn, None, "1")], ..invalid(name) };
        assert_eq!(answers(&both, &[name]), some(&[MISFIT]));
        assert_eq!(only(&both, name), MISFIT);
    }
    // Our own is missing, and that of another account is not.
    let own = Replies { found: vec![reply("/a", SHARED, None, "1")], ..invalid("/a") };
    assert_eq!(answers(&own, &["/a", SHARED]), some(&["Missing", "1"]));
}

#[test]
fn a_reply_to_one_name_is_checked_too() {
    let secure = |name, selector| found(reply(name, OWN, selector, "1"));
    assert_eq!(only(&secure("/a", None), "/a"), "1");
    assert_eq!(only(&secure("a", None), "/a"), "1");
    assert_eq!(only(&secure("/a", Some("")), "/a"), "1");
    assert_eq!(only(&secure("/a", Some(":2")), "/a:2"), "1");
    assert_eq!(only(&secure("/a", Some(":blue")), "/a:blue"), "1");
    assert_for_another(&secure("/b", None), "/a");
    assert_for_another(&secure("/A", None), "/a");
    assert_for_another(&secure("/a/b", None), "/a");
    assert_for_another(&secure("/a", Some(":7")), "/a");
    assert_for_another(&secure("/a", Some(":7")), "/a:2");
    assert_for_another(&secure("/a", Some("2")), "/a:2");
    assert_for_another(&secure("/a", Some(":Blue")), "/a:blue");
    assert_for_another(&found(valued("1")), "/a");

    assert_eq!(only(&invalid("a"), "/a"), "Missing");
    assert_for_another(&invalid("/b"), "/a");
}

#[test]
fn a_reply_to_one_arn_is_known_by_that() {
    let replies = |selector| found(reply("/a", SHARED, selector, "1"));
    assert_eq!(only(&replies(None), SHARED), "1");
    assert_eq!(only(&replies(Some(":blue")), &format!("{SHARED}:blue")), "1");
    assert_for_another(&replies(None), OWN);
    assert_for_another(&replies(Some(":blue")), SHARED);
    assert_for_another(&found(Parameter { value: Some("1".into()), ..named("/a") }), SHARED);
}

// As moto gives them.
#[test]
fn a_selector_may_be_left_out_by_one_who_was_asked_for_one_name() {
    let version = |number| found(Parameter { version: number, ..reply("/a", SHARED, None, "1") });
    for name in ["/a:2", &format!("{SHARED}:2")] {
        assert_eq!(only(&version(2), name), "1");
        assert_for_another(&version(3), name);
        assert_for_another(&version(0), name);
        assert_for_another(&version(-2), name);
    }
    assert_eq!(only(&version(2), "/a:blue"), "1");
    assert_eq!(answers(&version(2), &["/a:2"]), [None]);
}

// As moto gives it.
#[test]
fn a_secret_may_come_under_its_own_name_to_one_who_asked_for_it_alone() {
    let named = |name: &str, is_from_secrets_manager| {
        let value = Some("1".into());
        found(Parameter { value, is_from_secrets_manager, ..named(name) })
    };
    let previous = format!("{SECRET}:AWSPREVIOUS");
    for name in [SECRET, &previous] {
        assert_eq!(only(&named("stripe+live@2", true), name), "1");
        assert_for_another(&named("stripe+live@2", false), name);
        assert_for_another(&named("stripe+live@3", true), name);
    }
    assert_eq!(answers(&named("stripe+live@2", true), &[SECRET]), [None]);
    assert_for_another(
        &found(Parameter { is_from_secrets_manager: true, ..Parameter::default() }),
        "/a",
    );
}

#[test]
fn of_two_values_for_one_name_none_is_chosen() {
    let two = |one: Parameter, other| Replies { found: vec![one, other], invalid: vec![] };
    let value = |value| reply("/a", OWN, None, value);
    assert_eq!(only(&two(value("1"), value("1")), "/a"), "1");
    assert_eq!(only(&two(value("1"), value("2")), "/a"), MISFIT);
    assert_for_another(&two(value("1"), reply("/b", OWN, None, "1")), "/a");

    let mut plain = value("1");
    plain.is_plain = true;
    assert_eq!(answers(&two(plain, value("1")), &["/a"]), [None]);
}

const SECRET: &str = "/aws/reference/secretsmanager/stripe+live@2";
const SECRET_ARN: &str = "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf";

#[test]
fn secrets_by_name_and_selector_never_by_arn() {
    let found = vec![
        reply(SECRET, SECRET_ARN, Some(":AWSPREVIOUS"), "previous"),
        reply("/a", OWN, None, "own"),
        reply(SECRET, SECRET_ARN, None, "current"),
    ];
    let replies = Replies { found, invalid: vec![] };
    let previous = format!("{SECRET}:AWSPREVIOUS");
    let names = ["/a", SECRET, &previous];
    assert_eq!(answers(&replies, &names), some(&["own", "current", "previous"]));
}

#[test]
fn a_secret_is_secret_whichever_type_it_comes_as() {
    let name = ParameterName::parse(SECRET).unwrap();
    let replies = Replies { found: vec![reply(SECRET, SECRET_ARN, None, "1")], invalid: vec![] };
    for answer in [replies.answer(&name, &[name]).unwrap(), replies.only(&name)] {
        assert!(matches!(answer, Answer::Found { secure: true, .. }));
    }
}

#[test]
fn a_binary_secret_has_no_text() {
    let name = ParameterName::parse(SECRET).unwrap();
    let binary = Parameter { arn: Some(SECRET_ARN.to_owned()), ..named(SECRET) };
    assert!(matches!(answer_to(&name, &binary), Some(Answer::Failed { transient: false, .. })));
}

#[test]
fn a_secret_that_a_batch_did_not_get_is_not_missing_for_that() {
    let name = ParameterName::parse(SECRET).unwrap();
    let replies = Replies { found: vec![], invalid: vec![SECRET.to_owned()] };
    assert!(replies.answer(&name, &[name]).is_none());
    assert!(matches!(replies.only(&name), Answer::Failed { transient: false, .. }));
}
