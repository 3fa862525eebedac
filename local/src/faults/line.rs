//! A line of a running script: a fault that can happen, and how far the calls have come in it.

use std::ops::Range;
use std::time::{Duration, Instant};

use hyper::header::{CONTENT_LENGTH, HeaderName, HeaderValue};
use stage_config_names::{ParameterName, SECRETS, closest};

use super::fault::{At, Ending, Fault, Given, Latency, Reply, Throttle};
use super::on::On;
use crate::calls::{BY_PATH, Call, OPERATIONS};

/// The calls by which Parameter Store itself reads a `SecureString` and a secret.
const INNER: [&str; 2] = [DECRYPT, GET_SECRET_VALUE];
pub(super) const DECRYPT: &str = "Decrypt";
const GET_SECRET_VALUE: &str = "GetSecretValue";
const GET_PARAMETER: &str = "GetParameter";

#[derive(Debug)]
pub(super) struct Line {
    selected: Selected,
    latency: Latency,
    bucket: Option<Bucket>,
    /// Without one, the call goes on to the next line.
    outcome: Option<Outcome>,
    calls: usize,
}

/// What a fault makes of the store's answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outcome {
    pub(crate) reply: Option<Reply>,
    /// The IAM resource of the name that the fault is for.
    pub(crate) resource: Option<String>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) length: Option<usize>,
    pub(crate) second: Option<Given>,
    /// Without one, the answer is complete, and the connection is kept.
    pub(crate) ending: Option<Ending>,
}

/// The calls that an [`On`] selects.
#[derive(Debug)]
pub(super) struct Selected {
    operation: Option<&'static str>,
    /// The IAM resource of the name.
    resource: Option<String>,
    page: Option<usize>,
    turns: Range<usize>,
}

impl Line {
    /// The calls for which it is.
    pub(super) fn selected(&self) -> &Selected {
        &self.selected
    }

    /// Meets one more of the selected calls: how long that waits, and what becomes of its answer.
    pub(super) fn meet(&mut self) -> (Duration, Option<Outcome>) {
        let call = self.calls;
        self.calls += 1;
        if !self.selected.turns.contains(&call) {
            return (Duration::ZERO, None);
        }
        let is_served = self.bucket.as_mut().is_some_and(|bucket| bucket.admits(Instant::now()));
        (self.latency.of(call), self.outcome.clone().filter(|_| !is_served))
    }
}

impl Selected {
    pub(super) fn selects(&self, call: &Call) -> bool {
        self.operation.is_none_or(|operation| call.operation == operation)
            && self.is_for(call.resources())
            && self.page.is_none_or(|page| call.page() == Some(page))
    }

    /// `action` is the IAM action of a call that Parameter Store makes: `kms:Decrypt`.
    pub(super) fn selects_inner(&self, action: &str, name: &ParameterName<'_>) -> bool {
        self.operation.is_some_and(|operation| action.ends_with(operation))
            && self.is_for([name.resource()])
    }

    fn is_for(&self, resources: impl IntoIterator<Item = String>) -> bool {
        self.resource.as_ref().is_none_or(|named| resources.into_iter().any(|it| it == *named))
    }
}

/// Why a fault would never happen as it is written.
type Checked<T> = Result<T, String>;

impl TryFrom<Fault> for Line {
    type Error = String;

    fn try_from(fault: Fault) -> Checked<Self> {
        let Fault { on, delay, latency, throttle, reply, headers, length, second, ending } = fault;
        let selected = Selected::try_from(on)?;
        let times = match (delay, latency) {
            (Some(_), Some(_)) => return Err("a delay and a latency exclude each other".into()),
            (delay, None) => Latency::always(delay.unwrap_or_default()),
            (None, Some(latency)) => latency,
        };
        if times.least > times.most {
            return Err("the least latency is more than the most".into());
        }
        let reply = match (reply, throttle) {
            (None, Some(_)) => Some(Reply::throttled()),
            (reply, _) => reply,
        };
        let named = headers.iter().map(|(name, value)| header(name, value));
        let headers = named.collect::<Checked<Vec<_>>>()?;
        let is_changed =
            !headers.is_empty() || length.is_some() || second.is_some() || ending.is_some();
        if reply.is_none() && !is_changed && delay.is_none() && latency.is_none() {
            return Err("it selects calls, but nothing happens to them".into());
        }
        selected.check(reply.as_ref(), is_changed, times)?;
        if let Some(Given { status, .. }) = &second {
            check_status(*status)?;
        }
        let at = ending.map_or(At::End, Ending::at);
        if length.is_some()
            && (ending == Some(Ending::Endless) || at == At::Start || at == At::Head)
        {
            return Err("the length of this answer is not sent".into());
        }
        if second.is_some() && (ending == Some(Ending::Endless) || at != At::End) {
            return Err("a second answer comes only behind a whole one".into());
        }
        // A client that waits for what never comes, or that finds more than it expects, has to be
        // able to do so.
        let is_odd = length.is_some() || second.is_some();
        let ending = ending.or(is_odd.then_some(Ending::Stall(At::End)));
        let resource = selected.resource.clone();
        let happens = reply.is_some() || is_changed;
        let outcome = Outcome { reply, resource, headers, length, second, ending };
        Ok(Self {
            selected,
            latency: times,
            bucket: throttle.map(|it| Bucket::new(it, Instant::now())),
            outcome: happens.then_some(outcome),
            calls: 0,
        })
    }
}

impl TryFrom<On> for Selected {
    type Error = String;

    fn try_from(on: On) -> Checked<Self> {
        let On { call, name, page, nth, first } = on;
        let operation = call.as_deref().map(operation).transpose()?;
        let resource = name.as_deref().map(|name| resource(operation, name)).transpose()?;
        let turns = match (nth, first) {
            (Some(_), Some(_)) => return Err("`nth` and `first` exclude each other".into()),
            (Some(n), None) => n.saturating_sub(1)..n,
            (None, first) => 0..first.unwrap_or(usize::MAX),
        };
        if turns.is_empty() {
            return Err("calls are counted from 1".into());
        }
        if page == Some(0) {
            return Err("pages are counted from 1".into());
        }
        Ok(Self { operation, resource, page, turns })
    }
}

impl Selected {
    /// Whether this can happen to the selected calls.
    fn check(&self, reply: Option<&Reply>, is_changed: bool, times: Latency) -> Checked<()> {
        let operation = self.operation;
        if (self.page.is_some() || reply.is_some_and(Reply::is_page)) && operation != Some(BY_PATH)
        {
            return Err(format!("only `{BY_PATH}` has pages"));
        }
        if operation == Some(GET_PARAMETER) && reply.is_some_and(Reply::needs_lists) {
            return Err(format!("a reply of `{GET_PARAMETER}` has no lists"));
        }
        if matches!(reply, Some(Reply::NoKey)) && operation != Some(DECRYPT) {
            return Err(format!("only `{DECRYPT}` needs a key"));
        }
        match reply {
            Some(Reply::Raw(_)) if is_changed => {
                return Err("raw bytes are sent as they are".into());
            }
            Some(Reply::Answer(Given { status, .. })) => check_status(*status)?,
            _ => {}
        }
        let is_error =
            matches!(reply, Some(Reply::Deny | Reply::Fail | Reply::NoKey | Reply::Error { .. }));
        let is_inner = operation.is_some_and(|operation| INNER.contains(&operation));
        if is_inner && (!is_error || is_changed || !times.most.is_zero()) {
            let why = "the client does not see this answer; it can be denied, fail or be throttled";
            return Err(why.into());
        }
        Ok(())
    }
}

fn operation(written: &str) -> Checked<&'static str> {
    let operations = || OPERATIONS.into_iter().chain(INNER);
    operations().find(|&known| known == written).ok_or_else(|| {
        let bare = written.rsplit(':').next().unwrap_or(written);
        let meant = closest(bare, operations()).unwrap_or("GetParameters");
        format!("there is no operation `{written}` here; did you mean `{meant}`?")
    })
}

/// The IAM resource of a name.
fn resource(operation: Option<&str>, name: &str) -> Checked<String> {
    let is_secret = operation == Some(GET_SECRET_VALUE) && !name.starts_with(SECRETS);
    let reference = if is_secret { &format!("{SECRETS}{name}") } else { name };
    let parsed = ParameterName::parse(reference)
        .map_err(|fault| format!("parameter name {fault}: `{}`", reference.escape_debug()))?;
    if parsed.selector().is_some() {
        return Err(format!("a fault is for all versions, not only `{name}`"));
    }
    if operation == Some(DECRYPT) && parsed.is_secret_reference() {
        return Err(format!("`{name}` is a secret of Secrets Manager; use `GetSecretValue`"));
    }
    Ok(parsed.resource())
}

fn header(name: &str, value: &str) -> Checked<(HeaderName, HeaderValue)> {
    let wrong = |what| format!("`{name}: {}` has {what}", value.escape_debug());
    let header = HeaderName::try_from(name).map_err(|_| wrong("no valid name of a header"))?;
    if header == CONTENT_LENGTH {
        return Err("the store sets the length of the body; `length` sets another".into());
    }
    let value = HeaderValue::try_from(value).map_err(|_| wrong("no valid value of a header"))?;
    Ok((header, value))
}

fn check_status(status: u16) -> Checked<()> {
    let is_final = (200..=999).contains(&status);
    is_final.then_some(()).ok_or_else(|| format!("{status} is not the status of an answer"))
}

impl Reply {
    fn throttled() -> Self {
        Self::Error { code: "ThrottlingException".into(), message: "Rate exceeded".into() }
    }

    fn is_page(&self) -> bool {
        matches!(self, Self::EmptyPage | Self::PageAgain | Self::PageBack | Self::PageOf(_))
    }

    fn needs_lists(&self) -> bool {
        matches!(self, Self::InBoth | Self::Twice(_) | Self::Also { .. })
    }
}

impl Latency {
    fn always(time: Duration) -> Self {
        Self { least: time, most: time, seed: 0 }
    }

    /// The time of the n-th call.
    fn of(self, n: usize) -> Duration {
        let range = self.most.saturating_sub(self.least).as_nanos();
        let random = u128::from(mixed(self.seed.wrapping_add(n as u64)));
        let nanos = random % (range + 1);
        self.least + Duration::from_nanos(nanos.try_into().unwrap_or(u64::MAX))
    }
}

/// `SplitMix64`: numbers that look random, and are the same everywhere.
fn mixed(n: u64) -> u64 {
    let z = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A bucket of tokens.
#[derive(Debug)]
struct Bucket {
    per_second: f64,
    most: f64,
    tokens: f64,
    at: Instant,
}

impl Bucket {
    fn new(throttle: Throttle, now: Instant) -> Self {
        let Throttle { per_second, burst } = throttle;
        let most = f64::from(burst.unwrap_or(per_second));
        Self { per_second: f64::from(per_second), most, tokens: most, at: now }
    }

    /// Takes a token for a call, if there is one.
    fn admits(&mut self, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.tokens = self.most.min(self.tokens + passed * self.per_second);
        self.at = now;
        let admits = self.tokens >= 1.0;
        if admits {
            self.tokens -= 1.0;
        }
        admits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_admits_a_burst_and_then_its_rate() {
        let start = Instant::now();
        let admitted = |per_second, burst, times: &[u64]| {
            let mut bucket = Bucket::new(Throttle { per_second, burst }, start);
            let mut admits = |millis: &u64| bucket.admits(start + Duration::from_millis(*millis));
            times.iter().map(|millis| u8::from(admits(millis))).collect::<Vec<_>>()
        };
        assert_eq!(admitted(2, None, &[0, 0, 0, 250, 500, 500, 1_000]), [1, 1, 0, 0, 1, 0, 1]);
        // It is never more than full.
        assert_eq!(admitted(1, Some(3), &[0, 60_000, 60_000, 60_000, 60_000]), [1, 1, 1, 1, 0]);
        assert_eq!(admitted(0, None, &[0, 60_000]), [0, 0]);
        assert_eq!(admitted(0, Some(1), &[0, 60_000]), [1, 0]);
    }

    #[test]
    fn latency_is_within_its_limits_and_the_same_for_a_seed() {
        let [least, most] = [10, 20].map(Duration::from_millis);
        let times = |seed| {
            let latency = Latency { least, most, seed };
            (0..1_000).map(|n| latency.of(n)).collect::<Vec<_>>()
        };
        assert!(times(1).iter().all(|time| (least..=most).contains(time)));
        assert_eq!(times(1), times(1));
        assert_ne!(times(1), times(2));
        let middle = times(1).iter().sum::<Duration>() / 1_000;
        assert!((14..16).contains(&middle.as_millis()), "{middle:?}");
        assert_eq!(Latency::always(most).of(7), most);
    }
}
