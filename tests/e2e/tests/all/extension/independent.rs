//! A client that others wrote reads from the stand-in what ours reads.

use std::process::Command;

use stage_config::ExposeSecret;
use stage_config_local::Parameter;

use super::{Orders, invoked, load, orders};

#[tokio::test]
#[ignore = "the client depends on OpenSSL, which takes minutes to build; `tests/run` does that"]
async fn a_client_of_others_reads_the_same() {
    let client = std::env::var_os("STAGE_CONFIG_EXTENSION_CLIENT").expect("it names the program");
    let store = orders();
    store.put(Parameter::secure_string("/orders/prod/key", "sk_live_2")).unwrap();
    let extension = invoked(&store).await;
    let environment = extension.environment();
    let read = move || {
        let names = ["/orders/prod/table", "/orders/prod/key", "/orders/prod/none"];
        Command::new(client).args(names).env_clear().envs(environment).output()
    };
    let output = tokio::task::spawn_blocking(read).await.unwrap().expect("it is built");
    let printed = String::from_utf8(output.stdout).unwrap();
    let [table, key, none] = printed.lines().collect::<Vec<_>>()[..] else { panic!("{printed}") };

    let ours: Orders = load(&extension).await.unwrap();
    assert_eq!(table, format!("/orders/prod/table: String 1 {}", ours.table));
    let secret = ours.key.expose_secret();
    assert_eq!(key, format!("/orders/prod/key: SecureString 2 {secret}"));
    assert!(none.contains("400 Bad Request"), "{none}");
}
