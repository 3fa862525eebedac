//! `#[stage_config(…)]`: the settings of the struct.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{DeriveInput, Ident, LitStr, Path, Token, parenthesized};

use crate::diagnostics::{Errors, Help, setting};
use crate::parse::accounts::Accounts;
use crate::parse::arguments;
use crate::parse::keywords::Setting;
use crate::parse::stages::Stage;

/// The settings of all `#[stage_config(…)]` attributes.
#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) stages: Option<Vec<Stage>>,
    /// Whether some of the stages were refused.
    pub(crate) are_stages_partial: bool,
    /// A stage, or `none`.
    pub(crate) fallback: Option<Ident>,
    pub(crate) stage_env: Option<LitStr>,
    pub(crate) allow_near_misses: Option<()>,
    pub(crate) names: Option<Ident>,
    pub(crate) validate: Option<Path>,
    pub(crate) accounts: Option<Accounts>,
    /// The folder of the snapshots.
    pub(crate) snapshot: Option<LitStr>,
    pub(crate) runtime: Option<Path>,
}

impl Settings {
    pub(crate) fn read(item: &DeriveInput, errors: &Errors) -> Self {
        let mut this = Self::default();
        let mut may_lack_stages = false;
        for attr in item.attrs.iter().filter(|attr| attr.path().is_ident("stage_config")) {
            let Some(tokens) = arguments::tokens(attr, errors) else { continue };
            if tokens.is_empty() {
                errors.add(attr.path(), "`#[stage_config]` has no arguments", Help::remove(attr));
            }
            let refuse = |tokens: &TokenStream, _: &_| {
                may_lack_stages |= setting::argument(tokens, may_lack_stages, errors);
            };
            arguments::read_each(tokens, errors, |input| this.take(input, errors), refuse);
        }
        this.are_stages_partial |= may_lack_stages;
        this
    }

    fn take(&mut self, input: ParseStream, errors: &Errors) -> syn::Result<()> {
        let key = input.call(Ident::parse_any)?;
        let Some(setting) = Setting::from_word(&key.to_string()) else {
            return Err(syn::Error::new_spanned(key, "unknown key"));
        };
        if !matches!(setting, Setting::Stages | Setting::AllowNearMisses | Setting::Accounts) {
            input.parse::<Token![=]>()?;
        }
        let is_second = match setting {
            Setting::Stages => {
                let content;
                parenthesized!(content in input);
                if content.is_empty() {
                    return Err(content.error("expected a stage"));
                }
                let (stages, are_read) = Stage::read_all(content.parse()?, errors);
                self.are_stages_partial |= !are_read || self.stages.is_some();
                fill(&mut self.stages, stages)
            }
            Setting::Fallback => fill(&mut self.fallback, input.parse()?),
            Setting::StageEnv => fill(&mut self.stage_env, input.parse()?),
            Setting::AllowNearMisses => fill(&mut self.allow_near_misses, ()),
            Setting::Names => fill(&mut self.names, input.parse()?),
            Setting::Validate => fill(&mut self.validate, input.parse()?),
            Setting::Accounts => fill(&mut self.accounts, Accounts::read(&key, input, errors)?),
            Setting::Snapshot => fill(&mut self.snapshot, input.parse()?),
            Setting::Crate => fill(&mut self.runtime, absolute_path(input)?),
        };
        if is_second {
            errors.add(&key, format!("`{key}` is given twice"), Help::note("keep one of them"));
        }
        Ok(())
    }
}

/// Fills an empty slot. Returns whether it was full.
fn fill<T>(slot: &mut Option<T>, value: T) -> bool {
    let is_full = slot.is_some();
    slot.get_or_insert(value);
    is_full
}

/// A path that does not depend on the module of the struct.
fn absolute_path(input: ParseStream) -> syn::Result<Path> {
    let path = input.call(Path::parse_mod_style)?;
    let mut words = path.segments.iter().map(|it| it.ident.to_string());
    let is_from_root = words.next().is_some_and(|word| word == "crate" || word == "$crate");
    let is_absolute = path.leading_colon.is_some() || is_from_root;
    if is_absolute { Ok(path) } else { Err(syn::Error::new_spanned(path, "expected `::`")) }
}
