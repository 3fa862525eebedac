//! For tools.

use std::collections::BTreeMap;

use expect_test::expect;
use stage_config::{SecretString, StageConfig};

#[derive(StageConfig)]
#[stage_config(stages(dev, prod(alias = "production")), allow_near_misses, stage_env = "STAGE")]
#[stage_config(accounts(prod = ["444455556666", "777788889999"]))]
struct Logged {
    #[stage]
    stage: String,
    #[value(5)]
    limit: u32,
    /// How much
    /// is logged
    #[env("LOG_LEVEL", default = "info")]
    log_level: String,
    #[secret(dev = "mail/{stage}", prod = "mail/live")]
    mail: SecretString,
    #[ssm_path("/flags", required)]
    flags: BTreeMap<String, bool>,
    #[nested("/shop/{stage}")]
    cache: Option<Cache>,
}

#[derive(StageConfig)]
struct Cache {
    #[ssm("url")]
    url: String,
}

#[test]
#[expect(clippy::too_many_lines, reason = "JSON has many")]
fn all_that_there_is() {
    expect![[r#"
        {
          "config": "Logged",
          "stages": [
            {
              "name": "dev",
              "aliases": [],
              "accounts": []
            },
            {
              "name": "prod",
              "aliases": [
                "production"
              ],
              "accounts": [
                "444455556666",
                "777788889999"
              ]
            }
          ],
          "fallback": "dev",
          "allow_near_misses": true,
          "variables": [
            "STAGE"
          ],
          "fields": [
            {
              "path": "stage",
              "doc": null,
              "kind": "stage",
              "variable": null,
              "names": null,
              "json_key": null,
              "type": "String",
              "reads": null,
              "required": false,
              "optional_struct": null,
              "default": null,
              "secret": false
            },
            {
              "path": "limit",
              "doc": null,
              "kind": "value",
              "variable": null,
              "names": null,
              "json_key": null,
              "type": "u32",
              "reads": null,
              "required": false,
              "optional_struct": null,
              "default": null,
              "secret": false
            },
            {
              "path": "log_level",
              "doc": "How much is logged",
              "kind": "env",
              "variable": "LOG_LEVEL",
              "names": null,
              "json_key": null,
              "type": "String",
              "reads": "text",
              "required": false,
              "optional_struct": null,
              "default": "\"info\"",
              "secret": false
            },
            {
              "path": "mail",
              "doc": null,
              "kind": "secret",
              "variable": null,
              "names": {
                "dev": {
                  "name": "mail/dev",
                  "requested": "/aws/reference/secretsmanager/mail/dev",
                  "template": "mail/{stage}"
                },
                "prod": {
                  "name": "mail/live",
                  "requested": "/aws/reference/secretsmanager/mail/live",
                  "template": null
                }
              },
              "json_key": null,
              "type": "SecretString",
              "reads": "text",
              "required": true,
              "optional_struct": null,
              "default": null,
              "secret": true
            },
            {
              "path": "flags",
              "doc": null,
              "kind": "ssm_path",
              "variable": null,
              "names": {
                "dev": {
                  "name": "/flags",
                  "requested": "/flags",
                  "template": null
                },
                "prod": {
                  "name": "/flags",
                  "requested": "/flags",
                  "template": null
                }
              },
              "json_key": null,
              "type": "BTreeMap<String, bool>",
              "reads": "bool",
              "required": true,
              "optional_struct": null,
              "default": null,
              "secret": false
            },
            {
              "path": "cache.url",
              "doc": null,
              "kind": "ssm",
              "variable": null,
              "names": {
                "dev": {
                  "name": "/shop/dev/url",
                  "requested": "/shop/dev/url",
                  "template": "/shop/{stage}/url"
                },
                "prod": {
                  "name": "/shop/prod/url",
                  "requested": "/shop/prod/url",
                  "template": "/shop/{stage}/url"
                }
              },
              "json_key": null,
              "type": "String",
              "reads": "text",
              "required": true,
              "optional_struct": "cache",
              "default": null,
              "secret": false
            }
          ]
        }
    "#]]
    .assert_eq(&Logged::PARAMETERS.to_json());
}
