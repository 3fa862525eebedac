//! What is right and wrong about each parameter.

use secrecy::ExposeSecret as _;
use serde::{Serialize, Serializer};
use stage_config_names::Name;

use crate::account::{Account, Answer, Failure, Found, Look};
use crate::description::{Deployment, Parameter};
use crate::error::Result;
use crate::print::{count, did_you_mean};

/// What there is to say about one parameter.
#[derive(Serialize)]
pub(super) struct Verdict<'a> {
    pub(super) status: Status,
    #[serde(rename = "fields", serialize_with = "paths")]
    pub(super) parameter: &'a Parameter<'a>,
    #[serde(serialize_with = "text")]
    pub(super) name: &'a Name,
    pub(super) r#type: Option<String>,
    pub(super) version: Option<i64>,
    /// Names that may be meant, if it is missing.
    near: Vec<String>,
    /// For people. Never a value.
    detail: String,
}

fn paths<S: Serializer>(
    parameter: &Parameter<'_>,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_seq(parameter.fields.iter().map(|field| &field.path))
}

fn text<S: Serializer>(name: &Name, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_str(name.as_str())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    Ok,
    /// It is not there, and does not have to be.
    Absent,
    /// Only the program can tell whether it is good.
    NotJudged,
    Missing,
    Denied,
    /// It could not be read for another reason.
    Unreadable,
    /// Its field is secret, but it is not a SecureString.
    NotEncrypted,
    /// It is not of the type of its field.
    Malformed,
    /// It is of an account that is not the stage's.
    OtherAccount,
}

impl Status {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Absent => "absent",
            Self::NotJudged => "not judged",
            Self::Missing => "missing",
            Self::Denied => "denied",
            Self::Unreadable => "unreadable",
            Self::NotEncrypted => "not encrypted",
            Self::Malformed => "malformed",
            Self::OtherAccount => "other account",
        }
    }

    pub(super) fn is_problem(self) -> bool {
        !matches!(self, Self::Ok | Self::Absent | Self::NotJudged)
    }
}

/// Judges all that a configuration reads at one stage.
pub(super) async fn verdicts<'a>(
    account: &Account,
    deployment: &'a Deployment<'a>,
    look: Look,
) -> Result<Vec<Verdict<'a>>> {
    let names = deployment.parameters.iter().filter(|it| !it.is_path()).flat_map(|it| &it.names);
    let answers = account.ask(names, look).await?;
    let mut verdicts = Vec::new();
    for parameter in &deployment.parameters {
        verdicts.push(if parameter.is_path() {
            all_below(account, deployment, parameter, look).await
        } else {
            let answers =
                parameter.names.iter().filter_map(|name| Some((name, answers.get(name)?)));
            // A load uses the first that is not missing.
            let used = answers.into_iter().find(|(_, it)| !matches!(it, Answer::Missing));
            used.map_or_else(
                || absent(parameter),
                |(name, answer)| one(deployment, parameter, name, answer),
            )
        });
    }
    let missing = verdicts.iter().filter(|it| it.status == Status::Missing);
    let missing: Vec<_> = missing.flat_map(|it| &it.parameter.names).collect();
    if !missing.is_empty() {
        let near = account.near(missing, |name| deployment.description.reads(name)).await;
        for verdict in verdicts.iter_mut().filter(|it| it.status == Status::Missing) {
            let names = verdict.parameter.names.iter();
            verdict.near = names.filter_map(|name| near.get(name)).flatten().cloned().collect();
        }
    }
    Ok(verdicts)
}

impl<'a> Verdict<'a> {
    fn new(status: Status, parameter: &'a Parameter<'a>, detail: impl Into<String>) -> Self {
        let name = parameter.name();
        let (near, detail) = (Vec::new(), detail.into());
        Self { status, parameter, name, r#type: None, version: None, near, detail }
    }

    /// The detail in the table: `String, version 3; its value is not a `u32`: …`
    pub(super) fn sentence(&self) -> String {
        let version = self.r#type.as_ref().zip(self.version);
        let version = version.map(|(ty, version)| format!("{ty}, version {version}"));
        let parts = [version.unwrap_or_default(), self.detail.clone(), did_you_mean(&self.near)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
    }

    fn failed(parameter: &'a Parameter<'a>, failure: &Failure) -> Self {
        let status = if failure.is_denied() { Status::Denied } else { Status::Unreadable };
        Self::new(status, parameter, failure.to_string())
    }
}

fn absent<'a>(parameter: &'a Parameter<'a>) -> Verdict<'a> {
    let status = if parameter.is_required() { Status::Missing } else { Status::Absent };
    let whole = parameter
        .fields
        .iter()
        .find_map(|field| field.optional_struct.as_ref().filter(|_| field.required));
    let detail = match (&*parameter.names, whole) {
        _ if parameter.is_path() => "nothing is below it".to_owned(),
        _ if parameter.name().is_secret() => "in Secrets Manager".to_owned(),
        ([_, fallback], _) => format!("nor is there `{fallback}`"),
        (_, Some(whole)) => format!("all of `{whole}` has to be absent then"),
        _ => String::new(),
    };
    Verdict::new(status, parameter, detail)
}

fn one<'a>(
    deployment: &Deployment<'_>,
    parameter: &'a Parameter<'a>,
    name: &'a Name,
    answer: &Answer,
) -> Verdict<'a> {
    let verdict = match answer {
        Answer::Missing => absent(parameter),
        Answer::Failed(failure) => Verdict::failed(parameter, failure),
        Answer::NotLookedUp(why) => Verdict::new(Status::NotJudged, parameter, *why),
        Answer::Found(found) => {
            let (status, detail) = judge(deployment, parameter, found).unwrap_or_else(|| {
                let is_fallback = name != parameter.name();
                (Status::Ok, if is_fallback { "the fallback's" } else { "" }.to_owned())
            });
            Verdict {
                // Secrets Manager has neither.
                r#type: Some(found.r#type.clone()).filter(|_| !name.is_secret()),
                version: Some(found.version).filter(|_| !name.is_secret()),
                ..Verdict::new(status, parameter, detail)
            }
        }
    };
    Verdict { name, ..verdict }
}

/// Everything under a path; at a preview stage, also under that of the fallback.
async fn all_below<'a>(
    account: &Account,
    deployment: &Deployment<'_>,
    parameter: &'a Parameter<'a>,
    look: Look,
) -> Verdict<'a> {
    let entries = match account.below(&parameter.names, look).await {
        Ok(entries) if entries.is_empty() => return absent(parameter),
        Ok(entries) => entries,
        Err((name, failure)) => return Verdict { name, ..Verdict::failed(parameter, &failure) },
    };
    let mut worst: Option<(Status, String)> = None;
    for (key, found) in &entries {
        if let Some((status, detail)) = judge(deployment, parameter, found)
            && worst.as_ref().is_none_or(|(worst, _)| status.is_problem() && !worst.is_problem())
        {
            worst = Some((status, format!("`{key}`: {detail}")));
        }
    }
    let (status, detail) = worst
        .unwrap_or_else(|| (Status::Ok, format!("{} below it", count(entries.len(), "parameter"))));
    Verdict::new(status, parameter, detail)
}

/// The problem of a parameter that exists. `None` if it has none.
fn judge(
    deployment: &Deployment<'_>,
    parameter: &Parameter<'_>,
    found: &Found,
) -> Option<(Status, String)> {
    if let Some(account) = found.account().filter(|_| !parameter.is_by_arn())
        && !deployment.accounts().is_empty()
        && !deployment.accounts().iter().any(|it| *it == account.as_str())
    {
        return Some((Status::OtherAccount, format!("it is of account {account}")));
    }
    if parameter.is_secret() && !found.is_secure() && !found.name.is_secret() {
        return Some((Status::NotEncrypted, "its field is secret".to_owned()));
    }
    let text = found.value.as_ref()?.expose_secret();
    let mut not_judged = None;
    for field in &parameter.fields {
        match field.check(text) {
            Some(Ok(())) => {}
            Some(Err(why)) => return Some((Status::Malformed, format!("its value {why}"))),
            None => {
                let detail = format!("its type is `{}`", field.r#type);
                not_judged = not_judged.or(Some((Status::NotJudged, detail)));
            }
        }
    }
    not_judged
}
