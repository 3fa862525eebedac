//! How much a load allocates. A test of its own: the counting allocator is the program's.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use stage_config::{Fixed, StageConfig};

macro_rules! of_ten {
    ($name:ident, $attribute:ident, $ty:ty) => {
        #[derive(StageConfig)]
        #[stage_config(stages(dev, prod))]
        #[expect(dead_code, reason = "it is only loaded")]
        struct $name {
            #[$attribute("/0")]
            a: $ty,
            #[$attribute("/1")]
            b: $ty,
            #[$attribute("/2")]
            c: $ty,
            #[$attribute("/3")]
            d: $ty,
            #[$attribute("/4")]
            e: $ty,
            #[$attribute("/5")]
            f: $ty,
            #[$attribute("/6")]
            g: $ty,
            #[$attribute("/7")]
            h: $ty,
            #[$attribute("/8")]
            i: $ty,
            #[$attribute("/{stage}")]
            j: $ty,
        }
    };
}

of_ten!(Ten, ssm, String);
of_ten!(Hundred, nested, Ten);
of_ten!(Thousand, nested, Hundred);

/// The allocations of one load, for each parameter.
fn allocations<T: StageConfig>(deployed: &str, chosen: &str, levels: u32) -> u64 {
    let level = |at: u32| if at == 9 { format!("/{chosen}") } else { format!("/{at}") };
    let name = |at: u32| -> String {
        (0..levels).map(|digit| level(at / 10_u32.pow(digit) % 10)).collect()
    };
    let count = 10_u32.pow(levels);
    let parameters = (0..count).map(|at| (name(at), "the text of a parameter"));
    let source: Arc<Fixed> = Arc::new(parameters.collect::<Fixed>());
    let mut loaded = None;
    let allocations = allocation_counter::measure(|| {
        let load = pin!(T::loader().stage(deployed).source(source).load());
        loaded = Some(load.poll(&mut Context::from_waker(Waker::noop())));
    });
    assert!(matches!(loaded, Some(Poll::Ready(Ok(_)))));
    allocations.count_total.div_ceil(count.into())
}

/// The text in the field is one, and a name with a prefix or a stage is two or three.
#[test]
fn a_load_allocates_a_few_times_for_each_parameter() {
    for (deployed, chosen) in [("prod", "prod"), ("featureX", "dev")] {
        let of_hundred = allocations::<Hundred>(deployed, chosen, 2);
        let of_thousand = allocations::<Thousand>(deployed, chosen, 3);
        assert!(of_hundred <= 6 && of_thousand <= 6, "{of_hundred}, {of_thousand}");
    }
}

#[derive(StageConfig)]
#[stage_config(stages(dev, prod))]
struct Nothing {
    #[value(1)]
    one: u8,
}

/// The stage, the list of what the fields ask for, and the future of the load.
#[test]
fn a_load_that_nobody_traces_allocates_nothing_for_its_span() {
    let load = pin!(Nothing::loader().stage("prod").load());
    let mut loaded = None;
    let allocations = allocation_counter::measure(|| {
        loaded = Some(load.poll(&mut Context::from_waker(Waker::noop())));
    });
    assert!(matches!(loaded, Some(Poll::Ready(Ok(Nothing { one: 1 })))));
    assert_eq!(allocations.count_total, 3);
}
