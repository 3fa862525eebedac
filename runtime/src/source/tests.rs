use std::time::Duration;

use secrecy::ExposeSecret;

use super::*;
use crate::source::Fixed;

const PATH: &str = "/flags/dev";

/// What is below the path: `a = 1`, or the failure.
fn below(answers: &Answers) -> Option<Vec<String>> {
    let text = |answer: &Answer| match answer {
        Answer::Found { text, .. } => text.expose_secret().to_owned(),
        other => format!("{other:?}"),
    };
    Some(match answers.get_path(PATH)? {
        Ok(entries) => entries.iter().map(|(key, it)| format!("{key} = {}", text(it))).collect(),
        Err(failure) => vec![text(failure)],
    })
}

#[expect(clippy::unnecessary_wraps, reason = "it is compared with what may be none")]
fn some(lines: &[&str]) -> Option<Vec<String>> {
    Some(lines.iter().map(|line| (*line).to_owned()).collect())
}

fn request() -> Request {
    Request::new(["/limit"], Duration::from_secs(1)).with_paths([PATH])
}

fn entries(entries: &[(&'static str, &'static str)]) -> Answers {
    let mut answers = Answers::new();
    answers.insert_path(PATH, entries.iter().map(|(key, text)| (*key, Answer::found(*text))));
    answers
}

fn failed() -> Answers {
    let mut answers = Answers::new();
    answers.fail_path(PATH, Answer::transient("cannot be read"));
    answers
}

#[test]
fn each_path_is_asked_for_once() {
    let request = request().with_paths(["/b", PATH, "/b"]);
    assert_eq!(request.paths().collect::<Vec<_>>(), [PATH, "/b"]);
    assert_eq!(request.names().collect::<Vec<_>>(), ["/limit"]);
}

#[test]
fn names_and_paths_are_chosen_each_for_itself() {
    let none = request().only(|_| false);
    assert_eq!((none.names().len(), none.paths().len()), (0, 1));
    assert!(!none.is_empty());
    let none = request().only_paths(|path| path != PATH);
    assert_eq!((none.names().len(), none.paths().len()), (1, 0));
    assert!(none.only(|_| false).is_empty());
}

#[test]
fn nothing_said_is_not_the_same_as_no_entries() {
    assert_eq!(below(&Answers::new()), None);
    assert_eq!(below(&entries(&[])), some(&[]));
    let mut answers = entries(&[("a", "1")]);
    answers.fail_path(PATH, Answer::Missing);
    assert_eq!(below(&answers), some(&[]), "what is said last of a path is what counts");
}

#[test]
fn what_befalls_a_request_befalls_its_paths() {
    let answers = Answers::for_all(&request(), &Answer::failed("why"));
    assert_eq!(below(&answers), some(&["Failed { transient: false, reason: \"why\" }"]));
    assert!(matches!(answers.get("/limit"), Some(Answer::Failed { transient: false, .. })));
    assert_eq!(below(&Answers::for_all(&request(), &Answer::Missing)), some(&[]));
    assert_eq!(below(&Answers::for_all(&request(), &Answer::found("1"))), None);
}

#[test]
fn the_first_of_two_sources_wins_key_by_key() {
    let mut answers = entries(&[("a", "first"), ("b", "first")]);
    answers.merge(entries(&[("b", "second"), ("c", "second")]));
    assert_eq!(below(&answers), some(&["a = first", "b = first", "c = second"]));

    let mut answers = Answers::new();
    answers.merge(entries(&[("a", "1")]));
    answers.merge(Answers::new());
    assert_eq!(below(&answers), some(&["a = 1"]));
}

#[test]
fn a_path_that_failed_in_one_of_two_sources_fails() {
    let why = some(&["Failed { transient: true, reason: \"cannot be read\" }"]);
    for [first, second] in [[failed(), entries(&[("a", "1")])], [entries(&[("a", "1")]), failed()]]
    {
        let mut answers = first;
        answers.merge(second);
        assert_eq!(below(&answers), why);
    }
}

#[test]
fn a_name_that_is_missing_in_the_first_may_be_found_in_the_second() {
    let mut answers: Answers =
        [("/a", Answer::Missing), ("/b", Answer::found("first"))].into_iter().collect();
    answers.merge([("/a", Answer::found("second")), ("/b", Answer::Missing)].into_iter().collect());
    assert!(matches!(answers.get("/a"), Some(Answer::Found { .. })));
    assert!(matches!(answers.get("/b"), Some(Answer::Found { .. })));
}

#[test]
fn the_place_of_the_source_behind_counts_where_it_has_one() {
    let mut answers = Answers::new().looked_in("a file");
    answers.merge(Answers::new());
    assert_eq!(answers.in_location(), " in a file");
    answers.merge(Answers::new().looked_in("us-east-1"));
    assert_eq!(answers.in_location(), " in us-east-1");
}

#[tokio::test]
async fn fixed_has_below_a_path_what_was_given_below_it() {
    let fixed = Fixed::from([
        ("/flags/dev/a/b", "1"),
        ("/flags/dev/c", "2"),
        ("/flags/dev/c:1", "an old version"),
        ("/flags/dev", "the parameter beside the path"),
        ("/flags/development", "another"),
        ("/limit", "5"),
    ])
    .with("/flags/dev/d", Answer::failed("is torn"))
    .with("/flags/dev/e", Answer::Missing);
    let answers = fixed.fetch(&request()).await;
    let expected = ["a/b = 1", "c = 2", "d = Failed { transient: false, reason: \"is torn\" }"];
    assert_eq!(below(&answers), some(&expected));
    assert!(answers.get("/limit").is_some());
    assert!(answers.get("/flags/dev/c").is_none(), "it was not asked for by its name");

    assert_eq!(below(&Fixed::new().fetch(&request()).await), some(&[]));
    let denied = Fixed::new().with(PATH, Answer::denied("ssm:GetParametersByPath", "arn"));
    assert!(matches!(denied.fetch(&request()).await.get_path(PATH), Some(Err(Answer::Denied(_)))));
}

#[test]
fn there_are_never_fewer_attempts_than_requests() {
    let counted =
        |requests, attempts| Answers::new().after_requests(requests).after_attempts(attempts);
    let of = |mut one: Answers, other: Answers| {
        one.merge(other);
        (one.requests(), one.attempts())
    };
    assert_eq!(of(counted(1, 2), counted(2, 5)), (Some(3), Some(7)));
    assert_eq!(of(counted(1, 2), Answers::new().after_requests(3)), (Some(4), Some(5)));
    assert_eq!(of(Answers::new().after_requests(3), counted(1, 2)), (Some(4), Some(5)));
    assert_eq!(of(Answers::new(), counted(1, 2)), (Some(1), Some(2)));
    let two = || Answers::new().after_requests(2);
    assert_eq!(of(two(), two()), (Some(4), None));
}

#[tokio::test]
async fn layers_of_sources_are_merged_below_a_path() {
    struct Layered<S>(Fixed, S);

    impl<S: Source> Source for Layered<S> {
        async fn fetch(&self, request: &Request) -> Answers {
            let mut answers = self.0.fetch(request).await;
            let others = request.only(|name| answers.get(name).is_none());
            answers.merge(self.1.fetch(&others).await);
            answers
        }
    }

    let behind = Fixed::from([("/flags/dev/a", "behind"), ("/flags/dev/b", "behind")]);
    let layered = Layered(Fixed::from([("/flags/dev/b", "before")]), behind);
    assert_eq!(below(&layered.fetch(&request()).await), some(&["a = behind", "b = before"]));
}
