//! Changes parameters in a reply of the store.

use serde_json::{Value, json};
use stage_config_names::ParameterName;

use super::fault::Reply;
use crate::calls::{BY_PATH, Call};
use crate::location::Location;

const ONE: &str = "Parameter";
const FOUND: &str = "Parameters";
const INVALID: &str = "InvalidParameters";

impl Reply {
    /// Changes the parameter with this IAM resource, or each one, in the reply to a call.
    pub(crate) fn edit(
        &self,
        reply: &mut Value,
        call: &Call,
        here: &Location,
        resource: Option<&str>,
    ) {
        let is_one = reply.get(ONE).is_some();
        let mut found = if is_one { vec![reply[ONE].take()] } else { take(reply, FOUND) };
        let mut invalid = take(reply, INVALID);
        // A path is not the name of a parameter in the reply.
        let resource = resource.filter(|_| call.operation != BY_PATH);
        self.change(&mut found, &mut invalid, here, |name| {
            let name = || ParameterName::parse(name.as_str()?).ok();
            resource.is_none_or(|meant| name().is_some_and(|name| name.resource() == meant))
        });
        if is_one {
            // There is no place for others.
            let first = found.into_iter().next();
            *reply = first.map_or_else(|| json!({}), |parameter| json!({ ONE: parameter }));
            return;
        }
        for (name, list) in [(FOUND, found), (INVALID, invalid)] {
            if let Some(place) = reply.get_mut(name) {
                *place = list.into();
            }
        }
    }

    fn change(
        &self,
        found: &mut Vec<Value>,
        invalid: &mut Vec<Value>,
        here: &Location,
        is_meant: impl Fn(&Value) -> bool,
    ) {
        let is_found = |it: &&mut Value| is_meant(&it["Name"]);
        match self {
            Self::Omit => {
                found.retain(|it| !is_meant(&it["Name"]));
                invalid.retain(|it| !is_meant(it));
            }
            Self::InBoth => {
                invalid.extend(found.iter_mut().filter(is_found).map(|it| it["Name"].clone()));
            }
            Self::Twice(value) => {
                let mut again: Vec<_> =
                    found.iter_mut().filter(is_found).map(|it| it.clone()).collect();
                for it in &mut again {
                    it["Value"] = value.as_str().into();
                }
                found.extend(again);
            }
            Self::Also { name, value } => found.push(json!({
                "Name": name,
                "Type": "String",
                "Value": value,
                "Version": 1,
                "ARN": here.parameter_arn(name),
                "DataType": "text",
            })),
            Self::Rename(name) => {
                let renamed = Value::from(name.as_str());
                invalid.iter_mut().filter(|it| is_meant(it)).for_each(|it| *it = renamed.clone());
                found.iter_mut().filter(is_found).for_each(|it| it["Name"] = renamed.clone());
            }
            Self::Set { member, value } => {
                found.iter_mut().filter(is_found).for_each(|it| it[member] = value.as_str().into());
            }
            Self::Without(member) => {
                let members = found.iter_mut().filter(is_found).filter_map(Value::as_object_mut);
                members.for_each(|members| drop(members.remove(member)));
            }
            // They are not made of the store's own reply.
            Self::Deny
            | Self::Fail
            | Self::NoKey
            | Self::Error { .. }
            | Self::Answer(_)
            | Self::Raw(_)
            | Self::EmptyPage
            | Self::PageAgain
            | Self::PageBack
            | Self::PageOf(_) => {}
        }
    }
}

/// Takes a list out of a reply, and leaves its place; without one, there is nothing in it.
fn take(reply: &mut Value, list: &str) -> Vec<Value> {
    match reply.get_mut(list).map(Value::take) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}
