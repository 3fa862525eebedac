//! Types by other names, values of any form, and structs in any place.

use stage_config::{ExposeSecret, Fixed, StageConfig};

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

#[tokio::test]
async fn a_struct_in_a_function() {
    #[derive(StageConfig)]
    struct Local {
        #[ssm("/a")]
        a: String,
    }
    let local = Local::loader().source(Fixed::from([("/a", "x")])).load().await.unwrap();
    assert_eq!((&*local.a, &*LocalNames::for_stage("").unwrap().a), ("x", "/a"));
}
