//! Structs that are partly written by a `macro_rules` macro or by `cfg`.

use std::collections::BTreeMap;

use stage_config::{Fixed, StageConfig};

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

config!(pub(crate) Simple, "/a", dev, u32, 1 + 2);

#[tokio::test]
async fn names_types_and_values_of_a_macro() {
    let loader = Simple::loader().stage("dev").source(Fixed::from([("/a", "1")]));
    let made = loader.load().await.unwrap();
    assert_eq!((made.a, made.b, made.c), (1, 1, 3));
}

macro_rules! nested {
    ($config:ident, $prefix:literal, $key:literal, $nested:ty, $parse:path, $check:path) => {
        #[derive(StageConfig)]
        #[stage_config(stages(dev, prod), validate = $check)]
        struct $config {
            #[nested(dev = $prefix, prod = "/p")]
            nested: $nested,
            #[ssm("/object", json_key = $key)]
            key: u8,
            #[ssm("/object", json_key = "b", parse_with = $parse)]
            parsed: u8,
            #[ssm_path($prefix)]
            map: BTreeMap<String, u8>,
        }
    };
}

nested!(Whole, "/pre/{stage}", "a", Inner, double, check);

#[derive(StageConfig)]
struct Inner {
    #[ssm("/x", json)]
    x: u8,
}

fn double(text: &str) -> Result<u8, std::num::ParseIntError> {
    Ok(text.parse::<u8>()? * 2)
}

fn check(whole: &Whole) -> Result<(), String> {
    if whole.parsed == 6 { Ok(()) } else { Err(whole.parsed.to_string()) }
}

#[tokio::test]
async fn prefixes_keys_and_functions_of_a_macro() {
    let source = Fixed::from([("/pre/dev/x", "1"), ("/object", r#"{"a": 2, "b": 3}"#)]);
    let made = Whole::loader().stage("dev").source(source).load().await.unwrap();
    assert_eq!((made.nested.x, made.key, made.parsed, made.map["x"]), (1, 2, 6, 1));
}

/// The loader requests nothing for a field that is not there on this target.
#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
struct Target {
    #[cfg(test)]
    #[nested("/here")]
    here: Inner,
    #[cfg(not(test))]
    #[nested("/there")]
    there: Inner,
    #[cfg(not(test))]
    #[secret("there/{stage}")]
    secret: stage_config::SecretString,
    #[cfg_attr(test, ssm_path("/map"))]
    map: BTreeMap<String, String>,
}

#[tokio::test]
async fn fields_that_are_not_there_on_this_target() {
    let target = Target::loader().stage("dev").source(Fixed::from([("/here/x", "1")]));
    let target = target.load().await.unwrap();
    assert_eq!((target.here.x, target.map.len(), Target::PARAMETERS.fields().len()), (1, 0, 2));
    assert_eq!(&*TargetNames::for_stage("dev").unwrap().here.x, "/here/x");
}
