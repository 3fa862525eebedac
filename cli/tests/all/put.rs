//! `stage-config put`, without a terminal

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;

use aws_sdk_ssm::config::{BehaviorVersion, Credentials, Region};
use expect_test::expect;
use stage_config::StageConfig as _;
use stage_config_local::{LocalStore, On, Parameter};

use crate::check::Kinds;
use crate::{at, described, dev, program, run, shown};

/// A file with values.
fn file(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.toml"));
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

const VALUES: &str = r#"
stripe_secret_key = "sk_test_1"
limit = 5
hosts = ["a", "b"]
"/shop/dev/currency" = { value = "EUR" }
"#;

#[test]
fn an_empty_account_is_filled_from_a_file() {
    let store = LocalStore::start([]).unwrap();
    let values = file("values", VALUES);
    let put = &["put", "--stage", "dev", "--from", &values];
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local
        `Shop` at `dev`

        FIELD              PARAMETER              TYPE          CHANGE
        stripe_secret_key  /stripeSecretKey/test  SecureString  new
        limit              /shop/dev/limit        String        new
        hosts              /shop/dev/hosts        StringList    new
        currency           /shop/dev/currency     String        new

        nothing was put, because of `--dry-run`
    "#]].assert_eq(&run(&store, &[put, &["--dry-run"][..]].concat()));
    assert_eq!(store.calls().of("PutParameter"), 0);
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local
        `Shop` at `dev`

        FIELD              PARAMETER              TYPE          CHANGE
        stripe_secret_key  /stripeSecretKey/test  SecureString  new
        limit              /shop/dev/limit        String        new
        hosts              /shop/dev/hosts        StringList    new
        currency           /shop/dev/currency     String        new

        put `/stripeSecretKey/test`: version 1
        put `/shop/dev/limit`: version 1
        put `/shop/dev/hosts`: version 1
        put `/shop/dev/currency`: version 1
    "#]].assert_eq(&run(&store, put));
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        `Shop` at `dev`
        STATUS      FIELD              PARAMETER              DETAIL
        ok          stripe_secret_key  /stripeSecretKey/test  SecureString, version 1
        ok          limit              /shop/dev/limit        String, version 1
        ok          hosts              /shop/dev/hosts        StringList, version 1
        absent      motd               /shop/dev/motd
        not judged  currency           /shop/dev/currency     String, version 1; its type is `Currency`
        5 parameters: 3 ok, 1 absent, 1 not judged
    "#]].assert_eq(&run(&store, &["check", "--stage", "dev"]));

    expect![[r#"
        --- standard error
        error: `/stripeSecretKey/test` (version 1), `/shop/dev/limit` (version 1), `/shop/dev/hosts` (version 1), `/shop/dev/currency` (version 1) already exist
        help: `--overwrite` replaces, `--missing` leaves out what is there
        --- exit status: 1
    "#]].assert_eq(&run(&store, put));
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local
        `Shop` at `dev`

        nothing is missing
    "#]].assert_eq(&run(&store, &[put, &["--missing"][..]].concat()));
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local
        `Shop` at `dev`

        FIELD              PARAMETER              TYPE          CHANGE
        stripe_secret_key  /stripeSecretKey/test  SecureString  replaces version 1
        limit              /shop/dev/limit        String        replaces version 1
        hosts              /shop/dev/hosts        StringList    replaces version 1
        currency           /shop/dev/currency     String        replaces version 1

        put `/stripeSecretKey/test`: version 2, which replaces version 1
        put `/shop/dev/limit`: version 2, which replaces version 1
        put `/shop/dev/hosts`: version 2, which replaces version 1
        put `/shop/dev/currency`: version 2, which replaces version 1
    "#]].assert_eq(&run(&store, &[put, &["--overwrite"][..]].concat()));
}

#[test]
fn nothing_is_written_if_a_value_is_wrong() {
    let store = LocalStore::start([]).unwrap();
    let values = file("wrong", "limit = \"many\"\nhosts = []\nmotd = \"hello\"\n");
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local
        `Shop` at `dev`

        FIELD  PARAMETER        TYPE        CHANGE
        limit  /shop/dev/limit  String      new
        hosts  /shop/dev/hosts  StringList  new
        motd   /shop/dev/motd   String      new
        --- standard error
        error: the value of `limit` is not a `u32`: invalid digit found in string
               the value of `hosts` is empty, which a parameter cannot be
        help: nothing was put
        --- exit status: 1
    "#]].assert_eq(&run(&store, &["put", "--stage", "dev", "--from", &values]));
    assert_eq!(store.calls().of("PutParameter"), 0);

    for (name, text) in [
        ("unknown", "limti = 5\n"),
        ("invalid", "limit = 5\nhosts = \"sk_test_1\n"),
        ("date", "limit = 2026-11-27\n"),
    ] {
        let values = file(name, text);
        let shown = run(&store, &["put", "--stage", "dev", "--from", &values]);
        let folder = env!("CARGO_TARGET_TMPDIR");
        match name {
            "unknown" => expect![[r#"
                --- standard error
                error: no field `limti` reads a parameter; did you mean `limit`?
                help: the fields are `stripe_secret_key`, `limit`, `hosts`, `motd`, `currency`
                --- exit status: 2
            "#]],
            "invalid" => expect![[r#"
                --- standard error
                error: `…/invalid.toml`, line 2: invalid basic string, expected `"`
                --- exit status: 1
            "#]],
            _ => expect![[r#"
                --- standard error
                error: `…/date.toml`: `limit` is not a value
                help: a value is a text, a number, a bool, a list of texts, or `{ secure = "…" }`
                --- exit status: 1
            "#]],
        }
        .assert_eq(&shown.replace(folder, "…"));
    }
}

#[test]
fn one_value_from_standard_input() {
    let store = LocalStore::start(dev()).unwrap();
    let put = |arguments: &[&str], value: &str| {
        let mut command = at(&store);
        command.args(["put", "--stage", "dev", "--stdin"]).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // It may have ended before it reads.
        let _ = child.stdin.take().unwrap().write_all(value.as_bytes());
        shown(&child.wait_with_output().unwrap(), Some(&store))
    };
    expect![[r#"
        --- standard error
        error: `/shop/dev/limit` (version 1) already exists
        help: `--overwrite` replaces, `--missing` leaves out what is there
        --- exit status: 1
    "#]]
    .assert_eq(&put(&["limit"], "6\n"));
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local
        `Shop` at `dev`

        FIELD  PARAMETER        TYPE    CHANGE
        limit  /shop/dev/limit  String  replaces version 1

        put `/shop/dev/limit`: version 2, which replaces version 1
    "#]].assert_eq(&put(&["limit", "--overwrite"], "6\n"));
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local
        `Shop` at `dev`

        FIELD  PARAMETER        TYPE    CHANGE
        limit  /shop/dev/limit  String  replaces version 2
        --- standard error
        error: the value of `limit` is not a `u32`: invalid digit found in string
        help: nothing was put
        --- exit status: 1
    "#]].assert_eq(&put(&["limit", "--overwrite"], "many\n"));
    expect![[r#"
        --- standard error
        error: `--stdin` is the value of one FIELD
        help: for several, use `--from FILE`
        --- exit status: 2
    "#]]
    .assert_eq(&put(&["limit", "motd"], "6\n"));
}

#[test]
fn without_a_terminal_nobody_can_be_asked() {
    let store = LocalStore::start([]).unwrap();
    expect![[r#"
        --- standard error
        error: there is no terminal to ask for values
        help: use `--from FILE`, or `--stdin` for one FIELD
        --- exit status: 2
    "#]]
    .assert_eq(&run(&store, &["put", "--stage", "dev"]));
}

#[test]
fn a_parameter_that_is_not_encrypted_cannot_become_a_secret() {
    let store =
        LocalStore::start([Parameter::string("/stripeSecretKey/test", "sk_test_1")]).unwrap();
    let values = file("secret", "stripe_secret_key = \"sk_test_2\"\n");
    let put = ["put", "--stage", "dev", "--overwrite", "--from", &values];
    expect![[r#"
        --- standard error
        error: `/stripeSecretKey/test` is a String, and the type of a parameter cannot change to SecureString
        help: delete it first: aws ssm delete-parameter --name /stripeSecretKey/test
        --- exit status: 1
    "#]].assert_eq(&run(&store, &put));
}

#[test]
fn what_the_service_quotes_is_no_value() {
    let store = LocalStore::start([]).unwrap();
    let message = "Value 's3cret  value' at 'value' failed to satisfy constraint";
    let body = format!(r#"{{"__type": "ValidationException", "message": "{message}"}}"#);
    store.script([On::call("PutParameter").answer(400, body)]);
    let values = file("quoted", "stripe_secret_key = \"s3cret  value\"\nlimit = 5\n");
    let shown = run(&store, &["put", "--stage", "dev", "--from", &values]);
    expect![[r#"
        standard error
        error: cannot put `/stripeSecretKey/test`: Value '[the value]' at 'value' failed to satisfy constraint
        help: nothing was put
        --- exit status: 1
    "#]].assert_eq(shown.split_once("--- ").unwrap().1);
}

#[test]
fn what_cannot_be_put_says_where_it_is() {
    let store = LocalStore::start([]).unwrap();
    let artifact = described("kinds-to-put", Kinds::PARAMETERS);
    let put = |field: &str| {
        let mut command = program();
        command.args(["put", "--stage", "dev", "--dry-run", "--endpoint-url", &store.url(), field]);
        shown(&command.arg("--artifact").arg(&artifact).output().unwrap(), Some(&store))
    };
    let fields = ["mail", "timeout", "shared", "flags", "table"];
    expect![[r#"
        --- standard error
        error: `mail/test` is a secret of Secrets Manager
        help: aws secretsmanager create-secret --name mail/test --secret-string file://…
        --- exit status: 1
        --- standard error
        error: `/kinds/timeout:2` is fixed to `2`, and `put` makes a new version
        help: aws ssm put-parameter --name /kinds/timeout, then name or label the new version
        --- exit status: 1
        --- standard error
        error: `arn:aws:ssm:us-east-1:999988887777:parameter/shared` is shared by account 999988887777
        help: it has to be put in that account
        --- exit status: 1
        --- standard error
        error: `flags` is everything below `/kinds/flags`
        help: name a key of it: `flags/KEY`
        --- exit status: 2
        --- standard error
        error: no field `table` reads a parameter
        help: the fields are `mail`, `absent_secret`, `port`, `password`, `timeout`, `before`, `shared`, `flags`, `empty`, `cache.url`, `denied`, `key`
        --- exit status: 2
    "#]].assert_eq(&fields.map(put).concat());
    expect![[r#"
        --- standard error
        error: cannot put `/kinds/flags/a b`: its name has a space, which Parameter Store refuses
        --- exit status: 1
    "#]]
    .assert_eq(&put("flags/a b"));
    expect![[r#"
        --- standard error
        error: `--overwrite` replaces what you name
        help: name each FIELD, or use `--from FILE`
        --- exit status: 2
    "#]]
    .assert_eq(&put("--overwrite"));
    // Nor in the account of another stage, or if nobody knows whose account it is.
    let at_prod = || {
        let mut command = program();
        command.args(["put", "--stage", "prod", "--dry-run", "--endpoint-url", &store.url()]);
        let output = command.arg("--artifact").arg(&artifact).output().unwrap();
        shown(&output, Some(&store))
    };
    expect![[r#"
        --- standard error
        error: this is account 111122223333, but `Kinds` at `prod` belongs to account 444455556666
        help: choose another `--profile`; `accounts(…)` on the struct says which is whose
        --- exit status: 1
    "#]]
    .assert_eq(&at_prod());
    store.script([On::call("GetCallerIdentity").first(1).deny()]);
    expect![[r#"
        --- standard error
        error: this is an unknown account in us-east-1 (User: arn:aws:sts::111122223333:assumed-role/local/local is not authorized to perform: sts:GetCallerIdentity on resource: * because no identity-based policy allows the sts:GetCallerIdentity action), at URL
        help: `Kinds` at `prod` belongs to account 444455556666: allow `sts:GetCallerIdentity`
        --- exit status: 1
    "#]].assert_eq(&at_prod());
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local
        `Kinds` at `dev`

        FIELD      PARAMETER         TYPE    CHANGE
        flags/a/b  /kinds/flags/a/b  String  new

        nothing was put, because of `--dry-run`
    "#]].assert_eq(&put("flags/a/b"));
}

#[test]
fn the_parameter_is_described_and_encrypted_with_the_key() {
    let store = LocalStore::start([]).unwrap();
    let values = file("key", "stripe_secret_key = \"sk_test_1\"\nlimit = 5\n");
    let put = ["put", "--stage", "dev", "--key-id", "alias/shop", "--from", &values];
    assert!(run(&store, &put).contains("put `/shop/dev/limit`: version 1"));
    let config = aws_sdk_ssm::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(store.url())
        .credentials_provider(Credentials::new("local", "local", None, None, "local"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .build();
    let described = aws_sdk_ssm::Client::from_conf(config).describe_parameters().send();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let described = runtime.block_on(described).unwrap().parameters.unwrap();
    let described: Vec<_> = described
        .iter()
        .map(|it| [it.name(), it.description(), it.key_id()].map(Option::unwrap_or_default))
        .collect();
    assert_eq!(
        described,
        [
            ["/shop/dev/limit", "Orders a minute", ""],
            ["/stripeSecretKey/test", "Stripe secret key", "alias/shop"],
        ]
    );
}
