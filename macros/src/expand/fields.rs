//! The expression for the value of each field.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Ident, Index};

use crate::model::{Config, Field, Form, Origin, PerStage, Reading};
use crate::parse::arguments::string;

/// The size of a group: fields that are decoded, or named, in a function of their own. The compile
/// time of one function for all fields would grow faster than their number.
pub(crate) const GROUP: usize = 16;

/// An expression for each field, which is `None` if there is a problem.
pub(crate) fn each(config: &Config) -> impl Iterator<Item = TokenStream> {
    config.fields.iter().map(|field| Read::new(field).value())
}

/// The values of a group.
pub(crate) fn group(index: usize) -> Ident {
    format_ident!("__{index}", span = Span::mixed_site())
}

/// The decoded value of the field with this position.
pub(crate) fn decoded(position: usize) -> TokenStream {
    let (group, index) = (group(position / GROUP), Index::from(position % GROUP));
    quote!(#group.#index)
}

/// Statements that convert each string literal, including those of nested structs.
pub(crate) fn literals(config: &Config) -> Vec<TokenStream> {
    config.fields.iter().flat_map(|field| Read::new(field).literals()).collect()
}

/// The parts of the expression for a field.
///
/// All methods that it calls take `self` or, on `__decoder`, `&mut self`, because the compiler
/// prefers them to methods of the same name in a trait of the user. The methods of `FieldType` may
/// be trait methods, so they have unusual names.
struct Read<'a> {
    field: &'a Field<'a>,
    index: Literal,
    decoder: Ident,
    /// The span of the type, where the compiler reports an unreadable type.
    span: Span,
    reader: TokenStream,
}

impl<'a> Read<'a> {
    fn new(field: &'a Field) -> Self {
        let ty = field.ty;
        let span = ty.span();
        // A block with the span of the type, because the compiler points at the receiver of a
        // method.
        let reader = quote_spanned!(span=> { __FieldType::<#ty>::NEW });
        let index = Literal::usize_unsuffixed(field.index);
        Self { field, index, decoder: decoder(), span, reader }
    }

    /// An expression of type `Option<FieldType>`.
    fn value(&self) -> TokenStream {
        let Self { field, index, decoder, span, reader } = self;
        let (ty, span) = (field.ty, *span);
        let slot = quote_spanned!(span=> #decoder.field(#index));
        match &field.origin {
            Origin::Stage => quote_spanned!(span=> #reader.__stage_config_read(#slot)),
            Origin::Text { reading, default, .. } => {
                let value = default.map(|(_, value)| value);
                if let Some(text) = value.and_then(string) {
                    let slot = quote_spanned!(span=> #slot.or_literal(#text));
                    return self.text(reading, &slot, None);
                }
                let default = value.map(|value| quote!(|| (#value)));
                self.text(reading, &slot, default.as_ref())
            }
            Origin::Path { required } => {
                // As a path, because the compiler then points at the type only.
                quote_spanned!(span=> __private::Decoder::map::<#ty, _>(#decoder, #index, #required))
            }
            Origin::Nested => {
                quote_spanned!(span=> <#ty as __private::Nested>::read(#decoder, #index))
            }
            Origin::Value { values: PerStage::Same(value), .. } => self.written(value),
            Origin::Value { values: PerStage::Each(each), .. } => {
                let arms = each.iter().map(|(stage, value)| {
                    let read = self.written(value);
                    quote!(#stage => #read,)
                });
                // A stage never gets the value of another one.
                quote_spanned!(span=> match #decoder.chosen() {
                    #(#arms)*
                    _ => #decoder.undeclared(#index),
                })
            }
        }
    }

    /// A value in the source code.
    fn written(&self, value: &Expr) -> TokenStream {
        let Self { index, decoder, span, reader, .. } = self;
        if let Some(text) = string(value) {
            return quote_spanned! {*span=>
                #reader.__stage_config_literal(#decoder.literal(#index, #text))
            };
        }
        // A closure contains a `return` or `?` of the user. Parentheses keep an expression that
        // begins with a block together.
        let make = quote!(|| (#value));
        quote_spanned!(*span=> #reader.__stage_config_make(#make))
    }

    /// Reads a text as the keys of the attribute say.
    fn text(
        &self,
        reading: &Reading,
        slot: &TokenStream,
        default: Option<&TokenStream>,
    ) -> TokenStream {
        let Self { span, reader, .. } = self;
        let by = self.conversion(reading);
        let verb = if by.is_some() { "convert" } else { "read" };
        let or = if default.is_some() { "_or" } else { "" };
        let method = format_ident!("__stage_config_{verb}{or}", span = *span);
        let arguments = by.iter().chain(default);
        quote_spanned!(*span=> #reader.#method(#slot #(, #arguments)*))
    }

    /// The conversion of the text, if the type does not read it. It is in a block for the same
    /// reason as `FieldType`.
    fn conversion(&self, reading: &Reading) -> Option<TokenStream> {
        let form = match reading.form {
            Form::Plain if reading.base64 => quote!(__private::Base64),
            Form::Plain => return None,
            Form::Json => quote!(__private::Json),
            Form::Parsed(function) => quote!(__private::Parse(#function)),
        };
        Some(if reading.base64 && !matches!(reading.form, Form::Plain) {
            quote_spanned!(self.span=> { __private::InBase64(#form) })
        } else {
            quote_spanned!(self.span=> { #form })
        })
    }

    /// Reads each literal with the same methods as the value, so that the compiler reports an
    /// unreadable type only once.
    fn literals(&self) -> Vec<TokenStream> {
        let Self { field, index, decoder, span, reader } = self;
        let (ty, span) = (field.ty, *span);
        if let Origin::Nested = field.origin {
            return vec![quote_spanned! {span=>
                <#ty as __private::Nested>::check_literals(#decoder, #index);
            }];
        }
        let literals = field.origin.literals().into_iter().map(|(stage, text)| {
            let slot = quote_spanned!(span=> #decoder.check_literal(#index, #stage, #text));
            let read = if let Origin::Text { reading, .. } = &field.origin {
                self.text(reading, &slot, None)
            } else {
                quote_spanned!(span=> #reader.__stage_config_literal(#slot))
            };
            quote_spanned!(span=> let _ = #read;)
        });
        literals.collect()
    }
}

/// Expressions of the user cannot name it.
pub(crate) fn decoder() -> Ident {
    Ident::new("__decoder", Span::mixed_site())
}
