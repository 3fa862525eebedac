//! `#[stage_config(…)]`: the settings of the struct.

use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{DeriveInput, Ident, LitStr, Path, Token, parenthesized};

use crate::diagnostics::{Errors, Help, recover};
use crate::parse::arguments;
use crate::parse::keywords::Setting;
use crate::parse::stages::Declared;

/// The settings of all `#[stage_config(…)]` attributes, each with its key.
#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) stages: Option<(Ident, Vec<Declared>)>,
    /// A stage, or `none`.
    pub(crate) fallback: Option<(Ident, Ident)>,
    pub(crate) stage_env: Option<(Ident, LitStr)>,
    pub(crate) allow_near_misses: Option<(Ident, ())>,
    pub(crate) names: Option<(Ident, Ident)>,
    pub(crate) validate: Option<(Ident, Path)>,
    pub(crate) runtime: Option<(Ident, Path)>,
}

impl Settings {
    pub(crate) fn read(item: &DeriveInput, errors: &Errors) -> Self {
        let mut this = Self::default();
        for attr in item.attrs.iter().filter(|attr| attr.path().is_ident("stage_config")) {
            let tokens = match arguments::of(attr) {
                Ok(tokens) => tokens,
                Err(all) => {
                    recover::shape(attr, &all, errors);
                    continue;
                }
            };
            if tokens.is_empty() {
                errors.add(attr.path(), "`#[stage_config]` has no arguments", Help::remove(attr));
            }
            let unreadable = arguments::read_each(tokens, |input| this.take(input, errors));
            recover::settings(&unreadable, errors);
        }
        this
    }

    fn take(&mut self, input: ParseStream, errors: &Errors) -> syn::Result<()> {
        let key = input.call(Ident::parse_any)?;
        let Some(setting) = Setting::from_word(&key.to_string()) else {
            return Err(syn::Error::new_spanned(key, "unknown key"));
        };
        let start = input.cursor();
        if !matches!(setting, Setting::Stages | Setting::AllowNearMisses) {
            input.parse::<Token![=]>()?;
        }
        let is_second = match setting {
            Setting::Stages => fill(&mut self.stages, &key, stages(input)?),
            Setting::Fallback => fill(&mut self.fallback, &key, input.parse()?),
            Setting::StageEnv => fill(&mut self.stage_env, &key, input.parse()?),
            Setting::AllowNearMisses => fill(&mut self.allow_near_misses, &key, ()),
            Setting::Names => fill(&mut self.names, &key, input.parse()?),
            Setting::Validate => fill(&mut self.validate, &key, input.parse()?),
            Setting::Crate => fill(&mut self.runtime, &key, absolute_path(input)?),
        };
        if is_second {
            let value = start.token_stream().into_iter();
            let is_read = |token: &_| !matches!(token, proc_macro2::TokenTree::Punct(it) if it.as_char() == ',');
            let value: proc_macro2::TokenStream = value.take_while(is_read).collect();
            let help = Help::remove(quote::quote!(#key #value));
            errors.add(&key, format!("`{key}` is given twice"), help);
        }
        Ok(())
    }
}

/// Fills an empty slot. Returns whether it was full.
fn fill<T>(slot: &mut Option<(Ident, T)>, key: &Ident, value: T) -> bool {
    let is_full = slot.is_some();
    slot.get_or_insert_with(|| (key.clone(), value));
    is_full
}

fn stages(input: ParseStream) -> syn::Result<Vec<Declared>> {
    let content;
    parenthesized!(content in input);
    let stages = Punctuated::<Declared, Token![,]>::parse_terminated(&content)?;
    if stages.is_empty() {
        return Err(content.error("expected a stage"));
    }
    Ok(stages.into_iter().collect())
}

/// A path that does not depend on the module of the struct.
fn absolute_path(input: ParseStream) -> syn::Result<Path> {
    let path = input.call(Path::parse_mod_style)?;
    let first = path.segments.first().map(|it| it.ident.to_string());
    let is_absolute =
        path.leading_colon.is_some() || matches!(first.as_deref(), Some("crate" | "$crate"));
    if is_absolute { Ok(path) } else { Err(syn::Error::new_spanned(path, "expected `::`")) }
}
