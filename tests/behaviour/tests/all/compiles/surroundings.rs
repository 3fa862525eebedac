//! Names that the user's code and the generated code both use.

use std::collections::BTreeMap;

use stage_config::{ExposeSecret, Fixed, StageConfig};

/// Types with the names of those in the prelude and in the runtime, and no prelude.
mod hostile {
    #![no_implicit_prelude]
    #![expect(dead_code, reason = "it is enough that they are there")]

    enum Option {}
    enum String {}
    enum Result {}
    enum Vec {}
    enum Box {}
    enum Some {}
    enum None {}
    enum Ok {}
    enum Err {}
    enum Nested {}
    enum Text {}
    enum Json {}
    enum Base64 {}
    enum Decoded {}
    enum Parse {}
    enum Reader {}
    enum Slot {}
    enum Values {}
    enum Names {}
    enum Fits {}
    mod core {}
    mod std {}

    #[derive(::stage_config::StageConfig)]
    #[stage_config(stages(dev, prod(alias = "production")), validate = Self::check)]
    pub(crate) struct Config {
        #[ssm(dev = "/a", prod = "/b")]
        pub(crate) text: ::std::option::Option<::std::string::String>,
        #[ssm("/absent", default = 5)]
        pub(crate) default: u8,
        #[value(5)]
        pub(crate) value: u8,
        #[env("B", default = "6")]
        pub(crate) env: ::std::string::String,
        #[nested(dev = "/d", prod = "/{stage}")]
        pub(crate) inner: ::std::option::Option<Inner>,
        #[secret("s/{stage}")]
        pub(crate) secret: ::stage_config::SecretString,
        #[ssm_path("/flags", required)]
        pub(crate) flags: ::std::collections::BTreeMap<::std::string::String, u8>,
        #[ssm("/json", json)]
        pub(crate) json: ::std::vec::Vec<u8>,
        #[ssm("/object", json_key = "a.b", default = 3)]
        pub(crate) key: u8,
        #[ssm("/bytes", base64)]
        pub(crate) bytes: ::std::vec::Vec<u8>,
        #[ssm("/bytes", base64, parse_with = length)]
        pub(crate) length: usize,
    }

    #[derive(::stage_config::StageConfig)]
    pub(crate) struct Inner {
        #[ssm("url")]
        pub(crate) url: ::std::string::String,
    }

    impl Config {
        fn check(&self) -> ::std::result::Result<(), &'static str> {
            if self.length == 0 {
                ::std::result::Result::Err("empty")
            } else {
                ::std::result::Result::Ok(())
            }
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "as `parse_with` wants it")]
    fn length(text: &str) -> ::std::result::Result<usize, ::std::convert::Infallible> {
        ::std::result::Result::Ok(text.len())
    }
}

#[tokio::test]
async fn without_a_prelude_and_beside_types_of_the_same_names() {
    let source = Fixed::from([
        ("/b", "x"),
        ("/prod/url", "u"),
        ("/aws/reference/secretsmanager/s/prod", "s"),
        ("/flags/a", "1"),
        ("/json", "[1]"),
        ("/object", r#"{"a": {"b": 2}}"#),
        ("/bytes", "aGk="),
    ]);
    let config = hostile::Config::loader().stage("production").source(source);
    let config = config.load().await.unwrap();
    assert_eq!((config.text.as_deref(), config.default), (Some("x"), 5));
    assert_eq!((config.value, &*config.env), (5, "6"));
    assert_eq!(config.inner.map(|inner| inner.url).as_deref(), Some("u"));
    assert_eq!(config.secret.expose_secret(), "s");
    assert_eq!(config.flags, BTreeMap::from([("a".to_owned(), 1)]));
    assert_eq!((config.json, config.key), (vec![1], 2));
    assert_eq!((&*config.bytes, config.length), (&b"hi"[..], 2));
}

/// Traits with methods for every type, which have the names of those that the generated code calls.
mod traits {
    #![expect(dead_code, reason = "it is enough that they are there")]

    trait ByReference {
        fn read(&self, _: i32) -> u8 {
            0
        }
        fn read_or(&self) {}
        fn read_literal(&self) {}
        fn field(&self, _: i32) {}
        fn literal(&self) {}
        fn or_literal(&self) {}
        fn chosen(&self) -> u8 {
            0
        }
        fn deployed(&self) {}
        fn map(&self) {}
    }

    impl<T: ?Sized> ByReference for T {}

    trait ByValue: Sized {
        fn chosen(self) {}
        fn deployed(self) {}
        fn or_literal(self) {}
        fn field(self) {}
        fn literal(self) {}
        fn map(self) {}
    }

    impl<T> ByValue for T {}

    #[derive(stage_config::StageConfig)]
    pub(crate) struct Config {
        #[stage]
        pub(crate) stage: String,
        #[ssm(dev = "/a", prod = "/b")]
        pub(crate) a: Option<String>,
        #[ssm("/c", default = 5)]
        pub(crate) c: u8,
        #[value(dev = 4, prod = 5)]
        pub(crate) b: u8,
        #[value("text")]
        pub(crate) text: &'static str,
        #[env("D", default = "6")]
        pub(crate) d: String,
    }
}

#[tokio::test]
async fn beside_traits_for_every_type() {
    let config = traits::Config::loader().stage("prod").source(Fixed::from([("/b", "x")]));
    let config = config.load().await.unwrap();
    assert_eq!((&*config.stage, config.a.as_deref(), config.text), ("prod", Some("x"), "text"));
    assert_eq!((config.c, config.b, &*config.d), (5, 5, "6"));
    let names = traits::ConfigNames::for_stage("prod").unwrap();
    assert_eq!((names.stage(), names.chosen(), &*names.a), ("prod", "prod", "/b"));
}

/// Keywords, and names that the generated code might use itself.
#[derive(StageConfig)]
#[stage_config(stages(r#dev, prod, r#type))]
struct Names {
    #[ssm(dev = "/type", prod = "/b", r#type = "/c")]
    r#type: String,
    #[ssm("/values")]
    values: String,
    #[ssm("/slot")]
    stage: String,
    #[value(1)]
    chosen: u8,
    #[value(2)]
    problems: u8,
}

#[tokio::test]
async fn fields_and_stages_that_are_keywords_or_taken() {
    let source = Fixed::from([("/c", "t"), ("/values", "v"), ("/slot", "s")]);
    let config = Names::loader().stage("type").source(source).load().await.unwrap();
    assert_eq!((&*config.r#type, &*config.values, &*config.stage), ("t", "v", "s"));
    assert_eq!((config.chosen, config.problems), (1, 2));
    assert_eq!(Names::PARAMETERS.fields()[0].name(), "type");
    let names = NamesNames::for_stage("type").unwrap();
    assert_eq!((&*names.r#type, &*names.stage, names.stage()), ("/c", "/slot", "type"));
}
