//! One load: what is asked for, and the one error with every problem.

use std::time::Duration;

use expect_test::expect;
use stage_config::source::{Answer, Answers, Request};
use stage_config::{Environment, Fixed, LoadError, ProblemKind, SecretString, Source, StageConfig};
use stage_config_behaviour::{Counting, Never, told};

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "the secret is asked for, not looked at")]
struct Config {
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    stripe_secret_key: SecretString,
    #[ssm(dev = "/limit/dev", prod = "/limit/prod")]
    limit: u32,
    #[ssm("/greeting", default = "hello")]
    greeting: String,
    #[ssm("/flag")]
    flag: Option<bool>,
}

const FULL: [(&str, &str); 3] =
    [("/stripeSecretKey/live", "sk_live"), ("/limit/prod", "50"), ("/flag", "true")];

async fn prod(source: impl Source + 'static) -> Result<Config, LoadError> {
    Config::loader().stage("prod").source(source).load().await
}

#[tokio::test]
async fn only_the_names_of_the_stage_are_asked_for() {
    let source = Counting::new(Answer::found("1"));
    let _ = prod(source.clone()).await;
    expect![[r#"
        [
            [
                "/stripeSecretKey/live",
                "/limit/prod",
                "/greeting",
                "/flag",
            ],
        ]
    "#]]
    .assert_debug_eq(&source.asked());
}

#[derive(StageConfig, Debug)]
struct Twice {
    #[ssm("Key")]
    bare: String,
    #[ssm("/Key")]
    slash: String,
    #[ssm("/Key")]
    again: String,
    #[ssm("/Key:1")]
    first: String,
}

#[tokio::test]
async fn a_name_is_asked_for_once() {
    let source = Counting::new(Answer::found("same"));
    let twice = Twice::loader().source(source.clone()).load().await.unwrap();
    assert_eq!(source.asked(), [["Key", "/Key:1"]]);
    assert_eq!([twice.bare, twice.slash, twice.again, twice.first], ["same"; 4]);
}

#[derive(StageConfig, Debug)]
struct NoParameters {
    #[value(1)]
    one: u8,
}

#[tokio::test]
async fn nothing_is_asked_where_there_is_nothing_to_ask() {
    let source = Counting::new(Answer::Missing);
    let config = NoParameters::loader().source(source.clone()).load().await.unwrap();
    assert_eq!((config.one, source.asked().len()), (1, 0));
}

#[tokio::test]
async fn what_is_absent_is_the_default_or_none() {
    let config = prod(Fixed::from(FULL).with("/flag", Answer::Missing)).await.unwrap();
    assert_eq!((config.limit, &*config.greeting, config.flag), (50, "hello", None));
}

#[tokio::test]
async fn what_is_denied_or_unreadable_is_neither_the_default_nor_none() {
    let denied = Answer::denied(
        "ssm:GetParameters",
        "arn:aws:ssm:us-east-1:111122223333:parameter/greeting",
    );
    let unreadable = Answer::failed("cannot be decrypted");
    let source = Fixed::from(FULL).with("/greeting", denied).with("/flag", unreadable);
    let error = prod(source).await.unwrap_err();
    expect![[r#"
        cannot load `Config` for stage `prod`: 2 problems
          greeting: access to parameter `/greeting` is denied: the role needs `ssm:GetParameters` on `arn:aws:ssm:us-east-1:111122223333:parameter/greeting`
          flag: parameter `/flag` cannot be read: cannot be decrypted
        help: allow `ssm:GetParameters` in a policy of the role"#]]
    .assert_eq(&error.to_string());
    let kinds: Vec<_> = error.problems().iter().map(stage_config::Problem::kind).collect();
    assert_eq!(kinds, [ProblemKind::Denied, ProblemKind::Unreadable]);
    assert!(!error.is_transient());
}

/// Everything is missing, in a place that has a name.
struct Empty;

impl Source for Empty {
    async fn fetch(&self, _: &Request) -> Answers {
        Answers::new().looked_in("us-east-1")
    }
}

#[tokio::test]
async fn all_that_is_missing_is_in_one_error() {
    let error = Config::loader().stage("featureX").source(Empty).load().await.unwrap_err();
    let expected = expect![[r#"
        cannot load `Config` for stage `dev` (deployed as `featureX`): 2 problems
          stripe_secret_key: parameter `/stripeSecretKey/test` does not exist in us-east-1
          limit: parameter `/limit/dev` does not exist in us-east-1
        help: aws ssm put-parameter --name /stripeSecretKey/test --type SecureString --region us-east-1 --value …
              aws ssm put-parameter --name /limit/dev --type String --region us-east-1 --value …
        help: if a value may be absent, make its field an `Option` or give it a `default` if it is not secret"#]];
    expected.assert_eq(&error.to_string());
    expected.assert_eq(&format!("{error:?}"));
    expected.assert_eq(&error.clone().to_string());
    let first = &error.problems()[0];
    assert_eq!(first.kind(), ProblemKind::Missing);
    assert_eq!(first.fields(), ["stripe_secret_key"]);
    assert_eq!(first.parameter(), Some("/stripeSecretKey/test"));
    assert_eq!(first.stage(), Some("dev"));
    assert_eq!(format!("{first:?}"), format!("{first}"));
}

#[tokio::test]
async fn what_befell_the_whole_request_is_said_once() {
    let source = Counting::new(Answer::transient("no connection"));
    let error = Config::loader().stage("").source(source).load().await.unwrap_err();
    assert_eq!(error.problems().len(), 4);
    assert!(error.is_transient());
    expect![[r#"
        cannot load `Config` for stage `dev` (no stage is given): 4 problems
          stripe_secret_key, limit, greeting, flag: parameters `/stripeSecretKey/test`, `/limit/dev`, `/greeting`, `/flag` cannot be read: no connection"#]]
    .assert_eq(&error.to_string());
}

#[tokio::test]
async fn and_once_only_with_something_else_between() {
    let unavailable = Answer::transient("no connection");
    let source = Fixed::from(FULL)
        .with("/stripeSecretKey/live", unavailable.clone())
        .with("/limit/prod", Answer::found("many"))
        .with("/flag", unavailable);
    expect![[r#"
        cannot load `Config` for stage `prod`: 3 problems
          stripe_secret_key, flag: parameters `/stripeSecretKey/live`, `/flag` cannot be read: no connection
          limit: parameter `/limit/prod` is not a `u32`: invalid digit found in string"#]].assert_eq(&prod(source).await.unwrap_err().to_string());
}

#[tokio::test]
async fn a_denial_in_the_words_of_the_service() {
    let denied = Answer::denied("ssm:GetParameter", "arn").with_details("with an explicit deny");
    let error = prod(Fixed::from(FULL).with("/flag", denied)).await.unwrap_err();
    expect![[r#"
        cannot load `Config` for stage `prod`: 1 problem
          flag: access to parameter `/flag` is denied: the role needs `ssm:GetParameter` on `arn` (with an explicit deny)"#]].assert_eq(&error.to_string());
}

#[tokio::test]
async fn a_name_without_an_answer_is_missing() {
    let error = prod(Fixed::new()).await.unwrap_err();
    assert_eq!(error.problems().len(), 2);
    assert!(error.problems().iter().all(|problem| problem.kind() == ProblemKind::Missing));
}

#[tokio::test(start_paused = true)]
async fn a_source_that_does_not_answer_is_given_up_on() {
    let started = tokio::time::Instant::now();
    let loader = NoStages::loader().source(Never).timeout(Duration::from_secs(5));
    let error = loader.load().await.unwrap_err();
    assert_eq!(started.elapsed(), Duration::from_secs(5));
    assert_eq!(error.problems()[0].kind(), ProblemKind::Unavailable);
    expect![[r#"
        cannot load `NoStages`: 1 problem
          key: parameter `/key` cannot be read: the source did not answer within 5s"#]]
    .assert_eq(&error.to_string());
}

#[tokio::test(start_paused = true)]
async fn a_load_takes_at_most_eight_seconds_unless_told_otherwise() {
    let started = tokio::time::Instant::now();
    let _ = NoStages::loader().source(Never).load().await;
    assert_eq!(started.elapsed(), Duration::from_secs(8));
    // As long as it takes.
    let forever = NoStages::loader().source(Never).timeout(Duration::MAX).load();
    assert!(tokio::time::timeout(Duration::from_hours(1), forever).await.is_err());
}

#[derive(StageConfig, Debug)]
struct NoStages {
    #[ssm("/key")]
    key: String,
}

/// Says how much time it was given.
struct Clockwatcher;

impl Source for Clockwatcher {
    async fn fetch(&self, request: &Request) -> Answers {
        let left = format!("{:?}", request.time_left());
        request.names().map(|name| (name, Answer::found(left.clone()))).collect()
    }
}

#[tokio::test(start_paused = true)]
async fn a_source_knows_how_much_time_is_left() {
    let loader = NoStages::loader().source(Clockwatcher).timeout(Duration::from_secs(3));
    assert_eq!(loader.load().await.unwrap().key, "3s");
}

#[test]
fn a_source_that_answers_at_once_needs_no_runtime() {
    let loader = NoStages::loader().source(Fixed::from([("/key", "value")]));
    let mut future = std::pin::pin!(loader.load());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(config) = future.as_mut().poll(&mut context) else {
        panic!("it waits for something")
    };
    assert_eq!(config.unwrap().key, "value");
}

#[tokio::test]
async fn nothing_that_is_printed_holds_a_value() {
    let answer = Answer::secure("sk_live");
    let fixed = Fixed::from([("/key", "sk_live")]).with("/other", answer.clone());
    let loader = NoStages::loader().env([("NAME", "sk_live")]).source(fixed.clone());
    for text in [format!("{answer:?}"), format!("{fixed:?}"), format!("{loader:?}")] {
        assert!(!text.contains("sk_live"), "{text}");
    }
    expect!["Found { text: SecretBox<str>([REDACTED]), secure: true, account: None }"]
        .assert_eq(&format!("{answer:?}"));
    expect![[r#"Loader { stage: None, environment: {"NAME"}, timeout: 8s, .. }"#]]
        .assert_eq(&format!("{loader:?}"));
    expect![[r#"{"NAME"}"#]].assert_eq(&format!("{:?}", Environment::from([("NAME", "sk_live")])));
    expect!["Environment(of the process)"].assert_eq(&format!("{:?}", Environment::from_process()));
    assert_eq!(loader.load().await.unwrap().key, "sk_live");
}

#[derive(StageConfig, Debug)]
struct Three {
    #[ssm("/a")]
    a: String,
    #[ssm("/b")]
    b: String,
    #[ssm("/c", default = "c")]
    c: String,
}

/// What is there, and behind it another source.
struct Layered<S>(Fixed, S);

impl<S: Source> Source for Layered<S> {
    async fn fetch(&self, request: &Request) -> Answers {
        let mut answers = self.0.fetch(request).await;
        answers.merge(self.1.fetch(&request.only(|name| answers.get(name).is_none())).await);
        answers
    }
}

#[tokio::test]
async fn a_source_may_stand_before_another() {
    let behind = Counting::new(Answer::found("behind"));
    let layered = Layered(Fixed::from([("/b", "before")]), behind.clone());
    let three = Three::loader().source(layered).load().await.unwrap();
    assert_eq!((&*three.a, &*three.b, &*three.c), ("behind", "before", "behind"));
    assert_eq!(behind.asked(), [["/a", "/c"]]);

    let layered = Layered(Fixed::from([("/b", "before")]), Empty);
    let error = Three::loader().source(layered).load().await.unwrap_err();
    assert!(error.to_string().contains("`/a` does not exist in us-east-1"), "{error}");
}

#[tokio::test]
async fn a_source_can_be_tried_by_itself() {
    let request = Request::new(["Key", "/Key", "/other"], Duration::from_secs(1));
    assert_eq!(request.names().collect::<Vec<_>>(), ["Key", "/other"]);
    assert!(request.time_left() <= Duration::from_secs(1));
    let answers = Counting::new(Answer::Missing).fetch(&request).await;
    assert!(matches!(answers.get("/Key"), Some(Answer::Missing)));
    assert!(answers.get("/else").is_none());
}

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "it does not load")]
struct Shared {
    #[secret("orders", json_key = "user")]
    user: String,
    #[env("PORT")]
    port: u16,
    #[ssm("/hosts")]
    hosts: Vec<String>,
    #[secret("orders", json_key = "password")]
    password: SecretString,
    #[ssm("hosts")]
    text: String,
    #[secret("orders")]
    whole: SecretString,
    #[env("PORT")]
    other_port: u16,
    #[ssm("/limits", json)]
    limits: Vec<u8>,
    #[ssm("/limits", json_key = "usual", default = 1)]
    usual: u8,
    #[ssm("/token")]
    token: Option<SecretString>,
    #[ssm("/object", json_key = "hosts")]
    listed: Vec<String>,
}

async fn shared(source: Fixed, port: Option<&str>) -> (usize, String) {
    let env = Environment::from_iter(port.map(|port| ("PORT", port)));
    let error = Shared::loader().env(env).source(source).load().await.unwrap_err();
    (error.problems().len(), told(&error))
}

#[tokio::test]
async fn what_several_fields_read_is_one_problem() {
    let (problems, text) = shared(Fixed::new(), None).await;
    assert_eq!(problems, 5);
    expect![[r#"
        cannot load `Shared`: 5 problems
          user, password, whole: secret `orders` does not exist
          port, other_port: environment variable `PORT` is not set
          hosts, text: parameter `/hosts` does not exist
          limits: parameter `/limits` does not exist
          listed: parameter `/object` does not exist
        help: aws secretsmanager create-secret --name orders --secret-string …
              aws ssm put-parameter --name /hosts --type StringList --value …
              aws ssm put-parameter --name /limits --type String --value …
              aws ssm put-parameter --name /object --type String --value …
        help: set the environment variable `PORT`
        help: if a value may be absent, make its field an `Option` or give it a `default` if it is not secret"#]].assert_eq(&text);
    // A text that is not of the type is a problem of each field.
    let secret = "/aws/reference/secretsmanager/orders";
    let object = ("/object", r#"{"hosts": "a,b"}"#);
    let source = Fixed::from([("/hosts", "a,b"), ("/limits", "[]"), object])
        .with(secret, Answer::transient("was throttled"));
    let (problems, text) = shared(source, Some("x")).await;
    assert_eq!(problems, 4);
    expect![[r#"
        cannot load `Shared`: 4 problems
          user, password, whole: secret `orders` cannot be read: was throttled
          port: environment variable `PORT` is not a `u16`: invalid digit found in string
          other_port: environment variable `PORT` is not a `u16`: invalid digit found in string
          usual: parameter `/limits` is not a JSON object with the key `usual`: it is an array"#]]
    .assert_eq(&text);
    let denied = Answer::denied("secretsmanager:GetSecretValue", "…:secret:orders-??????");
    let source = Fixed::from([("/hosts", "a,b"), ("/limits", "{}"), object]).with(secret, denied);
    let (problems, text) = shared(source, Some("80")).await;
    assert_eq!(problems, 2);
    expect![[r#"
        cannot load `Shared`: 2 problems
          user, password, whole: access to secret `orders` is denied: the role needs `secretsmanager:GetSecretValue` on `…:secret:orders-??????`
          limits: parameter `/limits` is not a `Vec<u8>`: invalid type at line 1 column 1: map, expected a sequence
        help: allow `secretsmanager:GetSecretValue` in a policy of the role"#]].assert_eq(&text);
}

/// Says what it likes.
struct Chatty;

impl Source for Chatty {
    async fn fetch(&self, request: &Request) -> Answers {
        let forged = "is fine\n  b: parameter `/b` is \u{1b}[31mgone";
        let answers = [
            ("/a", Answer::transient(forged.to_owned())),
            ("/b", Answer::denied("x\nhelp: y", "z\n")),
            ("/c", Answer::failed("x".repeat(10_000))),
        ];
        assert_eq!(request.names().len(), answers.len());
        answers.into_iter().collect::<Answers>().looked_in("here\nthere")
    }
}

#[tokio::test]
async fn no_source_forges_a_line() {
    let error = Three::loader().source(Chatty).load().await.unwrap_err();
    let text = told(&error);
    assert!(text.len() < 2_000, "{text}");
    expect![[r#"
        cannot load `Three`: 3 problems
          a: parameter `/a` cannot be read: is fine\n  b: parameter `/b` is \u{1b}[31mgone
          b: access to parameter `/b` is denied: the role needs `x\nhelp: y` on `z\n`
          c: parameter `/c` cannot be read: x…x…x…x…x…xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… (9416 more characters)
        help: allow `x\nhelp: y` in a policy of the role"#]]
    .assert_eq(&text.replace(&"x".repeat(100), "x…"));
}
