//! How each field gets its value.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Ident, LitStr};

use crate::model::{Config, DefaultValue, Field, Form, Origin, PerStage, Reading, Value};

/// For each field a local, and an expression that reads it: `None` if there is a problem.
pub(crate) fn each(config: &Config) -> impl Iterator<Item = (Ident, TokenStream)> {
    config.fields.iter().map(|field| (local(field), Read::new(field).value()))
}

/// Statements that read each string literal, those of nested structs too, to see whether it can be
/// read.
pub(crate) fn literals(config: &Config) -> Vec<TokenStream> {
    config.fields.iter().flat_map(|field| Read::new(field).literals()).collect()
}

/// What it takes to read a field.
///
/// All methods that are called here take `self` or, of `__decoder`, `&mut self`: the compiler prefers
/// them to a method of the same name in a trait of the user. The methods of the readers may be in a
/// trait of ours, and so have names that no other trait has.
struct Read<'a> {
    field: &'a Field<'a>,
    index: Literal,
    decoder: Ident,
    /// The span of the type, where the compiler reports that it cannot be read.
    span: Span,
    reader: TokenStream,
}

impl<'a> Read<'a> {
    fn new(field: &'a Field) -> Self {
        let ty = field.ty;
        let span = ty.span();
        // A block at the type, because the compiler points at what a method is called on.
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
            Origin::Text { reading, default, .. } => match default.as_ref().map(|it| &it.value) {
                None => self.text(reading, &slot, None),
                Some(Value::Text(text)) => {
                    let slot = quote_spanned!(span=> #slot.or_literal(#text));
                    self.text(reading, &slot, None)
                }
                Some(Value::Expr(value)) => self.text(reading, &slot, Some(&quote!(|| (#value)))),
            },
            Origin::Path { required, .. } => {
                // By its path, because the compiler then points at the type alone.
                quote_spanned!(span=> __private::Decoder::map::<#ty, _>(#decoder, #index, #required))
            }
            Origin::Nested { .. } => {
                quote_spanned!(span=> <#ty as __private::Nested>::read(#decoder, #index))
            }
            Origin::Source { values: PerStage::Same(value), .. } => self.written(value),
            Origin::Source { values: PerStage::Each(each), .. } => {
                let arms = each.iter().map(|(stage, value)| {
                    let read = self.written(value);
                    quote!(#stage => #read,)
                });
                // No stage ever gets the value of another one.
                quote_spanned!(span=> match #decoder.chosen() {
                    #(#arms)*
                    _ => #decoder.undeclared(#index),
                })
            }
        }
    }

    /// A value in the source.
    fn written(&self, value: &Value) -> TokenStream {
        let Self { index, decoder, span, reader, .. } = self;
        match value {
            Value::Text(text) => quote_spanned! {*span=>
                #reader.__stage_config_literal(#decoder.literal(#index, #text))
            },
            // A closure keeps a `return` or `?` of the user inside; parentheses keep an expression
            // that begins with a block whole.
            Value::Expr(value) => {
                let make = quote!(|| (#value));
                quote_spanned!(*span=> #reader.__stage_config_make(#make))
            }
        }
    }

    /// Reads the text in a slot as the keys say.
    fn text(
        &self,
        reading: &Reading,
        slot: &TokenStream,
        default: Option<&TokenStream>,
    ) -> TokenStream {
        let Self { span, reader, .. } = self;
        match (self.conversion(reading), default) {
            (None, None) => quote_spanned!(*span=> #reader.__stage_config_read(#slot)),
            (None, Some(default)) => {
                quote_spanned!(*span=> #reader.__stage_config_read_or(#slot, #default))
            }
            (Some(by), None) => quote_spanned!(*span=> #reader.__stage_config_convert(#slot, #by)),
            (Some(by), Some(default)) => quote_spanned! {*span=>
                #reader.__stage_config_convert_or(#slot, #by, #default)
            },
        }
    }

    /// What makes a value of the text, if the type alone does not. It is in a block for the same
    /// reason as the reader.
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

    /// Reads each of its literals by the same methods as its value, so that the compiler reports a
    /// type that cannot be read only once.
    fn literals(&self) -> Vec<TokenStream> {
        let Self { field, index, decoder, span, reader } = self;
        let (ty, span) = (field.ty, *span);
        let slot = |stage: &str, text: &LitStr| quote_spanned!(span=> #decoder.check_literal(#index, #stage, #text));
        let literal = |stage: &str, value: &Value| match value {
            Value::Text(text) => {
                let slot = slot(stage, text);
                Some(quote_spanned!(span=> let _ = #reader.__stage_config_literal(#slot);))
            }
            Value::Expr(_) => None,
        };
        match &field.origin {
            Origin::Source { values: PerStage::Same(value), .. } => {
                literal("", value).into_iter().collect()
            }
            Origin::Source { values: PerStage::Each(each), .. } => {
                each.iter().filter_map(|(stage, value)| literal(stage, value)).collect()
            }
            Origin::Text { reading, default: Some(DefaultValue { value, .. }), .. } => {
                match value {
                    Value::Text(text) => {
                        let read = self.text(reading, &slot("", text), None);
                        vec![quote!(let _ = #read;)]
                    }
                    Value::Expr(_) => Vec::new(),
                }
            }
            Origin::Nested { .. } => vec![quote_spanned! {span=>
                <#ty as __private::Nested>::check_literals(#decoder, #index);
            }],
            Origin::Stage | Origin::Text { default: None, .. } | Origin::Path { .. } => Vec::new(),
        }
    }
}

/// The user's expressions cannot name it.
pub(crate) fn decoder() -> Ident {
    Ident::new("__decoder", Span::mixed_site())
}

pub(crate) fn local(field: &Field) -> Ident {
    format_ident!("__{}", field.index, span = Span::mixed_site())
}
