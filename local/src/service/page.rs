//! Pages of a listing, and the tokens that lead from one to the next.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Serialize;

use crate::error::ServiceError;

/// One page of a listing, and the token of the next one.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Page<T> {
    pub(super) parameters: Vec<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next_token: Option<String>,
}

/// Where a page begins. Its token names the listing, so that a token of another listing is refused,
/// and the number of the page, so that no two tokens are the same even if a page is empty.
pub(super) struct Position {
    listing: u64,
    /// Counted from 1.
    pub(super) page: usize,
    /// The number of items on the pages before.
    offset: usize,
}

impl Position {
    /// `listing` is everything that may not change from one page to the next.
    pub(super) fn new(listing: impl Hash, token: Option<&str>) -> Result<Self, ServiceError> {
        let mut hasher = DefaultHasher::new();
        listing.hash(&mut hasher);
        let listing = hasher.finish();
        let Some(token) = token else { return Ok(Self { listing, page: 1, offset: 0 }) };
        let invalid = || ServiceError::new("InvalidNextToken", "The specified token is invalid.");
        let position = token.strip_prefix(&format!("{listing:016x}-")).ok_or_else(invalid)?;
        let (page, offset) = position.split_once('-').ok_or_else(invalid)?;
        let number = |text: &str| text.parse().map_err(|_| invalid());
        Ok(Self { listing, page: number(page)?, offset: number(offset)? })
    }

    /// The page at this position, from all items of the listing.
    pub(super) fn page<T>(&self, items: impl Iterator<Item = T>, most: usize) -> Page<T> {
        let mut items = items.skip(self.offset);
        let parameters: Vec<_> = items.by_ref().take(most).collect();
        let next_token = items.next().map(|_| self.token_after(parameters.len()));
        Page { parameters, next_token }
    }

    /// A page without items that leads to a page with the items at this position.
    pub(super) fn empty_page<T>(&self) -> Page<T> {
        Page { parameters: Vec::new(), next_token: Some(self.token_after(0)) }
    }

    fn token_after(&self, items: usize) -> String {
        let (page, offset) = (self.page.saturating_add(1), self.offset.saturating_add(items));
        format!("{:016x}-{page}-{offset}", self.listing)
    }
}
