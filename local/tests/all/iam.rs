//! Policies of IAM: what they allow, and how the store refuses the rest.

use serde_json::{Value, json};
use stage_config_local::{LocalStore, On, Parameter};

use crate::{Answer, ask, get, get_all};

const SECRET: &str = "/aws/reference/secretsmanager/stripe/test";

fn store() -> LocalStore {
    LocalStore::start([
        Parameter::string("/a", "1"),
        Parameter::string("/b/c", "2"),
        Parameter::secure_string("/b/managed", "sk_test_1"),
        Parameter::secure_string("/own", "sk_test_2").key_id("alias/orders"),
        Parameter::secret("stripe/test", "sk_test_3"),
        Parameter::string("arn:aws:ssm:us-east-1:444455556666:parameter/shared", "3"),
    ])
    .unwrap()
}

/// A policy with these statements.
#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "reads better with `json!`")]
fn attach(store: &LocalStore, statements: Value) {
    let document = json!({ "Version": "2012-10-17", "Statement": statements });
    store.policy(&document.to_string()).unwrap();
}

fn allow(action: &str, resource: &str) -> Value {
    json!({ "Effect": "Allow", "Action": action, "Resource": resource })
}

/// A store with a policy of these statements.
#[track_caller]
fn under(statements: Value) -> LocalStore {
    let store = store();
    attach(&store, statements);
    store
}

fn arn(resource: &str) -> String {
    format!("arn:aws:ssm:us-east-1:111122223333:{resource}")
}

/// The action and resource that an answer denies because nothing allows it.
#[track_caller]
fn denied(answer: &Answer) -> String {
    assert_eq!((answer.status, answer.code()), (400, "AccessDeniedException"));
    let start = "User: arn:aws:sts::111122223333:assumed-role/local/local is not authorized to \
                 perform: ";
    let rest = answer.message().strip_prefix(start).unwrap();
    let (action, rest) = rest.split_once(" on resource: ").unwrap();
    let end = format!(" because no identity-based policy allows the {action} action");
    format!("{action} {}", rest.strip_suffix(&end).unwrap())
}

fn below(store: &LocalStore, path: &str) -> Answer {
    ask(store, "GetParametersByPath", json!({ "Path": path, "WithDecryption": true }))
}

#[test]
fn without_a_policy_everything_is_allowed_and_with_one_only_what_it_allows() {
    let store = store();
    get(&store, "/a").ok();
    attach(&store, json!([]));
    assert_eq!(denied(&get(&store, "/a")), format!("ssm:GetParameter {}", arn("parameter/a")));
    attach(&store, allow("ssm:GetParameter", &arn("parameter/a")));
    for name in ["/a", "a", "/a:1", &store.arn("/a")] {
        get(&store, name).ok();
    }
    denied(&get(&store, "/b/c"));
    denied(&get_all(&store, &["/a"]));
    attach(&store, json!([allow("ssm:GetParameters", "*")]));
    get_all(&store, &["/a", "/b/c"]).ok();
    denied(&get(&store, "/b/c"));
    store.clear_policies();
    get(&store, "/b/c").ok();
}

#[test]
fn actions_and_resources_have_wildcards() {
    let allows = |action: &str, resource: &str| {
        let store = under(allow(action, resource));
        get(&store, "/b/c").status == 200
    };
    let resource = &arn("parameter/b/c");
    for action in ["*", "*:*", "ssm:*", "ssm:Get*", "SSM:getparameter", "ssm:GetParamete?"] {
        assert!(allows(action, resource), "{action}");
    }
    for action in ["ssm:GetParameters", "ssm:GetParameter?", "ssmx:*", "ssm:Put*"] {
        assert!(!allows(action, resource), "{action}");
    }
    for resource in [
        "*",
        "arn:aws:ssm:*",
        "arn:aws:ssm:*:*:parameter/b/*",
        "arn:*:ssm:us-east-?:*:parameter/*c",
        &arn("parameter/b*"),
        &arn("parameter/?/?"),
        &arn("*"),
    ] {
        assert!(allows("ssm:GetParameter", resource), "{resource}");
    }
    for resource in [
        &arn("parameter//b/c"),
        &arn("parameter/B/c"),
        &arn("parameter/b/c:1"),
        &arn("parameter/b"),
        "arn:aws:ssm:eu-west-1:111122223333:parameter/b/c",
        "arn:aws:ssm:us-east-1:444455556666:parameter/b/c",
        "arn:aws-cn:ssm:us-east-1:111122223333:parameter/b/c",
    ] {
        assert!(!allows("ssm:GetParameter", resource), "{resource}");
    }
}

#[test]
fn a_batch_is_denied_on_the_first_name_that_is_not_allowed() {
    let store = under(allow("ssm:GetParameters", &arn("parameter/a")));
    assert_eq!(
        denied(&get_all(&store, &["/a", "/b/c", "/own"])),
        format!("ssm:GetParameters {}", arn("parameter/b/c"))
    );
    // The service does not know what a malformed name stands for.
    assert_eq!(denied(&get_all(&store, &["/a", "b/c"])), format!("ssm:GetParameters {}", arn("*")));
    assert_eq!(get_all(&store, &["/a"]).ok()["InvalidParameters"], json!([]));
}

#[test]
fn a_path_is_judged_by_itself() {
    let store = under(allow("ssm:GetParametersByPath", &arn("parameter/b")));
    below(&store, "/b").ok();
    // Its slash is part of the ARN.
    let action = "ssm:GetParametersByPath";
    assert_eq!(denied(&below(&store, "/b/")), format!("{action} {}", arn("parameter/b/")));
    assert_eq!(denied(&below(&store, "/")), format!("{action} {}", arn("parameter/")));
}

#[test]
fn a_deny_wins() {
    let deny = json!({ "Effect": "Deny", "Action": "ssm:*", "Resource": arn("parameter/b/*") });
    let store = under(json!([deny, allow("*", "*")]));
    get(&store, "/a").ok();
    let answer = get(&store, "/b/c");
    assert_eq!((answer.status, answer.code()), (400, "AccessDeniedException"));
    assert_eq!(
        answer.message(),
        format!(
            "User: arn:aws:sts::111122223333:assumed-role/local/local is not authorized to \
             perform: ssm:GetParameter on resource: {} with an explicit deny in an identity-based \
             policy",
            arn("parameter/b/c")
        )
    );
    // Of one policy, whatever another allows.
    attach(&store, allow("ssm:GetParameter", &arn("parameter/b/c")));
    assert_eq!(get(&store, "/b/c").code(), "AccessDeniedException");
}

#[test]
fn all_but_some_actions_and_resources() {
    let store = under(json!([
        { "Effect": "Allow", "NotAction": ["ssm:Put*", "ssm:Delete*"], "Resource": "*" },
        { "Effect": "Deny", "Action": "*", "NotResource": arn("parameter/a") },
    ]));
    get(&store, "/a").ok();
    assert_eq!(get(&store, "/b/c").code(), "AccessDeniedException");
    let delete = ask(&store, "DeleteParameter", json!({ "Name": "/a" }));
    assert_eq!(denied(&delete), format!("ssm:DeleteParameter {}", arn("parameter/a")));
}

#[test]
fn a_description_needs_a_star() {
    let describe = |resource: &str| {
        ask(&under(allow("ssm:DescribeParameters", resource)), "DescribeParameters", json!({}))
    };
    describe("*").ok();
    let answer = describe(&arn("parameter/*"));
    assert_eq!(denied(&answer), format!("ssm:DescribeParameters {}", arn("*")));
}

#[test]
fn a_secret_needs_its_value_too() {
    let reference = arn("parameter/aws/reference/secretsmanager/stripe/test");
    let store = under(allow("ssm:GetParameter", &reference));
    let secret = store.arn(SECRET);
    assert_eq!(
        denied(&get(&store, &format!("{SECRET}:AWSCURRENT"))),
        format!("secretsmanager:GetSecretValue {secret}")
    );
    let short = secret.rsplit_once('-').unwrap().0.to_owned();
    attach(&store, allow("secretsmanager:GetSecretValue", &short));
    denied(&get(&store, SECRET));
    attach(&store, allow("secretsmanager:GetSecretValue", &format!("{short}-??????")));
    get(&store, SECRET).ok();
    assert!(denied(&get_all(&store, &[SECRET])).starts_with("ssm:GetParameters "));
}

#[test]
fn a_key_of_ones_own_needs_to_be_allowed() {
    let store = under(allow("ssm:*", "*"));
    let key = store.key_arn("alias/orders");
    get(&store, "/b/managed").ok();
    ask(&store, "GetParameter", json!({ "Name": "/own" })).ok();
    assert_eq!(denied(&get(&store, "/own")), format!("kms:Decrypt {key}"));
    assert_eq!(denied(&get_all(&store, &["/a", "/own"])), format!("kms:Decrypt {key}"));
    assert_eq!(denied(&below(&store, "/")), format!("kms:Decrypt {key}"));

    let put = |more: Value| {
        let mut body = json!({
            "Name": "/own", "Value": "sk_test_4", "Overwrite": true, "KeyId": "alias/orders",
        });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        ask(&store, "PutParameter", body)
    };
    assert_eq!(denied(&put(json!({}))), format!("kms:Encrypt {key}"));
    let advanced = json!({ "Tier": "Advanced" });
    assert_eq!(denied(&put(advanced)), format!("kms:GenerateDataKey {key}"));

    attach(&store, allow("kms:Decrypt", &key));
    get(&store, "/own").ok();
    attach(&store, allow("kms:Encrypt", &key));
    assert_eq!(put(json!({})).ok()["Version"], 2);
    // Of what the managed key needs, nothing can be taken away but by a deny.
    attach(&store, json!({ "Effect": "Deny", "Action": "kms:Decrypt", "Resource": "*" }));
    assert!(
        get(&store, "/b/managed")
            .message()
            .ends_with(" with an explicit deny in an identity-based policy")
    );
}

#[test]
fn a_key_has_an_id_an_alias_and_arns() {
    let store = store();
    let id = "1234abcd-12ab-34cd-56ef-1234567890ab";
    let whole = format!("arn:aws:kms:us-east-1:111122223333:key/{id}");
    assert_eq!((store.key_arn(id), store.key_arn(&whole)), (whole.clone(), whole));
    let alias = store.key_arn("alias/orders");
    assert!(alias.starts_with("arn:aws:kms:us-east-1:111122223333:key/"), "{alias}");
    assert_eq!(store.key_arn("arn:aws:kms:us-east-1:111122223333:alias/orders"), alias);
    let elsewhere = store.key_arn("arn:aws:kms:us-east-1:444455556666:alias/orders");
    assert_eq!(elsewhere, alias.replace("111122223333", "444455556666"));
    assert_ne!(store.key_arn("alias/other"), alias);
}

#[test]
fn conditions_of_a_key() {
    let store = store();
    let key = store.key_arn("alias/orders");
    let allows = |condition: Value| {
        store.clear_policies();
        let decrypt = json!({
            "Effect": "Allow", "Action": "kms:Decrypt", "Resource": key, "Condition": condition,
        });
        attach(&store, json!([allow("ssm:*", "*"), decrypt]));
        get(&store, "/own").status == 200
    };
    let own = store.arn("/own");
    for condition in [
        json!({}),
        json!({ "StringEquals": { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } }),
        json!({ "StringLike": { "kms:ViaService": ["ec2.*.amazonaws.com", "ssm.*.amazonaws.com"] } }),
        json!({ "StringEquals": { "kms:EncryptionContext:PARAMETER_ARN": own } }),
        json!({ "ArnLike": { "KMS:encryptioncontext:parameter_arn": arn("parameter/*") } }),
        json!({ "StringEquals": { "kms:CallerAccount": "111122223333" } }),
        json!({ "StringNotEquals": { "aws:PrincipalAccount": ["444455556666", "1"] } }),
        json!({ "StringEqualsIgnoreCase": { "aws:RequestedRegion": "US-EAST-1" } }),
        json!({ "StringEqualsIfExists": { "ssm:Recursive": "true" } }),
        json!({ "StringNotEquals": { "ssm:Recursive": "true" } }),
        json!({ "Null": { "ssm:Recursive": true, "kms:ViaService": "false" } }),
        json!({ "ForAnyValue:StringEquals": { "kms:ResourceAliases": ["alias/x", "alias/orders"] } }),
        json!({ "ForAnyValue:StringLike": { "kms:ResourceAliases": "alias/o*" } }),
        json!({ "ForAnyValue:StringEqualsIfExists": { "ssm:Recursive": "true" } }),
        json!({ "StringNotEqualsIfExists": { "ssm:Recursive": "true" } }),
    ] {
        assert!(allows(condition.clone()), "{condition}");
    }
    for condition in [
        json!({ "StringEquals": { "kms:ViaService": "ssm.eu-west-1.amazonaws.com" } }),
        json!({ "StringEquals": { "kms:ViaService": "ssm.*.amazonaws.com" } }),
        json!({ "StringEquals": { "kms:EncryptionContext:PARAMETER_ARN": arn("parameter/a") } }),
        json!({ "ArnLike": { "kms:EncryptionContext:PARAMETER_ARN": "arn:*:parameter/own" } }),
        json!({ "StringNotLike": { "aws:RequestedRegion": ["eu-*", "us-*"] } }),
        json!({ "StringEquals": { "ssm:Recursive": "true" } }),
        json!({ "Null": { "kms:ViaService": true } }),
        json!({ "Null": { "ssm:Recursive": false } }),
        json!({ "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/payments" } }),
        json!({ "ForAnyValue:StringNotEquals": { "ssm:Recursive": "true" } }),
        json!({ "StringNotEqualsIfExists": { "aws:RequestedRegion": "us-east-1" } }),
        // All of them.
        json!({ "StringEquals": { "kms:ViaService": "ssm.us-east-1.amazonaws.com", "kms:CallerAccount": "1" } }),
        json!({ "StringEquals": { "kms:CallerAccount": "111122223333" }, "Null": { "kms:CallerAccount": true } }),
    ] {
        assert!(!allows(condition.clone()), "{condition}");
    }
    // A key that is written twice is not overwritten.
    store.clear_policies();
    store
        .policy(
            r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {
            "StringEquals": {"aws:RequestedRegion": "eu-west-1"},
            "StringEquals": {"aws:RequestedRegion": "us-east-1"}}}}"#,
        )
        .unwrap();
    denied(&get(&store, "/a"));
}

#[test]
fn a_service_in_china_has_another_domain() {
    let own = Parameter::secure_string("/own", "sk_test_1").key_id("alias/orders");
    let store = LocalStore::builder().region("cn-north-1").start([own]).unwrap();
    let domain = "ssm.cn-north-1.amazonaws.com.cn";
    let decrypt = json!({
        "Effect": "Allow", "Action": "kms:Decrypt", "Resource": store.key_arn("alias/orders"),
        "Condition": { "StringEquals": { "kms:ViaService": domain } },
    });
    attach(&store, json!([allow("ssm:GetParameter", "arn:aws-cn:ssm:*"), decrypt]));
    get(&store, "/own").ok();
}

#[test]
fn a_public_parameter_is_in_no_account() {
    let store = under(json!([]));
    assert_eq!(
        denied(&get(&store, "/aws/service/ami")),
        "ssm:GetParameter arn:aws:ssm:us-east-1::parameter/aws/service/ami"
    );
}

#[test]
fn reading_deep_can_be_denied() {
    let store = under(json!([
        allow("ssm:*", "*"),
        {
            "Effect": "Deny", "Action": "ssm:GetParametersByPath", "Resource": "*",
            "Condition": { "StringEquals": { "ssm:Recursive": ["true"] } },
        },
    ]));
    below(&store, "/b").ok();
    let deep = json!({ "Path": "/b", "Recursive": true });
    assert_eq!(ask(&store, "GetParametersByPath", deep).code(), "AccessDeniedException");
    get(&store, "/a").ok();
}

#[test]
fn a_parameter_of_another_account_has_its_own_arn() {
    let shared = "arn:aws:ssm:us-east-1:444455556666:parameter/shared";
    let store = under(allow("ssm:GetParameter", &arn("parameter/*")));
    assert_eq!(denied(&get(&store, shared)), format!("ssm:GetParameter {shared}"));
    attach(&store, allow("ssm:GetParameter", shared));
    let parameter = get(&store, &format!("{shared}:1")).ok()["Parameter"].clone();
    assert_eq!((&parameter["ARN"], &parameter["Value"]), (&json!(shared), &json!("3")));
}

#[test]
fn faults_come_first_and_code_needs_no_policy() {
    let store = under(json!([]));
    store.put(Parameter::secure_string("/own", "sk_test_5").key_id("alias/orders")).unwrap();
    store.label("/own", 2, "blue").unwrap();
    store.script(On::call("GetParameter").throttle(0));
    assert_eq!(get(&store, "/own").code(), "ThrottlingException");
    assert_eq!(ask(&store, "ListDocuments", json!({})).code(), "UnknownOperationException");
}

#[test]
fn a_document_that_is_not_evaluated_is_refused() {
    let store = store();
    let refused = |document: &str| store.policy(document).unwrap_err().to_string();
    let of = |statement: &str| refused(&format!(r#"{{"Statement": {statement}}}"#));
    let with = |members: &str| of(&format!(r#"{{"Effect": "Allow", {members}}}"#));
    let action = |action: &str| with(&format!(r#""Action": {action}, "Resource": "*""#));
    let resource = |it: &str| with(&format!(r#""Action": "*", "Resource": {it}"#));
    let condition =
        |it: &str| with(&format!(r#""Action": "*", "Resource": "*", "Condition": {it}"#));
    for (said, expected) in [
        (refused(""), "EOF while parsing a value at line 1 column 0"),
        (refused("[]"), "expected a policy document"),
        (refused("{}"), "missing field `Statement`"),
        (refused(r#"{"Statement": [], "Statments": []}"#), "unknown field `Statments`"),
        (refused(r#"{"Version": "2012-10-16", "Statement": []}"#), "`2012-10-16` is not a version"),
        (of("1"), "one item or a list"),
        (of(r#""Allow""#), "expected a statement at line 1 column"),
        (of("{}"), "missing field `Effect`"),
        (of(r#"{"Effect": "allow"}"#), "unknown variant `allow`, expected `Allow` or `Deny`"),
        (with(r#""Effect": "Deny""#), "duplicate field `Effect`"),
        (with(r#""Principal": "*""#), "unknown field `Principal`"),
        (with(r#""Resource": "*""#), "a statement has no `Action` at line 1 column"),
        (with(r#""Action": "*""#), "a statement has no `Resource`"),
        (action("[]"), "the list `Action` or `NotAction` is empty"),
        (
            with(r#""Action": "*", "NotAction": "*", "Resource": "*""#),
            "both `Action` and `NotAction`",
        ),
        (with(r#""Sid": "a-b", "Action": "*", "Resource": "*""#), "`a-b` has more than letters"),
        (
            action(r#""GetParameter""#),
            "`GetParameter` is not an action, such as `ssm:GetParameter`",
        ),
        (action(r#""s*:Get""#), "`s*:Get` is not an action"),
        (action(r#""ssm:""#), "`ssm:` is not an action"),
        (action(r#"["*", 1]"#), "invalid type: integer `1`, expected a string"),
        (resource(r#""/a""#), "`/a` is not `*` or an ARN"),
        (resource(r#""arn:aws:ssm:us-east-1""#), "is not `*` or an ARN"),
        (resource(r#""arn:aws:*:us-east-1:1:parameter/a""#), "is not `*` or an ARN"),
        (resource(r#"{"Fn::Sub": "x"}"#), "invalid type: map, expected a string"),
        (resource(r#""arn:aws:ssm:us-east-1:1:parameter/${aws:username}""#), "policy variable"),
        (condition(r#"{"IpAddress": {}}"#), "the condition operator `IpAddress` is not evaluated"),
        (condition(r#"{"ForAllValues:StringEquals": {}}"#), "`ForAllValues:StringEquals` is not"),
        (condition(r#"{"NullIfExists": {}}"#), "`NullIfExists` is not evaluated"),
        (condition(r#"{"Null": {"aws:SourceIp": ""}}"#), "the condition key `aws:SourceIp` is not"),
        (condition(r#"{"Null": {"kms:ViaService": 1}}"#), "invalid type: integer `1`"),
        (condition(r#"{"StringLike": {"kms:ViaService": "${x}"}}"#), "policy variable"),
    ] {
        assert!(said.contains(expected), "{said}");
    }
    let twice = r#"{"Sid": "A", "Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    assert!(of(&format!("[{twice}, {twice}]")).contains("two statements have the `Sid` `A`"));
    for start in ["[", r#"{"Id": ["#, r#"{"Statement": ["#, r#"{"Id": {"#] {
        refused(&format!("{start}{}", "[".repeat(100_000)));
    }
    let whole = format!(r#"{{"Statement": [{twice}]}}"#);
    for end in 0..whole.len() {
        refused(&whole[..end]);
    }
    // None of them is in force.
    get(&store, "/a").ok();
}
