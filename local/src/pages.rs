//! Where a walk below a path has come to, as its tokens say.

use std::hash::{DefaultHasher, Hash, Hasher};

use rustack_ssm_model::input::GetParametersByPathInput;

use crate::error::ServiceError;

/// A place in a walk. The storage's tokens count parameters and fit any path; ours also say which
/// walk they are of and lead to which page of it, so that one that does not fit is refused, and no
/// two of a walk are the same, even if a page between them is empty.
pub(crate) struct Place {
    walk: u64,
    /// From 1.
    pub(crate) page: usize,
    /// The storage's token, which the first page has none of.
    pub(crate) token: Option<String>,
}

impl Place {
    pub(crate) fn of(input: &GetParametersByPathInput) -> Result<Self, ServiceError> {
        let walk = walk_of(input);
        let Some(token) = &input.next_token else {
            return Ok(Self { walk, page: 1, token: None });
        };
        let invalid = || ServiceError::new("InvalidNextToken", "The specified token is invalid.");
        let ours = token.strip_prefix(&format!("{walk:016x}-")).ok_or_else(invalid)?;
        let (page, token) = ours.split_once('-').ok_or_else(invalid)?;
        let token = (!token.is_empty()).then(|| token.to_owned());
        Ok(Self { walk, page: page.parse().map_err(|_| invalid())?, token })
    }

    /// The token of the page behind this one, which begins where the storage's token says.
    pub(crate) fn next(&self, token: Option<&str>) -> String {
        let Self { walk, page, .. } = self;
        format!("{walk:016x}-{}-{}", page.saturating_add(1), token.unwrap_or_default())
    }
}

/// How many a page has may change in the middle of a walk, what is walked may not.
fn walk_of(input: &GetParametersByPathInput) -> u64 {
    let mut hasher = DefaultHasher::new();
    input.path.trim_end_matches('/').hash(&mut hasher);
    input.recursive.unwrap_or(false).hash(&mut hasher);
    for filter in &input.parameter_filters {
        (&filter.key, &filter.option, &filter.values).hash(&mut hasher);
    }
    hasher.finish()
}
