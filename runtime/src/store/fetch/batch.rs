//! Which calls a load makes for names.
//!
//! The read calls of an account share 40 requests a second by default, so a load makes as few as it
//! can: GetParameters in tens, side by side. For IAM the two calls are two actions, and a role may be
//! allowed either of them, or some names only. If one call is denied, the other is tried, name by
//! name, which also shows which name is at fault.

use futures_util::future::join_all;
use stage_config_names::{MAX_NAMES, ParameterName};

use crate::source::{Answer, Answers};

use crate::store::Operations;
use crate::store::failure::{Class, Failure};
use crate::store::reply::Replies;

const GET_PARAMETER: &str = "ssm:GetParameter";
const GET_PARAMETERS: &str = "ssm:GetParameters";

/// Fetches all of them.
pub(super) async fn fetch(client: &impl Operations, names: &[ParameterName<'_>]) -> Answers {
    if let [name] = names {
        return one(name, alone(client, name, GET_PARAMETER).await);
    }
    let batches = names.chunks(MAX_NAMES).map(|batch| together(client, batch));
    let mut answers = Answers::new();
    for batch in join_all(batches).await {
        answers.extend(batch);
    }
    answers
}

fn one(name: &ParameterName<'_>, answer: Answer) -> Answers {
    [(name.as_str(), answer)].into_iter().collect()
}

/// Up to ten names in one call.
async fn together<'n>(
    client: &impl Operations,
    batch: &[ParameterName<'n>],
) -> Vec<(&'n str, Answer)> {
    let replies = match client.get_parameters(batch).await {
        Ok(replies) => replies,
        Err(failure) if failure.may_be_of_one_name() => Replies::default(),
        Err(failure) => {
            let answer = |name| failure.clone().into_answer(name, GET_PARAMETERS);
            return batch.iter().map(|name| (name.as_str(), answer(name))).collect();
        }
    };
    // Names that a batch leaves without an answer are requested one by one.
    join_all(batch.iter().map(async |name| {
        let answer = match replies.answer(name, batch) {
            Some(answer) => answer,
            None => alone(client, name, GET_PARAMETERS).await,
        };
        (name.as_str(), answer)
    }))
    .await
}

/// One name in one call. If that is denied, the error names `action` as the one that the role needs.
async fn alone(client: &impl Operations, name: &ParameterName<'_>, action: &str) -> Answer {
    let denied = match client.get_parameter(name).await {
        Ok(found) => return Replies { found: vec![found], invalid: vec![] }.only(name),
        Err(failure) if failure.denies(GET_PARAMETER) => failure,
        Err(failure) => return failure.into_answer(name, action),
    };
    match client.get_parameters(std::slice::from_ref(name)).await {
        Ok(replies) => replies.only(name),
        Err(failure) if failure.denies(GET_PARAMETERS) => denied.into_answer(name, action),
        Err(failure) => failure.into_answer(name, action),
    }
}

impl Failure {
    /// Whether requests name by name may do better than the batch did.
    fn may_be_of_one_name(&self) -> bool {
        matches!(
            self,
            Self::Missing | Self::Denied { .. } | Self::Failed { class: Class::OneName, .. }
        )
    }
}
