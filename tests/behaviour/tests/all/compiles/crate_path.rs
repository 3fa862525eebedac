//! `crate = path`: the runtime by another path.

use std::collections::BTreeMap;

use stage_config::{Fixed, SecretString, StageConfig};

mod elsewhere {
    pub(crate) use stage_config as inner;
}

#[derive(StageConfig)]
#[stage_config(crate = ::renamed, validate = check)]
struct Renamed {
    #[nested("/a")]
    inner: Inner,
    #[ssm_path("/b")]
    map: BTreeMap<String, String>,
    #[secret("c", json_key = "d")]
    secret: Option<SecretString>,
}

#[derive(StageConfig)]
#[stage_config(crate = crate::compiles::crate_path::elsewhere::inner)]
struct Inner {
    #[ssm("/x", json)]
    x: u8,
}

fn check(renamed: &Renamed) -> Result<(), String> {
    if renamed.inner.x == 0 { Err("zero".to_owned()) } else { Ok(()) }
}

#[tokio::test]
async fn a_renamed_crate_and_a_re_export() {
    let source = Fixed::from([("/a/x", "1"), ("/b/c", "d")]);
    let renamed = Renamed::loader().source(source).load().await.unwrap();
    assert_eq!((renamed.inner.x, &*renamed.map["c"], renamed.secret.is_none()), (1, "d", true));
}

macro_rules! by_macro {
    ($name:ident) => {
        #[derive(StageConfig)]
        #[stage_config(crate = $crate::compiles::crate_path::elsewhere::inner)]
        struct $name {
            #[ssm(dev = "/a", prod = "/b")]
            a: String,
        }
    };
}

by_macro!(ByMacro);

#[tokio::test]
async fn a_re_export_that_a_macro_names() {
    let source = Fixed::from([("/a", "x")]);
    let by_macro = ByMacro::loader().stage("dev").source(source).load().await.unwrap();
    assert_eq!(by_macro.a, "x");
}
