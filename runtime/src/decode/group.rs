//! Fields that are decoded together.

use crate::decode::decoder::Decoder;

/// What generated code has decoded: a tuple of `Option`s.
pub trait Group {
    /// The tuple without the `Option`s.
    type Values;

    /// The values. `None` if one is missing.
    fn values(self) -> Option<Self::Values>;
}

impl Decoder<'_> {
    /// Decodes a group of fields. `None` if one has a problem, which is noted.
    ///
    /// It is a function of its own, and stays one: the compile time of a function grows faster than
    /// the number of its values that are dropped if a later one panics.
    #[inline(never)]
    pub fn group<G: Group>(&mut self, decode: impl FnOnce(&mut Self) -> G) -> Option<G::Values> {
        decode(self).values()
    }
}

macro_rules! groups {
    () => {};
    ($first:ident $($other:ident)*) => {
        impl<$first, $($other),*> Group for (Option<$first>, $(Option<$other>,)*) {
            type Values = ($first, $($other,)*);

            #[expect(non_snake_case, reason = "the names of the types are those of the values")]
            fn values(self) -> Option<Self::Values> {
                let (Some($first), $(Some($other),)*) = self else { return None };
                Some(($first, $($other,)*))
            }
        }

        groups!($($other)*);
    };
}

// The derive makes groups of up to 16.
groups!(A B C D E F G H I J K L M N O P);
