//! String literals that stand for values: each load reads all of them, those of other stages too.

#![expect(dead_code, reason = "most of these structs are never filled")]

use std::collections::BTreeMap;
use std::time::Duration;

use expect_test::{Expect, expect};
use stage_config::{Fixed, LoadError, ProblemKind, StageConfig};

fn check(error: &LoadError, expected: &Expect) {
    expected.assert_eq(&error.to_string());
}

fn parse_hex(text: &str) -> Result<u32, std::num::ParseIntError> {
    u32::from_str_radix(text, 16)
}

mod sound {
    use super::*;

    #[derive(StageConfig)]
    struct Inner {
        #[value("3h")]
        length: Duration,
    }

    #[derive(StageConfig)]
    struct Config {
        #[value(dev = "5s", prod = "1m 30s")]
        timeout: Duration,
        #[value("1,2")]
        list: Vec<u8>,
        #[value("taken as it is")]
        borrowed: &'static str,
        #[value(dev = "text", prod = String::from("expression"))]
        mixed: String,
        #[value("x")]
        character: char,
        #[ssm("/colour", parse_with = parse_hex, default = "ff")]
        colour: u32,
        #[nested]
        inner: Inner,
    }

    #[tokio::test]
    async fn each_stage_has_its_own() {
        Config::check_literals().unwrap();
        for (stage, timeout, mixed) in [("dev", 5, "text"), ("prod", 90, "expression")] {
            let config = Config::loader().stage(stage).source(Fixed::new()).load().await.unwrap();
            assert_eq!(config.timeout, Duration::from_secs(timeout));
            assert_eq!((&*config.mixed, config.borrowed), (mixed, "taken as it is"));
            assert_eq!((config.list, config.character, config.colour), (vec![1, 2], 'x', 255));
            assert_eq!(config.inner.length, Duration::from_hours(3));
        }
    }
}

mod wrong {
    use super::*;

    #[derive(StageConfig, Debug)]
    struct Config {
        #[value(dev = "5s", prod = "a minute")]
        timeout: Duration,
        #[ssm("/present", default = "never")]
        unused: Duration,
        #[ssm("/hex", parse_with = parse_hex, default = "no hex")]
        parsed: u32,
        #[ssm("/json", json, default = "{1")]
        json: BTreeMap<String, u8>,
        #[value("1,x")]
        list: Vec<u8>,
        #[value(dev = "xyz", prod = Some('y'))]
        character: Option<char>,
        #[env("VARIABLE", default = "x,3")]
        variable: Vec<u8>,
    }

    #[tokio::test]
    async fn a_load_reads_those_that_it_does_not_need() {
        let parameters = Fixed::from([("/present", "5s"), ("/hex", "f"), ("/json", "{}")]);
        let loader = Config::loader().stage("prod").source(parameters);
        let error = loader.env([("VARIABLE", "1")]).load().await.unwrap_err();
        let without_a_load = Config::check_literals().unwrap_err();
        assert_eq!(format!("{:?}", error.problems()), format!("{:?}", without_a_load.problems()));
        check(
            &error,
            &expect![[r#"
                cannot load `Config` for stage `prod`: 7 problems
                  timeout: the string literal for stage `prod` is not a `Duration`: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)
                  unused: the string literal is not a `Duration`: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)
                  parsed: the string literal is not a `u32`: invalid digit found in string
                  json: the string literal is not valid JSON: key must be a string at line 1 column 2
                  list: the string literal is not a `Vec<u8>`: item 2: invalid digit found in string
                  character: the string literal for stage `dev` is not a `char`: too many characters in string
                  variable: the string literal is not a `Vec<u8>`: item 1: invalid digit found in string"#]],
        );
    }

    #[test]
    fn all_are_read_without_a_load() {
        let error = Config::check_literals().unwrap_err();
        for problem in error.problems() {
            assert_eq!(problem.kind(), ProblemKind::Malformed);
        }
        let [timeout, unused, ..] = error.problems() else { panic!("{error}") };
        assert_eq!(
            (timeout.fields(), timeout.stage()),
            (&["timeout".to_owned()][..], Some("prod"))
        );
        assert_eq!((unused.fields(), unused.stage()), (&["unused".to_owned()][..], None));
    }
}

mod used {
    use super::*;

    #[derive(StageConfig, Debug)]
    struct Config {
        #[value(dev = "soon", prod = "1s")]
        timeout: Duration,
        #[ssm("/absent", default = "never")]
        absent: Duration,
        #[ssm("/missing")]
        missing: Duration,
    }

    /// Those that the load needs, too.
    #[tokio::test]
    async fn what_is_wrong_with_one_is_said_once() {
        let error = Config::loader().source(Fixed::new()).load().await.unwrap_err();
        check(
            &error,
            &expect![[r#"
                cannot load `Config` for stage `dev` (no stage is given): 3 problems
                  timeout: the string literal for stage `dev` is not a `Duration`: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)
                  absent: the string literal is not a `Duration`: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)
                  missing: parameter `/missing` does not exist
                help: aws ssm put-parameter --name /missing --type String --value …
                help: if a value may be absent, make its field an `Option` or give it a `default`"#]],
        );
        let [timeout, absent, _] = error.problems() else { panic!("{error}") };
        assert_eq!((timeout.stage(), absent.stage()), (Some("dev"), Some("dev")));
    }
}

mod nested {
    use super::*;

    #[derive(StageConfig, Debug)]
    struct Innermost {
        #[value(dev = "5s", prod = "later")]
        timeout: Duration,
    }

    #[derive(StageConfig, Debug)]
    #[stage_config(stages(dev, prod))]
    struct Inner {
        #[ssm("url", default = "x,y")]
        ports: Vec<u16>,
        #[nested]
        innermost: Innermost,
    }

    #[derive(StageConfig, Debug)]
    struct Config {
        #[nested(dev = "/a/dev", prod = "/a/prod")]
        one: Inner,
        #[nested(dev = "/b/dev", prod = "/b/prod")]
        optional: Option<Inner>,
    }

    #[tokio::test]
    async fn those_of_nested_structs_are_read_even_of_one_that_is_not_there() {
        let expected = expect![[r#"
            cannot load `Config`: 4 problems
              one.ports: the string literal is not a `Vec<u16>`: item 1: invalid digit found in string
              one.innermost.timeout: the string literal for stage `prod` is not a `Duration`: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)
              optional.ports: the string literal is not a `Vec<u16>`: item 1: invalid digit found in string
              optional.innermost.timeout: the string literal for stage `prod` is not a `Duration`: write it as `30s`, `5m` or `1h 30m` (`d h m s ms us ns`, the longest first)"#]];
        check(&Config::check_literals().unwrap_err(), &expected);
        let error = Config::loader().source(Fixed::new()).load().await.unwrap_err();
        let problems = |error: &LoadError| error.to_string().split_once('\n').unwrap().1.to_owned();
        assert_eq!(problems(&error), problems(&Config::check_literals().unwrap_err()));
    }
}

mod secret {
    use super::*;

    /// Its error quotes the text.
    #[derive(Debug)]
    struct Quoting;

    impl std::str::FromStr for Quoting {
        type Err = String;

        fn from_str(text: &str) -> Result<Self, String> {
            Err(format!("no such thing: {text}"))
        }
    }

    #[derive(StageConfig)]
    struct Config {
        #[ssm("/a", default = "in the source")]
        quoting: Quoting,
    }

    /// They are in the source, so they may be quoted.
    #[test]
    fn the_error_of_a_type_is_shown() {
        check(
            &Config::check_literals().unwrap_err(),
            &expect![[r#"
            cannot load `Config`: 1 problem
              quoting: the string literal is not a `Quoting`: no such thing: in the source"#]],
        );
    }
}

mod none {
    use super::*;

    #[derive(StageConfig)]
    struct Config {
        #[value(dev = 5, prod = 50)]
        limit: u32,
        #[ssm("/a", default = 1)]
        default: u32,
    }

    #[tokio::test]
    async fn a_struct_without_literals_has_nothing_to_check() {
        Config::check_literals().unwrap();
        let config = Config::loader().source(Fixed::new()).load().await.unwrap();
        assert_eq!((config.limit, config.default), (5, 1));
    }
}
