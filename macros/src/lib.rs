//! The derive of [`stage-config`], which re-exports it; nothing else depends on this crate.
//!
//! A pipeline with one room a step. Mistakes are gathered on the way; where there are any, a stub
//! is generated beside them, so that nothing but the mistakes turns red.
//!
//! | room | from | to |
//! |---|---|---|
//! | `args` | the tokens of one attribute | `value` and `key = value` |
//! | `attr`, `options` | these | slots, for each field and for the struct |
//! | `stages`, `names`, `check` | slots | `model`: checked facts |
//! | `expand`, `parameters` | the model | the table and the impl; the stage-selecting struct |
//! | `fallback` | mistakes | the mistakes, and the stub |
//!
//! `grammar` holds the words of the language, and a new one begins there. `errors`, `slot` and
//! `print` are used all over and know of none of these.
//!
//! [`stage-config`]: https://docs.rs/stage-config

mod args;
mod attr;
mod check;
mod errors;
mod expand;
mod fallback;
#[cfg(test)]
mod fuzz;
mod grammar;
mod model;
mod names;
mod options;
mod parameters;
mod print;
mod slot;
mod stages;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::errors::Errors;

/// Derives `StageConfig` for a struct with named fields: where each value comes from, and under
/// which name at which stage.
///
/// ```ignore
/// use stage_config::{SecretString, StageConfig};
///
/// #[derive(StageConfig)]
/// pub struct Config {
///     /// The stage as deployed: `dev`, `prod`, `featureX`.
///     #[stage]
///     pub stage: String,
///     #[env("resourcesStage", default = "dev")]
///     pub resources_stage: String,
///     #[value("+14151234567")]
///     pub admin_phone_number: &'static str,
///     #[value(dev = 5, prod = 50)]
///     pub max_connections: u32,
///     /// Stripe secret key
///     #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
///     pub stripe_secret_key: SecretString,
/// }
///
/// let config = Config::load().await?;
/// ```
///
/// # On each field, exactly one of
///
/// | attribute | the field holds |
/// |---|---|
/// | `#[ssm(dev = "/a", prod = "/b")]` | the parameter of that name in Parameter Store, one for each stage |
/// | `#[ssm("/a")]` | the same parameter at all stages |
/// | `#[env("NAME")]` | the environment variable; an empty one is present |
/// | `#[value(dev = 5, prod = 50)]` | the expression for the stage; only that one is evaluated, at load |
/// | `#[value(5)]` | the expression |
/// | `#[stage]` | the stage as deployed; where none was given, the one that was chosen |
///
/// A name may carry a version or label (`/a:3`, `/a:label`) or be an ARN. It is a string literal,
/// because it is checked by Parameter Store's rules when this is compiled.
///
/// `ssm` and `env` take one more key:
///
/// - `default = expression`: used where the value is *absent*, and only there; never where it is
///   denied or malformed.
///
/// The expressions of `value` and `default` have the field's type. A string literal may stand for
/// any type; it is read as the text of a parameter would be. A secret in the source code, and a
/// `default` for an `Option`, which is `None` without one, do not compile.
///
/// # On the struct, optionally: `#[stage_config(…)]`
///
/// | key | meaning | without it |
/// |---|---|---|
/// | `stages(dev, prod)` | the declared stages | all that the fields name |
/// | `fallback = dev` | the declared stage that stands in for every other, or for none; `none`: there is no such stage | `dev` where it is declared, else none |
/// | `env = "stage"` | the environment variable that holds the stage | `stage`, then `STAGE` |
/// | `near_miss = allow` | a stage that looks like a slip of a declared one falls back like any other | it is refused |
/// | `parameters = Names` | the name of the generated struct | that of the struct and `Parameters` |
/// | `crate = ::path` | where this crate is re-exported | `::stage_config` |
///
/// A field that gives something by stage does so for every declared stage. A struct in which
/// nothing names a stage declares none: it is the same at every stage, and takes neither `fallback`
/// nor `near_miss`.
///
/// # What is generated
///
/// - `impl StageConfig for Config`, with the table of all that it reads.
/// - `struct ConfigParameters`, the stage-selecting struct: for each `ssm` field the *name* of its
///   parameter at one stage, as visible as the field.
///
/// ```ignore
/// let names = ConfigParameters::for_stage("prod")?;
/// assert_eq!(names.stripe_secret_key, "/stripeSecretKey/live");
/// ```
#[proc_macro_derive(StageConfig, attributes(stage_config, ssm, value, env, stage))]
pub fn derive_stage_config(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive(input.into()).into()
}

fn derive(input: TokenStream) -> TokenStream {
    let item: DeriveInput = match syn::parse2(input) {
        Ok(item) => item,
        Err(error) => return error.into_compile_error(),
    };
    let errors = Errors::new();
    let input = attr::read(&item, &errors);
    let config = check::check(&input, &errors);
    match errors.finish() {
        None => expand::expand(&config),
        Some(mistakes) => fallback::expand(&mistakes, &input, &config),
    }
}
