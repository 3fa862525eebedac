//! The description of a struct that tools find in the program: what is known here as one literal, because
//! the compiler needs no time for it. The runtime adds the rest.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use stage_config_names::description::{self, kind};
use syn::LitStr;
use syn::ext::IdentExt;

use crate::diagnostics::print::compact;
use crate::model::{Config, Field, Origin, PerStage};
use crate::parse::keywords::Kind;

pub(crate) fn expand(config: &Config) -> TokenStream {
    let literal = Literal::byte_string(&write(config));
    let nested = config.fields.iter().filter(|field| matches!(field.origin, Origin::Nested));
    let nested = nested.map(|field| {
        let ty = field.ty;
        quote!(<#ty as __private::Nested>::DESCRIPTION)
    });
    quote! {
        const __PARTS: &__private::Parts =
            &__private::Parts::new(#literal, &[#(#nested),*]);
    }
}

/// A field with its texts, as written.
struct Written<'a> {
    field: &'a Field<'a>,
    name: String,
    ty: String,
    json_key: Option<String>,
    default: Option<String>,
    names: Vec<String>,
}

impl<'a> Written<'a> {
    fn new(field: &'a Field<'a>) -> Self {
        let (json_key, default) = match &field.origin {
            Origin::Text { reading, default, .. } => (reading.key, default.as_ref()),
            _ => (None, None),
        };
        let names = field.names.as_ref().map(PerStage::values).unwrap_or_default();
        Self {
            field,
            name: field.ident.unraw().to_string(),
            ty: compact(field.ty),
            json_key: json_key.map(LitStr::value),
            default: default.map(|(_, value)| compact(value)),
            names: names.into_iter().map(|name| name.value()).collect(),
        }
    }

    fn describe(&self) -> description::Field<'_> {
        description::Field {
            kind: match self.field.kind {
                Kind::Value => kind::VALUE,
                Kind::Stage => kind::STAGE,
                Kind::Env => kind::ENV,
                Kind::Ssm => kind::SSM,
                Kind::Secret => kind::SECRET,
                Kind::SsmPath => kind::SSM_PATH,
                Kind::Nested => kind::NESTED,
            },
            name: &self.name,
            ty: &self.ty,
            doc: self.field.doc,
            json_key: self.json_key.as_deref(),
            default: self.default.as_deref(),
            names: self.names.iter().map(String::as_str).collect(),
        }
    }
}

fn write(config: &Config) -> Vec<u8> {
    let (name, variable) = (config.ident.unraw().to_string(), config.stage_env.map(LitStr::value));
    let fields: Vec<_> = config.fields.iter().map(Written::new).collect();
    let stages = &config.stages;
    let aliases = stages.declared.iter().flat_map(|names| {
        let own = names.first();
        names.iter().skip(1).filter_map(move |alias| Some((alias.as_str(), own?.as_str())))
    });
    let accounts =
        config.accounts.iter().map(|(account, stage)| (account.as_str(), stage.as_str()));
    description::Table {
        config: &name,
        variable: variable.as_deref(),
        fallback: stages.fallback.as_deref(),
        allow_near_misses: stages.allow_near_misses,
        declared: stages
            .declared
            .iter()
            .filter_map(|names| Some(names.first()?.as_str()))
            .collect(),
        aliases: aliases.collect(),
        accounts: accounts.collect(),
        fields: fields.iter().map(Written::describe).collect(),
    }
    .write()
}
