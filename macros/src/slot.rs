//! What a key of an attribute is given.

use syn::Ident;

use crate::errors::Errors;

/// A value that knows its key and refuses a second one.
pub(crate) struct Slot<T>(Option<(Ident, T)>);

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Slot<T> {
    /// Fills in a value, if it is one that the key takes.
    pub(crate) fn fill_if(&mut self, key: &Ident, value: Option<T>, errors: &Errors) -> bool {
        let understood = value.is_some();
        if understood && self.0.is_some() {
            errors.add(key, format!("`{key}` is given twice"), format!("keep one `{key}`"));
        } else if let Some(value) = value {
            self.0 = Some((key.clone(), value));
        }
        understood
    }

    pub(crate) fn get(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| value)
    }

    pub(crate) fn with_key(&self) -> Option<(&Ident, &T)> {
        self.0.as_ref().map(|(key, value)| (key, value))
    }
}
