use stage_config_names::Stages;

use super::*;

const STAGES: Stages =
    Stages { declared: &["dev", "prod"], aliases: &[], fallback: None, allow_near_misses: false };

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

#[test]
fn templates_without_stages_are_held_against_those_of_the_outer_struct() {
    const NONE: Stages = Stages { declared: &[], ..STAGES };
    let at = |declared: &'static [&'static str], kind| {
        let inner = table("Db", NONE, vec![field("url", kind)]);
        let middle = table("Middle", NONE, vec![field("db", Kind::Nested(inner, None))]);
        let stages = Stages { declared, ..STAGES };
        let outer = table("Config", stages, vec![field("middle", Kind::Nested(middle, None))]);
        // What stage there will be is not known to the struct in between.
        assert!(Fits::of(middle, 0).is_sound());
        Fits::of(outer, 0).text().to_owned()
    };
    let long = |length: usize| -> Names {
        Names::Same(format!("/{{stage}}/{}", "n".repeat(length)).leak())
    };
    let bare =
        |length: usize| -> Names { Names::Same(format!("{{stage}}{}", "n".repeat(length)).leak()) };
    for (kind, length) in [
        (Kind::Ssm(long(1011 - 6)), "1012 characters"),
        (Kind::Ssm(bare(1011 - 4)), "1012 characters"),
        (Kind::SsmPath(long(1011 - 6)), "1012 characters"),
        (Kind::Secret(bare(512 - 4)), "513 characters"),
    ] {
        assert_eq!(at(&["dev", "prod"], kind), "");
        let said = at(&["dev", "prod2"], kind);
        let wanted = format!("the name of `middle.db.url` at stage `prod2` has {length}");
        assert!(said.starts_with(&wanted), "{said}");
        assert_eq!(at(&[], kind), "");
    }
    for kind in [Kind::Ssm(Names::Same("/{stage}/url")), Kind::Secret(Names::Same("{stage}"))] {
        let said = at(&["dev", "größe"], kind);
        let wanted =
            "stage `größe` cannot take the place of `{stage}` in the name of `middle.db.url`";
        assert!(said.starts_with(wanted), "{said}");
        assert_eq!(at(&["dev.eu", "A-1_z"], kind), "");
    }
    // Names without it are those that the struct has by itself.
    let plain = format!("n{}", "n".repeat(1010)).leak() as &str;
    for name in [plain, "/aws/service/ami", "arn:aws:ssm:us-east-1:123456789012:parameter/{stage}"]
    {
        assert_eq!(at(&["dev"], Kind::Ssm(Names::Same(name))), "");
    }
}

#[test]
fn a_stage_may_be_in_names_as_in_those_that_are_checked_when_it_runs() {
    for c in (0..0x250).filter_map(char::from_u32) {
        let stage = format!("a{c}");
        let wanted = stage_config_names::outside_of_names(&stage).is_none();
        assert_eq!(may_be_in_names(&stage), wanted, "{c:?}");
    }
}
