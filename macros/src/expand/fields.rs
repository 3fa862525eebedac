//! How each field gets its value.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Ident, LitStr, Path};

use crate::model::{Config, DefaultValue, Field, Form, Origin, PerStage, Reading, Value};

/// For each field a local, and what it reads: `None` where that is a problem.
pub(crate) fn each(config: &Config) -> impl Iterator<Item = (Ident, TokenStream)> {
    config.fields.iter().map(|field| (local(field), Read::of(field, &config.runtime).value()))
}

/// Statements that read each string literal, those of nested structs too, to see whether it can be
/// read.
pub(crate) fn literals(config: &Config) -> Vec<TokenStream> {
    config.fields.iter().flat_map(|field| Read::of(field, &config.runtime).literals()).collect()
}

/// What the methods of the readers need.
pub(crate) fn import(config: &Config) -> TokenStream {
    let runtime = &config.runtime;
    quote!(use #runtime::__private::FieldTypeDefaults as _;)
}

/// What it takes to read a field.
///
/// Everything is called by its path, so that no trait of the user's can come between. The readers
/// are not, because it takes a method to find the right one; no trait has methods of these names.
struct Read<'a> {
    field: &'a Field<'a>,
    index: Literal,
    values: Ident,
    /// The span of the type, where the compiler reports that it cannot be read.
    span: Span,
    private: TokenStream,
    reader: TokenStream,
}

impl<'a> Read<'a> {
    fn of(field: &'a Field, runtime: &Path) -> Self {
        let ty = field.ty;
        let span = ty.span();
        let private = quote_spanned!(span=> #runtime::__private);
        // In a block, which stands at the type: the compiler points at what a method is called on.
        let reader = quote_spanned!(span=> { #private::FieldType::<#ty>::NEW });
        let index = Literal::usize_unsuffixed(field.index);
        Self { field, index, values: values(), span, private, reader }
    }

    /// An expression of type `Option<FieldType>`.
    fn value(&self) -> TokenStream {
        let Self { field, index, values, span, private, reader } = self;
        let (ty, span) = (field.ty, *span);
        match &field.origin {
            Origin::Stage => {
                let slot = self.slot();
                quote_spanned!(span=> #reader.__stage_config_read(#slot))
            }
            Origin::Text { reading, default, .. } => {
                let slot = self.slot();
                let slot = match reading.key {
                    Some(key) => {
                        quote_spanned!(span=> #private::FieldDecoder::json_key(#slot, #key))
                    }
                    None => slot,
                };
                match default.as_ref().map(|DefaultValue { value, .. }| value) {
                    None => self.text(reading, &slot, None),
                    Some(Value::Text(text)) => {
                        let slot =
                            quote_spanned!(span=> #private::FieldDecoder::or_literal(#slot, #text));
                        self.text(reading, &slot, None)
                    }
                    Some(Value::Expr(value)) => {
                        self.text(reading, &slot, Some(&quote!(|| (#value))))
                    }
                }
            }
            Origin::Path { required, .. } => {
                quote_spanned!(span=> #private::Decoder::map::<#ty, _>(#values, #index, #required))
            }
            Origin::Nested { .. } => {
                quote_spanned!(span=> <#ty as #private::Nested>::read(#values, #index))
            }
            Origin::Source { values: PerStage::Same(value), .. } => self.written(value),
            Origin::Source { values: PerStage::Each(each), .. } => {
                let arms = each.iter().map(|(stage, value)| {
                    let read = self.written(value);
                    quote!(#stage => #read,)
                });
                // No stage ever gets the value of another one.
                let other = quote_spanned!(span=> #private::Decoder::undeclared(#values, #index));
                quote!(match #private::Decoder::chosen(#values) { #(#arms)* _ => #other, })
            }
        }
    }

    fn slot(&self) -> TokenStream {
        let Self { index, values, span, private, .. } = self;
        quote_spanned!(*span=> #private::Decoder::field(#values, #index))
    }

    fn written(&self, value: &Value) -> TokenStream {
        let Self { index, values, span, private, reader, .. } = self;
        match value {
            Value::Text(text) => {
                let slot =
                    quote_spanned!(*span=> #private::Decoder::literal(#values, #index, #text));
                quote_spanned!(*span=> #reader.__stage_config_literal(#slot))
            }
            // A closure keeps a `return` or `?` of the user's inside, parentheses what begins with
            // a block.
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

    /// What makes a value of the text, where the type alone does not. It stands in a block for the
    /// same reason as the reader.
    fn conversion(&self, reading: &Reading) -> Option<TokenStream> {
        let Self { span, private, .. } = self;
        let form = match reading.form {
            Form::Plain if reading.base64 => quote!(#private::Base64),
            Form::Plain => return None,
            Form::Json => quote!(#private::Json),
            Form::Parsed(function) => quote!(#private::Parse(#function)),
        };
        Some(if reading.base64 && !matches!(reading.form, Form::Plain) {
            quote_spanned!(*span=> { #private::InBase64(#form) })
        } else {
            quote_spanned!(*span=> { #form })
        })
    }

    /// Reads each of its literals by the same methods as its value, so that the compiler reports a
    /// type that cannot be read only once.
    fn literals(&self) -> Vec<TokenStream> {
        let Self { field, index, values, span, private, reader } = self;
        let (ty, span) = (field.ty, *span);
        let slot = |stage: &str, text: &LitStr| quote_spanned!(span=> #private::Decoder::check_literal(#values, #index, #stage, #text));
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
            Origin::Text { reading, default: Some(default), .. } => match default.value {
                Value::Text(text) => {
                    let read = self.text(reading, &slot("", text), None);
                    vec![quote!(let _ = #read;)]
                }
                Value::Expr(_) => Vec::new(),
            },
            Origin::Nested { .. } => vec![quote_spanned! {span=>
                <#ty as #private::Nested>::check_literals(#values, #index);
            }],
            Origin::Stage | Origin::Text { default: None, .. } | Origin::Path { .. } => Vec::new(),
        }
    }
}

/// Not to be seen by the user's expressions.
pub(crate) fn values() -> Ident {
    Ident::new("__values", Span::mixed_site())
}

pub(crate) fn local(field: &Field) -> Ident {
    format_ident!("__{}", field.index, span = Span::mixed_site())
}
