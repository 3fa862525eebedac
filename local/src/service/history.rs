//! `GetParameterHistory`.

use serde::Deserialize;
use serde_json::Value;

use super::list::description;
use super::page::Position;
use super::{Session, members, rules};
use crate::error::Result;

const MOST: usize = 50;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GetParameterHistory {
    name: String,
    with_decryption: Option<bool>,
    max_results: Option<i64>,
    next_token: Option<String>,
}

impl Session<'_> {
    /// All versions that are kept, oldest first.
    pub(super) fn history(&self, request: &GetParameterHistory) -> Result<Value> {
        let name = rules::without_selector(&request.name)?;
        let most = members::max_results(request.max_results, MOST)?;
        let decrypt = request.with_decryption == Some(true);
        let storage = self.storage();
        let stored = storage.parameter(&self.here, &name)?;
        let position = Position::new((&stored.arn, decrypt), request.next_token.as_deref())?;
        position.page(stored.versions(), most, |version| {
            let mut shown = description(stored, version);
            shown["Value"] = self.value(&name, stored, version, decrypt)?.into();
            shown["Labels"] = version.labels.iter().cloned().collect();
            Ok(shown)
        })
    }
}
