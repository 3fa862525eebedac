//! Checks the accounts of the stages.

use stage_config_names::{Account, closest};
use syn::LitStr;
use syn::ext::IdentExt;

use super::stages::KnownStages;
use crate::diagnostics::print::{compact, did_you_mean, known, name_like};
use crate::diagnostics::{Errors, Help, repair};
use crate::parse::accounts::{Accounts, StageAccounts};

/// Each account with the name of a stage that is in it.
pub(super) fn check(
    accounts: Option<&Accounts>,
    stages: &KnownStages,
    errors: &Errors,
) -> Vec<(String, String)> {
    let Some(Accounts { tokens, stages: given }) = accounts else { return Vec::new() };
    let (mut checked, mut taken) = (Vec::new(), Vec::new());
    if stages.all.is_empty() && stages.are_complete && !given.is_empty() {
        let mut words: Vec<_> = given.iter().map(|it| it.stage.to_string()).collect();
        words.dedup();
        let what = "`accounts` needs stages, and the struct declares none";
        let help = Help::insert(tokens, format!("stages({})", words.join(", ")));
        errors.add(tokens, what, help);
        return checked;
    }
    for of_stage in given {
        let numbers = numbers(of_stage, errors);
        let word = of_stage.stage.unraw().to_string();
        let Some(index) = stages.words.iter().position(|stage| *stage == word) else {
            if stages.are_complete {
                report_unknown(of_stage, stages, given, errors);
            }
            continue;
        };
        if taken.contains(&index) {
            let what = format!("`{word}` is given twice in `accounts`");
            errors.add(&of_stage.stage, what, Help::remove(of_stage.tokens()));
            continue;
        }
        taken.push(index);
        checked.extend(numbers.into_iter().map(|number| (number, stages.all[index].name())));
    }
    checked
}

/// The numbers of the accounts of one stage.
fn numbers(of_stage: &StageAccounts, errors: &Errors) -> Vec<String> {
    let StageAccounts { stage, value } = of_stage;
    let mut numbers = Vec::new();
    if of_stage.numbers().is_empty() {
        let help = Help::replace(value, "\"…\"");
        errors.add(value, format!("`{stage}` has no account"), help);
    }
    for literal in of_stage.numbers() {
        let number = literal.value();
        if Account::parse(&number).is_none() {
            report_number(literal, &number, errors);
        } else if numbers.contains(&number) {
            let what = format!("account `{number}` is given twice for `{stage}`");
            errors.add(literal, what, Help::remove(literal));
        } else {
            numbers.push(number);
        }
    }
    numbers
}

fn report_number(literal: &LitStr, number: &str, errors: &Errors) {
    let what =
        format!("`{}` is not the number of an account, which has 12 digits", compact(literal));
    let number = repair::account(number).unwrap_or_else(|| "…".to_owned());
    errors.add(literal, what, Help::replace(literal, format!("{number:?}")));
}

fn report_unknown(
    of_stage: &StageAccounts,
    stages: &KnownStages,
    given: &[StageAccounts],
    errors: &Errors,
) {
    let StageAccounts { stage, .. } = of_stage;
    let word = stage.unraw().to_string();
    let is_free = |word: &&str| given.iter().all(|it| it.stage.unraw() != word);
    let free = stages.words.iter().map(String::as_str).filter(is_free);
    let meant = stages.named(&word).filter(is_free).or_else(|| closest(&word, free));
    let what = format!("unknown stage `{stage}` in `accounts`{}", did_you_mean(meant));
    let help = match meant.and_then(name_like) {
        Some(meant) => Help::replace(stage, meant),
        None => Help::remove(of_stage.tokens()),
    };
    let declare = stages.fields.is_some().then(|| {
        let all = [&*stages.words, &[stage.to_string()]].concat().join(", ");
        format!("if it is another stage: `#[stage_config(stages({all}))]`")
    });
    errors.add(stage, what, help.and(declare).and(known("stage", &stages.words)));
}
