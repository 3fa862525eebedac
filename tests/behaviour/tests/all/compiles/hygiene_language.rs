//! What must compile, of nested structs, paths, secrets and conversions: in surroundings that do not
//! make it easy, without a lint that fires.

#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_qualifications,
    clippy::pedantic
)]

use std::collections::BTreeMap;

use stage_config::{ExposeSecret, Fixed, SecretString, StageConfig};

/// Types that are called like those of the prelude and of the runtime, and no prelude.
mod hostile {
    #![no_implicit_prelude]
    #![expect(dead_code, reason = "it is enough that they are there")]

    enum Option {}
    enum String {}
    enum Result {}
    enum Vec {}
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
    enum At {}
    enum Fits {}
    mod core {}
    mod std {}

    #[derive(::stage_config::StageConfig)]
    #[stage_config(stages(dev, prod(alias = "production")), validate = Self::check)]
    pub(crate) struct Config {
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
        ("/prod/url", "u"),
        ("/aws/reference/secretsmanager/s/prod", "s"),
        ("/flags/a", "1"),
        ("/json", "[1]"),
        ("/object", r#"{"a": {"b": 2}}"#),
        ("/bytes", "aGk="),
    ]);
    let config = hostile::Config::loader().stage("production").source(source);
    let config = config.load().await.unwrap();
    assert_eq!(config.inner.map(|inner| inner.url).as_deref(), Some("u"));
    assert_eq!((config.secret.expose_secret(), config.flags["a"]), ("s", 1));
    assert_eq!(
        (config.json, config.key, &*config.bytes, config.length),
        (vec![1], 2, &b"hi"[..], 2)
    );
}

/// A struct of a private module as the type of a public field stays usable.
mod outer {
    mod inner {
        use stage_config::StageConfig;

        #[derive(StageConfig, Debug)]
        pub(crate) struct Database {
            #[ssm("url")]
            pub(super) url: String,
            #[ssm("key")]
            key: String,
        }

        impl Database {
            pub(crate) fn key(&self) -> &str {
                &self.key
            }
        }
    }

    #[derive(stage_config::StageConfig, Debug)]
    pub(crate) struct Config {
        #[nested("/db")]
        pub(crate) database: inner::Database,
        #[nested("/private")]
        private: inner::Database,
        #[nested]
        r#type: Option<inner::Database>,
    }

    impl Config {
        pub(crate) fn urls(&self) -> [&str; 2] {
            [&self.database.url, &self.private.url]
        }

        pub(crate) fn has_type(&self) -> bool {
            self.r#type.is_some()
        }
    }
}

#[tokio::test]
async fn a_nested_struct_of_another_module() {
    let source = Fixed::from([
        ("/db/url", "a"),
        ("/db/key", "b"),
        ("/private/url", "c"),
        ("/private/key", "d"),
    ]);
    let config = outer::Config::loader().source(source).load().await.unwrap();
    assert_eq!((config.urls(), config.database.key()), (["a", "c"], "b"));
    assert!(!config.has_type());
    // A keyword is a name like any other.
    let paths: Vec<_> =
        outer::Config::PARAMETERS.parameters().map(|it| it.path().to_owned()).collect();
    assert_eq!((&*paths[0], &*paths[4]), ("database.url", "type.url"));
}

#[derive(StageConfig)]
#[stage_config(crate = ::renamed, validate = check)]
struct Renamed {
    #[nested("/a")]
    inner: RenamedInner,
    #[ssm_path("/b")]
    map: BTreeMap<String, String>,
    #[secret("c", json_key = "d")]
    secret: Option<SecretString>,
}

#[derive(StageConfig)]
#[stage_config(crate = ::renamed)]
struct RenamedInner {
    #[ssm("/x", json)]
    x: u8,
}

fn check(renamed: &Renamed) -> Result<(), String> {
    if renamed.inner.x == 0 { Err("zero".to_owned()) } else { Ok(()) }
}

#[tokio::test]
async fn the_runtime_by_another_path() {
    let source = Fixed::from([("/a/x", "1"), ("/b/c", "d")]);
    let renamed = Renamed::loader().source(source).load().await.unwrap();
    assert_eq!((renamed.inner.x, &*renamed.map["c"], renamed.secret.is_none()), (1, "d", true));
}

macro_rules! config {
    ($config:ident, $prefix:literal, $key:literal, $name:literal, $nested:ty, $parse:path) => {
        #[derive(StageConfig)]
        #[stage_config(stages(dev, prod))]
        struct $config {
            #[nested(dev = $prefix, prod = "/p")]
            nested: $nested,
            #[ssm($name, json_key = $key)]
            key: u8,
            #[ssm($name, json_key = "b", parse_with = $parse)]
            parsed: u8,
            #[ssm_path($prefix)]
            map: BTreeMap<String, u8>,
        }
    };
}

config!(Made, "/pre/{stage}", "a", "/object", RenamedInner, double);

fn double(text: &str) -> Result<u8, std::num::ParseIntError> {
    Ok(text.parse::<u8>()? * 2)
}

#[tokio::test]
async fn a_struct_that_a_macro_writes() {
    let source = Fixed::from([("/pre/dev/x", "1"), ("/object", r#"{"a": 2, "b": 3}"#)]);
    let made = Made::loader().stage("dev").source(source).load().await.unwrap();
    assert_eq!((made.nested.x, made.key, made.parsed, made.map["x"]), (1, 2, 6, 1));
}

#[tokio::test]
async fn fields_that_are_not_there_on_this_target() {
    #[derive(StageConfig)]
    #[stage_config(stages(dev, prod))]
    struct Local {
        #[cfg(test)]
        #[nested("/here")]
        here: RenamedInner,
        #[cfg(not(test))]
        #[nested("/there")]
        there: RenamedInner,
        #[cfg(not(test))]
        #[secret("there/{stage}")]
        secret: SecretString,
        #[cfg_attr(test, ssm_path("/map"))]
        map: BTreeMap<String, String>,
    }
    let local = Local::loader().stage("dev").source(Fixed::from([("/here/x", "1")]));
    let local = local.load().await.unwrap();
    assert_eq!((local.here.x, local.map.len(), Local::PARAMETERS.fields().len()), (1, 0, 2));
    assert_eq!(&*LocalNames::for_stage("dev").unwrap().here.x, "/here/x");
}

/// Public, in a public module, with `missing_docs` denied.
pub mod public {
    use std::collections::HashMap;

    use stage_config::{SecretString, StageConfig};

    /// A configuration.
    #[derive(StageConfig, Debug)]
    #[stage_config(stages(dev, prod(rename = "production")), names = Names, validate = Self::check)]
    pub struct Config {
        /// The database.
        #[nested(dev = "/db/{stage}", prod = "/db")]
        pub database: Option<Database>,
        /// Flags.
        #[ssm_path("/flags/{stage}")]
        pub flags: HashMap<String, bool>,
        /// A key.
        #[secret("key/{stage}", json_key = "a.b")]
        pub key: SecretString,
        /// Bytes.
        #[ssm("/bytes", base64, default = vec![0])]
        pub bytes: Vec<u8>,
        /// A list.
        #[env("LIST", json, default = "[1, 2]")]
        pub list: Vec<u8>,
    }

    /// A part of it.
    #[derive(StageConfig, Debug)]
    pub struct Database {
        /// Where it is.
        #[ssm("url")]
        pub url: String,
    }

    impl Config {
        fn check(&self) -> Result<(), &'static str> {
            if self.bytes.is_empty() { Err("no bytes") } else { Ok(()) }
        }
    }
}

#[test]
fn a_load_can_be_sent_to_another_thread() {
    fn sent<T: Send>(value: T) -> T {
        value
    }
    drop(sent(public::Config::load()));
    let names = public::Names::for_stage("production").unwrap();
    let database: &public::DatabaseNames = &names.database;
    assert_eq!((&*database.url, &*names.flags), ("/db/url", "/flags/production"));
}

/// The check comes from the one who calls, the struct from the macro.
mod validated {
    macro_rules! validated {
        ($check:path) => {
            #[derive(stage_config::StageConfig)]
            #[stage_config(validate = $check)]
            pub(super) struct Config {
                #[value(5)]
                pub(super) limit: u8,
            }
        };
    }

    fn check(config: &Config) -> Result<(), String> {
        if config.limit == 5 { Ok(()) } else { Err(config.limit.to_string()) }
    }

    validated!(check);
}

#[tokio::test]
async fn a_macro_may_pass_on_what_validates() {
    assert_eq!(validated::Config::load().await.unwrap().limit, 5);
}
