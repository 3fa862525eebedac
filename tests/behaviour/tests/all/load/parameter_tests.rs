//! What `parameter_tests!` writes. The test of the parameters is in `tests/e2e`.

mod sound {
    use std::time::Duration;

    #[derive(stage_config::StageConfig)]
    pub(super) struct Config {
        #[value(dev = "5s", prod = "1m")]
        pub(super) timeout: Duration,
        #[ssm("/limit")]
        pub(super) limit: u32,
        #[env("TABLE_NAME")]
        pub(super) table: String,
    }
}

mod wrong {
    #[derive(stage_config::StageConfig)]
    pub(super) struct Config {
        #[value("x,y")]
        pub(super) list: Vec<u8>,
    }
}

mod tests {
    use super::sound::Config;

    stage_config::parameter_tests!(Config);

    #[tokio::test]
    async fn the_configuration_loads_as_well() {
        use stage_config::{Fixed, StageConfig};

        let loader = Config::loader().source(Fixed::from([("/limit", "5")]));
        let config = loader.env([("TABLE_NAME", "orders")]).load().await.unwrap();
        assert_eq!((config.timeout.as_secs(), config.limit, &*config.table), (5, 5, "orders"));
    }
}

/// Not as a test: it fails.
#[test]
fn a_literal_that_is_not_of_its_type_is_found() {
    fn check<T: stage_config::StageConfig>(list: fn(T) -> Vec<u8>) -> String {
        let _ = list;
        T::check_literals().unwrap_err().to_string()
    }
    let expected = "cannot load `Config`: 1 problem\n  list: the string literal is not a \
                    `Vec<u8>`: item 1: invalid digit found in string";
    assert_eq!(check(|config: wrong::Config| config.list), expected);
}
