//! From the parameters below a path to a map.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use crate::convert::{Convert, Text};
use crate::value::{FromText, Malformed};

/// One parameter below a path.
#[derive(Clone, Copy)]
pub struct Entry<'t> {
    /// Its name, relative to the path.
    pub key: &'t str,
    /// Its text.
    pub text: &'t str,
    /// Whether it came as a SecureString.
    pub secure: bool,
}

/// A parameter below a path that could not be read.
#[derive(Debug)]
pub struct Unread {
    /// Its name, relative to the path.
    pub key: String,
    /// Why.
    pub malformed: Malformed,
    /// Whether the error must not quote the text.
    pub secret: bool,
}

/// A map that can hold the parameters below a path. The parameter `M` only tells the impls apart.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold the parameters below a path",
    label = "not a map from `String`",
    note = "help: make it a `BTreeMap<String, T>` or a `HashMap<String, T>`, with a `T` that can be read from text"
)]
pub trait ReadBelow<M>: Sized {
    /// Reads them all.
    ///
    /// # Errors
    /// All those that cannot be read; at least one.
    fn read_below<'t>(entries: impl Iterator<Item = Entry<'t>>) -> Result<Self, Vec<Unread>>;
}

#[diagnostic::do_not_recommend]
impl<T: FromText<M>, M> ReadBelow<M> for BTreeMap<String, T> {
    fn read_below<'t>(entries: impl Iterator<Item = Entry<'t>>) -> Result<Self, Vec<Unread>> {
        read(entries)
    }
}

#[diagnostic::do_not_recommend]
impl<T: FromText<M>, S: BuildHasher + Default, M> ReadBelow<M> for HashMap<String, T, S> {
    fn read_below<'t>(entries: impl Iterator<Item = Entry<'t>>) -> Result<Self, Vec<Unread>> {
        read(entries)
    }
}

fn read<'t, Map, T, M>(entries: impl Iterator<Item = Entry<'t>>) -> Result<Map, Vec<Unread>>
where
    Map: Default + Extend<(String, T)>,
    T: FromText<M>,
{
    let mut map = Map::default();
    let mut unread = Vec::new();
    for Entry { key, text, secure } in entries {
        match Text.convert(text) {
            Ok(value) => map.extend([(key.to_owned(), value)]),
            Err(malformed) => {
                unread.push(Unread { key: key.to_owned(), malformed, secret: secure || T::SECRET });
            }
        }
    }
    if unread.is_empty() { Ok(map) } else { Err(unread) }
}
