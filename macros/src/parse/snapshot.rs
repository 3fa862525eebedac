//! A snapshot: which parameters exist at a stage, from a file that `stage-config snapshot` writes.

/// The only version of the format.
const VERSION: &str = "1";

/// The parameters of one stage.
pub(crate) struct Snapshot {
    pub(crate) stage: String,
    pub(crate) account: String,
    /// The other stages that had a file in the folder.
    pub(crate) beside: Vec<String>,
    /// Sorted, each with the slash at the beginning that the service adds to a name without one.
    parameters: Vec<(String, ParameterType)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParameterType {
    String,
    StringList,
    SecureString,
}

/// What is wrong with a file, and how many bytes before its end. It quotes nothing of the file.
type Fault = (&'static str, usize);

impl Snapshot {
    /// Reads a file.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        Self::read(text).map_err(|(what, left)| {
            let line = text[..text.len() - left].matches('\n').count() + 1;
            format!("line {line}: {what}")
        })
    }

    fn read(text: &str) -> Result<Self, Fault> {
        let mut json = Json { rest: text };
        let (mut stage, mut account, mut parameters) = (None, None, None);
        let (mut version, mut beside) = (None, Vec::new());
        json.object(|key, json| {
            match key {
                "version" => version = Some(json.number()?),
                "stage" => stage = Some(json.string()?),
                "account" => account = Some(json.string()?),
                "beside" => beside = json.strings()?,
                "region" | "date" => drop(json.string()?),
                "parameters" => parameters = Some(json.parameters()?),
                _ => return json.fault("a key that this version of stage-config does not know"),
            }
            Ok(())
        })?;
        json.end()?;
        if version != Some(VERSION) {
            return json.fault("a version that this version of stage-config does not know");
        }
        match (stage, account, parameters) {
            (Some(stage), Some(account), Some(parameters)) => {
                let (stage, account) = (stage.to_owned(), account.to_owned());
                Ok(Self { stage, account, beside, parameters })
            }
            _ => json.fault("`stage`, `account` or `parameters` is missing"),
        }
    }

    /// The type of a parameter, if it exists.
    pub(crate) fn get(&self, name: &str) -> Option<ParameterType> {
        let name = with_slash(name);
        let found = self.parameters.binary_search_by(|(other, _)| other.cmp(&name));
        Some(self.parameters[found.ok()?].1)
    }

    /// Whether there is a parameter under the path.
    pub(crate) fn has_below(&self, path: &str) -> bool {
        let path = format!("{path}/");
        let first = self.parameters.partition_point(|(name, _)| *name < path);
        self.parameters.get(first).is_some_and(|(name, _)| name.starts_with(&path))
    }

    /// The names of the parameters.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.parameters.iter().map(|(name, _)| &**name)
    }

    /// The names of those that are a StringList.
    pub(crate) fn lists(&self) -> impl Iterator<Item = &str> {
        let lists = self.parameters.iter().filter(|(_, ty)| *ty == ParameterType::StringList);
        lists.map(|(name, _)| &**name)
    }

    /// The paths that have parameters under them, each with the slash at its end.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        let mut before = "";
        self.names().flat_map(move |name| {
            // The names are sorted, so names under a path follow each other.
            let before = std::mem::replace(&mut before, name);
            let paths = name.match_indices('/').skip(1).map(|(at, _)| &name[..=at]);
            paths.filter(move |path| !before.starts_with(path))
        })
    }
}

fn with_slash(name: &str) -> String {
    let slash = if name.starts_with('/') { "" } else { "/" };
    [slash, name].concat()
}

/// The part of JSON that the file needs. Nothing in it needs an escape.
struct Json<'a> {
    rest: &'a str,
}

impl<'a> Json<'a> {
    fn object(
        &mut self,
        mut value: impl FnMut(&'a str, &mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.expect("{", "expected `{`")?;
        if self.take("}") {
            return Ok(());
        }
        loop {
            let key = self.string()?;
            self.expect(":", "expected `:`")?;
            value(key, self)?;
            if self.take("}") {
                return Ok(());
            }
            self.expect(",", "expected `,` or `}`")?;
        }
    }

    fn parameters(&mut self) -> Result<Vec<(String, ParameterType)>, Fault> {
        let mut parameters = Vec::new();
        self.object(|name, json| {
            let ty = match json.string()? {
                "String" => ParameterType::String,
                "StringList" => ParameterType::StringList,
                "SecureString" => ParameterType::SecureString,
                _ => return json.fault("a parameter with an unknown type"),
            };
            parameters.push((with_slash(name), ty));
            Ok(())
        })?;
        if !parameters.is_sorted_by(|(one, _), (other, _)| one < other) {
            parameters.sort_by(|(one, _), (other, _)| one.cmp(other));
            if parameters.windows(2).any(|pair| pair[0].0 == pair[1].0) {
                return self.fault("a parameter that is in the file twice");
            }
        }
        Ok(parameters)
    }

    fn strings(&mut self) -> Result<Vec<String>, Fault> {
        self.expect("[", "expected `[`")?;
        let mut strings = Vec::new();
        while !self.take("]") {
            if !strings.is_empty() {
                self.expect(",", "expected `,` or `]`")?;
            }
            strings.push(self.string()?.to_owned());
        }
        Ok(strings)
    }

    fn string(&mut self) -> Result<&'a str, Fault> {
        self.expect("\"", "expected a string")?;
        match self.rest.split_once('"') {
            Some((text, rest)) if !text.contains('\\') && !text.contains('\n') => {
                self.rest = rest;
                Ok(text)
            }
            _ => self.fault("a string that does not end, or has an escape"),
        }
    }

    fn number(&mut self) -> Result<&'a str, Fault> {
        self.rest = self.rest.trim_ascii_start();
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        if digits.is_empty() {
            return self.fault("expected a number");
        }
        self.rest = rest;
        Ok(digits)
    }

    fn take(&mut self, token: &str) -> bool {
        self.rest = self.rest.trim_ascii_start();
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, token: &str, what: &'static str) -> Result<(), Fault> {
        if self.take(token) { Ok(()) } else { self.fault(what) }
    }

    fn end(&mut self) -> Result<(), Fault> {
        self.rest = self.rest.trim_ascii_start();
        if self.rest.is_empty() { Ok(()) } else { self.fault("expected the end of the file") }
    }

    fn fault<T>(&self, what: &'static str) -> Result<T, Fault> {
        Err((what, self.rest.len()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FILE: &str = r#"{
  "account": "444455556666",
  "beside": ["dev", "qa"],
  "date": "2026-11-27",
  "parameters": {
    "/app/prod/key": "SecureString",
    "/app/prod/list": "StringList",
    "Key": "String"
  },
  "region": "eu-west-1",
  "stage": "prod",
  "version": 1
}
"#;

    #[test]
    fn a_file_in_any_order_and_layout() {
        for text in [FILE.to_owned(), FILE.replace(['\n', ' '], ""), FILE.replace('\n', "\r\n")] {
            let file = Snapshot::parse(&text).unwrap();
            assert_eq!((&*file.stage, &*file.account), ("prod", "444455556666"));
            assert_eq!(file.beside, ["dev", "qa"]);
            assert_eq!(file.get("/app/prod/key"), Some(ParameterType::SecureString));
            assert_eq!([file.get("Key"), file.get("/Key")], [Some(ParameterType::String); 2]);
            assert_eq!(file.get("/app/prod"), None);
            let below = ["/app", "/app/prod", "/ap", "/app/prod/key"].map(|it| file.has_below(it));
            assert_eq!(below, [true, true, false, false]);
            let paths: Vec<_> = file.paths().collect();
            assert_eq!(paths, ["/app/", "/app/prod/"]);
        }
    }

    proptest! {
        #[test]
        fn no_file_panics(at in 0..FILE.len(), end in 0..FILE.len(), text in "[\"{}:,1a\\\\é\n]{0,4}") {
            let damaged = format!("{}{text}{}", &FILE[..at], &FILE[end..]);
            let _ = Snapshot::parse(&damaged);
        }
    }

    #[test]
    fn what_is_wrong_with_a_file() {
        let unknown = "that this version of stage-config does not know";
        for (from, to, what) in [
            ("\"stage\"", "stage", "line 11: expected a string"),
            ("\"prod\"", "\"pr\\u006fd\"", "line 11: a string that does not end, or has an escape"),
            ("\"prod\"", "\"prod", "line 11: a string that does not end, or has an escape"),
            ("\"region\":", "\"region\"", "line 10: expected `:`"),
            ("  },\n", "  }\n", "line 10: expected `,` or `}`"),
            ("1\n}", "1\n", "line 14: expected `,` or `}`"),
            ("1\n}", "1\n}}", "line 13: expected the end of the file"),
            ("1\n", "one\n", "line 12: expected a number"),
            ("1\n", "2\n", &format!("line 14: a version {unknown}")),
            ("\"version\": 1", "\"stage\": \"prod\"", &format!("line 14: a version {unknown}")),
            ("\"region\"", "\"regions\"", &format!("line 10: a key {unknown}")),
            ("\"StringList\"", "\"List\"", "line 7: a parameter with an unknown type"),
            ("\"Key\"", "\"/app/prod/key\"", "line 9: a parameter that is in the file twice"),
            ("\"stage\"", "\"date\"", "line 14: `stage`, `account` or `parameters` is missing"),
            ("[\"dev\"", "\"dev\"", "line 3: expected `[`"),
            ("\"dev\",", "\"dev\"", "line 3: expected `,` or `]`"),
            (FILE, "", "line 1: expected `{`"),
        ] {
            let text = FILE.replacen(from, to, 1);
            assert_eq!(Snapshot::parse(&text).err().as_deref(), Some(what), "{from} {to}");
        }
    }
}
