//! The derive of [`stage-config`], which re-exports it; nothing else depends on this crate.
//!
//! A pipeline, in the order of the folders:
//!
//! | folder | from | to |
//! |---|---|---|
//! | `parse` | tokens | the attributes as written |
//! | `check` | the attributes as written | `model`: checked facts |
//! | `expand` | the model | the code, or the mistakes and a stub |
//!
//! Each step reports mistakes to `diagnostics`, with a help that says what to write instead. If
//! there are any, the derive also generates a stub, so that the rest of the program compiles. The
//! keywords of the language are in `parse/keywords.rs`; add new ones there first.
//!
//! [`stage-config`]: https://docs.rs/stage-config

mod check;
mod diagnostics;
mod expand;
#[cfg(test)]
mod fuzz;
mod model;
mod parse;
#[cfg(test)]
mod planted;
#[cfg(test)]
mod tests;

use std::env;
use std::path::PathBuf;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::diagnostics::Errors;

#[expect(missing_docs, reason = "`stage-config` documents it, with examples that are tested")]
#[proc_macro_derive(
    StageConfig,
    attributes(stage_config, ssm, secret, ssm_path, value, env, stage, nested)
)]
pub fn derive_stage_config(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive(input.into()).into()
}

fn derive(input: TokenStream) -> TokenStream {
    let item: DeriveInput = match syn::parse2(input) {
        Ok(item) => item,
        Err(error) => return error.into_compile_error(),
    };
    let errors = Errors::default();
    let input = parse::read(&item, &errors);
    let manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let config = check::check(&input, manifest.as_deref(), &errors);
    let mistakes = errors.finish();
    if mistakes.is_empty() && config.fields.len() == input.fields.len() {
        expand::expand(&config, &input)
    } else {
        expand::stub(&mistakes, &input, &config)
    }
}
