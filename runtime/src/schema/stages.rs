//! The stages of a configuration, as the table has them.

use stage_config_names::{Account, StageRules};

use crate::schema::table::Names;

/// The stages that a configuration declares, and what happens to all others.
#[derive(Debug, Clone, Copy)]
pub struct Stages {
    pub(crate) rules: StageRules,
    /// Each with the declared stage that is in it.
    pub(crate) accounts: &'static [(&'static str, &'static str)],
}

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
        Self { rules, accounts: &[] }
    }

    /// Each of `accounts` has the declared stage that is in it.
    #[doc(hidden)]
    #[must_use]
    pub const fn __accounts(self, accounts: &'static [(&'static str, &'static str)]) -> Self {
        Self { accounts, ..self }
    }

    /// One name for each declared stage, in their order, or a single one for all stages.
    #[doc(hidden)]
    pub const fn __names(self, names: &'static [&'static str]) -> Names {
        Names::new(self.rules.declared, names)
    }

    /// The names of the declared stages. If there are none, the configuration is the same at every
    /// stage.
    pub const fn declared(&self) -> &'static [&'static str] {
        self.rules.declared
    }

    /// The other names that a declared stage is deployed under.
    pub fn aliases(&self, stage: &str) -> impl Iterator<Item = &'static str> {
        self.rules.aliases.iter().filter(move |(_, own)| *own == stage).map(|(alias, _)| *alias)
    }

    /// The declared stage that replaces one that is not declared.
    pub const fn fallback(&self) -> Option<&'static str> {
        self.rules.fallback
    }

    /// Whether a stage that looks like a typo of a declared one, or like production, uses the
    /// fallback instead of being refused. A name that differs from a declared one only in case or
    /// surrounding whitespace is always refused.
    pub const fn allows_near_misses(&self) -> bool {
        self.rules.allow_near_misses
    }
    /// The AWS accounts of a declared stage, as `accounts(…)` lists them. If there are none, the
    /// stage may be in any account that is not another stage's.
    pub fn accounts(&self, stage: &str) -> impl Iterator<Item = &'static str> {
        self.accounts.iter().filter(move |(_, of)| *of == stage).map(|(account, _)| *account)
    }

    /// The declared stages in an account.
    pub(crate) fn in_account(&self, account: Account) -> impl Iterator<Item = &'static str> {
        self.accounts.iter().filter(move |(it, _)| *it == account.as_str()).map(|(_, of)| *of)
    }

    /// Whether any stage has an account.
    pub(crate) const fn have_accounts(&self) -> bool {
        !self.accounts.is_empty()
    }
}
