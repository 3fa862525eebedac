//! `stage-config diff`

use expect_test::expect;

use crate::{filled, run, undated};

#[test]
fn stages_are_compared() {
    expect![[r#"
        account 111122223333 in us-east-1, at URL, as arn:aws:sts::111122223333:assumed-role/local/local

        `Shop`
        FIELD              DEV                                       PROD                                      VALUE
        stripe_secret_key  /stripeSecretKey/test                     /stripeSecretKey/live                     different
                           SecureString version 1, DATE       TIME   SecureString version 1, DATE       TIME
        limit              /shop/dev/limit                           /shop/prod/limit                          different
                           String version 1, DATE       TIME         String version 2, DATE       TIME
        hosts              /shop/dev/hosts                           /shop/prod/hosts
                           StringList version 1, DATE       TIME     missing
        motd               /shop/dev/motd                            /shop/prod/motd
                           missing                                   String version 1, DATE       TIME
        currency           /shop/dev/currency                        /shop/prod/currency
                           String version 1, DATE       TIME         missing
    "#]].assert_eq(&undated(&run(&filled(), &["diff", "dev", "prod"])));
}
