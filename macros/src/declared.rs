//! `stages(…)`: the stages as a struct declares them.

use quote::ToTokens;
use stage_config_names::blanks;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprArray, ExprTuple, Ident, LitStr, Token};

use crate::args;
use crate::errors::Errors;
use crate::grammar::Key;
use crate::print::{compact, name_like};

/// A stage.
pub(crate) struct Declared {
    /// The word for it in attributes.
    pub(crate) key: Ident,
    /// The names that it is deployed under, the first being its own; none if the key is its name.
    pub(crate) names: Vec<LitStr>,
}

impl Declared {
    /// `dev`, `prod = "production"` or `prod = ["prod", "production"]`.
    pub(crate) fn read(value: &Expr) -> Option<Self> {
        let Expr::Assign(pair) = value else {
            return Some(Self { key: args::plain(value)?, names: Vec::new() });
        };
        let names = match args::ungrouped(&pair.right) {
            Expr::Array(names) => names.elems.iter().map(args::string).collect::<Option<_>>()?,
            name => vec![args::string(name)?],
        };
        let names: Vec<_> = names.into_iter().cloned().collect();
        (!names.is_empty()).then_some(Self { key: args::plain(&pair.left)?, names })
    }

    /// As it is to be written, if that can be told.
    fn fix(value: &Expr) -> Option<String> {
        let (key, names) = match value {
            Expr::Assign(pair) => (&*pair.left, Some(&*pair.right)),
            Expr::Call(call) if call.args.len() == 1 => (&*call.func, call.args.first()),
            value => (value, None),
        };
        let name = args::string(key).map_or_else(|| compact(key), LitStr::value);
        let key = name_like(&name.replace('-', "_"))?;
        let Some(names) = names else {
            return Some(if name.contains('-') { format!("{key} = {name:?}") } else { key });
        };
        let names = match names {
            Expr::Array(names) if names.elems.is_empty() => return Some(key),
            Expr::Array(ExprArray { elems, .. }) | Expr::Tuple(ExprTuple { elems, .. }) => {
                let names: Option<Vec<_>> = elems.iter().map(args::quoted).collect();
                format!("[{}]", names?.join(", "))
            }
            name => args::quoted(name)?,
        };
        Some(format!("{key} = {names}"))
    }
}

impl Declared {
    /// The word for it.
    pub(crate) fn word(&self) -> String {
        self.key.unraw().to_string()
    }

    /// The names that it is deployed under, the first being its own.
    pub(crate) fn all_names(&self) -> Vec<String> {
        let names: Vec<_> = self.names.iter().map(LitStr::value).collect();
        if names.is_empty() { vec![self.word()] } else { names }
    }

    /// What it is called here, in whatever case.
    fn called(&self, name: &str) -> Option<String> {
        let mut names = self.all_names().into_iter().chain([self.word()]);
        names.find(|it| it.to_lowercase() == name.to_lowercase())
    }
}

/// All of them as they are to be written. One more of a stage's names may stand behind it.
pub(crate) fn fix_all(stages: &Punctuated<Expr, Token![,]>) -> Option<String> {
    let mut fixed: Vec<String> = Vec::new();
    for stage in stages {
        let last = fixed.last().and_then(|last| last.split_once(" = "));
        let name = args::string(stage).map(LitStr::value);
        if let (Some((key, names)), Some(name)) = (last, name)
            && name.starts_with(key)
        {
            let names = names.trim_matches(['[', ']']);
            let names = format!("{key} = [{names}, {name:?}]");
            fixed.pop();
            fixed.push(names);
        } else {
            fixed.push(Declared::fix(stage)?);
        }
    }
    Some(fixed.join(", "))
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
        for (place, name) in stage.names.iter().enumerate() {
            let text = name.value();
            let same = |other: &&LitStr| other.value().to_lowercase() == text.to_lowercase();
            let own = stage.names[..place].iter().find(same).map(LitStr::value);
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
