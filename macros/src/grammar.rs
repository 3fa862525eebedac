//! The words of the language: what may be written, and how it looks.
//!
//! A new word begins here; the compiler then asks for its slot in `attr` or `options`, its place in
//! `model`, and its code in `expand`.

use std::fmt;

use syn::Attribute;

/// The attributes that say where a field's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Ssm,
    Value,
    Env,
    Stage,
}

/// What may stand in an attribute.
pub(crate) struct Grammar {
    pub(crate) word: &'static str,
    /// What it gives the field; empty where it takes no arguments.
    pub(crate) noun: &'static str,
    /// Whether there may be one for each stage.
    pub(crate) by_stage: bool,
    pub(crate) keys: &'static [Key],
    pub(crate) example: &'static str,
    pub(crate) example_with_keys: &'static str,
}

impl Grammar {
    /// Names are checked when this is compiled, so they are string literals.
    pub(crate) fn gives_names(&self) -> bool {
        self.noun == "name"
    }
}

impl Kind {
    pub(crate) const ALL: [Self; 4] = [Self::Ssm, Self::Value, Self::Env, Self::Stage];

    pub(crate) fn grammar(self) -> &'static Grammar {
        match self {
            Self::Ssm => &Grammar {
                word: "ssm",
                noun: "name",
                by_stage: true,
                keys: &[Key::Default],
                example: r#"#[ssm("/app/key")]"#,
                example_with_keys: r#"#[ssm(dev = "/key/dev", prod = "/key/prod")]"#,
            },
            Self::Value => &Grammar {
                word: "value",
                noun: "value",
                by_stage: true,
                keys: &[],
                example: "#[value(10)]",
                example_with_keys: "#[value(dev = 5, prod = 50)]",
            },
            Self::Env => &Grammar {
                word: "env",
                noun: "name",
                by_stage: false,
                keys: &[Key::Default],
                example: r#"#[env("NAME")]"#,
                example_with_keys: r#"#[env("NAME", default = "text")]"#,
            },
            Self::Stage => &Grammar {
                word: "stage",
                noun: "",
                by_stage: false,
                keys: &[],
                example: "#[stage]",
                example_with_keys: "#[stage]",
            },
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
}

impl Key {
    pub(crate) const ALL: [Self; 1] = [Self::Default];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Default => "default",
        }
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
    Crate,
}

impl OptionKey {
    pub(crate) const ALL: [Self; 6] =
        [Self::Stages, Self::Fallback, Self::Env, Self::NearMiss, Self::Parameters, Self::Crate];

    /// The key that a word is, if it is one.
    pub(crate) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.word() == word)
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Stages => "stages",
            Self::Fallback => "fallback",
            Self::Env => "env",
            Self::NearMiss => "near_miss",
            Self::Parameters => "parameters",
            Self::Crate => "crate",
        }
    }

    /// What it takes.
    pub(crate) fn wants(self) -> &'static str {
        match self {
            Self::Stages => "a list of stages",
            Self::Fallback => "a stage, or `none`",
            Self::Env => "the name of an environment variable",
            Self::NearMiss => "nothing but `allow`; without it near misses are refused",
            Self::Parameters => "a name for the generated struct",
            Self::Crate => "an absolute path",
        }
    }

    pub(crate) fn example(self) -> &'static str {
        match self {
            Self::Stages => "stages(dev, prod)",
            Self::Fallback => "fallback = dev",
            Self::Env => r#"env = "stage""#,
            Self::NearMiss => "near_miss = allow",
            Self::Parameters => "parameters = Names",
            Self::Crate => "crate = ::stage_config",
        }
    }
}
