//! One configuration for all invocations, with a path and a nested struct in it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use stage_config::__private::{Clock, Moment};
use stage_config::{ColdStart, ProblemKind, StageConfig};
use stage_config_e2e::sdk::{Key, Remote};
use stage_config_local::{LocalStore, Parameter};

use crate::source;
use crate::stores::{operations, remote};

#[derive(StageConfig, Debug)]
struct Limits {
    #[ssm("/reads")]
    reads: u32,
    #[ssm_path("/by-user")]
    by_user: BTreeMap<String, u32>,
}

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
struct Config {
    #[ssm_path("/app/{stage}/flags", required)]
    flags: BTreeMap<String, bool>,
    #[nested("/app/{stage}/limits")]
    limits: Limits,
}

/// Moves on a minute each time somebody looks, so that no load is too new to be refreshed.
#[derive(Debug)]
struct Minutes(AtomicU64);

impl Clock for Minutes {
    fn now(&self) -> Moment {
        let passed = Duration::from_mins(self.0.fetch_add(1, Ordering::Relaxed));
        Moment { monotonic: passed, wall: passed }
    }
}

#[tokio::test]
async fn a_refresh_sees_what_has_changed_come_and_gone() {
    static URL: OnceLock<String> = OnceLock::new();
    static CLOCK: Minutes = Minutes(AtomicU64::new(0));
    static CONFIG: ColdStart<Config> = ColdStart::new()
        .loader(|| {
            let url = URL.get().expect("it is set before the first load");
            Config::loader().stage("featureX").source(source(&Remote::new(url, &Key::root())))
        })
        .__clock(&CLOCK);

    let store = LocalStore::start([
        Parameter::string("/app/dev/flags/a", "false"),
        Parameter::string("/app/dev/flags/b", "false"),
        Parameter::string("/app/dev/limits/reads", "5"),
    ])
    .unwrap();
    URL.set(store.url()).unwrap();
    let flags = |config: &Config| config.flags.iter().map(|(k, v)| (k.clone(), *v)).collect();
    let flag = |key: &str, value| (key.to_owned(), value);

    let first = CONFIG.get().await.unwrap();
    let found: Vec<_> = flags(&first);
    assert_eq!(found, [flag("a", false), flag("b", false)]);
    assert_eq!((first.limits.reads, first.limits.by_user.len()), (5, 0));
    let calls = store.calls().total();

    store.put(Parameter::string("/app/dev/flags/a", "true")).unwrap();
    store.put(Parameter::string("/app/featureX/flags/c", "true")).unwrap();
    store.put(Parameter::string("/app/featureX/limits/reads", "50")).unwrap();
    store.put(Parameter::string("/app/dev/limits/by-user/ann", "7")).unwrap();
    remote(&store).delete_parameter().name("/app/dev/flags/b").send().await.unwrap();
    store.reset_calls();

    assert!(Arc::ptr_eq(&CONFIG.get().await.unwrap(), &first));
    assert_eq!(store.calls().total(), 0, "without an age it is loaded once");

    let second = CONFIG.refresh().await.unwrap();
    let found: Vec<_> = flags(&second);
    assert_eq!(found, [flag("a", true), flag("c", true)]);
    assert_eq!(second.limits.reads, 50);
    assert_eq!(second.limits.by_user, [("ann".to_owned(), 7)].into());
    assert!(Arc::ptr_eq(&CONFIG.get().await.unwrap(), &second));
    assert_eq!(store.calls().total(), calls);
    assert_eq!(operations(&store).iter().filter(|it| *it == "GetParametersByPath").count(), 4);
    assert_eq!(first.limits.reads, 5, "whoever still has the old one keeps it");

    // What cannot be read replaces nothing.
    store.put(Parameter::string("/app/featureX/flags/a", "perhaps")).unwrap();
    let error = CONFIG.refresh().await.unwrap_err();
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!(problem.kind(), ProblemKind::Malformed);
    assert_eq!(problem.parameter(), Some("/app/featureX/flags/a"));
    assert!(Arc::ptr_eq(&CONFIG.peek().unwrap(), &second));
}
