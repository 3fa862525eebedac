//! What a field's type is, asked of the type and not of its spelling: an alias, a full path and a
//! shadowed name must not mislead.
//!
//! An inherent constant wins over one of a trait, so `Probe::<Option<T>>::OPTIONAL` is the one
//! below and `Probe::<u32>::OPTIONAL` that of [`ProbeDefaults`].

use std::collections::{BTreeMap, HashMap};
use std::marker::PhantomData;
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

    /// Secret by its name only.
    struct SecretWord;
}
