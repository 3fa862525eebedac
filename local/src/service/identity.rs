//! `GetCallerIdentity` of STS, which needs no permission.

use serde_json::{Value, json};

use super::Session;
use crate::calls::{CALLER_IDENTITY, Call};
use crate::error::{Result, ServiceError};

impl Session<'_> {
    pub(super) fn identify(&self, call: &Call) -> Result<Value> {
        if call.operation != CALLER_IDENTITY {
            let operation = &call.operation;
            let message = format!("Could not find operation {operation} for version 2011-06-15");
            return Err(ServiceError::new("InvalidAction", message));
        }
        Ok(json!({
            "Arn": self.here.user(),
            "UserId": "AROALOCALLOCALLOCALLO:local",
            "Account": self.here.account.as_str(),
        }))
    }
}
