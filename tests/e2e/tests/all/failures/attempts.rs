//! What goes wrong between a load and Parameter Store, and what is said of it.

use std::net::TcpListener;
use std::time::Duration;

use expect_test::expect;
use stage_config::{LoadError, Loader, ProblemKind, SecretString, StageConfig};
use stage_config_e2e::sdk::{Key, Remote};
use stage_config_local::{At, LocalStore, On, Parameter};

use crate::source;

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "it is loaded, not read")]
struct Config {
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    stripe_secret_key: SecretString,
    #[ssm(dev = "/limit/dev", prod = "/limit/prod")]
    limit: u32,
}

fn store() -> LocalStore {
    LocalStore::start([
        Parameter::secure_string("/stripeSecretKey/live", "sk_live"),
        Parameter::string("/limit/prod", "50"),
    ])
    .unwrap()
}

fn loader(url: &str) -> Loader<Config> {
    Config::loader().stage("prod").source(source(&Remote::new(url, &Key::root())))
}

async fn failed(loader: Loader<Config>) -> LoadError {
    let error = loader.load().await.unwrap_err();
    assert!(!error.to_string().contains("sk_live"));
    error
}

/// How a load fails that has enough time, on however slow a machine: its limit is doubled until it
/// had.
async fn failed_if(had_time: impl Fn(&LoadError) -> bool, url: impl Fn() -> String) -> LoadError {
    let mut limit = Duration::from_millis(500);
    loop {
        let error = failed(loader(&url()).timeout(limit)).await;
        if had_time(&error) {
            return error;
        }
        limit *= 2;
        assert!(limit < Duration::from_mins(1), "too little time: {error}");
    }
}

/// How a load fails after so many attempts, with another one in progress.
async fn failed_after(attempts: usize, server: &LocalStore) -> LoadError {
    let url = || {
        server.reset_calls();
        server.url()
    };
    failed_if(|_| server.calls().total() > attempts, url).await
}

#[tokio::test]
async fn a_missing_parameter_is_named_with_the_region() {
    let store = LocalStore::start([Parameter::string("/limit/prod", "50")]).unwrap();
    expect![[r#"
        cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` does not exist in us-east-1
        help: aws ssm put-parameter --name /stripeSecretKey/live --type SecureString --region us-east-1 --value …
        help: if a value may be absent, make its field an `Option`"#]].assert_eq(&failed(loader(&store.url())).await.to_string());
    assert_eq!(store.calls().total(), 1, "what is missing is not asked for again");
}

#[tokio::test]
async fn a_wrong_kms_key_is_the_problem_of_its_parameter_only() {
    let store = store();
    store.script(On::call("Decrypt").name("/stripeSecretKey/live").fail());
    let error = failed(loader(&store.url())).await;
    expect![[r#"
        cannot load `Config` for stage `prod`: 1 problem
          stripe_secret_key: parameter `/stripeSecretKey/live` cannot be read: its KMS key is missing, disabled or not accessible (arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000 is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException))"#]].assert_eq(&error.to_string());
    assert_eq!(error.problems()[0].kind(), ProblemKind::Unreadable);
    assert_eq!(store.calls().of("GetParameters"), 1, "it does not get better by retrying");
}

#[tokio::test]
async fn what_passes_is_outlasted() {
    let store = store();
    store.script(On::any().first(3).fail());
    loader(&store.url()).load().await.unwrap();
    assert_eq!(store.calls().total(), 4);

    store.script(On::any().throttle(1));
    loader(&store.url()).load().await.unwrap();
    loader(&store.url()).load().await.unwrap();
}

#[tokio::test]
async fn throttled_past_the_deadline() {
    let store = store();
    store.script(On::any().throttle(0));
    let error = failed_after(2, &store).await;
    expect![[r#"
        cannot load `Config` for stage `prod`: 2 problems
          stripe_secret_key, limit: parameters `/stripeSecretKey/live`, `/limit/prod` cannot be read: Parameter Store throttled the requests (Rate exceeded); all readers in this account and Region share its limit, which can be raised there"#]].assert_eq(&error.to_string());
    assert!(error.is_transient());
}

#[tokio::test]
async fn failing_past_the_deadline() {
    let store = store();
    store.script(On::any().fail());
    let error = failed_after(2, &store).await;
    expect![[r#"
        cannot load `Config` for stage `prod`: 2 problems
          stripe_secret_key, limit: parameters `/stripeSecretKey/live`, `/limit/prod` cannot be read: Parameter Store failed (InternalServerError: An error occurred on the server side.)"#]].assert_eq(&error.to_string());
    assert!(error.is_transient());
}

#[tokio::test]
async fn a_connection_that_is_reset_is_made_again() {
    let store = store();
    store.script(On::any().first(1).reset(At::Start));
    loader(&store.url()).load().await.unwrap();
    assert_eq!(store.calls().total(), 2);
}

#[tokio::test]
async fn a_request_that_stalls_is_made_again() {
    let store = store();
    store.script(On::any().first(1).stall(At::Start));
    // It is given up on long before that, or this would not be enough.
    loader(&store.url()).timeout(Duration::from_mins(1)).load().await.unwrap();
    assert!(store.calls().total() > 1);
}

#[tokio::test]
async fn stalled_past_the_deadline() {
    // It accepts connections, as the system does for it, and never reads from one.
    let deaf = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", deaf.local_addr().unwrap());
    let error = failed(loader(&url).timeout(Duration::from_millis(500))).await;
    assert!(error.is_transient());
    expect![[r#"
        cannot load `Config` for stage `prod`: 2 problems
          stripe_secret_key, limit: parameters `/stripeSecretKey/live`, `/limit/prod` cannot be read: no answer from http://127.0.0.1:PORT in time"#]].assert_eq(&error.to_string().replace(&url, "http://127.0.0.1:PORT"));
}

#[tokio::test]
async fn nobody_listening() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{port}");
    let error = failed_if(|error| !error.to_string().contains("in time"), || url.clone()).await;
    assert!(error.is_transient());
    // The HTTP client of the SDK says of what kind the error is.
    let said = error.to_string().replace("client error (Connect): ", "");
    let said = said.replace(&url, "http://127.0.0.1:PORT");
    expect![[r#"
        cannot load `Config` for stage `prod`: 2 problems
          stripe_secret_key, limit: parameters `/stripeSecretKey/live`, `/limit/prod` cannot be read: no connection to http://127.0.0.1:PORT (tcp connect error: Connection refused (os error 111))"#]].assert_eq(&said);
}

/// Any web server in the way.
fn gateway(status: u16, body: &str) -> LocalStore {
    let server = LocalStore::start([]).unwrap();
    server.script(On::any().answer(status, body));
    server
}

#[tokio::test]
async fn a_reply_that_is_not_of_the_service_is_not_quoted() {
    let server = gateway(200, "{\"Parameters\": [{\"Value\": \"sk_live\", ");
    let error = failed_after(1, &server).await;
    expect![[r#"
        cannot load `Config` for stage `prod`: 2 problems
          stripe_secret_key, limit: parameters `/stripeSecretKey/live`, `/limit/prod` cannot be read: the reply is not from Parameter Store, or it is truncated"#]].assert_eq(&error.to_string());
}

#[tokio::test]
async fn what_a_gateway_says_is_retried_where_it_passes() {
    for status in [429, 501, 520] {
        let server = gateway(status, "<html>sorry</html>");
        let error = failed_after(2, &server).await;
        assert!(error.is_transient(), "{error}");
    }
    let server = gateway(404, "<html>sorry</html>");
    let error = failed(loader(&server.url())).await;
    assert!(!error.is_transient(), "{error}");
    assert_eq!(server.calls().total(), 1);
}

#[tokio::test]
async fn a_signature_that_expired_in_a_freeze_is_made_anew() {
    let body = "{\"__type\": \"InvalidSignatureException\", \"message\": \"Signature expired: x\"}";
    let server = gateway(400, body);
    let error = failed_after(2, &server).await;
    assert!(error.is_transient(), "{error}");
}

#[tokio::test]
async fn an_attempt_that_the_deadline_cuts_off_hides_not_how_the_one_before_it_failed() {
    let store = store();
    // It throttles once, and never answers again.
    let url = || {
        store.reset_calls();
        store.clear_script();
        store.script([On::any().first(1).throttle(0), On::any().stall(At::Start)]);
        store.url()
    };
    let error = failed_if(|_| store.calls().total() > 1, url).await;
    assert!(error.to_string().contains("throttled the requests (Rate exceeded)"), "{error}");
}
