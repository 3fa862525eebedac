//! A sliding window of one second.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

#[derive(Debug, Default)]
pub(super) struct Rate {
    admitted: VecDeque<Instant>,
}

impl Rate {
    pub(super) fn admits(&mut self, per_second: usize, now: Instant) -> bool {
        let is_over = |at: &Instant| now.duration_since(*at) >= Duration::from_secs(1);
        while self.admitted.pop_front_if(|at| is_over(at)).is_some() {}
        let admits = self.admitted.len() < per_second;
        if admits {
            self.admitted.push_back(now);
        }
        admits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_admits_again_when_the_second_is_over() {
        let mut rate = Rate::default();
        let start = Instant::now();
        let mut admits = |millis| rate.admits(2, start + Duration::from_millis(millis));
        let admitted = [0, 400, 999, 1000, 1001, 1399, 1400, 1401].map(&mut admits);
        assert_eq!(admitted, [true, true, false, true, false, false, true, false]);
    }
}
