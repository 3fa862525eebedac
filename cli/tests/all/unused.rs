//! `stage-config unused`

use expect_test::expect;

use crate::{filled, run, undated};

#[test]
fn what_nobody_reads() {
    let store = filled();
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        PARAMETER         TYPE    VERSION  CHANGED
        /shop/old/key/of  String  1        0000-00-00 00:00

        7 parameters below `/shop`, 1 not read by `Shop`
    "#]].assert_eq(&undated(&run(&store, &["unused", "--path", "/shop"])));
}
