//! An error and its sources.

use std::error::Error;
use std::io;
use std::iter;

pub(crate) type AnyCause = dyn Error + 'static;

/// The first error of this type among an error and its sources.
pub(crate) fn find<E: Error + 'static>(error: &AnyCause) -> Option<&E> {
    causes(error).find_map(|error| error.downcast_ref())
}

/// An error and its sources in one line, each text once.
pub(crate) fn said(error: &AnyCause) -> String {
    let mut said: Vec<String> = Vec::new();
    for error in causes(error) {
        // Each credentials provider has its own line.
        let text = error.to_string().lines().map(str::trim).collect::<Vec<_>>().join("; ");
        if said.last().is_none_or(|last| !last.contains(&text)) {
            said.push(text);
        }
    }
    said.join(": ")
}

fn causes<'a>(error: &'a AnyCause) -> impl Iterator<Item = &'a AnyCause> {
    iter::successors(Some(error), |&error: &&'a AnyCause| match error.downcast_ref::<io::Error>() {
        // `source` would skip the inner error.
        Some(error) => error.get_ref().map(|inner| inner as _),
        None => error.source(),
    })
}

#[cfg(test)]
mod tests {
    use std::fmt;

    use super::*;

    #[derive(Debug)]
    struct Link(&'static str, Option<Box<AnyCause>>);

    impl fmt::Display for Link {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Link {
        fn source(&self) -> Option<&AnyCause> {
            self.1.as_deref()
        }
    }

    fn link(text: &'static str, cause: impl Error + 'static) -> Link {
        Link(text, Some(Box::new(cause)))
    }

    #[test]
    fn each_text_is_said_once() {
        let chain = link("a: b", link("b", link("c\n  d", Link("d", None))));
        assert_eq!(said(&chain), "a: b: c; d");
    }

    #[test]
    fn what_is_in_an_io_error_is_found() {
        let chain = link("a", io::Error::other("x".parse::<u32>().unwrap_err()));
        assert!(find::<std::num::ParseIntError>(&chain).is_some());
        assert!(find::<std::num::ParseFloatError>(&chain).is_none());
        assert_eq!(said(&chain), "a: invalid digit found in string");
    }
}
