//! Names to compare: of every sort there is, whole or a few characters off.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::Union;

const WORDS: [&str; 16] = [
    "aws",
    "ssm",
    "AWS",
    "Ssm",
    "awsKey",
    "aw",
    "ssn",
    "service",
    "Service",
    "reference",
    "secretsmanager",
    "parameter",
    "arn",
    "dev",
    "..",
    "-",
];

/// Characters that stand in names, or are taken for some that do.
const ODD: [char; 30] = [
    ' ', '\t', '\n', '\r', '\0', '/', '/', ':', ':', '@', '+', '=', '#', '*', '{', '}', '\\', '0',
    '_', 'a', 'é', 'а', '日', 'ｋ', '🦀', '\u{301}', '\u{200b}', '\u{a0}', '\u{202e}', 'א',
];

pub(crate) fn name() -> impl Strategy<Value = String> {
    let whole = prop_oneof![
        6 => parameter(),
        2 => shared(),
        2 => secret(),
        2 => limits(),
    ];
    prop_oneof![
        5 => whole.clone(),
        5 => (whole, vec((any::<Index>(), edit()), 1..4)).prop_map(|(name, edits)| {
            edits.into_iter().fold(name, |name, (at, edit)| edit.apply(&name, at))
        }),
        1 => vec(any_char(), 0..24).prop_map(String::from_iter),
        1 => "[a-zA-Z0-9_./:-]{0,12}",
    ]
}

fn level() -> impl Strategy<Value = String> {
    prop_oneof![3 => "[A-Za-z0-9_.-]{1,8}", 1 => select(&WORDS[..]).prop_map(str::to_owned)]
}

fn path() -> impl Strategy<Value = String> {
    let levels = prop_oneof![4 => vec(level(), 1..5), 1 => vec(level(), 12..19)];
    let head = prop_oneof![6 => Just("/"), 1 => Just("/aws/service/"), 1 => Just("/aws/")];
    (head, levels).prop_map(|(head, levels)| format!("{head}{}", levels.join("/")))
}

fn parameter() -> impl Strategy<Value = String> {
    let one = || prop_oneof![3 => path(), 1 => level()];
    (one(), selector()).prop_map(|(name, selector)| name + &selector)
}

/// Nothing more often than not.
fn selector() -> impl Strategy<Value = String> {
    let few =
        select(&[":", ":0", ":03", ":3b", ":b:c", ":awsLabel", ":SSM", ":9223372036854775807"][..]);
    prop_oneof![
        6 => Just(String::new()),
        1 => ":[1-9][0-9]{0,3}",
        1 => ":[0-9]{18,20}",
        2 => ":[A-Za-z_.-][A-Za-z0-9_.-]{0,9}",
        1 => ":[a-z]{98,103}",
        1 => few.prop_map(str::to_owned),
    ]
}

/// Mostly the first, which is right.
fn mostly(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> + Clone {
    prop_oneof![12 => Just(words[0]), 1 => select(words)]
}

fn arn() -> impl Strategy<Value = String> + Clone {
    let partition = select(
        &["aws", "aws", "aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-f", "aws-eusc"][..],
    );
    let partition =
        prop_oneof![12 => partition, 1 => select(&["", "AWS", "aws-", "aws-iso-a"][..])];
    let service = mostly(&["ssm", "SSM", "s3", "", "secretsmanager"]);
    let region = mostly(&["eu-west-1", "us-east-1", "EU-WEST-1", "", "eu west"]);
    let account = mostly(&["111122223333", "", "", "11112222333", "1111222233334", "11112222333x"]);
    let resource = mostly(&["parameter", "parameters", "", "document"]);
    (partition, service, region, account, resource)
        .prop_map(|(p, s, r, a, kind)| format!("arn:{p}:{s}:{r}:{a}:{kind}"))
}

/// From another account.
fn shared() -> impl Strategy<Value = String> {
    (arn(), path(), selector()).prop_map(|(arn, path, selector)| arn + &path + &selector)
}

fn secret() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        4 => "[A-Za-z0-9/_+=.@-]{1,12}",
        1 => "[A-Za-z0-9/]{510,514}",
        1 => Just(String::new()),
    ];
    let version = prop_oneof![
        2 => Just(String::new()),
        1 => ":[A-Za-z0-9/_+=.@-]{0,12}",
        1 => ":[A-Z]{254,258}",
    ];
    (name, version)
        .prop_map(|(name, version)| format!("/aws/reference/secretsmanager/{name}{version}"))
}

/// About as long as a name may be, with all that counts.
fn limits() -> impl Strategy<Value = String> {
    let head = prop_oneof![
        Just(String::new()),
        Just("/a/b/".to_owned()),
        Just("/aws/service/".to_owned()),
        arn().prop_map(|arn| arn + "/"),
    ];
    (head, 1008..1015_usize, selector()).prop_map(|(head, length, selector)| {
        let rest = length.saturating_sub(head.len());
        head + &"n".repeat(rest) + &selector
    })
}

fn any_char() -> impl Strategy<Value = char> + Clone {
    prop_oneof![3 => select(&ODD[..]), 2 => proptest::char::range('a', 'z'), 1 => any::<char>()]
}

/// One step away from a name.
#[derive(Debug, Clone)]
enum Edit {
    Insert(char),
    Replace(char),
    Remove,
    /// All from there on, a second time.
    Repeat,
    Cut,
    Case,
}

fn edit() -> impl Strategy<Value = Edit> {
    Union::new_weighted(vec![
        (4, any_char().prop_map(Edit::Insert).boxed()),
        (4, any_char().prop_map(Edit::Replace).boxed()),
        (4, Just(Edit::Remove).boxed()),
        (1, Just(Edit::Repeat).boxed()),
        (1, Just(Edit::Cut).boxed()),
        (1, Just(Edit::Case).boxed()),
    ])
}

impl Edit {
    fn apply(&self, name: &str, at: Index) -> String {
        let mut chars: Vec<char> = name.chars().collect();
        let at = at.index(chars.len() + 1);
        let is_inside = at < chars.len();
        match self {
            Self::Insert(c) => chars.insert(at, *c),
            Self::Replace(c) if is_inside => chars[at] = *c,
            Self::Remove if is_inside => drop(chars.remove(at)),
            Self::Repeat => chars.extend_from_within(at..),
            Self::Cut => chars.truncate(at),
            Self::Case if is_inside => chars[at..].iter_mut().for_each(char::make_ascii_uppercase),
            Self::Replace(_) | Self::Remove | Self::Case => {}
        }
        chars.into_iter().collect()
    }
}
