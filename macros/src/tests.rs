//! What the macro does with whole structs: five expansions to read.

use std::fmt::Write;

use expect_test::{ExpectFile, expect_file};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

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
    #[value("+14151234567")]
    admin: &'static str,
    #[env("TABLE_NAME", default = "orders")]
    table: String,
    #[ssm("/timeout", default = Duration::from_secs(5))]
    timeout: Duration,
}
"#;

const OPTIONS: &str = r#"
#[derive(StageConfig)]
#[stage_config(stages(dev, staging(alias = "stg"), prod(rename = "production")))]
#[stage_config(fallback = staging, stage_env = "DEPLOY_STAGE", allow_near_misses)]
#[stage_config(accounts(prod = ["444455556666", "777788889999"], dev = "111122223333"))]
#[stage_config(names = Names, validate = Self::check, crate = crate::reexported::stage_config)]
pub struct Config {
    #[stage]
    stage: String,
    #[ssm(prod = "/key/prod", dev = "/key/dev", staging = "/key/staging")]
    pub r#type: Vec<String>,
}
"#;

const NESTED: &str = r#"
#[derive(StageConfig)]
pub struct Config {
    #[nested(dev = "/db/dev", prod = "/db/prod")]
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

/// Only `prod` has a file.
const EXISTING: &str = r#"
#[derive(StageConfig)]
#[stage_config(snapshot = "../tests/behaviour/ui/snapshot/few")]
pub struct Config {
    #[ssm(dev = "/limit/dev", prod = "/limit/prod")]
    limit: u32,
    #[ssm(dev = "/key/dev", prod = "/key/prod")]
    key: Option<SecretString>,
    #[nested("/db/{stage}")]
    database: Database,
}
"#;

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

/// All of them, for `fuzz` to damage.
pub(crate) const SNAPSHOTS: [&str; 5] = [BY_STAGE, OPTIONS, NESTED, EXISTING, MISTAKES];

#[test]
fn by_stage() {
    check(BY_STAGE, &expect_file!["snapshots/by_stage.rs"]);
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
fn existing() {
    check(EXISTING, &expect_file!["snapshots/existing.rs"]);
}

#[test]
fn mistakes() {
    check(MISTAKES, &expect_file!["snapshots/mistakes.rs"]);
}

/// rustc parses and checks each token in the crate of the user.
#[test]
fn a_field_adds_at_most_130_tokens() {
    fn count(tokens: TokenStream) -> usize {
        let of = |token| match token {
            TokenTree::Group(group) => 2 + count(group.stream()),
            _ => 1,
        };
        tokens.into_iter().map(of).sum()
    }
    let tokens = |fields: usize| {
        let field = |field| {
            format!("#[ssm(dev = \"/{field}/dev\", prod = \"/{field}/prod\")] f{field}: String,")
        };
        let fields: String = (0..fields).map(field).collect();
        count(derive(format!("struct Config {{ {fields} }}").parse().unwrap()))
    };
    let added = (tokens(320) - tokens(160)) / 160;
    assert!(added <= 130, "{added}");
}

/// As a statement, it would end after the block.
#[test]
fn an_expression_that_begins_with_a_block_stays_whole() {
    let tokens = |text: &str| text.parse::<TokenStream>().unwrap();
    let values = ["{ 1 } as u8", "if a { 1 } else { 2 } + 3", "match a { b => c } == d"];
    let of_macro_rules = Group::new(Delimiter::None, tokens("{ 1 }"));
    let values = values.into_iter().map(tokens).chain([quote!(#of_macro_rules as u8)]);
    for value in values {
        let expansion = derive(quote! {
            struct A {
                #[value(#value)]
                b: u8,
                #[env("C", default = #value)]
                c: u8,
            }
        });
        // The compiler does not see what syn does.
        let seen = expansion.to_string().parse::<TokenStream>().unwrap();
        assert!(syn::parse2::<syn::File>(seen).is_ok(), "{value}");
    }
}

#[test]
fn a_stage_may_have_the_name_of_a_key_that_is_misspelt_elsewhere() {
    let expansion = derive(quote! {
        #[stage_config(stages(default, prod))]
        struct A { #[env("B", defualt = 1)] b: u8 }
    });
    assert!(expansion.to_string().contains("did you mean `default`?"), "{expansion}");
}

/// A fragment of `macro_rules` arrives in an invisible group.
#[test]
fn invisible_groups_are_looked_through() {
    let invisible = |tokens| Group::new(Delimiter::None, tokens);
    let doc = invisible(quote!("A limit"));
    let ty = invisible(quote!(Option<u32>));
    let default = invisible(quote!(None));
    let with_doc = derive(quote!(struct A { #[doc = #doc] #[ssm("/b")] b: #ty }));
    assert!(with_doc.to_string().contains("A limit"), "{with_doc}");
    let twice = derive(quote!(struct A { #[ssm("/b", default = #default)] b: #ty }));
    assert!(twice.to_string().contains("an `Option` has a default already"), "{twice}");
}
