//! The clock of the service, which a request is signed by.
//!
//! If a call fails and the clock of the service is far from ours, the next attempt is signed by the
//! clock of the service, as the SDK does. A sandbox that was frozen may have a wrong clock.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use http::HeaderMap;
use http::header::{AGE, DATE};

/// The service accepts a signature whose time is within 5 minutes of its own.
const TOLERANCE: Duration = Duration::from_mins(4);
/// No clock is this far off. Beyond it, a signature may have a year of five digits, which panics.
const MOST: Duration = Duration::from_hours(24 * 365 * 100);

/// How far the clock of the service is ahead of ours, in seconds.
#[derive(Debug, Default)]
pub(super) struct Clock(AtomicI64);

impl Clock {
    /// The time of a signature.
    pub(super) fn now(&self) -> SystemTime {
        self.at(SystemTime::now())
    }

    fn at(&self, ours: SystemTime) -> SystemTime {
        let ahead = self.0.load(Ordering::Relaxed);
        let by = Duration::from_secs(ahead.unsigned_abs());
        let shifted = if ahead < 0 { ours.checked_sub(by) } else { ours.checked_add(by) };
        shifted.unwrap_or(ours)
    }

    /// Learns from a failure of the service.
    pub(super) fn learn(&self, headers: &HeaderMap) {
        self.learn_at(SystemTime::now(), headers);
    }

    fn learn_at(&self, ours: SystemTime, headers: &HeaderMap) {
        // The date of a cached reply is old.
        if headers.contains_key(AGE) {
            return;
        }
        let date = headers.get(DATE).and_then(|date| date.to_str().ok());
        let date = date.and_then(|date| DateTime::from_str(date, Format::HttpDate).ok());
        let Some(theirs) = date.and_then(|date| SystemTime::try_from(date).ok()) else { return };
        let ahead = match theirs.duration_since(ours) {
            Ok(ahead) => i64::try_from(ahead.as_secs()),
            Err(behind) => i64::try_from(behind.duration().as_secs()).map(|behind| -behind),
        };
        let Some(ahead) = ahead.ok().filter(|ahead| ahead.unsigned_abs() < MOST.as_secs()) else {
            return;
        };
        let is_far = ahead.unsigned_abs() > TOLERANCE.as_secs();
        self.0.store(if is_far { ahead } else { 0 }, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(date: &str) -> HeaderMap {
        [(DATE, date.parse().unwrap())].into_iter().collect()
    }

    #[test]
    fn a_clock_that_is_far_off_is_corrected() {
        let ours = SystemTime::UNIX_EPOCH + Duration::from_secs(1_445_412_481);
        let clock = Clock::default();
        let ahead = |headers: &HeaderMap| {
            clock.learn_at(ours, headers);
            match clock.at(ours).duration_since(ours) {
                Ok(ahead) => i64::try_from(ahead.as_secs()).unwrap(),
                Err(behind) => -i64::try_from(behind.duration().as_secs()).unwrap(),
            }
        };
        assert_eq!(ahead(&reply("Wed, 21 Oct 2015 08:28:01 GMT")), 3_600);
        assert_eq!(ahead(&reply("Wed, 21 Oct 2015 06:28:01 GMT")), -3_600);
        // Nothing to learn from.
        assert_eq!(ahead(&HeaderMap::new()), -3_600);
        assert_eq!(ahead(&reply("yesterday")), -3_600);
        let mut cached = reply("Wed, 21 Oct 2015 07:28:01 GMT");
        cached.insert(AGE, 60.into());
        assert_eq!(ahead(&cached), -3_600);
        assert_eq!(ahead(&reply("Fri, 31 Dec 9999 23:59:59 GMT")), -3_600);
        // It is right again, or nearly.
        assert_eq!(ahead(&reply("Wed, 21 Oct 2015 07:31:00 GMT")), 0);
    }
}
