//! Nested configurations.

use crate::config::StageConfig;
use crate::decode::decoder::Decoder;
use crate::schema::names::FromNames;
use crate::schema::table::ParameterTable;

/// The type of a `#[nested]` field: a configuration, or an `Option` of one.
pub trait Nested: Sized {
    /// The configuration.
    type Config: StageConfig;
    /// The struct of its names at one stage.
    type Names: FromNames;
    /// Everything that it reads.
    const TABLE: &'static ParameterTable = Self::Config::PARAMETERS;
    /// The same, as tools read it in a program.
    const DESCRIPTION: &'static [u8] = Self::Config::__DESCRIPTION;

    /// Fills it from the decoder of a load. If it returns `None`, the decoder has a problem.
    fn assemble(decoder: &mut Decoder<'_>) -> Option<Self>;

    /// Adds a problem for each of its literals that does not convert.
    fn check_literals(decoder: &mut Decoder<'_>, index: usize) {
        Self::Config::__check_literals(&mut decoder.nested(index));
    }

    /// Fills it for the field in row `index` of the outer struct.
    fn read(decoder: &mut Decoder<'_>, index: usize) -> Option<Self> {
        Self::assemble(&mut decoder.nested(index))
    }
}

impl<T: StageConfig> Nested for T {
    type Config = T;
    type Names = T::__Names;

    fn assemble(decoder: &mut Decoder<'_>) -> Option<Self> {
        T::__assemble(decoder)
    }
}

/// `None` if the struct has parameters and none of them exists.
impl<T: StageConfig> Nested for Option<T> {
    type Config = T;
    type Names = T::__Names;

    fn assemble(decoder: &mut Decoder<'_>) -> Option<Self> {
        if decoder.none_exists() {
            return Some(None);
        }
        let read = T::__assemble(decoder);
        if read.is_none() {
            decoder.explain_part();
        }
        read.map(Some)
    }
}
