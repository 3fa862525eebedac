//! Chooses the declared stage of a deployment.
//!
//! The most expensive mistake is a production deployment that silently uses development keys
//! because somebody wrote `prd`. So a stage that may be meant as another one is refused, and only a
//! clearly different one falls back.

use std::fmt;

use crate::near::{closest, one_edit_apart};

/// In shorter names, one edit is often not a typo: `dev` and `dav`, `qa` and `qb`.
const MIN_LETTERS_OF_A_SLIP: usize = 4;

/// The stages that a configuration declares, and the rules for all others.
///
/// ```
/// use stage_config_names::StageRules;
///
/// let mut rules = StageRules::new(&["dev", "prod"]);
/// rules.aliases = &[("production", "prod")];
/// rules.fallback = Some("dev");
///
/// assert_eq!(rules.choose(Some("prod")).unwrap().declared, Some("prod"));
/// assert_eq!(rules.choose(Some("production")).unwrap().declared, Some("prod"));
/// assert_eq!(rules.choose(Some("featureX")).unwrap().declared, Some("dev"));
/// assert_eq!(
///     rules.choose(Some("prd")).unwrap_err().to_string(),
///     "`prd` is not a declared stage; did you mean `prod`? The stages are `dev`, `prod`"
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct StageRules {
    /// Their names. If there are none, the configuration is the same at every stage.
    pub declared: &'static [&'static str],
    /// Other names of declared stages, each with its stage.
    pub aliases: &'static [(&'static str, &'static str)],
    /// The declared stage that is used for all others.
    pub fallback: Option<&'static str>,
    /// Whether near misses fall back: stages that are one edit away from a declared one, or sound
    /// like production. A stage that differs only in case or outer whitespace is always refused.
    pub allow_near_misses: bool,
}

/// The stage of a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Choice<'a> {
    /// The stage as deployed. `None` if none was given.
    pub deployed: Option<&'a str>,
    /// The declared stage that was chosen. `None` if none is declared.
    pub declared: Option<&'static str>,
    /// Why it was chosen.
    pub why: Why,
}

/// Why a stage was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// The deployed stage is declared, or nothing depends on the stage.
    Exact,
    /// No stage was given, so the fallback is used. Worth a warning.
    Unset,
    /// The deployed stage is not declared, so the fallback is used.
    NotDeclared,
}

impl StageRules {
    /// These stages, without aliases and without a fallback. Near misses are refused.
    pub const fn new(declared: &'static [&'static str]) -> Self {
        Self { declared, aliases: &[], fallback: None, allow_near_misses: false }
    }

    /// Chooses the stage of a deployment. An empty `deployed` counts as `None`.
    ///
    /// # Errors
    /// A [`Refusal`], whose text lists the declared stages.
    pub fn choose<'a>(&self, deployed: Option<&'a str>) -> Result<Choice<'a>, Refusal> {
        let deployed = deployed.filter(|text| !text.is_empty());
        let refuse = |deployed, because| Err(Refusal { deployed, because, rules: *self });
        let chosen = |declared, why| Ok(Choice { deployed, declared, why });

        if let Some(blank) = deployed.filter(|text| text.trim().is_empty()) {
            return refuse(Some(blank.to_owned()), Because::Blank);
        }
        if self.declared.is_empty() {
            return chosen(None, Why::Exact);
        }
        let Some(text) = deployed else {
            return match self.fallback {
                Some(fallback) => chosen(Some(fallback), Why::Unset),
                None => refuse(None, Because::Unset),
            };
        };
        if let Some((_, exact)) = self.names().find(|(name, _)| *name == text) {
            return chosen(Some(exact), Why::Exact);
        }
        if let Some(because) = self.near_miss(text) {
            return refuse(Some(text.to_owned()), because);
        }
        match self.fallback {
            Some(fallback) => chosen(Some(fallback), Why::NotDeclared),
            None => refuse(Some(text.to_owned()), Because::NotDeclared),
        }
    }

    /// All names of declared stages, each with its stage.
    fn names(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let own = self.declared.iter().map(|stage| (*stage, *stage));
        own.chain(self.aliases.iter().copied())
    }

    /// Why a stage that is not declared must not fall back.
    fn near_miss(&self, text: &str) -> Option<Because> {
        let word = text.trim().to_lowercase();
        let find = |wanted: &dyn Fn(&str, &str) -> bool| {
            self.names().find(|(name, stage)| wanted(name, stage)).map(|(name, _)| name)
        };
        if let Some(meant) = find(&|name, _| name.to_lowercase() == word) {
            return Some(Because::OtherCase(meant));
        }
        if self.allow_near_misses {
            return None;
        }
        let slip = |name: &str, stage: &str| {
            Some(stage) != self.fallback
                && name.chars().count() >= MIN_LETTERS_OF_A_SLIP
                && one_edit_apart(&name.to_lowercase(), &word)
        };
        if let Some(meant) = find(&slip) {
            return Some(Because::Slip(meant));
        }
        sounds_like_production(&word).then(|| {
            // A typo of the fallback means the fallback.
            let near = find(&|name, _| one_edit_apart(&name.to_lowercase(), &word));
            Because::Production(near.or_else(|| find(&|name, _| sounds_like_production(name))))
        })
    }
}

/// Whether it is `live`, or its first or last word means production: `prod-eu`, `eu_prod`, but not
/// `non-prod`.
///
/// A number after that word is ignored: `production2` sounds like production, and so does `prod2`.
fn sounds_like_production(stage: &str) -> bool {
    let stage = stage.to_lowercase();
    let words: Vec<_> = stage.split(['-', '_', '.']).filter(|word| !word.is_empty()).collect();
    let is_productions = |word: &&str| {
        let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
        matches!(word, "prod" | "prd" | "production")
    };
    let is_last = match &words[..] {
        [.., "non" | "no" | "not" | "pre", _] => false,
        words => words.last().is_some_and(is_productions),
    };
    stage == "live" || is_last || words.first().is_some_and(is_productions)
}

/// Why no stage could be chosen. Its text says what to do and lists the declared stages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    deployed: Option<String>,
    because: Because,
    rules: StageRules,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Because {
    Unset,
    Blank,
    NotDeclared,
    /// It differs from this stage only in case or outer whitespace.
    OtherCase(&'static str),
    /// It is one edit away from this stage.
    Slip(&'static str),
    /// It sounds like production, as this declared stage does.
    Production(Option<&'static str>),
}

impl Refusal {
    /// The stage as deployed, if one was given.
    pub fn deployed(&self) -> Option<&str> {
        self.deployed.as_deref()
    }

    /// The most likely intended stage.
    pub fn suggestion(&self) -> Option<&'static str> {
        match self.because {
            Because::OtherCase(meant) | Because::Slip(meant) | Because::Production(Some(meant)) => {
                Some(meant)
            }
            Because::NotDeclared => closest(self.deployed()?, self.rules.declared.iter().copied()),
            Because::Unset | Because::Blank | Because::Production(None) => None,
        }
    }

    /// Whether it is refused only because it is a near miss. An alias in [`StageRules::aliases`] or
    /// [`StageRules::allow_near_misses`] would allow it.
    ///
    /// ```
    /// use stage_config_names::StageRules;
    ///
    /// let rules = StageRules::new(&["dev", "prod"]);
    /// assert!(rules.choose(Some("production")).unwrap_err().is_near_miss());
    /// // Another case is refused in any case.
    /// assert!(!rules.choose(Some("Prod")).unwrap_err().is_near_miss());
    /// ```
    pub fn is_near_miss(&self) -> bool {
        matches!(self.because, Because::Slip(_) | Because::Production(_))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let deployed = self.deployed().unwrap_or_default().escape_debug();
        match self.because {
            Because::Unset => f.write_str("no stage is given, and there is no fallback")?,
            Because::Blank => f.write_str("the stage is nothing but blanks")?,
            Because::NotDeclared | Because::OtherCase(_) | Because::Slip(_) => {
                write!(f, "`{deployed}` is not a declared stage")?;
            }
            Because::Production(_) => {
                write!(f, "`{deployed}` is not a declared stage, but sounds like production")?;
            }
        }
        if let Some(meant) = self.suggestion() {
            write!(f, "; did you mean `{meant}`?")?;
        } else {
            f.write_str(".")?;
        }
        if self.rules.declared.is_empty() {
            return f.write_str(" No stages are declared");
        }
        f.write_str(" The stages are ")?;
        for (index, stage) in self.rules.declared.iter().enumerate() {
            write!(f, "{}`{stage}`", if index == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}
