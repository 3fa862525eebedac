//! What attributes are made of: words, names, values.

use proc_macro2::Literal;
use stage_config_names::NameKind;

use super::choices::Choices;
use crate::parse::keywords::{Key, Kind, Setting};

/// Written in front of brackets where there is a group without delimiters.
pub(super) const INVISIBLE: &str = "__INVISIBLE__";

/// Some of them alike, and one that is an attribute too.
const STAGES: [&str; 16] = [
    "dev", "prod", "staging", "qa1", "qa2", "prod_eu", "prod_us", "uat", "sat", "dve", "prdo",
    "größe", "r#type", "featureX", "stage", "dev2",
];

/// Words that are none of the language, though some look like it, and keywords.
const FOREIGN: &str = "Dev dve production defualt stagse fallbakc vaule none allow key name path \
                       prefix CONSTANT ключ 名 e\u{301} _ __stage r#fn r#dev fn self Self super true";

const EXPRESSIONS: [&str; 14] = [
    "5",
    "\"text\"",
    "r#\"raw \" text\"#",
    "CONSTANT",
    "::a::b::<C>()",
    "<A as B>::C",
    "|x, y| x == y",
    "if a { 1 } else { 2 }",
    "match a { _ if b => 1, c @ 2..=3 => 4, _ => 5 }",
    "vec![1, 2; 3]",
    "(1, \"2\",)",
    "Config { a, b: 1, ..c }",
    "{ 1 } as u8",
    "concat!(\"/a\", \"/b\")",
];

/// Tokens and literals that have no place in attributes.
const ODD: &str = r#"= == => , : :: ; . .. # $ $crate @ ? ! < > -> | && 'a () [] {} ((((1))))
    ({[(dev=1)]}) __INVISIBLE__[] __INVISIBLE__[dev="/a"] __INVISIBLE__[__INVISIBLE__["/a"]]
    "" "111122223333" "1111-2222-3333" ["111122223333"] "/a"suffix 1u128 1.0f99 99999999999999999999999999999999999999999999 b'\xff' cr"x""#;

/// The pieces of absurd names.
const PIECES: &str = r#"/ / // a key dev prod {stage} { } " \ ` : :3 :blue :b:c :0 = aws SSM 日本語 é
    arn:aws:ssm:us-east-1:111122223333:parameter /aws/reference/secretsmanager/ /aws/service/
    arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf 🦀 help: `"x"`"#;

/// One of the words in a text.
fn of_text(choices: &mut Choices, text: &'static str) -> &'static str {
    let words: Vec<_> = text.split_whitespace().collect();
    choices.of(&words)
}

/// Stages that need no declaration, some of words that nobody has thought of.
pub(super) fn stages(choices: &mut Choices) -> Vec<&'static str> {
    const PIECES: [&str; 12] = ["a", "e", "d", "ev", "pr", "od", "st", "_", "1", "2", "X", "json"];
    let mut stages = choices.some(&STAGES);
    for _ in 0..choices.below(3) {
        let word = format!("p{}", choices.many(6, |choices| choices.of(&PIECES)).concat());
        let is_new = stages.iter().all(|it| it.to_lowercase() != word.to_lowercase());
        if is_new && Kind::ALL.iter().all(|kind| !kind.reserves(&word)) {
            stages.push(word.leak());
        }
    }
    stages
}

/// Any word there is, or one that is none.
pub(super) fn word(choices: &mut Choices) -> &'static str {
    match choices.below(7) {
        0..=2 => choices.of(&STAGES),
        3 => choices.of(&Kind::ALL).word(),
        4 => choices.of(&[Key::ALL.map(Key::word).as_slice(), &["stage_config"]].concat()),
        5 => choices.of(&Setting::ALL).word(),
        _ => of_text(choices, FOREIGN),
    }
}

/// A literal of that text, raw where that can be.
fn literal(text: &str, raw: bool) -> String {
    if raw && !text.contains(['"', '\r']) {
        format!("r#\"{text}\"#")
    } else {
        Literal::string(text).to_string()
    }
}

/// The literal of a name that is allowed, perhaps with the stage in it.
pub(super) fn sound_name(choices: &mut Choices, of: NameKind, with_stage: bool) -> String {
    const LEVELS: [&str; 8] = ["/a", "/aws", "/dev", "/prod", "/Key", "/7", "/_", "/.-"];
    const SECRETS: [&str; 4] = ["app/key", "a+b=c@d", "Key:AWSPREVIOUS", "/a/b"];
    const SOUND: [&str; 7] = [
        "Key",
        "/key:3",
        "/key:blue",
        "/aws/service/ami/latest",
        "/aws/reference/secretsmanager/db:AWSCURRENT",
        "arn:aws:ssm:us-east-1:111122223333:parameter/key",
        "arn:aws-cn:ssm:us-east-1:111122223333:parameter/key:3",
    ];
    let sound = match of {
        NameKind::Parameter => choices.of(&SOUND),
        NameKind::Secret => choices.of(&SECRETS),
        _ => "/flags",
    };
    let name = if of == NameKind::Secret || choices.one_in(3) {
        sound.to_owned()
    } else {
        let stage = if with_stage && choices.one_in(3) { "/{stage}" } else { "" };
        let levels = choices.many(5, |choices| choices.of(&LEVELS)).concat();
        format!("/a{levels}{stage}")
    };
    literal(&name, choices.one_in(4))
}

fn absurd_name(choices: &mut Choices) -> String {
    let text = match choices.below(8) {
        0..=5 => choices.many(7, |choices| of_text(choices, PIECES)).concat(),
        6 => of_text(choices, PIECES).repeat(choices.below(1_100)),
        _ => choices.many(12, any_char).into_iter().collect(),
    };
    literal(&text, choices.one_in(3))
}

fn any_char(choices: &mut Choices) -> char {
    let number = choices.below(0x11_0000);
    u32::try_from(number).ok().and_then(char::from_u32).unwrap_or_default()
}

pub(super) fn expression(choices: &mut Choices) -> String {
    choices.of(&EXPRESSIONS).to_owned()
}

/// A value of any sort.
pub(super) fn value(choices: &mut Choices) -> String {
    match choices.below(11) {
        0..=2 => {
            let of = choices.of(&[NameKind::Parameter, NameKind::Secret, NameKind::Path]);
            sound_name(choices, of, true)
        }
        3..=5 => absurd_name(choices),
        6 | 7 => expression(choices),
        8 => of_text(choices, ODD).to_owned(),
        9 => word(choices).to_owned(),
        _ => "[\"prod\", \"production\"]".to_owned(),
    }
}

/// What may stand anywhere, though it should not.
pub(super) fn token(choices: &mut Choices) -> String {
    match choices.below(5) {
        0 | 1 => word(choices).to_owned(),
        2 | 3 => of_text(choices, ODD).to_owned(),
        _ => value(choices),
    }
}

/// Documentation, of some lines.
pub(super) fn doc(choices: &mut Choices) -> String {
    const LINES: [&str; 8] =
        [" One.", "", " ```", " See [a].", " [a]: https://a", " * x", "\t日本\u{301}", "*/ /*"];
    let line = |choices: &mut Choices| {
        let text = Literal::string(choices.of(&LINES));
        format!("#[doc = {text}] ")
    };
    choices.many(4, line).concat()
}
