//! From the parameters below a path to a map.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use secrecy::ExposeSecret;
use stage_config_names::NameOf;

use crate::decode::convert::{Convert, Text};
use crate::decode::decoder::Decoder;
use crate::decode::malformed::Malformed;
use crate::decode::types::FromText;
use crate::error::remedy::{ParameterType, Remedy};
use crate::error::{ProblemKind, Subject};
use crate::escape::one_line;
use crate::source::Answer;

impl Decoder<'_> {
    /// What there is below the path of the field in row `index` of the table. `None` where that is
    /// a problem, or something is `required` and nothing there.
    pub fn map<T: FromEntries<M>, M>(&mut self, index: usize, required: bool) -> Option<T> {
        let field = self.row(index);
        let context = self.context();
        let asked = self.parameter_of(field)?.asked_at(context.stage.words());
        let mut sound = true;
        let mut found = BTreeMap::new();
        // Key by key, the first path wins.
        for path in asked.iter().rev() {
            let subject = Subject::Path(path.to_string());
            let problem = match context.answers.below(path) {
                Some(Ok(below)) => {
                    found.extend(below.iter().map(|(key, answer)| (&**key, (path, answer))));
                    continue;
                }
                Some(Err(answer)) => self.failure(field, subject, answer),
                None => {
                    let what = "cannot be read: the source of this load knows no paths".to_owned();
                    self.problem(ProblemKind::Unreadable, field, subject, what)
                }
            };
            self.note(problem);
            sound = false;
        }
        if sound && required && found.is_empty() {
            let others = asked[1..].iter().map(|other| format!(", nor has `{other}`"));
            let others = others.collect::<String>();
            let what = format!("has nothing below it{}{others}", context.answers.in_place());
            let subject = Subject::Path(asked[0].to_string());
            let ty = if field.secret { ParameterType::SecureString } else { ParameterType::String };
            // What is below that of the fallback serves all preview stages.
            let name = asked.last().unwrap_or(&asked[0]).to_string();
            let create = Remedy::Create { of: NameOf::Path, name, ty };
            let problem = self.problem(ProblemKind::Missing, field, subject, what);
            self.note(problem.with([create, Remedy::NotRequired]));
            return None;
        }
        let mut entries = Vec::new();
        for (key, (path, answer)) in &found {
            if let Answer::Found { text, secure } = answer {
                entries.push(Entry { key, text: text.expose_secret(), secure: *secure });
            } else {
                self.note(self.failure(field, entry(path, key), answer));
                sound = false;
            }
        }
        match T::from_entries(entries.into_iter()) {
            Ok(map) => sound.then_some(map),
            Err(unread) => {
                for Unread { key, ty, malformed, secret } in unread {
                    let (path, _) = found[&*key];
                    let secret = secret || field.secret;
                    let what = format!("is not {}", malformed.describe(&short(ty), secret));
                    let kind = ProblemKind::Malformed;
                    self.note(self.problem(kind, field, entry(path, &key), what));
                }
                None
            }
        }
    }
}

/// A parameter below a path, whose key its source may have made up.
fn entry(path: &str, key: &str) -> Subject {
    Subject::Parameter(one_line(&format!("{path}/{key}")))
}

/// The name of a type without the modules it is in: `Vec<u8>` of `alloc::vec::Vec<u8>`. The field's
/// own spelling would not do: of an alias, it does not tell the type of the values.
fn short(ty: &str) -> String {
    let is_end = |c: char| !(c.is_alphanumeric() || "_:{}".contains(c));
    ty.split_inclusive(is_end).map(|path| path.rsplit("::").next().unwrap_or(path)).collect()
}

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
    /// The type that it is not of, as [`std::any::type_name`] has it.
    pub ty: &'static str,
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
pub trait FromEntries<M>: Sized {
    /// Reads them all.
    ///
    /// # Errors
    /// All those that cannot be read; at least one.
    fn from_entries<'t>(entries: impl Iterator<Item = Entry<'t>>) -> Result<Self, Vec<Unread>>;
}

impl<T: FromText<M>, M> FromEntries<M> for BTreeMap<String, T> {
    fn from_entries<'t>(entries: impl Iterator<Item = Entry<'t>>) -> Result<Self, Vec<Unread>> {
        read(entries)
    }
}

impl<T: FromText<M>, S: BuildHasher + Default, M> FromEntries<M> for HashMap<String, T, S> {
    fn from_entries<'t>(entries: impl Iterator<Item = Entry<'t>>) -> Result<Self, Vec<Unread>> {
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
                let (key, ty) = (key.to_owned(), std::any::type_name::<T>());
                unread.push(Unread { key, ty, malformed, secret: secure || T::SECRET });
            }
        }
    }
    if unread.is_empty() { Ok(map) } else { Err(unread) }
}

#[cfg(test)]
mod tests {
    use std::hash::{BuildHasherDefault, DefaultHasher};

    use expect_test::expect;
    use secrecy::{ExposeSecret, SecretBox, SecretString};

    use super::*;

    type Hashed = HashMap<String, u8, BuildHasherDefault<DefaultHasher>>;

    fn entries<'t>(pairs: &'t [(&'t str, &'t str)]) -> impl Iterator<Item = Entry<'t>> {
        pairs.iter().map(|&(key, text)| Entry { key, text, secure: key.starts_with("secure") })
    }

    fn unread(unread: Vec<Unread>) -> String {
        let lines = unread.into_iter().map(|it| {
            let secret = it.secret;
            format!("{}: is not {}", it.key, it.malformed.describe(&short(it.ty), secret))
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn maps_of_both_kinds() {
        let pairs = [("b/c", "2"), ("a", "1")];
        let read = BTreeMap::<String, u8>::from_entries(entries(&pairs)).unwrap();
        assert_eq!(read, BTreeMap::from([("a".to_owned(), 1), ("b/c".to_owned(), 2)]));
        let read = Hashed::from_entries(entries(&pairs)).unwrap();
        assert_eq!((read.len(), read["a"], read["b/c"]), (2, 1, 2));
        let read = HashMap::<String, Vec<SecretString>>::from_entries(entries(&[("a", "x,y")]));
        assert_eq!(read.unwrap()["a"][1].expose_secret(), "y");
        assert!(BTreeMap::<String, u8>::from_entries(entries(&[])).unwrap().is_empty());
    }

    #[test]
    fn all_that_is_wrong_is_listed_and_nothing_secret_is_shown() {
        let pairs = [("a", "x"), ("b", "1"), ("secure", "hunter2"), ("c", "1 ")];
        let wrong = BTreeMap::<String, u8>::from_entries(entries(&pairs)).unwrap_err();
        expect![[r#"
            a: is not a `u8`: invalid digit found in string
            secure: is not a `u8` (its text is secret and not shown)
            c: is not a `u8`: invalid digit found in string; it has whitespace at its ends"#]]
        .assert_eq(&unread(wrong));
        let pairs = [("a", "hunter2")];
        let wrong = HashMap::<String, SecretBox<u8>>::from_entries(entries(&pairs)).unwrap_err();
        expect!["a: is not a `SecretBox<u8>` (its text is secret and not shown)"]
            .assert_eq(&unread(wrong));
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
