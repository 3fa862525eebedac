//! Chooses how a field is decoded by its type, and says what that type is. An `Option` may be
//! absent, a `&'static str` takes a literal as it is, a secret is never made of an expression; all
//! other types are read from text or by a conversion.
//!
//! The type itself decides, not its spelling: an alias, a full path or a shadowed name must not
//! mislead. The derive names a method or a constant of `FieldType::<T>`, and the compiler prefers
//! one of the type itself to one of the trait [`FieldTypeDefaults`]. The bounds are on the methods,
//! so that a type that cannot be read is one error and not a page. The methods have names that no
//! trait in the user's scope has.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::marker::PhantomData;
use std::num::NonZero;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretBox;
use secrecy::zeroize::Zeroize;

use crate::decode::convert::{Convert, Text};
use crate::decode::field::FieldDecoder;
use crate::decode::types::FromText;
use crate::schema::Reads;
use crate::schema::reads::Item;

/// A field of type `T`, to be used with [`FieldTypeDefaults`] in scope.
#[derive(Debug)]
pub struct FieldType<T: ?Sized>(PhantomData<fn() -> *const T>);

impl<T: ?Sized> FieldType<T> {
    /// The only value.
    pub const NEW: Self = Self(PhantomData);
}

/// What holds for every type that has nothing of its own.
pub trait FieldTypeDefaults<T: ?Sized> {
    /// Whether the type has a value for what is absent.
    const OPTIONAL: bool = false;
    /// Whether the type keeps its value secret.
    const SECRET: bool = false;
    /// How source code writes its values.
    const WRITTEN: Written = Written::Otherwise;
    /// What a text is read as.
    const READS: Reads = Reads::UNKNOWN;

    /// Decodes the field. `None` if there is a problem, which is noted.
    fn __stage_config_read<M>(&self, field: FieldDecoder<'_, '_>) -> Option<T>
    where
        T: FromText<M>,
    {
        field.required(&Text)
    }

    /// The same, with the default if the value is absent.
    fn __stage_config_read_or<M>(
        &self,
        field: FieldDecoder<'_, '_>,
        default: impl FnOnce() -> T,
    ) -> Option<T>
    where
        T: FromText<M>,
    {
        field.required_or(&Text, default)
    }

    /// Decodes the field by a conversion.
    fn __stage_config_convert<C, M>(&self, field: FieldDecoder<'_, '_>, conversion: C) -> Option<T>
    where
        T: Sized,
        C: Convert<T, M>,
    {
        field.required(&conversion)
    }

    /// The same, with the default if the value is absent.
    fn __stage_config_convert_or<C, M>(
        &self,
        field: FieldDecoder<'_, '_>,
        conversion: C,
        default: impl FnOnce() -> T,
    ) -> Option<T>
    where
        T: Sized,
        C: Convert<T, M>,
    {
        field.required_or(&conversion, default)
    }

    /// Reads a literal as text.
    fn __stage_config_literal<M>(&self, field: FieldDecoder<'_, '_>) -> Option<T>
    where
        T: FromText<M>,
    {
        field.required(&Text)
    }

    /// Evaluates an expression.
    fn __stage_config_make(&self, make: impl FnOnce() -> T) -> Option<T>
    where
        T: Sized,
    {
        Some(make())
    }
}

impl<T: ?Sized> FieldTypeDefaults<T> for FieldType<T> {}

/// An `Option` is `None` if the value is absent. An assertion refuses a default beside it, and is
/// to be the only error; so the default may be of any type here.
#[expect(clippy::needless_pass_by_value, reason = "so the derive has less to write")]
impl<T> FieldType<Option<T>> {
    /// It has `None`.
    pub const OPTIONAL: bool = true;

    /// Decodes the field.
    pub fn __stage_config_read<M>(&self, field: FieldDecoder<'_, '_>) -> Option<Option<T>>
    where
        T: FromText<M>,
    {
        field.optional(&Text)
    }

    /// The same.
    pub fn __stage_config_read_or<M, D>(
        &self,
        field: FieldDecoder<'_, '_>,
        _: impl FnOnce() -> D,
    ) -> Option<Option<T>>
    where
        T: FromText<M>,
    {
        field.optional(&Text)
    }

    /// Decodes the field by a conversion.
    pub fn __stage_config_convert<C, M>(
        &self,
        field: FieldDecoder<'_, '_>,
        conversion: C,
    ) -> Option<Option<T>>
    where
        C: Convert<T, M>,
    {
        field.optional(&conversion)
    }

    /// The same.
    pub fn __stage_config_convert_or<C, M, D>(
        &self,
        field: FieldDecoder<'_, '_>,
        conversion: C,
        _: impl FnOnce() -> D,
    ) -> Option<Option<T>>
    where
        C: Convert<T, M>,
    {
        field.optional(&conversion)
    }

    /// Reads a literal as text.
    pub fn __stage_config_literal<M>(&self, field: FieldDecoder<'_, '_>) -> Option<Option<T>>
    where
        T: FromText<M>,
    {
        field.optional(&Text)
    }
}

impl FieldType<&'static str> {
    /// Takes a literal as it is.
    pub fn __stage_config_literal(&self, field: FieldDecoder<'_, '_>) -> Option<&'static str> {
        Some(field.literal())
    }
}

/// An assertion refuses a secret in the source code, and is to be the only error.
#[expect(clippy::needless_pass_by_value, reason = "so the derive has less to write")]
impl<T: Zeroize + ?Sized> FieldType<SecretBox<T>> {
    /// Takes any expression, and never evaluates it.
    pub fn __stage_config_make<D>(&self, _: impl FnOnce() -> D) -> Option<SecretBox<T>> {
        None
    }

    /// The same for a default.
    pub fn __stage_config_read_or<M, D>(
        &self,
        field: FieldDecoder<'_, '_>,
        _: impl FnOnce() -> D,
    ) -> Option<SecretBox<T>>
    where
        SecretBox<T>: FromText<M>,
    {
        field.required(&Text)
    }

    /// The same, by a conversion.
    pub fn __stage_config_convert_or<C, M, D>(
        &self,
        field: FieldDecoder<'_, '_>,
        conversion: C,
        _: impl FnOnce() -> D,
    ) -> Option<SecretBox<T>>
    where
        C: Convert<SecretBox<T>, M>,
    {
        field.required(&conversion)
    }
}

impl<T: KeepsSecret + ?Sized> FieldType<T> {
    /// It does.
    pub const SECRET: bool = true;
}

/// A secret, or what holds secrets.
pub trait KeepsSecret {}

impl<T: Zeroize + ?Sized> KeepsSecret for SecretBox<T> {}
impl<T: KeepsSecret> KeepsSecret for Option<T> {}
impl<T: KeepsSecret> KeepsSecret for Vec<T> {}
impl<T: KeepsSecret, const N: usize> KeepsSecret for [T; N] {}
impl<T: KeepsSecret + ?Sized> KeepsSecret for Box<T> {}
impl<T: KeepsSecret + ?Sized> KeepsSecret for Rc<T> {}
impl<T: KeepsSecret + ?Sized> KeepsSecret for Arc<T> {}
impl<K, T: KeepsSecret> KeepsSecret for BTreeMap<K, T> {}
impl<K, T: KeepsSecret, S> KeepsSecret for HashMap<K, T, S> {}

impl<T: IsNumber> FieldType<T> {
    /// Without quotes.
    pub const WRITTEN: Written = T::WRITTEN;
}

/// How the values of a type are written in source code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// `5`
    Integer,
    /// By the constructor of [`NonZero`].
    NonZero,
    /// `5.0`
    Float,
    /// `true`
    Bool,
    /// The type is not a number or `bool`.
    Otherwise,
}

/// A number or `bool`, or an `Option` of one.
pub trait IsNumber {
    /// How its values, or those within the `Option`, are written.
    const WRITTEN: Written;
}

impl<T: IsNumber> IsNumber for Option<T> {
    const WRITTEN: Written = T::WRITTEN;
}

macro_rules! numbers {
    ($($written:ident: $($ty:ty)*;)*) => {
        $($(impl IsNumber for $ty { const WRITTEN: Written = Written::$written; })*)*
    };
}

numbers! {
    Integer: u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    NonZero: NonZero<u8> NonZero<u16> NonZero<u32> NonZero<u64> NonZero<u128> NonZero<usize>
        NonZero<i8> NonZero<i16> NonZero<i32> NonZero<i64> NonZero<i128> NonZero<isize>;
    Float: f32 f64;
    Bool: bool;
}

impl<T: IsReadAs + ?Sized> FieldType<T> {
    /// It is known.
    pub const READS: Reads = T::READS;
}

/// A type whose way to read a text is known.
pub trait IsReadAs {
    /// What a text is read as; of a map, the text of each value.
    const READS: Reads;
}

impl<T: IsReadAs> IsReadAs for Option<T> {
    const READS: Reads = T::READS;
}

impl<T: IsReadAs + Zeroize + ?Sized> IsReadAs for SecretBox<T> {
    const READS: Reads = T::READS;
}

impl<T: IsReadAs> IsReadAs for Vec<T> {
    const READS: Reads = Reads::list(T::READS);
}

impl<T: IsReadAs> IsReadAs for BTreeMap<String, T> {
    const READS: Reads = T::READS;
}

impl<T: IsReadAs, S> IsReadAs for HashMap<String, T, S> {
    const READS: Reads = T::READS;
}

macro_rules! read_as {
    ($($item:ident: $($ty:ty),*;)*) => {
        $($(impl IsReadAs for $ty { const READS: Reads = Reads::one(Item::$item); })*)*
    };
}

read_as! {
    Text: str, String, Box<str>, Arc<str>, PathBuf, OsString;
    Bool: bool;
    Char: char;
    U8: u8;
    U16: u16;
    U32: u32;
    U64: u64;
    U128: u128;
    Usize: usize;
    I8: i8;
    I16: i16;
    I32: i32;
    I64: i64;
    I128: i128;
    Isize: isize;
    F32: f32;
    F64: f64;
    NonZeroU8: NonZero<u8>;
    NonZeroU16: NonZero<u16>;
    NonZeroU32: NonZero<u32>;
    NonZeroU64: NonZero<u64>;
    NonZeroU128: NonZero<u128>;
    NonZeroUsize: NonZero<usize>;
    NonZeroI8: NonZero<i8>;
    NonZeroI16: NonZero<i16>;
    NonZeroI32: NonZero<i32>;
    NonZeroI64: NonZero<i64>;
    NonZeroI128: NonZero<i128>;
    NonZeroIsize: NonZero<isize>;
    Duration: Duration;
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    macro_rules! secret {
        ($($ty:ty),* $(,)?) => { [$(FieldType::<$ty>::SECRET),*] };
    }

    #[test]
    fn a_secret_is_one_however_it_is_held() {
        type Alias = SecretString;
        let secret = secret![
            Alias,
            SecretBox<Vec<u8>>,
            Option<SecretString>,
            Vec<SecretBox<u8>>,
            Option<Vec<Vec<SecretBox<u8>>>>,
            BTreeMap<String, SecretString>,
            HashMap<String, Vec<SecretBox<u8>>>,
            Option<HashMap<String, SecretString>>,
            Box<SecretString>,
            Rc<SecretBox<u8>>,
            Option<Arc<SecretString>>,
            [SecretString; 2],
        ];
        assert_eq!(secret, [true; 12]);
    }

    #[test]
    fn all_else_is_none() {
        let secret = secret![
            str,
            Option<u8>,
            Vec<String>,
            BTreeMap<SecretWord, u8>,
            SecretWord,
            Box<str>,
            Arc<[u8; 2]>,
        ];
        assert_eq!(secret, [false; 7]);
    }

    #[test]
    fn numbers_are_written_without_quotes_whatever_they_are_called() {
        use Written::{Bool, Float, Integer, NonZero};
        type Port = u16;
        let written = [
            FieldType::<Port>::WRITTEN,
            FieldType::<Option<i128>>::WRITTEN,
            FieldType::<std::num::NonZeroU32>::WRITTEN,
            FieldType::<f64>::WRITTEN,
            FieldType::<bool>::WRITTEN,
        ];
        assert_eq!(written, [Integer, Integer, NonZero, Float, Bool]);
        let others = [
            FieldType::<String>::WRITTEN,
            FieldType::<char>::WRITTEN,
            FieldType::<Vec<u8>>::WRITTEN,
            FieldType::<&'static str>::WRITTEN,
            FieldType::<Option<String>>::WRITTEN,
            FieldType::<SecretBox<u32>>::WRITTEN,
        ];
        assert_eq!(others, [Written::Otherwise; 6]);
    }

    #[test]
    fn what_a_text_is_read_as_is_a_fact_about_the_type() {
        type Port = u16;
        let reads = [
            FieldType::<Port>::READS,
            FieldType::<Option<std::num::NonZeroU32>>::READS,
            FieldType::<SecretString>::READS,
            FieldType::<Option<SecretBox<u64>>>::READS,
            FieldType::<Vec<Duration>>::READS,
            FieldType::<SecretBox<Vec<u8>>>::READS,
            FieldType::<BTreeMap<String, Option<bool>>>::READS,
            FieldType::<HashMap<String, Vec<char>>>::READS,
            FieldType::<&'static str>::READS,
            FieldType::<Vec<Vec<u8>>>::READS,
            FieldType::<Vec<SecretWord>>::READS,
            FieldType::<SecretWord>::READS,
        ];
        let words = [
            "u16",
            "nonzero u32",
            "text",
            "u64",
            "[duration]",
            "[u8]",
            "bool",
            "[char]",
            "",
            "",
            "",
            "",
        ];
        assert_eq!(reads.map(|reads| reads.to_string()), words);
    }

    /// Secret by its name only.
    struct SecretWord;
}
