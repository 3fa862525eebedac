//! A deserializer whose errors hold nothing of what is read.
//!
//! The messages of serde quote values and keys, and those of a user's own `Deserialize` may say
//! anything. So whoever reads has [`Flaw`] as the type of its errors, which keeps what stands in
//! the code, such as the names of a struct's fields, and drops everything else.

use std::fmt::{self, Display};

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, Expected, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};

/// What stands before a message of ours. No message of `serde_json` begins like this, and no other
/// gets past [`Flaw::custom`].
const OURS: &str = "stage-config: ";

pub(super) const NOT_ALLOWED: &str = "a value that is not allowed there";

/// Why, in words that hold nothing of the text.
pub(super) fn why(error: &serde_json::Error) -> String {
    let message = error.to_string();
    if let Some(ours) = message.strip_prefix(OURS) {
        let end = ours.rfind(" at line ").unwrap_or(ours.len());
        return ours[..end].to_owned();
    }
    // Those of `serde_json` itself have the kind of the value in front of it.
    let kind = message.strip_prefix("invalid type: ").and_then(|rest| {
        KINDS.iter().find(|(theirs, _)| rest.starts_with(theirs)).map(|(_, ours)| *ours)
    });
    kind.map_or_else(|| NOT_ALLOWED.to_owned(), wrong_type)
}

const KINDS: [(&str, &str); 7] = [
    ("null", "`null`"),
    ("boolean", "a boolean"),
    ("integer", "a number"),
    ("floating point", "a number"),
    ("string", "a string"),
    ("sequence", "an array"),
    ("map", "an object"),
];

fn wrong_type(kind: &str) -> String {
    format!("{kind}, but another type is expected")
}

/// A deserializer, a visitor, a seed or an access: whoever uses it meets no error but [`Flaw`].
pub(super) struct Clean<T>(pub(super) T);

/// What went wrong.
#[derive(Debug)]
pub(super) enum Flaw<E> {
    /// With the deserializer itself.
    Below(E),
    /// With what was read from it; the words hold nothing of that.
    Here(String),
}

impl<E: Error> Flaw<E> {
    /// Down to the deserializer, which adds the position.
    fn down(self) -> E {
        match self {
            Self::Below(error) => error,
            Self::Here(why) => E::custom(format_args!("{OURS}{why}")),
        }
    }
}

impl<E: Error> Display for Flaw<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("malformed")
    }
}

impl<E: Error> std::error::Error for Flaw<E> {}

impl<E: Error> Error for Flaw<E> {
    fn custom<T: Display>(_: T) -> Self {
        Self::Here(NOT_ALLOWED.to_owned())
    }

    fn invalid_type(unexpected: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::Here(wrong_type(kind(unexpected)))
    }

    fn invalid_value(unexpected: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::Here(format!("{} that is not allowed there", kind(unexpected)))
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self::Here("too few or too many items".to_owned())
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::Here(format!("an unknown variant ({})", list("variants", expected)))
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Self::Here(format!("an unknown field ({})", list("fields", expected)))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Here(format!("missing field `{field}`"))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::Here(format!("duplicate field `{field}`"))
    }
}

fn kind(unexpected: Unexpected<'_>) -> &'static str {
    match unexpected {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "a number",
        Unexpected::Char(_) | Unexpected::Str(_) => "a string",
        Unexpected::Unit | Unexpected::Option => "`null`",
        Unexpected::Seq => "an array",
        Unexpected::Map => "an object",
        _ => "a value",
    }
}

fn list(what: &str, names: &[&str]) -> String {
    if names.is_empty() {
        return format!("there are no {what}");
    }
    format!("the {what} are `{}`", names.join("`, `"))
}

macro_rules! forward {
    ($($method:ident($($name:ident: $ty:ty),*))*) => {$(
        fn $method<V: Visitor<'de>>(
            self,
            $($name: $ty,)*
            visitor: V,
        ) -> Result<V::Value, Self::Error> {
            self.0.$method($($name,)* Clean(visitor)).map_err(Flaw::Below)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Clean<D> {
    type Error = Flaw<D::Error>;

    forward! {
        deserialize_any() deserialize_ignored_any() deserialize_identifier()
        deserialize_bool() deserialize_char() deserialize_str() deserialize_string()
        deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64() deserialize_i128()
        deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_u128()
        deserialize_f32() deserialize_f64() deserialize_bytes() deserialize_byte_buf()
        deserialize_option() deserialize_unit() deserialize_seq() deserialize_map()
        deserialize_unit_struct(name: &'static str)
        deserialize_newtype_struct(name: &'static str)
        deserialize_tuple(len: usize)
        deserialize_tuple_struct(name: &'static str, len: usize)
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

macro_rules! visit {
    ($($method:ident($($value:ident: $ty:ty)?))*) => {$(
        fn $method<E: Error>(self, $($value: $ty)?) -> Result<V::Value, E> {
            self.0.$method($($value)?).map_err(Flaw::down)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Clean<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    visit! {
        visit_bool(it: bool) visit_char(it: char) visit_none() visit_unit()
        visit_i8(it: i8) visit_i16(it: i16) visit_i32(it: i32) visit_i64(it: i64) visit_i128(it: i128)
        visit_u8(it: u8) visit_u16(it: u16) visit_u32(it: u32) visit_u64(it: u64) visit_u128(it: u128)
        visit_f32(it: f32) visit_f64(it: f64)
        visit_str(it: &str) visit_borrowed_str(it: &'de str) visit_string(it: String)
        visit_bytes(it: &[u8]) visit_borrowed_bytes(it: &'de [u8]) visit_byte_buf(it: Vec<u8>)
    }

    fn visit_some<D: Deserializer<'de>>(self, below: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(Clean(below)).map_err(Flaw::down)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, below: D) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(Clean(below)).map_err(Flaw::down)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, below: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(Clean(below)).map_err(Flaw::down)
    }

    fn visit_map<A: MapAccess<'de>>(self, below: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Clean(below)).map_err(Flaw::down)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, below: A) -> Result<V::Value, A::Error> {
        self.0.visit_enum(Clean(below)).map_err(Flaw::down)
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Clean<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, below: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Clean(below)).map_err(Flaw::down)
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Clean<A> {
    type Error = Flaw<A::Error>;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Self::Error> {
        self.0.next_element_seed(Clean(seed)).map_err(Flaw::Below)
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Clean<A> {
    type Error = Flaw<A::Error>;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Self::Error> {
        self.0.next_key_seed(Clean(seed)).map_err(Flaw::Below)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<S::Value, Self::Error> {
        self.0.next_value_seed(Clean(seed)).map_err(Flaw::Below)
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Clean<A> {
    type Error = Flaw<A::Error>;
    type Variant = Clean<A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), Self::Error> {
        let (value, variant) = self.0.variant_seed(Clean(seed)).map_err(Flaw::Below)?;
        Ok((value, Clean(variant)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Clean<A> {
    type Error = Flaw<A::Error>;

    fn unit_variant(self) -> Result<(), Self::Error> {
        self.0.unit_variant().map_err(Flaw::Below)
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<S::Value, Self::Error> {
        self.0.newtype_variant_seed(Clean(seed)).map_err(Flaw::Below)
    }

    forward! {
        tuple_variant(len: usize)
        struct_variant(fields: &'static [&'static str])
    }
}
