//! What must compile: the derive in surroundings that do not make it easy, without a lint that fires.

#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_qualifications,
    clippy::pedantic
)]

use std::borrow::Cow;

use stage_config::{ExposeSecret, Fixed, SecretString, StageConfig};

/// Types that are called like those of the prelude, and no prelude.
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

    #[derive(::stage_config::StageConfig)]
    pub(crate) struct Config {
        #[ssm(dev = "/a", prod = "/b")]
        pub(crate) a: ::std::option::Option<::std::string::String>,
        #[ssm("/c", default = 5)]
        pub(crate) c: u8,
        #[value(5)]
        pub(crate) b: u8,
        #[env("B", default = "6")]
        pub(crate) d: ::std::string::String,
    }
}

/// Traits with methods for everything, which are called like those that the generated code needs.
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
async fn beside_traits_of_everything() {
    let config = traits::Config::loader().stage("prod").source(Fixed::from([("/b", "x")]));
    let config = config.load().await.unwrap();
    assert_eq!((&*config.stage, config.a.as_deref(), config.text), ("prod", Some("x"), "text"));
    assert_eq!((config.c, config.b, &*config.d), (5, 5, "6"));
    let parameters = traits::ConfigNames::for_stage("prod").unwrap();
    assert_eq!((parameters.stage(), parameters.chosen(), &*parameters.a), ("prod", "prod", "/b"));
}

#[tokio::test]
async fn without_a_prelude() {
    let config = hostile::Config::loader().stage("prod").source(Fixed::from([("/b", "x")]));
    let config = config.load().await.unwrap();
    assert_eq!((config.a.as_deref(), config.b, config.c, &*config.d), (Some("x"), 5, 5, "6"));
}

/// Types by other names.
mod aliased {
    pub(crate) use std::option::Option as Full;
    pub(crate) use std::string::String as Text;

    pub(crate) type Maybe = Option<Text>;
    pub(crate) type Key = stage_config::SecretString;
}

#[derive(StageConfig)]
struct Aliased {
    #[ssm("/absent")]
    maybe: aliased::Maybe,
    #[ssm("/key")]
    key: aliased::Key,
    #[ssm("/absent")]
    full: aliased::Full<aliased::Text>,
}

#[tokio::test]
async fn a_type_is_what_it_is_by_any_name() {
    let loader = Aliased::loader().source(Fixed::from([("/key", "x")]));
    let aliased = loader.load().await.unwrap();
    assert_eq!((aliased.maybe, aliased.full), (None, None));
    assert_eq!(aliased.key.expose_secret(), "x");
    let flags =
        Aliased::PARAMETERS.fields().iter().map(|field| (field.is_optional(), field.is_secret()));
    assert_eq!(flags.collect::<Vec<_>>(), [(true, false), (false, true), (true, false)]);
}

/// The runtime by other paths.
mod elsewhere {
    pub(crate) use stage_config as inner;
}

#[derive(StageConfig)]
#[stage_config(crate = ::renamed)]
struct Renamed {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

#[derive(StageConfig)]
#[stage_config(crate = crate::compiles::hygiene::elsewhere::inner)]
struct Reexported {
    #[ssm(dev = "/a", prod = "/b")]
    a: String,
}

macro_rules! by_macro {
    ($name:ident) => {
        #[derive(StageConfig)]
        #[stage_config(crate = $crate::compiles::hygiene::elsewhere::inner)]
        struct $name {
            #[ssm(dev = "/a", prod = "/b")]
            a: String,
        }
    };
}

by_macro!(ByMacro);

#[tokio::test]
async fn the_runtime_by_another_path() {
    let source = Fixed::from([("/a", "x")]);
    let renamed = Renamed::loader().stage("dev").source(source.clone()).load().await.unwrap();
    let reexported = Reexported::loader().stage("dev").source(source.clone()).load().await.unwrap();
    let by_macro = ByMacro::loader().stage("dev").source(source).load().await.unwrap();
    assert_eq!((&renamed.a, &renamed.a), (&reexported.a, &by_macro.a));
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
async fn names_that_are_keywords_or_taken() {
    let source = Fixed::from([("/c", "t"), ("/values", "v"), ("/slot", "s")]);
    let names = Names::loader().stage("type").source(source).load().await.unwrap();
    assert_eq!((&*names.r#type, &*names.values, &*names.stage), ("t", "v", "s"));
    assert_eq!((names.chosen, names.problems), (1, 2));
    assert_eq!(Names::PARAMETERS.fields()[0].name(), "type");
    let parameters = NamesNames::for_stage("type").unwrap();
    assert_eq!(
        (&*parameters.r#type, &*parameters.stage, parameters.stage()),
        ("/c", "/slot", "type")
    );
}

macro_rules! config {
    ($vis:vis $config:ident, $name:literal, $stage:ident, $ty:ty, $value:expr) => {
        #[derive(StageConfig)]
        $vis struct $config {
            #[ssm($name)]
            $vis a: $ty,
            #[ssm($stage = $name, default = $value)]
            $vis b: $ty,
            #[value($value)]
            $vis c: $ty,
        }
    };
}

config!(pub(crate) Made, "/a", dev, u32, 1 + 2);

#[tokio::test]
async fn a_struct_that_a_macro_writes() {
    let loader = Made::loader().stage("dev").source(Fixed::from([("/a", "1")]));
    let made = loader.load().await.unwrap();
    assert_eq!((made.a, made.b, made.c), (1, 1, 3));
}

#[tokio::test]
async fn a_struct_in_a_function() {
    /// A field that is not there on this target is not asked for.
    #[derive(StageConfig)]
    struct Local {
        #[ssm("/a")]
        a: String,
        #[cfg(not(test))]
        #[ssm("/never")]
        never: String,
    }
    let local = Local::loader().source(Fixed::from([("/a", "x")])).load().await.unwrap();
    assert_eq!((&*local.a, Local::PARAMETERS.fields().len()), ("x", 1));
    assert_eq!(LocalNames::for_stage("").unwrap().a, Cow::Borrowed("/a"));
}

/// Public, in a public module, with `missing_docs` denied.
pub mod public {
    use stage_config::{SecretString, StageConfig};

    /// A configuration.
    #[derive(StageConfig, Debug)]
    #[stage_config(names = NamesAtOneStage)]
    pub struct Config {
        /// Documented.
        #[ssm(dev = "/a", prod = "/b")]
        pub key: SecretString,
        /// Of more than one line.
        ///
        /// With [`Config`] in it, and a `SecureString`. This stays with the field, as the example:
        ///
        /// ```
        /// assert_eq!(1 + 1, 2);
        /// ```
        #[ssm("/list", default = Vec::new())]
        pub list: Vec<String>,
        #[ssm("/private")]
        private: String,
    }

    impl Config {
        /// Reads what is private.
        #[must_use]
        pub fn private(&self) -> &str {
            &self.private
        }
    }
}

#[test]
fn the_stage_selecting_struct_by_a_name_of_ones_own() {
    let names = public::NamesAtOneStage::for_stage("prod").unwrap();
    assert_eq!((&*names.key, &*names.list), ("/b", "/list"));
    let field = public::Config::PARAMETERS.fields()[1];
    let (first, rest) = field.doc().split_once("\n\n").unwrap();
    assert_eq!(first, "Of more than one line.");
    assert!(rest.starts_with("With [`Config`] in it, and a `SecureString`."));
}

#[derive(StageConfig)]
struct Expressions {
    /// A `return` and a `?` stay in their expression.
    #[value(dev = "0".parse::<u8>().ok()?.checked_sub(1), prod = return Some(7))]
    early: Option<u8>,
    #[value(dev = { 'x' }, prod = "y")]
    mixed: char,
    #[ssm("/absent", default = { let text = "long"; text.len() })]
    block: usize,
}

#[tokio::test]
async fn expressions_are_kept_apart() {
    let at = |stage: &str| Expressions::loader().stage(stage).source(Fixed::new()).load();
    let dev = at("dev").await.unwrap();
    assert_eq!((dev.early, dev.mixed, dev.block), (None, 'x', 4));
    let prod = at("prod").await.unwrap();
    assert_eq!((prod.early, prod.mixed), (Some(7), 'y'));
}

#[derive(StageConfig)]
struct Empty {}

#[tokio::test]
async fn a_struct_without_fields() {
    let Empty {} = Empty::load().await.unwrap();
    assert_eq!(EmptyNames::for_stage("any").unwrap().stage(), "any");
}

#[test]
fn a_load_can_be_sent_to_another_thread() {
    fn sent<T: Send>(value: T) -> T {
        value
    }
    drop(sent(public::Config::load()));
    drop(sent(stage_config::ColdStart::<public::Config>::new().get()));
    let _: Option<SecretString> = None;
}
