//! What a subscription tells: the fields whose values a load changed, and no others.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use stage_config::source::{Answers, Request};
use stage_config::{ColdStart, ExposeSecret, Fixed, SecretString, Source, StageConfig};

use super::{Config, SECOND, found, key, passing, poll_once};

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
struct Shop {
    #[ssm("/shop/text")]
    text: String,
    #[ssm("/shop/limit", default = 3)]
    limit: u32,
    #[ssm("/shop/key")]
    key: Option<SecretString>,
    #[ssm("/shop/hosts")]
    hosts: Vec<u16>,
    #[ssm("/shop/json", json_key = "token")]
    token: Option<SecretString>,
    #[ssm("/shop/json", json_key = "days")]
    days: Option<u8>,
    /// Of a preview stage, or inherited.
    #[ssm("/shop/{stage}/motd")]
    motd: Option<String>,
    #[ssm_path("/shop/{stage}/flags")]
    flags: HashMap<String, SecretString>,
    #[value(5)]
    fixed: u8,
    #[nested("/shop/db")]
    database: Database,
    #[nested("/shop/replica")]
    replica: Option<Database>,
}

#[derive(StageConfig, Default)]
#[expect(dead_code, reason = "only its fields' names are looked at")]
struct Outer {
    #[nested("/shop/db")]
    database: Database,
    #[ssm("/shop/limit")]
    limit: u32,
}

#[derive(StageConfig, Default)]
struct Database {
    #[ssm("url")]
    url: Option<String>,
    #[ssm_path("/users")]
    users: BTreeMap<String, u8>,
}

/// What the random parameters are, and texts for each.
const PARAMETERS: [(&str, &[&str]); 16] = [
    ("/shop/text", &["a", "b"]),
    // One is the default.
    ("/shop/limit", &["3", "4"]),
    ("/shop/key", &["a", "b"]),
    ("/shop/hosts", &["1,2", "1", "2,1"]),
    ("/shop/json", &[r#"{"token":"a"}"#, r#"{"token":"b","days":1}"#, r#"{"token":"b","days":2}"#]),
    ("/shop/featureX/motd", &["a", "b"]),
    ("/shop/dev/motd", &["a", "b"]),
    ("/shop/featureX/flags/a", &["1", "2"]),
    ("/shop/dev/flags/a", &["1", "2"]),
    ("/shop/dev/flags/b/c", &["1", "2"]),
    ("/shop/db/url", &["a", "b"]),
    ("/shop/db/users/a", &["1", "2"]),
    ("/shop/replica/url", &["a", "b"]),
    ("/shop/replica/users/a", &["1", "2"]),
    ("/shop/replica/users/b", &["1", "2"]),
    ("/shop/unread", &["a", "b"]),
];
/// What has to exist.
const REQUIRED: [&str; 3] = ["/shop/text", "/shop/hosts", "/shop/json"];

/// The fields of two values that are not equal.
fn differences(old: &Shop, new: &Shop) -> Vec<&'static str> {
    fn text(secret: Option<&SecretString>) -> Option<&str> {
        secret.map(ExposeSecret::expose_secret)
    }
    let flags = |shop: &Shop| -> BTreeMap<_, _> {
        let exposed =
            |(key, flag): (&String, &SecretString)| (key.clone(), flag.expose_secret().to_owned());
        shop.flags.iter().map(exposed).collect()
    };
    let (url, users) = (
        |shop: &Shop| shop.replica.as_ref().and_then(|it| it.url.clone()),
        |shop: &Shop| shop.replica.as_ref().map(|it| it.users.clone()).unwrap_or_default(),
    );
    let fields = [
        ("text", old.text != new.text),
        ("limit", old.limit != new.limit),
        ("key", text(old.key.as_ref()) != text(new.key.as_ref())),
        ("hosts", old.hosts != new.hosts),
        ("token", text(old.token.as_ref()) != text(new.token.as_ref())),
        ("days", old.days != new.days),
        ("motd", old.motd != new.motd),
        ("flags", flags(old) != flags(new)),
        ("database.url", old.database.url != new.database.url),
        ("database.users", old.database.users != new.database.users),
        ("replica.url", url(old) != url(new)),
        ("replica.users", users(old) != users(new)),
    ];
    assert_eq!(old.fixed, new.fixed);
    fields.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect()
}

#[derive(Clone, Default)]
struct Parameters(Arc<Mutex<BTreeMap<&'static str, &'static str>>>);

impl Source for Parameters {
    async fn fetch(&self, request: &Request) -> Answers {
        let fixed = Fixed::from_iter(self.0.lock().unwrap().clone());
        fixed.fetch(request).await
    }
}

#[tokio::test]
async fn exactly_what_changed_in_random_sequences_of_loads() {
    for seed in 0..200 {
        let mut random = fastrand::Rng::with_seed(seed);
        let parameters = Parameters::default();
        for required in REQUIRED {
            let (name, texts) = PARAMETERS.into_iter().find(|(it, _)| *it == required).unwrap();
            parameters.0.lock().unwrap().insert(name, texts[0]);
        }
        let source = parameters.clone();
        let config = ColdStart::<Shop>::new()
            .loader_with(move || Shop::loader().stage("featureX").source(source.clone()))
            .max_age(Duration::ZERO);
        let mut changes = config.changed();
        // It asks after each second load only.
        let mut lazy = config.changed();
        let mut old = config.get().await.unwrap();
        assert!(changes.since_last().is_empty(), "the first value changes nothing");
        let mut unasked = Vec::new();
        for load in 0..6 {
            for _ in 0..random.u8(0..4) {
                let (name, texts) = PARAMETERS[random.usize(..PARAMETERS.len())];
                let mut parameters = parameters.0.lock().unwrap();
                if random.u8(..4) == 0 && !REQUIRED.contains(&name) {
                    parameters.remove(name);
                } else {
                    parameters.insert(name, random.choice(texts).unwrap());
                }
            }
            let new = config.get().await.unwrap();
            let expected = differences(&old, &new);
            let told = changes.since_last();
            assert_eq!(told.iter().collect::<Vec<_>>(), expected, "seed {seed}, load {load}");
            unasked.extend(expected);
            if load % 2 == 1 {
                let told = lazy.since_last();
                assert!(unasked.iter().all(|it| told.contains(it)), "seed {seed}, load {load}");
                assert!(told.iter().all(|it| unasked.contains(&it)), "seed {seed}, load {load}");
                unasked.clear();
            }
            old = new;
        }
    }
}

#[tokio::test]
async fn it_waits_for_a_change() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(60), serve_stale(600));
    let mut changes = CONFIG.changed();
    let mut next = Box::pin(changes.next());
    assert!(poll_once(next.as_mut()).is_pending());
    // The first value, the same again, and a load that fails.
    for (answer, text) in [(found("1"), "1"), (found("1"), "1"), (passing(), "1")] {
        GATE.open(answer);
        assert_eq!(key(CONFIG.get().await), text);
        assert!(poll_once(next.as_mut()).is_pending(), "{text}");
        CLOCK.advance(60 * SECOND);
    }
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.get().await), "2");
    let told = poll_once(next.as_mut());
    drop(next);
    assert!(matches!(told, Poll::Ready(fields) if fields.to_string() == "key"));
    assert!(changes.since_last().is_empty(), "it is told once");
    // One that begins now knows the value.
    assert!(CONFIG.changed().since_last().is_empty());
}

#[tokio::test]
async fn a_task_that_waits_is_woken() {
    cold_start!(CONFIG, GATE, CLOCK, max_age(60));
    CONFIG.set(Config { key: "1".to_owned() });
    let waiting = tokio::spawn(async { CONFIG.changed().next().await });
    tokio::task::yield_now().await;
    CLOCK.advance(60 * SECOND);
    GATE.open(found("2"));
    assert_eq!(key(CONFIG.get().await), "2");
    assert!(waiting.await.unwrap().contains("key"));
}

#[test]
fn a_value_that_was_set_changes_every_field() {
    let config = ColdStart::<Database>::new();
    let mut changes = config.changed();
    for expected in ["", "url, users"] {
        config.set(Database { url: None, users: BTreeMap::new() });
        assert_eq!(changes.since_last().to_string(), expected);
    }
}

#[test]
fn only_some_fields() {
    let config = ColdStart::<Outer>::new();
    let set = || config.set(Outer::default());
    set();
    let mut inside = config.changed().only(["database"]);
    let mut other = config.changed().only(["limit"]);
    let mut both = config.changed().only(["limit", "database.users"]);
    set();
    let changed = inside.since_last();
    assert_eq!(changed.to_string(), "database.url, database.users");
    assert!(changed.contains("database") && changed.contains("database.url"));
    assert!(!changed.contains("data") && !changed.contains("database.u"));
    assert_eq!(other.since_last().to_string(), "limit");
    assert_eq!(both.since_last().to_string(), "database.users, limit");
}

#[test]
#[should_panic = "`Outer` reads no field `database.usrs` from Parameter Store; did you mean `database.users`?"]
fn a_typo_in_a_field_is_found_at_once() {
    let _ = ColdStart::<Outer>::new().changed().only(["limit", "database.usrs"]);
}
