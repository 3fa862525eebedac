//! Whether the accounts that answered a load are those of its stage.

use std::collections::BTreeMap;

use stage_config_names::{Account, Name, NameKind};

use crate::error::remedy::Remedy;
use crate::error::{Problem, ProblemKind};
use crate::schema::requested::RowNames;
use crate::schema::stage::Stage;
use crate::schema::table::{Kind, ParameterTable};
use crate::source::{Answer, Answers};

/// The problem of an account that `accounts(…)` does not list for the stage: of this struct for
/// everything in it, of a nested one for its own part.
pub(super) fn check(
    table: &ParameterTable,
    rows: &[RowNames],
    stage: &Stage,
    answers: &Answers,
) -> Option<Problem> {
    if table.stages.have_accounts()
        && let Some(account) = accounts(rows, answers).find(|it| !is_of(stage, table, *it))
    {
        return Some(problem(table, stage, account));
    }
    table.fields.iter().zip(rows).find_map(|(field, row)| match field.kind {
        Kind::Nested(table, _) => check(table, row.nested(), stage, answers),
        _ => None,
    })
}

fn is_of(stage: &Stage, table: &ParameterTable, account: Account) -> bool {
    let (stages, stage) = (table.stages, stage.chosen());
    let mut own = stages.accounts(stage).peekable();
    if own.peek().is_none() {
        return stages.in_account(account).next().is_none();
    }
    own.any(|it| it == account.as_str())
}

/// The accounts that answered, in the order of the fields.
fn accounts(rows: &[RowNames], answers: &Answers) -> impl Iterator<Item = Account> {
    let mut found = Vec::new();
    RowNames::visit(rows, &mut |kind, names| {
        for name in names.iter().filter(|name| !is_arn(name)) {
            match kind {
                NameKind::Path => {
                    let below = answers.get_path(name).map(|it| it.map(BTreeMap::values));
                    match below {
                        Some(Ok(below)) => found.extend(below.filter_map(Answer::account)),
                        Some(Err(failure)) => found.extend(failure.account()),
                        None => {}
                    }
                }
                _ => found.extend(answers.get(name).and_then(Answer::account)),
            }
        }
    });
    found.into_iter()
}

/// Whoever writes an ARN has chosen the account of the parameter, which may be any.
fn is_arn(name: &Name) -> bool {
    name.parse().is_ok_and(|name| name.arn().is_some())
}

fn problem(table: &ParameterTable, stage: &Stage, account: Account) -> Problem {
    let (config, stages, chosen) = (table.config, table.stages, stage.chosen());
    let own: Vec<_> = stages.accounts(chosen).collect();
    let others: Vec<_> = stages.in_account(account).collect();
    let whose = match &*others {
        [] => format!("`{config}` does not list"),
        [other] => format!("is that of stage `{other}`"),
        others => format!("is that of the stages `{}`", others.join("`, `")),
    };
    let (place, credentials) = match &*own {
        [] => ("has none of its own".to_owned(), "other credentials".to_owned()),
        [one] => (format!("is in account `{one}`"), format!("credentials of account `{one}`")),
        several => (
            format!("is in one of the accounts `{}`", several.join("`, `")),
            "credentials of one of them".to_owned(),
        ),
    };
    let or = match others.first() {
        None => String::new(),
        Some(other) => format!(", or for stage `{other}`"),
    };
    let is_word = chosen.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let word = if is_word { chosen } else { "…" };
    let numbers = [&*own, &[account.as_str()]].concat();
    let list = match &*numbers {
        [one] => format!("{one:?}"),
        several => format!("{several:?}"),
    };
    let what = format!("account `{account}` answered, which {whose}; stage `{chosen}` {place}");
    let remedies = [
        format!("load with {credentials}{or}"),
        format!(
            "if stage `{chosen}` is in account `{account}` too: \
             `#[stage_config(accounts(…, {word} = {list}))]`"
        ),
    ];
    Problem::new(ProblemKind::WrongAccount, None, None, stage, what).with(remedies.map(Remedy::Say))
}
