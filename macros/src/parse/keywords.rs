//! The keywords of the language. Add new ones here first.

use std::fmt;

use stage_config_names::{NameKind, closest, one_edit_apart};
use syn::Attribute;

/// The keywords of one kind, each with its argument and its syntax.
macro_rules! keywords {
    (
        $(#[$doc:meta])* $sort:ident:
        $($key:ident: $word:literal, $takes:expr, $shape:literal;)*
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

            /// Its argument, for error messages.
            pub(crate) fn takes(self) -> &'static str {
                match self { $(Self::$key => $takes),* }
            }

            /// Its syntax, with `…` as placeholders.
            pub(crate) fn shape(self) -> &'static str {
                match self { $(Self::$key => $shape),* }
            }

            pub(crate) fn from_word(word: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|it| it.word() == word)
            }
        }
    };
}

keywords! {
    /// The attributes that say where the value of a field comes from.
    Kind:
    Ssm: "ssm", "name", r#"#[ssm("…")]"#;
    Secret: "secret", "name", r#"#[secret("…")]"#;
    SsmPath: "ssm_path", "path", r#"#[ssm_path("…")]"#;
    Value: "value", "value", "#[value(…)]";
    Env: "env", "name", r#"#[env("…")]"#;
    Stage: "stage", "nothing", "#[stage]";
    Nested: "nested", "path", "#[nested]";
}

keywords! {
    /// The keys of a field's attribute that are not stages.
    Key:
    Default: "default", "an expression of the field's type", "default = …";
    Json: "json", "no value", "json";
    Member: "json_key", "the name of a JSON key, in quotes", r#"json_key = "…""#;
    Base64: "base64", "no value", "base64";
    ParseWith: "parse_with", "the path of a function", "parse_with = …";
    Required: "required", "no value", "required";
}

keywords! {
    /// The keys of `#[stage_config(…)]`.
    Setting:
    Stages: "stages", "a list of stages", "stages(…)";
    Fallback: "fallback", "a stage, or `none`", "fallback = …";
    StageEnv: "stage_env", "the name of an environment variable, in quotes", r#"stage_env = "…""#;
    AllowNearMisses: "allow_near_misses", "no value", "allow_near_misses";
    Names: "names", "a name for the generated struct", "names = …";
    Validate: "validate", "the path of a function", "validate = …";
    Accounts: "accounts", "the accounts of each stage", r#"accounts(… = "…")"#;
    Snapshot: "snapshot", "a folder beside Cargo.toml, in quotes", r#"snapshot = "…""#;
    Crate: "crate", "an absolute path", "crate = ::…";
}

impl Kind {
    pub(crate) fn from_attribute(attr: &Attribute) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| attr.path().is_ident(kind.word()))
    }

    pub(crate) fn keys(self) -> &'static [Key] {
        match self {
            Self::Ssm | Self::Secret | Self::Env => {
                &[Key::Default, Key::Json, Key::Member, Key::Base64, Key::ParseWith]
            }
            Self::SsmPath => &[Key::Required],
            Self::Value | Self::Stage | Self::Nested => &[],
        }
    }

    /// The key of this attribute with this name.
    pub(crate) fn key(self, word: &str) -> Option<Key> {
        Key::from_word(word).filter(|key| self.keys().contains(key))
    }

    /// Whether it accepts one argument per stage.
    pub(crate) fn is_by_stage(self) -> bool {
        !matches!(self, Self::Env | Self::Stage)
    }

    /// The kind of its names, if they are names of Parameter Store.
    pub(crate) fn name_of(self) -> Option<NameKind> {
        match self {
            Self::Ssm => Some(NameKind::Parameter),
            Self::Secret => Some(NameKind::Secret),
            Self::SsmPath | Self::Nested => Some(NameKind::Path),
            Self::Value | Self::Env | Self::Stage => None,
        }
    }

    /// Whether a word is a stage only if `stages(…)` declares it, because it has another meaning.
    pub(crate) fn reserves(self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let is_typo = |key: &Key| lower == key.word() || one_edit_apart(&lower, key.word());
        word == "none"
            || self.keys().iter().any(is_typo)
            || word != "stage" && !elsewhere(word).is_empty()
            || NOT_STAGES.split(' ').any(|other| other == word)
    }

    /// The argument for one stage, with a placeholder.
    pub(crate) fn pair(self, stage: &str) -> String {
        let value = if self == Self::Value { "…" } else { "\"…\"" };
        format!("{stage} = {value}")
    }

    /// The attribute with these arguments.
    pub(crate) fn with(self, arguments: &str) -> String {
        format!("#[{}({arguments})]", self.word())
    }
}

/// `` `#[ssm]` ``
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`#[{}]`", self.word())
    }
}

impl Key {
    /// Whether it has no value.
    pub(crate) fn is_flag(self) -> bool {
        matches!(self, Self::Json | Self::Base64 | Self::Required)
    }
}

/// What a word means elsewhere, to continue "unknown key …".
pub(crate) fn elsewhere(word: &str) -> &'static str {
    if Setting::from_word(word).is_some() {
        ", which belongs on the struct"
    } else if Kind::from_word(word).is_some() {
        ", which is an attribute of a field"
    } else if Key::from_word(word).is_some() {
        ", which belongs to other attributes"
    } else {
        ""
    }
}

/// Words that users confuse with settings.
const SYNONYMS: [(&str, Setting); 5] = [
    ("env", Setting::StageEnv),
    ("variable", Setting::StageEnv),
    ("near_miss", Setting::AllowNearMisses),
    ("near_misses", Setting::AllowNearMisses),
    ("parameters", Setting::Names),
];

impl Setting {
    /// The most likely intended setting.
    pub(crate) fn meant(word: &str) -> Option<Self> {
        let synonym = SYNONYMS.iter().find(|(other, _)| *other == word).map(|(_, it)| *it);
        synonym.or_else(|| closest(word, Self::ALL.map(Self::word)).and_then(Self::from_word))
    }
}

/// Words that users write for the name itself, or that are keys elsewhere.
const NOT_STAGES: &str = "arn decrypt desc description field help id key label name optional \
                          parameter path prefix region version with";
