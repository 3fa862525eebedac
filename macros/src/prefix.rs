//! The arguments of `#[nested(…)]`, which stand in a `prefix(…)` of their own.

use stage_config_names::closest;
use syn::{Expr, ExprCall};

use crate::args::{self, Arg, Args};
use crate::errors::Errors;
use crate::print::compact;

const EXAMPLE: &str = r#"#[nested(prefix(dev = "/db/dev", prod = "/db/prod"))]"#;

/// Takes them out of it.
pub(crate) fn arguments(args: Args, errors: &Errors) -> Args {
    let mut inner = Args { list: Vec::new(), damaged: args.damaged };
    let mut seen = false;
    for arg in args.list {
        match prefix(&arg) {
            Some(call) if !seen => {
                seen = true;
                if call.args.is_empty() {
                    inner.damaged = true;
                    errors.add(call, "`prefix` is empty", format!("`{EXAMPLE}`"));
                }
                inner.list.extend(call.args.iter().map(Arg::of));
            }
            Some(call) => {
                inner.damaged = true;
                errors.add(call, "`prefix` is given twice", "keep one `prefix(…)`");
            }
            None => {
                inner.damaged = true;
                report(&arg, errors);
            }
        }
    }
    inner
}

fn prefix(arg: &Arg) -> Option<&ExprCall> {
    let Expr::Call(call) = &arg.value else { return None };
    (arg.key.is_none() && args::ident(&call.func)? == "prefix").then_some(call)
}

/// Says how what stands there is to be written.
fn report(arg: &Arg, errors: &Errors) {
    let value = compact(&arg.value);
    if let Some(key) = &arg.key {
        let is_prefix = closest(&key.to_string(), ["prefix"]).is_some();
        let (mistake, fix) = if is_prefix {
            (format!("`{key}` is followed by `=` instead of parentheses"), value)
        } else {
            (format!("`{key}` stands outside of `prefix(…)`"), format!("{key} = {value}"))
        };
        return errors.add(key, mistake, format!("`prefix({fix})`"));
    }
    let name = match &arg.value {
        Expr::Call(call) => args::ident(&call.func),
        value => args::ident(value),
    };
    let (mistake, help) = match (name, &arg.value) {
        (Some(name), Expr::Call(call)) => {
            let inner = compact(&call.args);
            let mistake = format!("unknown key `{name}` in `#[nested]`; did you mean `prefix`?");
            (mistake, format!("`prefix({inner})`"))
        }
        (Some(name), _) if name == "prefix" => ("`prefix` is empty".into(), format!("`{EXAMPLE}`")),
        _ => (format!("`{value}` stands outside of `prefix(…)`"), format!("`prefix({value})`")),
    };
    errors.add(&arg.value, mistake, help);
}
