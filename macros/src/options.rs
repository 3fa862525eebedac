//! `#[stage_config(…)]`: what is said of the struct as a whole.

use proc_macro2::TokenStream;
use quote::ToTokens;
use stage_config_names::closest;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{DeriveInput, Expr, Ident, LitStr, Path, Token};

use crate::args::{self, Arg, Args};
use crate::declared::Declared;
use crate::errors::Errors;
use crate::grammar::{Key, Kind, OptionKey};
use crate::print::{compact, did_you_mean, list, name_like};
use crate::slot::Slot;

/// The slots of `#[stage_config(…)]`, of however many attributes of that name.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) stages: Slot<Vec<Declared>>,
    /// A stage, or `none`.
    pub(crate) fallback: Slot<Ident>,
    pub(crate) env: Slot<LitStr>,
    /// There if near misses are allowed.
    pub(crate) near_miss: Slot<()>,
    pub(crate) parameters: Slot<Ident>,
    pub(crate) validate: Slot<Path>,
    pub(crate) runtime: Slot<Path>,
    /// Part of it was refused already, so nothing follows from what is absent.
    pub(crate) damaged: bool,
}

impl Options {
    pub(crate) fn read(item: &DeriveInput, errors: &Errors) -> Self {
        let mut options = Self::default();
        for attr in item.attrs.iter().filter(|attr| attr.path().is_ident("stage_config")) {
            let args = Args::read(attr, "#[stage_config(stages(dev, prod))]", errors);
            options.damaged |= args.damaged;
            if args.list.is_empty() && !args.damaged {
                let mistake = "`#[stage_config]` says nothing";
                errors.add(attr.path(), mistake, "`#[stage_config(stages(dev, prod))]`");
            }
            for arg in &args.list {
                options.take(arg, errors);
            }
        }
        options
    }

    fn take(&mut self, arg: &Arg, errors: &Errors) {
        let Some((word, given)) = take_apart(arg) else {
            self.damaged = true;
            let mistake = format!("`{}` stands behind no key", compact(&arg.value));
            return errors.add(&arg.value, mistake, format!("the keys are {}", examples()));
        };
        let name = word.unraw().to_string();
        let Some(key) = OptionKey::of(&name) else {
            self.damaged = true;
            return report_unknown(word, &name, &given, errors);
        };
        let understood = match key {
            OptionKey::Stages => self.stages.fill_if(word, given.stages(), errors),
            OptionKey::Fallback => self.fallback.fill_if(word, given.ident(), errors),
            OptionKey::Env => self.env.fill_if(word, given.string(), errors),
            OptionKey::NearMiss => self.near_miss.fill_if(word, given.allow(), errors),
            OptionKey::Parameters => self.parameters.fill_if(word, given.ident(), errors),
            OptionKey::Validate => self.validate.fill_if(word, given.path(), errors),
            OptionKey::Crate => self.runtime.fill_if(word, given.absolute_path(), errors),
        };
        if !understood {
            self.damaged = true;
            report_misuse(key, word, &given, errors);
        }
    }
}

/// What stands behind a key.
enum Given<'a> {
    Nothing,
    One(&'a Expr),
    List(&'a Punctuated<Expr, Token![,]>),
}

/// A key and what is behind it: `key = value`, `key(value, …)` or `key` alone.
fn take_apart(Arg { key, value }: &Arg) -> Option<(&Ident, Given<'_>)> {
    if let Some(key) = key {
        return Some((key, Given::One(value)));
    }
    if let Some(key) = args::ident(value) {
        return Some((key, Given::Nothing));
    }
    let Expr::Call(call) = value else { return None };
    Some((args::ident(&call.func)?, Given::List(&call.args)))
}

impl Given<'_> {
    fn one(&self) -> Option<&Expr> {
        if let Self::One(value) = self { Some(value) } else { None }
    }

    fn ident(&self) -> Option<Ident> {
        self.one().and_then(args::plain)
    }

    fn stages(&self) -> Option<Vec<Declared>> {
        let Self::List(values) = self else { return None };
        let stages: Option<Vec<_>> = values.iter().map(Declared::read).collect();
        stages.filter(|stages| !stages.is_empty())
    }

    fn string(&self) -> Option<LitStr> {
        self.one().and_then(args::string).cloned()
    }

    fn allow(&self) -> Option<()> {
        self.ident().filter(|it| it == "allow").map(|_| ())
    }

    fn path(&self) -> Option<Path> {
        match args::ungrouped(self.one()?) {
            Expr::Path(path) if path.qself.is_none() => Some(path.path.clone()),
            _ => None,
        }
    }

    /// A path that means the same wherever the struct stands.
    fn absolute_path(&self) -> Option<Path> {
        let path = self.path()?;
        let first = &path.segments.first()?.ident;
        let is_absolute = path.leading_colon.is_some() || *first == "crate" || *first == "$crate";
        let is_plain = path.segments.iter().all(|segment| segment.arguments.is_none());
        (is_absolute && is_plain).then_some(path)
    }

    /// What is at fault when this is not what the key takes.
    fn tokens(&self, key: &Ident) -> TokenStream {
        match self {
            Self::One(value) => value.to_token_stream(),
            Self::List(values) if !values.is_empty() => {
                // Of stages, those that are none.
                let wrong = |value: &&Expr| key != "stages" || Declared::read(value).is_none();
                values.iter().filter(wrong).map(ToTokens::to_token_stream).collect()
            }
            Self::Nothing | Self::List(_) => key.to_token_stream(),
        }
    }

    /// What was most likely meant, without the quotes and with the colons that belong there.
    fn fix(&self, key: OptionKey) -> Option<String> {
        let word = key.word();
        let bare = |value| args::string(value).map_or_else(|| compact(value), LitStr::value);
        let ident = |value| name_like(&bare(value));
        let assigned =
            |path: String| syn::parse_str::<Path>(&path).ok().map(|_| format!("{word} = {path}"));
        let path = |value| assigned(bare(value));
        match (key, self) {
            (OptionKey::Stages, Self::One(stage)) => Some(format!("{word}({})", ident(stage)?)),
            (OptionKey::Stages, Self::List(stages)) if !stages.is_empty() => {
                let stages: Option<Vec<_>> = stages.iter().map(Declared::fix).collect();
                Some(format!("{word}({})", stages?.join(", ")))
            }
            (OptionKey::Fallback | OptionKey::Parameters, Self::One(value)) => {
                Some(format!("{word} = {}", ident(value)?))
            }
            (OptionKey::Fallback | OptionKey::Parameters, Self::List(values)) => {
                let only = values.first().filter(|_| values.len() == 1)?;
                Some(format!("{word} = {}", ident(only)?))
            }
            (OptionKey::Env, Self::One(value)) => {
                Some(format!("{word} = \"{}\"", args::ident(value)?.unraw()))
            }
            (OptionKey::Validate, Self::One(Expr::Call(call))) => {
                Some(format!("{word} = {}", compact(&call.func)))
            }
            (OptionKey::Validate, Self::One(value)) => path(value),
            (OptionKey::Validate, Self::List(values)) => path(values.first()?),
            (OptionKey::Crate, Self::One(value)) => {
                let path = bare(value);
                let path = match path.split_once("::") {
                    Some(("self" | "super", rest)) => format!("crate::{rest}"),
                    Some(("" | "crate", _)) => path,
                    _ => format!("::{path}"),
                };
                assigned(path)
            }
            _ => None,
        }
    }
}

impl Given<'_> {
    /// The same under another key.
    fn under(&self, key: OptionKey) -> String {
        let word = key.word();
        self.fix(key).unwrap_or_else(|| match self {
            Self::Nothing => key.example().to_owned(),
            Self::One(value) => format!("{word} = {}", compact(value)),
            Self::List(values) => format!("{word}({})", compact(values)),
        })
    }
}

/// How a key is given a value that stood in the wrong place.
pub(crate) fn fix(key: OptionKey, value: &Expr) -> String {
    Given::One(value).fix(key).unwrap_or_else(|| key.example().to_owned())
}

fn report_misuse(key: OptionKey, word: &Ident, given: &Given, errors: &Errors) {
    let fix = given.fix(key).unwrap_or_else(|| key.example().to_owned());
    let mistake = format!("`{word}` takes {}", key.wants());
    errors.add(given.tokens(word), mistake, format!("`#[stage_config({fix})]`"));
}

fn report_unknown(word: &Ident, name: &str, given: &Given, errors: &Errors) {
    let meant = closest(name, OptionKey::ALL.map(OptionKey::word)).and_then(OptionKey::of);
    let of_a_field = Key::ALL.iter().any(|key| key.word() == name)
        || Kind::ALL.iter().any(|kind| kind.grammar().word == name);
    let hint = match meant {
        None if of_a_field => ", which belongs on a field".to_owned(),
        meant => did_you_mean(meant.map(OptionKey::word)),
    };
    let help = match meant {
        Some(key) => {
            let keys = list(OptionKey::ALL.map(OptionKey::word));
            format!("`{}`; the keys are {keys}", given.under(key))
        }
        None => format!("the keys are {}", examples()),
    };
    errors.add(word, format!("unknown key `{word}` in `#[stage_config]`{hint}"), help);
}

fn examples() -> String {
    list(OptionKey::ALL.map(OptionKey::example))
}
