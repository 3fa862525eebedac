//! The arguments of `#[nested(…)]`, which stand in a `prefix(…)` of their own.

use stage_config_names::closest;
use syn::{Expr, ExprCall};

use crate::args::{self, Arg, Args};
use crate::errors::Errors;
use crate::grammar::Kind;
use crate::print::{compact, did_you_mean};

/// Takes them out of it.
pub(crate) fn arguments(args: &Args, errors: &Errors) -> Args {
    let mut inner = Args { list: Vec::new(), damaged: args.damaged };
    let is_sound = |arg: &&Arg| prefix(arg).is_some() || !args.damaged;
    let mut seen = false;
    let (mut outside, mut bare) = (Vec::new(), Vec::new());
    // What is left of a damaged one may stand where it does for that reason.
    for arg in args.list.iter().filter(is_sound) {
        match prefix(arg) {
            Some(call) if !seen => {
                seen = true;
                if call.args.is_empty() {
                    inner.damaged = true;
                    let example = Kind::Nested.example_with_keys();
                    errors.add(call, "`prefix` is empty", format!("`{example}`"));
                }
                inner.list.extend(call.args.iter().map(Arg::of));
                continue;
            }
            Some(call) => errors.add(call, "`prefix` is given twice", "keep one `prefix(…)`"),
            None if args::string(&arg.value).is_some() && !is_like_prefix(arg) => outside.push(arg),
            None if args::ident(&arg.value).is_some_and(|it| it == "prefix") => bare.push(arg),
            None => report(arg, errors),
        }
        inner.damaged = true;
    }
    if let Some(first) = outside.first() {
        let all: Vec<_> = outside.iter().map(|arg| arg.text()).collect();
        let mistake = format!("`{}` is outside of `prefix(…)`", first.text());
        let help = format!("`#[nested(prefix({}))]`", all.join(", "));
        errors.add(first.start(), mistake, help);
    } else {
        for arg in bare {
            report(arg, errors);
        }
    }
    inner
}

fn prefix(arg: &Arg) -> Option<&ExprCall> {
    let Expr::Call(call) = args::ungrouped(&arg.value) else { return None };
    (arg.key.is_none() && args::ident(&call.func)? == "prefix").then_some(call)
}

fn is_like_prefix(arg: &Arg) -> bool {
    arg.key.as_ref().is_some_and(|key| closest(&key.to_string(), ["prefix"]).is_some())
}

/// Says how what stands there is to be written.
fn report(arg: &Arg, errors: &Errors) {
    let value = compact(&arg.value);
    let (name, inner) = match &arg.value {
        _ if arg.key.is_some() => (arg.key.as_ref(), value.trim_matches(['(', ')']).to_owned()),
        Expr::Call(call) => (args::ident(&call.func), compact(&call.args)),
        Expr::Index(list) => (args::ident(&list.expr), compact(&list.index)),
        value => (args::ident(value), String::new()),
    };
    let word = name.map_or_else(|| value.clone(), ToString::to_string);
    let meant = closest(&word, ["prefix"]);
    let mistake = match meant {
        Some(_) if inner.is_empty() => "`prefix` is empty".to_owned(),
        Some("prefix") if word == "prefix" => "`prefix` takes its names in parentheses".into(),
        _ => format!("unknown key `{word}` in `#[nested]`{}", did_you_mean(meant)),
    };
    let help = match meant {
        Some(_) if inner.is_empty() => format!("`{}`", Kind::Nested.example_with_keys()),
        Some(_) => format!("`prefix({inner})`"),
        None => format!("remove `{}`; the key is `prefix(\"/app\")`", arg.text()),
    };
    errors.add(arg.start(), mistake, help);
}
