//! Visibility: what is generated is as visible as the user's own struct and fields, and no lint of
//! the user's crate reports it.

#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_qualifications,
    clippy::pedantic
)]

use std::collections::HashMap;

use stage_config::{ColdStart, Fixed, SecretString, StageConfig};

/// A configuration.
#[derive(StageConfig, Debug)]
#[stage_config(
    stages(dev, prod(rename = "production")),
    names = NamesAtOneStage,
    validate = Self::check
)]
pub struct Config {
    /// The database.
    #[nested(dev = "/db/{stage}", prod = "/db")]
    pub database: Option<Database>,
    /// Flags.
    #[ssm_path("/flags/{stage}")]
    pub flags: HashMap<String, bool>,
    /// Of more than one line.
    ///
    /// With [`Config`] in it, and a `SecureString`. This stays with the field, as the example:
    ///
    /// ```
    /// assert_eq!(1 + 1, 2);
    /// ```
    #[secret("key/{stage}", json_key = "a.b")]
    pub key: SecretString,
    /// Bytes.
    #[ssm("/bytes", base64, default = vec![0])]
    pub bytes: Vec<u8>,
    /// A list.
    #[env("LIST", json, default = "[1, 2]")]
    pub list: Vec<u8>,
    #[ssm(dev = "/private/a", prod = "/private/b")]
    private: String,
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
        if self.private.is_empty() { Err("nothing is private") } else { Ok(()) }
    }
}

#[test]
fn the_struct_of_names_is_public() {
    let names = NamesAtOneStage::for_stage("production").unwrap();
    let database: &DatabaseNames = &names.database;
    assert_eq!((&*database.url, &*names.flags), ("/db/url", "/flags/production"));
    assert_eq!(names.private, "/private/b");
    let field = Config::PARAMETERS.fields()[2];
    let (first, rest) = field.doc().split_once("\n\n").unwrap();
    assert_eq!(first, "Of more than one line.");
    assert!(rest.starts_with("With [`Config`] in it, and a `SecureString`."));
}

#[test]
fn a_load_can_be_sent_to_another_thread() {
    fn sent<T: Send>(value: T) -> T {
        value
    }
    drop(sent(Config::load()));
    drop(sent(ColdStart::<Config>::new().get()));
}

/// A struct of a private module as the type of a field.
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
async fn a_nested_struct_of_a_private_module() {
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
