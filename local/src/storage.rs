//! What the operations have to know of the storage before they hand something on to it.

use rustack_ssm_core::provider::RustackSsm;
use rustack_ssm_model::error::SsmErrorCode;
use rustack_ssm_model::input::{DescribeParametersInput, GetParameterInput};
use rustack_ssm_model::types::{Parameter as Stored, ParameterStringFilter};
use stage_config_names::ParameterName;

use crate::error::ServiceError;
use crate::place;

/// Looks a parameter up: `Key` and `/Key` are one, whichever form it was created in.
pub(crate) fn find(storage: &RustackSsm, name: &ParameterName<'_>) -> Result<Stored, ServiceError> {
    if name.arn().is_some_and(|arn| {
        (arn.partition(), arn.region(), arn.account()) != ("aws", place::REGION, place::ACCOUNT)
    }) {
        return Err(ServiceError::not_found());
    }
    let bare = name.path().trim_start_matches('/');
    let selector = name.selector().map(|it| format!(":{it}")).unwrap_or_default();
    let get =
        |name| storage.handle_get_parameter(&GetParameterInput { name, with_decryption: None });
    let found = match get(format!("/{bare}{selector}")) {
        Err(error) if error.code == SsmErrorCode::ParameterNotFound => {
            get(format!("{bare}{selector}"))
        }
        found => found,
    };
    found?.parameter.ok_or_else(ServiceError::not_found)
}

/// The tier of a parameter, which its description has and its reply has not.
pub(crate) fn tier_of(storage: &RustackSsm, name: &str) -> Result<Option<String>, ServiceError> {
    let this = ParameterStringFilter {
        key: "Name".to_owned(),
        option: Some("Equals".to_owned()),
        values: vec![name.to_owned()],
    };
    let input = DescribeParametersInput { parameter_filters: vec![this], ..Default::default() };
    let described = storage.handle_describe_parameters(&input)?.parameters;
    Ok(described.into_iter().next().and_then(|it| it.tier))
}
