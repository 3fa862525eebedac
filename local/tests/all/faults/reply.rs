//! Wrong parameters and wrong pages in a reply.

use serde_json::{Value, json};
use stage_config_local::{Fault, LocalStore, On, Parameter};

use super::{below, store};
use crate::{ask, each, get, get_all};

/// The reply of `GetParameters` under a fault: name and value of what is found, and what is invalid.
fn lists(fault: Fault, names: &[&str]) -> (Vec<String>, Vec<String>) {
    let store = store();
    store.script(fault);
    let reply = get_all(&store, names).ok();
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let found = reply["Parameters"].as_array().unwrap().iter();
    let invalid = reply["InvalidParameters"].as_array().unwrap();
    let found = found.map(|it| format!("{}={}", text(&it["Name"]), text(&it["Value"])));
    (found.collect(), invalid.iter().map(text).collect())
}

#[test]
fn a_parameter_in_a_reply_may_be_wrong() {
    let names = ["/a", "/b/c", "/none"];
    let a = || On::call("GetParameters").name("/a");
    let cases: [(Fault, &[&str], &[&str]); 9] = [
        (a().omit(), &["/b/c=2"], &["/none"]),
        (On::any().name("/none").omit(), &["/a=1", "/b/c=2"], &[]),
        (On::any().omit(), &[], &[]),
        (a().in_both(), &["/a=1", "/b/c=2"], &["/none", "/a"]),
        (a().twice("7"), &["/a=1", "/b/c=2", "/a=7"], &["/none"]),
        (a().also("/z", "26"), &["/a=1", "/b/c=2", "/z=26"], &["/none"]),
        (a().rename("/A"), &["/A=1", "/b/c=2"], &["/none"]),
        (a().set("Value", "7"), &["/a=7", "/b/c=2"], &["/none"]),
        (a().without("Value"), &["/a=-", "/b/c=2"], &["/none"]),
    ];
    for (fault, found, invalid) in cases {
        let case = format!("{fault:?}");
        let (are_found, are_invalid) = lists(fault, &names);
        assert_eq!((are_found, are_invalid), (owned(found), owned(invalid)), "{case}");
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&it| it.to_owned()).collect()
}

#[test]
fn the_only_parameter_and_those_below_a_path_may_be_wrong_too() {
    let store = store();
    store.script([
        On::call("GetParameter").first(1).omit(),
        On::call("GetParameter").first(1).rename("/A"),
        On::call("GetParameter").first(1).set("Selector", ":1"),
        On::any().name("/b").first(1).set("Type", "Other"),
    ]);
    assert_eq!(get(&store, "/a").ok(), json!({}));
    assert_eq!(get(&store, "/a").ok()["Parameter"]["Name"], "/A");
    assert_eq!(get(&store, "/a").ok()["Parameter"]["Selector"], ":1");
    // There, the name of the fault is the path, and the parameters have others.
    assert_eq!(each(&below(&store, "/b").ok(), "Type"), ["Other", "Other"]);
    // A reply without lists stays what it is, and so does an error.
    store.script([On::any().first(1).twice("7"), On::any().first(1).also("/z", "7")]);
    assert_eq!(get(&store, "/a").ok()["Parameter"]["Value"], "1");
    assert_eq!(get(&store, "/a").ok()["Parameter"]["Value"], "1");
    store.script(On::any().omit());
    assert_eq!(get(&store, "/none").code(), "ParameterNotFound");
}

#[test]
fn a_page_may_lead_anywhere() {
    let names: Vec<_> = (0..12).map(|n| format!("/p/{n:02}")).collect();
    let store = LocalStore::start(names.iter().map(|name| Parameter::string(name, "1"))).unwrap();
    store.put(Parameter::string("/q/a", "2")).unwrap();
    let page = |token: &Value| {
        let mut body = json!({ "Path": "/p" });
        if !token.is_null() {
            body["NextToken"] = token.clone();
        }
        let reply = ask(&store, "GetParametersByPath", body).ok();
        (each(&reply, "Name").join(" "), reply["NextToken"].clone())
    };
    let on = || On::call("GetParametersByPath");
    let (first, second) = (names[..10].join(" "), names[10..].join(" "));
    let (_, token) = page(&Value::Null);

    store.script([on().first(1).page_again(), on().nth(3).page_back()]);
    let (again, same) = page(&Value::Null);
    assert_eq!(again, first);
    assert_ne!(same, token);
    let (again, token) = page(&same);
    assert_eq!(again, first);
    assert_eq!(page(&token).0, second);
    let (last, back) = page(&token);
    assert_eq!(last, second);
    assert_eq!(page(&back).0, first);

    store.clear_script();
    store.script(on().page_of("/q"));
    assert_eq!(page(&Value::Null), ("/q/a".to_owned(), Value::Null));
}
