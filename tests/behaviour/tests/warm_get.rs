//! A warm `get` allocates nothing. A test of its own: the counting allocator is the program's.

use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use stage_config::{ColdStart, StageConfig};

#[derive(StageConfig)]
struct Config {
    #[value(1)]
    one: u8,
}

#[tokio::test]
async fn a_warm_get_allocates_nothing() {
    static PLAIN: ColdStart<Config> = ColdStart::new();
    static AGEING: ColdStart<Config> = ColdStart::new().max_age(Duration::from_hours(1));
    for config in [&PLAIN, &AGEING] {
        assert_eq!(config.get().await.unwrap().one, 1);

        let mut warm = pin!(async {
            for _ in 0..1000 {
                assert_eq!(config.get().await.unwrap().one, 1);
            }
        });
        let mut context = Context::from_waker(Waker::noop());
        let allocations = allocation_counter::measure(|| {
            // It is ready at once, so it waits for no lock either.
            assert!(warm.as_mut().poll(&mut context).is_ready());
        });
        assert_eq!(allocations.count_total, 0);
    }
}
