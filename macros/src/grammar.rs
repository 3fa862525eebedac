//! The words of the language: what may be written, and how it looks.
//!
//! A new word begins here; the compiler then asks for its slot in `options`, its place in
//! `model`, and its code in `read`.

use std::fmt;

use quote::ToTokens;
use stage_config_names::NameOf;
use syn::Attribute;

/// The attributes that say where a field's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Ssm,
    Secret,
    SsmPath,
    Value,
    Env,
    Stage,
    Nested,
}

/// What may stand in an attribute.
pub(crate) struct Grammar {
    pub(crate) word: &'static str,
    /// What it gives the field; empty where it takes no arguments.
    pub(crate) noun: &'static str,
    /// Whether that is a name, which is checked when this is compiled, and so a string literal.
    pub(crate) literal: bool,
    /// Whether there may be one for each stage.
    pub(crate) by_stage: bool,
    pub(crate) keys: &'static [Key],
    pub(crate) example: &'static str,
    pub(crate) example_with_keys: &'static str,
}

impl Grammar {
    /// The example that is most like an attribute.
    pub(crate) fn example_like(&self, attr: &Attribute) -> &'static str {
        let has_keys = attr.to_token_stream().to_string().contains('=');
        if has_keys { self.example_with_keys } else { self.example }
    }

    /// What stands in the parentheses of the shortest example.
    pub(crate) fn sample(&self) -> &'static str {
        let inner = self.example.split_once('(').and_then(|(_, rest)| rest.strip_suffix(")]"));
        inner.unwrap_or(r#""/app""#)
    }
}

/// What can be said of any text that is read.
const OF_TEXT: &[Key] = &[Key::Default, Key::Json, Key::Member, Key::Base64, Key::ParseWith];

impl Kind {
    pub(crate) const ALL: [Self; 7] =
        [Self::Ssm, Self::Secret, Self::SsmPath, Self::Value, Self::Env, Self::Stage, Self::Nested];

    pub(crate) fn grammar(self) -> &'static Grammar {
        match self {
            Self::Ssm => &Grammar {
                word: "ssm",
                noun: "name",
                literal: true,
                by_stage: true,
                keys: OF_TEXT,
                example: r#"#[ssm("/app/key")]"#,
                example_with_keys: r#"#[ssm(dev = "/key/dev", prod = "/key/prod")]"#,
            },
            Self::Secret => &Grammar {
                word: "secret",
                noun: "name",
                literal: true,
                by_stage: true,
                keys: OF_TEXT,
                example: r#"#[secret("app/key")]"#,
                example_with_keys: r#"#[secret(dev = "key/dev", prod = "key/prod")]"#,
            },
            Self::SsmPath => &Grammar {
                word: "ssm_path",
                noun: "path",
                literal: true,
                by_stage: true,
                keys: &[Key::Required],
                example: r#"#[ssm_path("/app/flags")]"#,
                example_with_keys: r#"#[ssm_path(dev = "/flags/dev", prod = "/flags/prod")]"#,
            },
            Self::Value => &Grammar {
                word: "value",
                noun: "value",
                literal: false,
                by_stage: true,
                keys: &[],
                example: "#[value(10)]",
                example_with_keys: "#[value(dev = 5, prod = 50)]",
            },
            Self::Env => &Grammar {
                word: "env",
                noun: "name",
                literal: true,
                by_stage: false,
                keys: OF_TEXT,
                example: r#"#[env("NAME")]"#,
                example_with_keys: r#"#[env("NAME", default = "text")]"#,
            },
            Self::Stage => &Grammar {
                word: "stage",
                noun: "",
                literal: false,
                by_stage: false,
                keys: &[],
                example: "#[stage]",
                example_with_keys: "#[stage]",
            },
            Self::Nested => &Grammar {
                word: "nested",
                noun: "prefix",
                literal: true,
                by_stage: true,
                keys: &[],
                example: "#[nested]",
                example_with_keys: r#"#[nested(prefix(dev = "/db/dev", prod = "/db/prod"))]"#,
            },
        }
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
        match (self, self.grammar().word) {
            (Self::Stage, _) => self.grammar().example.to_owned(),
            (Self::Nested, word) => format!("#[{word}(prefix({arguments}))]"),
            (_, word) => format!("#[{word}({arguments})]"),
        }
    }

    pub(crate) fn of(attr: &Attribute) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| attr.path().is_ident(kind.grammar().word))
    }
}

/// `` `#[ssm]` ``
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`#[{}]`", self.grammar().word)
    }
}

/// The keys of a field's attribute that are not stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Default,
    Json,
    Member,
    Base64,
    ParseWith,
    Required,
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

impl Key {
    pub(crate) const ALL: [Self; 6] =
        [Self::Default, Self::Json, Self::Member, Self::Base64, Self::ParseWith, Self::Required];

    /// Its word, what stands behind it, and how that looks.
    fn about(self) -> (&'static str, Takes, &'static str) {
        match self {
            Self::Default => ("default", Takes::Expression, "default = …"),
            Self::Json => ("json", Takes::Nothing, "json"),
            Self::Member => ("json_key", Takes::Member, r#"json_key = "key""#),
            Self::Base64 => ("base64", Takes::Nothing, "base64"),
            Self::ParseWith => ("parse_with", Takes::Function, "parse_with = path::to::function"),
            Self::Required => ("required", Takes::Nothing, "required"),
        }
    }

    pub(crate) fn word(self) -> &'static str {
        self.about().0
    }

    pub(crate) fn takes(self) -> Takes {
        self.about().1
    }

    pub(crate) fn example(self) -> &'static str {
        self.about().2
    }
}

/// "`json` takes …"
impl fmt::Display for Takes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "no value",
            Self::Expression => "an expression of the field's type",
            Self::Member => "a key's name, in quotes",
            Self::Function => "the path of a function",
        })
    }
}

/// The keys of `#[stage_config(…)]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OptionKey {
    Stages,
    Fallback,
    Env,
    NearMiss,
    Parameters,
    Validate,
    Crate,
}

impl OptionKey {
    pub(crate) const ALL: [Self; 7] = [
        Self::Stages,
        Self::Fallback,
        Self::Env,
        Self::NearMiss,
        Self::Parameters,
        Self::Validate,
        Self::Crate,
    ];

    /// Its word, what it takes, and how that looks.
    fn about(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Stages => ("stages", "a list of stages", "stages(dev, prod)"),
            Self::Fallback => ("fallback", "a stage, or `none`", "fallback = dev"),
            Self::Env => ("env", "the name of an environment variable", r#"env = "stage""#),
            Self::NearMiss => {
                let wants = "nothing but `allow`; without it near misses are refused";
                ("near_miss", wants, "near_miss = allow")
            }
            Self::Parameters => {
                ("parameters", "a name for the generated struct", "parameters = Names")
            }
            Self::Validate => ("validate", "the path of a function", "validate = Self::check"),
            Self::Crate => ("crate", "an absolute path", "crate = ::stage_config"),
        }
    }

    /// The key that a word is, if it is one.
    pub(crate) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.word() == word)
    }

    pub(crate) fn word(self) -> &'static str {
        self.about().0
    }

    pub(crate) fn wants(self) -> &'static str {
        self.about().1
    }

    pub(crate) fn example(self) -> &'static str {
        self.about().2
    }
}
