//! A warm `get` allocates nothing. A test of its own: the counting allocator is the program's.

use stage_config::{ColdStart, StageConfig};

#[derive(StageConfig)]
struct Config {
    #[value(1)]
    one: u8,
}

#[tokio::test]
async fn a_warm_get_allocates_nothing() {
    static CONFIG: ColdStart<Config> = ColdStart::new().max_age(std::time::Duration::from_hours(1));
    assert_eq!(CONFIG.get().await.unwrap().one, 1);

    let mut warm = Box::pin(async {
        for _ in 0..1000 {
            assert_eq!(CONFIG.get().await.unwrap().one, 1);
        }
    });
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let allocations = allocation_counter::measure(|| {
        // It is ready at once, so it waits for no lock either.
        assert!(warm.as_mut().poll(&mut context).is_ready());
    });
    assert_eq!(allocations.count_total, 0);
}
