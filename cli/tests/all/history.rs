//! `stage-config history`

use expect_test::expect;

use crate::{filled, run, undated};

#[test]
fn versions_are_listed() {
    let store = filled();
    store.label("/shop/prod/limit", 1, "blue").unwrap();
    let history = ["history", "limit", "--stage", "prod"];
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        `/shop/prod/limit`
        VERSION  CHANGED           BY                                                  TYPE    LABELS
        2        0000-00-00 00:00  arn:aws:sts::111122223333:assumed-role/local/local  String
        1        0000-00-00 00:00  arn:aws:sts::111122223333:assumed-role/local/local  String  blue
    "#]].assert_eq(&undated(&run(&store, &history)));
    expect![[r#"
        --- standard error
        error: `/shop/dev/motd` does not exist
        help: this is account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local
        --- exit status: 1
    "#]].assert_eq(&run(&store, &["history", "motd", "--stage", "dev"]));
    expect![[r#"
        --- standard error
        error: no field `limti` reads a parameter; did you mean `limit`?
        help: the fields are `stripe_secret_key`, `limit`, `hosts`, `motd`, `currency`
        --- exit status: 2
    "#]]
    .assert_eq(&run(&store, &["history", "limti", "--stage", "dev"]));
    expect![[r#"
        --- standard error
        error: `--reveal` shows values in a table on a terminal only
        --- exit status: 2
    "#]]
    .assert_eq(&run(&store, &[&history[..], &["--reveal"]].concat()));
    let as_json = run(&store, &[&history[..], &["--reveal", "--format", "json"]].concat());
    assert!(as_json.contains("in a table on a terminal only"), "{as_json}");
}
