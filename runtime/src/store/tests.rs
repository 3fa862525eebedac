//! Calls through each client, over a scripted connection and with a paused clock.

use std::fmt::{self, Write as _};
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::runtime::Builder;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use self::wire::{
    Client, FOUND, LIMIT, Step, Wire, failed, found, reply, response, service, with_header,
};
use crate::source::{Answer, Request};

#[cfg(feature = "lean")]
mod fuzz;
#[cfg(all(feature = "ssm", feature = "lean"))]
mod herd;
pub(crate) mod wire;

/// Makes of `async fn name<C: Client>()` the tests `name::ssm` and `name::lean`.
macro_rules! through_each_client {
    ($($test:ident),+ $(,)?) => {$(
        mod $test {
            #[cfg(feature = "ssm")]
            #[tokio::test(start_paused = true)]
            async fn ssm() {
                super::$test::<crate::ssm::tests::Sdk>().await;
            }

            #[cfg(feature = "lean")]
            #[tokio::test(start_paused = true)]
            async fn lean() {
                super::$test::<crate::lean::tests::WithoutSdk>().await;
            }
        }
    )+};
}

through_each_client! {
    no_attempt_takes_all_that_is_left,
    a_reply_has_an_end,
    a_reply_without_its_parameter_is_asked_for_again,
    batches_and_pages_without_their_lists_are_asked_for_again,
    the_service_may_ask_for_a_longer_pause_but_for_no_shorter_one,
    what_passes_is_tried_again_and_nothing_else,
    connections_that_fail_for_good_are_told_from_those_that_may_not,
    an_attempt_that_is_cut_off_hides_not_how_the_one_before_it_failed,
    what_the_service_says_is_cut_and_escaped,
    throttled_calls_go_one_after_another,
    a_throttled_load_with_a_reply_pauses_less,
    a_call_that_waits_for_its_turn_says_why,
}

async fn no_attempt_takes_all_that_is_left<C: Client>() {
    // Kept connections that died in a freeze.
    for (dead, limit) in [(1, 200), (1, 1_000), (2, 1_000), (3, 8_000)].repeat(20) {
        let wire =
            Wire::new(move |index| if index < dead { Step::Never } else { reply(200, FOUND) });
        let answers = wire.fetch::<C>(Duration::from_millis(limit)).await;
        assert!(found(&answers), "{dead} in {limit} ms: {:?}", answers.get("/a"));
        assert_eq!(wire.sent(), dead + 1);
    }
    // A reply that is slow is waited for.
    let wire = Wire::new(|_| Step::Late(Duration::from_millis(1_900), response(200, FOUND)));
    assert!(found(&wire.fetch::<C>(LIMIT).await));
    assert_eq!(wire.sent(), 1);
}

async fn a_reply_has_an_end<C: Client>() {
    let padded = |length: usize| format!("{FOUND}{}", " ".repeat(length - FOUND.len()));
    let body = padded(1_000_000);
    assert!(found(&Wire::new(move |_| reply(200, &body)).fetch::<C>(LIMIT).await));

    let body = padded(1_000_001);
    let wire = Wire::new(move |_| reply(200, &body));
    let answers = wire.fetch::<C>(LIMIT).await;
    let (why, passes) = failed(&answers);
    assert!(why.contains("longer than 1 MB"), "{why}");
    assert!(!passes);
    assert_eq!(wire.sent(), 1);
}

async fn a_reply_without_its_parameter_is_asked_for_again<C: Client>() {
    for incomplete in ["{}", r#"{"Parameter": {"Name": "/a", "Type": "String"}}"#] {
        let wire = Wire::new(move |index| reply(200, if index < 2 { incomplete } else { FOUND }));
        assert!(found(&wire.fetch::<C>(LIMIT).await));
        assert_eq!(wire.sent(), 3);
    }

    let wire = Wire::new(|_| reply(200, "{}"));
    let answers = wire.fetch::<C>(LIMIT).await;
    let expected = "the reply of Parameter Store does not contain it";
    assert_eq!(failed(&answers), (expected, true));
    assert!(wire.sent() > 1);
}

async fn batches_and_pages_without_their_lists_are_asked_for_again<C: Client>() {
    let batch = r#"{"Parameters": [], "InvalidParameters": ["/a", "/b"]}"#;
    let wire = Wire::new(move |index| reply(200, if index == 0 { "{}" } else { batch }));
    let answers = C::fetch(&wire, &Request::new(["/a", "/b"], LIMIT)).await;
    assert!(matches!(answers.get("/b"), Some(Answer::Missing)), "{answers:?}");
    assert_eq!(wire.sent(), 2);

    // Either list will do.
    let invalid = r#"{"InvalidParameters": ["/a", "/b"]}"#;
    let wire = Wire::new(move |_| reply(200, invalid));
    let answers = C::fetch(&wire, &Request::new(["/a", "/b"], LIMIT)).await;
    assert!(matches!(answers.get("/a"), Some(Answer::Missing)), "{answers:?}");
    assert_eq!(wire.sent(), 1);

    let page = r#"{"Parameters": []}"#;
    let wire = Wire::new(move |index| reply(200, if index == 0 { "{}" } else { page }));
    let none: [&str; 0] = [];
    let answers = C::fetch(&wire, &Request::new(none, LIMIT).with_paths(["/p"])).await;
    let below = answers.get_path("/p").unwrap();
    assert!(below.is_ok_and(std::collections::BTreeMap::is_empty));
    assert_eq!(wire.sent(), 2);
}

async fn the_service_may_ask_for_a_longer_pause_but_for_no_shorter_one<C: Client>() {
    let throttling = service("ThrottlingException");
    let asked = async |pause: &'static str| {
        let body = throttling.clone();
        let wire = Wire::new(move |_| with_header(400, &body, "x-amz-retry-after", pause));
        let answers = wire.fetch::<C>(LIMIT).await;
        assert!(failed(&answers).0.contains("throttled the requests (so it says)"));
        assert!((4..100).contains(&wire.sent()), "{pause}: {}", wire.sent());
        wire.pause().as_millis()
    };
    assert!(asked("0").await <= 101);
    assert!(asked("soon").await <= 101);
    assert!((3_000..3_010).contains(&asked("3000").await));
    // There is time for another attempt.
    assert!((3_900..4_000).contains(&asked("18446744073709551615").await));
}

async fn what_passes_is_tried_again_and_nothing_else<C: Client>() {
    let html = "<html>sorry</html>".to_owned();
    let passing = [408, 425, 429, 500, 502, 503, 504, 520].map(|status| (status, html.clone()));
    let lasting = [300, 301, 400, 403, 404, 428, 499].map(|status| (status, html.clone()));
    let passing_codes = [
        "ThrottlingException",
        "TooManyRequestsException",
        "ProvisionedThroughputExceededException",
        "KMSThrottlingException",
        "InternalServerError",
        "RequestTimeout",
        "RequestExpired",
        "RequestTimeTooSkewed",
        "RequestInTheFuture",
        "ExpiredTokenException",
        "ExpiredToken",
    ];
    let lasting_codes = [
        "AccessDenied",
        "InvalidKeyId",
        "ValidationException",
        "UnrecognizedClientException",
        "InvalidSignatureException",
        "SomethingNew",
    ];
    let coded = |codes: &[&str]| codes.iter().map(|code| (400, service(code))).collect::<Vec<_>>();
    let passing = [&passing[..], &coded(&passing_codes), &[(200, "{\"Par".to_owned())]].concat();
    let lasting = [&lasting[..], &coded(&lasting_codes)].concat();
    for (cases, expected) in [(passing, true), (lasting, false)] {
        for (status, body) in cases {
            let what = format!("{status} {body}");
            let wire = Wire::new(move |_| reply(status, &body));
            let answers = wire.fetch::<C>(LIMIT).await;
            let (why, passes) = failed(&answers);
            assert_eq!(passes, expected, "{what}: {why}");
            assert_eq!(wire.sent() > 1, expected, "{what}: {why}");
        }
    }
}

async fn connections_that_fail_for_good_are_told_from_those_that_may_not<C: Client>() {
    type Make = fn() -> io::Error;
    fn tls(error: rustls::Error) -> io::Error {
        io::Error::other(error)
    }
    let untrusted = || tls(rustls::CertificateError::UnknownIssuer.into());
    let plain = || tls(rustls::InvalidMessage::InvalidContentType.into());
    let passing: [Make; 3] = [
        || io::Error::other("refused"),
        || tls(rustls::Error::General("?".into())),
        // There is no proxy that we know of.
        || io::Error::other("tunnel error: proxy authorization required"),
    ];
    let lasting: [Make; 2] = [untrusted, plain];
    for (cases, expected) in [(&passing[..], true), (&lasting[..], false)] {
        for &make in cases {
            let wire = Wire::new(move |_| Step::Broken(make()));
            let answers = wire.fetch::<C>(LIMIT).await;
            let (why, passes) = failed(&answers);
            assert_eq!((passes, wire.sent() > 1), (expected, expected), "{why}");
            assert!(why.starts_with("no connection to http://there ("), "{why}");
        }
    }
}

async fn an_attempt_that_is_cut_off_hides_not_how_the_one_before_it_failed<C: Client>() {
    let throttling = service("ThrottlingException");
    let wire =
        Wire::new(move |index| if index == 0 { reply(400, &throttling) } else { Step::Never });
    assert!(
        failed(&wire.fetch::<C>(LIMIT).await).0.contains("throttled the requests (so it says)")
    );

    let answers = Wire::new(|_| Step::Never).fetch::<C>(LIMIT).await;
    assert_eq!(failed(&answers), ("no answer from http://there in time", true));
}

/// Thirty names, which are three calls.
fn thirty_names(limit: Duration) -> Request {
    Request::new((0..30).map(|number| format!("/{number:02}")), limit)
}

async fn throttled_calls_go_one_after_another<C: Client>() {
    // Longer than the first pause may be.
    let latency = Duration::from_millis(150);
    let throttling = service("ThrottlingException");
    let invalid: Vec<_> = (0..30).map(|number| format!("\"/{number:02}\"")).collect();
    let all = format!(r#"{{"InvalidParameters": [{}]}}"#, invalid.join(","));
    for throttled in 0..=3 {
        let (throttling, all) = (throttling.clone(), all.clone());
        let wire = Wire::new(move |index| match index {
            0..3 if index < throttled => Step::Late(latency, response(400, &throttling)),
            _ => Step::Late(latency, response(200, &all)),
        });
        C::fetch(&wire, &thirty_names(LIMIT)).await;
        assert_eq!(wire.sent(), 3 + throttled);
        let sent = wire.sent.lock().unwrap();
        assert!(sent[..3].iter().all(|at| *at == sent[0]), "the first attempts are side by side");
        for pair in sent[3..].windows(2) {
            assert!(pair[1] - pair[0] >= latency, "{throttled}: {sent:?}");
        }
    }
}

async fn a_throttled_load_with_a_reply_pauses_less<C: Client>() {
    let most = async |replies: usize| {
        let throttling = service("ThrottlingException");
        let wire = Wire::new(move |index| match index {
            _ if index < replies => reply(200, r#"{"InvalidParameters": []}"#),
            _ => reply(400, &throttling),
        });
        C::fetch(&wire, &thirty_names(LIMIT)).await;
        let sent = wire.sent.lock().unwrap();
        sent.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap()
    };
    assert!(most(0).await > Duration::from_millis(500));
    assert!(most(1).await <= Duration::from_millis(201));
}

async fn a_call_that_waits_for_its_turn_says_why<C: Client>() {
    let throttling = service("ThrottlingException");
    let page = r#"{"Parameters": [], "NextToken": "more"}"#;
    // The call for the name is throttled once, and then gets no reply. The one for the second page
    // begins meanwhile.
    let wire = Wire::new(move |index| match index {
        0 => reply(400, &throttling),
        1 => Step::Late(Duration::from_millis(150), response(200, page)),
        _ => Step::Never,
    });
    let request = Request::new(["/a"], Duration::from_secs(1)).with_paths(["/p"]);
    let answers = C::fetch(&wire, &request).await;
    let below = answers.get_path("/p").unwrap().unwrap_err();
    for answer in [answers.get("/a").unwrap(), below] {
        let Answer::Failed { reason, transient: true } = answer else { panic!("{answer:?}") };
        assert!(reason.contains("throttled the requests (so it says)"), "{reason}");
    }
}

async fn what_the_service_says_is_cut_and_escaped<C: Client>() {
    let message = format!("\\u001b[31mno\\n  limit: {}", "x ".repeat(100_000));
    let body = format!(r#"{{"__type": "Some\nthing", "message": "{message}"}}"#);
    let answers = Wire::new(move |_| reply(400, &body)).fetch::<C>(LIMIT).await;
    let (why, _) = failed(&answers);
    assert!(why.starts_with("Some thing: \\u{1b}[31mno limit: x x x"), "{why}");
    assert!(why.chars().count() < 400, "{why}");
}

/// What is logged, a line an event that is called as those of requests are.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.name() == "stage_config.request"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        struct Line(String);
        impl Visit for Line {
            fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
                write!(self.0, " {}={value:?}", field.name()).unwrap();
            }
        }
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The events of a load over this wire.
fn told<C: Client>(wire: &Wire) -> Vec<String> {
    let told = || {
        let log = Log::default();
        tracing::subscriber::with_default(log.clone(), || {
            let runtime = Builder::new_current_thread().enable_time().start_paused(true).build();
            runtime.unwrap().block_on(wire.fetch::<C>(LIMIT));
        });
        let lines = log.0.lock().unwrap();
        lines.clone()
    };
    // Tests beside this one may be about to note that nobody listens; by the second time they have.
    told();
    wire.sent.lock().unwrap().clear();
    told()
}

fn each_attempt_is_an_event<C: Client>() {
    let throttled = service("ThrottlingException");
    let lines = told::<C>(&Wire::new(move |index| match index {
        0 => Step::Never,
        1 => reply(400, &throttled),
        _ => Step::Late(Duration::from_millis(30), response(200, FOUND)),
    }));
    let expected = [
        "WARN message=parameters cannot be read; trying again operation=\"GetParameter\" names=1 \
         attempt=1 milliseconds=2000 outcome=\"timeout\" error=no answer from http://there in time",
        "DEBUG operation=\"GetParameter\" names=1 attempt=2 milliseconds=0 outcome=\"throttled\" \
         error=Parameter Store throttled the requests (so it says); all readers in this account and \
         Region share its limit, which can be raised there",
        "DEBUG operation=\"GetParameter\" names=1 attempt=3 milliseconds=30 outcome=\"answered\"",
    ];
    assert_eq!(lines, expected);

    let fields = |line: &str| -> Vec<(String, String)> {
        let fields = line.split(' ').filter_map(|field| field.split_once('='));
        fields.map(|(name, value)| (name.to_owned(), value.replace('"', ""))).collect()
    };
    let guide =
        include_str!("../guide.md").split_once("| field | content of the event |\n").unwrap().1;
    let rows = guide.lines().skip(1).take_while(|line| line.starts_with('|'));
    let rows: Vec<Vec<_>> = rows.map(|row| row.split('`').skip(1).step_by(2).collect()).collect();
    let names: Vec<_> = rows.iter().map(|row| row[0]).collect();
    let [_, written @ ..] = &fields(&lines[0])[..] else { panic!("{lines:?}") };
    assert_eq!(written.iter().map(|(name, _)| name).collect::<Vec<_>>(), names);

    let outcome = |wire: &Wire| {
        let lines = told::<C>(wire);
        let mut outcome = fields(&lines[0]).into_iter().filter(|(name, _)| name == "outcome");
        outcome.next().unwrap().1
    };
    let coded = |code| Wire::new(move |_| reply(400, &service(code)));
    let outcomes = [
        outcome(&Wire::new(|_| reply(200, FOUND))),
        outcome(&coded("ParameterNotFound")),
        outcome(&coded("AccessDeniedException")),
        outcome(&coded("ThrottlingException")),
        outcome(&Wire::new(|_| Step::Never)),
        outcome(&coded("InternalServerError")),
        outcome(&coded("SomethingNew")),
    ];
    assert_eq!(outcomes, rows[4][1..]);
}

#[cfg(feature = "ssm")]
#[test]
fn each_attempt_of_the_sdk_is_an_event() {
    each_attempt_is_an_event::<crate::ssm::tests::Sdk>();
}

#[cfg(feature = "lean")]
#[test]
fn each_attempt_without_the_sdk_is_an_event() {
    each_attempt_is_an_event::<crate::lean::tests::WithoutSdk>();
}

/// Replies of all kinds, and what both clients make of them.
#[cfg(all(feature = "ssm", feature = "lean"))]
#[tokio::test(start_paused = true)]
async fn the_same_answers_to_the_same_replies() {
    use secrecy::ExposeSecret as _;

    use crate::source::Answers;

    let bodies = [
        "",
        " ",
        "{}",
        "[]",
        "5",
        "null",
        "<html>",
        "{\"__type\"",
        r#"{"__type": "ThrottlingException"}"#,
        r#"{"__type": "a.b#ParameterNotFound:http://c/", "Message": "m"}"#,
        r#"{"__type": null, "code": "InternalServerError", "message": 5}"#,
        r#"{"code": "A", "__type": "B", "message": "c", "more": [{}]}"#,
        FOUND,
        r#"{"Parameter": null}"#,
        r#"{"Parameter": []}"#,
        r#"{"Parameter": {"Name": "/a", "Value": "5", "Version": "x"}}"#,
        r#"{"Parameter": {"Name": "/a", "Value": "5", "Type": "New", "Version": 1.5, "New": {}}}"#,
        r#"{"Parameter": {"Name": "/a", "Value": "\ud83d\ude00\n", "Selector": null}}"#,
        r#"{"Parameter": {"Name": "/a", "Value": "\ud83d"}}"#,
        r#"{"Parameter": {"Name": "/a", "Value": "5"}} x"#,
    ];
    let mut different = Vec::new();
    for status in [200, 204, 301, 400, 403, 429, 500, 503] {
        for body in bodies {
            let wire = || Wire::new(move |_| reply(status, body));
            let (one, other) = (wire(), wire());
            let sdk = one.fetch::<crate::ssm::tests::Sdk>(LIMIT).await;
            let lean = other.fetch::<crate::lean::tests::WithoutSdk>(LIMIT).await;
            let shown = |answers: &Answers| {
                let value = match answers.get("/a") {
                    Some(Answer::Found { text, .. }) => text.expose_secret(),
                    _ => "",
                };
                format!("{:?} {value:?}", answers.get("/a"))
            };
            let (lean, sdk) = (shown(&lean), shown(&sdk));
            if lean != sdk || (one.sent() > 1) != (other.sent() > 1) {
                different.push(format!("{status} {body}: {sdk} and without it {lean}"));
            }
        }
    }
    assert!(different.is_empty(), "{different:#?}");
}
