//! What a configuration reads, and what follows from that without a load.

pub(crate) mod describe;
pub(crate) mod fits;
pub(crate) mod names;
pub(crate) mod parameter;
pub(crate) mod stage;
pub(crate) mod table;

pub use self::names::AskedName;
pub use self::parameter::Parameter;
pub use self::table::{Field, Kind, Names, ParameterTable};
