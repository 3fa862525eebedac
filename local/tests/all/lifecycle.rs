//! The policies of advanced parameters.

use serde_json::{Value, json};
use stage_config_local::{LocalStore, Parameter};

use crate::{Answer, ask};

fn put(store: &LocalStore, tier: &str, policies: &str) -> Answer {
    let body = json!({
        "Name": "/a", "Type": "String", "Value": "1", "Overwrite": true, "Tier": tier,
        "Policies": policies,
    });
    ask(store, "PutParameter", body)
}

fn policies(store: &LocalStore) -> Value {
    ask(store, "DescribeParameters", json!({})).ok()["Parameters"][0]["Policies"].clone()
}

#[expect(clippy::needless_pass_by_value, reason = "reads better with `json!`")]
fn policy(kind: &str, attributes: Value) -> Value {
    json!({ "Type": kind, "Version": "1.0", "Attributes": attributes })
}

#[test]
fn policies_are_kept_until_there_are_others() {
    let store = LocalStore::start([]).unwrap();
    let all = [
        policy("Expiration", json!({ "Timestamp": "2030-12-02T21:34:33.000Z" })),
        policy("ExpirationNotification", json!({ "Before": "15", "Unit": "Days" })),
        policy("NoChangeNotification", json!({ "After": "20", "Unit": "Hours" })),
    ];
    // They need the advanced tier.
    let reply = put(&store, "Intelligent-Tiering", &json!(all).to_string()).ok();
    assert_eq!(reply["Tier"], "Advanced");
    let shown = |policy: &Value| {
        let (text, kind) = (policy.to_string(), &policy["Type"]);
        json!({ "PolicyText": text, "PolicyType": kind, "PolicyStatus": "Pending" })
    };
    let expected: Vec<_> = all.iter().map(shown).collect();
    assert_eq!(policies(&store), json!(expected));
    store.put(Parameter::string("/a", "2")).unwrap();
    assert_eq!(policies(&store), json!(expected));
    let history = ask(&store, "GetParameterHistory", json!({ "Name": "/a" })).ok();
    assert_eq!(history["Parameters"][1]["Policies"], json!(expected));

    put(&store, "Advanced", &json!([all[2]]).to_string()).ok();
    assert_eq!(policies(&store), json!([shown(&all[2])]));
    for none in ["[{}]", "[]"] {
        put(&store, "Advanced", &json!([all[2]]).to_string()).ok();
        put(&store, "Advanced", none).ok();
        assert_eq!(policies(&store), json!([]), "{none}");
    }
}

#[test]
fn a_policy_that_is_wrong_is_refused() {
    let store = LocalStore::start([]).unwrap();
    let expires = policy("Expiration", json!({ "Timestamp": "2030-12-02T21:34:33Z" }));
    let standard = put(&store, "Standard", &json!([expires]).to_string());
    assert_eq!(standard.code(), "ValidationException");
    assert!(standard.message().contains("do not support parameter policies"));

    let (type_, attribute) = ("InvalidPolicyTypeException", "InvalidPolicyAttributeException");
    let mut later = expires.clone();
    later["Version"] = "2.0".into();
    let notify = |attributes| policy("NoChangeNotification", attributes);
    for (policies, code) in [
        (json!([policy("Expiry", json!({}))]), type_),
        (json!([policy("Expiration", json!({}))]), attribute),
        (json!([policy("Expiration", json!({ "Timestamp": "tomorrow" }))]), attribute),
        (json!([policy("Expiration", json!({ "Timestamp": "2030-12-02T21:34:33" }))]), attribute),
        (json!([policy("Expiration", json!({ "Timestamp": 1 }))]), attribute),
        (
            json!([policy("ExpirationNotification", json!({ "After": "1", "Unit": "Days" }))]),
            attribute,
        ),
        (json!([notify(json!({ "After": "0", "Unit": "Days" }))]), attribute),
        (json!([notify(json!({ "After": "1", "Unit": "Weeks" }))]), attribute),
        (json!([notify(json!({ "After": "1", "Unit": "Days", "More": "" }))]), attribute),
        (json!([later]), attribute),
        (json!([{ "Version": "1.0" }]), attribute),
        (json!(["Expiration"]), attribute),
        (expires.clone(), attribute),
        (json!([expires, expires]), "IncompatiblePolicyException"),
        (
            json!(vec![notify(json!({ "After": "1", "Unit": "Days" })); 11]),
            "PoliciesLimitExceededException",
        ),
    ] {
        assert_eq!(put(&store, "Advanced", &policies.to_string()).code(), code, "{policies}");
    }
    for text in ["", "[", "null", &" ".repeat(4097)] {
        assert_eq!(put(&store, "Advanced", text).status, 400, "{text}");
    }
}
