//! The words of the language: what may be written, and how it looks.
//!
//! A new word begins here; the compiler then asks for its slot in `options`, its place in
//! `model`, and its code in `read`.

use std::fmt;

use quote::ToTokens;
use stage_config_names::{NameOf, closest, one_edit_apart};
use syn::Attribute;

/// Words of one sort, each with what it takes and how that looks.
macro_rules! words {
    (
        $(#[$doc:meta])* $sort:ident takes $takes:ty:
        $($key:ident: $word:literal, $what:expr, $example:literal;)*
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $sort {
            $($key),*
        }

        impl $sort {
            pub(crate) const ALL: [Self; [$($word),*].len()] = [$(Self::$key),*];

            pub(crate) fn word(self) -> &'static str {
                match self { $(Self::$key => $word),* }
            }

            pub(crate) fn takes(self) -> $takes {
                match self { $(Self::$key => $what),* }
            }

            pub(crate) fn example(self) -> &'static str {
                match self { $(Self::$key => $example),* }
            }

            /// What a word is, if it is one of these.
            pub(crate) fn of(word: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|it| it.word() == word)
            }
        }
    };
}

words! {
    /// The attributes that say where a field's value comes from.
    Kind takes &'static str:
    Ssm: "ssm", "name", r#"#[ssm("/app/key")]"#;
    Secret: "secret", "name", r#"#[secret("app/key")]"#;
    SsmPath: "ssm_path", "path", r#"#[ssm_path("/app/flags")]"#;
    Value: "value", "value", "#[value(10)]";
    Env: "env", "name", r#"#[env("NAME")]"#;
    Stage: "stage", "nothing", "#[stage]";
    Nested: "nested", "prefix", "#[nested]";
}

words! {
    /// The keys of a field's attribute that are not stages.
    Key takes Takes:
    Default: "default", Takes::Expression, "default = …";
    Json: "json", Takes::Nothing, "json";
    OfJson: "json_key", Takes::Member, r#"json_key = "key""#;
    Base64: "base64", Takes::Nothing, "base64";
    ParseWith: "parse_with", Takes::Function, "parse_with = path::to::function";
    Required: "required", Takes::Nothing, "required";
}

words! {
    /// The keys of `#[stage_config(…)]`.
    OptionKey takes &'static str:
    Stages: "stages", "a list of stages", "stages(dev, prod)";
    Fallback: "fallback", "a stage, or `none`", "fallback = dev";
    StageEnv: "stage_env", "the name of an environment variable", r#"stage_env = "STAGE""#;
    AllowNearMisses: "allow_near_misses", "no value", "allow_near_misses";
    Names: "names", "a name for the generated struct", "names = Names";
    Validate: "validate", "the path of a function", "validate = Self::check";
    Crate: "crate", "an absolute path", "crate = ::stage_config";
}

/// Words that people write for keys of `#[stage_config(…)]`.
const MEANT: [(&str, OptionKey); 5] = [
    ("env", OptionKey::StageEnv),
    ("variable", OptionKey::StageEnv),
    ("near_miss", OptionKey::AllowNearMisses),
    ("near_misses", OptionKey::AllowNearMisses),
    ("parameters", OptionKey::Names),
];

impl OptionKey {
    /// The key that a word was most likely meant as.
    pub(crate) fn meant(word: &str) -> Option<Self> {
        let synonym = MEANT.iter().find(|(other, _)| *other == word).map(|(_, key)| *key);
        synonym.or_else(|| closest(word, Self::ALL.map(Self::word)).and_then(Self::of))
    }
}

impl Kind {
    pub(crate) fn keys(self) -> &'static [Key] {
        match self {
            Self::Ssm | Self::Secret | Self::Env => {
                &[Key::Default, Key::Json, Key::OfJson, Key::Base64, Key::ParseWith]
            }
            Self::SsmPath => &[Key::Required],
            Self::Value | Self::Stage | Self::Nested => &[],
        }
    }

    /// Whether it takes names, which are checked when this is compiled, and so string literals.
    pub(crate) fn takes_names(self) -> bool {
        self != Self::Value
    }

    /// Whether there may be one for each stage.
    pub(crate) fn is_by_stage(self) -> bool {
        !matches!(self, Self::Env | Self::Stage)
    }

    /// Whether a word cannot be a stage in it unless `stages(…)` declares it: it is a key, a slip of
    /// one that this attribute takes, or says what becomes of all other stages.
    pub(crate) fn reserves(self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let is_slip = |key: &Key| lower == key.word() || one_edit_apart(&lower, key.word());
        matches!(word, "none" | "fallback")
            || Key::of(word).is_some()
            || self.keys().iter().any(is_slip)
    }

    /// What the names in it are names of, where Parameter Store has a say in that.
    pub(crate) fn name_of(self) -> Option<NameOf> {
        match self {
            Self::Ssm => Some(NameOf::Parameter),
            Self::Secret => Some(NameOf::Secret),
            Self::SsmPath | Self::Nested => Some(NameOf::Path),
            Self::Value | Self::Env | Self::Stage => None,
        }
    }

    /// How it is written with these arguments.
    pub(crate) fn written(self, arguments: &str) -> String {
        match (self, self.word()) {
            (Self::Stage, _) => self.example().to_owned(),
            (_, word) => format!("#[{word}({arguments})]"),
        }
    }

    /// The example that is most like an attribute.
    pub(crate) fn example_like(self, attr: &Attribute) -> String {
        let has_keys = attr.to_token_stream().to_string().contains('=');
        if has_keys { self.example_with_keys() } else { self.example().to_owned() }
    }

    pub(crate) fn example_with_keys(self) -> String {
        self.written(match self {
            Self::Ssm => r#"dev = "/key/dev", prod = "/key/prod""#,
            Self::Secret => r#"dev = "key/dev", prod = "key/prod""#,
            Self::SsmPath => r#"dev = "/flags/dev", prod = "/flags/prod""#,
            Self::Value => "dev = 5, prod = 50",
            Self::Env => r#""NAME", default = "text""#,
            Self::Nested => r#"dev = "/db/dev", prod = "/db/prod""#,
            Self::Stage => "",
        })
    }

    /// What stands in the parentheses of the shortest example.
    pub(crate) fn sample(self) -> &'static str {
        let inner = self.example().split_once('(').and_then(|(_, rest)| rest.strip_suffix(")]"));
        inner.unwrap_or(r#""/app""#)
    }

    pub(crate) fn of_attribute(attr: &Attribute) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| attr.path().is_ident(kind.word()))
    }
}

/// `` `#[ssm]` ``
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`#[{}]`", self.word())
    }
}

/// What stands behind a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    Nothing,
    Expression,
    /// The key of a JSON object, in quotes.
    Member,
    /// The path of a function.
    Function,
}

/// "`json` takes …"
impl fmt::Display for Takes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "no value",
            Self::Expression => "an expression of the field's type",
            Self::Member => "the name of a JSON key, in quotes",
            Self::Function => "the path of a function",
        })
    }
}

/// Words that people write for the name itself or what belongs to it.
const NEVER_STAGES: &str = "arn decrypt desc description field help id key label name optional \
                            parameter path prefix region version with";

pub(crate) fn is_never_stage(name: &str) -> bool {
    NEVER_STAGES.split(' ').any(|word| word == name)
}

/// Whether a word has another meaning, so that it is a stage only beside others that have none.
pub(crate) fn is_doubtful(name: &str) -> bool {
    is_never_stage(name)
        || OptionKey::of(name).is_some()
        || Kind::of(name).is_some_and(|kind| kind != Kind::Stage)
}

/// Whether a word is, or was meant as, something other than a stage.
pub(crate) fn means_something_else(name: &str) -> bool {
    name == "none" || is_doubtful(name) || closest(name, Key::ALL.map(Key::word)).is_some()
}
