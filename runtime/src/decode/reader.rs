//! Reads a field by its type: an `Option` may be absent, a `&'static str` takes a literal as it is,
//! a secret is not made of an expression, all others are read from text or by a conversion.
//!
//! The derive calls a method on `Reader::<FieldType>::NEW`, and the compiler prefers one of the type
//! itself to the one of the trait. The bounds stand on the methods, so that a type that cannot be
//! read is one error and not a page. They have names that no trait in the user's scope has.

use std::marker::PhantomData;

use secrecy::SecretBox;
use secrecy::zeroize::Zeroize;

use crate::decode::convert::{Convert, Text};
use crate::decode::field::Slot;
use crate::decode::text::FromText;

/// Reads a `T`.
#[derive(Debug)]
pub struct Reader<T>(PhantomData<fn() -> T>);

impl<T> Reader<T> {
    /// The only one there is.
    pub const NEW: Self = Self(PhantomData);
}

/// For all types that have nothing of their own.
pub trait ReadPlain<T> {
    /// What the slot holds; `None` where that is a problem, which the slot has then noted.
    fn __stage_config_read<M>(&self, slot: Slot<'_, '_>) -> Option<T>
    where
        T: FromText<M>,
    {
        slot.required(&Text)
    }

    /// The same, or the default where the value is absent.
    fn __stage_config_read_or<M>(
        &self,
        slot: Slot<'_, '_>,
        default: impl FnOnce() -> T,
    ) -> Option<T>
    where
        T: FromText<M>,
    {
        Some(slot.present(&Text)?.unwrap_or_else(default))
    }

    /// What the slot holds, by a conversion.
    fn __stage_config_convert<C, M>(&self, slot: Slot<'_, '_>, conversion: C) -> Option<T>
    where
        C: Convert<T, M>,
    {
        slot.required(&conversion)
    }

    /// The same, or the default where the value is absent.
    fn __stage_config_convert_or<C, M>(
        &self,
        slot: Slot<'_, '_>,
        conversion: C,
        default: impl FnOnce() -> T,
    ) -> Option<T>
    where
        C: Convert<T, M>,
    {
        Some(slot.present(&conversion)?.unwrap_or_else(default))
    }

    /// A literal, read as text is.
    fn __stage_config_literal<M>(&self, slot: Slot<'_, '_>) -> Option<T>
    where
        T: FromText<M>,
    {
        slot.required(&Text)
    }

    /// What an expression makes.
    fn __stage_config_make(&self, make: impl FnOnce() -> T) -> Option<T> {
        Some(make())
    }
}

impl<T> ReadPlain<T> for Reader<T> {}

/// An `Option` is `None` where the value is absent. A default beside it is refused by an assertion,
/// which is to be the only error; so it may be anything here.
#[expect(clippy::needless_pass_by_value, reason = "so the derive has less to write")]
impl<T> Reader<Option<T>> {
    /// What the slot holds.
    pub fn __stage_config_read<M>(&self, slot: Slot<'_, '_>) -> Option<Option<T>>
    where
        T: FromText<M>,
    {
        slot.optional(&Text)
    }

    /// The same.
    pub fn __stage_config_read_or<M, D>(
        &self,
        slot: Slot<'_, '_>,
        _: impl FnOnce() -> D,
    ) -> Option<Option<T>>
    where
        T: FromText<M>,
    {
        slot.optional(&Text)
    }

    /// What the slot holds, by a conversion.
    pub fn __stage_config_convert<C, M>(
        &self,
        slot: Slot<'_, '_>,
        conversion: C,
    ) -> Option<Option<T>>
    where
        C: Convert<T, M>,
    {
        slot.optional(&conversion)
    }

    /// The same.
    pub fn __stage_config_convert_or<C, M, D>(
        &self,
        slot: Slot<'_, '_>,
        conversion: C,
        _: impl FnOnce() -> D,
    ) -> Option<Option<T>>
    where
        C: Convert<T, M>,
    {
        slot.optional(&conversion)
    }

    /// A literal, read as text is.
    pub fn __stage_config_literal<M>(&self, slot: Slot<'_, '_>) -> Option<Option<T>>
    where
        T: FromText<M>,
    {
        slot.optional(&Text)
    }
}

impl Reader<&'static str> {
    /// A literal as it is.
    pub fn __stage_config_literal(&self, slot: Slot<'_, '_>) -> Option<&'static str> {
        Some(slot.literal())
    }
}

/// A secret in the source code is refused by an assertion, which is to be the only error.
#[expect(clippy::needless_pass_by_value, reason = "so the derive has less to write")]
impl<T: Zeroize + ?Sized> Reader<SecretBox<T>> {
    /// Anything, which is never made.
    pub fn __stage_config_make<D>(&self, _: impl FnOnce() -> D) -> Option<SecretBox<T>> {
        None
    }

    /// The same for a default.
    pub fn __stage_config_read_or<M, D>(
        &self,
        slot: Slot<'_, '_>,
        _: impl FnOnce() -> D,
    ) -> Option<SecretBox<T>>
    where
        SecretBox<T>: FromText<M>,
    {
        slot.required(&Text)
    }

    /// The same, by a conversion.
    pub fn __stage_config_convert_or<C, M, D>(
        &self,
        slot: Slot<'_, '_>,
        conversion: C,
        _: impl FnOnce() -> D,
    ) -> Option<SecretBox<T>>
    where
        C: Convert<SecretBox<T>, M>,
    {
        slot.required(&conversion)
    }
}
