use stage_config_names::{NearMiss, Stages};

use super::*;

const STAGES: Stages = Stages {
    declared: &["dev", "prod"],
    aliases: &[],
    fallback: None,
    near_miss: NearMiss::Refuse,
};

const fn field(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        doc: "",
        kind,
        json_key: None,
        optional: false,
        default: None,
        secret: false,
        ty: "",
    }
}

fn table(config: &'static str, stages: Stages, fields: Vec<Field>) -> &'static ParameterTable {
    let fields = Box::leak(fields.into_boxed_slice());
    Box::leak(Box::new(ParameterTable { config, stages, variable: None, fields }))
}

fn wrong(inner: &'static ParameterTable, prefix: Option<Names>) -> String {
    let outer = table("Config", STAGES, vec![field("db", Kind::Nested(inner, prefix))]);
    Fits::of(outer, 0).text().to_owned()
}

#[test]
fn stages_agree_in_any_order() {
    let turned = Stages { declared: &["prod", "dev"], ..STAGES };
    let none = Stages { declared: &[], ..STAGES };
    for stages in [STAGES, turned, none] {
        assert_eq!(wrong(table("Db", stages, vec![]), None), "");
    }
    for declared in [&["dev"][..], &["dev", "test"], &["dev", "prod", "test"]] {
        let other = Stages { declared, ..STAGES };
        let said = wrong(table("Db", other, vec![]), None);
        assert!(said.starts_with("`Db` has the stages `dev`"), "{said}");
    }
}

#[test]
fn levels_and_characters_count_with_all_that_is_in_front() {
    let same = |names| Some(Names::Same(names));
    let leaf = |name| table("Leaf", STAGES, vec![field("url", Kind::Ssm(Names::Same(name)))]);
    let middle = |name, prefix| {
        table("Middle", STAGES, vec![field("leaf", Kind::Nested(leaf(name), prefix))])
    };
    let ten = "/1/2/3/4/5/6/7/8/9/10";
    assert_eq!(wrong(middle("12/13/14/15", same("/11")), same(ten)), "");
    let said = wrong(middle("/12/13/14/15/16", same("/11")), same(ten));
    assert!(said.starts_with("the name of `db.leaf.url` at stage `dev` has 16 levels"), "{said}");
    let by_stage = Names::ByStage(&[("dev", "/1"), ("prod", "/1/2/3/4/5/6/7/8/9/10/11")]);
    let said = wrong(middle("/12/13/14/15/16", None), Some(by_stage));
    assert!(said.contains("at stage `prod` has 16 levels"), "{said}");

    let long = |length: usize| -> &'static str { format!("/{}", "n".repeat(length - 1)).leak() };
    assert_eq!(wrong(leaf(long(1000)), same("/{stage}/12345")), "");
    let said = wrong(leaf(long(1000)), same("/{stage}/123456"));
    assert!(said.contains("at stage `prod` has 1012 characters"), "{said}");
    let secret =
        |length| table("Leaf", STAGES, vec![field("key", Kind::Secret(Names::Same(long(length))))]);
    assert_eq!(wrong(secret(508), same("/prod")), "");
    let said = wrong(secret(509), same("/prod"));
    assert!(said.contains("513 characters"), "{said}");
}

#[test]
fn what_is_not_ours_stands_below_nothing() {
    for (name, what) in [
        ("arn:aws:ssm:us-east-1:123456789012:parameter/a", "is an ARN"),
        ("/aws/service/ami", "begins with `/aws/`"),
    ] {
        let leaf = table("Leaf", STAGES, vec![field("ami", Kind::Ssm(Names::Same(name)))]);
        assert!(wrong(leaf, Some(Names::Same("/a"))).contains(what));
        assert_eq!(wrong(leaf, None), "");
    }
}

#[test]
fn a_selector_does_not_count() {
    let long = format!("/{}", "n".repeat(999)).leak() as &str;
    let selected = format!("{long}:{}", "l".repeat(100)).leak();
    let leaf = table("Leaf", STAGES, vec![field("url", Kind::Ssm(Names::Same(selected)))]);
    assert_eq!(wrong(leaf, Some(Names::Same("/1234567890"))), "");
    let said = wrong(leaf, Some(Names::Same("/12345678901")));
    assert!(said.contains("has 1012 characters"), "{said}");
}
