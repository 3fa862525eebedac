//! What fails, and what the error says.

use expect_test::{Expect, expect};
use serde_json::json;
use stage_config::{Extension, LoadError, SecretString, StageConfig};
use stage_config_examples::extension::Extension as Standin;
use stage_config_local::{At, Fault, LocalStore, On};
use tokio::net::TcpSocket;

use super::{invoked, load, orders};

const PORT: &str = "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT";

#[derive(StageConfig, Debug)]
#[stage_config(stages(dev, prod))]
#[expect(dead_code, reason = "it never loads")]
struct Config {
    #[ssm("/orders/{stage}/key")]
    key: SecretString,
}

/// Loads in an environment of this function.
async fn load_with<const COUNT: usize>(
    variables: [(&'static str, String); COUNT],
) -> Result<Config, LoadError> {
    let environment: stage_config::Environment = variables.into_iter().collect();
    Config::loader().stage("prod").source(Extension::new().env(environment)).load().await
}

/// The error, with its port, which is another one each time, as `PORT`.
fn said(error: &LoadError, port: &str, expected: &Expect) {
    expected.assert_eq(&error.to_string().replace(port, "PORT"));
}

/// The extension says the same of all of them. Without a reason, an optional one is no exception.
#[tokio::test]
async fn whatever_parameter_store_refuses_is_in_the_log() {
    #[derive(StageConfig, Debug)]
    #[expect(dead_code, reason = "it never loads")]
    struct Refused {
        #[ssm("/missing")]
        missing: Option<String>,
        #[ssm("/orders/prod/table:9")]
        version: String,
        #[ssm("/denied", default = "none")]
        denied: String,
        #[ssm("/orders/prod/key")]
        encrypted: SecretString,
    }

    let store = orders();
    store.script([On::call("GetParameter").name("/denied").deny(), On::call("Decrypt").fail()]);
    let extension = invoked(&store).await;
    let error = load::<Refused>(&extension).await.unwrap_err();
    expect![[r#"
        cannot load `Refused`: 4 problems
          missing, version, denied, encrypted: parameters `/missing`, `/orders/prod/table:9`, `/denied`, `/orders/prod/key` cannot be read: the AWS Parameters and Secrets Lambda Extension does not say why, but its log does: either the parameter does not exist, or the role may not read it, or Parameter Store throttled the request"#]].assert_eq(&error.to_string());
    assert!(error.is_transient());
    // A few attempts for each, and no more.
    assert_eq!(extension.requests(), 20);
    let mut log = extension.log();
    log.sort();
    log.dedup();
    expect![[r#"
        ERROR GetParameter request encountered an error: operation error SSM: GetParameter, https response error StatusCode: 400, RequestID: 9a2e7fa8-e26a-4808-815b-0be2f5f3a857, api error AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/local/local is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-east-1:111122223333:parameter/denied because no identity-based policy allows the ssm:GetParameter action
        ERROR GetParameter request encountered an error: operation error SSM: GetParameter, https response error StatusCode: 400, RequestID: 9a2e7fa8-e26a-4808-815b-0be2f5f3a857, api error InvalidKeyId: arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000 is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException)
        ERROR GetParameter request encountered an error: operation error SSM: GetParameter, https response error StatusCode: 400, RequestID: 9a2e7fa8-e26a-4808-815b-0be2f5f3a857, api error ParameterNotFound: 
        ERROR GetParameter request encountered an error: operation error SSM: GetParameter, https response error StatusCode: 400, RequestID: 9a2e7fa8-e26a-4808-815b-0be2f5f3a857, api error ParameterVersionNotFound: Systems Manager could not find version 9 of /orders/prod/table. Verify the version and try again."#]].assert_eq(&log.join("\n"));
}

#[tokio::test]
async fn before_the_first_invocation() {
    let extension = Standin::start(&orders()).await.unwrap();
    let error = load::<Config>(&extension).await.unwrap_err();
    expect![[r#"
        cannot load `Config` for stage `prod`: 1 problem
          key: parameter `/orders/prod/key` cannot be read: the AWS Parameters and Secrets Lambda Extension serves only while an invocation runs; load the configuration in the handler, with a `ColdStart`, and not in `main`"#]].assert_eq(&error.to_string());
    assert!(error.is_transient());
    assert_eq!(extension.requests(), 5);
}

#[tokio::test]
async fn without_the_extension() {
    // Nobody else has the port, and nobody listens on it.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let port = socket.local_addr().unwrap().port().to_string();
    let variables = [("AWS_SESSION_TOKEN", "token".to_owned()), (PORT, port.clone())];
    said(
        &load_with(variables).await.unwrap_err(),
        &port,
        &expect![[r#"
        cannot load `Config` for stage `prod`: 1 problem
          key: parameter `/orders/prod/key` cannot be read: nothing listens on port PORT; add the layer `AWS-Parameters-and-Secrets-Lambda-Extension` to the function, or set `PARAMETERS_SECRETS_EXTENSION_HTTP_PORT` to its port"#]],
    );
}

#[tokio::test]
async fn an_environment_that_is_not_that_of_a_function() {
    let extension = invoked(&orders()).await;
    let [(token, right), (_, port)] = extension.environment();
    let other = [(token, format!("{right}x")), (PORT, port.clone())];
    said(
        &load_with(other).await.unwrap_err(),
        &port,
        &expect![[r#"
        cannot load `Config` for stage `prod`: 1 problem
          key: parameter `/orders/prod/key` cannot be read: the AWS Parameters and Secrets Lambda Extension does not accept the token in `AWS_SESSION_TOKEN`"#]],
    );
    assert_eq!(extension.requests(), 1);

    said(
        &load_with([(PORT, port.clone())]).await.unwrap_err(),
        &port,
        &expect![[r#"
        cannot load `Config` for stage `prod`: 1 problem
          key: parameter `/orders/prod/key` cannot be read: the environment variable `AWS_SESSION_TOKEN` is not set; Lambda sets it, and its extension answers nobody without it"#]],
    );
    let folded = [(token, format!("{right}\nX-Other: sk_live_1")), (PORT, port.clone())];
    said(
        &load_with(folded).await.unwrap_err(),
        &port,
        &expect![[r#"
        cannot load `Config` for stage `prod`: 1 problem
          key: parameter `/orders/prod/key` cannot be read: the environment variable `AWS_SESSION_TOKEN` has a line break, a space or another character that keys do not have"#]],
    );
    for wrong in ["0", "70000", "http://localhost"] {
        let wrong = load_with([(token, right.clone()), (PORT, wrong.to_owned())]).await;
        let error = wrong.unwrap_err().to_string();
        assert!(error.ends_with(&format!("`{PORT}` is not a port: 1 to 65535")), "{error}");
    }
    assert_eq!(extension.requests(), 1);
}

/// Loads from a server that answers each request by this script.
async fn load_from<const COUNT: usize>(
    script: [Fault; COUNT],
) -> (Result<Config, LoadError>, String) {
    let server = LocalStore::start([]).unwrap();
    server.script(script);
    let url = server.url();
    let (_, port) = url.rsplit_once(':').expect("a URL has a port");
    let variables = [("AWS_SESSION_TOKEN", "token".to_owned()), (PORT, port.to_owned())];
    (load_with(variables).await, port.to_owned())
}

fn reply(name: &str, more: &[(&str, serde_json::Value)]) -> String {
    let mut parameter = json!({ "Name": name, "Type": "SecureString", "Value": "sk_live_1" });
    for (key, value) in more {
        parameter[*key] = value.clone();
    }
    json!({ "Parameter": parameter, "ResultMetadata": {} }).to_string()
}

const OWN: &str = "/orders/prod/key";

/// Whatever a reply contains that is not from the extension, or not what was requested, is in no error.
#[tokio::test]
async fn another_server() {
    let html = "<html>sk_live_1</html>";
    let answer = |status, body: String| On::any().answer(status, body);
    for (fault, expected) in [
        (
            answer(200, html.to_owned()),
            expect![[r#"
            cannot load `Config` for stage `prod`: 1 problem
              key: parameter `/orders/prod/key` cannot be read: it is not the AWS Parameters and Secrets Lambda Extension that answers on port PORT, HTTP 200; check `PARAMETERS_SECRETS_EXTENSION_HTTP_PORT`"#]],
        ),
        (
            answer(404, html.to_owned()),
            expect![[r#"
            cannot load `Config` for stage `prod`: 1 problem
              key: parameter `/orders/prod/key` cannot be read: it is not the AWS Parameters and Secrets Lambda Extension that answers on port PORT, HTTP 404; check `PARAMETERS_SECRETS_EXTENSION_HTTP_PORT`"#]],
        ),
        (
            answer(400, html.to_owned()),
            expect![[r#"
            cannot load `Config` for stage `prod`: 1 problem
              key: parameter `/orders/prod/key` cannot be read: it is not the AWS Parameters and Secrets Lambda Extension that answers on port PORT, HTTP 400; check `PARAMETERS_SECRETS_EXTENSION_HTTP_PORT`"#]],
        ),
        (
            answer(200, html.to_owned()).endless(),
            expect![[r#"
            cannot load `Config` for stage `prod`: 1 problem
              key: parameter `/orders/prod/key` cannot be read: the reply is longer than 1 MB, which no reply of Parameter Store is; check the endpoint"#]],
        ),
        (
            answer(200, reply("/orders/dev/key", &[])),
            expect![[r#"
            cannot load `Config` for stage `prod`: 1 problem
              key: parameter `/orders/prod/key` cannot be read: the reply does not fit what was requested; check the endpoint"#]],
        ),
        (
            answer(200, reply(OWN, &[("Selector", ":1".into())])),
            expect![[r#"
            cannot load `Config` for stage `prod`: 1 problem
              key: parameter `/orders/prod/key` cannot be read: the reply does not fit what was requested; check the endpoint"#]],
        ),
        (
            answer(200, reply(OWN, &[("Value", 5.into())])),
            expect![[r#"
            cannot load `Config` for stage `prod`: 1 problem
              key: parameter `/orders/prod/key` cannot be read: it is not the AWS Parameters and Secrets Lambda Extension that answers on port PORT, HTTP 200; check `PARAMETERS_SECRETS_EXTENSION_HTTP_PORT`"#]],
        ),
    ] {
        let (config, port) = load_from([fault]).await;
        let error = config.unwrap_err();
        said(&error, &port, &expected);
        assert!(!error.to_string().contains("sk_live"), "{error}");
    }
}

#[tokio::test]
async fn a_reply_that_breaks_is_requested_again() {
    let whole = reply(OWN, &[]);
    for fault in [
        On::any().first(1).answer(200, whole.clone()).cut(At::Body(30)),
        On::any().first(1).answer(200, whole.clone()).reset(At::Body(30)),
        On::any().first(2).answer(503, ""),
        On::any().first(1).answer(200, "{}"),
        On::any().first(1).raw("sk_live_1"),
        On::any().first(1).cut(At::Start),
    ] {
        let (config, _) = load_from([fault, On::any().answer(200, whole.clone())]).await;
        config.unwrap();
    }
}

/// The deadline ends the retries.
#[tokio::test]
async fn what_does_not_pass_in_time() {
    let extension = invoked(&LocalStore::start([]).unwrap()).await;
    // There are never so many.
    extension.answer_in_groups_of(1_000);
    let [token, port] = extension.environment();
    let source = Extension::new()
        .env([token, port.clone()].into_iter().collect::<stage_config::Environment>());
    let loader = Config::loader().stage("prod").timeout(std::time::Duration::from_millis(300));
    let error = loader.source(source).load().await.unwrap_err();
    said(
        &error,
        &port.1,
        &expect![[r#"
            cannot load `Config` for stage `prod`: 1 problem
              key: parameter `/orders/prod/key` cannot be read: no answer from the extension on port PORT in time"#]],
    );
}
