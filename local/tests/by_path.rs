//! `GetParametersByPath`, over the wire: what is below a path, and page by page.

mod common;

use common::{Answer, ask};
use serde_json::{Value, json};
use stage_config_local::{LocalStore, On, Parameter};

fn store() -> LocalStore {
    let store = LocalStore::start([
        Parameter::string("/a", "1"),
        Parameter::string("/b/c", "2"),
        Parameter::string("/b/d/e", "3"),
        Parameter::string_list("/hosts", "x,y"),
        Parameter::secure_string("/b/secret", "sk_test_1"),
        Parameter::string("Key", "4"),
        Parameter::string("/Other", "5"),
    ])
    .unwrap();
    store.put(Parameter::string("/a", "one")).unwrap();
    store.label("/a", 1, "blue").unwrap();
    store
}

/// A store with so many parameters below `/many`.
fn many(count: usize) -> LocalStore {
    let many = (0..count).map(|it| Parameter::secure_string(format!("/many/{it:03}"), "sk_test"));
    LocalStore::start(many).unwrap()
}

/// One page below `/many`: the first one without a token.
fn page(store: &LocalStore, token: &Value) -> Answer {
    let mut body = json!({ "Path": "/many", "WithDecryption": true });
    if !token.is_null() {
        body["NextToken"] = token.clone();
    }
    ask(store, "GetParametersByPath", body)
}

/// All pages below `/many`: how many parameters each has, and all their names.
fn walk(store: &LocalStore) -> (Vec<usize>, Vec<String>) {
    let (mut lengths, mut names, mut token) = (Vec::new(), Vec::new(), Value::Null);
    loop {
        let reply = page(store, &token).ok();
        let found = each(&reply, "Name");
        lengths.push(found.len());
        names.extend(found.into_iter().map(str::to_owned));
        assert_ne!(token, reply["NextToken"], "a client would take the walk for a circle");
        token = reply["NextToken"].clone();
        if token.is_null() {
            return (lengths, names);
        }
    }
}

/// One field of each parameter in a reply.
fn each<'a>(reply: &'a Value, field: &str) -> Vec<&'a str> {
    let parameters = reply["Parameters"].as_array().unwrap();
    parameters.iter().map(|parameter| parameter[field].as_str().unwrap_or("-")).collect()
}

#[test]
fn below_a_path() {
    let store = store();
    let below = |path: &str, recursive: bool| {
        let body = json!({ "Path": path, "Recursive": recursive });
        let reply = ask(&store, "GetParametersByPath", body).ok();
        each(&reply, "Name").join(" ")
    };
    assert_eq!(below("/b", false), "/b/c /b/secret");
    assert_eq!(below("/b", true), "/b/c /b/d/e /b/secret");
    assert_eq!(below("/b/", true), "/b/c /b/d/e /b/secret");
    assert_eq!(below("/b/d", false), "/b/d/e");
    assert_eq!(below("/none", true), "");
    assert_eq!(below("/", false), "/Other /a /hosts");
    assert_eq!(below("/", true), "/Other /a /b/c /b/d/e /b/secret /hosts");
    assert_eq!(below("/aws/service/none", true), "");
}

#[test]
fn below_a_path_secrets_are_readable_only_with_decryption() {
    let store = store();
    let value = |decrypt: bool| {
        let body = json!({ "Path": "/b", "WithDecryption": decrypt });
        let reply = ask(&store, "GetParametersByPath", body).ok();
        each(&reply, "Value")[1].to_owned()
    };
    assert_eq!(value(true), "sk_test_1");
    assert!(value(false).starts_with("AQICAH"));
}

#[test]
fn below_a_path_there_are_pages_of_ten_at_most() {
    let store = many(25);
    let (lengths, names) = walk(&store);
    assert_eq!(lengths, [10, 10, 5]);
    let expected: Vec<_> = (0..25).map(|it| format!("/many/{it:03}")).collect();
    assert_eq!(names, expected);

    let asking = |most: i32| json!({ "Path": "/many", "MaxResults": most });
    for most in [1, 3, 10] {
        let reply = ask(&store, "GetParametersByPath", asking(most)).ok();
        assert_eq!(each(&reply, "Name").len(), usize::try_from(most).unwrap());
    }
    for (most, rule) in [
        (
            0,
            "'0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
        ),
        (-1, "greater than or equal to 1"),
        (11, "less than or equal to 10"),
    ] {
        let answer = ask(&store, "GetParametersByPath", asking(most));
        assert_eq!(answer.code(), "ValidationException");
        assert!(answer.message().ends_with(rule), "{}", answer.message());
    }
}

#[test]
fn eleven_pages_have_all_there_is_in_order_and_decrypted() {
    let store = many(101);
    let (lengths, names) = walk(&store);
    assert_eq!(lengths, [&[10; 10][..], &[1]].concat());
    assert!(names.is_sorted() && names.len() == 101, "{names:?}");
    assert_eq!(store.calls().of("GetParametersByPath"), 11);
    assert!(store.calls().iter().all(|call| call.with_decryption));
    assert_eq!(each(&page(&store, &Value::Null).ok(), "Value"), ["sk_test"; 10]);
}

#[test]
fn a_token_fits_one_walk_only() {
    let store = many(25);
    let token = page(&store, &Value::Null).ok()["NextToken"].clone();
    let text = token.as_str().unwrap();
    page(&store, &token).ok();
    let asking = |more: Value| {
        let mut body = json!({ "Path": "/many", "NextToken": token });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        ask(&store, "GetParametersByPath", body)
    };
    asking(json!({ "Path": "/many/", "MaxResults": 3, "Recursive": false })).ok();
    let filters = json!([{ "Key": "Type", "Values": ["SecureString"] }]);
    for other in [
        json!({ "Path": "/" }),
        json!({ "Recursive": true }),
        json!({ "ParameterFilters": filters }),
        json!({ "NextToken": "" }),
        json!({ "NextToken": "nonsense" }),
        // What the storage behind would take: base64 of 10.
        json!({ "NextToken": "MTA=" }),
        json!({ "NextToken": text.rsplit_once('-').unwrap().0 }),
        json!({ "NextToken": format!("{text}x") }),
        json!({ "NextToken": text.replacen('-', "-x", 1) }),
    ] {
        let answer = asking(other.clone());
        assert_eq!((answer.status, answer.code()), (400, "InvalidNextToken"), "{other}");
    }
}

#[test]
fn pages_can_be_empty_and_still_lead_on() {
    let store = many(12);
    store.script(On::call("GetParametersByPath").first(2).empty_page());
    let (lengths, names) = walk(&store);
    assert_eq!(lengths, [0, 0, 10, 2]);
    assert_eq!(names, walk(&store).1, "nothing is left out");

    let first = page(&store, &Value::Null).ok();
    store.script(On::call("GetParametersByPath").first(1).empty_page());
    let second = page(&store, &first["NextToken"]).ok();
    assert_eq!(each(&second, "Name"), [""; 0]);
    assert_eq!(each(&page(&store, &second["NextToken"]).ok(), "Name").len(), 2);

    store.script(On::call("GetParametersByPath").first(1).empty_page());
    store.clear_script();
    assert_eq!(walk(&store).0, [10, 2]);
    let empty = LocalStore::start([]).unwrap();
    empty.script(On::call("GetParametersByPath").first(1).empty_page());
    assert_eq!(walk(&empty).0, [0, 0]);
}

#[test]
fn a_page_can_fail_half_way_as_often_as_told() {
    let store = many(25);
    store.script([
        On::call("GetParametersByPath").page(2).first(2).fail(),
        On::call("GetParametersByPath").page(3).first(1).throttle(0),
    ]);
    let one = page(&store, &Value::Null).ok();
    for _ in 0..2 {
        let answer = page(&store, &one["NextToken"]);
        assert_eq!((answer.status, answer.code()), (500, "InternalServerError"));
        page(&store, &Value::Null).ok();
    }
    let two = page(&store, &one["NextToken"]).ok();
    assert_eq!(each(&two, "Name")[0], "/many/010");
    let answer = page(&store, &two["NextToken"]);
    assert_eq!((answer.status, answer.code()), (400, "ThrottlingException"));
    assert_eq!(each(&page(&store, &two["NextToken"]).ok(), "Name").len(), 5);

    store.script(On::call("GetParametersByPath").page(1).fail());
    assert_eq!(page(&store, &Value::Null).code(), "InternalServerError");
    store.clear_script();
    assert_eq!(walk(&store).0, [10, 10, 5]);
}

#[test]
fn other_requests_are_no_pages() {
    let store = many(1);
    store.script([
        On::call("GetParametersByPath").first(1).empty_page(),
        On::call("GetParametersByPath").page(1).first(1).fail(),
    ]);
    ask(&store, "GetParameter", json!({ "Name": "/many/000" })).ok();
    ask(&store, "GetParameters", json!({ "Names": ["/many/000"] })).ok();
    let described = ask(&store, "DescribeParameters", json!({})).ok();
    assert_eq!(each(&described, "Name"), ["/many/000"]);
}

#[test]
fn paths_and_filters_have_rules() {
    let store = store();
    for path in [
        "",
        "b",
        "b/c",
        "/b//c",
        "//",
        "/b c",
        "/b:1",
        "/ssm",
        &"/l".repeat(16),
        &store.arn("/b"),
        "/aws/reference/secretsmanager",
        "/aws/reference/secretsmanager/",
        "/aws/reference/secretsmanager/stripe",
    ] {
        let answer = ask(&store, "GetParametersByPath", json!({ "Path": path }));
        assert_eq!(answer.code(), "ValidationException", "{path}");
        assert!(answer.message().starts_with("The parameter doesn't meet"), "{path}");
    }
    let filtered = |key: &str, value: &str| {
        let filters = json!([{ "Key": key, "Values": [value] }]);
        let body = json!({ "Path": "/", "Recursive": true, "ParameterFilters": filters });
        ask(&store, "GetParametersByPath", body)
    };
    assert_eq!(each(&filtered("Type", "SecureString").ok(), "Name"), ["/b/secret"]);
    assert_eq!(each(&filtered("Label", "blue").ok(), "Name"), ["/a"]);
    for key in ["Name", "Path", "Tier", "tag:team"] {
        assert_eq!(filtered(key, "/a").code(), "InvalidFilterKey", "{key}");
    }
}
