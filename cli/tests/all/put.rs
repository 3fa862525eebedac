//! `stage-config put`, without a terminal

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;

use expect_test::expect;
use stage_config_local::{LocalStore, On, Parameter};

use crate::{at, dev, run, shown};

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

        FIELD              PARAMETER              TYPE
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

        FIELD              PARAMETER              TYPE
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
                    FIELD              PARAMETER              DETAIL
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

        FIELD              PARAMETER              TYPE
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

        FIELD  PARAMETER        TYPE
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
        child.stdin.take().unwrap().write_all(value.as_bytes()).unwrap();
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

        FIELD  PARAMETER        TYPE
        limit  /shop/dev/limit  String  replaces version 1

        put `/shop/dev/limit`: version 2, which replaces version 1
    "#]].assert_eq(&put(&["limit", "--overwrite"], "6\n"));
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local
        `Shop` at `dev`

        FIELD  PARAMETER        TYPE
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
