//! Region and endpoint from the environment.

use http::Uri;

use crate::environment::given;
use crate::store::endpoint::{self, Endpoint};
use crate::store::failure::Failure;
use crate::store::region::{NO_REGION, named_endpoint, named_region};

/// Only the SDK reads the files in which these look.
const FILES: [&str; 2] = ["AWS_PROFILE", "AWS_CONFIG_FILE"];
/// Endpoints that only the SDK knows.
const ENDPOINTS: [&str; 2] = ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"];

/// Where the calls go.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) region: String,
    pub(super) url: Uri,
}

impl Settings {
    /// The error is a text for the user.
    pub(super) fn from_environment() -> Result<Self, String> {
        let is_on = |name| given(name).is_some_and(|text| !text.eq_ignore_ascii_case("false"));
        let files = FILES.into_iter().find(|name| given(name).is_some());
        if let Some(name) = files.or_else(|| ENDPOINTS.into_iter().find(|name| is_on(name))) {
            return Err(unsupported(name));
        }
        Self::new(named_region()?.ok_or(NO_REGION)?, named_endpoint()?)
    }

    pub(super) fn new(region: String, endpoint: Option<String>) -> Result<Self, String> {
        let url = endpoint.unwrap_or_else(|| own_endpoint(&region));
        let parsed = url.parse().ok().filter(|_| endpoint::is_possible(&url));
        let url =
            parsed.ok_or_else(|| Failure::impossible(&Endpoint::new(&url, true)).to_string())?;
        Ok(Self { region, url })
    }

    /// The endpoint, for errors.
    pub(super) fn endpoint(&self) -> Endpoint {
        Endpoint::new(&self.url.to_string(), true)
    }
}

/// The environment sets a variable that only the SDK supports.
pub(super) fn unsupported(name: &str) -> String {
    format!(
        "the feature `lean` of stage-config does not support the environment variable `{name}`; \
         use the feature `ssm`"
    )
}

/// The endpoint in this region.
fn own_endpoint(region: &str) -> String {
    format!("https://ssm.{region}.{}", suffix(region))
}

/// The domain of the partition of a region.
fn suffix(region: &str) -> &'static str {
    let partitions = [
        ("cn-", "amazonaws.com.cn"),
        ("eusc-", "amazonaws.eu"),
        ("us-iso-", "c2s.ic.gov"),
        ("us-isob-", "sc2s.sgov.gov"),
        ("us-isof-", "csp.hci.ic.gov"),
        ("eu-isoe-", "cloud.adc-e.uk"),
    ];
    let found = partitions.iter().find(|(prefix, _)| region.starts_with(prefix));
    found.map_or("amazonaws.com", |(_, suffix)| suffix)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(region: &str, endpoint: Option<&str>) -> Result<String, String> {
        let settings = Settings::new(region.to_owned(), endpoint.map(str::to_owned));
        settings.map(|settings| settings.url.to_string())
    }

    #[test]
    fn the_endpoint_that_is_given() {
        let given = "http://127.0.0.1:1234";
        assert_eq!(url("us-east-1", Some(given)).unwrap(), format!("{given}/"));
        assert_eq!(url("us-east-1", Some("http://h/p")).unwrap(), "http://h/p");
        for wrong in ["ftp://h", "http://h:99999", "http://h\u{1b}"] {
            let error = url("us-east-1", Some(wrong)).unwrap_err();
            assert!(error.starts_with("no request can be sent to "), "{error}");
            assert!(!error.contains('\u{1b}'), "{error}");
        }
    }

    #[cfg(feature = "ssm")]
    #[tokio::test]
    async fn the_endpoints_of_the_sdk() {
        use aws_sdk_ssm::config::endpoint::{DefaultResolver, Params, ResolveEndpoint as _};
        for region in [
            "us-east-1",
            "us-gov-west-1",
            "mx-central-1",
            "nowhere-1",
            "cn-north-1",
            "eusc-de-east-1",
            "us-iso-east-1",
            "us-isob-east-1",
            "us-isof-south-1",
            "eu-isoe-west-1",
        ] {
            let params = Params::builder().region(region.to_owned()).build().unwrap();
            let resolver = DefaultResolver::new();
            let found = resolver.resolve_endpoint(&params).await.unwrap();
            assert_eq!(own_endpoint(region), found.url());
        }
    }
}
