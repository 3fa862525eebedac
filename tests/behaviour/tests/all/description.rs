//! What a configuration says of itself, in Markdown and in JSON.

#![expect(dead_code, reason = "these structs are described and not loaded")]

mod embedded;
mod json;
mod markdown;

use expect_test::expect;
use stage_config::StageConfig;

#[test]
fn of_an_empty_struct() {
    #[derive(StageConfig)]
    struct Empty {}

    expect![[r#"
        `Empty` is the same at every stage.
    "#]]
    .assert_eq(&Empty::PARAMETERS.to_markdown());
    expect![[r#"
        {
          "config": "Empty",
          "stages": [],
          "fallback": null,
          "allow_near_misses": false,
          "variables": [],
          "fields": []
        }
    "#]]
    .assert_eq(&Empty::PARAMETERS.to_json());
}

#[test]
fn without_stages() {
    #[derive(StageConfig)]
    struct Config {
        /// Requests a second
        #[ssm("/limit")]
        limit: u32,
        #[env("TABLE_NAME")]
        table_name: String,
    }

    expect![[r#"
        `Config` is the same at every stage.

        Environment variables:

        | variable | default | field | type |
        |---|---|---|---|
        | `TABLE_NAME` | required | `table_name` | `String` |

        In Parameter Store:

        | parameter | what it is | default | field | type |
        |---|---|---|---|---|
        | `/limit` | Requests a second | required | `limit` | `u32` |
    "#]]
    .assert_eq(&Config::PARAMETERS.to_markdown());
    expect![[r#"
        {
          "config": "Config",
          "stages": [],
          "fallback": null,
          "allow_near_misses": false,
          "variables": [],
          "fields": [
            {
              "path": "limit",
              "doc": "Requests a second",
              "kind": "ssm",
              "variable": null,
              "names": {
                "*": {
                  "name": "/limit",
                  "requested": "/limit",
                  "template": null
                }
              },
              "json_key": null,
              "type": "u32",
              "reads": "u32",
              "required": true,
              "optional_struct": null,
              "default": null,
              "secret": false
            },
            {
              "path": "table_name",
              "doc": null,
              "kind": "env",
              "variable": "TABLE_NAME",
              "names": null,
              "json_key": null,
              "type": "String",
              "reads": "text",
              "required": true,
              "optional_struct": null,
              "default": null,
              "secret": false
            }
          ]
        }
    "#]]
    .assert_eq(&Config::PARAMETERS.to_json());
}
