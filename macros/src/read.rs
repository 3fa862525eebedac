//! How each field gets its value.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Ident, Path};

use crate::model::{Config, Fallback, Field, Form, Given, Origin, PerStage, Reading};

/// For each field a local, and what it reads: `None` where that is a problem.
pub(crate) fn each(config: &Config) -> impl Iterator<Item = (Ident, TokenStream)> {
    config.fields.iter().map(|field| (local(field), read(field, &config.runtime)))
}

/// What the methods of the readers need.
pub(crate) fn import(config: &Config) -> TokenStream {
    let runtime = &config.runtime;
    quote!(use #runtime::__private::ReadPlain as _;)
}

/// An expression of type `Option<FieldType>`. That a type cannot be read is said at the type.
///
/// Everything is called by its path, so that no trait of the user's can come between. The readers
/// are not, because it takes a method to find the right one; no trait has methods of these names.
fn read(field: &Field, runtime: &Path) -> TokenStream {
    let Field { index, ty, origin, .. } = field;
    let index = Literal::usize_unsuffixed(*index);
    let values = values();
    let span = ty.span();
    let private = quote_spanned!(span=> #runtime::__private);
    // In a block, which stands at the type: the compiler points at what a method is called on.
    let reader = quote_spanned!(span=> { #private::Reader::<#ty>::NEW });
    let slot = quote_spanned!(span=> #private::Values::field(#values, #index));
    let read_given = |given: &Given| match given {
        Given::Text(text) => {
            let slot = quote_spanned!(span=> #private::Values::literal(#values, #index, #text));
            quote_spanned!(span=> #reader.__stage_config_literal(#slot))
        }
        // A closure keeps a `return` or `?` of the user's inside, parentheses what begins with a block.
        Given::Expr(value) => {
            let make = quote!(|| (#value));
            quote_spanned!(span=> #reader.__stage_config_make(#make))
        }
    };
    match origin {
        Origin::Stage => quote_spanned!(span=> #reader.__stage_config_read(#slot)),
        Origin::Text { reading, default, .. } => {
            let slot = match reading.key {
                Some(key) => quote_spanned!(span=> #private::Slot::json_key(#slot, #key)),
                None => slot,
            };
            let given = default.as_ref().map(|Fallback { given, .. }| given);
            let (slot, default) = match given {
                None => (slot, None),
                Some(Given::Text(text)) => {
                    (quote_spanned!(span=> #private::Slot::or_literal(#slot, #text)), None)
                }
                Some(Given::Expr(value)) => (slot, Some(quote!(|| (#value)))),
            };
            match (conversion(reading, &private, span), default) {
                (None, None) => quote_spanned!(span=> #reader.__stage_config_read(#slot)),
                (None, Some(default)) => {
                    quote_spanned!(span=> #reader.__stage_config_read_or(#slot, #default))
                }
                (Some(by), None) => {
                    quote_spanned!(span=> #reader.__stage_config_convert(#slot, #by))
                }
                (Some(by), Some(default)) => quote_spanned! {span=>
                    #reader.__stage_config_convert_or(#slot, #by, #default)
                },
            }
        }
        Origin::Path { required, .. } => {
            quote_spanned!(span=> #private::Values::below::<#ty, _>(#values, #index, #required))
        }
        Origin::Nested { .. } => {
            quote_spanned!(span=> <#ty as #private::Nested>::read(#values, #index))
        }
        Origin::Source { given: PerStage::Same(given), .. } => read_given(given),
        Origin::Source { given: PerStage::Each(given), .. } => {
            let last = given.len() - 1;
            let arms = given.iter().enumerate().map(|(place, (stage, given))| {
                let pattern = if place == last { quote!(_) } else { stage.to_token_stream() };
                let read = read_given(given);
                quote!(#pattern => #read,)
            });
            quote!(match #runtime::__private::Values::resolved(#values) { #(#arms)* })
        }
    }
}

/// What makes a value of the text, where the type alone does not. It stands in a block for the same
/// reason as the reader.
fn conversion(reading: &Reading, private: &TokenStream, span: Span) -> Option<TokenStream> {
    let form = match reading.form {
        Form::Plain if reading.base64 => quote!(#private::Base64),
        Form::Plain => return None,
        Form::Json => quote!(#private::Json),
        Form::Parsed(function) => quote!(#private::Parse(#function)),
    };
    Some(if reading.base64 && !matches!(reading.form, Form::Plain) {
        quote_spanned!(span=> { #private::Decoded(#form) })
    } else {
        quote_spanned!(span=> { #form })
    })
}

/// Not to be seen by the user's expressions.
pub(crate) fn values() -> Ident {
    Ident::new("__values", Span::mixed_site())
}

pub(crate) fn local(field: &Field) -> Ident {
    format_ident!("__{}", field.index, span = Span::mixed_site())
}
