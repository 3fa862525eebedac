//! What could be taken for a mistake, and is none: it compiles, and loads what it says.

use stage_config::{Fixed, StageConfig};

#[derive(StageConfig)]
#[stage_config(stages(dev, dev2, prod, prod_eu, r#try))]
struct StagesThatLookAlike {
    #[value(dev = 1, dev2 = 2, prod = 3, prod_eu = 4, r#try = 5)]
    number: u8,
}

#[tokio::test]
async fn stages_that_look_alike_may_be_declared() {
    for (stage, number) in [("dev", 1), ("dev2", 2), ("prod", 3), ("prod_eu", 4), ("try", 5)] {
        let loader = StagesThatLookAlike::loader().stage(stage).source(Fixed::new());
        assert_eq!(loader.load().await.unwrap().number, number, "{stage}");
    }
}

/// `alike!(Numbered: qa1, qa2)`: two fields name these stages, and each stage reads its own.
macro_rules! alike {
    ($($name:ident: $($stage:ident),*;)*) => {$(
        #[derive(StageConfig)]
        struct $name {
            #[value($($stage = stringify!($stage)),*)]
            value: &'static str,
            #[ssm($($stage = "/{stage}/key"),*)]
            parameter: String,
        }

        for stage in [$(stringify!($stage)),*] {
            let name = format!("/{stage}/key");
            let source = Fixed::from([(&*name, stage)]);
            let loaded = $name::loader().stage(stage).source(source).load().await.unwrap();
            assert_eq!((loaded.value, &*loaded.parameter), (stage, stage));
        }
    )*};
}

#[tokio::test]
async fn fields_that_name_the_same_stages_may_call_them_anything() {
    alike! {
        Numbered: qa1, qa2;
        ByRegion: prod_eu, prod_us;
        OneLetterApart: uat, sat;
        TheSecondLonger: dev, dev2;
        OneEditApart: staging, stagin;
        OnlyTheStage: stage;
        Stage: dev, stage;
        AlikeSlips: dev, prdo;
        ASlipBesideIt: dev, prod, prdo;
    }
}

#[derive(StageConfig)]
#[stage_config(stages(dev, defualt, fallback, name))]
struct DeclaredSlips {
    #[env("TABLE", default = "orders")]
    table: String,
    #[ssm(dev = "/a", defualt = "/b", fallback = "/c", name = "/d", default = "e")]
    key: String,
}

#[tokio::test]
async fn a_slip_of_a_key_may_be_declared() {
    for (stage, key) in [("dev", "1"), ("defualt", "2"), ("fallback", "3"), ("name", "4")] {
        let source = Fixed::from([("/a", "1"), ("/b", "2"), ("/c", "3"), ("/d", "4")]);
        let loader = DeclaredSlips::loader().stage(stage).env([("X", "")]).source(source);
        let config = loader.load().await.unwrap();
        assert_eq!((&*config.key, &*config.table), (key, "orders"));
    }
}

#[derive(StageConfig)]
struct Names {
    #[ssm("key")]
    without_a_slash: String,
    #[ssm("/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o")]
    fifteen_levels: String,
    #[ssm("/my-aws.ssm_key")]
    aws_within: String,
    #[ssm("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64")]
    public: String,
    #[ssm("/aws/reference/secretsmanager/stripe+live@eu=1")]
    secret: String,
    #[ssm("/key:3")]
    version: String,
    #[ssm("/key:blue.green-1")]
    label: String,
    #[ssm("arn:aws-cn:ssm:cn-north-1:123456789012:parameter/key:3")]
    arn: String,
    #[ssm(dev = "/same", prod = "/same")]
    the_same_at_two_stages: String,
}

/// Each parameter holds its own name.
#[tokio::test]
async fn names_at_the_edge_of_the_rules_are_asked_for_as_they_are() {
    let names = Names::PARAMETERS.parameters().map(|parameter| parameter.at("dev").unwrap());
    let source: Fixed = names.map(|name| (name.clone(), name)).collect();
    let loaded = Names::loader().stage("dev").source(source).load().await.unwrap();
    assert_eq!(loaded.without_a_slash, "key");
    assert_eq!(loaded.fifteen_levels, "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o");
    assert_eq!(loaded.aws_within, "/my-aws.ssm_key");
    assert!(loaded.public.starts_with("/aws/service/"));
    assert_eq!(loaded.secret, "/aws/reference/secretsmanager/stripe+live@eu=1");
    assert_eq!((&*loaded.version, &*loaded.label), ("/key:3", "/key:blue.green-1"));
    assert_eq!(loaded.arn, "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/key:3");
    assert_eq!(loaded.the_same_at_two_stages, "/same");
}
