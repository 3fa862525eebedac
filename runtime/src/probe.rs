//! What a field's type is, asked of the type and not of its spelling: an alias, a full path and a
//! shadowed name must not mislead.
//!
//! An inherent constant wins over one of a trait, so `Probe::<Option<T>>::OPTIONAL` is the one
//! below and `Probe::<u32>::OPTIONAL` that of [`ProbeDefaults`].

use std::marker::PhantomData;

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

impl<T: Zeroize + ?Sized> Probe<SecretBox<T>> {
    /// It is.
    pub const SECRET: bool = true;
}

impl<T: Zeroize + ?Sized> Probe<Option<SecretBox<T>>> {
    /// It is.
    pub const SECRET: bool = true;
}

impl<T: Zeroize + ?Sized> Probe<Vec<SecretBox<T>>> {
    /// It is.
    pub const SECRET: bool = true;
}

impl<T: Zeroize + ?Sized> Probe<Option<Vec<SecretBox<T>>>> {
    /// It is.
    pub const SECRET: bool = true;
}
