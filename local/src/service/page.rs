//! Pages of a listing, and the tokens that lead from one to the next.

use std::fmt::Debug;

use serde_json::{Value, json};

use crate::account::hash;
use crate::error::ServiceError;

/// The number of the page that a token leads to, counted from 1. Without a token, it is the first.
pub(crate) fn page_of(token: Option<&str>) -> Option<usize> {
    token.map_or(Some(1), |token| token.split('-').nth(1)?.parse().ok())
}

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
    pub(super) fn new(listing: impl Debug, token: Option<&str>) -> Result<Self, ServiceError> {
        let listing = hash(&format!("{listing:?}"));
        let Some(token) = token else { return Ok(Self { listing, page: 1, offset: 0 }) };
        let invalid = || ServiceError::new("InvalidNextToken", "The specified token is invalid.");
        let position = token.strip_prefix(&format!("{listing:016x}-")).ok_or_else(invalid)?;
        let (page, offset) = position.split_once('-').ok_or_else(invalid)?;
        let number = |text: &str| text.parse().map_err(|_| invalid());
        Ok(Self { listing, page: number(page)?, offset: number(offset)? })
    }

    /// The page that begins here, with at most so many of all items of the listing.
    pub(super) fn page<T>(
        &self,
        items: impl Iterator<Item = T>,
        most: usize,
        show: impl FnMut(T) -> Result<Value, ServiceError>,
    ) -> Result<Value, ServiceError> {
        let mut items = items.skip(self.offset);
        let shown = items.by_ref().take(most).map(show).collect::<Result<Vec<_>, _>>()?;
        let mut page = json!({ "Parameters": shown });
        if items.next().is_some() {
            page["NextToken"] = self.token_after(shown.len()).into();
        }
        Ok(page)
    }

    /// A page without items, before the one that begins here.
    pub(super) fn empty_page(&self) -> Value {
        json!({ "Parameters": [], "NextToken": self.token_after(0) })
    }

    fn token_after(&self, items: usize) -> String {
        let (page, offset) = (self.page.saturating_add(1), self.offset.saturating_add(items));
        format!("{:016x}-{page}-{offset}", self.listing)
    }
}
