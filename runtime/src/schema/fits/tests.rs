use super::*;
use crate::schema::Stages;

const STAGES: Stages = stages(&["dev", "prod"]);

const fn stages(declared: &'static [&'static str]) -> Stages {
    Stages::__new(declared, &[], None, false)
}

const fn field(name: &'static str, kind: Kind) -> Field {
    Field::__new(name, "", [false, false], kind)
}

fn one(name: &'static str) -> Names {
    STAGES.__names(vec![name].leak())
}

fn table(config: &'static str, stages: Stages, fields: Vec<Field>) -> &'static ParameterTable {
    Box::leak(Box::new(ParameterTable::__new(config, stages, None, fields.leak())))
}

fn wrong(inner: &'static ParameterTable, prefix: Option<Names>) -> String {
    said(table("Config", STAGES, vec![field("db", Kind::Nested(inner, prefix))]))
}

/// About the first field.
fn said(outer: &ParameterTable) -> String {
    misfit(outer, 0).map_or_else(String::new, |text| text.as_str().to_owned())
}

#[test]
fn stages_agree_in_any_order() {
    let (turned, none) = (stages(&["prod", "dev"]), stages(&[]));
    for stages in [STAGES, turned, none] {
        assert_eq!(wrong(table("Db", stages, vec![]), None), "");
    }
    for declared in [&["dev"][..], &["dev", "test"], &["dev", "prod", "test"]] {
        let said = wrong(table("Db", stages(declared), vec![]), None);
        assert!(said.starts_with("`Db` has the stages `dev`"), "{said}");
    }
}

#[test]
fn levels_and_characters_count_with_all_that_is_in_front() {
    let same = |names| Some(one(names));
    let leaf = |name| table("Leaf", STAGES, vec![field("url", Kind::Ssm(one(name)))]);
    let middle = |name, prefix| {
        table("Middle", STAGES, vec![field("leaf", Kind::Nested(leaf(name), prefix))])
    };
    let ten = "/1/2/3/4/5/6/7/8/9/10";
    assert_eq!(wrong(middle("12/13/14/15", same("/11")), same(ten)), "");
    let said = wrong(middle("/12/13/14/15/16", same("/11")), same(ten));
    assert!(
        said.starts_with("the name of `db.leaf.url` at stage `dev` has more than 15 levels"),
        "{said}"
    );
    let by_stage = STAGES.__names(&["/1", "/1/2/3/4/5/6/7/8/9/10/11"]);
    let said = wrong(middle("/12/13/14/15/16", None), Some(by_stage));
    assert!(said.contains("at stage `prod` has more than 15 levels"), "{said}");

    let long = |length: usize| -> &'static str { format!("/{}", "n".repeat(length - 1)).leak() };
    assert_eq!(wrong(leaf(long(1000)), same("/{stage}/12345")), "");
    let said = wrong(leaf(long(1000)), same("/{stage}/123456"));
    assert!(said.contains("at stage `prod` has more than 1011 characters"), "{said}");
    let secret =
        |length| table("Leaf", STAGES, vec![field("key", Kind::Secret(one(long(length))))]);
    assert_eq!(wrong(secret(508), same("/prod")), "");
    let said = wrong(secret(509), same("/prod"));
    assert!(said.contains("512 characters"), "{said}");
}

#[test]
fn what_is_not_ours_stands_below_nothing() {
    for name in ["arn:aws:ssm:us-east-1:123456789012:parameter/a", "/aws/service/ami"] {
        let leaf = table("Leaf", STAGES, vec![field("ami", Kind::Ssm(one(name)))]);
        assert!(wrong(leaf, Some(one("/a"))).contains("cannot have a prefix"));
        assert_eq!(wrong(leaf, None), "");
    }
}

#[test]
fn a_selector_does_not_count() {
    let long = format!("/{}", "n".repeat(999)).leak() as &str;
    let selected = format!("{long}:{}", "l".repeat(100)).leak();
    let leaf = table("Leaf", STAGES, vec![field("url", Kind::Ssm(one(selected)))]);
    assert_eq!(wrong(leaf, Some(one("/1234567890"))), "");
    let said = wrong(leaf, Some(one("/12345678901")));
    assert!(said.contains("has more than 1011 characters"), "{said}");
}

#[test]
fn templates_without_stages_are_held_against_those_of_the_outer_struct() {
    let at = |declared: &'static [&'static str], kind| {
        let inner = table("Db", stages(&[]), vec![field("url", kind)]);
        let middle = table("Middle", stages(&[]), vec![field("db", Kind::Nested(inner, None))]);
        let outer =
            table("Config", stages(declared), vec![field("middle", Kind::Nested(middle, None))]);
        // What stage there will be is not known to the struct in between.
        assert_eq!(said(middle), "");
        said(outer)
    };
    let long =
        |length: usize| -> Names { one(format!("/{{stage}}/{}", "n".repeat(length)).leak()) };
    let bare = |length: usize| -> Names { one(format!("{{stage}}{}", "n".repeat(length)).leak()) };
    for (kind, length) in [
        (Kind::Ssm(long(1011 - 6)), "1011 characters"),
        (Kind::Ssm(bare(1011 - 4)), "1011 characters"),
        (Kind::SsmPath(long(1011 - 6)), "1011 characters"),
        (Kind::Secret(bare(512 - 4)), "512 characters"),
    ] {
        assert_eq!(at(&["dev", "prod"], kind), "");
        let said = at(&["dev", "prod2"], kind);
        let wanted = format!("the name of `middle.db.url` at stage `prod2` has more than {length}");
        assert!(said.starts_with(&wanted), "{said}");
        assert_eq!(at(&[], kind), "");
    }
    for kind in [Kind::Ssm(one("/{stage}/url")), Kind::Secret(one("{stage}"))] {
        let said = at(&["dev", "größe"], kind);
        let wanted = "the name of `middle.db.url` at stage `größe` would have a character";
        assert!(said.starts_with(wanted), "{said}");
        assert_eq!(at(&["dev.eu", "A-1_z"], kind), "");
    }
    // Also if it is only in the prefix of a struct in between.
    let inner = table("Db", stages(&[]), vec![field("url", Kind::Ssm(one("url")))]);
    let prefix = Some(one("/{stage}"));
    let middle = table("Middle", stages(&[]), vec![field("db", Kind::Nested(inner, prefix))]);
    let outer = |declared: &'static [&'static str]| {
        let fields = vec![field("middle", Kind::Nested(middle, None))];
        said(table("Config", stages(declared), fields))
    };
    let wanted = "the name of `middle.db.url` at stage `größe` would have a character";
    assert!(outer(&["dev", "größe"]).starts_with(wanted));
    assert_eq!(outer(&["dev", "prod"]), "");
    // Names without it are those that the struct has by itself.
    let plain = format!("n{}", "n".repeat(1010)).leak() as &str;
    for name in [plain, "/aws/service/ami", "arn:aws:ssm:us-east-1:123456789012:parameter/{stage}"]
    {
        assert_eq!(at(&["dev"], Kind::Ssm(one(name))), "");
    }
}
