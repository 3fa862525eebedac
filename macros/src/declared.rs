//! `stages(…)`: the stages as a struct declares them.

use quote::ToTokens;
use stage_config_names::{blanks, closest};
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprArray, ExprCall, ExprTuple, Ident, LitStr, Token};

use crate::args;
use crate::errors::Errors;
use crate::grammar::Key;
use crate::print::{compact, name_like};

/// A stage.
pub(crate) struct Declared {
    /// The word for it in attributes.
    pub(crate) key: Ident,
    /// Its name, if that is not the word.
    pub(crate) rename: Option<LitStr>,
    /// Further names that it is deployed under.
    pub(crate) aliases: Vec<LitStr>,
}

impl Declared {
    /// `dev` or `prod(rename = "production", alias = "live")`.
    pub(crate) fn read(value: &Expr) -> Option<Self> {
        let Expr::Call(ExprCall { func, args: keys, .. }) = args::ungrouped(value) else {
            return Some(Self { key: args::plain(value)?, rename: None, aliases: Vec::new() });
        };
        let mut this = Self { key: args::plain(func)?, rename: None, aliases: Vec::new() };
        for key in keys {
            let Expr::Assign(pair) = key else { return None };
            let name = args::string(&pair.right)?.clone();
            match args::ident(&pair.left)? {
                word if word == "rename" && this.rename.is_none() => this.rename = Some(name),
                word if word == "alias" => this.aliases.push(name),
                _ => return None,
            }
        }
        (!keys.is_empty()).then_some(this)
    }

    /// As it is to be written, if that can be told.
    fn fix(value: &Expr) -> Option<String> {
        let (key, given) = match value {
            Expr::Assign(pair) => (&*pair.left, Some(&*pair.right)),
            value => (value, None),
        };
        let call = if let Expr::Call(call) = key { Some(call) } else { None };
        let key = call.map_or(key, |call| &*call.func);
        let name = args::string(key).map_or_else(|| compact(key), LitStr::value);
        let word = name_like(&name.replace('-', "_"))?;

        let mut rename = name.contains('-').then(|| format!("{name:?}"));
        let mut aliases = Vec::new();
        if let Some(given) = given {
            // The first of several names is its own.
            let mut names = names(given)?.into_iter();
            rename = names.next().filter(|name| *name != format!("{word:?}")).or(rename);
            aliases.extend(names);
        }
        for key in call.into_iter().flat_map(|call| &call.args) {
            let Expr::Assign(pair) = key else {
                aliases.extend(names(key)?);
                continue;
            };
            let word = args::ident(&pair.left)?.to_string();
            let mut names = names(&pair.right)?.into_iter();
            if word == "name" || closest(&word, ["rename", "alias"]) == Some("rename") {
                rename = rename.or(names.next());
            }
            aliases.extend(names);
        }
        let rename = rename.map(|name| format!("rename = {name}"));
        let aliases = aliases.into_iter().map(|name| format!("alias = {name}"));
        let keys: Vec<_> = rename.into_iter().chain(aliases).collect();
        Some(if keys.is_empty() { word } else { format!("{word}({})", keys.join(", ")) })
    }
}

/// One name or several, each in quotes.
fn names(value: &Expr) -> Option<Vec<String>> {
    match value {
        Expr::Array(ExprArray { elems, .. }) | Expr::Tuple(ExprTuple { elems, .. }) => {
            elems.iter().map(args::quoted).collect()
        }
        name => Some(vec![args::quoted(name)?]),
    }
}

impl Declared {
    /// The word for it.
    pub(crate) fn word(&self) -> String {
        self.key.unraw().to_string()
    }

    /// The names that it is deployed under: its own, then its aliases.
    pub(crate) fn names(&self) -> Vec<String> {
        let own = self.rename.as_ref().map_or_else(|| self.word(), LitStr::value);
        std::iter::once(own).chain(self.aliases.iter().map(LitStr::value)).collect()
    }

    /// What it is called here, in whatever case.
    fn called(&self, name: &str) -> Option<String> {
        let mut names = self.names().into_iter().chain([self.word()]);
        names.find(|it| it.to_lowercase() == name.to_lowercase())
    }
}

/// All of them as they are to be written.
pub(crate) fn fix_all(stages: &Punctuated<Expr, Token![,]>) -> Option<String> {
    let fixed: Option<Vec<_>> = stages.iter().map(Declared::fix).collect();
    Some(fixed?.join(", "))
}

/// Those that are there once, each checked. Refused or not, the fields that name one have made no
/// further mistake.
pub(crate) fn check<'a>(declared: &'a [Declared], errors: &Errors) -> Vec<&'a Declared> {
    let mut known: Vec<&Declared> = Vec::new();
    for stage in declared {
        let word = stage.word();
        if let Some(first) = known.iter().find_map(|other| other.called(&word)) {
            report_twice(&stage.key, &first, &word, errors);
            if known.iter().any(|other| other.word() == word) {
                continue;
            }
        } else if word == "none" || Key::of(&word).is_some() {
            let mistake = format!("`{word}` cannot be a stage, because it has another meaning");
            errors.add(&stage.key, mistake, format!("another name, such as `{word}_stage`"));
        }
        let names = stage.names();
        let own_is_written = usize::from(stage.rename.is_some());
        let written = stage.rename.iter().chain(&stage.aliases);
        for (place, name) in (1 - own_is_written..).zip(written) {
            let text = name.value();
            let same = |other: &&String| other.to_lowercase() == text.to_lowercase();
            let own = names[..place].iter().find(same).cloned();
            match own.or_else(|| known.iter().find_map(|other| other.called(&text))) {
                Some(first) => report_twice(name, &first, &text, errors),
                None => check_name(name, &word, errors),
            }
        }
        known.push(stage);
    }
    known
}

pub(crate) fn report_twice(at: impl ToTokens, first: &str, second: &str, errors: &Errors) {
    let mistake = if first == second {
        format!("stage `{second}` is declared twice")
    } else {
        format!("stages `{first}` and `{second}` differ only in case")
    };
    errors.add(at, mistake, format!("keep one: `{first}`"));
}

/// Checks a name that a stage is deployed under.
fn check_name(name: &LitStr, key: &str, errors: &Errors) {
    let text = name.value();
    if let Some(mistake) = blanks(&text) {
        let fix = if text.trim().is_empty() { key } else { text.trim() };
        errors.add(name, format!("the name of stage `{key}` {mistake}"), format!("`{fix:?}`"));
    }
}
