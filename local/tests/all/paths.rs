//! `GetParametersByPath`: what is below a path, and page by page.

use serde_json::{Value, json};
use stage_config_local::{LocalStore, On, Parameter};

use crate::{Answer, ask, each, get, get_all};

fn store() -> LocalStore {
    let store = LocalStore::start([
        Parameter::string("/a", "1"),
        Parameter::string("/b/c", "2"),
        Parameter::string("/b/d/e", "3"),
        Parameter::secure_string("/b/secret", "sk_test_1"),
        Parameter::string("Key", "4"),
        Parameter::string("/Other", "5"),
    ])
    .unwrap();
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
    assert_eq!(below("/", false), "/Other /a");
    assert_eq!(below("/", true), "/Other /a /b/c /b/d/e /b/secret");
    assert_eq!(below("/aws/service/none", true), "");
}

#[test]
fn pages_have_ten_parameters_at_most() {
    let store = many(25);
    let (lengths, names) = walk(&store);
    assert_eq!(lengths, [10, 10, 5]);
    assert_eq!(names, (0..25).map(|it| format!("/many/{it:03}")).collect::<Vec<_>>());
    assert_eq!(each(&page(&store, &Value::Null).ok(), "Value"), ["sk_test"; 10]);

    let asking = |most: i32| {
        ask(&store, "GetParametersByPath", json!({ "Path": "/many", "MaxResults": most }))
    };
    assert_eq!(each(&asking(3).ok(), "Name").len(), 3);
    for (most, rule) in [
        (
            0,
            "'0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
        ),
        (-1, "greater than or equal to 1"),
        (11, "less than or equal to 10"),
    ] {
        let answer = asking(most);
        assert_eq!(answer.code(), "ValidationException");
        assert!(answer.message().ends_with(rule), "{}", answer.message());
    }
}

#[test]
fn a_token_fits_one_walk_only() {
    let store = many(25);
    let token = page(&store, &Value::Null).ok()["NextToken"].clone();
    let text = token.as_str().unwrap();
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
    get(&store, "/many/000").ok();
    get_all(&store, &["/many/000"]).ok();
    let (lengths, names) = walk(&store);
    assert_eq!(lengths, [0, 0, 10, 2]);
    assert_eq!(names, walk(&store).1, "nothing is left out");

    let first = page(&store, &Value::Null).ok();
    store.script(On::call("GetParametersByPath").first(1).empty_page());
    let second = page(&store, &first["NextToken"]).ok();
    assert_eq!(each(&second, "Name"), [""; 0]);
    assert_eq!(each(&page(&store, &second["NextToken"]).ok(), "Name").len(), 2);
}

#[test]
fn a_page_can_fail_as_often_as_scripted() {
    let store = many(25);
    store.script([
        On::call("GetParametersByPath").page(2).first(2).fail(),
        On::call("GetParametersByPath").page(3).first(1).throttle(0),
    ]);
    let one = page(&store, &Value::Null).ok();
    for _ in 0..2 {
        assert_eq!(page(&store, &one["NextToken"]).code(), "InternalServerError");
        page(&store, &Value::Null).ok();
    }
    let two = page(&store, &one["NextToken"]).ok();
    assert_eq!(each(&two, "Name")[0], "/many/010");
    assert_eq!(page(&store, &two["NextToken"]).code(), "ThrottlingException");
    assert_eq!(each(&page(&store, &two["NextToken"]).ok(), "Name").len(), 5);
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
    let filtered = |filter: Value| {
        let body = json!({ "Path": "/", "Recursive": true, "ParameterFilters": [filter] });
        ask(&store, "GetParametersByPath", body)
    };
    let filter = json!({ "Key": "Type", "Option": "BeginsWith", "Values": ["Sec"] });
    assert_eq!(each(&filtered(filter).ok(), "Name"), ["/b/secret"]);
    let filter = json!({ "Key": "Label", "Values": ["blue"] });
    assert_eq!(each(&filtered(filter).ok(), "Name"), ["/a"]);
    let filter = json!({ "Key": "Name", "Values": ["/a"] });
    assert_eq!(filtered(filter).code(), "InvalidFilterKey");
    let filter = json!({ "Key": "Type", "Option": "Contains", "Values": ["S"] });
    assert_eq!(filtered(filter).code(), "InvalidFilterOption");
}
