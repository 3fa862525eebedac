//! What a field's type is, asked of the type and not of its spelling: an alias, a full path and a
//! shadowed name must not mislead.
//!
//! An inherent constant wins over one of a trait, so `Probe::<Option<T>>::OPTIONAL` is the one
//! below and `Probe::<u32>::OPTIONAL` that of [`ProbeDefaults`].

use std::collections::{BTreeMap, HashMap};
use std::marker::PhantomData;
use std::num::NonZero;
use std::rc::Rc;
use std::sync::Arc;

use secrecy::SecretBox;
use secrecy::zeroize::Zeroize;

/// Asks after `T`, with [`ProbeDefaults`] in scope.
#[derive(Debug)]
pub struct Probe<T: ?Sized>(PhantomData<T>);

/// The answers for all other types.
pub trait ProbeDefaults {
    /// Whether the type has a value for what is absent.
    const OPTIONAL: bool = false;
    /// Whether the type keeps its value secret.
    const SECRET: bool = false;
    /// How its values are written.
    const WRITTEN: Written = Written::Otherwise;
}

impl<T: ?Sized> ProbeDefaults for Probe<T> {}

impl<T> Probe<Option<T>> {
    /// It has `None`.
    pub const OPTIONAL: bool = true;
}

impl<T: KeepsSecret + ?Sized> Probe<T> {
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

impl<T: IsNumber> Probe<T> {
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

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    macro_rules! secret {
        ($($ty:ty),* $(,)?) => { [$(Probe::<$ty>::SECRET),*] };
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
            Probe::<Port>::WRITTEN,
            Probe::<Option<i128>>::WRITTEN,
            Probe::<std::num::NonZeroU32>::WRITTEN,
            Probe::<f64>::WRITTEN,
            Probe::<bool>::WRITTEN,
        ];
        assert_eq!(written, [Integer, Integer, NonZero, Float, Bool]);
        let others = [
            Probe::<String>::WRITTEN,
            Probe::<char>::WRITTEN,
            Probe::<Vec<u8>>::WRITTEN,
            Probe::<&'static str>::WRITTEN,
            Probe::<Option<String>>::WRITTEN,
            Probe::<SecretBox<u32>>::WRITTEN,
        ];
        assert_eq!(others, [Written::Otherwise; 6]);
    }

    /// Secret by its name only.
    struct SecretWord;
}
