//! The derive of [`stage-config`], which re-exports it; nothing else depends on this crate.
//!
//! A pipeline with one room a step. Mistakes are gathered on the way; where there are any, a stub
//! is generated beside them, so that nothing but the mistakes turns red.
//!
//! | room | from | to |
//! |---|---|---|
//! | `args` | the tokens of one attribute | `value` and `key = value` |
//! | `attr`, `keys`, `options`, `declared` | these | slots, for each field and for the struct |
//! | `named`, `stages`, `names`, `check` | slots | `model`: checked facts |
//! | `expand` | the model | the code, or the mistakes and a stub |
//!
//! `grammar` holds the words of the language, and a new one begins there. `errors` and `print`
//! are used all over and know of none of these.
//!
//! [`stage-config`]: https://docs.rs/stage-config

mod args;
mod attr;
mod check;
mod declared;
mod errors;
mod expand;
#[cfg(test)]
mod fuzz;
mod grammar;
mod keys;
mod model;
mod named;
mod names;
mod options;
mod print;
mod stages;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::errors::Errors;

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
    let errors = Errors::new();
    let input = attr::read(&item, &errors);
    let config = check::check(&input, &errors);
    match errors.finish() {
        None => expand::expand(&config),
        Some(mistakes) => expand::stub(&mistakes, &input, &config),
    }
}
