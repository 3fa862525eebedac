//! A description of a configuration, for people and for tools: its stages, and where each field
//! comes from.

#[cfg(feature = "json")]
mod json;
mod markdown;

use crate::schema::parameter::Parameter;
use crate::schema::scope::Scope;
use crate::schema::stage::VARIABLES;
use crate::schema::table::{Field, Kind, ParameterTable};

impl ParameterTable {
    /// Describes the configuration in Markdown, for a README: its stages, and a table for each of
    /// environment variables, parameters, secrets and values from the code, nested structs included.
    /// The description of a field is the first paragraph of its doc comment.
    ///
    /// ```
    /// use stage_config::{SecretString, StageConfig};
    ///
    /// #[derive(StageConfig)]
    /// struct Config {
    ///     /// Stripe secret key
    ///     #[ssm(dev = "/stripe/test", prod = "/stripe/live")]
    ///     stripe: SecretString,
    /// }
    ///
    /// let markdown = Config::PARAMETERS.to_markdown();
    /// assert!(markdown.contains("\
    /// | parameter | what it is | default | field | type |
    /// |---|---|---|---|---|
    /// | `dev`: `/stripe/test`<br>`prod`: `/stripe/live` | Stripe secret key | required | `stripe` | `SecretString`, secret |
    /// "));
    /// ```
    #[must_use]
    pub fn to_markdown(&self) -> String {
        markdown::write(self)
    }

    /// Describes the configuration in JSON, for tools. The order is fixed. Every key is always
    /// present, and `null` if it does not apply. Later versions may add keys.
    ///
    /// | key | value |
    /// |---|---|
    /// | `config` | the name of the struct |
    /// | `stages` | the declared stages, each with its `name`, `aliases` and `accounts` |
    /// | `fallback` | the fallback, or `null` |
    /// | `allow_near_misses` | whether near misses use the fallback |
    /// | `variables` | the environment variables for the stage, in order; empty if nothing depends on the stage |
    /// | `fields` | the fields in order, including those of nested structs |
    ///
    /// Each field:
    ///
    /// | key | value |
    /// |---|---|
    /// | `path` | its path: `database.url` |
    /// | `doc` | the first paragraph of its doc comment in one line, or `null` |
    /// | `kind` | `ssm`, `secret`, `ssm_path`, `env`, `stage` or `value` |
    /// | `variable` | for `env`, the name of the variable |
    /// | `names` | for `ssm`, `secret` and `ssm_path`, an object by declared stage. If none is declared, its only key is `*` |
    /// | `json_key` | the key in a JSON object, with dots for nested objects |
    /// | `type` | its type, as written |
    /// | `reads` | what its text is read as, in a word of [`Reads`](crate::schema::Reads); `null` if that is not known |
    /// | `required` | whether an absent value is an error |
    /// | `optional_struct` | the path of the innermost optional struct that contains it, which may be absent as a whole |
    /// | `default` | its default as Rust code, as written |
    /// | `secret` | whether its type keeps the value secret |
    ///
    /// Each of `names`:
    ///
    /// | key | value |
    /// |---|---|
    /// | `name` | the name of the parameter, secret or path |
    /// | `requested` | the name that is requested from Parameter Store, which differs for a secret |
    /// | `template` | the name with `{stage}`, if it is a template |
    #[cfg(feature = "json")]
    #[cfg_attr(docsrs, doc(cfg(feature = "json")))]
    #[must_use]
    pub fn to_json(&self) -> String {
        json::write(self)
    }

    /// The environment variables for the stage.
    fn variables(&self) -> Vec<&'static str> {
        match self.variable {
            _ if !self.depends_on_stage() => Vec::new(),
            Some(variable) => vec![variable],
            None => VARIABLES.to_vec(),
        }
    }

    /// All fields, including those of nested structs.
    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        Scope::new(self).visit(&mut |scope, field| rows.push(Row::new(scope, field)));
        rows
    }
}

/// One field.
struct Row {
    path: String,
    field: &'static Field,
    /// What it reads from Parameter Store.
    parameter: Option<Parameter>,
    optional_struct: Option<String>,
}

impl Row {
    fn new(scope: &Scope<'_>, field: &'static Field) -> Self {
        let (path, parameter) = (scope.path_of(field), Parameter::new(scope, field));
        Self { path, field, parameter, optional_struct: optional_struct(scope) }
    }

    fn doc(&self) -> Option<String> {
        first_paragraph(self.field.doc)
    }

    /// Whether its value comes from outside of the program.
    fn is_read(&self) -> bool {
        self.parameter.is_some() || matches!(self.field.kind, Kind::Env(_))
    }

    /// Whether it is an error if it is absent, unless all of the optional struct around it is.
    fn required(&self) -> bool {
        self.is_read() && !self.field.optional
    }
}

/// The innermost optional struct around the fields of a scope. One without parameters is always
/// there.
fn optional_struct(scope: &Scope<'_>) -> Option<String> {
    let (outer, field) = scope.outer?;
    if field.optional && !scope.parameters().is_empty() {
        Some(scope.path())
    } else {
        optional_struct(outer)
    }
}

/// The first paragraph in one line, whether it is written after `///` or in a block with stars.
fn first_paragraph(doc: &str) -> Option<String> {
    let lines = doc.lines().map(str::trim).map(|line| match line.strip_prefix('*') {
        Some(rest) if rest.is_empty() || rest.starts_with(' ') => rest.trim_start(),
        _ => line,
    });
    let is_text =
        |line: &&str| !line.is_empty() && !line.starts_with("```") && !line.starts_with("~~~");
    let lines = lines.skip_while(|line| line.is_empty()).take_while(is_text);
    let paragraph = lines.collect::<Vec<_>>().join(" ");
    (!paragraph.is_empty()).then_some(paragraph)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_paragraph_is_one_line() {
        for (doc, wanted) in [
            ("", None),
            ("One\nand two.\n\nMore.", Some("One and two.")),
            ("\n * One\n * and two.\n *\n * More.", Some("One and two.")),
            ("**One** thing", Some("**One** thing")),
            ("One:\n```\nf()\n```", Some("One:")),
            ("```\nf()\n```", None),
        ] {
            assert_eq!(first_paragraph(doc).as_deref(), wanted, "{doc}");
        }
    }
}
