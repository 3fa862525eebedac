//! The configurations of the matrix, and the values that they have.

use std::iter::once;

use stage_config::StageConfig;
use stage_config_local::{LocalStore, Parameter};

/// In every value, and so in no error and no log line.
pub(crate) const SALT: &str = "q8Zr";

/// How much a configuration reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    OneName,
    TenNames,
    ManyNames,
    Path,
}

impl Size {
    pub(crate) const ALL: [Self; 4] = [Self::OneName, Self::TenNames, Self::ManyNames, Self::Path];

    /// The names that it reads, with the placeholder.
    fn names(self) -> Vec<String> {
        let count = match self {
            Self::OneName => 1,
            Self::TenNames => 10,
            Self::ManyNames => 25,
            Self::Path => return (0..25).map(|n| format!("/flags/{{stage}}/{n:02}")).collect(),
        };
        let others = (0..count - 1).map(|n| format!("/orders/{{stage}}/{}/{}", n / 3, n % 3));
        once("/orders/{stage}/key".to_owned()).chain(others).collect()
    }
}

/// A value of a version.
fn value(stage: &str, name: &str, version: u32) -> String {
    format!("{stage} {name} {version} {SALT}")
}

/// Puts what all of them read, for each stage.
pub(crate) fn put(store: &LocalStore, size: Size, version: u32) {
    for stage in ["dev", "prod"] {
        for name in size.names() {
            let value = value(stage, &name, version);
            let parameter = Parameter::secure_string(name.replace("{stage}", stage), value);
            store.put(parameter).expect("it is a valid parameter");
        }
    }
}

/// A configuration that lists what it has read.
pub(crate) trait Shape: StageConfig + Send + Sync + 'static {
    fn values(&self) -> Vec<&String>;
}

/// The version of which all values are those of `prod`, and none is missing.
pub(crate) fn version(config: &impl Shape, size: Size) -> Option<u32> {
    let values = config.values();
    [1, 2].into_iter().find(|&version| {
        let expected: Vec<_> = size.names().iter().map(|it| value("prod", it, version)).collect();
        values.iter().copied().eq(&expected)
    })
}

#[derive(StageConfig)]
struct Three {
    #[ssm("/0")]
    first: String,
    #[ssm("/1")]
    second: String,
    #[ssm("/2")]
    third: String,
}

impl Three {
    fn values(&self) -> [&String; 3] {
        [&self.first, &self.second, &self.third]
    }
}

/// Each has the name that a reader of its errors expects.
pub(crate) mod one_name {
    #[derive(stage_config::StageConfig)]
    #[stage_config(stages(dev, prod))]
    pub(crate) struct Config {
        #[ssm("/orders/{stage}/key")]
        pub(super) key: String,
    }
}

pub(crate) mod ten_names {
    use super::Three;

    #[derive(stage_config::StageConfig)]
    #[stage_config(stages(dev, prod))]
    pub(crate) struct Config {
        #[ssm("/orders/{stage}/key")]
        pub(super) key: String,
        #[nested("/orders/{stage}/0")]
        pub(super) a: Three,
        #[nested("/orders/{stage}/1")]
        pub(super) b: Three,
        #[nested("/orders/{stage}/2")]
        pub(super) c: Three,
    }
}

pub(crate) mod many_names {
    use super::Three;

    #[derive(stage_config::StageConfig)]
    #[stage_config(stages(dev, prod))]
    pub(crate) struct Config {
        #[ssm("/orders/{stage}/key")]
        pub(super) key: String,
        #[nested("/orders/{stage}/0")]
        pub(super) a: Three,
        #[nested("/orders/{stage}/1")]
        pub(super) b: Three,
        #[nested("/orders/{stage}/2")]
        pub(super) c: Three,
        #[nested("/orders/{stage}/3")]
        pub(super) d: Three,
        #[nested("/orders/{stage}/4")]
        pub(super) e: Three,
        #[nested("/orders/{stage}/5")]
        pub(super) f: Three,
        #[nested("/orders/{stage}/6")]
        pub(super) g: Three,
        #[nested("/orders/{stage}/7")]
        pub(super) h: Three,
    }
}

pub(crate) mod path {
    use std::collections::BTreeMap;

    #[derive(stage_config::StageConfig)]
    #[stage_config(stages(dev, prod))]
    pub(crate) struct Config {
        #[ssm_path("/flags/{stage}")]
        pub(super) flags: BTreeMap<String, String>,
    }
}

impl Shape for one_name::Config {
    fn values(&self) -> Vec<&String> {
        vec![&self.key]
    }
}

impl Shape for ten_names::Config {
    fn values(&self) -> Vec<&String> {
        let Self { key, a, b, c } = self;
        once(key).chain([a, b, c].into_iter().flat_map(Three::values)).collect()
    }
}

impl Shape for many_names::Config {
    fn values(&self) -> Vec<&String> {
        let Self { key, a, b, c, d, e, f, g, h } = self;
        let others = [a, b, c, d, e, f, g, h].into_iter().flat_map(Three::values);
        once(key).chain(others).collect()
    }
}

impl Shape for path::Config {
    /// The value has the name, so the keys need no check of their own.
    fn values(&self) -> Vec<&String> {
        self.flags.values().collect()
    }
}
