//! Parameters from TOML: what is meant, and what is said of mistakes.

use stage_config_local::{LocalStore, Parameter, from_toml};

#[track_caller]
fn mistakes(text: &str) -> String {
    from_toml(text).unwrap_err().to_string()
}

#[test]
fn every_form() {
    let parameters = from_toml(
        r#"
        "/a" = "5"
        "/b" = ["x", "y"]
        "/c" = { secure = "sk_test_1", description = "Stripe, test mode" }
        "/d" = { value = "1", description = "one" }
        "/e" = { value = ["x"] }
        Key = "2"

        ["/C/f"]
        secure = """
        -----BEGIN-----
        """
        "#,
    );
    assert_eq!(
        parameters.unwrap(),
        [
            Parameter::string("/a", "5"),
            Parameter::string_list("/b", "x,y"),
            Parameter::secure_string("/c", "sk_test_1").description("Stripe, test mode"),
            Parameter::string("/d", "1").description("one"),
            Parameter::string_list("/e", "x"),
            Parameter::string("Key", "2"),
            Parameter::secure_string("/C/f", "        -----BEGIN-----\n        "),
        ]
    );
    assert_eq!(from_toml("").unwrap(), []);
}

#[test]
fn secrets_and_their_versions() {
    let id = "6acf7301-d9fe-4fbf-9c59-9c7c5f96aba2";
    let text = format!(
        r#"
        "/aws/reference/secretsmanager/stripe/test" = {{ secure = "sk_test_2" }}
        "/aws/reference/secretsmanager/stripe/test:AWSPREVIOUS" = {{ secure = "sk_test_1" }}
        "/aws/reference/secretsmanager/stripe/test:{id}" = {{ secure = "sk_test_0" }}

        ["/aws/reference/secretsmanager/a+b@c"]
        secure = "x"
        description = "with letters of its own"
        "#
    );
    let parameters = from_toml(&text).unwrap();
    assert_eq!(
        parameters,
        [
            Parameter::secret("stripe/test", "sk_test_2"),
            Parameter::secret("stripe/test", "sk_test_1").staging_labels(&["AWSPREVIOUS"]),
            Parameter::secret("stripe/test", "sk_test_0").version_id(id).staging_labels(&[]),
            Parameter::secret("a+b@c", "x").description("with letters of its own"),
        ]
    );
    // In whatever order they stand.
    LocalStore::start(parameters.iter().cloned().rev()).unwrap();
    LocalStore::start(parameters).unwrap();
}

#[test]
fn mistakes_with_secrets() {
    let text = r#"
"/aws/reference/secretsmanager/a" = "sk_test_1"
"/aws/reference/secretsmanager/b" = { value = "sk_test_1" }
"/aws/reference/secretsmanager/c" = { secret = "sk_test_1" }
"/aws/reference/secretsmanager/d" = { secure = ["sk_test_1"] }
"/aws/reference/secretsmanager/e:" = { secure = "sk_test_1" }
"/aws/reference/secretsmanager/f" = {}
"#;
    let said = mistakes(text);
    assert!(!said.contains("sk_test"), "{said}");
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        [
            "line 2, column 37: `/aws/reference/secretsmanager/a` is a secret; write its value \
             as `{ secure = \"text\" }`",
            "line 3, column 37: `/aws/reference/secretsmanager/b` is a secret; write its value \
             as `{ secure = \"text\" }`",
            "line 4, column 37: `/aws/reference/secretsmanager/c` is a secret; write its value \
             as `{ secure = \"text\" }`",
            "line 5, column 48: `secure` of `/aws/reference/secretsmanager/d` has type array; write it as text in quotes",
            "line 6, column 1: parameter name `/aws/reference/secretsmanager/e:` ends with `:` but \
             names no version or label",
            "line 7, column 37: `/aws/reference/secretsmanager/f` is a secret; write its value \
             as `{ secure = \"text\" }`",
        ]
    );
}

#[test]
fn mistakes_have_a_line_and_a_column() {
    let text = r#"
"/a" = 5
"b/c" = "x"
"/d:1" = "x"
  "/é" = "x"
"/e" = []
"/f" = ["x", 1]
"/g" = { secrue = "x" }
"/h" = { description = "x" }
"/i" = { value = "sk_test", secure = "sk_test" }
"/j" = { secure = ["sk_test"] }
"/k" = { value = "x", description = true }
"/l" = { value = { value = "sk_test" } }
app.key = "x"
"/n" = ["x", "sk_test,z"]
"#;
    let said = mistakes(text);
    assert!(!said.contains("sk_test"), "{said}");
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        [
            "line 2, column 8: the value of `/a` has type integer; write it as text in quotes",
            "line 3, column 1: parameter name `b/c` has levels but does not begin with `/`",
            "line 4, column 1: `/d:1` is not the plain name of a parameter to create",
            "line 5, column 3: parameter name `/é` has `é` (U+00E9), which Parameter Store refuses",
            "line 6, column 8: `/e` is an empty list, and a value cannot be empty",
            "line 7, column 14: an item of `/f` has type integer; write it as text in quotes",
            "line 8, column 10: `/g` has a key `secrue`; did you mean `secure`? the keys are \
             `value`, `secure`, `description`, `key_id`",
            "line 9, column 8: `/h` has no value; write `\"text\"`, `[\"a\", \"b\"]`, \
             `{ secure = \"text\" }` or `{ value = \"text\", description = \"…\" }`",
            "line 10, column 38: `/i` has both `value` and `secure`",
            "line 11, column 19: `secure` of `/j` has type array; write it as text in quotes",
            "line 12, column 37: `description` of `/k` has type boolean; write it as text in quotes",
            "line 13, column 18: the value of `/l` has type table; write it as text in quotes",
            "line 14, column 5: `app` has a key `key`; put a name with a dot in quotes; \
             the keys are `value`, `secure`, `description`, `key_id`",
            "line 15, column 14: an item of `/n` has a comma, which separates items",
        ]
    );
}

#[test]
fn one_parameter_under_two_names_is_refused() {
    assert_eq!(
        mistakes("\"/a\" = \"1\"\n\"/b\" = \"2\"\na = \"3\"\n"),
        "line 3, column 1: `a` and `/a` are the same; remove one"
    );
    // Beside other mistakes too.
    assert_eq!(
        mistakes("a = 1\n\"/a\" = 2\n").lines().collect::<Vec<_>>(),
        [
            "line 1, column 5: the value of `a` has type integer; write it as text in quotes",
            "line 2, column 1: `/a` and `a` are the same; remove one",
        ]
    );
    // A secret, too.
    let secret = "/aws/reference/secretsmanager/x";
    let text = format!("\"{secret}:AWSCURRENT\" = {{ secure = \"2\" }}");
    assert_eq!(
        mistakes(&format!("\"{secret}\" = {{ secure = \"1\" }}\n{text}\n")),
        format!("line 2, column 1: `{secret}:AWSCURRENT` and `{secret}` are the same; remove one")
    );
    from_toml("\"/a\" = \"1\"\n\"/A\" = \"2\"\n\"/b/a\" = \"3\"\n").unwrap();
}

#[test]
fn invalid_toml_is_reported_without_its_text() {
    let said = mistakes("\"/a\" = \"1\"\n\"/b\" = { secure = \"sk_test_1\" \n");
    assert!(said.starts_with("line 2, column "), "{said}");
    for text in ["\"/b\" = { secure = \"sk_test_1 }", "\"/a\" = sk_test_1", "\"/a\" \"sk_test_1\""]
    {
        let error = from_toml(text).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("sk_test"), "{error}");
    }
    let said = mistakes("\"/a\" = \"sk_test_1\"\n\"/a\" = \"sk_test_2\"");
    assert!(said.starts_with("line 2, column 1: duplicate key"), "{said}");
}
