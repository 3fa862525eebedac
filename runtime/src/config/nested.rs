//! A configuration as a field of another one.

use crate::config::StageConfig;
use crate::decode::decoder::Decoder;
use crate::schema::names::At;
use crate::schema::table::ParameterTable;

/// What can be a `#[nested]` field: a configuration, or an `Option` of one.
pub trait Nested: Sized {
    /// The struct of its names at one stage.
    type Parameters;
    /// What it reads.
    const TABLE: &'static ParameterTable;

    /// Fills it from the values of a load. `None` where there are problems, which are noted.
    fn assemble(values: &mut Decoder<'_>) -> Option<Self>;

    /// Its names at one stage.
    fn parameters(at: At) -> Self::Parameters;

    /// Notes a problem for each of its literals that cannot be read.
    fn check_literals(values: &mut Decoder<'_>, index: usize);

    /// Fills it for the field in row `index` of the struct around it.
    fn read(values: &mut Decoder<'_>, index: usize) -> Option<Self> {
        Self::assemble(&mut values.nested(index))
    }
}

impl<T: StageConfig> Nested for T {
    type Parameters = T::__Names;
    const TABLE: &'static ParameterTable = T::PARAMETERS;

    fn assemble(values: &mut Decoder<'_>) -> Option<Self> {
        T::__assemble(values)
    }

    fn parameters(at: At) -> Self::Parameters {
        T::__parameters(at)
    }

    fn check_literals(values: &mut Decoder<'_>, index: usize) {
        T::__check_literals(&mut values.nested(index));
    }
}

/// `None` where it has parameters, and none of them exists.
impl<T: StageConfig> Nested for Option<T> {
    type Parameters = T::__Names;
    const TABLE: &'static ParameterTable = T::PARAMETERS;

    fn assemble(values: &mut Decoder<'_>) -> Option<Self> {
        if values.none_exists() {
            return Some(None);
        }
        let read = T::__assemble(values);
        if read.is_none() {
            values.explain_part();
        }
        read.map(Some)
    }

    fn parameters(at: At) -> Self::Parameters {
        T::__parameters(at)
    }

    fn check_literals(values: &mut Decoder<'_>, index: usize) {
        T::__check_literals(&mut values.nested(index));
    }
}
