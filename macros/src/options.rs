//! `#[stage_config(…)]`: what is said of the struct as a whole.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::{DeriveInput, Expr, Ident, LitStr, Path, Token};

use crate::args::{self, Arg, Args};
use crate::declared::{self, Declared};
use crate::errors::Errors;
use crate::grammar::{Key, Kind, OptionKey, means_something_else};
use crate::print::{compact, did_you_mean, list, name_like};

/// The slots of `#[stage_config(…)]`, of however many attributes of that name.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) stages: Slot<Vec<Declared>>,
    /// A stage, or `none`.
    pub(crate) fallback: Slot<Ident>,
    pub(crate) stage_env: Slot<LitStr>,
    pub(crate) allow_near_misses: Slot<()>,
    pub(crate) names: Slot<Ident>,
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
                let mistake = "`#[stage_config]` has no arguments";
                errors.add(attr.path(), mistake, "`#[stage_config(stages(dev, prod))]`");
            }
            let (lone, keys): (Vec<_>, Vec<_>) = args.list.iter().partition(|arg| is_lone(arg));
            options.damaged |= !lone.is_empty();
            if !lone.is_empty() {
                let stages: Vec<_> = lone.iter().map(|arg| arg.text()).collect();
                let stages = stages.join(", ");
                let all: TokenStream = lone.iter().map(|arg| arg.start()).collect();
                let mistake = format!("`{stages}` is outside of `stages(…)`");
                errors.add(all, mistake, format!("`#[stage_config(stages({stages}))]`"));
            }
            for arg in keys {
                options.take(arg, errors);
            }
        }
        options
    }

    fn take(&mut self, arg: &Arg, errors: &Errors) {
        let Some((word, given)) = take_apart(arg) else {
            self.damaged = true;
            let mistake = format!("`{}` has no key", compact(&arg.value));
            return errors.add(&arg.value, mistake, format!("the keys are {}", examples()));
        };
        let name = word.unraw().to_string();
        let Some(key) = OptionKey::of(&name) else {
            self.damaged = true;
            return report_unknown(word, &name, &given, errors);
        };
        let understood = match key {
            OptionKey::Stages if given.report_keys(errors) => return self.damaged = true,
            OptionKey::Stages => self.stages.fill_if(word, given.stages(), errors),
            OptionKey::Fallback => self.fallback.fill_if(word, given.ident(), errors),
            OptionKey::StageEnv => self.stage_env.fill_if(word, given.string(), errors),
            OptionKey::AllowNearMisses => {
                self.allow_near_misses.fill_if(word, given.nothing(), errors)
            }
            OptionKey::Names => self.names.fill_if(word, given.ident(), errors),
            OptionKey::Validate => self.validate.fill_if(word, given.path(), errors),
            OptionKey::Crate => self.runtime.fill_if(word, given.absolute_path(), errors),
        };
        if !understood {
            self.damaged = true;
            report_misuse(key, word, &given, errors);
        }
    }
}

/// Whether it is a word of no other meaning, and so a stage.
fn is_lone(arg: &Arg) -> bool {
    let word = args::ident(&arg.value).filter(|_| arg.key.is_none());
    let word = word.map(|word| word.unraw().to_string());
    word.is_some_and(|word| OptionKey::meant(&word).is_none() && !means_something_else(&word))
}

/// What stands behind a key.
enum Given<'a> {
    Nothing,
    Assigned(&'a Expr),
    List(&'a Punctuated<Expr, Token![,]>),
}

/// A key and what is behind it: `key = value`, `key(value, …)` or `key` alone.
fn take_apart(Arg { key, value }: &Arg) -> Option<(&Ident, Given<'_>)> {
    if let Some(key) = key {
        return Some((key, Given::Assigned(value)));
    }
    if let Some(key) = args::ident(value) {
        return Some((key, Given::Nothing));
    }
    let Expr::Call(call) = value else { return None };
    Some((args::ident(&call.func)?, Given::List(&call.args)))
}

impl Given<'_> {
    fn assigned(&self) -> Option<&Expr> {
        if let Self::Assigned(value) = self { Some(value) } else { None }
    }

    fn ident(&self) -> Option<Ident> {
        self.assigned().and_then(args::plain)
    }

    fn stages(&self) -> Option<Vec<Declared>> {
        let Self::List(values) = self else { return None };
        let stages: Option<Vec<_>> = values.iter().map(Declared::read).collect();
        stages.filter(|stages| !stages.is_empty())
    }

    fn string(&self) -> Option<LitStr> {
        self.assigned().and_then(args::string).cloned()
    }

    fn nothing(&self) -> Option<()> {
        matches!(self, Self::Nothing).then_some(())
    }

    fn path(&self) -> Option<Path> {
        match args::ungrouped(self.assigned()?) {
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

    /// Says which keys stand among the stages, and whether any does.
    fn report_keys(&self, errors: &Errors) -> bool {
        let Self::List(values) = self else { return false };
        let is_key = |value: &&Expr| {
            let key = Arg::of(value).key;
            key.is_some_and(|key| OptionKey::of(&key.to_string()).is_some())
        };
        let (keys, stages): (Vec<_>, Vec<_>) = values.iter().partition(is_key);
        let Some(first) = keys.first() else { return false };
        let text = |values: &[&Expr]| values.iter().map(compact).collect::<Vec<_>>().join(", ");
        let mistake = format!("`{}` is inside `stages(…)`", compact(first));
        let help = format!("`#[stage_config(stages({}), {})]`", text(&stages), text(&keys));
        errors.add(first, mistake, help);
        true
    }

    /// What is at fault when this is not what the key takes.
    fn tokens(&self, key: &Ident) -> TokenStream {
        match self {
            Self::Assigned(value) => value.to_token_stream(),
            Self::List(values) if !values.is_empty() => {
                // Of stages, those that are none.
                let wrong = |value: &&Expr| key != "stages" || Declared::read(value).is_none();
                values.iter().filter(wrong).map(ToTokens::to_token_stream).collect()
            }
            Self::Nothing | Self::List(_) => key.to_token_stream(),
        }
    }

    /// What was most likely meant, or else how the key looks.
    fn fix(&self, key: OptionKey) -> String {
        self.guess(key).unwrap_or_else(|| key.example().to_owned())
    }

    /// Whether it says that near misses are refused, as they are without any key.
    fn is_refusal(&self) -> bool {
        const REFUSED: [&str; 5] = ["deny", "refuse", "forbid", "none", "false"];
        self.assigned().map(compact).is_some_and(|it| REFUSED.contains(&it.as_str()))
    }

    /// Without the quotes and with the colons that belong there.
    fn guess(&self, key: OptionKey) -> Option<String> {
        let value = match self {
            Self::List(stages) if key == OptionKey::Stages && !stages.is_empty() => {
                return Some(format!("stages({})", declared::fix_all(stages)?));
            }
            Self::List(values) if values.len() == 1 => values.first()?,
            Self::Assigned(value) => value,
            _ => return None,
        };
        let bare = args::string(value).map_or_else(|| compact(value), LitStr::value);
        let path = |path: String| syn::parse_str::<Path>(&path).is_ok().then_some(path);
        let fix = match key {
            OptionKey::Stages => return Some(format!("stages({})", name_like(&bare)?)),
            OptionKey::Fallback | OptionKey::Names => name_like(&bare)?,
            OptionKey::StageEnv => args::quoted(value)?,
            OptionKey::AllowNearMisses => return None,
            OptionKey::Validate if let Expr::Call(call) = value => compact(&call.func),
            OptionKey::Validate => path(bare)?,
            OptionKey::Crate => path(match bare.split_once("::") {
                Some(("self" | "super", rest)) => format!("crate::{rest}"),
                Some(("" | "crate", _)) => bare,
                _ => format!("::{bare}"),
            })?,
        };
        Some(format!("{} = {fix}", key.word()))
    }
}

/// How a key is given a value that stood in the wrong place.
pub(crate) fn fix(key: OptionKey, value: &Expr) -> String {
    Given::Assigned(value).fix(key)
}

fn report_misuse(key: OptionKey, word: &Ident, given: &Given, errors: &Errors) {
    let help = if key == OptionKey::AllowNearMisses && given.is_refusal() {
        format!("remove `{word} = …`")
    } else {
        format!("`#[stage_config({})]`", given.fix(key))
    };
    errors.add(given.tokens(word), format!("`{word}` takes {}", key.takes()), help);
}

fn report_unknown(word: &Ident, name: &str, given: &Given, errors: &Errors) {
    let meant = OptionKey::meant(name);
    let is_of_a_field = meant.is_none() && (Key::of(name).is_some() || Kind::of(name).is_some());
    let field = if is_of_a_field { ", which belongs on a field" } else { "" };
    let hint = format!("{field}{}", did_you_mean(meant.map(OptionKey::word)));
    let keys = list(OptionKey::ALL.map(OptionKey::word));
    let help = match meant {
        Some(OptionKey::AllowNearMisses) if given.is_refusal() => {
            format!("remove `{word} = …`; near misses are refused without `allow_near_misses`")
        }
        Some(key) => format!("`{}`; the keys are {keys}", given.fix(key)),
        None => format!("the keys are {}", examples()),
    };
    errors.add(word, format!("unknown key `{word}` in `#[stage_config]`{hint}"), help);
}

fn examples() -> String {
    list(OptionKey::ALL.map(OptionKey::example))
}

/// A value that knows its key and refuses a second one.
pub(crate) struct Slot<T>(Option<(Ident, T)>);

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Slot<T> {
    /// Fills in a value, if it is one that the key takes.
    fn fill_if(&mut self, key: &Ident, value: Option<T>, errors: &Errors) -> bool {
        let understood = value.is_some();
        if understood && self.0.is_some() {
            errors.add(key, format!("`{key}` is given twice"), format!("keep one `{key}`"));
        } else if let Some(value) = value {
            self.0 = Some((key.clone(), value));
        }
        understood
    }

    pub(crate) fn get(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| value)
    }

    pub(crate) fn with_key(&self) -> Option<(&Ident, &T)> {
        self.0.as_ref().map(|(key, value)| (key, value))
    }
}
