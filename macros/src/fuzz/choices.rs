//! What is chosen on the way to a source.

use proptest::collection::vec;
use proptest::prelude::*;

/// Numbers that stand for choices. The smaller they are and the fewer, the more the first of all
/// alternatives is chosen, which therefore is the simplest: so a failure shrinks.
pub(super) struct Choices(std::vec::IntoIter<u32>);

impl Choices {
    pub(super) fn any() -> impl Strategy<Value = Vec<u32>> {
        vec(any::<u32>(), 0..400)
    }

    pub(super) fn new(numbers: Vec<u32>) -> Self {
        Self(numbers.into_iter())
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        let number = self.0.next().unwrap_or(0) as usize;
        // The high bits decide, and so a smaller number never chooses a later one.
        number.saturating_mul(end) >> u32::BITS
    }

    /// Once in so many times.
    pub(super) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) + 1 == times && times > 1
    }

    pub(super) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// The first, but once in so many times.
    pub(super) fn mostly<T: Copy>(&mut self, times: usize, all: &[T]) -> T {
        if self.one_in(times) { self.of(all) } else { all[0] }
    }

    /// Fewer than that.
    pub(super) fn many<T>(&mut self, end: usize, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(end)).map(|_| one(self)).collect()
    }

    /// Any of them, in any order.
    pub(super) fn some<T: Copy>(&mut self, all: &[T]) -> Vec<T> {
        let mut some: Vec<_> = all.iter().copied().filter(|_| self.one_in(2)).collect();
        for at in (1..some.len()).rev() {
            some.swap(at, at - self.below(at + 1));
        }
        some
    }
}
