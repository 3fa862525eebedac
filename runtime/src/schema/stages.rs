//! The stages of a configuration, as the table has them.

use stage_config_names::StageRules;

use crate::schema::table::Names;

/// The stages that a configuration declares, and what happens to all others.
#[derive(Debug, Clone, Copy)]
pub struct Stages(pub(crate) StageRules);

impl Stages {
    /// Each of `aliases` has the declared stage that it is another name of.
    #[doc(hidden)]
    pub const fn __new(
        declared: &'static [&'static str],
        aliases: &'static [(&'static str, &'static str)],
        fallback: Option<&'static str>,
        allow_near_misses: bool,
    ) -> Self {
        let mut rules = StageRules::new(declared);
        rules.aliases = aliases;
        rules.fallback = fallback;
        rules.allow_near_misses = allow_near_misses;
        Self(rules)
    }

    /// One name for each declared stage, in their order, or a single one for all stages.
    #[doc(hidden)]
    pub const fn __names(self, names: &'static [&'static str]) -> Names {
        Names::new(self.0.declared, names)
    }

    /// The names of the declared stages. If there are none, the configuration is the same at every
    /// stage.
    pub const fn declared(&self) -> &'static [&'static str] {
        self.0.declared
    }

    /// The other names that a declared stage is deployed under.
    pub fn aliases(&self, stage: &str) -> impl Iterator<Item = &'static str> {
        self.0.aliases.iter().filter(move |(_, own)| *own == stage).map(|(alias, _)| *alias)
    }

    /// The declared stage that replaces one that is not declared.
    pub const fn fallback(&self) -> Option<&'static str> {
        self.0.fallback
    }

    /// Whether a stage that looks like a typo of a declared one, or like production, uses the
    /// fallback instead of being refused. A name that differs from a declared one only in case or
    /// surrounding whitespace is always refused.
    pub const fn allows_near_misses(&self) -> bool {
        self.0.allow_near_misses
    }
}
