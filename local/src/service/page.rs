//! Listings, page by page.

use std::fmt::Debug;

use serde_json::{Value, json};

use crate::error::{Result, ServiceError};
use crate::location;

/// Where a page begins. Its token names the listing, so that a token of another listing is refused,
/// and the number of the page, so that no two tokens are the same even if a page is empty.
pub(super) struct Position {
    listing: u64,
    /// Counted from 1.
    page: usize,
    /// The number of items on the pages before.
    offset: usize,
}

impl Position {
    /// `listing` is everything that may not change from one page to the next.
    pub(super) fn new(listing: impl Debug, token: Option<&str>) -> Result<Self> {
        let listing = location::hash(&format!("{listing:?}"));
        let Some(token) = token else { return Ok(Self { listing, page: 1, offset: 0 }) };
        let position = || {
            let position = token.strip_prefix(&format!("{listing:016x}-"))?;
            let (page, offset) = position.split_once('-')?;
            Some(Self { listing, page: page.parse().ok()?, offset: offset.parse().ok()? })
        };
        let invalid = || ServiceError::new("InvalidNextToken", "The specified token is invalid.");
        position().ok_or_else(invalid)
    }

    /// The page that begins here, with at most this many of all items of the listing.
    pub(super) fn page<T>(
        &self,
        items: impl Iterator<Item = T>,
        most: usize,
        show: impl FnMut(T) -> Result<Value>,
    ) -> Result<Value> {
        let mut items = items.skip(self.offset);
        let shown = items.by_ref().take(most).map(show).collect::<Result<Vec<_>, _>>()?;
        let mut page = json!({ "Parameters": shown });
        if items.next().is_some() {
            page["NextToken"] = self.token_after(shown.len()).into();
        }
        Ok(page)
    }

    pub(super) fn token_after(&self, items: usize) -> String {
        self.token(self.page.saturating_add(1), self.offset.saturating_add(items))
    }

    pub(super) fn token_of_first(&self) -> String {
        self.token(1, 0)
    }

    fn token(&self, page: usize, offset: usize) -> String {
        format!("{:016x}-{page}-{offset}", self.listing)
    }
}
