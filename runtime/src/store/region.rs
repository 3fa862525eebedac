//! The region and the endpoint that the environment names.

use crate::environment::given;

/// The region, as Lambda sets it.
pub(crate) fn named_region() -> Option<String> {
    given("AWS_REGION").or_else(|| given("AWS_DEFAULT_REGION"))
}

/// The endpoint, instead of that of the region.
pub(crate) fn named_endpoint() -> Option<String> {
    let is_ignored = given("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
        .is_some_and(|text| text.eq_ignore_ascii_case("true"));
    if is_ignored {
        return None;
    }
    given("AWS_ENDPOINT_URL_SSM").or_else(|| given("AWS_ENDPOINT_URL"))
}
