//! `stage-config unused`

use std::io::Write as _;
use std::process::ExitCode;

use serde::Serialize;

use crate::account::{self, Account, Found, Time};
use crate::args::{Format, Global};
use crate::artifact;
use crate::error::{Error, Result};
use crate::print::{self, Progress, Table, count};

const EXAMPLES: &str = "\
Examples:
  stage-config unused --path /orders";

/// List the parameters below a path that no field reads at any stage
///
/// It knows the configurations of one program only: what other programs read is listed too.
///
/// It needs the right `ssm:DescribeParameters`.
///
/// As JSON: a list with `name`, `type`, `version` and `changed` of each.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Options {
    /// The path, such as `/orders`
    #[arg(long, value_name = "PATH")]
    path: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Unused<'a> {
    name: &'a str,
    r#type: &'a str,
    version: i64,
    changed: &'a Option<Time>,
}

pub(crate) fn run(options: &Options, global: &Global) -> Result<ExitCode> {
    let path = &*options.path;
    if !path.starts_with('/') {
        return Err(Error::usage(format!("the path `{path}` has to begin with `/`")));
    }
    let descriptions = artifact::descriptions(&global.source)?;
    account::run(async {
        let account = Account::reach(&global.aws).await?;
        let all = {
            let _progress = Progress::start(format!("listing what is below `{path}`"));
            account.names_below(path).await?
        };
        let number = all.len();
        let is_unused = |it: &Found| !descriptions.iter().any(|config| config.reads(&it.name));
        let mut unused: Vec<_> = all.into_iter().filter(is_unused).collect();
        unused.sort_by(|one, other| one.name.as_str().cmp(other.name.as_str()));
        let mut out = anstream::stdout().lock();
        if options.format == Format::Json {
            let unused = unused.iter().map(|it| Unused {
                name: it.name.as_str(),
                r#type: &it.r#type,
                version: it.version,
                changed: &it.changed,
            });
            print::json(&mut out, &unused.collect::<Vec<_>>())?;
            return Ok(ExitCode::SUCCESS);
        }
        writeln!(out, "{account}\n")?;
        if !unused.is_empty() {
            let mut table = Table::new(["parameter", "type", "version", "changed"]);
            for it in &unused {
                let changed = it.changed.as_ref().map(Time::to_string).unwrap_or_default();
                let (name, version) = (it.name.to_string(), it.version.to_string());
                table.add([name, it.r#type.clone(), version, changed]);
            }
            writeln!(out, "{table}\n")?;
        }
        let configs: Vec<_> = descriptions.iter().map(|it| format!("`{}`", it.config)).collect();
        let configs = configs.join(", ");
        let number = count(number, "parameter");
        writeln!(out, "{number} below `{path}`, {} not read by {configs}", unused.len())?;
        Ok(ExitCode::SUCCESS)
    })
}
