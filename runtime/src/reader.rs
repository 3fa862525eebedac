//! Reads a field by its type: an `Option` may be absent, a `&'static str` takes a literal as it is,
//! all others are read by a conversion.
//!
//! The derive calls one method on `&&&Reader::<FieldType>::NEW`; the compiler takes the first trait
//! that fits, from the most references to the fewest. Each trait is there for every type, and the
//! bound stands on the method, so that a type that cannot be read is one error and not a page. The
//! methods have names that no trait in the user's scope has.

use std::marker::PhantomData;

use crate::convert::{Convert, Text};
use crate::value::FromText;
use crate::slot::Slot;

/// Reads a `T`.
#[derive(Debug)]
pub struct Reader<T>(PhantomData<fn() -> T>);

impl<T> Reader<T> {
    /// The only one there is.
    pub const NEW: Self = Self(PhantomData);
}

/// For all types.
pub trait ReadPlain<T> {
    /// What the slot holds; `None` where that is a problem, which the slot has then noted.
    fn __stage_config_read<C, M>(&self, slot: Slot<'_, '_>, conversion: C) -> Option<T>
    where
        C: Convert<T, M>;

    /// The same, or the default where the value is absent.
    fn __stage_config_read_or<C, M>(
        &self,
        slot: Slot<'_, '_>,
        conversion: C,
        default: impl FnOnce() -> T,
    ) -> Option<T>
    where
        C: Convert<T, M>;
}

impl<T> ReadPlain<T> for Reader<T> {
    fn __stage_config_read<C, M>(&self, slot: Slot<'_, '_>, conversion: C) -> Option<T>
    where
        C: Convert<T, M>,
    {
        slot.required(&conversion)
    }

    fn __stage_config_read_or<C, M>(
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
}

/// For `Option`.
pub trait ReadOption<T> {
    /// What the slot holds; `Some(None)` where the value is absent.
    fn __stage_config_read<C, M>(&self, slot: Slot<'_, '_>, conversion: C) -> Option<Option<T>>
    where
        C: Convert<T, M>;

    /// A default beside an `Option` is refused by an assertion of its own. This is here so that it
    /// is the only error.
    fn __stage_config_read_or<C, M>(
        &self,
        slot: Slot<'_, '_>,
        conversion: C,
        default: impl FnOnce() -> Option<T>,
    ) -> Option<Option<T>>
    where
        C: Convert<T, M>;
}

impl<T> ReadOption<T> for &Reader<Option<T>> {
    fn __stage_config_read<C, M>(&self, slot: Slot<'_, '_>, conversion: C) -> Option<Option<T>>
    where
        C: Convert<T, M>,
    {
        slot.optional(&conversion)
    }

    fn __stage_config_read_or<C, M>(
        &self,
        slot: Slot<'_, '_>,
        conversion: C,
        default: impl FnOnce() -> Option<T>,
    ) -> Option<Option<T>>
    where
        C: Convert<T, M>,
    {
        Some(slot.optional(&conversion)?.or_else(default))
    }
}

/// For literals of all types.
pub trait ReadLiteral<T> {
    /// The literal as a `T`.
    fn __stage_config_read_literal<M>(&self, slot: Slot<'_, '_>) -> Option<T>
    where
        T: FromText<M>;
}

impl<T> ReadLiteral<T> for Reader<T> {
    fn __stage_config_read_literal<M>(&self, slot: Slot<'_, '_>) -> Option<T>
    where
        T: FromText<M>,
    {
        slot.required(&Text)
    }
}

/// For literals of `Option`.
pub trait ReadLiteralOption<T> {
    /// The literal as a `T`.
    fn __stage_config_read_literal<M>(&self, slot: Slot<'_, '_>) -> Option<Option<T>>
    where
        T: FromText<M>;
}

impl<T> ReadLiteralOption<T> for &Reader<Option<T>> {
    fn __stage_config_read_literal<M>(&self, slot: Slot<'_, '_>) -> Option<Option<T>>
    where
        T: FromText<M>,
    {
        slot.optional(&Text)
    }
}

/// For literals that stay as they are.
pub trait ReadStatic {
    /// The literal.
    fn __stage_config_read_literal(&self, slot: Slot<'_, '_>) -> Option<&'static str>;
}

impl ReadStatic for &Reader<&'static str> {
    fn __stage_config_read_literal(&self, slot: Slot<'_, '_>) -> Option<&'static str> {
        Some(slot.literal())
    }
}
