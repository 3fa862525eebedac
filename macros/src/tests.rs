//! What the macro does with whole structs: eight expansions to read, and many damaged ones that must
//! come to no harm.

use std::fmt::Write;

use expect_test::{ExpectFile, expect_file};
use proc_macro2::{Group, TokenStream, TokenTree};

use crate::derive;

/// Compares with `snapshots/NAME.rs`; `UPDATE_EXPECT=1 cargo test -p stage-config-macros` writes it.
fn check(input: &str, expected: &ExpectFile) {
    let expansion = syn::parse2(derive(input.parse().unwrap())).expect("the expansion is Rust");
    let mut shown =
        String::from("// Written by the test of this name. It shows what becomes of\n//\n");
    for line in input.trim().lines() {
        writeln!(shown, "//     {line}").unwrap();
    }
    write!(shown, "\n{}", prettyplease::unparse(&expansion)).unwrap();
    expected.assert_eq(&shown);
}

const BY_STAGE: &str = r#"
/// All that the shop needs.
#[derive(StageConfig)]
pub struct Config {
    /// Stripe secret key
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    pub stripe_secret_key: SecretString,
    #[value(dev = 5, prod = 50)]
    pub max_connections: u32,
    #[value(dev = "localhost", prod = region_host())]
    host: String,
}
"#;

const SAME_AT_EVERY_STAGE: &str = r#"
#[derive(StageConfig)]
pub(crate) struct Config {
    #[ssm("/limit")]
    pub(crate) limit: u32,
    #[ssm("/flag:3")]
    pub(crate) flag: Option<bool>,
    #[value("+14151234567")]
    admin: &'static str,
}
"#;

const DEFAULTS: &str = r#"
#[derive(StageConfig)]
struct Config {
    #[stage]
    stage: String,
    #[env("TABLE_NAME", default = "orders")]
    table: String,
    #[ssm("/timeout", default = Duration::from_secs(5))]
    timeout: Duration,
}
"#;

const OPTIONS: &str = r#"
#[derive(StageConfig)]
#[stage_config(stages(dev, staging, prod), fallback = staging, env = "DEPLOY_STAGE")]
#[stage_config(near_miss = allow, parameters = Names, crate = crate::reexported::stage_config)]
pub struct Config {
    #[ssm(prod = "/key/prod", dev = "/key/dev", staging = "/key/staging")]
    pub r#type: Vec<String>,
}
"#;

const NESTED: &str = r#"
#[derive(StageConfig)]
pub struct Config {
    #[nested(prefix(dev = "/db/dev", prod = "/db/prod"))]
    pub database: Option<Database>,
    #[ssm_path("/flags/{stage}", required)]
    pub flags: BTreeMap<String, bool>,
    #[secret(dev = "stripe/test", prod = "stripe/live", json_key = "api.key")]
    pub stripe: SecretString,
    #[ssm("/limits", json, default = Limits::none())]
    limits: Limits,
    #[ssm("/seed", base64, parse_with = seed::parse)]
    seed: Seed,
}
"#;

const NAMED_STAGES: &str = r#"
#[derive(StageConfig)]
#[stage_config(stages(dev, prod = ["prod", "production"], pre_prod = "pre-prod"))]
#[stage_config(fallback = pre_prod, validate = Self::check)]
struct Config {
    #[ssm("/app/{stage}/limit")]
    limit: u32,
    #[value(dev = 1, prod = 5, pre_prod = 2)]
    connections: u32,
}
"#;

const EMPTY: &str = "
#[derive(StageConfig)]
struct Config {}
";

const MISTAKES: &str = r#"
#[derive(StageConfig)]
#[stage_config(fallback = prdo)]
pub struct Config {
    #[ssm(dev = "/stripe secret/test", prod = "/stripe/live")]
    pub broken: SecretString,
    #[value(dev = 5, prod = 50)]
    pub sound: u32,
    #[ssm(dev = "/limit")]
    pub lacking: u32,
}
"#;

#[test]
fn by_stage() {
    check(BY_STAGE, &expect_file!["snapshots/by_stage.rs"]);
}

#[test]
fn same_at_every_stage() {
    check(SAME_AT_EVERY_STAGE, &expect_file!["snapshots/same_at_every_stage.rs"]);
}

#[test]
fn defaults() {
    check(DEFAULTS, &expect_file!["snapshots/defaults.rs"]);
}

#[test]
fn options() {
    check(OPTIONS, &expect_file!["snapshots/options.rs"]);
}

#[test]
fn nested() {
    check(NESTED, &expect_file!["snapshots/nested.rs"]);
}

#[test]
fn named_stages() {
    check(NAMED_STAGES, &expect_file!["snapshots/named_stages.rs"]);
}

#[test]
fn empty() {
    check(EMPTY, &expect_file!["snapshots/empty.rs"]);
}

#[test]
fn mistakes() {
    check(MISTAKES, &expect_file!["snapshots/mistakes.rs"]);
}

/// As a statement, it would end behind the block.
#[test]
fn an_expression_that_begins_with_a_block_stays_whole() {
    for value in ["{ 1 } as u8", "if a { 1 } else { 2 } + 3", "match a { b => c } == d"] {
        let input = format!(
            "struct A {{ #[value({value})] b: u8, #[env(\"C\", default = {value})] c: u8 }}"
        );
        let expansion = derive(input.parse().unwrap());
        assert!(syn::parse2::<syn::File>(expansion).is_ok(), "{value}");
    }
}

/// Ways to damage one token.
#[derive(Clone, Copy)]
enum Damage {
    Lost,
    Doubled,
    Became(&'static str),
    /// Inside a group without delimiters, as a `macro_rules` fragment is.
    Wrapped,
}

impl Damage {
    fn all() -> impl Iterator<Item = Self> {
        let others =
            ["=", ",", ":", "dev", "prdo", "default", "\"\"", "1", "()", "[x]", "'a", "self"];
        [Self::Lost, Self::Doubled, Self::Wrapped].into_iter().chain(others.map(Self::Became))
    }

    fn apply(self, token: TokenTree) -> TokenStream {
        match self {
            Self::Lost => TokenStream::new(),
            Self::Doubled => [token.clone(), token].into_iter().collect(),
            Self::Became(other) => other.parse().unwrap(),
            Self::Wrapped => {
                TokenTree::from(Group::new(proc_macro2::Delimiter::None, token.into())).into()
            }
        }
    }
}

/// The tokens with the damage done to the one that `countdown` comes to, however deep it stands.
fn damaged(tokens: TokenStream, countdown: &mut usize, damage: Damage) -> TokenStream {
    let each = tokens.into_iter().map(|token| {
        let hit = *countdown == 0;
        *countdown = countdown.wrapping_sub(1);
        match token {
            token if hit => damage.apply(token),
            TokenTree::Group(group) => {
                let inner = damaged(group.stream(), countdown, damage);
                TokenTree::from(Group::new(group.delimiter(), inner)).into()
            }
            token => token.into(),
        }
    });
    each.collect()
}

fn count(tokens: TokenStream) -> usize {
    let inside = |token| match token {
        TokenTree::Group(group) => 1 + count(group.stream()),
        _ => 1,
    };
    tokens.into_iter().map(inside).sum()
}

#[test]
fn any_one_damage_is_survived() {
    let inputs =
        [BY_STAGE, SAME_AT_EVERY_STAGE, DEFAULTS, OPTIONS, NESTED, NAMED_STAGES, EMPTY, MISTAKES];
    for input in inputs {
        let tokens: TokenStream = input.parse().unwrap();
        for (mut at, damage) in
            (0..count(tokens.clone())).flat_map(|at| Damage::all().map(move |damage| (at, damage)))
        {
            let tokens = damaged(tokens.clone(), &mut at, damage);
            let shown = tokens.to_string();
            let expansion = derive(tokens);
            // `?` in an attribute's expression and the like is for the compiler to judge.
            assert!(syn::parse2::<syn::File>(expansion).is_ok(), "{shown}");
        }
    }
}
