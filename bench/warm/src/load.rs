//! A load from [`Fixed`]: everything but the requests.

use std::sync::Arc;

use stage_config::{Fixed, StageConfig};
use tokio::runtime::Runtime;

use self::structs::{FourThousand, Hundred, One, Ten, Thousand};

mod structs {
    #![allow(clippy::large_stack_arrays, dead_code, reason = "4,000 fields that nobody reads")]

    use stage_config::StageConfig;

    include!(concat!(env!("OUT_DIR"), "/structs.rs"));
}

/// How many parameters the structs have.
pub const SIZES: [usize; 5] = [1, 10, 100, 1_000, 4_000];

/// What is there before the load.
pub struct Load {
    size: usize,
    runtime: Runtime,
    source: Arc<Fixed>,
}

impl Load {
    /// A load of the struct with `size` parameters.
    ///
    /// # Panics
    /// If no struct has this size.
    pub fn of(size: usize) -> Self {
        assert!(SIZES.contains(&size));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        let parameters = (0..size).map(|field| (format!("/bench/prod/{field}"), "value"));
        let source = Arc::new(parameters.collect());
        Self { size, runtime: runtime.expect("a runtime without I/O"), source }
    }

    /// Loads, and drops the struct.
    pub fn run(&self) {
        match self.size {
            1 => self.load::<One>(),
            10 => self.load::<Ten>(),
            100 => self.load::<Hundred>(),
            1_000 => self.load::<Thousand>(),
            _ => self.load::<FourThousand>(),
        }
    }

    fn load<T: StageConfig>(&self) {
        let loader = T::loader().stage("prod").source(Arc::clone(&self.source));
        assert!(self.runtime.block_on(loader.load()).is_ok());
    }
}
