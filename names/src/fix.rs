//! What a wrong name was most likely meant to be.

use crate::fault::{Fault, Reason};
use crate::name::ParameterName;

impl Fault {
    /// The name as it was most likely meant, where that is a matter of slashes and blanks.
    ///
    /// It is valid: a fix that mends one fault and leaves another is none.
    pub fn fix(&self, name: &str) -> Option<String> {
        let fixed = match self.reason() {
            Reason::OuterBlank => name.trim().to_owned(),
            Reason::NoLeadingSlash => format!("/{name}"),
            Reason::TrailingSlash | Reason::EmptyLevel => {
                let levels: Vec<_> = name.split('/').filter(|level| !level.is_empty()).collect();
                format!("/{}", levels.join("/"))
            }
            Reason::EmptySelector => name.strip_suffix(':')?.to_owned(),
            _ => return None,
        };
        match ParameterName::parse(&fixed) {
            Ok(_) => Some(fixed),
            // At most one fault of each kind can stand behind another, so this ends.
            Err(next) if next.reason() != self.reason() => next.fix(&fixed),
            Err(_) => None,
        }
    }
}
