//! Replies of all kinds: sound ones, and ones that are damaged field by field or byte by byte. A name
//! is given only values that a reply has for it, and is missing only if a reply says so.
//!
//! A case is chosen by its seed. `SEEDS=0..1000000` runs a million, and `SEEDS=17` repeats one.

mod check;
mod generate;

use std::env;
use std::ops::Range;
use std::sync::Arc;
use std::thread;

use tokio::runtime::Builder;

use super::wire::{Client, LIMIT, Step, Wire, reply, service};
use crate::source::Request;

use self::check::Counts;
use self::generate::Case;

fn fuzz<C: Client>(ordinary: u64) {
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let mut counts = Counts::default();
    for seed in seeds(ordinary) {
        let _seed = Seed(seed);
        let case = Case::new(seed);
        let answers = runtime.block_on(async {
            let request = Request::new(case.names.clone(), LIMIT).with_paths(case.path.clone());
            C::fetch(&wire(&case), &request).await
        });
        counts.check(&case, &answers);
    }
    println!("{counts:?}");
    counts.assert_complete();
}

/// Sends the replies of the case, and then errors that are not retried.
fn wire(case: &Case) -> Wire {
    let (replies, last) = (Arc::clone(&case.replies), service(case.last));
    Wire::new(move |index| match replies.get(index) {
        Some(sent) => Step::Reply(sent.clone()),
        None => reply(400, &last),
    })
}

fn seeds(ordinary: u64) -> Range<u64> {
    let Ok(seeds) = env::var("SEEDS") else { return 0..ordinary };
    if let Some((from, to)) = seeds.split_once("..") {
        return from.parse().unwrap()..to.parse().unwrap();
    }
    let seed = seeds.parse().unwrap();
    seed..seed + 1
}

/// Says which case panicked.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("SEEDS={}", self.0);
        }
    }
}

#[cfg(feature = "ssm")]
#[test]
fn what_the_sdk_makes_of_any_reply() {
    fuzz::<crate::ssm::tests::Sdk>(500);
}

#[test]
fn what_is_made_of_any_reply_without_the_sdk() {
    fuzz::<crate::lean::tests::OnlyReads>(10_000);
}
