//! Decodes all parameters under a path into a map.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use secrecy::ExposeSecret;
use stage_config_names::NameKind;

use crate::decode::convert::{Convert, Text};
use crate::decode::decoder::Decoder;
use crate::decode::malformed::Malformed;
use crate::decode::types::FromText;
use crate::error::remedy::{ParameterType, Remedy};
use crate::error::{ProblemKind, Subject};
use crate::escape::one_line;
use crate::source::Answer;

impl Decoder<'_> {
    /// Decodes all parameters under the path of the field in row `index` of the table. `None` if
    /// there is a problem, which is noted: also if the field is `required` and there are none.
    pub fn map<T: ParameterMap<M>, M>(&mut self, index: usize, required: bool) -> Option<T> {
        let field = self.row(index);
        let (_, paths) = self.names(index)?;
        let (mut map, mut is_whole, mut found) = (T::default(), true, BTreeMap::new());
        // Key by key, the first path wins.
        for path in paths.iter().rev() {
            let subject = Subject::Name(NameKind::Path, path.clone());
            match self.answers.get_path(path) {
                Some(Ok(entries)) => {
                    found.extend(entries.iter().map(|(key, answer)| (&**key, (path, answer))));
                    continue;
                }
                Some(Err(answer)) => self.report_failure(field, subject, answer),
                None => {
                    let answer = Answer::failed("the source of this load does not support paths");
                    self.report_failure(field, subject, &answer);
                }
            }
            is_whole = false;
        }
        if is_whole && required && found.is_empty() {
            let others = paths[1..].iter().map(|other| format!(", nor has `{other}`"));
            let others = others.collect::<String>();
            let what = format!("has nothing below it{}{others}", self.answers.in_location());
            let subject = Subject::Name(NameKind::Path, paths[0].clone());
            let ty = if field.secret { ParameterType::SecureString } else { ParameterType::String };
            // A parameter under the fallback's path serves all preview stages.
            let name = paths.last().unwrap_or(&paths[0]).clone();
            let create = Remedy::Create { kind: NameKind::Path, name, ty };
            let remedies = [create, Remedy::NotRequired];
            self.report(ProblemKind::Missing, field, subject, what, remedies);
            return None;
        }
        for (key, (path, answer)) in found {
            // A source may have made the key up.
            let subject = one_line(&format!("{path}/{key}"));
            let subject = Subject::Name(NameKind::Parameter, subject.into());
            if let Answer::Found { text, secure, .. } = answer {
                let Err(malformed) = map.insert_text(key, text.expose_secret()) else { continue };
                let ty = short(std::any::type_name::<T::Value>());
                let what = format!("is not {}", malformed.describe(&ty, *secure || field.secret));
                self.report(ProblemKind::Malformed, field, subject, what, None);
            } else {
                self.report_failure(field, subject, answer);
            }
            is_whole = false;
        }
        is_whole.then_some(map)
    }
}

/// The name of a type without its modules: `Vec<u8>` for `alloc::vec::Vec<u8>`. The type as written
/// would not do: an alias of a map does not tell the type of the values.
fn short(ty: &str) -> String {
    let is_end = |c: char| !(c.is_alphanumeric() || "_:{}".contains(c));
    ty.split_inclusive(is_end).map(|path| path.rsplit("::").next().unwrap_or(path)).collect()
}

/// A map that can hold the parameters under a path. The parameter `M` only tells the impls apart.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold the parameters below a path",
    label = "not a map from `String`",
    note = "help: make it a `BTreeMap<String, T>` or a `HashMap<String, T>`, with a `T` that can be read from text"
)]
pub trait ParameterMap<M>: Default {
    /// The type of its values.
    type Value;

    /// Reads a value from its text and inserts it. The key is relative to the path.
    ///
    /// # Errors
    /// `Malformed`, if the text is not of the type.
    fn insert_text(&mut self, key: &str, text: &str) -> Result<(), Malformed>;
}

impl<T: FromText<M>, M> ParameterMap<M> for BTreeMap<String, T> {
    type Value = T;

    fn insert_text(&mut self, key: &str, text: &str) -> Result<(), Malformed> {
        self.insert(key.to_owned(), Text.convert(text)?);
        Ok(())
    }
}

impl<T: FromText<M>, S: BuildHasher + Default, M> ParameterMap<M> for HashMap<String, T, S> {
    type Value = T;

    fn insert_text(&mut self, key: &str, text: &str) -> Result<(), Malformed> {
        self.insert(key.to_owned(), Text.convert(text)?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::hash::{BuildHasherDefault, DefaultHasher};

    use secrecy::{ExposeSecret, SecretString};

    use super::*;

    fn read<T: ParameterMap<M>, M>(pairs: &[(&str, &str)]) -> T {
        let mut map = T::default();
        for (key, text) in pairs {
            assert!(map.insert_text(key, text).is_ok());
        }
        map
    }

    #[test]
    fn maps_of_both_kinds() {
        type Hashed = HashMap<String, u8, BuildHasherDefault<DefaultHasher>>;

        let pairs = [("b/c", "2"), ("a", "1")];
        let map: BTreeMap<String, u8> = read(&pairs);
        assert_eq!(map, BTreeMap::from([("a".to_owned(), 1), ("b/c".to_owned(), 2)]));
        let map: Hashed = read(&pairs);
        assert_eq!((map.len(), map["a"], map["b/c"]), (2, 1, 2));
        let map: HashMap<String, Vec<SecretString>> = read(&[("a", "x,y")]);
        assert_eq!(map["a"][1].expose_secret(), "y");
        assert!(BTreeMap::<String, u8>::default().insert_text("a", "x").is_err());
    }

    #[test]
    fn a_type_is_named_without_its_modules() {
        fn of<T>() -> String {
            short(std::any::type_name::<T>())
        }

        struct Own<T>(std::marker::PhantomData<T>);

        assert_eq!(of::<u8>(), "u8");
        assert_eq!(of::<Vec<String>>(), "Vec<String>");
        assert_eq!(of::<Option<Own<std::time::Duration>>>(), "Option<Own<Duration>>");
        assert_eq!(of::<Result<String, Own<[u8; 2]>>>(), "Result<String, Own<[u8; 2]>>");
        assert_eq!(of::<(Own<u8>, &'static str)>(), "(Own<u8>, &str)");
        let named = || {
            short({
                struct Inner;
                std::any::type_name::<Inner>()
            })
        };
        assert_eq!(named(), "Inner");
    }
}
