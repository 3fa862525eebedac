//! `stage-config diff`

use std::collections::HashMap;
use std::io::Write as _;
use std::process::ExitCode;

use secrecy::ExposeSecret;
use stage_config_names::Name;

use crate::account::{self, Account, Answer, Look};
use crate::args::Global;
use crate::artifact;
use crate::description::{Deployment, Parameter};
use crate::error::Result;
use crate::print::{Progress, Table};

/// Compare the parameters of two stages, and show no value
///
/// It needs the right `ssm:GetParameters`, to say whether the values are the same.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// A stage
    #[arg(value_name = "STAGE")]
    one: String,
    /// Another one
    #[arg(value_name = "STAGE")]
    other: String,
}

type Answers = HashMap<Name, Answer>;

pub(crate) fn run(options: &Options, global: &Global) -> Result<ExitCode> {
    let descriptions = artifact::descriptions(&global.source)?;
    let at =
        |stage: &str| descriptions.iter().map(|it| it.at(Some(stage))).collect::<Result<Vec<_>>>();
    let (ones, others) = (at(&options.one)?, at(&options.other)?);
    account::run(async {
        let account = Account::reach(&global.aws).await?;
        let mut out = anstream::stdout().lock();
        writeln!(out, "{account}")?;
        for deployment in ones.iter().chain(&others) {
            account.check_is_one_of(deployment.accounts(), &deployment.title())?;
        }
        for (one, other) in ones.iter().zip(&others) {
            let names = [one, other].into_iter().flat_map(|it| &it.parameters);
            let names = names.filter(|it| !it.is_path()).flat_map(|it| &it.names);
            let answers = {
                let _progress = Progress::start("reading the parameters of both");
                account.ask(names, Look::Values).await?
            };
            writeln!(out, "\n`{}`\n{}", one.description.config, table(one, other, &answers))?;
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// A row for each field that reads a parameter.
fn table(one: &Deployment<'_>, other: &Deployment<'_>, answers: &Answers) -> Table {
    let mut table = Table::new(["field", &one.stage, &other.stage, "value"]);
    let mut seen: Vec<[&Name; 2]> = Vec::new();
    for own in one.parameters.iter().filter(|it| !it.is_path()) {
        for field in &own.fields {
            let reads_it = |it: &&Parameter<'_>| it.fields.iter().any(|it| it.path == field.path);
            let Some(others) = other.parameters.iter().find(reads_it) else { continue };
            let pair = [own.name(), others.name()];
            if seen.contains(&pair) {
                continue;
            }
            seen.push(pair);
            let sides = [own, others].map(|it| used(it, answers));
            let [left, right] = &sides;
            let cells = [left, right].map(|(name, answer)| format!("{name}\n{}", show(answer)));
            let [left_cell, right_cell] = cells;
            let value = compare(left.1, right.1).to_owned();
            table.add([own.fields(), left_cell, right_cell, value]);
        }
    }
    table
}

/// The name that a load uses, and its answer.
fn used<'a>(parameter: &'a Parameter<'_>, answers: &'a Answers) -> (&'a Name, &'a Answer) {
    let answer = |name: &'a Name| (name, answers.get(name).unwrap_or(&Answer::Missing));
    let there = parameter.names.iter().map(answer).find(|(_, it)| !matches!(it, Answer::Missing));
    there.unwrap_or_else(|| answer(parameter.name()))
}

fn show(answer: &Answer) -> String {
    match answer {
        Answer::Found(found) => {
            format!("{} version {}, {}", found.r#type, found.version, found.changed())
        }
        Answer::Missing => "missing".to_owned(),
        Answer::Failed(failure) => failure.to_string(),
        Answer::NotLookedUp(why) => (*why).to_owned(),
    }
}

/// Whether the values are the same.
fn compare(one: &Answer, other: &Answer) -> &'static str {
    let (Answer::Found(one), Answer::Found(other)) = (one, other) else { return "" };
    let [one, other] = [one, other].map(|it| it.value.as_ref().map(ExposeSecret::expose_secret));
    if one == other { "same" } else { "different" }
}
