//! For people.

use std::collections::BTreeMap;
use std::time::Duration;

use expect_test::{Expect, expect};
use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(alias = "production"), pre_prod(rename = "pre-prod")))]
#[stage_config(accounts(dev = "111122223333", prod = ["444455556666", "777788889999"]))]
struct Shop {
    /// The stage as deployed.
    #[stage]
    stage: String,
    /// Table of the orders,
    /// one a region
    ///
    /// Made by the other stack.
    #[env("TABLE_NAME")]
    table_name: String,
    #[env("LOG_LEVEL", default = "info")]
    log_level: String,
    #[env("REGION")]
    region: Option<String>,
    #[value("a value")]
    greeting: &'static str,
    /// `a|b` or a | b
    #[ssm("/separator", default = '|')]
    separator: char,
    #[ssm("/shop/{stage}/time", default = Duration::from_mins(15))]
    time: Duration,
    #[ssm(dev = "/stripe/test", prod = "/stripe/live:3", pre_prod = "/stripe/{stage}")]
    stripe: SecretString,
    #[secret(dev = "mail/test", prod = "mail/live", pre_prod = "mail/{stage}")]
    mail: Option<SecretString>,
    #[secret("search", json_key = "login.user")]
    search_user: String,
    #[ssm_path("/flags")]
    flags: BTreeMap<String, bool>,
    #[ssm_path("/hosts/{stage}", required)]
    hosts: BTreeMap<String, String>,
    #[nested("/shop/{stage}")]
    orders: Database,
    #[nested(dev = "/cache/dev", prod = "/cache", pre_prod = "/cache")]
    cache: Option<Database>,
    #[nested]
    limits: Option<Limits>,
}

#[derive(StageConfig)]
struct Database {
    #[ssm("url")]
    url: String,
    #[secret("password")]
    password: SecretString,
    #[nested]
    limits: Limits,
}

/// Without parameters, so that it is always there.
#[derive(StageConfig)]
struct Limits {
    #[env("MAX_CONNECTIONS")]
    connections: u32,
}

#[test]
fn all_that_there_is() {
    expect![[r#"
        Stages of `Shop`: `dev` (in account `111122223333`), `prod` (also deployed as `production`; in the accounts `444455556666`, `777788889999`), `pre-prod`, read from the environment variable `stage` or `STAGE`. Any other stage, or none, is loaded as `dev`; what looks like a slip of one of these, or like production, is refused.

        Environment variables:

        | variable | what it is | default | field | type |
        |---|---|---|---|---|
        | `TABLE_NAME` | Table of the orders, one a region | required | `table_name` | `String` |
        | `LOG_LEVEL` |  | `"info"` | `log_level` | `String` |
        | `REGION` |  | `None` | `region` | `Option<String>` |
        | `MAX_CONNECTIONS` |  | required | `orders.limits.connections` | `u32` |
        | `MAX_CONNECTIONS` |  | required, unless all of `cache` is absent | `cache.limits.connections` | `u32` |
        | `MAX_CONNECTIONS` |  | required | `limits.connections` | `u32` |

        In Parameter Store:

        | parameter | what it is | default | field | type |
        |---|---|---|---|---|
        | `/separator` | `a\|b` or a \| b | `'\|'` | `separator` | `char` |
        | `/shop/{stage}/time` |  | `Duration::from_mins(15)` | `time` | `Duration` |
        | `dev`: `/stripe/test`<br>`prod`: `/stripe/live:3`<br>`pre-prod`: `/stripe/{stage}` |  | required | `stripe` | `SecretString`, secret |
        | all below `/flags` |  | empty | `flags` | `BTreeMap<String, bool>` |
        | all below `/hosts/{stage}` |  | required | `hosts` | `BTreeMap<String, String>` |
        | `/shop/{stage}/url` |  | required | `orders.url` | `String` |
        | `dev`: `/cache/dev/url`<br>`prod`, `pre-prod`: `/cache/url` |  | required, unless all of `cache` is absent | `cache.url` | `String` |

        In Secrets Manager:

        | secret | default | field | type |
        |---|---|---|---|
        | `dev`: `mail/test`<br>`prod`: `mail/live`<br>`pre-prod`: `mail/{stage}` | `None` | `mail` | `Option<SecretString>`, secret |
        | `search`, key `login.user` | required | `search_user` | `String` |
        | `shop/{stage}/password` | required | `orders.password` | `SecretString`, secret |
        | `dev`: `cache/dev/password`<br>`prod`, `pre-prod`: `cache/password` | required, unless all of `cache` is absent | `cache.password` | `SecretString`, secret |

        In the program itself:

        | from | what it is | field | type |
        |---|---|---|---|
        | the stage as deployed | The stage as deployed. | `stage` | `String` |
        | the source code |  | `greeting` | `&'static str` |

        In a name, `{stage}` stands for the stage. A stage that is not declared reads what there is under its own name, and the rest under that of `dev`.
    "#]].assert_eq(&Shop::PARAMETERS.to_markdown());
}

#[test]
fn other_stages_may_be_refused() {
    #[derive(StageConfig)]
    #[stage_config(fallback = none, stage_env = "DEPLOYED_AS")]
    struct Config {
        #[ssm(prod = "/limit")]
        limit: u32,
    }

    introduces::<Config>(&expect![
        "Stages of `Config`: `prod`, read from the environment variable `DEPLOYED_AS`. Any other stage, or none, is refused."
    ]);
}

#[test]
fn near_misses_may_be_allowed() {
    #[derive(StageConfig)]
    #[stage_config(allow_near_misses)]
    struct Config {
        #[ssm(dev = "/limit/dev", prod = "/limit/prod")]
        limit: u32,
    }

    introduces::<Config>(&expect![
        "Stages of `Config`: `dev`, `prod`, read from the environment variable `stage` or `STAGE`. Any other stage, or none, is loaded as `dev`."
    ]);
}

#[test]
fn a_stage_may_be_read_where_none_is_declared() {
    #[derive(StageConfig)]
    struct Config {
        #[stage]
        stage: String,
    }

    introduces::<Config>(&expect![
        "`Config` is the same at every stage, and reads which one it is from the environment variable `stage` or `STAGE`."
    ]);
}

fn introduces<T: StageConfig>(introduction: &Expect) {
    let markdown = T::PARAMETERS.to_markdown();
    introduction.assert_eq(markdown.lines().next().unwrap_or_default());
}

#[test]
fn templates_of_a_declared_stage_alone_are_not_those_of_others() {
    #[derive(StageConfig)]
    struct Config {
        #[ssm(dev = "/limit", prod = "/{stage}/limit")]
        limit: u32,
    }

    let markdown = Config::PARAMETERS.to_markdown();
    expect!["In a name, `{stage}` stands for the stage."]
        .assert_eq(markdown.lines().last().unwrap_or_default());
}

#[test]
fn a_cell_holds_what_would_end_it() {
    #[derive(StageConfig)]
    struct Config {
        /// Already \| escaped, `a|b`
        #[env("A|B", default = "`|`\n")]
        pipe: String,
        #[env(
            "LINES",
            default = "``
                                  on two"
        )]
        lines: String,
    }

    let markdown = Config::PARAMETERS.to_markdown();
    let rows: Vec<_> = markdown.lines().skip(6).collect();
    expect![[r#"
        | `A\|B` | Already \| escaped, `a\|b` | ``"`\|`\n"`` | `pipe` | `String` |
        | `LINES` |  | ```"`` on two"``` | `lines` | `String` |"#]]
    .assert_eq(&rows.join("\n"));
}
